"""Many futures of a service. Seeds are fixed, so that no chance can fail a test.

One long run proves nothing: at 92% the mean wait of a million patients still has a standard
deviation of 4%. So each figure is the mean of many runs, and must be within four of its own standard
errors of Erlang's.
"""

from datetime import date

import numpy as np
import pytest

from commonweal.demand.flow import discharge, futures
from commonweal.demand.flow.arrivals import Pattern, Surge
from commonweal.demand.flow.futures import Service, Today, over, what_more_beds_buy
from commonweal.demand.flow.pool import Extra
from commonweal.demand.flow.stays import Observed, Stay
from commonweal.demand.flow.steady import settled
from commonweal.demand.flow.unstable import BadFlow, Unstable

MONDAY = date(2026, 11, 23)
WARD = Service(10, Pattern(8), Stay(1))


def run(service, days=20, *, replications=8, seed=7, **how):
    return futures.futures(service, MONDAY, days, replications=replications, seed=seed, **how)


def near(found, expected, errors=4):
    return abs(found.mean - expected) < errors * found.error


# --- Erlang ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def settled_ward():
    return run(WARD, 240, replications=40, settling=40, limits=(0.0, 0.5))


def test_waits_come_to_erlangs(settled_ward):
    queue = settled(10, 8, 1)
    assert near(over(settled_ward.mean_wait), queue.mean_wait)
    assert near(over(settled_ward.waited), queue.chance)
    assert near(over(settled_ward.waiting.mean(axis=1)), queue.mean_waiting)
    assert near(over(settled_ward.occupied.mean(axis=1)), queue.load)
    assert over(settled_ward.mean_wait).error < 0.1 * queue.mean_wait  # near means something


def test_shares_within_a_limit_come_to_erlangs(settled_ward):
    none, half_a_day = settled_ward.within.T
    queue = settled(10, 8, 1)
    assert near(over(none), 1 - queue.chance)
    assert near(over(half_a_day), 1 - queue.waits_longer(0.5))


def test_a_service_that_nobody_waits_for_is_as_full_as_poisson_has_it_whatever_the_stays():
    for stay in (Stay(4), Stay(4, "lognormal", 1.2), Observed((1, 2, 9))):
        found = run(Service(200, Pattern(10), stay), 150, replications=30, settling=60)
        assert near(over(found.occupied.mean(axis=1)), 40)
        assert over(found.occupied.var(axis=1)).mean == pytest.approx(40, rel=0.25)


@pytest.mark.slow
def test_a_way_out_of_hospital_delays_as_many_as_erlang_says():
    way = discharge.WayOut("Support at home", 9.5, 6, place_pence=0, delayed_pence=0)
    found = run(
        discharge.service(way, 62), 1_000, replications=60, seed=11, settling=300, compiled=False
    )
    delayed = over(found.waiting.mean(axis=1))
    assert near(delayed, 4.675429)
    assert delayed.error < 0.6


# --- from today -----------------------------------------------------------------------------------


def test_the_first_night_remembers_today_and_a_later_one_has_forgotten():
    crowded = WARD._replace(today=Today(in_beds=(3.0,) * 10, waiting=(1.0,) * 15))
    empty, full = (run(each, 60, replications=40).waiting for each in (WARD, crowded))
    assert full[:, 0].mean() > empty[:, 0].mean() + 8
    assert (full[:, 59] == empty[:, 59]).mean() > 0.9  # the same people come to both


def test_those_who_wait_today_are_counted_with_the_days_they_waited():
    idle = Service(1, Pattern(1e-9), Stay(1, "fixed"), today=Today(waiting=(3.0, 5.0)))
    found = run(idle, 4, replications=1)
    assert found.mean_wait.tolist() == [4.5]  # five days, and three days and one more
    assert found.waiting[0].tolist() == [0, 0, 0, 0]
    assert found.occupied[0].tolist() == [1, 0, 0, 0]


def test_nobody_is_counted_who_came_before_it_had_settled():
    none = Surge(date(2026, 11, 24), date(2026, 12, 24), 0)
    monday_only = Service(9, Pattern(20, surges=(none,)), Stay(0.1, "fixed"))
    found = run(monday_only, 4, settling=1)
    assert np.isnan(found.mean_wait).all()
    assert found.occupied.shape == (8, 3)
    assert not np.isnan(run(monday_only, 4).mean_wait).any()


def test_who_has_waited_long_already_has_all_their_patience_still():
    waiting = Service(1, Pattern(1e-9), Stay(1, "fixed"), patience=9, today=Today(waiting=(400.0,)))
    assert run(waiting, 2, replications=20).left.tolist() == [0] * 20


# --- plans meet the same patients -----------------------------------------------------------------


def test_the_same_seed_gives_the_same_bytes_and_another_does_not():
    assert run(WARD).waiting.tobytes() == run(WARD).waiting.tobytes()
    assert run(WARD).waiting.tobytes() != run(WARD, seed=8).waiting.tobytes()


