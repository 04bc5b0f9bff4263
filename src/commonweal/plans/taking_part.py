"""Who has which part in a milestone, and the groups set up for a task: until when, and for what."""

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple, get_args

from commonweal.bodies.facts import Body
from commonweal.record.snapshot import Snapshot

from .delivery import Stands, stands
from .milestones import Milestone, Part, Taker

PARTS: tuple[Part, ...] = get_args(Part)


class Shares(NamedTuple):
    """A milestone with everybody's part in it besides the owner's, who answers for it."""

    stands: Stands
    at: dict[Part, tuple[Taker, ...]]


def shared_out(found: Iterable[Stands]) -> list[Shares]:
    """The milestones in which others than the owner have a part, in the order given."""
    return [
        Shares(each, {p: tuple(o for o in each.fact.others if o.part == p) for p in PARTS})
        for each in found if each.fact.others
    ]  # fmt: skip


Life = Literal["proposed", "at work", "past its task"]
"""How a group for a task stands. Past its task: all that it had a part in is over or dropped."""


class Group(NamedTuple):
    """A group set up for a task.

    task  the milestones in which it has a part, the soonest first
    ends  the day it ends; None: no source says
    """

    name: str
    fact: Body
    task: tuple[Stands, ...]
    ends: date | None
    life: Life


def task_groups(snapshot: Snapshot, system: str) -> list[Group]:
    """The task and finish groups of a system on the day, by name."""
    return [
        _group(snapshot, name, fact)
        for name, fact in snapshot.all(Body).items()
        if fact.type == "task and finish group" and name.startswith(f"{system}/")
    ]


_DONE = frozenset({"reached", "reached late", "dropped"})


def _group(snapshot: Snapshot, name: str, fact: Body) -> Group:
    task = tuple(
        stands(own, each, snapshot.as_at)
        for own, each in snapshot.referring(name, Milestone)
        if each.owner == name or any(other.who == name for other in each.others)
    )
    held = snapshot.held(name)
    over = bool(task) and all(each.standing in _DONE for each in task)
    life: Life = (
        "proposed" if fact.status == "proposed" or fact.stage == "proposed"
        else "past its task" if over else "at work"
    )  # fmt: skip
    return Group(name, fact, task, held.end if held else None, life)
