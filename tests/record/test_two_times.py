"""Every question has two times: the day it asks about, and when it was so known."""

from datetime import timedelta

import pytest

from commonweal.areas.facts import Area
from tests.desk import (
    NINE,
    PLACE,
    amended,
    asserted,
    corrected,
    day,
    hours,
    lives,
    name_on,
    place,
    withdrawn,
    write,
)

MOMENT = timedelta(microseconds=1)


@pytest.fixture
def story(book):
    """At nine, Thanet; at ten, renamed from 2024; at eleven, found never to have been there in 2023."""
    write(book, asserted(PLACE, place("Thanet"), "2022-07-01"), at=hours(0))
    write(book, amended(PLACE, place("Isle of Thanet"), "2024-01-01"), at=hours(1))
    write(book, withdrawn(PLACE, "2023-01-01", "2024-01-01"), at=hours(2))
    return book


@pytest.mark.parametrize(
    ("when", "known", "name"),
    [
        ("2023-06-01", NINE - MOMENT, None),  # a moment before anything was written
        ("2023-06-01", hours(0), "Thanet"),  # the very instant
        ("2024-06-01", hours(1) - MOMENT, "Thanet"),
        ("2024-06-01", hours(1), "Isle of Thanet"),
        ("2023-06-01", hours(1), "Thanet"),  # still believed
        ("2023-06-01", hours(2), None),
        ("2022-12-31", hours(2), "Thanet"),
        ("2024-01-01", hours(2), "Isle of Thanet"),
    ],
)
def test_an_answer_depends_on_the_day_and_on_what_was_known(story, when, known, name):
    assert name_on(story, when, known=known) == name


@pytest.mark.parametrize(
    "known", [NINE - MOMENT, hours(0), hours(1) - MOMENT, hours(1), hours(2), None]
)
@pytest.mark.parametrize("when", ["2022-06-30", "2022-07-01", "2023-01-01", "2024-01-01"])
def test_one_fact_asked_alone_is_the_fact_of_the_snapshot(story, when, known):
    assert story.fact(PLACE, day(when), known) == story.snapshot(day(when), known).get(PLACE)


def test_a_correction_recorded_later_changes_no_earlier_answer(story):
    asked = [
        (when, hours(n)) for n in range(3) for when in ("2022-08-01", "2023-06-01", "2025-01-01")
    ]
    before = [name_on(story, when, known=known) for when, known in asked]
    write(story, corrected(PLACE, place("Margate"), "2000-01-01", "2030-01-01"), at=hours(3))
    assert [name_on(story, when, known=known) for when, known in asked] == before
    assert name_on(story, "2023-06-01") == "Margate"


def test_the_history_keeps_every_version_with_when_it_was_believed(story):
    believed = [
        (each.valid_from.isoformat(), each.recorded_from, each.recorded_to)
        for each in story.history(PLACE)
    ]
    assert believed == [
        ("2022-07-01", hours(0), hours(1)),
        ("2022-07-01", hours(1), hours(2)),
        ("2024-01-01", hours(1), None),
        ("2022-07-01", hours(2), None),
    ]


def test_a_snapshot_says_from_when_to_when_a_fact_holds_and_who_states_it(story):
    held = story.snapshot(day("2022-08-01")).held(PLACE)
    assert (held.valid_from, held.valid_to, held.stated_by) == ("2022-07-01", "2023-01-01", 1)


def test_a_snapshot_brought_up_to_date_is_the_snapshot_read_afresh(story):
    when = day("2023-06-01")
    older = story.snapshot(when, hours(0))
    older.of_kind("area")
    newer = older.after(story.steps(1, 3), known=hours(2), head=3)
    assert dict(newer.of_kind("area")) == dict(story.snapshot(when).of_kind("area")) == {}
    assert newer.held(PLACE) is None
    assert older.get(PLACE).name == "Thanet"


def test_the_record_before_its_first_entry_is_empty(book):
    assert name_on(book, "2024-01-01") is None
    assert lives(book) == []
    assert book.verify() == 0


def test_the_days_on_which_something_changes_are_those_known_then(story):
    known = [hours(0), hours(1), hours(2)]
    found = [story.snapshot(day("2022-07-01"), each).days_of(Area) for each in known]
    assert [[each.year for each in days] for days in found] == [
        [2022, 9999],
        [2022, 2024, 9999],
        [2022, 2023, 2024, 9999],
    ]


def test_the_versions_of_a_fact_are_those_known_then_that_had_begun_by_the_day(story):
    def names(when, known):
        found = story.snapshot(day(when), known).versions(Area, [PLACE]).get(PLACE, ())
        return [(each.held.valid_from, each.fact.name) for each in found]

    first, second = ("2022-07-01", "Thanet"), ("2024-01-01", "Isle of Thanet")
    assert names("2024-01-01", hours(0)) == [first]
    assert names("2024-01-01", hours(2)) == [second, first]
    assert names("2022-12-31", hours(2)) == [first]
    assert names("2023-06-01", hours(2)) == []  # by then it was not there, so neither is its past
