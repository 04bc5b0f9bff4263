"""Counting days as the law counts them, with the working shown.

Most functions return a `Working`: the day it comes to and a table of each day on the way, counted
or skipped, and why.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from msgspec import Struct

from commonweal.record.when import day_in_words

from .calendar import Calendar, calendar, weekday
from .errors import CannotCount

_DAY = timedelta(1)
_APRIL = 4

type Skip = Callable[[date], str | None]
"""Names what keeps a day from being counted; None for a day that counts."""


class Row(Struct, frozen=True, kw_only=True):
    """One day of a working: `number` if it was counted, else `why` it was not."""

    day: date
    number: int | None = None
    why: str = ""

    @property
    def name(self) -> str:
        return _name(self.day)

    def in_words(self) -> str:
        counted = f"day {self.number}" if self.number is not None else f"not counted: {self.why}"
        return f"{self.name}: {counted}"


class Working(Struct, frozen=True, kw_only=True):
    """A count of days with its result.

    start    the day that set the count going
    due      the day it comes to: the act is in time up to the end of it
    because  the count as one sentence
    rows     every day from the first to the last, in order of date
    """

    start: date
    due: date
    because: str
    rows: tuple[Row, ...]

    @property
    def days(self) -> int:
        """How many days were counted."""
        return sum(row.number is not None for row in self.rows)

    @property
    def skipped(self) -> tuple[Row, ...]:
        """The days that were not counted, each with its reason."""
        return tuple(row for row in self.rows if row.number is None)

    def in_words(self) -> str:
        """The sentence, then the table, one day a line."""
        return "\n".join((self.because, *(row.in_words() for row in self.rows)))


def every_day(day: date) -> str | None:
    """Skips nothing: a count of calendar days."""
    del day
    return None


def working_days_of(name: str) -> Skip:
    """Skips what the named calendar does not hold to be a working day."""
    return calendar(name).why_not_working


def _name(day: date) -> str:
    return f"{weekday(day)} {day_in_words(day)}"


def _plural(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _at_least_one(number: int, unit: str) -> None:
    if number < 1:
        raise CannotCount(f"A count of {number} {unit}s was asked for; give 1 or more.")


def _walk(first: date, step: timedelta, number: int, skip: Skip) -> Iterator[Row]:
    """Rows from `first` until `number` days have counted."""
    counted, day = 0, first
    while counted < number:
        if why := skip(day):
            yield Row(day=day, why=why)
        else:
            counted += 1
            yield Row(day=day, number=counted)
        day += step


def count_days(
    start: date, number: int, *, skip: Skip, day_one_counts: bool, unit: str = "day"
) -> Working:
    """The last of `number` days, counting on from `start`.

    day_one_counts  the count begins with `start` itself (if that counts), not the day after
    """
    _at_least_one(number, unit)
    first = start if day_one_counts else start + _DAY
    zero = () if day_one_counts else (Row(day=start, why="the day the count runs from"),)
    rows = (*zero, *_walk(first, _DAY, number, skip))
    due = rows[-1].day
    opening = "beginning with" if day_one_counts else "after"
    because = f"{_plural(number, unit)} {opening} {_name(start)} end on {_name(due)}."
    return Working(start=start, due=due, because=because, rows=rows)


def nth_working_day(
    start: date, number: int, *, day_one_counts: bool, by: str = "england"
) -> Working:
    """The `number`th working day on from `start`.

    >>> nth_working_day(date(2022, 12, 12), 20, day_one_counts=True).due
    datetime.date(2023, 1, 11)
    """
    skip = working_days_of(by)
    return count_days(start, number, skip=skip, day_one_counts=day_one_counts, unit="working day")


def days_from(start: date, number: int) -> Working:
    """`number` calendar days from `start`, which is not counted; nothing moves the last day.

    >>> days_from(date(2022, 12, 12), 28).due
    datetime.date(2023, 1, 9)
    """
    return count_days(start, number, skip=every_day, day_one_counts=False)


def latest_notice(event: date, clear_days: int, *, by: str | None = None) -> Working:
    """The last day on which notice leaves `clear_days` clear days before `event`.

    Neither the day of the notice nor the day of the event is counted.

    by  calendar whose working days are counted; None counts every day

    >>> latest_notice(date(2022, 7, 14), 3).due
    datetime.date(2022, 7, 10)
    """
    unit = "clear working day" if by else "clear day"
    _at_least_one(clear_days, unit)
    skip = working_days_of(by) if by else every_day
    between = tuple(_walk(event - _DAY, -_DAY, clear_days, skip))[::-1]
    due = between[0].day - _DAY
    # Walked backwards from the event, but shown in the order in which the days go by.
    numbers = iter(range(1, clear_days + 1))
    forward = (
        row if row.number is None else Row(day=row.day, number=next(numbers)) for row in between
    )
    rows = (
        Row(day=due, why="the day of the notice"),
        *forward,
        Row(day=event, why="the day of the event"),
    )
    because = (
        f"{_plural(clear_days, unit)} before {_name(event)}: notice by the end of {_name(due)}."
    )
    return Working(start=event, due=due, because=because, rows=rows)


def clear_days_between(notice: date, event: date, *, by: str | None = None) -> int:
    """How many clear days lie between two days, neither of them counted; 0 if none."""
    skip = working_days_of(by) if by else every_day
    gap = range(1, max((event - notice).days, 1))
    return sum(skip(notice + timedelta(days)) is None for days in gap)


def months_beginning_with(start: date, months: int) -> Working:
    """The last day of a period of whole months that begins with `start`.

    It ends on the day before the day of the same number. Where the last month has no such day, the
    period ends with that month.

    >>> months_beginning_with(date(2024, 3, 1), 6).due
    datetime.date(2024, 8, 31)
    """
    _at_least_one(months, "month")
    due = _last_day(start, months)
    rows = _numbered(start, due)
    because = f"{_plural(months, 'month')} beginning with {_name(start)} end on {_name(due)}."
    return Working(start=start, due=due, because=because, rows=rows)


def _last_day(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    length = monthrange(year, month)[1]
    if start.day > length:
        return date(year, month, length)
    return date(year, month, start.day) - _DAY


def _numbered(first: date, last: date) -> tuple[Row, ...]:
    return tuple(
        Row(day=first + timedelta(days), number=days + 1) for days in range((last - first).days + 1)
    )


def financial_year(day: date) -> Working:
    """The financial year, 1 April to 31 March, that holds `day`; `start` and `due` are its ends.

    >>> financial_year(date(2022, 3, 31)).start
    datetime.date(2021, 4, 1)
    """
    first = date(day.year - (day.month < _APRIL), _APRIL, 1)
    return _year(first, f"{day_in_words(day)} falls in the financial year {_year_name(first)}")


def first_financial_year(established: date) -> Working:
    """A new board's first financial year: from the day it is established to the next 31 March.

    Source: National Health Service Act 2006, section 14Z52(8).

    >>> first_financial_year(date(2022, 7, 1)).days
    274
    """
    named = _year_name(financial_year(established).start)
    return _year(established, f"The first financial year, {named}, of a board new on that day")


def _year(first: date, opening: str) -> Working:
    last = date(first.year + (first.month >= _APRIL), _APRIL, 1) - _DAY
    rows = _numbered(first, last)
    because = (
        f"{opening}: {day_in_words(first)} to {day_in_words(last)}, {_plural(len(rows), 'day')}."
    )
    return Working(start=first, due=last, because=because, rows=rows)


def _year_name(first: date) -> str:
    return f"{first.year}/{(first.year + 1) % 100:02d}"


def next_working_day(day: date, *, by: Calendar) -> date:
    """`day` itself if it is a working day, else the first working day after it."""
    while not by.is_working_day(day):
        day += _DAY
    return day


def last_working_day(day: date, *, by: Calendar) -> date:
    """`day` itself if it is a working day, else the last working day before it."""
    while not by.is_working_day(day):
        day -= _DAY
    return day
