"""Time limits of the law, counted on a page and from a terminal."""

import json

import pytest

from commonweal.statute.clock import clocks
from commonweal_site.command import main


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?from=2022-12-12", "9 January 2023"),
        ("?from-day=12&from-month=12&from-year=2022", "9 January 2023"),
        ("", "28 days after the day on which the committee asked for a response"),
    ],
)
def test_a_page_counts_from_a_day_however_it_is_given(client, query, said):
    answer = client.get(f"/time-limits/SCR-06/{query}")
    assert answer.status_code == 200
    assert said in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rule", "query", "said"),
    [
        ("SCR-06", "?from=2022-02-30", "is not a day"),
        ("SCR-06", "?from-day=12", "is not a day"),
        ("REC-05", "?from=2024-01-30", "it starts on 31 January 2024"),
        ("HW-02", "?from=2100-01-04", "outside the calendar"),
    ],
)
def test_a_day_that_cannot_be_counted_from_is_refused_with_its_reason(client, rule, query, said):
    answer = client.get(f"/time-limits/{rule}/{query}")
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert client.get(f"/time-limits/{rule}.json{query}").status_code == 400


@pytest.mark.django_db
def test_a_call_in_begun_on_the_day_that_the_law_began_can_be_counted(client):
    answer = client.get("/time-limits/REC-05.json?from=2024-01-31").json()
    assert answer["due"] == "2024-07-30"


@pytest.mark.django_db
def test_an_unknown_limit_is_answered_with_those_there_are(client):
    assert client.get("/time-limits/SCR-99/").status_code == 404
    listed = client.get("/time-limits.json").json()
    assert [each["rule"] for each in listed] == list(clocks())


def said(capsys, *arguments):
    code = main(["clock", *arguments])
    return code, capsys.readouterr()


def test_the_command_gives_the_last_day_and_each_day_on_the_way(capsys):
    code, out = said(capsys, "SCR-03", "2022-12-12", "--format", "json")
    answer = json.loads(out.out)
    assert (code, answer["due"]) == (0, "2023-01-11")
    assert answer["working"][0] == {"day": "2022-12-12", "counted": 1, "why": None}
    skipped = {each["day"] for each in answer["working"] if each["counted"] is None}
    assert {"2022-12-26", "2022-12-27", "2023-01-02", "2022-12-17"} <= skipped
    assert answer["rule"] == "SCR-03"
    assert "2013/218" in answer["source"]


def test_the_command_lists_every_limit_and_says_what_one_is(capsys):
    assert said(capsys)[1].out.count("\n") == len(clocks())
    assert "clear days before the day on which the board meets" in said(capsys, "icb-mtg-02")[1].out


def test_the_command_refuses_an_unknown_limit_with_the_names_there_are(capsys):
    code, out = said(capsys, "SCR-99", "2022-12-12")
    assert code == 2
    assert "SCR-06" in out.err
