"""A hospital and its ways out together. Seeds are fixed, so that no chance can fail a test."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.demand.flow import hospital, pool
from commonweal.demand.flow.arrivals import Pattern
from commonweal.demand.flow.futures import over
from commonweal.demand.flow.hospital import Hospital, Way
from commonweal.demand.flow.running import starts_and_leaves
from commonweal.demand.flow.stays import Stay
from commonweal.demand.flow.steady import settled
from commonweal.demand.flow.unstable import BadFlow, Unstable
from tests.demand.flow import referee

MONDAY = date(2026, 11, 23)
HOME, CARE = Way("Support at home", 0.4, 14, Stay(3)), Way("Care home", 0.1, 12, Stay(9))
HOSPITAL = Hospital(60, Pattern(10), Stay(5), (HOME, CARE))


def run(given, days=30, *, replications=10, seed=5, **how):
    return hospital.nights(given, MONDAY, days, replications=replications, seed=seed, **how)


def crowd(seed, size=400, ways=2):
    """Arrivals, stays, ways out and days of care."""
    chance = np.random.default_rng(seed)
    return (
        np.cumsum(chance.exponential(1 / 5.5, size)),
        chance.exponential(1, size),
        chance.integers(-1, ways, size),
        chance.exponential(2, size),
    )


def through(people, beds, places, *, cleaning=0.0, compiled=False):
    came, stay, ways, cares = people
    nobody, none = np.empty(0), np.empty(0, np.int64)
    asked = (came, stay, np.full(came.size, np.inf), ways, cares, nobody, none, nobody)
    frees = [np.zeros(each) for each in places]
    return starts_and_leaves(asked, cleaning, np.zeros(beds), frees, compiled=compiled)


def test_a_bed_is_kept_until_there_is_a_place():
    # Two beds, one place: the second to be well waits for it, and the third for the bed.
    people = np.array([0.0, 0, 1]), np.array([1.0, 2, 1]), np.array([0, 0, -1]), np.full(3, 4.0)
    starts, leaves = through(people, 2, [1])
    assert starts.tolist() == [0, 0, 1]
    assert leaves.tolist() == [1, 5, 2]
    starts, leaves = through((people[0], people[1], people[2] * 0, people[3]), 2, [1])
    assert (starts.tolist(), leaves.tolist()) == ([0, 0, 1], [1, 5, 9])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_simpy_has_everybody_come_and_go_at_the_same_moment(seed):
    people = crowd(seed)
    ours = through(people, 8, [5, 4], cleaning=0.125)
    theirs = referee.hospital(people, 8, [5, 4], cleaning=0.125)
    np.testing.assert_array_equal(ours[0], theirs[0])
    np.testing.assert_array_equal(ours[1], theirs[1])
    assert (ours[1] - ours[0] - people[1] > 1e-9).any()  # somebody was delayed


@pytest.mark.slow
def test_compiled_and_plain_give_the_same_to_the_last_digit():
    people = crowd(4, 5_000)
    compiled, plain = (through(people, 8, [5, 4], compiled=how) for how in (True, False))
    assert compiled[0].tobytes() == plain[0].tobytes()
    assert compiled[1].tobytes() == plain[1].tobytes()


@given(st.integers(0, 10**6), st.integers(1, 8))
def test_with_places_for_all_a_hospital_is_a_pool_of_beds(seed, beds):
    people = crowd(seed, 100)
    came, stay = people[:2]
    starts, leaves = through(people, beds, [100, 100])
    alone = pool.run(pool.Patients(came, stay, np.full(100, np.inf)), pool.beds(beds))
    assert starts.tolist() == alone.starts.tolist()
    assert leaves.tolist() == alone.leaves.tolist()


@given(st.integers(0, 10**6), st.integers(1, 6), st.integers(1, 4))
def test_nobody_is_in_a_bed_or_place_that_is_taken(seed, beds, places):
    people = crowd(seed, 100, ways=1)
    starts, leaves = through(people, beds, [places])
    times = np.sort(np.concatenate([starts, leaves]))
    assert pool.between(starts, leaves, times).max() <= beds
    out = people[2] == 0
    gone = leaves[out]
    assert pool.between(gone, gone + people[3][out], np.sort(gone)).max() <= places


def test_delays_come_to_erlangs_where_beds_are_no_limit():
    # Those who leave beds nobody waits for leave by chance, as they came: four a day for home.
    roomy = HOSPITAL._replace(beds=400)
    found = run(roomy, 200, replications=40, settling=60)
    for at, (places, arriving, care) in enumerate(((14, 4, 3), (12, 1, 9))):
        delayed = over(found.delayed[:, at].mean(axis=1))
        assert abs(delayed.mean - settled(places, arriving, care).mean_waiting) < 4 * delayed.error
    occupied = over(found.occupied.mean(axis=1) - found.delayed.sum(axis=1).mean(axis=1))
    assert abs(occupied.mean - 50) < 4 * occupied.error


def test_places_outside_shorten_the_queue_at_the_front_door():
    tight = HOSPITAL._replace(beds=56, ways=(HOME._replace(places=13), CARE))
    eased = HOSPITAL._replace(beds=56, ways=(HOME._replace(places=18), CARE))
    before, after = (run(each, 120, settling=40) for each in (tight, eased))
    assert after.waiting.mean() < before.waiting.mean() / 2
    assert after.delayed[:, 0].mean() < before.delayed[:, 0].mean() / 2
    assert before.occupied.max() == 56


def test_todays_people_take_beds_and_places_from_the_first_night():
    full = HOSPITAL._replace(present=(2.0,) * 60, ways=(HOME._replace(present=(1.0,) * 14), CARE))
    empty, crowded = run(HOSPITAL, 60), run(full, 60)
    assert crowded.occupied[:, 0].mean() > 40 > empty.occupied[:, 0].mean() + 20
    assert crowded.delayed[:, 0, 2].mean() > empty.delayed[:, 0, 2].mean()


def test_a_hospital_without_ways_out_delays_nobody():
    found = run(HOSPITAL._replace(ways=()))
    assert found.delayed.shape == (10, 0, 30)
    assert found.occupied.max() <= 60


def test_the_same_seed_gives_the_same_bytes():
    assert run(HOSPITAL).delayed.tobytes() == run(HOSPITAL).delayed.tobytes()
    assert run(HOSPITAL).delayed.tobytes() != run(HOSPITAL, seed=6).delayed.tobytes()


@pytest.mark.parametrize(
    ("asked", "error", "says"),
    [
        (HOSPITAL._replace(beds=50), Unstable, "100%"),
        (HOSPITAL._replace(beds=49), Unstable, "at least 51 places"),
        (HOSPITAL._replace(ways=(HOME._replace(places=12),)), Unstable, "at least 13"),
        (HOSPITAL._replace(ways=(HOME, CARE._replace(share=0.7))), BadFlow, "110%"),
        (HOSPITAL._replace(ways=(HOME._replace(care=Stay(0)),)), BadFlow, "mean stay"),
        (HOSPITAL._replace(present=(1.0,) * 61), BadFlow, "61 people are in 60 beds"),
    ],
)
def test_what_no_hospital_can_have_is_refused(asked, error, says):
    with pytest.raises(error, match=says):
        run(asked)


def test_settling_leaves_days_to_count():
    with pytest.raises(BadFlow, match="leaves none"):
        run(HOSPITAL, 10, settling=10)
    assert run(HOSPITAL, 10, settling=9).occupied.shape == (10, 1)


# --- ranks, patience and people who wait already --------------------------------------------------


def ranked(people, ranks, beds, places, *, patience=np.inf, compiled=False):
    came, stay, ways, cares = people
    nobody, none = np.empty(0), np.empty(0, np.int64)
    waits = np.full(came.size, patience)
    asked = (came, stay, waits, ways, cares, nobody, none, nobody)
    frees = [np.zeros(each) for each in places]
    return starts_and_leaves(asked, 0.1, np.zeros(beds), frees, ranks=ranks, compiled=compiled)


@given(st.integers(0, 10**6), st.integers(1, 8))
def test_of_one_rank_nobody_is_overtaken(seed, beds):
    people = crowd(seed, 150)
    starts, _ = ranked(people, np.zeros(150, np.int64), beds, [3, 3])
    assert (np.diff(starts) >= 0).all()


@given(st.integers(0, 10**6), st.integers(1, 8))
def test_with_places_for_all_ranks_are_those_of_a_pool_of_beds(seed, beds):
    people = crowd(seed, 100)
    ranks = np.random.default_rng(seed).integers(0, 3, 100)
    starts, leaves = ranked(people, ranks, beds, [200, 200])
    patients = pool.Patients(*people[:2], np.full(100, np.inf), ranks)
    alone = pool.run(patients, pool.beds(beds, cleaning=0.1), cleaning=0.1)
    # Cleaning is added to the stay there and to the leaving here: alike but for the last digit.
    np.testing.assert_allclose(starts, alone.starts, rtol=1e-12)
    np.testing.assert_allclose(leaves, alone.leaves, rtol=1e-12)


def test_the_more_urgent_goes_first_though_the_other_came_before():
    people = np.array([0.0, 1, 2]), np.full(3, 5.0), np.full(3, -1), np.zeros(3)
    starts, _ = ranked(people, np.array([1, 1, 0]), 1, [1])
    assert starts.round(9).tolist() == [0, 10.2, 5.1]


@pytest.mark.slow
def test_compiled_and_plain_give_ranks_the_same_to_the_last_digit():
    people = crowd(4, 5_000)
    ranks = np.random.default_rng(4).integers(0, 3, 5_000)
    compiled, plain = (ranked(people, ranks, 8, [5, 4], compiled=how) for how in (True, False))
    assert compiled[0].tobytes() == plain[0].tobytes()
    assert compiled[1].tobytes() == plain[1].tobytes()


@given(st.integers(0, 10**6), st.sampled_from([0.05, 0.5, 2.0]))
def test_nobody_waits_longer_than_their_patience(seed, patience):
    people = crowd(seed, 200)
    ranks = np.random.default_rng(seed).integers(0, 2, 200)
    starts, leaves = ranked(people, ranks, 3, [2, 2], patience=patience)
    got = ~np.isnan(starts)
    assert (starts[got] - people[0][got] <= patience).all()
    assert (np.isnan(leaves) == ~got).all()


def test_where_people_leave_without_even_too_few_beds_can_be_run():
    small = HOSPITAL._replace(beds=20)
    with pytest.raises(Unstable):
        run(small)
    found = run(small._replace(patience=0.5))
    assert (found.left > 0).all()
    assert found.occupied.max() <= 20


def test_nobody_leaves_where_nobody_would():
    assert run(HOSPITAL).left.tolist() == [0] * 10


def test_those_who_wait_today_keep_the_others_waiting_on_the_first_night():
    busy = HOSPITAL._replace(present=(1.0,) * 60)
    before, after = run(busy, 20), run(busy._replace(waiting=(0.5,) * 30), 20)
    assert (after.waiting[:, 0] > before.waiting[:, 0]).all()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"ranks": (0.5, 0.4)}, "add up to 0.9"),
        ({"patience": 0}, "patience"),
        ({"waiting": (-1.0,)}, "less than no time"),
    ],
)
def test_turns_that_cannot_be_are_said(more, sentence):
    with pytest.raises(BadFlow, match=sentence):
        run(HOSPITAL._replace(**more))
