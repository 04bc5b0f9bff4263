"""Waiting lists: how long the queue is, how long it may be, and what capacity would bring it there.

Demand and capacity are people a week; waits are weeks, everywhere. Days are whole days, and a list
is looked at from a day to a day, the end not included.

The sums are those of Fong, Mushtaq and others, Understanding Waiting List Pressures (medRxiv
2022.08.23.22279117), which NHSRwaitinglist follows. Two things differ. Variation is taken from
counts a week, not from gaps between dates, most of which are nought on a busy list. And a wait is
in weeks when it is set against a target in weeks.
"""

from collections import deque
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .states import BadFigures, Flags, Floats, WrongShape

FACTOR = 4
"""Target wait over mean wait: 98.2% of waits are then within target, if they are exponential."""

HALF_A_YEAR = 26
"""Weeks in which relief brings a queue to its target, unless said otherwise."""

type Days = npt.NDArray[np.datetime64]


class BadWaitingList(BadFigures):
    """Referrals and removals that cannot be of one list."""


# --- what demand and capacity make ----------------------------------------------------------------


def queue_load(demand: float, capacity: float) -> float:
    """Demand over capacity: from 1 on, the queue grows without end.

    raises  BadWaitingList without capacity
    """
    _above_nought(capacity=capacity)
    return demand / capacity


def factor_for(share: float) -> float:
    """Target wait over mean wait, for a standard that so large a share must meet: -ln(1 - share).

    >>> round(factor_for(0.92), 3)  # 92 in 100 within 18 weeks
    2.526
    """
    if not 0 < share < 1:
        raise BadWaitingList(f"A share of {share:g} of waits: give one between 0 and 1.")
    return float(-np.log(1 - share))


def target_mean_wait(target_wait: float, *, factor: float = FACTOR) -> float:
    """The mean wait, in weeks, at which hardly anybody waits longer than the target."""
    _above_nought(target_wait=target_wait, factor=factor)
    return target_wait / factor


def target_queue(demand: float, target_wait: float, *, factor: float = FACTOR) -> float:
    """People waiting when waits are on target: demand times the mean wait (Little's law)."""
    return demand * target_mean_wait(target_wait, factor=factor)


def target_capacity(
    demand: float,
    target_wait: float,
    *,
    of_demand: float = 1,
    of_capacity: float = 1,
    factor: float = FACTOR,
) -> float:
    """Capacity that keeps a queue at its target: demand + (d + c)/2 x factor / target wait.

    of_demand, of_capacity  d and c, the index of dispersion of each: 1 for pure chance, 0 where
                            every week is alike. After Kingman and Marchal
    """
    _above_nought(target_wait=target_wait, factor=factor)
    return demand + (of_demand + of_capacity) / 2 * factor / target_wait


def relief_capacity(
    demand: float, queue: float, aim: float, *, weeks: float = HALF_A_YEAR, error: float = 0
) -> float:
    """Capacity that brings a queue to its target in so many weeks.

    error  standard error of demand, of which two are added to be on the safe side
    """
    _above_nought(weeks=weeks)
    return demand + 2 * error + (queue - aim) / weeks


def pressure(mean_wait: float, target_wait: float) -> float:
    """Twice the mean wait over the target: about 1 where half of all waits are within target."""
    _above_nought(target_wait=target_wait)
    return 2 * mean_wait / target_wait


def _above_nought(**given: float) -> None:
    for name, value in given.items():
        if not value > 0:
            said = name.replace("_", " ")
            raise BadWaitingList(f"A {said} of {value:g} has no meaning here: give one above 0.")


# --- a list of people ----------------------------------------------------------------------------


class WaitingList(NamedTuple):
    """One place a person: the day of referral, and the day of removal or NaT for nobody yet."""

    referrals: Days
    removals: Days

    def waiting(self, day: np.datetime64) -> Flags:
        """Who waits at the close of a day: referred by then and not removed by then."""
        gone = ~np.isnat(self.removals) & (self.removals <= day)
        return (self.referrals <= day) & ~gone


