"""A planner and a board member read what may come, change what is assumed, and run it again."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import at_the_desk_and_on_a_phone

X = "/exampleshire/demand"
PAGES = [
    f"{X}/", f"{X}/do-nothing/?emergency-care-grows=5&more-beds=40", f"{X}/compare/",
    f"{X}/care-nearer-home/views/", f"{X}/care-nearer-home/run/?home-as-soon-as-fit=50",
    f"{X}/flow/ward/", "/hampshire-and-isle-of-wight/demand/avoidable-admissions/",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@at_the_desk_and_on_a_phone
def test_every_page_of_demand_is_whole_and_can_be_read_by_all(reader, path):
    reader.opens(path)
    assert not reader.scrolls_sideways()
    reader.finds_nothing_wrong()


def test_what_cannot_be_worked_out_can_be_read_by_all(reader):
    reader.opens(f"{X}/care-nearer-home/?home-as-soon-as-fit=500", 400)
    reader.is_told(400)
    reader.sees("Give a number from 0 to 100")
    reader.finds_nothing_wrong()


def test_a_planner_moves_one_assumption_and_runs_it_again_for_a_range(reader):
    # given somebody who finds what may come from the page of their system
    reader.opens("/exampleshire/")
    reader.follows(reader.page.get_by_role("link", name="Scenarios, each with its answer"))
    reader.follows(reader.page.get_by_role("link", name="Care nearer home", exact=True))
    reader.sees("hospital beds for emergency care planned for 2034 are not enough.")
    # when they move one slider by keyboard and ask
    slider = reader.page.get_by_label("Home as soon as fit")
    slider.focus()
    reader.presses("End")
    reader.follows(reader.page.get_by_role("button", name="Show what it would do"))
    # then the answer says what was changed, and has an address to send on
    reader.sees("Home as soon as fit: 100% less, in place of 5 to 30% less.")
    reader.sees("On average over all futures")
    assert reader.page.url.endswith("/care-nearer-home/?home-as-soon-as-fit=100")
    # when they run it with draws, from a seed that nobody has used
    seed = str(uuid4().int % 10**8 + 2)
    reader.follows(reader.page.get_by_role("link", name="Run it with draws"))
    reader.page.get_by_label("Seed").fill(seed)
    reader.follows(reader.page.get_by_role("button", name="Use these"))
    reader.sees(f"1,000 futures will be drawn, from seed {seed}.")
    reader.follows(reader.page.get_by_role("button", name="Run it", exact=True))
    # then they have a range, and the page came to it without being asked again
    expect(
        reader.page.get_by_text(f"This is a run of 1,000 futures from seed {seed}")
    ).to_be_visible()
    reader.finds_nothing_wrong()


def test_a_board_member_comes_to_the_scenarios_from_the_decision_they_inform(reader):
    reader.opens("/exampleshire/decision/year-plan-2026")
    again = reader.page.get_by_role("link", name="Run it again with one assumption changed")
    reader.follows(again.first)
    reader.sees("Change what is assumed")
    reader.follows(reader.page.get_by_role("link", name="Everything it assumes"))
    reader.sees("What those asked think")
    reader.finds_nothing_wrong()
