"""Readers find their way, at a desk, on a phone, by keyboard, on paper and without script."""

import re

import pytest
from playwright.sync_api import expect

from commonweal_site.serving import ASKED, BOARD, WHAT_TO_TRY
from tests.journeys.conftest import PHONE, Reader, at_the_desk_and_on_a_phone, window

HIOW = "/hampshire-and-isle-of-wight"
PAGES = [
    "/", "/?as_at=2018-10-01", "/?as_at=2022-07-01", f"{HIOW}/", f"{HIOW}/?as_at=2018-10-01", "/dorset/",
    "/north-east-and-north-cumbria/", "/black-country-wolverhampton/", "/england/", "/exampleshire/",
    f"{HIOW}/body/southampton-place-board?as_at=2022-05-01", f"{HIOW}/area/system", f"{HIOW}/area/southampton",
    f"{HIOW}/document/soton-2022", f"{HIOW}/area/?type=cluster", "/england/document/ccgs-2021", "/kinds/",
    "/who-decides/", "/who-decides/?function=reablement&area=southampton&as_at=2022-05-01",
    "/who-decides/may/?holder=southampton-place-board&function=reablement&area=southampton&as_at=2022-05-01",
    "/who-decides/verify/", f"{HIOW}/body/icb/powers/", "/exampleshire/body/north-place-board/powers/",
    "/kinds/body/", "/documents/", "/findings/", "/findings/?system=dorset", "/rules/", "/rules/ICB-CON-02/", "/time-limits/", "/time-limits/SCR-06/?from=2022-12-12", "/drill/?body=exampleshire/body/icb",
    "/changes/", "/log/", "/log/7", "/search/?q=southamton", "/search/?q=nothingatall", "/glossary/",
    "/exampleshire/meetings/", "/exampleshire/meeting/board-2024-09-11", "/exampleshire/decisions/",
    "/exampleshire/decision/north-hub-2025", f"{HIOW}/endorsements/", "/exampleshire/promises/",
    "/exampleshire/forward-plan/", "/exampleshire/minutes/board-2024-05-22", "/exampleshire/body/icb/meetings/", "/exampleshire/proposal/shared-care-record",
    "/black-country-wolverhampton/meeting/panel-2022-09-22",
    "/exampleshire/money/outturn/", "/exampleshire/money/years-to-come/", "/exampleshire/fund/reablement-pool/quarter/2025-26/3/",
    "/exampleshire/ledger/?fund=reablement-pool&account=spending", "/exampleshire/ledger/by/fund/", "/exampleshire/body/north-place-board/where-the-money-goes/", f"{HIOW}/area/southampton/where-the-money-goes/", "/exampleshire/ledger/12",
    "/exampleshire/scheme/", "/exampleshire/map/", "/exampleshire/limits/?since=2024-03-31", "/dorset/handbook/", f"{HIOW}/outcomes/", "/exampleshire/outcomes/",
    f"{HIOW}/body/southampton-place-board/terms/?as_at=2022-05-01", "/exampleshire/body/icb/handbook/",
    "/about/", "/data/", "/manual/", "/manual/who-decides/", "/england/dispute/con-01", "/frimley/", "/?as_at=2022-07-01&known=2020-01-01",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@at_the_desk_and_on_a_phone
def test_every_sort_of_page_is_whole_and_can_be_read_by_all(reader, path):
    reader.opens(path)
    assert not reader.scrolls_sideways()
    reader.finds_nothing_wrong()


@pytest.mark.parametrize("path", ["/dorset/body/nobody", "/no-such-system/", "/?as_at=2022-02-30"])
def test_pages_for_what_went_wrong_can_be_read_by_all(reader, path):
    status = 400 if "as_at" in path else 404
    reader.opens(path, status)
    reader.is_told(status)
    reader.finds_nothing_wrong()


def test_all_that_the_demonstration_says_to_try_is_there(reader):
    for address in re.findall(r"\{site\}(\S+)", WHAT_TO_TRY):
        reader.opens(address.format(board=BOARD, asked=ASKED))


def test_the_first_page_has_a_question_that_is_answered_with_one_press(reader):
    reader.opens("/")
    reader.page.get_by_role("link", name="£400,000 of reablement in Southampton").click()
    reader.sees("On 1 May 2022, NHS Hampshire, Southampton and Isle of Wight")
    reader.sees("What is missing, and where it would stand")
    reader.finds_nothing_wrong()


def test_a_resident_finds_who_decides_in_southampton(reader):
    # given somebody who knows only the name of their city
    reader.opens("/")
    # when they look it up and follow the place board
    reader.page.get_by_label("Find a place, body or code").fill("Southampton place")
    reader.page.get_by_role("button", name="Find", exact=True).click()
    reader.page.get_by_role("link", name="Southampton place-based board").first.click()
    # then they read who sits on it, and where that is said
    reader.sees("Who sits on it")
    reader.sees("ICS development and place-based arrangements in Southampton")
    reader.finds_nothing_wrong()


def test_a_board_secretary_turns_the_site_to_the_day_before_the_board_began(reader):
    # given a system as it is today
    reader.opens(f"{HIOW}/")
    # when they ask for 1 May 2022
    reader.page.get_by_text("show another day").click()
    reader.page.locator("#as_at-day").fill("1")
    reader.page.locator("#as_at-month").fill("5")
    reader.page.locator("#as_at-year").fill("2022")
    reader.page.get_by_role("button", name="Show this day").click()
    # then the page is of that day, and says so, and the next page is too
    reader.sees("You are looking at 1 May 2022, not today.")
    reader.sees("no integrated care board is on record for it")
    reader.page.get_by_role("link", name="Southampton place-based board").first.click()
    reader.sees("You are looking at 1 May 2022, not today.")
    reader.sees("Barred by law")
    reader.finds_nothing_wrong()


def test_a_day_that_cannot_be_leads_back_to_the_box(reader):
    reader.opens("/dorset/")
    reader.page.get_by_text("show another day").click()
    reader.page.locator("#as_at-day").fill("31")
    reader.page.locator("#as_at-month").fill("2")
    reader.page.get_by_role("button", name="Show this day").click()
    reader.sees("There is a problem with the day")
    reader.page.get_by_role("link", name=re.compile("There is no 31 2")).click()
    expect(reader.page.locator("#as_at-day")).to_be_focused()


def test_the_day_can_be_turned_by_keyboard_alone(reader):
    reader.opens("/dorset/")
    reader.presses("Tab")
    assert reader.focused() == "Skip to main content"
    reader.tabs_to("show another day")
    reader.presses("Enter")
    reader.tabs_to("as_at-day")
    for part in ("1", "July", "2022"):
        reader.presses("Control+A")
        reader.page.keyboard.type(part)
        reader.presses("Tab")
    reader.page.locator("#as_at-year").focus()
    reader.presses("Enter")
    reader.page.wait_for_url("**as_at=2022-07-01**")
    reader.sees("You are looking at 1 July 2022, not today.")
    reader.finds_nothing_wrong()


def test_the_search_can_be_used_by_keyboard_alone(reader):
    reader.opens("/dorset/")
    reader.tabs_to("search-field")
    reader.page.keyboard.type("gateshed")
    reader.presses("Enter")
    reader.page.wait_for_url("**/search/**")
    reader.sees("one letter away")
    reader.tabs_to("Gateshead")
    reader.presses("Enter")
    reader.page.wait_for_url("**/north-east-and-north-cumbria/**")
    reader.finds_nothing_wrong()


def test_the_skip_link_leads_past_the_header(reader):
    reader.opens("/dorset/")
    reader.presses("Tab", "Enter")
    expect(reader.page).to_have_url(re.compile("#maincontent$"))


def test_a_source_opens_the_document_at_the_spot(reader):
    reader.opens(f"{HIOW}/body/southampton-place-board?as_at=2022-05-01")
    reader.page.locator("td a", has_text="Source 1").first.click()
    reader.page.wait_for_url("**/document/soton-2022**#at-**")
    spot = reader.page.url.rsplit("#", 1)[1]
    assert reader.page.locator(f"[id='{spot}']").count() == 1
    reader.sees("What rests on it")


def test_an_ended_board_leads_to_its_successor(reader):
    reader.opens("/frimley/")
    reader.sees("What came after it")
    reader.page.get_by_role("link", name="Thames Valley").first.click()
    reader.page.wait_for_url("**/thames-valley/**")
    reader.finds_nothing_wrong()


def test_the_map_leads_to_a_system(reader):
    reader.opens("/?as_at=2022-07-01")
    reader.page.locator("svg a[href^='/dorset/']").first.click()
    reader.page.wait_for_url("**/dorset/?as_at=2022-07-01")
    reader.finds_nothing_wrong()


def test_an_invented_system_says_so_on_every_page(reader):
    for path in ("/exampleshire/", "/exampleshire/body/icb", "/exampleshire/body/"):
        reader.opens(path)
        reader.sees("Invented. This system does not exist.")


@pytest.mark.parametrize("path", ["/", f"{HIOW}/", "/findings/"])
def test_every_page_reads_the_same_without_script(browser, address, path):
    said = []
    for script in (True, False):
        with window(browser, java_script_enabled=script) as context:
            reader = Reader(context.new_page(), address)
            reader.opens(path)
            said.append(reader.page.locator("main").inner_text())
    assert said[0] == said[1]


@pytest.mark.parametrize("path", ["/", f"{HIOW}/", f"{HIOW}/body/icb"])
def test_at_four_times_the_size_nothing_needs_scrolling_sideways(browser, address, path):
    # a desk screen of 1280 by 1024 at 400 per cent is a window of 320 by 256
    size = {"width": 320, "height": 256}
    with window(browser, viewport=size, device_scale_factor=4) as context:
        reader = Reader(context.new_page(), address)
        reader.opens(path)
        assert not reader.scrolls_sideways()


def test_print_leaves_out_what_paper_cannot_use(reader):
    reader.opens(f"{HIOW}/body/icb")
    reader.page.emulate_media(media="print")
    assert not reader.page.locator(".cw-day").is_visible()
    assert not reader.page.locator(".nhsuk-header__search").is_visible()
    assert reader.page.locator("main h1").is_visible()
    assert reader.page.pdf()[:5] == b"%PDF-"


def test_a_first_visit_is_light(browser, address):
    received = []
    with window(browser, viewport=PHONE) as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda end: received.append(end["encodedDataLength"]))
        page.goto(f"{address}/")
        page.wait_for_load_state("networkidle")
    assert sum(received) <= 350_000
