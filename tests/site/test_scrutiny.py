"""Scrutiny in public: what was asked, what is overdue, and how each clock was counted."""

import csv
import io
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar
from jsonschema import Draft202012Validator

from commonweal_site.openapi import document
from tests.site.conftest import words

X, DAY = "/exampleshire", "as_at=2026-12-01"
NURSE = f"{X}/recommendation/crisis-nurse"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (f"{NURSE}?{DAY}", "Overdue by 14 days: it was due by 17 November 2026."),
        (f"{NURSE}?as_at=2026-11-17", "has until 17 November 2026 to answer."),
        (f"{X}/recommendation/weekend-walk-in?{DAY}", "13 days late: it was due by 7 August 2026."),
        (f"{X}/recommendation/weekend-walk-in?as_at=2026-08-19", "has not answered"),
        (f"{X}/recommendation/tell-of-pharmacies?{DAY}", "asked for no response, so no clock runs"),
        (f"{X}/recommendation/publish-waits?{DAY}", "On 12 November 2026 it was done."),
        (f"{X}/review/urgent-care-waits?{DAY}", "closed it on 7 July 2026"),
        (f"{X}/review/urgent-care-waits?as_at=2026-07-06", "looks into it since 14 January 2026"),
        (f"{X}/scrutiny-request/complaints-in-full?{DAY}", "Refused: Complaints name people"),
        (f"{X}/healthwatch-report/getting-an-appointment?{DAY}", "1 of the 2 bodies it was sent to has answered; 1 is overdue."),
        (f"{X}/healthwatch-referral/dentists?{DAY}", "Due by 4 December 2026."),
        (f"{X}/programme-item/dentists?{DAY}", "Draft for January 2027."),
        (f"{X}/scrutiny-report/urgent-care-waits?{DAY}", "It makes 4 recommendations."),
        (f"{X}/joint-scrutiny/changes-of-hospital-services?{DAY}", "The law requires it; 2 councils appoint it."),
    ],
)  # fmt: skip
def test_a_page_begins_with_where_the_matter_stands(shipped, path, said):
    assert said in words(shipped.get(path))


def test_a_clock_shows_its_working_its_rule_and_the_law_behind_it(shipped):
    page = shipped.get(f"{NURSE}?{DAY}")
    text = words(page)
    assert "28 days after Tuesday 20 October 2026 end on Tuesday 17 November 2026." in text
    assert "Response within 28 days of request (SCR-06)" in text
    assert "/time-limits/SCR-06/?from=2026-10-20" in page.content.decode().replace("&amp;", "&")


def test_nothing_that_happened_later_is_told_on_an_earlier_day(shipped):
    before = words(shipped.get(f"{X}/recommendation/publish-waits?as_at=2026-08-04"))
    story = before.partition("What happened")[2].partition("Sources")[0]
    assert "Answered" not in story
    assert "The figures of September" not in story


# --- both sides of 31 January 2024 ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "day", "said"),
    [
        ("stroke-beds", "2024-01-30", "may refer a proposal to the Secretary of State. Nothing can"),
        ("stroke-beds", "2024-01-31", "nobody can refer it any more"),
        ("births-at-night", "2024-09-30", "Since 31 January 2024 councils cannot refer a proposal"),
        ("births-at-night", "2024-10-01", "decisions may be taken until 31 March 2025"),
        ("births-at-night", "2025-03-14", "Births at night go on at North for two years"),
        ("births-at-night", "2024-08-01", "only Exampleshire and Exampleton Joint Health Scrutiny"),
        ("walk-in-centre", "2026-12-01", "Whether it is substantial is not on record"),
    ],
)  # fmt: skip
def test_a_change_of_services_is_told_by_the_law_of_the_day(shipped, case, day, said):
    text = words(shipped.get(f"{X}/reconfiguration/{case}?as_at={day}"))
    assert said.casefold() in text.casefold()


def test_what_is_missing_of_a_change_is_said_and_what_is_whole_is_said_to_be(shipped):
    open_ = words(shipped.get(f"{X}/reconfiguration/walk-in-centre?{DAY}"))
    missing = open_.partition("What is missing")[2]
    assert "so neither is whether to consult" in missing
    whole = words(shipped.get(f"{X}/reconfiguration/births-at-night?{DAY}"))
    assert "Nothing that the law asks for by this day is missing" in whole


# --- what is overdue ------------------------------------------------------------------------------


def test_what_is_overdue_is_listed_over_all_systems_the_longest_over_first(shipped):
    data = shipped.get(f"/overdue.json?{DAY}").json()
    late = [(each["id"].rpartition("/")[2], each["due"]) for each in data["overdue"]]
    assert late == [
        ("getting-an-appointment", "2026-04-16"),
        ("night-staffing", "2026-11-13"),
        ("crisis-nurse", "2026-11-17"),
    ]
    assert data["count"] == 3
    assert {each["state"] for each in data["overdue"]} == {"overdue"}
    assert all(each["invented"] for each in data["overdue"])


def test_the_day_after_the_last_day_is_the_first_on_the_list(shipped):
    due = {
        day: [each["id"] for each in shipped.get(f"/overdue.json?as_at={day}").json()["overdue"]]
        for day in ("2026-11-17", "2026-11-18")
    }
    assert NURSE[1:] not in due["2026-11-17"]
    assert NURSE[1:] in due["2026-11-18"]


def test_the_page_the_table_and_the_data_say_the_same(shipped):
    rows = list(csv.DictReader(io.StringIO(shipped.get(f"/overdue.csv?{DAY}").content.decode())))
    data = shipped.get(f"/overdue.json?{DAY}").json()["overdue"]
    assert [each["id"] for each in rows] == [each["id"] for each in data]
    text = words(shipped.get(f"/overdue/?{DAY}"))
    assert all(each["what"] in text for each in data)


