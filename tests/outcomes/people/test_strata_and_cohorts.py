"""Strata of risk, people whom nobody has found, and the worked case of Hampshire."""

import doctest

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.outcomes.methods.states import Figures, State
from commonweal.outcomes.people import cohorts
from commonweal.outcomes.people.cohorts import (
    ATRIAL_FIBRILLATION,
    HYPERTENSION,
    UnknownCohort,
    averted,
    saved,
)
from commonweal.outcomes.people.strata import STRATA, in_strata, ranked

CELLS = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 900)), min_size=1, max_size=12)


def test_330_heart_attacks_and_490_strokes_are_of_the_same_55_000_people():
    """The source has the counts and the savings; that both come to one number checks the rates."""
    heart_attacks, strokes = HYPERTENSION.averts
    for counted, of in ((330, heart_attacks), (490, strokes)):
        people = counted / averted(1, of)
        assert people == pytest.approx(55_000, rel=0.01)
        assert averted(55_000, of) == pytest.approx(counted, rel=0.01)
    assert saved(330, heart_attacks) == pytest.approx(2_500_000)
    assert saved(490, strokes) == pytest.approx(6_700_000)


def test_one_stroke_is_averted_for_25_people_treated_for_a_year_and_a_half():
    (strokes,) = ATRIAL_FIBRILLATION.averts
    assert averted(25, strokes, years=1.5) == 1
    assert averted(25, strokes, years=3) == 2


def test_the_examples():
    assert doctest.testmod(cohorts).failed == 0


def test_expected_people_follow_the_ages_of_each_place():
    people = pl.DataFrame(
        {"place": ["young", "old", "old"], "age": [44, 45, 65], "people": [1_000, 1_000, 1_000]}
    )
    found = dict(cohorts.expected(people, HYPERTENSION, ["place"]).iter_rows())
    assert found == {"young": 90.0, "old": 986.0}


def test_the_survey_rates_make_three_in_ten_adults():
    per_thousand = {16: 0.4451, 45: 0.3117, 65: 0.2432}  # shares of adults, mid-2020
    shares = HYPERTENSION.expected
    assert sum(shares[age] * n for age, n in per_thousand.items()) == pytest.approx(0.30, abs=0.01)


def test_more_on_record_than_expected_leaves_nobody_to_find():
    known = np.zeros(3, np.int8)
    withheld = np.array([0, 0, State.SUPPRESSED.value], np.int8)
    left = cohorts.undetected(
        Figures(np.array([90.0, 120.0, np.nan]), withheld), Figures(np.full(3, 100.0), known)
    )
    assert left.values[:2].tolist() == [10, 0]
    assert np.isnan(left.values[2])
    assert left.states.tolist() == [0, 0, State.SUPPRESSED.value]


def test_an_unknown_cohort_is_answered_with_those_there_are():
    with pytest.raises(UnknownCohort, match="Known: atrial fibrillation, hypertension"):
        cohorts.cohort("gout")


def test_the_likeliest_half_in_a_hundred_are_at_very_high_risk():
    then = pl.DataFrame(
        {"cell": [1, 2, 3, 4], "people": [500] * 4, "admissions": [900, 300, 90, 9]}
    )
    now = pl.DataFrame({"cell": [1, 2, 3, 4], "people": [10, 90, 300, 1_600]})
    found = dict(ranked(then, now).select("cell", "part").iter_rows())
    assert [STRATA[found[cell] - 1] for cell in (1, 2, 3, 4)] == list(STRATA)


def test_a_cell_that_nobody_was_in_is_expected_to_fare_as_the_average():
    then = pl.DataFrame({"cell": [1], "people": [100], "admissions": [25]})
    now = pl.DataFrame({"cell": [1, 9], "people": [10, 10]})
    expected = dict(ranked(then, now).select("cell", "expected").iter_rows())
    assert expected[9] == pytest.approx(0.25)


@given(CELLS)
def test_everybody_is_in_one_stratum_and_a_likelier_cell_is_never_in_a_lower_one(cells):
    frame = pl.DataFrame(
        [{"cell": n, "people": p, "admissions": a} for n, (p, a) in enumerate(cells)]
    )
    now = frame.select("cell", "people").with_columns(place=pl.lit("x"))
    found = ranked(frame.select("cell", "people", "admissions"), now)
    assert found["part"].is_sorted()
    assert found["part"].is_between(1, len(STRATA)).all()
    by_place = in_strata(now, frame.select("cell", "people", "admissions"), ["place"])
    assert by_place["people"].sum() == sum(p for p, _ in cells)
