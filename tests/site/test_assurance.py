"""Risks, recovery, oversight and evidence in public: where each stands, and what is missing."""

import csv
import io

import pytest
from jsonschema import Draft202012Validator

from commonweal_site.openapi import document
from tests.site.conftest import words

X, DAY = "/exampleshire", "as_at=2026-12-01"
WINTER = f"{X}/risk/winter-beds"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (f"{X}/risks/?{DAY}", "3 of 9 risks are above what its holder says it accepts."),
        (f"{X}/risks/?as_at=2026-06-15", "4 of 8 risks are above what its holder says it accepts."),
        (f"{X}/risks/?as_at=2024-12-09", "No risk is on record here on this day."),
        ("/black-country-wolverhampton/risks/", "4 risks are on record, without a score"),
        (f"{WINTER}?{DAY}", "Its score is 20: almost certain (5) and major (4)"),
        (f"{WINTER}?{DAY}", "above the 12 accepted by NHS Exampleshire Integrated Care Board"),
        (f"{X}/risk/therapists?{DAY}", "nothing is still to be done about it"),
        (f"{X}/recovery-plan/talking-therapies?{DAY}", "2 of 3 actions are done, and 1 of 2 conditions for its end is met. 1 ask of others stands beside it."),
        (f"{X}/who-oversees-whom/?{DAY}", "5 questions are asked of a body more than once."),
        (f"{X}/issues/?{DAY}", "Of 2 issues on record 1 is still to be put right. 1 has stopped on the way to it."),
        (f"{X}/issue/trolleys?{DAY}", "It is open. ‘Say within a week what went wrong’ was due 23 November 2026 and is not done."),
        (f"{X}/issue/trolleys?as_at=2026-11-23", "It is open. No step is missing"),
        (f"{X}/issue/ninety-days?{DAY}", "It was put right on 20 February 2026. No step is missing"),
        ("/dorset/issues/", "No issue is on record here on this day."),
        (f"{X}/risks/?{DAY}&only=above", "3 of 3 risks are above"),
        ("/dorset/who-oversees-whom/", "Who oversees whom is not on record here"),
        ("/dorset/who-oversees-whom/?as_at=2021-06-01", "4 things are asked of 1 body here; how many hours that takes is not on record."),
        ("/hampshire-and-isle-of-wight/who-oversees-whom/?as_at=2018-10-01", "Assurance of the system’s plan, not of each organisation’s"),
        ("/black-country-wolverhampton/who-oversees-whom/", "Report on the strategic risk register"),
        ("/north-east-and-north-cumbria/who-oversees-whom/?as_at=2021-08-01", "1 body oversees others here; what is asked, how often and at what cost is not on record."),
        (f"{X}/who-oversees-whom/?{DAY}", "None given, and none assumed"),
        (f"{X}/evidence-library/?{DAY}", "Of 6 pieces of evidence, 1 has gone stale."),
        ("/dorset/evidence-library/", "No evidence for reviewers is on record here"),
        (f"{X}/assurance-framework/?{DAY}", "Because more people fall ill in winter than beds are open for"),
        ("/black-country-wolverhampton/risk/charging-reform", "is not on record"),
    ],
)  # fmt: skip
def test_a_page_begins_with_the_answer(shipped, path, said):
    assert said in words(shipped.get(path))


def test_a_risk_moves_by_the_versions_of_its_score_and_none_that_came_later(shipped):
    def winter(day):
        rows = shipped.get(f"{X}/risks.json?as_at={day}").json()["risks"]
        (row,) = [each for each in rows if each["id"] == WINTER[1:]]
        return row["current"], row["before"], row["movement"]

    assert winter("2024-12-10") == (20, None, "new")
    assert winter("2025-06-17") == (16, 20, "better")
    assert winter("2026-06-16") == (16, 16, "the same")
    assert winter("2026-11-09") == (16, 16, "the same")
    assert winter("2026-11-10") == (20, 16, "worse")


def test_the_highest_score_comes_first_and_every_twin_says_the_same(shipped):
    data = shipped.get(f"{X}/risks.json?{DAY}").json()
    scores = [each["current"] for each in data["risks"]]
    assert scores == sorted(scores, reverse=True)
    assert (data["count"], data["above_appetite"]) == (9, 3)
    rows = list(csv.DictReader(io.StringIO(shipped.get(f"{X}/risks.csv?{DAY}").content.decode())))
    assert [each["id"] for each in rows] == [each["id"] for each in data["risks"]]


def test_hours_are_hours_each_time_times_a_year_added_up(shipped):
    data = shipped.get(f"{X}/who-oversees-whom.json?{DAY}").json()
    hours = {each["body"].rpartition("/")[2]: each for each in data["hours"]}
    # 12 x 14 + 4 x 20 + 1 x 120 + 6 x 10 + 26 x 1.5
    assert hours["hospitals"]["hours_a_year"] == 168 + 80 + 120 + 60 + 39
    assert hours["federation"] == {
        "body": "exampleshire/body/federation", "hours_a_year": 120, "not_stated": 1,
    }  # fmt: skip


def test_evidence_counts_on_its_last_day_and_is_missing_on_the_next(shipped):
    def missing(day):
        data = shipped.get(f"{X}/evidence-library.json?as_at={day}").json()
        return [each["theme"] for each in data["missing"]]

    assert "quality and safety" not in missing("2026-10-31")
    assert "quality and safety" in missing("2026-11-01")


