"""What a control chart says in two signs: is it changing, and will it meet its target?

The first is variation: what the latest point there is shows. The second is assurance: where the
target lies between the limits of the latest phase. Each has words, so that no sign stands alone.
After NHS England, Making Data Count.
"""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .control_charts import Chart, by_series
from .polarity import Polarity
from .rule_sets import HIGH, LOW, both_ways, leading
from .states import Codes, Flags, Numbers, WrongShape, figures


class Variation(Enum):
    """What the latest point shows."""

    NO_VALUE = 0
    COMMON_CAUSE = 1
    IMPROVING_HIGH = 2
    IMPROVING_LOW = 3
    CONCERN_HIGH = 4
    CONCERN_LOW = 5
    NEUTRAL_HIGH = 6
    NEUTRAL_LOW = 7
    UNUSUAL = 8

    @property
    def words(self) -> str:
        return _VARIATION[self]


class Assurance(Enum):
    """Whether a process as it is now will meet its target."""

    NO_TARGET = 0
    CANNOT_TELL = 1
    PASSES = 2
    HIT_OR_MISS = 3
    FAILS = 4

    @property
    def words(self) -> str:
        return _ASSURANCE[self]


_VARIATION = {
    Variation.NO_VALUE: "No value to judge",
    Variation.COMMON_CAUSE: "No significant change",
    Variation.IMPROVING_HIGH: "Improving: values are higher than chance would make them",
    Variation.IMPROVING_LOW: "Improving: values are lower than chance would make them",
    Variation.CONCERN_HIGH: "Getting worse: values are higher than chance would make them",
    Variation.CONCERN_LOW: "Getting worse: values are lower than chance would make them",
    Variation.NEUTRAL_HIGH: "Changing: values are higher than chance would make them",
    Variation.NEUTRAL_LOW: "Changing: values are lower than chance would make them",
    Variation.UNUSUAL: "Unusual: the pattern is not what chance would make, neither high nor low",
}

_ASSURANCE = {
    Assurance.NO_TARGET: "No target to judge by",
    Assurance.CANNOT_TELL: "Cannot tell: the limits need more points",
    Assurance.PASSES: "Will keep meeting the target unless something changes",
    Assurance.HIT_OR_MISS: "May meet the target or miss it by chance",
    Assurance.FAILS: "Will keep missing the target unless something changes",
}

_HIGH_AND_LOW = {
    Polarity.HIGHER_IS_BETTER: (Variation.IMPROVING_HIGH, Variation.CONCERN_LOW),
    Polarity.LOWER_IS_BETTER: (Variation.CONCERN_HIGH, Variation.IMPROVING_LOW),
    Polarity.NEITHER: (Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW),
    Polarity.NOT_STATED: (Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW),
}

_SIGNS = {
    Polarity.HIGHER_IS_BETTER: 1,
    Polarity.LOWER_IS_BETTER: -1,
    Polarity.NEITHER: 0,
    Polarity.NOT_STATED: 0,
}

type Polarities = Polarity | Sequence[Polarity]


class Icons(NamedTuple):
    """The two signs of each series, as codes of `Variation` and `Assurance`.

    at          place of the point that variation rests on; -1 where there is no value
    both_ways   whether that point is part of an opposite pattern too
    """

    variation: Codes
    assurance: Codes
    at: npt.NDArray[np.intp]
    both_ways: Flags


def judged(chart: Chart, polarity: Polarities) -> Codes:
    """What each point shows, as codes of `Variation`, in the shape of the chart."""
    found = by_series_of(leading(chart.signals))
    high, low = _codes(polarity, found.shape[0])
    shown = np.full(found.shape, Variation.COMMON_CAUSE.value, np.int8)
    shown = np.where((found & HIGH) > 0, high[:, None], shown)
    shown = np.where((found & LOW) > 0, low[:, None], shown)
    shown = np.where((found > 0) & ((found & (HIGH | LOW)) == 0), Variation.UNUSUAL.value, shown)
    missing = np.isnan(by_series(chart.values))
    codes = np.where(missing, Variation.NO_VALUE.value, shown).astype(np.int8)
    return codes.reshape(chart.values.shape)


def icons(chart: Chart, polarity: Polarities, target: Numbers | None = None) -> Icons:
    """Variation and assurance of each series.

    target  one for all, or one for each series, with None where a series has none
    raises  WrongShape
    """
    values = by_series(chart.values)
    at = _latest(values)
    every = np.arange(values.shape[0])
    shown = by_series_of(judged(chart, polarity))[every, at]
    return Icons(
        variation=shown,
        assurance=_assurance(chart, at, polarity, target),
        at=np.where(np.isnan(values[every, at]), -1, at),
        both_ways=by_series_of(both_ways(chart.signals))[every, at],
    )


def by_series_of[T: np.generic](array: npt.NDArray[T]) -> npt.NDArray[T]:
    """As series by points."""
    return array.reshape(-1, array.shape[-1])


def _latest(values: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    there = ~np.isnan(values)
    return np.asarray(values.shape[1] - 1 - there[:, ::-1].argmax(axis=1), np.intp)


def _directions(polarity: Polarities, series: int) -> list[Polarity]:
    given = [polarity] * series if isinstance(polarity, Polarity) else list(polarity)
    if len(given) != series:
        raise WrongShape(f"{len(given)} polarities for {series} series: give one, or one for each.")
    return given


def _codes(polarity: Polarities, series: int) -> tuple[Codes, Codes]:
    pairs = [_HIGH_AND_LOW[each] for each in _directions(polarity, series)]
    codes = np.array([[each.value for each in pair] for pair in pairs], np.int8)
    return codes[:, 0], codes[:, 1]


def _assurance(
    chart: Chart, at: npt.NDArray[np.intp], polarity: Polarities, target: Numbers | None
) -> Codes:
    series = at.size
    if target is None:
        return np.full(series, Assurance.NO_TARGET.value, np.int8)
    wanted = np.broadcast_to(figures(target, "targets").values, (series,))
    signs = np.array([_SIGNS[each] for each in _directions(polarity, series)])
    every = np.arange(series)
    lower = by_series(chart.lower)[every, at]
    upper = by_series(chart.upper)[every, at]
    # Turned over where lower is better, so that the target is always a least value.
    least = np.where(signs > 0, lower, -upper)
    most = np.where(signs > 0, upper, -lower)
    aim = wanted * np.where(signs > 0, 1, -1)
    never_changes = least == most
    codes = np.full(series, Assurance.HIT_OR_MISS.value, np.int8)
    codes[aim > most] = Assurance.FAILS.value
    codes[(aim < least) | (never_changes & (aim == least))] = Assurance.PASSES.value
    codes[np.isnan(most)] = Assurance.CANNOT_TELL.value
    codes[np.isnan(wanted) | (signs == 0)] = Assurance.NO_TARGET.value
    return codes
