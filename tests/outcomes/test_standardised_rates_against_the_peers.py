"""Directly and indirectly standardised rates against PHEindicatormethods, on tables and real areas."""

import numpy as np
import polars as pl
import pytest

from commonweal.outcomes.methods.standardised import (
    directly_standardised_rate,
    directly_standardised_rate_of_repeats,
    indirectly_standardised_rate,
    indirectly_standardised_ratio,
)
from commonweal.outcomes.methods.standards import EUROPEAN_2013
from commonweal.outcomes.methods.states import Negative, NobodyAtRisk, State
from tests.outcomes.answers import known, limits_of, same, table

BOTH = (0.95, 0.998)
WEIGHTS = list(EUROPEAN_2013.values())


def by_area(frame, *columns):
    """Each area's name, and each column as areas by bands."""
    areas = frame["area"].unique(maintain_order=True).to_list()
    return areas, *(frame[each].to_numpy().reshape(len(areas), -1) for each in columns)


def three_areas():
    """The peer reads the one blank count of the sheet as nought, so here it is made nought."""
    return known("testdata_DSR_ISR__testdata_multiarea").fill_null(0)


def matches(found, expected):
    same(found.value, expected["value"])
    lower, upper = limits_of(expected, *BOTH)
    same(found.lower, lower)
    same(found.upper, upper)


@pytest.mark.parametrize("per", [10_000, 100_000])
def test_direct_rates_are_those_of_the_peer_and_nine_events_are_too_few(per):
    areas, count, population = by_area(three_areas(), "count", "pop")
    # Twice the three areas: per 10,000, then per 100,000.
    both = known("testdata_DSR_ISR__testresults_DSR").filter(pl.col("area").is_in(areas))
    found = directly_standardised_rate(count, population, WEIGHTS, per=per, confidence=BOTH)
    matches(found, both[:3] if per == 10_000 else both[3:])
    assert found.states.tolist() == [0, 0, State.NOT_APPLICABLE.value]


def test_a_direct_rate_by_the_standard_of_1976_is_that_of_the_peer():
    frame = known("testdata_DSR_ISR__testdata_1976")
    expected = known("testdata_DSR_ISR__testresults_DSR").filter(
        area="testdata_1976", statistic="dsr per 10000"
    )
    found = directly_standardised_rate(
        frame["count"], frame["pop"], frame["esp1976"], per=10_000, confidence=BOTH
    )
    same(found.value, expected["value"].item())
    lower, upper = limits_of(expected, *BOTH)
    # The peer's table has the 99.8% limits of this row ten times too large.
    same(found.lower, lower[:, 0] / [1, 10])
    same(found.upper, upper[:, 0] / [1, 10])


def test_direct_rates_of_repeated_events_are_those_of_the_peer():
    frame = known("testdata_DSR_ISR__testdata_nonindepe")
    expected = known("testdata_DSR_ISR__testresults_DSR").filter(
        pl.col("area").str.contains("nonind")
    )
    areas, count, population = by_area(frame, "count", "pop")
    assert areas == expected["area"].to_list()
    # The sheet leaves a frequency blank where nobody had it.
    people = frame.select("f1", "f2", "f3", "f4").fill_null(0).to_numpy().reshape(len(areas), -1, 4)
    assert (people @ [1, 2, 3, 4] == count).all()
    found = directly_standardised_rate_of_repeats(people, population, WEIGHTS, confidence=BOTH)
    same(found.value, expected["value"], rtol=1e-8)  # printed to eight places
    lower, upper = limits_of(expected, *BOTH)
    same(found.lower, lower, rtol=1e-8)
    same(found.upper, upper, rtol=1e-8)


def test_a_thousand_direct_rates_are_those_of_the_peer():
    frame, expected = table("peer-outputs/input_dsr_1000.parquet"), table(
        "peer-outputs/r_calculate_dsr_1000.parquet"
    )  # fmt: skip
    areas, deaths, people, standard = by_area(frame, "deaths", "pop", "stdpop")
    assert areas == expected["area"].to_list()
    assert (standard == WEIGHTS).all()
    matches(directly_standardised_rate(deaths, people, WEIGHTS, confidence=BOTH), expected)


def test_direct_rates_of_deaths_in_347_real_areas_are_those_of_the_peer():
    """Office for National Statistics, deaths and people of 2014; infants and 1 to 4 are one band."""
    frame = (
        table("ons-deaths-population-2014/deaths_population_lad_2014.csv")
        .with_columns(start=pl.when(pl.col("startage") < 5).then(0).otherwise("startage"))
        .group_by("lad16_code", "start")
        .agg(pl.col("deaths", "pop").sum())
        .sort("lad16_code", "start")
        .rename({"lad16_code": "area"})
    )
    expected = table("ons-deaths-population-2014/peer_dsr_all_cause_lad_2014.csv").sort(
        "lad16_code"
    )
    areas, deaths, people = by_area(frame, "deaths", "pop")
    assert areas == expected["lad16_code"].to_list()
    matches(directly_standardised_rate(deaths, people, WEIGHTS, confidence=BOTH), expected)


