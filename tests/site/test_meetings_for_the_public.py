"""Meetings, decisions, promises and plans as anybody may read them, follow them and download them."""

import csv
import io
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar

from commonweal.meetings.facts import Meeting
from tests.desk import asserted, corrected, hours, write
from tests.site.conftest import PAPER, words

X, HIOW, WV = "/exampleshire", "/hampshire-and-isle-of-wight", "/black-country-wolverhampton"
PANEL = f"{WV}/body/health-scrutiny-panel"
PAGES = [
    f"{X}/meeting/board-2024-09-11", f"{X}/meeting/board-2026-01-14", f"{X}/meeting/board-2026-12-09",
    f"{X}/meeting/north-2027-01-20", f"{WV}/meeting/panel-2022-09-22",
    f"{WV}/meeting/cancer-improvement-group-2022-05",
    f"{X}/decision/winter-beds-2024", f"{X}/decision/day-centre-2025", f"{X}/decision/medical-report-2024",
    f"{WV}/decision/panel-2022-09-22-minutes", f"{X}/proposal/shared-care-record",
    f"{HIOW}/proposal/footprints-2", f"{X}/question/board-2024-09-11-market-bus",
    f"{X}/promise/market-bus", f"{WV}/promise/panel-2022-09-22-command-centre-visit",
    f"{X}/meetings/", f"{X}/body/icb/meetings/", f"{PANEL}/meetings/", f"{X}/decisions/",
    f"{X}/decisions/?year=2025&amount=small", f"{WV}/decisions/", f"{X}/endorsements/",
    f"{HIOW}/endorsements/", "/dorset/endorsements/", f"{X}/promises/", f"{WV}/promises/",
    f"{X}/forward-plan/", f"{X}/body/icb/forward-plan/", f"{WV}/forward-plan/?as_at=2022-12-11",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_meetings_answers(shipped, path):
    assert shipped.get(path).status_code == 200


def rows(shipped, path):
    text = shipped.get(path).content.decode()
    return list(csv.DictReader(io.StringIO(text)))


# --- a meeting ------------------------------------------------------------------------------------


def test_a_meeting_tells_when_where_who_what_and_whether_it_was_in_order(shipped):
    said = words(shipped.get(f"{X}/meeting/board-2024-09-11"))
    for fact in (
        "11 September 2024, 13:30", "Example Hall",
        "8 clear days before; 3 are asked for", "Community services in Market",
        "How will people without a car reach the new clinic?", "A shuttle is being costed.",
        "A costed plan for a shuttle to the clinic", "By vote",
    ):  # fmt: skip
        assert fact.lower() in said.lower(), fact
    assert (
        'href="https://exampleshire.example/recordings/2024-09-11"'
        in shipped.get(f"{X}/meeting/board-2024-09-11").content.decode()
    )


def test_minutes_that_a_later_meeting_confirmed_are_said_to_be(shipped):
    said = words(shipped.get(f"{WV}/meeting/panel-2022-06-30"))
    assert "Confirmed: The minutes of 30 June 2022 are a correct record" in said
    assert "None on record that a later meeting confirmed" in words(
        shipped.get(f"{X}/meeting/board-2024-09-11")
    )


def test_minutes_on_record_are_a_page_of_their_own_with_what_was_put_right(shipped):
    meeting = shipped.get(f"{X}/meeting/board-2024-05-22").content.decode()
    assert 'href="/exampleshire/minutes/board-2024-05-22">Approved</a>' in meeting
    said = words(shipped.get(f"{X}/minutes/board-2024-05-22"))
    assert "Approved on 11 September 2024 as a correct record" in said
    assert "beds must be booked by July, not by June" in said
    draft = words(shipped.get(f"{X}/minutes/board-2024-05-22?as_at=2024-09-10"))
    assert "Published on 29 May 2024 as a draft" in draft
    assert "beds must be booked by June" in draft


@pytest.mark.parametrize("form", ["", ".json", ".csv"])
def test_minutes_of_a_private_meeting_name_nothing_exempt_in_any_form(shipped, form):
    said = shipped.get(f"{X}/minutes/board-2026-01-14{form}").content.decode()
    assert "Taken in private" in said
    assert "Terms of a lease" not in said


def test_what_the_sources_do_not_say_of_a_meeting_is_said_to_be_not_recorded(shipped):
    said = words(shipped.get(f"{WV}/meeting/panel-2022-09-22"))
    assert "Where Not recorded" in said
    assert "whether the public could attend" not in said
    assert "None on record" in said


def test_a_cancelled_meeting_says_so(shipped):
    assert "This meeting was called off." in words(shipped.get(f"{X}/meeting/north-2027-01-20"))


# --- a decision -----------------------------------------------------------------------------------

LINES = (
    "Power Chain Limit Quorum Conflict Notice Regard Endorsements Reservations Publication"
).split()


def test_a_decision_shows_its_sentence_its_ten_lines_and_what_is_wrong_with_it(shipped):
    said = words(shipped.get(f"{X}/decision/north-hub-2025"))
    assert "On 17 September 2025 North Exampleshire Place Board decided" in said
    assert "It may stand only with what is wrong with it: reservations." in said
    assert "above £900,000 the matter is reserved" in said
    for line in LINES:
        assert line in said


def test_the_ten_lines_are_data_with_a_proof_that_names_the_day(shipped):
    data = shipped.get(f"{X}/decision/north-reablement-2024/lines.json").json()
    assert [each["line"] for each in data["lines"]][:3] == ["power", "chain", "limit"]
    assert len(data["lines"]) == 10
    assert data["proof"]["day"] == "2024-08-05"


def test_a_decision_that_was_called_in_tells_how_it_went(shipped):
    said = words(shipped.get(f"{X}/decision/day-centre-2025"))
    assert "It was called in on 11 February 2025 and referred back on 25 February 2025." in said
    assert "The day centre stays where it is" in said
    day = words(shipped.get(f"{X}/decision/day-centre-2025?as_at=2025-02-10"))
    assert "4 days left after today" in day


def test_what_was_only_noted_is_no_decision_on_any_page(shipped):
    said = words(shipped.get(f"{X}/decision/medical-report-2024"))
    assert "To note is not to decide." in said
    assert "Was it within powers" not in said


# --- the register ---------------------------------------------------------------------------------


def test_the_register_is_narrowed_by_body_function_amount_key_and_year(shipped):
    whole = rows(shipped, f"{X}/decisions.csv")
    assert len(whole) == 28
    for asked, test in (
        ("body=exampleshire/post/place-lead-north", lambda r: r["made_by"].endswith("lead-north")),
        ("amount=large", lambda r: int(r["amount_pence"] or 0) > 100_000_000),
        ("amount=none", lambda r: not r["amount_pence"]),
        ("key=yes", lambda r: r["key"] == "yes"),
        ("year=2024", lambda r: r["made_on"].startswith("2024")),
    ):
        found = rows(shipped, f"{X}/decisions.csv?{asked}")
        assert found == [row for row in whole if test(row)]
        assert 0 < len(found) < len(whole)


def test_the_register_as_json_says_what_each_decision_fails(shipped):
    found = shipped.get(f"{X}/decisions.json").json()["decisions"]
    failed = {each["id"].rsplit("/")[-1]: each["not_met"] for each in found if each["not_met"]}
    assert failed["scans-again-2025"] == ["limit"]
    assert len(failed) == 12


# --- proposals, promises, plans -------------------------------------------------------------------


def test_nobody_is_said_to_have_endorsed_the_recommendations_of_2018(shipped):
    found = rows(shipped, f"{HIOW}/endorsements.csv")
    assert {row["answer"] for row in found} == {"no answer on record"}
    assert len({row["proposal"] for row in found}) >= 10
    said = words(shipped.get(f"{HIOW}/endorsements/"))
    assert "Not recorded" in said
    assert "Endorsed" not in said.replace("endorsed them", "")


def test_a_body_that_was_not_asked_is_told_from_one_that_did_not_answer(shipped):
    said = words(shipped.get(f"{X}/proposal/shared-care-record"))
    assert "Only if residents may opt out online." in said
    assert "1 rejected it" in said


def test_a_promise_leads_from_its_question_to_the_action_that_is_to_keep_it(shipped):
    question = shipped.get(f"{X}/question/board-2024-09-11-market-bus").content.decode()
    assert f'href="{X}/promise/market-bus"' in question
    promise = shipped.get(f"{X}/promise/market-bus").content.decode()
    assert f'href="{X}/action/market-shuttle"' in promise


@pytest.mark.parametrize(
    ("day", "state"), [("2024-12-31", "Not yet due"), ("2025-01-01", "Overdue by 1 day")]
)
def test_a_promise_is_overdue_the_day_after_its_last_day(shipped, day, state):
    assert state in words(shipped.get(f"{X}/promise/market-bus?as_at={day}"))


def test_the_tracker_lists_every_promise_of_september_2022(shipped):
    found = shipped.get(f"{WV}/promises.json").json()["outstanding"]
    assert len([each for each in found if each["kind"] == "promise"]) >= 10
    visit = next(each for each in found if "command-centre-visit" in each["id"])
    assert (visit["state"], visit["days_over"], visit["due"]) == ("no day set", None, None)


def test_the_plan_of_the_panel_for_december_was_known_the_day_before(shipped):
    found = rows(shipped, f"{PANEL}/forward-plan.csv?as_at=2022-12-11")
    assert [each["when"] for each in found][:6] == ["2022-12-12"] * 6
    assert "Within 28 days" in words(shipped.get(f"{PANEL}/forward-plan/?as_at=2022-12-11"))


def test_a_key_decision_to_come_is_in_the_plan_and_decides_nothing_yet(shipped):
    assert "A second clinic opens in Market" in words(shipped.get(f"{X}/forward-plan/"))
    found = words(shipped.get(f"{X}/decision/market-clinic-2026"))
    assert "Only proposed: nothing is decided yet." in found
    assert "Was it within powers" not in found
    assert "is to decide" in found


def test_a_cancelled_meeting_is_in_no_plan(shipped):
    assert "north-2027-01-20" not in shipped.get(f"{X}/forward-plan.json").content.decode()


# --- calendars and feeds --------------------------------------------------------------------------


def events(shipped, path):
    answer = shipped.get(path)
    assert answer["Content-Type"].startswith("text/calendar")
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(each["uid"]).split("@")[0].rsplit(".")[-1]: each for each in found}


