"""The one door through which observations leave the store: no small count, nor what gives it away.

A count from 1 to below the indicator's smallest is withheld. So are others, the smallest first,
until none that is withheld can be found by taking away: men and women add up to persons, groups to
everybody, areas to the area they make up. Rates, limits and denominators go with their count.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
import polars as pl

from commonweal.outcomes.methods.states import State

from .observations import NUMBERS

type Made = Mapping[str, Sequence[Sequence[str]]]
"""For an area, each set of areas that may make it up: places, or clusters."""

_SEXES = ("female", "male")
_SURE = 1e-9


class _Cell(NamedTuple):
    area: str
    sex: str
    age: str
    grouping: str
    group: str


class _Sum(NamedTuple):
    """A count that is the sum of others."""

    whole: _Cell
    parts: tuple[_Cell, ...]

    @property
    def cells(self) -> tuple[_Cell, ...]:
        return (self.whole, *self.parts)


def released(rows: pl.DataFrame, fewest: int | None, made_of: Made | None = None) -> pl.DataFrame:
    """Observations as they may be shown.

    rows     of one indicator, every area, sex and group that will be shown of it: what is shown
             beside these from elsewhere is not guarded against
    fewest   the smallest count that may be shown; None: the source has seen to it
    made_of  which areas make up which
    returns  the same rows, those withheld with the state SUPPRESSED and no number
    """
    small = (pl.col("count") > 0) & (pl.col("count") < (fewest or 0))
    numbered = rows.with_row_index("row")
    periods = numbered.filter(small)["starts"].unique()
    if fewest is None or not len(periods):
        return rows
    hidden: list[int] = []
    for (_, _), period in numbered.filter(pl.col("starts").is_in(periods.implode())).group_by(
        "starts", "ends", maintain_order=True
    ):
        hidden += _withheld_rows(period, fewest, made_of or {})
    return _without(numbered, hidden).drop("row")


def _without(numbered: pl.DataFrame, hidden: list[int]) -> pl.DataFrame:
    gone = pl.col("row").is_in(hidden)
    return numbered.with_columns(
        *(pl.when(gone).then(None).otherwise(pl.col(name)).alias(name) for name in NUMBERS),
        pl.when(gone)
        .then(pl.lit(State.SUPPRESSED.value, pl.Int8))
        .otherwise(pl.col("state"))
        .alias("state"),
    )


def _withheld_rows(period: pl.DataFrame, fewest: int, made_of: Made) -> list[int]:
    """Rows of one period that are withheld."""
    cells: dict[_Cell, list[int]] = {}
    counts: dict[_Cell, float] = {}
    for row in period.filter(pl.col("count").is_not_null()).iter_rows(named=True):
        cell = _Cell(*(row[name] for name in _Cell._fields))
        # Of two vintages of one code neither may give the other away.
        cells.setdefault(cell, []).append(row["row"])
        counts[cell] = min(row["count"], counts.get(cell, row["count"]))
    sums = [each for each in _sums(counts, made_of) if _adds_up(each, counts)]
    return [row for cell in _withheld(counts, sums, fewest) for row in cells[cell]]


def _sums(counts: Mapping[_Cell, float], made_of: Made) -> Iterator[_Sum]:
    for cell in counts:
        if cell.sex == "persons":
            yield _Sum(cell, tuple(cell._replace(sex=sex) for sex in _SEXES))
        for parts in made_of.get(cell.area, ()):
            yield _Sum(cell, tuple(cell._replace(area=area) for area in parts))
    divided = sorted(each for each in counts if each.grouping)
    for (area, sex, age, _), groups in groupby(divided, key=lambda each: each[:4]):
        yield _Sum(_Cell(area, sex, age, "", ""), tuple(groups))


def _adds_up(found: _Sum, counts: Mapping[_Cell, float]) -> bool:
    """Whether a reader can take away: only where all are there, and they add up."""
    if not found.parts or any(each not in counts for each in found.cells):
        return False
    return abs(counts[found.whole] - sum(counts[each] for each in found.parts)) < 1


def _withheld(counts: Mapping[_Cell, float], sums: Sequence[_Sum], fewest: int) -> set[_Cell]:
    hidden = {cell for cell, count in counts.items() if 0 < count < fewest}
    while more := _given_away(counts, sums, hidden, fewest):
        hidden.add(more)
    return hidden


def _given_away(
    counts: Mapping[_Cell, float], sums: Sequence[_Sum], hidden: set[_Cell], fewest: int
) -> _Cell | None:
    """The next count to withhold, for the sake of one that could be found; None when all are safe.

    With some of its parts withheld, a sum tells their total: that must leave room enough.
    """
    exact = _exactly_found(sums, hidden)
    for each in sums:
        among = [cell for cell in each.cells if cell in hidden]
        close = among and each.whole not in hidden and _room(among, counts) < fewest - 1
        if len(among) == 1 or close or any(cell in exact for cell in among):
            # Most have nought to hide; a nought that is withheld would hide nothing.
            left = [cell for cell in each.parts if cell not in hidden and counts[cell] > 0]
            left = left or [each.whole] * (each.whole not in hidden)
            if left:
                return min(left, key=lambda cell: (counts[cell], cell))
    return None


def _room(among: Sequence[_Cell], counts: Mapping[_Cell, float]) -> float:
    """How far apart the least and the most of each could be: none is below 1."""
    return sum(counts[cell] for cell in among) - len(among)


def _exactly_found(sums: Sequence[_Sum], hidden: set[_Cell]) -> set[_Cell]:
    """Counts that all sums together determine, though each alone would not."""
    cells = sorted(hidden)
    at = {cell: number for number, cell in enumerate(cells)}
    rows = [each for each in sums if any(cell in at for cell in each.cells)]
    if not rows:
        return set()
    system = np.zeros((len(rows), len(cells)))
    for number, each in enumerate(rows):
        for sign, several in ((1, (each.whole,)), (-1, each.parts)):
            for cell in several:
                if cell in at:
                    system[number, at[cell]] += sign
    # A count is determined if no way of changing the others moves it.
    _, sizes, ways = np.linalg.svd(system)
    free = ways[int((sizes > _SURE).sum()) :]
    moves = np.abs(free).max(axis=0) if len(free) else np.zeros(len(cells))
    in_a_sum = np.abs(system).max(axis=0) > 0
    return {cell for cell in cells if in_a_sum[at[cell]] and moves[at[cell]] < _SURE}
