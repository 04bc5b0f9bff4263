"""Checks of how an integrated care board meets: in public, and announced in time."""

from collections.abc import Iterator
from datetime import date

from commonweal.bodies.boards import boards
from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words, in_words, period
from commonweal.statute.clock import clock
from commonweal.statute.counting import clear_days_between
from commonweal.statute.rule import Rule, rule
from commonweal.statute.runner import check

from .facts import Meeting

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


def _day(when: str | None) -> date | None:
    if when is None:
        return None
    first, after = period(when)
    return first if (after - first).days == 1 else None


def _notice(law: Rule, name: str, meeting: Meeting) -> Finding:
    more = {"sources": meeting.sources, "about": (meeting.body,)}
    meets, notice, called = (_day(w) for w in (meeting.when, meeting.notice, meeting.convened))
    if meets is None or notice is None:
        what = "notice was given of the meeting of" if meets else "it met in"
        because = f"On which day {what} {in_words(meeting.when)} is not on record."
        return law.cannot_say(name, because, **more)
    due = clock(law.id).run(meets).due
    clear = clear_days_between(notice, meets)
    days = f"{clear} clear day{'' if clear == 1 else 's'}"
    said = (
        f"Notice of the meeting of {day_in_words(meets)} was given on {day_in_words(notice)}, "
        f"{days} before"
    )
    if notice <= due:
        return law.met(name, f"{said}; 3 are asked for.", **more)
    if called is not None and called > due:
        because = f"{said}; it was called at short notice on {day_in_words(called)}"
        if notice <= called:
            return law.met(name, f"{because}, and notice was given with it.", **more)
        return law.not_met(name, f"{because}, and notice was given later.", **more)
    return law.not_met(name, f"{said}; 3 are asked for.", **more)
