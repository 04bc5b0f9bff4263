"""An assurance lead goes from an objective to its evidence; and every sort of page of assurance."""

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


def test_an_assurance_lead_goes_from_an_objective_to_a_gap_to_an_action_to_evidence(reader):
    # given somebody who is to tell a board where it is exposed
    reader.opens(f"{X}/risks/{DAY}")
    reader.page.get_by_role("link", name="Board assurance framework").first.click()
    # when they read the objective that is furthest above what is accepted
    reader.sees("Above what is accepted: ‘Too few beds in winter’ has a score of 20")
    # then its gap and its actions stand beneath, with who does them and by when
    reader.sees("Nobody counts beds in care homes.")
    reader.sees("To be done by 18 December 2026")
    # and what has no evidence that counts is one page on
    reader.page.get_by_role("link", name="Evidence for reviewers, by theme").first.click()
    reader.sees("8 of 10 themes have evidence that still counts.")
    reader.page.get_by_role("link", name="Shifts filled on each ward").first.click()
    reader.sees("How many shifts were filled, ward by ward.")
    reader.finds_nothing_wrong()