def waiting_list(referrals: npt.ArrayLike, removals: npt.ArrayLike) -> WaitingList:
    """A list, checked.

    referrals, removals  days; NaT or None among removals for those who wait
    raises               WrongShape; BadWaitingList for a referral without a day and for a removal
                         before its referral
    """
    begun = np.asarray(referrals, "datetime64[D]")
    gone = np.asarray(removals, "datetime64[D]")
    if begun.ndim != 1 or begun.shape != gone.shape:
        raise WrongShape(f"{begun.shape} referrals and {gone.shape} removals: give one each.")
    if np.isnat(begun).any():
        at = int(np.isnat(begun).argmax())
        raise BadWaitingList(f"The person at {at} has no day of referral.")
    wrong = gone < begun
    if wrong.any():
        at = int(wrong.argmax())
        raise BadWaitingList(
            f"The person at {at} was removed on {gone[at]}, before referral on {begun[at]}."
        )
    return WaitingList(begun, gone)


class Queue(NamedTuple):
    """How many wait at the close of each day."""

    days: Days
    waiting: npt.NDArray[np.int64]


def queue_by_day(people: WaitingList, starts: np.datetime64, ends: np.datetime64) -> Queue:
    """The queue on every day from one to another, the end not included.

    raises  BadWaitingList where there is no day between
    """
    days = _days(starts, ends)
    joined = np.searchsorted(np.sort(people.referrals), days, side="right")
    gone = people.removals[~np.isnat(people.removals)]
    return Queue(days, joined - np.searchsorted(np.sort(gone), days, side="right"))


class Statistics(NamedTuple):
    """A waiting list over a period.

    referred, removed    people, of whom the period is that of the event
    demand, capacity     the same a week
    of_demand, of_capacity  index of dispersion of counts in whole weeks, variance over mean; NaN
                         where there are not two whole weeks or no event
    load                 demand over capacity; infinite without capacity
    queue, mean_wait     people waiting at the close of the last day, and for how many weeks so far;
                         NaN where nobody waits
    aim                  the queue to aim for; `too_big` is more than twice that
    needed               capacity to keep the queue on target, or to bring it there in half a year
                         if it is too big
    pressure             twice the mean wait over the target
    """

    referred: int
    removed: int
    demand: float
    capacity: float
    of_demand: float
    of_capacity: float
    load: float
    queue: int
    mean_wait: float
    aim: float
    too_big: bool
    needed: float
    pressure: float


def statistics(
    people: WaitingList,
    starts: np.datetime64,
    ends: np.datetime64,
    target_wait: float,
    *,
    factor: float = FACTOR,
) -> Statistics:
    """A list over a period, against a target wait in weeks.

    Somebody referred after the period is not in it, whenever removed.

    raises  BadWaitingList
    """
    days = _days(starts, ends)
    referred = _by_day(people.referrals, days)
    removed = _by_day(people.removals, days)
    weeks = days.size / 7
    demand, capacity = float(referred.sum() / weeks), float(removed.sum() / weeks)
    spread = _dispersion(referred), _dispersion(removed)
    waiting = people.waiting(days[-1])
    queue, wait = int(waiting.sum()), _mean_weeks(people.referrals[waiting], days[-1])
    aim = target_queue(demand, target_wait, factor=factor)
    too_big = queue > 2 * aim
    if too_big:
        needed = relief_capacity(demand, queue, aim)
    else:
        needed = target_capacity(
            demand, target_wait, of_demand=spread[0], of_capacity=spread[1], factor=factor
        )
    return Statistics(
        int(referred.sum()), int(removed.sum()), demand, capacity, *spread,
        demand / capacity if capacity else np.inf, queue, wait, aim, too_big, needed,
        pressure(wait, target_wait),
    )  # fmt: skip


def _days(starts: np.datetime64, ends: np.datetime64) -> Days:
    days = np.arange(starts, ends, dtype="datetime64[D]")
    if not days.size:
        raise BadWaitingList(f"From {starts} to {ends} is no day: the end is not included.")
    return days


def _by_day(events: Days, days: Days) -> npt.NDArray[np.int64]:
    inside = events[(events >= days[0]) & (events <= days[-1])]
    return np.bincount((inside - days[0]).astype(np.int64), minlength=days.size)


