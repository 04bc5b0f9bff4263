"""Time limits: when they start, when they end, where they stand."""

from datetime import date

import pytest

from commonweal.statute.clock import Clock, Pause, clock, clocks
from commonweal.statute.errors import CannotCount, UnknownClock

REQUEST = date(2022, 12, 12)


def made_up(**changes):
    fields = {
        "rule": "TEST-01",
        "title": "A limit",
        "cite": "made up for the test",
        "trigger": "something happened",
        "length": 5,
        "unit": "day",
        "count": "day after",
        "starts": date(2013, 4, 1),
    }
    return Clock(**(fields | changes))


@pytest.mark.parametrize(
    ("rule", "trigger", "due"),
    [
        ("SCR-06", date(2022, 12, 12), date(2023, 1, 9)),
        ("ICB-COI-03", date(2022, 7, 1), date(2022, 7, 29)),
        ("SCR-03", date(2022, 12, 12), date(2023, 1, 11)),
        ("HW-02", date(2022, 12, 12), date(2023, 1, 11)),
        ("HW-03", date(2022, 12, 12), date(2023, 1, 25)),
        ("REC-05", date(2024, 3, 1), date(2024, 8, 31)),
        ("ICB-MTG-02", date(2022, 7, 14), date(2022, 7, 10)),
        ("HWB-12", date(2023, 1, 4), date(2022, 12, 22)),
        ("PSR-04", date(2024, 1, 1), date(2024, 1, 31)),
        ("HW-04", date(2022, 12, 12), date(2023, 1, 11)),
        ("HW-05", date(2022, 12, 12), date(2023, 1, 25)),
        ("HW-06", date(2022, 12, 12), date(2023, 1, 11)),
        ("PSR-05", date(2024, 2, 15), date(2024, 2, 29)),  # a leap year's day
        ("PSR-07", date(2024, 4, 29), date(2024, 5, 7)),  # 6 May is a Monday, and no working day
        ("PSR-09", date(2024, 1, 31), date(2024, 3, 1)),
        ("PSR-10", date(2024, 1, 1), date(2024, 1, 31)),
        ("PSR-06", date(2024, 4, 30), date(2024, 5, 13)),  # passes over 6 May, the first Monday
    ],
)
def test_each_shipped_limit_gives_the_date_its_law_gives(rule, trigger, due):
    assert clock(rule).run(trigger).due == due


def test_every_shipped_limit_has_a_citation_a_trigger_and_a_consequence():
    assert all(each.cite and each.trigger and each.consequence for each in clocks().values())


@pytest.mark.parametrize(
    ("on", "state", "left"),
    [
        (date(2022, 12, 11), "not started", None),
        (date(2022, 12, 12), "running", 28),
        (date(2023, 1, 8), "running", 1),
        (date(2023, 1, 9), "due today", 0),
        (date(2023, 1, 10), "overdue", -1),
    ],
)
def test_a_limit_stands_differently_the_day_before_on_and_after_its_last_day(on, state, left):
    standing = clock("SCR-06").stands(on=on, trigger=REQUEST)
    assert (standing.state, standing.days_left) == (state, left)


@pytest.mark.parametrize(
    ("done", "state"), [(date(2023, 1, 9), "met"), (date(2023, 1, 10), "met late")]
)
def test_what_is_done_on_the_last_day_is_in_time_and_a_day_later_is_late(done, state):
    standing = clock("SCR-06").stands(on=date(2023, 2, 1), trigger=REQUEST, done=done)
    assert (standing.state, standing.days_left) == (state, None)


def test_what_is_done_later_is_not_yet_known_on_an_earlier_day():
    standing = clock("SCR-06").stands(
        on=date(2023, 1, 5), trigger=REQUEST, done=date(2023, 1, 6), withdrawn=date(2023, 1, 7)
    )
    assert standing.state == "running"


def test_no_request_means_no_clock_and_it_says_so():
    standing = clock("SCR-06").stands(on=REQUEST, trigger=None)
    assert standing.state == "not started"
    assert "starts only when the committee asked for a response" in standing.because


