"""A scrutiny officer asks for a response, sees its last day, and puts the answer before the public."""

import shutil

import pytest

from tests.journeys.conftest import DESK, window
from tests.journeys.test_editing import PASSWORD, Officer
from tests.serving import run, served

SYSTEM, PAPER = "exampleshire", "exampleshire/document/scrutiny-paper"
WHAT = "Tell each ward who waits for a bed"
PAGE = f"{SYSTEM}/recommendation/tell-each-ward-who-waits-for-a-bed"


@pytest.fixture
def committee(demo, tmp_path_factory):
    """The address of a server on a record that a scrutiny officer may change."""
    folder = shutil.copytree(demo, tmp_path_factory.mktemp("committee") / "data")
    run(folder, "user", "add", "sue", "--role", "editor", "--system", SYSTEM, typed=PASSWORD)
    with served(folder) as site:
        yield site


@pytest.fixture
def sue(browser, committee):
    with window(browser, viewport=DESK) as opened:
        officer = Officer(opened.new_page(), committee)
        officer.opens("/accounts/sign-in/")
        officer.signs_in("sue")
        yield officer


def test_from_the_request_to_the_published_response(sue):
    # given a recommendation that asks for a response
    sue.opens("/edit/")
    sue.page.get_by_label("What is it?").select_option("recommendation")
    sue.page.get_by_label("In which system's record?").select_option(SYSTEM)
    sue.clicks("Go on")
    sue.fills(
        fact__name=WHAT, fact__by=f"{SYSTEM}/body/exampleton-scrutiny",
        fact__to_whom=f"{SYSTEM}/body/hospitals", fact__made="2026-10-14",
        fact__requested="2026-10-14", fact__sources__0__document=PAPER,
        reason="The committee resolved it on 14 October.",
    )  # fmt: skip
    sue.dates("from", "14 10 2026")
    sue.clicks("Check what this would do")
    sue.finds_nothing_wrong()
    sue.clicks("Write it")
    # when anybody looks, they read the last day, and after it that nobody answered
    sue.opens(f"/{PAGE}?as_at=2026-11-11")
    sue.sees("has until 11 November 2026 to answer.")
    sue.opens("/overdue/?as_at=2026-11-12")
    sue.sees(WHAT)
    # and when an answer before the request is typed, it is refused with a sentence
    sue.opens(f"/edit/{PAGE}/correct/")
    sue.fills(fact__responded="2026-10-13", reason="A letter came.")
    sue.clicks("Check what this would do")
    sue.is_told(422)
    sue.sees("It was answered on 13 October 2026, before the response was asked for")
    # then the answer is put on record, and the public reads it
    sue.fills(
        fact__responded="2026-11-16", fact__response="Each ward is told at noon.",
        fact__published="2026-11-18",
    )  # fmt: skip
    sue.page.get_by_label("Accepted", exact=True).check()
    sue.clicks("Check what this would do")
    sue.clicks("Write it")
    sue.opens(f"/{PAGE}?as_at=2026-11-20")
    sue.sees("said that it is accepted on 16 November 2026")
    sue.sees("Done on 16 November 2026, 5 days late: it was due by 11 November 2026.")
    sue.sees("Each ward is told at noon.")
    sue.finds_nothing_wrong()
    assert WHAT not in sue.page.request.get(f"{sue.address}/overdue.json?as_at=2026-11-20").text()
