"""Every clock of scrutiny: when it starts, its last day, and where it stands on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.scrutiny.owed import NAMED, SECRETARY, awaited, overdue, tasks
from commonweal.scrutiny.reconfigurations import Direction
from tests.making import BOARD

from .committees import (
    ADVICE,
    ASKED,
    CASE,
    COMMITTEE,
    TRUST,
    VOICE,
    advice,
    asked,
    case,
    councils,
    referral,
    report,
    sent,
)  # fmt: skip

TODAY = date(2026, 11, 22)


def only(*facts, on=TODAY):
    (task,) = tasks(councils(*facts)(on))
    return task


def test_a_response_asked_for_on_12_december_2022_is_due_on_9_january_2023():
    # Worked example: rule catalogue, section 12.
    task = only(advice(requested="2022-12-12"))
    assert (task.rule, task.who, task.to, task.due) == (
        "SCR-06", TRUST, COMMITTEE, date(2023, 1, 9),
    )  # fmt: skip


def test_the_clock_runs_from_the_request_and_not_from_the_meeting():
    task = only(advice(made="2022-12-12", requested="2022-12-20"))
    assert (task.trigger, task.due) == (date(2022, 12, 20), date(2023, 1, 17))


@pytest.mark.parametrize("fields", [{"asks": False}, {"asks": None}, {"made": "2022-12-12"}])
def test_without_a_request_for_a_response_nothing_is_owed(fields):
    assert tasks(councils(advice(**fields))(TODAY)) == ()


def test_a_request_without_a_day_is_owed_but_nobody_can_tell_by_when():
    task = only(advice(asks=True))
    assert (task.due, task.state(TODAY)) == (None, "unknown")


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2022-12-11", "not started"),
        ("2022-12-12", "running"),
        ("2023-01-08", "running"),
        ("2023-01-09", "due today"),
        ("2023-01-10", "overdue"),
    ],
)
def test_where_a_response_stands_on_each_side_of_its_first_and_last_day(day, state):
    assert only(advice(requested="2022-12-12")).state(date.fromisoformat(day)) == state


@pytest.mark.parametrize(
    ("responded", "state"),
    [
        ("2023-01-09", "met"),
        ("2023-01-10", "met late"),
        ("2022-12", "met"),
        ("2023-02", "met late"),
        ("2023-01", "unknown"),
    ],
)
def test_a_response_is_in_time_late_or_told_too_vaguely_to_tell(responded, state):
    assert only(advice(requested="2022-12-12", responded=responded)).state(TODAY) == state


def test_a_response_given_later_is_still_awaited_on_the_day_before_it():
    task = only(advice(requested="2022-12-12", responded="2023-01-20"))
    assert task.state(date(2023, 1, 19)) == "overdue"
    assert task.state(date(2023, 1, 20)) == "met late"


def test_a_referral_of_12_december_2022_is_acknowledged_by_11_january_2023():
    # Worked example: rule catalogue, section 12: day one counts, and three bank holidays do not.
    assert only(referral()).due == date(2023, 1, 11)


def test_a_referral_on_social_care_counts_from_the_day_it_came():
    task = only(referral(type="social care", received="2022-12-13"))
    assert (task.rule, task.trigger, task.due) == ("HW-06", date(2022, 12, 13), date(2023, 1, 12))


@pytest.mark.parametrize(
    ("facts", "rule", "due"),
    [
        ([report(sent())], "HW-02", date(2023, 1, 11)),
        ([report(sent(), longer="NHS England is consulted")], "HW-03", date(2023, 1, 25)),
        ([report(sent(responsible=False))], "HW-04", date(2023, 1, 11)),
    ],
)
def test_an_answer_to_healthwatch_is_due_by_the_rule_of_its_case(facts, rule, due):
    task = only(*facts)
    assert (task.rule, task.due) == (rule, due)


def test_a_report_to_two_responsible_bodies_gives_each_thirty_working_days():
    found = tasks(councils(report(sent(), sent(BOARD, "2022-12-13")))(TODAY))
    assert {(each.who, each.rule) for each in found} == {(TRUST, "HW-03"), (BOARD, "HW-03")}


def test_where_one_answers_for_all_it_counts_from_the_day_the_last_received_it():
    task = only(report(sent(), sent(BOARD, "2022-12-14"), one_answers=TRUST))
    assert (task.rule, task.who, task.trigger) == ("HW-05", TRUST, date(2022, 12, 14))
    unknown = only(report(sent(), sent(BOARD, None), one_answers=TRUST))
    assert unknown.due is None


def test_a_direction_of_1_march_2024_gives_until_31_august_2024():
    # Worked example: rule catalogue, section 12.
    task = only(case(called_in=Direction(on="2024-03-01")))
    assert (task.rule, task.printed, task.due) == ("REC-05", SECRETARY, date(2024, 8, 31))


def test_a_direction_before_the_law_sets_no_clock_going():
    task = only(case(called_in=Direction(on="2024-01-30")))
    assert (task.due, task.state(TODAY)) == (None, "no limit")


def test_a_day_that_a_committee_named_is_shown_as_named_and_not_as_law():
    task = only(asked(reply_by="2023-01-20"))
    assert (task.rule, task.due, task.about) == (NAMED, date(2023, 1, 20), ASKED)
    assert tasks(councils(asked())(TODAY)) == ()


def test_those_who_came_when_asked_owe_nothing_more():
    there = {"type": "attendance", "attend_on": "2023-02-01"}
    assert only(asked(**there, attended=True)).state(TODAY) == "met"
    assert only(asked(**there)).state(TODAY) == "overdue"


def test_the_overdue_are_listed_the_longest_over_first_and_the_rest_left_out():
    snapshot = councils(
        advice(requested="2022-12-12"), referral(), asked(reply_by="2023-03-01"),
        report(sent(received="2023-01-03"), longer="20 days are not expedient"),
        case(called_in=Direction(on="2024-03-01", decided="2024-06-01")),
    )(TODAY)  # fmt: skip
    late = overdue(snapshot, date(2023, 2, 1))
    assert [each.about for each in late] == [ADVICE, "kent/healthwatch-referral/one"]
    assert CASE not in {each.about for each in overdue(snapshot, TODAY)}
    assert [each.to for each in awaited(tasks(snapshot), date(2023, 2, 1))] == [VOICE, COMMITTEE]


@given(
    asked_on=st.dates(date(2013, 4, 1), date(2027, 1, 1)),
    after=st.integers(0, 200),
    done_after=st.none() | st.integers(0, 200),
)
def test_a_response_is_overdue_exactly_when_it_is_missing_after_its_last_day(
    asked_on, after, done_after
):
    done = asked_on + timedelta(done_after) if done_after is not None else None
    on = asked_on + timedelta(after)
    given_on = done.isoformat() if done else None
    snapshot = councils(advice(requested=asked_on.isoformat(), responded=given_on))(on)
    missing = done is None or done > on
    assert bool(overdue(snapshot, on)) is (missing and after > 28)
