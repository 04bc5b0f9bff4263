"""How unequal an outcome is from the most to the least deprived: slope and relative index.

The quantiles of people stand in order of deprivation, the most deprived first. A line fitted to
them, each by its share of the people, is read at both ends: the slope index is the difference, the
relative index how many times the one end is the other.
"""

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

from .limits import Confidence, Estimate, deviates, estimate, levels
from .states import (
    BadFigures,
    Codes,
    CrossedLimits,
    Figures,
    Floats,
    Numbers,
    State,
    WrongShape,
    counts,
    figures,
    known_or_nan,
    not_applicable,
    over_bands,
    refuse,
    same_bands,
    together,
)

type Scale = Literal["value", "log", "logit"]
"""What a line is fitted to, or errors are normal on: the value itself, its log (a rate) or its
logit (a proportion)."""

FEWEST, MOST = 5, 100
"""As many quantiles as the method is used with. Source: PHEindicatormethods (phe_sii)."""


class OutOfRange(BadFigures):
    """A value that its scale does not have, such as a proportion above 1."""


class Inequality(NamedTuple):
    """Slope and relative index of each group of quantiles, and the line's most deprived end.

    slope       the least deprived end less the most deprived, in the unit of the value
    ratio       the least deprived end over the most deprived
    intercept   the fitted value at the most deprived end
    """

    slope: Estimate
    ratio: Estimate
    intercept: Floats

    def turned(self, per: float, *, reverse: bool) -> "Inequality":
        """In another unit and, if so asked, the other way round."""
        slope = self.slope.times(-per if reverse else per)
        ratio = self.ratio
        if reverse:
            ratio = ratio._replace(
                value=1 / ratio.value, lower=1 / ratio.upper, upper=1 / ratio.lower
            )
        return Inequality(slope, ratio, self.intercept * per)


class _Fit(NamedTuple):
    """Quantiles in hand, with the weights that make a fitted line's ends out of their values.

    values, errors   the values as they are; their standard errors, on the scale they are drawn on
    first, last      the most and the least deprived end are sums of these times the values
    states           one a group
    """

    values: Floats
    errors: Floats
    first: Floats
    last: Floats
    states: Codes

    def ends(self, scale: Scale) -> tuple[Floats, Floats]:
        """Both ends of the line fitted to the values on a scale, back as values."""
        fitted = _onto(self.values, scale, "values")
        ends = ((fitted * weight).sum(axis=-1) for weight in (self.first, self.last))
        first, last = (_back(end, scale) for end in ends)
        return first, last


def _fit(values: Numbers, population: Numbers, errors: Numbers) -> _Fit:
    y, n, e = figures(values, "values"), counts(population, "populations"), counts(errors, "errors")
    same_bands(values=y.values, populations=n.values, errors=e.values)
    number = y.values.shape[-1]
    if not FEWEST <= number <= MOST:
        raise WrongShape(f"An index over {number} quantiles was asked for: {FEWEST} to {MOST} do.")
    states = not_applicable(n.values == 0, together(y.states, n.states, e.states))
    whole = n.values.sum(axis=-1, keepdims=True)
    share = n.values / np.where(whole > 0, whole, 1.0)
    rank = np.cumsum(share, axis=-1) - share / 2
    middle = (share * rank).sum(axis=-1, keepdims=True)
    spread = (share * (rank - middle) ** 2).sum(axis=-1, keepdims=True)
    slope = share * (rank - middle) / np.where(spread > 0, spread, 1.0)
    first = share - slope * middle
    values, error, first, last = np.broadcast_arrays(y.values, e.values, first, first + slope)
    return _Fit(values, error, first, last, over_bands(states))


def _onto(values: Floats, scale: Scale, what: str) -> Floats:
    """Values on a scale."""
    if scale == "value":
        return values
    outside = (values <= 0) | ((values >= 1) & (scale == "logit"))
    allowed = "above nought" if scale == "log" else "between 0 and 1, not at either"
    refuse(
        outside, OutOfRange, values, f"The {what} have", f"On the {scale} scale all are {allowed}."
    )
    return np.asarray(np.log(values) if scale == "log" else special.logit(values))


def _back(fitted: Floats, scale: Scale) -> Floats:
    if scale == "value":
        return fitted
    return np.asarray(np.exp(fitted) if scale == "log" else special.expit(fitted))


