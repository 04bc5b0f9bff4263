"""What changes activity beyond people: growth and mitigations, the same in every area of a draw.

A future in which people keep well, or a change in care works, is so wherever it is assumed. Only
the counts themselves vary on their own from one area to the next.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from .counting import stream
from .ranges import Floats, Range, Stated, ranged
from .scenario import Baseline, Growth, Mitigation, Scenario, WaitingList
from .summing import Bands

type Cells = tuple[slice | npt.NDArray[np.intp], ...]


@dataclass(frozen=True, slots=True)
class Chance:
    """How uncertain numbers are told: by draws from a seed or, without one, on average.

    On average each number stands as 256 equally likely values, so that a power or a cut of it has
    the mean it has among draws.
    """

    seed: int | None = None
    draws: int = 1

    def values(self, stated: Stated, *of: str) -> Floats:
        """The value of each draw, or the values to take the mean over."""
        if self.seed is None:
            return ranged(stated).points()
        return ranged(stated).at(stream(self.seed, *of).standard_normal(self.draws))

    def told(self, effects: Floats) -> Floats:
        """Effects [..., value] as [..., draw]: themselves, or their mean as the one draw."""
        return effects if self.seed is not None else effects.mean(axis=-1, keepdims=True)

    def variants(self, scenario: Scenario) -> npt.NDArray[np.intp]:
        """The place of each draw's population variant among those of the scenario."""
        if self.seed is None:
            return np.zeros(1, np.intp)
        chances = stream(self.seed, "variant").random(self.draws)
        bounds = np.cumsum(list(scenario.variants.values()))[:-1]
        return np.searchsorted(bounds, chances, side="right")


@dataclass(frozen=True, slots=True)
class Step:
    """One assumption at work.

    types, bands  on which it acts, by their places
    factor        [year, draw]; what is left, or has grown, of one
    into, each    the type to which what goes moves, and how many for one
    areas         where it acts; none: everywhere
    besides       where it does not, for something else is said there
    """

    name: str
    types: list[int]
    bands: list[int]
    factor: Floats
    into: int | None = None
    each: float = 1.0
    areas: tuple[str, ...] = ()
    besides: frozenset[str] = frozenset()

    @property
    def where(self) -> Cells:
        """Its cells in [year, draw, type, band]."""
        return (slice(None), slice(None), *np.ix_(self.types, self.bands))


class More(NamedTuple):
    """What is added whatever else happens: the type, by its place, and how many [year, draw]."""

    name: str
    type: int
    amount: Floats
    areas: tuple[str, ...] = ()


def shifts(scenario: Scenario, chance: Chance) -> Floats:
    """Years by which people are younger in health than in age: [year, value]."""
    if scenario.health is None:
        return np.zeros((len(scenario.years), 1))
    gain = {scenario.base: 0.0} | scenario.health.gain
    gained = np.array([gain[year] for year in scenario.years])
    return gained[:, None] * chance.values(scenario.health.share, "health")


def steps(scenario: Scenario, types: tuple[str, ...], bands: Bands, chance: Chance) -> list[Step]:
    """Every assumption that multiplies, but health, in the order in which they act."""
    return [
        *(_baseline(each, scenario, types, bands, chance) for each in scenario.baseline),
        *_growth(scenario, types, bands, chance),
        *(_mitigation(each, scenario, types, bands, chance) for each in scenario.mitigations),
    ]


def added(scenario: Scenario, types: tuple[str, ...], chance: Chance) -> list[More]:
    """What a scenario adds for people who wait already."""
    return [_waiting(each, scenario.years, types, chance) for each in scenario.waiting]


def _waiting(it: WaitingList, years: range, types: tuple[str, ...], chance: Chance) -> More:
    done = np.array([it.first <= year <= it.last for year in years], np.float64)[:, None]
    amount = chance.told(done * chance.values(_bounded(it.more), "waiting", it.name))
    return More(it.name, types.index(it.type), amount, it.areas)


def _baseline(
    it: Baseline, scenario: Scenario, types: tuple[str, ...], bands: Bands, chance: Chance
) -> Step:
    times = chance.told(chance.values(_bounded(it.times), "baseline", it.name)[None])
    factor = np.broadcast_to(times, (len(scenario.years), times.shape[1]))
    places = [types.index(name) for name in it.types]
    return Step(it.name, places, list(range(len(bands))), factor, areas=it.areas)


def _growth(
    scenario: Scenario, types: tuple[str, ...], bands: Bands, chance: Chance
) -> Iterator[Step]:
    years = np.arange(len(scenario.years))[:, None]
    everyone = list(range(len(bands)))
    named = growing_by_area(scenario.growth)
    for each in scenario.growth:
        where = ("in", *each.areas) if each.areas else ()
        yearly = chance.values(_bounded(each.yearly), "growth", *each.types, *where)
        factor = chance.told(yearly**years)
        for besides, some in _apart(each, named):
            places = [types.index(name) for name in some]
            yield Step("growth", places, everyone, factor, areas=each.areas, besides=besides)
    factor = np.full((len(years), 1), np.nan)
    if left := unstated(scenario.growth, types):
        yield Step("growth", [types.index(name) for name in left], everyone, factor)
    for name, areas in unstated_elsewhere(scenario.growth).items():
        yield Step("growth", [types.index(name)], everyone, factor, besides=areas)


