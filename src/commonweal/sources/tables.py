"""Tables of which every cell is needed: people to come, rates, stays. An empty cell is a fault."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from commonweal.outcomes.methods.states import State

from .taken import Correction, Fault, WrongFile, numbers, wrong


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


def known(rows: pl.DataFrame, layout: Layout) -> tuple[pl.DataFrame, list[Fault]]:
    """Rows renamed to our names, with numbers; a fault for each cell that is none or below nought."""
    rows = rows.rename({theirs: ours for ours, theirs in layout.columns.items()})
    texts = {name: rows[name] for name in layout.numbers}
    rows, faults = numbers(rows, *layout.numbers)
    for name in layout.numbers:
        said = rows.with_columns(texts[name].alias("said"))
        gone = said.filter(pl.col(f"state of {name}").is_in(_NOT_KNOWN))
        faults += wrong(gone, name, "Every cell is needed, and this one gives no number.", "said")
        faults += wrong(said.filter(pl.col(name) < 0), name, "It is below nought.", "said")
    return rows.drop(f"state of {name}" for name in layout.numbers), faults


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