def standard_error(
    lower: Numbers, upper: Numbers, *, level: float = 0.95, scale: Scale = "value"
) -> Figures:
    """The standard error, on a scale, of values known by their limits: (upper - lower) / 2z.

    level   of the limits given
    raises  CrossedLimits; OutOfRange for a limit that the scale does not have

    >>> standard_error([70, None], [73.92, 75]).values.round(3).tolist()
    [1.0, nan]
    """
    low, high = figures(lower, "lower limits"), figures(upper, "upper limits")
    crossed = high.values <= low.values
    refuse(crossed, CrossedLimits, high.values, "Not above its lower limit is")
    ends = [_onto(each.values, scale, "limits") for each in (low, high)]
    reach = float(deviates(levels(level), 0).item())
    return Figures(np.asarray((ends[1] - ends[0]) / (2 * reach)), together(low.states, high.states))


def inequality(
    values: Numbers,
    population: Numbers,
    errors: Numbers,
    *,
    scale: Scale = "value",
    per: float = 1,
    reverse: bool = False,
    confidence: Confidence = 0.95,
) -> Inequality:
    """Slope and relative index of inequality with limits in closed form.

    values, population, errors   groups by quantiles, the most deprived first, quantiles on the
                last axis; the errors are standard errors on the scale (`standard_error`)
    scale       what the line is fitted to. On "value" both indices have exact limits: the slope is
                a weighted sum of normal values, and the ratio's are Fieller's. On "log" the ratio
                has limits in closed form and on "logit" neither has; those left out are NaN, and
                `simulated_inequality` has them
    per, reverse  the slope in another unit; the other way round, for an outcome that is the worse
                the higher, so that an index above nothing (above 1) is always to the disadvantage
                of the most deprived
    returns     a group with a quantile missing or withheld has that state; a quantile of nobody
                makes it not applicable
    raises      OutOfRange; WrongShape for fewer than 5 or more than 100 quantiles; Negative
    source      Low and Low, J Public Health 2004;26:390-5; Fieller, J R Stat Soc B 1954;16:175-85;
                form of regression as PHEindicatormethods 2.1 (phe_sii)

    >>> years = inequality([70, 72, 74, 76, 78], [100] * 5, [0.5] * 5)
    >>> round(float(years.slope.value), 6), years.slope.lower.round(3).tolist()
    (10.0, [8.451])
    >>> round(float(years.ratio.value), 4)
    1.1449
    """
    fit = _fit(values, population, errors)
    z = deviates(levels(confidence), fit.values.ndim - 1)
    slope, ratio = _closed(fit, scale, z)
    return _indices(fit, fit.ends(scale), slope, ratio).turned(per, reverse=reverse)


type _Limits = tuple[Floats, Floats]


def _closed(fit: _Fit, scale: Scale, z: Floats) -> tuple[_Limits, _Limits]:
    """Limits of slope and ratio where they have a closed form; NaN where they have none."""
    weight = fit.last - fit.first
    reach = z * np.sqrt((weight**2 * fit.errors**2).sum(axis=-1))
    slope = (weight * _onto(fit.values, scale, "values")).sum(axis=-1)
    none = np.full(reach.shape, np.nan)
    if scale == "value":
        return (slope - reach, slope + reach), _fieller(fit, z)
    if scale == "log":
        return (none, none), (np.exp(slope - reach), np.exp(slope + reach))
    return (none, none), (none, none)


def _fieller(fit: _Fit, z: Floats) -> _Limits:
    """Limits of the last end over the first; NaN where the first may as well be nought."""
    a, b = fit.ends("value")
    aa, ab, bb = (
        (one * other * fit.errors**2).sum(axis=-1)
        for one, other in ((fit.first, fit.first), (fit.first, fit.last), (fit.last, fit.last))
    )
    square, cross, free = a**2 - z**2 * aa, a * b - z**2 * ab, b**2 - z**2 * bb
    sure = square > 0
    root = np.sqrt(np.where(sure, cross**2 - square * free, np.nan))
    divisor = np.where(sure, square, np.nan)
    return (cross - root) / divisor, (cross + root) / divisor


def _indices(fit: _Fit, ends: _Limits, slope: _Limits, ratio: _Limits) -> Inequality:
    first, last = ends
    positive = first > 0
    return Inequality(
        estimate(last - first, *slope, fit.states),
        estimate(
            last / np.where(positive, first, 1.0), *ratio, not_applicable(~positive, fit.states)
        ),
        known_or_nan(first, fit.states),
    )


