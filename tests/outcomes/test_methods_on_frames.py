"""Tables in and out: bands are joined by name, marks are states, and what is wrong is named."""

import numpy as np
import polars as pl
import pytest

from commonweal.outcomes.methods import frames
from commonweal.outcomes.methods.inequality import inequality
from commonweal.outcomes.methods.life_tables import life_expectancy
from commonweal.outcomes.methods.polarity import Polarity
from commonweal.outcomes.methods.standardised import (
    directly_standardised_rate,
    indirectly_standardised_rate,
    indirectly_standardised_ratio,
)
from commonweal.outcomes.methods.standards import EUROPEAN_2013
from commonweal.outcomes.methods.states import NotANumber

BANDS = list(EUROPEAN_2013)
COUNT, PEOPLE = np.arange(1, 39).reshape(2, 19) * 3, np.arange(39, 1, -1).reshape(2, 19) * 1_000


def ages(seed=3):
    """Two areas by nineteen bands, in no order."""
    rows = pl.DataFrame(
        {
            "area": ["north"] * 19 + ["south"] * 19,
            "band": BANDS * 2,
            "count": COUNT.ravel(),
            "population": PEOPLE.ravel(),
        }
    )
    return rows.sample(fraction=1, shuffle=True, seed=seed)


def test_a_standard_population_is_joined_by_the_name_of_its_band_and_not_by_position():
    """The peer joins a vector by position, and now says that it should not be used so."""
    found = frames.directly_standardised_rates(ages(), by=["area"]).sort("area")
    expected = directly_standardised_rate(COUNT, PEOPLE, list(EUROPEAN_2013.values()))
    assert found["value"].to_list() == pytest.approx(expected.value.tolist())
    assert found["lower_95"].to_list() == pytest.approx(expected.lower[0].tolist())
    turned = dict(reversed(EUROPEAN_2013.items()))
    again = frames.directly_standardised_rates(ages(), by=["area"], standard=turned).sort("area")
    assert again["value"].to_list() == pytest.approx(found["value"].to_list())


def test_the_european_standard_has_a_hundred_thousand_people_in_nineteen_bands():
    assert (len(EUROPEAN_2013), sum(EUROPEAN_2013.values())) == (19, 100_000)


def test_a_band_that_is_missing_is_named_and_not_counted_as_nought():
    short = ages().filter(~((pl.col("area") == "south") & (pl.col("band") == "85-89")))
    with pytest.raises(frames.BandMissing, match="south has no row for band 85-89"):
        frames.directly_standardised_rates(short, by=["area"])


def test_a_row_that_is_there_twice_is_named_and_not_counted_twice():
    twice = pl.concat([ages(), ages().filter(area="north", band="5-9")])
    with pytest.raises(frames.DuplicateRow, match="north has more than one row for band 5-9"):
        frames.directly_standardised_rates(twice, by=["area"])


def test_a_band_that_the_standard_does_not_have_is_named():
    wrong = ages().with_columns(pl.col("band").replace("0-4", "0–4"))
    with pytest.raises(frames.UnknownBand, match="'0–4' is not among those"):
        frames.directly_standardised_rates(wrong, by=["area"])


def test_a_column_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(frames.UnknownColumn, match=r"'popluation'.*'population'"):
        frames.rates(ages(), population="popluation")


def test_marks_of_official_statistics_are_states():
    frame = pl.DataFrame(
        {"count": ["1,005", "[c]", "*", "", "[x]", "[z]", None], "denominator": [2_010] * 7}
    )
    found = frames.proportions(frame, per=100)
    assert found["state"].to_list() == [
        "known", "suppressed", "suppressed", "missing", "missing", "not applicable", "missing"
    ]  # fmt: skip
    assert found["value"].to_list() == [50, *[None] * 6]


def test_text_that_is_neither_number_nor_mark_is_refused_with_its_row():
    with pytest.raises(NotANumber, match="count has 'about 5' in row 2"):
        frames.proportions(pl.DataFrame({"count": ["4", "about 5"], "denominator": [9, 9]}))


