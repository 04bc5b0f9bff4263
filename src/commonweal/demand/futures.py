"""The projection: many futures of every area, added up future by future, then told as ranges.

The median of a sum is not the sum of medians, so a region's futures are its areas' futures added
draw by draw. The centiles come last.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import batched

import msgspec
import numpy as np
import numpy.typing as npt

from .asking import refuse_what_cannot_run, what_is_missing
from .counting import poisson, stream
from .errors import CannotProject, Stopped, near
from .factors import Chance, Effect, More, Step, added, shifts, steps, together, within
from .people import Activity, Inputs
from .ranges import Floats
from .scenario import Scenario
from .summing import Bands, Table, blended, table

RULE = "demand-1"
"""The version of the method. It changes when the same inputs and seed would give other figures."""

CENTILES = (10, 50, 90)
_BLOCK = 250
"""Draws worked on at once, which the memory nearest to the processor holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How a scenario is run.

    seed     any whole number from nought: the same one gives the same figures to the byte
    code     the version of the program, which the result carries
    workers  how many areas are worked on at once; no figure hangs on it
    """

    seed: int
    code: str
    draws: int = 1_000
    workers: int = 1


@dataclass(frozen=True, slots=True)
class Provenance:
    """All that is needed to run a projection again and get the same figures.

    assumptions  a fingerprint of everything in the scenario
    data         the edition that the inputs name, and a fingerprint of every figure in them
    """

    scenario: str
    assumptions: str
    seed: int
    draws: int
    data: str
    rule: str
    code: str


@dataclass(frozen=True, slots=True)
class Futures:
    """What is to come in an area, or in several together.

    baseline  activity of the base year [type]
    expected  the mean of all futures [year, type], the base year first; it needs no draws
    centiles  [centile, year, type], from the year after the base
    counts    [year, draw, type], from the year after the base; none unless it was asked for
    """

    name: str
    expected: Floats
    centiles: Floats
    counts: Floats | None = None

    @property
    def baseline(self) -> Floats:
        first: Floats = self.expected[0]
        return first


@dataclass(frozen=True, slots=True)
class Outlook:
    """The futures of every area and group of a run.

    missing  a sentence for each kind of figure that is not known; what hangs on it is not a number
    """

    provenance: Provenance
    years: range
    types: tuple[Activity, ...]
    futures: Mapping[str, Futures]
    missing: tuple[str, ...] = field(default=())

    def __getitem__(self, name: str) -> Futures:
        try:
            return self.futures[name]
        except KeyError:
            raise CannotProject(
                [f"“{name}” was not projected. There are: {near(list(self.futures))}."]
            ) from None


type Groups = Mapping[str, Sequence[str]]
"""Areas by the name of what they make together: a place, a system, a region, England."""


def project(
    inputs: Inputs,
    scenario: Scenario,
    run: Run,
    *,
    areas: Sequence[str] | None = None,
    groups: Groups | None = None,
    kept: Collection[str] = (),
    done: Callable[[str, int, int], object] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Outlook:
    """The futures of areas under a scenario, and of groups of them.

    areas   whose; none: all that have rates
    kept    areas and groups whose futures are kept one by one, as capacity needs them
    done    told each area that is done, how many are and of how many
    stop    asked before each area whether to stop
    raises  CannotProject with every fault of what was asked, before anything runs; Stopped
    """
    chosen = tuple(areas if areas is not None else inputs.rates.areas)
    within = dict(groups or {})
    refuse_what_cannot_run(inputs, scenario, chosen, within, seed=run.seed, draws=run.draws)
    work = _Work(inputs, scenario, run)
    sums = {name: _Sum() for name in within}
    found = dict[str, Futures]()
    for area, expected, counts in work.over(chosen):
        if stop and stop():
            raise Stopped(len(found), len(chosen))
        for name, members in within.items():
            if area in members:
                sums[name].add(expected, counts)
        found[area] = _told(area, expected, counts, keep=area in kept)
        if done:
            done(area, len(found), len(chosen))
    found |= {
        name: _told(name, it.expected, it.counts, keep=name in kept) for name, it in sums.items()
    }
    missing = what_is_missing(inputs, scenario, chosen)
    return Outlook(work.provenance(), scenario.years, inputs.rates.types, found, missing)


def expect(inputs: Inputs, scenario: Scenario, area: str) -> Floats:
    """The mean of all futures of one area [year, type], without drawing any: for sliders.

    raises  CannotProject with every fault of what was asked
    """
    refuse_what_cannot_run(inputs, scenario, (area,))
    mean = Expectation(inputs, scenario)
    return mean.of(area, mean.blended(area))[0]


class Expectation:
    """What is the same for every area: bands, shifts and the mean effect of each assumption."""

    def __init__(self, inputs: Inputs, scenario: Scenario) -> None:
        self.inputs, self.scenario = inputs, scenario
        self.bands = Bands.of(scenario, inputs.population.ages)
        self.shift = shifts(scenario, Chance())
        self.span = _span(self.shift)
        self.steps = steps(scenario, inputs.rates.names, self.bands, Chance())
        self.more = added(scenario, inputs.rates.names, Chance())
        self.acting = _Acting(self.steps, self.more, self.shape(1))
        self.variants = np.array(list(scenario.variants.values()))

    def shape(self, draws: int) -> tuple[int, int, int, int]:
        return (len(self.scenario.years), draws, len(self.inputs.rates.types), len(self.bands))

    def blended(self, area: str) -> Table:
        """An area's activity at the mean of the variants, at shifts of age of which one is none."""
        span = range(min(self.span.start, 0), max(self.span.stop, 1))
        return blended(self.inputs, self.scenario, area, self.bands, span)

    def weights(self, span: range) -> Floats:
        """How much each whole shift of age weighs in each year [year, shift]."""
        away = np.abs(self.shift[:, :, None] - np.array(span))
        return np.asarray(np.maximum(1 - away, 0).mean(axis=1))

    def of(self, area: str, it: Table) -> tuple[Floats, Floats]:
        """Expected activity [year, type] of an area, and before any step [year, type, band]."""
        variants = self.variants if it.activity.shape[1] > 1 else np.ones(1)
        before = it.mean(variants, self.weights(it.shifts))
        return self.acting.of(area).on(before[:, None])[:, 0], before


