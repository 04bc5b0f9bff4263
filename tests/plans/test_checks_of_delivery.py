"""What the rules find of milestones and of findings in a matrix."""

from datetime import date

import pytest

from commonweal.bodies.facts import Body
from commonweal.plans.maturity import (
    Evidence,
    Heading,
    Horizon,
    Level,
    MaturityAssessment,
    MaturityMatrix,
    MaturityStatement,
    Unit,
)
from commonweal.plans.milestones import Milestone, WaitsFor
from commonweal.record.documents import Document
from tests.making import a, outcomes, record_of, said

ONE, FIRST, OWNER = "kent/milestone/one", "kent/milestone/first", "kent/body/group"
DAY = date(2022, 7, 1)


def found(number: str, fact: Milestone, *more, day: date = DAY) -> str | None:
    return outcomes(record_of(a(ONE, fact), *more)(day), number).get(ONE)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "cannot tell"),
        ({"reached": "reached", "reached_on": "2022-06-30"}, "met"),
        ({"reached": "reached", "reached_on": "2022-07-01"}, "not met"),
        ({"reached": "under way", "reached_on": "2022-06"}, "not met"),
        ({"reached": "dropped", "reached_on": "2022-06"}, None),
    ],
)
def test_a_milestone_is_judged_only_by_what_a_source_says(fields, expected):
    assert found("DLV-DATE", Milestone(name="One", when="2022-06", **fields)) == expected


def test_a_milestone_is_not_judged_before_its_time_is_over():
    assert found("DLV-DATE", Milestone(name="One", when="2022-06"), day=date(2022, 6, 30)) is None


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("2022-06-30", "met"),
        ("2022-07-01", "not met"),
        ("2022/23 Q1", "met"),
        ("2022", "not met"),
        (None, "cannot tell"),
    ],
)
def test_a_milestone_is_not_due_before_another_that_it_waits_for(first, expected):
    fact = Milestone(name="One", when="2022-06", waits_for=(WaitsFor(what=FIRST),))
    assert found("DLV-ORDER", fact, a(FIRST, Milestone(name="First", when=first))) == expected


def test_a_milestone_that_waits_for_nothing_is_not_tried():
    assert found("DLV-ORDER", Milestone(name="One", when="2022-06")) is None


def test_an_owner_who_has_ended_leaves_an_open_milestone_without_one():
    fact = Milestone(name="One", when="2022-06", owner=OWNER)
    group = a(OWNER, Body(name="Group", type="task and finish group"), until="2022-07-01")
    assert found("DLV-OWNER", fact, group, day=date(2022, 6, 30)) == "met"
    assert found("DLV-OWNER", fact, group) == "not met"


def test_nobody_need_own_what_was_reached():
    done = Milestone(name="One", reached="reached", reached_on="2022-06")
    assert found("DLV-OWNER", done) is None
    assert found("DLV-OWNER", Milestone(name="One")) == "cannot tell"
    assert found("DLV-OWNER", Milestone(name="One", owner_printed="Leads")) == "cannot tell"


PAPER = "kent/document/minutes"


@pytest.mark.parametrize(
    ("dated", "expected"),
    [("2022-05-31", "not met"), ("2022-06-01", "met"), ("2022-08", "met"), (None, "cannot tell")],
)
def test_what_was_written_before_cannot_show_that_it_was_reached(dated, expected):
    fact = Milestone(name="One", reached="reached", reached_on="2022-06-01", shown_by=(PAPER,))
    paper = a(PAPER, Document(title="Minutes", date=dated))
    assert found("DLV-EVIDENCE", fact, paper) == expected


def test_a_status_without_a_paper_cannot_be_told():
    fact = Milestone(name="One", reached="reached", reached_on="2022-06-01")
    assert found("DLV-EVIDENCE", fact) == "cannot tell"
    assert found("DLV-EVIDENCE", Milestone(name="One")) is None


# --- findings in a matrix -------------------------------------------------------------------------

MATRIX, STATEMENT, CELL = (
    f"kent/maturity-{kind}/one" for kind in ("matrix", "statement", "assessment")
)
EAST = "kent/area/east"
SHAPE = MaturityMatrix(
    name="Ours", about=EAST, levels=(Level(key="team", name="Teams", units=(Unit(who=EAST),)),),
    domains=(Heading(key="plan", name="Plans"),), horizons=(Horizon(key="soon", when="2019"),),
)  # fmt: skip


def matrix(level: str = "team", unit: str = EAST, dated: str = "2018-12"):
    shown = (Evidence(words="Signed", document=PAPER),)
    return record_of(
        a(MATRIX, SHAPE),
        a(PAPER, Document(title="Minutes", date=dated)),
        a(STATEMENT, MaturityStatement(
            name="A plan", matrix=MATRIX, level=level, domain="plan", horizon="soon")),
        a(CELL, MaturityAssessment(
            statement=STATEMENT, unit=unit, found="met", on="2018-12-31", evidence=shown)),
    )(DAY)  # fmt: skip


def test_a_statement_stands_where_its_matrix_has_a_place_for_it():
    assert outcomes(matrix(), "DLV-CELL") == {MATRIX: "met"}
    assert outcomes(matrix(level="board"), "DLV-CELL")[STATEMENT] == "not met"
    assert "There are: team." in said(matrix(level="board"), "DLV-CELL", STATEMENT)


def test_an_assessment_is_of_a_unit_of_its_level():
    assert outcomes(matrix(unit="kent/area/west"), "DLV-CELL")[CELL] == "not met"


@pytest.mark.parametrize(
    ("dated", "expected"), [("2018-12-31", "met"), ("2019-01-01", "not met")]
)  # fmt: skip
def test_a_finding_does_not_rest_on_a_paper_that_was_not_written_yet(dated, expected):
    assert outcomes(matrix(dated=dated), "DLV-EVIDENCE")[CELL] == expected
