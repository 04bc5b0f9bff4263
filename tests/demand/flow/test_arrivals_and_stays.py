"""Who comes when, and how long they stay."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.demand.flow import arrivals, stays
from commonweal.demand.flow.arrivals import Pattern, Surge, expected
from commonweal.demand.flow.stays import Observed, Stay
from commonweal.demand.flow.unstable import BadFlow

MONDAY = date(2026, 11, 23)


def chance(seed=20261122):
    return np.random.default_rng(seed)


def test_without_weights_every_hour_is_alike():
    hours = expected(Pattern(48), MONDAY, 3)
    assert hours.shape == (3, 24)
    assert hours == pytest.approx(np.full((3, 24), 2.0))


def test_nights_and_weekends_are_quieter_and_the_week_adds_up():
    pattern = Pattern(10, hours=(0.5,) * 8 + (1.25,) * 16, weekdays=(6, 6, 6, 6, 6, 3, 2))
    hours = expected(pattern, MONDAY, 7)
    assert hours.sum() == pytest.approx(70)
    assert hours.sum(axis=1)[0] == pytest.approx(12)
    assert hours[0, 7] / hours[0, 8] == pytest.approx(0.4)  # the hour before eight, and after


def test_a_month_holds_from_its_first_day():
    pattern = Pattern(10, months=(1,) * 11 + (2,))
    november, december = expected(pattern, date(2026, 11, 30), 2).sum(axis=1)
    assert december == pytest.approx(2 * november)


def test_a_winter_surge_ends_the_day_before_its_end():
    surge = Surge(date(2026, 12, 1), date(2026, 12, 3), 1.5)
    days = expected(Pattern(10, surges=(surge,)), date(2026, 11, 30), 4).sum(axis=1)
    assert days == pytest.approx([10, 15, 15, 10])


def test_those_who_come_come_in_order_within_the_days_and_as_many_as_expected():
    pattern = Pattern(200, hours=(0,) * 12 + (1,) * 12)
    came = arrivals.drawn(expected(pattern, MONDAY, 400), chance())
    assert (np.diff(came) >= 0).all()
    assert came[0] >= 0
    assert came[-1] < 400
    assert (came % 1 >= 0.5).all()  # nobody before noon
    assert abs(came.size - 80_000) < 4 * np.sqrt(80_000)


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        (Pattern(0), "above 0"),
        (Pattern(1, hours=(1, 2)), "give 24"),
        (Pattern(1, weekdays=(0,) * 7), "not all 0"),
        (Pattern(1, months=(-1,) + (1,) * 11), "0 or more"),
        (Pattern(1, surges=(Surge(MONDAY, MONDAY, 2),)), "end after the start"),
    ],
)
def test_a_pattern_nobody_can_come_by_is_refused(pattern, says):
    with pytest.raises(BadFlow, match=says):
        expected(pattern, MONDAY, 1)


@pytest.mark.parametrize(
    ("stay", "deviation"),
    [
        (Stay(5.9), 5.9),
        (Stay(5.9, "lognormal", 1.5), 5.9 * 1.5),
        (Observed((1, 2, 12)), float(np.std([1, 2, 12]))),
    ],
)
def test_stays_have_their_mean_and_spread(stay, deviation):
    days = stays.drawn(stay, 200_000, chance())
    assert days.mean() == pytest.approx(stay.mean, abs=4 * deviation / np.sqrt(200_000))
    assert days.std() == pytest.approx(deviation, rel=0.05)


def test_a_fixed_stay_has_what_is_left_of_it():
    assert stays.left(Stay(5, "fixed"), [0, 2, 5, 9], chance()).tolist() == [5, 3, 0, 0]


def test_how_long_somebody_has_stayed_says_nothing_of_an_exponential_stay():
    assert stays.left(Stay(6), np.full(9, 30), chance()).tolist() == (
        stays.drawn(Stay(6), 9, chance()).tolist()
    )


def test_who_has_stayed_longer_than_most_has_longer_to_go_if_stays_differ_much():
    stay = Stay(6, "lognormal", 1.5)
    new, old = (stays.left(stay, np.full(4_000, been), chance()).mean() for been in (0, 30))
    assert old > 2 * new


def test_observed_stays_leave_only_those_that_were_longer():
    left = stays.left(Observed((1, 2, 12)), [0, 1, 2, 12, 40], chance())
    assert left[2] == 10
    assert left[3:].tolist() == [0, 0]
    assert left[1] in {1, 11}


def test_a_stay_of_no_days_is_a_stay():
    assert set(stays.drawn(Observed((0, 4)), 200, chance()).tolist()) == {0, 4}


@given(st.sampled_from(("exponential", "lognormal", "fixed")), st.floats(0, 1e6))
def test_days_left_are_numbers_of_nought_or_more(shape, been):
    left = stays.left(Stay(6, shape, 0.8), np.full(20, been), chance())
    assert (np.isfinite(left) & (left >= 0)).all()


@pytest.mark.parametrize(
    "stay", [Stay(0), Stay(5, "gamma"), Stay(5, "lognormal", 0), Observed(()), Observed((-1, 3))]
)
def test_a_stay_nobody_can_have_is_refused(stay):
    with pytest.raises(BadFlow):
        stays.drawn(stay, 1, chance())