def test_a_calendar_holds_each_meeting_by_the_clock_of_england(shipped):
    found = events(shipped, f"{X}/meetings.ics")
    # British summer time: one hour before universal time in winter clocks.
    assert found["board-2024-09-11"]["dtstart"].dt == datetime(2024, 9, 11, 12, 30, tzinfo=UTC)
    assert found["board-2025-11-05"]["dtstart"].dt == datetime(2025, 11, 5, 13, 30, tzinfo=UTC)
    # No hour is on record: the whole day.
    assert found["wellbeing-2026-09-16"]["dtstart"].dt == date(2026, 9, 16)


def test_a_cancelled_meeting_is_cancelled_in_the_calendar(shipped):
    found = events(shipped, f"{X}/meetings.ics")
    assert str(found["north-2027-01-20"]["status"]) == "CANCELLED"
    assert str(found["board-2024-09-11"]["status"]) == "CONFIRMED"
    panel = events(shipped, f"{PANEL}/meetings.ics")
    assert str(panel["panel-2022-11-10"]["status"]) == "TENTATIVE"


def test_a_meeting_of_which_only_the_month_is_known_is_in_no_calendar(shipped):
    assert "cancer-improvement-group-2022-05" not in events(shipped, f"{WV}/meetings.ics")


def test_a_calendar_of_an_invented_system_says_so(shipped):
    assert "(invented)" in str(events(shipped, f"{X}/meetings.ics")["board-2024-09-11"]["summary"])


