"""The money of a system, a body or a place, written out for publication."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from commonweal.authority.scheme import cited, manuscript
from commonweal.record.facts import Fact
from commonweal.record.manuscript import (
    Block,
    Heading,
    Line,
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
from commonweal.record.when import in_words
from commonweal.record.wording import capital

from .allocations import Allocation, CapitalPlan, ControlTotal, Offset
from .better_care import BetterCarePlan, left_over
from .budgets import Assumption, Outlook, Reserve
from .capital import Spend, charged
from .funds import Agreement, Contribution, Fund, Scheme
from .pence import BadMoney, signed, variance_in_words
from .statements import Versions, control_totals, reconcile, versions

NOTHING = "No money of it is on record for this day."

type Named[T] = tuple[str, T]


def money_of_system(snapshot: Snapshot, system: str, about: str) -> Manuscript:
    """All that is on record of a system's money on the snapshot's day."""
    mine = _Mine(snapshot, lambda name, _: name.partition("/")[0] == system)
    return _written(snapshot, about, mine, _places(snapshot, mine))


def money_of_body(snapshot: Snapshot, body: str) -> Manuscript:
    """All that is on record of the money that a body gives, holds, governs or puts in."""
    mine = _Mine(snapshot, lambda _, fact: body in _touched(fact))
    return _written(snapshot, body, mine, ())


class _Mine:
    """The facts on money that a text is about."""

    def __init__(self, snapshot: Snapshot, wanted: Callable[[str, Fact], bool]) -> None:
        self.snapshot = snapshot
        self.wanted = wanted

    def all[T: Fact](self, kind: type[T]) -> list[Named[T]]:
        """Those of a kind, by name."""
        found = [each for each in self.snapshot.all(kind).items() if self.wanted(*each)]
        return sorted(found, key=lambda each: (self.snapshot.name(each[0]), each[0]))


_TAKES_PART = (
    "holder", "giver", "taker", "partner", "lead", "governed_by", "board", "about", "parties",
    "hosts",
)  # fmt: skip


def _touched(fact: Fact) -> set[str]:
    """The bodies that take part in a fact on money."""
    found: set[str] = set()
    for field in _TAKES_PART:
        value = getattr(fact, field, None) or ()
        found.update((value,) if isinstance(value, str) else value)
    return found


def _written(snapshot: Snapshot, about: str, mine: _Mine, places: Iterable[Block]) -> Manuscript:
    blocks = (
        *_outturns(snapshot, mine),
        *_funds(snapshot, mine),
        *places,
        *_allocations(snapshot, mine),
        *_controls(snapshot, mine),
        *_reserves(snapshot, mine),
        *_capital(snapshot, mine),
        *_better_care(snapshot, mine),
        *_outlooks(snapshot, mine),
    )
    return manuscript(
        snapshot, f"Money: {snapshot.name(about)}", about,
        blocks or (Paragraph(line(NOTHING)),),
        "What is on record of its funds, budgets, reserves and years to come. What the sources do "
        "not say reads “not recorded”, which is not nought.",
    )  # fmt: skip


def _link(snapshot: Snapshot, name: str) -> Run:
    return Run(snapshot.name(name), name)


def _pence(pence: int | None) -> str:
    return "" if pence is None else signed(pence)


def _percent(rate: Decimal | None) -> str:
    return "" if rate is None else f"{(rate * 100).normalize():f}%"


# --- budgets -------------------------------------------------------------------------------------


def _outturns(snapshot: Snapshot, mine: _Mine) -> Iterator[Block]:
    found = [
        each
        for each in versions(snapshot)
        if any(mine.wanted(name, budget) for name, budget in each.budgets)
    ]
    if not found:
        return
    yield Heading("Budgets and forecasts")
    yield Paragraph(
        line(
            "A variance is the forecast less the budget: adverse if more is spent or less comes "
            "in. The net variance counts income too. Versions stand side by side; none replaces "
            "what was printed."
        )
    )
    for each in found:
        yield Heading(f"{each.name}, {each.year}: {snapshot.name(each.holder)}", 2)
        yield _side_by_side(snapshot, each)
        if each.lines:
            yield _variances(each)
        elif not each.late:
            yield Paragraph(line("No forecast or outturn of it is on record."))


def _side_by_side(snapshot: Snapshot, found: Versions) -> Table:
    rows = []
    for name, budget in found.budgets:
        moves = [line(f"{move.name}: {signed(move.pence)}") for move in budget.moves]
        what = line(Run(capital(budget.version), name))
        rows.append(
            row(
                what, capital(in_words(budget.made)) if budget.made else "",
                _pence(budget.spending), _pence(budget.income), _pence(budget.net),
                [*([line(budget.basis)] if budget.basis else []), *moves] or "None",
                key=name, sources=cited(snapshot, [budget]),
            )
        )  # fmt: skip
    heads = ("Version", "Made", "Spending", "Income", "Net", "Basis and moves")
    return Table(f"Versions of {found.name}, {found.year}", heads, tuple(rows))


def _variances(found: Versions) -> Table:
    rows = [
        row(
            each.name, signed(each.budget_expenditure), signed(each.forecast_expenditure),
            capital(variance_in_words(each.gross_variance)),
            capital(variance_in_words(each.net_variance)),
            key=each.name,
        )
        for each in found.lines
    ]  # fmt: skip
    heads = ("Line", "Budget", "Forecast", "Gross variance", "Net variance")
    return Table(f"{found.name}, {found.year}: forecast against budget", heads, tuple(rows))


# --- funds ---------------------------------------------------------------------------------------


def _funds(snapshot: Snapshot, mine: _Mine) -> Iterator[Block]:
    funds = mine.all(Fund)
    paid = mine.all(Contribution)
    if not funds and not paid:
        return
    yield Heading("Funds")
    if funds:
        heads = ("Fund", "Mode", "For", "Governed by", "Total")
        yield Table("Funds by mode", heads, tuple(_fund(snapshot, *each) for each in funds))
    if paid:
        heads = ("Fund", "Partner", "Year", "Share", "Sum")
        yield Table("Who puts in what", heads, tuple(_paid(snapshot, *each) for each in paid))
    schemes = mine.all(Scheme)
    if schemes:
        heads = ("Scheme", "Fund", "Lead", "Rests on", "To achieve")
        rows = tuple(_scheme(snapshot, *each) for each in schemes)
        yield Table("What it pays for", heads, rows)
    for _, agreement in mine.all(Agreement):
        yield from _agreement(snapshot, agreement)


def _fund(snapshot: Snapshot, name: str, fund: Fund) -> Row:
    total = fund.total.in_words() if fund.total else ""
    year = f" ({fund.year})" if fund.year and total else ""
    return row(
        _link(snapshot, name), capital(fund.type), fund.purpose or "",
        _link(snapshot, fund.governed_by) if fund.governed_by else "", f"{total}{year}",
        key=name, sources=cited(snapshot, [fund]),
    )  # fmt: skip


def _paid(snapshot: Snapshot, name: str, paid: Contribution) -> Row:
    return row(
        _link(snapshot, paid.fund), _link(snapshot, paid.partner), paid.year or "",
        _percent(paid.share), paid.sum.in_words() if paid.sum else "",
        key=name, sources=cited(snapshot, [paid]),
    )  # fmt: skip


def _scheme(snapshot: Snapshot, name: str, scheme: Scheme) -> Row:
    return row(
        _link(snapshot, name), _link(snapshot, scheme.fund),
        _link(snapshot, scheme.lead) if scheme.lead else "",
        _link(snapshot, scheme.decision) if scheme.decision else "", scheme.outcome or "",
        key=name, sources=cited(snapshot, [scheme]),
    )  # fmt: skip


def _agreement(snapshot: Snapshot, agreement: Agreement) -> Iterator[Block]:
    yield Heading(f"Agreement: {agreement.name}", 2)
    terms = "" if agreement.terms is None else "; ".join(agreement.terms) or "None of the seven"
    several = len(agreement.hosts) > 1
    rows = [
        row("Law", agreement.law),
        row("Parties", [line(_link(snapshot, each)) for each in agreement.parties]),
        row("Hosts" if several else "Host",
            [line(_link(snapshot, each)) for each in agreement.hosts] or ""),
        row("Pool manager",
            _link(snapshot, agreement.pool_manager) if agreement.pool_manager else ""),
        row("Required terms it states", terms),
        row("An underspend",
            "" if agreement.underspend == "not stated" else capital(agreement.underspend)),
        row("An overspend is met by", [line(_step(each.name, n)) for n, each in
                                       enumerate(agreement.steps, 1)] or ""),
    ]  # fmt: skip
    sources = cited(snapshot, [agreement])
    rows[0] = rows[0]._replace(sources=sources)
    yield Table(f"Terms of {agreement.name}", ("Term", "What it says"), tuple(rows))


def _step(name: str, number: int) -> str:
    return f"{number}. {name}"


# --- places, allocations, control totals ---------------------------------------------------------


def _places(snapshot: Snapshot, mine: _Mine) -> Iterator[Block]:
    """For each place with a fund of its own, from allocation to scheme."""
    areas = sorted({fund.area for _, fund in mine.all(Fund) if fund.area})
    if not areas:
        return
    yield Heading("Places: from allocation to scheme")
    yield Paragraph(
        line(
            "Followed from what bodies above passed on to a place, to its funds and their "
            "schemes. What is in no fund, or planned for no scheme, is shown as such."
        )
    )
    for area in areas:
        yield _place(snapshot, area)


def _place(snapshot: Snapshot, area: str) -> Table:
    told = reconcile(snapshot, area)
    rows = [
        row(Run(fact.label(snapshot.name), name), "Passed on to it",
            fact.sum.in_words() if fact.sum else "", key=name, sources=cited(snapshot, [fact]))
        for name, fact in told.allocated
    ]  # fmt: skip
    for held in told.funds:
        fund = snapshot.fact(held.fund)
        total = fund.total.in_words() if isinstance(fund, Fund) and fund.total else ""
        rows.append(row(_link(snapshot, held.fund), "Fund", total, key=held.fund))
        rows += [
            row(_link(snapshot, each.scheme), "Scheme", _pence(each.pence), key=each.scheme)
            for each in held.schemes
        ]
        rows.append(
            row(_link(snapshot, held.fund), "Planned for no scheme", _pence(held.unplanned),
                key=f"{held.fund} unplanned")
        )  # fmt: skip
    rows.append(row("In no fund", "Not explained", _pence(told.unexplained), key="unexplained"))
    return Table(snapshot.name(area), ("What", "Is", "Sum"), tuple(rows))


def _allocations(snapshot: Snapshot, mine: _Mine) -> Iterator[Block]:
    found = mine.all(Allocation)
    if not found:
        return
    yield Heading("Allocations")
    rows = [
        row(
            _link(snapshot, fact.taker), _link(snapshot, fact.giver) if fact.giver else "",
            "" if fact.stream == "not stated" else capital(fact.stream),
            "" if fact.style == "not stated" else capital(fact.style), fact.year or "",
            fact.sum.in_words() if fact.sum else "", key=name, sources=cited(snapshot, [fact]),
        )
        for name, fact in found
    ]  # fmt: skip
    heads = ("For", "From", "Stream", "Style of delegation", "Year", "Sum")
    yield Table("What was passed on", heads, tuple(rows))


def _controls(snapshot: Snapshot, mine: _Mine) -> Iterator[Block]:
    totals = mine.all(ControlTotal)
    years = sorted({(name.partition("/")[0], fact.year) for name, fact in totals})
    for system, year in years:
        try:
            found = control_totals(snapshot, system, year)
        except BadMoney as wrong:
            yield Note(line(str(wrong)))
            continue
        yield Heading(f"Control totals, {year}")
        yield Paragraph(line(f"What binds: {found.rules.regime}. {found.verdict.because}"))
        rows = [
            row(each.name, signed(each.plan), signed(each.changed), _pence(each.actual),
                _pence(each.against), key=each.name)
            for each in found.standings
        ]  # fmt: skip
        facts: list[Fact] = [fact for _, fact in totals if fact.year == year]
        if rows:
            rows[0] = rows[0]._replace(sources=cited(snapshot, facts))
        heads = ("Organisation", "Plan", "As changed", "Actual", "Better or worse by")
        yield Table(f"Plan, change and actual, {year}", heads, tuple(rows))
        yield from _offsets(snapshot, found.offsets)


def _offsets(snapshot: Snapshot, found: Iterable[Named[Offset]]) -> Iterator[Block]:
    rows = [
        row(
            Run(offset.name, name),
            [line(_link(snapshot, each.body), f" {signed(each.pence)}") for each in offset.moves],
            [line(_link(snapshot, each)) for each in offset.agreed_by] or "",
            {True: "Yes", False: "No", None: ""}[offset.regulator],
            key=name, sources=cited(snapshot, [offset]),
        )
        for name, offset in found
    ]  # fmt: skip
    if rows:
        heads = ("Change", "Moves", "Agreed by", "Regulator agreed")
        yield Table("Changes that net to nothing", heads, tuple(rows))


# --- reserves, capital, better care, outlooks ----------------------------------------------------


def _reserves(snapshot: Snapshot, mine: _Mine) -> Iterator[Block]:
    found = mine.all(Reserve)
    if not found:
        return
    yield Heading("Reserves")
    rows = [
        row(
            Run(f"{fact.name}, {fact.year}", name), _pence(fact.opening), _pence(fact.used),
            _pence(fact.added), _pence(fact.closing), _pence(fact.committed),
            {True: "Yes", False: "No", None: ""}[fact.ring_fenced],
            key=name, sources=cited(snapshot, [fact]),
        )
        for name, fact in found
    ]  # fmt: skip
    heads = ("Reserve", "Opening", "Used", "Added", "Closing", "Promised", "Ring-fenced")
    yield Table("Reserves over the year", heads, tuple(rows))


def _capital(snapshot: Snapshot, mine: _Mine) -> Iterator[Block]:
    for _, plan in mine.all(CapitalPlan):
        spends = [
            Spend(snapshot.name(each.body), each.gross, each.disposals, each.given, each.national)
            for each in plan.lines
        ]
        yield Heading(f"Capital, {plan.year} ({plan.version})")
        told = "Its limit is not recorded."
        if plan.limit is not None:
            found = charged(spends, plan.limit)
            told = (
                f"{signed(found.charge)} counts against a limit of {signed(found.limit)}; "
                f"{signed(found.headroom)} is left. Cash in the bank gives no room."
            )
        yield Paragraph(line(told))
        rows = [
            row(each.name, signed(each.gross), signed(each.national), signed(each.disposals),
                signed(each.given), signed(each.charge), key=each.name)
            for each in spends
        ]  # fmt: skip
        if rows:
            rows[0] = rows[0]._replace(sources=cited(snapshot, [plan]))
        heads = ("Provider", "Gross", "National schemes", "Disposals", "Given", "Counts")
        yield Table(f"Capital by provider, {plan.year}", heads, tuple(rows))


def _better_care(snapshot: Snapshot, mine: _Mine) -> Iterator[Block]:
    for _, plan in mine.all(BetterCarePlan):
        yield Heading(f"Better Care Fund, {plan.year}: {snapshot.name(plan.board)}")
        left = left_over(plan)
        money = [
            row(each.name, capital(each.type), signed(each.pence), signed(left[each.name]),
                key=each.name)
            for each in plan.money_in
        ]  # fmt: skip
        if money:
            money[0] = money[0]._replace(sources=cited(snapshot, [plan]))
        yield Table("Money in", ("Source", "Kind", "Sum", "Not planned"), tuple(money))
        spent = [
            row(each.name, each.source, _who_buys(each.commissioner, each.nhs_share),
                "" if each.spent_on == "not stated" else capital(each.spent_on),
                signed(each.pence), key=f"{each.name} {each.source}")
            for each in plan.schemes
        ]  # fmt: skip
        heads = ("Scheme", "Paid from", "Commissioner", "Spent on", "Sum")
        yield Table("Money out", heads, tuple(spent))
        conditions = [
            row(each.name, {True: "Met", False: "Not met", None: ""}[each.met], key=each.name)
            for each in plan.conditions
        ]
        yield Table("National conditions", ("Condition", "Met"), tuple(conditions))


def _who_buys(commissioner: str, nhs_share: Decimal | None) -> str:
    if commissioner == "not stated":
        return ""
    share = f" ({_percent(nhs_share)} NHS)" if nhs_share is not None else ""
    return f"{commissioner[0].upper()}{commissioner[1:]}{share}"


def _outlooks(snapshot: Snapshot, mine: _Mine) -> Iterator[Block]:
    outlooks, assumed = mine.all(Outlook), mine.all(Assumption)
    if not outlooks and not assumed:
        return
    yield Heading("The years to come")
    rows = [
        row(
            Run(outlook.name, name), capital(in_words(outlook.made)) if outlook.made else "",
            [_year(each.year, each.gap.in_words(), each.share) for each in outlook.years],
            key=name, sources=cited(snapshot, [outlook]),
        )
        for name, outlook in sorted(outlooks, key=lambda each: (each[1].made or "", each[0]))
    ]  # fmt: skip
    if rows:
        yield Table("What is missing, by year", ("Outlook", "Made", "Year by year"), tuple(rows))
    rows = [
        row(Run(fact.name, name), fact.year, _percent(fact.rate) or fact.says_so or "",
            key=name, sources=cited(snapshot, [fact]))
        for name, fact in sorted(assumed, key=lambda each: (each[1].name, each[1].year))
    ]  # fmt: skip
    if rows:
        yield Table("What plans take for granted", ("What", "Year", "Assumed"), tuple(rows))


def _year(year: str, gap: str, share: Decimal | None) -> Line:
    told = f", {_percent(share)}" if share is not None else ""
    return line(f"{year}: {gap}{told}")
