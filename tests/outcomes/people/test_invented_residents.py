"""Invented residents are the same for one seed, and look like the public tables they come from."""

from datetime import date

import polars as pl
import pytest

from commonweal.outcomes.people.conditions import CONDITIONS
from commonweal.outcomes.people.invented import PLACES, TooFew, invention, residents
from commonweal.outcomes.people.rows import TABLES
from tests.outcomes.people.made import AS_AT

ALL = 50_000


def drawn(people, seed=1, as_at=AS_AT):
    parts = list(residents(people, as_at=as_at, seed=seed))
    return {name: pl.concat(part[name] for part in parts) for name in TABLES}


@pytest.fixture(scope="module")
def people():
    return drawn(ALL)


def test_another_seed_gives_other_people(people):
    assert not drawn(ALL, seed=2)["spells"].equals(people["spells"])


def test_one_seed_gives_the_same_people_and_a_smaller_set_begins_the_larger(people):
    for name, frame in drawn(100).items():
        assert frame.equals(people[name].filter(pl.col("person") < 100))


def test_the_tables_have_the_columns_that_rows_asks_for(people):
    assert {name: frame.columns for name, frame in people.items()} == {
        name: list(columns) for name, columns in TABLES.items()
    }


def test_ages_and_sexes_are_those_of_england(people):
    spine = people["residents"].with_columns(age=(pl.lit(AS_AT) - pl.col("born")).dt.total_days())
    share = [
        spine.filter(pl.col("age").is_between(low * 365.25, high * 365.25, closed="left")).height
        / ALL
        for low, high in ((0, 20), (20, 65), (65, 130))
    ]
    per_thousand = invention().ages.per_thousand
    assert share == pytest.approx(
        [sum(per_thousand[a:b]) / 1_000 for a, b in ((0, 4), (4, 13), (13, 19))], abs=0.01
    )
    assert (spine["sex"] == "female").mean() == pytest.approx(0.505, abs=0.01)


@pytest.mark.parametrize("name", ["hypertension", "diabetes", "asthma", "depression", "obesity"])
def test_recorded_conditions_are_as_common_as_in_the_public_table(people, name):
    """Those that were resolved are drawn besides, so they are not counted."""
    recorded = people["conditions"].filter(
        (pl.col("condition") == name) & pl.col("until").is_null()
    )
    each = people["residents"].group_by("fifth").len().sort("fifth")
    rates = invention().conditions.given[name].fifths
    wanted = sum(n * rate / 1_000 for n, rate in zip(each["len"], rates, strict=True))
    assert recorded.height == pytest.approx(wanted, rel=0.06)


def test_what_was_not_resolved_was_recorded_in_ten_years_and_nothing_after_the_day(people):
    rows = people["conditions"]
    assert set(rows["condition"]) <= set(CONDITIONS)
    assert rows["since"].is_between(date(2016, 3, 1), AS_AT, closed="left").all()
    assert (rows["until"] >= rows["since"]).all()
    assert (people["spells"]["discharged"] >= people["spells"]["admitted"]).all()
    assert (people["spells"]["discharged"] < AS_AT).all()


def test_admissions_are_as_many_as_in_the_public_table(people):
    unplanned = (~people["spells"]["planned"]).sum() / ALL / 5
    assert unplanned == pytest.approx(invention().events["unplanned"].rate, rel=0.06)


def test_places_and_small_areas_fit_together(people):
    spine = people["residents"]
    assert set(spine["place"]) == set(PLACES)
    one_each = spine.group_by("area").agg(pl.col("place", "fifth").n_unique())
    assert (one_each["place"] == 1).all()
    assert (one_each["fifth"] == 1).all()


def test_nobody_asked_for_is_nobody_drawn():
    with pytest.raises(TooFew, match="ask for 1 or more"):
        next(residents(0, as_at=AS_AT))
