"""Plans, what stands in them and who was asked: what is refused, with a sentence for each reason."""

import pytest

from commonweal.plans.asking import Consultation, Engagement, Heard
from commonweal.plans.facts import Bearing, Copy, Head, Link, Plan, Review
from commonweal.plans.items import PlanItem, Regard
from commonweal.record.errors import Refused
from tests.desk import asserted, write

PLAN, STRATEGY, ITEM = "kent/plan/forward", "kent/plan/strategy", "kent/plan-item/falls"


def of_a_plan(own=PLAN, **fields):
    return list(Plan(name="A plan", **fields).faults_as(own))


def asked(**fields):
    return list(Consultation(**{"plan": PLAN, "who": "kent/body/wellbeing"} | fields).faults())


def heard(**fields):
    return list(Engagement(name="A workshop", **fields).faults())


def test_a_whole_plan_has_no_faults():
    fields = {
        "type": "joint forward plan", "stage": "published", "period": "2023/24 to 2027/28",
        "year": "2023/24", "prepared": "2023-03-30", "published": "2023-06-30",
        "copies": (Copy(to="kent/body/icb", on="2023-06"),), "builds_on": (Link(plan=STRATEGY),),
    }  # fmt: skip
    assert of_a_plan(**fields) == []
    plan = Plan(name="Our plan", owner_printed="the board", **fields)
    assert plan.sentence(str) == "Our plan: joint forward plan of the board, published."


@pytest.mark.parametrize(
    ("fields", "because"),
    [
        ({"builds_on": (Link(plan=PLAN),)}, "neither builds on itself"),
        ({"replaces": PLAN}, "nor replaces itself"),
        ({"reviews": (Review(because_of=PLAN),)}, "not reviewed because of itself"),
        ({"period": "2025 to 2020"}, "The period 2025 to 2020 ends before it starts."),
        ({"period": "soon"}, "'soon' is not a date"),
        ({"year": "2023/25"}, "must follow each other"),
        ({"copies": (Copy(to="kent/body/icb", on="May"),)}, "'May' is not a date"),
        ({"prepared": "2023-06-30", "published": "2023-06-29"}, "published (29 June 2023) before it was prepared (30 June 2023)."),
        ({"reviews": (Review(because_of=STRATEGY, received="2024-02-02", on="2024-02-01"),)}, "considered (1 February 2024) before"),
        ({"stage": "intended", "published": "2023-06-30"}, "It is intended, yet"),
        ({"bears_on": (Bearing(how="frames"),)}, "Say whose work it bears on"),
        ({"heads": (Head(name="Under 25s"), Head(name="Under 25s", met=True))}, "stands in it twice"),
        ({"spent": 1}, "belongs to an annual report"),
        ({"type": "annual report", "spent": 1, "mental_health": 2}, "More was spent on mental health than in all."),
        ({"type": "annual report", "spent": -1}, "nought pence or more"),
    ],
)  # fmt: skip
def test_what_cannot_be_so_of_a_plan_is_refused_in_a_sentence(fields, because):
    assert any(because in fault for fault in of_a_plan(**fields)), of_a_plan(**fields)


def test_a_plan_may_be_published_on_the_day_it_is_ready_and_dates_may_be_rough():
    assert of_a_plan(prepared="2023-06-30", published="2023-06-30") == []
    assert of_a_plan(prepared="2023-06-30", published="2023-06") == []
    assert of_a_plan(prepared="2023-07-01", published="2023-06") != []


def test_a_plan_that_regards_itself_is_refused_and_nothing_is_stored(book):
    plan = Plan(name="A plan", builds_on=(Link(plan=PLAN),))
    before = book.head
    with pytest.raises(Refused) as caught:
        write(book, asserted(PLAN, plan))
    assert "neither builds on itself" in caught.value.reasons[0]
    assert book.head == before
    (reason,) = Regard(plan=PLAN, by=PLAN).faults()
    assert reason == "A plan cannot have regard to itself. Name the other plan, or the decision."


def test_regard_says_how_or_why_not_and_with_neither_it_is_blank():
    note = Regard(plan=STRATEGY, by=PLAN)
    assert list(note.faults()) == []
    assert note.sentence(lambda name: name).endswith("not recorded.")
    assert list(Regard(plan=STRATEGY, by=PLAN, how="Taken up.").faults()) == []
    both = Regard(plan=STRATEGY, by=PLAN, how="Taken up.", why_not="Too dear.")
    assert list(both.faults()) == ["Say how it was taken up, or why not; not both."]


def test_nothing_in_a_plan_answers_itself():
    item = PlanItem(plan=PLAN, name="Fewer falls", answers=(ITEM,))
    assert any("answers itself" in fault for fault in item.faults_as(ITEM))
    assert list(item.faults_as("kent/plan-item/other")) == []
    twice = PlanItem(plan=PLAN, name="Fewer falls", purposes=("improve outcomes",) * 2)
    assert list(twice.faults()) == ["One purpose stands in it twice."]


@pytest.mark.parametrize(
    ("fields", "because"),
    [
        ({"opens": "2023-03-01", "answered": "2023-02-28"}, "answered (28 February 2023) before it was asked (1 March 2023)."),
        ({"opens": "2023-03-01", "closes": "2023-02-28"}, "closed (28 February 2023) before"),
        ({"opens": "2023-03-01", "told_england": "2023-02"}, "told to NHS England"),
        ({"opinion": "in part"}, "Say when it was answered."),
        ({"led_to": PLAN}, "does not lead to itself"),
        ({"who": None}, "Say who was asked"),
    ],
)  # fmt: skip
def test_what_cannot_be_so_of_a_consultation_is_refused_in_a_sentence(fields, because):
    assert any(because in fault for fault in asked(**fields)), asked(**fields)


def test_an_answer_may_come_on_the_day_it_was_asked_for():
    assert asked(opens="2023-03-01", closes="2023-03-01", answered="2023-03-01") == []


def test_an_open_consultation_says_that_no_answer_is_on_record():
    question = Consultation(plan=PLAN, who_printed="The public", opens="2023-03-01")
    told = question.sentence({PLAN: "the draft"}.__getitem__)
    assert told == "The public was asked about the draft from 1 March 2023; no answer is on record."


@pytest.mark.parametrize(
    ("fields", "because"),
    [
        ({"people": -1}, "nought or more"),
        ({"when": "2023-03-01", "heard": (Heard(said="Buses", did="Run", by="2023-02-01"),)}, "acted on (1 February"),
        ({"heard": (Heard(said="Buses", through="kent/decision/bus"),)}, "Say what was done"),
        ({"when": "last year"}, "is not a date"),
    ],
)  # fmt: skip
def test_what_cannot_be_so_of_an_engagement_is_refused_in_a_sentence(fields, because):
    assert any(because in fault for fault in heard(**fields)), heard(**fields)


def test_only_a_benefit_is_for_an_audience():
    for_whom = {"plan": PLAN, "name": "Care joined up", "audience": "communities"}
    assert list(PlanItem(type="benefit", **for_whom).faults()) == []
    assert "belongs to a benefit" in next(PlanItem(type="action", **for_whom).faults())
