"""One matter from need to effect: from each part of it the others are near."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.meetings.decided import Decision
from commonweal.money.funds import Fund, Scheme
from commonweal.outcomes.indicators import Indicator
from commonweal.plans.asking import Engagement, Heard
from commonweal.plans.facts import Plan
from commonweal.plans.items import PlanItem, Regard
from commonweal.plans.milestones import Milestone
from commonweal.plans.stories import PARTS, SHARED, by_part, day_of, part_of, story, touching
from commonweal.scrutiny.reports import Recommendation
from commonweal.vocabulary import VOCABULARY
from tests.making import BOARD, a, kent

DAY = date(2026, 1, 1)
ITEM, NEED, PLAN = "kent/plan-item/home", "kent/plan-item/falls", "kent/plan/strategy"
DECISION, FUND, STEP = "kent/decision/pool", "kent/fund/pool", "kent/milestone/teams"
MEASURE, HEARD, ASKS = "kent/indicator/home", "kent/engagement/talk", "kent/recommendation/pay"

MATTER = kent(
    a(PLAN, Plan(name="Strategy", published="2024-03-20")),
    a("kent/plan/needs", Plan(name="Needs")),
    a(NEED, PlanItem(plan="kent/plan/needs", name="Falls", type="need"), since="2022-09-15"),
    a(ITEM, PlanItem(plan=PLAN, name="Home first", answers=(NEED,), measures=(MEASURE,), money=(FUND,), milestones=(STEP,))),
    a("kent/plan-item/other", PlanItem(plan=PLAN, name="Another matter")),
    a("kent/regard/pool", Regard(plan=PLAN, item=ITEM, by=DECISION, how="It pays.")),
    a(DECISION, Decision(name="The pool", by=BOARD, when="2025-03-12", type="delegated", paid_from=FUND)),
    a(FUND, Fund(name="Pool", type="pooled", year="2025/26"), since="2025-04-01"),
    a("kent/funded-scheme/teams", Scheme(fund=FUND, name="Teams")),
    a(STEP, Milestone(name="Teams at work", when="2025-10")),
    a(MEASURE, Indicator(name="Living at home")),
    a(HEARD, Engagement(name="Listening", heard=(Heard(said="Home", did="Paid", through=DECISION),))),
    a(ASKS, Recommendation(name="Pay for it", by=BOARD, measure=MEASURE)),
)  # fmt: skip


@pytest.mark.parametrize("start", [DECISION, ITEM, HEARD])
def test_from_any_part_of_a_matter_the_others_are_within_two_steps(start):
    near = {each.part for each in touching(MATTER(DAY), start)}
    wanted = {"plan", "decision", "money"} - {part_of(start, MATTER(DAY).get(start))}
    assert wanted <= near


def test_from_an_item_of_a_plan_every_part_on_record_is_within_two_steps():
    found = by_part(touching(MATTER(DAY), ITEM))
    assert {part for part, touches in found.items() if touches} == {
        "need", "plan", "engagement", "decision", "money", "milestone", "outcome", "scrutiny",
    }  # fmt: skip


def test_a_note_of_regard_ties_and_is_no_step():
    found = {each.entity: each.steps for each in touching(MATTER(DAY), DECISION)}
    assert found[ITEM] == 1
    assert "kent/regard/pool" not in found


def test_another_item_of_the_same_plan_is_another_matter():
    assert "kent/plan-item/other" not in {e.entity for e in touching(MATTER(DAY), ITEM, steps=9)}
    of_the_plan = {e.entity for e in touching(MATTER(DAY), PLAN)}
    assert {ITEM, "kent/plan-item/other"} <= of_the_plan


def test_a_story_is_in_order_of_date_and_what_has_none_comes_last():
    told = story(MATTER(DAY), DECISION)
    days = [each.on for each in told if each.on]
    assert days == sorted(days)
    assert [each.on for each in told[len(days):]] == [None] * (len(told) - len(days))  # fmt: skip
    names = [each.touch.entity for each in told]
    assert names.index(NEED) < names.index(PLAN) < names.index(DECISION) < names.index(FUND)
    assert names.index(FUND) < names.index(STEP)


def test_a_story_says_what_lies_between():
    between = {each.touch.entity: each.touch.through for each in story(MATTER(DAY), DECISION)}
    assert between[DECISION] == ()
    assert between[NEED] == (ITEM,)


def test_a_day_that_is_stated_goes_before_the_day_from_which_a_fact_holds():
    snapshot = MATTER(DAY)
    assert day_of(snapshot, DECISION) == date(2025, 3, 12)
    assert day_of(snapshot, FUND) == date(2025, 4, 1)
    assert day_of(snapshot, MEASURE) is None


def test_a_body_is_no_part_of_a_story():
    assert part_of(BOARD, MATTER(DAY).get(BOARD)) is None


@pytest.mark.parametrize("kind", sorted({k for kinds in PARTS.values() for k in kinds} | SHARED))
def test_every_kind_that_a_story_speaks_of_is_in_the_vocabulary(kind):
    assert VOCABULARY.kind(kind).name == kind


@given(st.sampled_from([DECISION, ITEM, FUND, STEP, MEASURE, HEARD, NEED, PLAN]), st.integers(1, 4))
def test_more_steps_never_lose_anything_and_nothing_is_there_twice(start, steps):
    near = [each.entity for each in touching(MATTER(DAY), start, steps=steps)]
    far = [each.entity for each in touching(MATTER(DAY), start, steps=steps + 1)]
    assert far[: len(near)] == near
    assert len(set(far)) == len(far)
    assert start not in far
