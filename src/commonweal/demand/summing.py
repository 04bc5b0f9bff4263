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
    ages = inputs.population.ages
    people = _people(inputs, scenario, area)
    made = [
        _summed(people, _rates(inputs, scenario, area, shift), bands, ages.start)
        for shift in shifts
    ]
    return Table(shifts, np.ascontiguousarray(np.stack(made, axis=2)))


def _people(inputs: Inputs, scenario: Scenario, area: str) -> Floats:
    """[variant, year, age, sex] of the variants that a scenario names."""
    has = inputs.population
    chosen = [has.variants.index(name) for name in scenario.variants]
    people = has.of(area, scenario.years)[chosen]
    if scenario.demography:
        return people
    return np.broadcast_to(people[:, :1], people.shape)


def _rates(inputs: Inputs, scenario: Scenario, area: str, shift: int) -> Floats:
    """[type, age, sex] that people would use if those in later life were so many years younger."""
    whole = inputs.population.ages
    ages = np.array(whole, np.float64)
    if shift and scenario.health is not None:
        ages = np.where(ages >= scenario.health.from_age, ages - shift, ages)
    return inputs.rates.at_ages(area, ages) * inputs.rates.counted(whole)[:, None]


def _summed(people: Floats, rates: Floats, bands: Bands, first: int) -> Floats:
    """[year, variant, type, band]. Summed without BLAS, whose order may hang on its threads."""
    cuts = [slice(start - first, stop - first) for start, stop in pairwise(bands.edges)]
    parts = [
        np.einsum("vyas,tas->yvt", people[:, :, cut], rates[:, cut], optimize=False) for cut in cuts
    ]
    return np.stack(parts, axis=-1)
