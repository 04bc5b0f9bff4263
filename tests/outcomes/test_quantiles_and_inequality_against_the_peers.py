"""Quantiles and indices of inequality against PHEindicatormethods. Its limits are simulated."""

import numpy as np
import polars as pl
import pytest

from commonweal.outcomes.methods.inequality import (
    OutOfRange,
    inequality,
    simulated_inequality,
    standard_error,
)
from commonweal.outcomes.methods.quantiles import quantiles
from commonweal.outcomes.methods.states import CrossedLimits, Negative, State
from tests.outcomes.answers import known, same, table

REGION = ["IndSexRef", "ParentCode"]


@pytest.mark.parametrize(
    ("grouping", "polarity", "number", "by", "highest_first"),
    [
        ("IndSexReg", "RAG - Low is good", 10, REGION, True),
        ("IndSexReg", "RAG - High is good", 10, REGION, False),
        ("IndSexReg", "TRUE", 10, REGION, True),
        ("IndSexReg", "FALSE", 10, REGION, False),
        ("IndSex", "RAG - High is good", 7, ["IndSexRef"], False),
        ("None", None, 4, [], True),
    ],
)
def test_quantiles_are_those_of_the_peer(grouping, polarity, number, by, highest_first):
    rows = known("testdata_Quantiles__testdata_Quantiles").filter(GroupSet=grouping)
    if polarity:
        rows = rows.filter(Polarity=polarity)
    groups = rows.select(pl.struct(*by).rank("dense") - 1) if by else rows.select(pl.lit(0))
    within = np.broadcast_to(groups.to_numpy()[:, 0].astype(int), len(rows))
    found = quantiles(rows["Value"], number, within=within, highest_first=highest_first)
    assert len(rows) >= 13
    assert found.quantile.tolist() == rows["QuantileInGrp"].fill_null(0).to_list()
    assert ((found.quantile == 0) == (found.states != State.KNOWN.value)).all()


def test_deciles_of_33755_small_areas_are_those_of_the_peer():
    expected = table("peer-outputs/r_quantile_lsoa.parquet")
    assert quantiles(expected["score"], 10).quantile.tolist() == expected["quantile"].to_list()


def test_quintiles_within_296_districts_are_those_of_the_peer():
    expected = table("peer-outputs/r_quantile_in_ltla.parquet")
    found = quantiles(expected["score"], 5, within=expected["ltla"].to_numpy())
    assert found.quantile.tolist() == expected["quantile"].to_list()


SCALES = {0: "value", 1: "log", 2: "logit"}


def inequality_rows(words):
    """The sets of the sheet whose description has these words, each with what it expects."""
    frame = known("testdata_SII__testdata_SII").filter(
        pl.col("TestDescription").str.contains(words, literal=True)
    )
    sets = frame.group_by("TestDescription", "Area", maintain_order=True)
    found = [(rows, rows.drop_nulls("sii").row(0, named=True)) for _, rows in sets]
    assert found
    return found


def taken(rows, expected, *, transformed):
    """Arguments of one set: values, people and errors, the scale drawn on and that fitted to."""
    scale = SCALES[expected["ValueType"]]
    errors = standard_error(rows["LowerCL"], rows["UpperCL"], scale=scale)
    return (rows["Value"], rows["Population"], errors), scale, scale if transformed else "value"


EXACT_SETS = [
    ("life expectancy) - default", False, 1),
    ("quintiles", False, 1),
    ("infant mortality) - intercept", False, 1),
    ("child obesity) - intercept", False, 1),
    ("multiplier (x 100)", False, 100),
    ("multiplier (x -100)", False, -100),
    ("log transform with intercept", True, 1),
    ("log transform with negative", True, -1),
    ("logit transform with intercept", True, 1),
    ("logit transform with negative", True, -1),
]


@pytest.mark.parametrize(("words", "transformed", "multiplier"), EXACT_SETS)
def test_indices_and_intercept_are_those_of_the_peer(words, transformed, multiplier):
    for rows, expected in inequality_rows(words):
        numbers, _, fitted = taken(rows, expected, transformed=transformed)
        found = inequality(*numbers, scale=fitted, per=abs(multiplier), reverse=multiplier < 0)
        same(found.slope.value, expected["sii"])
        same(found.ratio.value, expected["rii"])
        if expected["Intercept"] is not None:
            same(found.intercept / abs(multiplier), expected["Intercept"])


@pytest.mark.parametrize(
    ("words", "transformed", "multiplier"), [each for each in EXACT_SETS if each[0] != "quintiles"]
)
def test_simulated_limits_are_those_of_the_peer_to_chance(words, transformed, multiplier):
    """Both are simulated, 100,000 times: a limit is steady to about a hundredth of an error."""
    for rows, expected in inequality_rows(words):
        numbers, drawn, fitted = taken(rows, expected, transformed=transformed)
        found = simulated_inequality(
            *numbers, drawn=drawn, fitted=fitted, per=abs(multiplier), reverse=multiplier < 0,
            confidence=0.95, repetitions=20_000, chance=np.random.default_rng(2025),
        )  # fmt: skip
        for index, name in ((found.slope, "sii"), (found.ratio, "rii")):
            low, high = expected[f"{name}_lowercl_1"], expected[f"{name}_uppercl_1"]
            near = 0.1 * (high - low) / (2 * 1.96)
            if drawn == fitted == "log" and name == "sii":
                # Of these the peer's limits are wider than its own draws of both ends would make
                # them, by less than the 5% that its own tests allow.
                near = 0.005 * abs(low)
            assert index.lower.item() == pytest.approx(low, abs=near), name
            assert index.upper.item() == pytest.approx(high, abs=near), name


