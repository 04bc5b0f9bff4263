"""Wards, ways out of hospital and waiting lists from files, in the words of those who run them."""

from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from commonweal.demand.errors import CannotProject, near
from commonweal.demand.flow.arrivals import Pattern, Surge
from commonweal.demand.flow.discharge import WayOut, places_of
from commonweal.demand.flow.futures import Service, Today
from commonweal.demand.flow.pool import Extra
from commonweal.demand.flow.stays import Observed, Shape, Stay

from .reading import converted

SHIPPED = Path(__file__).parent / "exampleshire" / "flow"
_HOURS = 24


class _Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a file."""


class Times(_Form, rename={"starts": "from", "ends": "to"}, frozen=True):
    """From a day to a day, the end not included, so many times as many come."""

    starts: date
    ends: date
    times: float


class MoreBeds(_Form, rename={"starts": "from", "ends": "to"}, frozen=True):
    """Beds open from a day to a day, the end not included."""

    beds: int
    starts: date
    ends: date


class Stays(_Form, frozen=True):
    """Days in a bed: a mean with a shape, or stays as they were observed."""

    days: float = 0
    shape: Shape = "exponential"
    spread: float = 1
    observed: tuple[float, ...] = ()

    def made(self) -> Stay | Observed:
        return (
            Observed(self.observed) if self.observed else Stay(self.days, self.shape, self.spread)
        )


class Ward(_Form, rename={"starts": "from"}, frozen=True):
    """A ward from today on. Fields as of `Service` and `Pattern`, in days unless they say hours.

    more          so many more beds, to be tried beside none
    within_hours  waits to count people within
    """

    name: str
    source: str
    starts: date
    days: int
    beds: int
    arrivals_a_day: float
    stay: Stays
    invented: bool = False
    settling: int = 0
    by_hour: tuple[float, ...] = ()
    by_weekday: tuple[float, ...] = ()
    by_month: tuple[float, ...] = ()
    surges: tuple[Times, ...] = ()
    cleaning_hours: float = 0
    ranks: tuple[float, ...] = ()
    patience_days: float | None = None
    extra: tuple[MoreBeds, ...] = ()
    in_beds_days: tuple[float, ...] = ()
    waiting_days: tuple[float, ...] = ()
    more: tuple[int, ...] = (10, 20, 30)
    within_hours: tuple[float, ...] = (4, 12)

    def service(self) -> Service:
        """The ward as it is run."""
        surges = tuple(Surge(each.starts, each.ends, each.times) for each in self.surges)
        pattern = Pattern(self.arrivals_a_day, self.by_hour, self.by_weekday, self.by_month, surges)
        extra = tuple(
            Extra(each.beds, (each.starts - self.starts).days, (each.ends - self.starts).days)
            for each in self.extra
        )
        return Service(
            self.beds, pattern, self.stay.made(), self.cleaning_hours / _HOURS, self.ranks,
            self.patience_days, extra, Today(self.in_beds_days, self.waiting_days),
        )  # fmt: skip


class Visits(_Form, frozen=True):
    """Visits a day that a team makes, and to each person on the first and on the last day."""

    a_day: float
    first: float
    last: float


class Out(_Form, frozen=True):
    """A way out, with places or the visits that come to places. Other fields as of `WayOut`."""

    name: str
    people_a_day: float
    days: float
    place_pence: int
    delayed_pence: int
    places: int | None = None
    visits: Visits | None = None

    def way(self) -> WayOut:
        return WayOut(self.name, self.people_a_day, self.days, self.place_pence, self.delayed_pence)

    def there(self) -> int:
        """How many places there are. Raises CannotProject unless places or visits are given."""
        if (self.places is None) == (self.visits is None):
            raise CannotProject([f"“{self.name}” has places or visits: give one of the two."])
        if self.visits is not None:
            return places_of(self.visits.a_day, first=self.visits.first, last=self.visits.last)
        return self.places or 0


class Outs(_Form, frozen=True):
    """The ways out of a hospital or a system."""

    name: str
    source: str
    ways: tuple[Out, ...]
    invented: bool = False
    more: tuple[int, ...] = (2, 4)


class List(_Form, frozen=True):
    """A waiting list by band. Other fields as of `bands.relief`.

    day          whose standard counts
    referrals    new people in each step; one number for all steps
    treated_now  in each step, as things are
    most         capacity nobody would believe
    """

    name: str
    source: str
    day: date
    standard: str
    waiting: tuple[float, ...]
    referrals: float | tuple[float, ...]
    steps: int
    treated_now: float
    most: int
    invented: bool = False
    step_days: float = 7
    leaving: float = 0.0

    def coming(self) -> tuple[float, ...]:
        if isinstance(self.referrals, tuple):
            return self.referrals
        return (self.referrals,) * self.steps


type Kind = Literal["ward", "discharge", "waiting"]


def read[T](named: str, form: type[T], kind: Kind) -> T:
    """A file, or the one of its kind that ships, by the name of the kind.

    raises  CannotProject with what is wrong with it
    """
    path = SHIPPED / f"{kind}.yaml" if named == kind else Path(named)
    if not path.is_file():
        there = near([each.stem for each in sorted(SHIPPED.glob("*.yaml"))])
        raise CannotProject([f"There is no file {named}. Those that ship are {there}."])
    return converted(path, form)
