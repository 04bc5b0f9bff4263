"""The book of a scenario says every assumption with its range and source, who disagrees, and what is missing."""

from datetime import date
from decimal import Decimal

import pytest

from commonweal.demand.book import book
from commonweal.demand.eliciting import beside, disagree, said_plainly
from commonweal.demand.errors import CannotProject
from commonweal.demand.facts import Scenario, ScenarioAssumption, View
from commonweal.demand.futures import Run, project
from commonweal.record.facts import Source
from commonweal.record.manuscript import Bullets, Note, words
from tests.demand.invented import inputs, scenario
from tests.desk import asserted, write
from tests.site.conftest import small

D = Decimal
PAPER = (Source(document="kent/document/paper", at="paragraph 4"),)
LESS, GROWS = "kent/scenario-assumption/less", "kent/scenario-assumption/grows"


def view(who, low, high):
    return View(who=who, low=D(low), high=D(high))


def less(**more):
    said = {"low": D("0.55"), "high": D("0.90"), "share": D("0.2")} | more
    return ScenarioAssumption(
        name="Care at home", acts="avoidance", activities=("emergency-admissions",), sources=PAPER, **said
    )  # fmt: skip


@pytest.mark.parametrize(
    ("it", "said"),
    [
        (less(), "10 to 45% less"),
        (less(low=None, high=None, central=D("0.8")), "20% less"),
        (less(low=None, high=None), "Not stated"),
        (ScenarioAssumption(name="G", acts="growth", low=D("0.99"), high=D("1.016")), "−1 to 1.6% a year"),
        (ScenarioAssumption(name="H", acts="health", low=D("0.2"), high=D("0.6")), "20 to 60%"),
        (ScenarioAssumption(name="B", acts="baseline", central=D("1.02")), "102%"),
        (ScenarioAssumption(name="W", acts="waiting list", low=D(10), high=D(30)), "10 to 30 more a year"),
    ],
)  # fmt: skip
def test_a_range_is_said_as_a_person_says_it(it, said):
    assert said_plainly(it) == said


def test_those_asked_disagree_where_no_number_lies_in_every_range():
    touching = less(views=(view("Doctor", "0.5", "0.7"), view("Nurse", "0.7", "0.9")))
    apart = less(views=(view("Doctor", "0.5", "0.69"), view("Nurse", "0.7", "0.9")))
    assert (disagree(touching), disagree(apart), disagree(less())) == (False, True, False)
    assert beside(touching) == (
        "2 were asked: from 10 to 50% less. Every range holds 30% less. "
        "The scenario takes 10 to 45% less."
    )
    assert "No number lies in every range: they disagree." in beside(apart)


@pytest.fixture
def kent(sqlite, tmp_path):
    """A scenario with one agreed assumption that is disputed, and one number that nobody agreed."""
    with sqlite.fresh(tmp_path) as made:
        small(made)
        write(
            made,
            asserted(LESS, less(
                agreed_by="The clinical panel",
                views=(view("Doctor", "0.5", "0.69"), view("Nurse", "0.7", "0.9")),
            )),
            asserted(GROWS, ScenarioAssumption(
                name="Growth", acts="growth", activities=("emergency-admissions",),
                central=D("1.01"), sources=PAPER,
            )),
            asserted("kent/scenario/one", Scenario(
                name="One", about="kent/area/system", base=2026, assumptions=(GROWS, LESS), sources=PAPER,
            )),
        )  # fmt: skip
        yield made.snapshot(date(2026, 5, 1))


def lacking(text):
    return [
        words(each) for block in text.blocks if isinstance(block, Bullets) for each in block.lines
    ]


def test_every_assumption_stands_in_the_book_with_its_source_and_who_agreed_it(kent):
    text = book(kent, "kent/scenario/one")
    table = text.tables[0]
    cells = [[words(each) for cell in row.cells for each in cell] for row in table.rows]
    assert [row[0] for row in cells] == ["Growth", "Care at home"]
    assert cells[0][4:7] == ["One number", "1.01", "One number"]
    assert cells[1][4:7] == ["0.55", "The middle", "0.90"]
    assert cells[1][-1] == "The clinical panel"
    assert all(row.sources for row in table.rows)
    assert "Those asked disagree on Care at home." in text.summary


def test_what_is_missing_is_counted(kent):
    text = book(kent, "kent/scenario/one")
    assert lacking(text) == [
        "The scenario states no horizon, so that it cannot be run as it stands.",
        "“Growth” is one number, as if it were known; its range is not stated.",
        "Who agreed “Growth” is not recorded.",
    ]
    [note] = [words(block.line) for block in text.blocks if isinstance(block, Note)]
    assert note == "3 things are missing."


def test_the_book_carries_the_seed_the_data_the_method_and_the_program(kent):
    has = inputs()
    outlook = project(has, scenario(), Run(seed=7, draws=20, code="commonweal 0"))
    text = book(kent, "kent/scenario/one", outlook)
    said = {words(row.cells[0][0]): words(row.cells[1][0]) for row in text.tables[-1].rows}
    assert (said["Seed"], said["Futures drawn"], said["Program"]) == ("7", "20", "commonweal 0")
    assert said["People and rates, as run here"] == outlook.provenance.data


def test_what_is_no_scenario_has_no_book(kent):
    with pytest.raises(CannotProject, match="is no scenario"):
        book(kent, GROWS)