def test_a_risk_leads_to_the_evidence_on_the_same_matter(shipped):
    page = shipped.get(f"{X}/risk/waits-for-therapies?{DAY}").content.decode()
    assert "/exampleshire/evidence/waits-by-town" in page
    assert "/exampleshire/peer-challenge/therapies" in page


@pytest.mark.parametrize("ending", ["docx", "csv", "json", "xlsx"])
def test_the_framework_can_be_taken_away_in_other_forms(shipped, ending):
    answer = shipped.get(f"{X}/assurance-framework.{ending}?{DAY}")
    assert answer.status_code == 200
    assert answer.content


@pytest.mark.parametrize("word", ["risks", "who-oversees-whom", "evidence-library", "assurance-framework", "complexity", "issues"])  # fmt: skip
def test_a_system_that_is_not_there_is_not_found(shipped, word):
    assert shipped.get(f"/nowhere/{word}/").status_code == 404


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("risks", "Risks"),
        ("assurance-framework", "AssuranceFramework"),
        ("issues", "Issues"),
        ("who-oversees-whom", "Overseen"),
        ("evidence-library", "Library"),
        ("complexity", "Complexity"),
    ],
)
def test_the_data_has_what_the_openapi_document_says(shipped, word, shape):
    schemas = document()["components"]["schemas"]
    held = {"$ref": f"#/components/schemas/{shape}", "components": {"schemas": schemas}}
    data = shipped.get(f"{X}/{word}.json?{DAY}").json()
    assert list(Draft202012Validator(held).iter_errors(data)) == []
    assert data["as_at"] == "2026-12-01"


def test_how_tangled_a_system_is_can_be_seen_before_and_after_a_change(shipped):
    boards = "body=exampleshire/body/north-place-board&and=exampleshire/body/south-place-board"
    data = shipped.get(f"{X}/complexity.json?{DAY}&{boards}").json()
    assert data["after"]["bodies"] == data["now"]["bodies"] - 1
    text = words(shipped.get(f"{X}/complexity/?{DAY}&{boards}"))
    assert "1 pair of them may act on the same in the same area." in text
    assert "After the change:" in text


def test_a_body_that_is_not_there_cannot_end(shipped):
    asked = f"{X}/complexity.json?{DAY}&body=exampleshire/body/nobody"
    assert "nobody" in shipped.get(asked).json()["fault"]
    assert shipped.get(asked).status_code == 400
    assert shipped.get(asked.replace(".json", "/")).status_code == 400


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("held_by=exampleshire/body/nobody", "No risk is held by ‘exampleshire/body/nobody’"),
        ("only=below", "‘below’ is no part of a register. Write ‘above’, or leave it out."),
    ],
)
def test_a_part_of_the_register_that_is_not_there_is_told(shipped, asked, said):
    answer = shipped.get(f"{X}/risks.json?{DAY}&{asked}")
    assert (answer.status_code, said in answer.json()["fault"]) == (400, True)
    assert said in words(shipped.get(f"{X}/risks/?{DAY}&{asked}"))


def test_the_framework_begins_with_the_objective_that_is_furthest_above_what_is_accepted(shipped):
    objectives = shipped.get(f"{X}/assurance-framework.json?{DAY}").json()["objectives"]
    stands = [each["stands"].partition(":")[0] for each in objectives]
    assert stands == ["Above what is accepted"] * 3 + ["Within what is accepted"] * 6
    first = objectives[0]
    assert first["stands"].endswith("has a score of 20 where up to 12 is accepted.")
    assert first["because"] == (
        "It got worse, 1 gap is stated and nothing fresh is on record on the second and third lines."
    )


def test_a_recovery_is_told_in_the_order_in_which_it_happened(shipped):
    (plan,) = shipped.get(f"{X}/issues.json?{DAY}").json()["recovery_plans"]
    whens = [each["when"] for each in plan["story"]]
    assert whens == sorted(whens)
    assert plan["story"][0]["what"].startswith("It was told: People wait for 90 days")
    assert plan["story"][-1]["what"] == "To be done: Evening sessions in Harbour"


def test_two_days_of_one_system_are_set_side_by_side(shipped):
    where = "/hampshire-and-isle-of-wight/complexity"
    asked = "as_at=2022-06-30&then=2022-07-01"
    data = shipped.get(f"{where}.json?{asked}").json()
    assert (data["now"]["hand_offs"], data["after"]["hand_offs"]) == (4, 1)
    assert "On 1 July 2022:" in words(shipped.get(f"{where}/?{asked}"))
    answer = shipped.get(f"{where}.json?then=yesterday")
    assert (answer.status_code, "‘yesterday’ is no day" in answer.json()["fault"]) == (400, True)


def test_a_return_of_a_body_that_ends_costs_no_hours_and_two_that_become_one_answer_once(shipped):
    def hours(*bodies):
        asked = "&".join(f"body=exampleshire/body/{each}" for each in bodies)
        data = shipped.get(f"{X}/complexity.json?{DAY}&{asked}").json()
        return data["now"]["hours_a_year"], data["after"]["hours_a_year"]

    now, without = hours("federation")
    assert now - without == 120
    assert now - hours("hospitals", "mental-health")[1] == 12 * 14 + 4 * 20 + 120


def test_the_library_says_what_went_stale_what_is_missing_and_what_answers_several(shipped):
    data = shipped.get(f"{X}/evidence-library.json?{DAY}").json()
    assert data["gone_stale"] == ["exampleshire/evidence/shifts"]
    assert len(data["answers_several"]) == 4
    text = words(shipped.get(f"{X}/evidence-library/?{DAY}"))
    assert "One paper, several answers" in text
    assert "Questions without an answer that counts" in text
