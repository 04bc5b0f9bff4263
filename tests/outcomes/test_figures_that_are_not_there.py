"""Missing, suppressed, not applicable and nought are four things, and none turns into another."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.outcomes.methods.decomposition import decomposed_gap
from commonweal.outcomes.methods.healthy_life_expectancy import healthy_life_expectancy
from commonweal.outcomes.methods.inequality import OutOfRange, inequality, simulated_inequality
from commonweal.outcomes.methods.life_tables import life_expectancy
from commonweal.outcomes.methods.limits import NoSuchLevel
from commonweal.outcomes.methods.means import mean
from commonweal.outcomes.methods.proportions import proportion
from commonweal.outcomes.methods.quantiles import quantiles
from commonweal.outcomes.methods.rates import rate, rate_ratio
from commonweal.outcomes.methods.standardised import (
    directly_standardised_rate,
    indirectly_standardised_ratio,
)
from commonweal.outcomes.methods.states import (
    BadFigures,
    CountAboveDenominator,
    Figures,
    Negative,
    NobodyAtRisk,
    NotANumber,
    State,
    WrongShape,
    figures,
    together,
)
from commonweal.outcomes.methods.years_of_life_lost import years_of_life_lost

KNOWN, NOT_APPLICABLE, MISSING, SUPPRESSED = (each.value for each in State)


def test_the_four_are_kept_apart():
    found = proportion([0, None, State.SUPPRESSED, 0], [10, 10, 10, 0])
    assert found.states.tolist() == [KNOWN, MISSING, SUPPRESSED, NOT_APPLICABLE]
    assert found.value[0] == 0
    assert np.isnan(found.value[1:]).all()
    assert np.isnan(found.lower[0, 1:]).all()
    assert np.isnan(found.upper[0, 1:]).all()


def test_nought_is_a_rate_with_an_upper_limit():
    """The Python port of the peer, PHStatsMethods, stops with an error here."""
    found = rate([0], [1_000], per=1_000)
    assert (found.value[0], found.lower[0, 0]) == (0, 0)
    assert found.upper[0, 0] == pytest.approx(3.689, abs=5e-4)


def test_of_several_states_the_one_that_says_most_holds():
    assert together(np.int8([0, 1, 2, 1]), np.int8([1, 2, 3, 0])).tolist() == [1, 2, 3, 1]


@pytest.mark.parametrize("state", [State.MISSING, State.SUPPRESSED, State.NOT_APPLICABLE])
def test_one_absent_band_leaves_the_whole_absent_and_is_never_counted_as_nought(state):
    """The peer counts a missing band as nought, and gives a rate that is too low."""
    count, people = [[20.0, state], [20, 30]], [[1_000, 500]] * 2
    found = directly_standardised_rate(count, people, [60, 40])
    assert found.states.tolist() == [state.value, KNOWN]
    assert np.isnan(found.value).tolist() == [True, False]
    ratio = indirectly_standardised_ratio(
        [50, 50], [[1_000, state], [1_000, 500]], [1, 2], [10, 10]
    )
    assert ratio.states.tolist() == [state.value, KNOWN]
    years = life_expectancy([[9_000, state], [9_000, 5_000]], [[100_000] * 2] * 2, [0, 65])
    assert years.states[:, 0].tolist() == [state.value, KNOWN]
    unequal = inequality([[70, 71, 72, 73, state]], [[9] * 5], [[1] * 5])
    assert unequal.slope.states.tolist() == unequal.ratio.states.tolist() == [state.value]
    assert mean([1, state]).states.tolist() == [state.value]
    assert quantiles([1, 2, state], 2).states.tolist() == [KNOWN, KNOWN, state.value]


def test_an_absent_quantile_stays_absent_when_limits_are_simulated():
    found = simulated_inequality(
        [[70, 71, 72, 73, None]], [[9] * 5], [[1] * 5], chance=np.random.default_rng(1),
        repetitions=1_000,
    )  # fmt: skip
    assert found.slope.states.tolist() == [MISSING]
    assert np.isnan(found.slope.lower).all()


def test_a_column_with_nulls_and_figures_given_with_states_are_taken_alike():
    column = pl.Series([5, None, 7])
    given_states = Figures(np.array([5, np.nan, 7]), np.array([0, MISSING, 0], np.int8))
    for numbers in (column, given_states, [5, None, 7]):
        assert rate(numbers, [100] * 3).states.tolist() == [KNOWN, MISSING, KNOWN]


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([1, float("nan")], "nan at index 1"),
        ([float("inf"), 1], "inf at index 0"),
        ([1, "2"], "not numbers"),
        ([1, None, "2"], "'2' at index 2"),
        ([1, State.KNOWN], "State.KNOWN"),
        (["*", "3"], "not numbers"),
        (np.ma.masked_array([1, 2], [False, True]), "masked array"),
        (pl.Series([1.0, float("nan")]), "nan at index 1"),
        ([1, True, None], "True at index 1"),
    ],
)
def test_what_does_not_say_why_it_is_absent_is_refused(numbers, said):
    with pytest.raises(NotANumber, match=said):
        figures(numbers)


@pytest.mark.parametrize("method", [proportion, rate])
def test_a_figure_below_nought_is_refused_with_its_place(method):
    with pytest.raises(Negative, match="counts have -3 at index 1 and 1 more"):
        method([1, -3, -4], [9, 9, 9])
    with pytest.raises(Negative, match=r"-9 at index \(0, 1\)"):
        method([[1, 1]], [[9, -9]])


def test_more_counted_than_there_are_is_refused_and_never_a_proportion_above_one():
    with pytest.raises(CountAboveDenominator, match="101 at index 1"):
        proportion([1, 101], [100, 100])
    assert proportion([100], [100]).value[0] == 1
    assert rate([101], [100], per=1).value[0] == pytest.approx(1.01)


def test_events_among_nobody_are_refused_and_none_among_nobody_is_not_applicable():
    with pytest.raises(NobodyAtRisk, match="3 at index 1"):
        rate([0, 3], [0, 0])
    assert rate([0], [0]).states.tolist() == [NOT_APPLICABLE]
    with pytest.raises(NobodyAtRisk, match=r"20 at index \(0, 0\)"):
        directly_standardised_rate([[20, 30]], [[0, 500]], [60, 40])
    none = directly_standardised_rate([[0, 30]], [[0, 500]], [60, 40])
    assert none.states.tolist() == [NOT_APPLICABLE]
    unweighted = directly_standardised_rate([[0, 30]], [[0, 500]], [0, 40])
    assert unweighted.value[0] == pytest.approx(6_000)


@pytest.mark.parametrize(("events", "state"), [(9, NOT_APPLICABLE), (10, KNOWN)])
def test_a_standardised_rate_needs_ten_events(events, state):
    found = directly_standardised_rate([[events - 4, 4]], [[100, 100]], [1, 1])
    assert found.states.tolist() == [state]


def test_bands_that_do_not_match_are_refused_and_never_stretched():
    with pytest.raises(WrongShape, match="counts 3, populations 3, standard 2"):
        directly_standardised_rate([[1, 2, 3]], [[9, 9, 9]], [1, 1])
    with pytest.raises(
        WrongShape, match="populations 2, reference counts 1, reference populations 1"
    ):
        indirectly_standardised_ratio([3], [[9, 9]], [1], [9])
    with pytest.raises(WrongShape, match="rising"):
        life_expectancy([1, 2, 3], [9, 9, 9], [0, 5, 5])
    with pytest.raises(WrongShape, match="deaths 3, populations 3, starts 2"):
        life_expectancy([1, 2, 3], [9, 9, 9], [0, 5])


@pytest.mark.parametrize("level", [95, 0, 1, -0.5])
def test_a_level_of_95_is_not_taken_for_0_95(level):
    with pytest.raises(NoSuchLevel, match=r"Say 0\.95 for 95%"):
        rate([1], [9], confidence=level)


def test_limits_may_be_left_out_or_had_at_any_level():
    assert rate([50], [9], confidence=None).lower.shape == (0, 1)
    wide = rate([50], [9], confidence=(0.5, 0.9, 0.95, 0.998))
    assert (np.diff(wide.upper[:, 0]) > 0).all()
    assert (np.diff(wide.lower[:, 0]) < 0).all()


def test_a_value_its_scale_does_not_have_is_refused():
    with pytest.raises(OutOfRange, match="0 at index 0"):
        inequality([0, 1, 2, 3, 4], [9] * 5, [1] * 5, scale="log")
    with pytest.raises(OutOfRange, match="between 0 and 1"):
        inequality([0.5, 1, 0.2, 0.3, 0.4], [9] * 5, [1] * 5, scale="logit")


@pytest.mark.parametrize("number", [4, 101])
def test_an_index_is_over_5_to_100_quantiles(number):
    with pytest.raises(WrongShape, match=f"over {number} quantiles"):
        inequality([1] * number, [9] * number, [1] * number)


def test_a_ratio_to_nothing_is_not_applicable():
    found = rate_ratio([4, 0, 4], [10] * 3, [0, 4, 4], [10] * 3)
    assert found.states.tolist() == [NOT_APPLICABLE, KNOWN, KNOWN]
    assert found.value[1] == found.lower[0, 1] == 0
    assert found.value[2] == 1


def test_a_group_of_one_has_a_mean_and_no_limits():
    found = mean([5, 1, 3], [0, 1, 1])
    assert found.value.tolist() == [5, 2]
    assert np.isnan(found.lower[0]).tolist() == [True, False]


figure = st.one_of(st.integers(0, 50), st.sampled_from([None, *list(State)[1:]]))


@given(count=st.lists(figure, min_size=1, max_size=8), level=st.floats(0.5, 0.999))
def test_whatever_goes_in_known_comes_out_between_its_limits_and_nothing_else_comes_out(
    count, level
):
    for method in (proportion, rate):
        found = method(count, [50] * len(count), per=1, confidence=level)
        known = found.states == KNOWN
        assert known.tolist() == [isinstance(each, int) for each in count]
        assert (np.isnan(found.value) == ~known).all()
        assert (found.lower[0, known] <= found.value[known]).all()
        assert (found.value[known] <= found.upper[0, known]).all()


@given(
    numbers=st.lists(st.integers(0, 10**6), min_size=3, max_size=3),
    turned=st.sampled_from([-1.0, float("nan")]),
    place=st.integers(0, 2),
)
def test_a_wrong_figure_is_refused_wherever_it_stands(numbers, turned, place):
    wrong = [float(each) for each in numbers]
    wrong[place] = turned
    with pytest.raises(BadFigures, match=f"index {place}"):
        rate(wrong, [10**6] * 3)


@given(
    counts=st.lists(st.integers(1, 500), min_size=6, max_size=6),
    factor=st.integers(2, 20),
)
def test_a_standardised_rate_does_not_change_with_the_size_of_the_standard(counts, factor):
    people, standard = [1_000] * 6, np.array([5, 4, 3, 2, 1, 1])
    found, scaled = (
        directly_standardised_rate(counts, people, each, fewest=0)
        for each in (standard, standard * factor)
    )
    assert float(found.value) == pytest.approx(float(scaled.value))
    crude = rate(sum(counts), 6_000).value
    flat = directly_standardised_rate(counts, people, np.ones(6), fewest=0).value
    assert float(flat) == pytest.approx(float(crude))


def test_each_band_needs_an_answer_on_health_and_years_to_lose():
    deaths, people = [50, 100, 900], [10_000, 50_000, 9_000]
    for healthy, asked in (([9, 9], [9, 9, 9]), ([9, 9, 9], [9, 9])):
        with pytest.raises(WrongShape, match="deaths 3"):
            healthy_life_expectancy(deaths, people, [0, 1, 65], healthy, asked)
    with pytest.raises(WrongShape, match="deaths 3, years 2"):
        years_of_life_lost(deaths, [1, 2])
    with pytest.raises(CountAboveDenominator, match="10 at index 1"):
        healthy_life_expectancy(deaths, people, [0, 1, 65], [9, 10, 9], [9, 9, 9])


def test_where_nobody_was_asked_healthy_life_is_not_applicable():
    found = healthy_life_expectancy(
        [50, 100, 900], [10_000, 50_000, 9_000], [0, 1, 65], [9, 0, 9], [9, 0, 9]
    )
    assert set(found.states.tolist()) == {NOT_APPLICABLE}


def test_causes_that_do_not_add_up_are_refused_and_one_withheld_is_withheld():
    deaths, people = [50, 100, 900], [10_000, 50_000, 9_000]
    args = deaths, people, deaths, people, [0, 1, 65]
    with pytest.raises(WrongShape, match="do not add up"):
        decomposed_gap(*args, causes=[[50, 100, 899]], other_causes=[deaths])
    with pytest.raises(WrongShape, match="of both, or of neither"):
        decomposed_gap(*args, causes=[deaths])
    kept = decomposed_gap(*args, causes=[[50, State.SUPPRESSED, 900]], other_causes=[deaths])
    assert int(kept.states) == SUPPRESSED
    assert np.isnan(kept.by_cause).all()
