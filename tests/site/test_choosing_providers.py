"""Choosing providers on the web: which process, and how providers were chosen."""

import csv
import io
import json

import pytest
from jsonschema import Draft202012Validator

from commonweal_site.openapi import document
from tests.site.conftest import words

X, DAY = "/exampleshire", "as_at=2026-12-01"
RENEWAL = {
    "only_capable": "no", "choice_offered": "no", "replaces_ending": "yes", "satisfied": "yes",
    "different_character": "no", "brought_about": "yes", "old": "£2,000,000", "new": "2499999.99",
    "identifiable": "no", "as_at": "2025-11-12",
}  # fmt: skip


def asked(site, **changed):
    return site.get("/which-process.json", {**RENEWAL, **changed}).json()


def test_the_answer_stands_first_with_what_each_process_asks_for(shipped):
    text = words(shipped.get("/which-process/", RENEWAL))
    assert "The authority may choose: direct award C or a competition." in text
    assert "the contract may be made from 26 November 2025" in text
    assert text.index("The authority may choose") < text.index("Change an answer")


def test_a_penny_more_closes_direct_award_c(shipped):
    assert asked(shipped)["open"] == ["direct award C", "competition"]
    assert asked(shipped, new="2500000")["open"] == ["competition"]


def test_the_law_of_the_day_is_asked(shipped):
    before = asked(shipped, as_at="2023-12-31")
    assert (before["rule"], before["open"]) == ("CMP-01", [])
    assert asked(shipped, as_at="2024-01-01")["rule"] == "PSR-01"


def test_without_an_answer_the_page_only_asks(shipped):
    text = words(shipped.get("/which-process/"))
    assert "Answer what you know" in text
    assert "Each process, and why" not in text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"satisfied": "perhaps"}, "Say yes or no"), ({"old": "-1"}, "below nothing"),
     ({"new": "much"}, "not an amount")],
)  # fmt: skip
def test_what_is_no_answer_is_said_to_be_none(shipped, wrong, said):
    answer = shipped.get("/which-process.json", {**RENEWAL, **wrong})
    assert (answer.status_code, list(answer.json())) == (400, ["fault"])
    assert said in answer.json()["fault"]
    page = shipped.get("/which-process/", {**RENEWAL, **wrong})
    assert page.status_code == 400
    assert said in words(page)


def test_a_system_lists_how_its_providers_were_chosen_and_what_is_broken(shipped):
    text = words(shipped.get(f"{X}/choosing-providers/?{DAY}"))
    assert "6 choices of providers of health care are on record. 2 of them break a rule." in text
    assert "Representations may be made until the end of 25 November 2025" in text
    data = shipped.get(f"{X}/choosing-providers.json?{DAY}").json()
    broken = {each["id"].rsplit("/", 1)[-1]: each["broken"] for each in data["chosen"]}
    assert broken["mental-health"] == ["PSR-04", "PSR-08"]
    assert broken["hearing-tests"] == []
    table = shipped.get(f"{X}/choosing-providers.csv?{DAY}").content.decode()
    assert len(list(csv.DictReader(io.StringIO(table)))) == 6


def test_a_choice_tells_only_what_had_happened_by_the_day(shipped):
    path = f"{X}/provider-selection/community-market"
    assert "The standstill ends then." in words(shipped.get(f"{path}?as_at=2024-09-20"))
    waiting = words(shipped.get(f"{path}?as_at=2024-10-01"))
    assert "so the standstill goes on" in waiting
    story = waiting.partition("What happened")[2].partition("Criteria considered")[0]
    assert "Further decision" not in story
    assert "made a contract on 17 October 2024" in words(shipped.get(f"{path}?as_at=2024-10-17"))


def test_a_choice_leads_to_its_decision_and_back(shipped):
    path = f"{X}/provider-selection/community-market"
    page = shipped.get(f"{path}?{DAY}").content.decode()
    assert f"{X}/decision/community-market-2024" in page
    back = shipped.get(f"{X}/decision/community-market-2024.json?{DAY}").content.decode()
    assert path.removeprefix("/") in back


def test_a_system_that_is_not_on_record_is_not_found(shipped):
    assert shipped.get("/nowhere/choosing-providers/").status_code == 404
    assert "No choice of a provider" in words(shipped.get("/dorset/choosing-providers/"))


def test_what_is_answered_is_as_described(shipped):
    described = document()["paths"]
    for address, path in (
        ("/which-process.json", "/which-process.json"),
        ("/{system}/choosing-providers.json", f"{X}/choosing-providers.json"),
    ):
        ok = described[address]["get"]["responses"]["200"]["content"]["application/json"]
        Draft202012Validator(ok["schema"]).validate(json.loads(shipped.get(path).content))
