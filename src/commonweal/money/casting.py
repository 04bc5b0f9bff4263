"""Whether a table adds up, and whether two tables say the same: what software says of figures.

Figures are whole units of whatever the table is in (pounds, thousands of pounds).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import add
from typing import NamedTuple

type Table[R, C, N: (int, Decimal)] = Mapping[R, Mapping[C, N]]
"""Rows by name or number, each with the figures that it states by column."""

_TWO = 2
"""Stated parts of a row that may be set against its sum: one alone is no sum."""


@dataclass(frozen=True, slots=True)
class Fault[R, C, N: (int, Decimal)]:
    """A sum that does not come out: where, what stands there, what the parts make.

    row, column  where the printed sum stands
    """

    row: R
    column: C
    printed: N
    made: N

    @property
    def out_by(self) -> N:
        return self.printed - self.made

    def in_words(self, unit: str = "", *, of: str = "its parts") -> str:
        """A sentence that a councillor understands."""
        more = "more" if self.out_by > 0 else "less"
        return (
            f"{self.row}, {self.column}: the table prints {self.printed:,}{unit}, which is "
            f"{abs(self.out_by):,}{unit} {more} than {of}, {self.made:,}{unit}."
        )


def across[R, C, N: (int, Decimal)](
    table: Table[R, C, N], total: C, parts: Sequence[C]
) -> Iterator[Fault[R, C, N]]:
    """Rows whose parts do not make the sum printed in the column `total`."""
    yield from borne_out(table, total, parts)[1]


def borne_out[R, C, N: (int, Decimal)](
    table: Table[R, C, N], total: C, parts: Sequence[C]
) -> tuple[int, list[Fault[R, C, N]]]:
    """In how many rows, not all nought, the parts make the column `total`; and where they do not.

    A row that does not state the sum, or states fewer than two of several parts, bears out nothing.
    """
    right, wrong = 0, list[Fault[R, C, N]]()
    for name, row in table.items():
        stated = [row[part] for part in parts if part in row]
        if total not in row or len(stated) < min(_TWO, len(parts)):
            continue
        made = reduce(add, stated)
        if row[total] != made:
            wrong.append(Fault(name, total, row[total], made))
        else:
            right += any(stated)
    return right, wrong


def down[R, C, N: (int, Decimal)](
    table: Table[R, C, N], total: R, parts: Iterable[R] | None = None
) -> Iterator[Fault[R, C, N]]:
    """Columns whose rows do not make the figure printed in the row `total`.

    parts  the rows that make it up; None: all the others
    """
    rows = [name for name in table if name != total] if parts is None else list(parts)
    for column, printed in table[total].items():
        stated = [table[name][column] for name in rows if column in table[name]]
        if stated and (made := reduce(add, stated)) != printed:
            yield Fault(total, column, printed, made)


class Tie(NamedTuple):
    """The same figure in two places.

    within  by how much they may differ because of how they were rounded
    """

    what: str
    here: str
    there: str
    one: int
    other: int
    within: int = 0

    @property
    def holds(self) -> bool:
        return abs(self.one - self.other) <= self.within

    def in_words(self, unit: str = "") -> str:
        if self.one == self.other:
            return f"{self.what}: {self.one:,}{unit} in both."
        told = "within rounding" if self.holds else "they do not agree, and nothing says why"
        return (
            f"{self.what}: {self.one:,}{unit} in {self.here}, {self.other:,}{unit} in "
            f"{self.there}; {abs(self.one - self.other):,}{unit} apart, {told}."
        )
