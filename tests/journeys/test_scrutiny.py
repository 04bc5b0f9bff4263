"""What is overdue, and why, as a resident finds it; and every sort of page of scrutiny."""

import pytest

from tests.journeys.conftest import at_the_desk_and_on_a_phone

X, DAY = "/exampleshire", "?as_at=2026-12-01"
PAGES = [
    f"/overdue/{DAY}", "/overdue/?system=nowhere", f"{X}/scrutiny/{DAY}", "/dorset/scrutiny/", "/manual/scrutiny/",
    f"{X}/recommendation/crisis-nurse{DAY}", f"{X}/reconfiguration/births-at-night{DAY}",
    f"{X}/review/urgent-care-waits{DAY}", f"{X}/healthwatch-report/getting-an-appointment{DAY}",
    f"{X}/who-does-what-in-scrutiny/{DAY}",
    f"{X}/body/exampleshire-scrutiny/year-of-scrutiny/2026-27/{DAY}",
    "/which-process/", f"{X}/choosing-providers/{DAY}", f"{X}/provider-selection/mental-health{DAY}",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@at_the_desk_and_on_a_phone
def test_every_page_of_scrutiny_is_whole_and_can_be_read_by_all(reader, path):
    reader.opens(path, 400 if "nowhere" in path else 200)
    assert not reader.scrolls_sideways()
    if "nowhere" in path:
        reader.is_told(400)
    reader.finds_nothing_wrong()


def test_a_resident_finds_what_is_overdue_and_reads_how_its_last_day_was_counted(reader):
    # given somebody on the page of their system
    reader.opens(f"{X}/{DAY}")
    # when they look at scrutiny and follow what is overdue
    reader.page.get_by_role("link", name="Scrutiny and Healthwatch").first.click()
    reader.sees("3 answers are overdue to scrutiny or Healthwatch here")
    reader.page.get_by_role("link", name="Have a mental health nurse").first.click()
    # then they read who has not answered, since when, and can count the days themselves
    reader.sees("Overdue by 14 days: it was due by 17 November 2026.")
    reader.page.get_by_role("link", name="each day counted from 20 October 2026").click()
    reader.sees("28 days after Tuesday 20 October 2026 end on Tuesday 17 November 2026.")
    reader.finds_nothing_wrong()


def test_somebody_who_buys_a_service_learns_which_process_and_until_when_to_wait(reader):
    # given somebody whose contract ends, with a provider that does well
    reader.opens("/which-process/?as_at=2025-11-12")
    for question, answer in (
        ("only_capable", "no"), ("choice_offered", "no"), ("replaces_ending", "yes"),
        ("satisfied", "yes"), ("different_character", "no"), ("brought_about", "no"),
        ("identifiable", "no"),
    ):  # fmt: skip
        reader.page.locator(f"#{question}-{answer}").check()
    # when they ask
    reader.page.get_by_role("button", name="Which process?").click()
    # then they read what is open, until when to wait, and how others did
    reader.sees("The authority may choose: direct award C or a competition.")
    reader.sees("the contract may be made from 26 November 2025")
    reader.finds_nothing_wrong()
    reader.page.get_by_role("link", name="How providers were chosen in Exampleshire").click()
    reader.sees("choices of providers of health care are on record")
