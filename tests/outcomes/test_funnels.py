"""Funnel plots: exact limits, limits widened for overdispersion, and who lies outside."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from commonweal.outcomes.methods.funnels import (
    NobodyToCompare,
    proportion_funnel,
    rate_funnel,
    ratio_funnel,
    significance,
    standardised_rate_funnel,
)
from commonweal.outcomes.methods.limits import NoSuchLevel
from commonweal.outcomes.methods.overdispersion import (
    BadTrim,
    Scale,
    Trim,
    overdispersed_proportion,
    overdispersed_rate,
    overdispersed_ratio,
    overdispersed_ratio_of_counts,
)
from commonweal.outcomes.methods.states import (
    CountAboveDenominator,
    Negative,
    NobodyAtRisk,
    NotANumber,
    State,
    WrongShape,
)
from tests.outcomes.answers import known, table

# FunnelPlotR writes its deviates to six places; these are the levels they stand for.
ROUNDED = tuple(2 * stats.norm.cdf(z) - 1 for z in (1.959964, 3.090232))
EVERY = (
    proportion_funnel,
    rate_funnel,
    ratio_funnel,
    overdispersed_proportion,
    overdispersed_rate,
    overdispersed_ratio,
    overdispersed_ratio_of_counts,
)


# --- exact limits -----------------------------------------------------------------------------


def test_proportions_have_the_limits_whose_wilson_interval_reaches_the_average():
    funnel = proportion_funnel([30, 20], [100, 100], confidence=0.95)
    assert funnel.target == pytest.approx(25)
    assert funnel.upper[0] == pytest.approx(25 + 1.959964 * np.sqrt(25 * 75 / 100), rel=1e-6)


@given(st.integers(1, 5_000), st.sampled_from([0.05, 0.002]))
def test_a_ratio_funnel_leaves_exactly_the_chance_asked_for_outside(events, outside):
    expected = stats.chi2.ppf(1 - outside / 2, 2 * (events + 1)) / 2
    # With so many expected, that many events or fewer happen with just this chance.
    assert stats.poisson.cdf(events, expected) == pytest.approx(outside / 2)
    funnel = ratio_funnel([events], [expected], per=1, confidence=1 - outside)
    assert funnel.lower[0, 0] * expected == pytest.approx(events)


def test_a_rate_funnel_is_the_ratio_funnel_around_the_average_rate():
    rates = rate_funnel([12, 30, 18], [1_000, 2_000, 3_000], per=1_000)
    ratios = ratio_funnel([12, 30, 18], [10, 20, 30], per=1)
    assert rates.target == pytest.approx(10)
    assert rates.lower == pytest.approx(10 * ratios.lower)
    assert rates.values == pytest.approx(10 * ratios.values)


def test_limits_at_a_units_own_size_are_on_the_curve_that_is_drawn():
    funnel = rate_funnel([12, 30, 18], [1_000, 2_000, 3_000])
    lower, upper = funnel.limits_at([2_000])
    assert (lower[:, 0], upper[:, 0]) == (
        pytest.approx(funnel.lower[:, 1]),
        pytest.approx(funnel.upper[:, 1]),
    )


@pytest.mark.parametrize("made", EVERY)
def test_a_funnel_narrows_as_units_grow(made):
    funnel = made([90, 110, 105, 80, 60], [200, 210, 190, 220, 180])
    lower, upper = funnel.limits_at(np.linspace(10, 10_000, 50))
    assert (np.diff(upper - lower, axis=1) <= 1e-9).all()
    assert (lower <= funnel.target).all()
    assert (upper >= funnel.target).all()


def test_any_level_may_be_asked_for():
    funnel = proportion_funnel([30, 20], [100, 100], confidence=(0.5, 0.9, 0.99))
    assert funnel.upper.shape == (3, 2)
    assert (np.diff(funnel.upper, axis=0) > 0).all()
    with pytest.raises(NoSuchLevel):
        proportion_funnel([30], [100], confidence=95)


def test_units_outside_are_marked_by_side_and_level():
    funnel = proportion_funnel([50, 78, 22, 59, 1], [100, 100, 100, 100, 2], target=50)
    assert funnel.sides.tolist() == [[0, 1, -1, 0, 0], [0, 1, -1, 0, 0]]


# --- what is not there --------------------------------------------------------------------------


@pytest.mark.parametrize("made", EVERY)
def test_a_unit_without_a_figure_is_left_out_and_says_why(made):
    whole = made([20, 30, 28, 25], [100, 110, 90, 95])
    gaps = made([20, State.SUPPRESSED, 30, None, 0, 28, 25], [100, 50, 110, 40, 0, 90, 95])
    assert gaps.states.tolist() == [0, 3, 0, 2, 1, 0, 0]
    assert np.isnan(gaps.values).tolist() == [False, True, False, True, True, False, False]
    assert gaps.target == pytest.approx(whole.target)
    assert gaps.upper[:, [0, 2, 5, 6]] == pytest.approx(whole.upper)
    assert not gaps.sides[:, [1, 3, 4]].any()


@pytest.mark.parametrize(
    ("counts", "sizes", "error"),
    [
        ([1, -1], [5, 5], Negative),
        ([1, 1], [5], WrongShape),
        ([[1, 1]], [[5, 5]], WrongShape),
        ([1, 1], [5, 0], NobodyAtRisk),
        ([1, float("nan")], [5, 5], NotANumber),
        ([None, None], [5, 5], NobodyToCompare),
        ([], [], NobodyToCompare),
    ],
)
@pytest.mark.parametrize("made", EVERY)
def test_bad_input_has_an_error_of_its_own(made, counts, sizes, error):
    with pytest.raises(error):
        made(counts, sizes)


@pytest.mark.parametrize("made", [proportion_funnel, overdispersed_proportion])
def test_more_people_than_there_are_is_refused(made):
    with pytest.raises(CountAboveDenominator):
        made([6], [5])


@pytest.mark.parametrize("made", [rate_funnel, overdispersed_rate, overdispersed_ratio_of_counts])
def test_without_any_event_there_is_nothing_to_compare(made):
    with pytest.raises(NobodyToCompare):
        made([0, 0], [5, 5])


def test_no_share_to_trim_may_leave_nothing():
    with pytest.raises(BadTrim):
        overdispersed_proportion([1, 2], [5, 5], trim=0.5)


def test_how_much_units_differ_cannot_be_told_from_one():
    with pytest.raises(NobodyToCompare, match="Of 1 units 1 is left"):
        overdispersed_proportion([1], [5])
    with pytest.raises(NobodyToCompare, match="Of 3 units 1 is left"):
        overdispersed_ratio([30, 20, 90], [100, 100, 100])


# --- overdispersion -----------------------------------------------------------------------------


def test_units_that_differ_by_chance_alone_are_not_widened():
    people = np.full(2_000, 400)
    count = np.random.default_rng(1).binomial(400, 0.3, 2_000)
    funnel = overdispersed_proportion(count, people)
    assert funnel.phi < 1  # winsorised, chance alone leaves less than 1
    assert funnel.tau2 == 0


@given(st.sampled_from([*Scale]), st.sampled_from([*Trim]), st.floats(0, 0.4))
def test_limits_widened_are_never_narrower(scale, by, trim):
    observed = np.array([2, 50, 31, 9, 77, 120, 64, 8, 30, 41])
    expected = np.full(10, 40.0)
    plain = overdispersed_ratio(np.full(10, 40), expected, scale=scale)
    wider = overdispersed_ratio(observed, expected, scale=scale, by=by, trim=trim)
    assert plain.tau2 == 0
    assert (wider.upper >= plain.upper).all()
    assert (wider.lower <= plain.lower).all()


def test_a_rate_funnel_widens_as_the_ratio_funnel_does():
    count, people = np.array([10, 40, 22, 90, 55]), np.array([900, 1100, 1000, 2000, 1500])
    mean = count.sum() / people.sum()
    rates = overdispersed_rate(count, people, per=1)
    ratios = overdispersed_ratio(count, mean * people, scale=Scale.ROOT, per=1)
    assert rates.upper == pytest.approx(mean * ratios.upper)
    assert (rates.phi, rates.tau2) == (ratios.phi, ratios.tau2)


# --- faults of the peers, absent ----------------------------------------------------------------


def test_limits_on_the_root_scale_are_squared_back():
    funnel = overdispersed_ratio([20, 20], [20, 20], scale=Scale.ROOT, per=1, confidence=0.95)
    # 1 +/- 1.96 / (2 sqrt(20)) is 0.78 to 1.22 on the scale of roots; squared, 0.61 to 1.49
    assert funnel.lower[0, 0] == pytest.approx((1 - 1.959964 / (2 * np.sqrt(20))) ** 2, rel=1e-6)
    assert funnel.upper[0, 0] == pytest.approx((1 + 1.959964 / (2 * np.sqrt(20))) ** 2, rel=1e-6)


def test_of_seven_thousand_units_90_lie_outside_the_root_limits_and_not_1425():
    units = table("peer-outputs/input_funnel_7000.parquet")
    funnel = overdispersed_ratio(units["observed"], units["expected"], scale=Scale.ROOT)
    assert int((funnel.sides[1] != 0).sum()) == 90


@given(st.integers(1, 100_000), st.sampled_from([1, 100, 1_000]))
def test_the_upper_limit_of_a_proportion_is_everybody_whatever_the_multiplier(people, per):
    funnel = proportion_funnel([people * 4], [people * 10], per=per)
    lower, upper = funnel.limits_at([1, 5, 1_000_000])
    assert upper[:, 0].tolist() == [per, per]
    assert upper.max() <= per
    assert upper[0, 2] > 0.4 * per
    assert lower.min() >= 0


@pytest.mark.parametrize("scale", [*Scale])
def test_a_count_of_nought_has_limits_and_a_place_below_or_within_them(scale):
    funnel = overdispersed_ratio(
        [0, 12, 9, 10, 11, 8, 0], [10.0, 10, 10, 10, 10, 10, 1], scale=scale
    )
    assert np.isfinite(funnel.phi)
    assert np.isfinite(funnel.upper).all()
    assert funnel.values[0] == 0
    assert funnel.sides[0, -1] == 0


def test_expected_counts_are_not_rounded():
    fine = overdispersed_ratio([10, 20, 7, 9], [10.004, 19.996, 7.001, 9], per=1)
    assert fine.values[0] == pytest.approx(10 / 10.004, rel=1e-12)


# --- known answers ------------------------------------------------------------------------------


def close(ours, theirs, **tolerance):
    np.testing.assert_allclose(
        ours, np.asarray(theirs, float), **({"rtol": 0, "atol": 1e-9} | tolerance)
    )


@pytest.mark.parametrize(
    ("name", "numerator", "made", "per"),
    [
        ("SR_SHMI", "observed", overdispersed_ratio, 1),
        ("PR", "num", overdispersed_proportion, 1),
        ("RC", "num", overdispersed_ratio_of_counts, 1),
    ],
)
def test_widened_limits_of_seven_thousand_units_are_the_peers(name, numerator, made, per):
    answers = table(f"peer-outputs/r_funnelplotr_{name}.parquet")
    # The peer rounds what is expected under SHMI; given the rounded figures we agree.
    funnel = made(answers["numerator"], answers["denominator"], per=per, confidence=ROUNDED)
    spread = table("peer-outputs/r_funnelplotr_phi_tau2.csv").filter(case=name)
    close([funnel.phi, funnel.tau2], spread.select("phi", "tau2").row(0), rtol=1e-11)
    # Its variance between units is known to 1e-14 of itself, so its limits to 1e-9.
    for at, level in enumerate(("95", "99")):
        close(funnel.lower[at], answers[f"OD{level}LCL"])
        close(funnel.upper[at], answers[f"OD{level}UCL"])
    if name != "SR_SHMI":  # there it marks units by other limits than it draws
        assert int((funnel.sides[1] != 0).sum()) == spread["outliers_99_8"].item()


def test_the_spread_on_the_root_scale_is_the_peers():
    units = table("peer-outputs/input_funnel_7000.parquet")
    funnel = overdispersed_ratio(units["observed"], units["expected"], scale=Scale.ROOT)
    spread = table("peer-outputs/r_funnelplotr_phi_tau2.csv").filter(case="SR_CQC")
    close([funnel.phi, funnel.tau2], spread.select("phi", "tau2").row(0), rtol=1e-11)


def test_proportion_limits_are_those_of_the_public_health_package():
    answers = table("peer-outputs/r_phe_funnel_limits_prop.parquet")
    mean = answers["baseline"][0]
    funnel = proportion_funnel([1], [2], target=mean)
    lower, upper = funnel.limits_at(answers["Population"])
    for at, sigma in enumerate("23"):
        close(lower[at], answers[f"lower_{sigma}s_limit"])
        close(upper[at], answers[f"upper_{sigma}s_limit"])


def test_ratio_limits_are_those_of_the_public_health_package():
    # It finds by halving what is expected, to 1e-7 of a share; we work it out.
    answers = table("peer-outputs/r_phe_funnel_limits_ratio.parquet")
    funnel = ratio_funnel([1], [1])
    for at, sigma in enumerate("23"):
        for side, name in enumerate(("lower", "upper")):
            expected = answers[f"{name}_{sigma}s_exp_events"]
            limits = funnel.limits_at(expected)[side][at]
            close(limits, answers[f"{name}_{sigma}s_limit"], rtol=1e-5)


@pytest.mark.parametrize("sheet", ["", "_2", "_3"])
def test_rate_limits_are_those_of_the_public_health_package(sheet):
    answers = known(f"testdata_funnel_rate_outputs{sheet}")
    funnel = rate_funnel([1], [1_000], target=answers["baseline"][0])
    years = {"": 3, "_2": 3, "_3": 3}[sheet]
    for at, sigma in enumerate("23"):
        for side, name in enumerate(("lower", "upper")):
            people = answers[f"{name}_{sigma}s_population_1_year"] * years
            limits = funnel.limits_at(people)[side][at]
            close(limits, answers[f"{name}_{sigma}s_limit"], rtol=1e-5)


MARKS = {1: "High", -1: "Low", 0: "Not significant"}


def marks(sides):
    """The marks of Fingertips, from sides at 95% and 99.8%."""
    outer = np.where(sides[1] != 0, sides[1], sides[0])
    depth = np.where(sides[1] != 0, " (0.001)", " (0.025)")
    return [MARKS[int(a)] + (str(b) if a else "") for a, b in zip(outer, depth, strict=True)]


def test_significance_of_seven_thousand_units_is_that_of_the_public_health_package():
    units = table("peer-outputs/input_funnel_7000.parquet")
    answers = table("peer-outputs/r_phe_funnel_significance.parquet")
    assert marks(significance(units["observed"], units["expected"])[0]) == list(
        answers["significance_ratio"]
    )
    funnel = proportion_funnel(units["num"], units["den"])
    assert marks(funnel.sides) == list(answers["significance_prop"])


def test_significance_of_the_published_test_tables_is_met():
    ratios = known("testdata_funnel_ratio_inputs")
    assert marks(significance(ratios["obs"], ratios["expected"])[0]) == list(ratios["significance"])
    shares = known("testdata_funnel_prop_inputs")
    funnel = proportion_funnel(shares["numerator"], shares["denominator"])
    assert marks(funnel.sides) == list(shares["significance"])


def test_a_standardised_rate_is_charted_at_the_population_it_would_need():
    answers = known("testdata_funnel_rate_input_funnels")
    # The table leaves one row blank.
    answers = answers.filter(answers["denominator_derived"] != "NA").cast(float)
    funnel = standardised_rate_funnel(answers["ev"], answers["rate"])
    close(funnel.sizes / 3, answers["denominator_derived"], rtol=1e-8)
    few = standardised_rate_funnel([9, 10, 40], [50.0, 50, 60])
    assert few.states.tolist() == [State.NOT_APPLICABLE.value, 0, 0]


def test_standardised_and_crude_rates_are_marked_as_in_the_published_tables():
    answers = known("testdata_funnel_rate_dsr_inputs")
    some = answers.filter(answers["count"] >= 10)
    rates = some["rate_dsr"].cast(float)
    mean = some["count"].sum() / (some["count"] / rates).sum()
    sides, _ = significance(some["count"], some["count"] / rates * mean)
    assert marks(sides) == list(some["dsr_per_100000_with_0"])
    crude = answers["count"].sum() / answers["pop"].sum()
    sides, _ = significance(answers["count"], answers["pop"] * crude)
    assert marks(sides) == list(answers["crude_per_100000_with_0"])
