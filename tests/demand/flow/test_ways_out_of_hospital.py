"""Ways out of hospital: who is delayed for want of a place, and what that costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.demand.flow import discharge
from commonweal.demand.flow.discharge import WayOut, cheapest, outlook, places_of
from commonweal.demand.flow.unstable import BadFlow, Unstable

HOME = WayOut("Support at home", 9.5, 6, place_pence=8_000, delayed_pence=40_000)
CARE = WayOut("Step-down beds", 2.0, 20, place_pence=20_000, delayed_pence=40_000)


def test_four_more_places_free_some_forty_four_hospital_beds():
    assert discharge.beds_freed(HOME, 58, 4) == pytest.approx(48.389759 - 4.675429, abs=1e-6)


def test_places_cost_whether_used_or_not_and_delays_cost_hospital_beds():
    here = outlook(HOME, 60)
    assert here.places_cost == 60 * 8_000
    assert here.delays_cost == round(here.delayed * 40_000) == 455_270
    assert here.cost == 480_000 + 455_270


def test_ways_out_add_up():
    delayed, cost = discharge.together([outlook(HOME, 60), outlook(CARE, 45)])
    assert delayed == outlook(HOME, 60).delayed + outlook(CARE, 45).delayed
    assert cost == outlook(HOME, 60).cost + outlook(CARE, 45).cost


def test_no_other_number_of_places_costs_less_than_the_cheapest():
    places, best = cheapest(HOME, most=90)
    assert best.cost == min(outlook(HOME, each).cost for each in range(58, 91))
    assert outlook(HOME, places) == best


def test_free_places_are_all_opened_and_free_delays_open_none_to_spare():
    assert cheapest(HOME._replace(place_pence=0), most=70)[0] == 70
    assert cheapest(HOME._replace(delayed_pence=0), most=70)[0] == 58
    assert cheapest(HOME._replace(place_pence=0, delayed_pence=0), most=70)[0] == 58  # of equals


@pytest.mark.parametrize(
    ("visits", "first", "last", "places"),
    [(150, 4, 1, 60), (149, 4, 1, 59), (60, 1, 1, 60), (60, 2, 0, 60)],
)
def test_visits_a_day_are_people_who_can_be_looked_after(visits, first, last, places):
    assert places_of(visits, first=first, last=last) == places


def test_more_visits_on_the_last_day_than_on_the_first_are_refused():
    with pytest.raises(BadFlow, match="give 0 to 2"):
        places_of(60, first=2, last=3)


def test_a_cost_below_nothing_is_refused():
    with pytest.raises(BadFlow, match="Support at home"):
        outlook(HOME._replace(place_pence=-1), 60)


def test_too_few_places_are_a_sentence_before_any_sum():
    with pytest.raises(Unstable, match="at least 58"):
        cheapest(HOME, most=57)
    assert cheapest(HOME, most=58)[0] == 58


@given(st.integers(58, 120), st.integers(0, 20))
def test_more_places_never_delay_more_people(places, more):
    assert discharge.beds_freed(HOME, places, more) >= 0
