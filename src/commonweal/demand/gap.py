"""The gap between what activity will cost and what there will be, future by future, in pence."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .errors import CannotProject, or_refuse
from .futures import Outlook
from .ranges import Floats

type Pence = npt.NDArray[np.int64]


class UnitCost(NamedTuple):
    """What one of a type of activity costs in the base year, in pence, and its yearly growth.

    growth  by year after the base: 0.031 is 3.1% more than the year before
    """

    pence: int
    growth: Mapping[int, float]


class Spending(NamedTuple):
    """Money put into a change in care.

    recurrent  it is spent again in every later year; else in `year` alone
    """

    year: int
    pence: int
    recurrent: bool


class Gap(NamedTuple):
    """The gap of each year after the base year, in pence; above nought where money is short.

    spend, gap  [year, draw]
    allocation  [year]
    """

    years: range
    spend: Pence
    allocation: Pence
    gap: Pence

    def centiles(self, of: Sequence[float] = (10, 50, 90)) -> Floats:
        """[centile, year], in pence."""
        return np.percentile(self.gap, of, axis=1)

    def share_of_the_year(self) -> Floats:
        """The gap as a share of that year's allocation, not of the base year's [year, draw]."""
        return self.gap / self.allocation[:, None]


def gap(
    outlook: Outlook,
    name: str,
    unit_costs: Mapping[str, UnitCost],
    allocation: Mapping[int, int],
    spending: Sequence[Spending] = (),
) -> Gap:
    """The gap of an area or group whose futures were kept.

    Under a scenario without mitigations it is the do-nothing gap, in the units and with the sign of
    `commonweal.money.gap`.

    unit_costs  by type of activity: what is not priced is not in the gap
    allocation  pence by year
    raises      CannotProject with a sentence for each thing that is not stated
    """
    years = outlook.years[1:]
    counts = outlook[name].counts
    if counts is None:
        raise CannotProject([f"The futures of “{name}” were not kept: name it in `kept`."])
    places = {kind.name: number for number, kind in enumerate(outlook.types)}
    or_refuse(_unstated(years, places, unit_costs, allocation))
    spend = np.zeros(counts.shape[:2])
    for kind, cost in unit_costs.items():
        growth = np.cumprod([1 + cost.growth[year] for year in years])
        spend += counts[:, :, places[kind]] * (cost.pence * growth)[:, None]
    if np.isnan(spend).any():
        raise CannotProject(
            [f"Some priced activity of “{name}” is not known: see what is missing."]
        )
    spend += spent(spending, years)[:, None]
    has = np.array([allocation[year] for year in years], np.int64)
    whole = np.floor(spend + 0.5).astype(np.int64)
    return Gap(years, whole, has, whole - has[:, None])


def spent(spending: Sequence[Spending], years: range) -> Pence:
    """Pence of each year: recurrent money comes back every year, other money once."""
    made = np.zeros(len(years), np.int64)
    for each in spending:
        for number, year in enumerate(years):
            if year == each.year or (each.recurrent and year > each.year):
                made[number] += each.pence
    return made


def _unstated(
    years: range,
    places: Mapping[str, int],
    unit_costs: Mapping[str, UnitCost],
    allocation: Mapping[int, int],
) -> list[str]:
    found = [
        f"There is a price for “{kind}”, which is not projected. There are: {', '.join(places)}."
        for kind in unit_costs
        if kind not in places
    ]
    for year in years:
        found += [
            f"The growth of the cost of {kind} is not stated for {year}: state it, as 0 if none."
            for kind, cost in unit_costs.items()
            if year not in cost.growth
        ]
        if allocation.get(year, 0) <= 0:
            found.append(f"The allocation of {year} is not stated, or is not above nothing.")
    return found
