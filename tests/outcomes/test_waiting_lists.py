"""Waiting lists: what a queue may be, what it is, and who is seen when."""

import csv
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.outcomes.methods import waiting_lists as lists
from commonweal.outcomes.methods.states import WrongShape
from commonweal.outcomes.methods.waiting_lists import BadWaitingList, waiting_list
from tests.outcomes.answers import SHARED, table

NEVER = np.datetime64("NaT", "D")
DAY = np.timedelta64(1, "D")


def day(number):
    return np.datetime64("2024-01-01") + number * DAY


def days(*numbers):
    return np.array([NEVER if each is None else day(each) for each in numbers])


# --- what demand and capacity make ----------------------------------------------------------------


def test_a_queue_grows_once_demand_reaches_capacity():
    assert lists.queue_load(30, 30) == 1
    assert lists.queue_load(29, 30) < 1


def test_a_quarter_of_the_target_wait_puts_98_in_100_within_it():
    assert lists.target_mean_wait(18) == 4.5
    assert lists.factor_for(0.982) == pytest.approx(4, abs=0.02)
    assert lists.target_mean_wait(18, factor=lists.factor_for(0.92)) == pytest.approx(
        7.1267, abs=1e-4
    )


def test_the_queue_to_aim_for_is_demand_times_the_mean_wait():
    assert lists.target_queue(30, 52) == 390  # 30 a week, 52 weeks, factor 4


def test_capacity_on_target_exceeds_demand_by_what_chance_needs():
    # Both variable, 30 a week, target 52 weeks: (1 + 1) / 2 x 4 / 52 more
    assert lists.target_capacity(30, 52) == pytest.approx(30 + 4 / 52)
    assert lists.target_capacity(30, 52, of_demand=1.21, of_capacity=0.49) == pytest.approx(
        30 + (1.21 + 0.49) / 2 * 4 / 52
    )
    assert lists.target_capacity(30, 52, of_demand=0, of_capacity=0) == 30


def test_relief_brings_the_queue_to_its_target_in_half_a_year():
    assert lists.relief_capacity(30, 1200, 390) == pytest.approx(30 + 810 / 26)
    assert lists.relief_capacity(30, 1200, 390, weeks=52, error=1.5) == pytest.approx(33 + 810 / 52)


def test_pressure_sets_weeks_against_weeks():
    assert lists.pressure(63, 52) == pytest.approx(2.4231, abs=1e-4)


@pytest.mark.parametrize(
    "made",
    [
        lambda: lists.queue_load(1, 0),
        lambda: lists.target_mean_wait(0),
        lambda: lists.target_capacity(1, 0),
        lambda: lists.relief_capacity(1, 2, 1, weeks=0),
        lambda: lists.pressure(1, float("nan")),
        lambda: lists.factor_for(1),
    ],
)
def test_what_has_no_meaning_is_refused(made):
    with pytest.raises(BadWaitingList):
        made()


# --- a list of people -----------------------------------------------------------------------------


def test_people_wait_from_referral_until_the_day_they_are_removed():
    people = waiting_list(days(0, 2, 2), days(3, None, 2))
    queue = lists.queue_by_day(people, day(-1), day(5))
    assert queue.waiting.tolist() == [0, 1, 1, 2, 1, 1]
    assert queue.days[0] == day(-1)


@given(st.lists(st.tuples(st.integers(0, 60), st.none() | st.integers(0, 40)), min_size=1))
def test_the_queue_of_each_day_is_who_waits_on_it(rows):
    begun = days(*(row[0] for row in rows))
    gone = days(*(None if row[1] is None else row[0] + row[1] for row in rows))
    people = waiting_list(begun, gone)
    queue = lists.queue_by_day(people, day(0), day(70))
    assert queue.waiting.tolist() == [int(people.waiting(each).sum()) for each in queue.days]


def test_python_dates_are_days_too():
    people = waiting_list([date(2024, 1, 1)], [None])
    assert people.waiting(day(0)).tolist() == [True]


def test_a_removal_before_its_referral_is_refused():
    with pytest.raises(BadWaitingList, match="before referral on 2024-01-02"):
        waiting_list(days(1), days(0))


def test_a_referral_without_a_day_is_refused():
    with pytest.raises(BadWaitingList, match="person at 1 has no day"):
        waiting_list(days(1, None), days(None, None))


def test_referrals_and_removals_come_in_pairs():
    with pytest.raises(WrongShape):
        waiting_list(days(1, 2), days(None))


def test_a_period_without_a_day_is_refused():
    with pytest.raises(BadWaitingList, match="the end is not included"):
        lists.queue_by_day(waiting_list(days(1), days(None)), day(3), day(3))


def test_how_many_have_waited_long_counts_from_the_week_itself():
    people = waiting_list(days(0, 7, 0), days(None, None, 3))
    assert lists.longest_waits(people, day(126), np.array([17, 18, 18.1])) == [2, 1, 0]


# --- statistics, and the faults of the peer -------------------------------------------------------

TARGET = 18


@pytest.fixture(scope="module")
def fifty_thousand():
    rows = table("peer-outputs/input_wl_50000.parquet")
    begun, gone = (
        rows[each].to_numpy().astype("datetime64[D]") for each in ("Referral", "Removal")
    )
    with (SHARED / "data/peer-outputs/r_wl_stats_50000.csv").open(encoding="utf-8") as file:
        theirs = next(csv.DictReader(file))
    people = waiting_list(begun, gone)
    last = begun.max()
    return lists.statistics(people, begun.min(), last + DAY, TARGET), theirs


