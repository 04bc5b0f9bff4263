"""Which days are working days, and why the others are not."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Literal

import msgspec
from msgspec import Struct

from commonweal.record.when import day_in_words

from .errors import CalendarRunsOut, UnknownCalendar
from .shipped import parsed, text

CalendarName = Literal["england", "provider selection"]

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONDAY, _SATURDAY = 0, 5
_MAY = 5
_DAYS_IN_A_WEEK = 7


class Holiday(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One day that is not a working day, whatever day of the week it falls on."""

    day: date
    name: str
    by: Literal["act", "proclamation", "common law"]


class Holidays(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The shipped table of holidays.

    starts, ends    the days it covers, half-open
    expected_from   from this day the proclaimed days are those of an ordinary year
    """

    what: str
    source: str
    verified: str
    written: date
    starts: date
    ends: date
    expected_from: date
    days: tuple[Holiday, ...]


class Calendar(Struct, frozen=True, kw_only=True):
    """Saturdays, Sundays and the holidays of one definition of a working day.

    cite                the definition
    first_monday_in_may the definition excludes it even in a year in which the holiday is moved
    """

    name: CalendarName
    cite: str
    holidays: Mapping[date, str]
    starts: date
    ends: date
    first_monday_in_may: bool = False

    def why_not_working(self, day: date) -> str | None:
        """The name of what keeps `day` from being a working day; None for a working day.

        raises CalendarRunsOut for a day outside the table, rather than take it for a working day
        """
        if not self.starts <= day < self.ends:
            last = self.ends - timedelta(1)
            raise CalendarRunsOut(
                f"{day_in_words(day)} is outside the calendar '{self.name}', which knows the "
                f"holidays from {day_in_words(self.starts)} to {day_in_words(last)}. "
                "Add the missing years to bank_holidays.yaml."
            )
        if day in self.holidays:
            return self.holidays[day]
        if day.weekday() >= _SATURDAY:
            return weekday(day)
        if self.first_monday_in_may and _is_first_monday_in_may(day):
            return "First Monday in May"
        return None

    def is_working_day(self, day: date) -> bool:
        return self.why_not_working(day) is None


def weekday(day: date) -> str:
    """The English name of the day of the week.

    >>> weekday(date(2022, 11, 10))
    'Thursday'
    """
    return WEEKDAYS[day.weekday()]


def _is_first_monday_in_may(day: date) -> bool:
    return day.month == _MAY and day.weekday() == _MONDAY and day.day <= _DAYS_IN_A_WEEK


@cache
def holidays() -> Holidays:
    """The shipped table of England's holidays, with its source and the days it covers."""
    return msgspec.convert(parsed(text("bank_holidays.yaml")), Holidays)


_SCRUTINY_REGULATIONS = (
    "Local Authority (Public Health, Health and Wellbeing Boards and Health Scrutiny) "
    "Regulations 2013 (Statutory Instrument 2013/218), regulation 21(6)"
)
_PROVIDER_SELECTION_REGULATIONS = (
    "Health Care Services (Provider Selection Regime) Regulations 2023 "
    "(Statutory Instrument 2023/1348), regulation 12(12)"
)
_DEFINITIONS: dict[CalendarName, tuple[str, bool]] = {
    "england": (_SCRUTINY_REGULATIONS, False),
    "provider selection": (_PROVIDER_SELECTION_REGULATIONS, True),
}


@cache
def calendar(name: str = "england") -> Calendar:
    """A calendar by name.

    'england' is the usual one; 'provider selection' also excludes the first Monday in May.
    """
    known = next((each for each in _DEFINITIONS if each == name), None)
    if known is None:
        raise UnknownCalendar(
            f"There is no calendar '{name}'. There are: {', '.join(_DEFINITIONS)}."
        )
    table = holidays()
    cite, first_monday = _DEFINITIONS[known]
    return Calendar(
        name=known,
        cite=cite,
        holidays={holiday.day: holiday.name for holiday in table.days},
        starts=table.starts,
        ends=table.ends,
        first_monday_in_may=first_monday,
    )


def is_working_day(day: date, *, by: str = "england") -> bool:
    """Whether `day` is a working day by the named calendar.

    >>> is_working_day(date(2020, 5, 4)), is_working_day(date(2020, 5, 4), by="provider selection")
    (True, False)
    """
    return calendar(by).is_working_day(day)
