"""A question of the store has one answer, whichever engine it is put to."""

import os
from datetime import date

import polars as pl
import psycopg
import pytest

from commonweal.outcomes.store.every_area import NoFigures, SeveralFigures, every_area
from commonweal.outcomes.store.measures import Measure
from commonweal.outcomes.store.observations import figures_table, observations
from commonweal.outcomes.store.questions import of_indicator, what_there_is
from commonweal_site.outcomes.engines import OnPostgres
from tests.keeping import SERVER
from tests.outcomes.store.samples import ENGLAND, frame, observed

SMOKERS = Measure(
    name="Smokers", method="proportion", per=100, polarity="lower is better",
    comparison="limits at 95%",
)  # fmt: skip
FIGURES = figures_table()


def five_years(area, counts, of=1000, **more):
    return [
        observed(area, 2019 + year, count, of, **more)
        for year, count in enumerate(counts)
        if count is not None
    ]


ALL = frame(
    *five_years(ENGLAND, [14_000, 13_800, 13_500, 13_300, 13_000], 100_000, kind="england"),
    *five_years("E06000001", [150, 140, 120, 90, 70]),
    *five_years("E06000002", [150, 160, 180, 210, 250]),
    *five_years("E06000003", [130, 130, 130, 130, None]),
)


def asked(engine, as_at=date(2026, 1, 1), **more):
    rows = engine.ask(of_indicator(FIGURES, "made-up-1", as_at=as_at, **more))
    made = every_area(rows, SMOKERS).with_columns(pl.col(pl.Float64).round(9))
    return {row["area"]: row for row in made.iter_rows(named=True)}


def test_every_area_has_its_figure_limits_comparison_and_trend(holding):
    found = asked(holding(ALL))
    better, worse = found["E06000001"], found["E06000002"]
    assert (better["value"], better["compared"]) == (7.0, "better")
    assert better["trend"] == "decreasing and getting better"
    assert (worse["value"], worse["compared"]) == (25.0, "worse")
    assert worse["trend"] == "increasing and getting worse"
    # Wilson's limits of 250 in 1,000 at 95%.
    assert (round(worse["lower_95"], 4), round(worse["upper_95"], 4)) == (22.4153, 27.776)
    assert found[ENGLAND]["compared"] == "not compared"


def test_an_area_without_a_figure_for_the_latest_period_is_missing_not_left_out(holding):
    row = asked(holding(ALL))["E06000003"]
    assert (row["state"], row["value"], row["periods"]) == ("missing", None, 4)
    assert (row["compared"], row["trend"]) == ("not compared", "cannot be calculated")


@pytest.mark.parametrize(
    ("as_at", "value"),
    [
        (date(2024, 4, 1), 7.0),  # the day after the last of the period
        (date(2024, 3, 31), 9.0),  # its last day: it is not over
    ],
)
def test_a_period_counts_once_it_has_ended(holding, as_at, value):
    assert asked(holding(ALL), as_at=as_at)["E06000001"]["value"] == value


def test_a_later_revision_takes_the_place_of_a_figure_and_the_earlier_can_still_be_read(holding):
    engine = holding(ALL, frame(observed("E06000001", 2023, 60, 1000)))
    assert asked(engine)["E06000001"]["value"] == 6.0
    assert asked(engine, revision=2)["E06000001"]["value"] == 6.0
    assert asked(engine, revision=1)["E06000001"]["value"] == 7.0


def test_a_figure_that_is_withdrawn_by_a_later_revision_does_not_come_back(holding):
    engine = holding(ALL, frame(observed("E06000001", 2023, state=3)))
    assert asked(engine)["E06000001"]["state"] == "suppressed"


def test_england_stands_beside_areas_of_any_kind(holding):
    found = asked(holding(ALL), kind="district")
    assert found["E06000001"]["compared"] == "better"


