"""How the law counts days. The fixed answers are worked examples of the statutory rule catalogue."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.statute.calendar import is_working_day
from commonweal.statute.counting import (
    clear_days_between,
    days_from,
    financial_year,
    first_financial_year,
    latest_notice,
    months_beginning_with,
    nth_working_day,
)
from commonweal.statute.errors import CalendarRunsOut, CannotCount

DAYS = st.dates(date(2013, 1, 1), date(2026, 12, 31))
COUNTS = st.integers(1, 60)


def test_a_scrutiny_response_asked_for_on_12_december_2022_is_due_on_9_january_2023():
    assert days_from(date(2022, 12, 12), 28).due == date(2023, 1, 9)


def test_twenty_eight_days_do_not_move_for_a_weekend_or_a_holiday():
    assert days_from(date(2022, 11, 27), 28).due == date(2022, 12, 25)
    assert days_from(date(2022, 11, 26), 28).due == date(2022, 12, 24)


def test_a_conflict_known_on_1_july_2022_is_to_be_declared_by_29_july():
    assert days_from(date(2022, 7, 1), 28).due == date(2022, 7, 29)


def test_a_healthwatch_referral_of_12_december_2022_is_to_be_acknowledged_by_11_january_2023():
    working = nth_working_day(date(2022, 12, 12), 20, day_one_counts=True)
    assert working.due == date(2023, 1, 11)
    assert working.rows[0].number == 1
    named = {row.day: row.why for row in working.skipped if row.day.weekday() < 5}
    assert named == {
        date(2022, 12, 26): "Boxing Day",
        date(2022, 12, 27): "Christmas Day (substitute day)",
        date(2023, 1, 2): "New Year's Day (substitute day)",
    }


def test_without_day_one_the_same_referral_would_be_due_a_working_day_later():
    assert nth_working_day(date(2022, 12, 12), 20, day_one_counts=False).due == date(2023, 1, 12)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2022, 12, 9), date(2022, 12, 12)),  # Friday: day one is Friday, day two Monday
        (date(2022, 12, 10), date(2022, 12, 13)),  # Saturday and Sunday come to the same
        (date(2022, 12, 11), date(2022, 12, 13)),
        (date(2022, 12, 12), date(2022, 12, 13)),
    ],
)
def test_a_weekend_receipt_begins_to_count_on_the_next_working_day(received, due):
    assert nth_working_day(received, 2, day_one_counts=True).due == due


def test_the_count_runs_across_a_leap_day():
    assert days_from(date(2024, 2, 28), 1).due == date(2024, 2, 29)
    assert days_from(date(2024, 2, 1), 29).due == date(2024, 3, 1)


def test_a_call_in_direction_of_1_march_2024_runs_to_31_august_2024():
    assert months_beginning_with(date(2024, 3, 1), 6).due == date(2024, 8, 31)


@pytest.mark.parametrize(
    ("begins", "due"),
    [
        (date(2024, 3, 15), date(2024, 9, 14)),
        (date(2024, 8, 28), date(2025, 2, 27)),
        (date(2024, 8, 29), date(2025, 2, 28)),  # 2025 has no 29 February: the month's end
        (date(2024, 8, 31), date(2025, 2, 28)),
        (date(2023, 8, 31), date(2024, 2, 29)),  # a leap year
        (date(2023, 8, 29), date(2024, 2, 28)),
        (date(2024, 7, 1), date(2024, 12, 31)),
    ],
)
def test_six_months_end_before_the_same_number_or_with_the_month_that_lacks_it(begins, due):
    assert months_beginning_with(begins, 6).due == due


def test_three_clear_days_count_neither_the_notice_nor_the_meeting():
    working = latest_notice(date(2022, 7, 14), 3)
    assert working.due == date(2022, 7, 10)
    assert [row.number for row in working.rows] == [None, 1, 2, 3, None]
    assert clear_days_between(date(2022, 7, 10), date(2022, 7, 14)) == 3
    assert clear_days_between(date(2022, 7, 11), date(2022, 7, 14)) == 2


def test_clear_working_days_pass_over_weekends_and_holidays():
    working = latest_notice(date(2023, 1, 4), 5, by="england")
    assert working.due == date(2022, 12, 22)
    assert [row.number for row in working.rows if row.number] == [1, 2, 3, 4, 5]
    assert "Boxing Day" in {row.why for row in working.skipped}


@pytest.mark.parametrize(
    ("notice", "event"),
    [
        (date(2022, 7, 14), date(2022, 7, 14)),
        (date(2022, 7, 13), date(2022, 7, 14)),
        (date(2022, 7, 20), date(2022, 7, 14)),
    ],
)
def test_there_are_no_clear_days_between_neighbours_or_when_notice_comes_too_late(notice, event):
    assert clear_days_between(notice, event) == 0


@given(DAYS, COUNTS, st.sampled_from([None, "england"]))
def test_notice_on_the_latest_day_leaves_the_clear_days_and_a_day_later_does_not(event, days, by):
    if event.year < 2014:
        event = event.replace(year=2014, day=1)
    due = latest_notice(event, days, by=by).due
    assert clear_days_between(due, event, by=by) == days
    assert clear_days_between(due + timedelta(1), event, by=by) == days - 1


@given(DAYS, COUNTS, st.booleans())
def test_a_count_of_working_days_ends_on_a_working_day_and_counts_exactly_that_many(
    start, number, day_one_counts
):
    working = nth_working_day(start, number, day_one_counts=day_one_counts)
    assert is_working_day(working.due)
    assert working.days == number
    assert all(is_working_day(row.day) for row in working.rows if row.number)
    assert not any(is_working_day(row.day) for row in working.skipped if row.day != start)


@given(DAYS, COUNTS)
def test_a_working_shows_every_day_from_first_to_last_once_and_in_order(start, number):
    for working in (
        days_from(start, number),
        nth_working_day(start, number, day_one_counts=False),
        latest_notice(start, number),
    ):
        days = [row.day for row in working.rows]
        assert days == [days[0] + timedelta(step) for step in range(len(days))]
        assert {working.start, working.due} <= set(days)


@given(DAYS, st.integers(1, 24))
def test_months_follow_on_without_gap_or_overlap_from_the_first_of_a_month(start, months):
    first = start.replace(day=1)
    one_by_one = first
    for _ in range(months):
        one_by_one = months_beginning_with(one_by_one, 1).due + timedelta(1)
    assert months_beginning_with(first, months).due + timedelta(1) == one_by_one


def test_the_first_year_of_a_board_new_on_1_july_2022_has_274_days_and_ends_on_31_march_2023():
    year = first_financial_year(date(2022, 7, 1))
    assert (year.start, year.due, year.days) == (date(2022, 7, 1), date(2023, 3, 31), 274)


def test_the_first_year_of_a_board_new_on_1_april_2026_is_a_whole_year():
    year = first_financial_year(date(2026, 4, 1))
    assert (year.due, year.days) == (date(2027, 3, 31), 365)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2022, 3, 31), date(2021, 4, 1), date(2022, 3, 31)),
        (date(2022, 4, 1), date(2022, 4, 1), date(2023, 3, 31)),
        (date(2022, 12, 31), date(2022, 4, 1), date(2023, 3, 31)),
        (date(2023, 1, 1), date(2022, 4, 1), date(2023, 3, 31)),
    ],
)
def test_the_financial_year_turns_between_31_march_and_1_april(day, first, last):
    year = financial_year(day)
    assert (year.start, year.due) == (first, last)


def test_a_financial_year_with_a_leap_day_has_366_days_and_is_named_by_both_years():
    year = financial_year(date(2024, 2, 29))
    assert year.days == 366
    assert "2023/24" in year.because


def test_a_working_reads_as_a_sentence_and_a_table():
    assert nth_working_day(date(2022, 12, 23), 2, day_one_counts=True).in_words() == (
        "2 working days beginning with Friday 23 December 2022 end on Wednesday 28 December 2022.\n"
        "Friday 23 December 2022: day 1\n"
        "Saturday 24 December 2022: not counted: Saturday\n"
        "Sunday 25 December 2022: not counted: Christmas Day\n"
        "Monday 26 December 2022: not counted: Boxing Day\n"
        "Tuesday 27 December 2022: not counted: Christmas Day (substitute day)\n"
        "Wednesday 28 December 2022: day 2"
    )


@pytest.mark.parametrize(
    "count",
    [
        lambda: days_from(date(2022, 7, 1), 0),
        lambda: nth_working_day(date(2022, 7, 1), -1, day_one_counts=True),
        lambda: latest_notice(date(2022, 7, 1), 0),
        lambda: months_beginning_with(date(2022, 7, 1), 0),
    ],
)
def test_a_count_of_none_is_refused(count):
    with pytest.raises(CannotCount, match="give 1 or more"):
        count()


def test_a_count_that_runs_off_the_calendar_is_refused():
    with pytest.raises(CalendarRunsOut):
        nth_working_day(date(2028, 12, 20), 20, day_one_counts=True)
