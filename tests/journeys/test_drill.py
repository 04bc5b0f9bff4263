"""A governance officer tries a merger on paper; and every sort of page of the drill."""

import pytest

from tests.journeys.conftest import at_the_desk_and_on_a_phone

MERGER = (
    "/drill/?body=exampleshire/body/north-place-board&and=exampleshire/body/south-place-board"
    "&as_at=2027-04-01"
)
PAGES = [
    "/drill/", MERGER, f"{MERGER}&fate=lapses", "/drill/?body=exampleshire/body/icb",
    "/drill/replays/", "/drill/replays/?as_at=2022-07-01",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@at_the_desk_and_on_a_phone
def test_every_page_of_the_drill_is_whole_and_can_be_read_by_all(reader, path):
    reader.opens(path)
    assert not reader.scrolls_sideways()
    reader.finds_nothing_wrong()


def test_a_governance_officer_sees_what_a_merger_leaves_and_what_a_real_one_left(reader):
    # given somebody who was asked what the merger of two place boards would leave undone
    reader.opens("/drill/?as_at=2027-04-01")
    # when they name the two
    reader.page.get_by_label("Which body ends").fill("exampleshire/body/north-place-board")
    reader.page.get_by_label("Another that ends with it").fill(
        "exampleshire/body/south-place-board"
    )
    reader.page.get_by_role("button", name="What if?").click()
    reader.sees("23 facts lose their home")
    # and look only at what lapses
    reader.page.get_by_label("What happens if nobody acts").select_option("lapses")
    reader.page.get_by_role("button", name="Show only these").click()
    reader.sees("Still names it")
    # then they can take the plan, and see what was left behind in 2022
    assert reader.page.get_by_role("link", name="Take the plan of homes").count() == 1
    reader.page.get_by_role("link", name="See what became of bodies that really ended").click()
    reader.page.get_by_role("link", name="1 July 2022").click()
    reader.sees("Pooled budget of the commissioning group and the council in Southampton")
    reader.finds_nothing_wrong()
