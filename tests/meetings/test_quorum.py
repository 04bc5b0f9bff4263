"""When a meeting, or one item of it, has its quorum."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.bodies.facts import QuorumRule, Seat
from commonweal.meetings.facts import Attendance, Meeting
from commonweal.meetings.quorum import quorum
from tests.making import BOARD, a, kent
from tests.meetings.gathering import (
    CHAIR,
    DAY,
    EXTRA,
    FIRST,
    LAY,
    MEETING,
    MONEY,
    NURSE,
    SEATS,
    SECOND,
    THIRD,
    VOTING,
    WATCH,
    came,
    conflict,
    meeting,
    named,
)  # fmt: skip


def at(name, *more, **fields):
    return quorum(meeting(*more, **fields), name).outcome


@pytest.mark.parametrize(("there", "expected"), [(3, "met"), (2, "not met")])
def test_a_quorum_is_reached_at_the_number_and_not_one_below(there, expected):
    assert at(MEETING, *came(*VOTING[:there])) == expected


def test_a_member_without_a_vote_does_not_count_where_only_voting_members_do():
    assert at(MEETING, *came(CHAIR, LAY, WATCH)) == "not met"
    assert at(MEETING, *came(CHAIR, LAY, WATCH), voting_only=False) == "met"


def test_a_co_opted_member_counts_only_with_a_vote():
    there = tuple(came(CHAIR, LAY, EXTRA))
    assert at(MEETING, *there, voting_only=False) == "cannot tell"  # the vote is not stated
    for vote, expected in (("voting", "met"), ("non-voting", "not met")):
        extra = a(named(EXTRA), Seat(body=BOARD, role="extra", voting=vote, basis="co-opted"))
        assert at(MEETING, *there, seats=(*SEATS[:6], extra), voting_only=False) == expected


def test_a_quorum_may_ask_for_members_of_a_category():
    nobody_lay, one_lay = came(CHAIR, NURSE, MONEY), came(CHAIR, LAY, NURSE)
    assert at(MEETING, *nobody_lay, categories={"non-executive": 1}) == "not met"
    assert at(MEETING, *one_lay, categories={"non-executive": 1}) == "met"


@pytest.mark.parametrize(
    "aside", ["left the meeting", "stayed without speaking or voting", "spoke but did not vote"]
)
def test_a_member_with_an_interest_does_not_count_towards_quorum(aside):
    there = tuple(came(CHAIR, LAY, NURSE))
    found = quorum(meeting(*there, conflict(NURSE, aside)), SECOND)
    assert found.outcome == "not met"
    assert "left out for an interest: nurse" in found.because
    assert at(FIRST, *there, conflict(NURSE, aside)) == "met"


def test_an_interest_that_was_allowed_for_a_reason_leaves_its_holder_counted():
    there = tuple(came(CHAIR, LAY, NURSE))
    allowed = conflict(NURSE, "took full part", because="A dispensation of June 2023.")
    assert at(SECOND, *there, allowed) == "met"
    assert at(SECOND, *there, conflict(NURSE, "took full part")) == "not met"
    assert at(SECOND, *there, conflict(NURSE, "not stated")) == "cannot tell"


def test_who_left_does_not_count_until_they_come_back():
    two = [e for e in came(CHAIR, LAY, NURSE) if "nurse" not in e.entity]
    gone = Attendance(meeting=MEETING, who=named(NURSE), left=SECOND, returned=THIRD)
    record = meeting(*two, a("kent/attendance/nurse", gone))
    assert [quorum(record, item).outcome for item in (FIRST, SECOND, THIRD)] == [
        "met", "not met", "met",
    ]  # fmt: skip


def test_who_came_late_and_then_left_counts_only_in_between():
    two = [e for e in came(CHAIR, LAY, NURSE) if "nurse" not in e.entity]
    guest = Attendance(meeting=MEETING, who=named(NURSE), returned=SECOND, left=THIRD)
    record = meeting(*two, a("kent/attendance/nurse", guest))
    assert [quorum(record, item).outcome for item in (FIRST, SECOND, THIRD)] == [
        "not met", "met", "not met",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        ({"returned": SECOND}, ["not met", "met", "met"]),
        ({"left": SECOND}, ["met", "not met", "not met"]),
    ],
)
def test_who_came_late_or_left_early_counts_for_the_rest(there, expected):
    two = [e for e in came(CHAIR, LAY, NURSE) if "nurse" not in e.entity]
    nurse = Attendance(meeting=MEETING, who=named(NURSE), **there)
    record = meeting(*two, a("kent/attendance/nurse", nurse))
    assert [quorum(record, item).outcome for item in (FIRST, SECOND, THIRD)] == expected


def test_a_deputy_counts_for_the_seat_and_the_seat_counts_once():
    deputy = Attendance(
        meeting=MEETING, who_printed="Deputy", capacity="substitute", on_behalf_of=named(NURSE)
    )
    two = [e for e in came(CHAIR, LAY) if "nurse" not in e.entity]
    assert at(MEETING, *two, a("kent/attendance/deputy", deputy)) == "met"
    assert at(MEETING, *came(CHAIR, NURSE), a("kent/attendance/deputy", deputy)) == "not met"


def test_nothing_on_record_of_a_seat_is_not_absence():
    some = [e for e in came(CHAIR, LAY) if "nurse" not in e.entity]
    found = quorum(meeting(*some), MEETING)
    assert found.outcome == "cannot tell"
    assert "1 more seat may or may not count" in found.because
    assert at(MEETING) == "cannot tell"


def test_witnesses_and_guests_never_count():
    two = [e for e in came(CHAIR, LAY) if "nurse" not in e.entity]
    guest = Attendance(meeting=MEETING, who=named(NURSE), capacity="guest")
    assert at(MEETING, *two, a("kent/attendance/nurse", guest)) == "not met"


def test_without_a_rule_or_a_day_nobody_can_tell():
    bare = kent(a(MEETING, Meeting(body=BOARD, when=DAY.isoformat())))(DAY)
    assert "no quorum is on record" in quorum(bare, MEETING).because
    assert at(MEETING, *came(*VOTING), when="2023-07") == "cannot tell"


def test_seats_are_counted_as_they_stood_on_the_day_of_the_meeting():
    rule = a("kent/quorum/board", QuorumRule(body=BOARD, members=1, voting_only=True))
    first = a("kent/seat/x", Seat(body=BOARD, role="x", voting="voting"), until="2023-08-01")
    later = a("kent/seat/x", Seat(body=BOARD, role="x", voting="barred"), since="2023-08-01")
    meets = a(MEETING, Meeting(body=BOARD, when=DAY.isoformat()))
    was = a("kent/attendance/x", Attendance(meeting=MEETING, who="kent/seat/x"))
    record = kent(rule, first, later, meets, was)
    assert quorum(record(DAY.replace(month=12)), MEETING).outcome == "met"


@given(st.sets(st.sampled_from(VOTING)), st.sampled_from(VOTING), st.integers(1, 5))
def test_one_more_member_never_loses_a_quorum(there, another, members):
    before = at(MEETING, *came(*there), members=members)
    after = at(MEETING, *came(*there, another), members=members)
    assert not (before == "met" and after != "met")


@given(st.sets(st.sampled_from(VOTING)), st.sampled_from(VOTING), st.integers(1, 5))
def test_one_more_interest_never_makes_a_quorum(there, whose, members):
    people = tuple(came(*there))
    before = at(SECOND, *people, members=members)
    after = at(SECOND, *people, conflict(whose, "left the meeting"), members=members)
    assert not (before == "not met" and after == "met")


def test_the_day_of_each_meeting_is_right_however_many_are_asked_for():
    rule = a("kent/quorum/board", QuorumRule(body=BOARD, members=1, voting_only=True))
    days = [date(2023, 1 + n % 12, 1 + n // 12) for n in range(40)]
    facts = [rule]
    for n, day in enumerate(days):
        # The seat votes only on days of an even number.
        vote = "voting" if n % 2 == 0 else "barred"
        until = (day + timedelta(1)).isoformat()
        chair = Seat(body=BOARD, role="x", voting=vote)
        facts += [
            a("kent/seat/x", chair, since=day.isoformat(), until=until),
            a(f"kent/meeting/{n}", Meeting(body=BOARD, when=day.isoformat())),
            a(f"kent/attendance/{n}", Attendance(meeting=f"kent/meeting/{n}", who="kent/seat/x")),
        ]
    record = kent(*facts)(date(2024, 1, 1))
    for _ in range(2):
        found = [quorum(record, f"kent/meeting/{n}").outcome for n in range(40)]
        assert found == ["met", "not met"] * 20
