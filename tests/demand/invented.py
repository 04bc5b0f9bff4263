"""Small invented people and rates to project: nobody's area."""

import numpy as np

from commonweal.demand.people import Activity, Inputs, Population, Rates
from commonweal.demand.scenario import Growth, Mitigation, Scenario

TYPES = (
    Activity("emergency-admissions", "Emergency admissions"),
    Activity("emergency-bed-days", "Emergency bed days", "bed days"),
    Activity("same-day-care", "Same-day emergency care"),
)
NAMES = tuple(each.name for each in TYPES)
AREAS, VARIANTS = ("north", "south", "west"), ("principal", "high")
YEARS, AGES = range(2025, 2036), range(101)


def people(areas=AREAS, *, growing=0.01):
    """Each area a little larger than the one before; the second variant grows twice as fast."""
    age = np.array(AGES)
    by_age = np.where(age < 60, 1_000.0, 1_000 * 0.95 ** (age - 60))
    size = 1 + np.arange(len(areas)) / 4
    grows = np.stack([(1 + growing * (1 + v)) ** np.arange(len(YEARS)) for v in range(2)])
    made = size[:, None, None, None, None] * grows[None, :, :, None, None]
    cells = made * by_age[:, None] * np.array([1.05, 1.0])
    return Population(areas, VARIANTS, YEARS, AGES, cells)


def used(areas=AREAS, *, first_age=17):
    """Rates that rise with age; nothing is counted below `first_age`."""
    ages = range(first_age, 91)
    rising = 0.02 * 1.04 ** (np.array(ages) - first_age)
    each = np.array([1.0, 5.0, 0.5])[:, None, None] * rising[:, None] * np.array([1.0, 1.1])
    return Rates(areas, TYPES, ages, np.broadcast_to(each, (len(areas), *each.shape)).copy())


def inputs(areas=AREAS, *, growing=0.01, first_age=17):
    return Inputs(people(areas, growing=growing), used(areas, first_age=first_age), "invented, 1")


def scenario(**others):
    """Demography alone, unless more is asked for."""
    given = {
        "name": "As now", "source": "invented", "base": 2025, "horizon": 2035,
        "variants": {"principal": 0.75, "high": 0.25},
    }  # fmt: skip
    return Scenario(**given | others)


def still(**others):
    """A scenario in which people do not change."""
    return scenario(demography=False, variants={"principal": 1.0}, **others)


def growth(yearly, types=NAMES):
    return Growth(types=types, yearly=yearly, source="invented")


def mitigation(**others):
    given = {
        "name": "Care at home", "kind": "avoidance", "types": ("emergency-admissions",),
        "remaining": 0.9, "share": 1.0, "starts": 2025, "full": 2026, "source": "invented",
    }  # fmt: skip
    return Mitigation(**given | others)
