"""Funnel limits widened where units differ for more reasons than chance (Spiegelhalter).

Each value y is put on a scale where its standard error s depends on size alone. The standardised
differences z = (y - target) / s are trimmed at both ends; phi is the mean of their squares, and

    tau2 = max(0, (k phi - (k - 1)) / (sum w - sum w^2 / sum w)),    w = 1 / s^2,

over the k units that are left, is what the units differ by between themselves (DerSimonian and
Laird). The limits are target +/- z sqrt(s^2 + tau2), taken back to the scale of the value. Where
phi is 1 or less there is nothing to widen, and tau2 is 0: use the exact limits of `funnels`.

Spiegelhalter, Statistics in Medicine 24, 2005, pages 1185 to 1202; Spiegelhalter, Sherlaw-Johnson
and others, Journal of the Royal Statistical Society A 175, 2012, pages 1 to 47.
"""

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .funnels import BOTH, Curves, Funnel, NobodyToCompare, Units, drawn, people_among, units
from .limits import Confidence, deviates, levels
from .states import BadFigures, Floats, Numbers

_HALF = 0.5


class Trim(Enum):
    """What is done with the outermost units before the spread is measured.

    WINSORISED  each is drawn in to the quantile
    TRUNCATED   each is left out
    """

    WINSORISED = "winsorised"
    TRUNCATED = "truncated"


class Scale(Enum):
    """The scale on which ratios are compared.

    LOG   log(O/E), s = 1 / sqrt(E): NHS England's for its hospital mortality indicator (SHMI). A
          unit without an event is judged as if it had half of one: nought has no logarithm
    ROOT  sqrt(O/E), s = 1 / (2 sqrt(E)): the Care Quality Commission's, its limits squared back
    """

    LOG = "log"
    ROOT = "root"


_LEAST = {Scale.LOG: _HALF, Scale.ROOT: 0.0}


class BadTrim(BadFigures):
    """A share to trim that leaves nothing."""


class _Spread(NamedTuple):
    phi: float
    tau2: float


class _Law(NamedTuple):
    """error  standard error on the scale, by size; target on the scale; back to the value."""

    error: Callable[[Floats], Floats]
    target: float
    back: Callable[[Floats], Floats]


def overdispersed_ratio(
    observed: Numbers,
    expected: Numbers,
    *,
    scale: Scale = Scale.LOG,
    trim: float = 0.1,
    by: Trim | None = None,
    per: float = 100,
    confidence: Confidence = BOTH,
) -> Funnel:
    """Observed over expected events around 1 (times `per`).

    expected  as it is: nothing is rounded
    trim      share of units at each end
    by        truncated on the logarithmic scale and winsorised on the other, unless said otherwise
    raises    BadTrim, NobodyToCompare, and as `funnels.units`
    """
    pair = units(observed, expected, "expected counts")
    if scale is Scale.LOG:
        law = _Law(lambda size: 1 / np.sqrt(size), 0.0, np.exp)
        shown = np.log(np.maximum(pair.top, _LEAST[scale]) / pair.bottom)
    else:
        law = _Law(lambda size: 1 / (2 * np.sqrt(size)), 1.0, _squared)
        shown = np.sqrt(pair.top / pair.bottom)
    usual = Trim.TRUNCATED if scale is Scale.LOG else Trim.WINSORISED
    how = _How(trim, by or usual, per, levels(confidence), _LEAST[scale])
    return _widened(pair, 1.0, law, (shown, law.error(pair.bottom)), how)


def overdispersed_rate(
    count: Numbers,
    population: Numbers,
    *,
    scale: Scale = Scale.ROOT,
    trim: float = 0.1,
    by: Trim | None = None,
    per: float = 100_000,
    confidence: Confidence = BOTH,
) -> Funnel:
    """Rates around the average rate m: as ratios to the m n events to expect, times m.

    raises  as `overdispersed_ratio`
    """
    pair = units(count, population, "populations")
    mean = pair.average
    if not mean > 0:
        raise NobodyToCompare("No unit has an event, so the units cannot be compared.")
    some = ~np.isnan(pair.bottom)
    made = overdispersed_ratio(
        pair.top[some], mean * pair.bottom[some], scale=scale, trim=trim, by=by, per=per * mean,
        confidence=confidence,
    )  # fmt: skip

    def curves(sizes: npt.ArrayLike) -> tuple[Floats, Floats]:
        return made.limits_at(mean * np.asarray(sizes, np.float64))

    return drawn(
        pair, per * mean, curves, levels(confidence), per=per, least=_LEAST[scale],
        phi=made.phi, tau2=made.tau2,
    )  # fmt: skip


