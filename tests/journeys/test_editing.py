"""Officers change the record in a browser: at a desk, on a phone, two at once, by keyboard, and back again."""

import shutil
from contextlib import ExitStack

import pytest

from tests.importing.papers import workbook
from tests.journeys.conftest import DESK, PHONE, Reader, window
from tests.serving import run, served

PASSWORD = "three lorries and a heron"
SYSTEM, PAPER = "exampleshire", "exampleshire/document/system-plan"
CITY = f"{SYSTEM}/area/city"


@pytest.fixture(scope="module")
def office(demo, tmp_path_factory):
    """The address of a server on a record that two editors and a keeper may change."""
    folder = shutil.copytree(demo, tmp_path_factory.mktemp("office") / "data")
    for name, role in (("ann", "editor"), ("bea", "editor"), ("kay", "keeper")):
        run(folder, "user", "add", name, "--role", role, "--system", SYSTEM, typed=PASSWORD)
    with served(folder) as site:
        yield site


class Officer(Reader):
    """Somebody who keeps the record."""

    def signs_in(self, name, password=PASSWORD):
        self.page.get_by_label("Name", exact=True).fill(name)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.clicks("Sign in")

    def fills(self, **answers):
        """Answers by name of field, two underscores for a dot."""
        for name, text in answers.items():
            self.page.locator(f'[name="{name.replace("__", ".")}"]').fill(text)

    def clicks(self, name, role="button"):
        self.follows(self.page.get_by_role(role, name=name, exact=True))

    def dates(self, field, day):
        for part, text in zip(("day", "month", "year"), day.split(), strict=True):
            self.page.locator(f"#{field}-{part}").fill(text)

    def adds_an_area(self, name):
        self.opens("/edit/")
        self.page.get_by_label("What is it?").select_option("area")
        self.page.get_by_label("In which system's record?").select_option(SYSTEM)
        self.clicks("Go on")
        self.fills(fact__name=name, reason="The plan’s map shows it.")
        self.page.get_by_label("Kind of area").select_option("cluster")
        self.fills(fact__sources__0__document=PAPER, fact__sources__0__at="Map and list of areas")
        self.dates("from", "1 4 2026")
        self.clicks("Check what this would do")


@pytest.fixture
def officers(browser, office):
    """Opens the site for one officer after another, each in a window of their own."""
    with ExitStack() as opened:

        def officer(name="", size=DESK):
            context = opened.enter_context(window(browser, viewport=size))
            one = Officer(context.new_page(), office)
            if name:
                one.opens("/accounts/sign-in/")
                one.signs_in(name)
            return one

        yield officer


@pytest.mark.parametrize(("size", "name"), [(DESK, "Upper Brook"), (PHONE, "Lower Brook")])
def test_an_editor_adds_an_area_with_a_source_and_the_public_reads_it(officers, size, name):
    # given an editor who has signed in
    ann, slug = officers("ann", size), name.lower().replace(" ", "-")
    # when she adds a cluster, and looks at what it would do
    ann.adds_an_area(name)
    ann.sees("Check before it is written")
    ann.sees(f"{SYSTEM}/area/{slug}")
    ann.sees("What the rules of law would find")
    assert not ann.scrolls_sideways()
    ann.finds_nothing_wrong()
    # and writes it
    ann.clicks("Write it")
    ann.sees("of the log")
    ann.finds_nothing_wrong()
    # then anybody reads it, and who said so, and finds it among the changes
    anybody = officers(size=size)
    anybody.opens(f"/{SYSTEM}/area/{slug}")
    anybody.sees(name)
    anybody.sees("The plan’s map shows it.")
    anybody.finds_nothing_wrong()
    anybody.opens("/changes/")
    anybody.sees(name)
    answer = anybody.page.request.get(f"{anybody.address}/changes.atom")
    assert name in answer.text()


