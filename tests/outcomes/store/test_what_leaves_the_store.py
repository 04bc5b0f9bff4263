"""Nothing leaves the store that points at somebody: small counts go, and what gives them away."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from commonweal.outcomes.indicators import Indicator
from commonweal.outcomes.methods.states import State
from commonweal.outcomes.store.measures import Measure, measure_for, store_name
from commonweal.outcomes.store.observations import observations
from commonweal.outcomes.store.release import released
from tests.outcomes.store.samples import frame, observed

WHOLE, PARTS = "whole", ("a", "b", "c", "d")
MADE_OF = {WHOLE: [PARTS]}


def rows(counts, **more):
    """The parts of an area with these counts, and the area itself."""
    every = [*zip(PARTS, counts, strict=False), (WHOLE, sum(counts))]
    return [observed(code, 2024, count, 1_000, **more) for code, count in every]


def shown(found):
    """Counts as they may be shown, by area; None where withheld."""
    return dict(zip(found["area"], found["count"], strict=True))


def released_from(*observed_rows, fewest=8, made_of=MADE_OF):
    return released(observations(frame(*observed_rows)), fewest, made_of)


def test_a_count_of_seven_is_withheld_and_one_of_eight_is_shown_where_eight_is_the_smallest():
    alone = released_from(observed("a", 2024, 7, 100), observed("b", 2024, 8, 100))
    assert shown(alone) == {"a": None, "b": 8}


def test_nought_is_shown_because_it_points_at_nobody():
    assert shown(released_from(observed("a", 2024, 0, 100))) == {"a": 0}


def test_with_a_withheld_count_go_its_rate_its_limits_and_its_denominator():
    found = released_from(
        observed("a", 2024, 3, 100, value=3.0, lower=1.0, upper=8.4), observed("b", 2024, 30, 100)
    )
    row = found.row(0, named=True)
    assert row["state"] == State.SUPPRESSED.value
    assert [row[name] for name in ("value", "lower", "upper", "count", "denominator")] == [None] * 5


def test_where_areas_add_up_to_another_a_second_one_is_withheld_the_smallest():
    found = shown(released_from(*rows([3, 20, 40, 90])))
    assert found == {"a": None, "b": None, "c": 40, "d": 90, WHOLE: 153}


def test_where_areas_do_not_add_up_nothing_else_need_be_withheld():
    apart = [*rows([3, 20, 40, 90])[:4], observed(WHOLE, 2024, 500, 4_000)]
    assert shown(released_from(*apart))["b"] == 20


def test_two_that_would_leave_no_room_are_joined_by_a_third():
    # One and two make three: each could be told to within one.
    found = shown(released_from(*rows([1, 2, 40, 90])))
    assert found == {"a": None, "b": None, "c": None, "d": 90, WHOLE: 133}


def test_where_one_sex_is_withheld_so_is_the_other():
    found = released_from(
        observed("a", 2024, 103, 400), observed("a", 2024, 3, 200, sex="female"),
        observed("a", 2024, 100, 200, sex="male"),
    )  # fmt: skip
    assert found["count"].to_list() == [103, None, None]


def test_where_one_fifth_is_withheld_a_second_one_is_too():
    fifths = [
        observed("a", 2024, n, 200, grouping="fifths", group=str(rung), rung=rung)
        for rung, n in enumerate((60, 50, 40, 30, 4), 1)
    ]
    found = released_from(observed("a", 2024, 184, 1_000), *fifths)
    assert found["count"].to_list() == [184, 60, 50, 40, None, None]


def test_only_the_period_with_a_small_count_is_touched():
    before = [row | {"starts": row["starts"].replace(year=2023)} for row in rows([9, 20, 40, 90])]
    found = released_from(*before, *rows([3, 20, 40, 90]))
    # The ends are the same, the beginnings are not: two periods.
    assert found["count"].null_count() == 2


def test_figures_whose_source_withholds_for_itself_pass_as_they_are():
    assert shown(released_from(*rows([3, 20, 40, 90]), fewest=None))["a"] == 3


@given(st.lists(st.integers(0, 30), min_size=8, max_size=8), st.integers(2, 10))
def test_no_withheld_count_can_be_worked_out_from_those_that_are_shown(counts, fewest):
    # given areas by sex, with every total
    female, male = counts[:4], counts[4:]
    both = [f + m for f, m in zip(female, male, strict=True)]
    every = [
        *rows(both), *rows(female, sex="female"), *rows(male, sex="male"),
    ]  # fmt: skip
    # when they are released
    found = released_from(*every, fewest=fewest)
    # then no equation that a reader can write down has one answer for one that is withheld
    hidden = found["count"].is_null().to_numpy()
    assert not any(0 < c < fewest for c in found["count"].drop_nulls())
    equations = np.zeros((8, 15))
    for sex in range(3):
        equations[sex, [5 * sex + at for at in range(4)]] = 1
        equations[sex, 5 * sex + 4] = -1
    for area in range(5):
        equations[3 + area, [5 + area, 10 + area]] = 1
        equations[3 + area, area] = -1
    free = equations[:, hidden]
    _, sizes, ways = np.linalg.svd(free)
    moves = np.abs(ways[int((sizes > 1e-9).sum()) :])
    assert not hidden.any() or (len(moves) and (moves.max(axis=0) > 1e-9).all())


# --- how an indicator is judged ------------------------------------------------------------------


def test_what_the_record_says_of_an_indicator_goes_before_what_its_source_says():
    own = Indicator(name="Smokers", polarity="lower is better", minimum_count=8)
    source = Measure(
        name="smk", method="proportion", per=100, polarity="higher is better",
        comparison="limits at 95%", minimum_count=5,
    )  # fmt: skip
    found = measure_for(own, source)
    assert (found.name, found.polarity, found.minimum_count) == ("Smokers", "lower is better", 8)
    assert (found.method, found.per, found.comparison) == ("proportion", 100, "limits at 95%")


def test_figures_are_found_by_the_indicators_own_name_unless_it_gives_another():
    assert (
        store_name("kent/indicator/smokers", Indicator(name="Smokers")) == "kent/indicator/smokers"
    )
    assert store_name(
        "kent/indicator/smokers", Indicator(name="S", figures="fingertips-92443")
    ) == ("fingertips-92443")


def test_what_is_missing_stays_missing_and_is_not_called_withheld():
    found = released_from(observed("a", 2024), observed("b", 2024, 5, 100))
    assert found["state"].to_list() == [State.MISSING.value, State.SUPPRESSED.value]
