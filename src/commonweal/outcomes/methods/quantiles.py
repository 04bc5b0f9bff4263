"""Quantiles: areas in order, cut into groups of much the same number."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .states import Codes, Numbers, State, WrongShape, figures

type Whole = npt.NDArray[np.int64]


class Quantiles(NamedTuple):
    """Which quantile each is in, from 1; 0 where its state says that it is in none."""

    quantile: Whole
    states: Codes


def quantiles(
    values: Numbers,
    number: int = 10,
    *,
    highest_first: bool = True,
    within: npt.ArrayLike | None = None,
) -> Quantiles:
    """Put areas into quantiles by rank: number + 1 - ⌈(N + 1 - rank) number / N⌉.

    number          10 for deciles, 5 for quintiles
    highest_first   the highest value goes into quantile 1, as for a score of deprivation
    within          the group in which each is ranked, numbered 0, 1, 2 ...; without it all in one
    returns         equal values are never parted: all take the best rank among them. An area
                    without a value keeps its state; in a group with fewer areas than quantiles all
                    are not applicable
    raises          WrongShape for fewer than two quantiles, or groups that do not fit; NotANumber
    source          Office for Health Improvement and Disparities, PHEindicatormethods 2.1
                    (phe_quantile)

    >>> quantiles([40, 10, 30, 20, None], 2).quantile.tolist()
    [1, 2, 1, 2, 0]
    """
    x = figures(values, "values")
    if number < 2 or x.values.ndim != 1:  # noqa: PLR2004  # one quantile parts nothing
        raise WrongShape(
            f"Values of shape {x.values.shape} in {number} quantiles: two or more fit."
        )
    which = np.zeros(x.values.shape, np.int64) if within is None else np.asarray(within)
    if which.shape != x.values.shape or which.dtype.kind not in "iu":
        raise WrongShape("Each value needs the number of the group it is ranked in: 0, 1, 2 ...")
    known = np.flatnonzero(x.known)
    made, states = np.zeros(x.values.shape, np.int64), x.states.copy()
    signed = -x.values[known] if highest_first else x.values[known]
    rank, size = _ranks(signed, which[known])
    # In whole numbers: with fractions a value on the boundary may fall to either side. A rank from
    # the top counts alike however many are level, so ties stay together.
    quantile = number + 1 + (-(size + 1 - rank) * number // size)
    made[known] = np.where(size >= number, np.maximum(quantile, 1), 0)
    states[known] = np.where(size >= number, 0, State.NOT_APPLICABLE.value)
    return Quantiles(made, states)


def _ranks(values: npt.NDArray[np.float64], groups: Whole) -> tuple[Whole, Whole]:
    """Each value's rank in its group, ties at the first of them, and the size of its group."""
    order = np.lexsort((values, groups))
    sorted_groups, sorted_values = groups[order], values[order]
    fresh = np.ones(len(order), bool)
    fresh[1:] = sorted_groups[1:] != sorted_groups[:-1]
    place = np.arange(len(order))
    begins = np.maximum.accumulate(np.where(fresh, place, 0))
    fresh[1:] |= sorted_values[1:] != sorted_values[:-1]
    firsts = np.maximum.accumulate(np.where(fresh, place, 0))
    rank = np.empty(len(order), np.int64)
    rank[order] = firsts - begins + 1
    _, inverse, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    return rank, sizes[inverse]