def test_an_editor_puts_back_what_she_changed_by_mistake(officers):
    # given a cluster that was added by mistake
    ann = officers("ann")
    ann.adds_an_area("Mistaken Brook")
    ann.clicks("Write it")
    # when she asks for what was there before, and says why
    ann.clicks("Put back as it was before", role="link")
    ann.sees("Take Mistaken Brook off the record")
    ann.finds_nothing_wrong()
    ann.fills(reason="It is not on the map after all.", source__document=PAPER)
    ann.clicks("Check what this would do")
    ann.finds_nothing_wrong()
    ann.clicks("Write it")
    # then it is off the record, but not out of the history
    anybody = officers()
    anybody.opens(f"/{SYSTEM}/area/mistaken-brook", status=404)
    ann.opens(f"/edit/{SYSTEM}/area/mistaken-brook/")
    ann.sees("It is not on record any more.")
    ann.sees("It is not on the map after all.")
    ann.finds_nothing_wrong()
    ann.opens("/edit/changes/")
    ann.sees("Withdrawn")
    ann.finds_nothing_wrong()


def test_two_editors_of_the_same_fact_see_each_others_changes_and_neither_is_lost(officers):
    # given two editors with the same form open
    ann, bea = officers("ann"), officers("bea")
    for each in (ann, bea):
        each.opens(f"/edit/{CITY}/correct/")
    # when Bea writes first
    bea.fills(fact__name="Exampleton City", reason="As the charter has it.")
    bea.clicks("Check what this would do")
    bea.clicks("Write it")
    # and Ann goes on
    ann.fills(
        fact__name="City of Exampleton", fact__local_type="city", reason="As the sign has it."
    )
    ann.clicks("Check what this would do")
    # then she is told who changed what, and sees the three values
    ann.is_told(409)
    ann.sees("Somebody else changed this first")
    ann.sees("As the charter has it.")
    row = ann.page.get_by_role("row").filter(has_text="Both changed").inner_text()
    ann.page.set_viewport_size(PHONE)
    assert not ann.scrolls_sideways()
    ann.page.set_viewport_size(DESK)
    assert [name in row for name in ("Exampleton", "Exampleton City", "City of Exampleton")] == [
        True
    ] * 3
    ann.finds_nothing_wrong()
    # and settles it
    ann.page.get_by_role("group", name="Name: keep").get_by_label("Theirs").check()
    ann.clicks("Go on with these")
    ann.sees("Check before it is written")
    ann.clicks("Write it")
    ann.opens(f"/{CITY}")
    ann.sees("Exampleton City")
    ann.sees("As the sign has it.")
    ann.finds_nothing_wrong()


def test_an_editor_signs_in_and_corrects_a_note_by_keyboard_alone(officers):
    # given somebody without a mouse
    ann = officers()
    ann.opens(f"/edit/{CITY}/amend/")
    # when they sign in
    ann.tabs_to("username")
    ann.page.keyboard.type("ann")
    ann.presses("Tab")
    ann.page.keyboard.type(PASSWORD)
    ann.presses("Enter")
    ann.sees("Say what changed")
    # and fill the form, the return key sending it
    ann.tabs_to("fact-local_type")
    ann.page.keyboard.type("cathedral city")
    ann.tabs_to("from-day")
    for text in ("1", "6", "2026"):
        ann.page.keyboard.type(text)
        ann.presses("Tab")
    ann.tabs_to("reason")
    ann.page.keyboard.type("Letters patent.")
    ann.tabs_to("Check what this would do")
    ann.presses("Enter")
    ann.sees("cathedral city")
    ann.tabs_to("Write it")
    ann.presses("Enter")
    # then it is written
    ann.sees("of the log")
    ann.finds_nothing_wrong()


def test_the_return_key_in_a_box_checks_the_form_and_does_not_press_find(officers):
    ann = officers("ann")
    ann.opens(f"/edit/add/seat/?system={SYSTEM}")
    ann.page.locator("#fact-role").press("Enter")
    ann.is_told(422)
    ann.sees("There is a problem")


