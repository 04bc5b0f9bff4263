"""What is wrong with the tables of a file: damage, sums that do not come out, tables that differ.

Which row is a total, and which column is made of which, is read from the figures themselves: it is
so where most rows or columns bear it out, and then the one that does not is found.
"""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from commonweal.record.sheets import Spot
from commonweal.record.wording import listed

from .tables import Line, Table

_TOTAL = re.compile(r"^$|\btotal\b|net budget requirement", re.IGNORECASE)
_MOST = 2 / 3
_FEW = 2


class Found(NamedTuple):
    """One thing that a person must see before anything is posted.

    kind  what must be confirmed; a remark needs only to be read
    """

    kind: Literal["damage", "cast", "tie", "variance", "remark"]
    at: Spot | None
    raw: str
    because: str

    def __str__(self) -> str:
        raw = f" (“{self.raw}”)" if self.raw else ""
        return f"{self.at}{raw}: {self.because}" if self.at else self.because


def findings(tables: list[Table]) -> list[Found]:
    """Everything found, table by table, then between tables."""
    found: list[Found] = []
    repaired = []
    for table in tables:
        found += _damage(table)
        sound = _repaired(table)
        repaired.append(sound)
        found += _down(sound)
        found += _across(sound)
        found += _variances(sound)
    for number, one in enumerate(repaired):
        for other in repaired[number + 1 :]:
            found += _ties(one, other)
    return found


def _whole(table: Table, column: int) -> bool:
    """Whether every other figure of a column is whole, and one is in thousands."""
    sure = [
        abs(each.amount)
        for line in table.lines
        if (each := line.figures.get(column)) and each.amount is not None and each.point is None
    ]
    return bool(sure) and all(each == int(each) for each in sure) and max(sure) >= 1000  # noqa: PLR2004 - where commas begin


def _repaired(table: Table) -> Table:
    """The table with points read as the commas they were meant to be."""
    lines = []
    for line in table.lines:
        figures = {
            column: each._replace(amount=each.point)
            if each.point is not None and _whole(table, column)
            else each
            for column, each in line.figures.items()
        }
        lines.append(line._replace(figures=figures))
    return table._replace(lines=tuple(lines))


def _damage(table: Table) -> Iterator[Found]:
    for column, text in table.merged.items():
        parts = listed([table.head(column), table.head(column + 1)])
        yield Found(
            "remark", table.sheet.spot(column=column), text,
            f"two headings are printed over each other. They are read as {parts}.",
        )  # fmt: skip
    # Where a paper writes most names small, a small letter says nothing.
    small = sum(line.name[:1].islower() for line in table.lines)
    for line in table.lines:
        if line.name[:1].islower() and small * 2 < len(table.lines):
            yield Found(
                "remark", table.spot(line, 1), line.name,
                "the name begins with a small letter; its beginning may be cut off.",
            )  # fmt: skip
        for column, each in line.figures.items():
            if each.point is not None and _whole(table, column):
                yield Found(
                    "damage", table.spot(line, column), line.raw[column],
                    f"a point stands where the other figures of the column have a comma. "
                    f"It is read as {each.point:,}, not as {each.amount}.",
                )  # fmt: skip
    if not table.heads:
        yield Found("remark", table.spot(table.lines[0]), "", "the table has lost its headings.")
    marks = Counter(
        line.raw[column]
        for line in table.lines
        for column, each in line.figures.items()
        if each.nil
    )
    if len(marks) > 1:
        told = ", ".join(f"“{mark}” {times} times" for mark, times in marks.most_common())
        yield Found(
            "remark", table.sheet.spot(table.lines[0].number), "", f"nil is printed as {told}."
        )


def _columns(table: Table) -> list[int]:
    return sorted({column for line in table.lines for column in line.figures})


def _amount(line: Line, column: int) -> Decimal | None:
    each = line.figures.get(column)
    return each.amount if each else None


def _down(table: Table) -> Iterator[Found]:
    """Columns that do not make the total under them."""
    parts: list[Line] = []
    for line in table.lines:
        if not _TOTAL.search(line.name) or len(parts) < _FEW:
            parts.append(line)
            continue
        for column in _columns(table):
            printed = _amount(line, column)
            made = sum((_amount(each, column) or Decimal(0) for each in parts), Decimal(0))
            if printed is not None and printed != made:
                yield _cast(table, line, column, printed, made, of="rows above it")
        parts = []


