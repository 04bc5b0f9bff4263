"""Years of life in good health, by Sullivan's method: years lived times the share who are well."""

import numpy as np
import numpy.typing as npt

from .life_tables import (
    SMALLEST,
    WIDEST,
    LifeTable,
    life_tables,
    to_the_end,
    variance_of_years,
    with_limits,
)
from .limits import Confidence, Estimate
from .states import (
    CountAboveDenominator,
    Floats,
    Numbers,
    counts,
    not_applicable,
    over_bands,
    refuse,
    same_bands,
    together,
)


def healthy_life_expectancy(
    deaths: Numbers,
    population: Numbers,
    starts: npt.ArrayLike,
    healthy: Numbers,
    asked: Numbers,
    *,
    confidence: Confidence = 0.95,
    lived: npt.ArrayLike | None = None,
    smallest: float = SMALLEST,
    widest: float = WIDEST,
) -> Estimate:
    """Years still to live in good health at the beginning of each band.

    healthy, asked  how many said that they were in good health, of how many asked, in each band; a
                survey's weighted shares come as share times the effective sample and that sample
    returns     Σ πL / l, with limits by the normal from the chance both of the answers,
                L²π(1 - π)/n, and of the deaths. States as `life_tables`; a band in which nobody was
                asked makes it not applicable
    others      as `life_tables.life_expectancy`
    raises      CountAboveDenominator; WrongShape; Negative, NotANumber
    source      Sullivan, HSMHA Health Rep 1971;86:347-54; Jagger, Van Oyen and Robine, Health
                Expectancy Calculation by the Sullivan Method, 4th edition, 2014

    >>> years = healthy_life_expectancy([50, 100, 900], [10_000, 50_000, 9_000], [0, 1, 65],
    ...                                 healthy=[95, 160, 40], asked=[100, 200, 100])
    >>> years.value.round(2).tolist()
    [52.33, 51.64, 4.0]
    """
    table = life_tables(deaths, population, starts, lived=lived, smallest=smallest)
    good, of = counts(healthy, "healthy"), counts(asked, "asked")
    same_bands(deaths=table.rate, healthy=good.values, asked=of.values)
    refuse(
        good.values > of.values, CountAboveDenominator, good.values,
        "More are in good health than were asked:",
    )  # fmt: skip
    some = np.where(of.values > 0, of.values, 1.0)
    share = np.broadcast_to(
        good.values / some, np.broadcast_shapes(good.values.shape, table.rate.shape)
    )
    value, variance = sullivan(table, share, share * (1 - share) / some)
    states = over_bands(not_applicable(of.values == 0, together(good.states, of.states)))
    return with_limits(value, variance, together(table.states, states), confidence, widest)


def sullivan(table: LifeTable, share: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """Years ahead weighted by a share, and their variance through the shares and the deaths.

    variance    of each band's share
    """
    reached = np.where(table.survivors > 0, table.survivors, np.nan)
    value = to_the_end(table.years * share) / reached
    answers = to_the_end(table.years**2 * variance) / reached**2
    return value, answers + variance_of_years(table, value, share)