def overdispersed_proportion(
    count: Numbers,
    people: Numbers,
    *,
    trim: float = 0.1,
    by: Trim = Trim.WINSORISED,
    per: float = 100,
    confidence: Confidence = BOTH,
) -> Funnel:
    """Proportions around their average m, compared as asin(sqrt(x/n)) with s = 1 / (2 sqrt(n)).

    The limits stop at nought and at all.

    raises  CountAboveDenominator, BadTrim, NobodyToCompare, and as `funnels.units`
    """
    pair = people_among(count, people)
    angle = float(np.arcsin(np.sqrt(pair.average)))
    law = _Law(lambda size: 1 / (2 * np.sqrt(size)), angle, _of_angle)
    shown = np.arcsin(np.sqrt(pair.top / pair.bottom))
    how = _How(trim, by, per, levels(confidence))
    return _widened(pair, pair.average, law, (shown, law.error(pair.bottom)), how)


def overdispersed_ratio_of_counts(
    first: Numbers,
    second: Numbers,
    *,
    trim: float = 0.1,
    by: Trim = Trim.WINSORISED,
    per: float = 1,
    confidence: Confidence = BOTH,
) -> Funnel:
    """One count over another around their average m, compared as log((x + 1/2) / (n + 1/2)).

    s = sqrt(x / (x + 1/2)^2 + n / (n + 1/2)^2) for the spread; limits m exp(+/- z sqrt(1 / (4 n) +
    tau2)), as FunnelPlotR has them.

    raises  BadTrim, NobodyToCompare, and as `funnels.units`
    """
    pair = units(first, second, "second counts")
    mean = pair.average
    if not mean > 0:
        raise NobodyToCompare("No unit has a first count, so the units cannot be compared.")
    x, n = pair.top, pair.bottom
    error = np.sqrt(x / (x + _HALF) ** 2 + n / (n + _HALF) ** 2)
    law = _Law(lambda size: 1 / (2 * np.sqrt(size)), float(np.log(mean)), np.exp)
    how = _How(trim, by, per, levels(confidence))
    return _widened(pair, mean, law, (np.log((x + _HALF) / (n + _HALF)), error), how)


class _How(NamedTuple):
    """Trimmed how, in which unit, to which levels; and the count that fewer are judged as."""

    trim: float
    by: Trim
    per: float
    asked: Floats
    least: float = 0.0


def _widened(
    pair: Units, target: float, law: _Law, shown: tuple[Floats, Floats], how: _How
) -> Funnel:
    """A funnel by the spread of values on the scale, given with their standard errors."""
    values, error = shown
    spread = _spread((values - law.target) / error, error, how.trim, how.by)
    return drawn(
        pair, how.per * target, _curves(law, spread, how.asked, how.per), how.asked, per=how.per,
        least=how.least, **spread._asdict(),
    )  # fmt: skip


def _curves(law: _Law, spread: _Spread, asked: Floats, per: float) -> Curves:
    def curves(sizes: npt.ArrayLike) -> tuple[Floats, Floats]:
        error = law.error(np.asarray(sizes, np.float64))
        wide = deviates(asked, 1) * np.sqrt(error**2 + spread.tau2)
        return per * law.back(law.target - wide), per * law.back(law.target + wide)

    return curves


def _squared(root: Floats) -> Floats:
    """A root turned back into a ratio; below nought there is none."""
    return np.asarray(np.maximum(root, 0) ** 2, np.float64)


def _of_angle(angle: Floats) -> Floats:
    """An angle turned back into a proportion, from none to all."""
    return np.asarray(np.sin(np.clip(angle, 0, np.pi / 2)) ** 2, np.float64)


def _spread(z: Floats, error: Floats, trim: float, by: Trim) -> _Spread:
    if not 0 <= trim < _HALF:
        raise BadTrim(f"To trim {trim:g} at each end leaves nothing: give less than 0.5.")
    there = ~np.isnan(z)
    if not there.any():
        raise NobodyToCompare("No unit has a figure to compare: give one at least.")
    z, weight = z[there], 1 / error[there] ** 2
    low, high = np.quantile(z, [trim, 1 - trim])
    if by is Trim.TRUNCATED:
        kept = (z >= low) & (z <= high)
        z, weight = z[kept], weight[kept]
    else:
        z = np.clip(z, low, high)
    many, phi = z.size, float(np.mean(z**2))
    if many < 2:  # noqa: PLR2004 - one unit differs from nobody
        raise NobodyToCompare(
            f"Of {int(there.sum())} units {many} is left once {trim:g} is trimmed at each end, and "
            "how much units differ takes two: give more, trim less, or use an exact funnel."
        )
    total = float(weight.sum())
    between = total - float((weight**2).sum()) / total
    tau2 = 0.0 if phi <= 1 else (many * phi - (many - 1)) / between
    return _Spread(phi, max(0.0, tau2))
