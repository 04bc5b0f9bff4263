"""A manuscript as an Excel workbook: a sheet for each table, its sums as formulas that live.

A formula is written with what it comes to, so that a program that reckons nothing shows it too.
Text is never taken for a formula.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from commonweal.record.figures import Made, Share, Spot
from commonweal.record.manuscript import (
    INVENTED,
    Bullets,
    Cell,
    Heading,
    Manuscript,
    Row,
    Run,
    Table,
    words,
)

from .tables import figure_of, in_pounds

type Address = Callable[[str], str]

_HEAD = 4
"""The row of the headings; above it stand the caption, the day, and a free row."""

_FORMATS = {
    "pence": '"£"#,##0.00;"−£"#,##0.00',
    "variance": '"£"#,##0.00" adverse";"£"#,##0.00" favourable";"Nil"',
    "share": "0.0##%",
}
_ABOUT = '"about £"#,##0.00;"about −£"#,##0.00'

_UNITS = (
    "Sums are in pounds. A minus sign is money that comes in, a credit, or what falls short; "
    "brackets are not used. An empty cell would be read as nothing, so what is not on record "
    "says so."
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 31
_NARROWEST, _WIDEST = 12, 60


def as_workbook(manuscript: Manuscript, address: Address) -> bytes:
    """The workbook: what it is, a sheet for each table, and the sources."""
    book = Workbook()
    blocks = manuscript.laid_out()
    tables = [each for each in blocks if isinstance(each, Table)]
    names = sheet_names([each.caption for each in tables])
    _contents(book.active, manuscript, blocks, names, address)
    reckoned: dict[str, dict[str, Decimal]] = {}
    for number, (table, name) in enumerate(zip(tables, names, strict=True), 2):
        sheet = book.create_sheet(name)
        reckoned[f"xl/worksheets/sheet{number}.xml"] = _Sheet(table, sheet, address).filled(
            manuscript
        )
    about = book.properties
    about.title, about.creator, about.language = manuscript.title, "Commonweal", "en-GB"
    about.subject = manuscript.when
    about.created = manuscript.known.astimezone(UTC).replace(tzinfo=None)
    book.calculation.fullCalcOnLoad = True
    made = io.BytesIO()
    book.save(made)
    return _settled(made.getvalue(), manuscript, reckoned)


def sheet_names(captions: Sequence[str]) -> list[str]:
    """A name for each sheet that a workbook allows, each once.

    >>> sheet_names(["Spending: 2025/26", "Spending: 2025/26"])
    ['1 Spending 2025 26', '2 Spending 2025 26']
    """
    shown = (ILLEGAL_CHARACTERS_RE.sub(" ", each) for each in captions)
    plain = (" ".join(re.sub(r"[\[\]:*?/\\']", " ", each).split()) for each in shown)
    return [_cut(f"{number} {each}") for number, each in enumerate(plain, 1)]


def _cut(name: str) -> str:
    """A name no longer than a workbook allows, cut after a word where it has several."""
    if len(name) <= _LONGEST:
        return name
    whole = name[: _LONGEST + 1].rpartition(" ")[0]
    return whole if " " in whole else name[:_LONGEST]


def _contents(
    sheet: Any, manuscript: Manuscript, blocks: Sequence[Any], names: Sequence[str],
    address: Address,
) -> None:  # fmt: skip
    """The first sheet: all that is said outside tables, with a link to each table where it is."""
    sheet.title = "About"
    sheet.column_dimensions["A"].width = 110
    _say(sheet.cell(1, 1), manuscript.title)
    sheet.cell(1, 1).font = Font(bold=True, size=16)
    tables = iter(names)
    for at, block in enumerate(blocks, 2):
        cell = sheet.cell(at, 1)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if isinstance(block, Table):
            name = next(tables)
            _say(cell, f"Table: {block.caption}")
            cell.hyperlink = f"#'{name}'!A1"
            cell.font = Font(underline="single", color="005EB8")
        elif isinstance(block, Heading):
            _say(cell, block.text)
            cell.font = Font(bold=True, size=13)
        elif isinstance(block, Bullets):
            _say(cell, "; ".join(words(each) for each in block.lines))
        else:
            _say(cell, words(block.line))
            _lead(cell, block.line, address)


class _Place(NamedTuple):
    """Where a cell stands on its sheet, from 1."""

    row: int
    column: int

    @property
    def name(self) -> str:
        return f"{get_column_letter(self.column)}{self.row}"


class _Sheet:
    """A table on a sheet of its own."""

    def __init__(self, table: Table, sheet: Any, address: Address) -> None:
        self.table, self.sheet, self.address = table, sheet, address
        self.column = {head: at for at, head in enumerate(table.heads, 1)}
        self.row = {key_of(each): at for at, each in enumerate(table.rows, _HEAD + 1)}

    def filled(self, manuscript: Manuscript) -> dict[str, Decimal]:
        """Write it all; gives what each formula comes to, by cell."""
        _say(self.sheet.cell(1, 1), self.table.caption)
        self.sheet.cell(1, 1).font = Font(bold=True, size=13)
        standing = f" {INVENTED}" if manuscript.invented else ""
        _say(self.sheet.cell(2, 1), f"{manuscript.title}. {manuscript.when}{standing}")
        self._headings()
        made = dict(self._cells())
        end = _HEAD + len(self.table.rows) + 2
        if any(figure_of(cell) for row in self.table.rows for cell in row.cells):
            _say(self.sheet.cell(end, 1), _UNITS)
        self.sheet.freeze_panes = _Place(_HEAD + 1, 2).name
        self.sheet.page_setup.orientation = "landscape"
        self.sheet.page_setup.fitToHeight = 0
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self.sheet.print_title_rows = f"{_HEAD}:{_HEAD}"
        return made

    def _headings(self) -> None:
        for head, at in self.column.items():
            cell = self.sheet.cell(_HEAD, at)
            _say(cell, head)
            cell.font = Font(bold=True)
            cell.fill = PatternFill("solid", fgColor="E6E6E6")
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            long = max([len(head), *(len(_flat(row.cells[at - 1])) for row in self.table.rows)])
            wide = min(max(_NARROWEST, long + 4), _WIDEST)
            self.sheet.column_dimensions[get_column_letter(at)].width = wide

    def _cells(self) -> Iterator[tuple[str, Decimal]]:
        for down, row in enumerate(self.table.rows, _HEAD + 1):
            for right, given in enumerate(row.cells, 1):
                cell = self.sheet.cell(down, right)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                _lead(cell, [run for each in given for run in each], self.address)
                figure = figure_of(given)
                if figure is None:
                    _say(cell, _flat(given))
                    continue
                cell.number_format = _ABOUT if figure.about else _FORMATS[figure.unit]
                if figure.made is None:
                    cell.value = in_pounds(figure)
                else:
                    cell.value = f"={self._formula(figure.made, down)}"
                    yield _Place(down, right).name, in_pounds(figure)

    def _formula(self, made: Made, row: int) -> str:
        if isinstance(made, Share):
            return f"{self._at(made.part, row).name}/{self._at(made.whole, row).name}"
        adds = [self._at(each, row) for each in made.adds]
        taken = "".join(f"-{self._at(each, row).name}" for each in made.takes)
        return f"{_added(adds)}{taken}"

    def _at(self, spot: Spot, row: int) -> _Place:
        return _Place(self.row[spot.row] if spot.row else row, self.column[spot.column])


def key_of(row: Row) -> str:
    """What tells a row from the others of its table."""
    return row.key or words(row.cells[0][0])


def _added(places: Sequence[_Place]) -> str:
    """A run of cells under each other as one range."""
    together = all(
        a.column == b.column and b.row == a.row + 1 for a, b in pairwise(places)
    )  # fmt: skip
    if len(places) > 1 and together:
        return f"SUM({places[0].name}:{places[-1].name})"
    return "+".join(each.name for each in places) or "0"


def _flat(cell: Cell) -> str:
    return "\n".join(words(each) for each in cell)


def _say(cell: Any, text: str) -> None:
    """Text stays text, also when somebody edits it."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(_FORMULA)


