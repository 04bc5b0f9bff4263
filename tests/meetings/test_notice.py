"""Which law binds which body to announce its meetings, and how early."""

import pytest

from commonweal.bodies.facts import Body
from commonweal.meetings.agenda import NotAMeeting
from commonweal.meetings.facts import Meeting
from commonweal.meetings.notice import notice_of
from tests.making import BOARD, FIRST_DAY, a, kent

DAY = FIRST_DAY.replace(year=2023)
PANEL = "kent/body/panel"
MEETING = "kent/meeting/one"


def notice(body_type, when, given, **fields):
    body = a(PANEL, Body(name="Panel", type=body_type))
    meets = a(MEETING, Meeting(body=PANEL, when=when, notice=given, **fields))
    return notice_of(kent(body, meets)(DAY), MEETING)


@pytest.mark.parametrize("council_committee", ["scrutiny committee", "health and wellbeing board"])
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2022-12-02", "met"),  # a Friday: 5, 6, 7, 8 and 9 December lie between
        ("2022-12-05", "not met"),  # only four working days
        (None, "cannot tell"),
    ],
)
def test_a_committee_of_a_council_gives_five_clear_working_days(council_committee, given, expected):
    found = notice(council_committee, "2022-12-12", given)
    assert (found.rule, found.outcome) == ("HWB-12", expected)


def test_a_holiday_is_no_working_day():
    # Monday 29 August 2022 was a bank holiday.
    assert notice("scrutiny committee", "2022-09-01", "2022-08-24").outcome == "not met"
    assert notice("scrutiny committee", "2022-09-01", "2022-08-23").outcome == "met"


def test_a_board_gives_three_clear_days_and_every_day_counts():
    board = a(MEETING, Meeting(body=BOARD, when="2022-07-14", notice="2022-07-10"))
    found = notice_of(kent(board)(DAY), MEETING)
    assert (found.rule, found.outcome) == ("ICB-MTG-02", "met")
    assert "3 clear days before" in found.because


@pytest.mark.parametrize(("given", "expected"), [("2022-12-08", "met"), ("2022-12-09", "not met")])
def test_a_meeting_called_later_is_announced_when_it_is_called(given, expected):
    found = notice("scrutiny committee", "2022-12-12", given, convened="2022-12-08")
    assert found.outcome == expected


def test_being_called_while_there_was_time_is_no_excuse():
    found = notice("scrutiny committee", "2022-12-12", "2022-12-05", convened="2022-12-02")
    assert found.outcome == "not met"


CITY, COUNTY = "kent/body/city", "kent/body/county"
COUNCILS = (
    a(CITY, Body(name="City", type="council")),
    a(COUNTY, Body(name="County", type="council")),
)


def notice_by(*parents, body_type="committee", legal="committee of a body"):
    """Of a meeting of Monday 12 December 2022, four clear working days before."""
    body = a(PANEL, Body(name="Panel", type=body_type, legal=legal, parents=parents))
    meets = a(MEETING, Meeting(body=PANEL, when="2022-12-12", notice="2022-12-05"))
    return notice_of(kent(body, *COUNCILS, meets)(DAY), MEETING)


@pytest.mark.parametrize(("given", "expected"), [("2022-12-02", "met"), ("2022-12-05", "not met")])
def test_the_council_itself_gives_as_much_notice_as_its_committees(given, expected):
    found = notice("council", "2022-12-12", given)
    assert (found.rule, found.outcome) == ("HWB-12", expected)


@pytest.mark.parametrize("body_type", ["committee", "council body", "place board"])
def test_a_committee_of_a_council_is_bound_whatever_it_is_called(body_type):
    assert notice_by(CITY, body_type=body_type).rule == "HWB-12"


def test_a_joint_committee_of_councils_is_bound_like_a_committee_of_one():
    assert (
        notice_by(CITY, COUNTY, body_type="joint committee", legal="joint committee").rule
        == "HWB-12"
    )


@pytest.mark.parametrize("parents", [(CITY, BOARD), (BOARD,), ()])
def test_what_a_council_did_not_set_up_or_not_alone_goes_by_its_own_terms(parents):
    found = notice_by(*parents, body_type="joint committee", legal="joint committee")
    assert (found.rule, found.outcome) == ("notice", "cannot tell")


def test_of_a_council_body_that_may_be_no_committee_it_says_what_would_be_asked():
    found = notice_by(CITY, body_type="council body", legal="not stated")
    assert (found.rule, found.outcome) == ("notice", "cannot tell")
    assert "Whether Panel is a committee in law is not on record" in found.because
    assert "5 clear working days" in found.because


def test_a_council_body_that_is_said_to_be_none_in_law_goes_by_its_own_terms():
    found = notice_by(CITY, body_type="council body", legal="not a legal body")
    assert "its own terms may" in found.because


def test_a_body_that_no_act_binds_goes_by_its_own_terms():
    found = notice("place board", "2022-12-12", "2022-12-11")
    assert found.outcome == "cannot tell"
    assert found.source == "The body's own terms"


def test_a_meeting_before_the_law_or_beyond_the_calendar_cannot_be_told():
    assert "not in force" in notice("council", "2002-09-30", "2002-09-02").because
    assert notice("scrutiny committee", "2199-12-12", "2199-12-01").outcome == "cannot tell"


def test_only_meetings_and_their_items_have_notice():
    with pytest.raises(NotAMeeting, match="is a body"):
        notice_of(kent()(DAY), BOARD)
