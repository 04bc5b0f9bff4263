"""Figures of practices and small areas make up those of larger ones; misses are counted."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.outcomes.store.every_area import every_area
from commonweal.outcomes.store.measures import Measure
from commonweal.outcomes.store.observations import figures_table, observations
from commonweal.outcomes.store.questions import of_indicator
from commonweal.outcomes.store.roll_up import MEMBERS, in_none, members_table, rolled_up
from commonweal_site.outcomes.engines import OnFiles
from tests.outcomes.store.samples import frame, observed

ASKED = of_indicator(figures_table(), "made-up-1", as_at=date(2026, 1, 1))
SHARE = Measure(name="x", method="proportion", per=100)


def members(*rows):
    return pl.DataFrame(list(rows), schema=MEMBERS, orient="row")


def made(engine, belong, **more):
    question = rolled_up(ASKED, members_table(), kind="place", **more).order_by("area")
    return engine.ask(question, {"members": belong})


def test_a_place_has_the_sum_of_its_practices(holding):
    engine = holding(frame(observed("A1", 2023, 10, 100), observed("A2", 2023, 20, 300)))
    rows = made(engine, members(("A1", "north", 1), ("A2", "north", 1)))
    assert rows.select("area", "count", "denominator", "state").row(0) == ("north", 30, 400, 0)
    assert every_area(rows, SHARE)["value"].to_list() == [7.5]


def test_a_part_adds_its_share(holding):
    engine = holding(frame(observed("A1", 2023, 10, 100)))
    rows = made(engine, members(("A1", "north", 0.25), ("A1", "south", 0.75)))
    assert rows["count"].to_list() == [2.5, 7.5]


@pytest.mark.parametrize(
    ("other", "state", "told"),
    [
        ({"state": 3}, 3, {"suppressed": 1, "missing": 0, "answered": 1}),
        ({"state": 2}, 2, {"suppressed": 0, "missing": 1, "answered": 1}),
        ({"state": 0, "value": 4.0}, 2, {"suppressed": 0, "missing": 1, "answered": 1}),
        ({"state": 1}, 0, {"suppressed": 0, "missing": 0, "answered": 2}),
    ],
)
def test_a_member_without_a_figure_is_counted_and_never_nought(holding, other, state, told):
    engine = holding(frame(observed("A1", 2023, 10, 100), observed("A2", 2023, **other)))
    row = made(engine, members(("A1", "north", 1), ("A2", "north", 1))).row(0, named=True)
    assert (row["state"], row["count"]) == (state, None if state else 10)
    assert {name: row[name] for name in told} == told


@pytest.mark.parametrize(
    ("asked", "count", "state"), [({}, None, 2), ({"of_denominators": False}, 30, 0)]
)
def test_counts_without_denominators_are_added_only_where_they_have_none(
    holding, asked, count, state
):
    engine = holding(frame(observed("A1", 2023, 10), observed("A2", 2023, 20)))
    row = made(engine, members(("A1", "north", 1), ("A2", "north", 1)), **asked).row(0, named=True)
    assert (row["count"], row["denominator"], row["state"]) == (count, None, state)
    assert row["missing"] == (2 if count is None else 0)


def test_a_member_that_the_figures_do_not_have_at_all_is_missing(holding):
    engine = holding(frame(observed("A1", 2023, 10, 100)))
    row = made(engine, members(("A1", "north", 1), ("A9", "north", 1))).row(0, named=True)
    assert (row["members"], row["missing"], row["state"]) == (2, 1, 2)


@pytest.mark.parametrize(("least", "state"), [(0.5, 0), (0.51, 2)])
def test_as_many_members_must_have_answered_as_is_asked_for(holding, least, state):
    engine = holding(frame(observed("A1", 2023, 10, 100)))
    belong = members(("A1", "north", 1), ("A9", "north", 1))
    assert made(engine, belong, least=least)["state"].to_list() == [state]


def test_a_share_that_nobody_knows_makes_no_figure(holding):
    engine = holding(frame(observed("A1", 2023, 10, 100)))
    row = made(engine, members(("A1", "north", None), ("A1", "south", 1))).row(0, named=True)
    assert (row["area"], row["state"], row["missing"]) == ("north", 2, 1)


def test_codes_that_belong_to_nothing_are_listed(holding):
    engine = holding(frame(observed("A1", 2023, 1, 2), observed("OLD", 2023, 1, 2)))
    question = in_none(ASKED, members_table())
    lost = engine.ask(question, {"members": members(("A1", "north", 1))})
    assert lost.select("area", "figures").rows() == [("OLD", 1)]


def test_sexes_and_years_are_not_added_together(holding):
    engine = holding(
        frame(
            observed("A1", 2022, 1, 10),
            observed("A1", 2023, 2, 10),
            observed("A1", 2023, 1, 5, sex="female"),
        )
    )
    rows = made(engine, members(("A1", "north", 1))).sort("starts", "sex")
    assert rows["count"].to_list() == [1, 1, 2]


@settings(max_examples=15)  # each writes a file and asks an engine
@given(
    counts=st.lists(st.integers(0, 50), min_size=1, max_size=6),
    cut=st.integers(0, 100),
)
def test_nothing_is_lost_or_doubled_where_every_member_is_shared_out_whole(
    tmp_path_factory, counts, cut
):
    file = tmp_path_factory.mktemp("kept") / "figures.parquet"
    rows = [observed(f"A{number}", 2023, count, 50) for number, count in enumerate(counts)]
    observations(frame(*rows)).write_parquet(file)
    parts = [(f"A{n}", where, share) for n in range(len(counts))
             for where, share in (("north", cut / 100), ("south", 1 - cut / 100))]  # fmt: skip
    made_up = made(OnFiles([file]), members(*parts))
    assert made_up["count"].sum() == pytest.approx(sum(counts))
