"""What would let a holder decide on another day: what begins later, and what has ended."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from commonweal.areas.successions import on_day
from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import BEFORE_ALL, OPEN

from .facts import Delegation, Power
from .register import Fault, Hop, Register, register
from .search import Question, Search

MOST_DAYS = 6
"""As many telling days, on either side, as are looked at."""


class Elsewhen(NamedTuple):
    """A delegation or power that does not hold on the day, but does on another.

    day     one on which it holds
    faults  that it begins later or has ended, and what else it would fail then
    """

    holder: str
    by: str
    day: date
    faults: tuple[Fault, ...]


@remembered
def telling_days(snapshot: Snapshot) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """Days just before something ended, latest first; and days on which something begins."""
    every = sorted({*snapshot.days_of(Delegation), *snapshot.days_of(Power)} - {BEFORE_ALL, OPEN})
    gone = [day - timedelta(1) for day in every if day <= snapshot.as_at]
    ahead = [day for day in every if day > snapshot.as_at]
    return tuple(gone[::-1][:MOST_DAYS]), tuple(ahead[:MOST_DAYS])


def elsewhen(snapshot: Snapshot, question: Question, holder: str | None) -> Iterator[Elsewhen]:
    """What one holder, or anybody, has on another day for what is asked; the nearest days first.

    holder  None: everybody
    """
    seen: set[tuple[str, str]] = set()
    for test, days in zip(("ended", "begins"), telling_days(snapshot), strict=True):
        for day in days:
            then = on_day(snapshot, day)
            for each in _on(snapshot, then, question, holder, test):
                if (each.holder, each.by) not in seen:
                    seen.add((each.holder, each.by))
                    yield each


def _on(
    snapshot: Snapshot, then: Snapshot, question: Question, holder: str | None, test: str
) -> Iterator[Elsewhen]:
    entries = register(then)
    search = Search(entries, question)
    for hop in _hops(entries, search, holder):
        if snapshot.get(hop.name) is None:
            faults = (_fault(then, hop.name, test), *_besides(search, hop))
            yield Elsewhen(hop.taker, hop.name, then.as_at, faults)
    for who, power in _powers(entries, search, holder):
        if snapshot.get(power) is None:
            yield Elsewhen(who, power, then.as_at, (_fault(then, power, test),))


def _hops(entries: Register, search: Search, holder: str | None) -> list[Hop]:
    """Delegations of that day for the function and place, sound whatever the question."""
    found = [
        hop
        for function in search.functions
        for hop, faults in entries.by_function.get(function, ())
        if not faults and holder in {None, hop.taker}
    ]
    return sorted(hop for hop in found if hop.area is None or hop.area in search.areas)


def _powers(entries: Register, search: Search, holder: str | None) -> Iterator[tuple[str, str]]:
    for function in sorted(search.functions):
        for area in sorted(search.areas):
            for who in entries.root_at.get((function, area), ()):
                if holder in {None, who} and (root := entries.root(who, function, area)):
                    yield who, root.power


def _besides(search: Search, hop: Hop) -> Iterator[Fault]:
    """What a delegation fails on its own day: its limits, and whether its giver may."""
    yield from search.tests(hop, 0)
    area = hop.area or search.question.area
    if not search.reaches(hop.giver, hop.function, area, 1):
        yield Fault("giver cannot", "fails", (hop.giver,))


def _fault(then: Snapshot, name: str, test: str) -> Fault:
    held = then.held(name)
    begins = held.first_day if held else then.as_at
    last = (held.end or OPEN) - timedelta(1) if held else then.as_at
    return Fault(test, "fails", ((last if test == "ended" else begins).isoformat(),))
