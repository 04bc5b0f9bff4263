"""A resident follows the money of where they live to the decision behind one payment."""

from playwright.sync_api import expect

from tests.journeys.conftest import PATIENCE, at_the_desk_and_on_a_phone


@at_the_desk_and_on_a_phone
def test_a_resident_goes_from_their_place_to_its_money_to_an_entry_to_the_decision(reader):
    # given somebody who looks at where they live
    reader.opens("/exampleshire/area/north")
    reader.page.get_by_role("link", name="Where its money goes").click()
    # when they see what was passed on, and open what a scheme has spent
    reader.sees("was passed on to North Exampleshire")
    reader.sees("What nothing shown here explains")
    scheme = reader.page.locator("tbody tr", has_text="Home first teams")
    scheme.locator("a[href*='/ledger/']").click()
    # then the entries are there, each leads to its file, and on to who decided it
    reader.sees("only account “spending”")
    reader.page.locator("section[aria-labelledby=entries] td a[href*='/ledger/']").first.click()
    reader.sees("What authorised it")
    reader.sees("exampleshire/ledger.csv")
    reader.page.locator("section[aria-labelledby=authorised] a").first.click()
    lines = reader.page.locator("section[aria-labelledby=ten-lines] tbody tr")
    expect(lines).to_have_count(10, timeout=PATIENCE)
    reader.sees("Its entries in the ledger")
    assert not reader.scrolls_sideways()
    reader.finds_nothing_wrong()
