"""Run charts: values around their median, for short series and for those with odd distributions.

No limits are drawn. Points on the median, and points equal to the one before, neither make a run
nor break it; a missing point does break it.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .control_charts import Baseline, Rebased, by_series
from .phases import phases_of
from .rule_sets import Signal, Signals, in_a_row
from .states import Codes, Flags, Floats, Numbers, figures

SHIFT, TREND = 6, 5
"""Points in a row on one side, and points that each rise or each fall: Perla, Provost and Murray,
BMJ Quality and Safety 20, 2011, pages 46 to 51."""

type Whole = npt.NDArray[np.int64]


class RunChart(NamedTuple):
    """Every array has the shape of the values; what holds of a phase stands at each of its points.

    median            of the baseline
    signals           shifts and trends, as sums of `rule_sets.Signal`
    useful            points that are not on the median
    longest           the longest run on one side of the median
    crossings         how often the line crosses the median
    unusual           whether the longest run is longer, or the crossings fewer, than chance makes
                      them: log2(n) + 3, rounded; the 5% point of n - 1 tosses of a coin (Anhøj and
                      Olesen, PLoS ONE 9(11), 2014)
    """

    values: Floats
    states: Codes
    median: Floats
    signals: Signals
    useful: Whole
    longest: Whole
    crossings: Whole
    unusual: Flags


def run(values: Numbers, *, phases: Rebased = None, baseline: Baseline = None) -> RunChart:
    """A run chart of one series or many (series by points, oldest first).

    raises  NotANumber, BadPhases
    """
    taken = figures(values, "values")
    grid = by_series(taken.values)
    parts = phases_of(grid.shape, phases)
    laid = parts.apart(grid)
    median = _median(np.where(parts.baseline(baseline), laid, np.nan))
    sides = np.sign(laid - median)
    runs = _runs(sides)
    shape = taken.values.shape
    return RunChart(
        values=taken.values,
        states=taken.states,
        median=parts.again(median).reshape(shape),
        signals=parts.again(_signals(laid, sides)).reshape(shape),
        useful=parts.again(runs.useful).reshape(shape),
        longest=parts.again(runs.longest).reshape(shape),
        crossings=parts.again(runs.crossings).reshape(shape),
        unusual=parts.again(_unusual(runs)).reshape(shape),
    )


class _Runs(NamedTuple):
    useful: Whole
    longest: Whole
    crossings: Whole


def _unusual(runs: _Runs) -> Flags:
    from scipy import stats  # takes a second, and few ask

    most = np.round(np.log2(np.maximum(runs.useful, 1)) + 3)
    fewest = stats.binom.ppf(0.05, np.maximum(runs.useful - 1, 0), 0.5)
    return np.asarray((runs.longest > most) | (runs.crossings < fewest), np.bool_)


def _median(base: Floats) -> Floats:
    """Of the points that are there; NaN where there are none."""
    ordered = np.sort(base, axis=-1)  # NaN goes last
    many = (~np.isnan(base)).sum(-1, keepdims=True)
    low = np.take_along_axis(ordered, np.maximum(many - 1, 0) // 2, axis=-1)
    high = np.take_along_axis(ordered, np.minimum(many // 2, base.shape[-1] - 1), axis=-1)
    return (low + high) / 2


def _signals(laid: Floats, sides: Floats) -> Signals:
    found = np.zeros(laid.shape, np.uint16)
    place = _places(sides != 0)
    moved = _moved(sides, place)
    found |= np.where(_back(in_a_row(moved > 0, SHIFT), place), np.uint16(Signal.SHIFT_HIGH), 0)
    found |= np.where(_back(in_a_row(moved < 0, SHIFT), place), np.uint16(Signal.SHIFT_LOW), 0)
    changed = np.ones(laid.shape, np.bool_)
    changed[..., 1:] = np.diff(laid, axis=-1) != 0
    place = _places(changed)
    steps = np.diff(_moved(laid, place), axis=-1)
    found |= np.where(_back(_climbing(steps > 0), place), np.uint16(Signal.TREND_HIGH), 0)
    found |= np.where(_back(_climbing(steps < 0), place), np.uint16(Signal.TREND_LOW), 0)
    return found


def _climbing(held: Flags) -> Flags:
    """Points of a trend, from the steps between them."""
    steps = in_a_row(held, TREND - 1)
    points = np.zeros((*held.shape[:-1], held.shape[-1] + 1), np.bool_)
    points[..., 1:] |= steps
    points[..., :-1] |= steps
    return points


def _places(kept: Flags) -> npt.NDArray[np.intp]:
    """Where each point goes when those that are not kept are taken out; -1 for those."""
    return np.where(kept, np.cumsum(kept, axis=-1) - 1, -1)


def _moved(values: Floats, place: npt.NDArray[np.intp]) -> Floats:
    moved = np.full(values.shape, np.nan)
    rows, columns = np.nonzero(place >= 0)
    moved[rows, place[rows, columns]] = values[rows, columns]
    return moved


def _back(found: Flags, place: npt.NDArray[np.intp]) -> Flags:
    """What was found among the kept, each at the place it came from."""
    return np.take_along_axis(found, np.maximum(place, 0), axis=-1) & (place >= 0)


def _runs(sides: Floats) -> _Runs:
    """Useful points, the longest run and the crossings of each phase."""
    useful = ((sides != 0) & ~np.isnan(sides)).sum(-1, keepdims=True)
    longest = np.zeros_like(useful)
    crossings = np.zeros_like(useful)
    length = np.zeros_like(useful)
    before = np.full(useful.shape, np.nan)
    for step in range(sides.shape[-1]):
        here = sides[..., step : step + 1]
        on_a_side = here != 0
        length = np.where(on_a_side, np.where(here == before, length + 1, 1), length)
        length = np.where(np.isnan(here), 0, length)
        crossings += on_a_side & (here == -before)
        before = np.where(on_a_side, here, before)
        longest = np.maximum(longest, length)
    return _Runs(useful, longest, crossings)
