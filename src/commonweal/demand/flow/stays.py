"""How long people stay, and how much longer those who are already there."""

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

from .unstable import BadFlow, need_above_nought

type Floats = npt.NDArray[np.float64]
type Shape = Literal["exponential", "lognormal", "fixed"]


class Stay(NamedTuple):
    """Length of stay in days.

    spread  standard deviation over mean, of a lognormal stay; an exponential one always has 1
    """

    mean: float
    shape: Shape = "exponential"
    spread: float = 1


class Observed(NamedTuple):
    """Stays as they were, in days: any of them is as likely."""

    days: tuple[float, ...]

    @property
    def mean(self) -> float:
        return float(np.mean(self.days))


def checked(stay: Stay | Observed) -> None:
    """Raises BadFlow for what no stay can be."""
    if isinstance(stay, Observed):
        if not stay.days or min(stay.days) < 0:
            raise BadFlow("Observed stays are one or more numbers of days, 0 or more each.")
    elif stay.shape not in {"exponential", "lognormal", "fixed"}:
        raise BadFlow(f"No stay is {stay.shape!r}. Known: exponential, lognormal, fixed.")
    need_above_nought(mean_stay=stay.mean, spread=1 if isinstance(stay, Observed) else stay.spread)


def drawn(stay: Stay | Observed, size: int, chance: np.random.Generator) -> Floats:
    """Stays of so many who come."""
    return left(stay, np.zeros(size), chance)


def left(stay: Stay | Observed, so_far: npt.ArrayLike, chance: np.random.Generator) -> Floats:
    """Days left of people who have stayed so many days.

    Nought for one who has stayed as long as any stay can be.
    """
    checked(stay)
    been = np.asarray(so_far, np.float64)
    luck = chance.random(been.shape)
    if isinstance(stay, Observed):
        return _left_of_observed(np.sort(stay.days), been, luck)
    if stay.shape == "exponential":
        return -stay.mean * np.log1p(-luck)  # how long it has been says nothing
    if stay.shape == "fixed":
        return np.maximum(stay.mean - been, 0)
    return _left_of_lognormal(stay, been, luck)


def _left_of_observed(days: Floats, been: Floats, luck: Floats) -> Floats:
    longer = np.searchsorted(days, been, side="right")
    longer[been == 0] = 0  # a stay of nought days is a stay
    which = longer + (luck * (days.size - longer)).astype(np.intp)
    return np.where(longer < days.size, days[np.minimum(which, days.size - 1)] - been, 0.0)


def _left_of_lognormal(stay: Stay, been: Floats, luck: Floats) -> Floats:
    sigma = np.sqrt(np.log1p(stay.spread**2))
    mu = np.log(stay.mean) - sigma**2 / 2
    with np.errstate(divide="ignore"):  # nobody has stayed less than no time: log 0 is right
        still = special.ndtr((mu - np.log(been)) / sigma)
    whole = np.exp(mu - sigma * special.ndtri((1 - luck) * still))
    # Beyond every number the tail can tell apart, nothing is left.
    return np.where(np.isfinite(whole), np.maximum(whole - been, 0), 0.0)
