"""Proportions: how many of those who could."""

import numpy as np

from .limits import Confidence, Estimate, estimate, levels, wilson_limits
from .states import CountAboveDenominator, Numbers, counts, not_applicable, refuse, together


def proportion(
    count: Numbers, denominator: Numbers, *, per: float = 1, confidence: Confidence = 0.95
) -> Estimate:
    """The share of the denominator that was counted: x/n, with Wilson's limits.

    count, denominator  whole or weighted numbers of the same shape, or shapes that broadcast
    per         100 for a percentage
    returns     from 0 to `per`; not applicable where the denominator is nought
    raises      CountAboveDenominator; Negative, NotANumber
    source      Wilson, J Am Stat Assoc 1927;22:209-12

    >>> share = proportion([65, 0, None], [100, 0, 50], per=100)
    >>> share.value.tolist(), share.states.tolist()
    ([65.0, nan, nan], [0, 1, 2])
    >>> round(float(share.lower[0, 0]), 4), round(float(share.upper[0, 0]), 4)
    (55.2544, 73.6358)
    """
    x, n = counts(count), counts(denominator, "denominators")
    refuse(
        x.values > n.values, CountAboveDenominator, x.values,
        "Of those counted there are more than in the denominator:",
        "Look whether the two are of the same people, or meant for a rate.",
    )  # fmt: skip
    top, bottom = np.broadcast_arrays(x.values, n.values)
    whole = np.where(bottom > 0, bottom, 1.0)
    lower, upper = wilson_limits(top, whole, levels(confidence))
    states = not_applicable(bottom == 0, together(x.states, n.states))
    return estimate(top / whole, lower, upper, states).times(per)
