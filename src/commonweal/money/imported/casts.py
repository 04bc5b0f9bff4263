"""Sums in a table that do not come out.

Which row is a total, and which column is made of which, is read from the figures themselves: it is
so where most rows or columns bear it out, and then the one that does not is found.
"""

from collections.abc import Iterator
from decimal import Decimal

from commonweal.money.casting import Fault, borne_out, down

from .found import Found
from .tables import TOTAL, Line, Table

_MOST = 2 / 3
_FEW = 2


def casts(table: Table) -> Iterator[Found]:
    """Totals that their rows do not make, and rows whose columns do not make their sum."""
    figures = {
        number: {
            column: each.amount for column, each in line.figures.items() if each.amount is not None
        }
        for number, line in enumerate(table.lines)
    }
    for fault in _down(table, figures):
        yield _said(table, fault, of="the rows above it")
    for fault in _across(table, figures):
        yield _said(table, fault, of="the columns before it")


type _Figures = dict[int, dict[int, Decimal]]
type _Fault = Fault[int, int, Decimal]


def _said(table: Table, fault: _Fault, *, of: str) -> Found:
    line = table.lines[fault.row]
    named = Fault(line.name or "The total", table.head(fault.column), fault.printed, fault.made)
    at, raw = table.spot(line, fault.column), line.raw[fault.column]
    return Found("cast", at, raw, named.in_words(of=of))


def _down(table: Table, figures: _Figures) -> Iterator[_Fault]:
    parts: list[int] = []
    for number, line in enumerate(table.lines):
        if _is_total(line) and len(parts) >= _FEW:
            yield from down(figures, number, parts)
            parts = []
        else:
            parts.append(number)


def _is_total(line: Line) -> bool:
    return bool(TOTAL.search(line.name))


def _across(table: Table, figures: _Figures) -> Iterator[_Fault]:
    """Rows whose parts do not make the figure that the same columns make in most other rows."""
    columns = table.columns
    for place, column in enumerate(columns):
        runs = [columns[start:place] for start in range(place - 1)]
        tried = [borne_out(figures, column, run) for run in runs]
        right, wrong = max(tried, key=lambda each: each[0], default=(0, []))
        if right >= _FEW and right >= _MOST * (right + len(wrong)):
            yield from wrong


def variances(table: Table) -> Iterator[Found]:
    """Variances printed as nil where gross forecasts differ from gross budgets."""
    named = {column: table.head(column).lower() for column in table.columns}
    spending = [c for c, head in named.items() if "expenditure" in head and "income" not in head]
    forecast = [c for c in spending if "forecast" in named[c]]
    budget = [c for c in spending if c not in forecast]
    variance = [c for c, head in named.items() if "variance" in head]
    if not (len(forecast) == len(budget) == 1 and variance):
        return
    out = [
        (line.name, later - first)
        for line in table.lines
        if (first := line.amount(budget[0])) is not None
        and (later := line.amount(forecast[0])) is not None
        and later != first
        and not line.amount(variance[0])
    ]
    if out:
        told = "; ".join(f"{name} {abs(by):,} {'more' if by > 0 else 'less'}" for name, by in out)
        yield Found(
            "variance", table.sheet.spot(column=variance[0]), "",
            f"every variance is printed as nil, yet gross spending is forecast to differ: {told}. "
            "Show gross and net: net is nil only where income moves by as much.",
        )  # fmt: skip
