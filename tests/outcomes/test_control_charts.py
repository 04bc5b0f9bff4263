"""Control charts: centre, limits and signals; phases, baselines, gaps; the two icons."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from commonweal.outcomes.methods import control_charts as charts
from commonweal.outcomes.methods import rule_sets
from commonweal.outcomes.methods.icons import Assurance, Variation, icons, judged
from commonweal.outcomes.methods.phases import BadPhases
from commonweal.outcomes.methods.polarity import Polarity
from commonweal.outcomes.methods.rule_sets import (
    RULE_SETS,
    Signal,
    UnknownRuleSet,
    both_ways,
    leading,
    rule_set,
)
from commonweal.outcomes.methods.run_charts import run
from commonweal.outcomes.methods.states import (
    CountAboveDenominator,
    Negative,
    NobodyAtRisk,
    NotANumber,
    State,
    WrongShape,
)
from tests.outcomes.answers import table

SIX, NELSON, WESTERN = (rule_set(name) for name in ("six-point", "nelson", "western-electric"))
FLAT = [10.0, 11.0] * 7


def reasons(chart):
    return [Signal(int(each)) for each in chart.signals]


# --- limits -----------------------------------------------------------------------------------


def test_an_individuals_chart_is_the_mean_and_2_66_mean_moving_ranges():
    chart = charts.xmr([10, 12, 11, 13, 12])  # ranges 2, 1, 2, 1: mean 1.5
    assert chart.centre[0] == pytest.approx(11.6)
    assert chart.upper[0] == pytest.approx(11.6 + 2.66 * 1.5)
    assert chart.lower[0] == pytest.approx(11.6 - 2.66 * 1.5)
    assert chart.near_upper[0] == pytest.approx(11.6 + 2 / 3 * 2.66 * 1.5)


def test_other_rule_sets_take_three_standard_deviations_from_the_constant_1_128():
    chart = charts.xmr([10, 12, 11, 13, 12], rules=NELSON)
    assert chart.upper[0] == pytest.approx(11.6 + 3 * 1.5 / 1.128)


def test_one_wild_range_is_left_out_once_if_the_rules_screen():
    values = [*FLAT, 40.0]  # thirteen ranges of 1, one of 29
    screened, whole = charts.xmr(values), charts.xmr(values, rules=NELSON)
    assert (screened.upper - screened.centre)[0] == pytest.approx(2.66)
    assert (whole.upper - whole.centre)[0] == pytest.approx(3 * (13 + 29) / 14 / 1.128)


def test_a_share_chart_has_limits_for_each_denominator():
    chart = charts.p([20, 30, 50], [100, 200, 200], per=100)  # 100 of 500: 20%
    wide = 3 * np.sqrt(20 * 80 / np.array([100, 200, 200]))
    assert chart.centre.tolist() == pytest.approx([20, 20, 20])
    assert chart.upper == pytest.approx(20 + wide)
    assert chart.lower == pytest.approx(20 - wide)
    assert chart.values.tolist() == pytest.approx([20, 15, 25])


def test_limits_of_shares_and_counts_stay_within_what_can_be():
    few = charts.p([0, 1, 0, 1], [3, 3, 3, 3])
    many = charts.p([3, 2, 3, 3], [3, 3, 3, 3], per=100)
    assert few.lower.tolist() == [0] * 4
    assert many.upper.tolist() == [100] * 4
    assert charts.c([1, 0, 2, 1]).lower.tolist() == [0] * 4


def test_a_chart_of_events_has_limits_from_the_poisson_law():
    chart = charts.u([4, 6], [1000, 1000], per=1000)
    assert chart.upper[0] == pytest.approx(5 + 3 * np.sqrt(5))
    assert charts.c([4, 6]).upper[0] == pytest.approx(5 + 3 * np.sqrt(5))
    # One person may have several events, so there may be more events than people.
    assert charts.u([7, 5], [2, 2]).centre[0] == pytest.approx(3)


def test_laneys_correction_widens_limits_by_the_spread_of_the_standardised_points():
    events, people = np.array([510, 490, 530, 470.0]), np.full(4, 1000.0)
    plain, wider = charts.p(events, people), charts.p(events, people, laney=True)
    sigma = np.sqrt(0.5 * 0.5 / 1000)
    ranges = np.mean([20, 40, 60]) / 1000 / sigma
    assert wider.upper - 0.5 == pytest.approx((plain.upper - 0.5) * ranges / 1.128)


def test_laneys_correction_changes_little_where_chance_alone_is_at_work():
    people = np.full(4_000, 500.0)
    events = np.random.default_rng(3).binomial(500, 0.3, 4_000)
    plain, wider = charts.p(events, people), charts.p(events, people, laney=True)
    assert (wider.upper - 0.3).mean() == pytest.approx((plain.upper - 0.3).mean(), rel=0.05)


def test_time_between_events_is_charted_as_nearly_normal_and_shown_as_time():
    days = np.array([30.0, 45, 20, 60, 33, 41])
    chart, scaled = charts.t(days), charts.xmr(days ** (1 / 3.6))
    assert chart.values is not None
    assert chart.values.tolist() == days.tolist()
    assert chart.centre == pytest.approx(scaled.centre**3.6)
    assert chart.upper == pytest.approx(scaled.upper**3.6)
    assert (chart.lower >= 0).all()


def test_cases_between_events_are_counted_from_the_median_to_expect():
    chart = charts.g([10, 30, 20, 20])  # mean 20
    assert chart.centre[0] == pytest.approx(20 * np.log(2))
    assert chart.upper[0] == pytest.approx(20 + 3 * np.sqrt(20 * 21))
    assert chart.lower[0] == 0


# --- rules ------------------------------------------------------------------------------------


def test_seven_points_on_one_side_are_a_shift_and_six_are_not():
    assert Signal.SHIFT_HIGH in reasons(charts.xmr([*FLAT, *[10.8, 10.9] * 3, 10.8]))[-1]
    values = [10.0, 11, 10, 11, 10, 9, 10, 11, 12, 11, 12, 11, 12]
    six = charts.xmr(values)
    assert not any(Signal.SHIFT_HIGH in each for each in reasons(six))
    named = reasons(charts.xmr(values, rules=SIX))
    assert [Signal.SHIFT_HIGH in each for each in named] == [False] * 7 + [True] * 6


def test_seven_points_that_rise_are_a_trend_and_all_seven_are_marked():
    values = [5.0, 4, 5, 4, 5, 4, 1, 2, 3, 4, 5, 6, 7, 3]
    marked = [Signal.TREND_HIGH in each for each in reasons(charts.xmr(values))]
    assert marked == [False] * 6 + [True] * 7 + [False]
    fewer = [5.0, 4, 5, 4, 5, 4, 1, 2, 3, 4, 5, 6, 3, 4]
    assert not any(Signal.TREND_HIGH in each for each in reasons(charts.xmr(fewer)))
    assert any(Signal.TREND_HIGH in each for each in reasons(charts.xmr(fewer, rules=SIX)))


def test_an_equal_neighbour_ends_a_trend_on_a_control_chart():
    values = [5.0, 4, 5, 4, 1, 2, 3, 4, 4, 5, 6, 7, 3]
    assert not any(Signal.TREND_HIGH in each for each in reasons(charts.xmr(values)))


def test_two_of_three_near_a_limit_count_only_inside_it_and_only_on_one_side():
    scale = rule_sets.Scale(np.array([[0.0]]), np.array([[0.0]]), np.array([[1.0]]))

    def marked(*values):
        found = rule_sets.signals(np.array([values]), scale, RULE_SETS["plot-the-dots"])
        return [Signal.TWO_IN_THREE_HIGH in Signal(int(each)) for each in found[0]]

    assert marked(2.5, 0.5, 2.5) == [True, False, True]
    assert marked(2.5, -0.5, 2.5) == [False, False, False]
    assert marked(3.5, 0.5, 2.5) == [False, False, False]
    found = rule_sets.signals(np.array([[3.5, -0.5, 2.5]]), scale, WESTERN)
    assert [Signal.TWO_IN_THREE_HIGH in Signal(int(each)) for each in found[0]] == [
        True,
        False,
        True,
    ]


def test_nelsons_rules_see_alternation_hugging_and_avoiding():
    scale = rule_sets.Scale(np.array([[0.0]]), np.array([[0.0]]), np.array([[1.0]]))

    def seen(values):
        found = rule_sets.signals(np.array([values]), scale, NELSON)
        return Signal(int(np.bitwise_or.reduce(found[0])))

    assert Signal.ALTERNATING in seen([1.5, -0.5] * 7)
    assert Signal.ALTERNATING not in seen([1.5, -0.5] * 6 + [1.5])
    assert Signal.HUGGING in seen([0.5, -0.5, 0.2] * 5)
    assert Signal.HUGGING not in seen([0.5, -0.5, 0.2] * 4 + [0.1, 0.2])
    assert Signal.AVOIDING in seen([1.5, -1.5, 1.2, -1.2, 1.5, 1.4, -1.5, -2])
    assert Signal.AVOIDING not in seen([1.5, -1.5, 1.2, -1.2, 1.5, 1.4, -1.5])


def test_a_point_outside_the_limits_leads_every_other_reason():
    chart = charts.xmr([*FLAT, *[11.5] * 6, 20.0])
    assert Signal.SHIFT_HIGH in reasons(chart)[-1]
    assert leading(chart.signals)[-1] == Signal.OUTSIDE_HIGH


def test_a_point_in_opposite_patterns_is_told_apart():
    # Seven points that fall, all above the centre: high, and yet falling.
    values = [*[0.0, 1.0] * 7, 20, 19, 18, 17, 16, 15, 14]
    chart = charts.xmr(values, baseline=14, rules=RULE_SETS["plot-the-dots"])
    assert both_ways(chart.signals).tolist() == [False] * 14 + [True] * 7
    assert icons(chart, Polarity.HIGHER_IS_BETTER).both_ways.tolist() == [True]


def test_each_reason_has_words_with_the_count_of_its_rules():
    assert rule_sets.in_words(Signal.SHIFT_LOW, SIX) == "one of 6 points in a row below the centre"
    for signal in [Signal(0), *Signal]:
        assert "{" not in rule_sets.in_words(signal, NELSON)


def test_an_unknown_set_of_rules_is_answered_with_those_there_are():
    with pytest.raises(UnknownRuleSet, match="plot-the-dots"):
        rule_set("plot the dots")


# --- series that other tools trip over ----------------------------------------------------------


@given(st.floats(-1e6, 1e6), st.integers(1, 40))
def test_a_series_that_never_changes_has_its_value_as_limits_and_no_signal(value, points):
    chart = charts.xmr([value] * points)
    assert chart.centre.tolist() == [value] * points
    assert not chart.signals.any()
    assert np.isnan(chart.upper).all() if points == 1 else (chart.upper == value).all()


@given(st.integers(0, 30), st.integers(30, 5_000), st.booleans())
def test_a_share_that_never_changes_has_no_signal(events, people, laney):
    chart = charts.p([events, 2 * events] * 8, [people, 2 * people] * 8, laney=laney, per=100)
    assert not chart.signals.any()


def test_a_flat_series_with_one_jump_keeps_limits_of_some_width():
    chart = charts.xmr([10.0] * 12 + [20.0] * 12)
    assert (chart.upper - chart.lower)[0] == pytest.approx(2 * 2.66 * 10 / 23)


def test_a_missing_point_has_no_signal_and_ends_a_run():
    whole = [*FLAT, *[10.8, 10.9] * 4]
    gap = [*FLAT, 10.8, 10.9, 10.8, 10.9, None, 10.9, 10.8, 10.9]
    baseline = np.arange(len(whole)) < len(FLAT)
    assert reasons(charts.xmr(whole, baseline=baseline))[-1] == Signal.SHIFT_HIGH
    chart = charts.xmr(gap, baseline=baseline)
    assert not chart.signals.any()
    assert chart.states[18] == State.MISSING.value


def test_no_range_is_taken_over_a_missing_point():
    chart = charts.xmr([1, 2, None, 9, 8], rules=NELSON)
    assert (chart.upper - chart.centre)[0] == pytest.approx(3 / 1.128)


def test_a_short_series_has_trial_limits():
    assert charts.xmr([1.0, 2] * 5 + [1]).trial.all()
    assert not charts.xmr([1.0, 2] * 6).trial.any()


def test_one_value_has_no_limits():
    chart = charts.xmr([4])
    assert np.isnan(chart.lower).all()
    assert chart.rests_on.tolist() == [1]


def test_a_series_of_nothing_but_gaps_is_charted_as_such():
    chart = charts.xmr([[1.0, 2, 3], [State.SUPPRESSED] * 3])
    assert np.isnan(chart.centre[1]).all()
    assert chart.rests_on[1].tolist() == [0, 0, 0]
    assert not chart.signals.any()
    assert icons(chart, Polarity.HIGHER_IS_BETTER).at.tolist() == [2, -1]


# --- phases and baselines -----------------------------------------------------------------------

# Whole numbers add up to the same whatever the order, so that the answers are the same to the bit.
SERIES = hnp.arrays(np.int64, (3, 30), elements=st.integers(-99, 99))


@given(SERIES, st.integers(1, 29), st.sampled_from([*RULE_SETS.values()]))
def test_a_rebased_chart_is_the_chart_of_each_phase_alone(values, at, rules):
    both = charts.xmr(values, phases=[at], rules=rules)
    for part in (slice(0, at), slice(at, None)):
        alone = charts.xmr(values[:, part], rules=rules)
        assert np.array_equal(both.signals[:, part], alone.signals)
        assert np.array_equal(both.upper[:, part], alone.upper, equal_nan=True)


@given(SERIES)
def test_many_series_at_once_are_charted_as_each_alone(values):
    together = charts.xmr(values)
    for row in range(3):
        alone = charts.xmr(values[row])
        assert np.array_equal(together.of(row).signals, alone.signals)
        assert together.of(row).rules == alone.rules


def test_each_series_may_be_rebased_at_places_of_its_own():
    values = np.arange(8.0).reshape(2, 4)
    chart = charts.xmr(values, phases=[[0, 0, 1, 1], [0, 1, 1, 1]])
    assert chart.centre.tolist() == [[0.5, 0.5, 2.5, 2.5], [4, 6, 6, 6]]


def test_limits_of_a_fixed_baseline_do_not_move_with_later_points():
    calm, wild = [*FLAT, 10.0], [*FLAT, 90.0]
    first, second = (charts.xmr(each, baseline=14) for each in (calm, wild))
    assert np.array_equal(first.upper, second.upper)
    assert reasons(second)[-1] == Signal.OUTSIDE_HIGH
    assert first.rests_on[0] == 14


def test_a_baseline_holds_in_each_phase_of_a_rebased_chart():
    chart = charts.xmr([1.0, 2, 9, 9, 5, 6, 0, 0], phases=[4], baseline=2)
    assert chart.centre.tolist() == [1.5] * 4 + [5.5] * 4


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"phases": [0]}, "No phase can begin at 0"),
        ({"phases": [3]}, "points 0 to 2"),
        ({"phases": [[0, 1, 0]]}, "go back"),
        ({"phases": [[0, 1]]}, "do not fit"),
        ({"phases": [1.5]}, "whole numbers"),
        ({"baseline": 1}, "2 points or more"),
        ({"baseline": [True, False]}, "each of the 3 points"),
    ],
)
def test_phases_and_baselines_that_do_not_fit_are_refused(wrong, said):
    with pytest.raises(BadPhases, match=said):
        charts.xmr([1, 2, 3], **wrong)


@pytest.mark.parametrize(
    ("made", "error"),
    [
        (lambda: charts.xmr([1, float("nan")]), NotANumber),
        (lambda: charts.xmr([]), WrongShape),
        (lambda: charts.xmr(np.zeros((2, 2, 2))), charts.TooManyDimensions),
        (lambda: charts.c([1, -1]), Negative),
        (lambda: charts.t([-1, 2]), Negative),
        (lambda: charts.p([5], [4]), CountAboveDenominator),
        (lambda: charts.p([1, 1], [4]), WrongShape),
        (lambda: charts.u([1, 1], [4, 0]), NobodyAtRisk),
        (lambda: icons(charts.xmr([[1, 2], [3, 4]]), [Polarity.LOWER_IS_BETTER]), WrongShape),
    ],
)
def test_bad_input_has_an_error_of_its_own(made, error):
    with pytest.raises(error):
        made()


def test_nobody_and_no_event_is_not_applicable_rather_than_nought():
    chart = charts.p([1, 0, 2], [10, 0, 10])
    assert chart.states.tolist() == [0, State.NOT_APPLICABLE.value, 0]
    assert np.isnan(chart.values[1])
    assert chart.centre[0] == pytest.approx(0.15)


# --- icons --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("better", "up", "down"),
    [
        (Polarity.HIGHER_IS_BETTER, Variation.IMPROVING_HIGH, Variation.CONCERN_LOW),
        (Polarity.LOWER_IS_BETTER, Variation.CONCERN_HIGH, Variation.IMPROVING_LOW),
        (Polarity.NEITHER, Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW),
    ],
)
def test_variation_follows_the_latest_point_and_which_way_is_better(better, up, down):
    chart = charts.xmr([[*FLAT, 30], [*FLAT, -10], [*FLAT, 10.5]])
    assert [Variation(each) for each in icons(chart, better).variation] == [
        up,
        down,
        Variation.COMMON_CAUSE,
    ]


def test_variation_rests_on_the_latest_value_there_is_and_says_which():
    found = icons(charts.xmr([*FLAT, 30, None]), Polarity.HIGHER_IS_BETTER)
    assert found.at.tolist() == [14]
    assert Variation(found.variation[0]) is Variation.IMPROVING_HIGH


@pytest.mark.parametrize(
    ("target", "higher", "lower"),
    [
        (20, Assurance.FAILS, Assurance.PASSES),
        (10.5, Assurance.HIT_OR_MISS, Assurance.HIT_OR_MISS),
        (1, Assurance.PASSES, Assurance.FAILS),
        (None, Assurance.NO_TARGET, Assurance.NO_TARGET),
    ],
)
def test_assurance_follows_where_the_target_lies_between_the_limits(target, higher, lower):
    chart = charts.xmr(FLAT)
    for better, answer in ((Polarity.HIGHER_IS_BETTER, higher), (Polarity.LOWER_IS_BETTER, lower)):
        assert Assurance(icons(chart, better, [target]).assurance[0]) is answer
    neither = icons(chart, Polarity.NEITHER, [target])
    assert Assurance(neither.assurance[0]) is Assurance.NO_TARGET


def test_a_process_that_is_always_on_its_target_passes():
    chart = charts.xmr([7.0] * 12)
    for better in (Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER):
        assert Assurance(icons(chart, better, 7).assurance[0]) is Assurance.PASSES


def test_assurance_cannot_tell_without_limits():
    assert (
        Assurance(icons(charts.xmr([3]), Polarity.HIGHER_IS_BETTER, 7).assurance[0])
        is Assurance.CANNOT_TELL
    )


def test_assurance_is_of_the_latest_phase():
    chart = charts.xmr([*FLAT, *[value + 90 for value in FLAT]], phases=[14])
    assert Assurance(icons(chart, Polarity.HIGHER_IS_BETTER, 50).assurance[0]) is Assurance.PASSES


def test_every_sign_has_words_of_its_own():
    for signs in (Variation, Assurance):
        assert len({each.words for each in signs}) == len(signs)


def test_a_missing_point_is_judged_to_have_no_value():
    assert (
        judged(charts.xmr([*FLAT, None]), Polarity.HIGHER_IS_BETTER)[-1] == Variation.NO_VALUE.value
    )


# --- run charts ---------------------------------------------------------------------------------


def test_a_run_chart_has_the_median_and_skips_points_on_it():
    chart = run([1, 9, 5, 6, 7, 5, 6, 7, 8, 6, 1, 2, 3, 1, 4])
    assert chart.median[0] == 5
    assert chart.useful[0] == 13
    shift = [bool(each & Signal.SHIFT_HIGH) for each in chart.signals]
    assert shift == [False, True, False, True, True, False, *[True] * 4, *[False] * 5]
    assert chart.longest[0] == 7
    assert chart.crossings[0] == 2


def test_five_points_that_rise_are_a_trend_on_a_run_chart_and_equals_do_not_break_it():
    chart = run([5, 4, 1, 2, 2, 3, 4, 5, 1, 2])
    rise = [bool(each & Signal.TREND_HIGH) for each in chart.signals]
    assert rise == [False, False, True, True, False, True, True, True, False, False]


def test_a_run_chart_that_seldom_crosses_its_median_is_unusual():
    assert run([1.0, 2] * 5 + [8, 9] * 5).unusual.all()
    assert not run([1.0, 9] * 10).unusual.any()


def test_a_gap_ends_a_run_on_a_run_chart():
    chart = run([1, 1, 1, 1, 9, 9, 9, None, 9, 9, 9, 1, 1])
    assert chart.longest[0] == 4
    assert not chart.signals.any()


# --- against the peers --------------------------------------------------------------------------

LABELS = {
    0: "Common Cause",
    Signal.OUTSIDE_HIGH: "Above UCL",
    Signal.OUTSIDE_LOW: "Below LCL",
    Signal.TREND_HIGH: "7 Point Trend (Increasing)",
    Signal.TREND_LOW: "7 Point Trend (Decreasing)",
    Signal.TWO_IN_THREE_HIGH: "2 in 3 Above CL",
    Signal.TWO_IN_THREE_LOW: "2 in 3 Below CL",
    Signal.SHIFT_HIGH: "7 Points Above CL",
    Signal.SHIFT_LOW: "7 Points Below CL",
}
JUDGED = {
    Variation.COMMON_CAUSE: "common_cause",
    Variation.IMPROVING_HIGH: "special_cause_improvement",
    Variation.IMPROVING_LOW: "special_cause_improvement",
    Variation.CONCERN_HIGH: "special_cause_concern",
    Variation.CONCERN_LOW: "special_cause_concern",
}


@pytest.fixture(scope="module")
def thousand():
    values = table("peer-outputs/input_spc_1000x36.parquet").sort("series", "date")["value"]
    answers = table("peer-outputs/r_ptd_spc_1000.parquet").sort("f", "x")
    return charts.xmr(values.to_numpy().reshape(1000, 36)), answers


def test_limits_of_a_thousand_series_are_those_of_the_nhs_tool(thousand):
    chart, answers = thousand
    for ours, theirs in ((chart.centre, "mean_col"), (chart.lower, "lpl"), (chart.upper, "upl")):
        np.testing.assert_allclose(ours.ravel(), answers[theirs].to_numpy(), rtol=0, atol=1e-9)


def test_every_flag_of_a_thousand_series_is_that_of_the_nhs_tool(thousand):
    chart, answers = thousand
    ours = [LABELS[int(each)] for each in leading(chart.signals).ravel()]
    assert ours == answers["special_cause_type"].to_list()
    for better in (Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER):
        said = [JUDGED[Variation(each)] for each in judged(chart, better).ravel()]
        same = said == answers["point_type"].to_list()
        assert same is (better is Polarity.HIGHER_IS_BETTER)