def set_of(words):
    (rows,) = parts_of(words)
    return rows


def parts_of(words):
    frame = known("testdata_SII__testdata_SII").filter(
        pl.col("TestDescription").str.contains(words, literal=True)
    )
    return frame.partition_by("TestDescription")


@pytest.mark.parametrize(
    ("words", "column", "said"),
    [
        ("negative populations", "Population", "populations have -200 at index 1"),
        ("negative counts/standard error", "StandardError", "errors have -5 at index 2"),
    ],
)
def test_the_peers_wrong_sets_are_refused_with_the_place_of_the_fault(words, column, said):
    rows = set_of(words)
    numbers = {"Population": [100] * 10, "StandardError": [0.01] * 10} | {column: rows[column]}
    with pytest.raises(Negative, match=said):
        inequality(rows["Value"], numbers["Population"], numbers["StandardError"])


def test_the_peers_set_with_limits_that_cross_is_refused():
    rows = set_of("invalid proportion in CLs")
    with pytest.raises(CrossedLimits, match="Not above its lower limit"):
        standard_error(rows["LowerCL"], rows["UpperCL"])


@pytest.mark.parametrize(
    "words", ["missing value field", "missing confidence limits", "missing populations"]
)
def test_where_the_peers_sets_have_gaps_the_index_is_missing_and_nothing_is_dropped(words):
    for rows in parts_of(words):
        errors = standard_error(rows["LowerCL"], rows["UpperCL"])
        found = inequality(rows["Value"], rows["Population"], errors)
        assert int(found.slope.states) == int(found.ratio.states) == State.MISSING.value
        assert np.isnan(found.slope.value)


def test_a_proportion_has_no_limit_above_one_on_its_own_scale():
    with pytest.raises(OutOfRange, match=r"1\.2 at index 0"):
        standard_error([0.5], [1.2], scale="logit")


def thousand():
    frame = table("peer-outputs/input_sii_1000.parquet")
    shape = (1000, 10)
    numbers = tuple(frame[each].to_numpy().reshape(shape) for each in ("value", "pop", "se"))
    return numbers, table("peer-outputs/r_sii_1000_reps_10000.parquet")


def test_a_thousand_indices_are_those_of_the_peer():
    numbers, expected = thousand()
    found = inequality(*numbers)
    same(found.slope.value, expected["sii"])
    same(found.ratio.value, expected["rii"])
    same(found.intercept, expected["intercept"])


@pytest.mark.parametrize("index", ["slope", "ratio"])
def test_limits_in_closed_form_are_what_the_peer_simulates(index):
    """Over 1,000 areas the difference averages nothing and spreads as 10,000 draws do."""
    numbers, expected = thousand()
    found = getattr(inequality(*numbers, confidence=(0.95, 0.998)), index)
    name = {"slope": "sii", "ratio": "rii"}[index]
    error = (found.upper[0] - found.lower[0]) / (2 * 1.96)
    for level, (side, mean, spread) in {
        "95_0": (0, 0.003, 0.03), "99_8": (1, 0.02, 0.12)
    }.items():  # fmt: skip
        for end in ("lower", "upper"):
            off = (
                getattr(found, end)[side] - expected[f"{name}_{end}{level}cl"].to_numpy()
            ) / error
            assert abs(off.mean()) < mean
            assert off.std() < spread


def test_simulation_and_closed_form_agree():
    numbers, _ = thousand()
    few = tuple(each[:5] for each in numbers)
    closed, drawn = inequality(*few), simulated_inequality(*few, chance=np.random.default_rng(7))
    for index in ("slope", "ratio"):
        one, other = getattr(closed, index), getattr(drawn, index)
        error = (one.upper - one.lower) / (2 * 1.96)
        assert (np.abs(one.lower - other.lower) < 0.05 * error).all()
        assert (np.abs(one.upper - other.upper) < 0.05 * error).all()


def test_on_the_log_scale_the_ratio_has_limits_in_closed_form():
    for rows, expected in inequality_rows("log transform with intercept"):
        numbers, _, scale = taken(rows, expected, transformed=True)
        found = inequality(*numbers, scale=scale)
        spread = (expected["rii_uppercl_1"] - expected["rii_lowercl_1"]) / (2 * 1.96)
        assert found.ratio.lower.item() == pytest.approx(
            expected["rii_lowercl_1"], abs=0.05 * spread
        )
        assert found.ratio.upper.item() == pytest.approx(
            expected["rii_uppercl_1"], abs=0.05 * spread
        )
        assert np.isnan(found.slope.lower).all()


def test_the_same_seed_gives_the_same_limits():
    numbers, _ = thousand()
    first, again = (
        simulated_inequality(
            *(each[0] for each in numbers), chance=np.random.default_rng(1), repetitions=1_000
        )
        for _ in range(2)
    )
    assert first.slope.lower.tolist() == again.slope.lower.tolist()
