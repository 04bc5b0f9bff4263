"""Whom to remind of what on a day: before the last day, on it, and week by week once it is past."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from commonweal.record.snapshot import Snapshot

from .owed import Task, awaited, overdue, tasks

DAYS_BEFORE = (7, 2, 0)
"""Days before the last day on which whoever owes an answer is reminded."""

WEEK = 7


class Reminder(NamedTuple):
    """What one body is told on a day.

    who      the body on record that is told
    owes     what it has to do itself
    waits    what others owe it and have not done in time
    """

    who: str
    owes: tuple[Task, ...]
    waits: tuple[Task, ...]


def reminders(snapshot: Snapshot, on: date) -> tuple[Reminder, ...]:
    """Whom to remind of what on a day, by identifier of body.

    Whoever owes is told 7 and 2 days before the last day and on it; whoever owes and whoever waits
    are told on the day after, and every seventh day from then on. One who is not a body on record
    is told nothing: the list of what is overdue names them all the same.
    """
    told: dict[str, tuple[list[Task], list[Task]]] = {}
    for who, task, own in _each(snapshot, on):
        told.setdefault(who, ([], []))[0 if own else 1].append(task)
    return tuple(
        Reminder(who, tuple(own), tuple(wait)) for who, (own, wait) in sorted(told.items())
    )


def _each(snapshot: Snapshot, on: date) -> Iterator[tuple[str, Task, bool]]:
    for task in awaited(tasks(snapshot), on):
        if task.who and task.days_left(on) in DAYS_BEFORE:
            yield task.who, task, True
    for task in overdue(snapshot, on):
        if _weekly(task, on):
            if task.who:
                yield task.who, task, True
            if task.to:
                yield task.to, task, False


def _weekly(task: Task, on: date) -> bool:
    return task.due is not None and (on - task.due).days % WEEK == 1