class _Acting:
    """The effect of all assumptions: one for all areas, unless some act in some areas only."""

    def __init__(
        self, acting: list[Step], more: list[More], shape: tuple[int, int, int, int]
    ) -> None:
        self.steps, self.more, self.shape = acting, more, shape
        self.local = any(each.areas or each.besides for each in acting) or any(
            each.areas for each in more
        )
        self.everywhere = together(within("", acting), shape, within("", more))

    def of(self, area: str) -> Effect:
        """What acts in an area."""
        if not self.local:
            return self.everywhere
        return together(within(area, self.steps), self.shape, within(area, self.more))


class _Work:
    """One run: what all areas share is drawn once, then each area has a stream of its own."""

    def __init__(self, inputs: Inputs, scenario: Scenario, run: Run) -> None:
        self.inputs, self.scenario, self.run = inputs, scenario, run
        self.mean = Expectation(inputs, scenario)
        chance = Chance(run.seed, run.draws)
        self.variant = chance.variants(scenario)
        drawn = shifts(scenario, chance)
        self.span = _span(np.concatenate((drawn, self.mean.shift), axis=1))
        self.shift = np.broadcast_to(drawn, (len(drawn), run.draws))
        names = inputs.rates.names
        acting = steps(scenario, names, self.mean.bands, chance)
        more = added(scenario, names, chance)
        self.acting = _Acting(acting, more, self.mean.shape(run.draws))
        self.blocks = [slice(at, at + _BLOCK) for at in range(0, run.draws, _BLOCK)]

    def over(self, areas: Sequence[str]) -> Iterator[tuple[str, Floats, Floats]]:
        """Each area with its expected activity and its futures, in the order given.

        A few areas are worked on at a time, so that memory stays flat.
        """
        with ThreadPoolExecutor(self.run.workers) as pool:
            for some in batched(areas, 2 * self.run.workers):
                yield from pool.map(self.of, some)

    def of(self, area: str) -> tuple[str, Floats, Floats]:
        summed = table(self.inputs, self.scenario, area, self.mean.bands, self.span)
        expected, _ = self.mean.of(area, summed)
        effect = self.acting.of(area)
        means = np.concatenate([self._means(summed, effect, some) for some in self.blocks], axis=1)
        chances = stream(self.run.seed, "counts", area).standard_normal(means.shape)
        return area, expected, poisson(means, chances)

    def _means(self, summed: Table, effect: Effect, some: slice) -> Floats:
        """What counts vary about in some draws [year, draw, type], from the year after base."""
        read = summed.read(self.variant[some], self.shift[:, some])
        return effect.of_draws(some).on(read)[1:]

    def provenance(self) -> Provenance:
        data = f"{self.inputs.version}, {fingerprint(self.inputs)}"
        run = self.run
        name, assumed = self.scenario.name, assumptions(self.scenario)
        return Provenance(name, assumed, run.seed, run.draws, data, RULE, run.code)


@dataclass(slots=True)
class _Sum:
    """Areas added up, future by future."""

    expected: Floats = field(default_factory=lambda: np.zeros(()))
    counts: Floats = field(default_factory=lambda: np.zeros(()))

    def add(self, expected: Floats, counts: Floats) -> None:
        self.expected = self.expected + expected
        self.counts = self.counts + counts


def _told(name: str, expected: Floats, counts: Floats, *, keep: bool) -> Futures:
    told = np.percentile(counts, CENTILES, axis=1)
    return Futures(name, expected, told, counts if keep else None)


def _span(shift: Floats) -> range:
    """The whole shifts of age between which all that were drawn lie."""
    return range(int(np.floor(shift.min())), int(np.ceil(shift.max())) + 1)


def assumptions(scenario: Scenario) -> str:
    """Sixteen characters that any change to any assumption changes.

    What is as it is when nothing is said is left out, so that a later version of the program, with
    more to assume, has the same characters for the same scenario.
    """
    return blake2b(msgspec.json.encode(_stated(scenario)), digest_size=8).hexdigest()


def _stated(it: object) -> object:
    if isinstance(it, msgspec.Struct):
        values = [(each, getattr(it, each.name)) for each in msgspec.structs.fields(it)]
        return {each.name: _stated(value) for each, value in values if value != each.default}
    return [_stated(each) for each in it] if isinstance(it, tuple) else it


def fingerprint(inputs: Inputs) -> str:
    """Sixteen characters that any change to any figure or name of the inputs changes."""
    has, uses = inputs.population, inputs.rates
    names = (has.areas, has.variants, has.years, has.ages, uses.areas, uses.types, uses.ages)
    made = blake2b(repr(names).encode(), digest_size=8)
    for figures in (has.people, uses.rates):
        made.update(_as_bytes(figures))
    return made.hexdigest()


def _as_bytes(figures: npt.NDArray[np.generic]) -> memoryview:
    return np.ascontiguousarray(figures).data