def test_every_level_asked_for_has_its_columns():
    frame = pl.DataFrame({"count": [5], "population": [90]})
    found = frames.rates(frame, confidence=(0.95, 0.998))
    assert found.columns[2:] == [
        "value", "lower_95", "upper_95", "lower_99_8", "upper_99_8", "state"
    ]  # fmt: skip


@pytest.mark.parametrize("as_rate", [False, True])
def test_indirect_figures_are_those_of_the_method(as_rate):
    reference = pl.DataFrame(
        {"band": BANDS[::-1], "count": range(19, 0, -1), "population": [20_000] * 19}
    )
    found = frames.indirectly_standardised(ages(), reference, by=["area"], as_rate=as_rate)
    method = indirectly_standardised_rate if as_rate else indirectly_standardised_ratio
    expected = method(
        COUNT.sum(axis=1), PEOPLE, range(1, 20), [20_000] * 19, per=100_000 if as_rate else 100
    )
    found = found.sort("area")
    assert found["value"].to_list() == pytest.approx(expected.value.tolist())
    assert found["expected"].to_list() == pytest.approx(expected.expected.tolist())


def test_life_expectancy_has_a_row_for_each_group_and_band():
    starts = [0, 1, 15, 65, 85]
    deaths, people = [50, 60, 900, 4_000, 6_000], [10_000, 140_000, 500_000, 180_000, 40_000]
    frame = pl.DataFrame({"sex": ["f"] * 5, "age": starts, "deaths": deaths, "population": people})
    found = frames.life_expectancies(frame.reverse(), by=["sex"])
    assert found["age"].to_list() == starts
    expected = life_expectancy(deaths, people, starts)
    assert found["value"].to_list() == pytest.approx(expected.value.tolist())
    assert found["upper_95"].to_list() == pytest.approx(expected.upper[0].tolist())


def test_quantiles_are_within_their_group_and_null_without_a_value():
    frame = pl.DataFrame({"area": ["a", "a", "a", "b", "b"], "value": [1, 3, None, 7, 5]})
    found = frames.in_quantiles(frame, number=2, by=["area"])
    assert found["quantile"].to_list() == [2, 1, None, 1, 2]
    assert found["state"].to_list()[2] == "missing"


def test_inequality_has_a_row_for_each_index():
    values, people = [70.0, 72, 73, 76, 79], [100, 120, 90, 100, 110]
    frame = pl.DataFrame(
        {"area": ["a"] * 5, "quantile": range(1, 6), "value": values, "population": people,
         "error": [0.5] * 5}
    )  # fmt: skip
    found = frames.inequalities(frame.reverse(), by=["area"])
    expected = inequality(values, people, [0.5] * 5)
    assert found["index"].to_list() == ["slope", "relative"]
    assert found["value"].to_list() == pytest.approx(
        [float(expected.slope.value), float(expected.ratio.value)]
    )


def test_trends_are_told_in_words():
    frame = pl.DataFrame(
        {"area": ["a"] * 5 + ["b"] * 5, "year": [*range(2015, 2020)] * 2,
         "count": [10, 20, 30, 40, 50, 9, 9, None, 9, 9], "denominator": [100] * 10}
    )  # fmt: skip
    found = frames.trends(frame.reverse(), by=["area"], polarity=Polarity.LOWER_IS_BETTER)
    said = dict(found.select("area", "trend").iter_rows())
    assert said == {"a": "increasing and getting worse", "b": "cannot be calculated"}


def test_means_of_groups_come_with_how_many_there_are():
    frame = pl.DataFrame({"ward": ["x", "x", "y"], "value": [1.0, 3.0, 9.0]})
    found = frames.means(frame, by=["ward"])
    assert found.select("ward", "number", "value").rows() == [("x", 2, 2.0), ("y", 1, 9.0)]
    assert found["lower_95"].to_list()[1] is None


def test_without_a_group_the_table_is_one():
    one = ages().filter(area="north").drop("area")
    found = frames.directly_standardised_rates(one, by=[])
    assert found["state"].to_list() == ["known"]
    with pytest.raises(frames.BandMissing, match="The table has no row for band 0-4"):
        frames.directly_standardised_rates(one.filter(pl.col("band") != "0-4"), by=[])
