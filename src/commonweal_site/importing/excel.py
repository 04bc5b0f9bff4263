"""An Excel workbook as sheets of text. Hidden sheets, rows and columns are reported, never read."""

import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
from django.conf import settings
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from commonweal.record.sheets import Cell, Row, Sheet, letters

from .files import RefusedFile, markup

_SYMBOLS = {
    "wingdings": {"ü": "✓", "þ": "✓", "û": "✗", "ý": "✗", "l": "●", "n": "■"},
    "wingdings 2": {"P": "✓", "R": "✓", "O": "✗", "S": "✗"},
    "webdings": {"a": "✓", "r": "✗"},
    "marlett": {"a": "✓", "b": "✓"},
}
"""What letters look like in fonts of symbols, in which most ticks are typed."""


def read_workbook(
    name: str, data: bytes, *, judged: bool = False
) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """The sheets of a workbook that are shown, and what was left unread.

    judged  formulas stand in their cells for somebody to judge, even if never worked out; else
            the values they had are read, and that is remarked
    raises  RefusedFile
    """
    book = _opened(name, data, values=True)
    remarks: list[str] = []
    formulas = _formulas(name, data)
    sheets = []
    for page in book.worksheets:
        if page.sheet_state != "visible":
            remarks.append(f"Sheet ‘{page.title}’ is hidden and was not read.")
            continue
        made = _Page(name, page, formulas.get(page.title, {}), remarks)
        if not judged:
            made.calculated()
        sheets.append(made.sheet())
    return tuple(sheets), tuple(remarks)


def _opened(name: str, data: bytes, *, values: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            # It warns of drawings and rules for typing that it leaves out; we read only text.
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(data), data_only=values, keep_links=False)
    except Exception as wrong:
        raise RefusedFile(f"{name} cannot be read as a workbook. Save it again.") from wrong


type _Formulas = dict[tuple[int, int], str]


def _formulas(name: str, data: bytes) -> dict[str, _Formulas]:
    """Cells that hold formulas, by sheet."""
    if not any(b"<f" in part for _, part in markup(data, "xl/worksheets/")):
        return {}
    return {
        page.title: {
            (cell.row, cell.column): str(getattr(cell.value, "text", cell.value))
            for cell in _cells(page)
            if cell.data_type == "f"
        }
        for page in _opened(name, data, values=False).worksheets
    }


class _Page:
    def __init__(self, file: str, page: Worksheet, formulas: _Formulas, remarks: list[str]) -> None:
        self.file, self.page, self.formulas, self.remarks = file, page, formulas, remarks
        self.hidden_rows = {n for n, each in page.row_dimensions.items() if each.hidden}
        self.hidden_columns = {
            n
            for each in page.column_dimensions.values()
            if each.hidden and each.min
            for n in range(each.min, (each.max or each.min) + 1)
        }

    def sheet(self) -> Sheet:
        texts = dict.fromkeys(self.formulas, ("", False)) | dict(self._texts())
        self._report(texts)
        rows: dict[int, dict[int, Cell]] = {}
        for (row, column), (text, covered) in texts.items():
            if row not in self.hidden_rows and column not in self.hidden_columns:
                formula = self.formulas.get((row, column), "")
                rows.setdefault(row, {})[column] = Cell(row, column, text, covered, formula)
        if len(rows) > settings.IMPORT_MOST_ROWS:
            raise RefusedFile(
                f"{self.file}: sheet ‘{self.page.title}’ has {len(rows):,} rows; at most "
                f"{settings.IMPORT_MOST_ROWS:,} are read."
            )
        made = tuple(self._row(number, rows[number]) for number in sorted(rows))
        return Sheet("sheet", self.page.title, made)

    def _row(self, number: int, cells: dict[int, Cell]) -> Row:
        ordered = tuple(cells[column] for column in sorted(cells))
        first = next((cell for cell in ordered if cell.text), ordered[0])
        alone = len({cell.text for cell in ordered}) == 1
        font = self.page.cell(number, first.column).font
        across = sum(cell.text == first.text for cell in ordered) > 1
        return Row(number, ordered, int(alone and (bool(font and font.b) or across)))

    def _texts(self) -> Iterator[tuple[tuple[int, int], tuple[str, bool]]]:
        """The text of each cell that has one; a merged cell's, in each cell it covers."""
        for cell in _cells(self.page):
            if text := _text(cell):
                yield (cell.row, cell.column), (text, False)
        for merged in self.page.merged_cells.ranges:
            top = self.page.cell(merged.min_row, merged.min_col)
            text = _text(top) if isinstance(top, ExcelCell) else ""
            for row_n, column in merged.cells if text else ():
                if (row_n, column) != (merged.min_row, merged.min_col):
                    yield (row_n, column), (text, True)

    def calculated(self) -> None:
        """Refuse formulas whose value the file does not hold, and say that the others are read."""
        empty = [
            f"{letters(column)}{row}"
            for row, column in self.formulas
            if self.page.cell(row, column).value is None
        ]
        if empty:
            raise RefusedFile(
                f"{self.file}: on sheet ‘{self.page.title}’ formulas have never been worked out "
                f"({', '.join(empty[:5])}). Open it in a spreadsheet program, save it, try again."
            )
        if self.formulas:
            cells = _some([f"{letters(column)}{row}" for row, column in self.formulas])
            self.remarks.append(
                f"Sheet ‘{self.page.title}’: formulas were read by the values they had when the "
                f"file was saved: {cells}."
            )

    def _report(self, texts: dict[tuple[int, int], tuple[str, bool]]) -> None:
        said = f"Sheet ‘{self.page.title}’: "
        rows = sorted(self.hidden_rows & {row for row, _ in texts})
        columns = sorted(self.hidden_columns & {column for _, column in texts})
        if rows:
            self.remarks.append(f"{said}hidden rows were not read: {_some(rows)}.")
        if columns:
            which = _some([letters(column) for column in columns])
            self.remarks.append(f"{said}hidden columns were not read: {which}.")
        notes = [cell.coordinate for cell in _cells(self.page) if cell.comment]
        if notes:
            self.remarks.append(f"{said}notes beside cells were not read: {_some(notes)}.")


def _cells(page: Worksheet) -> list[ExcelCell]:
    """The cells that a sheet holds, row by row.

    Asking the sheet for its rows would make every cell up to the last one with a colour.
    """
    held = page._cells  # noqa: SLF001 - as above
    ordered = (held[place] for place in sorted(held))
    return [cell for cell in ordered if isinstance(cell, ExcelCell)]


def _some(names: list[Any]) -> str:
    few = ", ".join(str(each) for each in names[:10])
    return f"{few} and {len(names) - 10} more" if len(names) > 10 else few  # noqa: PLR2004 - as many as a sentence bears


def _text(cell: ExcelCell) -> str:
    value: Any = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    if isinstance(value, date | datetime):
        return value.isoformat()
    text = str(value).strip()
    signs = _SYMBOLS.get(((cell.font.name if cell.font else "") or "").lower(), {})
    return signs.get(text, text)


def _number(value: float, form: str) -> str:
    if "%" in form:
        return f"{value * 100:g}%"
    return str(int(value)) if value == int(value) else f"{value:.4f}".rstrip("0")
