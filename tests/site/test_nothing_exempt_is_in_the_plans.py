"""What is kept back of plans is on no page of plans, in no feed or table, and is not counted."""

import pytest

from commonweal.plans.answering import StandingAnswer
from commonweal.plans.asking import Consultation, Engagement, Heard
from commonweal.plans.facts import Link, Plan
from commonweal.plans.items import PlanItem, Regard
from tests.desk import asserted, write
from tests.site.conftest import PAPER, words

AREA, OPEN, LATER = "kent/area/system", "kent/plan/open", "kent/plan/later"
WHY = "Publicity would harm the public interest"


def said(entity, fact_type, **fields):
    return asserted(entity, fact_type(sources=PAPER, **fields))


def kept_back(entity, fact_type, **fields):
    return asserted(entity, fact_type(exempt=WHY, sources=PAPER, **fields))


@pytest.fixture
def plans(kent):
    """A plan in the open and one kept back, and beside each open fact one kept back."""
    strategy = {"type": "integrated care strategy", "stage": "published", "areas": (AREA,)}
    write(
        kent.book,
        said(OPEN, Plan, name="Open plan", published="2023-01-01", **strategy),
        said(LATER, Plan, name="Later plan", type="joint forward plan", stage="published",
             areas=(AREA,), published="2023-06-01", builds_on=(Link(plan=OPEN),)),
        said("kent/plan-item/open", PlanItem, plan=OPEN, name="Fewer falls", type="priority"),
        kept_back("kent/plan/hushwater", Plan, name="Hushwater plan", published="2023-02-01",
                  replaces=OPEN, **strategy),
        kept_back("kent/plan-item/hushwater", PlanItem, plan=OPEN, name="Sell Hushwater", type="action"),
        kept_back("kent/regard/hushwater", Regard, plan=OPEN, by=LATER, how="Hushwater is sold."),
        kept_back("kent/consultation/hushwater", Consultation, plan=OPEN, who_printed="Hushwater Trust",
                  type="public", opens="2026-11-01", closes="2026-12-31", how_to="Ask at Hushwater"),
        kept_back("kent/standing-answer/hushwater", StandingAnswer, name="Hushwater", text="Hushwater",
                  by_printed="Hushwater"),
        kept_back("kent/engagement/hushwater", Engagement, name="Hushwater walk", about=(OPEN,),
                  heard=(Heard(said="Keep Hushwater"),)),
    )  # fmt: skip
    return kent


@pytest.mark.parametrize(
    "path",
    [
        "/kent/involvement/", "/kent/involvement.json", "/kent/involvement.csv", "/kent/plans/due/", "/kent/plans/due.json", "/kent/plans/due.csv", "/kent/plans.ics",
        "/kent/", "/kent/plans/", "/kent/plans.json", "/kent/plans.csv", "/kent/plan/open", "/kent/plan/later",
        "/kent/plan/open/regard/", "/kent/plan/open/regard.json", "/kent/plan/open/regard.csv",
        "/kent/area/system/what-is-planned/", "/kent/area/system/what-is-planned.json",
        "/kent/area/system/what-is-planned.csv", "/kent/you-said-we-did/", "/kent/you-said-we-did.json",
        "/kent/you-said-we-did.csv", "/kent/answers/", "/kent/answers.json", "/kent/answers.csv", "/kent/plan-item/open", "/findings/?system=kent",
    ],
)  # fmt: skip
def test_what_is_kept_back_is_nowhere(plans, path):
    answer = plans.get(path)
    assert answer.status_code == 200
    assert "hushwater" not in answer.content.decode().lower()


def test_what_is_kept_back_is_not_counted_and_replaces_nothing(plans):
    found = plans.get("/kent/plans.json").json()
    assert found["count"] == 2
    assert {row["id"]: row["in_use"] for row in found["plans"]} == {OPEN: True, LATER: True}
    assert "1 item of it on record" in words(plans.get("/kent/plan/open"))


@pytest.mark.parametrize("path", ["/kent/plan/hushwater", "/kent/plan/hushwater/regard/"])
def test_a_plan_kept_back_cannot_be_told_from_none(plans, path):
    assert plans.get(path).status_code == 404
