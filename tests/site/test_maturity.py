"""The matrix of maturity as anybody may read it: whole, unit by unit, statement by statement."""

import csv
import io

import pytest

from tests.site.conftest import words

X, HIOW = "/exampleshire", "/hampshire-and-isle-of-wight"
CLUSTER = f"{HIOW}/area/cluster-01/maturity"
PAGES = [
    f"{X}/maturity/", f"{HIOW}/maturity/", f"{HIOW}/maturity/?as_at=2018-10-01", "/dorset/maturity/",
    f"{CLUSTER}/", f"{X}/area/castle/maturity/", f"{X}/area/north/maturity/",
    f"{HIOW}/body/partnership-2018-isle-of-wight/maturity/", f"{X}/area/system/maturity/",
    f"{X}/maturity-statement/teams-redesign-second", f"{X}/maturity-statement/places-redesign-second",
    f"{HIOW}/maturity-statement/clusters-redesign-second-1",
    f"{X}/maturity-assessment/southgate-teams-redesign-first",
    f"{X}/maturity-matrix/neighbourhood-teams",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_maturity_answers(shipped, path):
    assert shipped.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/nowhere/maturity/", "/nowhere/maturity.csv", f"{X}/area/none/maturity/",
     f"{X}/area/cluster-riverside/maturity.json", f"{X}/maturity-statement/none",
     f"{X}/maturity-assessment/none"],
)  # fmt: skip
def test_what_is_not_on_record_is_said_not_to_be(shipped, path):
    assert shipped.get(path).status_code == 404


def rows(shipped, path):
    return list(csv.DictReader(io.StringIO(shipped.get(path).content.decode())))


def test_the_matrix_of_2018_is_whole_and_nothing_in_it_is_made_up(shipped):
    cells = rows(shipped, f"{HIOW}/maturity.csv")
    assert len(cells) == 1507
    assert {cell["found"] for cell in cells} == {"not recorded"}
    assert len({cell["statement"] for cell in cells}) == 107
    assert len({cell["subject"] for cell in cells}) == 6
    assert len({cell["due"] for cell in cells}) == 2
    assert len({cell["unit"] for cell in cells}) == 36 + 4 + 1
    said = words(shipped.get(f"{HIOW}/maturity/"))
    assert "Nothing is on record of any of the 1,507 cells" in said
    assert "A finding is on record for none of its 107 statements." in said


def test_what_is_found_adds_up_in_every_form(shipped):
    cells = rows(shipped, f"{X}/maturity.csv")
    (matrix,) = shipped.get(f"{X}/maturity.json").json()["matrices"]
    assert matrix["cells"] == len(cells) == sum(matrix["found"].values())
    met = sum(cell["found"] == "met" for cell in cells)
    assert f"Of {len(cells)} cells {met} are met" in words(shipped.get(f"{X}/maturity/"))
    unit = shipped.get(f"{X}/area/castle/maturity.json").json()["cells"]
    assert unit == [
        {**each, "unit": "exampleshire/area/castle"} for each in unit
    ]  # fmt: skip
    assert len(unit) == sum(cell["unit"].endswith("/castle") for cell in cells)


def test_before_the_assessments_were_made_nothing_is_recorded(shipped):
    (matrix,) = shipped.get(f"{X}/maturity.json?as_at=2026-03-30").json()["matrices"]
    assert matrix["recorded"] == 0


def test_a_share_is_worked_out_with_its_working(shipped):
    said = words(shipped.get(f"{X}/maturity-statement/teams-redesign-second"))
    assert "4 of 8 components are in place (50%); the least is 50%." in said
    assert "How many of its components are in place is not recorded." in said
    said = words(shipped.get(f"{X}/maturity-statement/places-redesign-second"))
    assert "of 3 neighbourhood teams meet every statement due by the end of March 2026" in said


