"""Milestones and programmes as anybody may read them, follow them and take them away."""

import csv
import io
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar

from commonweal.plans.milestones import Milestone
from tests.desk import amended, asserted, hours, write
from tests.site.conftest import PAPER, words

X, HIOW, DORSET = "/exampleshire", "/hampshire-and-isle-of-wight", "/dorset"
PAGES = [
    f"{X}/delivery/", f"{HIOW}/delivery/?as_at=2018-10-01", f"{DORSET}/delivery/",
    "/north-east-and-north-cumbria/delivery/", "/england/delivery/", "/west-yorkshire/delivery/",
    f"{X}/milestone/record-everywhere", f"{HIOW}/milestone/partnership-2022-07",
    f"{DORSET}/milestone/board-established", f"{DORSET}/programme/area-of-change-5",
    f"{X}/programme/home-first", f"{X}/milestone/record-everywhere.json",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_delivery_answers(shipped, path):
    assert shipped.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/nowhere/delivery/", "/nowhere/delivery.json", "/nowhere/milestones.ics",
     "/nowhere/delivery.atom", f"{X}/milestone/none", f"{X}/programme/none"],
)  # fmt: skip
def test_what_is_not_on_record_is_said_not_to_be(shipped, path):
    assert shipped.get(path).status_code == 404


def test_the_page_answers_first_and_calls_nothing_late_that_no_source_calls_late(shipped):
    said = words(shipped.get(f"{DORSET}/delivery/"))
    assert (
        "Of 6 milestones none is late by its source; the date of 5 has passed with nothing on "
        "record to say whether it was reached. The rest: 1 reached in time." in said
    )
    assert "Of 13 milestones 1 is late by its source" in words(shipped.get(f"{X}/delivery/"))


def test_a_system_without_milestones_says_so(shipped):
    said = words(shipped.get("/west-yorkshire/delivery/"))
    assert "No milestone is on record" in said
    assert "change the day at the top of the page" in said


def rows(shipped, path):
    return {
        row["id"]: row
        for row in csv.DictReader(io.StringIO(shipped.get(path).content.decode()))
    }  # fmt: skip


def test_the_date_of_the_day_is_told_and_the_first_is_kept(shipped):
    board = "dorset/milestone/board-established"
    before = rows(shipped, f"{DORSET}/delivery.csv?as_at=2021-10-01")[board]
    after = rows(shipped, f"{DORSET}/delivery.csv?as_at=2022-07-01")[board]
    assert (before["due"], before["standing"]) == ("2022-04-01", "to come")
    assert (after["due"], after["first_due"], after["standing"]) == (
        "2022-07-01", "2022-04-01", "reached",
    )  # fmt: skip
    assert "The law came into force three months later" in words(
        shipped.get(f"{DORSET}/delivery/?as_at=2022-07-01")
    )


def test_every_milestone_of_the_sources_is_there(shipped):
    counted = {
        system: len(shipped.get(f"/{system}/delivery.json").json()["milestones"])
        for system in (
            "hampshire-and-isle-of-wight", "dorset", "north-east-and-north-cumbria", "england",
        )
    }  # fmt: skip
    assert counted == {
        "hampshire-and-isle-of-wight": 17, "dorset": 6, "north-east-and-north-cumbria": 13,
        "england": 5,
    }  # fmt: skip


def test_eight_areas_of_change_run_across_tiers(shipped):
    found = shipped.get(f"{DORSET}/delivery.json").json()["programmes"]
    areas = [each for each in found if each["type"] == "area of change"]
    assert len(areas) == 8
    assert {"tier": "place", "who": "dorset/body/dorset-council", "does": "takes part"} in areas[1][
        "parts"
    ]
    said = words(shipped.get(f"{DORSET}/programme/area-of-change-5"))
    assert "A single pot for commissioning, primary care and most specialised spending" in said


def test_a_milestone_tells_what_it_waits_for_and_what_waits_for_it(shipped):
    said = words(shipped.get(f"{X}/milestone/record-tested"))
    assert "Due by the end of May 2026. Reached late on 11 June 2026." in said
    assert "What it waits for" in said
    assert "A supplier of the shared care record is chosen" in said
    assert "What waits for it" in said
    assert "Every neighbourhood team reads the shared care record" in said


def test_the_calendar_has_each_dated_milestone_on_the_last_day_it_can_mean(shipped):
    calendar = Calendar.from_ical(shipped.get(f"{DORSET}/milestones.ics").content)
    days = {str(event["summary"]): event["dtstart"].dt for event in calendar.walk("VEVENT")}
    assert days["The eight main areas of change are in place"] == date(2022, 4, 30)
    assert len(days) == 6
    invented = shipped.get(f"{X}/milestones.ics").content.decode()
    assert "(invented)" in invented
    assert "STATUS:CANCELLED" in invented


def test_the_feed_has_what_is_new_of_them(kent):
    name = "kent/milestone/board"
    first = Milestone(name="A board", when="2022-07", sources=PAPER)
    write(kent.book, asserted(name, first), at=hours(2))
    moved = Milestone(name="A board", when="2022-09", sources=PAPER)
    write(kent.book, amended(name, moved, "2022-06-01"), at=hours(3), reason="It moved")
    feed = ET.fromstring(kent.get("/kent/delivery.atom").content)
    atom = {"a": "http://www.w3.org/2005/Atom"}
    assert [entry.text for entry in feed.findall("a:entry/a:title", atom)] == ["A board"]
    assert "September 2022" in feed.find("a:entry/a:summary", atom).text


def test_a_care_model_shows_its_stated_effects_and_that_nobody_confirmed_them(shipped):
    said = words(shipped.get(f"{HIOW}/programme/new-care-models"))
    assert "Change in referrals by general practitioners under new care models" in said
    assert "-4 % on last year" in said
    assert "As its source states them; nobody else has confirmed them." in said


def test_who_answers_for_a_milestone_is_told_apart_from_who_does_it(shipped):
    said = words(shipped.get(f"{X}/delivery/"))
    assert "Who has which part" in said
    assert "One body answers for a milestone, however many do it." in said
    found = shipped.get(f"{X}/delivery.json").json()["milestones"]
    (hub,) = [each for each in found if each["id"].endswith("/urgent-hub")]
    assert hub["parts"] == [{"part": "agrees to it", "who": "exampleshire/body/icb"}]


def test_groups_set_up_for_a_task_say_until_when_and_for_what(shipped):
    said = words(shipped.get(f"{HIOW}/delivery/?as_at=2018-10-15"))
    assert "Groups set up for a task" in said
    assert "Cluster task and finish group" in said
    assert "No end is recorded" in said
    assert "Groups set up for a task" not in words(shipped.get(f"{DORSET}/delivery/"))


def test_what_was_learnt_stands_with_the_milestone_and_with_the_same_one_elsewhere(shipped):
    learnt = "Weekend visits worked once pharmacists were on call at weekends too."
    for path in ("delivery/", "milestone/home-first-exampleton", "milestone/home-first-county"):
        assert learnt in words(shipped.get(f"{X}/{path}"))
    county = words(shipped.get(f"{X}/milestone/home-first-county"))
    assert "The same milestone elsewhere" in county
    assert "Wider milestone Home first runs on seven days in every place" in county
