"""Ledger entries in a sheet: a line of each a row, the lines of one entry under one key."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from commonweal.money.ledger import ACCOUNTS, Account, Entry, Line, faults
from commonweal.record.errors import did_you_mean
from commonweal.record.sheets import Fault, Row, Sheet

from .figures import figure
from .formulas import formulas

COLUMNS = (
    "date", "what", "account", "pounds", "body", "fund", "scheme", "partner", "decision", "key",
)  # fmt: skip
NEEDED = ("date", "what", "account", "pounds", "body", "key")


class Read(NamedTuple):
    """Entries that a sheet holds, and everything wrong with it; nothing is posted with a fault."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


class Bounds(NamedTuple):
    """What entries may say.

    first, end  the days that may be posted to, half-open, such as a financial year
    closed      the day before which each body has closed its books
    on_record   whether a body, fund, scheme, partner or decision is; none: it is not asked
    """

    first: date
    end: date
    closed: Mapping[str, date] = {}
    on_record: Callable[[str], bool] | None = None


def read(sheets: Iterable[Sheet], bounds: Bounds, *, calculated: bool = False) -> Read:
    """The entries of all sheets of a file, or everything that is wrong with them.

    calculated  take what formulas came to when the file was saved
    """
    sheets = tuple(sheets)
    each = [entries(sheet, bounds) for sheet in sheets]
    worked_out = () if calculated else formulas(sheets)
    wrong = [Fault(one.at, one.raw, one.because) for one in worked_out]
    wrong += [fault for one in each for fault in one.faults]
    keys = Counter(entry.key for one in each for entry in one.entries)
    wrong += [
        Fault(None, key, "entries on two sheets have this key; give each its own.")
        for key, times in keys.items()
        if times > 1
    ]
    return Read(() if wrong else tuple(e for one in each for e in one.entries), tuple(wrong))


def entries(sheet: Sheet, bounds: Bounds) -> Read:
    """The entries of a sheet whose first row has the names of the columns."""
    if not sheet.rows:
        return Read((), (Fault(None, "", f"{sheet.spot().of} is empty."),))
    columns = {cell.text.strip().lower(): cell.column for cell in sheet.rows[0].cells}
    missing = [name for name in NEEDED if name not in columns]
    unknown = [name for name in columns if name not in COLUMNS]
    wrong = [
        *(f"there is no column ‘{name}’" for name in missing),
        *(f"no column is called ‘{name}’. {did_you_mean(name, COLUMNS)}" for name in unknown),
    ]
    at = sheet.spot(sheet.rows[0].number)
    if wrong:
        return Read((), tuple(Fault(at, "", each) for each in wrong))
    return _read(_Rows(sheet, columns, bounds))


_NAMED = ("body", "fund", "scheme", "partner", "decision")


class _Rows(NamedTuple):
    sheet: Sheet
    columns: dict[str, int]
    bounds: Bounds

    def fault(self, row: Row, name: str, because: str) -> Fault:
        column = self.columns[name]
        return Fault(self.sheet.spot(row.number, column), row.at(column), because)

    def faults(self, row: Row, texts: dict[str, str], day: date | None) -> Iterator[Fault]:
        for name in NEEDED:
            if not texts[name]:
                yield self.fault(row, name, f"{name} is empty; the row may be cut short.")
        if day is not None:
            yield from self._day(row, texts["body"], day)
        elif texts["date"]:
            yield self.fault(row, "date", "this is no date; write it as 2025-04-30.")
        if (account := texts["account"]) and account not in ACCOUNTS:
            yield self.fault(row, "account", did_you_mean(account, ACCOUNTS))
        if texts["pounds"]:
            yield from self._amount(row, texts["pounds"])
        if self.bounds.on_record:
            for name in _NAMED:
                if texts[name] and not self.bounds.on_record(texts[name]):
                    yield self.fault(row, name, f"no {name} is on record under this identifier.")

    def _day(self, row: Row, body: str, day: date) -> Iterator[Fault]:
        first, end = self.bounds.first, self.bounds.end
        if not first <= day < end:
            told = f"from {first} until before {end}"
            yield self.fault(row, "date", f"the day is not in the year that is imported, {told}.")
        closed = self.bounds.closed.get(body)
        if closed and day < closed:
            because = f"{body} has closed its books before {closed}. Post on that day or later."
            yield self.fault(row, "date", because)

    def _amount(self, row: Row, text: str) -> Iterator[Fault]:
        found = figure(text)
        if text.startswith("="):
            yield self.fault(row, "pounds", "this is a formula, not a value. Save values.")
        elif found.amount is None:
            yield self.fault(row, "pounds", "this is no sum in pounds, such as 1,250.50.")
        elif found.point is not None or found.amount * 100 != int(found.amount * 100):
            yield self.fault(
                row, "pounds", "this has a part of a penny; is the point meant as a comma?"
            )


def _read(rows: _Rows) -> Read:
    wrong: list[Fault] = []
    held: dict[str, tuple[Row, date, str, list[Line]]] = {}
    for row in rows.sheet.rows[1:]:
        cells = {cell.column: cell.text.strip() for cell in row.cells}
        texts = {name: cells.get(rows.columns.get(name, 0), "") for name in COLUMNS}
        day = _day(texts["date"])
        found = list(rows.faults(row, texts, day))
        wrong += found
        if found or day is None:
            continue
        entry = held.setdefault(texts["key"], (row, day, texts["what"], []))
        if (entry[1], entry[2]) != (day, texts["what"]):
            wrong.append(
                rows.fault(
                    row, "key", f"row {entry[0].number} has the key with another date or words."
                )
            )
        entry[3].append(_line(texts))
    made = {key: Entry(day, what, tuple(lines), key) for key, (_, day, what, lines) in held.items()}
    if not wrong:
        wrong += [
            rows.fault(held[key][0], "key", each)
            for key, one in made.items()
            for each in faults(one)
        ]
    return Read(() if wrong else tuple(made.values()), tuple(wrong))


def _line(texts: dict[str, str]) -> Line:
    amount = figure(texts["pounds"]).amount or 0
    return Line(
        texts["account"], int(amount * 100), texts["body"], texts["fund"], texts["scheme"],
        texts["partner"], texts["decision"],
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.partition("T")[0])
    except ValueError:
        return None


def in_short(posted: Iterable[Entry]) -> dict[str, int]:
    """How much is debited to each account, in pence."""
    sums: Counter[Account | str] = Counter()
    for entry in posted:
        for line in entry.lines:
            sums[line.account] += line.pence
    return dict(sums)
