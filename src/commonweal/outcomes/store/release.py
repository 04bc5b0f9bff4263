"""The one door through which observations leave the store: no small count, nor what gives it away.

A count from 1 to below the indicator's smallest is withheld. So are others, the smallest first,
until none that is withheld can be found by taking away: men and women add up to persons, groups to
everybody, areas to the area they make up. Rates, limits and denominators go with their count.

Where figures are shares of people, those who are not counted are a group too: 98 of 100 says of two
people what they are not. They are held to the same smallest number and taken away in the same sums.
All of 100 is shown, as nought is.

Guidance: Office for National Statistics, Secure Research Service output checking guidance, 2023,
6.2 (class disclosure); Hundepool and others, Handbook on Statistical Disclosure Control, second
edition, 2024 (group disclosure).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
import polars as pl

from commonweal.outcomes.methods.states import State

from .measures import Measure
from .observations import NUMBERS

type Made = Mapping[str, Sequence[Sequence[str]]]
"""For an area, each set of areas that may make it up: places, or clusters."""

_SEXES = ("female", "male")
_SURE = 1e-9
_PLACES = 6


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


class _Ledger(NamedTuple):
    """Numbers of people, those who are counted or those who are not, and which add up to which."""

    counts: Mapping[_Cell, float]
    sums: Sequence[_Sum]


def released(rows: pl.DataFrame, measure: Measure, made_of: Made | None = None) -> pl.DataFrame:
    """Observations as they may be shown.

    rows     of one indicator, every area, sex and group that will be shown of it: what is shown
             beside these from elsewhere is not guarded against
    measure  its smallest count that may be shown, none where the source has seen to it; and
             whether its figures are shares of people
    made_of  which areas make up which
    returns  the same rows, those withheld with the state SUPPRESSED and no number
    """
    fewest, numbered = measure.minimum_count, rows.with_row_index("row")
    if fewest is None:
        return rows
    others = (pl.col("denominator") - pl.col("count")).round(_PLACES)
    small = _small(pl.col("count"), fewest)
    if shares := of_people(measure):
        small |= _small(others, fewest)
    periods = numbered.filter(small.fill_null(value=False))["starts"].unique()
    if not len(periods):
        return rows
    hidden: list[int] = []
    told = numbered.with_columns(others=others if shares else pl.lit(None, pl.Float64))
    for (_, _), period in told.filter(pl.col("starts").is_in(periods.implode())).group_by(
        "starts", "ends", maintain_order=True
    ):
        hidden += _withheld_rows(period, fewest, made_of or {})
    return _without(numbered, hidden).drop("row")


def of_people(measure: Measure) -> bool:
    """Whether a figure is the share of people who are counted, so that the others are people too.

    One whose method nobody states is taken to be, if it is in per cent.
    """
    unsaid = measure.method == "not stated" and measure.per == 100  # noqa: PLR2004 - per cent
    return measure.method == "proportion" or unsaid


def _small(number: pl.Expr, fewest: int) -> pl.Expr:
    return (number > 0) & (number < fewest)


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
    others: dict[_Cell, float] = {}
    for row in period.filter(pl.col("count").is_not_null()).iter_rows(named=True):
        cell = _Cell(*(row[name] for name in _Cell._fields))
        # Of two vintages of one code neither may give the other away.
        cells.setdefault(cell, []).append(row["row"])
        counts[cell] = min(row["count"], counts.get(cell, row["count"]))
        if row["others"] is not None:
            others[cell] = min(row["others"], others.get(cell, row["others"]))
    ledgers = [
        _Ledger(numbers, [each for each in _sums(numbers, made_of) if _adds_up(each, numbers)])
        for numbers in (counts, others)
    ]
    return [row for cell in _withheld(ledgers, fewest) for row in cells[cell]]


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


def _withheld(ledgers: Sequence[_Ledger], fewest: int) -> set[_Cell]:
    """What is withheld of either ledger is withheld of both: a count and its denominator go."""
    hidden = {cell for each in ledgers for cell, count in each.counts.items() if 0 < count < fewest}
    while more := next(filter(None, (_given_away(it, hidden, fewest) for it in ledgers)), None):
        hidden.add(more)
    return hidden


def _given_away(it: _Ledger, hidden: set[_Cell], fewest: int) -> _Cell | None:
    """The next count to withhold, for the sake of one that could be found; None when all are safe.

    With some of its parts withheld, a sum tells their total: that must leave room enough. One that
    serves several sums goes first, since it spares others; then the smallest.
    """
    counts, sums = it
    told = [each for each in sums if _tells(each, it, hidden, fewest)]
    if not told:
        exact = _exactly_found(sums, hidden)
        told = [each for each in sums if any(cell in exact for cell in each.cells)]
    wanted = Counter[_Cell]()
    for each in told:
        # Most have nought to hide; a nought that is withheld would hide nothing.
        left = [cell for cell in each.parts if cell not in hidden and counts[cell] > 0]
        wanted.update(left or [each.whole] * (each.whole not in hidden))
    return min(wanted, key=lambda cell: (-wanted[cell], counts[cell], cell), default=None)


def _tells(each: _Sum, it: _Ledger, hidden: set[_Cell], fewest: int) -> bool:
    """Whether a sum by itself tells what is withheld of it, or nearly."""
    among = [cell for cell in each.cells if cell in hidden]
    close = among and each.whole not in hidden and _room(among, it.counts) < fewest - 1
    return bool(len(among) == 1 or close) and not _all_hidden(each, it, hidden)


def _all_hidden(each: _Sum, it: _Ledger, hidden: set[_Cell]) -> bool:
    """Whether nothing more of it could be withheld."""
    return each.whole in hidden and all(
        cell in hidden or it.counts[cell] <= 0 for cell in each.parts
    )


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
