"""How an area stands beside a benchmark such as England, by the method its indicator asks for.

Three ways, which belong to the indicator's definition: whether its limits take in the benchmark,
whether both pairs of limits overlap, or in which fifth of all areas it is. Some are not compared.
"""

from enum import Enum

import numpy as np

from .limits import Estimate
from .polarity import Polarity
from .quantiles import Quantiles, quantiles
from .states import BadFigures, Codes, Flags, Floats, Numbers, figures, together


class Standing(Enum):
    """Beside a benchmark. HIGHER and LOWER are for what is neither good nor bad."""

    NOT_COMPARED = 0
    SIMILAR = 1
    BETTER = 2
    WORSE = 3
    HIGHER = 4
    LOWER = 5

    @property
    def words(self) -> str:
        return self.name.lower().replace("_", " ")


class NoSuchLimits(BadFigures):
    """An estimate without the limits that a comparison was to rest on."""


_ABOVE = {Polarity.HIGHER_IS_BETTER: Standing.BETTER, Polarity.LOWER_IS_BETTER: Standing.WORSE}
_BELOW = {Polarity.HIGHER_IS_BETTER: Standing.WORSE, Polarity.LOWER_IS_BETTER: Standing.BETTER}


def beside_value(
    area: Estimate, benchmark: Numbers, *, polarity: Polarity, level: int = 0
) -> Codes:
    """How areas stand beside a value: similar if their limits take it in, ends included.

    benchmark   one value, or one for each area
    level       which of the estimate's limits, counted from 0
    returns     codes of `Standing`; not compared where either figure is not known
    source      Office for Health Improvement and Disparities, Fingertips ("CIs overlap reference
                value")

    >>> from commonweal.outcomes.methods.proportions import proportion
    >>> areas = proportion([30, 50, 70, None], [100] * 4)
    >>> codes = beside_value(areas, 0.5, polarity=Polarity.LOWER_IS_BETTER)
    >>> [Standing(code).words for code in codes.tolist()]
    ['better', 'similar', 'worse', 'not compared']
    """
    lower, upper = _limits(area, level)
    mark = figures(benchmark, "benchmark")
    states = together(area.states, mark.states)
    return _standing(lower > mark.values, upper < mark.values, states, polarity)


def beside_limits(
    area: Estimate, benchmark: Estimate, *, polarity: Polarity, level: int = 0
) -> Codes:
    """How areas stand beside an estimate: similar if the limits of both overlap or touch.

    Stricter than `beside_value`: two that differ can have limits that overlap.

    others, returns   as `beside_value`
    source            Fingertips ("Overlapping CIs")
    """
    lower, upper = _limits(area, level)
    low, high = _limits(benchmark, level)
    states = together(area.states, benchmark.states)
    return _standing(lower > high, upper < low, states, polarity)


def by_quintile(values: Numbers, *, polarity: Polarity) -> Quantiles:
    """In which fifth of all areas each is: 1 the best; with no polarity 1 the lowest.

    returns  as `quantiles.quantiles`
    source   Fingertips ("Quintiles")

    >>> by_quintile([1, 2, 3, 4, 5], polarity=Polarity.HIGHER_IS_BETTER).quantile.tolist()
    [5, 4, 3, 2, 1]
    """
    return quantiles(values, 5, highest_first=polarity is Polarity.HIGHER_IS_BETTER)


def _limits(given: Estimate, level: int) -> tuple[Floats, Floats]:
    if not 0 <= level < len(given.lower):
        raise NoSuchLimits(
            f"Limits {level} were asked for; the estimate has {len(given.lower)}, counted from 0."
        )
    return given.lower[level], given.upper[level]


def _standing(above: Flags, below: Flags, states: Codes, polarity: Polarity) -> Codes:
    codes = np.full(np.shape(states), Standing.SIMILAR.value, np.int8)
    codes = np.where(above, _ABOVE.get(polarity, Standing.HIGHER).value, codes)
    codes = np.where(below, _BELOW.get(polarity, Standing.LOWER).value, codes)
    return np.where(states == 0, codes, Standing.NOT_COMPARED.value).astype(np.int8)
