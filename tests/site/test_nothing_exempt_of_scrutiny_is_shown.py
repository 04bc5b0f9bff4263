"""What scrutiny keeps back is on no page, in no table, feed or calendar, nor counted."""

import pytest

from commonweal.bodies.facts import Body
from commonweal.money.choosing.facts import ProviderSelection
from commonweal.scrutiny.evaluating import ScrutinyProtocol
from commonweal.scrutiny.healthwatch import HealthwatchReferral, HealthwatchReport, Recipient
from commonweal.scrutiny.reconfigurations import Consultation, Direction, Reconfiguration
from commonweal.scrutiny.reports import Recommendation
from commonweal.scrutiny.reviews import ProgrammeItem, Review, ScrutinyRequest
from tests.desk import asserted, hours, write
from tests.site.conftest import PAPER

BOARD, PANEL, OPEN = "kent/body/icb", "kent/body/panel", "kent/recommendation/open"
WHY = "It would identify a patient"
HIDDEN = [
    "recommendation/hushwater", "scrutiny-request/hushwater", "review/hushwater",
    "healthwatch-report/hushwater", "healthwatch-referral/hushwater", "reconfiguration/hushwater",
    "programme-item/hushwater", "provider-selection/hushwater",
    "scrutiny-protocol/hushwater",
]  # fmt: skip
PAGES = [
    "overdue/", "overdue.json", "overdue.csv", "overdue.atom", "overdue.ics", "kent/scrutiny/",
    "kent/scrutiny.json", "kent/scrutiny.csv", "kent/scrutiny.ics", OPEN, "kent/", "findings.json",
    "findings/SCR-06/", "kent/choosing-providers/", "kent/choosing-providers.json",
    "kent/choosing-providers.csv", "which-process/",
    f"{PANEL}/year-of-scrutiny/2024-25/", f"{PANEL}/year-of-scrutiny/2024-25.json",
    f"{PANEL}/year-of-scrutiny/2024-25.csv", "kent/who-does-what-in-scrutiny/",
]  # fmt: skip


@pytest.fixture
def scrutiny(kent):
    """One open recommendation that is overdue, and beside it one of each kind that is kept back."""

    def shut(kind, **fields):
        name = f"kent/{kind.kind}/hushwater"
        return asserted(name, kind(name="Hushwater", exempt=WHY, sources=PAPER, **fields))

    write(
        kent.book,
        asserted(PANEL, Body(name="Kent Panel", type="scrutiny committee", sources=PAPER)),
        asserted(
            OPEN,
            Recommendation(
                name="Open later", by=PANEL, to_whom=BOARD, made="2025-01-06",
                requested="2025-01-06", sources=PAPER,
            ),
        ),
        shut(
            Recommendation, by=PANEL, to_whom=BOARD, made="2025-01-07", requested="2025-01-07"
        ),
        shut(ScrutinyProtocol, by=PANEL, items_a_year=4),
        shut(ScrutinyRequest, by=PANEL, of=BOARD, reply_by="2025-02-01"),
        shut(Review, by=PANEL, began="2025-01-01"),
        shut(
            HealthwatchReport, by=PANEL,
            sent_to=(Recipient(body=BOARD, received="2025-01-06"),),
        ),
        shut(HealthwatchReferral, by=PANEL, to_whom=PANEL, referred="2025-01-06"),
        shut(
            Reconfiguration, by=BOARD, consultation=Consultation(began="2025-01-06"),
            called_in=Direction(on="2025-02-01"),
        ),
        shut(ProviderSelection, by=BOARD, begun="2025-01-06"),
        shut(ProgrammeItem, by=PANEL, when="2027-01", comes_from=(OPEN,)),
        at=hours(4),
    )  # fmt: skip
    return kent


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("day", ["", "as_at=2025-06-01"])
def test_nothing_kept_back_is_on_any_page_table_feed_or_calendar(scrutiny, address, day):
    answer = scrutiny.get(f"/{address}?{day}")
    assert answer.status_code == 200
    assert "hushwater" not in answer.content.decode().lower()


def test_what_is_kept_back_is_not_counted(scrutiny):
    data = scrutiny.get("/overdue.json").json()
    assert [each["id"] for each in data["overdue"]] == [OPEN]
    assert scrutiny.get("/kent/scrutiny.json").json()["count"] == 1


@pytest.mark.parametrize("ending", ["", ".json", ".csv"])
@pytest.mark.parametrize("entity", HIDDEN)
def test_what_is_kept_back_cannot_be_told_from_nothing(scrutiny, entity, ending):
    answer = scrutiny.get(f"/kent/{entity}{ending}")
    assert answer.status_code == 404
    there = answer.content.decode().replace(f"/kent/{entity}", "").replace(f"kent/{entity}", "")
    assert "Hushwater" not in there
