"""How much more care an area uses than people of its ages would elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .asking import of_the_areas
from .errors import CannotProject, or_refuse
from .people import Inputs, place
from .ranges import Floats


@dataclass(frozen=True, slots=True)
class Opportunity:
    """An area's activity beside what the standard would have it use.

    actual    activity of the year
    standard  what its people would use at the rates of the standard, age by age and sex by sex
    above     how much less there would be; nought where it uses less than the standard already
    """

    area: str
    actual: float
    standard: float

    @property
    def ratio(self) -> float:
        return self.actual / self.standard

    @property
    def above(self) -> float:
        return max(self.actual - self.standard, 0.0)


def standardised(
    inputs: Inputs, kind: str, *, area: str, standard: str, variant: str, year: int
) -> Opportunity:
    """What an area would use at the rates of another, such as England.

    raises  CannotProject for a name, or a year, that does not exist
    """
    or_refuse(list(of_the_areas(inputs, (area, standard), {})) if area != standard else [])
    people = _people(inputs, area, variant, year)
    own, other = (float((people * _rates(inputs, each, kind)).sum()) for each in (area, standard))
    if not (own >= 0 and other > 0):
        raise CannotProject(
            [f"{kind} of {area} cannot be set beside {standard}: rates are missing or all nought."]
        )
    return Opportunity(area, own, other)


def unwarranted(
    inputs: Inputs, kind: str, *, areas: Sequence[str], standard: str, variant: str, year: int,
    centile: float = 25,
) -> list[Opportunity]:  # fmt: skip
    """What areas would use if none used more, for its ages, than the area at a centile does.

    Not all variation is unwarranted: need differs for other reasons than age. It says where to
    look.

    standard  whose rates make areas of different ages comparable
    centile   of the ratios of the areas, 0 to 100; 25 is the lowest quarter
    """
    each = [
        standardised(inputs, kind, area=area, standard=standard, variant=variant, year=year)
        for area in areas
    ]
    reached = float(np.percentile([one.ratio for one in each], centile))
    return [Opportunity(one.area, one.actual, one.standard * reached) for one in each]


def _people(inputs: Inputs, area: str, variant: str, year: int) -> Floats:
    has = inputs.population
    at = place([str(each) for each in has.years], str(year), "year")
    which = place(has.variants, variant, "population variant")
    return np.asarray(has.people[place(has.areas, area, "area"), which, at], np.float64)


def _rates(inputs: Inputs, area: str, kind: str) -> Floats:
    ages = inputs.population.ages
    number = place(inputs.rates.names, kind, "type of activity")
    read = inputs.rates.at_ages(area, np.array(ages, np.float64))[number]
    return np.asarray(read * inputs.rates.counted(ages)[:, None])
