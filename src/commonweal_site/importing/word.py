"""A Word document as tables and runs of paragraphs, in the order in which they stand."""

import io
from collections.abc import Iterator

import docx
from django.conf import settings
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from commonweal.record.sheets import Cell, Row, Sheet

from .files import RefusedFile, markup

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BOLD = 4
"""A paragraph that is bold throughout is a heading of this depth."""
_LONGEST_HEADING = 120
_SYMBOLS = {"F0FC": "✓", "F0FE": "✓", "F0FB": "✗", "F0FD": "✗", "F050": "✓", "F052": "✓"}


def read_document(name: str, data: bytes) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """The tables and texts of a document, and what was left unread.

    raises  RefusedFile
    """
    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as wrong:
        raise RefusedFile(f"{name} cannot be read as a document. Save it again.") from wrong
    reading = _Reading(name, document, _footnotes(data))
    return tuple(reading.sheets()), tuple(reading.remarks)


class _Reading:
    def __init__(self, name: str, document: Document, notes: dict[str, str]) -> None:
        self.name, self.document, self.notes = name, document, notes
        self.remarks: list[str] = []
        self.hidden = 0
        self.paragraph = 0
        self._refuse_tracked()

    def _refuse_tracked(self) -> None:
        body = self.document.element.body
        if any(True for _ in body.iter(qn("w:ins"), qn("w:del"), qn("w:moveTo"))):
            raise RefusedFile(
                f"{self.name} has tracked changes, so it says two things at once. Accept or reject "
                "them, save it, and try again."
            )

    def sheets(self) -> Iterator[Sheet]:
        tables, run = 0, list[Row]()
        for part in self.document.iter_inner_content():
            if isinstance(part, Table):
                if run:
                    yield Sheet("text", "", tuple(run))
                    run = []
                tables += 1
                yield self._table(part, str(tables))
            elif row := self._paragraph(part):
                run.append(row)
        if run:
            yield Sheet("text", "", tuple(run))
        self._report()

    def _report(self) -> None:
        if self.hidden:
            self.remarks.append(f"Hidden text was not read ({self.hidden} places).")
        body = self.document.element.body
        controls = sum(1 for _ in body.iter(qn("w:sdt")))
        if controls:
            self.remarks.append(f"Form fields were not read ({controls}).")
        boxes = sum(1 for _ in body.iter(qn("w:txbxContent")))
        if boxes:
            self.remarks.append(f"Text boxes were not read ({boxes}).")

    def _paragraph(self, paragraph: Paragraph) -> Row | None:
        self.paragraph += 1
        text = self._text(paragraph)
        if not text:
            return None
        return Row(self.paragraph, (Cell(self.paragraph, 1, text),), _heading(paragraph, text))

    def _table(self, table: Table, name: str) -> Sheet:
        if len(table.rows) > settings.IMPORT_MOST_ROWS:
            raise RefusedFile(
                f"{self.name}: table {name} has {len(table.rows):,} rows; at most "
                f"{settings.IMPORT_MOST_ROWS:,} are read."
            )
        seen: dict[object, str] = {}
        rows = []
        for number, row in enumerate(table.rows, 1):
            cells = []
            for column, cell in enumerate(row.cells, row.grid_cols_before + 1):
                covered = cell._tc in seen  # noqa: SLF001 - which cells are one is told by nothing else
                if not covered:
                    seen[cell._tc] = self._cell(cell)  # noqa: SLF001 - as above
                if text := seen[cell._tc]:  # noqa: SLF001 - as above
                    cells.append(Cell(number, column, text, covered))
            if cells:
                rows.append(Row(number, tuple(cells), _table_heading(cells)))
        return Sheet("table", name, (*rows, *self._under(len(table.rows), rows)))

    def _cell(self, cell: _Cell) -> str:
        if cell.tables:
            self.remarks.append("A table within a table was not read.")
        return "\n".join(filter(None, (self._text(each) for each in cell.paragraphs)))

    def _under(self, number: int, rows: list[Row]) -> Iterator[Row]:
        """The document's own footnotes, as if they stood under the table."""
        texts = "\n".join(cell.text for row in rows for cell in row.cells)
        for sign, words in self.notes.items():
            if sign in texts:
                number += 1
                yield Row(number, (Cell(number, 1, f"{sign} {words}"),))

    def _text(self, paragraph: Paragraph) -> str:
        return " ".join("".join(self._runs(paragraph)).replace("\t", " ").split())

    def _runs(self, paragraph: Paragraph) -> Iterator[str]:
        for part in paragraph.iter_inner_content():
            for run in getattr(part, "runs", [part]):
                if run.font.hidden:
                    self.hidden += 1
                    continue
                raised = bool(run.font.superscript)
                yield run.text.translate(_RAISED) if raised else run.text
                for each in run._r.iter(qn("w:sym")):  # noqa: SLF001 - signs of a font of symbols
                    yield _SYMBOLS.get(each.get(qn("w:char"), "").upper(), "?")
                for each in run._r.iter(qn("w:footnoteReference")):  # noqa: SLF001 - as above
                    yield each.get(qn("w:id"), "").translate(_RAISED)


def _heading(paragraph: Paragraph, text: str) -> int:
    style = (paragraph.style.name if paragraph.style else "") or ""
    if style.startswith("Heading ") and style[8:].isdigit():
        return int(style[8:])
    if style == "Title":
        return 1
    written = [run for run in paragraph.runs if run.text.strip()]
    bold = bool(written) and all(run.bold for run in written)
    return _BOLD if bold and len(text) <= _LONGEST_HEADING else 0


def _table_heading(cells: list[Cell]) -> int:
    """A row of one text that runs across several columns heads what follows."""
    return int(len(cells) > 1 and len({cell.text for cell in cells}) == 1)


def _footnotes(data: bytes) -> dict[str, str]:
    """The document's own footnotes, by raised number."""
    found = {}
    for name, part in markup(data, "word/footnotes"):
        del name
        for note in parse_xml(part).iter(qn("w:footnote")):
            words = " ".join("".join(t.text or "" for t in note.iter(qn("w:t"))).split())
            if words:
                found[note.get(qn("w:id"), "").translate(_RAISED)] = words
    return found
