"""May somebody commit this money? The command answers with every test, in words and as data."""

import pytest

from tests.commands.conftest import run

pytestmark = pytest.mark.slow  # a record of every pack is made, or a Python of its own

LEAD = "place-lead-north"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("committing")
    done = run("demo", "--dir", made, "--no-serve")
    assert done.code == 0, done.err
    return made


@pytest.fixture(scope="module")
def commit(folder):
    def asked(holder, pounds, *more, on="2025-06-01"):
        return run(
            "money", "commit", holder, "--amount", pounds, *more, "--as-at", on, "--dir", folder
        )

    return asked


POOL = ("--fund", "reablement-pool", "--decision", "reablement-pool-2025")


def test_what_passes_every_test_is_allowed_with_its_numbers(commit):
    told = commit(LEAD, "20000", *POOL)
    assert (told.code, told.out.startswith("Allowed.")) == (0, True), told.err
    assert "£2,416,666.68 was already spent under it" in told.out
    assert len(told.out.splitlines()) == 7


@pytest.mark.parametrize(("pounds", "code"), [("100000", 0), ("100000.01", 1)])
def test_the_limit_of_the_place_lead_is_kept_to_the_penny(commit, pounds, code):
    told = commit(LEAD, pounds, *POOL, "--format", "json")
    assert told.code == code
    by_test = {each["test"]: each for each in told.json["tests"]}
    assert by_test["power and limit"]["outcome"] == ("not met" if code else "met")
    assert told.json["outcome"] == ("refused" if code else "allowed")


def test_a_pool_that_is_spent_refuses_and_says_by_how_much(commit):
    told = commit(LEAD, "20000", *POOL, on="2026-03-15")
    assert told.code == 1
    assert "that “The reablement pool for 2025/26” approved" in told.out
    assert "over the budget, £12,000,000 of Reablement pool" in told.out


@pytest.mark.parametrize(("day", "outcome"), [("2026-03-31", "met"), ("2026-04-01", "not met")])
def test_a_fund_that_has_ended_is_still_known_by_name(commit, day, outcome):
    told = commit(
        "exampleshire/body/icb",
        "1",
        "--fund",
        "winter-pool",
        "--deciding",
        "--format",
        "json",
        on=day,
    )
    by_test = {each["test"]: each for each in told.json["tests"]}
    assert by_test["fund and agreement"]["outcome"] == outcome


def test_nothing_is_committed_without_a_decision_nor_for_nothing(commit):
    assert "No decision on record is named" in commit(LEAD, "1", "--fund", "reablement-pool").out
    nought = commit(LEAD, "0", *POOL)
    assert nought.code != 0
    assert "a penny or more" in nought.err


def test_a_name_that_is_not_on_record_is_answered_with_those_that_are(commit):
    told = commit(LEAD, "1", "--fund", "reablment-pool")
    assert told.code != 0
    assert "reablement-pool" in told.err
