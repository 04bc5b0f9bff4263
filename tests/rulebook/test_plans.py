"""The planning chain: each rule met, not met and cannot tell."""

from datetime import date

import pytest

from commonweal.bodies.facts import Body
from commonweal.plans.facts import Copy, Head, Plan, View
from commonweal.plans.items import PlanItem, Regard
from commonweal.statute.rule import rule_book
from tests.making import BOARD, SYSTEM, kent, outcomes, said
from tests.plans.making import (
    ASKED,
    CAPITAL,
    COUNCIL,
    DRAFT,
    FORWARD,
    LOCAL,
    NEEDS,
    PARTNERSHIP,
    REPORT,
    SECOND,
    STRATEGY,
    WELLBEING,
    asks,
    heads,
    system,
)

DAY = date(2023, 9, 1)
GROUP = "Plans, strategies and regard"
ADVISED = date(2023, 3, 1)
"""A day on which the advice on the first strategies still stood."""


def of(number, subject, day=DAY, **changes):
    """What a rule finds of a subject in the whole system with some changes."""
    return outcomes(system(**changes)(day), number).get(subject)


SUBJECT = {
    "PLN-JSNA-01": WELLBEING, "PLN-JSNA-02": NEEDS, "HWB-11": NEEDS, "ICP-03": PARTNERSHIP,
    "ICS-01": STRATEGY, "ICS-02": STRATEGY, "ICS-03": STRATEGY, "ICS-04": STRATEGY, "ICS-05": STRATEGY,
    "ICS-06": STRATEGY, "ICS-07": STRATEGY, "JLH-01": LOCAL, "JLH-02": LOCAL,
    "REG-01": FORWARD, "JFP-04": CAPITAL, "REC-REGARD": "kent/regard/strategy",
    "JFP-10": SECOND, "CAP-01": CAPITAL, "CAP-02": CAPITAL,
    "REP-01": REPORT, "REP-02": REPORT, "REP-03": REPORT, "REP-04": REPORT, "DUT-49": REPORT, "DUT-X3": REPORT,
}  # fmt: skip
"""What a rule is tried on; where it is not listed, the forward plan."""

NEEDS_MORE = {"JFP-12", "JFP-13", "CAP-03"}
"""Rules that bite only after an opinion on a published plan, or a revision."""


@pytest.mark.parametrize(
    "number", [r.id for r in rule_book() if r.group == GROUP and r.id not in NEEDS_MORE]
)
def test_a_chain_that_is_whole_meets_every_rule(number):
    day = ADVISED if number == "ICS-07" else DAY
    assert of(number, SUBJECT.get(number, FORWARD), day=day) == "met"


ONLY = {"without": tuple(ASKED)}


@pytest.mark.parametrize(
    ("number", "changes"),
    [
        ("HWB-11", {"needs": {"owner": COUNCIL}}),
        ("ICS-01", {"at_home": {"answers": ("kent/plan-item/falls",)}}),
        ("ICS-06", {"strategy": {"copies": (Copy(to=COUNCIL),)}}),
        ("ICS-07", {"strategy": {"published": "2023-01-01"}}),
        ("JFP-01", {"forward": {"prepared": "2023-04-01"}}),
        ("JFP-01", {"forward": {"period": "2023/24 to 2026/27"}}),
        ("JFP-02", {"forward": {"heads": (*heads("joint forward plan")[1:], Head(name="Services to be arranged", met=False))}}),
        ("JFP-03", {"forward": {"copies": (Copy(to=PARTNERSHIP),)}}),
        ("JFP-09", {"second_board": {"opinion": "no opinion given"}}),
        ("JFP-09", {"second_board": {"told_england": "2023-03-21"}}),
        ("JFP-10", {"without": ("kent/consultation/second-board",), "more": {
            "kent/consultation/second-public": asks(SECOND)}}),
        ("JFP-11", {"forward": {"views": (View(said="More buses."),)}}),
        ("JFP-14", {"forward": {"published": "2023-07-01"}}),
        ("CAP-01", {"capital": {"prepared": "2023-04-01"}}),
        ("CAP-01", {"capital": {"copies": (Copy(to=PARTNERSHIP),)}}),
        ("REP-01", {"report": {"heads": (Head(name="Review of the forward plan", met=False),)}}),
        ("REP-04", {"report": {"copies": (Copy(to=WELLBEING),)}}),
        ("DUT-43", {"forward": {"heads": (Head(name="Wider effects of decisions", met=False),)}}),
        ("DUT-49", {"report": {"heads": (Head(name="Skills of the board", met=False),)}}),
        ("REC-REGARD", {"more": {"kent/regard/strategy": Regard(plan=STRATEGY, by=FORWARD, item="kent/plan-item/falls")}}),
    ],
)  # fmt: skip
def test_what_the_record_shows_was_not_done_is_not_met(number, changes):
    day = ADVISED if number == "ICS-07" else DAY
    assert of(number, SUBJECT.get(number, FORWARD), day=day, **changes) == "not met"


