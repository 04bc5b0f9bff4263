"""Minutes built from the record, as sections of plain text for a person to edit.

Nothing is added that is not on record; what is exempt is left out with the rest that the reader of
the snapshot may not see.
"""

from collections.abc import Iterator
from typing import NamedTuple

from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words

from .agenda import (
    actions_at,
    agenda,
    attended,
    comments_at,
    conflicts_at,
    decisions_at,
    meeting_of,
    papers_for,
    promises_at,
    questions_at,
)
from .decided import Decision
from .facts import AgendaItem, Attendance, Meeting
from .quorum import quorum
from .voting import result


class Section(NamedTuple):
    """One section of the minutes: a heading and its lines."""

    heading: str
    lines: tuple[str, ...]


_GROUPS = (
    ("Members", {"member", "substitute"}),
    ("Guests", {"guest"}),
    ("Witnesses", {"witness"}),
    ("In attendance", {"in attendance", "not stated"}),
)


def minutes(snapshot: Snapshot, name: str) -> tuple[Section, ...]:
    """The minutes of a meeting: its head, who was there, then a section for each item."""
    _, meeting, _ = meeting_of(snapshot, name)
    return (
        _head(snapshot, meeting),
        *_there(snapshot, name, meeting),
        *(_section(snapshot, own, item) for own, item in agenda(snapshot, name)),
    )


def _head(snapshot: Snapshot, meeting: Meeting) -> Section:
    public = {True: "Open to the public.", False: "The public was kept out."}
    lines = [f"{in_words(meeting.when)}{f', {meeting.time}' if meeting.time else ''}."]
    lines += [f"{meeting.venue}."] if meeting.venue else []
    lines += [public[meeting.public]] if meeting.public is not None else []
    if meeting.excluded_because:
        lines.append(f"Reason: {meeting.excluded_because}")
    return Section(f"Minutes of {snapshot.name(meeting.body)}", tuple(lines))


def _there(snapshot: Snapshot, name: str, meeting: Meeting) -> Iterator[Section]:
    everybody = [attendance for _, attendance in attended(snapshot, name)]
    came = [a for a in everybody if a.type not in {"apologies", "absent"}]
    for heading, capacities in _GROUPS:
        here = [a for a in came if a.capacity in capacities]
        if here:
            yield Section(heading, tuple(_line(snapshot, a) for a in here))
    sorry = [_named(snapshot, a) for a in everybody if a.type == "apologies"]
    if sorry or meeting.apologies:
        yield Section("Apologies", tuple(sorry) or meeting.apologies)
    if came:
        yield Section("Quorum", (_of(quorum(snapshot, name)),))


def _named(snapshot: Snapshot, attendance: Attendance) -> str:
    who = snapshot.name(attendance.who) if attendance.who else None
    return attendance.who_printed or who or "not recorded"


def _line(snapshot: Snapshot, attendance: Attendance) -> str:
    parts = [_named(snapshot, attendance)]
    if attendance.on_behalf_of:
        parts.append(f"for {snapshot.name(attendance.on_behalf_of)}")
    if attendance.type == "online":
        parts.append("online")
    if attendance.left:
        parts.append(f"left before {snapshot.name(attendance.left)}")
    if attendance.returned:
        parts.append(f"there from {snapshot.name(attendance.returned)}")
    return ", ".join(parts)


def _of(finding: Finding) -> str:
    return f"{finding.outcome.capitalize()}: {finding.because}"


def _section(snapshot: Snapshot, own: str, item: AgendaItem) -> Section:
    lines = [
        *([f"Asked: {item.asked}"] if item.asked else []),
        *([f"Taken in private because: {item.private_because}"] if item.private_because else []),
        *([f"Taken late because: {item.late_because}"] if item.late_because else []),
        *(f"Paper: {snapshot.name(paper.document)}." for _, paper in papers_for(snapshot, own)),
        *(each.sentence(snapshot.name) for _, each in conflicts_at(snapshot, own)),
        *_said(snapshot, own),
        *_decided(snapshot, own),
    ]
    return Section(f"{item.number}. {item.name}", tuple(lines))


def _said(snapshot: Snapshot, item: str) -> Iterator[str]:
    for _, comment in comments_at(snapshot, item):
        yield comment.sentence(snapshot.name)
    for _, question in questions_at(snapshot, item):
        yield question.sentence(snapshot.name)
        for answer in question.answers:
            who = answer.by_printed or (snapshot.name(answer.by) if answer.by else "Somebody")
            yield f"{who} answered: {answer.text}"
    for _, promise in promises_at(snapshot, item):
        yield promise.sentence(snapshot.name)


def _decided(snapshot: Snapshot, item: str) -> Iterator[str]:
    for _, decision in decisions_at(snapshot, item):
        yield from _decision(snapshot, decision)
    for _, decision in reported_at(snapshot, item):
        yield f"Reported: {decision.text or decision.name} {_by_whom(snapshot, decision)}"
    for _, action in actions_at(snapshot, item):
        owner = action.owner_printed or (
            snapshot.name(action.owner) if action.owner else "owner not recorded"
        )
        due = f", by {in_words(action.due)}" if action.due else ""
        yield f"Action: {action.name} ({owner}{due})."


def reported_at(snapshot: Snapshot, item: str) -> tuple[tuple[str, Decision], ...]:
    """What one person had decided and an item was told of."""
    found = (each for each in snapshot.referring(item, Decision) if each[1].reported == item)
    return tuple(sorted(found))


def _by_whom(snapshot: Snapshot, decision: Decision) -> str:
    who = snapshot.name(decision.by) if decision.by else "somebody not on record"
    when = f", {in_words(decision.when)}" if decision.when else ""
    why = f"; urgent because: {decision.urgent_because}" if decision.urgent_because else ""
    return f"({who}{when}{why})"


def _decision(snapshot: Snapshot, decision: Decision) -> Iterator[str]:
    word = "Noted" if decision.type == "noted" else "Decided"
    yield f"{word}: {decision.text or decision.name}"
    if decision.type == "vote":
        came_to = result(snapshot, decision)
        yield f"Vote: {came_to.outcome}. {came_to.because}"
    if decision.reasons:
        yield f"Reasons: {decision.reasons}"
    for other in decision.alternatives:
        yield f"Also considered: {other}"
    for vote in decision.votes:
        if vote.reason:
            yield f"{snapshot.name(vote.seat)} ({vote.cast}): {vote.reason}"
    if decision.outcome in {"put off", "referred"}:
        yield f"Recorded as {decision.outcome}."
