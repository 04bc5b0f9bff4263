"""A resident follows a promise; a councillor looks at what was wrong with a decision."""

from playwright.sync_api import expect

from tests.journeys.conftest import at_the_desk_and_on_a_phone

X = "/exampleshire"


@at_the_desk_and_on_a_phone
def test_a_resident_follows_a_promise_from_the_question_to_the_action(reader):
    # given a resident who was at the board's meeting of September 2024
    reader.opens(f"{X}/")
    reader.page.get_by_role("link", name="Meetings", exact=True).click()
    reader.page.get_by_role("link", name="11 September 2024, 13:30").click()
    reader.sees("8 clear days before")
    # when they look up the question that was asked, and what was promised in answer
    reader.page.get_by_role("link", name="How will people without a car").click()
    reader.sees("A shuttle is being costed.")
    reader.page.get_by_role("link", name="A costed plan for a shuttle").first.click()
    # then they see that it is overdue, and the action that is to keep it
    reader.sees("Overdue by")
    reader.finds_nothing_wrong()
    reader.page.get_by_role("link", name="Bring a costed plan for the shuttle").first.click()
    reader.sees("Director of finance")
    assert not reader.scrolls_sideways()
    reader.finds_nothing_wrong()


def test_a_councillor_sees_which_of_the_ten_lines_a_decision_fails(reader):
    # given the register of decisions, narrowed to key decisions of 2025
    reader.opens(f"{X}/decisions/")
    reader.page.get_by_label("Key decision").select_option("Yes")
    reader.page.get_by_label("Year it was made").select_option("2025")
    reader.page.get_by_role("button", name="Show these").click()
    reader.sees("2 decisions of")
    # when they open the one that is not as it should be
    reader.page.get_by_role("link", name="The day centre in the county moves").click()
    # then each line is there with its reason, and what came of the call-in
    reader.sees("It may stand only with what is wrong with it: publication.")
    expect(reader.page.locator("section[aria-labelledby=ten-lines] tbody tr")).to_have_count(10)
    reader.sees("It was called in on 11 February 2025 and referred back")
    reader.finds_nothing_wrong()
    reader.page.get_by_role("link", name="The day centre stays where it is").first.click()
    reader.sees("In place of")


def test_a_visitor_turns_the_day_and_a_promise_is_not_yet_due(reader):
    reader.opens(f"{X}/promise/market-bus?as_at=2024-12-31")
    reader.sees("Not yet due")
    reader.opens(f"{X}/promises/?as_at=2025-01-01")
    reader.sees("Overdue by 1 day")
