"""How many people there will be, and how much care each uses a year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from .errors import CannotProject, near, or_refuse
from .ranges import Floats

SEXES = ("female", "male")

type Unit = Literal["events", "bed days"]
_MOST = {"events": 366.0, "bed days": 366.0}
"""The most that one person can possibly use in a year: one each day."""

type People = npt.NDArray[np.int32] | Floats


@dataclass(frozen=True, slots=True)
class Population:
    """Projected residents, or people registered: never both, for the two differ.

    years   every year from the first to the last, in order
    ages    every whole age from the first to the last, which is that age and over
    people  persons [area, variant, year, age, sex]
    """

    areas: tuple[str, ...]
    variants: tuple[str, ...]
    years: range
    ages: range
    people: People

    def of(self, area: str, years: range) -> Floats:
        """Persons [variant, year, age, sex] of an area in some years."""
        first = years.start - self.years.start
        cut = self.people[place(self.areas, area, "area"), :, first : first + len(years)]
        return np.asarray(cut, np.float64)


@dataclass(frozen=True, slots=True)
class Activity:
    """A type of care that is counted.

    unit  `events` (admissions, attendances, appointments) or `bed days`
    """

    name: str
    label: str
    unit: Unit = "events"


@dataclass(frozen=True, slots=True)
class Rates:
    """How much of each type a person of an age and sex uses a year.

    ages    from the first age that the source counts to the last, which is that age and over
    rates   activity per person a year [area, type, age, sex]; not a number where not recorded
    """

    areas: tuple[str, ...]
    types: tuple[Activity, ...]
    ages: range
    rates: Floats

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.types)

    def at_ages(self, area: str, ages: Floats) -> Floats:
        """Rates [type, age, sex] read by straight lines between whole ages.

        Nought below the first age, which the source does not count; the last age's above it.
        """
        known = self.rates[place(self.areas, area, "area")]
        within = np.clip(ages - self.ages.start, 0, len(self.ages) - 1)
        below = np.floor(within).astype(np.intp)
        above = np.minimum(below + 1, len(self.ages) - 1)
        part = (within - below)[:, None]
        read: Floats = known[:, below] * (1 - part) + known[:, above] * part
        return read

    def counted(self, ages: range) -> Floats:
        """1 for each age that the source counts, else 0."""
        return (np.array(ages) >= self.ages.start).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a projection starts from.

    version  which edition of the data it is, as its publisher says
    raises   CannotProject with a sentence for each figure that cannot be
    """

    population: Population
    rates: Rates
    version: str

    def __post_init__(self) -> None:
        or_refuse(list(_faults(self.population, self.rates)))


def _faults(has: Population, uses: Rates) -> Iterator[str]:
    people = (len(has.areas), len(has.variants), len(has.years), len(has.ages), 2)
    if has.people.shape != people:
        yield f"The population is {has.people.shape} where its names make {people}."
    elif not (np.isfinite(has.people).all() and (has.people >= 0).all()):
        yield "The population has cells below nought or without a number: give every cell."
    rates = (len(uses.areas), len(uses.types), len(uses.ages), 2)
    if uses.rates.shape != rates:
        yield f"The rates are {uses.rates.shape} where their names make {rates}."
        return
    for place, kind in enumerate(uses.types):
        each = uses.rates[:, place]
        if (each < 0).any():
            yield f"{kind.label} has a rate below nought, {np.nanmin(each):g}."
        if (each > _MOST[kind.unit]).any():
            yield (
                f"{kind.label} has a rate of {np.nanmax(each):g} a person a year, more than one a "
                "day. Is it per 1,000 people? Rates are per person."
            )


def place(names: Sequence[str], name: str, what: str) -> int:
    """Where a name stands. Raises CannotProject with the names that do exist."""
    try:
        return names.index(name)
    except ValueError:
        raise CannotProject([f"There is no {what} “{name}”. There are: {near(names)}."]) from None
