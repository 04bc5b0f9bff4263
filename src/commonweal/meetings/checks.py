"""Checks of how an integrated care board meets: in public, and announced in time."""

from collections.abc import Iterator

from commonweal.bodies.boards import boards
from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words, period
from commonweal.statute.clock import clock
from commonweal.statute.rule import Rule, rule
from commonweal.statute.runner import check

from .facts import Meeting
from .notice import given_in_time

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


def _notice(law: Rule, name: str, meeting: Meeting) -> Finding:
    more = {"sources": meeting.sources, "about": (meeting.body,)}
    found = given_in_time(meeting, clock(law.id))
    say = {"met": law.met, "not met": law.not_met, "cannot tell": law.cannot_say}[found.outcome]
    return say(name, found.because, **more)
