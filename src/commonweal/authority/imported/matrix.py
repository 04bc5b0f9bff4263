"""A tick matrix: functions down, holders across, a mark where a holder may decide.

Columns headed “Delegated to …” may name the holder in the cell instead of by a tick.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from commonweal.record.sheets import Cell, Fault, Row, Sheet
from commonweal.record.wording import capital

from .amounts import NOT_STATED, UnreadLimit
from .marks import CROSS, MEANINGS, TICKS, Mark, UnreadMark, footnote, mark, parted
from .said import (
    FUNCTIONS,
    Asked,
    Headed,
    Help,
    Lines,
    Said,
    headed,
    is_theme,
    nothing_yet,
    numbered,
)

_NOBODY = frozenset({"", "-", "–", "—", "n/a", "none", "no", "n"})


def read_matrix(sheets: Sequence[Sheet], ask: Help) -> Lines:
    """What tick matrices say. A sheet without a heading such as “Function” is passed over."""
    lines = nothing_yet()
    for sheet in sheets:
        table = headed(sheet, FUNCTIONS)
        if table is None:
            if sheet.kind != "text" and sheet.rows:
                lines.remarks.append(
                    f"{capital(sheet.spot().of)} was not read: no row of it has a heading "
                    "such as ‘Function’ or ‘Decision’."
                )
        else:
            _Matrix(table, ask, lines).read()
    return lines


def footnotes(rows: Sequence[Row], *, numbers: bool = True) -> Mapping[str, str]:
    """The words of the footnotes under a table, by sign.

    numbers  a plain number before a text may be the sign of a footnote
    """
    found: dict[str, str] = {}
    for row in rows:
        texts = {cell.text for cell in row.cells if cell.text}
        if len(texts) == 1 and (note := footnote(next(iter(texts)), numbers=numbers)):
            found.setdefault(*note)
        elif len(row.cells) > 1 and len(texts) == 2:  # noqa: PLR2004 - a sign and its words
            sign, words = dict.fromkeys(cell.text for cell in row.cells if cell.text)
            if re.fullmatch(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\*+|[†‡]", sign):
                found.setdefault(parted(f"a{sign}")[1], words)
    return found


class _Matrix:
    def __init__(self, table: Headed, ask: Help, lines: Lines) -> None:
        self.table, self.ask, self.lines = table, ask, lines
        self.spot = table.sheet.spot
        self.function = table.first("function") or 0
        self.line = table.first("line")
        self.notes = footnotes(table.body)
        self.marked = self._columns("other") | self._columns("reserved")
        # “Committee” over a column of ticks is no name; over a column of names it is one.
        self.naming = self._columns("role")
        self.used: set[str] = set()

    def _columns(self, part: str) -> set[int]:
        return set(self.table.columns(part))  # type: ignore[arg-type]  # one of the parts

    def read(self) -> None:
        self._passed()
        self._headless()
        self._both_signs()
        for row in self.table.body:
            self._row(row)
        for sign in sorted(self.used - self.notes.keys()):
            self.lines.remarks.append(
                f"{capital(self.spot().of)}: no footnote ‘{sign}’ was found under the table."
            )

    def _passed(self) -> None:
        passed = [self.table.heads[column] for column in self.table.columns("passed")]
        if passed:
            which = ", ".join(f"‘{each}’" for each in passed)
            self.lines.remarks.append(
                f"{capital(self.spot().of)}: not read, because they say nothing of who "
                f"decides: {which}."
            )

    def _headless(self) -> None:
        """Marks in a column without a heading."""
        for row in self.table.body:
            for cell in () if is_theme(row, self.function) else row.cells:
                if cell.text and not cell.covered and cell.column not in self.table.heads:
                    because = "its column has no heading, so nobody can tell whose it is."
                    self._fault(cell, because)

    def _both_signs(self) -> None:
        """Where both a tick and a cross are used, a cross may say yes or no."""
        if CROSS in self.ask.marks:
            return
        cells = [
            cell for row in self.table.body for cell in row.cells if cell.column in self.marked
        ]
        crosses = [cell for cell in cells if parted(cell.text)[0].lower() == CROSS]
        if crosses and any(parted(cell.text)[0] in TICKS for cell in cells):
            spots = tuple(self.spot(cell.row, cell.column) for cell in crosses)
            because = (
                "both a tick and a cross stand in this table, so a cross may say yes or no. Say "
                "what it means: delegated or nothing."
            )
            self.lines.asked.append(Asked("mark", CROSS, spots, because, MEANINGS))

    def _fault(self, cell: Cell, because: str) -> None:
        self.lines.faults.append(Fault(self.spot(cell.row, cell.column), cell.text, because))

    def _row(self, row: Row) -> None:
        text = row.at(self.function)
        wrong = len(self.lines.faults) + len(self.lines.asked)
        said = [] if is_theme(row, self.function) else list(self._said(row))
        if said and not text:
            at = self.spot(row.number, self.function)
            because = "this row says who decides, and not what. Name the function."
            self.lines.faults.append(Fault(at, "", because))
        elif said:
            self.lines.said.extend(said)
        elif text and not footnote(text) and wrong == len(self.lines.faults + self.lines.asked):
            self._silent(row, text)

    def _silent(self, row: Row, text: str) -> None:
        function = numbered(parted(text)[0])[1]
        if self.ask.is_function(function):
            at = self.spot(row.number, self.function)
            self.lines.remarks.append(capital(f"{at}: nobody is given ‘{function}’."))

    def _said(self, row: Row) -> Iterator[Said]:
        function, sign = parted(row.at(self.function))
        line, function = numbered(function)
        if self.line:
            line = row.at(self.line) or line
        for cell in row.cells:
            for holder, found in self._in(cell):
                signs = [each for each in (sign, found.footnote) if each]
                self.used.update(signs)
                notes = tuple(f"Footnote {each}: {self.notes[each]}" for each in signs
                              if each in self.notes)  # fmt: skip
                yield Said(
                    function, holder, self.spot(cell.row, cell.column),
                    found.meaning == "reserved", found.limit, line, notes,
                    (self.spot(row.number, self.function), self.spot(self.table.row, cell.column)),
                    cell.text, row.at(self.table.first("where") or 0),
                )  # fmt: skip

    def _in(self, cell: Cell) -> Iterator[tuple[str, Mark]]:
        """The holders that a cell names or marks."""
        head, _ = parted(self.table.heads.get(cell.column, ""))
        if cell.column in self.naming and not self._is_sign(cell):
            for name in holders(cell.text):
                yield name, Mark("delegated", NOT_STATED, "")
            return
        if cell.column not in self.marked | self.naming:
            return
        found = self._mark(cell)
        if found is None or found.meaning == "nothing":
            return
        kept = re.sub(r"(?i)^reserved (to|for|by)( the)?\s+", "", head)
        if kept != head:
            found = found._replace(meaning="reserved")
        yield re.sub(r"(?i)^delegated to( the)?\s+", "", kept), found

    def _is_sign(self, cell: Cell) -> bool:
        return parted(cell.text)[0].lower() in TICKS | {CROSS, "r"}

    def _mark(self, cell: Cell) -> Mark | None:
        try:
            return mark(cell.text, self.ask.marks)
        except UnreadMark as unread:
            at = (self.spot(cell.row, cell.column),)
            self.lines.asked.append(Asked("mark", cell.text.strip(), at, str(unread), MEANINGS))
        except UnreadLimit as wrong:
            self._fault(cell, str(wrong))
        return None


def holders(text: str) -> Iterator[str]:
    """The holders that a cell names, one a line or divided by “;” or “or”."""
    if text.strip().lower() in _NOBODY:
        return
    for part in re.split(r"\s*[;\n]\s*|,?\s+or\s+(?:the\s+)?", text):
        name = parted(part.strip())[0]
        if name:
            yield name
