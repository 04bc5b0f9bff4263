"""A delivery lead goes from the matrix to the evidence, and from what is late to why."""

import pytest

from tests.journeys.conftest import at_the_desk_and_on_a_phone

X, HIOW = "/exampleshire", "/hampshire-and-isle-of-wight"
PAGES = [
    "/milestones/", "/care-models/", "/manual/delivery/", "/milestones/?state=late",
    f"{X}/delivery/", "/dorset/delivery/", f"{HIOW}/delivery/", "/west-yorkshire/delivery/",
    f"{X}/milestone/record-everywhere", "/dorset/programme/area-of-change-3",
    f"{X}/maturity/", f"{HIOW}/maturity/", "/dorset/maturity/", f"{X}/area/castle/maturity/",
    f"{X}/maturity-statement/teams-redesign-second",
    f"{X}/maturity-assessment/southgate-teams-redesign-first",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@at_the_desk_and_on_a_phone
def test_every_page_of_delivery_is_whole_and_can_be_read_by_all(reader, path):
    reader.opens(path)
    assert not reader.scrolls_sideways()
    reader.finds_nothing_wrong()


@at_the_desk_and_on_a_phone
def test_a_delivery_lead_goes_from_the_matrix_to_the_evidence(reader):
    # given somebody who opens their system
    reader.opens(f"{X}/")
    reader.page.get_by_role("link", name="The maturity matrix").click()
    # when they read how far it has come, and open one team
    reader.sees("cells")
    reader.page.locator("#neighbourhood-teams-one-by-one + p + table").get_by_role(
        "link", name="Southgate", exact=True
    ).click()
    reader.sees("Maturity: Southgate")
    reader.page.get_by_role("link", name="Partly met, under challenge").click()
    # then they read on what it rests, who doubts it, and when it is now expected
    reader.sees("Visit and papers seen at the review")
    reader.sees("Residents say that social care has not come to a meeting since June.")
    reader.sees("moved 2 times")
    reader.finds_nothing_wrong()
    # and the statement says who has done it and can say how
    reader.page.get_by_role("link", name="A core team of general practice").first.click()
    reader.sees("Who has done this and can say how")
    reader.sees("discharge nurses")
    reader.finds_nothing_wrong()
