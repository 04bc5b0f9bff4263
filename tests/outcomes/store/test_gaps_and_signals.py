"""For every area: the gap by deprivation, what its chart shows, where it is heading."""

from datetime import date

import polars as pl
import pytest

from commonweal.outcomes.methods.inequality import inequality, standard_error
from commonweal.outcomes.methods.proportions import proportion
from commonweal.outcomes.store.every_area import (
    TOO_FEW,
    every_area,
    over_time,
    worse_and_getting_worse,
)
from commonweal.outcomes.store.gaps import gaps
from commonweal.outcomes.store.measures import Measure
from commonweal.outcomes.store.observations import observations
from tests.outcomes.store.samples import ENGLAND, frame, observed

SMOKERS = Measure(
    name="Smokers", method="proportion", per=100, polarity="lower is better",
    comparison="limits at 95%",
)  # fmt: skip
MEAN = Measure(name="Days", method="mean", polarity="lower is better")


def fifths(counts, year=2024, code="a"):
    return [
        observed(code, year, n, 1_000, grouping="fifths", group=str(rung), rung=rung)
        for rung, n in enumerate(counts, 1)
    ]


def of(*rows):
    return observations(frame(*rows))


def months(values, code="a"):
    return [
        observed(code, 2024, value=value)
        | {"starts": date(2024 + at // 12, at % 12 + 1, 1),
           "ends": date(2024 + (at + 1) // 12, (at + 1) % 12 + 1, 1)}
        for at, value in enumerate(values)
    ]  # fmt: skip


def test_the_gap_is_that_of_the_method_with_the_disadvantage_of_the_most_deprived_above_nought():
    counts = [200, 180, 150, 120, 100]
    found = gaps(of(*fifths(counts)), SMOKERS).row(0, named=True)
    made = proportion(counts, [1_000] * 5, per=100)
    same = inequality(
        made.value, [1_000] * 5, standard_error(made.lower[0], made.upper[0]), reverse=True
    )
    assert found["slope"] == pytest.approx(float(same.slope.value))
    assert found["slope"] > 0
    assert found["ratio"] == pytest.approx(float(same.ratio.value))


def test_the_gap_is_that_of_the_latest_period_that_has_groups():
    rows = of(*fifths([200] * 5, 2023), *fifths([200, 180, 150, 120, 100], 2024))
    found = gaps(rows, SMOKERS).row(0, named=True)
    assert (found["starts"], found["groups"]) == (date(2024, 4, 1), 5)
    assert found["slope"] > 1


def test_a_withheld_fifth_leaves_the_gap_withheld_not_worked_out_of_the_rest():
    rows = of(
        *fifths([200, 180, 150, 120]),
        observed("a", 2024, grouping="fifths", group="5", rung=5, state=3),
    )
    found = gaps(rows, SMOKERS).row(0, named=True)
    assert (found["state"], found["slope"]) == ("suppressed", None)


def test_fewer_than_five_groups_have_no_index():
    assert gaps(of(*fifths([200, 180, 150, 120])), SMOKERS).is_empty()


def test_eleven_points_are_too_few_to_judge_and_twelve_are_enough():
    steady = [6.5, 6.7] * 6
    assert every_area(of(*months(steady[:11])), MEAN)["signal"].item() == TOO_FEW
    assert every_area(of(*months(steady)), MEAN)["signal"].item() == "No significant change"


def test_months_are_judged_by_their_chart_and_years_by_their_trend():
    rising = [6.5, 6.7] * 8 + [8.0]
    row = every_area(of(*months(rising)), MEAN).row(0, named=True)
    assert row["trend"] == "cannot be calculated"
    assert row["signal"].startswith("Getting worse")
    assert row["course"] == "getting worse"


def test_worse_than_england_and_getting_worse_needs_both():
    def years(code, counts):
        return [observed(code, 2019 + at, n, 1_000) for at, n in enumerate(counts)]

    rows = of(
        *(observed(ENGLAND, 2019 + at, 14_000, 100_000, kind="england") for at in range(5)),
        *years("both", [150, 170, 190, 220, 250]),
        *years("worse, not worsening", [250, 250, 249, 251, 250]),
        *years("worsening, not worse", [30, 50, 70, 90, 110]),
    )
    assert worse_and_getting_worse(every_area(rows, SMOKERS))["area"].to_list() == ["both"]


def test_since_the_period_before_is_told_by_limits_that_do_not_overlap():
    rows = of(
        *(observed(code, 2023 + at, n, 1_000) for code, pair in
          {"a": (100, 200), "b": (200, 100), "c": (100, 104)}.items() for at, n in enumerate(pair)),
    )  # fmt: skip
    found = every_area(rows, SMOKERS)
    assert dict(zip(found["area"], found["since"], strict=True)) == {
        "a": "declined", "b": "improved", "c": "similar",
    }  # fmt: skip


def test_over_time_has_every_period_for_every_area_missing_where_there_is_none():
    found = over_time(of(observed("a", 2023, 100, 1_000), observed("b", 2024, 150, 1_000)), SMOKERS)
    assert found.select("area", "state").rows() == [
        ("a", "known"), ("a", "missing"), ("b", "missing"), ("b", "known"),
    ]  # fmt: skip
    assert found.filter(pl.col("state") == "known")["value"].to_list() == [10.0, 15.0]
    assert found["lower_95"].null_count() == 2
