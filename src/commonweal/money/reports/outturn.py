"""Forecast outturn: budgets in versions, side by side, and what moved between them."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from commonweal.authority.scheme import cited
from commonweal.money.bridge import bridge
from commonweal.money.budgets import Budget
from commonweal.money.pence import signed
from commonweal.money.statements import Versions, versions
from commonweal.record.figures import across
from commonweal.record.manuscript import (
    Block,
    Heading,
    Line,
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
from commonweal.record.wording import capital, listed

from .bridges import told
from .telling import Mine, Named, amount, booked, summed, variance, varied, version_told

_ALL = "all lines"

EXPLAINED = (
    "A variance is the forecast less the budget: adverse if more is spent or less comes in, "
    "favourable if less is spent or more comes in. The gross variance counts spending alone, the "
    "net variance income too. Versions stand side by side; none replaces what was printed."
)


def outturns(snapshot: Snapshot, mine: Mine) -> Iterator[Block]:
    """Every budget that has versions on record, for each year."""
    found = [
        each
        for each in versions(snapshot)
        if any(mine.wanted(name, budget) for name, budget in each.budgets)
    ]
    if not found:
        return
    yield Heading("Budgets and forecasts")
    yield Paragraph(line(EXPLAINED))
    for each in found:
        yield from _one(snapshot, each)


def _one(snapshot: Snapshot, found: Versions) -> Iterator[Block]:
    yield Heading(f"{found.name}, {found.year}: {snapshot.name(found.holder)}", 2)
    yield _side_by_side(snapshot, found)
    if found.lines:
        yield from _compared(snapshot, found)
    elif not found.late:
        yield Paragraph(line("No forecast or outturn of it is on record."))
    for before, after in (*_from_other_years(snapshot, found), *pairwise(found.budgets)):
        yield from _between(before[1], after[1])
    yield from _behind(found)


def _side_by_side(snapshot: Snapshot, found: Versions) -> Table:
    rows = []
    for name, budget in found.budgets:
        moves = [line(f"{move.name}: {signed(move.pence)}") for move in budget.moves]
        both = budget.spending is not None and budget.income is not None
        made = across("Spending", "Income") if both else None
        rows.append(
            row(
                Run(capital(budget.version), name),
                capital(in_words(budget.made)) if budget.made else "",
                amount(budget.spending), amount(budget.income), amount(budget.net, made),
                [*([line(budget.basis)] if budget.basis else []), *moves] or "None",
                key=name, sources=cited(snapshot, [budget]),
            )
        )  # fmt: skip
    heads = ("Version", "Made", "Spending", "Income", "Net", "Basis and moves")
    return Table(f"Versions of {found.name}, {found.year}", heads, tuple(rows))


# --- forecast against budget ---------------------------------------------------------------------


def _compared(snapshot: Snapshot, found: Versions) -> Iterator[Block]:
    firm, late = _budget(found, found.firm), _budget(found, found.late)
    yield Paragraph(
        line(
            "Compared: ", Run(version_told(late), found.late or ""), ", with the budget: ",
            Run(version_told(firm), found.firm or ""), ".",
        )
    )  # fmt: skip
    yield _variances(snapshot, found, late)
    compared = {each.name for each in found.lines}
    named = dict.fromkeys(each.name for budget in (firm, late) for each in budget.lines)
    if left := [each for each in named if each not in compared]:
        yield Note(
            line(
                f"Not compared: {listed(left, most=20)}. One of the two versions does not state "
                "both what is spent and what comes in, so the totals leave them out."
            )
        )


def _budget(found: Versions, name: str | None) -> Budget:
    return dict(found.budgets)[name or ""]


class _Columns(NamedTuple):
    """The headings of the comparison: what is compared is a forecast, or the outturn."""

    budget: str = "Budget spending"
    late: str = "Forecast spending"
    gross: str = "Gross variance"
    budget_income: str = "Budget income"
    late_income: str = "Forecast income"
    net: str = "Net variance"


def _variances(snapshot: Snapshot, found: Versions, late: Budget) -> Table:
    word = capital(late.version)
    columns = _Columns(late=f"{word} spending", late_income=f"{word} income")
    gross = across(columns.late, less=[columns.budget])
    net = across(columns.late, columns.late_income, less=[columns.budget, columns.budget_income])
    reasons = {each.name: each.reason for each in late.lines}
    rows = [
        row(
            each.name, amount(each.budget_expenditure), amount(each.forecast_expenditure),
            variance(each.gross_variance, gross), amount(each.budget_income),
            amount(each.forecast_income), variance(each.net_variance, net),
            reasons[each.name] or "", key=each.name, sources=cited(snapshot, [late]),
        )
        for each in found.lines
    ]  # fmt: skip
    caption = f"{found.name}, {found.year}: {late.version} against budget"
    return Table(caption, ("Line", *columns, "Reason"), (*rows, _foot(found, columns)))


def _foot(found: Versions, columns: _Columns) -> Row:
    keys = [each.name for each in found.lines]
    return row(
        "Total",
        summed([each.budget_expenditure for each in found.lines], columns.budget, keys),
        summed([each.forecast_expenditure for each in found.lines], columns.late, keys),
        varied([each.gross_variance for each in found.lines], columns.gross, keys),
        summed([each.budget_income for each in found.lines], columns.budget_income, keys),
        summed([each.forecast_income for each in found.lines], columns.late_income, keys),
        varied([each.net_variance for each in found.lines], columns.net, keys),
        "Not applicable", key=_ALL,
    )  # fmt: skip


# --- from version to version ---------------------------------------------------------------------


def _from_other_years(
    snapshot: Snapshot, found: Versions
) -> Iterator[tuple[Named[Budget], Named[Budget]]]:
    """Versions that replace a budget of another year or name: a draft for the year after."""
    own = dict(found.budgets)
    for name, budget in found.budgets:
        before = snapshot.get(budget.replaces) if budget.replaces else None
        if isinstance(before, Budget) and budget.replaces and budget.replaces not in own:
            yield (budget.replaces, before), (name, budget)


def _between(old: Budget, new: Budget) -> Iterator[Block]:
    """What moved from one version to the next: the moves it states, else line by line."""
    if (
        old.net is None
        or new.net is None
        or not (old.net != new.net or any(each.pence for each in new.moves))
    ):
        return
    moves = [(each.name, each.pence) for each in new.moves] or _by_line(old, new)
    year = f"{old.version} {old.year}" if old.year != new.year else old.version
    title = f"{new.name}, {new.year}: from {year} to {new.version}, net"
    yield from told(
        title,
        bridge(old.net, new.net, moves),
        capital(version_told(old)),
        capital(version_told(new)),
    )


def _by_line(old: Budget, new: Budget) -> list[tuple[str, int]]:
    """Lines whose net both versions state and that moved."""
    nets = {each.name: _net(each.spending, each.income, each.net) for each in old.lines}
    found = []
    for each in new.lines:
        was, now = nets.get(each.name), _net(each.spending, each.income, each.net)
        if was is not None and now is not None and was != now:
            found.append((each.name, now - was))
    return found


def _net(spending: int | None, income: int | None, net: int | None) -> int | None:
    if net is not None:
        return net
    return None if spending is None or income is None else spending + income


def _behind(found: Versions) -> Iterator[Block]:
    """Where the entries are, for a budget of a fund."""
    funds = dict.fromkeys(budget.fund for _, budget in found.budgets if budget.fund)
    parts: Line = line("What the ledger holds of it: ")
    for fund in funds:
        behind = booked(fund, found.year, account="spending")
        parts += (Run(f"spending booked in {found.year}", entries=behind),)
    if funds:
        yield Paragraph((*parts, Run(".")))
