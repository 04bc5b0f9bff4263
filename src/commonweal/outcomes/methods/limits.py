"""Confidence limits of counts and proportions, and the form in which every estimate is given."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy import special

from .states import BadFigures, Codes, Floats, State, known_or_nan

type Confidence = float | Sequence[float] | None
"""A level such as 0.95, several such as (0.95, 0.998), or None for an estimate without limits."""

EXACT_BELOW = 10
"""Byar's approximation is used from this count on; below it the exact Poisson limits."""


class NoSuchLevel(BadFigures):
    """A confidence level that is not between 0 and 1."""


class Estimate(NamedTuple):
    """Estimates, their limits and states.

    value         one for each group; NaN unless its state is KNOWN
    lower, upper  the limits: one leading axis for the levels asked for, even if it is one level
    states        codes of `State`, as many as values
    """

    value: Floats
    lower: Floats
    upper: Floats
    states: Codes

    def times(self, factor: float | Floats) -> "Estimate":
        """The same in another unit; a factor below nought changes the limits over."""
        low, high = self.lower * factor, self.upper * factor
        return Estimate(
            self.value * factor, np.minimum(low, high), np.maximum(low, high), self.states
        )


def estimate(value: Floats, lower: Floats, upper: Floats, states: Codes) -> Estimate:
    """An estimate that is NaN, limits and all, wherever the state says there is none."""
    value, states = np.broadcast_arrays(value, states)
    low, high = (known_or_nan(each, states) for each in (lower, upper))
    return Estimate(known_or_nan(value, states), low, high, states.astype(np.int8))


def levels(confidence: Confidence) -> Floats:
    """The levels asked for, one or several or none, each strictly between 0 and 1.

    raises  NoSuchLevel, so that 95 is not taken for 0.95
    """
    asked = np.atleast_1d(np.asarray([] if confidence is None else confidence, np.float64))
    wrong = asked[~((asked > 0) & (asked < 1))]
    if wrong.size:
        raise NoSuchLevel(f"A level of {wrong[0]:g} was asked for. Say 0.95 for 95%, or 0.998.")
    return asked


def deviates(asked: Floats, dimensions: int) -> Floats:
    """How many standard errors each level reaches, shaped to stand before so many dimensions."""
    reach: Floats = special.ndtri(0.5 + asked / 2)
    return reach.reshape(-1, *[1] * dimensions)


def wilson_limits(count: Floats, denominator: Floats, asked: Floats) -> tuple[Floats, Floats]:
    """Limits of a proportion by Wilson's score, as proportions.

    (2x + z² ± z √(z² + 4x(1 - x/n))) / 2(n + z²). Source: Wilson, J Am Stat Assoc 1927;22:209-12.
    """
    z = deviates(asked, np.ndim(count))
    with np.errstate(divide="ignore", invalid="ignore"):
        middle, spread = 2 * count + z**2, z * np.sqrt(z**2 + 4 * count * (1 - count / denominator))
    below = 2 * (denominator + z**2)
    # At none and at all of them the limit is 0 or 1; rounding would leave it a hair's breadth off.
    lower = np.where(count == 0, 0.0, (middle - spread) / below)
    upper = np.where(count == denominator, 1.0, (middle + spread) / below)
    return lower, upper


def byars_limits(count: Floats, asked: Floats) -> tuple[Floats, Floats]:
    """Limits of a Poisson count by Byar's approximation; nought where it would go below.

    x(1 - 1/9x - z/3√x)³ and (x + 1)(1 - 1/9(x + 1) + z/3√(x + 1))³.
    Source: Breslow and Day, Statistical Methods in Cancer Research II, 1987, page 69.
    """
    z = deviates(asked, np.ndim(count))
    some = np.where(count > 0, count, 1.0)
    lower = some * np.maximum(1 - 1 / (9 * some) - z / (3 * np.sqrt(some)), 0) ** 3
    more = count + 1
    upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return np.where(count > 0, lower, count), upper


def exact_limits(count: Floats, asked: Floats) -> tuple[Floats, Floats]:
    """Exact limits of a Poisson count, by chi-square; the lower limit of none is nought.

    χ²(α/2; 2x)/2 and χ²(1 - α/2; 2x + 2)/2. Source: Garwood, Biometrika 1936;28:437-42.
    """
    tail = ((1 - asked) / 2).reshape(-1, *[1] * np.ndim(count))
    # The quantile of half a chi-square with 2x degrees is that of a gamma with x.
    some = np.where(count > 0, count, 1.0)
    lower = np.where(count > 0, special.gammaincinv(some, tail), 0.0)
    return lower, special.gammaincinv(count + 1, 1 - tail)


def poisson_limits(count: Floats, asked: Floats) -> tuple[Floats, Floats]:
    """Limits of a count as public health gives them: exact below ten, by Byar's from ten."""
    count = np.asarray(count, np.float64)
    lower, upper = byars_limits(count, asked)
    few = count < EXACT_BELOW
    if few.any():
        lower[:, few], upper[:, few] = exact_limits(count[few], asked)
    return lower, upper


def only_known(states: Codes, values: Floats) -> Floats:
    """Values for a sum that must not spread NaN: nought where not known, to be struck out after."""
    return np.where(np.equal(states, State.KNOWN.value), values, 0.0)
