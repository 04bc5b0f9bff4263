"""A scenario that is not for publication is on no page of demand, in no comparison and in no twin."""

import pytest

from commonweal.demand.facts import Scenario, ScenarioAssumption
from tests.desk import asserted, write
from tests.site.conftest import PAPER

WHY = "Publicity would harm the public interest"
AREA = "kent/area/system"


@pytest.fixture
def hushed(kent):
    """An open scenario, one kept back, and one that rests on an assumption kept back."""
    grows = {"acts": "growth", "activities": ("admissions",), "sources": PAPER}
    kept = "kent/scenario-assumption/hushwater"
    write(
        kent.book,
        asserted("kent/scenario/open", Scenario(name="Open", about=AREA, sources=PAPER)),
        asserted(
            "kent/scenario/hushwater",
            Scenario(name="Hushwater closes", about=AREA, exempt=WHY, sources=PAPER),
        ),
        asserted(kept, ScenarioAssumption(name="Hushwater grows", exempt=WHY, **grows)),
        asserted(
            "kent/scenario/resting",
            Scenario(name="Resting on Hushwater", about=AREA, assumptions=(kept,), sources=PAPER),
        ),
    )
    return kent


@pytest.mark.parametrize(
    "path",
    ["/kent/demand/", "/kent/demand.json", "/kent/demand.csv", "/kent/demand/open/",
     "/kent/demand/compare/", "/kent/demand/hushwater/", "/kent/demand/hushwater.json",
     "/kent/demand/nothing/", "/kent/"],
)  # fmt: skip
def test_what_is_kept_back_is_nowhere(hushed, path):
    said = hushed.get(path).content.decode()
    assert "Hushwater" not in said
    if "hushwater" not in path:
        assert "hushwater" not in said


def test_what_is_kept_back_cannot_be_told_from_nothing(hushed):
    for slug in ("hushwater", "nothing"):
        assert hushed.get(f"/kent/demand/{slug}/").status_code == 404
    assert [e["name"] for e in hushed.get("/kent/demand.json").json()["scenarios"]] == ["Open"]
