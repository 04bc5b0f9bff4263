"""How a board meets: in public, and announced in time."""

import pytest

from commonweal.bodies.facts import Body
from commonweal.meetings.decided import Decision
from commonweal.meetings.facts import AgendaItem, Conflict, Meeting
from tests.making import BOARD, FIRST_DAY, a, kent, outcomes, said, seat

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


PANEL = "kent/body/panel"


def panel_meets(when, notice, **fields):
    panel = a(PANEL, Body(name="Panel", type="scrutiny committee"))
    meeting = a(MEETING, Meeting(body=PANEL, when=when, notice=notice, **fields))
    return outcomes(kent(panel, meeting)(DAY), "HWB-12")


@pytest.mark.parametrize(
    ("when", "notice", "expected"),
    [
        ("2022-12-12", "2022-12-02", "met"),  # 5, 6, 7, 8 and 9 December lie between
        ("2022-12-12", "2022-12-03", "met"),  # a Saturday: the same five
        ("2022-12-12", "2022-12-05", "not met"),
        ("2022-09-01", "2022-08-23", "met"),  # 29 August was a bank holiday
        ("2022-09-01", "2022-08-24", "not met"),
        ("2022-12-12", None, "cannot tell"),
    ],
)
def test_a_committee_of_a_council_gives_notice_five_clear_working_days_before(
    when, notice, expected
):
    assert panel_meets(when, notice) == {MEETING: expected}


def test_a_committee_called_at_short_notice_is_announced_when_it_is_called():
    assert panel_meets("2022-12-12", "2022-12-08", convened="2022-12-08") == {MEETING: "met"}
    assert panel_meets("2022-12-12", "2022-12-09", convened="2022-12-08") == {MEETING: "not met"}


def test_meetings_of_boards_and_those_before_the_law_are_no_matter_of_the_councils_rule():
    assert meets("HWB-12", notice="2022-07-13") == {}
    assert panel_meets("2002-09-30", "2002-09-30") == {}


# --- interests and decisions ----------------------------------------------------------------------

FIRST, SECOND = "kent/item/1", "kent/item/2"


def held(*more, when="2022-07-14"):
    """A meeting that asked for interests and then took one item."""
    return kent(
        a(MEETING, Meeting(body=BOARD, when=when, type="held")),
        a(FIRST, AgendaItem(meeting=MEETING, number="1", name="x", type="declare interests")),
        a(SECOND, AgendaItem(meeting=MEETING, number="2", name="A clinic")),
        seat("nurse", "director of nursing"),
        *more,
    )(DAY)


def touched(what, **fields):
    fact = Conflict(item=SECOND, of="kent/seat/nurse", nature="a share", type=what, **fields)
    return a("kent/conflict/nurse", fact)


@pytest.mark.parametrize(
    ("what", "expected"),
    [("left the meeting", "met"), ("took full part", "not met"), ("not stated", "cannot tell")],
)
def test_each_interest_is_dealt_with_at_the_item_it_touches(what, expected):
    assert outcomes(held(touched(what)), "ICB-COI-05") == {SECOND: expected}


def test_a_meeting_without_interests_is_in_order_if_members_were_asked():
    assert outcomes(held(), "ICB-COI-05") == {MEETING: "met"}


def test_interests_at_meetings_before_there_were_boards_or_still_to_come_are_not_tried():
    assert outcomes(held(touched("took full part"), when="2022-06-30"), "ICB-COI-05") == {}
    assert outcomes(held(touched("took full part"), when="2023-07-02"), "ICB-COI-05") == {}


def test_a_decision_that_fails_a_line_is_found_with_the_line_and_its_reason():
    one = a("kent/decision/one", Decision(name="x", item=SECOND, type="consensus", outcome="carried",
                                          consultation="not held"))  # fmt: skip
    assert outcomes(held(one), "REC-DECISION") == {"kent/decision/one": "not met"}
    because = said(held(one), "REC-DECISION", "kent/decision/one")
    assert because.startswith("Not met, regard and consultation: ")


@pytest.mark.parametrize("fields", [{"type": "noted"}, {"type": "consensus", "status": "proposed"}])
def test_what_is_only_noted_or_proposed_is_not_tried(fields):
    one = a("kent/decision/one", Decision(name="x", item=SECOND, consultation="not held", **fields))
    assert outcomes(held(one), "REC-DECISION") == {}
