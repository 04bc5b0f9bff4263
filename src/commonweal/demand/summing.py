"""Age and sex summed out before anything is drawn: activity is linear in all that is drawn later.

Rates are read by straight lines between whole ages, so activity at any shift of age lies on the
straight line between its two neighbours in the table: nothing is lost by it.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from .people import Inputs
from .ranges import Floats
from .scenario import Mitigation, Scenario


@dataclass(frozen=True, slots=True)
class Bands:
    """Bands of age that no mitigation divides.

    edges  the first age of each band, and one past the last age of all
    """

    edges: tuple[int, ...]

    @classmethod
    def of(cls, scenario: Scenario, ages: range) -> "Bands":
        within = [cut for cut in scenario.cuts if ages.start < cut < ages.stop]
        return cls((ages.start, *within, ages.stop))

    def __len__(self) -> int:
        return len(self.edges) - 1

    def touched(self, by: Mitigation) -> list[int]:
        """The bands on which a mitigation acts."""
        stop = by.to_age if by.to_age is not None else self.edges[-1]
        return [
            number
            for number, (first, after) in enumerate(pairwise(self.edges))
            if first >= by.from_age and after <= stop
        ]


@dataclass(frozen=True, slots=True)
class Table:
    """Activity of one area, were nothing to change but people and how well they keep.

    shifts    whole years by which people may be younger in health than in age
    activity  [year, variant, shift, type, band]
    """

    shifts: range
    activity: Floats

    def read(self, variant: npt.NDArray[np.intp], shift: Floats) -> Floats:
        """Activity [year, draw, type, band].

        variant  the place of each draw's
        shift    years younger in health than in age [year, draw]
        """
        steps = shift - self.shifts.start
        below = np.clip(np.floor(steps).astype(np.intp), 0, max(len(self.shifts) - 2, 0))
        part = (steps - below)[..., None, None]
        year = np.arange(len(shift))[:, None]
        lower: Floats = self.activity[year, variant, below]
        if not part.any():
            return lower
        upper: Floats = self.activity[year, variant, below + 1]
        upper -= lower
        upper *= part
        upper += lower
        return upper

    def mean(self, variants: Floats, shifts: Floats) -> Floats:
        """Expected activity [year, type, band].

        variants  the probability of each
        shifts    [year, shift], how much each whole shift weighs in a year
        """
        made: Floats = np.einsum("v,ys,yvstb->ytb", variants, shifts, self.activity)
        return made


def table(inputs: Inputs, scenario: Scenario, area: str, bands: Bands, shifts: range) -> Table:
    """What an area's people would use, by variant, year, whole shift of age, type and band."""
    people = _people(inputs, scenario, area)
    return _table(people, _rates(inputs, scenario, area, shifts), bands, shifts)


def blended(inputs: Inputs, scenario: Scenario, area: str, bands: Bands, shifts: range) -> Table:
    """The same of the mean of the population variants, as the one variant: all that means need."""
    weights = np.array(list(scenario.variants.values()))
    people = np.einsum("v,vyas->yas", weights, _people(inputs, scenario, area))[None]
    return _table(people, _rates(inputs, scenario, area, shifts), bands, shifts)


def _table(people: Floats, rates: Floats, bands: Bands, shifts: range) -> Table:
    first = bands.edges[0]
    cuts = [slice(start - first, stop - first) for start, stop in pairwise(bands.edges)]
    parts = [_summed(people[:, :, cut], rates[:, :, cut]) for cut in cuts]
    return Table(shifts, np.stack(parts, axis=-1))


def _people(inputs: Inputs, scenario: Scenario, area: str) -> Floats:
    """[variant, year, age, sex] of the variants that a scenario names."""
    has = inputs.population
    chosen = [has.variants.index(name) for name in scenario.variants]
    people = has.of(area, scenario.years)[chosen]
    if scenario.demography:
        return people
    return np.broadcast_to(people[:, :1], people.shape)


def _rates(inputs: Inputs, scenario: Scenario, area: str, shifts: range) -> Floats:
    """[shift, type, age, sex] that people would use were those in later life so much younger."""
    whole = inputs.population.ages
    ages, has = np.array(whole, np.float64), inputs.rates
    first = np.inf if scenario.health is None else scenario.health.from_age
    read = [has.at_ages(area, np.where(ages >= first, ages - shift, ages)) for shift in shifts]
    return np.stack(read) * has.counted(whole)[:, None]


def _summed(people: Floats, rates: Floats) -> Floats:
    """[year, variant, shift, type] of people [variant, year, ...] and rates [shift, type, ...].

    Each sum runs along one row of memory, and without BLAS, whose order may hang on its threads.
    """
    (variants, years), (shifts, types) = people.shape[:2], rates.shape[:2]
    rows = people.swapaxes(0, 1).reshape(years * variants, -1)
    columns = rates.reshape(shifts * types, -1)
    made = np.einsum("ik,jk->ij", rows, columns, optimize=False)
    return np.asarray(made.reshape(years, variants, shifts, types))
