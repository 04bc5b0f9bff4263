"""Two councils of Kent, their committees, Healthwatch, and what a test adds."""

from commonweal.bodies.facts import Body
from commonweal.scrutiny.healthwatch import HealthwatchReferral, HealthwatchReport, Recipient
from commonweal.scrutiny.reconfigurations import (
    Appointing,
    Consultation,
    JointScrutiny,
    Reconfiguration,
)
from commonweal.scrutiny.reports import Recommendation
from commonweal.scrutiny.reviews import Review, ScrutinyRequest
from tests.making import BOARD, a, kent

COUNCIL, CITY = "kent/body/council", "kent/body/city"
COMMITTEE, CITY_COMMITTEE = "kent/body/committee", "kent/body/city-committee"
JOINT, TRUST, VOICE = "kent/body/joint", "kent/body/trust", "kent/body/voice"
PARTNERSHIP = "kent/body/partnership"

ADVICE, REPORT, REFERRAL = (
    "kent/recommendation/one", "kent/healthwatch-report/one", "kent/healthwatch-referral/one",
)  # fmt: skip
CASE, TERMS = "kent/reconfiguration/beds", "kent/joint-scrutiny/beds"
ASKED, REVIEW = "kent/scrutiny-request/one", "kent/review/one"


def body(name, type_, *parents, **more):
    title = name.rsplit("/", maxsplit=1)[-1].replace("-", " ").title()
    return a(name, Body(name=title, type=type_, parents=parents, **more))


BODIES = (
    body(COUNCIL, "council", council_tier="county"),
    body(CITY, "council", council_tier="unitary"),
    body(COMMITTEE, "scrutiny committee", COUNCIL),
    body(CITY_COMMITTEE, "scrutiny committee", CITY),
    body(JOINT, "joint committee", COUNCIL, CITY),
    body(TRUST, "NHS trust"),
    body(VOICE, "local Healthwatch"),
    body(PARTNERSHIP, "integrated care partnership (statutory)"),
)


def councils(*more):
    """Kent with its councils, and whatever else is given."""
    return kent(*BODIES, *more)


def advice(**fields):
    told = {"name": "Open later", "by": COMMITTEE, "to_whom": TRUST, **fields}
    return a(ADVICE, Recommendation(**told))


def report(*sent, **fields):
    told = {"name": "Getting through", "by": VOICE, "sent_to": sent, **fields}
    return a(REPORT, HealthwatchReport(**told))


def sent(to=TRUST, received="2022-12-12", **fields):
    return Recipient(body=to, received=received, **fields)


def referral(**fields):
    told = {
        "name": "Dentists",
        "by": VOICE,
        "to_whom": COMMITTEE,
        "referred": "2022-12-12",
        **fields,
    }
    return a(REFERRAL, HealthwatchReferral(**told))


def asked(**fields):
    told = {"name": "Waiting times", "by": COMMITTEE, "of": TRUST, "asked": "2023-01-02", **fields}
    return a(ASKED, ScrutinyRequest(**told))


def review(**fields):
    return a(REVIEW, Review(**{"name": "Waiting", "by": COMMITTEE, **fields}))


def formal(began="2023-03-01", *asked_of, **fields):
    told = {"comments_by": "2023-06-01", "decision_by": "2023-07-01", "published": began, **fields}
    return Consultation(began=began, councils=asked_of or (COUNCIL, CITY), **told)


def case(**fields):
    told = {"name": "Fewer beds", "by": BOARD, "manner": True, "substantial": True, **fields}
    return a(CASE, Reconfiguration(**told))


def joint(*by, **fields):
    told = {
        "name": "Joint committee", "body": JOINT, "type": "required",
        "appointed_by": tuple(Appointing(council=each) for each in by or (COUNCIL, CITY)),
        **fields,
    }  # fmt: skip
    return a(TERMS, JointScrutiny(**told))
