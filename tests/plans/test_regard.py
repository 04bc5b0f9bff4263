"""Who bore what in mind: what is taken up, set aside, blank or never asked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.plans.chain import drafts_of, items_of, opened_reviews
from commonweal.plans.items import PlanItem, Regard
from commonweal.plans.regarding import matrix, state_of
from commonweal.plans.years import covers_five_years, due_before, financial_year, first_year
from commonweal.record.when import period
from tests.plans.making import DRAFT, FALLS, FORWARD, LOCAL, NEEDS, SECOND, STRATEGY, system

DAY = date(2023, 9, 1)
AT_HOME = "kent/plan-item/at-home"


@pytest.mark.parametrize(
    ("note", "state"),
    [
        ({}, "blank"),
        ({"how": "It is done."}, "taken up"),
        ({"why_not": "Too dear."}, "not taken up"),
    ],
)
def test_a_note_without_how_or_why_not_is_a_blank(note, state):
    assert state_of(Regard(plan=STRATEGY, by=FORWARD, **note)) == state


def test_every_plan_in_use_that_builds_on_another_is_asked_about_each_item_of_it():
    found = matrix(system()(DAY), STRATEGY)
    assert found.columns == (LOCAL, FORWARD)
    assert found.state(AT_HOME, LOCAL) == "blank"
    assert found.state(AT_HOME, FORWARD) == "blank"
    assert found.state(STRATEGY, FORWARD) == "taken up"


def test_a_plan_that_was_replaced_or_is_a_draft_is_asked_nothing():
    replaced = matrix(system(forward={"replaces": LOCAL})(DAY), STRATEGY)
    assert LOCAL not in replaced.columns
    assert matrix(system(forward={"stage": "draft", "published": None})(DAY), LOCAL).columns == ()


def test_a_decision_is_asked_only_what_a_note_asks():
    note = {"kent/regard/lease": Regard(plan=STRATEGY, item=AT_HOME, by="kent/decision/lease")}
    found = matrix(system(more=note)(DAY), STRATEGY)
    assert found.state(AT_HOME, "kent/decision/lease") == "blank"
    assert found.state(STRATEGY, "kent/decision/lease") == "not asked"


def test_an_item_that_a_later_plan_answers_is_taken_up():
    found = matrix(system()(DAY), NEEDS)
    assert found.state(FALLS, STRATEGY) == "taken up"
    assert found.blanks == 0
    without = matrix(system(at_home={"answers": ()})(DAY), NEEDS)
    assert without.blanks == 2


def test_a_plan_comes_from_its_drafts_and_from_no_plan_that_was_made():
    snapshot = system(first_draft={"replaces": LOCAL})(DAY)
    assert drafts_of(snapshot, FORWARD) == (FORWARD, SECOND, DRAFT)


def test_drafts_that_name_each_other_do_not_go_round_for_ever():
    assert drafts_of(system(first_draft={"replaces": FORWARD})(DAY), FORWARD)[0] == FORWARD


@pytest.mark.parametrize(("published", "opens"), [("2022-12-20", False), ("2022-12-21", True)])
def test_only_an_assessment_after_the_strategy_opens_a_review_of_it(published, opens):
    snapshot = system(strategy={"reviews": ()}, needs={"published": published})(DAY)
    assert (STRATEGY in {each.plan for each in opened_reviews(snapshot)}) == opens


def test_a_review_is_open_until_its_outcome_is_on_record():
    of_the_strategy = [e for e in opened_reviews(system()(DAY)) if e.plan == STRATEGY]
    assert [each.is_open for each in of_the_strategy] == [False]


# --- years ----------------------------------------------------------------------------------------


def test_the_first_year_of_a_board_of_july_2022_has_274_days():
    begins, ends = first_year(date(2022, 7, 1))
    assert ((ends - begins).days, ends) == (274, date(2023, 4, 1))  # rule catalogue, section 12
    assert first_year(date(2026, 4, 1))[1] == date(2027, 4, 1)


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_every_day_lies_in_its_financial_year_and_its_plan_was_due_before(day):
    begins, ends = period(financial_year(day))
    assert begins <= day < ends
    assert due_before(financial_year(day)) < begins


@pytest.mark.parametrize(
    ("stated", "five"),
    [("2023/24 to 2027/28", True), ("2023/24 to 2026/27", False), ("2022/23 to 2026/27", False),
     ("2023-04-01 to 2028-03-31", True)],
)  # fmt: skip
def test_five_years_begin_with_the_year_of_the_plan(stated, five):
    assert covers_five_years(stated, "2023/24") is five


def test_what_stands_in_a_plan_is_in_the_order_of_its_numbers():
    more = {
        f"kent/plan-item/n{n}": PlanItem(plan=LOCAL, number=str(n), name=f"Item {n}")
        for n in (10, 9, 2)
    }
    found = [item.number for _, item in items_of(system(more=more)(DAY), LOCAL)]
    assert found == ["2", "9", "10"]
