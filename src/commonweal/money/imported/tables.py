"""Tables of money found in a file: their headings, units, rows and figures, each with its place."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from commonweal.record.sheets import Row, Sheet, Spot

from .figures import Figure, figure

_UNIT = re.compile(r"£\s?(000s?|k|m(?:illion)?)?(?!\d)", re.IGNORECASE)
_TIMES = {"": 1, "000": 1000, "000s": 1000, "k": 1000, "m": 10**6, "million": 10**6}
_FEWEST = 2
"""Cells that a row of a table has at least; a line of text has one."""


class Line(NamedTuple):
    """A row of figures, by column; `raw` has the text as it is printed."""

    name: str
    number: int
    figures: dict[int, Figure]
    raw: dict[int, str]


class Table(NamedTuple):
    """One table.

    heads    the heading of each column, unit and stars taken off
    units    pounds to one of the figures, as each heading says
    merged   columns whose heading was printed over another's, with the heading as printed
    """

    number: int
    title: str
    sheet: Sheet
    heads: dict[int, str]
    units: dict[int, int]
    merged: dict[int, str]
    lines: tuple[Line, ...]

    def spot(self, line: Line, column: int = 0) -> Spot:
        """Where a cell stands."""
        return self.sheet.spot(line.number, column)

    def head(self, column: int) -> str:
        """What a column is called."""
        return self.heads.get(column) or f"column {column}"

    def amounts(self, column: int) -> dict[str, Decimal]:
        """The figures of a column by the name of their row, where they are stated."""
        return {
            line.name: found.amount
            for line in self.lines
            if (found := line.figures.get(column)) and found.amount is not None
        }


def tables(sheets: tuple[Sheet, ...]) -> list[Table]:
    """Every table with figures, in the order of the file."""
    found: list[Table] = []
    for sheet in sheets:
        for title, top, rows in _blocks(sheet):
            lines = tuple(_line(row) for row in rows)
            if any(line.figures for line in lines):
                found.append(_table(len(found) + 1, title, sheet, top, lines))
    return found


def _blocks(sheet: Sheet) -> Iterator[tuple[str, Row | None, list[Row]]]:
    """A title, a row of headings and the rows under it, until the next row of headings."""
    text, title, top, rows = "", "", None, list[Row]()
    for row in sheet.rows:
        if len(row.cells) < _FEWEST:
            text = row.cells[0].text
        elif _has_figures(row):
            rows.append(row)
        else:
            if rows:
                yield title, top, rows
            title, top, rows = text, row, []
    if rows:
        yield title, top, rows


def _has_figures(row: Row) -> bool:
    return any(
        (found := figure(cell.text)).point is not None or found.amount is not None
        for cell in row.cells
        if cell.column > 1
    )


def _line(row: Row) -> Line:
    cells = {cell.column: cell.text for cell in row.cells}
    name = cells.get(1, "")
    found = {column: figure(text) for column, text in cells.items() if column > 1}
    known = {
        column: each for column, each in found.items() if each.amount is not None or each.point
    }
    return Line(name, row.number, known, cells)


def _table(
    number: int, title: str, sheet: Sheet, top: Row | None, lines: tuple[Line, ...]
) -> Table:
    printed = {cell.column: cell.text for cell in top.cells} if top else {}
    merged: dict[int, str] = {}
    for column, text in sorted(printed.items()):
        words = text.split()
        halves = words[::2], words[1::2]
        bare = column + 1 not in printed and any(column + 1 in line.figures for line in lines)
        if bare and len(halves[0]) == len(halves[1]) and halves[0][0] == halves[1][0]:
            merged[column] = text
    for column, text in merged.items():
        words = text.split()
        printed[column], printed[column + 1] = " ".join(words[::2]), " ".join(words[1::2])
    units = {
        column: _TIMES[(match[1] or "").lower()]
        for column, text in printed.items()
        if (match := _UNIT.search(text))
    }
    heads = {
        column: " ".join(_UNIT.sub("", t).replace("*", "").split()) for column, t in printed.items()
    }
    return Table(number, title, sheet, heads, units, merged, lines)