@pytest.mark.parametrize(
    ("number", "changes"),
    [
        ("PLN-JSNA-01", {"without": (NEEDS,)}),
        ("PLN-JSNA-02", {"needs": {"copies": ()}}),
        ("HWB-11", {"needs": {"owner": None}}),
        ("ICP-03", {"without": ("kent/quorum/partnership",)}),
        ("ICS-01", {"at_home": {"answers": ()}}),
        ("ICS-01", {"falls": {"type": "priority"}, "carers": {"type": "priority"}}),
        ("ICS-02", {"strategy": {"pooling": ""}}),
        ("ICS-03", {"strategy": {"guidance": ()}}),
        ("ICS-04", ONLY),
        ("ICS-05", {"strategy": {"reviews": ()}, "needs": {"published": "2023-02-01"}}),
        ("ICS-06", {"strategy": {"copies": ()}}),
        ("ICS-07", {"strategy": {"published": None}}),
        ("JLH-01", {"local": {"reviews": ()}, "strategy": {"published": "2023-02-01"}}),
        ("JLH-02", {"local": {"guidance": ()}}),
        ("REG-01", {"more": {"kent/regard/strategy": Regard(plan=STRATEGY, by=FORWARD)}}),
        ("JFP-01", {"forward": {"prepared": None}}),
        ("JFP-01", {"forward": {"period": None}}),
        ("JFP-02", {"forward": {"heads": ()}}),
        ("JFP-03", {"forward": {"copies": ()}}),
        ("JFP-04", {"more": {"kent/regard/forward": Regard(plan=FORWARD, by=CAPITAL)}}),
        ("JFP-07", ONLY),
        ("JFP-08", {"draft_board": {"strategies": ()}, "second_board": {"strategies": ()}}),
        ("JFP-09", {"second_board": {"answered": None, "opinion": "not stated"}}),
        ("JFP-10", {"without": ("kent/consultation/second-board",)}),
        ("JFP-11", {"forward": {"heads": ()}}),
        ("JFP-14", {"forward": {"published": None}}),
        ("CAP-01", {"capital": {"prepared": None}}),
        ("CAP-02", {"capital": {"guidance": ()}}),
        ("REP-01", {"report": {"heads": ()}}),
        ("REP-02", ONLY),
        ("REP-03", {"report": {"explained": ""}}),
        ("REP-04", {"report": {"copies": ()}}),
        ("DUT-34", {"forward": {"heads": ()}}),
    ],
)  # fmt: skip
def test_what_is_not_on_record_cannot_be_told(number, changes):
    day = ADVISED if number == "ICS-07" else DAY
    assert of(number, SUBJECT.get(number, FORWARD), day=day, **changes) == "cannot tell"


# --- the loop of redrafting -----------------------------------------------------------------------


def test_a_new_draft_goes_to_every_board_that_was_asked_about_the_last():
    assert said(system()(DAY), "JFP-10", SECOND) == (
        "On record: the new draft sent to Wellbeing board."
    )
    none = system(draft_board={"led_to": None})
    assert outcomes(none(DAY), "JFP-10") == {}