def _lead(cell: Any, runs: Sequence[Run], address: Address) -> None:
    """A cell has one link at most: the first."""
    found = (address(run.entity) for run in runs if run.entity)
    if where := next(filter(None, found), ""):
        cell.hyperlink = where
        cell.font = Font(underline="single", color="005EB8")


# --- what openpyxl leaves to be done --------------------------------------------------------------

_FORMULA_CELL = re.compile(r'(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f>)(?:<v></v>|<v ?/>)')
_MODIFIED = re.compile(r"(<dcterms:modified[^>]*>)[^<]*")


def _settled(
    body: bytes, manuscript: Manuscript, reckoned: Mapping[str, Mapping[str, Decimal]]
) -> bytes:
    """The same bytes for the same text, and beside each formula what it comes to."""
    known = manuscript.known.astimezone(UTC)
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(body)) as given,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in given.namelist():
            part = given.read(name)
            if name in reckoned:
                part = _with_values(part.decode(), reckoned[name]).encode()
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rf"\g<1>{known:%Y-%m-%dT%H:%M:%SZ}", part.decode()).encode()
            out.writestr(zipfile.ZipInfo(name, known.timetuple()[:6]), part, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _with_values(sheet: str, values: Mapping[str, Decimal]) -> str:
    def filled(found: re.Match[str]) -> str:
        return f"{found[1]}<v>{values[found[2]]}</v>"

    return _FORMULA_CELL.sub(filled, sheet)
