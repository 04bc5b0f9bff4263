"""Numbers in a table that follow from others in it, so that a spreadsheet can reckon them again.

A cell's words are for reading; its figure is the number they say, and how it was made.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal, NamedTuple


class Spot(NamedTuple):
    """A cell of the same table, by its row's key (none: the same row) and its column's heading."""

    row: str
    column: str


class Total(NamedTuple):
    """What some cells come to, less what others do."""

    adds: tuple[Spot, ...]
    takes: tuple[Spot, ...] = ()


class Share(NamedTuple):
    """One cell as a part of another."""

    part: Spot
    whole: Spot


type Made = Total | Share

type Unit = Literal["pence", "variance", "share"]
"""A variance is pence too, adverse above nothing and favourable below; a share is a part of one."""


class Figure(NamedTuple):
    """The number that a cell says.

    value  whole pence, or a share as a part of one
    about  whether the source says about, so that it is no exact number
    made   how it follows from other cells; none: it was stated
    """

    value: int | Decimal
    unit: Unit = "pence"
    about: bool = False
    made: Made | None = None


class Entries(NamedTuple):
    """The entries of a system's ledger that a figure was added up from, by their tags."""

    system: str
    tags: tuple[tuple[str, str], ...]


def entries(system: str, **tags: str) -> Entries:
    """The entries with some tags; see the shell's `entries_address` for those there are."""
    return Entries(system, tuple(tags.items()))


def across(*adds: str, less: Iterable[str] = ()) -> Total:
    """Cells of the same row, added up.

    >>> across("Opening", less=["Used"])
    Total(adds=(Spot(row='', column='Opening'),), takes=(Spot(row='', column='Used'),))
    """
    return Total(tuple(Spot("", each) for each in adds), tuple(Spot("", each) for each in less))


def down(column: str, rows: Iterable[str], less: Iterable[str] = ()) -> Total:
    """Cells of one column, added up; rows by key."""
    return Total(
        tuple(Spot(each, column) for each in rows), tuple(Spot(each, column) for each in less)
    )


def share(part: str, whole: str) -> Share:
    """One column as a part of another, in the same row."""
    return Share(Spot("", part), Spot("", whole))


def spots(made: Made) -> tuple[Spot, ...]:
    """The cells that a figure follows from."""
    return (*made.adds, *made.takes) if isinstance(made, Total) else (made.part, made.whole)


def reckoned(made: Made, values: Mapping[Spot, int | Decimal]) -> Decimal:
    """What a figure comes to.

    values  of each of its spots
    """
    if isinstance(made, Share):
        return Decimal(values[made.part]) / Decimal(values[made.whole])
    taken = sum(Decimal(values[each]) for each in made.takes)
    return sum((Decimal(values[each]) for each in made.adds), start=-Decimal(taken))
