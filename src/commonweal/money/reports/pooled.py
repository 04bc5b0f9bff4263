"""The report on a shared fund for a quarter or a year, out of the record and the ledger."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from commonweal.authority.scheme import cited, manuscript
from commonweal.money.budgets import Budget, BudgetLine
from commonweal.money.forecasting import Spend, outturn
from commonweal.money.funds import Agreement, Contribution, Fund, Scheme
from commonweal.money.pence import BadMoney, instalments
from commonweal.record.figures import Spot, Total, across, down, share
from commonweal.record.manuscript import (
    Block,
    Heading,
    Manuscript,
    Note,
    Paragraph,
    Row,
    Run,
    Table,
    line,
    row,
)
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words, in_words, period
from commonweal.record.wording import capital

from .due import LAW, Span, agreement_of, due_in_words, made
from .overspends import met
from .telling import Named, amount, booked, link, part, summed, variance

_NONE = "Not applicable"


class Booked(NamedTuple):
    """What the ledger holds of a fund, by account, scheme and partner; money in below nothing."""

    account: str
    scheme: str
    partner: str
    pence: int


class Pool(NamedTuple):
    """All that a report is made from.

    until   the day after the last that is counted
    firm    the budget in force at the end; late, the newest forecast or outturn for the report
    """

    snapshot: Snapshot
    name: str
    fund: Fund
    agreement: Agreement | None
    of: Span
    until: date
    firm: Named[Budget] | None
    late: Named[Budget] | None
    booked: tuple[Booked, ...]

    def sum(self, account: str, **tags: str) -> int:
        """What is booked on an account."""
        return sum(
            each.pence
            for each in self.booked
            if each.account == account
            and all(getattr(each, tag) == value for tag, value in tags.items())
        )

    def amount(self, pence: int, account: str, **tags: str) -> Run | str:
        """A sum from the ledger, which leads to its entries."""
        behind = booked(self.name, self.of.year, account=account, **tags, to=self.until.isoformat())
        return amount(pence, behind=behind)

    @property
    def ended(self) -> bool:
        """Whether the whole of it is counted."""
        return self.until == self.of.ends


def counted_until(snapshot: Snapshot, of: Span) -> date:
    """The day after the last that a report on the snapshot's day can count."""
    return max(of.begins, min(of.ends, snapshot.as_at + timedelta(1)))


def fund_report(snapshot: Snapshot, name: str, of: Span, found: Iterable[Booked]) -> Manuscript:
    """The report on a fund.

    found   what the ledger holds from the first day of the year until `counted_until`
    raises  UnknownEntity; BadMoney if the name is not that of a fund
    """
    fund = snapshot.fact(name)
    if not isinstance(fund, Fund):
        raise BadMoney(f"{snapshot.name(name)} is not a fund. A report is on a fund.")
    firm, late = _budgets(snapshot, name, of)
    pool = Pool(
        snapshot, name, fund, agreement_of(snapshot, fund), of, counted_until(snapshot, of),
        firm, late, tuple(found),
    )  # fmt: skip
    sort = "Quarterly report" if of.quarter else "Annual report"
    return manuscript(
        snapshot, f"{sort}: {fund.name}, {of.of}", name, tuple(_blocks(pool)),
        f"What came in, what was spent and what is expected, for {of.called}. What is not on "
        "record reads “not recorded”, which is not nought.",
    )  # fmt: skip


def _budgets(
    snapshot: Snapshot, name: str, of: Span
) -> tuple[Named[Budget] | None, Named[Budget] | None]:
    """The budget in force when the time ended, and the newest forecast made by the next report."""
    mine = [
        each
        for each in snapshot.all(Budget).items()
        if each[1].fund == name and each[1].year == of.year
    ]
    mine.sort(key=lambda each: (_made_on(each[1]), each[0]))
    last = of.next.ends if of.quarter else date.max
    firm = [e for e in mine if e[1].version in {"approved", "revised"} and _made_on(e[1]) < of.ends]
    late = [e for e in mine if e[1].version in {"forecast", "outturn"} and _made_on(e[1]) < last]
    return (firm[-1] if firm else None), (late[-1] if late else None)


def _made_on(budget: Budget) -> date:
    return period(budget.made)[0] if budget.made else date.min


def _blocks(pool: Pool) -> Iterator[Block]:
    if not pool.ended:
        last = day_in_words(pool.until - timedelta(1))
        yield Note(line(
            f"{capital(pool.of.called)} ends on {day_in_words(pool.of.ends - timedelta(1))}. Only "
            f"what was booked by {last} is counted." if pool.until > pool.of.begins else
            f"{capital(pool.of.called)} has not begun on this day."
        ))  # fmt: skip
    yield Heading("Who answers for it")
    yield _answers(pool)
    yield Heading("Money in and out so far")
    yield _in_and_out(pool)
    yield from _contributions(pool)
    yield from _spending(pool)
    yield from _forecasts(pool)
    yield from met(pool.snapshot, pool.agreement, _expected(pool), _shares(pool))
    yield Heading("The next report")
    yield Paragraph(line(_next(pool)))


def _answers(pool: Pool) -> Table:
    snapshot, fund, agreement = pool.snapshot, pool.fund, pool.agreement
    hosts = agreement.hosts if agreement else ()
    rows = [
        row("Fund", link(snapshot, pool.name)),
        row("Mode", capital(fund.type)),
        row("Purpose", fund.purpose or ""),
        row("Governed by", link(snapshot, fund.governed_by)),
        row("Agreement", link(snapshot, fund.agreement)),
        row("Law", agreement.law if agreement else ""),
        row("Host", [line(Run(snapshot.name(each), each)) for each in hosts] or ""),
        row("Pool manager", link(snapshot, agreement.pool_manager if agreement else None)),
        row("This report", made(agreement, pool.of)),
    ]
    facts = [fund, *([agreement] if agreement else [])]
    rows = [each._replace(sources=cited(snapshot, facts)) for each in rows]
    return Table("The fund and who answers for it", ("What", "Is"), tuple(rows))


