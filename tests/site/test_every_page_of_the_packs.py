"""Every page of the shipped record answers, on days that differ, and no link on them leads nowhere."""

import re
from datetime import date
from html import unescape

import pytest

from commonweal_site.record import shelf
from commonweal_site.record.presenting import path_of

DAYS = ("2018-10-01", "2022-05-01", "2022-07-01", "2026-04-01")
FIRST = [
    "/", "/kinds/", "/documents/", "/findings/", "/rules/", "/changes/", "/log/", "/glossary/", "/about/",
    "/data/", "/search/?q=board",
]  # fmt: skip


def links(answer):
    """Addresses on this site that a page leads to, without the spot on the page."""
    page = answer.content.decode()
    found = {unescape(each).partition("#")[0] for each in re.findall(r'href="(/[^"]*)"', page)}
    return {each for each in found if not each.startswith(("/assets/", "/accounts/", "/edit/"))}


def test_every_link_of_the_first_pages_and_of_a_system_leads_somewhere(shipped):
    started = [
        *FIRST,
        "/dorset/",
        "/hampshire-and-isle-of-wight/?as_at=2018-10-01",
        "/exampleshire/",
    ]
    for path in set().union(*(links(shipped.get(each)) for each in started)):
        assert shipped.get(path).status_code == 200, path


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS)
def test_every_entity_has_a_page_on_every_day_it_is_on_record(shipped, day):
    snapshot = shelf.SHELF.snapshot(date.fromisoformat(day))
    names = [name for kind in snapshot.vocabulary for name in snapshot.of_kind(kind.name)]
    assert names
    for name in names:
        for path in {path_of(name), f"/{name}"}:
            answer = shipped.get(f"{path}?as_at={day}")
            assert answer.status_code == 200, path
            assert b"not on record on" not in answer.content, path


@pytest.mark.slow
def test_every_system_and_kind_has_a_list(shipped):
    snapshot = shelf.SHELF.snapshot(date(2022, 7, 1))
    for system in snapshot.systems:
        for kind in snapshot.vocabulary:
            assert shipped.get(f"/{system}/{kind.name}/?as_at=2022-07-01").status_code == 200


@pytest.mark.parametrize(
    ("day", "boards"),
    [("2022-06-30", 0), ("2022-07-01", 42), ("2026-03-31", 42), ("2026-04-01", 36)],
)
def test_englands_boards_are_counted_by_the_day(shipped, day, boards):
    page = shipped.get(f"/?as_at={day}").content.decode()
    assert page.count('class="cw-link cw-tile"') == boards
    said = (
        f"England has {boards} integrated care boards"
        if boards
        else "there is no integrated care board"
    )
    assert said in page


def test_before_the_boards_the_106_groups_are_named_instead(shipped):
    page = shipped.get("/?as_at=2022-06-30").content.decode()
    assert "106 clinical commissioning groups buy care instead" in page


def test_hampshire_had_36_clusters(shipped):
    page = shipped.get("/hampshire-and-isle-of-wight/?as_at=2018-10-01").content.decode()
    assert "36 clusters" in page


def test_on_1_may_2022_providers_are_barred_from_voting_and_on_1_july_no_more(shipped):
    board = "/hampshire-and-isle-of-wight/body/southampton-place-board?as_at="
    assert b"3 barred by law" in shipped.get(f"{board}2022-05-01").content
    assert b"barred by law" not in shipped.get(f"{board}2022-07-01").content


@pytest.mark.parametrize(
    "path", ["/exampleshire/", "/exampleshire/body/", "/exampleshire/body/icb"]
)
def test_every_page_of_an_invented_system_says_so(shipped, path):
    assert "This system does not exist." in shipped.get(path).content.decode()


def test_the_invented_never_count_among_the_real(shipped):
    assert b"exampleshire" not in shipped.get("/kinds/body/?as_at=2026-04-01").content
    rows = shipped.get("/kinds/body.json?type=integrated+care+board&as_at=2026-04-01").json()
    assert rows["count"] == 36
