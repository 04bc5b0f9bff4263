"""Addresses stand apart from systems; pages carry a strict policy and nothing that would break it."""

import re

import pytest
from django.test import Client

from commonweal_site.about import CHAPTERS
from commonweal_site.record import packing
from commonweal_site.reserved import RESERVED
from tests.making import PACKS
from tests.site.conftest import ADDRESSES

PAGES = [
    "/", "/?as_at=2018-10-01", "/kent/", "/kent/body/icb", "/kent/document/paper", "/kent/dispute/start",
    "/kent/body/group", "/kent/area/", "/kinds/", "/documents/", "/findings/", "/rules/", "/rules/ICB-EST-02/",
    "/findings/ICB-EST-02/", "/changes/", "/log/", "/log/1", "/search/?q=kent", "/search/", "/glossary/",
    "/about/", "/data/", "/manual/", "/kent/body/nobody", "/kent/?as_at=never",
]  # fmt: skip


def test_no_system_that_ships_has_the_name_of_a_page():
    systems = {
        s
        for pack in PACKS.glob("*/pack.yaml")
        for s in re.findall(r"^- (\S+)$", pack.read_text(), re.MULTILINE)
    }
    assert len(systems) > 40
    assert systems.isdisjoint(RESERVED)


def test_the_first_part_of_every_fixed_address_is_reserved():
    firsts = {
        match[1]
        for each in ADDRESSES
        if (match := re.match(r"\^?([a-z]+(?:-[a-z]+)*)[/.(?\\]", f"{each}/"))
    }
    assert {"manual", "overdue", "worse-and-getting-worse"} <= firsts
    assert firsts <= RESERVED


def test_packs_are_read_from_where_they_ship():
    assert packing.shipped() == PACKS


@pytest.mark.parametrize("path", PAGES)
def test_every_page_carries_the_policy_and_has_no_script_or_style_of_its_own(kent, path):
    answer = kent.get(path)
    page = answer.content.decode()
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", page)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_heading_one_main_part_and_ids_that_stand_once(kent, path):
    page = kent.get(path).content.decode()
    assert page.count("<h1") == 1
    assert page.count("<main") == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(set(ids)) == sorted(ids)
    assert '<html lang="en-GB">' in page


def test_a_fault_of_ours_is_a_plain_page_that_says_nothing_of_the_inside(kent, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("the inside")

    monkeypatch.setattr("commonweal_site.areas.england.systems", broken)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 500
    assert b"Something went wrong on our side" in answer.content
    assert b"the inside" not in answer.content


def test_the_glossary_stands_behind_terms_on_pages(kent):
    page = kent.get("/kent/body/icb").content.decode()
    assert 'href="/glossary/#integrated-care-board"' in page
    assert 'id="integrated-care-board"' in kent.get("/glossary/").content.decode()


def test_the_manual_leads_to_each_of_its_chapters(kent):
    words = [each.strip("^$/").removeprefix("manual/") for each in ADDRESSES if "manual/" in each]
    chapters = {f"/manual/{each.partition('(?:')[0]}/" for each in words if each != "manual"}
    assert chapters == {each.path for each in CHAPTERS}
    said = kent.get("/manual/").content.decode()
    assert all(f'href="{each}"' in said for each in chapters)
