"""How far people are involved: what is counted, and that silence is no finding."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.plans.asking import Engagement, Heard
from commonweal.plans.involving import coverage, exercises, put_to_the_public, scorecard
from tests.making import BOARD
from tests.plans.making import COUNCIL, FORWARD, LOCAL, WATCH, WELLBEING, asks, system

DAY = date(2023, 9, 1)
WALK = Engagement(
    name="A walk", by=BOARD, when="2023-05", who=(WATCH,), people=12, made_easy="By bus",
    heard=(Heard(said="More seats", did="Six were put up", through="kent/plan/forward"), Heard(said="More shade")),
)  # fmt: skip
SURVEY = Engagement(name="A survey", by=BOARD, when="2023-07")


def of(on=DAY, **more):
    return system(**more)(on)


def shown(question, **more):
    found = {each.question: each for each in scorecard(of(**more), "kent")}
    each = next(measure for asked, measure in found.items() if question in asked)
    return each.shown, each.of


HELD = {"more": {"kent/engagement/walk": WALK, "kent/engagement/survey": SURVEY}}


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("easy", (1, 2)), ("how many came", (1, 2)), ("what people said on record", (1, 2)),
        ("they said an answer", (1, 2)), ("name what did it", (1, 2)), ("words put to people", (0, 2)),
    ],
)  # fmt: skip
def test_each_question_counts_what_is_on_record_of_all_that_was_held(question, counted):
    assert shown(question, **HELD) == counted


def test_where_nobody_was_asked_there_is_nothing_to_count():
    assert shown("easy") == (0, 0)
    assert exercises(of(), "dorset") == []


def test_the_newest_comes_first():
    names = [name for name, _ in exercises(of(**HELD), "kent")]
    assert names == ["kent/engagement/survey", "kent/engagement/walk"]


def test_a_plan_of_which_a_draft_was_put_to_the_public_counts_as_put_to_it():
    assert shown("each plan in use") == (3, 3)
    assert shown("each plan in use", without={"kent/consultation/draft-public"}) == (2, 3)
    assert shown("each plan in use", without={"kent/consultation/local-public"}) == (2, 3)


@pytest.mark.parametrize(("on", "over"), [(date(2023, 3, 31), 0), (date(2023, 4, 1), 1)])
def test_a_consultation_is_over_the_day_after_its_last(on, over):
    of_it = {"kent/consultation/more": asks(LOCAL, opens="2023-03-01", closes="2023-03-31")}
    found = next(e for e in scorecard(of(on, more=of_it), "kent") if "over" in e.question)
    assert (found.shown, found.of) == (0, over)


def test_who_was_asked_is_told_kind_by_kind_and_who_was_not_by_name():
    found = {each.kind: each for each in coverage(of(), "kent")}
    assert found["health and wellbeing board"].asked == (WELLBEING,)
    assert found["council"].not_asked == (COUNCIL,)
    asked = {"kent/consultation/council": asks(FORWARD, COUNCIL)}
    again = {each.kind: each for each in coverage(of(more=asked), "kent")}
    assert again["council"].asked == (COUNCIL,)


def test_only_the_public_is_the_public():
    kinds = {each.type for _, each in put_to_the_public(of(), "kent")}
    assert kinds == {"public"}


@given(st.sets(st.sampled_from(["kent/consultation/strategy-public", "kent/consultation/local-public",
                                "kent/consultation/report", "kent/consultation/draft-public"])))  # fmt: skip
def test_no_more_is_shown_than_there_is_and_less_on_record_never_shows_more(gone):
    whole, less = scorecard(of(), "kent"), scorecard(of(without=gone), "kent")
    assert all(0 <= each.shown <= each.of for each in less)
    assert all(b.shown <= a.shown for a, b in zip(whole, less, strict=True))
