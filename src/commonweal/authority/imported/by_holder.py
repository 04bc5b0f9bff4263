"""A list by holder: a heading for each holder, and under it what that holder may decide."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from commonweal.record.sheets import Cell, Fault, Row, Sheet
from commonweal.record.wording import capital

from .amounts import NOT_STATED, Limit, UnreadLimit, limit
from .marks import footnote, parted
from .matrix import footnotes
from .said import Asked, Help, Lines, Said, nothing_yet, numbered

_KEEPS = re.compile(
    r"(?i)^(?:matters|powers|functions|decisions|duties)?\s*reserved\s+(?:to|for|by)\s+(?:the\s+)?"
)
_GIVES = re.compile(
    r"(?i)^(?:matters|powers|functions|decisions|duties)?\s*delegated\s+to\s+(?:the\s+)?"
)
_AMOUNT = re.compile(
    r"(?i)[\s,;:(–-]+(?P<limit>(?:up to|not exceeding|not more than|over|above|more than|below|"
    r"under|from|between|within|unlimited|without limit|limit:?)\b.*?|£.*?)\)?\.?$"
)


class _Holder(NamedTuple):
    name: str
    kept: bool
    at: Cell
    sheet: Sheet
    level: int


def read_by_holder(sheets: Sequence[Sheet], ask: Help) -> Lines:
    """What lists by holder say, sheet after sheet.

    A holder is a heading that names one on record, or a sheet that is called by its name.
    """
    reading = _List(ask)
    for sheet in sheets:
        reading.sheet(sheet)
    if not reading.lines.said and not reading.lines.asked:
        because = "no heading names a body or post that is on record, so nothing was read."
        reading.lines.faults.append(Fault(None, "", because))
    return reading.lines


class _List:
    def __init__(self, ask: Help) -> None:
        self.ask, self.lines = ask, nothing_yet()
        self.holder: _Holder | None = None
        self.level = 0
        self.skipping = False

    def sheet(self, sheet: Sheet) -> None:
        self.notes = footnotes(sheet.rows, numbers=False)
        if sheet.kind == "sheet":
            self.holder = None
            name, kept = _holder_in(sheet.name)
            if self.ask.is_holder(name):
                self.holder = _Holder(name, kept, Cell(0, 0, sheet.name), sheet, 0)
        for row in sheet.rows:
            self._row(sheet, row)

    def _row(self, sheet: Sheet, row: Row) -> None:
        cells = [cell for cell in row.cells if cell.text and not cell.covered]
        if not cells:
            return
        name, kept = _holder_in(parted(numbered(cells[0].text)[1])[0])
        if self.ask.is_holder(name) and not (len(cells) == 1 and self._is_item(name)):
            self._begin(_Holder(name, kept, cells[0], sheet, row.heading or 1))
            cells = cells[1:]
        elif row.heading:
            self._heading(sheet, row, cells[0], name)
            return
        if cells and self.holder and not self.skipping:
            self._item(sheet, cells)

    def _is_item(self, name: str) -> bool:
        return self.holder is not None and self.ask.is_function(name)

    def _begin(self, holder: _Holder) -> None:
        self.holder, self.level = holder, holder.level
        self.skipping = self.ask.left_out(holder.name)

    def _heading(self, sheet: Sheet, row: Row, cell: Cell, name: str) -> None:
        """A heading that names no holder: a theme, a title, or somebody who is not on record."""
        at = sheet.spot(cell.row, cell.column)
        if self.ask.left_out(name):
            if self.holder is not None and row.heading <= self.level:
                self.skipping = True
            return
        says_so = name != parted(numbered(cell.text)[1])[0]
        if says_so or (self.holder is not None and row.heading == self.level):
            because = "this heading stands where a holder should, and nobody on record is so called"
            self.lines.asked.append(Asked("holder", name, (at,), because))
            self.skipping = True
        else:
            self.lines.remarks.append(capital(f"{at}: ‘{cell.text}’ was read as a heading."))

    def _item(self, sheet: Sheet, cells: list[Cell]) -> None:
        """One function under a holder; a cell before it may number it, one after it limit it."""
        line = ""
        if len(cells) > 1 and re.fullmatch(r"[\w.()]{1,8}", cells[0].text):
            line, cells = cells[0].text.strip("()."), cells[1:]
        cell, *more = cells
        if footnote(cell.text, numbers=False):
            return
        text, sign = parted(cell.text)
        number, text = numbered(text)
        try:
            text, found = self._limited(text, more)
        except UnreadLimit as wrong:
            raw = more[0].text if more else cell.text
            self.lines.faults.append(Fault(sheet.spot(cell.row, cell.column), raw, str(wrong)))
            return
        at = sheet.spot(cell.row, cell.column)
        notes: tuple[str, ...] = ()
        if sign in self.notes:
            notes = (f"Footnote {sign}: {self.notes[sign]}",)
        self._say(Said(text, "", at, False, found, line or number, notes, (at,), cell.text))  # noqa: FBT003 - who keeps it is said with the holder

    def _limited(self, text: str, more: list[Cell]) -> tuple[str, Limit]:
        """A function without the limit that is said beside it or at its end."""
        if more and (found := limit(more[0].text)).says == "limit":
            return text, found
        if self.ask.is_function(text):
            return text, NOT_STATED
        match = _AMOUNT.search(text)
        if not match:
            return text, NOT_STATED
        found = limit(match["limit"])
        return text[: match.start()].strip(" ,;:–-("), found

    def _say(self, said: Said) -> None:
        holder = self.holder
        if holder is None:
            return
        if said.limit.says != "limit":
            remark = f"{said.at}: ‘{said.function}’ says {said.limit.says}."
            self.lines.remarks.append(capital(remark))
            return
        named = (*said.named, holder.sheet.spot(holder.at.row, holder.at.column))
        self.lines.said.append(said._replace(holder=holder.name, kept=holder.kept, named=named))


def _holder_in(text: str) -> tuple[str, bool]:
    """The holder that a heading names, and whether it keeps what follows."""
    text = text.strip().rstrip(":")
    kept = _KEEPS.sub("", text)
    if kept != text:
        return kept, True
    return _GIVES.sub("", text), False
