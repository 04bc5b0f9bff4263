"""Who may vote on an item, and what a vote comes to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.bodies.facts import Bar, Seat
from commonweal.meetings.decided import Decision, Vote
from commonweal.meetings.voting import result, who_may_vote
from tests.making import BOARD, a
from tests.meetings.gathering import (
    CHAIR,
    EXTRA,
    LAY,
    MONEY,
    NURSE,
    SEATS,
    SECOND,
    TRUSTS,
    VOTING,
    WATCH,
    came,
    conflict,
    meeting,
    named,
    votes,
)  # fmt: skip

EVERYBODY = tuple(came(*SEATS))


def may_vote(*more, **fields):
    voices = who_may_vote(meeting(*more, **fields), SECOND)
    return {voice.seat.split("/")[2]: voice.may_vote for voice in voices}


def counted(*more, how="vote", **fields):
    decision = Decision(name="Open a clinic", item=SECOND, type=how, **fields)
    return result(meeting(*EVERYBODY, *more), decision)


def test_only_seats_with_a_vote_may_vote():
    assert may_vote(*EVERYBODY) == {
        "chair": "met", "lay": "met", "nurse": "met", "money": "met", "trusts": "met",
        "watch": "not met", "extra": "cannot tell",
    }  # fmt: skip


def test_a_member_barred_by_law_on_that_day_cannot_vote_and_later_can():
    bar = Bar(reason="Providers could not vote.", law="The Act as it stood")
    until = a(
        named(TRUSTS), Seat(body=BOARD, role="trusts", voting="barred", bar=bar), until="2023-07-14"
    )
    since = a(named(TRUSTS), Seat(body=BOARD, role="trusts", voting="voting"), since="2023-07-14")
    seats = (*(s for s in SEATS if s is not TRUSTS), until, since)
    assert may_vote(*EVERYBODY, seats=seats)["trusts"] == "not met"
    assert may_vote(*EVERYBODY, seats=seats, when="2023-07-14")["trusts"] == "met"


def test_who_has_an_interest_may_not_vote_and_who_is_away_has_no_voice():
    assert may_vote(*EVERYBODY, conflict(NURSE, "spoke but did not vote"))["nurse"] == "not met"
    assert may_vote(*EVERYBODY, conflict(NURSE, "not stated"))["nurse"] == "cannot tell"
    assert set(may_vote(*came(CHAIR))) == {"chair"}


@pytest.mark.parametrize(
    ("pro", "con", "expected"),
    [
        ((CHAIR, LAY), (NURSE,), "carried"),
        ((CHAIR,), (NURSE, LAY), "lost"),
        ((CHAIR,), (NURSE,), "tied"),
        ((), (), "cannot tell"),
    ],
)
def test_more_for_than_against_carries(pro, con, expected):
    assert counted(votes=votes(pro=pro, con=con)).outcome == expected


def test_abstentions_do_not_count_either_way():
    found = counted(votes=votes(pro=(CHAIR,), idle=(LAY, NURSE, MONEY)))
    assert (found.outcome, found.votes_for, found.abstained) == ("carried", 1, 3)


def test_a_tie_is_broken_only_by_a_chair_who_may_vote():
    even = votes(pro=(CHAIR,), con=(NURSE,))
    for way, expected in (("for", "carried"), ("against", "lost")):
        assert counted(votes=even, casting_by=named(CHAIR), casting_vote=way).outcome == expected
    assert counted(votes=even, casting_by=named(LAY), casting_vote="for").outcome == "tied"
    aside = conflict(CHAIR, "left the meeting")
    chair = {"casting_by": named(CHAIR), "casting_vote": "for"}
    assert counted(aside, votes=votes(pro=(LAY,), con=(NURSE,)), **chair).outcome == "tied"


def test_a_casting_vote_changes_nothing_unless_votes_are_even():
    found = counted(votes=votes(con=(NURSE,)), casting_by=named(CHAIR), casting_vote="for")
    assert found.outcome == "lost"


def test_a_vote_of_somebody_who_may_not_vote_is_of_no_weight():
    found = counted(votes=votes(pro=(CHAIR, WATCH), con=(NURSE,)))
    assert (found.outcome, found.votes_for) == ("tied", 1)
    assert found.of_no_weight == ((named(WATCH), "has a seat without a vote"),)
    absent = result(
        meeting(*came(CHAIR)), Decision(name="x", item=SECOND, type="vote", votes=votes(pro=(LAY,)))
    )
    assert "was not there" in absent.because


def test_agreement_with_somebody_against_is_no_agreement():
    assert counted(how="consensus").outcome == "carried"
    assert counted(how="consensus", votes=votes(con=(NURSE,))).outcome == "cannot tell"


def test_what_is_noted_is_never_carried():
    assert counted(how="noted").outcome == "noted"
    noted = Decision(name="x", item=SECOND, type="noted", outcome="carried")
    assert list(noted.faults()) == ["What was only noted was neither voted on nor carried."]


def test_a_decision_of_which_nobody_says_how_it_was_made_cannot_be_told():
    assert counted(how="not stated", outcome="carried").outcome == "cannot tell"


@pytest.mark.parametrize("how", ["not stated", "urgent", "delegated"])
def test_votes_on_record_are_counted_however_the_decision_was_made(how):
    urgent = {"urgent_because": "A flood."} if how == "urgent" else {}
    assert counted(how=how, votes=votes(con=(NURSE,)), **urgent).outcome == "lost"
    alone = counted(how=how, **urgent)
    assert alone.outcome == ("cannot tell" if how == "not stated" else "carried")


def test_a_decision_by_agreement_is_said_to_be_one():
    assert "Agreed" in counted(how="consensus").because


def test_a_seat_on_another_body_or_only_proposed_has_no_vote_here():
    elsewhere = a(named(LAY), Seat(body="kent/body/panel", role="lay", voting="voting"))
    planned = a(named(NURSE), Seat(body=BOARD, role="nurse", voting="voting", status="proposed"))
    seats = (CHAIR, elsewhere, planned)
    found = may_vote(*came(CHAIR, LAY, NURSE), seats=seats)
    assert found == {"chair": "met", "lay": "not met", "nurse": "not met"}


def test_nobodys_vote_is_known_where_the_day_is_not_stated_exactly():
    assert set(may_vote(*EVERYBODY, when="2023-07").values()) == {"cannot tell"}


def test_one_seat_has_one_vote():
    twice = Decision(name="x", item=SECOND, type="vote", votes=votes(pro=(LAY, LAY)))
    assert "One seat is down for two votes." in list(twice.faults())


def test_a_decision_of_one_office_holder_needs_no_vote():
    alone = Decision(name="x", by="kent/post/x", when="2023-07-13", type="delegated")
    assert result(meeting(), alone).outcome == "carried"


CASTS = st.dictionaries(
    st.sampled_from([named(s) for s in VOTING]), st.sampled_from(["for", "against", "abstained"])
)


@given(CASTS)
def test_turning_every_vote_round_turns_the_result_round(casts):
    round_ = {"for": "against", "against": "for", "abstained": "abstained"}
    other = {"carried": "lost", "lost": "carried"}
    there = counted(votes=tuple(Vote(seat=s, cast=c) for s, c in casts.items()))
    back = counted(votes=tuple(Vote(seat=s, cast=round_[c]) for s, c in casts.items()))
    assert back.outcome == other.get(there.outcome, there.outcome)


@given(CASTS, st.sampled_from([WATCH]), st.sampled_from(["for", "against"]))
def test_votes_of_those_who_may_not_vote_never_change_the_result(casts, whose, cast):
    plain = tuple(Vote(seat=s, cast=c) for s, c in casts.items())
    more = (*plain, Vote(seat=named(whose), cast=cast))
    assert counted(votes=plain).outcome == counted(votes=more).outcome


def test_a_vote_of_somebody_whose_vote_is_not_on_record_is_counted_but_doubtful():
    found = counted(votes=votes(pro=(EXTRA,)))
    assert (found.votes_for, found.of_no_weight) == (1, ())
