"""An assurance lead goes from a risk to its evidence; and every sort of page of assurance."""

import pytest

from tests.journeys.conftest import at_the_desk_and_on_a_phone

X, DAY = "/exampleshire", "?as_at=2026-12-01"
PAGES = [
    f"{X}/risks/{DAY}", "/dorset/risks/", f"{X}/risk/winter-beds{DAY}",
    f"{X}/recovery-plan/talking-therapies{DAY}", f"{X}/assurance-framework/{DAY}",
    f"{X}/who-oversees-whom/{DAY}", f"{X}/evidence-library/{DAY}",
    f"{X}/complexity/{DAY}", f"{X}/issues/{DAY}", f"{X}/issue/trolleys{DAY}",
    "/manual/assurance/",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@at_the_desk_and_on_a_phone
def test_every_page_of_assurance_is_whole_and_can_be_read_by_all(reader, path):
    reader.opens(path)
    assert not reader.scrolls_sideways()
    reader.finds_nothing_wrong()


def test_an_assurance_lead_goes_from_a_risk_to_what_shows_that_its_control_works(reader):
    # given somebody on the page of their system
    reader.opens(f"{X}/{DAY}")
    # when they look at the risks and open the one on talking therapies
    reader.page.get_by_role("link", name="Risks, and what is done about them").first.click()
    reader.sees("3 of 9 risks are above what its holder says it accepts.")
    reader.page.get_by_role("link", name="Waits for talking therapies").first.click()
    # then they read where it stands, and find what shows it and until when that counts
    reader.sees("within the 12 accepted by NHS Exampleshire Integrated Care Board")
    reader.page.get_by_role("link", name="Waits for talking therapies by town").first.click()
    reader.sees("How long people waited in each town.")
    reader.finds_nothing_wrong()
