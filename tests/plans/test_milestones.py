"""A milestone is as precise as its source, and is late only when no reading of its date is left."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.plans.delivery import (
    STANDINGS,
    by_quarter,
    held_up_by,
    milestones,
    overdue,
    quarter_of,
    slipped,
    stands,
    waiting_for_law,
    waits,
)
from commonweal.plans.milestones import (
    Milestone,
    Replanned,
    WaitsFor,
    date_known,
    due_in_words,
    window,
)
from commonweal.record.documents import Document
from commonweal.record.when import BEFORE_ALL, OPEN, period
from tests.making import a, record_of

WHENS = [
    "2022", "2022-07", "2022-07-01", "2021/22", "2021/22 Q4", "2021/22 H1", "spring 2023",
    "2022-04 to 2022-06",
]  # fmt: skip


def standing(day: date, **fields: object) -> str:
    return stands("kent/milestone/a", Milestone(name="Something", **fields), day).standing


@pytest.mark.parametrize(
    ("when", "firm", "words"),
    [
        ("2022-07-01", "in", "on 1 July 2022"),
        ("2022-07", "in", "in July 2022"),
        ("2021/22 Q4", "by the end of", "by the end of the fourth quarter of 2021/22"),
        ("2021/22 H1", "in", "in the first half of 2021/22"),
        ("spring 2023", "by", "by spring 2023"),
        ("2022-04", "from", "from April 2022"),
        (None, "in", "no date is stated"),
    ],
)
def test_a_date_is_told_no_more_precisely_than_it_was_stated(when, firm, words):
    assert due_in_words(when, firm) == words


def test_half_a_financial_year_begins_in_april_or_october():
    assert period("2021/22 H1") == (date(2021, 4, 1), date(2021, 10, 1))
    assert period("2021/22 H2") == (date(2021, 10, 1), date(2022, 4, 1))


@given(st.sampled_from(WHENS), st.sampled_from(["in", "by", "by the end of", "from"]))
def test_a_window_is_never_empty_and_holds_every_day_that_can_be_meant(when, firm):
    first, end = period(when)
    found = window(when, firm)
    assert found.first < found.end
    assert found.first <= first
    assert end <= found.end


@given(st.sampled_from(WHENS), st.integers(-800, 800))
def test_what_is_to_come_is_never_late_again_before_its_time(when, off):
    end = period(when)[1]
    day = end + timedelta(off)
    assert (standing(day, when=when) == "passed in silence") == (day >= end)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2018, 9, 30), "to come"),
        (date(2018, 10, 1), "due now"),
        (date(2018, 10, 31), "due now"),
        (date(2018, 11, 1), "passed in silence"),
    ],
)
def test_a_month_is_over_on_the_first_of_the_next(day, expected):
    assert standing(day, when="2018-10") == expected


def test_by_a_month_may_mean_its_end_so_nothing_is_late_within_it():
    assert standing(date(2020, 4, 30), when="2020-04", firm="by") == "to come"
    assert standing(date(2020, 5, 1), when="2020-04", firm="by") == "passed in silence"


def test_what_holds_from_a_day_is_never_over():
    assert standing(date(2099, 1, 1), when="2022-04", firm="from") == "due now"
    assert window("2022-04", "from").end == OPEN


def test_what_has_no_date_cannot_be_late():
    assert standing(date(2099, 1, 1)) == "no date"
    assert window(None, "in") == (BEFORE_ALL, OPEN)


@pytest.mark.parametrize(
    ("reached_on", "day", "expected"),
    [
        ("2022-06-30", date(2022, 7, 1), "reached"),
        ("2022-07-01", date(2022, 7, 1), "reached late"),
        ("2022-07-01", date(2022, 6, 30), "due now"),  # nobody knew yet
    ],
)
def test_reached_counts_from_the_day_it_was_reached(reached_on, day, expected):
    assert standing(day, when="2022-06", reached="reached", reached_on=reached_on) == expected


def test_late_needs_a_source_that_says_it_is_not_done():
    told = {"when": "2022-06", "reached": "under way", "reached_on": "2022-06-15"}
    assert standing(date(2022, 7, 1), **told) == "late"
    assert standing(date(2022, 7, 1), when="2022-06") == "passed in silence"
    assert standing(date(2022, 6, 20), when="2022-06", reached="late", reached_on="2022-06-15") == (
        "late"
    )


def test_what_was_dropped_is_not_late():
    told = {"when": "2022-06", "reached": "dropped", "reached_on": "2022-05"}
    assert standing(date(2023, 1, 1), **told) == "dropped"


MOVED = Milestone(
    name="The board is set up", when="2022-07-01",
    replanned=(
        Replanned(was="2022-04-01", on="2021-12-24", why="The Bill took longer."),
        Replanned(was="2022-05", was_firm="by", on="2022-03-01"),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "when", "firm"),
    [
        (date(2021, 12, 23), "2022-04-01", "in"),
        (date(2021, 12, 24), "2022-05", "by"),
        (date(2022, 2, 28), "2022-05", "by"),
        (date(2022, 3, 1), "2022-07-01", "in"),
    ],
)
def test_each_day_knows_the_date_that_was_planned_then(day, when, firm):
    assert date_known(MOVED, day) == (when, firm)


# --- what a milestone may not say -----------------------------------------------------------------


def faults(**fields: object) -> str:
    return " ".join(Milestone(name="Something", **fields).faults())


def test_a_milestone_is_not_due_before_what_it_waits_for():
    wait = (WaitsFor(printed="Royal Assent", expected="2022-07"),)
    assert "before what it waits for, which is expected in July 2022" in faults(
        when="2022-06", waits_for=wait
    )
    assert faults(when="2022-07", waits_for=wait) == ""
    assert faults(when="2022-06", firm="from", waits_for=wait) == ""


def test_it_says_what_it_waits_for():
    assert "not named" in faults(waits_for=(WaitsFor(),))


def test_a_status_has_the_day_of_which_it_is_true():
    assert "Give the day" in faults(reached="reached")
    assert "yet not how the milestone stands" in faults(evidence="A letter")
    assert faults(reached="reached", reached_on="2022-07-01", evidence="A letter") == ""


def test_a_date_that_cannot_be_read_is_refused_with_the_forms_that_can():
    assert "2021/22 H1" in faults(when="soon")
    assert "2021/22 H1" in faults(waits_for=(WaitsFor(printed="A law", expected="soon"),))


# --- a system's milestones ------------------------------------------------------------------------

RECORD = record_of(
    a("kent/document/act", Document(title="The Act", date="2022-04-28", type="act")),
    a("kent/milestone/go", MOVED),
    a("kent/milestone/first", Milestone(name="First meeting", when="2022-03", waits_for=(
        WaitsFor(what="kent/document/act"), WaitsFor(what="kent/milestone/go")))),
    a("kent/milestone/undated", Milestone(name="Some day")),
    a("surrey/milestone/other", Milestone(name="Theirs", when="2020")),
)  # fmt: skip


def test_milestones_come_by_date_and_those_without_one_last():
    names = [each.name for each in milestones(RECORD(date(2022, 7, 1)), "kent")]
    assert names == ["kent/milestone/first", "kent/milestone/go", "kent/milestone/undated"]


def test_nothing_is_overdue_in_silence_and_the_longest_over_comes_first():
    late = overdue(RECORD(date(2022, 7, 2)))
    assert [(each.name, each.days_over) for each in late] == [
        ("surrey/milestone/other", 548),
        ("kent/milestone/first", 93),
        ("kent/milestone/go", 1),
    ]
    assert [each.name for each in overdue(RECORD(date(2022, 7, 2)), "kent")] == [
        "kent/milestone/first", "kent/milestone/go",
    ]  # fmt: skip


def test_a_wait_says_by_when_it_is_over_and_whether_that_is_too_late():
    snapshot = RECORD(date(2022, 7, 1))
    act, board = waits(snapshot, milestones(snapshot, "kent")[0])
    assert (act.there, act.too_soon) == (date(2022, 4, 28), True)
    assert (board.words, board.there, board.too_soon) == (
        "The board is set up", date(2022, 7, 1), True,
    )  # fmt: skip


def test_a_wait_for_an_act_is_a_wait_for_a_law_and_for_a_milestone_is_none():
    snapshot = RECORD(date(2022, 7, 1))
    assert [wait.law for wait in waits(snapshot, milestones(snapshot, "kent")[0])] == [True, False]
    found = [
        (wait.what, each.name) for wait, each in waiting_for_law(snapshot, milestones(snapshot))
    ]
    assert found == [("kent/document/act", "kent/milestone/first")]


def test_what_is_held_up_is_found_from_what_holds_it_up():
    found = held_up_by(RECORD(date(2022, 7, 1)), "kent/milestone/go")
    assert [name for name, _ in found] == ["kent/milestone/first"]


def test_a_moved_date_is_a_slip_only_once_it_was_moved():
    before = milestones(RECORD(date(2021, 12, 23)), "kent")
    after = milestones(RECORD(date(2021, 12, 24)), "kent")
    assert slipped(before) == []
    assert [each.name for each in slipped(after)] == ["kent/milestone/go"]


def test_quarters_are_those_of_the_financial_year_in_which_the_time_ends():
    assert quarter_of(date(2022, 3, 31)) == "2021/22 Q4"
    assert quarter_of(date(2022, 4, 1)) == "2022/23 Q1"
    found = by_quarter(milestones(RECORD(date(2022, 7, 1)), "kent"))
    assert [(each.name, len(each.due)) for each in found] == [("2021/22 Q4", 1), ("2022/23 Q2", 1)]


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)))
def test_every_day_lies_in_the_quarter_it_is_said_to(day):
    first, end = period(quarter_of(day))
    assert first <= day < end


def test_every_standing_has_its_words():
    assert all(STANDINGS.values())
    assert len(set(STANDINGS.values())) == len(STANDINGS)