def test_more_futures_leave_the_first_ones_as_they_were():
    few, many = run(WARD, replications=3), run(WARD, replications=5)
    assert many.waiting[:3].tobytes() == few.waiting.tobytes()


def test_more_beds_help_in_every_future_because_the_same_people_come():
    fewer, more = run(WARD), run(WARD._replace(beds=11))
    assert (more.mean_wait <= fewer.mean_wait).all()
    assert (more.waiting <= fewer.waiting).all()


def test_each_ten_beds_buy_less_than_the_ten_before():
    now, ten, twenty = what_more_beds_buy(
        Service(60, Pattern(9.5), Stay(6)), MONDAY, 200,
        more=(10, 20), replications=12, seed=3, settling=60,
    )  # fmt: skip
    assert now.fewer_waiting.mean == 0
    assert 0 < ten.fewer_waiting.mean <= twenty.fewer_waiting.mean
    assert twenty.fewer_waiting.mean - ten.fewer_waiting.mean < ten.fewer_waiting.mean


# --- winter, ranks, leaving -----------------------------------------------------------------------


def test_a_winter_fills_the_ward_and_winter_beds_empty_it():
    surge = Surge(date(2026, 12, 3), date(2026, 12, 13), 1.4)
    winter = WARD._replace(arrivals=Pattern(8, surges=(surge,)))
    opened = winter._replace(extra=(Extra(6, opens=10, closes=24),))
    before, worse, eased = (
        run(each, 30, replications=30).waiting for each in (WARD, winter, opened)
    )
    assert worse[:, :10].tobytes() == before[:, :10].tobytes()  # nothing before its first day
    assert worse[:, 10:20].mean() > 2 * before[:, 10:20].mean()
    assert eased[:, 10:20].mean() < worse[:, 10:20].mean() / 2


def test_people_who_leave_shorten_the_queue_and_are_counted():
    found = run(WARD._replace(patience=0.5), 100, replications=20)
    assert 0 < over(found.left).mean < 0.2
    assert over(found.mean_wait).mean < over(run(WARD, 100, replications=20).mean_wait).mean


def test_ranks_leave_the_mean_wait_of_everybody_as_erlang_has_it():
    found = run(WARD._replace(ranks=(0.3, 0.7)), 240, replications=40, settling=40)
    assert near(over(found.mean_wait), settled(10, 8, 1).mean_wait)


# --- words ----------------------------------------------------------------------------------------


def test_the_board_is_told_in_how_many_futures_it_is_not_enough():
    found = run(WARD, replications=10)
    worst = np.sort(found.waiting.max(axis=1))
    limit = int(worst[3])
    number = int((worst > limit).sum())
    assert found.share_with_more_waiting_than(limit) == number / 10
    assert f"In {number} of 10 futures, more than {limit} people" in found.for_the_board(limit)


def test_a_figure_that_no_future_has_is_not_nought():
    found = run(Service(1, Pattern(1e-9), Stay(1)), 2)
    assert np.isnan(found.mean_wait).all()
    with pytest.raises(BadFlow, match="nobody came"):
        over(found.mean_wait)
    assert np.isnan(over(np.array([1.0])).error)  # one future tells nothing of chance


# --- before anything runs -------------------------------------------------------------------------


def test_an_unstable_queue_is_told_before_it_runs_and_runs_if_it_is_meant():
    flooded = WARD._replace(arrivals=Pattern(11))
    with pytest.raises(Unstable, match="at least 12 places"):
        run(flooded)
    assert run(flooded, 60, overloaded=True).waiting[:, 59].mean() > 30
    assert run(flooded._replace(patience=1)).left.mean() > 0  # who leaves keeps it stable


def test_an_occupancy_of_a_hundred_per_cent_is_told():
    with pytest.raises(Unstable, match="100%"):
        run(WARD._replace(arrivals=Pattern(10)))


def test_cleaning_and_winter_beds_count_towards_what_there_is_room_for():
    with pytest.raises(Unstable):
        run(WARD._replace(cleaning=0.3))
    run(WARD._replace(cleaning=0.3, extra=(Extra(2, 0, 10),)), 20)


@pytest.mark.parametrize(
    ("service", "how", "says"),
    [
        (WARD._replace(beds=0), {}, "at least 1"),
        (WARD._replace(ranks=(0.5, 0.6)), {}, "add up"),
        (WARD._replace(patience=0), {}, "patience"),
        (WARD, {"replications": 0}, "replications"),
        (WARD, {"settling": 20}, "leaves none"),
        (WARD._replace(today=Today(in_beds=(1.0,) * 11)), {}, "11 people are in 10 beds"),
        (WARD._replace(today=Today(waiting=(-1.0,))), {}, "less than no time"),
    ],
)
def test_what_cannot_be_run_is_a_sentence(service, how, says):
    with pytest.raises(BadFlow, match=says):
        run(service, **how)