PAGES = [
    "/edit/", "/edit/changes/", f"/edit/{CITY}/", f"/edit/{CITY}/amend/", f"/edit/{CITY}/correct/",
    f"/edit/{CITY}/withdraw/", f"/edit/{CITY}/redact/", "/accounts/", "/accounts/password/",
    *(f"/edit/add/{kind}/?system={SYSTEM}" for kind in ("area", "body", "seat", "document", "dispute", "quorum")),
]  # fmt: skip


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_of_the_office_can_be_read_by_all(officers, size):
    kay = officers("kay", size)
    for path in PAGES:
        kay.opens(path)
        assert not kay.scrolls_sideways(), path
        kay.finds_nothing_wrong()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_that_say_what_is_wrong_can_be_read_by_all(officers, size):
    ann = officers("ann", size)
    for path, button in ((f"/edit/add/dispute/?system={SYSTEM}", "Check what this would do"),
                         (f"/edit/{CITY}/withdraw/", "Check what this would do")):  # fmt: skip
        ann.opens(path)
        ann.clicks(button)
        ann.is_told(422)
        ann.sees("What you typed is still here.")
        assert not ann.scrolls_sideways()
        ann.finds_nothing_wrong()
    ann.opens("/edit/dorset/area/system/", status=403)
    ann.is_told(403)
    ann.finds_nothing_wrong()
    ann.opens(f"/edit/add/seat/?system={SYSTEM}")
    ann.fills(fact__body="board")
    ann.follows(ann.page.locator("button[value='find:fact.body']"))
    ann.sees("results")
    assert not ann.scrolls_sideways()
    ann.finds_nothing_wrong()


def test_an_editor_imports_a_scheme_settles_a_name_and_writes_it(officers, tmp_path):
    # given a tick matrix with a name that the record does not know
    who = "Director of integrated commissioning"
    file = tmp_path / "scheme.xlsx"
    file.write_bytes(
        workbook(["Function", who], ["Extra beds in winter", "✓"], ["Comunity services", "✓"])
    )
    ann = officers("ann", PHONE)
    # when she hands it in
    ann.opens("/edit/import/")
    ann.finds_nothing_wrong()
    ann.page.get_by_label("The file").set_input_files(file)
    ann.page.get_by_label("Tick matrix").check()
    ann.page.get_by_label("In which system's record?").select_option(SYSTEM)
    ann.dates("from", "1 12 2026")
    ann.fills(
        instrument="Winter scheme", body=f"{SYSTEM}/body/icb", basis="england/basis/board-own"
    )
    ann.clicks("Read it")
    # then she is asked about the name, and settles it
    ann.is_told(422)
    ann.sees("Function “Comunity services”")
    ann.finds_nothing_wrong()
    ann.page.get_by_label("Community health services", exact=False).check()
    ann.clicks("Read it again with these")
    ann.sees("2 statements matched")
    assert not ann.scrolls_sideways()
    ann.finds_nothing_wrong()
    # and it is on record for everybody
    ann.clicks("Write it")
    ann.sees("4 entries of the log")
    ann.finds_nothing_wrong()
    public = officers()
    public.opens(
        f"/{SYSTEM}/delegation/community-services-integrated-commissioning?as_at=2026-12-01"
    )
    public.sees("Community health services")


def test_somebody_whose_tries_are_used_up_is_told_so(officers):
    # given somebody who does not know the password
    stranger = officers()
    # when they try five times
    for _ in range(5):
        stranger.opens("/accounts/sign-in/")
        stranger.finds_nothing_wrong()
        stranger.signs_in("nobody", "a guess")
    # then they are told to wait, in words that do not say whether anybody has that name
    stranger.is_told(429)
    stranger.sees("it is stopped for 15 minutes")
    stranger.finds_nothing_wrong()