def test_a_change_of_a_meeting_keeps_its_name_and_raises_its_number(kent):
    meeting = "kent/meeting/july"
    fact = Meeting(body="kent/body/icb", when="2026-12-10", time="10:00", sources=PAPER)
    write(kent.book, asserted(meeting, fact), at=hours(2))
    first = events(kent, "/kent/meetings.ics")["july"]
    moved = Meeting(body="kent/body/icb", when="2026-12-11", time="10:00", sources=PAPER)
    write(kent.book, corrected(meeting, moved), at=hours(3))
    second = events(kent, "/kent/meetings.ics")["july"]
    assert first["uid"] == second["uid"]
    assert first["sequence"] < second["sequence"]
    assert second["dtstart"].dt.day == 11


@pytest.mark.parametrize("path", ["/nowhere/meetings.ics", "/dorset/body/nobody/meetings.ics"])
def test_no_calendar_is_made_for_what_is_not_there(shipped, path):
    assert shipped.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/nowhere/meetings.atom", "/dorset/body/nobody/meetings.atom"])
def test_no_feed_is_made_for_what_is_not_there(shipped, path):
    assert shipped.get(path).status_code == 404


def test_a_feed_tells_of_a_bodys_meetings_and_decisions_and_of_nobody_elses(shipped):
    feed = ET.fromstring(shipped.get(f"{X}/body/icb/meetings.atom").content)
    links = [e.get("href") for e in feed.iterfind(".//{*}entry/{*}link")]
    assert any("/decision/winter-beds-2024" in each for each in links)
    assert not any("north-hub-2025" in each for each in links)
