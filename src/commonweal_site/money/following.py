"""A place's money, followed from what was passed on to fund, scheme, decision and outcome.

Beside what was planned stands what the ledger says was spent. What is kept back from a viewer is
in neither, so that whatever is left over is called unexplained by what is shown, and no more.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import NamedTuple

from commonweal.money.allocations import Allocation
from commonweal.money.funds import Fund, Scheme
from commonweal.money.pence import signed
from commonweal.money.statements import Held, reconcile
from commonweal.record.manuscript import Bar, Chart
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import period

from .asked import Asked
from .reading import Reading


class Went(NamedTuple):
    """What became of one scheme's money. Pence; none: not recorded, or nothing posted."""

    scheme: str
    planned: int | None
    spent: int | None
    decision: str | None
    outcome: str | None
    entries: str


class Pot(NamedTuple):
    """One fund of a place.

    total      what it comes to, if that is on record; exact: to the penny
    spent      from it, on whatever is shown
    otherwise  spent on no scheme that is shown
    unplanned  planned for no scheme that is shown
    sums       the address of all that came in and went out, by account
    """

    fund: str
    fact: Fund
    total: int | None
    exact: bool
    spent: int | None
    otherwise: int
    unplanned: int | None
    schemes: tuple[Went, ...]
    entries: str
    entries_otherwise: str
    sums: str


class Followed(NamedTuple):
    """100% of what was passed on to a place in a financial year, as far as it can be followed.

    passed_on  the sum of the allocations, if each has one
    left       what of it is in no fund; below nothing if its funds come to more
    """

    place: str
    year: str | None
    allocations: tuple[tuple[str, Allocation], ...]
    passed_on: int | None
    exact: bool
    pots: tuple[Pot, ...]
    left: int | None


def years_of(snapshot: Snapshot, places: Iterable[str]) -> list[str]:
    """The financial years on record for some places, the latest first."""
    found: set[str] = set()
    for place in places:
        told = reconcile(snapshot, place)
        found |= {fact.year for _, fact in told.allocated if fact.year}
        found |= {fund.year for fund in _funds(snapshot, told.funds) if fund.year}
    return sorted(found, reverse=True)


def year_shown(snapshot: Snapshot, years: list[str]) -> str | None:
    """The latest year that has begun; the first to come if none has."""
    begun = [each for each in years if period(each)[0] <= snapshot.as_at]
    return begun[0] if begun else years[-1] if years else None


def follow(snapshot: Snapshot, reading: Reading, place: str, year: str | None) -> Followed:
    """Follow a place's money through a financial year; facts that name no year count too."""
    told = reconcile(snapshot, place, year)
    sums = [fact.sum for _, fact in told.allocated]
    stated = [each for each in sums if each is not None]
    known = bool(sums) and len(stated) == len(sums)
    pots = tuple(_pot(snapshot, reading, held, year) for held in told.funds)
    return Followed(
        place, year, told.allocated,
        passed_on=sum(each.pence for each in stated) if known else None,
        exact=all(each.exact for each in stated) and all(pot.exact for pot in pots),
        pots=pots, left=told.unexplained,
    )  # fmt: skip


def _funds(snapshot: Snapshot, held: Iterable[Held]) -> Iterator[Fund]:
    found = (snapshot.get(each.fund) for each in held)
    return (fact for fact in found if isinstance(fact, Fund))


def _pot(snapshot: Snapshot, reading: Reading, held: Held, year: str | None) -> Pot:
    fact = next(_funds(snapshot, [held]))
    asked = _spending(snapshot, reading.system, held.fund, year)
    spent = {each.tags[0]: each.pence for each in reading.totals(["scheme"], asked)}
    schemes = tuple(_went(snapshot, each.scheme, each.pence, spent, asked) for each in held.schemes)
    otherwise = spent.keys() - {each.scheme for each in schemes}
    query = asked._replace(tags={"fund": held.fund}).query
    return Pot(
        held.fund, fact, held.pence,
        exact=fact.total is None or fact.total.exact,
        spent=sum(spent.values()) if spent else None,
        otherwise=sum(spent[each] for each in otherwise),
        unplanned=held.unplanned, schemes=schemes, entries=asked.address(),
        entries_otherwise=asked.address(scheme="") if otherwise == {""} else asked.address(),
        sums=f"/{reading.system}/ledger/by/account/?{query}",
    )  # fmt: skip


def _went(
    snapshot: Snapshot, name: str, planned: int | None, spent: dict[str, int], asked: Asked
) -> Went:
    fact = snapshot.get(name)
    decision = fact.decision if isinstance(fact, Scheme) else None
    outcome = fact.outcome if isinstance(fact, Scheme) else None
    return Went(name, planned, spent.get(name), decision, outcome, asked.address(scheme=name))


def _spending(snapshot: Snapshot, system: str, fund: str, year: str | None) -> Asked:
    """What was spent from a fund in a year, up to the day of the snapshot."""
    first, after = period(year) if year else (None, None)
    past = snapshot.as_at + timedelta(1)
    tags = {"account": "spending", "fund": fund}
    stated = year.replace("/", "-") if year else ""
    return Asked(system, tags, stated, first, after, min(after or past, past))


def about(pence: int, *, exact: bool) -> str:
    """A sum in words; one worked out from what is only about right is no better."""
    return f"{'' if exact else 'about '}{signed(pence)}"


def chart(snapshot: Snapshot, told: Followed, said: str) -> Chart | None:
    """The whole as one bar, its funds and what is in none as its parts; none without sums."""
    parts = [(snapshot.name(pot.fund), pot.total, pot.exact) for pot in told.pots if pot.total]
    if not parts:
        return None
    name, at, bars = snapshot.name(told.place), 0, []
    if told.passed_on:
        whole = f"Passed on to {name}: {about(told.passed_on, exact=told.exact)}"
        bars.append(Bar(whole, 0, told.passed_on))
    for called, pence, exact in parts:
        words = f"{called}: {about(pence, exact=exact)}{_part_of(pence, told.passed_on)}"
        begins = at if told.passed_on else 0
        bars.append(Bar(words, begins, begins + pence, "more" if told.passed_on else "whole"))
        at += pence
    if told.left and told.left > 0 and told.passed_on:
        words = f"In no fund that is shown: {about(told.left, exact=told.exact)}"
        part = _part_of(told.left, told.passed_on)
        bars.append(Bar(words + part, at, at + told.left, "unexplained"))
    return Chart(f"Where the money of {name} goes", said, tuple(bars))


def _part_of(pence: int, whole: int | None) -> str:
    return f" ({pence / whole:.1%})" if whole else ""
