"""Whole pages are kept for anonymous readers until the record changes."""

import gzip

import pytest

from commonweal.areas.facts import Area
from commonweal_site.kept import Kept, Pages
from tests.desk import corrected, hours, write


def test_a_page_carries_a_mark_and_an_unchanged_page_is_not_sent_again(kent):
    first = kent.get("/kent/")
    again = kent.get("/kent/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Vary"] == first["Vary"]


def test_answers_differ_by_encoding_and_by_who_has_signed_in(kent):
    assert {"Accept-Encoding", "Cookie"} <= set(kent.get("/kent/")["Vary"].split(", "))


def test_a_reader_who_can_gets_it_compressed(kent):
    plain = kent.get("/kent/")
    squeezed = kent.get("/kent/", headers={"accept-encoding": "gzip"})
    assert squeezed["Content-Encoding"] == "gzip"
    assert gzip.decompress(squeezed.content) == plain.content


def test_a_change_to_the_record_is_seen_at_once(kent):
    assert b"Margate" not in kent.get("/kent/area/thanet").content
    write(kent.book, corrected("kent/area/thanet", Area(name="Margate", type="place")), at=hours(3))
    assert b"Margate" in kent.get("/kent/area/thanet").content


def test_a_change_that_leaves_a_page_alone_leaves_its_mark_alone(kent):
    before = kent.get("/glossary/?as_at=2022-05-01&known=2026-11-02T09:30:00Z")["ETag"]
    write(kent.book, corrected("kent/area/thanet", Area(name="Margate", type="place")), at=hours(4))
    assert kent.get("/glossary/?as_at=2022-05-01&known=2026-11-02T09:30:00Z")["ETag"] == before


def test_the_health_page_is_never_kept(kent):
    assert kent.get("/status")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/kent/body/none", "/kent/?as_at=never"])
def test_pages_for_what_went_wrong_are_not_kept(kent, path):
    assert "ETag" not in kent.get(path)


def test_the_page_least_asked_for_goes_first_when_room_runs_out():
    page = Kept((), b"x" * 40, b"", "m")
    pages = Pages(most=100)
    pages.put(("a",), page)
    pages.put(("b",), page)
    assert pages.get(("a",))
    pages.put(("c",), page)
    assert pages.get(("b",)) is None
    assert pages.get(("a",))
    assert pages.size == 80