def test_figures_of_several_ages_are_not_taken_for_one_another(holding):
    old = five_years("E06000001", [1, 1, 1, 1, 1], age="65+ yrs")
    engine = holding(ALL.vstack(frame(*old)))
    with pytest.raises(SeveralFigures, match=r"Choose age: 65\+ yrs, all ages\.$"):
        asked(engine)
    assert asked(engine, age="65+ yrs")["E06000001"]["value"] == 0.1


def test_figures_of_groups_stand_apart_from_those_of_everybody(holding):
    most = five_years("E06000001", [300] * 5, grouping="deprivation", group="most", rung=1)
    engine = holding(ALL.vstack(frame(*most)))
    assert asked(engine)["E06000001"]["value"] == 7.0
    assert asked(engine, by_group=True)["E06000001"]["value"] == 30.0


def test_a_day_before_every_figure_has_none(holding):
    with pytest.raises(NoFigures, match="later day"):
        asked(holding(ALL), as_at=date(2018, 1, 1))


def test_the_store_says_what_it_has(holding):
    rows = holding(ALL).ask(what_there_is(FIGURES).order_by("kind")).to_dicts()
    assert [(row["kind"], row["areas"], row["figures"]) for row in rows] == [
        ("district", 3, 14),
        ("england", 1, 5),
    ]
    assert (rows[0]["first"], rows[0]["last"]) == (date(2019, 4, 1), date(2024, 4, 1))


@pytest.mark.parametrize(
    ("comparison", "said"),
    [
        ("limits at 95%", "worse"),  # 15.18 to 20.5 against 15
        ("limits at 99.8%", "similar"),
        ("overlapping limits at 95%", "similar"),
        ("none", "not compared"),
        ("not stated", "not compared"),
    ],
)
def test_areas_are_compared_as_their_indicator_asks(comparison, said):
    rows = frame(
        observed("E06000001", 2023, 141, 800),
        observed(ENGLAND, 2023, 300, 2000),
    )
    measure = Measure(
        name="x", method="proportion", polarity="lower is better", comparison=comparison
    )
    assert every_area(rows, measure)["compared"][0] == said


def test_by_quintiles_each_area_has_its_fifth_and_england_has_none():
    rows = frame(
        observed(ENGLAND, 2023, 300, 1000),
        *(observed(f"E0600000{n}", 2023, 100 * n, 1000) for n in range(1, 6)),
    )
    measure = Measure(
        name="x", method="proportion", polarity="lower is better", comparison="quintiles"
    )
    assert every_area(rows, measure)["fifth"].to_list() == [1, 2, 3, 4, 5, None]


def test_fifths_are_of_areas_of_one_kind():
    rows = frame(
        *(observed(f"E0600000{n}", 2023, 100 * n, 1000) for n in range(1, 6)),
        *(observed(f"A8200{n}", 2023, 10 * n, 1000, kind="practice") for n in range(1, 6)),
    )
    measure = Measure(name="x", method="proportion", comparison="quintiles")
    assert every_area(rows, measure)["fifth"].to_list() == [1, 2, 3, 4, 5] * 2


def test_what_cannot_be_worked_out_anew_is_given_as_published():
    rows = frame(observed("E06000001", 2023, value=80.1, lower=79.8, upper=80.4))
    row = every_area(rows, Measure(name="x", method="life expectancy")).row(0, named=True)
    assert (row["value"], row["lower_95"], row["worked_out"]) == (80.1, 79.8, "published")
    assert row["lower_99_8"] is None


@pytest.mark.postgres
def test_a_table_that_somebody_keeps_under_the_same_name_is_left_alone():
    with psycopg.connect(os.environ[SERVER]) as connection:
        connection.execute("create schema kept_here; set search_path to kept_here")
        connection.execute("create table figures as select 1 as one")
        OnPostgres(connection).keep("figures", observations(ALL))
        assert connection.execute("select one from kept_here.figures").fetchall() == [(1,)]
        connection.rollback()
