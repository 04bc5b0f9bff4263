"""Tables of limits: roles and functions across each other, bands across, or a line for each limit.

Function | Chief executive | Director        limits in the cells
Role | Losses | Contracts                    the same, turned
Function | Up to £50,000 | Over £50,000      bands across, holders in the cells
Function | Role | From | To                  a line for each limit
"""

from collections.abc import Callable, Iterator, Sequence

from commonweal.record.sheets import Cell, Fault, Row, Sheet, Spot
from commonweal.record.wording import capital

from .amounts import Limit, UnreadLimit, limit
from .marks import parted
from .matrix import footnotes, holders
from .said import (
    FUNCTIONS,
    ROLES,
    Headed,
    Help,
    Lines,
    Said,
    headed,
    is_theme,
    nothing_yet,
    numbered,
    plain,
)


def read_limits(sheets: Sequence[Sheet], ask: Help) -> Lines:
    """What tables of limits say. A sheet without a heading such as “Role” is passed over."""
    lines = nothing_yet()
    for sheet in sheets:
        table = headed(sheet, FUNCTIONS | ROLES)
        if table is not None:
            _Limits(table, ask, lines).read()
        elif sheet.kind != "text" and sheet.rows:
            lines.remarks.append(
                f"{capital(sheet.spot().of)} was not read: no row of it has a heading such as "
                "‘Function’ or ‘Role’."
            )
    return lines


class _Limits:
    def __init__(self, table: Headed, ask: Help, lines: Lines) -> None:
        self.table, self.ask, self.lines = table, ask, lines
        self.notes = footnotes(table.body)
        self.function, self.role = table.first("function"), table.first("role")
        self.line = table.first("line")
        self.across = table.columns("other")

    def spot(self, cell: Cell) -> Spot:
        return self.table.sheet.spot(cell.row, cell.column)

    def read(self) -> None:
        way = self._way()
        for row in self.table.body:
            if not is_theme(row, self.function or self.role or 0):
                self.lines.said.extend(way(row))

    def _way(self) -> Callable[[Row], Iterator[Said]]:
        measured = [self.table.first(part) for part in ("limit", "below", "upper")]
        if self.function and self.role and any(measured):
            return self._a_line
        if self.function and self.across and all(map(self._is_band, self.across)):
            return self._bands_across
        return self._grid

    def _is_band(self, column: int) -> bool:
        try:
            return limit(self.table.heads[column]).says == "limit"
        except UnreadLimit:
            return False

    # --- the three ways ---------------------------------------------------------------------------

    def _grid(self, row: Row) -> Iterator[Said]:
        """Limits in the cells: functions down and roles across, or turned."""
        down = self.function or self.role or 0
        heading = row.at(down)
        for cell in row.cells:
            if cell.column not in self.across or cell.column == down:
                continue
            head = self.table.heads[cell.column]
            found = self._limit(cell, cell.text)
            if found is None:
                continue
            pair = (heading, head) if self.function else (head, heading)
            named = (self.table.sheet.spot(row.number, down),
                     self.table.sheet.spot(self.table.row, cell.column))  # fmt: skip
            said = Said(*pair, self.spot(cell), limit=found, named=named)
            yield from self._say(row, cell, said)

    def _bands_across(self, row: Row) -> Iterator[Said]:
        for cell in row.cells:
            if cell.column not in self.across or (cell.covered and self._carried_on(row, cell)):
                continue
            found = self._merged_band(row, cell)
            for holder in holders(cell.text):
                at = self.table.sheet.spot(row.number, self.function or 0)
                named = (at, self.spot(cell))
                function = row.at(self.function or 0)
                said = Said(function, holder, self.spot(cell), limit=found, named=named)
                yield from self._say(row, cell, said)

    def _carried_on(self, row: Row, cell: Cell) -> bool:
        """Whether a cell is merged with the one to its left, and so was read with it."""
        return any(
            other.column == cell.column - 1 and other.text == cell.text for other in row.cells
        )

    def _merged_band(self, row: Row, cell: Cell) -> Limit:
        """The band over a cell; over cells merged with it, all of theirs together."""
        first = limit(self.table.heads[cell.column])
        last, column = first, cell.column + 1
        while any(c.column == column and c.covered and c.text == cell.text for c in row.cells):
            last = limit(self.table.heads[column])
            column += 1
        return first._replace(upper=last.upper, kind=last.kind)

    def _a_line(self, row: Row) -> Iterator[Said]:
        texts = {part: row.at(self.table.first(part) or 0) for part in ("limit", "below", "upper")}
        cell = next(
            (c for c in row.cells if c.text and c.text in texts.values() and not c.covered),
            Cell(row.number, self.role or 0, ""),
        )
        function = row.at(self.function or 0)
        if not row.at(self.role or 0) or not function:
            return
        found = self._limit(cell, self._in_one(**texts))
        if found is None:
            return
        named = tuple(
            self.table.sheet.spot(row.number, each or 0) for each in (self.function, self.role)
        )
        for holder in holders(row.at(self.role or 0)):
            said = Said(function, holder, self.spot(cell), limit=found, named=named)
            yield from self._say(row, cell, said)

    def _in_one(self, *, limit: str, below: str, upper: str) -> str:
        """What the columns of a line say, as one text."""
        if limit:
            return limit
        if below.strip().lower() in {"", "-", "0", "£0", "nil", "nothing"}:
            return upper
        head = plain(self.table.heads[self.table.first("below") or 0])
        more = "from" if head in {"from", "lower limit"} else "over"
        if upper.strip().lower() in {"", "-", "unlimited", "no limit"}:
            return f"{more} {below}"
        return f"{more} {below} to {upper}"

    # --- what they share --------------------------------------------------------------------------

    def _limit(self, cell: Cell, text: str) -> Limit | None:
        """The limit in a cell; None if it gives nobody anything, which is remarked on."""
        try:
            found = limit(parted(text)[0])
        except UnreadLimit as wrong:
            self.lines.faults.append(Fault(self.spot(cell), text, str(wrong)))
            return None
        if found.says in {"nil", "not applicable"}:
            said = "may decide on nothing" if found.says == "nil" else "it does not apply"
            self.lines.remarks.append(capital(f"{self.spot(cell)}: ‘{text}’, so {said}."))
        return found if found.says == "limit" else None

    def _say(self, row: Row, cell: Cell, said: Said) -> Iterator[Said]:
        """What was said, its function and holder freed of numbers and footnotes."""
        text, sign = parted(said.function)
        line, text = numbered(text)
        if not text or not said.holder:
            because = "this limit belongs to no function or no role. Name both."
            self.lines.faults.append(Fault(self.spot(cell), cell.text, because))
            return
        signs = [sign, parted(cell.text)[1]]
        yield said._replace(
            function=text, holder=parted(said.holder)[0],
            line=row.at(self.line) if self.line else line,
            raw=cell.text, area=row.at(self.table.first("where") or 0),
            notes=tuple(f"Footnote {sign}: {self.notes[sign]}" for sign in signs
                        if sign in self.notes),
        )  # fmt: skip
