"""Funnel plots: which units differ from the average by more than their size explains.

Limits are exact and rest on chance alone. Where units differ for many small reasons that no one of
them answers for, most would lie outside such limits: `overdispersion` widens them.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

from .limits import EXACT_BELOW, Confidence, deviates, levels, poisson_limits
from .states import (
    BadFigures,
    Codes,
    CountAboveDenominator,
    Floats,
    NobodyAtRisk,
    Numbers,
    WrongShape,
    counts,
    known_or_nan,
    not_applicable,
    refuse,
    together,
)

BOTH = (0.95, 0.998)
"""Two and three standard deviations: 2.5% and 0.1% of units outside on each side by chance."""

type Curves = Callable[[npt.ArrayLike], tuple[Floats, Floats]]
type Sides = npt.NDArray[np.int8]


class NobodyToCompare(BadFigures):
    """No unit with a figure, or no event in any."""


class Funnel(NamedTuple):
    """A funnel plot.

    values, states  of each unit, and why one has none
    sizes           what the limits depend on: people, or events to expect
    target          the average, or what is to be expected
    levels          the share that should lie inside by chance, such as 0.95
    lower, upper    control limits at each unit's size: levels by units
    limits_at       lower and upper limits at any sizes, for drawing: levels by sizes
    sides           of each unit at each level: 1 above the limits, -1 below, 0 inside or no value
    phi, tau2       how much more units differ than by chance, as a factor, and the variance between
                    them that this makes, on the scale of the method; 1 and 0 for exact limits
    """

    values: Floats
    states: Codes
    sizes: Floats
    target: float
    levels: Floats
    lower: Floats
    upper: Floats
    limits_at: Curves
    sides: Sides
    phi: float = 1.0
    tau2: float = 0.0


class Units(NamedTuple):
    """Units side by side: a figure above, what it is out of below; NaN where either is absent."""

    top: Floats
    bottom: Floats
    states: Codes

    @property
    def average(self) -> float:
        """All above over all below.

        raises  NobodyToCompare
        """
        below = float(np.nansum(self.bottom))
        if not below:
            raise NobodyToCompare("No unit has a figure to compare: give one at least.")
        return float(np.nansum(self.top)) / below


def units(top: Numbers, bottom: Numbers, what: str) -> Units:
    """Counts with what each is out of, checked and with gaps in the same places.

    raises  WrongShape, Negative, NobodyAtRisk, NotANumber
    """
    above, below = counts(top, "counts"), counts(bottom, what)
    if above.values.ndim != 1 or above.values.shape != below.values.shape:
        raise WrongShape(
            f"Counts of shape {above.values.shape} and {what} of {below.values.shape}: give one of "
            "each for each unit."
        )
    nobody = below.values == 0
    refuse(
        nobody & (above.values > 0), NobodyAtRisk, above.values,
        f"Where the {what} are nought there are", "Look whether both are of the same unit.",
    )  # fmt: skip
    states = not_applicable(nobody, together(above.states, below.states))
    return Units(known_or_nan(above.values, states), known_or_nan(below.values, states), states)


def people_among(count: Numbers, people: Numbers) -> Units:
    """As `units`, where the count cannot be above the denominator.

    raises  CountAboveDenominator, and as `units`
    """
    pair = units(count, people, "denominators")
    refuse(
        pair.top > pair.bottom, CountAboveDenominator, pair.top,
        "Above their denominators are", "A count can be at most as large.",
    )  # fmt: skip
    return pair


def drawn(
    pair: Units,
    target: float,
    curves: Curves,
    asked: Floats,
    *,
    per: float,
    least: float = 0,
    phi: float = 1.0,
    tau2: float = 0.0,
) -> Funnel:
    """A funnel whose curves hold at any size.

    least  the count a unit is judged by where it has fewer
    """
    lower, upper = curves(pair.bottom)
    judged = per * np.maximum(pair.top, least) / pair.bottom
    return Funnel(
        values=per * pair.top / pair.bottom,
        states=pair.states,
        sizes=pair.bottom,
        target=target,
        levels=asked,
        lower=lower,
        upper=upper,
        limits_at=curves,
        sides=(judged > upper).astype(np.int8) - (judged < lower),
        phi=phi,
        tau2=tau2,
    )


def proportion_funnel(
    count: Numbers,
    people: Numbers,
    *,
    per: float = 100,
    confidence: Confidence = BOTH,
    target: float | None = None,
) -> Funnel:
    """Proportions around their average.

    The limits are the values whose Wilson interval just reaches the average m: m +/- z sqrt(m (1 -
    m) / n), within nought and all, whatever the multiplier.

    target  in units of `per`; the average of the units unless given
    raises  CountAboveDenominator, NobodyToCompare, and as `units`
    """
    pair = people_among(count, people)
    mean = pair.average if target is None else target / per
    asked = levels(confidence)

    def curves(sizes: npt.ArrayLike) -> tuple[Floats, Floats]:
        wide = deviates(asked, 1) * np.sqrt(mean * (1 - mean) / np.asarray(sizes, np.float64))
        return per * np.maximum(mean - wide, 0), per * np.minimum(mean + wide, 1)

    return drawn(pair, per * mean, curves, asked, per=per)


def ratio_funnel(
    observed: Numbers, expected: Numbers, *, per: float = 100, confidence: Confidence = BOTH
) -> Funnel:
    """Observed over expected events, such as standardised ratios, around 1 (times `per`).

    The limits are the counts o for which exactly the chance asked for is left outside: P(X >= o) or
    P(X <= o) for a Poisson count X of mean E, carried on between whole numbers by the gamma
    function. They are the curves of the public-health funnel, found there by halving.

    raises  NobodyToCompare, and as `units`
    """
    pair = units(observed, expected, "expected counts")
    asked = levels(confidence)
    curves = _poisson_curves(asked, per, 1.0)
    if np.isnan(pair.bottom).all():
        raise NobodyToCompare("No unit has a figure to compare: give one at least.")
    return drawn(pair, per, curves, asked, per=per)


def rate_funnel(
    count: Numbers,
    population: Numbers,
    *,
    per: float = 100_000,
    confidence: Confidence = BOTH,
    target: float | None = None,
) -> Funnel:
    """Crude rates around the average rate, with exact limits.

    population  people, or person-years: for several years, people times years
    target      in units of `per`; all events over all people unless given
    raises      as `ratio_funnel`
    """
    pair = units(count, population, "populations")
    mean = pair.average if target is None else target / per
    if not mean > 0:
        raise NobodyToCompare("No unit has an event, so no limit can be drawn: give a target.")
    asked = levels(confidence)
    return drawn(pair, per * mean, _poisson_curves(asked, per, mean), asked, per=per)


def standardised_rate_funnel(
    count: Numbers, rate: Numbers, *, per: float = 100_000, confidence: Confidence = BOTH
) -> Funnel:
    """Standardised rates around their average, each as of the population it would need.

    That population is count / rate x per. Not applicable below ten events, as the rate itself is.

    raises  as `ratio_funnel`; NobodyAtRisk for a rate of nought with events
    """
    pair = units(count, rate, "rates")
    states = not_applicable(pair.top < EXACT_BELOW, pair.states)
    people = known_or_nan(per * pair.top / pair.bottom, states)
    whole = Units(known_or_nan(pair.top, states), people, states)
    asked = levels(confidence)
    mean = whole.average
    return drawn(whole, per * mean, _poisson_curves(asked, per, mean), asked, per=per)


def _poisson_curves(asked: Floats, per: float, mean: float) -> Curves:
    """Exact limits of a count over its size, where so many events are expected for each one."""
    tail = ((1 - asked) / 2).reshape(-1, 1)

    def curves(sizes: npt.ArrayLike) -> tuple[Floats, Floats]:
        size = np.asarray(sizes, np.float64)
        expected = mean * size
        least = np.where(np.isnan(size), np.nan, special.pdtrik(tail, expected))
        most = special.pdtrik(1 - tail, expected) + 1
        return per * least / size, per * most / size

    return curves


def significance(
    observed: Numbers, expected: Numbers, *, confidence: Confidence = BOTH
) -> tuple[Sides, Codes]:
    """Whether each count differs from what was expected, as Fingertips marks it on a funnel.

    By the limits of the count itself, exact below ten and Byar's from ten on; the curves drawn are
    exact throughout, so that a unit within a hair of the line may be marked otherwise.

    returns  levels by units of 1 above, -1 below, 0 not significant; and the state of each unit
    raises   as `units`
    """
    pair = units(observed, expected, "expected counts")
    known = ~np.isnan(pair.bottom)
    lower, upper = poisson_limits(np.where(known, pair.top, 0), levels(confidence))
    high = (lower > pair.bottom).astype(np.int8)
    return high - (upper < pair.bottom), pair.states
