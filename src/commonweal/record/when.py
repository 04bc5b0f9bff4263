"""Dates as sources state them: to the day, the month, the quarter, or only the year."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from .errors import RecordError

BEFORE_ALL = date(1, 1, 1)
"""The first day of a fact whose beginning is open."""

OPEN = date(9999, 12, 31)
"""The day an open-ended fact ends; no fact holds on it."""

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_MONTHS = (
    "January February March April May June July August September October November December"
).split()


class MalformedDate(RecordError):
    """A stated date cannot be read."""


type Period = tuple[date, date]
"""Half-open: the first day, and the day after the last."""


def _months_on(year: int, month: int, months: int) -> date:
    years, index = divmod(month - 1 + months, 12)
    return date(year + years, index + 1, 1)


def _year(year: str) -> Period:
    return date(int(year), 1, 1), date(int(year) + 1, 1, 1)


def _month(year: str, month: str) -> Period:
    return date(int(year), int(month), 1), _months_on(int(year), int(month), 1)


def _day(year: str, month: str, day: str) -> Period:
    first = date(int(year), int(month), int(day))
    return first, first + timedelta(1)


def _financial_year(year: str, ending: str) -> Period:
    if int(ending) != (int(year) + 1) % 100:
        raise ValueError("the years of a financial year must follow each other")
    return date(int(year), 4, 1), date(int(year) + 1, 4, 1)


def _financial_quarter(year: str, ending: str, quarter: str) -> Period:
    first, _ = _financial_year(year, ending)
    begins = _months_on(first.year, 4, 3 * (int(quarter) - 1))
    return begins, _months_on(begins.year, begins.month, 3)


def _financial_half(year: str, ending: str, half: str) -> Period:
    first, last = _financial_year(year, ending)
    middle = _months_on(first.year, first.month, 6)
    return (first, middle) if half == "1" else (middle, last)


def _season(season: str, year: str) -> Period:
    month = _SEASONS[season]
    return date(int(year), month, 1), _months_on(int(year), month, 3)


_FORMS: tuple[tuple[re.Pattern[str], Callable[..., Period]], ...] = (
    (re.compile(r"(\d{4})"), _year),
    (re.compile(r"(\d{4})-(0[1-9]|1[0-2])"), _month),
    (re.compile(r"(\d{4})-(\d{2})-(\d{2})"), _day),
    (re.compile(r"(\d{4})/(\d{2})"), _financial_year),
    (re.compile(r"(\d{4})/(\d{2}) Q([1-4])"), _financial_quarter),
    (re.compile(r"(\d{4})/(\d{2}) H([12])"), _financial_half),
    (re.compile(r"(spring|summer|autumn|winter) (\d{4})"), _season),
)


@lru_cache(maxsize=4096)
def period(when: str) -> Period:
    """The days a stated date can mean, half-open.

    Reads `2018`, `2018-08`, `2018-08-31`, `2021/22` (a financial year, 1 April to 31 March),
    `2021/22 Q4`, `2021/22 H1` (its first half), `spring 2022` and `2022-04 to 2022-06`.

    >>> period("2021/22 Q4")
    (datetime.date(2022, 1, 1), datetime.date(2022, 4, 1))
    """
    first, dash, last = when.partition(" to ")
    if dash:
        return period(first)[0], period(last)[1]
    for form, read in _FORMS:
        if match := form.fullmatch(when):
            try:
                return read(*match.groups())
            except ValueError as wrong:
                raise MalformedDate(f"'{when}' is not a date: {wrong}.") from wrong
    raise MalformedDate(
        f"'{when}' is not a date. Write 2018, 2018-08, 2018-08-31, 2021/22, 2021/22 Q4, "
        "2021/22 H1, spring 2022 or 2022-04 to 2022-06."
    )


def day_in_words(day: date) -> str:
    """A day as a person writes it.

    >>> day_in_words(date(2022, 7, 1))
    '1 July 2022'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def in_words(when: str) -> str:
    """A stated date as a person writes it, no more precise than it was stated.

    >>> in_words("2018-08"), in_words("2021/22 Q4")
    ('August 2018', 'the fourth quarter of 2021/22')
    """
    first, dash, last = when.partition(" to ")
    if dash:
        return f"{in_words(first)} to {in_words(last)}"
    begins, ends = period(when)
    if (ends - begins).days == 1:
        return day_in_words(begins)
    if re.fullmatch(r"\d{4}-\d{2}", when):
        return f"{_MONTHS[begins.month - 1]} {begins.year}"
    if match := re.fullmatch(r"(\d{4}/\d{2}) Q([1-4])", when):
        ordinal = ("first", "second", "third", "fourth")[int(match[2]) - 1]
        return f"the {ordinal} quarter of {match[1]}"
    if match := re.fullmatch(r"(\d{4}/\d{2}) H([12])", when):
        return f"the {('first', 'second')[int(match[2]) - 1]} half of {match[1]}"
    return when


def last_day_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])