def test_units_stand_in_the_order_of_the_matrix_and_not_of_how_they_do(shipped):
    (matrix,) = shipped.get(f"{X}/maturity.json").json()["matrices"]
    names = [unit["name"] for unit in matrix["levels"][0]["units"]]
    page = shipped.get(f"{X}/maturity-statement/teams-redesign-second").content.decode()
    found = [page.index(f">{name}</a>") for name in names]
    assert found == sorted(found)
    assert names[0] == "Northfield"


def test_a_reader_goes_from_a_finding_to_its_evidence_and_its_challenge(shipped):
    unit = shipped.get(f"{X}/area/southgate/maturity/").content.decode()
    assert 'href="/exampleshire/maturity-assessment/southgate-teams-redesign-first"' in unit
    said = words(shipped.get(f"{X}/maturity-assessment/southgate-teams-redesign-first"))
    for fact in (
        "Visit and papers seen at the review", "Healthwatch Exampleshire",
        "social care has not come to a meeting since June", "By the end of January 2027 (moved 2 times)",
        "The social care post stood empty",
    ):  # fmt: skip
        assert fact in said, fact


def test_what_was_learnt_says_whom_to_ask(shipped):
    said = words(shipped.get(f"{X}/maturity/"))
    assert "three weeks" in said
    assert 'href="/exampleshire/body/network-oak"' in shipped.get(f"{X}/maturity/").content.decode()


def test_the_page_of_a_unit_leads_to_how_far_it_has_come_and_of_no_other(shipped):
    leads = "How far it has come, statement by statement"
    assert leads in words(shipped.get(f"{HIOW}/area/cluster-01"))
    assert leads in words(shipped.get(f"{HIOW}/body/partnership-2018-isle-of-wight"))
    assert leads not in words(shipped.get(f"{X}/body/icb"))


def test_a_unit_is_told_in_statements_and_a_statement_in_units(shipped):
    assert "Of 8 statements 1 is met, 3 partly met" in words(
        shipped.get(f"{X}/area/southgate/maturity/")
    )
    said = words(shipped.get(f"{X}/maturity-statement/teams-redesign-second"))
    assert "It is met in 4 of 9 units, partly met in 2, not met in 2 and not recorded in 1." in said
    silent = words(shipped.get(f"{HIOW}/maturity-statement/clusters-redesign-second-1"))
    assert "Nothing is on record of it in any of the 36 units." in silent


def test_a_unit_is_offered_what_others_learnt_where_it_has_still_to_go_with_the_evidence(shipped):
    southgate = words(shipped.get(f"{X}/area/southgate/maturity/"))
    assert "What others learnt where this unit has still to go" in southgate
    assert "Meeting in the same room as the discharge nurses" in southgate
    assert "Met, Visit and papers seen at the review" in southgate
    # Castle has met them all: it is offered nothing, and not its own learning
    castle = words(shipped.get(f"{X}/area/castle/maturity/"))
    assert "What others learnt where this unit has still to go" not in castle


def test_what_is_doubted_and_what_moved_is_listed_with_the_first_date(shipped):
    said = words(shipped.get(f"{X}/maturity/"))
    assert "Doubted, or moved" in said
    assert "Residents say that social care has not come to a meeting since June." in said
    assert "By the end of January 2027; at first" in said
    assert "Doubted, or moved" not in words(shipped.get(f"{HIOW}/maturity/"))


def test_the_matrix_tells_how_it_filled_quarter_by_quarter(shipped):
    (matrix,) = shipped.get(f"{X}/maturity.json").json()["matrices"]
    first, second = matrix["quarters"]
    assert (first["quarter"], first["covered"], first["recorded"]) == ("2025/26 Q4", 2, 12)
    assert (second["quarter"], second["recorded"]) == ("2026/27 Q2", matrix["recorded"])
    assert second["met"] == matrix["found"]["met"]
    assert "Quarter by quarter" in words(shipped.get(f"{X}/maturity/"))
