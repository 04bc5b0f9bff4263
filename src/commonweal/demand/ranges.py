"""A number that nobody knows, said as the range in which it will lie in eight cases of ten."""

from functools import cache
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:  # every command reads the kinds of fact, and few of them work with numbers
    import numpy as np
    import numpy.typing as npt

type Floats = npt.NDArray[np.float64]

_EIGHT_IN_TEN = 2 * 1.2815515655446004
"""Standard deviations between the 10th and the 90th centile of a normal distribution."""


class Range(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A range that holds in eight cases of ten, taken as a normal distribution cut at its ends.

    low, high    the 10th and the 90th centile, in the unit of what is described
    least, most  what it can never be below or above; none: no bound

    >>> elicited = Range(0.85, 0.95)
    >>> round(elicited.middle, 7), round(elicited.deviation, 7)
    (0.9, 0.0390152)
    """

    low: float
    high: float
    least: float | None = None
    most: float | None = None

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    @property
    def deviation(self) -> float:
        return (self.high - self.low) / _EIGHT_IN_TEN

    def at(self, chances: Floats) -> Floats:
        """The values at standard normal deviates: at 0 the middle."""
        values = self.middle + self.deviation * chances
        least = -float("inf") if self.least is None else self.least
        most = float("inf") if self.most is None else self.most
        return values.clip(least, most)

    def points(self) -> Floats:
        """Values that are equally likely and stand for the whole, to take means over."""
        return self.at(_points())


@cache
def _points() -> Floats:
    """Standard normal deviates in the middle of 256 equal chances."""
    import numpy as np
    from scipy import special

    return np.asarray(special.ndtri((np.arange(256) + 0.5) / 256))


type Stated = float | Range
"""A number that is taken as known, or the range of one that is not."""


def ranged(stated: Stated) -> Range:
    return stated if isinstance(stated, Range) else Range(stated, stated)


def remaining(percentile_10: float, percentile_90: float) -> Range:
    """A share that remains, from the centiles of a *reduction* in per cent remaining.

    Elicited tables print what remains at the 10th centile of the reduction, which is the larger.

    >>> remaining(97.5, 40.0)
    Range(low=0.4, high=0.975, least=0.0, most=1.0)
    """
    low, high = sorted((percentile_10 / 100, percentile_90 / 100))
    return Range(low, high, 0.0, 1.0)
