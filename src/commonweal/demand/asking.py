"""Whether a projection can be run as it was asked, said in a sentence for each thing that is wrong.

What is merely missing does not stop a run: it is counted, and what hangs on it has no figures.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import isclose, isfinite

import numpy as np

from .errors import near, or_refuse
from .factors import unstated, unstated_elsewhere
from .people import Inputs
from .ranges import Range, Stated, ranged
from .scenario import Baseline, Growth, Health, Mitigation, Scenario, WaitingList

_OLDEST = 30
"""Years by which health may be thought younger or older than age; beyond it is a slip."""


def refuse_what_cannot_run(
    inputs: Inputs,
    scenario: Scenario,
    areas: Sequence[str],
    groups: Mapping[str, Sequence[str]] | None = None,
    *,
    seed: int = 0,
    draws: int = 1,
) -> None:
    """Raise `CannotProject` with every fault of the scenario and of what is asked."""
    if seed < 0 or draws < 1:
        or_refuse(
            [f"{draws:,} draws from seed {seed}: ask for 1 or more, from a seed of 0 or more."]
        )
    or_refuse(list(of_the_areas(inputs, areas, groups or {})))
    or_refuse(list(of_the_scenario(inputs, scenario)))


def what_is_missing(inputs: Inputs, scenario: Scenario, areas: Sequence[str]) -> tuple[str, ...]:
    """A sentence for each kind of factor that is not stated, with how many there are."""
    found = list[str]()
    rates, uses = inputs.rates.rates, inputs.rates
    cells = np.isnan(rates[[uses.areas.index(area) for area in areas]]).any(axis=(2, 3))
    if unknown := int(cells.sum()):
        types = [name for name, some in zip(uses.names, cells.any(axis=0), strict=True) if some]
        found.append(
            f"{unknown:,} of {cells.size:,} series of an area and a type lack the rate of some age "
            f"({near(types)}): they have no figures."
        )
    if left := unstated(scenario.growth, uses.names):
        found.append(
            f"Growth is not stated for {len(left)} of {len(uses.names)} types ({near(left)}): they "
            "have no figures. State it, as 1 if there is none."
        )
    for name, there in unstated_elsewhere(scenario.growth).items():
        if elsewhere := [area for area in areas if area not in there]:
            found.append(
                f"Growth of {name} is stated for some areas only, and not for {near(elsewhere)}, "
                "which have no figures of it. State it there, or once for everywhere else."
            )
    return tuple(found)


def of_the_areas(
    inputs: Inputs, areas: Sequence[str], groups: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    has, uses = inputs.population, inputs.rates
    for area in areas:
        for names, what in ((has.areas, "population"), (uses.areas, "rates")):
            if area not in names:
                yield (
                    f"The {what} have nothing for “{area}”. Codes change when boundaries do: use "
                    f"those of the same year in both. There are: {near(names)}."
                )
    if twice := [area for area, times in Counter(areas).items() if times > 1]:
        yield f"Asked for twice: {near(twice)}."
    for name, members in groups.items():
        if lacking := [member for member in members if member not in areas]:
            yield f"{name} is made of areas that are not projected: {near(lacking)}."
        if name in areas:
            yield f"“{name}” is the name of an area and of a group: call one otherwise."


def of_the_scenario(inputs: Inputs, scenario: Scenario) -> Iterator[str]:
    yield from _years(inputs, scenario)
    yield from _variants(inputs, scenario)
    if scenario.health is not None:
        yield from _health(scenario.health, scenario)
    yield from _growth(scenario.growth, inputs)
    for each in scenario.mitigations:
        yield from _mitigation(each, inputs)
    for was in scenario.baseline:
        yield from _baseline(was, inputs)
    for more in scenario.waiting:
        yield from _waiting(more, inputs, scenario.years)
    for what, named in (
        ("mitigations", [each.name for each in scenario.mitigations]),
        ("corrections of the base year", [each.name for each in scenario.baseline]),
        ("waiting lists", [each.name for each in scenario.waiting]),
    ):
        repeated = Counter(named)
        yield from (f"Two {what} are called “{name}”." for name in repeated if repeated[name] > 1)


def _years(inputs: Inputs, scenario: Scenario) -> Iterator[str]:
    has = inputs.population.years
    if scenario.horizon <= scenario.base:
        yield f"The horizon, {scenario.horizon}, is not after the base year, {scenario.base}."
    elif scenario.base not in has:
        yield f"The projection has no {scenario.base}: it runs from {has[0]} to {has[-1]}."
    elif scenario.horizon not in has:
        yield (
            f"The projection ends in {has[-1]}, before the horizon of {scenario.horizon}: choose "
            "an earlier horizon or a longer projection."
        )


def _variants(inputs: Inputs, scenario: Scenario) -> Iterator[str]:
    known = inputs.population.variants
    for name, weight in scenario.variants.items():
        if name not in known:
            yield f"There is no population variant “{name}”. There are: {near(known, 12)}."
        if not 0 <= weight <= 1:
            yield f"The probability of variant {name} is {weight:g}: it lies between 0 and 1."
    total = sum(scenario.variants.values())
    if not isclose(total, 1, abs_tol=1e-9):
        yield f"The probabilities of the population variants add up to {total:g}, not to 1."


def _health(health: Health, scenario: Scenario) -> Iterator[str]:
    wrong = _not_a_range("The share of life gained in good health", health.share)
    if wrong:
        yield wrong
    lacking = [year for year in scenario.years[1:] if year not in health.gain]
    if lacking:
        yield (
            f"The years of life gained are not stated for {len(lacking)} years, the first "
            f"{lacking[0]}: state them up to the horizon."
        )
    furthest = max((abs(gain) for gain in health.gain.values()), default=0.0)
    reach = furthest * max(abs(float(point)) for point in ranged(health.share).points()[[0, -1]])
    if not reach <= _OLDEST:
        yield (
            f"Health would be {reach:.0f} years from age, more than {_OLDEST}: gains are in years, "
            "shares between 0 and 1."
        )


def _growth(growth: Sequence[Growth], inputs: Inputs) -> Iterator[str]:
    for each in growth:
        what = f"Growth of {', '.join(each.types)}"
        yield from _types(what, each.types, inputs.rates.names)
        yield from _places(what, each.areas, inputs)
        if wrong := _not_a_range(what, each.yearly):
            yield wrong
        elif not ranged(each.yearly).low > 0:
            yield f"{what} would leave nothing or less: 1.035 is 3.5% more each year, 0.99 1% less."
    yield from _grown_twice(growth)


def _grown_twice(growth: Sequence[Growth]) -> Iterator[str]:
    times = Counter(
        (name, area) for it in growth for name in it.types for area in it.areas or ("",)
    )
    for (name, area), many in times.items():
        if many > 1:
            where = f" in “{area}”" if area else ""
            yield f"Growth of {name}{where} is stated {many} times: state it once."


def _baseline(it: Baseline, inputs: Inputs) -> Iterator[str]:
    what = f"The correction of the base year “{it.name}”"
    yield from _types(what, it.types, inputs.rates.names)
    yield from _places(what, it.areas, inputs)
    if wrong := _not_a_range(what, it.times):
        yield wrong
    elif not ranged(it.times).low > 0:
        yield f"{what} leaves nothing or less: 1.02 is 2% more than was counted."


def _waiting(it: WaitingList, inputs: Inputs, years: range) -> Iterator[str]:
    what = f"The waiting list “{it.name}”"
    yield from _types(what, (it.type,), inputs.rates.names)
    yield from _places(what, it.areas, inputs)
    if wrong := _not_a_range(what, it.more):
        yield wrong
    elif ranged(it.more).low < 0:
        yield f"{what} adds {ranged(it.more).low:g} a year: it is nought or more."
    if not (years.start < it.first <= it.last < years.stop):
        yield (
            f"{what} is treated from {it.first} to {it.last}: give years after {years.start} and "
            f"up to {years[-1]}, the first before the last."
        )


def _places(what: str, areas: Sequence[str], inputs: Inputs) -> Iterator[str]:
    known = inputs.rates.areas
    for area in areas:
        if area not in known:
            yield f"{what} is in “{area}”, which has no rates. There are: {near(known)}."


def _mitigation(it: Mitigation, inputs: Inputs) -> Iterator[str]:
    what = f"Mitigation “{it.name}”"
    yield from _types(what, it.types, inputs.rates.names)
    if wrong := _not_a_range(what, it.remaining):
        yield wrong
    elif not 0 <= ranged(it.remaining).low <= ranged(it.remaining).high <= 1:
        yield (
            f"{what} takes more than 100% or adds to what it acts on: it leaves "
            f"{ranged(it.remaining).low:g} to {ranged(it.remaining).high:g}, which must lie "
            "between 0 (nothing is left) and 1 (all of it)."
        )
    yield from _share(what, it)
    yield from _places(what, it.areas, inputs)
    if it.full < it.starts:
        yield f"{what} is in full in {it.full}, before it starts in {it.starts}."
    yield from _ages(what, it, inputs.population.ages)
    yield from _kind(what, it, inputs)


def _share(what: str, it: Mitigation) -> Iterator[str]:
    if it.share is None:
        yield (
            f"{what} acts on a share of {', '.join(it.types)} that its source does not state: "
            "state one between 0 and 1, and who says so."
        )
    elif wrong := _not_a_range(f"{what}: the share it acts on", it.share):
        yield wrong
    elif beyond := [end for end in _both(it.share) if not 0 <= end <= 1]:
        yield f"{what} acts on {beyond[0]:.0%} of the activity: a share lies between 0% and 100%."


def _ages(what: str, it: Mitigation, ages: range) -> Iterator[str]:
    stop = ages.stop if it.to_age is None else it.to_age
    if not (it.from_age < stop and it.from_age in ages and stop <= ages.stop):
        yield (
            f"{what} acts from age {it.from_age} up to {stop}, not included: ages run from "
            f"{ages[0]} to {ages[-1]} and over."
        )


def _kind(what: str, it: Mitigation, inputs: Inputs) -> Iterator[str]:
    if it.kind == "efficiency":
        units = {kind.name: kind.unit for kind in inputs.rates.types}
        counted = [name for name in it.types if units.get(name) == "events"]
        if counted:
            yield (
                f"{what} is an efficiency, which makes stays shorter, but {near(counted)} counts "
                "events: call it avoidance or substitution."
            )
    if (it.kind == "substitution") != (it.into is not None):
        yield f"{what}: a substitution, and nothing else, says into what activity it turns."
    elif it.into is not None:
        yield from _types(f"{what}, what it turns into:", (it.into,), inputs.rates.names)
        if it.into in it.types or not (isfinite(it.each) and it.each >= 0):
            yield f"{what} turns an activity into itself, or into fewer than none: name another."


def _types(what: str, asked: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    if not asked:
        yield f"{what} names no type of activity. There are: {near(names, 13)}."
    for name in asked:
        if name not in names:
            yield f"{what} names “{name}”, which has no rates. There are: {near(names, 13)}."


def _both(stated: Stated) -> tuple[float, float]:
    """The ends of a range, which are alike for a number."""
    return ranged(stated).low, ranged(stated).high


def _not_a_range(what: str, stated: Stated) -> str | None:
    it: Range = ranged(stated)
    if not (isfinite(it.low) and isfinite(it.high)):
        return f"{what} is not a number."
    if it.low > it.high:
        return f"{what} runs from {it.low:g} down to {it.high:g}: put the lower end first."
    return None
