"""Who gets a bed when, patient by patient."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.demand.flow import pool
from commonweal.demand.flow.pool import Extra, Patients, beds
from commonweal.demand.flow.unstable import BadFlow
from tests.demand.flow.referee import simulated

NEVER = float("inf")


def patients(arrivals, stays, *, patience=None, ranks=None):
    came = np.asarray(arrivals, np.float64)
    stay = np.broadcast_to(np.asarray(stays, np.float64), came.shape).copy()
    waits = np.full(came.size, NEVER) if patience is None else np.asarray(patience, np.float64)
    return Patients(came, stay, waits, None if ranks is None else np.asarray(ranks, np.int64))


def crowd(seed, size=600, *, busy=0.97, number=6, leaving=False, ranked=False):
    chance = np.random.default_rng(seed)
    return patients(
        np.cumsum(chance.exponential(1 / (busy * number), size)),
        chance.lognormal(-0.3, 0.8, size),
        patience=chance.exponential(0.5, size) if leaving else None,
        ranks=chance.integers(0, 3, size) if ranked else None,
    )


def starts(people, places, **how):
    return pool.run(people, places, **how).starts.tolist()


# --- turns, worked by hand ------------------------------------------------------------------------


def test_the_first_to_come_gets_the_first_bed_to_come_free():
    assert starts(patients([0, 1, 2, 3], [5, 3, 1, 1]), beds(2)) == [0, 1, 4, 5]


def test_a_bed_is_given_after_it_was_cleaned():
    people = patients([0, 1], 2)
    assert starts(people, beds(1, cleaning=0.25), cleaning=0.25) == [0, 2.25]


def test_a_lower_rank_goes_first_but_nobody_is_put_out_of_a_bed():
    people = patients([0, 1, 2, 3], 5, ranks=[2, 2, 0, 2])
    assert starts(people, beds(1)) == [0, 10, 5, 15]


def test_somebody_who_would_wait_longer_than_they_would_leaves_and_takes_no_bed():
    people = patients([0, 1, 2], 5, patience=[NEVER, 4, 2.9])
    found = pool.run(people, beds(1))
    ranked = people._replace(ranks=np.zeros(3, np.int64))
    assert pool.run(ranked, beds(1)).starts[1] == 5
    assert found.starts[1] == 5  # as long as they would wait, and no longer
    assert np.isnan(found.starts[2])
    assert found.waiting(np.array([4.8, 4.95])).tolist() == [2, 1]


def test_those_who_come_at_once_with_beds_to_spare_get_them_at_once():
    for ranks in (None, [0, 0], [1, 0]):
        assert starts(patients([5, 5], 1, ranks=ranks), beds(2)) == [5, 5]


def test_nobody_leaves_early_of_those_who_would_wait_a_moment_more():
    people = patients([0, 1], 5, patience=[NEVER, 3.999])
    assert np.isnan(pool.run(people, beds(1)).starts[1])


def test_those_already_in_beds_hold_them_until_they_go():
    people = patients([0, 0.5], 1)
    found = pool.run(people, beds(2, present=[3, 1]), present=[3, 1])
    assert found.starts.tolist() == [1, 2]
    assert found.occupied(np.array([0.5, 1.5, 2.9, 3.0])).tolist() == [2, 2, 2, 0]
    assert found.waiting(np.array([0.5, 1.0, 2.0])).tolist() == [2, 1, 0]


def test_those_who_waited_already_go_first_and_their_wait_counts():
    found = pool.run(patients([-2, 0.5], 1), beds(1, present=[1]), present=[1])
    assert found.waits().tolist() == [3, 1.5]


def test_winter_beds_take_nobody_before_they_open_and_nobody_from_the_day_they_close():
    winter = beds(1, Extra(1, opens=2, closes=4))
    # The second of two is put into the winter bed the day it opens, and stays in it past its end.
    assert starts(patients([0, 1, 3.9, 4], [9, 1, 9, 1]), winter) == [0, 2, 3.9, 9]
    assert starts(patients([0, 1, 4, 4], [9, 1, 9, 1]), winter) == [0, 2, 9, 18]
    ranked = patients([0, 1, 4, 4], [9, 1, 9, 1], ranks=[0, 0, 1, 0])
    assert starts(ranked, winter) == [0, 2, 10, 9]


def test_where_every_bed_has_closed_whoever_is_left_waits_for_ever():
    closed = pool.Beds(np.zeros(1), np.ones(1))
    for ranks in (None, [0, 0]):
        found = pool.run(patients([0, 0.5], 3, ranks=ranks), closed)
        assert found.starts[0] == 0
        assert found.waiting(np.array([100.0])).tolist() == [1]


# --- simpy agrees to the last digit ---------------------------------------------------------------


@pytest.mark.parametrize("leaving", [False, True])
@pytest.mark.parametrize("ranked", [False, True])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_simpy_puts_everybody_into_a_bed_at_the_same_moment(leaving, ranked, seed):
    people = crowd(seed, leaving=leaving, ranked=ranked)
    present, cleaning = [0.4, 2.5, 0.1], 0.125
    ours = pool.run(
        people, beds(6, present=present, cleaning=cleaning), present=present, cleaning=cleaning
    ).starts
    theirs = simulated(people, 6, present=present, cleaning=cleaning)
    assert np.isnan(ours).any() == leaving
    np.testing.assert_array_equal(ours, theirs)


# --- compiled and plain are one text --------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("ranked", [False, True])
def test_compiled_and_plain_give_the_same_to_the_last_digit(ranked):
    winter = beds(6, Extra(2, opens=20, closes=60), present=[1, 2], cleaning=0.1)
    for seed, leaving in ((1, False), (2, True), (3, True)):
        people = crowd(seed, 5_000, busy=1.05, leaving=leaving, ranked=ranked)
        both = [
            pool.run(people, winter, present=[1, 2], cleaning=0.1, compiled=how).starts
            for how in (True, False)
        ]
        assert both[0].tobytes() == both[1].tobytes()


def test_without_a_compiler_to_ask_for_one_is_a_sentence(monkeypatch):
    monkeypatch.setattr(pool, "can_compile", lambda: False)
    people = patients([0], 1)
    with pytest.raises(BadFlow, match="commonweal"):
        pool.run(people, beds(1), compiled=True)
    assert starts(people, beds(1)) == [0]


# --- what must always hold ------------------------------------------------------------------------

seeds, few = st.integers(0, 10**6), st.integers(1, 8)


@given(seeds, few)
def test_with_one_rank_for_all_it_is_first_come_first_served(seed, number):
    people = crowd(seed, 120, number=number, leaving=True)
    ranked = people._replace(ranks=np.zeros(120, np.int64))
    assert starts(people, beds(number)) == pytest.approx(starts(ranked, beds(number)), nan_ok=True)


@given(seeds, few, st.booleans())
def test_never_more_people_than_beds_and_nobody_waits_beside_an_empty_one(seed, number, ranked):
    people = crowd(seed, 120, number=number, ranked=ranked)
    found = pool.run(people, beds(number))
    times = np.sort(np.concatenate([found.arrivals, found.starts, found.leaves]))
    full, waiting = found.occupied(times), found.waiting(times)
    assert full.max() <= number
    assert (full[waiting > 0] == number).all()
    assert (found.waits() >= 0).all()


@given(seeds, few)
def test_one_more_bed_lets_nobody_wait_longer(seed, number):
    people = crowd(seed, 120, number=number)
    fewer, more = (pool.run(people, beds(each)).waits() for each in (number, number + 1))
    assert (more <= fewer).all()


@given(seeds, few)
def test_ranks_change_who_waits_and_not_how_busy_the_beds_are(seed, number):
    # Only where every stay is alike does the order not change when beds come free.
    people = crowd(seed, 120, number=number)._replace(stays=np.full(120, 0.75))
    ranked = people._replace(ranks=np.arange(120, dtype=np.int64) % 3)
    plain, other = (pool.run(each, beds(number)) for each in (people, ranked))
    assert np.sort(plain.starts) == pytest.approx(np.sort(other.starts))
    assert plain.waits().sum() == pytest.approx(other.waits().sum())


# --- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (lambda: beds(0), "at least 1"),
        (lambda: beds(1, present=[1, 2]), "2 people are in 1 beds"),
        (lambda: beds(1, cleaning=-1), "Cleaning"),
        (lambda: beds(1, Extra(1, 3, 3)), "end after the start"),
        (lambda: beds(1, Extra(-1, 0, 3)), "0 or more beds"),
        (lambda: pool.run(patients([1, 0], 1), beds(1)), "sort them"),
        (lambda: pool.run(patients([0, 1], 1, patience=[1]), beds(1)), "one place for each"),
    ],
)
def test_what_no_ward_can_have_is_refused(asked, says):
    with pytest.raises(BadFlow, match=says):
        asked()


def test_two_people_in_two_beds_are_as_many_as_there_may_be():
    assert beds(2, present=[1, 2]).opens.tolist() == [1, 2]
