"""Risk, recovery, evidence and oversight: the rules, rule by rule, and what the facts refuse."""

from datetime import date

import pytest

from commonweal.assurance.assessing import HEADS, SystemAssessment, Theme
from commonweal.assurance.evidence import Answers, Evidence
from commonweal.assurance.overseeing import Oversight, OversightSegment
from commonweal.assurance.recovery import Ask, Criterion, RecoveryPlan
from commonweal.assurance.risks import Assurance, Risk, Score, Treatment
from commonweal.bodies.facts import Body, Post
from tests.making import BOARD, a, kent, outcomes

TRUST, RISK, POST = "kent/body/trust", "kent/risk/beds", "kent/post/lead"
PLAN, PAPER, SEGMENT = "kent/recovery-plan/one", "kent/evidence/one", "kent/oversight-segment/one"
TODAY = "2025-09-30"


def found(number, *facts, day=TODAY):
    """The outcomes of one rule over what is given."""
    trust = a(TRUST, Body(name="Trust", type="NHS trust"))
    return set(outcomes(kent(trust, *facts)(date.fromisoformat(day)), number).values())


def score(worth):
    likelihood, impact = worth
    return Score(likelihood=likelihood, impact=impact)


def risk(**fields):
    scores = {k: score(v) for k, v in fields.items() if k in {"inherent", "current", "target"}}
    return a(RISK, Risk(**{"name": "Beds", "held_by": BOARD, **fields, **scores}))


# --- risks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"current": (4, 4), "target": (4, 4)}, "met"),
        ({"current": (4, 4), "target": (3, 5), "inherent": (4, 4)}, "met"),
        ({"current": (3, 5), "target": (4, 4)}, "not met"),
        ({"current": (4, 4), "target": (2, 2), "inherent": (3, 5)}, "not met"),
        ({"current": (4, 4)}, "cannot tell"),
        ({"target": (4, 4)}, "cannot tell"),
    ],
)
def test_a_risk_is_to_come_down_and_not_up(fields, expected):
    assert found("OVR-TARGET", risk(**fields)) == {expected}


def action(due=None, done=None):
    return (Treatment(what="Open beds", due=due, done=done),)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"accepts": 16}, "met"),
        ({"accepts": 15}, "not met"),
        ({"accepts": 15, "actions": action()}, "met"),
        ({"accepts": 15, "actions": action(due="2025-09-30")}, "met"),
        ({"accepts": 15, "actions": action(due="2025-09-29")}, "not met"),
        ({"accepts": 15, "actions": action(done="2025-09-30")}, "not met"),
        ({"accepts": 15, "actions": action(done="2025-10-01")}, "met"),
        ({}, "cannot tell"),
        ({"accepts": 15, "current": None}, "cannot tell"),
    ],
)
def test_a_risk_above_appetite_has_an_action_that_is_still_to_be_done(fields, expected):
    given = {"current": (4, 4), **fields}
    if given["current"] is None:
        del given["current"]
    assert found("OVR-APPETITE", risk(**given)) == {expected}


@pytest.mark.parametrize(
    ("until", "expected"),
    [("2025-09-30", "met"), ("2025-09-29", "not met"), ("2025-09", "met"), (None, "cannot tell")],
)
def test_assurance_counts_on_its_last_day_and_not_on_the_day_after(until, expected):
    given = Assurance(what="Audit", line="third", on="2025-01-10", fresh_until=until)
    assert found("OVR-ASSURED", risk(assurances=(given,))) == {expected}


def test_nobody_having_looked_is_not_the_same_as_nobody_needing_to():
    assert found("OVR-ASSURED", risk()) == {"cannot tell"}


@pytest.mark.parametrize(("until", "expected"), [("2025-10-01", "met"), ("2025-09-30", "not met")])
def test_an_owner_is_there_until_the_day_before_the_post_ends(until, expected):
    post = a(POST, Post(name="Lead", bodies=(BOARD,)), until=until)
    assert found("OVR-OWNER", post, risk(owner=POST)) == {expected}


