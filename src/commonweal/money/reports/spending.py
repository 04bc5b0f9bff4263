"""What a shared fund spends by scheme, what it is expected to, and how that was forecast."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from commonweal.authority.scheme import cited
from commonweal.money.budgets import Budget, BudgetLine
from commonweal.money.forecasting import Spend, outturn
from commonweal.money.funds import Scheme
from commonweal.record.figures import across, down, share
from commonweal.record.manuscript import Block, Heading, Paragraph, Row, Run, Table, line, row

from .pool import Pool
from .telling import Named, amount, link, part, variance, version_told

_NONE = "Not applicable"


class _Service(NamedTuple):
    """A scheme, or a line of the budget that no scheme has the name of.

    scheme    as the ledger's entries are tagged; none for a mere line
    decision  what it rests on
    """

    key: str
    name: str
    scheme: str | None = None
    decision: str | None = None

    def spent(self, pool: Pool) -> int | None:
        return None if self.scheme is None else pool.sum("spending", scheme=self.scheme)


def _services(pool: Pool) -> list[_Service]:
    """The fund's schemes, the lines of its budgets that are none, and what else was booked."""
    facts = {
        name: fact for name, fact in pool.snapshot.all(Scheme).items() if fact.fund == pool.name
    }
    found = [_Service(n, fact.name, n, fact.decision) for n, fact in sorted(facts.items())]
    known = {each.name for each in found}
    lines = [each.name for named in (pool.firm, pool.late) if named for each in named[1].lines]
    found += [_Service(f"line {n}", n) for n in dict.fromkeys(lines) if n not in known]
    others = {each.scheme for each in pool.booked if each.account == "spending"} - facts.keys()
    return found + [
        _Service(f"booked {n}", pool.snapshot.name(n) if n else "Booked to no scheme", n)
        for n in sorted(others)
    ]


def spending(pool: Pool) -> Iterator[Block]:
    found = _services(pool)
    rows = [_service(pool, each) for each in found]
    if rows:
        rows.append(_all_services(pool, found))
    yield Heading("Spending")
    yield Paragraph(line("Budget: ", _version(pool.firm), ". Forecast: ", _version(pool.late), "."))
    heads = (
        "Scheme", "Budget", "Spent so far", "Part spent", "Forecast", "Variance", "Reason",
        "Rests on",
    )  # fmt: skip
    yield Table("Spending by scheme", heads, tuple(rows))


def _version(named: Named[Budget] | None) -> Run:
    return Run("not recorded") if named is None else Run(version_told(named[1]), named[0])


def _line(named: Named[Budget] | None, name: str) -> BudgetLine | None:
    lines = named[1].lines if named else ()
    return next((each for each in lines if each.name == name), None)


def _service(pool: Pool, each: _Service) -> Row:
    then, now = _line(pool.firm, each.name), _line(pool.late, each.name)
    budget = then.spending if then else None
    forecast = now.spending if now else None
    spent = each.spent(pool)
    shown = "" if spent is None else pool.amount(spent, "spending", scheme=each.scheme or "")
    facts = [pool.snapshot.fact(each.key)] if each.scheme == each.key else []
    return row(
        link(pool.snapshot, each.scheme) if facts else each.name, amount(budget), shown,
        _part_spent(spent, budget), amount(forecast), _varies(budget, forecast),
        (now.reason if now else None) or "", link(pool.snapshot, each.decision), key=each.key,
        sources=cited(pool.snapshot, facts),
    )  # fmt: skip


def _part_spent(spent: int | None, budget: int | None) -> Run | str:
    if spent is None or not budget:
        return ""
    return part(Decimal(spent) / budget, share("Spent so far", "Budget"))


def _varies(budget: int | None, forecast: int | None) -> Run | str:
    if budget is None or forecast is None:
        return ""
    return variance(forecast - budget, across("Forecast", less=["Budget"]))


def _all_services(pool: Pool, found: Sequence[_Service]) -> Row:
    """The foot: of budget and forecast what their own lines come to, of the ledger all of it."""
    budget, forecast = _whole(pool.firm), _whole(pool.late)
    spent = {each.key: each.spent(pool) for each in found}
    keys = [key for key, pence in spent.items() if pence is not None]
    total = sum(pence for pence in spent.values() if pence is not None)
    return row(
        "All of it",
        amount(budget, down("Budget", [e.key for e in found if _line(pool.firm, e.name)])),
        amount(total, down("Spent so far", keys)), _part_spent(total, budget),
        amount(forecast, down("Forecast", [e.key for e in found if _line(pool.late, e.name)])),
        _varies(budget, forecast), _NONE, _NONE, key="all of it",
    )  # fmt: skip


def _whole(named: Named[Budget] | None) -> int | None:
    return named[1].spending if named else None


def _straight_line(pool: Pool) -> int | None:
    """The year's spending if it goes on as it began; none where a month is not whole."""
    if not pool.ended:
        return None
    return outturn(Spend(pool.spent, 3 * (pool.of.quarter or 4)), "straight line")


def forecasts(pool: Pool) -> Iterator[Block]:
    """What the year is expected to cost, by each method there is."""
    budget = _whole(pool.firm)
    known: list[tuple[str, Run | str, int | None, str]] = [
        ("As the fund’s manager has it", _version(pool.late), _whole(pool.late), "manager"),
        ("By the ledger", "straight line: spending so far, carried on to the year’s end",
         _straight_line(pool), "ledger"),
    ]  # fmt: skip
    rows = [
        row(who, how, amount(pence), amount(budget), _varies(budget, pence), key=key)
        for who, how, pence, key in known
    ]
    heads = ("Forecast of", "How", "Forecast", "Budget", "Variance")
    yield Table("What the year is expected to cost", heads, tuple(rows))


def expected(pool: Pool) -> int | None:
    """The overspend (below nothing, an underspend) that is expected or came about."""
    budget, late = _whole(pool.firm), _whole(pool.late)
    forecast = _straight_line(pool) if late is None else late
    return None if budget is None or forecast is None else forecast - budget
