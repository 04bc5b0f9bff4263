"""When a point of a control chart is more than chance: rules, and sets of rules by name.

A set is always named beside its chart, because tools that look alike count differently: seven
points here, six or eight there. Each rule looks only at neighbours in time, so a missing point ends
whatever ran up to it.
"""

from collections.abc import Iterator
from enum import IntFlag
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from commonweal.record.errors import did_you_mean

from .states import BadFigures, Flags, Floats

type Signals = npt.NDArray[np.uint16]


class UnknownRuleSet(BadFigures):
    """No set of rules has that name."""


class Signal(IntFlag):
    """Why a point stands out. Where there are several reasons, the lowest value leads.

    A name that ends in HIGH or LOW says which way; the last three go neither way.
    """

    OUTSIDE_HIGH = 1
    OUTSIDE_LOW = 2
    TREND_HIGH = 4
    TREND_LOW = 8
    TWO_IN_THREE_HIGH = 16
    TWO_IN_THREE_LOW = 32
    SHIFT_HIGH = 64
    SHIFT_LOW = 128
    FOUR_IN_FIVE_HIGH = 256
    FOUR_IN_FIVE_LOW = 512
    ALTERNATING = 1024
    HUGGING = 2048
    AVOIDING = 4096


HIGH = sum(each for each in Signal if each.name and each.name.endswith("HIGH"))
LOW = sum(each for each in Signal if each.name and each.name.endswith("LOW"))


class Cluster(NamedTuple):
    """So many of so many neighbours beyond a number of standard deviations, on one side.

    all_on_one_side  whether the rest must lie on that side of the centre as well
    outside_counts   whether a point outside the process limits is one of them
    """

    at_least: int
    of: int
    beyond: int
    all_on_one_side: bool = False
    outside_counts: bool = True


class RuleSet(NamedTuple):
    """Which rules hold on a chart, and how its limits are worked out from moving ranges.

    shift        points in a row on one side of the centre
    trend        points in a row that all rise or all fall
    screens      whether ranges of 3.267 times their mean or more are left out once
    sigma        standard deviations in one mean moving range
    fewest       points that limits should rest on; with fewer they are trial limits
    alternating, hugging, avoiding  points in a row that go up and down by turns, lie within one
                 standard deviation, or lie beyond one on either side
    """

    name: str
    source: str
    shift: int | None
    trend: int | None
    clusters: tuple[Cluster, ...]
    screens: bool = False
    sigma: float = 1 / 1.128
    fewest: int = 12
    alternating: int | None = None
    hugging: int | None = None
    avoiding: int | None = None


_DOTS = RuleSet(
    name="plot-the-dots",
    source="NHS England, Making Data Count; as NHSRplotthedots 0.2.2 works it out",
    shift=7,
    trend=7,
    clusters=(Cluster(2, 3, beyond=2, all_on_one_side=True, outside_counts=False),),
    screens=True,
    sigma=2.66 / 3,
)

RULE_SETS = {
    each.name: each
    for each in (
        _DOTS,
        _DOTS._replace(
            name="six-point",
            source="NHS England, Making Data Count: the choice of six points in its Excel tool",
            shift=6,
            trend=6,
        ),
        RuleSet(
            name="western-electric",
            source="Western Electric, Statistical Quality Control Handbook, 1956",
            shift=8,
            trend=None,
            clusters=(Cluster(2, 3, beyond=2), Cluster(4, 5, beyond=1)),
        ),
        RuleSet(
            name="nelson",
            source="L S Nelson, Journal of Quality Technology 16(4), 1984, pages 237 to 239",
            shift=9,
            trend=6,
            clusters=(Cluster(2, 3, beyond=2), Cluster(4, 5, beyond=1)),
            alternating=14,
            hugging=15,
            avoiding=8,
        ),
    )
}


def rule_set(name: str) -> RuleSet:
    """The rules of that name.

    raises  UnknownRuleSet, with the names there are
    """
    if name not in RULE_SETS:
        raise UnknownRuleSet(
            f"No set of rules is called {name!r}. {did_you_mean(name, [*RULE_SETS])}"
        )
    return RULE_SETS[name]


class Scale(NamedTuple):
    """Where points are judged, in arrays that spread over series by points.

    centre  the line that runs are counted from
    mean    the line that limits are measured from: the centre, but on a chart of rare events
    sigma   one standard deviation; not a number where there is nothing to take it from
    floor, ceiling  the least and the most that a value can be
    """

    centre: Floats
    mean: Floats
    sigma: Floats
    floor: float = -np.inf
    ceiling: float = np.inf

    def limits(self, deviations: int) -> tuple[Floats, Floats]:
        """Lower and upper limits at so many standard deviations, within what can be."""
        wide = deviations * self.sigma
        return np.maximum(self.mean - wide, self.floor), np.minimum(self.mean + wide, self.ceiling)


def signals(values: Floats, scale: Scale, rules: RuleSet) -> Signals:
    """Every reason for which each point stands out, as the sum of `Signal`s.

    values  series by points, oldest first; not a number where there is none, which ends a run
    """
    found = np.zeros(values.shape, np.uint16)
    for signal, points in _found(values, scale, rules):
        found |= np.where(points, np.uint16(signal), np.uint16(0))
    return found


