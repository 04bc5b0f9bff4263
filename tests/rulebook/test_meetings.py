"""How a board meets: in public, and announced in time."""

import pytest

from commonweal.meetings.facts import Meeting
from tests.making import BOARD, FIRST_DAY, a, kent, outcomes, said

DAY = FIRST_DAY.replace(year=2023)
MEETING = "kent/meeting/july"


def meets(number, when="2022-07-14", body=BOARD, **fields):
    fact = Meeting(body=body, when=when, **fields)
    return outcomes(kent(a(MEETING, fact))(DAY), number)


@pytest.mark.parametrize("number", ["ICB-PUB-04", "ICB-MTG-01", "ICB-MTG-02"])
def test_no_meeting_on_record_is_no_breach(number):
    assert outcomes(kent()(DAY), number) == {BOARD: "cannot tell"}


@pytest.mark.parametrize("number", ["ICB-PUB-04", "ICB-MTG-01", "ICB-MTG-02"])
def test_a_meeting_before_there_were_boards_is_no_matter_of_these_rules(number):
    assert meets(number, "2022-06-30", notice="2022-06-30", public=False) == {}


def test_a_board_meets_in_public_or_keeps_the_public_out_by_resolution():
    assert meets("ICB-PUB-04", public=True) == {MEETING: "met"}
    assert meets("ICB-PUB-04", public=False, excluded_because="a lease") == {MEETING: "met"}
    assert meets("ICB-PUB-04", public=False) == {MEETING: "cannot tell"}
    assert meets("ICB-PUB-04") == {MEETING: "cannot tell"}


def test_a_resolution_that_keeps_the_public_out_gives_its_reason():
    assert meets("ICB-MTG-01", public=False, excluded_because="A lease.") == {MEETING: "met"}
    assert meets("ICB-MTG-01", public=False) == {MEETING: "cannot tell"}
    assert meets("ICB-MTG-01", public=True) == {}


@pytest.mark.parametrize(
    ("notice", "expected"),
    [
        ("2022-07-10", "met"),  # 11, 12 and 13 July lie between
        ("2022-07-11", "not met"),  # only 12 and 13
        ("2022-07", "cannot tell"),
        (None, "cannot tell"),
    ],
)
def test_notice_is_given_three_clear_days_before(notice, expected):
    assert meets("ICB-MTG-02", notice=notice) == {MEETING: expected}


@pytest.mark.parametrize(
    ("notice", "convened", "expected"),
    [
        ("2022-07-12", "2022-07-12", "met"),
        ("2022-07-13", "2022-07-12", "not met"),
        ("2022-07-11", "2022-07-10", "not met"),  # called while there was still time
    ],
)
def test_a_meeting_called_at_short_notice_is_announced_when_it_is_called(
    notice, convened, expected
):
    assert meets("ICB-MTG-02", notice=notice, convened=convened) == {MEETING: expected}


def test_the_days_of_notice_are_counted_out():
    fact = Meeting(body=BOARD, when="2022-07-14", notice="2022-07-11")
    because = said(kent(a(MEETING, fact))(DAY), "ICB-MTG-02", MEETING)
    assert "2 clear days before; 3 are asked for" in because


def test_a_council_committee_is_under_other_rules():
    assert meets("ICB-MTG-02", body="kent/body/council", notice="2022-07-13") == {
        BOARD: "cannot tell"
    }
