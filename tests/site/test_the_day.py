"""One control turns the whole site to a day, and to what was known."""

import re
from datetime import date

import pytest
from django.http import QueryDict

from commonweal_site.day import Day, MalformedDay, asked_day, from_parts, today
from tests.site.conftest import words


def test_without_asking_a_page_is_of_today_as_known_now():
    assert asked_day(QueryDict("")) == Day(today(), None, today())


def test_a_day_asked_for_is_kept_in_every_link():
    day = Day(date(2022, 5, 1), None, date(2026, 11, 22))
    assert day.link("/kent/") == "/kent/?as_at=2022-05-01"
    assert day.link("/kinds/body/?type=team#top") == "/kinds/body/?type=team&as_at=2022-05-01#top"


def test_known_as_a_day_means_the_end_of_that_day():
    asked = asked_day(QueryDict("known=2026-01-31"))
    assert asked.known.isoformat() == "2026-01-31T23:59:59.999999+00:00"


@pytest.mark.parametrize("text", ["2022-02-30", "yesterday", "1 May 2022", "20220"])
def test_what_is_no_day_is_refused_with_how_to_write_one(text):
    with pytest.raises(MalformedDay, match="2022-07-01"):
        asked_day(QueryDict(f"as_at={text}"))


@pytest.mark.parametrize("month", ["7", "07", "July", "jul"])
def test_the_three_boxes_take_a_month_as_number_or_word(month):
    query = QueryDict(f"as_at-day=1&as_at-month={month}&as_at-year=2022")
    assert from_parts(query, "as_at") == "2022-07-01"


def test_an_empty_box_is_named():
    with pytest.raises(MalformedDay, match="must have a month"):
        from_parts(QueryDict("as_at-day=1&as_at-month=&as_at-year=2022"), "as_at")


def test_the_form_becomes_one_address_that_keeps_what_else_was_asked(kent):
    answer = kent.get("/search/?q=kent&as_at-day=1&as_at-month=5&as_at-year=2022&known-year=")
    assert answer.status_code == 302
    assert answer["Location"] == "/search/?q=kent&as_at=2022-05-01"


def test_a_bad_day_gives_the_page_as_at_today_with_the_fault_at_its_top(kent):
    answer = kent.get("/kent/?as_at=2022-13-01")
    assert answer.status_code == 400
    assert "There is a problem with the day ‘2022-13-01’ is not a day." in words(answer)
    assert "<title>Error: " in answer.content.decode()


def test_bad_boxes_are_answered_on_the_page_too(kent):
    answer = kent.get("/kent/?as_at-day=31&as_at-month=2&as_at-year=2022")
    assert answer.status_code == 400
    assert "There is no 31 2 2022." in words(answer)


def test_a_page_of_another_day_says_so_at_the_top(kent):
    said = words(kent.get("/kent/?as_at=2021-05-01"))
    assert "You are looking at 1 May 2021 , not today." in said
    assert "You are looking at" not in words(kent.get("/kent/"))


def test_a_page_of_an_earlier_record_says_so_at_the_top(kent):
    said = words(kent.get("/kent/?known=2026-11-30"))
    assert "This is what the record said on 30 November 2026" in said


@pytest.mark.parametrize("path", ["/", "/kent/", "/kent/body/icb", "/findings/", "/search/?q=kent"])
def test_every_link_on_a_page_keeps_the_day(kent, path):
    mark = "&" if "?" in path else "?"
    page = kent.get(f"{path}{mark}as_at=2022-07-02").content.decode()
    hrefs = re.findall(r'<a [^>]*href="(/[^"]*)"', page)
    own_day = re.compile(r"as_at=|\.atom$|^/(accounts|edit)/")
    strayed = [each for each in hrefs if not own_day.search(each)]
    back_to_today = {path.replace("&", "&amp;")}
    assert len(hrefs) > 15
    assert set(strayed) <= back_to_today


def test_a_correction_is_seen_now_but_not_as_known_before_it(kent):
    assert "East Thanet" in words(kent.get("/kent/area/thanet?as_at=2023-05-01"))
    before = kent.get("/kent/area/thanet?as_at=2023-05-01&known=2026-11-02T09:30:00Z")
    assert "East Thanet" not in words(before)
