"""What activity takes: beds, spaces, sessions, contacts and people, and whether a plan is enough.

Figures may be single numbers or futures; a conversion does the same to each. A year is 365.25 days.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .errors import CannotProject, or_refuse
from .ranges import Floats

DAYS, WEEKS = 365.25, 365.25 / 7
_TEN = 10
"""Futures out of which a board is told how many."""

type Figures = float | Floats


def beds_by_occupancy(bed_days: Figures, occupancy: float) -> Figures:
    """Beds that a year's bed days fill to an occupancy.

    It says how full beds are on average, not how often none is free: see
    `beds_by_service_level`. The two are different things and differ much.

    occupancy  above 0 and below 1: at 1 no bed is ever free and the queue has no end

    >>> round(beds_by_occupancy(79.65 * 365.25, 0.92), 4)
    86.5761
    """
    _between("An occupancy", occupancy, "at 100% no bed is ever free, and those who wait never end")
    return bed_days / DAYS / occupancy


def beds_by_service_level(bed_days: Figures, level: float) -> Figures:
    """The fewest beds that are enough on a share `level` of all days, were none ever refused.

    The number of people in beds is Poisson about its mean whatever the spread of their stays.

    level  above 0 and below 1: the share of days on which the beds are enough
    """
    from scipy import stats  # takes a second, and few ask

    _between("A service level", level, "no number of beds is enough on every day")
    found = np.asarray(stats.poisson.ppf(level, np.asarray(bed_days) / DAYS), np.float64)
    return found if found.ndim else float(found)


def spaces(
    attendances: Figures, *, minutes: float, hours: float, weeks: float, used: float
) -> Figures:
    """Spaces, such as A&E cubicles, for a year's attendances.

    minutes, hours, weeks  that one takes; open in a week; open in a year
    used                   share of the open time that a space is in use
    source                 The Strategy Unit, nhp_capacity_conversion_logic (draft): 60 minutes
                           or 240, 168 hours, 52 weeks, 50%

    >>> round(spaces(60_000, minutes=240, hours=168, weeks=52, used=0.5), 6)
    54.945055
    """
    _above_nought(minutes=minutes, hours=hours, weeks=weeks)
    _part("The share of time in use", used)
    return attendances * minutes / 60 / (weeks * hours * used)


def sessions(patients: Figures, *, each: float, weeks: float, used: float = 1.0) -> Figures:
    """Theatre or clinic sessions a week for a year's patients.

    each   patients in a full session
    weeks  in the year in which sessions are held
    used   share of the places in sessions that are used
    """
    _above_nought(each=each, weeks=weeks)
    _part("The share of places used", used)
    return patients / (each * weeks * used)


def caseload(people: Figures, *, contacts: float, daily: float, days: float) -> Figures:
    """Community staff for people on their books in a year.

    contacts  that each person has in the year
    daily     contacts that one member of staff makes in a day
    days      that a member of staff works in a year
    """
    _above_nought(contacts=contacts, daily=daily, days=days)
    return people * contacts / (daily * days)


def care_hours(beds: Figures, *, occupancy: float, each_day: float) -> Figures:
    """Hours of care a year in beds of an occupancy, at so many hours for each patient a day."""
    _part("An occupancy", occupancy)
    _above_nought(each_day=each_day)
    return beds * occupancy * each_day * DAYS


def staff(hours: Figures, *, weekly: float, away: float) -> Figures:
    """Whole-time staff for hours of work a year.

    weekly  hours that one is paid for in a week
    away    share of them on leave, ill or in training

    >>> nursing = care_hours(20, occupancy=0.92, each_day=8.6)
    >>> round(nursing, 2), round(staff(nursing, weekly=37.5, away=0.22), 4)
    (57797.16, 37.8694)
    """
    _above_nought(weekly=weekly)
    if not 0 <= away < 1:
        raise CannotProject(
            [f"{away:.0%} of paid hours away: state a share from 0% to below 100%."]
        )
    return hours / (weekly * WEEKS * (1 - away))


@dataclass(frozen=True, slots=True)
class Enough:
    """In how many of so many futures a planned capacity is enough."""

    enough: int
    futures: int

    @property
    def chance(self) -> float:
        return self.enough / self.futures

    def in_words(self) -> str:
        """A sentence for a board: in tenths, unless that would make a few futures all or none."""
        short = self.futures - self.enough
        if short in {0, self.futures}:
            never = "enough" if not short else "not enough"
            return f"In all {self.futures:,} futures this is {never}."
        tenths = round(_TEN * short / self.futures)
        if 0 < tenths < _TEN:
            return f"In {tenths} of 10 futures this is not enough."
        return f"In {short:,} of {self.futures:,} futures this is not enough."


def suffices(required: Floats, planned: float) -> Enough:
    """Whether planned capacity is enough, future by future.

    required  what each future asks for, in the unit of `planned`
    """
    some = np.asarray(required, np.float64).ravel()
    if not some.size or np.isnan(some).any():
        raise CannotProject(["What is required is not known, so nothing can be said of the plan."])
    return Enough(int((some <= planned).sum()), some.size)


def what_more_buys(required: Floats, planned: float, more: npt.ArrayLike) -> list[Enough]:
    """The same for `planned` and each of some numbers more: 10, 20, 30 more beds."""
    return [suffices(required, planned + each) for each in np.atleast_1d(np.asarray(more))]


def _between(what: str, given: float, because: str) -> None:
    if not 0 < given < 1:
        told = f"{what} of {given:.0%} cannot be worked with: {because}."
        raise CannotProject([f"{told} Give one between 0% and 100%."])


def _part(what: str, given: float) -> None:
    if not 0 < given <= 1:
        raise CannotProject([f"{what}, {given:.0%}, must be above 0% and at most 100%."])


def _above_nought(**given: float) -> None:
    or_refuse(
        [
            f"{name} is {value:g}: it must be above nought."
            for name, value in given.items()
            if not value > 0
        ]
    )
