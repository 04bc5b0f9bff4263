"""What somebody owes, as pages and data show it: where it stands, how its last day is counted."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from commonweal.record.errors import SpeakingError
from commonweal.record.identifiers import identifier
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words
from commonweal.scrutiny.owed import NAMED, Task
from commonweal.statute.clock import clock
from commonweal.statute.rule import rule
from commonweal_site.meetings.laid_out import Cell, Grid, grid
from commonweal_site.record.presenting import Link, link_to
from commonweal_site.words import count

HEADS = (
    "id kind what owed who to started due done state days_left rule source working invented as_at"
).split()


def row(snapshot: Snapshot, task: Task, on: date) -> dict[str, Any]:
    """One thing owed, for a program to read. `who` and `to` are names; `id` is the fact."""
    done = task.done if task.state(on) in {"met", "met late"} else None
    return {
        "id": task.about, "kind": identifier(task.about).kind, "what": snapshot.name(task.about),
        "owed": task.title, "who": task.owed_by(snapshot),
        "to": snapshot.name(task.to) if task.to else None,
        "started": task.trigger.isoformat() if task.trigger else None,
        "due": task.due.isoformat() if task.due else None,
        "done": done[0].isoformat() if done and done[0] == done[1] else None,
        "state": task.state(on), "days_left": task.days_left(on), "rule": task.rule or None,
        "source": clock(task.rule).cite if task.rule else None, "working": working_link(task),
        "invented": identifier(task.about).system in snapshot.invented, "as_at": on.isoformat(),
    }  # fmt: skip


def working_link(task: Task) -> str | None:
    """Where each day of its count can be read; none where the law counts no days."""
    if not (task.rule and task.trigger and task.due):
        return None
    return f"/time-limits/{task.rule}/?{urlencode({'from': task.trigger.isoformat()})}"


def working(task: Task) -> str:
    """How its last day is counted, as one sentence."""
    if task.rule == NAMED:
        return "The committee named the day; no law sets it."
    if task.trigger is None:
        return "The day that sets the clock going is not on record."
    try:
        return clock(task.rule).run(task.trigger).because
    except SpeakingError as refused:
        return str(refused)


def law(task: Task) -> Cell:
    """The rule whose clock it is, and where each of its days can be read."""
    if task.rule == NAMED:
        return "None: the committee named the day"
    found = [by_rule(task.rule)]
    if path := working_link(task):
        found.append(Link(f"each day counted from {day_in_words(task.trigger or date.min)}", path))
    return tuple(found)


def by_rule(number: str) -> Link:
    """A rule by its title; its number stands at the end."""
    return Link(f"{rule(number).title} ({number})", f"/rules/{number}/")


def of_fact(snapshot: Snapshot, found: Iterable[Task], on: date) -> Grid:
    """Everything owed because of one fact, with its working."""
    rows = (
        (
            _who(snapshot, task), task.title,
            day_in_words(task.trigger) if task.trigger else None,
            day_in_words(task.due) if task.due else None,
            task.in_words(on), working(task), law(task),
        )
        for task in found
    )  # fmt: skip
    heads = ("Who", "Has to", "Clock started", "Last day", "Where it stands", "Working", "Rule")
    return grid("The clock", heads, rows, empty="No clock runs: nobody was asked for anything.")


def _who(snapshot: Snapshot, task: Task) -> Cell:
    return link_to(snapshot, task.who) if task.who and not task.printed else task.printed


def listed(
    snapshot: Snapshot, title: str, found: Iterable[Task], on: date, *, empty: str, intro: str = ""
) -> Grid:
    """Things owed as a table: what, by whom, to whom, by when."""
    rows = (
        (
            Link(snapshot.name(task.about), f"/{task.about}"), task.title,
            _who(snapshot, task), link_to(snapshot, task.to) if task.to else "The public",
            day_in_words(task.due) if task.due else None, _left(task, on), law(task),
        )
        for task in found
    )  # fmt: skip
    heads = ("About", "What is owed", "Who owes it", "To whom", "Last day", "Stands", "Rule")
    return grid(title, heads, rows, empty=empty, intro=intro)


def _left(task: Task, on: date) -> str:
    days = task.days_left(on)
    if days is None:
        return task.in_words(on)
    if days == 0:
        return "Due today"
    return f"{count(-days, 'day')} over" if days < 0 else f"{count(days, 'day')} left"


def of_system(found: Iterable[Task], system: str) -> Iterator[Task]:
    """Those about facts of one system."""
    return (task for task in found if task.about.startswith(f"{system}/"))
