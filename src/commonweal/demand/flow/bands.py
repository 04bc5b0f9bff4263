"""A waiting list by how long people have waited, step by step: what capacity does to it.

A list is an array: people who have waited 0 steps, 1 step and so on; the last entry holds those who
have waited that long or longer. A step is any number of days, the same throughout: 7 for the 18
weeks, 1 for the 62 days. Numbers are expectations, so people may be in parts.

In each step people are treated, some leave untreated, the rest grow a step older, and those newly
referred come last. `outcomes.methods.waiting_lists` has the sums for a list in the long run.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .unstable import BadFlow, need_above_nought

type Floats = npt.NDArray[np.float64]
type Choice = Callable[[Floats, float], Floats]
"""Whom to treat: from those waiting and the capacity of a step, the treated of each band."""


class Passage(NamedTuple):
    """A list over time.

    waiting  bands at the start and after each step: one row more than the others
    treated  of each band in each step
    left     untreated, likewise
    """

    step: float
    waiting: Floats
    treated: Floats
    left: Floats

    def waiting_within(self, days: float) -> Floats:
        """Share of those waiting who have waited less, at the start and after each step."""
        return _share(self.waiting, _bands_within(days, self.step, self.waiting.shape[1]))

    def seen_within(self, days: float) -> Floats:
        """Share of those treated in each step who had waited less; NaN where nobody was."""
        return _share(self.treated, _bands_within(days, self.step, self.treated.shape[1]))


def longest_first(waiting: Floats, capacity: float) -> Floats:
    """Those who have waited longest are treated first."""
    ahead = np.cumsum(waiting[::-1])[::-1] - waiting
    return np.clip(capacity - ahead, 0, waiting)


def as_before(taking: npt.ArrayLike) -> Choice:
    """People of a band are treated in proportion to how likely they were in the past."""
    weights = np.asarray(taking, np.float64)
    if not (np.isfinite(weights).all() and (weights >= 0).all() and weights.any()):
        raise BadFlow("Chances of treatment are 0 or more, and not all 0; one of these is not.")

    def choose(waiting: Floats, capacity: float) -> Floats:
        treated = np.zeros_like(waiting)
        # A band can be used up; what it cannot take goes to the others, so at most a round a band.
        for _ in range(waiting.size):
            there = weights * (waiting - treated)
            spare = capacity - treated.sum()
            if spare <= 0 or not there.any():
                break
            treated = np.minimum(waiting, treated + spare * (there / there.sum()))
        return treated

    return choose


class Habit(NamedTuple):
    """How a list was worked: chances in a step, by band, of being treated and of leaving untreated.

    filled  bands in which nobody waited, whose chances are those of the next shorter wait
    """

    treated: Floats
    left: Floats
    filled: tuple[int, ...]


def habit(waiting: npt.ArrayLike, treated: npt.ArrayLike, left: npt.ArrayLike) -> Habit:
    """What was done, from counts of one period: by band, those waiting, treated and gone.

    raises  BadFlow for more gone than waited, or nobody in the first band
    """
    there, seen, gone = (_counts(each) for each in (waiting, treated, left))
    if not there.size == seen.size == gone.size:
        raise BadFlow("Those waiting, treated and gone need the same bands.")
    over = np.flatnonzero(seen + gone > there)
    if over.size:
        raise BadFlow(f"In band {over[0]} more were treated or left than waited.")
    if not there[0]:
        raise BadFlow("Nobody waits in the first band: its chances cannot be known.")
    known = np.flatnonzero(there)
    nearest = known[np.searchsorted(known, np.arange(there.size), side="right") - 1]
    empty = tuple(int(each) for each in np.flatnonzero(there == 0))
    return Habit(seen[nearest] / there[nearest], gone[nearest] / there[nearest], empty)


def passage(
    waiting: npt.ArrayLike, referrals: Sequence[float], capacity: Sequence[float], *,
    choose: Choice = longest_first, leaving: npt.ArrayLike = 0.0, step: float = 7,
) -> Passage:  # fmt: skip
    """Follow a list.

    waiting    the list today, by band
    referrals  new people in each step; capacity, people that can be treated in each
    leaving    chance of leaving untreated in a step, one for all bands or one each
    raises     BadFlow
    """
    now = _counts(waiting)
    need_above_nought(step=step)
    going = np.broadcast_to(np.asarray(leaving, np.float64), now.shape)
    if not ((going >= 0) & (going <= 1)).all():
        raise BadFlow("A chance of leaving untreated is below 0 or above 1.")
    coming, able = _counts(referrals), _counts(capacity)
    if coming.size != able.size:
        raise BadFlow(f"{coming.size} steps of referrals and {able.size} of capacity: give both.")
    rows, treated, left = [now], [], []
    for new, places in zip(coming, able, strict=True):
        treated.append(choose(rows[-1], float(places)))
        left.append(going * (rows[-1] - treated[-1]))
        rows.append(_older(rows[-1] - treated[-1] - left[-1], float(new)))
    none = np.empty((0, now.size))
    return Passage(
        step,
        np.array(rows),
        np.array(treated) if treated else none,
        np.array(left) if left else none,
    )


class Relief(NamedTuple):
    """What it takes to bring a list to a standard by a day, and to keep it there.

    capacity  people treated in each step until then
    extra     treatments beyond those that the capacity of today would give, over all steps
    reached   share within the standard at the end
    to_hold   people treated in each step after that, if as many come: all who come and do not leave
    """

    capacity: int
    extra: float
    reached: float
    to_hold: float
    way: Passage


def relief(
    waiting: npt.ArrayLike, referrals: Sequence[float], today: float, *,
    share: float, within: float, most: int,
    choose: Choice = longest_first, leaving: npt.ArrayLike = 0.0, step: float = 7,
) -> Relief:  # fmt: skip
    """The least whole capacity at which so large a share has waited less than `within` days.

    referrals  new people in each step until the day
    today      what is treated in a step now; the answer is never less
    most       capacity nobody would believe; beyond it there is no answer
    raises     BadFlow, with what even `most` would reach
    """

    def tried(capacity: int) -> Passage:
        return passage(
            waiting, referrals, [capacity] * len(referrals),
            choose=choose, leaving=leaving, step=step,
        )  # fmt: skip

    def reached(way: Passage) -> float:
        return float(np.nan_to_num(way.waiting_within(within)[-1], nan=1.0))

    if not referrals:
        raise BadFlow("There is no step until the day: give the referrals of each.")
    low, high = int(np.ceil(today)), most
    if low > most or reached(tried(most)) < share:
        raise BadFlow(
            f"Not even {most:g} treated in each of {len(referrals)} steps brings {share:.0%} "
            f"within {within:g} days; it comes to {reached(tried(max(most, 0))):.1%}. Give it "
            "longer, or look at what is referred."
        )
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(tried(middle)) >= share else (middle + 1, high)
    way = tried(low)
    extra = float(way.treated.sum() - tried(int(np.ceil(today))).treated.sum())
    return Relief(low, extra, reached(way), float(referrals[-1] - way.left[-1].sum()), way)


def worst(way: Passage, days: float) -> tuple[int, float]:
    """The step at which the share of those treated within so many days is least, and that share.

    Treating those who waited longest makes this figure worse before it is better.
    """
    seen = way.seen_within(days)
    if not np.isfinite(seen).any():
        raise BadFlow("Nobody is treated in any step.")
    at = int(np.nanargmin(seen))
    return at, float(seen[at])


def _older(waiting: Floats, new: float) -> Floats:
    aged = np.concatenate([[new], waiting])
    aged[-2] += aged[-1]
    return aged[:-1]


def _counts(given: npt.ArrayLike) -> Floats:
    counts = np.asarray(given, np.float64)
    if counts.ndim != 1 or not (np.isfinite(counts).all() and (counts >= 0).all()):
        raise BadFlow("A list, its referrals and its capacity are rows of numbers, 0 or more each.")
    return counts


def _bands_within(days: float, step: float, bands: int) -> int:
    number = round(days / step)
    if abs(number * step - days) > 1e-9:  # noqa: PLR2004 - for rounding only
        raise BadFlow(
            f"{days:g} days are not whole steps of {step:g}: give bands of another width."
        )
    if not 0 < number < bands:
        raise BadFlow(f"{days:g} days are not among {bands} bands of {step:g}: give more bands.")
    return number


def _share(people: Floats, bands: int) -> Floats:
    every = people.sum(axis=1)
    some = np.where(every > 0, every, np.nan)
    return np.asarray(people[:, :bands].sum(axis=1) / some, np.float64)