def test_promises_past_their_day_are_on_the_list_as_well(shipped):
    assert "A joint strategy with Walsall Healthcare NHS Trust" in words(shipped.get("/overdue/"))


@pytest.mark.parametrize("form", ["json", "csv", "atom"])
def test_one_system_alone_can_be_asked_for(shipped, form):
    there = shipped.get(f"/overdue.{form}?{DAY}&system=exampleshire").content.decode()
    elsewhere = shipped.get(f"/overdue.{form}?{DAY}&system=dorset").content.decode()
    assert "crisis-nurse" in there
    assert "crisis-nurse" not in elsewhere


def test_a_system_that_is_not_there_is_said_to_be_none(shipped):
    answer = shipped.get("/overdue.json?system=nowhere")
    assert answer.status_code == 400
    assert "‘nowhere’" in answer.json()["fault"]
    page = shipped.get("/overdue/?system=nowhere")
    assert page.status_code == 400
    assert "Choose one from the list" in words(page)
    assert shipped.get("/overdue.ics?system=nowhere").status_code == 404
    assert shipped.get("/nowhere/scrutiny/").status_code == 404


def test_a_calendar_has_each_last_day_with_reminders_a_week_and_two_days_before(shipped):
    answer = shipped.get(f"{X}/scrutiny.ics?as_at=2026-11-20")
    assert answer["Content-Type"].startswith("text/calendar")
    events = {
        str(each["url"]).rpartition("/")[2]: each
        for each in Calendar.from_ical(answer.content).walk("VEVENT")
    }
    beds = events["home-by-nine"]
    assert beds["dtstart"].dt == date(2026, 12, 14)
    assert [each["trigger"].dt.days for each in beds.walk("VALARM")] == [-7, -2]
    assert str(events["crisis-nurse"]["summary"]).startswith("Overdue: ")
    assert "publish-waits" not in events


def test_the_feed_has_the_latest_first(shipped):
    feed = ET.fromstring(shipped.get(f"/overdue.atom?{DAY}").content)
    titles = [each.findtext(f"{ATOM}title") for each in feed.iter(f"{ATOM}entry")]
    assert titles[0].endswith("Have a mental health nurse in the emergency department every night")
    assert len(titles) == 3


# --- a system -------------------------------------------------------------------------------------


def test_a_system_shows_what_was_asked_of_whom_and_where_it_stands(shipped):
    text = words(shipped.get(f"{X}/scrutiny/?{DAY}"))
    assert "3 answers are overdue to scrutiny or Healthwatch here" in text
    for heading in ("Recommendations", "Work programme", "Changes of services", "Reviews"):
        assert heading in text
    assert "Not accepted, 20 August 2026" in text


def test_wolverhampton_has_its_reviews_and_draft_programme_and_no_recommendation(shipped):
    text = words(shipped.get("/black-country-wolverhampton/scrutiny/?as_at=2022-12-12"))
    assert "No recommendation" not in text.partition("Not on record")[0]
    assert "Monitoring of urology services" in text
    assert "Recommendations" in text.partition("Not on record on this day")[2]
    assert shipped.get("/black-country-wolverhampton/scrutiny.json").json()["owed"] == []


def test_a_system_without_scrutiny_on_record_says_so(shipped):
    assert "Nothing of scrutiny is on record here yet." in words(shipped.get("/dorset/scrutiny/"))


@pytest.mark.parametrize(
    ("path", "shape"), [(f"/overdue.json?{DAY}", "Overdue"), (f"{X}/scrutiny.json?{DAY}", "Scrutiny")]
)  # fmt: skip
def test_the_data_has_what_the_openapi_document_says(shipped, path, shape):
    schemas = document()["components"]["schemas"]
    held = {"$ref": f"#/components/schemas/{shape}", "components": {"schemas": schemas}}
    data = shipped.get(path).json()
    assert list(Draft202012Validator(held).iter_errors(data)) == []
    assert data["count"] > 0


def test_the_data_of_a_system_has_every_table_of_its_page(shipped):
    sections = shipped.get(f"{X}/scrutiny.json?{DAY}").json()["sections"]
    refused = next(each for each in sections["recommendations"] if "weekends" in each["what"])
    assert refused["answer"] == "Not accepted, 20 August 2026"
    assert {"work-programme", "changes-of-services", "reviews"} <= sections.keys()


@pytest.mark.parametrize(
    "path", ["/overdue/", "/overdue.json", "/overdue.ics", "/overdue.atom", "/kent/scrutiny/"]
)
@pytest.mark.parametrize("name", ["as_at", "known", "system"])
def test_strange_values_are_answered(kent, path, name):
    for value in ("9999-12-31", "-1", "\x00", '"><script>', "../..", "1", "a" * 3000):
        answer = kent.get(path, {name: value})
        assert answer.status_code in {200, 400, 404}, (name, value)
        if answer["Content-Type"].startswith("text/html"):
            assert b"<script>" not in answer.content


def test_the_page_of_a_body_shows_what_it_still_owes_and_what_it_waits_for(shipped):
    title = "Owed to scrutiny and Healthwatch"
    owes = words(shipped.get(f"{X}/body/mental-health?{DAY}"))
    assert "Overdue by 14 days: it was due by 17 November 2026." in owes.partition(title)[2]
    waits = words(shipped.get(f"{X}/body/exampleshire-scrutiny?{DAY}"))
    assert "Have a mental health nurse" in waits.partition(title)[2]
    assert title not in words(shipped.get(f"{X}/body/market-partnership?{DAY}"))
