"""What became of an area or body, and what came before it."""

from collections import deque
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from commonweal.record.naming import Succession
from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import stands


class Step(NamedTuple):
    """One succession, and how many steps from the start it is.

    day  its first day
    """

    succession: str
    fact: Succession
    day: date
    depth: int


class _Chains(NamedTuple):
    after: dict[str, list[str]]
    before: dict[str, list[str]]


@remembered
def _chains(snapshot: Snapshot) -> _Chains:
    chains = _Chains({}, {})
    for name, fact in snapshot.all(Succession).items():
        if stands(fact):
            chains.after.setdefault(fact.before, []).append(name)
            chains.before.setdefault(fact.after, []).append(name)
    return chains


def became(snapshot: Snapshot, entity: str) -> tuple[Step, ...]:
    """What became of an area or body, up to the snapshot's day, nearest first."""
    return tuple(_walk(snapshot, entity, forward=True))


def came_from(snapshot: Snapshot, entity: str) -> tuple[Step, ...]:
    """What came before an area or body, nearest first."""
    return tuple(_walk(snapshot, entity, forward=False))


def _walk(snapshot: Snapshot, entity: str, *, forward: bool) -> Iterator[Step]:
    links = _chains(snapshot).after if forward else _chains(snapshot).before
    seen = {entity}
    waiting = deque([(entity, 1)])
    while waiting:
        here, depth = waiting.popleft()
        for name in links.get(here, ()):
            fact = snapshot.all(Succession)[name]
            yield Step(name, fact, first_day(snapshot, name), depth)
            there = fact.after if forward else fact.before
            if there not in seen:
                seen.add(there)
                waiting.append((there, depth + 1))


def first_day(snapshot: Snapshot, entity: str) -> date:
    """The first day of a fact that holds on the snapshot's day."""
    held = snapshot.held(entity)
    return held.first_day if held else snapshot.as_at


def heirs(snapshot: Snapshot, entity: str) -> tuple[str, ...]:
    """What stands on the day in the place of an area or body: itself, if it stands."""
    if snapshot.get(entity) is not None:
        return (entity,)
    ends = (step.fact.after for step in became(snapshot, entity))
    return tuple(dict.fromkeys(each for each in ends if snapshot.get(each) is not None))


def successions_to(snapshot: Snapshot, entity: str) -> tuple[tuple[str, Succession], ...]:
    """The successions by which an area or body took the place of others, wholly or in part."""
    names = _chains(snapshot).before.get(entity, ())
    return tuple((name, snapshot.all(Succession)[name]) for name in names)


def successions_from(snapshot: Snapshot, entity: str) -> tuple[tuple[str, Succession], ...]:
    """The successions by which others took the place of an area or body, wholly or in part."""
    names = _chains(snapshot).after.get(entity, ())
    return tuple((name, snapshot.all(Succession)[name]) for name in names)


def shares(snapshot: Snapshot, entity: str) -> Decimal | None:
    """The sum of the shares that went to successors; none if one of them has no share."""
    given = [fact.share for _, fact in successions_from(snapshot, entity)]
    known = [share for share in given if share is not None]
    return sum(known, Decimal()) if known and len(known) == len(given) else None


def name_then(snapshot: Snapshot, entity: str) -> str:
    """What an entity is called, or was when it ended."""
    if snapshot.get(entity) is not None:
        return snapshot.name(entity)
    steps = successions_from(snapshot, entity)
    if not steps:
        return snapshot.name(entity)
    last = min(first_day(snapshot, name) for name, _ in steps) - timedelta(1)
    return on_day(snapshot, last).name(entity)


@remembered
def _earlier(snapshot: Snapshot) -> dict[date, Snapshot]:
    del snapshot
    return {}


def on_day(snapshot: Snapshot, day: date) -> Snapshot:
    """The same record on another day, read once for each snapshot."""
    kept = _earlier(snapshot)
    if day not in kept:
        kept[day] = snapshot.on(day)
    return kept[day]