def _next(pool: Pool) -> str:
    of = pool.of.next
    return f"The next is on {of.called}, due {due_in_words(pool.agreement, of)} ({LAW})."


# --- what came in and went out --------------------------------------------------------------------

_IN = {
    "contribution": "Contributions of partners",
    "income": "Other income",
    "allocation": "Passed on from above",
    "reserve": "Drawn from reserves",
}


def _in_and_out(pool: Pool) -> Table:
    came = {
        account: -pool.sum(account)
        for account in _IN
        if pool.sum(account) or account == "contribution"
    }
    spent = pool.sum("spending")
    rows = [row(_IN[each], pool.amount(pence, each), key=each) for each, pence in came.items()]
    rows.append(row("Spending", pool.amount(spent, "spending"), key="spending"))
    left = Total(tuple(Spot(each, "Sum") for each in came), (Spot("spending", "Sum"),))
    rows.append(row("Left in the fund", amount(sum(came.values()) - spent, left), key="left"))
    last = day_in_words(pool.until - timedelta(1))
    first = day_in_words(period(pool.of.year)[0])
    return Table(f"From {first} to {last}, by the ledger", ("What", "Sum"), tuple(rows))


def _paid(pool: Pool) -> dict[str, list[Named[Contribution]]]:
    """What each partner is to put in this year: the latest version of each contribution."""
    order = ("plan", "revised", "outturn")
    newest: dict[tuple[str, str], Named[Contribution]] = {}
    for each in sorted(
        pool.snapshot.all(Contribution).items(), key=lambda e: (order.index(e[1].version), e[0])
    ):
        fact = each[1]
        if fact.fund == pool.name and fact.year in {None, pool.of.year}:
            newest[fact.partner, fact.scheme or ""] = each
    by: dict[str, list[Named[Contribution]]] = {}
    for (partner, _), each in newest.items():
        by.setdefault(partner, []).append(each)
    return by


def _contributions(pool: Pool) -> Iterator[Block]:
    given = _paid(pool)
    strangers = {e.partner for e in pool.booked if e.account == "contribution"} - given.keys()
    partners = [*given, *sorted(strangers - {""})]
    rows = [_contribution(pool, each, given.get(each, [])) for each in partners]
    planned = [_planned(given.get(each, [])) for each in partners]
    due = [_due(pool, given.get(each, [])) for each in partners]
    paid = [-pool.sum("contribution", partner=each) for each in partners]
    if rows:
        over = [p - d for p, d in zip(paid, due, strict=True) if d is not None]
        rows.append(
            row("All partners", _NONE, summed(planned, "For the year", partners),
                summed(due, "Due so far", partners), summed(paid, "Paid so far", partners),
                summed(over, "Paid less due", partners) if len(over) == len(due) else "",
                key="all partners")
        )  # fmt: skip
    heads = ("Partner", "Share", "For the year", "Due so far", "Paid so far", "Paid less due")
    yield Table("What each partner puts in", heads, tuple(rows))


def _contribution(pool: Pool, partner: str, given: Sequence[Named[Contribution]]) -> Row:
    shares = {fact.share for _, fact in given}
    due, paid = _due(pool, given), -pool.sum("contribution", partner=partner)
    made_of = across("Paid so far", less=["Due so far"])
    return row(
        link(pool.snapshot, partner), part(shares.pop()) if len(shares) == 1 else "",
        amount(_planned(given)), amount(due), pool.amount(paid, "contribution", partner=partner),
        "" if due is None else amount(paid - due, made_of), key=partner,
        sources=cited(pool.snapshot, [fact for _, fact in given]),
    )  # fmt: skip


def _planned(given: Sequence[Named[Contribution]]) -> int | None:
    sums = [fact.sum.pence for _, fact in given if fact.sum]
    return sum(sums) if given and len(sums) == len(given) else None


def _due(pool: Pool, given: Sequence[Named[Contribution]]) -> int | None:
    """What should have come by the end, where the payments are monthly or quarterly."""
    quarters = pool.of.quarter or 4
    total = 0
    for _, fact in given:
        gone = {12: 3 * quarters, 4: quarters}.get(fact.payments or 0)
        if fact.sum is None or gone is None or fact.payments is None:
            return None
        total += sum(instalments(fact.sum.pence, fact.payments)[:gone])
    return total if given else None


def _shares(pool: Pool) -> dict[str, int]:
    """The partners by what they put in, to share an underspend by."""
    sums = {partner: _planned(given) for partner, given in _paid(pool).items()}
    known = {partner: pence for partner, pence in sums.items() if pence}
    return known if len(known) == len(sums) else {}


# --- spending and what is expected ----------------------------------------------------------------


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


def _spending(pool: Pool) -> Iterator[Block]:
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
    if named is None:
        return Run("not recorded")
    name, budget = named
    made_in = f", made {in_words(budget.made)}" if budget.made else ""
    method = f" by {budget.method}" if budget.method and budget.method != "not stated" else ""
    return Run(f"{budget.version}{method}{made_in}", name)


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
    return outturn(Spend(pool.sum("spending"), 3 * (pool.of.quarter or 4)), "straight line")


def _forecasts(pool: Pool) -> Iterator[Block]:
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


def _expected(pool: Pool) -> int | None:
    """The overspend (below nothing, an underspend) that is expected or came about."""
    budget, late = _whole(pool.firm), _whole(pool.late)
    forecast = _straight_line(pool) if late is None else late
    return None if budget is None or forecast is None else forecast - budget
