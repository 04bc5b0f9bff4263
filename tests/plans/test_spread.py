"""A care model is said to be somewhere only if a source says so, and of the day it says it."""

from datetime import date

import pytest

from commonweal.plans.programmes import Adoption, Programme
from commonweal.plans.spread import care_models
from tests.making import a, record_of

TAKEN_UP = Programme(
    name="Home first", type="care model",
    adopted=(
        Adoption(where="kent/area/east", stage="in use", at="2022-06"),
        Adoption(printed="The coast"),
        Adoption(where="kent/area/west", stage="being set up", at="2022-09-01"),
    ),
)  # fmt: skip
RECORD = record_of(
    a("kent/programme/home-first", TAKEN_UP),
    a("kent/programme/beds", Programme(name="More beds")),
    a("dorset/programme/wards", Programme(name="Virtual wards", type="care model")),
)


def test_models_come_by_system_and_other_programmes_are_none():
    found = [each.name for each in care_models(RECORD(date(2022, 7, 1)))]
    assert found == ["dorset/programme/wards", "kent/programme/home-first"]


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        (date(2022, 5, 31), {"not recorded": 1}),
        (date(2022, 6, 1), {"not recorded": 1, "in use": 1}),
        (date(2022, 9, 1), {"not recorded": 1, "in use": 1, "being set up": 1}),
    ],
)
def test_a_stage_counts_from_the_day_of_which_it_is_said(day, counted):
    assert care_models(RECORD(day))[1].counted() == counted


def test_a_stage_without_a_day_is_refused():
    told = Programme(name="A model", adopted=(Adoption(printed="Kent", stage="in use"),))
    assert list(told.faults()) == [
        "It is said to be in use somewhere. Give the day of which that is true."
    ]


def test_a_place_without_a_name_is_refused():
    told = Programme(name="A model", adopted=(Adoption(stage="not recorded"),))
    assert list(told.faults()) == [
        "A place that took up the model is not named. Name it, or leave the line out."
    ]
