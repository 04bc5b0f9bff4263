"""What is on record of one meeting: its agenda in order, its papers, who was there and when."""

import re
from collections.abc import Iterator
from datetime import date

from commonweal.record.errors import RecordError
from commonweal.record.identifiers import a
from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import period

from .decided import Action, Decision
from .facts import AgendaItem, Attendance, Conflict, Meeting, Paper
from .said import Comment, Promise, Question

type Named[F] = tuple[str, F]

_THERE = frozenset({"present", "in person", "online"})
_SITS = frozenset({"member", "substitute"})


class NotAMeeting(RecordError):
    """An identifier leads neither to a meeting nor to an item of one."""


def meeting_of(snapshot: Snapshot, name: str) -> tuple[str, Meeting, str | None]:
    """The meeting that a meeting's or an item's identifier leads to, and the item if it is one.

    raises  NotAMeeting
    """
    fact = snapshot.fact(name)
    meeting, item = (fact.meeting, name) if isinstance(fact, AgendaItem) else (name, None)
    held = snapshot.fact(meeting)
    if not isinstance(held, Meeting):
        raise NotAMeeting(
            f"{name} is {a(held.kind)}. Give the identifier of a meeting or of an agenda item."
        )
    return meeting, held, item


def the_day(when: str | None) -> date | None:
    """The day a stated date means; none if it is less precise than a day."""
    if when is None:
        return None
    first, after = period(when)
    return first if (after - first).days == 1 else None


def on_the_day(snapshot: Snapshot, meeting: Meeting) -> Snapshot | None:
    """The record on the day of a meeting; none if that day is not stated exactly."""
    day = the_day(meeting.when)
    return as_it_was(snapshot, day) if day else None


def as_it_was(snapshot: Snapshot, day: date) -> Snapshot:
    """The same record on another day, made once for as long as both are asked for."""
    if day == snapshot.as_at:
        return snapshot
    days = _other_days(snapshot)
    if day not in days:
        if len(days) >= _DAYS_KEPT:
            del days[next(iter(days))]
        days[day] = snapshot.on(day)
    return days[day]


_DAYS_KEPT = 32
"""Ten lines ask for the same day again and again, but a register has meetings of many years."""


@remembered
def _other_days(_snapshot: Snapshot) -> dict[date, Snapshot]:
    return {}


def in_order(number: str) -> tuple[tuple[int, str], ...]:
    """A key by which numbers of items sort as people count: 2, 10, 10a.

    >>> sorted(["10", "2", "10a"], key=in_order)
    ['2', '10', '10a']
    """
    return tuple(
        (int(part), "") if part.isdigit() else (0, part)
        for part in re.findall(r"\d+|[^\d\s]+", number)
    )


def agenda(snapshot: Snapshot, meeting: str) -> tuple[Named[AgendaItem], ...]:
    """The items of a meeting, in the order of their numbers."""
    found = (e for e in snapshot.referring(meeting, AgendaItem) if e[1].meeting == meeting)
    return tuple(sorted(found, key=lambda each: (in_order(each[1].number), each[0])))


def attended(snapshot: Snapshot, meeting: str) -> tuple[Named[Attendance], ...]:
    """Everybody whose presence or absence at a meeting is on record."""
    return tuple(sorted(snapshot.referring(meeting, Attendance)))


def papers_for(snapshot: Snapshot, item: str) -> tuple[Named[Paper], ...]:
    """The papers put before the meeting under an item."""
    return tuple(sorted(snapshot.referring(item, Paper)))


def conflicts_at(snapshot: Snapshot, item: str) -> tuple[Named[Conflict], ...]:
    """The interests that touched an item."""
    return tuple(sorted(snapshot.referring(item, Conflict)))


def decisions_at(snapshot: Snapshot, item: str) -> tuple[Named[Decision], ...]:
    """What was decided or noted under an item."""
    return tuple(sorted(e for e in snapshot.referring(item, Decision) if e[1].item == item))


def actions_at(snapshot: Snapshot, item: str) -> tuple[Named[Action], ...]:
    """What an item gave people to do."""
    return tuple(sorted(e for e in snapshot.referring(item, Action) if e[1].item == item))


def questions_at(snapshot: Snapshot, item: str) -> tuple[Named[Question], ...]:
    """The questions asked under an item."""
    return tuple(sorted(snapshot.referring(item, Question)))


def comments_at(snapshot: Snapshot, item: str) -> tuple[Named[Comment], ...]:
    """The views and reports given under an item."""
    return tuple(sorted(snapshot.referring(item, Comment)))


def promises_at(snapshot: Snapshot, item: str) -> tuple[Named[Promise], ...]:
    """What was promised under an item."""
    return tuple(sorted(snapshot.referring(item, Promise)))


def seat_filled(attendance: Attendance) -> str | None:
    """The seat that somebody filled by being there; none for those who only attended.

    A substitute fills the seat in whose place they came.
    """
    if attendance.type not in _THERE or attendance.capacity not in _SITS:
        return None
    place = attendance.on_behalf_of if attendance.capacity == "substitute" else attendance.who
    return place if place and place.split("/")[1] == "seat" else None


def heard(attendance: Attendance, item: str | None, order: tuple[str, ...]) -> bool:
    """Whether somebody who came was in the room for an item.

    item   none asks of the meeting as a whole: at its start
    order  the items of the meeting, in order
    """
    at = order.index(item) if item in order else 0
    left = order.index(attendance.left) if attendance.left in order else None
    back = order.index(attendance.returned) if attendance.returned in order else None
    if left is None or back is None:
        return (left is None or at < left) and (back is None or at >= back)
    # Back no later than left: somebody who came late and then went.
    return back <= at < left if back <= left else at < left or at >= back


def seats_filled(snapshot: Snapshot, meeting: str, item: str | None = None) -> Iterator[str]:
    """The seats that were filled when an item was taken; each once, however often it is named."""
    order = tuple(name for name, _ in agenda(snapshot, meeting))
    seen: set[str] = set()
    for _, attendance in attended(snapshot, meeting):
        seat = seat_filled(attendance)
        if seat and seat not in seen and heard(attendance, item, order):
            seen.add(seat)
            yield seat