def test_an_opinion_on_the_published_plan_is_copied_to_its_authors():
    late = {"kent/consultation/late": asks(FORWARD, WELLBEING, told_england="2023-07-01")}
    assert of("JFP-12", FORWARD) is None
    assert of("JFP-12", FORWARD, more=late) == "not met"
    copied = {
        "kent/consultation/late": asks(
            FORWARD, WELLBEING, told_england="2023-07-01", told_authors="2023-07-01"
        )
    }
    assert of("JFP-12", FORWARD, more=copied) == "met"
    before = {"kent/consultation/late": asks(FORWARD, WELLBEING, told_england="2023-06-29")}
    assert of("JFP-12", FORWARD, more=before) is None


@pytest.mark.parametrize(
    "change",
    [("JFP-13", FORWARD, "joint forward plan"), ("CAP-03", CAPITAL, "joint capital plan")],
)
@pytest.mark.parametrize(
    ("significant", "copied", "outcome"),
    [
        (True, (PARTNERSHIP,), "not met"),
        (True, (), "cannot tell"),
        (False, (), "met"),
        (None, (), "cannot tell"),
    ],
)
def test_a_significant_change_is_handled_as_a_new_plan_and_another_is_published(
    change, significant, copied, outcome
):
    number, changed, kind = change
    revised = Plan(
        name="Revised", type=kind, stage="published", owner=BOARD, areas=(SYSTEM,), year="2023/24",
        published="2023-08-01", replaces=changed, significant=significant,
        copies=tuple(Copy(to=each) for each in copied),
    )  # fmt: skip
    assert of(number, "kent/plan/revised", more={"kent/plan/revised": revised}) == outcome
    assert of(number, changed) is None


# --- when -----------------------------------------------------------------------------------------


def test_a_board_is_asked_for_the_plan_of_each_year_from_the_first():
    bare = kent()
    assert outcomes(bare(date(2023, 3, 31)), "JFP-01") == {}
    assert said(bare(date(2023, 4, 1)), "JFP-01", BOARD) == (
        "Its forward plan for 2023/24 is not on record."
    )
    assert "2026/27" in said(bare(date(2026, 11, 22)), "JFP-01", BOARD)


def test_the_advice_on_first_strategies_says_nothing_of_later_ones():
    assert of("ICS-07", STRATEGY, day=ADVISED, strategy={"published": "2023-04-01"}) is None
    assert of("ICS-07", STRATEGY, day=date(2023, 4, 1)) is None


def test_what_was_made_before_the_law_is_not_tried_by_it():
    assert of("PLN-JSNA-02", NEEDS, needs={"published": "2022-06-30", "copies": ()}) is None
    assert of("PLN-JSNA-02", NEEDS, needs={"published": "2022-07-01", "copies": ()}) is not None


def test_a_draft_is_not_held_to_what_a_plan_must_hold():
    assert DRAFT not in outcomes(system()(DAY), "JFP-02")


def test_the_share_spent_on_mental_health_is_worked_out():
    assert said(system()(DAY), "REP-03", REPORT).endswith("The share is 15.0%.")


def test_a_need_that_no_strategy_answers_is_named():
    found = said(system(at_home={"answers": ("kent/plan-item/falls",)})(DAY), "ICS-01", STRATEGY)
    assert found == "1 need of 2 not answered: Carers."


def test_a_need_of_an_assessment_made_after_the_strategy_is_not_asked_of_it():
    later = {
        "kent/plan/later": Plan(
            name="Later", type="joint strategic needs assessment", stage="published",
            owner=WELLBEING, areas=(SYSTEM,), published="2023-05-01",
        ),
        "kent/plan-item/heat": PlanItem(plan="kent/plan/later", name="Heat", type="need"),
    }  # fmt: skip
    assert of("ICS-01", STRATEGY, more=later) == "met"
    assert "the review is open" in said(system(more=later)(DAY), "ICS-05", STRATEGY)


@pytest.mark.parametrize(("area", "outcome"), [(SYSTEM, "not met"), ("kent/area/elsewhere", "met")])
def test_healthwatch_of_another_area_is_not_missed(area, outcome):
    other = {"kent/body/other-watch": Body(name="Other", type="local Healthwatch", areas=(area,))}
    assert of("ICS-04", STRATEGY, more=other) == outcome
