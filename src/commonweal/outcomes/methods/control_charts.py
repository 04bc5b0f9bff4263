"""Control charts: how a measure moves over time, and which of its points are more than chance.

Each chart takes one series or many at once (series by points, oldest first), and gives centre,
limits and signals of every point. `phases` says where it was rebased, `baseline` which points the
limits rest on; see `phases`. No range or run reaches over a missing point or into another phase.

What is charted decides the chart:

    xmr    a measure: one value a period
    p, u   a share of people; events per person, stay or day. `laney=True` where there are very many
    c      a count where the chance of it hardly changes
    t, g   time, or cases, between rare events
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .phases import Phases, phases_of
from .rule_sets import RULE_SETS, RuleSet, Scale, Signals, signals
from .states import (
    BadFigures,
    Codes,
    CountAboveDenominator,
    Figures,
    Flags,
    Floats,
    NobodyAtRisk,
    Numbers,
    WrongShape,
    counts,
    figures,
    known_or_nan,
    not_applicable,
    together,
)

DOTS = RULE_SETS["plot-the-dots"]
_SCREEN = 3.267
_PER_RANGE = 1.128
_TO_NORMAL = 1 / 3.6
"""The power that makes times between events nearly normal: Nelson, J Qual Technol 26(3), 1994."""

type Grid = np.ndarray[tuple[int, int], np.dtype[np.float64]]
type Rebased = npt.ArrayLike | None
type Baseline = int | npt.ArrayLike | None


class TooManyDimensions(BadFigures):
    """More than series by points."""


class Chart(NamedTuple):
    """A chart of one or many series. Every array has the shape of the values it was made of.

    values, states  the points, and why one is not there
    centre          mean of the baseline; on a chart of cases between events, the median to expect
    lower, upper    process limits, three standard deviations from the mean
    near_lower, near_upper  at two
    signals         why a point stands out: the sum of `rule_sets.Signal`, nought for none
    rests_on        how many points the limits rest on; below `rules.fewest` they are trial limits.
                    A limit is NaN where there are not two neighbours to take it from
    rules           the set of rules
    """

    values: Floats
    states: Codes
    centre: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    signals: Signals
    rests_on: npt.NDArray[np.int64]
    rules: RuleSet

    def of(self, series: int) -> "Chart":
        """The chart of one series out of many."""
        arrays = {name: each[series] for name, each in self._asdict().items() if name != "rules"}
        return self._replace(**arrays)

    @property
    def trial(self) -> Flags:
        """Points whose limits rest on too few."""
        return self.rests_on < self.rules.fewest


def xmr(
    values: Numbers, *, rules: RuleSet = DOTS, phases: Rebased = None, baseline: Baseline = None
) -> Chart:
    """Individual values, with limits from the ranges between neighbours (an XmR chart).

    Centre: the mean. Limits: 2.66 mean moving ranges from it, or 3 / 1.128 where the rules say so.
    Ranges of 3.267 times their mean or more are left out once, if the rules screen, unless that
    would leave nothing but noughts. A series that never changes has limits on its value and no
    signal.

    raises  NotANumber, BadPhases
    """
    return _chart(figures(values, "values"), _individual, _Cut(rules, phases, baseline))


def t(
    between: Numbers, *, rules: RuleSet = DOTS, phases: Rebased = None, baseline: Baseline = None
) -> Chart:
    """Time between rare events, in days or any one unit.

    An `xmr` chart of the times to the power 1 / 3.6, its lines turned back to time (Nelson 1994).

    raises  Negative, and as `xmr`
    """
    taken = counts(between, "times between events")
    scaled = taken._replace(values=taken.values**_TO_NORMAL)
    made = _chart(scaled, _times, _Cut(rules, phases, baseline))
    return made._replace(
        values=taken.values,
        centre=made.centre ** (1 / _TO_NORMAL),
        lower=made.lower ** (1 / _TO_NORMAL),
        upper=made.upper ** (1 / _TO_NORMAL),
        near_lower=made.near_lower ** (1 / _TO_NORMAL),
        near_upper=made.near_upper ** (1 / _TO_NORMAL),
    )


def c(
    events: Numbers, *, rules: RuleSet = DOTS, phases: Rebased = None, baseline: Baseline = None
) -> Chart:
    """Counts of events. Centre: the mean m; limits m +/- 3 sqrt(m), not below nought.

    raises  Negative, and as `xmr`
    """
    return _chart(counts(events, "events"), _poisson, _Cut(rules, phases, baseline))


def g(
    between: Numbers, *, rules: RuleSet = DOTS, phases: Rebased = None, baseline: Baseline = None
) -> Chart:
    """Cases between rare events, such as operations between two infections.

    Limits: mean m +/- 3 sqrt(m (m + 1)), not below nought (Benneyan, Health Care Management Science
    4, 2001, pages 305 to 318). Runs are counted from the median to expect, m ln 2, because half of
    such counts lie below it and not below the mean.

    raises  Negative, and as `xmr`
    """
    return _chart(
        counts(between, "cases between events"), _geometric, _Cut(rules, phases, baseline)
    )


def p(
    events: Numbers,
    people: Numbers,
    *,
    per: float = 1,
    laney: bool = False,
    rules: RuleSet = DOTS,
    phases: Rebased = None,
    baseline: Baseline = None,
) -> Chart:
    """Shares of people.

    Centre: all events over all people, m. Limits: m +/- 3 sqrt(m (1 - m) / n), between nought and
    one. With Laney's correction the deviation is also multiplied by that of the standardised
    points, mean moving range / 1.128 (Laney, Quality Engineering 14(4), 2002, pages 531 to 537):
    for very large denominators, where every point would else be a signal.

    per     1 for a proportion, 100 for a percentage
    raises  CountAboveDenominator, Negative, NobodyAtRisk, WrongShape, and as `xmr`
    """
    shared = _shared(events, people)
    wrong = shared.top > shared.bottom
    if wrong.any():
        at = tuple(int(i) for i in np.argwhere(wrong)[0])
        raise CountAboveDenominator(
            f"{shared.top[at]:g} of {shared.bottom[at]:g} people at {at}: more than there are."
        )
    law = _Law(lambda m: m * (1 - m), 1.0, laney)
    return _of_shares(shared, law, per, _Cut(rules, phases, baseline))


def u(
    events: Numbers,
    exposure: Numbers,
    *,
    per: float = 1,
    laney: bool = False,
    rules: RuleSet = DOTS,
    phases: Rebased = None,
    baseline: Baseline = None,
) -> Chart:
    """Events per unit of exposure (people, stays, bed days); one may have several.

    Centre: all events over all exposure, m. Limits: m +/- 3 sqrt(m / n), not below nought; with
    Laney's correction as in `p`.

    per     1,000 for events per 1,000
    raises  Negative, NobodyAtRisk, WrongShape, and as `xmr`
    """
    law = _Law(lambda m: m, np.inf, laney)
    return _of_shares(_shared(events, exposure), law, per, _Cut(rules, phases, baseline))


# --- how each chart finds its scale -------------------------------------------------------------


def mean_of(values: Floats) -> Floats:
    """Mean over points that are there, kept as a column; exactly the value where all are equal."""
    there = ~np.isnan(values)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(there, values, 0).sum(-1, keepdims=True) / there.sum(-1, keepdims=True)
    least = np.where(there, values, np.inf).min(-1, keepdims=True)
    most = np.where(there, values, -np.inf).max(-1, keepdims=True)
    return np.where(least == most, least, mean)


def _individual(base: Floats, rules: RuleSet) -> Scale:
    mean = mean_of(base)
    return Scale(mean, mean, rules.sigma * _mean_range(base, screens=rules.screens))


def _times(base: Floats, rules: RuleSet) -> Scale:
    return _individual(base, rules)._replace(floor=0.0)


def _poisson(base: Floats, _: RuleSet) -> Scale:
    mean = mean_of(base)
    return Scale(mean, mean, np.sqrt(mean), floor=0.0)


def _geometric(base: Floats, _: RuleSet) -> Scale:
    mean = mean_of(base)
    return Scale(mean * np.log(2), mean, np.sqrt(mean * (mean + 1)), floor=0.0)


def _mean_range(base: Floats, *, screens: bool) -> Floats:
    ranges = np.abs(np.diff(base, axis=-1))
    mean = mean_of(ranges) if ranges.shape[-1] else np.full((*base.shape[:-1], 1), np.nan)
    if not screens:
        return mean
    kept = mean_of(np.where(ranges < _SCREEN * mean, ranges, np.nan)) if ranges.size else mean
    return np.where(kept > 0, kept, mean)


type Finder = Callable[[Floats, RuleSet], Scale]


class _Cut(NamedTuple):
    """By which rules, cut where, on which points."""

    rules: RuleSet
    phases: Rebased
    baseline: Baseline


def _chart(taken: Figures, finder: Finder, cut: _Cut) -> Chart:
    """A chart whose scale follows from its values alone."""
    values = by_series(taken.values)
    parts = phases_of(values.shape, cut.phases)
    laid = parts.apart(values)
    base = np.where(parts.baseline(cut.baseline), laid, np.nan)
    return _charted(taken, parts, _Laid(laid, base), finder(base, cut.rules), cut.rules)


def by_series(values: Floats) -> Grid:
    """One series or many as series by points.

    raises  TooManyDimensions
    """
    if values.ndim not in {1, 2}:
        raise TooManyDimensions(f"{values.ndim} dimensions: give points, or series by points.")
    if not values.size:
        raise WrongShape("There is no point to chart: give at least one.")
    return values.reshape(-1, values.shape[-1])


class _Laid(NamedTuple):
    """Values as phases by points, and those of them that limits rest on."""

    values: Floats
    base: Floats


def _charted(taken: Figures, parts: Phases, laid: _Laid, scale: Scale, rules: RuleSet) -> Chart:
    shape = taken.values.shape
    (lower, upper), (near_lower, near_upper) = scale.limits(3), scale.limits(2)
    many = (~np.isnan(laid.base)).sum(-1, keepdims=True)
    return Chart(
        values=taken.values,
        states=taken.states,
        centre=parts.again(scale.centre).reshape(shape),
        lower=parts.again(lower).reshape(shape),
        upper=parts.again(upper).reshape(shape),
        near_lower=parts.again(near_lower).reshape(shape),
        near_upper=parts.again(near_upper).reshape(shape),
        signals=parts.again(signals(laid.values, scale, rules)).reshape(shape),
        rests_on=parts.again(many).reshape(shape),
        rules=rules,
    )


# --- charts with denominators -------------------------------------------------------------------


class _Shared(NamedTuple):
    """Events and what they are a share of: NaN in both where either is not there."""

    top: Floats
    bottom: Floats
    states: Codes


class _Law(NamedTuple):
    """variance of one unit around a mean; the most that a share can be; whether Laney's holds."""

    variance: Callable[[Floats], Floats]
    ceiling: float
    laney: bool


