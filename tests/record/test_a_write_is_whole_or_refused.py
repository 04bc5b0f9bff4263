"""A write that would break the record is refused whole, with a sentence for each reason."""

from datetime import date

import pytest

from commonweal.areas.facts import Area, Containment, Population
from commonweal.bodies.facts import Body, Seat
from commonweal.record.entries import microseconds
from commonweal.record.errors import Conflict, Refused
from commonweal.record.writing import Change
from tests.desk import (
    NINE,
    PLACE,
    amended,
    asserted,
    corrected,
    hours,
    lives,
    place,
    withdrawn,
    write,
)


def refused(book, *changes):
    """The reasons why a write was refused; nothing of it must stay."""
    before = book.head
    with pytest.raises(Refused) as caught:
        write(book, *changes)
    assert book.head == before
    assert book.verify() == before.number
    return caught.value.reasons


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2022-07-01", "2026-04-01"),  # the same days
        ("2020-01-01", "2022-07-02"),  # the first day
        ("2026-03-31", None),  # the last day
        ("2023-01-01", "2024-01-01"),  # within
        (None, None),  # around
    ],
)
def test_an_entity_is_not_asserted_where_it_already_stands(book, since, until):
    write(book, asserted(PLACE, place("Thanet"), "2022-07-01", "2026-04-01"))
    (reason,) = refused(book, asserted(PLACE, place("Again"), since, until))
    assert reason == (
        "kent/area/thanet is already on record from 2022-07-01 to 2026-04-01. "
        "Amend it if it changed, correct it if the record is wrong."
    )


def test_an_entity_is_not_asserted_twice_in_one_write(book):
    (reason,) = refused(book, asserted(PLACE, place("One")), asserted(PLACE, place("Two")))
    assert "already on record" in reason


@pytest.mark.parametrize(
    ("change", "verb"),
    [
        (amended(PLACE, place("New"), "2030-01-01"), "amend"),
        (corrected(PLACE, place("New"), "2026-04-01", "2027-01-01"), "correct"),
        (withdrawn(PLACE, "2020-01-01", "2022-07-01"), "withdraw"),
    ],
)
def test_what_is_not_on_record_cannot_be_changed(book, change, verb):
    write(book, asserted(PLACE, place("Thanet"), "2022-07-01", "2026-04-01"))
    (reason,) = refused(book, change)
    assert reason.startswith(f"{PLACE} is not on record between ")
    assert f"there is nothing to {verb}" in reason


def test_a_fact_cannot_have_changed_on_a_day_it_did_not_hold(book):
    write(book, asserted(PLACE, place("Thanet"), "2022-07-01"))
    (reason,) = refused(book, amended(PLACE, place("New"), "2022-06-30"))
    assert reason == f"{PLACE} does not hold on 2022-06-30, so it cannot have changed that day."


@pytest.mark.parametrize("until", ["2022-07-01", "2022-06-30"])
def test_a_period_has_at_least_one_day(book, until):
    (reason,) = refused(book, asserted(PLACE, place("Thanet"), "2022-07-01", until))
    assert "has no day in it" in reason


def test_every_fault_of_every_change_is_listed_at_once(book):
    reasons = refused(
        book,
        asserted("kent/area/one", place("One"), "2022-07-01", "2022-07-01"),
        asserted("kent/area/two", Area(name="", type="place")),
        asserted("kent/area/three", Area(name="Three", type="village")),
        asserted("kent/population/one", Population(of="kent/area/missing", people=-1)),
        withdrawn("kent/area/four"),
        asserted("Kent/area/five", place("Five")),
        asserted("kent/hamlet/six", place("Six")),
    )
    expected = [
        "has no day in it",
        "length >= 1",
        "Invalid enum value 'village'",
        "A population cannot be -1.",
        "nothing to withdraw",
        "'Kent/area/five' is not an identifier",
        "There is no kind of fact called 'hamlet'",
        "names kent/area/missing, which is not on record",
    ]
    assert len(reasons) == len(expected)
    for reason, part in zip(reasons, expected, strict=True):
        assert part in reason


def test_a_fault_does_not_count_again_in_what_builds_on_it(book):
    (reason,) = refused(
        book,
        asserted(PLACE, Area(name="", type="place")),
        amended(PLACE, place("Later"), "2024-01-01"),
        asserted("kent/population/thanet", Population(of=PLACE, people=1)),
    )
    assert reason.startswith(f"{PLACE}: ")


def test_a_fault_before_it_does_not_hide_what_an_entity_became(book):
    (reason,) = refused(
        book,
        asserted("kent/area/bad", Area(name="", type="place")),
        asserted(PLACE, place("Thanet")),
        amended(PLACE, place("Later"), "2024-01-01"),
    )
    assert "kent/area/bad" in reason


@pytest.mark.parametrize(
    "entity", ["kent/area/Thanet", "kent/area", "kent/area/a b", "/area/a", ""]
)
def test_an_identifier_must_be_one(book, entity):
    (reason,) = refused(book, asserted(PLACE, place("Thanet")), asserted(entity, place("Thanet")))
    assert f"'{entity}' is not an identifier" in reason


def test_an_identifier_and_its_fact_are_of_one_kind(book):
    (reason,) = refused(book, asserted("kent/body/thanet", place("Thanet")))
    assert reason == "kent/body/thanet is an identifier for a body, but the fact is an area."


def test_a_verb_that_states_needs_a_fact_and_a_withdrawal_carries_none(book):
    write(book, asserted(PLACE, place("Thanet")))
    reasons = refused(
        book,
        Change("correct", PLACE),
        Change("withdraw", PLACE, place("Thanet")),
        Change("assert", "kent/area/none"),
    )
    assert [reason.split(": ")[1] for reason in reasons] == [
        "say what the fact is.",
        "a withdrawal carries no fact",
        "say what the fact is.",
    ]