def _apart(
    it: Growth, named: Mapping[str, frozenset[str]]
) -> Iterator[tuple[frozenset[str], list[str]]]:
    """The types of a growth by the areas in which another one takes its place."""
    found = dict[frozenset[str], list[str]]()
    for name in it.types:
        besides = frozenset[str]() if it.areas else named.get(name, frozenset())
        found.setdefault(besides, []).append(name)
    yield from found.items()


def growing_by_area(growth: Sequence[Growth]) -> dict[str, frozenset[str]]:
    """By type, the areas in which some growth is said of it alone."""
    found = dict[str, frozenset[str]]()
    for each in growth:
        for name in each.types if each.areas else ():
            found[name] = found.get(name, frozenset()) | frozenset(each.areas)
    return found


def unstated(growth: Sequence[Growth], types: Sequence[str]) -> list[str]:
    """Types that no growth names though others are named: theirs is not known, and is not one."""
    named = {name for each in growth for name in each.types}
    return [name for name in types if name not in named] if growth else []


def unstated_elsewhere(growth: Sequence[Growth]) -> dict[str, frozenset[str]]:
    """Types whose growth is said of some areas only, with those: elsewhere it is not known."""
    everywhere = {name for each in growth if not each.areas for name in each.types}
    return {
        name: areas for name, areas in growing_by_area(growth).items() if name not in everywhere
    }


def _mitigation(
    it: Mitigation, scenario: Scenario, types: tuple[str, ...], bands: Bands, chance: Chance
) -> Step:
    gone = 1 - chance.values(_bounded(it.remaining, most=1.0), "mitigation", it.name)
    ramp = np.array([it.ramp(year) for year in scenario.years])[:, None]
    factor = chance.told(1 - _share(it, chance) * ramp * gone)
    into = types.index(it.into) if it.into is not None else None
    acts = [types.index(name) for name in it.types]
    return Step(it.name, acts, bands.touched(it), factor, into, it.each, it.areas)


def _share(it: Mitigation, chance: Chance) -> float | Floats:
    """The share on which a change acts, as sure or unsure as what it leaves, but not with it."""
    if not isinstance(it.share, Range):
        return it.share or 0.0
    drawn = chance.values(_bounded(it.share, most=1.0), "share", it.name)
    # On average its values stand in a row, as those of what is left do: only their mean is apart.
    return drawn if chance.seed is not None else float(drawn.mean())


def _bounded(stated: Stated, most: float | None = None) -> Range:
    """Never below nought, nor above `most`, whatever the tail of a normal distribution says."""
    it = ranged(stated)
    least = 0.0 if it.least is None else it.least
    return msgspec.structs.replace(it, least=least, most=most if it.most is None else it.most)


class Moved(NamedTuple):
    """What happens in place of something else.

    into   the type of what happens, by its place
    where  the cells of what does not, in [year, draw, type, band]
    share  how many happen for one of them
    """

    into: int
    where: Cells
    share: Floats


@dataclass(frozen=True, slots=True)
class Effect:
    """All steps of some draws together.

    kept   what is left of each cell [year, draw, type, band]
    moved  what of some cells becomes another type
    more   what is added
    """

    kept: Floats
    moved: tuple[Moved, ...] = ()
    more: tuple[More, ...] = ()

    def on(self, activity: Floats) -> Floats:
        """Activity [year, draw, type] from what it would have been in [year, draw, type, band]."""
        means = (activity * self.kept).sum(axis=-1)
        for into, where, share in self.moved:
            means[:, :, into] += (activity[where] * share).sum(axis=(-1, -2))
        for each in self.more:
            means[:, :, each.type] += each.amount
        return means

    def of_draws(self, some: slice) -> "Effect":
        """The effect of some of the draws."""
        moved = tuple(each._replace(share=each.share[:, some]) for each in self.moved)
        more = tuple(each._replace(amount=each.amount[:, some]) for each in self.more)
        return Effect(self.kept[:, some], moved, more)


def within[Acting: (Step, More)](area: str, acting: list[Acting]) -> list[Acting]:
    """What acts in an area."""
    return [each for each in acting if _acts_in(area, each)]


def _acts_in(area: str, it: Step | More) -> bool:
    if isinstance(it, Step) and area in it.besides:
        return False
    return not it.areas or area in it.areas


def together(
    acting: list[Step], shape: tuple[int, int, int, int], more: Sequence[More] = ()
) -> Effect:
    """The effect of steps on activity of a shape [year, draw, type, band]."""
    kept, moved = np.ones(shape), list[Moved]()
    for step in acting:
        factor = step.factor[:, :, None, None]
        if step.into is not None:
            gone = kept[step.where] * (1 - factor) * step.each
            moved.append(Moved(step.into, step.where, gone))
        kept[step.where] *= factor
    return Effect(kept, tuple(moved), tuple(more))