def _shared(events: Numbers, exposure: Numbers) -> _Shared:
    top, bottom = counts(events, "events"), counts(exposure, "denominators")
    if top.values.shape != bottom.values.shape:
        raise WrongShape(
            f"Events of shape {top.values.shape} and denominators of {bottom.values.shape}: give "
            "one denominator for each count."
        )
    nobody = bottom.values == 0
    if (nobody & (top.values > 0)).any():
        raise NobodyAtRisk("There are events where the denominator is 0: nobody could have them.")
    states = not_applicable(nobody, together(top.states, bottom.states))
    return _Shared(known_or_nan(top.values, states), known_or_nan(bottom.values, states), states)


def _of_shares(shared: _Shared, law: _Law, per: float, cut: _Cut) -> Chart:
    share = shared.top / shared.bottom
    values = by_series(share)
    parts = phases_of(values.shape, cut.phases)
    laid = parts.apart(values)
    bottom = parts.apart(by_series(shared.bottom))
    chosen = parts.baseline(cut.baseline)
    base = np.where(chosen, laid, np.nan)
    mean = mean_of(base * bottom) / mean_of(np.where(chosen, bottom, np.nan))
    mean = np.where(_all_equal(base), mean_of(base), mean)
    sigma = np.sqrt(law.variance(mean) / bottom)
    if law.laney:
        sigma = sigma * _between(base, mean, sigma)
    scale = Scale(per * mean, per * mean, per * sigma, 0.0, per * law.ceiling)
    taken = Figures(per * share, shared.states)
    return _charted(taken, parts, _Laid(per * laid, base), scale, cut.rules)


def _all_equal(base: Floats) -> Flags:
    there = ~np.isnan(base)
    least = np.where(there, base, np.inf).min(-1, keepdims=True)
    return np.equal(np.where(there, base, -np.inf).max(-1, keepdims=True), least)


def _between(base: Floats, mean: Floats, sigma: Floats) -> Floats:
    """Laney's correction: how much more the points differ than their denominators would have it."""
    spread = np.where(sigma > 0, sigma, np.nan)
    standardised = np.where(sigma == 0, 0.0, (base - mean) / spread)
    return _mean_range(standardised, screens=False) / _PER_RANGE
