"""What is kept back of milestones, programmes and findings is on no page, feed, calendar or table."""

import pytest

from commonweal.plans.maturity import (
    Heading,
    Horizon,
    Level,
    MaturityAssessment,
    MaturityMatrix,
    MaturityStatement,
    Unit,
)
from commonweal.plans.milestones import Milestone, WaitsFor
from commonweal.plans.programmes import Part, Programme
from tests.desk import asserted, hours, write
from tests.site.conftest import PAPER

AREA, PLACE = "kent/area/system", "kent/area/thanet"
MATRIX, SAID = "kent/maturity-matrix/ours", "kent/maturity-statement/open"
WHY = "Publicity would harm the public interest"


def open_(entity, fact_type, **fields):
    return asserted(entity, fact_type(sources=PAPER, **fields))


def kept(entity, fact_type, **fields):
    return asserted(entity, fact_type(exempt=WHY, sources=PAPER, **fields))


@pytest.fixture
def delivery(kent):
    """Open facts, and beside each one that is kept back or names what is."""
    write(
        kent.book,
        open_("kent/programme/open", Programme, name="Change", about=AREA, parts=(
            Part(tier="place", printed="Thanet", role="delivers"),)),
        kept("kent/programme/hid", Programme, name="Hushwater programme", about=AREA),
        open_("kent/milestone/open", Milestone, name="A clinic", when="2026-06",
              programmes=("kent/programme/open",)),
        kept("kent/milestone/hid", Milestone, name="Hushwater clinic", when="2026-06"),
        open_("kent/milestone/waits", Milestone, name="Opening", when="2026-12",
              waits_for=(WaitsFor(what="kent/milestone/hid", printed="Hushwater lease"),)),
        open_("kent/milestone/wider", Milestone, name="Clinics everywhere", when="2026-06"),
        kept("kent/milestone/ours", Milestone, name="Hushwater’s own", when="2026-06",
             wider="kent/milestone/wider"),
        open_("kent/milestone/owned", Milestone, name="Let Hushwater", owner="kent/body/secret"),
        open_(MATRIX, MaturityMatrix, name="Ours", about=AREA,
              levels=(Level(key="place", name="Places", units=(Unit(who=PLACE),)),),
              domains=(Heading(key="plan", name="Plans"),),
              horizons=(Horizon(key="soon", when="2026"),)),
        open_(SAID, MaturityStatement, name="A plan", matrix=MATRIX, level="place", domain="plan",
              horizon="soon"),
        kept("kent/maturity-statement/hid", MaturityStatement, name="Hushwater plan",
             matrix=MATRIX, level="place", domain="plan", horizon="soon", number=2),
        kept("kent/maturity-assessment/hid", MaturityAssessment, statement=SAID, unit=PLACE,
             found="met", on="2026-10", learning="Ask Hushwater"),
        at=hours(4),
    )  # fmt: skip
    return kent


ADDRESSES = [
    "kent/delivery/", "kent/delivery.json", "kent/delivery.csv", "kent/milestones.ics",
    "kent/delivery.atom", "kent/milestone/open", "kent/programme/open", "kent/maturity/",
    "kent/maturity.json", "kent/maturity.csv", "kent/area/thanet/maturity/",
    "kent/area/thanet/maturity.json", "kent/area/thanet/maturity.csv", SAID,
    "milestones/", "milestones.json", "milestones.csv", "milestones.ics", "milestones.atom",
    "overdue/?as_at=2027-01-01", "overdue.json?as_at=2027-01-01",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_kept_back_is_on_any_page_feed_calendar_or_table(delivery, address):
    answer = delivery.get(f"/{address}")
    assert answer.status_code == 200
    said = answer.content.decode().lower()
    assert "hushwater" not in said
    assert "kept back" not in said


@pytest.mark.parametrize("slug", ["milestone/hid", "milestone/waits", "milestone/owned",
                                  "programme/hid", "maturity-assessment/hid",
                                  "maturity-statement/hid"])  # fmt: skip
def test_what_is_kept_back_has_no_page(delivery, slug):
    assert delivery.get(f"/kent/{slug}").status_code == 404


def test_a_finding_kept_back_counts_as_not_recorded(delivery):
    (matrix,) = delivery.get("/kent/maturity.json").json()["matrices"]
    assert (matrix["cells"], matrix["recorded"]) == (1, 0)
