"""Waiting lists by how long people have waited, and every waiting standard."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.demand.flow import bands, standards
from commonweal.demand.flow.bands import as_before, habit, longest_first, passage, relief, worst
from commonweal.demand.flow.standards import STANDARDS, standard
from commonweal.demand.flow.unstable import BadFlow
from commonweal.outcomes.methods import waiting_lists

# --- a step, worked by hand -----------------------------------------------------------------------


def test_those_who_waited_longest_are_treated_first():
    assert longest_first(np.array([10.0, 8, 6]), 9).tolist() == [0, 3, 6]
    assert longest_first(np.array([10.0, 8, 6]), 99).tolist() == [10, 8, 6]


def test_people_are_treated_as_before_and_what_a_band_cannot_take_goes_to_the_others():
    choose = as_before([1, 0, 3])
    assert choose(np.array([12.0, 5, 4]), 12).tolist() == [8, 0, 4]
    assert choose(np.array([12.0, 5, 4]), 99).tolist() == [12, 0, 4]
    assert choose(np.array([0.0, 5, 0]), 9).tolist() == [0, 0, 0]


def test_the_least_part_of_a_person_is_treated_like_any_other():
    assert as_before([1, 1])(np.array([0, 1e-308]), 2).tolist() == [0, 1e-308]


def test_a_week_treats_loses_and_ages_and_then_the_new_come():
    way = passage([10, 8, 6], [20], [9], leaving=0.5)
    assert way.treated.tolist() == [[0, 3, 6]]
    assert way.left.tolist() == [[5, 2.5, 0]]
    assert way.waiting[1].tolist() == [20, 5, 2.5]  # the last band keeps its own


def test_who_has_waited_longest_stays_in_the_last_band():
    assert passage([0, 0, 7], [0, 0], [0, 0]).waiting[-1].tolist() == [0, 0, 7]


def test_a_list_with_no_weeks_ahead_is_as_it_is_today():
    way = passage([4, 3], [], [])
    assert way.waiting.tolist() == [[4, 3]]
    assert way.treated.shape == way.left.shape == (0, 2)


# --- standards ------------------------------------------------------------------------------------


def test_eighteen_weeks_are_the_first_eighteen_bands_of_a_week():
    waiting = np.ones(52)
    assert passage(waiting, [], []).waiting_within(126)[0] == pytest.approx(18 / 52)


def test_sixty_two_days_need_bands_of_a_day():
    daily = passage(np.ones(100), [], [], step=1)
    assert daily.waiting_within(62)[0] == pytest.approx(0.62)
    with pytest.raises(BadFlow, match="bands of another width"):
        passage(np.ones(100), [], []).waiting_within(62)


def test_the_last_band_is_open_so_no_limit_may_lie_in_it():
    assert passage(np.ones(19), [], []).waiting_within(126)[0] == pytest.approx(18 / 19)
    with pytest.raises(BadFlow, match="give more bands"):
        passage(np.ones(18), [], []).waiting_within(126)


def test_nobody_treated_is_not_nobody_in_time():
    way = passage(np.ones(20), [5, 5], [0, 3])
    assert np.isnan(way.seen_within(126)[0])
    assert way.seen_within(126)[1] == 0


@pytest.mark.parametrize(
    ("days", "share", "of"),
    [
        (126, 0.92, "waiting"),
        (42, 0.99, "waiting"),
        (1 / 6, 0.95, "seen"),
        (28, 0.75, "seen"),
        (31, 0.96, "seen"),
        (62, 0.85, "seen"),
    ],
)
def test_each_waiting_standard_is_a_share_within_days_and_has_a_source(days, share, of):
    (found,) = [each for each in STANDARDS if each.days == pytest.approx(days)]
    assert (found.share, found.of, bool(found.source)) == (share, of, True)
    assert found.met(share)
    assert not found.met(share - 1e-9)


def test_the_cancer_standards_begin_on_the_first_of_october_2023():
    name = "Cancer treated in 62 days of referral"
    assert standard(name, date(2023, 10, 1)).share == 0.85
    with pytest.raises(BadFlow, match=r"Known then: Treatment within 18 weeks; .*4 hours\."):
        standard(name, date(2023, 9, 30))


def test_no_name_stands_for_two_standards():
    assert len({each.name for each in standards.STANDARDS}) == len(STANDARDS)


# --- relief ---------------------------------------------------------------------------------------

LIST = np.concatenate([np.full(18, 30.0), np.full(34, 19.0)])  # 1,186 people, a third within time


def reach(**how):
    asked = {"share": 0.92, "within": 126, "most": 100} | how
    return relief(LIST, [30.0] * 26, 27, **asked)


@pytest.mark.parametrize("share", [0.5, 0.6, 0.7, 0.8, 0.9, 0.92, 0.99])
def test_relief_is_the_least_that_reaches_the_standard(share):
    found = reach(share=share)
    assert found.reached >= share
    fewer = passage(LIST, [30.0] * 26, [found.capacity - 1] * 26).waiting_within(126)[-1]
    assert fewer < share
    assert found.extra == pytest.approx((found.capacity - 27) * 26)
    assert found.to_hold == 30


def test_the_list_that_is_left_bears_out_the_sum_of_the_long_run():
    # Relief (demand + what is to go, over the weeks) from this list to the one it comes to.
    found = reach()
    left = found.way.waiting[-1].sum()
    by_sum = waiting_lists.relief_capacity(30, LIST.sum(), left, weeks=26)
    assert by_sum == pytest.approx(found.capacity)


def test_treating_the_longest_waits_looks_worse_before_it_is_better():
    found = reach()
    seen = found.way.seen_within(126)
    step, share = worst(found.way, 126)
    assert (step, share) == (0, 0)
    assert found.way.waiting_within(126)[-1] > found.way.waiting_within(126)[0]
    assert seen[0] == 0


def test_relief_asks_for_no_less_than_is_done_today():
    assert reach(share=0.01).capacity == 27
    assert reach(share=0.01).extra == 0


def test_an_answer_nobody_would_believe_is_refused_with_what_it_would_reach():
    least = reach().capacity
    assert reach(most=least).capacity == least
    with pytest.raises(BadFlow, match=rf"Not even {least - 1} .* comes to \d+\.\d%"):
        reach(most=least - 1)
    with pytest.raises(BadFlow, match="Not even 20"):
        reach(most=20)


def test_where_people_leave_less_is_needed_to_hold_the_list():
    found = reach(leaving=0.01)
    assert found.to_hold < 30
    assert found.capacity < reach().capacity


def test_those_treated_as_before_need_more_than_the_longest_first():
    even = as_before(np.ones(52))
    assert reach(choose=even, most=400).capacity > reach().capacity


# --- what was done before -------------------------------------------------------------------------


def test_a_habit_is_the_share_treated_and_gone_of_those_who_waited():
    found = habit([10, 0, 4], [5, 0, 1], [1, 0, 2])
    assert found.treated.tolist() == [0.5, 0.5, 0.25]
    assert found.left.tolist() == [0.1, 0.1, 0.5]
    assert found.filled == (1,)  # told, and never taken for nought


def test_with_the_same_list_and_capacity_a_habit_does_what_was_done():
    waiting, treated = np.array([40.0, 30, 20]), np.array([10.0, 3, 8])
    found = habit(waiting, treated, [0, 0, 0])
    assert as_before(found.treated)(waiting, 21) == pytest.approx(treated)


# --- known answers for a list in the long run (D9) ------------------------------------------------


def test_the_sums_of_a_list_in_the_long_run():
    # Demand 30 and capacity 27 a week, target 52 weeks, 1,200 waiting: the walkthrough of
    # NHSRwaitinglist, after Fong and others, Understanding Waiting List Pressures, 2022.
    assert waiting_lists.queue_load(30, 27) == pytest.approx(1.1111, abs=5e-5)
    assert waiting_lists.target_mean_wait(52) == 13
    assert waiting_lists.target_queue(30, 52) == 390
    assert waiting_lists.relief_capacity(30, 1200, 390) == pytest.approx(61.153846, abs=5e-7)
    assert waiting_lists.target_capacity(30, 52) == pytest.approx(30.076923, abs=5e-7)
    varying = waiting_lists.target_capacity(30, 52, of_demand=1.1**2, of_capacity=1.2**2, factor=3)
    assert varying == pytest.approx(30.076442, abs=5e-7)
    assert waiting_lists.factor_for(0.981684) == pytest.approx(4, abs=5e-5)


# --- what must always hold ------------------------------------------------------------------------

counts = st.lists(st.floats(0, 1000), min_size=2, max_size=30)
rates = st.floats(0, 1)


@given(counts, st.floats(0, 500), st.floats(0, 500), rates, st.booleans())
def test_nobody_is_lost_and_nobody_is_treated_twice(waiting, coming, capacity, leaving, even):
    choose = as_before(np.ones(len(waiting))) if even else longest_first
    way = passage(waiting, [coming] * 5, [capacity] * 5, choose=choose, leaving=leaving)
    before, after = way.waiting[:-1].sum(axis=1), way.waiting[1:].sum(axis=1)
    gone = way.treated.sum(axis=1) + way.left.sum(axis=1)
    assert after == pytest.approx(before + coming - gone, abs=1e-6)
    assert (way.waiting >= -1e-9).all()
    assert (way.treated.sum(axis=1) <= capacity + 1e-6).all()
    assert (way.treated.sum(axis=1) >= np.minimum(capacity, before) - 1e-6).all()


@given(counts, st.floats(0, 200))
def test_more_capacity_never_leaves_more_waiting(waiting, capacity):
    less, more = (passage(waiting, [9] * 6, [able] * 6) for able in (capacity, capacity + 5))
    assert (more.waiting.sum(axis=1) <= less.waiting.sum(axis=1) + 1e-6).all()


# --- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (lambda: passage([1, -1], [1], [1]), "0 or more"),
        (lambda: passage([1, float("nan")], [1], [1]), "0 or more"),
        (lambda: passage([1, 1], [1, 2], [1]), "2 steps of referrals and 1 of capacity"),
        (lambda: passage([1, 1], [1], [1], leaving=1.1), "above 1"),
        (lambda: passage([1, 1], [1], [1], step=0), "step"),
        (lambda: as_before([0, 0]), "not all 0"),
        (lambda: habit([3, 1], [2, 1], [1, 1]), "band 1"),
        (lambda: habit([0, 1], [0, 1], [0, 0]), "first band"),
        (lambda: habit([1, 1], [1], [0, 0]), "same bands"),
        (lambda: relief([1, 1], [], 1, share=0.9, within=7, most=9), "no step"),
        (lambda: bands.worst(passage(np.ones(20), [1], [0]), 126), "Nobody is treated"),
    ],
)
def test_what_no_list_can_be_is_refused(asked, says):
    with pytest.raises(BadFlow, match=says):
        asked()
