"""Crude rates and how one rate compares with another."""

import numpy as np
from scipy import special

from .limits import Confidence, Estimate, estimate, levels, poisson_limits
from .states import NobodyAtRisk, Numbers, counts, not_applicable, refuse, together


def rate(
    count: Numbers, population: Numbers, *, per: float = 100_000, confidence: Confidence = 0.95
) -> Estimate:
    """Events per so many people, or person-years: x/n, with Byar's limits, exact below ten.

    count       events, each independent of the others; for events that one person may have
                repeatedly use `standardised.directly_standardised_rate_of_repeats` with one band
    population  people, or years that people were at risk; the count may be above it
    returns     not applicable where population and count are both nought; nought is a rate
    raises      NobodyAtRisk for events in a population of nought; Negative, NotANumber
    source      Byar's: Breslow and Day II, 1987, page 69; exact: Garwood, Biometrika 1936;28:437-42

    >>> deaths = rate([65, 0], [100, 2_000], per=100)
    >>> deaths.value.tolist()
    [65.0, 0.0]
    >>> deaths.upper.round(4).tolist()
    [[82.8491, 0.1844]]
    """
    x, n = counts(count), counts(population, "populations")
    events, people = np.broadcast_arrays(x.values, n.values)
    refuse(
        (people == 0) & (events > 0), NobodyAtRisk, events, "In a population of nought there are",
        "Look whether population and count are of the same area.",
    )  # fmt: skip
    some = np.where(people > 0, people, 1.0)
    lower, upper = poisson_limits(events, levels(confidence))
    states = not_applicable(people == 0, together(x.states, n.states))
    return estimate(events / some, lower / some, upper / some, states).times(per)


def rate_ratio(
    count: Numbers,
    population: Numbers,
    other_count: Numbers,
    other_population: Numbers,
    *,
    confidence: Confidence = 0.95,
) -> Estimate:
    """How many times the other rate a rate is, with exact limits.

    Given the events of both, those of the first are binomial; its Clopper-Pearson limits p give
    p/(1 - p) times the other population over the first.

    returns     not applicable where the other has no events, or either has nobody
    raises      as `rate`
    source      Breslow and Day II, 1987, section 3.2

    >>> twice = rate_ratio(40, 1_000, 20, 1_000)
    >>> float(twice.value), twice.lower.round(3).tolist(), twice.upper.round(3).tolist()
    (2.0, [1.142], [3.611])
    """
    first, other = rate(count, population, per=1), rate(other_count, other_population, per=1)
    x, n, y, m = np.broadcast_arrays(
        *(counts(each).values for each in (count, population, other_count, other_population))
    )
    some = np.where(y > 0, y, 1.0)
    tail = ((1 - levels(confidence)) / 2).reshape(-1, *[1] * np.ndim(x))
    low = np.where(x > 0, special.betaincinv(np.where(x > 0, x, 1.0), y + 1, tail), 0.0)
    high = special.betaincinv(x + 1, some, 1 - tail)
    people = np.where(n > 0, m / np.where(n > 0, n, 1.0), 1.0)
    states = not_applicable(y == 0, together(first.states, other.states))
    divisor = np.where(other.value > 0, other.value, 1.0)
    return estimate(
        first.value / divisor, low / (1 - low) * people, high / (1 - high) * people, states
    )