def _found(values: Floats, scale: Scale, rules: RuleSet) -> Iterator[tuple[Signal, Flags]]:
    above, below = values > scale.centre, values < scale.centre
    lower, upper = scale.limits(3)
    outside = (values > upper, values < lower)
    yield Signal.OUTSIDE_HIGH, outside[0]
    yield Signal.OUTSIDE_LOW, outside[1]
    steps = np.diff(values, axis=-1)
    if rules.trend:
        yield Signal.TREND_HIGH, _climb(steps > 0, rules.trend, values.shape)
        yield Signal.TREND_LOW, _climb(steps < 0, rules.trend, values.shape)
    if rules.shift:
        yield Signal.SHIFT_HIGH, in_a_row(above, rules.shift)
        yield Signal.SHIFT_LOW, in_a_row(below, rules.shift)
    for cluster in rules.clusters:
        low, high = scale.limits(cluster.beyond)
        names = _CLUSTERS[cluster.beyond]
        yield names[0], _gathered(values > high, outside[0], above, cluster)
        yield names[1], _gathered(values < low, outside[1], below, cluster)
    yield from _neither_way(values, scale, rules, steps)


_CLUSTERS = {
    2: (Signal.TWO_IN_THREE_HIGH, Signal.TWO_IN_THREE_LOW),
    1: (Signal.FOUR_IN_FIVE_HIGH, Signal.FOUR_IN_FIVE_LOW),
}


def _neither_way(
    values: Floats, scale: Scale, rules: RuleSet, steps: Floats
) -> Iterator[tuple[Signal, Flags]]:
    low, high = scale.limits(1)
    if rules.alternating:
        turned = (steps[..., 1:] * steps[..., :-1]) < 0
        yield Signal.ALTERNATING, _climb(turned, rules.alternating, values.shape, short_by=2)
    if rules.hugging:
        yield Signal.HUGGING, in_a_row((values >= low) & (values <= high), rules.hugging)
    if rules.avoiding:
        yield Signal.AVOIDING, in_a_row((values < low) | (values > high), rules.avoiding)


def in_a_row(held: Flags, length: int) -> Flags:
    """Points that are one of so many in a row for which something held."""
    whole = _whole(held, length)
    return _spread(whole, length, held.shape)


def _climb(held: Flags, length: int, shape: tuple[int, ...], *, short_by: int = 1) -> Flags:
    """As `in_a_row`, for what holds between points: so many points have one step fewer."""
    return _spread(_whole(held, length - short_by), length, shape)


def _whole(held: Flags, length: int) -> Flags:
    """Whether something held at a place and at all after it, up to so many."""
    starts = max(0, held.shape[-1] - length + 1)
    whole = np.ones((*held.shape[:-1], starts), np.bool_)
    for step in range(length if starts else 0):
        whole &= held[..., step : step + starts]
    return whole


def _spread(starts: Flags, length: int, shape: tuple[int, ...]) -> Flags:
    """Every point of every stretch of so many that begins at a start."""
    part = np.zeros(shape, np.bool_)
    wide = starts.shape[-1]
    for step in range(length if wide else 0):
        part[..., step : step + wide] |= starts
    return part


def _gathered(beyond: Flags, outside: Flags, side: Flags, cluster: Cluster) -> Flags:
    """The points beyond the line in each stretch where enough are."""
    counted = beyond if cluster.outside_counts else beyond & ~outside
    starts = max(0, counted.shape[-1] - cluster.of + 1)
    if not starts:
        return np.zeros(counted.shape, np.bool_)
    many = np.zeros((*counted.shape[:-1], starts), np.int8)
    for step in range(cluster.of):
        many += counted[..., step : step + starts]
    enough = many >= cluster.at_least
    if cluster.all_on_one_side:
        enough &= _whole(side, cluster.of)
    return _spread(enough, cluster.of, counted.shape) & counted


def leading(found: Signals) -> Signals:
    """The first reason of each point, nought where there is none."""
    return found & (~found + np.uint16(1))


def both_ways(found: Signals) -> Flags:
    """Points with one reason that they are high and another that they are low.

    The last point of a fall may be the first of a rise. The leading reason decides its colour; a
    chart should say that there was another.
    """
    return ((found & HIGH) > 0) & ((found & LOW) > 0)


def in_words(signal: int, rules: RuleSet) -> str:
    """One reason in words, with the count the rules set.

    >>> in_words(Signal.TREND_LOW, rule_set("plot-the-dots"))
    'one of 7 points that each fall'
    """
    return _WORDS[Signal(signal)].format(shift=rules.shift, trend=rules.trend, rules=rules)


_WORDS = {
    Signal(0): "within what chance would do",
    Signal.OUTSIDE_HIGH: "above the upper process limit",
    Signal.OUTSIDE_LOW: "below the lower process limit",
    Signal.TREND_HIGH: "one of {trend} points that each rise",
    Signal.TREND_LOW: "one of {trend} points that each fall",
    Signal.TWO_IN_THREE_HIGH: "one of two points in three near the upper process limit",
    Signal.TWO_IN_THREE_LOW: "one of two points in three near the lower process limit",
    Signal.SHIFT_HIGH: "one of {shift} points in a row above the centre",
    Signal.SHIFT_LOW: "one of {shift} points in a row below the centre",
    Signal.FOUR_IN_FIVE_HIGH: "one of four points in five well above the centre",
    Signal.FOUR_IN_FIVE_LOW: "one of four points in five well below the centre",
    Signal.ALTERNATING: "one of {rules.alternating} points that go up and down by turns",
    Signal.HUGGING: "one of {rules.hugging} points in a row that keep close to the centre",
    Signal.AVOIDING: "one of {rules.avoiding} points in a row that keep away from the centre",
}
