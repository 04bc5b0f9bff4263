"""Five verbs write the record: assert, amend, correct, withdraw, redact."""

import pytest

from commonweal.record.entries import struck_out
from tests.desk import (
    PLACE,
    amended,
    asserted,
    corrected,
    hours,
    lives,
    name_on,
    place,
    withdrawn,
    write,
)


@pytest.fixture
def thanet(book):
    """On record from 1 July 2022 to the end of March 2026."""
    write(book, asserted(PLACE, place("Thanet"), "2022-07-01", "2026-04-01"))
    return book


@pytest.mark.parametrize(
    ("when", "name"),
    [
        ("2022-06-30", None),  # the day before
        ("2022-07-01", "Thanet"),  # the first day
        ("2026-03-31", "Thanet"),  # the last day
        ("2026-04-01", None),  # the end is not included
    ],
)
def test_what_is_asserted_holds_from_its_first_day_until_the_day_before_its_end(thanet, when, name):
    assert name_on(thanet, when) == name


def test_what_is_asserted_without_days_holds_on_every_day(book):
    write(book, asserted(PLACE, place("Thanet")))
    assert name_on(book, "0001-01-01") == name_on(book, "9999-12-30") == "Thanet"


def test_an_amendment_holds_from_its_day_to_the_end_of_what_it_amends(thanet):
    write(thanet, amended(PLACE, place("Isle of Thanet"), "2024-01-01"))
    assert lives(thanet) == [
        ("2022-07-01", "2024-01-01", "Thanet"),
        ("2024-01-01", "2026-04-01", "Isle of Thanet"),
    ]


def test_an_amendment_on_the_first_day_replaces_the_whole(thanet):
    write(thanet, amended(PLACE, place("Isle of Thanet"), "2022-07-01"))
    assert lives(thanet) == [("2022-07-01", "2026-04-01", "Isle of Thanet")]


def test_an_amendment_leaves_a_later_version_alone(thanet):
    write(thanet, asserted(PLACE, place("East Kent"), "2026-04-01"))
    write(thanet, amended(PLACE, place("Isle of Thanet"), "2024-01-01"))
    assert [name for _, _, name in lives(thanet)] == ["Thanet", "Isle of Thanet", "East Kent"]


def test_a_correction_changes_the_days_it_speaks_of_and_no_other(thanet):
    write(thanet, corrected(PLACE, place("Margate"), "2023-01-01", "2024-01-01"))
    assert lives(thanet) == [
        ("2022-07-01", "2023-01-01", "Thanet"),
        ("2023-01-01", "2024-01-01", "Margate"),
        ("2024-01-01", "2026-04-01", "Thanet"),
    ]


def test_a_correction_over_several_versions_replaces_them_all(thanet):
    write(thanet, amended(PLACE, place("Isle of Thanet"), "2024-01-01"))
    write(thanet, corrected(PLACE, place("Margate"), "2020-01-01", "2030-01-01"))
    assert lives(thanet) == [("2020-01-01", "2030-01-01", "Margate")]


def test_a_withdrawal_takes_days_away_and_keeps_the_rest(thanet):
    write(thanet, withdrawn(PLACE, "2023-01-01", "2024-01-01"))
    assert lives(thanet) == [
        ("2022-07-01", "2023-01-01", "Thanet"),
        ("2024-01-01", "2026-04-01", "Thanet"),
    ]


def test_what_was_withdrawn_altogether_may_be_asserted_again(thanet):
    write(thanet, withdrawn(PLACE))
    assert lives(thanet) == []
    write(thanet, asserted(PLACE, place("Thanet again"), "2022-07-01"))
    assert name_on(thanet, "2022-07-01") == "Thanet again"


def test_periods_that_only_touch_do_not_overlap(thanet):
    write(thanet, asserted(PLACE, place("Before"), "2020-01-01", "2022-07-01"))
    write(thanet, asserted(PLACE, place("After"), "2026-04-01"))
    assert [name for _, _, name in lives(thanet)] == ["Before", "Thanet", "After"]


def test_several_changes_to_one_entity_in_one_write_do_what_they_would_one_by_one(
    databases, tmp_path
):
    changes = [
        asserted(PLACE, place("Thanet"), "2020-01-01"),
        amended(PLACE, place("Isle of Thanet"), "2022-01-01"),
        corrected(PLACE, place("Margate"), "2021-06-01", "2022-06-01"),
        withdrawn(PLACE, "2025-01-01", "2026-01-01"),
    ]
    (tmp_path / "one").mkdir()
    with databases.fresh(tmp_path) as apart, databases.fresh(tmp_path / "one") as together:
        for number, change in enumerate(changes):
            write(apart, change, at=hours(number))
        write(together, *changes)
        assert lives(together) == lives(apart)
        assert together.verify() == apart.verify() == 4
        # What was opened and closed in one write was never on record.
        assert len(together.history(PLACE)) == 4
        assert len(apart.history(PLACE)) == 8


def test_each_version_says_which_entry_states_it_and_which_opened_it(thanet):
    write(thanet, withdrawn(PLACE, "2023-01-01", "2024-01-01"))
    assert [(each.stated_by, each.opened_by) for each in thanet.live(PLACE).versions] == [
        (1, 2),
        (1, 2),
    ]


def test_the_same_facts_stated_twice_have_different_digests(book):
    """Salts differ, so equal values cannot be told from their digests."""
    twins = place("Twin")
    made = write(book, asserted("kent/area/one", twins), asserted("kent/area/two", twins))
    struck = [struck_out(entry, ["name"]).struck["name"] for entry in made.entries]
    assert len(set(struck)) == 2


def test_an_entry_is_never_dated_before_the_one_that_precedes_it(book):
    first = write(book, asserted(PLACE, place("Thanet")), at=hours(2))
    second = write(book, withdrawn(PLACE), at=hours(1))
    assert second.recorded > first.recorded
