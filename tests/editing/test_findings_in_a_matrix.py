"""A delivery lead records a finding from the cell it is about; the form knows the cell already."""

import re
from datetime import date

import pytest

from commonweal.plans.maturity import (
    Heading,
    Horizon,
    Level,
    MaturityMatrix,
    MaturityStatement,
    Unit,
)
from commonweal_site.day import today
from tests.accounts.officers import officer, public
from tests.desk import asserted, write
from tests.site.conftest import PAPER, words

PLACE, SAID = "kent/area/thanet", "kent/maturity-statement/plan"
CELL = "kent/maturity-assessment/thanet-plan"
UNIT = f"/{PLACE}/maturity/"
TYPED = {
    "fact.found": "partly met", "fact.on": "2026-11-01", "fact.by_printed": "The place lead",
    "fact.evidence.rows": "1", "fact.evidence.0.words": "The plan is signed",
    "fact.sources.rows": "1", "fact.sources.0.document": "kent/document/paper",
    "from-day": "1", "from-month": "11", "from-year": "2026",
    "reason": "As the place lead found it",
}  # fmt: skip


@pytest.fixture
def matrix(kent):
    write(
        kent,
        asserted("kent/maturity-matrix/ours", MaturityMatrix(
            name="Ours", about="kent/area/system", sources=PAPER,
            levels=(Level(key="place", name="Places", units=(Unit(who=PLACE),)),),
            domains=(Heading(key="plan", name="Plans"),),
            horizons=(Horizon(key="soon", when="2027"),))),
        asserted(SAID, MaturityStatement(
            name="A plan is agreed", matrix="kent/maturity-matrix/ours", level="place",
            domain="plan", horizon="soon", sources=PAPER)),
    )  # fmt: skip
    return kent


def link(page):
    found = re.search(r'href="(/edit/[^"]+)">Record', page.content.decode())
    return found and found[1].replace("&amp;", "&")


def fields(page):
    """What a form carries, typed or hidden."""
    text = page.content.decode()
    found = dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', text))
    return {name: value for name, value in found.items() if not name.startswith("csrf")}


def test_nobody_else_is_offered_to_record_a_finding(matrix):
    assert link(public().get(UNIT)) is None
    assert link(officer("eve", ("kent", "reader")).get(UNIT)) is None
    assert "Record it" not in words(public().get(UNIT))


def test_the_form_knows_the_cell_it_was_opened_from(matrix):
    ann = officer("ann", ("kent", "editor"))
    known = fields(ann.get(link(ann.get(UNIT))))
    assert (known["fact.statement"], known["fact.unit"]) == (SAID, PLACE)
    assert known["slug"] == "thanet-plan"


def test_a_finding_is_seen_before_it_is_written_and_then_stands_in_the_matrix(matrix):
    ann = officer("ann", ("kent", "editor"))
    form = {**fields(ann.get(link(ann.get(UNIT)))), **TYPED}
    seen = ann.post("/edit/add/maturity-assessment/", {**form, "step": "preview"})
    assert seen.status_code == 200
    assert matrix.snapshot(today()).get(CELL) is None
    done = ann.post("/edit/add/maturity-assessment/", {**form, **fields(seen), "step": "write"})
    assert done.status_code == 302, words(done)
    fact = matrix.snapshot(date(2026, 11, 1)).fact(CELL)
    assert (fact.found, fact.evidence[0].words) == ("partly met", "The plan is signed")
    assert "Of 1 statement none is met and 1 partly met." in words(public().get(UNIT))
    assert link(ann.get(UNIT)) == f"/edit/{CELL}/amend/"


def test_a_finding_without_a_day_is_refused_and_nothing_is_written(matrix):
    ann = officer("ann", ("kent", "editor"))
    form = {**fields(ann.get(link(ann.get(UNIT)))), **TYPED, "fact.on": "soon", "step": "preview"}
    assert "‘soon’ is not a date" in words(
        ann.post("/edit/add/maturity-assessment/", form)
    ).replace("'soon'", "‘soon’")
    assert matrix.snapshot(today()).get(CELL) is None
