"""Nothing leaves the store that points at somebody: small counts go, and what gives them away."""

import numpy as np
import polars as pl
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


def released_from(*observed_rows, fewest=8, made_of=MADE_OF, method="proportion"):
    measure = Measure(name="Smokers", method=method, minimum_count=fewest)
    return released(observations(frame(*observed_rows)), measure, made_of)


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


def test_a_small_group_of_one_area_costs_two_groups_of_two_areas_and_no_more():
    fifths = {"a": (3, 90, 40, 30, 20), "b": (60, 80, 50, 40, 70), "c": (70, 99, 66, 55, 80)}
    fifths[WHOLE] = tuple(map(sum, zip(*fifths.values(), strict=True)))
    of = dict.fromkeys(fifths, 200) | {WHOLE: 600}
    every = [
        *(observed(area, 2024, sum(counts), 5 * of[area]) for area, counts in fifths.items()),
        *(
            observed(area, 2024, n, of[area], grouping="fifths", group=str(rung), rung=rung)
            for area, counts in fifths.items() for rung, n in enumerate(counts, 1)
        ),
    ]  # fmt: skip
    found = released_from(*every, made_of={WHOLE: [("a", "b", "c")]})
    hidden = found.filter(pl.col("count").is_null()).select("area", "group").rows()
    assert sorted(hidden) == [("a", "1"), ("a", "5"), ("b", "1"), ("b", "5")]


# --- those who are not counted -------------------------------------------------------------------


def test_ninety_eight_of_a_hundred_is_withheld_as_two_are_and_a_hundred_of_a_hundred_is_shown():
    found = released_from(
        observed("a", 2024, 98, 100), observed("b", 2024, 93, 100), observed("c", 2024, 92, 100),
        observed("d", 2024, 100, 100), observed("e", 2024, 92.5, 100),
    )  # fmt: skip
    assert shown(found) == {"a": None, "b": None, "c": 92, "d": 100, "e": None}
    assert found.row(0, named=True)["denominator"] is None


def test_only_a_share_of_people_has_others_who_are_not_counted():
    row = observed("a", 2024, 98, 100)
    rate = released_from(row, method="crude rate")
    assert shown(rate) == {"a": 98}
    per_cent = Measure(name="Smokers", per=100, minimum_count=8)
    assert shown(released(observations(frame(row)), per_cent)) == {"a": None}


def test_where_nearly_all_of_one_part_are_counted_a_second_part_is_withheld_with_it():
    found = shown(released_from(*shares([(195, 200), (150, 200), (120, 200), (100, 200)])))
    assert found == {"a": None, "b": 150, "c": 120, "d": None, WHOLE: 565}


def test_where_nearly_all_of_one_sex_are_counted_so_is_the_other_withheld():
    found = released_from(
        observed("a", 2024, 297, 400), observed("a", 2024, 197, 200, sex="female"),
        observed("a", 2024, 100, 200, sex="male"),
    )  # fmt: skip
    assert found["count"].to_list() == [297, None, None]


def shares(parts):
    """The parts of an area, each as how many of how many, and the area itself."""
    whole = tuple(sum(each) for each in zip(*parts, strict=True))
    every = [*zip(PARTS, parts, strict=True), (WHOLE, whole)]
    return [observed(code, 2024, count, of) for code, (count, of) in every]


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=4, max_size=4),
       st.integers(2, 10))  # fmt: skip
def test_neither_those_counted_nor_the_others_can_be_told_by_taking_away(parts, fewest):
    # given areas that add up, each with some who are counted and some who are not
    found = released_from(*shares([(n, n + rest) for n, rest in parts]), fewest=fewest)
    *each, whole = found.select("count", "denominator").rows()
    # then nothing that is shown is small
    for count, of in found.select("count", "denominator").drop_nulls().rows():
        assert count == 0 or count >= fewest
        assert of - count == 0 or of - count >= fewest
    # and what is withheld adds up to enough, of either, for no one of it to be told
    hidden = [at for at, (count, _) in enumerate(each) if count is None]
    if whole[0] is not None and hidden:
        assert len(hidden) > 1
        for which in (0, 1):
            left = [parts[at][which] for at in hidden]
            least = sum(left) - len(left)
            every = hidden == [at for at, it in enumerate(parts) if it[which] > 0]
            assert least >= fewest - 1 or every or sum(left) == 0


# --- all together --------------------------------------------------------------------------------


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