def simulated_inequality(
    values: Numbers,
    population: Numbers,
    errors: Numbers,
    *,
    chance: np.random.Generator,
    drawn: Scale = "value",
    fitted: Scale = "value",
    per: float = 1,
    reverse: bool = False,
    confidence: Confidence = 0.95,
    repetitions: int = 100_000,
) -> Inequality:
    """Slope and relative index with limits from repeated fits to values drawn at random.

    chance      the generator to draw with; the same seed gives the same limits
    drawn       the scale on which errors are normal: "log" for a rate, "logit" for a proportion
    fitted      the scale of the line: "value", or the scale drawn on
    repetitions 1,000 or more; percentiles of 100,000 are steady to about a hundredth of an error
    others      as `inequality`
    raises      WrongShape for too few repetitions, or a scale fitted that is not drawn on
    source      as `inequality`; percentiles between draws by linear interpolation

    >>> years = simulated_inequality([70, 72, 74, 76, 78], [100] * 5, [0.5] * 5,
    ...                              chance=np.random.default_rng(1))
    >>> bool(abs(years.slope.lower[0] - 8.45) < 0.05)
    True
    """
    if repetitions < 1_000 or fitted not in {"value", drawn}:  # noqa: PLR2004  # as the source has it
        raise WrongShape("Draw 1,000 times or more, and fit to the value or to the scale drawn on.")
    fit, asked = _fit(values, population, errors), levels(confidence)
    number, shape = fit.values.shape[-1], fit.values.shape[:-1]
    rows = fit._replace(
        values=fit.values.reshape(-1, number), errors=fit.errors.reshape(-1, number),
        first=fit.first.reshape(-1, number), last=fit.last.reshape(-1, number),
        states=fit.states.reshape(-1),
    )  # fmt: skip
    draw = _ends_at_once if drawn == fitted else _ends_by_quantile
    found = np.full((len(rows.values), 2, 2 * len(asked)), np.nan)
    tails = np.concatenate([(1 - asked) / 2, (1 + asked) / 2])
    for group in np.flatnonzero(rows.states == State.KNOWN.value).tolist():
        first, last = draw(rows, group, drawn, chance, repetitions)
        found[group, 0] = np.quantile(last - first, tails)
        found[group, 1] = np.quantile(last / first, tails)
    limits = np.moveaxis(found, (1, 2), (0, 1)).reshape(2, 2, len(asked), *shape)
    return _indices(fit, fit.ends(fitted), tuple(limits[0]), tuple(limits[1])).turned(
        per, reverse=reverse
    )


def _ends_at_once(
    fit: _Fit, group: int, scale: Scale, chance: np.random.Generator, repetitions: int
) -> tuple[Floats, Floats]:
    """Draws of both ends. They are sums of normal values, so two draws do for all quantiles."""
    fitted = _onto(fit.values[group], scale, "values")
    weights = np.stack([fit.first[group], fit.last[group]])
    spread = weights * fit.errors[group]
    covariance = spread @ spread.T
    across = np.sqrt(covariance[0, 0])
    drift = covariance[0, 1] / across if across > 0 else 0.0
    own = np.sqrt(max(covariance[1, 1] - drift**2, 0.0))
    one, other = chance.standard_normal((2, repetitions))
    first, last = weights @ fitted
    return _back(first + across * one, scale), _back(last + drift * one + own * other, scale)


def _ends_by_quantile(
    fit: _Fit, group: int, scale: Scale, chance: np.random.Generator, repetitions: int
) -> tuple[Floats, Floats]:
    """Draws of both ends where a line is fitted to values that are normal on another scale.

    In single precision, which is a thousand times finer than chance, and in blocks that stay near
    the processor.
    """
    centre = _onto(fit.values[group], scale, "values")[:, None].astype(np.float32)
    errors = fit.errors[group][:, None].astype(np.float32)
    weights = np.stack([fit.first[group], fit.last[group]]).astype(np.float32)
    ends = np.empty((2, repetitions), np.float32)
    for begin in range(0, repetitions, _BLOCK):
        block = ends[:, begin : begin + _BLOCK]
        normal = chance.standard_normal((len(centre), block.shape[1]), np.float32)
        np.matmul(weights, _raised(centre + normal * errors, scale), out=block)
    first, last = ends.astype(np.float64)
    return first, last


_BLOCK = 16_384


def _raised(normal: npt.NDArray[np.float32], scale: Scale) -> npt.NDArray[np.float32]:
    """`_back`, in single precision; beyond its range a value is at its end, which is right."""
    with np.errstate(over="ignore"):
        values = np.exp(normal) if scale == "log" else 1 / (1 + np.exp(-normal))
    return np.asarray(values, np.float32)
