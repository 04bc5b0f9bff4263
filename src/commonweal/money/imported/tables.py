"""Tables of money found in a file: their headings, units, rows and figures, each with its place."""

import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import NamedTuple

from commonweal.record.sheets import Row, Sheet, Spot

from .figures import Figure, figure

TOTAL = re.compile(r"^$|\btotal\b|net budget requirement", re.IGNORECASE)
"""Names of rows that hold the sum of those above."""

_PAGE = re.compile(r"[^a-z]*p?age \d+", re.IGNORECASE)
"""A page's number that text taken from a document left in a table."""

UNIT = re.compile(r"£\s?(000s?|k|m(?:illion)?)?(?!\d)", re.IGNORECASE)
TIMES = {"": 1, "000": 1000, "000s": 1000, "k": 1000, "m": 10**6, "million": 10**6}
_FEWEST = 2
"""Cells that a row of a table has at least; a line of text has one."""


class Line(NamedTuple):
    """A row of figures, by column; `raw` has the text as it is printed."""

    name: str
    number: int
    figures: dict[int, Figure]
    raw: dict[int, str]

    def amount(self, column: int) -> Decimal | None:
        """What stands in a column; none if nothing is stated."""
        each = self.figures.get(column)
        return each.amount if each else None


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

    @property
    def columns(self) -> list[int]:
        """The columns that have figures."""
        return sorted({column for line in self.lines for column in line.figures})

    def unit(self, column: int) -> int | None:
        """Pounds to one of a column's figures; none if neither its heading nor all others say."""
        said = set(self.units.values())
        return self.units.get(column) or (said.pop() if len(said) == 1 else None)

    def amounts(self, column: int) -> dict[str, Decimal]:
        """The figures of a column by the name of their row, where they are stated."""
        return {
            line.name: found for line in self.lines if (found := line.amount(column)) is not None
        }


def tables(sheets: tuple[Sheet, ...], nil: Collection[str] = ()) -> list[Table]:
    """Every table with figures, in the order of the file.

    nil  marks that mean nil in this source, beside the usual ones
    """
    found: list[Table] = []
    for sheet in sheets:
        for title, tops, rows in _blocks(sheet, nil):
            lines = tuple(_line(row, nil) for row in rows)
            if any(line.figures for line in lines):
                found.append(_table(len(found) + 1, title, sheet, tops, lines))
    return found


def _blocks(sheet: Sheet, nil: Collection[str]) -> Iterator[tuple[str, list[Row], list[Row]]]:
    """A title, the rows of headings and the rows under them, until the next row of headings."""
    text, title, tops, rows = "", "", list[Row](), list[Row]()
    for row in sheet.rows:
        if len(row.cells) < _FEWEST:
            text = row.cells[0].text
        elif _has_figures(row, nil):
            rows.append(row)
        elif tops and not rows and text == title:
            tops.append(row)
        else:
            if rows:
                yield title, tops, rows
            title, tops, rows = text, [row], []
    if rows:
        yield title, tops, rows


def _has_figures(row: Row, nil: Collection[str]) -> bool:
    return any(_stated(figure(cell.text, nil)) for cell in row.cells if cell.column > 1)


def _stated(found: Figure) -> bool:
    return found.amount is not None or found.point is not None


def _line(row: Row, nil: Collection[str]) -> Line:
    # A figure merged over several cells is one figure.
    cells = {
        cell.column: cell.text
        for cell in row.cells
        if not (cell.covered and _stated(figure(cell.text, nil)))
    }
    name = cells.get(1, "")
    if page_stands_in(cells):
        name = next(text for column, text in cells.items() if column > 1)
    found = {column: figure(text, nil) for column, text in cells.items() if column > 1}
    known = {column: each for column, each in found.items() if _stated(each)}
    return Line(name, row.number, known, cells)


def page_stands_in(raw: dict[int, str]) -> bool:
    """Whether the number of a page stands where a row's name should, and the name behind it."""
    if not _PAGE.fullmatch(raw.get(1, "")):
        return False
    after = next((text for column, text in raw.items() if column > 1), "")
    return bool(after) and not _stated(figure(after))


def _table(
    number: int, title: str, sheet: Sheet, tops: list[Row], lines: tuple[Line, ...]
) -> Table:
    printed = _printed(tops)
    merged = _merged(printed, lines)
    for column, text in merged.items():
        words = text.split()
        printed[column], printed[column + 1] = " ".join(words[::2]), " ".join(words[1::2])
    units = {
        column: TIMES[(match[1] or "").lower()]
        for column, text in printed.items()
        if (match := UNIT.search(text))
    }
    heads = {
        column: " ".join(UNIT.sub("", t).replace("*", "").split()) for column, t in printed.items()
    }
    return Table(number, title, sheet, heads, units, merged, lines)


def _printed(tops: list[Row]) -> dict[int, str]:
    """The heading of each column, over all rows of headings."""
    parts: dict[int, list[str]] = {}
    for row in tops:
        for cell in row.cells:
            parts.setdefault(cell.column, []).append(cell.text)
    return {column: " ".join(dict.fromkeys(texts)) for column, texts in parts.items()}


def _merged(printed: dict[int, str], lines: tuple[Line, ...]) -> dict[int, str]:
    """Headings that two columns share because one was printed over the other."""
    found: dict[int, str] = {}
    for column, text in sorted(printed.items()):
        first, second = text.split()[::2], text.split()[1::2]
        bare = column + 1 not in printed and any(column + 1 in line.figures for line in lines)
        if bare and len(first) == len(second) and first[0] == second[0]:
            found[column] = text
    return found


class Text(NamedTuple):
    """A run of words, and where it stands."""

    at: Spot
    words: str


def texts(sheets: tuple[Sheet, ...]) -> list[Text]:
    """The lines of words of a file, in its order."""
    return [
        Text(sheet.spot(row.number), row.cells[0].text)
        for sheet in sheets
        for row in sheet.rows
        if len(row.cells) < _FEWEST
    ]
