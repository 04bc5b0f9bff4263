"""Rates made comparable between areas whose people are of other ages: direct and indirect."""

from typing import NamedTuple

import numpy as np

from .limits import Confidence, Estimate, estimate, levels, poisson_limits
from .states import (
    Codes,
    Figures,
    Floats,
    NobodyAtRisk,
    Numbers,
    WrongShape,
    counts,
    not_applicable,
    over_bands,
    refuse,
    same_bands,
    together,
)  # fmt: skip

FEWEST = 10
"""A directly standardised rate of fewer events than this is not given: Dobson's limits and the
weights of single bands make it unsteady (Office for Health Improvement and Disparities)."""


def directly_standardised_rate(
    count: Numbers,
    population: Numbers,
    standard: Numbers,
    *,
    per: float = 100_000,
    confidence: Confidence = 0.95,
    fewest: int = FEWEST,
) -> Estimate:
    """The rate an area would have with the ages of the standard population: Σ(w x/n) / Σw.

    count, population  groups by bands, the bands along the last axis
    standard    the standard population, one weight a band, in the same order
    fewest      below so many events in all it is not applicable
    returns     one rate a group, with Dobson's limits: r + √(v/x)(L - x), L the limits of all x
                events, v = Σ(w²x/n²) / (Σw)². A band that is missing or withheld makes the rate so;
                a band of nobody makes it not applicable, unless its weight is nought
    raises      NobodyAtRisk for events in a band of nobody; WrongShape; Negative, NotANumber
    source      Dobson, Kuulasmaa, Eberle and Scherer, Stat Med 1991;10:457-62

    >>> rates = directly_standardised_rate([20, 30], [1_000, 500], [60, 40], per=1_000)
    >>> round(float(rates.value), 6), rates.lower.round(3).tolist()
    (36.0, [26.632])
    """
    x, n, weight = _by_band(count, population, standard)
    per_person = weight / np.where(n.values > 0, n.values, 1.0)
    sums = _weighted(per_person, x.values, x.values)
    return _dobson(sums, _states(x, n, weight), confidence, fewest).times(per)


def directly_standardised_rate_of_repeats(
    people: Numbers,
    population: Numbers,
    standard: Numbers,
    *,
    per: float = 100_000,
    confidence: Confidence = 0.95,
    fewest: int = FEWEST,
) -> Estimate:
    """A standardised rate of events that one person may have several times, such as admissions.

    Events of one person hang together, so the limits are wider than Dobson's of the same number:
    v = Σf² v(f) over those with f events each.

    people      groups by bands by frequencies: the last axis has how many people had one event,
                how many two, how many three, and so on
    others      as `directly_standardised_rate`
    source      Office for Health Improvement and Disparities, PHEindicatormethods 2.1 (eventfreq)

    >>> once, also_twice = [[20, 0], [30, 0]], [[10, 5], [20, 5]]
    >>> rates = [directly_standardised_rate_of_repeats(each, [1_000, 500], [60, 40], per=1_000)
    ...          for each in (once, also_twice)]
    >>> [round(float(each.value), 6) for each in rates], rates[0].lower > rates[1].lower
    ([36.0, 36.0], array([ True]))
    """
    who = counts(people, "people")
    if who.values.ndim < 1:
        raise WrongShape("People come by how often it happened to them, along the last axis.")
    often = np.arange(1, who.values.shape[-1] + 1, dtype=np.float64)
    events = Figures((who.values * often).sum(axis=-1), over_bands(who.states))
    x, n, weight = _by_band(events, population, standard)
    per_person = weight / np.where(n.values > 0, n.values, 1.0)
    sums = _weighted(per_person, x.values, (who.values * often**2).sum(axis=-1))
    return _dobson(sums, _states(x, n, weight), confidence, fewest).times(per)


def _by_band(
    count: Numbers, population: Numbers, standard: Numbers
) -> tuple[Figures, Figures, Floats]:
    """Counts, populations and weights that add up to one, all with the same bands."""
    x, n, w = (
        counts(count),
        counts(population, "populations"),
        counts(standard, "weights of the standard"),
    )
    same_bands(counts=x.values, populations=n.values, standard=w.values)
    if not w.known.all() or (w.values.sum(axis=-1) <= 0).any():
        raise WrongShape("Every band of the standard needs a weight, and one must be above nought.")
    refuse(
        (n.values == 0) & (x.values > 0), NobodyAtRisk, x.values,
        "In a band of nobody there are events:", "Look whether the bands are in the same order.",
    )  # fmt: skip
    return x, n, w.values / w.values.sum(axis=-1, keepdims=True)


