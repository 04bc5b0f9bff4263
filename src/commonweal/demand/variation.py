"""How much more care an area uses than people of its ages would elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .asking import of_the_areas
from .errors import CannotProject, or_refuse
from .people import Inputs, place
from .ranges import Floats, Stated
from .scenario import Mitigation


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
    inputs: Inputs, kind: str, *, area: str, standard: str | None, variant: str, year: int
) -> Opportunity:
    """What an area would use at the rates of another, such as England.

    standard  none: of all areas that have rates, together
    raises    CannotProject for a name, or a year, that does not exist
    """
    named = dict.fromkeys(each for each in (area, standard) if each is not None)
    or_refuse(list(of_the_areas(inputs, tuple(named), {})))
    people = _people(inputs, area, variant, year)
    used = (
        _together(inputs, kind, variant, year)
        if standard is None
        else _rates(inputs, standard, kind)
    )
    own, other = (float((people * rates).sum()) for rates in (_rates(inputs, area, kind), used))
    if not (own >= 0 and other > 0):
        beside = standard or "all areas together"
        raise CannotProject(
            [f"{kind} of {area} cannot be set beside {beside}: rates are missing or all nought."]
        )
    return Opportunity(area, own, other)


def unwarranted(
    inputs: Inputs, kind: str, *, areas: Sequence[str], standard: str | None, variant: str,
    year: int,
    centile: float = 25,
) -> list[Opportunity]:  # fmt: skip
    """What areas would use if none used more, for its ages, than the area at a centile does.

    Not all variation is unwarranted: need differs for other reasons than age. It says where to
    look.

    standard  whose rates make areas of different ages comparable; none: of all areas together
    centile   of the ratios of the areas, 0 to 100; 25 is the lowest quarter
    """
    each = [
        standardised(inputs, kind, area=area, standard=standard, variant=variant, year=year)
        for area in areas
    ]
    reached = float(np.percentile([one.ratio for one in each], centile))
    return [Opportunity(one.area, one.actual, one.standard * reached) for one in each]


def closed(
    found: Sequence[Opportunity], kind: str, *, remaining: Stated, starts: int, full: int,
    source: str,
) -> tuple[Mitigation, ...]:  # fmt: skip
    """Opportunities as mitigations, one for each area that uses more than the standard.

    remaining  of what is above the standard, the share that is left once it is in full
    """
    return tuple(
        Mitigation(
            name=f"Less variation in {each.area}", kind="avoidance", types=(kind,),
            remaining=remaining, share=each.above / each.actual, areas=(each.area,),
            starts=starts, full=full, source=source,
        )
        for each in found
        if each.above > 0
    )  # fmt: skip


def _together(inputs: Inputs, kind: str, variant: str, year: int) -> Floats:
    """The rates of all areas together, age by age and sex by sex [age, sex]."""
    used, people = (np.zeros((len(inputs.population.ages), 2)) for _ in range(2))
    for area in inputs.rates.areas:
        here = _people(inputs, area, variant, year)
        used += here * _rates(inputs, area, kind)
        people += here
    return np.divide(used, people, out=np.zeros_like(used), where=people > 0)


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
