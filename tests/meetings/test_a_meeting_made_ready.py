"""What a new meeting begins with, how far it has come, and what a person changed of its minutes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.bodies.facts import Interest
from commonweal.meetings.decided import Action, Decision
from commonweal.meetings.facts import AgendaItem, Attendance, Meeting, Paper
from commonweal.meetings.minuted import NEXT, Minutes, as_sections, as_text, differences
from commonweal.meetings.minutes import Section
from commonweal.meetings.preparing import (
    first_items,
    left_over,
    meeting_before,
    minutes_of,
    no_voters,
    progress,
    seats_to_tick,
)
from commonweal.meetings.said import Promise
from commonweal.meetings.touching import interests_at
from tests.making import BOARD, a
from tests.meetings.gathering import (
    CHAIR,
    FIRST,
    MEETING,
    MONEY,
    SECOND,
    VOTING,
    WATCH,
    came,
    meeting,
    named,
)

AFTER = date(2023, 9, 14)
"""The day of the next meeting."""


def test_the_meeting_before_is_the_last_that_was_over_by_the_day():
    held = meeting()
    assert meeting_before(held, BOARD, AFTER)[0] == MEETING
    assert meeting_before(held, BOARD, date(2023, 7, 14))[0] == MEETING
    assert meeting_before(held, BOARD, date(2023, 7, 13)) is None


def test_a_meeting_without_evidence_is_not_one_to_begin_from():
    assert meeting_before(meeting(type="not evidenced"), BOARD, AFTER) is None


def test_the_first_meeting_of_all_has_no_minutes_to_approve():
    asks = [each.ask for each in first_items(meeting(), BOARD, date(2023, 7, 13))]
    assert asks == ["apologies", "declare interests", "next meeting"]


def test_a_later_meeting_approves_minutes_and_hears_of_what_is_left():
    action = a(
        "kent/action/one", Action(name="Count the beds", item=FIRST, owner_printed="Estates")
    )
    items = first_items(meeting(action), BOARD, AFTER)
    assert [each.ask for each in items] == [
        "apologies", "declare interests", "confirm minutes", "receive", "next meeting"
    ]  # fmt: skip
    assert items[2].name == "Minutes of 13 July 2023"
    assert [each.number for each in items] == ["1", "2", "3", "4", "5"]


def test_what_is_left_over_is_of_that_body_and_not_done():
    elsewhere = "kent/meeting/other"
    left = left_over(
        meeting(
            a("kent/action/one", Action(name="Count the beds", item=FIRST)),
            a("kent/action/two", Action(name="Count the cars", item=FIRST, type="done")),
            a("kent/decision/one", Decision(name="Count", item=FIRST, type="consensus")),
            a("kent/action/three", Action(name="Write it up", decision="kent/decision/one")),
            a("kent/promise/one", Promise(name="A visit", item=SECOND, by=named(CHAIR))),
            a(elsewhere, Meeting(body="kent/body/other", when="2023-07-01")),
            a("kent/item/other", AgendaItem(meeting=elsewhere, number="1", name="Other")),
            a("kent/action/four", Action(name="Not ours", item="kent/item/other")),
        ),
        BOARD,
        AFTER,
    )
    assert {each.what for each in left} == {"Count the beds", "Write it up", "A visit"}


def test_the_seats_to_tick_begin_with_the_chair_and_are_those_of_the_day():
    assert seats_to_tick(meeting(), MEETING)[0][0] == named(CHAIR)
    ended = (*VOTING[:4], VOTING[4]._replace(valid_to=date(2023, 7, 13)))
    assert len(seats_to_tick(meeting(seats=ended), MEETING)) == 4
    last_day = (*VOTING[:4], VOTING[4]._replace(valid_to=date(2023, 7, 14)))
    assert len(seats_to_tick(meeting(seats=last_day), MEETING)) == 5


def test_nothing_can_be_decided_where_nobody_may_vote():
    assert "Nobody is down as having been there" in no_voters(meeting(), SECOND)
    assert "nothing can be decided" in no_voters(meeting(*came(WATCH)), SECOND)
    assert no_voters(meeting(*came(WATCH, CHAIR)), SECOND) == ""


def test_each_step_is_done_when_the_record_holds_it():
    def done(*more, **fields):
        return {each.name: each.done for each in progress(meeting(*more, **fields), MEETING)}

    assert done(notice=None) == {
        "Agenda": "done", "Papers": "to do", "Notice": "to do", "Attendance": "to do", "Items": "to do",
        "Decisions": "to do", "Actions": "to do", "Minutes": "to do", "Publish": "not yet",
    }  # fmt: skip
    paper = a("kent/paper/one", Paper(item=FIRST, document="test/document/paper"))
    decision = a("kent/decision/one", Decision(name="Open", item=FIRST, type="consensus"))
    draft = a("kent/minutes/draft", Minutes(meeting=MEETING, text="## One"))
    found = done(paper, decision, draft, *came(CHAIR))
    assert found["Papers"] == found["Notice"] == found["Attendance"] == found["Decisions"] == "done"
    assert (found["Items"], found["Minutes"], found["Publish"]) == ("begun", "done", "to do")
    out = Minutes(meeting=MEETING, text="## One", type="published draft", published="2023-07-20")
    assert done(a("kent/minutes/out", out))["Publish"] == "done"


def test_the_minutes_that_have_come_furthest_are_the_ones_that_count():
    draft = a("kent/minutes/draft", Minutes(meeting=MEETING, text="## One"))
    out = a(
        "kent/minutes/out",
        Minutes(meeting=MEETING, text="## Two", type="published draft", published="2023-07-20"),
    )
    held = meeting(draft, out)
    assert minutes_of(held, MEETING)[0] == "kent/minutes/out"
    assert minutes_of(held, MEETING, "draft")[0] == "kent/minutes/draft"
    assert minutes_of(meeting(), MEETING) is None


# --- interests ----------------------------------------------------------------------------------


def interest(of, organisation, **fields):
    return a(
        f"kent/interest/{named(of).split('/')[2]}",
        Interest(of=named(of), organisation=organisation, **fields),
    )


def test_an_interest_that_shares_a_telling_word_with_the_item_comes_first():
    item = a("kent/item/nine", AgendaItem(meeting=MEETING, number="9", name="Bandages for clinics"))
    held = meeting(
        item, *came(CHAIR, MONEY), interest(CHAIR, "A school"), interest(MONEY, "A supplier of bandages")
    )  # fmt: skip
    found = interests_at(held, "kent/item/nine")
    assert [(each.seat, each.words) for each in found] == [
        (named(MONEY), ("bandage",)),
        (named(CHAIR), ()),
    ]


def test_words_that_everything_shares_tell_nothing():
    item = a(
        "kent/item/nine", AgendaItem(meeting=MEETING, number="9", name="NHS services board report")
    )
    held = meeting(item, *came(CHAIR), interest(CHAIR, "An NHS trust board"))
    assert [each.words for each in interests_at(held, "kent/item/nine")] == [()]


def test_only_interests_of_those_who_came_are_asked_about():
    held = meeting(*came(CHAIR), interest(CHAIR, "A school"), interest(MONEY, "A supplier"))
    assert [each.seat for each in interests_at(held, SECOND)] == [named(CHAIR)]


def test_before_anybody_is_down_every_seats_interests_are_asked_about():
    held = meeting(interest(CHAIR, "A school"), interest(MONEY, "A supplier"))
    assert len(interests_at(held, SECOND)) == 2


# --- minutes ------------------------------------------------------------------------------------

LINES = st.text("abc .,:?", min_size=1).map(str.strip).filter(bool)
SECTIONS = st.lists(st.builds(Section, LINES, st.lists(LINES).map(tuple)), max_size=5).map(tuple)


@given(SECTIONS)
def test_sections_come_back_from_their_text(sections):
    assert as_sections(as_text(sections)) == sections


def test_words_before_the_first_heading_are_kept():
    assert as_sections("Hear ye\n## One\nSaid.") == (
        Section("", ("Hear ye",)),
        Section("One", ("Said.",)),
    )


@given(SECTIONS, SECTIONS)
def test_a_comparison_holds_every_line_of_both_texts_in_order(ours, theirs):
    found = differences(as_text(ours), as_text(theirs))
    for sections, other in ((ours, "person"), (theirs, "record")):
        lines = [text for text in as_text(sections).splitlines() if text.strip()]
        assert [each.text for each in found if each.where != other] == lines


@given(SECTIONS)
def test_a_text_that_nobody_changed_differs_in_nothing(sections):
    assert all(each.where == "both" for each in differences(as_text(sections), as_text(sections)))


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"type": "approved", "published": "2023-07-20"}, "name the item of the later meeting"),
        ({"type": "published draft"}, "say when they were published"),
        ({"published": "soon"}, "'soon' is not a date"),
    ],
)
def test_minutes_say_what_their_state_asks_for(fields, says):
    assert says in " ".join(Minutes(meeting=MEETING, text="One", **fields).faults())


def test_every_state_of_minutes_stands_once_in_the_table_and_approved_is_the_last():
    assert set(NEXT) == {"draft", "published draft", "approved"}
    assert {after for states in NEXT.values() for after in states} <= set(NEXT)
    assert NEXT["approved"] == ()


def test_somebody_there_without_a_seat_fills_none():
    guest = a(
        "kent/attendance/guest",
        Attendance(meeting=MEETING, who_printed="A guest", capacity="guest"),
    )
    assert "Nobody is down" in no_voters(meeting(guest), SECOND)
