"""A clerk takes a meeting from nothing to published minutes in a browser, without script; some of it by keyboard."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
import typst

from commonweal_site.day import today
from tests.journeys.conftest import DESK, PHONE, _wait_for, free_port
from tests.journeys.test_editing import PASSWORD, SYSTEM, Officer, run

MEETING = f"/desk/{SYSTEM}/icb-{today().isoformat()}/"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The address of a server on a record whose meetings one clerk keeps."""
    folder, port = tmp_path_factory.mktemp("clerk"), free_port()
    environment = {**os.environ, "COMMONWEAL_DIR": str(folder)}
    environment.pop("COMMONWEAL_DATABASE", None)
    run(folder, environment, "demo", "--no-serve")
    run(
        folder, environment, "user", "add", "ann", "--role", "editor", "--system", SYSTEM, typed=PASSWORD
    )  # fmt: skip
    run(folder, environment, "user", "grant", "ann", "--role", "reader", "--system", SYSTEM)
    log = folder / "server.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "commonweal_site.command", "serve", "--dir", str(folder),
             "--port", str(port)], env=environment, stdout=out, stderr=out,
        )  # fmt: skip
        site = f"http://127.0.0.1:{port}"
        try:
            _wait_for(f"{site}/status", server, log)
            yield site
        finally:
            server.terminate()
            server.wait(timeout=20)


class Clerk(Officer):
    """Somebody who keeps the record of meetings."""

    def chooses(self, question, **option):
        self.page.get_by_label(question, exact=True).select_option(**option)

    def saves(self, button="Save", said="Saved."):
        """Presses a button, and waits for the words that say it is done."""
        self.clicks(button)
        self.sees(said)

    def is_well(self):
        assert not self.scrolls_sideways(), self.page.url
        self.finds_nothing_wrong()


@pytest.fixture
def people(browser, office):
    """Opens the site for one person after another."""
    opened = []

    def person(name="", size=DESK):
        context = browser.new_context(viewport=size)
        opened.append(context)
        one = Clerk(context.new_page(), office)
        if name:
            one.opens("/accounts/sign-in/")
            one.signs_in(name)
        return one

    yield person
    for context in opened:
        context.close()