def test_queue_and_mean_wait_of_fifty_thousand_are_the_peers(fifty_thousand):
    ours, theirs = fifty_thousand
    assert ours.queue == int(theirs["queue_size"])
    assert ours.mean_wait * 7 == pytest.approx(float(theirs["mean_wait"]), abs=1e-9)
    assert ours.too_big is True


def test_demand_counts_each_referral_once_over_the_days_of_the_period(fifty_thousand):
    ours, theirs = fifty_thousand
    assert ours.referred == 50_000 == int(theirs["count_demand"]) - 1
    assert ours.demand == pytest.approx(7 * 50_000 / 730)
    # The peer divides one referral more by one day fewer; undone, the sums agree.
    assert float(theirs["mean_demand"]) == pytest.approx(7 * 50_001 / 729)
    assert lists.target_queue(float(theirs["mean_demand"]), TARGET) == pytest.approx(
        float(theirs["target_queue_size"]), abs=1e-9
    )
    assert lists.relief_capacity(
        float(theirs["mean_demand"]), 7627, float(theirs["target_queue_size"])
    ) == pytest.approx(float(theirs["relief_capacity"]), abs=1e-9)


def test_variation_of_a_list_made_by_chance_alone_is_about_one(fifty_thousand):
    ours, theirs = fifty_thousand
    assert 0.5 < ours.of_demand < 1.5
    assert float(theirs["cv_arrival"]) ** 2 > 60


def test_a_wait_in_days_is_not_set_against_a_target_in_weeks(fifty_thousand):
    ours, theirs = fifty_thousand
    assert float(theirs["pressure"]) == pytest.approx(2 * float(theirs["mean_wait"]) / TARGET)
    assert ours.pressure == pytest.approx(float(theirs["pressure"]) / 7)


def test_somebody_referred_after_the_period_is_not_waiting_in_it():
    people = waiting_list(days(0, 30), days(None, 40))
    found = lists.statistics(people, day(0), day(14), TARGET)
    assert (found.queue, found.referred) == (1, 1)
    assert found.mean_wait == pytest.approx(13 / 7)


def test_the_first_day_of_a_period_counts_and_its_end_does_not():
    people = waiting_list(days(0, 13, 14), days(None, None, None))
    assert lists.statistics(people, day(0), day(14), TARGET).referred == 2


def test_a_list_on_target_needs_what_keeps_it_there():
    begun = days(*range(140))
    people = waiting_list(begun, begun + 7 * DAY)
    found = lists.statistics(people, day(0), day(140), TARGET)
    assert found.too_big is False
    assert found.of_demand == 0
    assert found.needed == pytest.approx(found.demand + found.of_capacity / 2 * 4 / TARGET)


def test_a_list_that_sees_nobody_has_a_load_without_end():
    found = lists.statistics(waiting_list(days(0), days(None)), day(0), day(7), TARGET)
    assert found.load == np.inf
    assert np.isnan(found.of_demand)


# --- scheduling -----------------------------------------------------------------------------------


def test_people_are_seen_in_the_order_of_referral_in_the_first_slot_from_then():
    seen = lists.scheduled(days(5, 0, 1), days(0, 3, 3, 9))
    assert seen.referrals.tolist() == days(0, 1, 5).tolist()
    assert seen.removals.tolist() == days(0, 3, 9).tolist()


def test_those_for_whom_there_is_no_slot_go_on_waiting():
    assert np.isnat(lists.scheduled(days(0, 1), days(1)).removals).tolist() == [False, True]
    assert np.isnat(lists.scheduled(days(4), days(1)).removals).tolist() == [True]


NUMBERS = st.lists(st.integers(0, 30), max_size=25)


@given(NUMBERS, NUMBERS)
def test_nobody_is_seen_early_no_slot_twice_and_nobody_overtakes(begun, slots):
    seen = lists.scheduled(days(*begun), days(*slots))
    used = seen.removals[~np.isnat(seen.removals)]
    assert (seen.removals >= seen.referrals)[~np.isnat(seen.removals)].all()
    assert (np.diff(used).astype(int) >= 0).all()
    assert all(
        slots.count(int((each - day(0)).astype(int))) >= (used == each).sum() for each in used
    )
    # With nobody leaving unseen, the plain queue gives the same days.
    queued = lists.scheduled(days(*begun), days(*slots), withdrawals=days(*[None] * len(begun)))
    assert np.array_equal(queued.removals, seen.removals, equal_nan=True)


def test_a_slot_goes_to_the_next_when_somebody_has_left():
    seen = lists.scheduled(days(0, 0, 1), days(5), withdrawals=days(5, None, None))
    assert seen.removals.tolist() == days(5, 5, None).tolist()
    later = lists.scheduled(days(0, 0, 1), days(5), withdrawals=days(6, None, None))
    assert later.removals.tolist() == days(5, None, None).tolist()


def test_an_invented_list_is_the_same_each_time_and_near_what_was_asked():
    def made(**more):
        return lists.simulated(
            day(0), day(700), demand=50, capacity=50, chance=np.random.default_rng(4), **more
        )

    people = made()
    assert np.array_equal(people.removals, made().removals, equal_nan=True)
    found = lists.statistics(people, day(0), day(700), TARGET)
    assert found.demand == pytest.approx(50, rel=0.1)
    assert found.capacity <= 50.1
    leavers = lists.statistics(made(withdraw=0.05), day(0), day(700), TARGET)
    assert leavers.queue < found.queue


@pytest.mark.parametrize("wrong", [{"demand": 0}, {"capacity": 0}, {"withdraw": 1}])
def test_a_list_that_cannot_be_invented_is_refused(wrong):
    asked = {"demand": 5, "capacity": 5, "chance": np.random.default_rng(1)} | wrong
    with pytest.raises(BadWaitingList):
        lists.simulated(day(0), day(9), **asked)