def _weighted(weight: Floats, events: Floats, variance: Floats) -> tuple[Floats, Floats, Floats]:
    """Over all bands: the weighted events, their variance, and the events unweighted."""
    return (weight * events).sum(-1), (weight**2 * variance).sum(-1), events.sum(-1)


def _states(x: Figures, n: Figures, weight: Floats) -> Codes:
    bands = not_applicable((n.values == 0) & (weight > 0), together(x.states, n.states))
    return over_bands(bands)


def _dobson(
    sums: tuple[Floats, Floats, Floats], states: Codes, confidence: Confidence, fewest: int
) -> Estimate:
    """The estimate of a weighted sum of events, from its value, its variance and the events."""
    value, variance, events = sums
    lower, upper = poisson_limits(events, levels(confidence))
    stretch = np.sqrt(variance / np.where(events > 0, events, 1.0))
    states = not_applicable(events < fewest, states)
    low, high = (value + stretch * (limit - events) for limit in (lower, upper))
    return estimate(value, low, high, states)


class Indirect(NamedTuple):
    """What happened beside what would have, had each band had the rates of the reference.

    observed, expected    events
    reference_rate        the crude rate of the reference, in the unit asked for
    value, lower, upper, states  as of an `Estimate`
    """

    observed: Floats
    expected: Floats
    reference_rate: Floats
    value: Floats
    lower: Floats
    upper: Floats
    states: Codes


def indirectly_standardised_ratio(
    observed: Numbers,
    population: Numbers,
    reference_count: Numbers,
    reference_population: Numbers,
    *,
    per: float = 1,
    confidence: Confidence = 0.95,
) -> Indirect:
    """Events observed over those expected at the reference's rates: O / Σ(n X/N).

    observed    events of each group, all bands together
    population  groups by bands; reference_count and reference_population the bands of the reference
    per         100 for a standardised mortality ratio
    returns     Byar's limits, exact below ten; not applicable where none would be expected
    raises      NobodyAtRisk where the reference has events and nobody; WrongShape; Negative
    source      Breslow and Day II, 1987, section 2.3

    >>> deaths = indirectly_standardised_ratio(12, [1_000, 500], [100, 400], [20_000, 20_000])
    >>> float(deaths.expected), float(deaths.value)
    (15.0, 0.8)
    """
    o, n = counts(observed, "observed events"), counts(population, "populations")
    per_person, crude, ref_states = _reference(reference_count, reference_population, n)
    expected = (n.values * per_person).sum(axis=-1)
    states = together(o.states, over_bands(together(n.states, ref_states)))
    states = not_applicable(expected == 0, states)
    some = np.where(expected > 0, expected, 1.0)
    lower, upper = poisson_limits(o.values, levels(confidence))
    made = estimate(o.values / some, lower / some, upper / some, states).times(per)
    return Indirect(o.values, expected, crude, *made)


def indirectly_standardised_rate(
    observed: Numbers,
    population: Numbers,
    reference_count: Numbers,
    reference_population: Numbers,
    *,
    per: float = 100_000,
    confidence: Confidence = 0.95,
) -> Indirect:
    """The indirectly standardised ratio times the crude rate of the reference.

    Arguments, states and errors as `indirectly_standardised_ratio`.

    >>> deaths = indirectly_standardised_rate(12, [1_000, 500], [100, 400], [20_000, 20_000])
    >>> float(deaths.reference_rate), float(deaths.value)
    (1250.0, 1000.0)
    """
    ratio = indirectly_standardised_ratio(
        observed, population, reference_count, reference_population, confidence=confidence
    )
    crude = ratio.reference_rate * per
    made = Estimate(*ratio[3:]).times(crude)
    return Indirect(ratio.observed, ratio.expected, crude, *made)


def _reference(count: Numbers, people: Numbers, n: Figures) -> tuple[Floats, Floats, Codes]:
    """The reference's rate in each band, its crude rate, and states."""
    x, whole = counts(count, "reference counts"), counts(people, "reference populations")
    same_bands(populations=n.values, reference_counts=x.values, reference_populations=whole.values)
    nobody = whole.values == 0
    refuse(nobody & (x.values > 0), NobodyAtRisk, x.values, "The reference has nobody, and events:")
    states = not_applicable(nobody, together(x.states, whole.states))
    per_person = x.values / np.where(nobody, 1.0, whole.values)
    total = whole.values.sum(axis=-1)
    crude = x.values.sum(axis=-1) / np.where(total > 0, total, 1.0)
    return per_person, np.asarray(crude), states
