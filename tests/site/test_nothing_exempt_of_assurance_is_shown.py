"""What is kept back of risks and oversight is on no page, in no table or text, nor counted."""

import pytest

from commonweal.assurance.assessing import SystemAssessment
from commonweal.assurance.evidence import Answers, Evidence
from commonweal.assurance.overseeing import Oversight, OversightSegment, PeerChallenge
from commonweal.assurance.recovery import RecoveryPlan
from commonweal.assurance.risks import Issue, Risk, Score
from commonweal.authority.facts import Function, Power
from tests.desk import asserted, write
from tests.site.conftest import PAPER

BOARD, OPEN, WHY = "kent/body/icb", "kent/risk/open", "It would help a fraudster"
HIGH = Score(likelihood=5, impact=5)
PAGES = [
    "risks/", "risks.json", "risks.csv", "assurance-framework/", "assurance-framework.csv",
    "who-oversees-whom/", "who-oversees-whom.json", "who-oversees-whom.csv", "evidence-library/",
    "evidence-library.json", "evidence-library.csv", "risk/open", "", "complexity/",
    "complexity.json", "complexity.csv", "issues/", "issues.json", "issues.csv",
    "assurance-framework.json",
]  # fmt: skip


@pytest.fixture
def assured(kent):
    """One open risk, and beside it one of each kind that is kept back."""

    def shut(kind, **fields):
        name = f"kent/{kind.kind}/hushwater"
        return asserted(name, kind(exempt=WHY, sources=PAPER, **fields))

    name = {"name": "Hushwater"}
    write(
        kent.book,
        asserted(OPEN, Risk(name="Beds", held_by=BOARD, current=HIGH, accepts=9, sources=PAPER)),
        shut(Risk, **name, held_by=BOARD, current=HIGH, accepts=9),
        shut(Issue, **name, held_by=BOARD, risk=OPEN),
        shut(Function, **name),
        shut(Power, function="kent/function/hushwater", holder=BOARD),
        shut(RecoveryPlan, **name, service=BOARD, of=BOARD),
        shut(Oversight, **name, by=BOARD, of=(BOARD,), asks=("Hushwater?",)),
        shut(OversightSegment, body=BOARD, year="2022/23", segment=4, note="Hushwater"),
        shut(SystemAssessment, of=BOARD, by="NHS England", state="published", rating="Hushwater"),
        shut(PeerChallenge, **name, of=BOARD),
        shut(
            Evidence, **name, about=(BOARD,), answers=(Answers(asker="audit", theme="hushwater"),)
        ),
    )
    return kent


@pytest.mark.parametrize("address", PAGES)
def test_nothing_kept_back_is_on_any_page_table_or_text(assured, address):
    answer = assured.get(f"/kent/{address}")
    assert answer.status_code == 200
    assert "hushwater" not in answer.content.decode().lower()


def test_what_is_kept_back_is_not_counted(assured):
    data = assured.get("/kent/risks.json").json()
    assert (data["count"], data["above_appetite"]) == (1, 1)
    assert assured.get("/kent/evidence-library.json").json()["count"] == 0
    assert assured.get("/kent/who-oversees-whom.json").json()["hours"] == []