@pytest.mark.parametrize("fields", [{}, {"owner_printed": "Someone"}])
def test_an_owner_who_is_not_on_record_cannot_be_told(fields):
    assert found("OVR-OWNER", risk(**fields)) == {"cannot tell"}


# --- recovery -------------------------------------------------------------------------------------


def plan(entity=PLAN, **fields):
    told = {"name": "Recover", "service": TRUST, "of": TRUST, **fields}
    return a(entity, RecoveryPlan(**told))


@pytest.mark.parametrize(
    ("became", "expected"),
    [("part of the plan", "met"), ("withdrawn", "met"), ("beside the plan", "not met"),
     ("not answered", "not met")],
)  # fmt: skip
def test_what_others_ask_is_part_of_the_one_plan(became, expected):
    ask = Ask(what="A return", by=BOARD, became=became)
    assert found("OVR-ONE-PLAN", plan(asks=(ask,))) == {expected}


@pytest.mark.parametrize(
    ("ended", "expected"), [("2025-09-30", {"met"}), ("2025-10-01", {"not met"})]
)
def test_two_plans_for_one_service_are_one_too_many_until_one_has_ended(ended, expected):
    other = plan("kent/recovery-plan/two", ended=ended)
    assert found("OVR-ONE-PLAN", plan(), other) == expected


def test_a_recovery_plan_says_when_it_ends_and_its_service_is_there():
    exits = (Criterion(what="Nobody waits"),)
    assert found("OVR-EXIT", plan(exit_when=exits)) == {"met"}
    assert found("OVR-EXIT", plan()) == {"not met"}
    assert found("OVR-EXIT", plan(service="kent/body/gone", exit_when=exits)) == {"not met"}


# --- evidence and oversight -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until", "expected"),
    [("2025-09-30", "met"), ("2025-09-29", "not met"), (None, "cannot tell")],
)
def test_evidence_counts_on_its_last_day_and_not_on_the_day_after(until, expected):
    paper = a(PAPER, Evidence(name="Waits", fresh_until=until))
    assert found("OVR-FRESH", paper) == {expected}


def asks(slug, question, of=TRUST):
    fact = Oversight(name=slug, by=BOARD, of=(of,), asks=(question,))
    return a(f"kent/oversight/{slug}", fact)


@pytest.mark.parametrize(
    ("second", "of", "expected"),
    [
        ("How many wait?", TRUST, {"not met"}),
        ("how  many WAIT", TRUST, {"not met"}),
        ("How many left?", TRUST, set()),
        ("How many wait?", BOARD, set()),
    ],
)
def test_a_body_is_asked_a_question_by_one_return_only(second, of, expected):
    assert found("OVR-TWICE", asks("a", "How many wait?"), asks("b", second, of)) == expected


def segment(number, body=TRUST, **fields):
    return a(SEGMENT, OversightSegment(body=body, segment=number, year="2025/26", **fields))


@pytest.mark.parametrize(
    ("number", "day", "expected"),
    [
        (4, "2025-06-25", {"met"}), (5, "2025-06-25", {"not met"}), (5, "2025-06-26", set()),
        (4, "2022-06-30", set()), (4, "2022-07-01", {"met"}),
    ],
)  # fmt: skip
def test_until_june_2025_there_were_four_segments(number, day, expected):
    assert found("NOF-01", segment(number), day=day) == expected