# --- references -----------------------------------------------------------------------------------


def test_a_fact_names_only_what_is_on_record(book):
    (reason,) = refused(book, asserted("kent/population/p", Population(of=PLACE, people=1)))
    assert reason == (
        "kent/population/p: of names kent/area/thanet, which is not on record. "
        "Put it on record first, or in the same write."
    )


def test_what_a_fact_names_may_stand_in_the_same_write_even_after_it(book):
    write(
        book,
        asserted("kent/population/p", Population(of=PLACE, people=1)),
        asserted(PLACE, place("Thanet")),
    )
    assert book.head.number == 2


def test_what_a_fact_names_is_of_the_right_kind(book):
    write(book, asserted(PLACE, place("Thanet")))
    (reason,) = refused(book, asserted("kent/seat/chair", Seat(body=PLACE, role="Chair")))
    assert reason == "kent/seat/chair: body names kent/area/thanet, but must name a body."


def test_each_kind_of_reference_to_one_entity_is_checked(book):
    """A body may not stand where an area must, though another fact of the write rightly names it."""
    (reason,) = refused(
        book,
        asserted("kent/body/board", Body(name="Board", type="place board")),
        asserted("kent/seat/chair", Seat(body="kent/body/board", role="Chair")),
        asserted("kent/population/p", Population(of="kent/body/board", people=1)),
    )
    assert reason == "kent/population/p: of names kent/body/board, but must name an area."


def test_a_reference_that_is_no_identifier_is_a_reason_like_any_other(book):
    (reason,) = refused(book, asserted("kent/population/p", Population(of="Thanet", people=1)))
    assert "of names Thanet, which is not on record" in reason


def test_what_others_name_cannot_be_withdrawn_altogether(book):
    part = Containment(part=PLACE, whole="kent/area/system")
    write(
        book,
        asserted(PLACE, place("Thanet"), "2022-07-01"),
        asserted("kent/area/system", Area(name="Kent", type="system")),
        asserted("kent/containment/thanet", part, "2022-07-01"),
    )
    (reason,) = refused(book, withdrawn(PLACE))
    assert reason == (
        "kent/area/thanet cannot be withdrawn altogether: kent/containment/thanet still names it. "
        "Withdraw or correct that first, or only end it on a day."
    )
    write(book, withdrawn(PLACE, "2026-04-01"), at=hours(1))
    write(book, withdrawn("kent/containment/thanet"), withdrawn(PLACE), at=hours(2))
    assert lives(book) == []


def test_what_a_write_no_longer_names_may_be_withdrawn_in_it(book):
    write(
        book,
        asserted(PLACE, place("Thanet")),
        asserted("kent/area/dover", place("Dover")),
        asserted("kent/population/p", Population(of=PLACE, people=1)),
    )
    moved = Population(of="kent/area/dover", people=1)
    write(book, corrected("kent/population/p", moved), withdrawn(PLACE), at=hours(1))
    assert lives(book) == []


# --- two people at once ---------------------------------------------------------------------------


def test_the_second_of_two_people_is_told_who_changed_it_when_and_why(book):
    write(book, asserted(PLACE, place("Thanet")), actor="Ann")
    opened = book.live(PLACE).last
    later = {"at": hours(5), "actor": "Bea", "reason": "Council minute 12"}
    write(book, corrected(PLACE, place("Isle of Thanet")), **later)
    with pytest.raises(Conflict) as caught:
        write(book, corrected(PLACE, place("Margate"), seen=opened), at=hours(6))
    (reason,) = caught.value.reasons
    assert reason == (
        "Bea changed kent/area/thanet on 2 November 2026 at 14:00 UTC (entry 2), after you opened "
        "it: “Council minute 12”. Look at the difference, then make your change again."
    )
    assert [name for _, _, name in lives(book)] == ["Isle of Thanet"]


def test_whoever_saw_the_last_entry_may_write(book):
    write(book, asserted(PLACE, place("Thanet")))
    seen = book.live(PLACE).last
    write(book, corrected(PLACE, place("Margate"), seen=seen), at=hours(1))
    assert [name for _, _, name in lives(book)] == ["Margate"]


def test_an_entity_expected_to_be_new_conflicts_with_one_that_came_first(book):
    write(book, asserted(PLACE, place("Thanet"), "2020-01-01", "2021-01-01"))
    with pytest.raises(Conflict):
        write(book, asserted(PLACE, place("Thanet"), "2022-01-01", seen=0))


def test_every_change_that_saw_too_little_conflicts_wherever_it_stands(book):
    write(book, asserted(PLACE, place("Thanet")))
    write(book, corrected(PLACE, place("Isle of Thanet")), at=hours(1))
    changes = [corrected(PLACE, place("A")), corrected(PLACE, place("B"), seen=1)]
    with pytest.raises(Conflict):
        write(book, *changes, at=hours(2))


def test_a_long_write_is_refused_whole_even_when_its_last_fact_is_at_fault(book):
    many = [asserted(f"kent/area/n{n}", place(f"N{n}")) for n in range(5000)]
    (reason,) = refused(book, *many, asserted("kent/area/bad", Area(name="", type="place")))
    assert "kent/area/bad" in reason


def test_a_write_says_what_it_wrote_and_when(book):
    made = write(book, asserted(PLACE, place("Thanet"), "2022-07-01"), reason="Why")
    (entry,) = made.entries
    assert (made.recorded, entry.recorded) == (NINE, microseconds(NINE))
    assert (entry.number, entry.actor, entry.reason, entry.verb) == (1, "Ann", "Why", "assert")
    assert entry.valid == (date(2022, 7, 1), date(9999, 12, 31))
    assert book.entries_about(PLACE) == [entry]
