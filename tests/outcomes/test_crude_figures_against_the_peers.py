"""Proportions, rates and means against the tables of PHEindicatormethods, and published figures."""

import numpy as np
import polars as pl
import pytest

from commonweal.outcomes.methods.limits import (
    byars_limits,
    exact_limits,
    poisson_limits,
    wilson_limits,
)
from commonweal.outcomes.methods.means import mean
from commonweal.outcomes.methods.proportions import proportion
from commonweal.outcomes.methods.rates import rate
from commonweal.outcomes.methods.states import State
from tests.outcomes.answers import known, limits_of, same, table

BOTH = (0.95, 0.998)


def cells(frame, column):
    return frame[column].to_list()


def test_byars_and_wilsons_limits_are_those_of_the_peer():
    frame = known("testdata_Byars_Wilson__testdata_B_W")
    assert len(frame) == 13
    for x, n, low, high, level, method in frame.iter_rows():
        asked = np.array([float(level.rstrip("%")) / 100])
        count = np.array([float(x)])
        found = byars_limits(count, asked) if method == "Byars" else wilson_limits(
            count, np.array([float(n)]), asked
        )  # fmt: skip
        # Where Byar's would fall below nought the peer leaves a blank.
        same(found[0][0], [0.0 if low is None else low])
        same(found[1][0], [high])


@pytest.mark.parametrize("multiplier", ["1", "100"])
def test_proportions_are_those_of_the_peer(multiplier):
    frame = known("testdata_Proportion__testdata_Prop").filter(
        pl.col("multiplier").cast(str) == multiplier
    )
    assert len(frame) in {8, 11}
    found = proportion(
        cells(frame, "Numerator"), cells(frame, "Denominator"), per=int(multiplier), confidence=BOTH
    )
    same(found.value, frame["value"].to_numpy())
    lower, upper = limits_of(frame, *BOTH)
    same(found.lower, lower)
    same(found.upper, upper)


def test_rates_are_those_of_the_peer_blank_where_something_is_missing():
    frame = known("testdata_Rate__testdata_Rate")
    assert len(frame) == 20
    multiplier = frame["multiplier"].to_numpy()
    found = rate(cells(frame, "Numerator"), cells(frame, "Denominator"), per=1, confidence=BOTH)
    found = found.times(multiplier)
    same(found.value, frame["value"].to_numpy())
    lower, upper = limits_of(frame, *BOTH)
    same(found.lower, lower)
    same(found.upper, upper)
    assert (found.states == State.MISSING.value).sum() == 3


@pytest.mark.parametrize(
    ("sheet", "method", "per"),
    [
        ("testdata_Proportion__testdata_Prop_g", proportion, 1),
        ("testdata_Rate__testdata_Rate_g", rate, 100_000),
    ],
)
def test_rows_of_one_area_added_up_first_are_those_of_the_peer(sheet, method, per):
    frame = known(sheet)
    found = method(cells(frame, "Numerator"), cells(frame, "Denominator"), per=per)
    same(found.value, frame["value"].to_numpy())
    same(found.lower[0], frame["lowercl"].to_numpy())
    same(found.upper[0], frame["uppercl"].to_numpy())


def test_means_are_those_of_the_peer():
    frame, answers = known("testdata_Mean__testdata_Mean"), known(
        "testdata_Mean__testdata_Mean_results"
    )  # fmt: skip
    areas = frame["area"].unique(maintain_order=True).to_list()
    which = [areas.index(each) for each in frame["area"]]
    for found, expected in (
        (mean(frame["values"], which, confidence=BOTH), answers[:2]),
        (mean(frame["values"], confidence=BOTH), answers[2:]),
    ):
        same(found.total, expected["value_sum"])
        assert found.number.tolist() == expected["value_count"].to_list()
        same(found.deviation, expected["stdev"])
        same(found.value, expected["value"])
        lower, upper = limits_of(expected, *BOTH)
        same(found.lower, lower)
        same(found.upper, upper)


def published(*indicators):
    return table("fingertips/healthdata.parquet").filter(
        pl.col("IndicatorId").is_in(indicators),
        pl.all_horizontal(
            pl.col("Count", "Denominator", "Value", "LowerCI", "UpperCI").is_not_null()
        ),
    )


@pytest.mark.parametrize(
    ("indicators", "pairs", "within"),
    [
        ((30302, 91040, 93474, 94063), 3_242, 1e-5),  # printed to five places
        # The quality and outcomes framework's limits differ in the third place, by what is not said.
        ((241, 247), 1_144, 2e-3),
    ],
)
def test_wilsons_limits_are_those_fingertips_published(indicators, pairs, within):
    """In all 4,386 pairs of six indicators, in per cent."""
    frame = published(*indicators)
    assert len(frame) == pairs
    found = proportion(frame["Count"], frame["Denominator"], per=100)
    same(found.lower[0], frame["LowerCI"], rtol=0, atol=within)
    same(found.upper[0], frame["UpperCI"], rtol=0, atol=within)


@pytest.mark.parametrize(
    ("indicator", "per", "pairs"), [(20401, 1_000, 208), (41203, 100_000, 161), (92266, 1_000, 175)]
)
def test_poisson_limits_are_those_fingertips_published(indicator, per, pairs):
    """In all 543 pairs of three indicators, and for the one area that had no events."""
    frame = published(indicator)
    assert len(frame) == pairs
    found = rate(frame["Count"], frame["Denominator"], per=per)
    same(found.lower[0], frame["LowerCI"], rtol=0, atol=1e-5)
    same(found.upper[0], frame["UpperCI"], rtol=0, atol=1e-5)


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [
        # Garwood, Biometrika 1936, table of 95% limits, to the figures he prints
        (0, 0.0, 3.689), (1, 0.0253, 5.572), (2, 0.242, 7.225), (5, 1.623, 11.668), (9, 4.115, 17.085),
    ],
)  # fmt: skip
def test_exact_limits_of_few_events_are_garwoods(count, lower, upper):
    found = exact_limits(np.array([float(count)]), np.array([0.95]))
    assert [float(each.item()) for each in found] == pytest.approx([lower, upper], abs=5e-4)


def test_limits_are_exact_at_nine_events_and_byars_at_ten():
    asked, nine, ten = np.array([0.95]), np.array([9.0]), np.array([10.0])
    same(poisson_limits(nine, asked), exact_limits(nine, asked))
    same(poisson_limits(ten, asked), byars_limits(ten, asked))
    assert not np.allclose(poisson_limits(ten, asked), exact_limits(ten, asked), rtol=1e-9)
