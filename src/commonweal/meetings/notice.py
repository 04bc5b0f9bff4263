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

_CLOCKS = {
    "integrated care board": "ICB-MTG-02",
    "scrutiny committee": "HWB-12",
    "health and wellbeing board": "HWB-12",
}
"""The time limit of notice, by kind of body. Other bodies are bound by their own terms at most."""


class Timing(NamedTuple):
    """Whether notice was in time, in one sentence."""

    outcome: Outcome
    because: str


def law_of_notice(body: Body) -> Clock | None:
    """The time limit that binds a body; none where the rule book has none for such a body."""
    number = _CLOCKS.get(body.type)
    return clock(number) if number else None


def notice_of(snapshot: Snapshot, name: str) -> Finding:
    """Whether a meeting was announced in time, by the law that binds the body."""
    _, meeting, _ = meeting_of(snapshot, name)
    body = snapshot.get(meeting.body)
    limit = law_of_notice(body) if isinstance(body, Body) else None
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
    named = snapshot.name(meeting.body)
    because = f"No law in the rule book says how much notice {named} gives; its own terms may."
    return Timing("cannot tell", because)


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
