"""Whether a table adds up, and whether two tables say the same: what software says of figures.

Figures are whole units of whatever the table is in (pounds, thousands of pounds).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

type Table = Mapping[str, Mapping[str, int]]
"""Rows by name, each with its figures by column."""


class Fault(NamedTuple):
    """A sum that does not come out: where, what stands there, what the parts make.

    row, column  where the printed sum stands
    """

    row: str
    column: str
    printed: int
    made: int

    @property
    def out_by(self) -> int:
        return self.printed - self.made

    def in_words(self, unit: str = "") -> str:
        """A sentence that a councillor understands."""
        more = "more" if self.out_by > 0 else "less"
        return (
            f"{self.row}, {self.column}: the table prints {self.printed:,}{unit}, which is "
            f"{abs(self.out_by):,}{unit} {more} than its parts, {self.made:,}{unit}."
        )


def across(table: Table, total: str, parts: Sequence[str]) -> Iterator[Fault]:
    """Rows whose parts do not make the sum printed in the column `total`."""
    for name, row in table.items():
        made = sum(row[part] for part in parts)
        if row[total] != made:
            yield Fault(name, total, row[total], made)


def down(table: Table, total: str, parts: Iterable[str] | None = None) -> Iterator[Fault]:
    """Columns whose rows do not make the figure printed in the row `total`.

    parts  the rows that make it up; None: all the others
    """
    rows = [name for name in table if name != total] if parts is None else list(parts)
    for column, printed in table[total].items():
        made = sum(table[name][column] for name in rows)
        if printed != made:
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
