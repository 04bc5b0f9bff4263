"""Many futures of one ward or service, from today: how long people wait, and how full it is.

Every future has its own chance, split from one seed, and in it arrivals, stays and patience each
have theirs. So two plans with the same seed meet the same patients, and differ only by the plan.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from . import arrivals, pool, stays, turns
from .arrivals import Pattern
from .pool import Extra
from .running import PAYS_FROM, can_compile
from .stays import Observed, Stay
from .unstable import BadFlow, need_above_nought, need_places, need_room

type Floats = npt.NDArray[np.float64]
type Ints = npt.NDArray[np.int64]


class Today(NamedTuple):
    """Those already there: days each has been in a bed, and days each has waited for one."""

    in_beds: tuple[float, ...] = ()
    waiting: tuple[float, ...] = ()


class Service(NamedTuple):
    """A ward, a department or a team: anything with so many places.

    beds      there throughout; `extra` for a time
    cleaning  days between one patient and the next
    ranks     shares of patients of rank 0 (first), 1 and so on; none for first come, first served
    patience  mean days that people would wait before leaving, by chance; none if nobody leaves
    """

    beds: int
    arrivals: Pattern
    stay: Stay | Observed
    cleaning: float = 0
    ranks: tuple[float, ...] = ()
    patience: float | None = None
    extra: tuple[Extra, ...] = ()
    today: Today = Today()


class Range(NamedTuple):
    """Over the futures: the mean and its standard error, and the 10th, 50th and 90th in 100."""

    mean: float
    error: float
    low: float
    middle: float
    high: float


class Futures(NamedTuple):
    """What came of it: arrays of one number for each future, or one for each future and day.

    mean_wait   days, of those who came once it had settled and got a bed
    waited      share of those who waited at all
    left        share who left without
    within      share of all who came that got a bed within each of `limits`, by future and limit
    waiting     people waiting at each midnight, by future and day
    occupied    beds with somebody in them at each midnight, likewise
    by_hour     the same at each hour of the day, on average over the days: by future and hour
    """

    seed: int
    limits: tuple[float, ...]
    mean_wait: Floats
    waited: Floats
    left: Floats
    within: Floats
    waiting: Ints
    occupied: Ints
    by_hour: Floats

    def share_with_more_waiting_than(self, people: int) -> float:
        """Share of futures in which more than so many wait at some midnight."""
        return float((self.waiting.max(axis=1) > people).mean())

    def for_the_board(self, people: int) -> str:
        """The same in a sentence."""
        number, of = int((self.waiting.max(axis=1) > people).sum()), self.waiting.shape[0]
        return f"In {number} of {of} futures, more than {people} people wait on at least one night."


def over(values: Floats | Ints) -> Range:
    """The range of one number for each future, of those in which there is one.

    raises  BadFlow where it is in none
    """
    known = np.asarray(values, np.float64)
    known = known[~np.isnan(known)]
    if not known.size:
        raise BadFlow("No future has this figure: nobody came, or nobody got a bed.")
    error = float(known.std(ddof=1) / np.sqrt(known.size)) if known.size > 1 else float("nan")
    low, middle, high = (float(each) for each in np.quantile(known, (0.1, 0.5, 0.9)))
    return Range(float(known.mean()), error, low, middle, high)


def futures(
    service: Service, starts: date, days: int, *,
    replications: int, seed: int, settling: int = 0, limits: Sequence[float] = (),
    overloaded: bool = False, compiled: bool | None = None,
) -> Futures:  # fmt: skip
    """Run a service so many times.

    starts      the first day; arrivals go by its weekday and month
    settling    days at the start of which nothing is counted; nought to start from today's people
    limits      waits in days to count people within, such as 4 / 24
    overloaded  run even what grows without end, to see how fast
    compiled    as for `pool.run`
    raises      BadFlow, Unstable: before anything runs
    """
    hourly = _checked(service, starts, days, replications, settling, overloaded=overloaded)
    if compiled is None:
        compiled = float(hourly.sum()) * replications >= PAYS_FROM and can_compile()
    streams = np.random.SeedSequence(seed).spawn(replications)
    found = [
        _counted(_one(service, hourly, each, compiled=compiled), days, settling, limits)
        for each in streams
    ]
    wait, waited, gone, within, waiting, occupied, by_hour = (
        np.array(each) for each in zip(*found, strict=True)
    )
    return Futures(seed, tuple(limits), wait, waited, gone, within, waiting, occupied, by_hour)


def _checked(
    service: Service, starts: date, days: int, replications: int, settling: int, *, overloaded: bool
) -> Floats:
    """Who is expected in each hour, once everything that was asked makes sense."""
    need_above_nought(replications=replications)
    if not 0 <= settling < days:
        raise BadFlow(f"Settling for {settling} of {days} days leaves none to count.")
    _sensible(service)
    hourly = arrivals.expected(service.arrivals, starts, days)
    if service.patience is None and not overloaded:
        held = float(hourly.sum()) / days * (service.stay.mean + service.cleaning)
        need_room(held, service.beds + _beds_a_day(service.extra, days))
    return hourly


def _sensible(service: Service) -> None:
    need_places(service.beds)
    stays.checked(service.stay)
    turns.checked(service.ranks, service.patience)
    today = service.today
    if not all(0 <= days < pool.FOR_EVER for days in (*today.in_beds, *today.waiting)):
        raise BadFlow(
            "Somebody has been here for less than no time, or for ever: give days so far."
        )


def _beds_a_day(extra: tuple[Extra, ...], days: int) -> float:
    """Extra beds open on the average day."""
    open_for = (max(min(each.closes, days) - each.opens, 0) * each.beds for each in extra)
    return sum(open_for) / days


def _one(
    service: Service, hourly: Floats, stream: np.random.SeedSequence, *, compiled: bool
) -> pool.Run:
    coming, staying, leaving, ranking, already = map(np.random.default_rng, stream.spawn(5))
    new = arrivals.drawn(hourly, coming)
    queue = -np.sort(np.asarray(service.today.waiting, np.float64))[::-1]
    when = np.concatenate([queue, new])
    present = stays.left(service.stay, service.today.in_beds, already)
    # Chance is drawn for those who come before those who wait already, so that a longer queue
    # today does not change who comes.
    order = np.roll(np.arange(when.size), queue.size)
    ranks = turns.ranks(service.ranks, when.size, ranking)
    patients = pool.Patients(
        when,
        stays.drawn(service.stay, when.size, staying)[order],
        turns.patience(service.patience, when.size, leaving)[order] + np.maximum(-when, 0),
        None if ranks is None else ranks[order],
    )
    cleaning = service.cleaning
    places = pool.beds(service.beds, *service.extra, present=present, cleaning=cleaning)
    return pool.run(patients, places, present=present, cleaning=cleaning, compiled=compiled)


def _counted(
    one: pool.Run, days: int, settling: int, limits: Sequence[float]
) -> tuple[float, float, float, Floats, Ints, Ints, Floats]:
    counted = one.arrivals >= settling if settling else np.ones(one.arrivals.size, np.bool_)
    waits = one.waits()[counted]
    got = waits[~np.isnan(waits)]
    none = float("nan")
    midnights = np.arange(settling + 1, days + 1, dtype=np.float64)
    hours = np.arange(settling * arrivals.HOURS, days * arrivals.HOURS) / arrivals.HOURS
    within = [float((got <= each).sum()) / waits.size if waits.size else none for each in limits]
    return (
        float(got.mean()) if got.size else none,
        float((got > 0).mean()) if got.size else none,
        1 - got.size / waits.size if waits.size else none,
        np.array(within),
        one.waiting(midnights),
        one.occupied(midnights),
        one.occupied(hours).reshape(-1, arrivals.HOURS).mean(axis=0),
    )


class Bought(NamedTuple):
    """What so many more beds come to, beside none; the same patients each time."""

    more: int
    mean_wait: Range
    waiting: Range
    fewer_waiting: Range


def what_more_beds_buy(
    service: Service, starts: date, days: int, *,
    more: Sequence[int] = (10, 20, 30), replications: int, seed: int, settling: int = 0,
    overloaded: bool = False,
) -> tuple[Bought, ...]:  # fmt: skip
    """The service as it is, and with so many more beds; people waiting are those of all midnights.

    raises  as `futures`
    """
    answers: list[Bought] = []
    now: Floats | None = None
    for extra in (0, *more):
        found = futures(
            service._replace(beds=service.beds + extra), starts, days,
            replications=replications, seed=seed, settling=settling, overloaded=overloaded,
        )  # fmt: skip
        waiting = found.waiting.mean(axis=1)
        now = waiting if now is None else now
        answers.append(Bought(extra, over(found.mean_wait), over(waiting), over(now - waiting)))
    return tuple(answers)
