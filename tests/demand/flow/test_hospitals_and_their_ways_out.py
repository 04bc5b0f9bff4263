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
