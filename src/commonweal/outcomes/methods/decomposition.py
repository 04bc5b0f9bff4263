"""Why one expectancy of life differs from another: by age, and by cause of death."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .life_tables import SMALLEST, LifeTable, life_tables, to_the_end
from .states import Codes, Floats, Numbers, WrongShape, counts, known_or_nan, over_bands, together


class Decomposition(NamedTuple):
    """What each band of age, and each cause in it, adds to the gap between two expectancies.

    gap      years: the other expectancy at the first band less the one; the parts add up to it
    by_age   years for each band, along the last axis
    by_cause years for each cause and band, the causes along the last axis but one; none if no
             causes were given
    states   one a group
    """

    gap: Floats
    by_age: Floats
    by_cause: Floats | None
    states: Codes


def decomposed_gap(
    deaths: Numbers,
    population: Numbers,
    other_deaths: Numbers,
    other_population: Numbers,
    starts: npt.ArrayLike,
    *,
    causes: Numbers | None = None,
    other_causes: Numbers | None = None,
    smallest: float = SMALLEST,
) -> Decomposition:
    """The gap in life expectancy between a group and another, taken apart by Arriaga's method.

    deaths, population, starts   as `life_tables`, of the group and of the other
    causes      deaths by cause, groups by causes by bands; they add up to the deaths of each band
    returns     what each band adds to the other's expectancy beyond the group's. Where the death
                rates of a band are the same its causes add nothing, though they may offset
    raises      WrongShape if causes do not add up, or only one side has them
    source      Arriaga, Demography 1984;21:83-96; by cause: Arriaga 1989, in Ruzicka, Wunsch and
                Kane, Differential Mortality

    >>> parts = decomposed_gap([50, 100, 900], [10_000, 50_000, 9_000],
    ...                        [40, 100, 850], [10_000, 50_000, 9_000], [0, 1, 65])
    >>> parts.gap.round(3).tolist(), parts.by_age.round(3).tolist()
    (0.585, [0.07, -0.0, 0.515])
    """
    one = life_tables(deaths, population, starts, smallest=smallest)
    other = life_tables(other_deaths, other_population, starts, smallest=smallest)
    by_age = _by_age(one, other)
    states = together(one.states, other.states)
    by_cause = None
    if causes is not None or other_causes is not None:
        shares, known = _by_cause(one, other, population, other_population, (causes, other_causes))
        by_cause, states = by_age[..., None, :] * shares, together(states, known)
        by_cause = known_or_nan(by_cause, states[..., None, None])
    gap = other.expectancy[..., 0] - one.expectancy[..., 0]
    return Decomposition(
        known_or_nan(gap, states), known_or_nan(by_age, states[..., None]), by_cause, states
    )


def _by_age(one: LifeTable, other: LifeTable) -> Floats:
    """Years that each band adds: directly, and through those who live on beyond it."""
    reach = one.survivors / np.where(other.survivors > 0, other.survivors, np.nan)
    direct = reach * other.years - one.years
    ahead = to_the_end(other.years)
    onward = np.zeros(reach.shape)
    onward[..., :-1] = ahead[..., 1:] * (reach[..., :-1] - reach[..., 1:])
    return np.asarray(direct + onward)


def _by_cause(
    one: LifeTable,
    other: LifeTable,
    population: Numbers,
    other_population: Numbers,
    causes: tuple[Numbers | None, Numbers | None],
) -> tuple[Floats, Codes]:
    """Each cause's part of the difference of the death rates of a band, and states."""
    if causes[0] is None or causes[1] is None:
        raise WrongShape("Deaths by cause are needed of both, or of neither.")
    rates, states = [], []
    for table, people, given in (
        (one, population, causes[0]),
        (other, other_population, causes[1]),
    ):
        x = counts(given, "deaths by cause")
        whole = known_or_nan(x.values, x.states).sum(axis=-2)
        if (np.abs(whole - table.deaths) > 1e-6).any():  # noqa: PLR2004  # rounding, not a limit
            raise WrongShape(
                "The deaths of a band's causes do not add up to the deaths of the band."
            )
        n = counts(people, "populations").values[..., None, :]
        rates.append(x.values / np.where(n > 0, n, 1.0))
        states.append(over_bands(over_bands(x.states)))
    apart = (other.rate - one.rate)[..., None, :]
    differs = apart != 0
    shares = np.where(differs, (rates[1] - rates[0]) / np.where(differs, apart, 1.0), 0.0)
    return shares, together(*states)
