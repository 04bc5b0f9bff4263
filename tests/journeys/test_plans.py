"""Plans, from need to strategy to plan, and a resident who has a say in what is planned near them."""

import pytest

from tests.journeys.conftest import at_the_desk_and_on_a_phone

X = "/exampleshire"
PAGES = [
    f"{X}/plans/", f"{X}/plan/forward-2026", f"{X}/plan/strategy-2024", f"{X}/plan/strategy-2024/regard/",
    f"{X}/area/exampleton/what-is-planned/", f"{X}/you-said-we-did/", "/dorset/plans/", f"{X}/case/decision/carers-pool-2025/", f"{X}/answers/", "/manual/plans/",
    f"{X}/plans/due/", f"{X}/involvement/", f"{X}/case/decision/reablement-pool-2025/",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@at_the_desk_and_on_a_phone
def test_every_sort_of_page_of_plans_is_whole_and_can_be_read_by_all(reader, path):
    reader.opens(path)
    assert not reader.scrolls_sideways()
    reader.finds_nothing_wrong()


def test_a_secretary_follows_a_need_to_the_strategy_and_finds_the_blank(reader):
    # given the secretary of a partnership, who starts from what the county needs
    reader.opens(f"{X}/plans/")
    reader.follows(
        reader.page.get_by_role("link", name="Integrated care strategy 2024 to 2029").first
    )
    # when they read what the strategy says and what it follows from
    reader.sees("More people fall and do not get home again")
    reader.sees("Open: nothing on record settles it")
    # then they find who bore it in mind, and where nobody says
    reader.follows(reader.page.get_by_role("link", name="Who bore it in mind, item by item"))
    reader.sees("2 of 13 questions are blank")
    reader.finds_nothing_wrong()


def test_a_resident_finds_what_is_planned_near_them_and_how_to_have_a_say(reader):
    # given a resident of the city who opens the page of the system while a plan is out for views
    reader.opens(f"{X}/?as_at=2026-11-10")
    # when they go to what is planned near them
    reader.follows(reader.page.get_by_role("link", name="What is planned near you"))
    reader.follows(reader.page.get_by_role("link", name="Exampleton place"))
    # then they are told what is planned, how to take part, and what came of it before
    reader.sees("You can have your say on “Forward plan from 2027, draft” now.")
    reader.sees("Write to the board, or come to the meeting")
    reader.follows(
        reader.page.get_by_role("link", name="What people said before, and what was done")
    )
    reader.sees("Let us choose when our breaks are.")
    reader.finds_nothing_wrong()


def test_from_a_decision_the_need_and_the_money_are_two_clicks_away(reader):
    # given somebody who reads a decision and asks what it is for
    reader.opens(f"{X}/decision/carers-pool-2025")
    # when they ask for the whole story
    reader.follows(reader.page.get_by_role("link", name="The whole story, in order of date"))
    # then need, plan and money are there in order, each a link
    reader.sees("The need was found on 15 September 2022")
    reader.follows(reader.page.get_by_role("link", name="Carers have no time for themselves"))
    reader.sees("The rest of its story")
    reader.finds_nothing_wrong()