def test_a_request_without_a_date_leaves_the_limit_unknown():
    standing = clock("SCR-06").stands(on=REQUEST, trigger=None, undated=True)
    assert standing.state == "unknown"
    assert "not on which day" in standing.because


def test_a_request_withdrawn_before_an_answer_ends_the_wait():
    standing = clock("SCR-06").stands(
        on=date(2023, 2, 1), trigger=REQUEST, withdrawn=date(2022, 12, 20)
    )
    assert standing.state == "withdrawn"


def test_a_request_withdrawn_after_the_answer_was_still_answered():
    standing = clock("SCR-06").stands(
        on=date(2023, 2, 1), trigger=REQUEST, done=date(2022, 12, 19), withdrawn=date(2022, 12, 20)
    )
    assert standing.state == "met"


def test_notice_of_a_meeting_is_awaited_before_the_meeting():
    notice = clock("ICB-MTG-02")
    assert notice.stands(on=date(2022, 7, 9), trigger=date(2022, 7, 14)).state == "running"
    assert notice.stands(on=date(2022, 7, 10), trigger=date(2022, 7, 14)).state == "due today"
    assert notice.stands(on=date(2022, 7, 11), trigger=date(2022, 7, 14)).state == "overdue"


def test_paused_days_are_not_counted_and_say_why():
    pause = Pause(starts=date(2022, 7, 3), ends=date(2022, 7, 5), why="awaiting a reply")
    working = made_up().run(date(2022, 7, 1), pauses=[pause])
    assert working.due == date(2022, 7, 8)
    paused = [row.day.day for row in working.rows if row.why == "paused: awaiting a reply"]
    assert paused == [3, 4]  # the end of a pause is not in it


@pytest.mark.parametrize("rule", ["REC-05", "ICB-MTG-02"])
def test_months_and_clear_days_cannot_be_paused(rule):
    pause = Pause(starts=date(2024, 3, 3), ends=date(2024, 3, 5), why="a pause")
    with pytest.raises(CannotCount, match="without pauses"):
        clock(rule).run(date(2024, 3, 1), pauses=[pause])


def test_a_last_day_moves_on_only_where_the_rule_says_so():
    stays = made_up(length=2)
    moves = made_up(length=2, roll="moves on", calendar="england")
    friday = date(2022, 12, 23)
    assert stays.run(friday).due == date(2022, 12, 25)
    rolled = moves.run(friday)
    assert rolled.due == date(2022, 12, 28)
    assert rolled.rows[-1].day == rolled.due
    assert "moves on to 28 December 2022" in rolled.because
    assert moves.run(date(2022, 12, 20)).due == date(2022, 12, 22)


def test_notice_that_would_fall_at_a_weekend_moves_back_where_the_rule_says_so():
    before = made_up(length=3, count="clear", roll="moves back", calendar="england")
    working = before.run(date(2022, 7, 14))
    assert working.due == date(2022, 7, 8)
    assert [row.day.day for row in working.rows] == [8, 9, 10, 11, 12, 13, 14]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"length": 0}, "1 or more"),
        ({"unit": "working day"}, "need a calendar"),
        ({"roll": "moves on"}, "need a calendar"),
        ({"unit": "month"}, "day one"),
        ({"roll": "moves back", "calendar": "england"}, "only clear days move back"),
        ({"roll": "moves on", "count": "clear", "calendar": "england"}, "only clear days"),
    ],
)
def test_a_limit_that_makes_no_sense_is_refused(changes, complaint):
    with pytest.raises(ValueError, match=complaint):
        made_up(**changes)


def test_a_limit_does_not_run_before_its_law_was_in_force():
    with pytest.raises(CannotCount, match="starts on 31 January 2024"):
        clock("REC-05").run(date(2024, 1, 30))
    assert clock("REC-05").run(date(2024, 1, 31)).due == date(2024, 7, 30)
    ended = made_up(ends=date(2022, 7, 1))
    assert ended.in_force(date(2022, 6, 30))
    assert not ended.in_force(date(2022, 7, 1))


def test_an_unknown_clock_is_named_with_those_there_are():
    with pytest.raises(UnknownClock, match="SCR-06"):
        clock("SCR-99")
