"""`commonweal outcomes figures` and `worse` on indicators on record, judged as the record says."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from commonweal_site.command import main
from commonweal_site.outcomes.reading import store
from commonweal_site.outcomes.shipping import keep_shipped
from commonweal_site.record import packing
from tests.commands.conftest import Ran
from tests.site.conftest import the_site_on

OWN = packing.shipped() / "exampleshire"


@pytest.fixture(scope="module")
def book(sqlite, tmp_path_factory):
    """A record of the invented system."""
    with sqlite.fresh(tmp_path_factory.mktemp("invented")) as made:
        packing.load([packing.shipped() / "england", OWN], made)
        yield made


@pytest.fixture
def outcomes(book, tmp_path, settings, capsys, monkeypatch):
    """The command in this process, on the invented system and its figures."""
    settings.DATA_DIR = tmp_path
    keep_shipped(OWN, store(), recorded=datetime(2026, 4, 2, tzinfo=UTC))
    monkeypatch.setattr("commonweal_site.command._open", lambda *_, **__: None)

    def command(*arguments):
        with the_site_on(book):
            code = main(["outcomes", *arguments])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return command


def rows(ran):
    return {row["area"].rpartition("/")[2]: row for row in csv.DictReader(io.StringIO(ran.out))}


def test_figures_of_an_indicator_on_record_are_judged_as_it_says(outcomes):
    found = rows(outcomes("figures", "exampleshire/indicator/school-ready"))
    assert found["castle"]["compared"] == "worse"
    assert found["market"]["state"] == "missing"
    assert found["system"]["gap_slope"]


def test_small_counts_do_not_come_out_by_the_command_either(outcomes):
    found = rows(outcomes("figures", "exampleshire/indicator/smoking-at-birth"))
    for name in ("network-hazel", "network-elm"):
        assert (found[name]["state"], found[name]["count"], found[name]["value"]) == (
            "suppressed",
            "",
            "",
        )


def test_as_at_a_day_and_of_one_sex(outcomes):
    ran = outcomes(
        "figures", "exampleshire/indicator/smoking-adults", "--sex", "female", "--as-at", "2025-06-01",
        "--format", "json",
    )  # fmt: skip
    assert {row["ends"] for row in json.loads(ran.out)} == {"2025-04-01"}


def test_what_is_worse_and_getting_worse_of_one_system(outcomes):
    ran = outcomes("worse", "--system", "exampleshire")
    found = {(row["name"], row["area_name"]) for row in csv.DictReader(io.StringIO(ran.out))}
    assert ("Recovered after talking therapies", "South Exampleshire") in found


def test_over_all_systems_the_invented_are_left_out(outcomes):
    assert json.loads(outcomes("worse", "--format", "json").out) == []


def test_an_indicator_that_is_not_on_record_is_said_to_be_so(outcomes):
    ran = outcomes("figures", "exampleshire/indicator/nothing")
    assert ran.code
    assert "No indicator exampleshire/indicator/nothing is on record" in ran.err


def test_a_revision_that_there_is_not_is_said_to_be_so(outcomes):
    ran = outcomes("figures", "exampleshire/indicator/school-ready", "--revision", "7")
    assert ran.code
    assert "There is no revision 7; there are 1." in ran.err
