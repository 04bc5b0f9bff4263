"""Years of life lost: deaths, each counted by the years that were still to come."""

import numpy as np
import numpy.typing as npt

from .limits import Confidence, Estimate, estimate, levels, poisson_limits
from .states import (
    Floats,
    NobodyAtRisk,
    Numbers,
    WrongShape,
    counts,
    figures,
    not_applicable,
    over_bands,
    refuse,
    same_bands,
    together,
)


def years_to(age: float, starts: npt.ArrayLike) -> Floats:
    """Years from the middle of each band up to an age; none in bands beyond it.

    age     where life lost ceases to be premature, such as 75
    starts  the age at which each band begins, rising

    >>> years_to(75, [0, 1, 5, 65, 75]).tolist()
    [74.5, 72.0, 40.0, 5.0, 0.0]
    """
    begins = np.asarray(starts, np.float64)
    ends = np.append(begins[1:], np.inf)
    if begins.ndim != 1 or not (np.diff(begins) > 0).all() or age not in begins:
        raise WrongShape(f"Bands begin at rising ages, one of them at {age:g}, to count up to it.")
    return np.where(begins < age, age - (begins + np.minimum(ends, age)) / 2, 0.0)


def years_of_life_lost(
    deaths: Numbers, years: Numbers, *, confidence: Confidence = 0.95
) -> Estimate:
    """Years of life that a group lost: Σ d y.

    deaths  groups by bands, the bands along the last axis
    years   what each death in a band loses: `years_to` for premature deaths, or the expectancy of
            life at the age of death from a standard table
    returns years, with limits as for a sum of weighted events: √(Σ y²d / d)(L - d), where L are the
            limits of all deaths that lose anything. A missing band makes it missing
    raises  WrongShape; Negative, NotANumber
    source  Gardner and Sanborn, Epidemiology 1990;1:322-9; limits: Dobson and others, Stat Med
            1991;10:457-62

    >>> lost = years_of_life_lost([2, 0, 10], [74.5, 40, 5])
    >>> float(lost.value), lost.lower.round(1).tolist()
    (199.0, [20.4])
    """
    return _lost(deaths, years, np.ones(1), confidence)


def rate_of_years_of_life_lost(
    deaths: Numbers,
    years: Numbers,
    population: Numbers,
    standard: Numbers | None = None,
    *,
    per: float = 10_000,
    confidence: Confidence = 0.95,
) -> Estimate:
    """Years of life lost per so many people, crude or by a standard population.

    population  groups by bands
    standard    one weight a band: Σ(w d y/n) / Σw; without it the crude Σ d y / Σ n
    returns     not applicable where there is nobody, in all or in a band that has a weight
    others      as `years_of_life_lost`
    raises      NobodyAtRisk for deaths where there is nobody; WrongShape; Negative, NotANumber

    >>> lost = rate_of_years_of_life_lost([2, 10], [70, 5], [1_000, 1_000], [3, 1], per=1_000)
    >>> float(lost.value)
    117.5
    """
    n = counts(population, "populations")
    if standard is None:
        people = n.values.sum(axis=-1, keepdims=True)
        per_person = 1 / np.where(people > 0, people, 1.0)
        nobody = np.broadcast_to(people == 0, n.values.shape)
    else:
        w = figures(standard, "standard").values
        same_bands(populations=n.values, standard=w)
        if not (w >= 0).all() or not w.sum() > 0:
            raise WrongShape("Every band needs a weight, none below nought and one above it.")
        per_person = w / w.sum() / np.where(n.values > 0, n.values, 1.0)
        nobody = (n.values == 0) & (w > 0)
    x = counts(deaths, "deaths").values
    refuse((n.values == 0) & (x > 0), NobodyAtRisk, x, "Of nobody there are deaths:")
    made = _lost(deaths, years, per_person, confidence)
    states = together(made.states, over_bands(not_applicable(nobody, n.states)))
    return estimate(made.value, made.lower, made.upper, states).times(per)


def _lost(deaths: Numbers, years: Numbers, weight: Floats, confidence: Confidence) -> Estimate:
    d, y = counts(deaths, "deaths"), counts(years, "years of life")
    same_bands(deaths=d.values, years=y.values)
    # Deaths that lose nothing make the sum no less certain.
    each = y.values * weight
    events = np.where(each == 0, 0.0, d.values).sum(axis=-1)
    value = (each * d.values).sum(axis=-1)
    stretch = np.sqrt((each**2 * d.values).sum(axis=-1) / np.where(events > 0, events, 1.0))
    lower, upper = poisson_limits(events, levels(confidence))
    # Where nobody died any band might have been the one: the heaviest bounds them all.
    stretch = np.where(events > 0, stretch, each.max(axis=-1))
    low, high = (value + stretch * (limit - events) for limit in (lower, upper))
    return estimate(value, np.maximum(low, 0.0), high, over_bands(together(d.states, y.states)))
