"""A year of a scrutiny committee in every form, and who does what in scrutiny."""

import csv
import io
import json

import pytest
from jsonschema import Draft202012Validator

from commonweal_site.openapi import document
from tests.site.conftest import words

X, DAY = "/exampleshire", "as_at=2026-12-01"
YEAR = f"{X}/body/exampleshire-scrutiny/year-of-scrutiny/2026-27"
ROLES = f"{X}/who-does-what-in-scrutiny"


def test_a_year_is_told_first_in_two_sentences(shipped):
    text = words(shipped.get(f"{YEAR}/?{DAY}"))
    assert (
        "In 2026/27 the committee made 4 recommendations; 3 responses were asked for: 1 in time, "
        "1 late, 1 overdue. 1 was accepted wholly or in part, and 1 is on record as done." in text
    )
    assert "It can take up 12 items a year, and 3 are planned; room for 9 more is left." in text


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx", "csv", "zip", "json"])
def test_a_year_can_be_taken_away_in_every_form(shipped, ending):
    answer = shipped.get(f"{YEAR}.{ending}?{DAY}")
    assert answer.status_code == 200
    assert answer.content


def test_a_committees_own_view_stands_beside_what_the_record_shows(shipped):
    text = words(shipped.get(f"{YEAR.replace('2026-27', '2025-26')}/?{DAY}"))
    assert "Two open evenings were full. To do better: Hold one in Market." in text


def test_a_year_without_anything_on_record_says_which_years_there_are(shipped):
    answer = shipped.get(f"{YEAR.replace('2026-27', '1999-00')}/?{DAY}")
    assert answer.status_code == 404
    assert "On record: 2026-27, 2025-26" in words(answer)
    board = shipped.get(f"{X}/body/icb/year-of-scrutiny/2026-27/?{DAY}")
    assert board.status_code == 404
    assert "is not a scrutiny committee" in words(board)


def test_the_page_of_scrutiny_leads_to_both(shipped):
    page = shipped.get(f"{X}/scrutiny/?{DAY}").content.decode()
    assert f"{YEAR}/?" in page.replace("&amp;", "&")
    assert f"{ROLES}/" in page
    assert "12 items a year, 3 of them kept free" in words(shipped.get(f"{X}/scrutiny/?{DAY}"))


def test_who_does_what_names_the_bodies_of_the_system(shipped):
    text = words(shipped.get(f"{ROLES}/?{DAY}"))
    assert "Answers a recommendation in writing within 28 days of being asked" in text
    table = shipped.get(f"{ROLES}.csv?{DAY}").content.decode()
    rows = list(csv.DictReader(io.StringIO(table)))
    comments = next(row for row in rows if row["rule"] == "SCR-22")
    assert "exampleshire/body/joint-scrutiny" in comments["bodies"]


def test_who_does_what_follows_the_law_of_the_day(shipped):
    def rules(day):
        return {each["rule"] for each in shipped.get(f"{ROLES}.json?as_at={day}").json()["roles"]}

    assert "SCR-26" in rules("2022-07-01") - rules("2022-06-30")


def test_what_is_answered_is_as_described(shipped):
    paths, schemas = document()["paths"], document()["components"]["schemas"]
    for address, path in (
        ("/{system}/who-does-what-in-scrutiny.json", f"{ROLES}.json"),
        ("/{system}/body/{committee}/year-of-scrutiny/{year}.json", f"{YEAR}.json?{DAY}"),
    ):
        ok = paths[address]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        name = ok["$ref"].rsplit("/", 1)[-1]
        Draft202012Validator(schemas[name]).validate(json.loads(shipped.get(path).content))
