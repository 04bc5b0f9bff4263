"""Weighted capitation: shares by need, distance from target, and the pace of change towards it."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from .pence import BadMoney, split


def need_index(weighted: Decimal, people: Decimal, of: tuple[Decimal, Decimal]) -> Decimal:
    """Need per head of a place beside that of the area it is in: three decimals, half up.

    of      the weighted and the plain population of that area
    raises  BadMoney if a population is not above nothing

    NHS England's place-based allocation tool rounds after it has calculated, and so does this.
    """
    if min(people, *of) <= 0:
        raise BadMoney("A need index is of populations above nothing.")
    index = (weighted / people) / (of[0] / of[1])
    return index.quantize(Decimal("0.001"), ROUND_HALF_UP)


class Pace(NamedTuple):
    """How fast a stream's areas move to their targets in one year; parameters, not law.

    most  the most convergence adds or takes, as a rate
    full  the distance at which the most applies
    """

    most: Fraction
    full: Fraction


class Allocation(NamedTuple):
    """One area's allocation and how it was come to.

    pence                   the allocation, rounded so that all add up to the total
    target                  its share by need, before rounding
    opening, closing        distance from target before and after, as rates
    convergence, growth     the pace applied, and growth on the baseline
    """

    pence: int
    target: Fraction
    opening: Fraction
    convergence: Fraction
    growth: Fraction
    closing: Fraction


class Round(NamedTuple):
    """Every area's allocation, and the growth that all share (`common`)."""

    areas: tuple[Allocation, ...]
    common: Fraction


def converge(
    total: int, baselines: Sequence[int], weights: Sequence[Decimal | int], pace: Pace
) -> Round:
    """Share a total out so that areas move from their baselines towards their targets.

    An area above its target grows less than the rest and one below it more, in proportion to its
    distance up to `pace.full`. What all grow by besides is solved so that nothing is left over.

    total      what there is to share, in pence
    baselines  what each has now, in pence
    weights    each area's weighted population, in the same order
    raises     BadMoney unless every baseline and weight is above nothing, one each
    """
    if len(baselines) != len(weights) or not baselines or min(*baselines, *weights) <= 0:
        raise BadMoney("Every area needs a baseline and a weight, both above nothing.")
    if pace.full <= 0 or not 0 <= pace.most < 1:
        raise BadMoney("The pace is a rate from nothing to below one, at a distance above nothing.")
    targets = _targets(total, weights)
    held = sum(baselines)
    opening = [
        Fraction(baseline * total, held) / target - 1
        for baseline, target in zip(baselines, targets, strict=True)
    ]
    steps = [-pace.most * max(Fraction(-1), min(Fraction(1), d / pace.full)) for d in opening]
    moved = [b * (1 + step) for b, step in zip(baselines, steps, strict=True)]
    common = Fraction(total) / sum(moved) - 1
    pence = split(total, moved)
    areas = tuple(
        Allocation(
            part, target, before, step, (1 + step) * (1 + common) - 1,
            step_to * (1 + common) / target - 1,
        )
        for part, target, before, step, step_to in zip(
            pence, targets, opening, steps, moved, strict=True
        )
    )  # fmt: skip
    return Round(areas, common)


def _targets(total: int, weights: Sequence[Decimal | int]) -> list[Fraction]:
    ratios = [Fraction(weight) for weight in weights]
    return [total * ratio / sum(ratios) for ratio in ratios]
