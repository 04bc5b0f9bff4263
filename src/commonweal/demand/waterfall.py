"""Why activity changes: the part of each assumption, which add up to the whole with nothing over.

The change of a product is shared among its factors by logarithmic means (the index of Vartia and
Montgomery), cell by cell: L(x1, x0) ln f, where L(a, b) = (a - b) / ln(a / b). Where a factor is
nought there is no logarithm, and the cell is shared as Shapley does: the mean over every order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from math import factorial

import numpy as np

from .asking import refuse_what_cannot_run, what_is_missing
from .errors import or_refuse
from .factors import Step, together, within
from .futures import Expectation
from .people import Inputs, place
from .ranges import Floats
from .scenario import Scenario
from .summing import Table

_MANY = 8
"""Factors of a cell that Shapley's mean still takes over every order: 40,320 of them."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one assumption adds (above nought) or takes away."""

    name: str
    amount: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From the activity of the base year to that of a year, part by part."""

    start: float
    parts: tuple[Part, ...]
    end: float

    def whole(self) -> "Waterfall":
        """The same in whole numbers, which still add up: the largest remainders are rounded up."""
        start, end = round(self.start), round(self.end)
        down = [int(np.floor(part.amount)) for part in self.parts]
        left = end - start - sum(down)
        first = sorted(range(len(down)), key=lambda i: down[i] - self.parts[i].amount)
        up = {i: left // len(down) + (n < left % len(down)) for n, i in enumerate(first)}
        parts = tuple(Part(part.name, down[i] + up[i]) for i, part in enumerate(self.parts))
        return Waterfall(start, parts, end)


def waterfall(
    inputs: Inputs, scenario: Scenario, area: str, kind: str, year: int | None = None
) -> Waterfall:
    """Why the expected activity of a type changes from the base year to another.

    year    none: the horizon
    raises  CannotProject with every fault of what was asked
    """
    refuse_what_cannot_run(inputs, scenario, (area,))
    at = place([str(each) for each in scenario.years], str(year or scenario.horizon), "year")
    number = place(inputs.rates.names, kind, "type of activity")
    mean = Expectation(inputs, scenario)
    summed = mean.blended(area)
    total, before = mean.of(area, summed)
    acting = within(area, mean.steps)
    or_refuse(_unknown(inputs, scenario, area, kind) if np.isnan(total[at, number]) else [])
    still = _unshifted(mean, summed)
    cells = np.stack([before[0, number], still[at, number], before[at, number]])
    named = [("population", cells[1] / _some(cells[0])), ("health", cells[2] / _some(cells[1]))]
    named += [(step.name, _factor(step, at, number, cells.shape[1])) for step in acting]
    parts = _merged([(name, part) for name, part in _shared(cells[0], named) if part.any()])
    parts += _moved_here(mean, acting, before, at, number)
    parts += [
        Part(each.name, float(each.amount[at, 0]))
        for each in within(area, mean.more)
        if each.type == number and each.amount[at, 0]
    ]
    return Waterfall(float(before[0, number].sum()), tuple(parts), float(total[at, number]))


def _unknown(inputs: Inputs, scenario: Scenario, area: str, kind: str) -> list[str]:
    missing = what_is_missing(inputs, scenario, (area,))
    return [f"Why {kind} of {area} changes cannot be told, for it is not known.", *missing]


def effects(start: float, factors: Sequence[float]) -> tuple[float, ...]:
    """The part of each factor in the change from `start` to `start` times all of them.

    >>> [round(part, 7) for part in effects(1.0, [0.90, 0.85])]
    [-0.0924286, -0.1425714]
    """
    if start == 0:
        return tuple(0.0 for _ in factors)
    if min(factors, default=1.0) <= 0:
        return _by_every_order(start, factors)
    logs = np.log(np.array(factors, np.float64))
    change = float(np.expm1(logs.sum()))
    mean = start if change == 0 or logs.sum() == 0 else start * change / logs.sum()
    return tuple(float(part) for part in mean * logs)


def _by_every_order(start: float, factors: Sequence[float]) -> tuple[float, ...]:
    """Shapley's parts. Factors of one are left out, for they have none in any order."""
    acting = [i for i, factor in enumerate(factors) if factor != 1][:_MANY]
    parts = [0.0] * len(factors)
    for order in permutations(acting):
        reached = start
        for i in order:
            parts[i] += reached * (factors[i] - 1) / factorial(len(acting))
            reached *= factors[i]
    return tuple(parts)


def _unshifted(mean: Expectation, summed: Table) -> Floats:
    none = np.zeros((len(mean.scenario.years), len(summed.shifts)))
    none[:, summed.shifts.index(0)] = 1
    return summed.mean(np.ones(1), none)


def _some(cells: Floats) -> Floats:
    return np.where(cells == 0, 1.0, cells)


def _factor(step: Step, at: int, number: int, bands: int) -> Floats:
    made = np.ones(bands)
    if number in step.types:
        made[step.bands] = step.factor[at, 0]
    return made


def _shared(start: Floats, named: list[tuple[str, Floats]]) -> list[tuple[str, Floats]]:
    factors = np.stack([factor for _, factor in named])
    cells = [_of_a_cell(float(cell), factors[:, band]) for band, cell in enumerate(start)]
    made = np.array(cells).T
    return [(name, made[row]) for row, (name, _) in enumerate(named)]


def _of_a_cell(start: float, factors: Floats) -> Sequence[float]:
    """Where nobody was in the base year, all that there is has come with the population."""
    if start == 0:
        return (float(factors.prod()), *(0.0 for _ in factors[1:]))
    return effects(start, [float(each) for each in factors])


def _merged(parts: list[tuple[str, Floats]]) -> list[Part]:
    """Parts of one name together: growth may be stated type by type."""
    names = list(dict.fromkeys(name for name, _ in parts))
    return [
        Part(name, float(sum(amount.sum() for other, amount in parts if other == name)))
        for name in names
    ]


def _moved_here(
    mean: Expectation, acting: list[Step], before: Floats, at: int, number: int
) -> list[Part]:
    """What a substitution brings to this type from others."""
    found = list[Part]()
    for place_, step in enumerate(acting):
        if step.into != number:
            continue
        reached = together(acting[:place_], mean.shape(1)).kept
        gone = reached[step.where] * (1 - step.factor[:, :, None, None]) * step.each
        came = (before[:, None][step.where] * gone).sum(axis=(-1, -2))
        found.append(Part(f"{step.name}, from elsewhere", float(came[at, 0])))
    return found
