"""One milestone in many bodies is set side by side, by name, and nobody is ranked."""

from datetime import date

import pytest

from commonweal.plans.milestones import Milestone
from commonweal.plans.sisters import reached_by, shared
from tests.making import a, record_of

DAY = date(2022, 8, 1)
WIDER = "england/milestone/partnerships"


def own(system, **fields):
    fact = Milestone(**{"name": "Our partnership", "wider": WIDER} | fields)
    return a(f"{system}/milestone/ours", fact)


def beside(*own_ones, **wider):
    fact = Milestone(**{"name": "Partnerships everywhere", "when": "2022-07"} | wider)
    (found,) = shared(record_of(a(WIDER, fact), *own_ones)(DAY))
    return found


def test_bodies_come_by_name_and_not_by_how_they_do():
    found = beside(
        own("surrey", reached="reached", reached_on="2022-07-01"),
        own("kent", when="2022-06"),
        own("dorset", reached="under way", reached_on="2022-07-20", when="2022-07"),
    )
    assert [each.stands.name.split("/")[0] for each in found.own] == ["dorset", "kent", "surrey"]
    assert [each.stands.name for each in reached_by(found.own)] == ["surrey/milestone/ours"]


@pytest.mark.parametrize(
    ("fields", "against"),
    [
        ({"when": "2022-06"}, "sooner"),
        ({"when": "2022-07-31"}, "the same time"),  # the last day that July can mean
        ({"when": "2022-07", "firm": "by"}, "the same time"),
        ({"when": "2022-08-01"}, "later"),
        ({}, "no date to compare"),
    ],
)
def test_two_dates_are_compared_by_the_last_day_that_each_can_mean(fields, against):
    (each,) = beside(own("kent", **fields)).own
    assert each.against == against


def test_a_wider_milestone_without_a_date_is_compared_with_nothing():
    (each,) = beside(own("kent", when="2022-06"), when=None).own
    assert each.against == "no date to compare"


def test_a_milestone_of_which_no_body_has_its_own_stands_beside_nothing():
    assert shared(record_of(a(WIDER, Milestone(name="Alone")))(DAY)) == []


def test_a_milestone_is_not_set_beside_itself():
    assert shared(record_of(a(WIDER, Milestone(name="Alone", wider=WIDER)))(DAY)) == []


def test_wider_milestones_come_by_date_and_those_without_one_last():
    items = [
        a(f"england/milestone/{slug}", Milestone(name=slug, when=when))
        for slug, when in (("b", "2022-07"), ("a", None), ("c", "2021"))
    ]
    items += [
        a(f"kent/milestone/{slug}", Milestone(name=slug, wider=f"england/milestone/{slug}"))
        for slug in "abc"
    ]
    found = shared(record_of(*items)(DAY))
    assert [each.wider.fact.name for each in found] == ["c", "b", "a"]
