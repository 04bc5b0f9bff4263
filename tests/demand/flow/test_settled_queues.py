"""Settled queues: the known answers, and what must always hold.

Figures: Erlang's formulas worked out to eight places, as the project's page of known answers on
demand gives them (D2 to D5); B and C of the first rows are fractions that can be checked by hand.
"""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.demand.flow import arrivals, discharge, steady
from commonweal.demand.flow.steady import Unlimited, places_for, settled, turned_away
from commonweal.demand.flow.unstable import BadFlow, Unstable


@pytest.mark.parametrize("module", [steady, discharge, arrivals])
def test_the_examples_come_out_as_written(module):
    found = doctest.testmod(module)
    assert (found.failed, found.attempted > 0) == (0, True)


@pytest.mark.parametrize(
    ("places", "load", "away", "answers"),
    [
        (1, 0.5, 0.33333333, (0.50000000, 1.00000000, 0.500000)),
        (2, 1, 0.20000000, (0.33333333, 0.33333333, 0.333333)),
        (5, 4, 0.19906687, (0.55411255, 0.55411255, 2.216450)),
        (10, 8, 0.12166106, (0.40918015, 0.20459008, 1.636721)),
        (28, 25.76, 0.09585949, (0.56994514, 0.25443980, 6.554369)),
        (100, 92, 0.03494845, (0.31161521, 0.03895190, 3.583575)),
    ],
)
def test_erlangs_answers(places, load, away, answers):
    chance, stays_waited, waiting = answers
    queue = settled(places, load, 1)
    assert turned_away(places, load) == pytest.approx(away, abs=5e-9)
    assert queue.chance == pytest.approx(chance, abs=5e-9)
    assert queue.mean_wait == pytest.approx(stays_waited, abs=5e-9)
    assert queue.mean_waiting == pytest.approx(waiting, abs=5e-7)


def test_the_same_occupancy_is_fine_for_many_beds_and_bad_for_few():
    few, many = settled(28, 25.76 / 5.9, 5.9), settled(100, 92 / 5.9, 5.9)
    assert few.occupancy == pytest.approx(many.occupancy) == pytest.approx(0.92)
    assert few.mean_wait == pytest.approx(1.501195, abs=5e-7)  # days, on a ward of 28
    assert few.mean_wait > 6 * many.mean_wait


def test_beds_full_without_limit_follow_poisson_whatever_the_stays():
    full = Unlimited(80)
    assert (full.level(0.95), full.level(0.99)) == (95, 102)
    assert steady.Unlimited(0.01).level(0.5) == 0
    assert full.more_than(92) == pytest.approx(0.08355753, abs=5e-9)
    assert steady.places_that_turn_away(80, 0.01) == 96


def test_admissions_times_stay_is_beds_full():
    full = steady.load_of(13.5, 5.9)
    assert full == pytest.approx(79.65)
    assert full / 0.92 == pytest.approx(86.5761, abs=5e-5)


@pytest.mark.parametrize(
    ("places", "chance", "delayed", "days"),
    [
        (58, 0.848943, 48.389759, 5.093659),
        (60, 0.599039, 11.381750, 1.198079),
        (62, 0.410125, 4.675429, 0.492150),
        (66, 0.173953, 1.101700, 0.115968),
    ],
)
def test_people_delayed_in_hospital_for_want_of_a_place(places, chance, delayed, days):
    queue = settled(places, 9.5, 6)
    assert queue.chance == pytest.approx(chance, abs=5e-7)
    assert queue.mean_waiting == pytest.approx(delayed, abs=5e-7)
    assert queue.mean_wait == pytest.approx(days, abs=5e-7)


def test_the_fewest_places_keep_the_promise_and_one_fewer_does_not():
    places = places_for(4.366, 5.9, share=0.95, within=4 / 24)
    assert 1 - settled(places, 4.366, 5.9).waits_longer(4 / 24) >= 0.95
    assert 1 - settled(places - 1, 4.366, 5.9).waits_longer(4 / 24) < 0.95


def test_an_occupancy_of_a_hundred_per_cent_is_a_sentence():
    with pytest.raises(Unstable, match=r"occupancy of 100%.*at least 58 places"):
        settled(57, 9.5, 6)
    assert settled(58, 9.5, 6).chance < 1


def test_an_unstable_queue_is_a_sentence():
    with pytest.raises(Unstable, match=r"grow without end.*at least 58 places"):
        settled(56, 9.5, 6)


@pytest.mark.parametrize(
    "asked",
    [
        lambda: settled(0, 1, 1),
        lambda: settled(5, 0, 1),
        lambda: settled(5, 1, float("inf")),
        lambda: settled(5, float("nan"), 1),
        lambda: places_for(1, 1, share=1),
        lambda: places_for(100, 1, share=0.5, most=90),
        lambda: Unlimited(0),
        lambda: Unlimited(5).level(1),
        lambda: steady.places_that_turn_away(5, 0),
    ],
)
def test_what_no_queue_can_be_is_refused(asked):
    with pytest.raises(BadFlow):
        asked()


sizes = st.integers(1, 200)
loads = st.floats(0.05, 0.99)


@given(sizes, loads, st.floats(0.1, 30))
def test_people_waiting_are_arrivals_times_their_wait(places, occupancy, stay):
    arriving = places * occupancy / stay
    queue = settled(places, arriving, stay)
    assert queue.mean_waiting == pytest.approx(arriving * queue.mean_wait)
    assert 0 < queue.chance < 1


@given(sizes, loads)
def test_one_more_place_never_lengthens_a_wait(places, occupancy):
    load = places * occupancy
    assert settled(places + 1, load, 1).mean_wait < settled(places, load, 1).mean_wait


@given(loads)
def test_with_one_bed_the_chance_of_waiting_is_its_occupancy(occupancy):
    assert settled(1, occupancy, 1).chance == pytest.approx(occupancy)
    assert settled(1, occupancy, 1).mean_wait == pytest.approx(occupancy / (1 - occupancy))


@given(st.floats(0.01, 500), st.floats(0.01, 0.999))
def test_a_service_level_is_the_fewest_places_that_reach_it(load, share):
    places = Unlimited(load).level(share)
    assert 1 - Unlimited(load).more_than(places) >= share - 1e-9
    assert places == 0 or 1 - Unlimited(load).more_than(places - 1) < share + 1e-9
