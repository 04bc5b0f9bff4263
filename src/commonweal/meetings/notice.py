"""Notice of meetings: which law binds which body, and whether notice was given in time."""

from datetime import date
from typing import NamedTuple

from commonweal.bodies.facts import Body
from commonweal.record.findings import Finding, Outcome
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words, in_words
from commonweal.statute.clock import Clock, clock
from commonweal.statute.counting import clear_days_between
from commonweal.statute.errors import CalendarRunsOut

from .agenda import meeting_of, the_day
from .facts import Meeting

COUNCILS = "HWB-12"
"""The rule on notice that binds councils and their committees."""

_CLOCKS = {
    "integrated care board": "ICB-MTG-02",
    "council": COUNCILS,
    "scrutiny committee": COUNCILS,
    "health and wellbeing board": COUNCILS,
}
"""The time limit of notice, by kind of body. Whether it binds others lies in whose they are."""

_COMMITTEES = frozenset({"committee of a body", "statutory committee", "joint committee"})


class Timing(NamedTuple):
    """Whether notice was in time, in one sentence."""

    outcome: Outcome
    because: str


def law_of_notice(snapshot: Snapshot, name: str) -> Clock | None:
    """The time limit that binds a body; none where no law in the rule book is known to.

    Councils bind their committees, and their joint committees if only councils have set them up.
    """
    body = snapshot.get(name)
    if not isinstance(body, Body):
        return None
    number = _CLOCKS.get(body.type)
    if number is None and body.legal in _COMMITTEES and _only_councils(snapshot, body):
        number = COUNCILS
    return clock(number) if number else None


def _only_councils(snapshot: Snapshot, body: Body) -> bool:
    above = [snapshot.get(each) for each in body.parents]
    return bool(above) and all(isinstance(e, Body) and e.type == "council" for e in above)


def notice_of(snapshot: Snapshot, name: str) -> Finding:
    """Whether a meeting was announced in time, by the law that binds the body."""
    _, meeting, _ = meeting_of(snapshot, name)
    limit = law_of_notice(snapshot, meeting.body)
    found = given_in_time(meeting, limit) if limit else _unbound(snapshot, meeting)
    return Finding(
        rule=limit.rule if limit else "notice",
        outcome=found.outcome,
        subject=name,
        because=found.because,
        source=limit.cite if limit else "The body's own terms",
        sources=meeting.sources,
        about=(meeting.body,),
    )


def _unbound(snapshot: Snapshot, meeting: Meeting) -> Timing:
    return Timing("cannot tell", unbound(snapshot, meeting.body))


def unbound(snapshot: Snapshot, name: str) -> str:
    """Why no law on notice is known to bind a body, in a sentence."""
    body, named = snapshot.get(name), snapshot.name(name)
    if isinstance(body, Body) and body.legal == "not stated" and _only_councils(snapshot, body):
        law = clock(COUNCILS)
        return (
            f"Whether {named} is a committee in law is not on record. If it is, or if it is the "
            f"council or its executive, {law.length} clear {law.unit}s are asked for."
        )
    return f"No law in the rule book says how much notice {named} gives; its own terms may."


def given_in_time(meeting: Meeting, limit: Clock) -> Timing:
    """Whether notice came in time: so many clear days before or, if called later, when called."""
    meets, notice = the_day(meeting.when), the_day(meeting.notice)
    if meets is None or notice is None:
        what = "notice was given of the meeting of" if meets else "it met in"
        because = f"On which day {what} {in_words(meeting.when)} is not on record."
        return Timing("cannot tell", because)
    if not limit.in_force(meets):
        because = f"On {day_in_words(meets)} {limit.rule} was not in force."
        return Timing("cannot tell", because)
    try:
        return _counted(limit, meets, notice, the_day(meeting.convened))
    except CalendarRunsOut as beyond:
        return Timing("cannot tell", str(beyond))


def _counted(limit: Clock, meets: date, notice: date, called: date | None) -> Timing:
    by = limit.calendar if limit.unit == "working day" else None
    due, clear = limit.run(meets).due, clear_days_between(notice, meets, by=by)
    unit = "clear working day" if by else "clear day"
    said = (
        f"Notice of the meeting of {day_in_words(meets)} was given on {day_in_words(notice)}, "
        f"{clear} {unit}{'' if clear == 1 else 's'} before"
    )
    if notice <= due or called is None or called <= due:
        outcome: Outcome = "met" if notice <= due else "not met"
        return Timing(outcome, f"{said}; {limit.length} are asked for.")
    because = f"{said}; it was called at short notice on {day_in_words(called)}"
    if notice <= called:
        return Timing("met", f"{because}, and notice was given with it.")
    return Timing("not met", f"{because}, and notice was given later.")
