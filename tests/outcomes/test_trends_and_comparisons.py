"""Trend markers and comparisons with a benchmark, as Fingertips has them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.outcomes.methods.comparison import (
    NoSuchLimits,
    Standing,
    beside_limits,
    beside_value,
    by_quintile,
)
from commonweal.outcomes.methods.limits import Estimate
from commonweal.outcomes.methods.polarity import Polarity
from commonweal.outcomes.methods.proportions import proportion
from commonweal.outcomes.methods.states import CountAboveDenominator, CrossedLimits, State
from commonweal.outcomes.methods.trend import (
    in_words,
    trend_of_proportions,
    trend_of_values,
)
from tests.outcomes.answers import known, table

SAID = {1: "Increasing", -1: "Decreasing", 0: "No significant change"}
UP, DOWN, NEITHER = Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER, Polarity.NEITHER


def marker(trend):
    return "Cannot be calculated" if trend.states else SAID[int(trend.direction)]


def series(sheet):
    """Each series of a sheet with what its last row expects."""
    frame = known(f"testdata_trend_markers__testdata_{sheet}")
    parts = frame.partition_by("Ethnicity") if "Ethnicity" in frame.columns else [frame]
    return [(part, part.row(-1, named=True)) for part in parts]


@pytest.mark.parametrize("sheet", ["prop_trends", "prop_grouped"])
def test_trends_of_proportions_are_those_of_the_peer(sheet):
    for part, expected in series(sheet):
        if expected["recent_trend_reason"] == "Duplicate years in group":
            found = trend_of_proportions(part["Count"], part["denominator"], years=part["Year"])
        elif expected["recent_trend_reason"] == "Missing values":
            continue  # its counts are above their denominators, which ours refuses first: see below
        else:
            found = trend_of_proportions(part["Count"], part["denominator"])
        assert marker(found) == expected["recent_trend"]
        if expected["Significance"] is not None:
            assert float(found.statistic) == pytest.approx(expected["Significance"], abs=5e-5)
            assert float(found.slope) == pytest.approx(expected["Gradient"], abs=5e-5)


def test_series_that_the_peer_lets_pass_with_more_counted_than_there_are_is_refused():
    wrong = [
        part
        for part, last in series("prop_grouped")
        if last["recent_trend_reason"] == "Missing values"
    ]
    assert len(wrong) == 2
    for part in wrong:
        with pytest.raises(CountAboveDenominator, match="122"):
            trend_of_proportions(part["Count"], part["denominator"])


@pytest.mark.parametrize("sheet", ["other_trends", "other_6", "other_grouped"])
def test_trends_of_other_values_are_those_of_the_peer(sheet):
    for part, expected in series(sheet):
        found = trend_of_values(part["Value"], part["LL"], part["UL"])
        assert marker(found) == expected["recent_trend"]
        if expected["Significance"] is not None:
            assert float(found.statistic) == pytest.approx(expected["Significance"], abs=5e-5)
            assert float(found.slope) == pytest.approx(expected["Gradient"], abs=5e-5)


@pytest.mark.parametrize(
    ("indicator", "as_proportions", "series"),
    [
        (352, True, 77),  # caring responsibility
        (93474, False, 380),  # deaths in hospital
        (22401, False, 171),  # admissions after falls, a directly standardised rate
    ],
)
def test_trends_are_those_fingertips_published(indicator, as_proportions, series):
    one = ["AreaCode", "Sex", "Age", "Category", "CategoryType"]
    frame = (
        table("fingertips/healthdata.parquet")
        .filter(IndicatorId=indicator)
        .unique([*one, "Year"], keep="first", maintain_order=True)  # some rows are there twice
        .sort("Year")
    )
    found = {}
    for part in frame.partition_by(*one):
        said = part["Trend"].drop_nulls()
        if not len(said) or said[-1] == "Cannot be calculated":
            continue
        if as_proportions:
            ours = trend_of_proportions(part["Count"], part["Denominator"], years=part["Year"])
        else:
            limits = part["Value"], part["LowerCI"], part["UpperCI"]
            ours = trend_of_values(*limits, years=part["Year"])
        found[part.row(0)] = (marker(ours), said[-1].split(" and ")[0])
    assert len(found) == series
    assert [pair for pair in found.values() if pair[0] != pair[1]] == []


def test_a_gap_in_the_years_is_no_trend():
    counts = [10, 20, 30, 40, 50]
    assert trend_of_proportions(counts, [100] * 5, years=range(2015, 2020)).direction == 1
    found = trend_of_proportions(counts, [100] * 5, years=[2014, 2016, 2017, 2018, 2019])
    assert found.states == State.NOT_APPLICABLE.value


def test_only_the_latest_five_points_count():
    falling_then_rising = [90, 80, 70, 10, 20, 30, 40, 50]
    found = trend_of_proportions(falling_then_rising, [100] * 8)
    assert found.direction == 1


def test_four_points_are_too_few():
    found = trend_of_proportions([10, 20, 30, 40], [100] * 4)
    assert found.states == State.NOT_APPLICABLE.value
    assert in_words(found) == ["cannot be calculated"]


def test_a_trend_that_rests_on_one_point_is_no_significant_change():
    """One last year far above four that fell a little."""
    found = trend_of_proportions([100, 98, 96, 94, 180], [1_000] * 5)
    assert found.statistic > 9.5495
    assert found.rests_on_one
    assert found.direction == 0


def test_the_threshold_is_chi_square_at_99_8_per_cent():
    """9.5495, as Office for Health Improvement and Disparities print it."""
    values = np.array([0.0, 1, 2, 3, 4])
    # With equal limits the statistic is 10 / error², so these errors lie just on either side.
    for statistic, direction in ((9.5494, 0), (9.5496, 1)):
        error = (10 / statistic) ** 0.5
        reach = 1.9599639845400545 * error
        found = trend_of_values(values, values - reach, values + reach)
        assert float(found.statistic) == pytest.approx(statistic)
        assert found.direction == direction


def test_none_throughout_is_no_change_and_not_an_error():
    found = trend_of_proportions([0] * 5, [100] * 5)
    assert (float(found.statistic), int(found.direction), int(found.states)) == (0, 0, 0)


def test_a_missing_or_withheld_year_leaves_the_trend_so():
    found = trend_of_proportions(
        [[1, 2, None, 4, 5], [1, 2, State.SUPPRESSED, 4, 5]], [[100] * 5] * 2
    )
    assert found.states.tolist() == [State.MISSING.value, State.SUPPRESSED.value]
    assert np.isnan(found.statistic).all()


def test_limits_that_coincide_are_refused_and_not_infinitely_certain():
    with pytest.raises(CrossedLimits, match="Not above its lower limit is 3 at index 2"):
        trend_of_values([1, 2, 3, 4, 5], [0, 1, 3, 3, 4], [2, 3, 3, 5, 6])


@pytest.mark.parametrize(
    ("polarity", "words"),
    [(UP, "getting better"), (DOWN, "getting worse"), (NEITHER, "increasing")],
)
def test_a_rise_is_better_or_worse_by_polarity(polarity, words):
    assert in_words(trend_of_proportions([10, 20, 30, 40, 50], [100] * 5), polarity)[0].endswith(
        words
    )


@given(counts=st.lists(st.integers(1, 99), min_size=5, max_size=5))
def test_turning_time_round_turns_the_trend_round(counts):
    found = trend_of_proportions([counts, counts[::-1]], [[100] * 5] * 2)
    assert found.direction[0] == -found.direction[1]
    assert found.statistic[0] == pytest.approx(found.statistic[1])


def areas(*limits):
    low, high = (np.array(each, float) for each in zip(*limits, strict=True))
    return Estimate((low + high) / 2, low[None], high[None], np.zeros(len(low), np.int8))


@pytest.mark.parametrize(
    ("polarity", "below", "above"),
    [
        (UP, "worse", "better"),
        (DOWN, "better", "worse"),
        (NEITHER, "lower", "higher"),
        (Polarity.NOT_STATED, "lower", "higher"),
    ],
)
def test_areas_are_similar_if_their_limits_take_in_the_benchmark_ends_included(
    polarity, below, above
):
    found = beside_value(areas((1, 4.9), (1, 5), (5, 9), (5.1, 9)), 5, polarity=polarity)
    words = [Standing(each).words for each in found]
    assert words == [below, "similar", "similar", above]


def test_overlapping_limits_are_similar_though_one_value_is_beyond_the_others_limits():
    area, england = areas((1, 5), (1, 4)), areas((5, 9))
    found = beside_limits(area, england, polarity=UP)
    assert [Standing(each).words for each in found] == ["similar", "worse"]
    assert Standing(beside_value(area, 7, polarity=UP)[0]) is Standing.WORSE


def test_at_a_higher_level_fewer_areas_differ():
    found = proportion([560], [1_000], confidence=(0.95, 0.998))
    at = [beside_value(found, 0.52, polarity=UP, level=each).item() for each in (0, 1)]
    assert [Standing(each).words for each in at] == ["better", "similar"]


def test_what_is_not_known_is_not_compared_and_never_similar():
    found = beside_value(proportion([None, State.SUPPRESSED, 0], [9, 9, 0]), 0.5, polarity=UP)
    assert {Standing(each) for each in found} == {Standing.NOT_COMPARED}
    unknown = beside_value(proportion([5], [9]), [None], polarity=UP)
    assert Standing(unknown.item()) is Standing.NOT_COMPARED


def test_a_comparison_needs_the_limits_it_rests_on():
    without = proportion([5], [9], confidence=None)
    with pytest.raises(NoSuchLimits, match="the estimate has 0"):
        beside_value(without, 0.5, polarity=UP)


def test_the_best_fifth_is_quintile_1():
    assert by_quintile([1, 2, 3, 4, 5], polarity=UP).quantile.tolist() == [5, 4, 3, 2, 1]
    assert by_quintile([1, 2, 3, 4, 5], polarity=DOWN).quantile.tolist() == [1, 2, 3, 4, 5]