@pytest.mark.parametrize(
    ("fact", "day", "expected"),
    [
        (segment(2, deficit=True), TODAY, {"not met"}),
        (segment(3, deficit=True), TODAY, {"met"}),
        (segment(2, deficit=False), TODAY, {"met"}),
        (segment(2), TODAY, {"cannot tell"}),
        (segment(3, BOARD), TODAY, {"not met"}),
        (segment(2, deficit=True), "2025-06-25", set()),
        (segment(2, deficit=True), "2026-03-31", {"not met"}),
        (segment(2, deficit=True), "2026-04-01", set()),
    ],
)
def test_in_2025_26_boards_have_no_segment_and_deficits_are_capped(fact, day, expected):
    assert found("NOF-02", fact, day=day) == expected


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (risk(accepts=26), "from 1 to 25"),
        (risk(accepts=0), "from 1 to 25"),
        (risk(actions=action(due="soon")), "is not a date"),
        (plan(asks=(Ask(what="A return"),)), "Nobody is named who asks for ‘A return’"),
        (plan(exit_when=(Criterion(what="Nobody waits", met=True),)), "Give the day"),
        (a(SEGMENT, OversightSegment(body=TRUST, segment=1, year="2025")), "no financial year"),
        (a("kent/oversight/a", Oversight(name="Return")), "Nobody is named who oversees"),
        (a("kent/oversight/a", Oversight(name="R", by=BOARD, times_a_year=0)), "at least once"),
        (
            a(PAPER, Evidence(name="W", answers=(Answers(asker="Care Quality Commission", theme="x"),))),
            "has no theme ‘x’; it has leadership, integration, quality and safety",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_one_sentence(item, words):
    (said,) = item.fact.faults()
    assert words in said
    assert said.endswith(".")


# --- assessments of systems -----------------------------------------------------------------------

BOARDS = ("kent/body/hwb-east", "kent/body/hwb-west")


def assessed(by="Care Quality Commission", state="published", themes=(), **fields):
    looked = tuple(Theme(theme=each) for each in themes)
    fact = SystemAssessment(of=BOARD, by=by, state=state, themes=looked, **fields)
    return a("kent/system-assessment/one", fact)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (assessed(themes=("leadership", "integration", "quality and safety")), "met"),
        (assessed(themes=("leadership", "integration")), "not met"),
        (assessed(), "cannot tell"),
        (assessed(state="paused"), "cannot tell"),
        (assessed(state="none"), "cannot tell"),
    ],
)
def test_no_rating_of_a_system_is_assumed_where_none_is_published(given, expected):
    assert found("CQC-01", given) == {expected}
    assert found("CQC-01", given, day="2023-03-31") == set()


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2024-09-30", "met"),
        ("2024-10-01", "not met"),
        ("2025-03", "not met"),
        ("2025-09-26", "not met"),
        ("2025-09-27", "met"),  # the pause was for at least six months; no later day is known
    ],
)
def test_nothing_is_published_while_assessments_are_paused(published, expected):
    given = assessed(published=published)
    assert found("CQC-02", given, day="2026-01-01") == {expected}


@pytest.mark.parametrize(
    ("themes", "expected"), [(HEADS, "met"), (HEADS[:-1], "not met"), ((), "cannot tell")]
)
def test_a_board_is_assessed_on_all_eight_heads(themes, expected):
    given = assessed("NHS England", themes=themes)
    assert found("ASM-01", given) == {expected}
    assert found("ASM-01", given, day="2022-06-30") == set()


@pytest.mark.parametrize(
    ("asked", "expected"), [(BOARDS, "met"), (BOARDS[:1], "not met"), ((), "cannot tell")]
)
def test_each_wellbeing_board_is_asked_about_the_board(asked, expected):
    boards = [a(each, Body(name=each, type="health and wellbeing board")) for each in BOARDS]
    assert found("ASM-02", assessed("NHS England", asked=asked), *boards) == {expected}


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"state": "paused", "rating": "Good"}, "A rating is given by what is published"),
        ({"themes": ("finance",)}, "Care Quality Commission has no theme ‘finance’"),
        ({"published": "yesterday"}, "yesterday"),
    ],
)
def test_an_assessment_that_cannot_be_is_refused(fields, fault):
    assert fault in " ".join(assessed(**fields).fact.faults())