def _cast(
    table: Table, line: Line, column: int, printed: Decimal, made: Decimal, *, of: str
) -> Found:
    more = "more" if printed > made else "less"
    return Found(
        "cast", table.spot(line, column), line.raw[column],
        f"{line.name or 'the total'}, {table.head(column)}: the table prints {printed:,}, which is "
        f"{abs(printed - made):,} {more} than the {of}, {made:,}.",
    )  # fmt: skip


def _across(table: Table) -> Iterator[Found]:
    """Rows whose parts do not make the figure that the same columns make in most other rows."""
    columns = _columns(table)
    for place, column in enumerate(columns):
        runs = [columns[start:place] for start in range(place - 1)]
        tried = [(run, *_borne_out(table, run, column)) for run in runs]
        best = max(tried, key=lambda each: each[1], default=None)
        if best and best[1] >= _FEW and best[1] >= _MOST * (best[1] + len(best[2])):
            for line, made in best[2]:
                printed = _amount(line, column)
                if printed is not None:
                    yield _cast(table, line, column, printed, made, of="columns before it")


def _borne_out(table: Table, run: list[int], column: int) -> tuple[int, list[tuple[Line, Decimal]]]:
    """In how many rows a run of columns makes another, and the rows in which it does not."""
    right, wrong = 0, list[tuple[Line, Decimal]]()
    for line in table.lines:
        printed = _amount(line, column)
        stated = [each for one in run if (each := _amount(line, one)) is not None]
        if printed is None or len(stated) < _FEW:
            continue
        made = sum(stated, Decimal(0))
        if printed != made:
            wrong.append((line, made))
        elif printed or any(stated):
            right += 1
    return right, wrong


def _variances(table: Table) -> Iterator[Found]:
    """Variances printed as nil where gross forecasts differ from gross budgets."""
    named = {column: table.head(column).lower() for column in _columns(table)}
    spending = [c for c, head in named.items() if "expenditure" in head and "income" not in head]
    forecast = [c for c in spending if "forecast" in named[c]]
    budget = [c for c in spending if c not in forecast]
    variance = [c for c, head in named.items() if "variance" in head]
    if not (len(forecast) == len(budget) == 1 and variance):
        return
    out = [
        (line.name, later - first)
        for line in table.lines
        if (first := _amount(line, budget[0])) is not None
        and (later := _amount(line, forecast[0])) is not None
        and later != first
        and not _amount(line, variance[0])
    ]
    if out:
        told = "; ".join(f"{name} {by:+,}" for name, by in out)
        yield Found(
            "variance", table.sheet.spot(column=variance[0]), "",
            f"every variance is printed as nil, yet gross spending is forecast to differ: {told}. "
            "Show gross and net: net is nil only where income moves by as much.",
        )  # fmt: skip


def _meaning(head: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+|\d{4}-\d{2,4}", head.lower()))


def _ties(one: Table, other: Table) -> Iterator[Found]:
    """The same column of the same rows in two tables, with different figures."""
    for column in _columns(one):
        for there in _columns(other):
            meaning = _meaning(one.head(column))
            if not one.heads.get(column) or meaning != _meaning(other.head(there)):
                continue
            first, second = _named(one, column), _named(other, there)
            both = [name for name in first if name in second]
            apart = [name for name in both if first[name] != second[name]]
            if len(both) >= _FEW and apart:
                name = next((each for each in apart if each == "the total"), apart[0])
                yield Found(
                    "tie", other.sheet.spot(column=there), "",
                    f"{one.head(column)}, {name}: {first[name]:,} in table {one.number} and "
                    f"{second[name]:,} in table {other.number}, "
                    f"{abs(first[name] - second[name]):,} apart. {len(apart)} of {len(both)} rows "
                    "differ, and nothing in the tables says why.",
                )  # fmt: skip


def _named(table: Table, column: int) -> dict[str, Decimal]:
    found = table.amounts(column)
    return {"the total" if _TOTAL.search(name) else name: each for name, each in found.items()}
