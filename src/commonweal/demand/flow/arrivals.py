"""Who comes when: by hour, weekday, month and winter, and by chance."""

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .unstable import BadFlow, need_above_nought

type Floats = npt.NDArray[np.float64]

HOURS, WEEKDAYS, MONTHS = 24, 7, 12


class Surge(NamedTuple):
    """From a day to a day, the end not included, so many times as many come: a winter, a strike."""

    starts: date
    ends: date
    times: float


class Pattern(NamedTuple):
    """Arrivals a day on average, and how they differ.

    hours     24 weights from midnight; only their proportions count, and none means all alike
    weekdays  7 from Monday
    months    12 from January; the average is that of months, whatever their length
    """

    a_day: float
    hours: tuple[float, ...] = ()
    weekdays: tuple[float, ...] = ()
    months: tuple[float, ...] = ()
    surges: tuple[Surge, ...] = ()


def expected(pattern: Pattern, starts: date, days: int) -> Floats:
    """Arrivals expected in each hour: an array of days by 24.

    raises  BadFlow

    >>> week = Pattern(10, weekdays=(6, 6, 6, 6, 6, 3, 2))
    >>> expected(week, date(2026, 11, 23), 7).sum(axis=1).round(2).tolist()
    [12.0, 12.0, 12.0, 12.0, 12.0, 6.0, 4.0]
    """
    need_above_nought(arrivals_a_day=pattern.a_day, days=days)
    hours = _weights(pattern.hours, HOURS, "hours") / HOURS
    weekdays = _weights(pattern.weekdays, WEEKDAYS, "weekdays")
    months = _weights(pattern.months, MONTHS, "months")
    every = [starts + timedelta(days=number) for number in range(days)]
    level = [weekdays[day.weekday()] * months[day.month - 1] for day in every]
    surging = [_surge(pattern.surges, day) for day in every]
    return pattern.a_day * np.outer(np.multiply(level, surging), hours)


def drawn(hourly: Floats, chance: np.random.Generator) -> Floats:
    """Times of arrival in days after the start of the first day, in order.

    hourly  as `expected` has it; each hour's number is Poisson, and any moment of it as likely
    """
    # A generator apart, so that a busier winter does not move those who came before it.
    moments = chance.spawn(1)[0]
    counts = chance.poisson(hourly.ravel())
    hours = np.repeat(np.arange(counts.size), counts)
    return np.sort((hours + moments.random(hours.size)) / HOURS)


def _weights(weights: tuple[float, ...], number: int, name: str) -> Floats:
    if not weights:
        return np.ones(number)
    given = np.asarray(weights, np.float64)
    if given.size != number:
        raise BadFlow(f"{given.size} weights for {name}: give {number}, or none for all alike.")
    if not (np.isfinite(given).all() and (given >= 0).all() and given.any()):
        raise BadFlow(f"Weights for {name} are 0 or more, and not all 0; one of these is not.")
    return given / given.mean()


def _surge(surges: tuple[Surge, ...], day: date) -> float:
    times = 1.0
    for surge in surges:
        if not (surge.times >= 0 and surge.starts < surge.ends):
            raise BadFlow(
                f"A surge of {surge.times:g} times from {surge.starts} to {surge.ends}: give 0 or "
                "more times, and an end after the start."
            )
        times *= surge.times if surge.starts <= day < surge.ends else 1
    return times
