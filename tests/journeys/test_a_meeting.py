"""A clerk takes a meeting from nothing to published minutes in a browser, without script; some of it by keyboard."""

import shutil
from contextlib import ExitStack
from datetime import timedelta

import pytest
import typst

from commonweal_site.day import today
from tests.journeys.conftest import DESK, PHONE, window
from tests.journeys.test_editing import PASSWORD, SYSTEM, Officer
from tests.serving import run, served

# Read once: a run may go on over midnight.
DAY = today()
MEETING = f"/desk/{SYSTEM}/icb-{DAY}/"


@pytest.fixture(scope="module")
def office(demo, tmp_path_factory):
    """The address of a server on a record whose meetings one clerk keeps."""
    folder = shutil.copytree(demo, tmp_path_factory.mktemp("clerk") / "data")
    run(folder, "user", "add", "ann", "--role", "editor", "--system", SYSTEM, typed=PASSWORD)
    run(folder, "user", "grant", "ann", "--role", "reader", "--system", SYSTEM)
    with served(folder) as site:
        yield site


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

    def starts_a_meeting(self, body="icb"):
        """Where the new meeting is kept."""
        self.opens("/desk/")
        self.page.get_by_label("Which body meets?").select_option(f"{SYSTEM}/body/{body}")
        self.clicks("Go on")
        self.dates("when", DAY.strftime("%d %m %Y"))
        self.saves("Start the meeting", "The meeting is on record")
        return f"/desk/{SYSTEM}/{body}-{DAY}/"

    def makes_an_agenda(self):
        """One item by keyboard alone, and one that is taken in private."""
        self.clicks("Agenda", role="link")
        self.sees("Minutes of")
        self.tabs_to("name", most=90)
        self.page.keyboard.type("A clinic at the harbour")
        self.tabs_to("asked")
        self.page.keyboard.type("Approve the clinic.")
        self.tabs_to("Add the item")
        self.presses("Enter")
        self.sees("Added.")
        self.fills(name="A claim against the board")
        self.page.get_by_label("Taken in public?").select_option("legal")
        self.saves("Add the item", "Added.")
        self.sees("In private")

    def files(self, paper):
        self.opens(f"{MEETING}papers/")
        self.chooses("For which item?", label="6. A clinic at the harbour")
        self.fills(title="A clinic at the harbour")
        self.page.set_input_files("#file", paper)
        self.saves("File the paper", "The paper is filed")
        self.is_well()

    def says_when_notice_was_given(self):
        self.opens(f"{MEETING}notice/")
        self.dates("notice", (DAY - timedelta(7)).strftime("%d %m %Y"))
        self.saves("Save the notice")
        self.sees("6 clear days before")

    def ticks_off_who_was_there(self):
        self.opens(f"{MEETING}attendance/")
        boxes = self.page.locator("select")
        for box in boxes.all():
            box.select_option("in person")
        boxes.first.select_option("online")
        self.saves("Save who was there")
        self.sees("members counted")

    def records_the_item(self):
        """An interest, a view, the decision and an action."""
        self.opens(f"{MEETING}items/")
        self.clicks("6. A clinic at the harbour", role="link")
        self.clicks("Record interests and what was done", role="link")
        self.page.get_by_label("What was done", exact=True).first.select_option("left the meeting")
        self.saves("Save the interests")
        self.sees("left out for an interest")
        self.clicks("Note what was said", role="link")
        self.fills(name="Parking", text="There is none.", by_printed="The chair")
        self.saves("Save", "Added.")
        self.clicks("Record a decision", role="link")
        self.fills(name="The clinic opens in spring", reasons="People wait too long.")
        self.clicks("Check the ten lines")
        self.sees("Its ten lines")
        self.is_well()
        self.follows(self.page.locator("button[value=write]"))
        self.sees("The decision is on record")
        self.clicks("Give somebody an action", role="link")
        self.fills(name="Find somewhere to park", owner_printed="Director of estates")
        self.saves("Save", "Added.")
        self.is_well()

    def words_the_minutes(self, thanks):
        self.opens(f"{MEETING}minutes/")
        text = self.page.locator("#text").input_value()
        self.page.locator("#text").fill(f"{text}\n{thanks}")
        self.saves("Save the draft", "The draft is kept.")
        self.sees(f"Only in this text: {thanks}")
        self.is_well()
        self.clicks("Go on to publish them", role="link")


@pytest.fixture
def people(browser, office):
    """Opens the site for one person after another."""
    with ExitStack() as opened:

        def person(name="", size=DESK):
            context = opened.enter_context(window(browser, viewport=size))
            one = Clerk(context.new_page(), office)
            if name:
                one.opens("/accounts/sign-in/")
                one.signs_in(name)
            return one

        yield person


def test_a_clerk_takes_a_meeting_from_nothing_to_published_minutes(people, tmp_path):
    # given a clerk, and a paper on her disk
    ann, paper = people("ann"), tmp_path / "clinic.pdf"
    paper.write_bytes(typst.compile(b"= A clinic at the harbour\nThe stevedores asked for it."))
    # when she starts a meeting of the board, with an agenda, a paper, notice and attendance
    ann.starts_a_meeting()
    ann.makes_an_agenda()
    ann.files(paper)
    ann.says_when_notice_was_given()
    ann.ticks_off_who_was_there()
    # and records an item, words the minutes and publishes them
    ann.records_the_item()
    ann.words_the_minutes("The chair thanked everybody.")
    ann.saves("Publish the draft minutes", "The draft minutes are published.")
    ann.is_well()
    ann.opens(MEETING)
    ann.sees("Published on")
    ann.is_well()
    # then anybody reads them on a phone, and finds the paper by its words
    anybody = people(size=PHONE)
    anybody.opens(f"/{SYSTEM}/minutes/icb-{DAY}")
    anybody.sees("The chair thanked everybody.")
    anybody.sees("Decided: The clinic opens in spring")
    anybody.is_well()
    anybody.opens("/search/?q=stevedores")
    anybody.sees("In the text of papers")
    anybody.is_well()


def test_every_page_of_the_desk_can_be_read_on_a_phone(people):
    ann = people("ann", PHONE)
    meeting = ann.starts_a_meeting("north-place-board")
    places = ["agenda/", "papers/", "notice/", "attendance/", "items/", "actions/",
              "minutes/", "publish/"]  # fmt: skip
    ann.opens(f"{meeting}items/")
    first = ann.page.locator("main table a").nth(2).get_attribute("href")
    steps = ["", "interests/", "question/", "decision/", "approve/"]
    for path in ["/desk/", f"/desk/start/{SYSTEM}/icb/", meeting, *(f"{meeting}{each}" for each in places),
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