@pytest.mark.parametrize(
    ("method", "per", "said"),
    [
        (indirectly_standardised_rate, 100_000, "indirectly standardised rate per 100000"),
        (indirectly_standardised_rate, 1_000, "indirectly standardised rate per 1000"),
        (indirectly_standardised_ratio, 1, "indirectly standardised ratio x 1"),
        (indirectly_standardised_ratio, 100, "indirectly standardised ratio x 100"),
    ],
)
def test_indirect_rates_and_ratios_are_those_of_the_peer(method, per, said):
    areas, count, population = by_area(three_areas(), "count", "pop")
    reference = known("testdata_DSR_ISR__refdata").fill_null(0)
    expected = known("testdata_DSR_ISR__testresults_ISR").filter(
        pl.col("area").is_in(areas), statistic=said
    )
    found = method(
        count.sum(axis=1), population, reference["refcount"], reference["refpop"],
        per=per, confidence=BOTH,
    )  # fmt: skip
    matches(found, expected)
    same(found.observed, expected["observed"])
    same(found.expected, expected["expected"])
    if method is indirectly_standardised_rate:
        same(np.full(3, found.reference_rate), expected["ref_rate"])


def test_a_band_of_nobody_expects_nothing_as_with_the_peer():
    """The sheet in which 5 to 9 of the first area is a band of nobody, with 25 events all the same."""
    areas, count, population = by_area(known("testdata_DSR_ISR__testdata_err2"), "count", "pop")
    reference = known("testdata_DSR_ISR__refdata").fill_null(0)
    expected = known("testdata_DSR_ISR__testresults_ISR").filter(
        pl.col("area").is_in(areas), statistic="indirectly standardised ratio x 100"
    )
    found = indirectly_standardised_ratio(
        count.sum(axis=1), population, reference["refcount"], reference["refpop"], per=100
    )
    same(found.value, expected["value"])
    same(found.expected, expected["expected"])
    same(found.lower[0], expected["lower95_0cl"])
    same(found.upper[0], expected["upper95_0cl"])


@pytest.mark.parametrize(
    ("method", "per", "file"),
    [
        (indirectly_standardised_rate, 100_000, "r_israte_1000"),
        (indirectly_standardised_ratio, 100, "r_isratio_1000"),
    ],
)
def test_a_thousand_indirect_figures_are_those_of_the_peer(method, per, file):
    frame, expected = table("peer-outputs/input_dsr_1000.parquet"), table(
        f"peer-outputs/{file}.parquet"
    )  # fmt: skip
    areas, deaths, people, x, n = by_area(frame, "deaths", "pop", "ref_deaths", "ref_pop")
    assert areas == expected["area"].to_list()
    found = method(deaths.sum(axis=1), people, x, n, per=per, confidence=BOTH)
    matches(found, expected)
    same(found.expected, expected["expected"])


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("err1", "The counts have -26 at index 5"),
        ("err3", "The populations have -558 at index 1"),
        ("err4", "The weights of the standard have -6000 at index 5"),
    ],
)
def test_the_peers_wrong_sheets_are_refused_with_the_place_of_the_fault(sheet, said):
    frame = known(f"testdata_DSR_ISR__testdata_{sheet}")
    with pytest.raises(Negative, match=said):
        directly_standardised_rate(frame["count"], frame["pop"], frame["stdpop"])


def test_the_peers_sheet_with_events_among_nobody_is_refused():
    frame = known("testdata_DSR_ISR__testdata_err2")[:19]
    with pytest.raises(NobodyAtRisk, match="25 at index 1"):
        directly_standardised_rate(frame["count"], frame["pop"], WEIGHTS)


def test_a_rate_standardised_by_hand():
    """Two bands: 20 of 1,000 and 30 of 500 by weights 60 and 40 are 12 + 24 = 36 per 1,000."""
    found = directly_standardised_rate([20, 30], [1_000, 500], [60, 40], per=1_000)
    # v = 0.6² x 20/1000² + 0.4² x 30/500² = 0.0000264; Byar's of 50 events is 37.11 to 65.92.
    spread = (0.0000264 / 50) ** 0.5 * 1_000
    assert float(found.value) == pytest.approx(36)
    assert found.lower.item() == pytest.approx(36 + spread * (37.11 - 50), abs=1e-2)
    assert found.upper.item() == pytest.approx(36 + spread * (65.92 - 50), abs=1e-2)
