"""A resident asks who decides, turns the day, reads the law, takes the data away and checks the proof."""

import json

from tests.journeys.conftest import at_the_desk_and_on_a_phone


@at_the_desk_and_on_a_phone
def test_a_resident_asks_who_decides_and_checks_the_answer(reader):
    # given somebody on the front page who wonders who decides on care after hospital
    reader.opens("/")
    asks(reader, "reablement", "southampton", "400000", ("1", "5", "2022"))
    # then the first thing they read is the answer
    reader.page.wait_for_url("**as_at=2022-05-01**")
    answer = reader.page.locator("#answer").inner_text()
    assert answer.startswith("On 1 May 2022, ")
    assert "Southampton City Council may decide this" in answer
    assert not reader.scrolls_sideways()
    reader.finds_nothing_wrong()
    # when they turn to the day on which the answer changed
    reader.page.get_by_role("link", name="1 July 2022").last.click()
    reader.page.wait_for_url("**as_at=2022-07-01**")
    reader.sees("NHS Hampshire and Isle of Wight Integrated Care Board or Southampton City Council")
    # and check the proof of what the board may decide
    reader.page.get_by_text("The proof of this answer").first.click()
    reader.page.get_by_role("button", name="Check this proof").first.click()
    reader.sees("The proof holds.")
    reader.sees("on 1 July 2022")
    reader.finds_nothing_wrong()


def asks(reader, function, area, amount, day):
    """Fills the box on the front page and sends it."""
    reader.page.get_by_label("What is to be decided").fill(function)
    reader.page.get_by_label("For where").fill(area)
    reader.page.get_by_label("How much, in pounds").fill(amount)
    for part, text in zip(("day", "month", "year"), day, strict=True):
        reader.page.locator(f"#ask-{part}").fill(text)
    reader.page.get_by_role("button", name="Who decides?").click()


def test_the_law_and_the_data_behind_an_answer_are_a_step_away(reader):
    reader.opens(
        "/who-decides/?function=exampleshire/function/reablement&area=exampleshire/area/north"
        "&as_at=2026-12-01"
    )
    # when they follow the law behind a step, they read the rule in plain words
    reader.page.get_by_role("link", name="ICB-CON-10").first.click()
    reader.sees("Functions delegated inside lawful limits")
    reader.page.go_back()
    # and when they take the answer away as data, each who may decide has a proof in it
    address = reader.page.get_by_role("link", name="This page as data (JSON)").get_attribute("href")
    data = json.loads(reader.page.request.get(f"{reader.address}{address}").text())
    assert data["answer"] in reader.page.locator("#answer").inner_text()
    assert all(each["proof"]["hash"] for each in data["allowed"])
    # and what was copied from there can be pasted into the page that checks
    reader.opens("/who-decides/verify/")
    reader.page.get_by_label("The proof").fill(json.dumps(data["allowed"][0]["proof"]))
    reader.page.get_by_role("button", name="Check this proof").click()
    reader.sees("The proof holds.")
    reader.finds_nothing_wrong()


def test_the_question_can_be_asked_by_keyboard_alone(reader):
    reader.opens("/who-decides/")
    reader.tabs_to("ask-function")
    reader.page.keyboard.type("reablement")
    reader.presses("Escape", "Tab")  # away from the list of subjects
    reader.page.keyboard.type("nowhere-at-all")
    reader.presses("Enter")
    reader.page.wait_for_url("**area=nowhere-at-all**")
    reader.is_told(400)
    reader.sees("The question could not be answered")
    reader.sees("An area called 'nowhere-at-all' is not on record")
    reader.finds_nothing_wrong()


def test_a_body_leads_to_what_it_may_decide(reader):
    place = "/exampleshire/body/south-place-board"
    reader.opens(place)
    reader.page.get_by_role("link", name="What it may decide").click()
    reader.sees("What South Exampleshire Place Board may decide")
    reader.finds_nothing_wrong()
    # and from there to whether it may decide one thing, needing both who joined in it
    asked = "function=exampleshire/function/reablement&area=exampleshire/area/south"
    reader.opens(f"/who-decides/may/?holder={place[1:]}&{asked}&as_at=2026-12-01")
    reader.sees("as passed on by NHS Exampleshire Integrated Care Board and Exampleshire Council")
    reader.finds_nothing_wrong()
