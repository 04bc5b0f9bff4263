"""What is said of money on a day: versions side by side, control totals, a place's whole."""

from collections.abc import Iterable
from typing import NamedTuple

from commonweal.bodies.facts import Body
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import period

from .allocations import Allocation, ControlTotal, Offset
from .bridge import Bridge, bridge
from .budgets import Budget, beside
from .control_totals import Change, Standing, Verdict, kept, rules_of
from .forecasting import Line
from .funds import Fund, Scheme
from .years import Rules

_FIRM = ("approved", "revised")
_LATE = ("outturn", "forecast")


class Versions(NamedTuple):
    """The versions of one budget for one year, in the order they were made.

    firm, late  identifier of the budget in force and of the newest forecast or outturn, if any
    lines       the one beside the other
    """

    name: str
    holder: str
    year: str
    budgets: tuple[tuple[str, Budget], ...]
    firm: str | None
    late: str | None
    lines: tuple[Line, ...]


def versions(snapshot: Snapshot, *, system: str | None = None) -> list[Versions]:
    """Every budget that has versions on record, one entry for each holder, name and year."""
    grouped: dict[tuple[str, str, str], list[tuple[str, Budget]]] = {}
    for name, budget in snapshot.all(Budget).items():
        if system in {None, name.partition("/")[0]}:
            key = (budget.holder, budget.name, budget.year)
            grouped.setdefault(key, []).append((name, budget))
    return [_versions(key, found) for key, found in sorted(grouped.items())]


def _versions(key: tuple[str, str, str], found: list[tuple[str, Budget]]) -> Versions:
    found.sort(key=lambda each: (_made(each[1]), each[0]))
    firm = _newest(found, _FIRM, before=_first_late(found))
    late = _newest(found, _LATE)
    lines = beside(firm[1], late[1]) if firm and late else []
    holder, name, year = key
    return Versions(
        name, holder, year, tuple(found), firm and firm[0], late and late[0], tuple(lines)
    )


def _made(budget: Budget) -> str:
    return str(period(budget.made)[0]) if budget.made else ""


def _first_late(found: Iterable[tuple[str, Budget]]) -> str | None:
    """The version that the newest forecast was reported against, if it says which."""
    late = _newest(found, _LATE)
    return late[1].replaces if late else None


def _newest(
    found: Iterable[tuple[str, Budget]], wanted: tuple[str, ...], before: str | None = None
) -> tuple[str, Budget] | None:
    """The newest version of some kinds; the one that a forecast names comes before all."""
    fit = [each for each in found if each[1].version in wanted]
    named = [each for each in fit if each[0] == before]
    best = named or fit
    return best[-1] if best else None


class Controlled(NamedTuple):
    """A system's control totals in a year: each organisation, the changes made, and the verdict."""

    rules: Rules
    standings: tuple[Standing, ...]
    offsets: tuple[tuple[str, Offset], ...]
    verdict: Verdict


def control_totals(snapshot: Snapshot, system: str, year: str) -> Controlled:
    """The control totals of a system's organisations for a financial year.

    raises  BadMoney if no rules are on record for that year
    """
    totals = {
        fact.holder: fact
        for name, fact in snapshot.all(ControlTotal).items()
        if name.partition("/")[0] == system and fact.year == year
    }
    offsets = tuple(
        (name, fact)
        for name, fact in sorted(snapshot.all(Offset).items())
        if name.partition("/")[0] == system and fact.year == year
    )
    moved: dict[str, int] = {}
    for _, offset in offsets:
        for each in offset.moves:
            moved[each.body] = moved.get(each.body, 0) + each.pence
    standings = sorted(
        Standing(snapshot.name(body), fact.plan, fact.plan + moved.get(body, 0), fact.actual)
        for body, fact in totals.items()
    )
    rules = rules_of(period(year)[0])
    none = Verdict("cannot tell", "No control total is on record.")
    verdict = kept(standings, rules.regime) if standings else none
    return Controlled(rules, tuple(standings), offsets, verdict)


def change_of(offset: Offset) -> Change:
    """An offset as it is worked with."""
    by: dict[str, int] = {}
    for each in offset.moves:
        by[each.body] = by.get(each.body, 0) + each.pence
    return Change(by, frozenset(offset.agreed_by), offset.regulator)


class Spent(NamedTuple):
    """One scheme of a fund: what its budget holds (None: not recorded), and what it rests on."""

    scheme: str
    pence: int | None
    decision: str | None
    outcome: str | None


class Held(NamedTuple):
    """A fund of a place: what it comes to (None: not recorded) and what it is planned for."""

    fund: str
    pence: int | None
    schemes: tuple[Spent, ...]

    @property
    def unplanned(self) -> int | None:
        """What no scheme is planned to spend; none where the total or a budget is not recorded."""
        planned = [each.pence for each in self.schemes if each.pence is not None]
        if self.pence is None or len(planned) < len(self.schemes):
            return None
        return self.pence - sum(planned)


class Reconciled(NamedTuple):
    """All that was delegated to a place, followed to its schemes; the unexplained is shown.

    allocated  what bodies above passed on to the place or its board
    funds      the place's funds
    bridge     from what was allocated to nothing, by fund
    """

    place: str
    allocated: tuple[tuple[str, Allocation], ...]
    funds: tuple[Held, ...]
    bridge: Bridge

    @property
    def unexplained(self) -> int | None:
        """What was allocated and is in no fund; none if a sum is not on record."""
        stated = [fact.sum for _, fact in self.allocated]
        if not stated or None in stated or any(held.pence is None for held in self.funds):
            return None
        return -self.bridge.unexplained


def reconcile(snapshot: Snapshot, place: str, year: str | None = None) -> Reconciled:
    """Follow 100% of a place's money from allocation to fund, scheme, decision and outcome.

    place  an area
    year   only this financial year; facts that name no year count too
    """
    boards = {name for name, body in snapshot.all(Body).items() if place in body.areas} | {place}
    allocated = tuple(
        (name, fact)
        for name, fact in sorted(snapshot.all(Allocation).items())
        if fact.taker in boards and year in {None, fact.year}
    )
    funds = tuple(
        _held(snapshot, name, fund)
        for name, fund in sorted(snapshot.all(Fund).items())
        if fund.area == place and (year is None or fund.year in {None, year})
    )
    has = sum(fact.sum.pence for _, fact in allocated if fact.sum)
    moves = [(snapshot.name(held.fund), -held.pence) for held in funds if held.pence]
    return Reconciled(place, allocated, funds, bridge(has, 0, moves))


def _held(snapshot: Snapshot, name: str, fund: Fund) -> Held:
    budget = _budget_of(snapshot, name)
    lines = {line.name: line.spending for line in budget.lines} if budget else {}
    schemes = tuple(
        Spent(own, lines.get(scheme.name), scheme.decision, scheme.outcome)
        for own, scheme in sorted(snapshot.all(Scheme).items())
        if scheme.fund == name
    )
    return Held(name, fund.total.pence if fund.total else None, schemes)


def _budget_of(snapshot: Snapshot, fund: str) -> Budget | None:
    found = [(name, budget) for name, budget in snapshot.all(Budget).items() if budget.fund == fund]
    found.sort(key=lambda each: (_made(each[1]), each[0]))
    firm = _newest(found, _FIRM)
    return firm[1] if firm else None