def test_a_clerk_takes_a_meeting_from_nothing_to_published_minutes(people, tmp_path):
    # given a clerk, and a paper on her disk
    ann, paper = people("ann"), tmp_path / "clinic.pdf"
    paper.write_bytes(typst.compile(b"= A clinic at the harbour\nThe stevedores asked for it."))

    # when she starts a meeting of the board
    ann.opens("/desk/")
    ann.is_well()
    ann.page.get_by_label("Which body meets?").select_option(f"{SYSTEM}/body/icb")
    ann.clicks("Go on")
    ann.dates("when", today().strftime("%d %m %Y"))
    ann.is_well()
    ann.saves("Start the meeting", "The meeting is on record")
    ann.is_well()

    # and puts an item on the agenda, by keyboard alone
    ann.clicks("Agenda", role="link")
    ann.sees("Minutes of")
    ann.is_well()
    ann.tabs_to("name", most=90)
    ann.page.keyboard.type("A clinic at the harbour")
    ann.tabs_to("asked")
    ann.page.keyboard.type("Approve the clinic.")
    ann.tabs_to("Add the item")
    ann.presses("Enter")
    ann.sees("Added.")
    # and one that is taken in private
    ann.fills(name="A claim against the board")
    ann.page.get_by_label("Taken in public?").select_option("legal")
    ann.saves("Add the item", "Added.")
    ann.sees("In private")

    # and files the paper
    ann.opens(f"{MEETING}papers/")
    ann.chooses("For which item?", label="6. A clinic at the harbour")
    ann.fills(title="A clinic at the harbour")
    ann.page.set_input_files("#file", paper)
    ann.is_well()
    ann.saves("File the paper", "The paper is filed")
    ann.is_well()

    # and says when notice was given, which the law finds early enough
    ann.opens(f"{MEETING}notice/")
    ann.dates("notice", (today() - timedelta(7)).strftime("%d %m %Y"))
    ann.saves("Save the notice")
    ann.sees("6 clear days before")
    ann.is_well()

    # and ticks off who was there
    ann.opens(f"{MEETING}attendance/")
    for box in ann.page.locator("select").all():
        box.select_option("in person")
    first = ann.page.locator("select").first
    first.select_option("online")
    ann.is_well()
    ann.saves("Save who was there")
    ann.sees("members counted")

    # and at the item: an interest, a view, the decision, an action
    ann.opens(f"{MEETING}items/")
    ann.is_well()
    ann.clicks("6. A clinic at the harbour", role="link")
    ann.is_well()
    ann.clicks("Record interests and what was done", role="link")
    ann.is_well()
    ann.page.get_by_label("What was done", exact=True).first.select_option("left the meeting")
    ann.saves("Save the interests")
    ann.sees("left out for an interest")
    ann.clicks("Note what was said", role="link")
    ann.fills(name="Parking", text="There is none at the harbour.", by_printed="The chair")
    ann.saves("Save", "Added.")
    ann.clicks("Record a decision", role="link")
    ann.fills(name="The clinic opens in spring", reasons="People wait too long.")
    ann.is_well()
    ann.clicks("Check the ten lines")
    ann.sees("Its ten lines")
    ann.is_well()
    ann.page.locator("button[value=write]").click()
    ann.sees("The decision is on record")
    ann.clicks("Give somebody an action", role="link")
    ann.fills(name="Find somewhere to park", owner_printed="Director of estates")
    ann.saves("Save", "Added.")
    ann.is_well()

    # and words the minutes
    ann.opens(f"{MEETING}minutes/")
    ann.is_well()
    text = ann.page.locator("#text").input_value()
    assert "Decided: The clinic opens in spring" in text
    ann.page.locator("#text").fill(f"{text}\nThe chair thanked everybody.")
    ann.saves("Save the draft", "The draft is kept.")
    ann.sees("Only in this text: The chair thanked everybody.")
    ann.is_well()
    ann.clicks("Go on to publish them", role="link")
    ann.is_well()
    ann.saves("Publish the draft minutes", "The draft minutes are published.")
    ann.is_well()
    ann.opens(MEETING)
    ann.sees("Published on")
    ann.is_well()

    # then anybody reads them on a phone, finds the paper by its words, and nothing of the claim
    anybody = people(size=PHONE)
    anybody.opens(f"/{SYSTEM}/minutes/icb-{today().isoformat()}")
    anybody.sees("The chair thanked everybody.")
    anybody.sees("Decided: The clinic opens in spring")
    anybody.is_well()
    anybody.opens("/search/?q=stevedores")
    anybody.sees("In the text of papers")
    anybody.is_well()


def test_every_page_of_the_desk_can_be_read_on_a_phone(people):
    ann = people("ann", PHONE)
    ann.opens(MEETING)
    places = ["agenda/", "papers/", "notice/", "attendance/", "attendance/moves/", "items/", "actions/",
              "minutes/", "publish/"]  # fmt: skip
    ann.opens(f"{MEETING}items/")
    first = ann.page.locator("main table a").nth(2).get_attribute("href")
    steps = ["", "interests/", "discussion/", "question/", "promise/", "decision/", "action/", "approve/"]
    for path in ["/desk/", f"/desk/start/{SYSTEM}/icb/", *(f"{MEETING}{each}" for each in places),
                 *(f"{first}{each}" for each in steps)]:  # fmt: skip
        ann.opens(path)
        ann.is_well()


def test_a_paper_that_is_not_what_it_says_is_refused_where_it_was_sent(people, tmp_path):
    ann, paper = people("ann", PHONE), tmp_path / "harmless.pdf"
    paper.write_bytes(b"MZ\x90 a program")
    ann.opens(f"{MEETING}papers/")
    ann.chooses("For which item?", index=1)
    ann.fills(title="Harmless")
    ann.page.set_input_files("#file", paper)
    ann.clicks("File the paper")
    ann.is_told(422)
    ann.sees("is not what its name says")
    ann.is_well()
