"""Whether a measure has been rising or falling over its latest years."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

from .limits import deviates, levels
from .polarity import Polarity
from .states import (
    Codes,
    CountAboveDenominator,
    CrossedLimits,
    Figures,
    Flags,
    Floats,
    Numbers,
    WrongShape,
    counts,
    figures,
    known_or_nan,
    not_applicable,
    over_bands,
    refuse,
    together,
)

POINTS = 5
"""The latest points that a trend is judged on, unless told otherwise (Fingertips)."""


class Trend(NamedTuple):
    """The trend of each series over its latest points.

    direction    1 increasing, -1 decreasing, 0 no significant change; 0 too if it has no trend
    rests_on_one whether it was significant, but leaving one point out would turn it about
    statistic    chi-square with one degree of freedom
    slope        a step: in the unit of the value, or for proportions on the logit scale
    states       one a series; a series with too few points, or a gap, is not applicable
    """

    direction: Codes
    rests_on_one: Flags
    statistic: Floats
    slope: Floats
    states: Codes


def trend_of_proportions(
    count: Numbers,
    denominator: Numbers,
    *,
    years: npt.ArrayLike | None = None,
    points: int = POINTS,
    confidence: float = 0.998,
) -> Trend:
    """The trend of a proportion, by the chi-square of Cochran and Armitage.

    count, denominator   series by points in time, the latest last along the last axis
    years       the year of each point; a gap or a year given twice among the latest is no trend.
                Without it each point is one step after the one before
    confidence  beyond which chi-square is significant: 99.8% is 9.5495
    returns     direction by least squares on the logit; where a count is none or all, half is added
                to both sides of each
    raises      CountAboveDenominator; WrongShape; Negative, NotANumber
    source      Armitage, Biometrics 1955;11:375-86; as Office for Health Improvement and
                Disparities use it in Fingertips

    >>> smokers = trend_of_proportions([20, 18, 17, 12, 9], [100] * 5, confidence=0.95)
    >>> int(smokers.direction), round(float(smokers.statistic), 4)
    (-1, 6.0824)
    """
    c, n = _latest(counts(count), points), _latest(counts(denominator, "denominators"), points)
    refuse(
        c.values > n.values, CountAboveDenominator, c.values,
        "Of those counted there are more than in the denominator:",
    )  # fmt: skip
    states = _states(together(c.states, n.states), years, points)
    states = not_applicable((n.values == 0).any(axis=-1), states)
    at_an_end = ((c.values == 0) | (c.values == n.values)).any(axis=-1, keepdims=True)
    half = np.where(at_an_end, 0.5, 0.0)
    part, rest = (
        np.where(n.values > 0, each, 1.0) + half for each in (c.values, n.values - c.values)
    )
    odds = np.log(part / rest)
    return _judged(odds, np.ones(odds.shape), _armitage(c.values, n.values), states, confidence)


def trend_of_values(
    value: Numbers,
    lower: Numbers,
    upper: Numbers,
    *,
    level: float = 0.95,
    years: npt.ArrayLike | None = None,
    points: int = POINTS,
    confidence: float = 0.998,
) -> Trend:
    """The trend of any measure that has limits, by a line weighted by how certain each point is.

    value, lower, upper   series by points in time, the latest last
    level       of the limits
    returns     statistic β²/var(β), with the inverse of each point's variance as its weight
    raises      CrossedLimits; WrongShape; NotANumber
    others, source   as `trend_of_proportions`

    >>> rates = trend_of_values([30.6, 30.2, 28, 24.6, 24.67], [28.98, 28.63, 26.44, 23.15, 23.16],
    ...                         [32.25, 31.9, 29.64, 26.19, 26.25])
    >>> int(rates.direction), round(float(rates.statistic), 4), round(float(rates.slope), 4)
    (-1, 46.7636, -1.7516)
    """
    y, low, high = (
        _latest(figures(each, what), points)
        for each, what in ((value, "values"), (lower, "lower limits"), (upper, "upper limits"))
    )
    refuse(high.values <= low.values, CrossedLimits, high.values, "Not above its lower limit is")
    error = (high.values - low.values) / (2 * float(deviates(levels(level), 0).item()))
    states = _states(together(y.states, low.states, high.states), years, points)
    weight = 1 / error**2
    slope, spread = _slope(y.values, weight)
    return _judged(y.values, weight, slope**2 * spread, states, confidence)


def in_words(trend: Trend, polarity: Polarity = Polarity.NEITHER) -> list[str]:
    """Each series' trend in words, such as "decreasing and getting better".

    >>> up = trend_of_proportions([10, 20, 30, 40, 50], [100] * 5)
    >>> in_words(up, Polarity.LOWER_IS_BETTER)
    ['increasing and getting worse']
    """
    good = {Polarity.HIGHER_IS_BETTER: 1, Polarity.LOWER_IS_BETTER: -1}.get(polarity, 0)
    said = []
    for direction, state in zip(np.ravel(trend.direction), np.ravel(trend.states), strict=True):
        words = {1: "increasing", -1: "decreasing", 0: "no significant change"}[int(direction)]
        if direction and good:
            words += " and getting better" if direction == good else " and getting worse"
        said.append("cannot be calculated" if state else words)
    return said


def _latest(taken: Figures, points: int) -> Figures:
    if points < 3 or not taken.values.ndim:  # noqa: PLR2004  # two points are always on a line
        raise WrongShape("A trend is judged on three points or more, along the last axis.")
    return Figures(taken.values[..., -points:], taken.states[..., -points:])


def _states(states: Codes, years: npt.ArrayLike | None, points: int) -> Codes:
    made = over_bands(states)
    too_few = np.full(made.shape, states.shape[-1] < points)
    if years is not None:
        steps = np.diff(np.asarray(years)[..., -points:], axis=-1)
        too_few = too_few | np.broadcast_to((steps != 1).any(axis=-1), made.shape)
    return not_applicable(too_few, made)


def _slope(y: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """The weighted slope on the position of each point, and the weighted spread of positions."""
    t = np.arange(y.shape[-1], dtype=np.float64)
    whole = weight.sum(axis=-1, keepdims=True)
    away = t - (weight * t).sum(axis=-1, keepdims=True) / whole
    spread = (weight * away**2).sum(axis=-1)
    return (weight * away * y).sum(axis=-1) / spread, spread


def _armitage(c: Floats, n: Floats) -> Floats:
    t = np.arange(c.shape[-1], dtype=np.float64)
    people, cases = n.sum(axis=-1), c.sum(axis=-1)
    top = people * (people * (c * t).sum(axis=-1) - cases * (n * t).sum(axis=-1)) ** 2
    spread = people * (n * t**2).sum(axis=-1) - (n * t).sum(axis=-1) ** 2
    below = cases * (people - cases) * spread
    # None or all of them throughout: there is nothing that could change.
    return np.where(below > 0, top / np.where(below > 0, below, 1.0), 0.0)


def _judged(
    y: Floats, weight: Floats, statistic: Floats, states: Codes, confidence: float
) -> Trend:
    slope, _ = _slope(y, weight)
    beyond = float(special.chdtri(1, 1 - levels(confidence).item()))
    significant = np.asarray((statistic > beyond) & (states == 0))
    turned, size = np.zeros(significant.shape, bool), np.abs(np.nan_to_num(y)).max(axis=-1)
    for point in range(y.shape[-1]):
        without = weight.copy()
        without[..., point] = 0
        # A slope that is nought but for rounding has not turned.
        turned |= _slope(np.nan_to_num(y), without)[0] * np.sign(slope) < -1e-12 * size
    rests = significant & turned
    direction = np.where(significant & ~turned, np.sign(slope), 0).astype(np.int8)
    return Trend(
        direction, rests, known_or_nan(statistic, states), known_or_nan(slope, states), states
    )
