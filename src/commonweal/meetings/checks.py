"""Checks of how boards meet, how interests are dealt with there, and what is decided."""

from collections.abc import Callable, Iterator

from commonweal.bodies.boards import boards
from commonweal.record.findings import Finding, Outcome
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import planned
from commonweal.record.when import in_words, period
from commonweal.statute.clock import clock
from commonweal.statute.rule import Rule, rule
from commonweal.statute.runner import check

from .agenda import agenda, conflicts_at
from .decided import Decision
from .facts import Meeting
from .notice import COUNCILS, given_in_time, law_of_notice
from .powers import authority_of, made
from .vires import Line, conflicts_told, standing_of, vires

type NamedMeeting = tuple[str, Meeting]


def board_meetings(snapshot: Snapshot) -> Iterator[NamedMeeting]:
    """The meetings of integrated care boards."""
    bound = {name for name, _ in boards(snapshot)}
    for name, meeting in snapshot.all(Meeting).items():
        if meeting.body in bound:
            yield name, meeting


def _under(law: Rule, meeting: Meeting) -> bool:
    """Whether a rule was in force when a meeting was held. Earlier meetings are not its concern."""
    return law.in_force(period(meeting.when)[0])


def _none(number: str, snapshot: Snapshot) -> Iterator[Finding]:
    """For each board none of whose meetings is on record, that the record cannot tell."""
    meeting = {each.body for _, each in board_meetings(snapshot)}
    for name, body in boards(snapshot):
        if name not in meeting:
            because = "None of its meetings is on record."
            yield rule(number).cannot_say(name, because, sources=body.sources)


@check("ICB-PUB-04")
def board_meets_in_public(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("ICB-PUB-04")
    yield from _none(law.id, snapshot)
    for name, meeting in board_meetings(snapshot):
        if not _under(law, meeting):
            continue
        day = in_words(meeting.when)
        more = {"sources": meeting.sources, "about": (meeting.body,)}
        if meeting.public:
            yield law.met(name, f"The meeting of {day} was open to the public.", **more)
        elif meeting.excluded_because:
            because = f"The meeting of {day} kept the public out by a resolution on record."
            yield law.met(name, because, **more)
        elif meeting.public is None:
            because = f"Whether the public could attend on {day} is not on record."
            yield law.cannot_say(name, because, **more)
        else:
            because = (
                f"The meeting of {day} was not in public; no resolution that kept the public "
                "out is on record."
            )
            yield law.cannot_say(name, because, **more)


@check("ICB-MTG-01")
def public_is_kept_out_for_a_reason(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("ICB-MTG-01")
    yield from _none(law.id, snapshot)
    for name, meeting in board_meetings(snapshot):
        if meeting.public is not False or not _under(law, meeting):
            continue
        day = in_words(meeting.when)
        more = {"sources": meeting.sources, "about": (meeting.body,)}
        if meeting.excluded_because:
            because = (
                f"On {day} the public was kept out because: {meeting.excluded_because.rstrip('.')}."
            )
            yield law.met(name, because, **more)
        else:
            because = f"On {day} the public was kept out; the reason is not on record."
            yield law.cannot_say(name, because, **more)


@check("ICB-MTG-02")
def notice_is_given_in_time(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("ICB-MTG-02")
    yield from _none(law.id, snapshot)
    for name, meeting in board_meetings(snapshot):
        if _under(law, meeting):
            yield _notice(law, name, meeting)


@check(COUNCILS)
def councils_give_notice_in_time(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule(COUNCILS)
    for name, meeting in snapshot.all(Meeting).items():
        limit = law_of_notice(snapshot, meeting.body)
        if limit and limit.rule == law.id and _under(law, meeting):
            yield _notice(law, name, meeting)


def _notice(law: Rule, name: str, meeting: Meeting) -> Finding:
    more = {"sources": meeting.sources, "about": (meeting.body,)}
    found = given_in_time(meeting, clock(law.id))
    return _say(law, found.outcome)(name, found.because, **more)


# --- interests -----------------------------------------------------------------------------------


@check("ICB-COI-05")
def interests_are_dealt_with(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("ICB-COI-05")
    yield from _none(law.id, snapshot)
    for name, meeting in board_meetings(snapshot):
        if _under(law, meeting) and period(meeting.when)[0] <= snapshot.as_at:
            yield from _interests(law, snapshot, name, meeting)


def _interests(law: Rule, snapshot: Snapshot, name: str, meeting: Meeting) -> Iterator[Finding]:
    """A finding for each item with an interest; for a meeting without any, one on the meeting."""
    items = agenda(snapshot, name)
    touched = [(own, item) for own, item in items if conflicts_at(snapshot, own)]
    for own, item in touched:
        outcome, because = conflicts_told(snapshot, own)
        yield _say(law, outcome)(own, because, sources=item.sources, about=(name,))
    if touched or not items:
        return
    more = {"sources": meeting.sources, "about": (meeting.body,)}
    if any(item.type == "declare interests" for _, item in items):
        yield law.met(name, "Members were asked for their interests; none is on record.", **more)
    else:
        because = "No interest is on record, nor that members were asked for any."
        yield law.cannot_say(name, because, **more)


def _say(law: Rule, outcome: Outcome) -> Callable[..., Finding]:
    return {"met": law.met, "not met": law.not_met, "cannot tell": law.cannot_say}[outcome]


# --- decisions -----------------------------------------------------------------------------------


@check("REC-DECISION")
def decisions_pass_the_ten_lines(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("REC-DECISION")
    for name, decision in _in_order_of_day(snapshot):
        if decision.type == "noted" or planned(decision):
            continue
        lines = vires(snapshot, name, authority=authority_of)
        found = standing_of(snapshot, decision, lines)
        about = (decision.item,) if decision.item else ()
        because = _wrong(lines) or found.because
        yield _say(law, found.outcome)(name, because, sources=decision.sources, about=about)


def _in_order_of_day(snapshot: Snapshot) -> list[tuple[str, Decision]]:
    """Every decision, those of one day together: the record of a day is made anew for few days."""
    every = snapshot.all(Decision).items()
    return sorted(every, key=lambda each: (str(made(snapshot, each[1])[0] or ""), each[0]))


def _wrong(lines: tuple[Line, ...]) -> str:
    """What is not met, each line with its reason; empty if nothing is."""
    failed = [line for line in lines if line.finding.outcome == "not met"]
    return " ".join(f"Not met, {line.name}: {line.finding.because}" for line in failed)
