"""Bad input: a sentence each, before anything runs."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from commonweal.demand import frames
from commonweal.demand.capacity import (
    beds_by_occupancy,
    beds_by_service_level,
    caseload,
    sessions,
    spaces,
    staff,
)
from commonweal.demand.errors import CannotProject
from commonweal.demand.futures import Run, expect, project
from commonweal.demand.people import Activity, Inputs
from commonweal.demand.ranges import Range
from commonweal.demand.scenario import Health
from tests.demand.invented import NAMES, TYPES, growth, inputs, mitigation, people, scenario, used

SUBSTITUTION = {"kind": "substitution", "into": NAMES[2]}


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"horizon": 2036}, "The projection ends in 2035, before the horizon of 2036"),
        ({"base": 2024}, "The projection has no 2024: it runs from 2025 to 2035"),
        ({"horizon": 2025}, "The horizon, 2025, is not after the base year, 2025"),
        ({"variants": {"principal": 0.7, "high": 0.2}}, "add up to 0.9, not to 1"),
        ({"variants": {"low": 1.0}}, "no population variant “low”. There are: principal, high"),
        ({"variants": {"principal": 1.5, "high": -0.5}}, "it lies between 0 and 1"),
        ({"growth": (growth(Range(1.03, 1.01)),)}, "runs from 1.03 down to 1.01"),
        ({"growth": (growth(-0.01),)}, "1.035 is 3.5% more each year"),
        ({"growth": (growth(float("nan")),)}, "is not a number"),
        ({"growth": (growth(1.01), growth(1.02))}, "emergency-admissions is stated 2 times"),
        ({"growth": (growth(1.01, ("births",)),)}, "names “births”, which has no rates"),
        (
            {"health": Health(share=0.5, gain={2026: 0.1}, source="invented")},
            "not stated for 9 years, the first 2027",
        ),
        (
            {
                "health": Health(
                    share=50, gain=dict.fromkeys(range(2026, 2036), 1.0), source="invented"
                )
            },
            "Health would be 50 years from age",
        ),
    ],
)  # fmt: skip
def test_a_scenario_that_cannot_be_is_refused_in_words(asked, sentence):
    with pytest.raises(CannotProject) as refused:
        expect(inputs(), scenario(**asked), "north")
    assert any(sentence in fault for fault in refused.value.faults)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"remaining": -0.1}, "takes more than 100%"),
        ({"remaining": Range(0.9, 1.1)}, "takes more than 100% or adds"),
        ({"share": 1.2}, "acts on 120% of the activity"),
        ({"share": None}, "that its source does not state"),
        ({"full": 2024}, "is in full in 2024, before it starts in 2025"),
        ({"from_age": 80, "to_age": 80}, "acts from age 80 up to 80, not included"),
        ({"to_age": 120}, "ages run from 0 to 100 and over"),
        ({"types": ()}, "names no type of activity"),
        ({"types": ("births",)}, "names “births”, which has no rates"),
        ({"kind": "efficiency"}, "makes stays shorter, but emergency-admissions counts events"),
        ({"kind": "substitution"}, "says into what activity it turns"),
        ({"into": NAMES[2]}, "a substitution, and nothing else"),
        (SUBSTITUTION | {"into": "births"}, "names “births”"),
        (SUBSTITUTION | {"into": NAMES[0]}, "turns an activity into itself"),
    ],
)
def test_a_mitigation_that_cannot_be_is_refused_in_words(asked, sentence):
    with pytest.raises(CannotProject) as refused:
        expect(inputs(), scenario(mitigations=(mitigation(**asked),)), "north")
    assert any(sentence in fault for fault in refused.value.faults)


def test_every_fault_is_told_at_once():
    wrong = scenario(horizon=2040, variants={"low": 1.0}, mitigations=(mitigation(share=2),))
    with pytest.raises(CannotProject) as refused:
        expect(inputs(), wrong, "north")
    assert len(refused.value.faults) == 3


def test_two_mitigations_need_two_names():
    with pytest.raises(CannotProject, match="Two mitigations are called “Care at home”"):
        expect(inputs(), scenario(mitigations=(mitigation(), mitigation())), "north")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"areas": ["E54000042"]}, "Codes change when boundaries do"),
        ({"areas": ["north", "north"]}, "Asked for twice: north"),
        ({"groups": {"system": ["east"]}}, "system is made of areas that are not projected: east"),
        ({"groups": {"north": ["south"]}}, "is the name of an area and of a group"),
    ],
)
def test_areas_and_groups_must_be_there(asked, sentence):
    with pytest.raises(CannotProject, match=sentence):
        project(inputs(), scenario(), Run(seed=1, code="test", draws=1), **asked)


@pytest.mark.parametrize("run", [{"seed": -1}, {"draws": 0}])
def test_a_run_has_a_seed_and_draws(run):
    with pytest.raises(CannotProject, match="ask for 1 or more"):
        project(inputs(), scenario(), replace(Run(seed=1, code="test"), **run))


def test_what_was_not_projected_is_not_told():
    with pytest.raises(CannotProject, match=r"“east” was not projected\. There are: north, south"):
        project(inputs(), scenario(), Run(seed=1, code="test", draws=1))["east"]


@pytest.mark.parametrize(
    ("rate", "sentence"),
    [(366.5, "a rate of 366.5 a person a year"), (-0.1, "a rate below nought, -0.1")],
)
def test_a_rate_that_nobody_can_have_is_refused(rate, sentence):
    rates = used()
    rates.rates[0, 0, 0, 0] = rate
    with pytest.raises(CannotProject, match=sentence):
        Inputs(people(), rates, "wrong")


def test_the_most_that_one_person_can_use_is_one_a_day():
    rates = used()
    rates.rates[0, 0, 0, 0] = 366
    assert Inputs(people(), rates, "right")


@pytest.mark.parametrize("cell", [-1, np.nan])
def test_people_below_nought_or_unknown_are_refused(cell):
    has = people()
    has.people[0, 0, 0, 0, 0] = cell
    with pytest.raises(CannotProject, match="give every cell"):
        Inputs(has, used(), "wrong")


@pytest.mark.parametrize("work", [beds_by_occupancy, beds_by_service_level])
@pytest.mark.parametrize("share", [0.0, 1.0, 1.2])
def test_an_occupancy_or_service_level_of_100_per_cent_is_refused(work, share):
    with pytest.raises(CannotProject, match="Give one between 0% and 100%"):
        work(1_000.0, share)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: spaces(1, minutes=0, hours=1, weeks=1, used=1),
        lambda: spaces(1, minutes=1, hours=1, weeks=1, used=0),
        lambda: sessions(1, each=0, weeks=42),
        lambda: caseload(1, contacts=1, daily=0, days=200),
        lambda: staff(1, weekly=37.5, away=1),
    ],
)
def test_a_conversion_by_nothing_is_refused(ask):
    with pytest.raises(CannotProject, match=r"above|below"):
        ask()


def rows(**others):
    given = {
        "area": ["a", "a"],
        "type": ["x", "x"],
        "age": [17, 19],
        "female": [1.0, 2],
        "male": [3.0, 4],
    }
    return pl.DataFrame(given | others)


def test_a_rate_whose_row_is_not_there_is_missing_not_nought():
    read = frames.rates(rows(), [Activity("x", "X")])
    assert read.ages == range(17, 20)
    assert np.isnan(read.rates[0, 0, 1]).all()
    assert read.rates[0, 0, 2].tolist() == [2, 4]


def test_types_come_in_the_order_wanted_and_others_are_left_out():
    two = pl.concat([rows(), rows(type=["w", "w"])])
    assert frames.rates(two, [Activity("x", "X")]).names == ("x",)
    assert frames.rates(two, [Activity("x", "X"), Activity("w", "W")]).names == ("x", "w")


def test_a_table_says_which_column_it_lacks():
    with pytest.raises(
        CannotProject, match=r"no column “male”\. There are: area, type, age, female"
    ):
        frames.rates(rows().drop("male"), TYPES)


def test_a_cell_given_twice_is_refused():
    with pytest.raises(CannotProject, match="2 rows twice"):
        frames.rates(pl.concat([rows(), rows()]), [Activity("x", "X")])


def test_a_population_with_a_hole_is_refused():
    cells = pl.DataFrame(
        {"area": ["a", "a"], "variant": ["v", "v"], "year": [2025, 2026], "age": [0, 1],
         "female": [1, 1], "male": [1, 1]}
    )  # fmt: skip
    with pytest.raises(CannotProject, match="lacks 2 cells of 4"):
        frames.population(cells)


def test_a_population_comes_out_of_rows_in_any_order():
    cells = pl.DataFrame(
        {"area": ["b", "a"], "variant": ["v", "v"], "year": [2025, 2025], "age": [0, 0],
         "female": [3, 1], "male": [4, 2]}
    )  # fmt: skip
    read = frames.population(cells)
    assert read.areas == ("a", "b")
    assert read.people.ravel().tolist() == [1, 2, 3, 4]
