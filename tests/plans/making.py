"""A small system whose planning chain is whole, from which a test takes something away."""

from msgspec.structs import replace

from commonweal.bodies.facts import Body, QuorumRule
from commonweal.plans.asking import Consultation
from commonweal.plans.content import asked_of
from commonweal.plans.facts import Copy, Head, Link, Plan, Review, View
from commonweal.plans.items import PlanItem, Regard
from tests.making import BOARD, SYSTEM, a, kent

COUNCIL, WELLBEING, WATCH = "kent/body/council", "kent/body/wellbeing", "kent/body/healthwatch"
PARTNERSHIP, ENGLAND = "kent/body/partnership", "kent/body/nhs-england"
NEEDS, LOCAL, STRATEGY = "kent/plan/needs", "kent/plan/local", "kent/plan/strategy"
DRAFT, SECOND, FORWARD = "kent/plan/first-draft", "kent/plan/second-draft", "kent/plan/forward"
CAPITAL, REPORT = "kent/plan/capital", "kent/plan/report"
FALLS, CARERS = "kent/plan-item/falls", "kent/plan-item/carers"

BODIES = {
    COUNCIL: Body(name="The council", type="council", council_tier="unitary", areas=(SYSTEM,)),
    WELLBEING: Body(name="Wellbeing board", type="health and wellbeing board", areas=(SYSTEM,)),
    WATCH: Body(name="Healthwatch", type="local Healthwatch", areas=(SYSTEM,)),
    PARTNERSHIP: Body(
        name="Partnership", type="integrated care partnership (statutory)", areas=(SYSTEM,)
    ),
    ENGLAND: Body(name="NHS England", type="national body"),
    "kent/quorum/partnership": QuorumRule(body=PARTNERSHIP, members=3),
}


def heads(kind):
    """Everything that a kind of plan must deal with, dealt with."""
    return tuple(Head(name=each.name, met=True) for each in asked_of(kind))


def to(*bodies):
    return tuple(Copy(to=each) for each in bodies)


_HANDED_ON = to(PARTNERSHIP, WELLBEING, ENGLAND)

PLANS = {
    NEEDS: Plan(
        name="Needs of Kent", type="joint strategic needs assessment", stage="published", owner=WELLBEING,
        areas=(SYSTEM,), published="2022-07-10", copies=to(PARTNERSHIP),
    ),
    STRATEGY: Plan(
        name="Strategy", type="integrated care strategy", stage="published", owner=PARTNERSHIP, areas=(SYSTEM,),
        published="2022-12-20", pooling="Considered.", guidance=("kent/document/guidance",),
        builds_on=(Link(plan=NEEDS),), copies=to(COUNCIL, BOARD),
        reviews=(Review(because_of=NEEDS, outcome="enough as it is"),),
    ),
    LOCAL: Plan(
        name="Local strategy", type="joint local health and wellbeing strategy", stage="published", owner=WELLBEING,
        areas=(SYSTEM,), published="2023-01-20", pooling="Considered.", guidance=("kent/document/guidance",),
        builds_on=(Link(plan=STRATEGY),), reviews=(Review(because_of=STRATEGY, outcome="revise"),),
    ),
    DRAFT: Plan(
        name="First draft", type="joint forward plan", stage="draft", owner=BOARD, areas=(SYSTEM,), year="2023/24",
    ),
    SECOND: Plan(
        name="Second draft", type="joint forward plan", stage="draft", owner=BOARD, areas=(SYSTEM,), year="2023/24",
        replaces=DRAFT,
    ),
    FORWARD: Plan(
        name="Forward plan", type="joint forward plan", stage="published", owner=BOARD, areas=(SYSTEM,),
        year="2023/24", period="2023/24 to 2027/28", prepared="2023-03-31", published="2023-06-30",
        replaces=SECOND, builds_on=(Link(plan=STRATEGY), Link(plan=LOCAL)), heads=heads("joint forward plan"),
        copies=_HANDED_ON, views=(View(said="More buses.", answered="Added."),),
    ),
    CAPITAL: Plan(
        name="Capital plan", type="joint capital plan", stage="published", owner=BOARD, areas=(SYSTEM,),
        year="2023/24", prepared="2023-03-31", published="2023-04-20", guidance=("kent/document/guidance",),
        copies=_HANDED_ON,
    ),
    REPORT: Plan(
        name="Annual report", type="annual report", stage="published", owner=BOARD, areas=(SYSTEM,),
        published="2023-07-01", heads=heads("annual report"), copies=to(ENGLAND),
        mental_health=150, spent=1000, explained="As the year before.",
    ),
}  # fmt: skip

ITEMS = {
    FALLS: PlanItem(plan=NEEDS, name="Falls", type="need"),
    CARERS: PlanItem(plan=NEEDS, name="Carers", type="need"),
    "kent/plan-item/at-home": PlanItem(
        plan=STRATEGY, name="Well at home", type="priority", answers=(FALLS, CARERS)
    ),
}


def asks(plan, who=None, **fields):
    kind = {WELLBEING: "health and wellbeing board", WATCH: "local Healthwatch"}.get(who, "public")
    fields = {"who": who, "who_printed": "" if who else "The public", "type": kind} | fields
    return Consultation(plan=plan, **fields)


ASKED = {
    "kent/consultation/strategy-watch": asks(STRATEGY, WATCH),
    "kent/consultation/strategy-public": asks(STRATEGY),
    "kent/consultation/local-watch": asks(LOCAL, WATCH),
    "kent/consultation/local-public": asks(LOCAL),
    "kent/consultation/draft-board": asks(
        DRAFT, WELLBEING, opens="2023-01-30", answered="2023-02-20", strategies=(LOCAL,),
        opinion="does not take proper account", led_to=SECOND,
    ),
    "kent/consultation/draft-public": asks(DRAFT, opens="2023-01-30"),
    "kent/consultation/second-board": asks(
        SECOND, WELLBEING, opens="2023-03-01", answered="2023-03-20", strategies=(LOCAL,),
        opinion="takes proper account",
    ),
    "kent/consultation/report": asks(REPORT, WELLBEING),
}  # fmt: skip

REGARD = {
    "kent/regard/strategy": Regard(plan=STRATEGY, by=FORWARD, how="Each priority has a chapter."),
    "kent/regard/forward": Regard(plan=FORWARD, by=CAPITAL, why_not="It has no bearing on roofs."),
}

WHOLE = {**BODIES, **PLANS, **ITEMS, **ASKED, **REGARD}


def system(without=(), more=None, **changes):
    """The whole system, less some facts, with more facts and with changed fields.

    changes  by the last part of an identifier, hyphens as underscores: fields of that fact
    """
    facts = {name: fact for name, fact in WHOLE.items() if name not in without} | (more or {})
    for slug, fields in changes.items():
        name = next(each for each in facts if each.endswith("/" + slug.replace("_", "-")))
        facts[name] = replace(facts[name], **fields)
    return kent(*(a(name, fact) for name, fact in facts.items()))
