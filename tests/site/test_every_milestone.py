"""Milestones of every system: narrowed as asked, side by side, and never late without a source."""

import csv
import io
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar

from tests.site.conftest import words

DAY = "as_at=2026-11-01"
FORMS = ["/", ".json", ".csv", ".ics", ".atom"]


def data(shipped, asked=""):
    return shipped.get(f"/milestones.json?{DAY}{asked}").json()


def ids(shipped, asked=""):
    return [each["id"] for each in data(shipped, asked)["milestones"]]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_the_list_answers(shipped, form):
    assert shipped.get(f"/milestones{form}?{DAY}").status_code == 200


def test_the_page_answers_first_and_invented_systems_are_left_out_until_they_are_asked_for(shipped):
    said = words(shipped.get(f"/milestones/?{DAY}"))
    found = data(shipped)
    assert found["answer"] in said
    assert "none is late by its source" in said
    assert "Invented systems are left out; see Exampleshire" in said
    assert not [name for name in ids(shipped) if name.startswith("exampleshire/")]
    assert len(ids(shipped, "&system=exampleshire")) == 13


def test_one_milestone_stands_side_by_side_in_the_bodies_that_set_themselves_one(shipped):
    said = words(shipped.get(f"/milestones/?{DAY}"))
    assert "Every system has its integrated care partnership" in said
    assert "At least an interim integrated care partnership (statutory) in every system" in said
    assert (
        "The statutory integrated care partnership begins, with its first official meeting" in said
    )
    found = {each["wider"]: each["own"] for each in data(shipped)["side_by_side"]}
    partnerships = found["england/milestone/partnerships-established"]
    assert [(each["id"].split("/")[0], each["against_the_wider"]) for each in partnerships] == [
        ("hampshire-and-isle-of-wight", "sooner"), ("hampshire-and-isle-of-wight", "the same time"),
        ("north-east-and-north-cumbria", "sooner"),
    ]  # fmt: skip


def test_a_moved_date_is_shown_with_the_first(shipped):
    said = words(shipped.get(f"/milestones/?{DAY}&system=dorset"))
    assert "On 1 July 2022 (at first on 1 April 2022)" in said


def test_a_body_is_asked_for_whatever_its_part(shipped):
    wolverhampton = "black-country-wolverhampton/body/royal-wolverhampton-nhs-trust"
    assert ids(shipped, f"&body={wolverhampton}") == [
        "black-country-wolverhampton/milestone/quality-accounts-2022",
        "black-country-wolverhampton/milestone/shared-strategy",
    ]


def test_a_quarter_holds_what_ends_in_it(shipped):
    names = ids(shipped, "&quarter=2021/22%20Q4")
    assert "dorset/milestone/remaining-roles" in names  # by the end of 2021/22 Q4
    assert "dorset/milestone/eight-areas-of-change" not in names  # by April 2022


def test_a_state_is_asked_for_by_its_name(shipped):
    assert ids(shipped, "&system=exampleshire&state=late") == ["exampleshire/milestone/teams-all"]
    silent = ids(shipped, "&system=exampleshire&state=passed%20in%20silence")
    assert silent == ["exampleshire/milestone/team-leaders"]


def test_all_forms_hold_the_same_milestones(shipped):
    asked = f"?{DAY}&system=dorset"
    rows = list(
        csv.DictReader(io.StringIO(shipped.get(f"/milestones.csv{asked}").content.decode()))
    )
    calendar = Calendar.from_ical(shipped.get(f"/milestones.ics{asked}").content)
    feed = ET.fromstring(shipped.get(f"/milestones.atom{asked}").content)
    names = ids(shipped, "&system=dorset")
    assert [each["id"] for each in rows] == names
    assert len(calendar.walk("VEVENT")) == len(names)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == len(names)


@pytest.mark.parametrize(
    ("asked", "because"),
    [
        ("system=nowhere", "No system called ‘nowhere’ is on record on this day."),
        ("body=dorset/body/none", "No body called ‘dorset/body/none’ is on record on this day."),
        ("quarter=soon", "‘soon’ is no quarter. Write one such as 2021/22 Q4, or leave it out."),
        ("state=behind", "‘behind’ is no state. There are: late, passed in silence,"),
    ],
)
def test_what_cannot_be_asked_is_said_with_what_can(shipped, asked, because):
    for form in (".json", ".csv"):
        answer = shipped.get(f"/milestones{form}?{asked}")
        assert answer.status_code == 400
        assert answer.json()["fault"].startswith(because)
    page = shipped.get(f"/milestones/?{asked}")
    assert page.status_code == 400
    assert because in words(page)
    assert shipped.get(f"/milestones.ics?{asked}").status_code == 404


def test_a_page_far_past_the_end_says_that_nothing_is_there(shipped):
    assert "No milestone on record is like that" in words(shipped.get("/milestones/?page=99"))


# --- among what is overdue ------------------------------------------------------------------------


def test_no_milestone_is_overdue_in_silence_and_silence_is_not_called_late(shipped):
    said = words(shipped.get(f"/overdue/?{DAY}"))
    assert "Milestones past their day" in said
    assert "the day has gone with no word that it was done, which is not the same as late;" in said
    listed = shipped.get(f"/overdue.json?{DAY}").json()["milestones"]
    assert "dorset/milestone/eight-areas-of-change" in [each["id"] for each in listed]
    assert {each["standing"] for each in listed} == {"passed in silence"}
    over = [each["days_over"] for each in listed]
    assert over == sorted(over, reverse=True)


def test_what_a_source_calls_late_says_so_among_what_is_overdue(shipped):
    listed = shipped.get(f"/overdue.json?{DAY}&system=exampleshire").json()["milestones"]
    assert {each["id"].rpartition("/")[2]: each["standing"] for each in listed} == {
        "teams-all": "late", "team-leaders": "passed in silence",
    }  # fmt: skip
    said = words(shipped.get(f"/overdue/?{DAY}&system=exampleshire"))
    assert "Late: a source says it is not done, 32 days over" in said


def test_a_system_whose_milestones_are_past_can_be_chosen_among_what_is_overdue(shipped):
    assert '<option value="dorset">' in shipped.get(f"/overdue/?{DAY}").content.decode()


def test_what_waits_for_a_law_is_shown_under_that_law(shipped):
    said = words(shipped.get("/milestones/?as_at=2022-05-01"))
    assert "What waits for a law" in said
    assert "Health and Care Act 2022 Milestone The NHS body of the system is established" in said
    assert "No: that is there only by 28 April 2022" in said
    assert "A law" in words(shipped.get("/dorset/milestone/board-established"))
