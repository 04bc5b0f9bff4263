"""A version of a budget, read from one table of a file; and laid out as the table it is read from.

Unit, sign and what each column holds are settled by a person or not at all. What is not settled is
a fault that says what was seen.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

import msgspec

from commonweal.money.budgets import Budget, BudgetLine, Version
from commonweal.record.errors import did_you_mean
from commonweal.record.sheets import Fault
from commonweal.record.when import MalformedDate, period
from commonweal.record.wording import listed

from .finding import Read
from .mapping import Mapping, Role, under
from .tables import TOTAL, Line, Table

_OWN: dict[str, Role] = {
    "line": "line", "service": "line", "spending": "spending", "income": "income", "net": "net",
    "reason": "reason", "held centrally": "corporate",
}  # fmt: skip
"""Headings that say by themselves what they are."""

_MONEY: tuple[Role, ...] = ("spending", "income", "net")
_YEAR = re.compile(r"\b(20\d\d)[-/](\d{2,4})\b")
_FAR = timedelta(days=3 * 366)
"""As far from its financial year as a budget is made."""


class Terms(NamedTuple):
    """What somebody says of a budget that its table does not.

    made  the day or month it was made
    """

    holder: str
    year: str
    version: Version
    made: str = ""
    name: str = ""


class Drawn(NamedTuple):
    """A budget that a table holds, and everything that keeps it from being read.

    of  the table
    """

    budget: Budget | None
    of: Table | None
    faults: tuple[Fault, ...]


def draw(file: Read, kept: Mapping, terms: Terms) -> Drawn:
    """Read a budget; with any fault there is none."""
    table, faults = _table(file.tables, kept)
    faults += _dates(terms)
    if table is None:
        return Drawn(None, None, tuple(faults))
    reading = _Reading(table, kept, terms)
    faults += [*reading.unsettled(), *reading.unreadable()]
    return Drawn(None if faults else reading.budget(), table, tuple(faults))


def _dates(terms: Terms) -> list[Fault]:
    """A year that is none, or a day far from it."""
    try:
        first, end = period(terms.year)
        made = period(terms.made)[0] if terms.made else first
    except MalformedDate as wrong:
        return [Fault(None, "", str(wrong))]
    if first - _FAR <= made < end + _FAR:
        return []
    because = f"a budget for {terms.year} is not made in {made.year}. Look at both years."
    return [Fault(None, terms.made, because)]


def _table(found: tuple[Table, ...], kept: Mapping) -> tuple[Table | None, list[Fault]]:
    """The table meant."""
    able = [each for each in found if any(role_of(each, c, kept) in _MONEY for c in each.columns)]
    if kept.table is not None:
        able = [each for each in found if each.number == kept.table]
    if len(able) == 1:
        return able[0], []
    if not found:
        return None, [Fault(None, "", "the file has no table of figures.")]
    if len(found) == 1:
        return found[0], []
    known = "; ".join(f"{each.number} {each.title or each.sheet.name}" for each in found)
    return None, [Fault(None, "", f"say which table is the budget. The file has {known}.")]


def role_of(table: Table, column: int, kept: Mapping) -> Role | None:
    """What a column holds, as it is settled or as its heading says; none if nobody knows."""
    head = table.head(column)
    return under(kept.columns, head) or _OWN.get(head.lower()) or ("line" if column == 1 else None)


class _Reading:
    """A table as it is read with what is settled."""

    def __init__(self, table: Table, kept: Mapping, terms: Terms) -> None:
        self.table, self.kept, self.terms = table, kept, terms
        self.roles = {column: role_of(table, column, kept) for column in self._all()}
        self.money = {role: column for column, role in self.roles.items() if role in _MONEY}
        named = next((c for c, role in self.roles.items() if role == "line" and c > 1), None)
        lines = [
            each._replace(name=each.raw.get(named, "")) if named else each for each in table.lines
        ]
        self.lines = [each for each in lines if each.name not in kept.leave_out]
        totals = [n for n, line in enumerate(self.lines) if TOTAL.search(line.name)]
        self.total = totals[-1] if totals else None

    def _all(self) -> list[int]:
        return sorted({*self.table.heads, *self.table.columns, 1})

    # --- what is not settled ----------------------------------------------------------------------

    def unsettled(self) -> Iterator[Fault]:
        yield from self._columns()
        yield from self._units()
        if self.money and self.kept.sign is None:
            yield Fault(None, "", self._seen())

    def _columns(self) -> Iterator[Fault]:
        heads = [self.table.head(column) for column in self._all()]
        for asked in self.kept.columns:
            if not any(under({asked: True}, head) for head in heads):
                yield Fault(None, asked, f"no column is so called. {did_you_mean(asked, heads)}")
        for column in self.table.columns:
            if self.roles[column] is None:
                because = "say what the column holds: spending, income, net, or nothing."
                yield self._headed(column, because)
        for role in _MONEY:
            several = [self.table.head(c) for c, each in self.roles.items() if each == role]
            if len(several) > 1:
                because = f"{listed(several)} are both said to be {role}; it is one of them."
                yield Fault(None, "", because)
        if not self.money:
            yield Fault(None, "", f"no column is said to be spending. There are {listed(heads)}.")

    def _headed(self, column: int, because: str) -> Fault:
        return Fault(self.table.sheet.spot(column=column), self.table.head(column), because)

    def _units(self) -> Iterator[Fault]:
        for column in self.money.values():
            head, seen = self.table.head(column), self.table.units.get(column)
            says = _UNITS[seen] if seen else "no unit"
            unit = under(self.kept.units, head) or self.kept.unit
            if unit is None:
                because = f"the heading says {says}. Say what one of its figures is in pounds: "
                yield self._headed(column, because + "1, 1000 or 1000000.")
            elif seen and seen != unit and not under(self.kept.units, head):
                yield self._headed(
                    column,
                    f"the heading says {says}, and you say that one of its figures is {unit:,} "
                    "pounds. If the heading is wrong, say so for this column in a mapping.",
                )
            years = {f"{a}/{b[-2:]}" for a, b in _YEAR.findall(head)}
            if years and self.terms.year not in years:
                because = f"the heading says {listed(sorted(years))}, not {self.terms.year}."
                yield self._headed(column, because)

    def _seen(self) -> str:
        """What the signs of the table look like, and what to say."""
        seen = []
        for role, column in self.money.items():
            found = [each for line in self.lines if (each := line.amount(column)) is not None]
            below = sum(each < 0 for each in found)
            seen.append(f"{below} of {len(found)} figures of {role} are below nothing")
        return (
            f"say which sign is which; {listed(seen)}. Income may be below nothing "
            "(income-negative) or above it (income-positive), or spending below it "
            "(spending-negative)."
        )

    # --- what cannot be read ----------------------------------------------------------------------

    def unreadable(self) -> Iterator[Fault]:
        seen: dict[str, int] = {}
        for number, line in enumerate(self.lines):
            if self.total is not None and number > self.total:
                yield self._at(line, 1, "this row is under the total. Leave it out, or move it up.")
            elif line.name in seen:
                yield self._at(line, 1, f"row {seen[line.name]} has the same name.")
            seen[line.name] = line.number
            for role, column in self.money.items():
                yield from self._cell(line, role, column)
        if not self._parts():
            yield Fault(None, "", "the table has no lines above a total.")

    def _at(self, line: Line, column: int, because: str) -> Fault:
        return Fault(self.table.spot(line, column), line.raw.get(column, ""), because)

    def _cell(self, line: Line, role: Role, column: int) -> Iterator[Fault]:
        text = line.raw.get(column, "")
        if text.startswith("="):
            yield self._at(line, column, "this is a formula, not a value. Put the value there.")
        elif text and line.amount(column) is None and text not in self.kept.not_stated:
            yield self._at(line, column, "this is no figure, such as 1,250.50 or (1,250).")
        elif (pence := self._pence(line, role)) is None:
            return
        elif pence != int(pence):
            yield self._at(line, column, "this has a part of a penny; look at the unit.")
        elif role == "income" and pence > 0 and self.kept.sign:
            because = f"its sign is not that of income here ({self.kept.sign})."
            yield self._at(line, column, because)

    def _pence(self, line: Line, role: Role) -> Decimal | None:
        column = self.money.get(role)
        amount = None if column is None else line.amount(column)
        if column is None or amount is None:
            return None
        unit = under(self.kept.units, self.table.head(column)) or self.kept.unit or 1
        turned = self.kept.sign == "spending-negative" or (
            self.kept.sign == "income-positive" and role == "income"
        )
        return amount * unit * (-100 if turned else 100) + 0

    # --- what is read -----------------------------------------------------------------------------

    def _parts(self) -> list[Line]:
        return self.lines if self.total is None else self.lines[: self.total]

    def budget(self) -> Budget:
        total = None if self.total is None else self.lines[self.total]
        printed = {
            f"printed_{role}": pence
            for role in _MONEY
            if total and (pence := self._whole(total, role)) is not None
        }
        return msgspec.convert(
            {
                "name": self.terms.name or self.table.title or self.table.sheet.name,
                "holder": self.terms.holder,
                "year": self.terms.year,
                "version": self.terms.version,
                "made": self.terms.made or None,
                "method": "not stated" if self.terms.version == "forecast" else None,
                "lines": [self._line(each) for each in self._parts()],
                **printed,
            },
            Budget,
        )

    def _whole(self, line: Line, role: Role) -> int | None:
        pence = self._pence(line, role)
        return None if pence is None else int(pence)

    def _line(self, line: Line) -> dict[str, object]:
        said: dict[str, object] = {role: self._whole(line, role) for role in _MONEY}
        if said["spending"] is not None:
            # Net is then worked out; the casts have tried what is printed.
            said["net"] = None
        for column, role in self.roles.items():
            if role == "reason":
                said["reason"] = line.raw.get(column)
            elif role == "corporate":
                said["corporate"] = line.raw.get(column, "").lower() == "yes"
        return {"name": line.name, **said}


_UNITS = {1: "£", 1000: "£000", 1_000_000: "£m"}


# --- a budget as the table it is read from --------------------------------------------------------


def laid_out(budget: Budget) -> list[list[str | Decimal | None]]:
    """A budget as a table in pounds, income below nothing, that `draw` reads back as it was.

    A line that states no sum at all is left out, for a table cannot show it.
    """
    stated = [each for each in budget.lines if _sums(each) != [None] * len(_MONEY)]
    rows: list[list[str | Decimal | None]] = [
        [each.name, *_sums(each), each.reason, "yes" if each.corporate else None] for each in stated
    ]
    printed = [budget.printed_spending, budget.printed_income, budget.printed_net]
    if printed != [None] * len(printed):
        rows.append(["Total", *map(_pounds, printed), None, None])
    heads: list[str | Decimal | None] = [
        "Line", "Spending £", "Income £", "Net £", "Reason", "Held centrally",
    ]  # fmt: skip
    return [heads, *rows]


def _sums(line: BudgetLine) -> list[Decimal | None]:
    return [_pounds(each) for each in (line.spending, line.income, line.net)]


def _pounds(pence: int | None) -> Decimal | None:
    return None if pence is None else Decimal(pence) / 100
