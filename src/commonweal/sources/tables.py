"""Tables of which every cell is needed: people to come, rates, stays. An empty cell is a fault."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from commonweal.outcomes.methods.states import State

from .taken import ROW, Correction, Fault, WrongFile, numbers, rows_of, wrong


class Table(NamedTuple):
    """The rows of a file, what is wrong with others, and what was put right."""

    rows: pl.DataFrame
    faults: tuple[Fault, ...]
    corrections: tuple[Correction, ...] = ()


class Layout(NamedTuple):
    """What the columns of a file are called, by our name of each.

    numbers  our names of those that hold numbers, none of which may be missing
    """

    source: str
    columns: Mapping[str, str]
    numbers: tuple[str, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(self.columns.values())

    def fits(self, headings: Sequence[str]) -> bool:
        """Whether a file with these headings has this layout."""
        return set(self.headings) <= set(headings)


def known(
    table: pl.DataFrame, layout: Layout, rows: pl.Expr | None = None
) -> tuple[pl.DataFrame, list[Fault]]:
    """Rows with our names and numbers; a fault for each cell that is none, or below nought.

    rows    which of them to take, by their headings as text; none: all
    raises  WrongFile
    """
    ready = [ours for ours in layout.numbers if table[layout.columns[ours]].dtype.is_numeric()]
    texts = [theirs for ours, theirs in layout.columns.items() if ours not in ready]
    read = rows_of(table, texts or layout.headings, layout.source)
    read = read.with_columns(table[layout.columns[ours]] for ours in ready)
    if rows is not None:
        read = read.filter(rows)
    read = read.rename({theirs: ours for ours, theirs in layout.columns.items()})
    faults: list[Fault] = []
    for name in ready:
        number = pl.col(name).cast(pl.Float64)
        faults += wrong(read.filter(number.is_null() | ~number.is_finite()), name, _NEEDED)
        faults += wrong(read.filter(number < 0), name, _BELOW)
    return _from_text(read, [each for each in layout.numbers if each not in ready], faults)


def _from_text(
    rows: pl.DataFrame, columns: Sequence[str], faults: list[Fault]
) -> tuple[pl.DataFrame, list[Fault]]:
    said = rows.select(ROW, *columns)
    rows, strange = numbers(rows, *columns)
    faults += strange
    for name in columns:
        text = rows.with_columns(said[name].alias("said"))
        gone = text.filter(pl.col(f"state of {name}").is_in(_NOT_KNOWN))
        faults += wrong(gone, name, _NEEDED, "said")
        faults += wrong(text.filter(pl.col(name) < 0), name, _BELOW, "said")
    return rows.drop(f"state of {name}" for name in columns), faults


_NEEDED = "Every cell is needed, and this one gives no number."
_BELOW = "It is below nought."
_NOT_KNOWN = [state.value for state in State if state is not State.KNOWN]


def whole(rows: pl.DataFrame, *columns: str) -> Iterator[Fault]:
    """A fault for each number that is to be whole, such as a year or an age, and is not."""
    for name in columns:
        broken = rows.filter(pl.col(name) != pl.col(name).floor())
        yield from wrong(broken, name, "It is to be a whole number.")


def nearest(table: pl.DataFrame, layouts: Sequence[Layout], what: str) -> Layout:
    """The layout whose columns a file has. Raises WrongFile with what the nearest one lacks."""
    for each in layouts:
        if each.fits(table.columns):
            return each
    near = max(layouts, key=lambda each: len(set(each.headings) & set(table.columns)))
    lacking = [name for name in near.headings if name not in table.columns]
    raise WrongFile(
        f"This is no file of {what}. The nearest, of {near.source}, has also "
        f"{', '.join(map(repr, lacking))}; the file has {', '.join(map(repr, table.columns[:12]))}."
    )
