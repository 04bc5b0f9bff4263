"""Disclosure control: what is small is withheld, and no table gives it away."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.optimize import linprog

from commonweal.outcomes.methods.disclosure import (
    BadThreshold,
    NotACount,
    findable,
    protected,
    rounded,
    with_totals,
    withheld,
    withheld_with,
)
from commonweal.outcomes.methods.states import Negative, NotANumber, State, WrongShape

SUPPRESSED = State.SUPPRESSED.value
TABLES = st.tuples(st.integers(2, 4), st.integers(2, 4)).flatmap(
    lambda shape: hnp.arrays(np.int64, shape, elements=st.integers(0, 12))
)
LISTS = hnp.arrays(np.int64, st.integers(2, 6), elements=st.integers(0, 12))


@pytest.mark.parametrize(
    ("count", "shown"), [(0, True), (1, False), (4, False), (5, True), (6, True)]
)
def test_counts_from_one_to_below_the_fewest_are_withheld(count, shown):
    figures = withheld([count], fewest=5)
    assert bool(figures.known[0]) is shown
    assert np.isnan(figures.values[0]) != shown


def test_noughts_are_withheld_only_if_asked():
    assert withheld([0], fewest=5, noughts=True).states.tolist() == [SUPPRESSED]


def test_what_was_missing_stays_missing_and_is_not_called_suppressed():
    figures = withheld([3, None, State.NOT_APPLICABLE, 9], fewest=5)
    assert figures.states.tolist() == [SUPPRESSED, State.MISSING.value, 1, 0]


def test_rates_and_limits_are_withheld_with_their_counts():
    figures = withheld([3, 9], fewest=5)
    rate, lower = withheld_with(figures, np.array([1.5, 4.5]), np.array([[0.3, 2.1]]))
    assert np.isnan(rate).tolist() == [True, False]
    assert np.isnan(lower).tolist() == [[True, False]]


@pytest.mark.parametrize(("count", "shown"), [(7, 5), (8, 10), (12, 10), (13, 15), (0, 0)])
def test_what_is_shown_may_be_rounded_to_the_nearest_five(count, shown):
    assert rounded(withheld([count], fewest=2), to=5).values.tolist() == [shown]


def test_rounding_does_not_bring_back_what_was_withheld():
    assert np.isnan(rounded(withheld([3], fewest=8), to=5).values[0])


@pytest.mark.parametrize(
    ("made", "error"),
    [
        (lambda: withheld([2.5], fewest=5), NotACount),
        (lambda: withheld([-1], fewest=5), Negative),
        (lambda: withheld([float("nan")], fewest=5), NotANumber),
        (lambda: withheld([1], fewest=1), BadThreshold),
        (lambda: rounded(withheld([9], fewest=5), to=1), BadThreshold),
        (lambda: protected([[1, 2.5], [3, 4]], fewest=5), NotACount),
        (lambda: protected([[1, None], [3, 4]], fewest=5), NotACount),
        (lambda: protected([[1, 2]], fewest=5), WrongShape),
        (lambda: protected([], fewest=5), WrongShape),
    ],
)
def test_bad_input_has_an_error_of_its_own(made, error):
    with pytest.raises(error):
        made()


# --- tables ---------------------------------------------------------------------------------------


def test_a_table_has_its_totals_last():
    assert with_totals([[1, 2], [3, 4]]).tolist() == [[1, 2, 3], [3, 4, 7], [4, 6, 10]]
    assert with_totals([1, 2, 4]).tolist() == [1, 2, 4, 7]


def test_one_small_count_in_a_list_takes_the_next_smallest_with_it():
    figures = protected([3, 40, 12], fewest=5)
    assert np.isnan(figures.values).tolist() == [True, False, True, False]
    assert figures.values[3] == 55


def test_one_small_count_in_a_table_takes_a_rectangle_with_it():
    figures = protected([[3, 40, 50], [60, 20, 70], [80, 90, 30]], fewest=5)
    hidden = np.equal(figures.states, SUPPRESSED)
    assert int(hidden.sum()) == 4
    assert not hidden[-1].any()
    assert not hidden[:, -1].any()
    assert hidden[:2, :2].all()


def test_a_table_without_small_counts_is_shown_whole():
    assert protected([[10, 20], [30, 40]], fewest=5).known.all()


def test_two_small_counts_whose_sum_gives_them_both_away_take_another():
    # 1 and 1 out of 2 can only be 1 and 1, since a nought would have been shown.
    figures = protected([1, 1, 30], fewest=5)
    assert np.isnan(figures.values[:3]).all()


def brute_range(whole, hidden, least):
    """The same by linear programming: what each withheld count can be if the table adds up."""
    rows, columns = whole.shape
    sums = []
    for row in range(rows):
        line = np.zeros(whole.shape)
        line[row, :-1], line[row, -1] = 1, -1
        sums.append(line.ravel())
    for column in range(columns if rows > 1 else 0):
        line = np.zeros(whole.shape)
        line[:-1, column], line[-1, column] = 1, -1
        sums.append(line.ravel())
    bounds = [
        (least, None) if shut else (value, value)
        for value, shut in zip(whole.ravel(), hidden.ravel(), strict=True)
    ]
    found = {}
    for cell in zip(*np.nonzero(hidden), strict=True):
        aim = np.zeros(whole.shape)
        aim[cell] = 1
        ends = [
            linprog(
                sign * aim.ravel(), A_eq=np.array(sums), b_eq=np.zeros(len(sums)), bounds=bounds
            )
            for sign in (1, -1)
        ]
        most = None if ends[1].status == 3 else round(-ends[1].fun)
        found[int(cell[0]), int(cell[1])] = (round(ends[0].fun), most)
    return found


@pytest.mark.slow
@settings(max_examples=30)
@given(TABLES, st.data())
def test_what_can_be_found_is_what_linear_programming_finds(table, data):
    whole = with_totals(table)
    hidden = data.draw(hnp.arrays(np.bool_, whole.shape)) & (whole > 0)
    assert findable(whole, hidden) == brute_range(whole, hidden, 1)


@settings(max_examples=60)
@given(TABLES | LISTS, st.integers(2, 8), st.booleans())
def test_no_withheld_count_can_be_found_by_subtraction(table, fewest, noughts):
    whole = with_totals(table)
    figures = protected(table, fewest=fewest, noughts=noughts)
    hidden = np.equal(figures.states, SUPPRESSED)
    small = (whole < fewest) & ((whole > 0) | noughts)
    assert hidden[small].all()
    for found in findable(whole, hidden, noughts=noughts).values():
        assert found.most is None or found.most - found.least >= fewest - 1


@settings(max_examples=40)
@given(TABLES | LISTS, st.integers(2, 8))
def test_what_is_not_withheld_is_the_count_itself_and_noughts_are_shown(table, fewest):
    whole = with_totals(table)
    figures = protected(table, fewest=fewest)
    assert (figures.values[figures.known] == whole[figures.known]).all()
    assert figures.known[whole == 0].all()


def test_the_audit_sees_what_a_careless_table_gives_away():
    whole = with_totals([[3, 40], [60, 20]])
    careless = whole == 3
    assert findable(whole, careless) == {(0, 0): (3, 3)}
    whole = with_totals([3, 40])
    assert findable(whole, whole == 3) == {(0, 0): (3, 3)}
    assert findable(whole, [True, False, True]) == {(0, 0): (1, None), (0, 2): (41, None)}


def test_a_large_table_of_large_counts_is_protected_too():
    table = np.random.default_rng(7).integers(0, 3_000_000, (20, 12))
    table[::3, ::2] = np.random.default_rng(8).integers(0, 9, table[::3, ::2].shape)
    figures = protected(table, fewest=8)
    hidden = np.equal(figures.states, SUPPRESSED)
    assert hidden[:-1, :-1][(table > 0) & (table < 8)].all()
    ranges = findable(with_totals(table), hidden).values()
    assert all(each.most is None or each.most - each.least >= 7 for each in ranges)
    assert hidden.sum() < hidden.size / 2