def _dispersion(by_day: npt.NDArray[np.int64]) -> float:
    weeks = by_day[: by_day.size // 7 * 7].reshape(-1, 7).sum(axis=1)
    if weeks.size < 2 or not weeks.any():  # noqa: PLR2004 - one week cannot differ
        return float("nan")
    return float(weeks.var(ddof=1) / weeks.mean())


def _mean_weeks(referred: Days, day: np.datetime64) -> float:
    if not referred.size:
        return float("nan")
    return float((day - referred).astype(np.int64).mean() / 7)


# --- scheduling ----------------------------------------------------------------------------------


def scheduled(
    referrals: npt.ArrayLike, slots: npt.ArrayLike, *, withdrawals: npt.ArrayLike | None = None
) -> WaitingList:
    """People seen in the order of their referral, each in the first slot on or after it.

    slots        days on which one person each is seen; a day may stand several times
    withdrawals  the day each person would leave unseen, or NaT; a slot on that day sees the next
    returns      the list in order of referral
    raises       WrongShape, BadWaitingList
    """
    begun = np.asarray(referrals, "datetime64[D]")
    never = np.full(begun.shape, np.datetime64("NaT", "D"), "datetime64[D]")
    leaving = never if withdrawals is None else np.asarray(withdrawals, "datetime64[D]")
    checked = waiting_list(begun, leaving)
    order = np.argsort(begun, kind="stable")
    people = WaitingList(checked.referrals[order], checked.removals[order])
    offered = np.sort(np.asarray(slots, "datetime64[D]"))
    if withdrawals is None:
        return WaitingList(people.referrals, _in_turn(people.referrals, offered))
    return WaitingList(people.referrals, _with_withdrawals(people, offered))


def _in_turn(begun: Days, slots: Days) -> Days:
    """The slot of each: nobody is passed over, so it is the first after all taken before it."""
    turn = np.arange(begun.size)
    first = np.searchsorted(slots, begun, side="left")
    taken = turn + np.maximum.accumulate(first - turn) if begun.size else turn
    open_end = np.append(slots, np.datetime64("NaT", "D"))
    return np.asarray(open_end[np.minimum(taken, slots.size)], "datetime64[D]")


def _with_withdrawals(people: WaitingList, slots: Days) -> Days:
    gone = people.removals.copy()
    queue: deque[int] = deque()
    joined = 0
    for slot in slots:
        while joined < people.referrals.size and people.referrals[joined] <= slot:
            queue.append(joined)
            joined += 1
        while queue and people.removals[queue[0]] <= slot:
            queue.popleft()
        if queue:
            gone[queue.popleft()] = slot
    return gone


def simulated(
    starts: np.datetime64,
    ends: np.datetime64,
    *,
    demand: float,
    capacity: float,
    chance: np.random.Generator,
    withdraw: float = 0,
) -> WaitingList:
    """An invented list: referrals by chance, slots spread evenly, first come first served.

    demand, capacity  a week
    withdraw          share of those still waiting who leave unseen each day
    chance            the source of chance, so that a rerun gives the same list
    raises            BadWaitingList
    """
    _above_nought(demand=demand, capacity=capacity)
    if not 0 <= withdraw < 1:
        raise BadWaitingList(f"A share of {withdraw:g} that leaves each day: give 0 to under 1.")
    days = _days(starts, ends)
    referrals = np.repeat(days, chance.poisson(demand / 7, days.size))
    offered = np.diff(np.floor(np.arange(days.size + 1) * capacity / 7)).astype(np.int64)
    slots = np.repeat(days, offered)
    if not withdraw:
        return scheduled(referrals, slots)
    staying = chance.geometric(withdraw, referrals.size).astype("timedelta64[D]")
    leaving = referrals + staying
    leaving[leaving > days[-1]] = np.datetime64("NaT", "D")
    return scheduled(referrals, slots, withdrawals=leaving)


def longest_waits(people: WaitingList, day: np.datetime64, at_least: Floats) -> list[int]:
    """How many have waited at least so many weeks at the close of a day, for each number."""
    waited = (day - people.referrals[people.waiting(day)]).astype(np.int64) / 7
    return [int((waited >= weeks).sum()) for weeks in np.asarray(at_least, np.float64)]
