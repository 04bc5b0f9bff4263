"""Working days in England, and the days that are not."""

from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.statute.calendar import calendar, holidays, is_working_day, weekday
from commonweal.statute.errors import CalendarRunsOut, UnknownCalendar

DAYS_ON_RECORD = st.dates(holidays().starts, holidays().ends - timedelta(1))


def easter_sunday(year):
    """The anonymous Gregorian computus, as printed in Nature, 20 April 1876."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday_ = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday_) // 451
    month, day = divmod(h + weekday_ - 7 * m + 114, 31)
    return date(year, month, day + 1)


def last_monday(year, month):
    last = date(year, month, 31)
    return last - timedelta(last.weekday())


def test_the_holiday_table_reaches_at_least_twelve_months_past_today():
    assert date.today() < holidays().ends.replace(year=holidays().ends.year - 1), (
        "Add the next years to bank_holidays.yaml: due dates are about to run off its end."
    )


def test_the_holiday_table_gives_its_source_and_when_it_was_written():
    assert "Banking and Financial Dealings Act 1971" in holidays().source
    assert holidays().starts < holidays().written < holidays().ends


def test_no_day_is_listed_twice_or_outside_the_years_covered():
    days = [holiday.day for holiday in holidays().days]
    assert days == sorted(set(days))
    assert all(holidays().starts <= day < holidays().ends for day in days)


@pytest.mark.parametrize("year", range(2011, 2029))
def test_the_days_the_act_itself_names_are_holidays_every_year(year):
    expected = {easter_sunday(year) + timedelta(1), last_monday(year, 8)}
    if year not in (2012, 2022):  # the spring holiday was moved for two jubilees
        expected.add(last_monday(year, 5))
    christmas = date(year, 12, 25)
    if (christmas + timedelta(1)).weekday() < 5:
        expected.add(christmas + timedelta(1))
    if christmas.weekday() in (5, 6):
        expected.add(christmas + timedelta(2))
    by_act = {holiday.day for holiday in holidays().days if holiday.by == "act"}
    assert {day for day in by_act if day.year == year} == expected


@pytest.mark.parametrize("year", range(2011, 2029))
def test_good_friday_and_christmas_day_are_listed_every_year(year):
    common_law = {h.day for h in holidays().days if h.by == "common law" and h.day.year == year}
    assert common_law == {easter_sunday(year) - timedelta(2), date(year, 12, 25)}


def test_every_year_has_eight_holidays_and_the_proclaimed_extra_days():
    by_year = defaultdict(int)
    for holiday in holidays().days:
        lost_in_a_weekend = holiday.name == "Christmas Day" and holiday.day.weekday() >= 5
        by_year[holiday.day.year] += not lost_in_a_weekend
    extra = {2011: 1, 2012: 1, 2022: 2, 2023: 1}
    assert by_year == {year: 8 + extra.get(year, 0) for year in range(2011, 2029)}


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2011, 4, 29), "Royal wedding"),
        (date(2012, 6, 4), "Spring bank holiday (moved for the Diamond Jubilee)"),
        (date(2012, 6, 5), "Diamond Jubilee of Queen Elizabeth II"),
        (date(2020, 5, 8), "Early May bank holiday (moved for the 75th anniversary of VE Day)"),
        (date(2022, 6, 2), "Spring bank holiday (moved for the Platinum Jubilee)"),
        (date(2022, 6, 3), "Platinum Jubilee of Queen Elizabeth II"),
        (date(2022, 9, 19), "State funeral of Queen Elizabeth II"),
        (date(2023, 5, 8), "Coronation of King Charles III"),
        (date(2022, 12, 27), "Christmas Day (substitute day)"),
        (date(2023, 1, 2), "New Year's Day (substitute day)"),
        (date(2026, 12, 28), "Boxing Day (substitute day)"),
        (date(2022, 12, 25), "Christmas Day"),
        (date(2022, 12, 24), "Saturday"),
        (date(2023, 1, 1), "Sunday"),
    ],
)
def test_a_day_that_is_no_working_day_says_why(day, why):
    assert calendar().why_not_working(day) == why


@pytest.mark.parametrize(
    "day",
    [
        date(2012, 5, 28),  # the spring holiday's usual day, in the year it moved
        date(2022, 5, 30),  # the same
        date(2020, 5, 4),  # the early May holiday's usual day, in the year it moved
        date(2022, 9, 20),
        date(2022, 12, 28),
        date(2023, 1, 3),
    ],
)
def test_a_weekday_beside_a_holiday_is_a_working_day(day):
    assert is_working_day(day)


def test_the_provider_selection_calendar_excludes_the_first_monday_in_may_even_when_the_holiday_moved():
    assert is_working_day(date(2020, 5, 4))
    assert not is_working_day(date(2020, 5, 4), by="provider selection")
    assert is_working_day(date(2020, 5, 11), by="provider selection")


@given(DAYS_ON_RECORD)
def test_the_two_calendars_differ_on_no_day_but_a_first_monday_in_may(day):
    if is_working_day(day) != is_working_day(day, by="provider selection"):
        assert (day.month, day.weekday(), day.day <= 7) == (5, 0, True)


@given(DAYS_ON_RECORD)
def test_a_working_day_is_never_at_a_weekend(day):
    assert not (is_working_day(day) and weekday(day) in ("Saturday", "Sunday"))


def test_the_weekday_printed_in_the_wolverhampton_pack_does_not_match_its_date():
    assert weekday(date(2022, 11, 10)) == "Thursday"


@pytest.mark.parametrize("day", [date(2010, 12, 31), date(2029, 1, 1)])
def test_a_day_outside_the_table_is_refused_and_not_taken_for_a_working_day(day):
    with pytest.raises(CalendarRunsOut, match="1 January 2011 to 31 December 2028"):
        is_working_day(day)


@pytest.mark.parametrize("day", [date(2011, 1, 4), date(2028, 12, 29)])
def test_the_first_and_last_days_of_the_table_are_known(day):
    assert is_working_day(day)


def test_an_unknown_calendar_is_named_with_those_there_are():
    with pytest.raises(UnknownCalendar, match="england, provider selection"):
        calendar("scotland")
