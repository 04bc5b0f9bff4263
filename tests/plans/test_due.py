"""What is due of plans: what opens a review, which days are named, and whom to remind of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.plans.due import DAYS_BEFORE, FOUR_WEEKS, dues, plan_reminders
from commonweal.plans.facts import Review
from tests.making import BOARD
from tests.plans.making import (
    DRAFT,
    FORWARD,
    LOCAL,
    NEEDS,
    PARTNERSHIP,
    STRATEGY,
    WELLBEING,
    asks,
    system,
)

DAY = date(2023, 9, 1)
MARCH = date(2024, 3, 31)


def found(sort, on=DAY, **changes):
    return [each for each in dues(system(**changes)(on)) if each.sort == sort]


def test_a_review_that_is_settled_is_not_due_and_an_open_one_has_no_day():
    assert found("something new came") == []
    (opened,) = found(
        "something new came", strategy={"reviews": ()}, needs={"published": "2023-05-10"}
    )
    assert (opened.about, opened.because, opened.rule) == (STRATEGY, NEEDS, "ICS-05")
    assert (opened.since, opened.by, opened.who) == (date(2023, 5, 10), None, (PARTNERSHIP,))


def test_a_new_strategy_opens_a_review_of_the_local_one():
    (opened,) = found(
        "something new came", strategy={"published": "2023-05-10"}, local={"reviews": ()}
    )
    assert (opened.about, opened.rule, opened.who) == (LOCAL, "JLH-01", (WELLBEING,))


def test_a_review_because_of_new_guidance_is_due_until_it_is_settled():
    because = "kent/document/guidance"
    (opened,) = found("something new came", forward={"reviews": (Review(because_of=because),)})
    assert (opened.because, opened.rule, opened.since) == (because, None, None)
    settled = (Review(because_of=because, outcome="enough as it is"),)
    assert found("something new came", forward={"reviews": settled}) == []


@pytest.mark.parametrize(
    ("on", "past"), [(date(2024, 3, 30), False), (MARCH, False), (date(2024, 4, 1), True)]
)
def test_a_day_named_for_review_is_past_the_day_after(on, past):
    (named,) = found("it names a day for its review", on, strategy={"review_due": "2024-03"})
    assert named.by == MARCH
    assert named.past(on) is past


@pytest.mark.parametrize(
    ("on", "year_ends"),
    [
        (DAY, MARCH),
        (MARCH, MARCH),
        (date(2024, 4, 1), date(2025, 3, 31)),
        (date(2027, 4, 1), date(2028, 3, 31)),
    ],
)
def test_the_forward_plan_for_the_next_year_is_due_before_it_begins(on, year_ends):
    (annual,) = found("the plan for the next year", on)
    assert (annual.by, annual.rule, annual.who, annual.about) == (
        year_ends,
        "JFP-01",
        (BOARD,),
        FORWARD,
    )


def test_nothing_is_due_once_the_plan_for_the_next_year_is_made():
    assert found("the plan for the next year", forward={"year": "2024/25"}) == []
    assert (
        len(
            found(
                "the plan for the next year",
                forward={"year": "2024/25", "stage": "draft", "published": None},
            )
        )
        == 1
    )


def test_a_plan_whose_years_end_is_due_within_the_last_of_them():
    years = {"local": {"period": "2023/24 to 2024/25"}}
    assert found("its years end", date(2024, 3, 31), **years) == []
    (ending,) = found("its years end", date(2024, 4, 1), **years)
    assert (ending.about, ending.by) == (LOCAL, date(2025, 3, 31))


def test_an_answer_asked_for_by_a_day_is_due_of_whoever_was_asked():
    draft = {"stage": "out to consultation", "published": None}
    more = {
        "kent/consultation/again": asks(FORWARD, WELLBEING, opens="2023-09-01", closes="2023-09-30")
    }
    (asked,) = found("an answer was asked for", forward=draft, more=more)
    assert (asked.who, asked.by, asked.rule) == ((WELLBEING,), date(2023, 9, 30), "JFP-09")
    answered = {
        "kent/consultation/again": asks(
            FORWARD, WELLBEING, opens="2023-09-01", closes="2023-09-30", answered="2023-09-30"
        )
    }
    assert found("an answer was asked for", forward=draft, more=answered) == []


def test_an_answer_on_a_draft_that_another_took_the_place_of_is_no_longer_due():
    open_still = {"answered": None, "opinion": "not stated", "closes": "2023-02-20"}
    assert found("an answer was asked for", draft_board=open_still) == []
    (asked,) = found(
        "an answer was asked for", draft_board=open_still, second_draft={"replaces": None}
    )
    assert asked.about == DRAFT


def test_nothing_is_due_of_another_system():
    assert dues(system()(DAY), "dorset") == ()
    assert dues(system()(DAY), "kent") == dues(system()(DAY))


# --- reminders ------------------------------------------------------------------------------------


def told_on(on, **changes):
    reminded = plan_reminders(system(**changes)(on), on)
    return {(each.who, due.sort) for each in reminded for due in each.found}


@pytest.mark.parametrize("days", DAYS_BEFORE)
def test_whoever_has_to_prepare_a_plan_is_told_on_set_days_before(days):
    assert (BOARD, "the plan for the next year") in told_on(MARCH - timedelta(days))
    assert (BOARD, "the plan for the next year") not in told_on(MARCH - timedelta(days + 1))


@given(st.integers(-120, 120))
def test_a_named_day_is_reminded_of_on_few_days_and_never_oftener_than_every_four_weeks_once_past(
    over,
):
    on = MARCH + timedelta(over)
    told = (PARTNERSHIP, "it names a day for its review") in told_on(
        on, strategy={"review_due": "2024-03"}
    )
    assert told == (-over in DAYS_BEFORE or (over > 0 and over % FOUR_WEEKS == 1))


def test_a_review_with_no_day_is_reminded_of_every_four_weeks():
    late = {"strategy": {"reviews": ()}, "needs": {"published": "2023-05-10"}}
    opened = date(2023, 5, 10)
    days = [
        n
        for n in range(60)
        if (PARTNERSHIP, "something new came") in told_on(opened + timedelta(n), **late)
    ]
    assert days == [0, 28, 56]


def test_a_board_of_which_no_plan_is_on_record_is_told_nothing():
    plans = ("plan/forward", "plan/first-draft", "plan/second-draft", "plan/capital", "plan/report")
    about = ("draft-board", "draft-public", "second-board", "report")
    notes = ("regard/strategy", "regard/forward")
    every = (*plans, *(f"consultation/{each}" for each in about), *notes)
    without = {f"kent/{each}" for each in every}
    assert BOARD not in {who for who, _ in told_on(MARCH, without=without)}
    assert [each.about for each in dues(system(without=without)(MARCH))] == [BOARD]
