"""A projection as rows, and two of them side by side."""

from collections.abc import Iterator, Sequence
from math import isnan
from typing import NamedTuple

import numpy as np

from .errors import or_refuse
from .futures import CENTILES, Futures, Outlook


class Told(NamedTuple):
    """One area, type and year. Figures are none where they are not known.

    low, middle, high  the 10th, 50th and 90th centile; none in the base year, which is not drawn
    """

    area: str
    activity: str
    unit: str
    year: int
    expected: float | None
    low: float | None
    middle: float | None
    high: float | None


def told(outlook: Outlook) -> Iterator[Told]:
    """Every area and group, type and year of an outlook."""
    for name, futures in outlook.futures.items():
        for number, kind in enumerate(outlook.types):
            for at, year in enumerate(outlook.years):
                expected = _known(futures.expected[at, number], 1)
                yield Told(name, kind.name, kind.unit, year, expected, *_range(futures, at, number))


class Beside(NamedTuple):
    """Two scenarios in one area, type and year, future by future.

    change             the second less the first, at the mean
    low, middle, high  the 10th, 50th and 90th centile of that difference among futures
    lower              the share of futures in which the second is the lower
    """

    area: str
    activity: str
    year: int
    first: float | None
    second: float | None
    change: float | None
    low: float | None
    middle: float | None
    high: float | None
    lower: float | None


def beside(one: Outlook, other: Outlook, names: Sequence[str]) -> Iterator[Beside]:
    """Two scenarios compared in their last year. Areas and groups `names` were kept in both.

    raises  CannotProject unless both were run on the same data, draws, seed and years
    """
    or_refuse(_unlike(one, other))
    for name in names:
        first, second = one[name], other[name]
        or_refuse([] if _kept(first, second) else [f"The futures of “{name}” were not kept."])
        yield from _differences(one, name, first, second)


def _differences(of: Outlook, name: str, first: Futures, second: Futures) -> Iterator[Beside]:
    if first.counts is None or second.counts is None:
        return
    for number, kind in enumerate(of.types):
        before, after = first.expected[-1, number], second.expected[-1, number]
        apart = second.counts[-1, :, number] - first.counts[-1, :, number]
        low, middle, high = (_known(each, 1) for each in np.percentile(apart, CENTILES))
        yield Beside(
            area=name, activity=kind.name, year=of.years[-1],
            first=_known(before, 1), second=_known(after, 1), change=_known(after - before, 1),
            low=low, middle=middle, high=high,
            lower=None if np.isnan(apart).any() else float((apart < 0).mean()),
        )  # fmt: skip


def _unlike(one: Outlook, other: Outlook) -> list[str]:
    here, there = one.provenance, other.provenance
    return [
        f"The two scenarios were run on different {what} ({a} and {b}): run both alike."
        for what, a, b in (
            ("data", here.data, there.data),
            ("seeds", here.seed, there.seed),
            ("numbers of draws", here.draws, there.draws),
            ("years", one.years, other.years),
        )
        if a != b
    ]


def _kept(*futures: Futures) -> bool:
    return all(each.counts is not None for each in futures)


def _range(futures: Futures, at: int, number: int) -> Sequence[float | None]:
    if at == 0:
        return (None, None, None)
    return [_known(each, 0) for each in futures.centiles[:, at - 1, number]]


def _known(figure: float, places: int) -> float | None:
    return None if isnan(figure) else round(float(figure), places)
