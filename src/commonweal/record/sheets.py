"""A file as somebody hands it in: sheets, tables and runs of text, cell by cell, and what is wrong.

Nothing here knows of spreadsheets or word processors: a reader at the edge gives the text of
every cell that is shown, a merged cell's text in each cell it covers.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

_LETTERS = 26


class Spot(NamedTuple):
    """Where something stands in a file. Rows and columns count from 1; 0: all of them."""

    kind: Literal["sheet", "table", "text"]
    sheet: str
    row: int = 0
    column: int = 0

    @property
    def of(self) -> str:
        """The sheet, table or text."""
        names = {"sheet": f"sheet ‘{self.sheet}’", "table": f"table {self.sheet}", "text": "text"}
        return names[self.kind]

    @property
    def column_words(self) -> str:
        """The column as the program that made the file calls it."""
        if not self.column or self.kind == "text":
            return ""
        return letters(self.column) if self.kind == "sheet" else str(self.column)

    def __str__(self) -> str:
        if self.kind == "text":
            return f"paragraph {self.row}"
        row = f", row {self.row}" if self.row else ""
        column = f", column {self.column_words}" if self.column else ""
        return f"{self.of}{row}{column}"


class Cell(NamedTuple):
    """The text of one cell.

    covered  it only repeats the text of a cell merged with it
    formula  what its text was worked out by, as it stands in the file; empty: it was typed
    """

    row: int
    column: int
    text: str
    covered: bool = False
    formula: str = ""


class Row(NamedTuple):
    """The cells of one row that hold anything, from left to right.

    heading  how deep a heading it is, from 1; 0: none
    """

    number: int
    cells: tuple[Cell, ...]
    heading: int = 0

    def at(self, column: int) -> str:
        """The text in a column; empty if there is none."""
        return next((cell.text for cell in self.cells if cell.column == column), "")


class Sheet(NamedTuple):
    """One sheet, one table of a document, or the paragraphs between two tables."""

    kind: Literal["sheet", "table", "text"]
    name: str
    rows: tuple[Row, ...]

    def spot(self, row: int = 0, column: int = 0) -> Spot:
        """Where a cell of it stands."""
        return Spot(self.kind, self.name, row, column)


class FileRead(NamedTuple):
    """A file as it was read.

    size     in bytes
    remarks  what was left unread, such as hidden rows, and what a reader must know
    """

    name: str
    sha256: str
    size: int
    sheets: tuple[Sheet, ...]
    remarks: tuple[str, ...] = ()


class Fault(NamedTuple):
    """One thing wrong with a file: where, what stands there, and what to do."""

    at: Spot | None
    raw: str
    because: str

    def __str__(self) -> str:
        where = f"{self.at}" if self.at else ""
        raw = f" (“{self.raw}”)" if self.raw else ""
        return f"{where}{raw}: {self.because}" if where else self.because


def letters(column: int) -> str:
    """The letters of a spreadsheet's column, from 1.

    >>> letters(1), letters(28)
    ('A', 'AB')
    """
    found = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        found = chr(ord("A") + rest) + found
    return found


def spots_in_words(spots: Iterable[Spot]) -> str:
    """Where something stands, the first place in full."""
    first, *others = spots
    more = f" and in {len(others)} other places" if len(others) > 1 else " and in one other place"
    return f"{first}{more if others else ''}"
