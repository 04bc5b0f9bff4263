"""Life tables of any bands of age, and the expectancy of life they give.

Abridged by Chiang's method: in each band the death rate gives the chance of dying, the chances the
survivors, and the survivors the years lived. Source: Chiang, The Life Table and its Applications,
1984, chapters 6 and 7; variance of the open last band: Silcocks, Jenner and Reza, J Epidemiol
Community Health 2001;55:38-43.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .limits import Confidence, Estimate, deviates, estimate, levels
from .states import (
    Codes,
    Figures,
    Flags,
    Floats,
    Numbers,
    WrongShape,
    counts,
    not_applicable,
    over_bands,
    same_bands,
    together,
)

SMALLEST = 5_000
"""An expectancy is not given for so many person-years or fewer (Office for National Statistics)."""
WIDEST = 20.0
"""Nor one whose 95% limits are further apart than this, in years (PHEindicatormethods)."""
INFANCY = 0.1
"""Those who die before their first birthday live a tenth of the year; in other bands half."""


class LifeTable(NamedTuple):
    """Life tables, the bands along the last axis; each starts with one person born.

    width       years of each band; of the last, the years that those who reach it live, twice over
    lived       share of the band lived by those who die in it
    rate        deaths a person-year
    dying       chance of dying in the band for those who reach it; 1 in the last
    survivors   those who reach the band, of one born
    years       person-years lived in the band
    expectancy  years still to live, on average, at the beginning of the band
    variance    of the expectancy
    deaths      as given, for the variance of what is built on the table
    states      one for each table, not for each band
    """

    width: Floats
    lived: Floats
    rate: Floats
    dying: Floats
    survivors: Floats
    years: Floats
    expectancy: Floats
    variance: Floats
    deaths: Floats
    states: Codes


def life_tables(
    deaths: Numbers,
    population: Numbers,
    starts: npt.ArrayLike,
    *,
    lived: npt.ArrayLike | None = None,
    smallest: float = SMALLEST,
) -> LifeTable:
    """Life tables of many groups at once.

    deaths, population  groups by bands, the bands along the last axis; people, or person-years
    starts      the age in years at which each band begins, rising; the last has no end
    lived       share of each band lived by those who die in it, if not a tenth in a first year of
                life and half elsewhere
    smallest    a table of so many people or fewer is not applicable
    returns     a table is not applicable if a band has nobody, or more deaths than people, or if
                nobody died in the last band, which cannot then be closed. Missing and suppressed
                bands make it so
    raises      WrongShape for bands that do not fit or do not rise; Negative, NotANumber

    >>> table = life_tables([50, 100, 900], [10_000, 50_000, 9_000], [0, 1, 65])
    >>> table.survivors.round(4).tolist()
    [1.0, 0.995, 0.8753]
    >>> table.expectancy.round(2).tolist()
    [69.6, 68.95, 10.0]
    """
    x, n = counts(deaths, "deaths"), counts(population, "populations")
    age, share = _bands(starts, lived, x, n)
    events, people = np.broadcast_arrays(x.values, n.values)
    states = over_bands(
        not_applicable((people == 0) | (events > people), together(x.states, n.states))
    )
    states = not_applicable(people.sum(axis=-1) <= smallest, states)
    states = not_applicable(events[..., -1] == 0, states)
    rate = events / np.where(people > 0, people, 1.0)
    width = np.empty(rate.shape)
    width[..., :-1] = np.diff(age)
    width[..., -1] = 2 / np.where(rate[..., -1] > 0, rate[..., -1], 1.0)
    dying = _dying(rate, width, share)
    return _lived(width, share, rate, dying, Figures(events, states))


def _bands(
    starts: npt.ArrayLike, lived: npt.ArrayLike | None, x: Figures, n: Figures
) -> tuple[Floats, Floats]:
    age = np.asarray(starts, np.float64)
    same_bands(deaths=x.values, populations=n.values, starts=age)
    one = age.ndim != 1 or len(age) == 1
    if one or not (np.diff(age) > 0).all():
        raise WrongShape(
            f"Bands, two or more, begin at rising ages, each once; these begin at {age.tolist()}."
        )
    if lived is not None:
        share = np.asarray(lived, np.float64)
        if share.shape != age.shape or not ((share > 0) & (share < 1)).all():
            raise WrongShape("Of each band a share between 0 and 1 is lived, one for each band.")
        return age, share
    share = np.full(age.shape, 0.5)
    if age[0] == 0 and age[1] == 1:
        share[0] = INFANCY
    return age, share


def _dying(rate: Floats, width: Floats, share: Floats) -> Floats:
    """The chance nM / (1 + nM(1 - a)), and 1 where more would die than there are."""
    expected = rate * width
    all_die = expected * share > 1
    all_die[..., -1] = True
    return np.where(all_die, 1.0, expected / (1 + expected * (1 - share)))


def _lived(width: Floats, share: Floats, rate: Floats, dying: Floats, deaths: Figures) -> LifeTable:
    survivors = np.ones(rate.shape)
    np.cumprod(1 - dying[..., :-1], axis=-1, out=survivors[..., 1:])
    years = width * survivors * (1 - dying + dying * share)
    reached = np.where(survivors > 0, survivors, np.nan)
    expectancy = to_the_end(years) / reached
    made = LifeTable(
        width, share, rate, dying, survivors, years, expectancy, expectancy,
        deaths.values, deaths.states,
    )  # fmt: skip
    return made._replace(variance=variance_of_years(made, expectancy, np.ones(rate.shape)))


def to_the_end(values: Floats) -> Floats:
    """The sum from each band to the last."""
    return np.cumsum(values[..., ::-1], axis=-1)[..., ::-1]


def variance_of_years(table: LifeTable, ahead: Floats, weight: Floats) -> Floats:
    """Variance, through the deaths, of the weighted years ahead at each band.

    ahead   the weighted years ahead at each band
    weight  what a year of each band counts, such as the share that is in good health
    """
    some = np.where(table.deaths > 0, table.deaths, 1.0)
    spread = np.where(table.deaths > 0, table.dying**2 * (1 - table.dying) / some, 0.0)
    following = np.zeros(ahead.shape)
    following[..., :-1] = ahead[..., 1:]
    swing = table.width * (1 - table.lived) * weight + np.nan_to_num(following)
    terms = spread * table.survivors**2 * swing**2
    rate = np.where(table.rate[..., -1] > 0, table.rate[..., -1], 1.0)
    # The last band is lived for 1/M years, of variance 1/(D M²).
    terms[..., -1] = (table.survivors[..., -1] * weight[..., -1] / rate) ** 2 / some[..., -1]
    reached = np.where(table.survivors > 0, table.survivors, np.nan)
    return np.asarray(to_the_end(terms) / reached**2)


def life_expectancy(
    deaths: Numbers,
    population: Numbers,
    starts: npt.ArrayLike,
    *,
    confidence: Confidence = 0.95,
    lived: npt.ArrayLike | None = None,
    smallest: float = SMALLEST,
    widest: float = WIDEST,
) -> Estimate:
    """Years still to live at the beginning of each band, with limits by the normal.

    widest      an expectancy whose 95% limits are further apart, in years, is not applicable
    others, raises, source   as `life_tables`
    returns     groups by bands: expectancy at birth is the first of the last axis

    >>> years = life_expectancy([50, 100, 900], [10_000, 50_000, 9_000], [0, 1, 65])
    >>> years.value.round(2).tolist()
    [69.6, 68.95, 10.0]
    >>> years.lower[0].round(2).tolist()
    [68.51, 67.86, 9.35]
    """
    table = life_tables(deaths, population, starts, lived=lived, smallest=smallest)
    return with_limits(table.expectancy, table.variance, table.states, confidence, widest)


def with_limits(
    value: Floats, variance: Floats, states: Codes, confidence: Confidence, widest: float
) -> Estimate:
    """Expectancies with limits, left out where they are too wide apart or nobody gets so old."""
    error = np.sqrt(variance)
    reach = deviates(levels(confidence), np.ndim(value)) * error
    span = 2 * deviates(np.array([0.95]), 0) * error
    unsure: Flags = ~(span <= widest)
    made = not_applicable(unsure, np.broadcast_to(states[..., None], value.shape))
    return estimate(value, value - reach, value + reach, made)
