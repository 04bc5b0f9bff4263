"""What holds of every projection, whatever is assumed."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from commonweal.demand.errors import CannotProject
from commonweal.demand.futures import Run, expect, project
from commonweal.demand.people import Inputs
from commonweal.demand.ranges import Range
from commonweal.demand.scenario import Baseline, Health, WaitingList
from commonweal.demand.waterfall import waterfall
from tests.demand.invented import (
    AREAS,
    NAMES,
    growth,
    inputs,
    mitigation,
    people,
    scenario,
    still,
    used,
)

ONE = Range(1.0, 1.0)
HEALTH = Health(share=Range(0.2, 0.6), gain=dict.fromkeys(range(2026, 2036), 1.0), source="it")
few = settings(max_examples=20)


def corrected(times, types=NAMES, **more):
    return Baseline(name="Put right", types=types, times=times, source="invented", **more)


def backlog(more, kind=NAMES[0], **others):
    given = {"name": "Those who wait", "first": 2027, "last": 2029, "source": "invented"}
    return WaitingList(type=kind, more=more, **given | others)


def everything(**others):
    """Something of every kind, some of it in one area alone."""
    return scenario(
        health=HEALTH, growth=(growth(Range(1.0, 1.02)),),
        baseline=(corrected(Range(0.98, 1.02), areas=("south",)),),
        mitigations=(
            mitigation(remaining=Range(0.5, 0.9), from_age=65),
            mitigation(name="In the north", remaining=Range(0.7, 0.9), areas=("north",)),
            mitigation(
                name="Same day", kind="substitution", remaining=0.8, into=NAMES[2],
                types=(NAMES[0],), areas=("west",),
            ),
        ),
        waiting=(backlog(Range(40, 60)),), **others,
    )  # fmt: skip


# --- nothing assumed, nothing changed ------------------------------------------------------------


@given(
    types=st.sets(st.sampled_from(NAMES), min_size=1), share=st.floats(0, 1),
    age=st.integers(0, 90), kind=st.sampled_from(["avoidance", "substitution"]),
)  # fmt: skip
@few
def test_zero_growth_and_factors_of_one_return_the_baseline(types, share, age, kind):
    into = {"into": NAMES[2], "types": (NAMES[0],)} if kind == "substitution" else {}
    change = {"kind": kind, "types": tuple(types), "remaining": ONE, "share": share}
    asked = still(
        growth=(growth(ONE),), baseline=(corrected(ONE),), waiting=(backlog(0),),
        mitigations=(mitigation(**change | into, from_age=age),),
    )  # fmt: skip
    made = expect(inputs(), asked, "north")
    np.testing.assert_allclose(made, np.broadcast_to(made[0], made.shape), rtol=1e-12)
    np.testing.assert_allclose(made[0], expect(inputs(), still(), "north")[0], rtol=1e-12)


@given(times=st.integers(2, 9), area=st.sampled_from(AREAS))
@few
def test_so_many_times_the_people_use_so_many_times_the_care(times, area):
    has = people()
    more = dataclasses.replace(has, people=has.people * times)
    asked = replace(everything(), waiting=())
    one, many = (expect(Inputs(each, used(), "invented"), asked, area) for each in (has, more))
    np.testing.assert_allclose(many, times * one, rtol=1e-12)


# --- the base year put right ---------------------------------------------------------------------


@given(times=st.floats(0.5, 2), kind=st.sampled_from(NAMES))
@few
def test_a_base_year_put_right_moves_every_year_alike_and_no_other_type(times, kind):
    at = NAMES.index(kind)
    one = expect(inputs(), scenario(), "north")
    made = expect(inputs(), scenario(baseline=(corrected(times, (kind,)),)), "north")
    np.testing.assert_allclose(made[:, at], times * one[:, at], rtol=1e-12)
    others = [number for number in range(len(NAMES)) if number != at]
    assert made[:, others].tobytes() == one[:, others].tobytes()


def test_a_base_year_put_right_in_one_area_leaves_the_futures_of_the_others_to_the_byte():
    run = Run(seed=4, code="test", draws=20)
    asked = scenario(baseline=(corrected(Range(1.1, 1.3), areas=("south",)),))
    one, made = (project(inputs(), each, run, kept=AREAS) for each in (scenario(), asked))
    same = [one[area].counts.tobytes() == made[area].counts.tobytes() for area in AREAS]
    assert same == [True, False, True]


# --- people who wait already ---------------------------------------------------------------------


@given(
    more=st.floats(0, 5_000), kind=st.sampled_from(NAMES), first=st.integers(2026, 2035),
    years=st.integers(0, 9), remaining=st.floats(0, 1),
)  # fmt: skip
@few
def test_a_waiting_list_adds_so_many_in_its_years_and_nothing_acts_on_it(
    more, kind, first, years, remaining
):
    last, at = min(first + years, 2035), NAMES.index(kind)
    less = scenario(mitigations=(mitigation(types=NAMES, remaining=remaining),))
    asked = replace(less, waiting=(backlog(more, kind, first=first, last=last),))
    apart = expect(inputs(), asked, "north") - expect(inputs(), less, "north")
    wanted = np.zeros_like(apart)
    wanted[first - 2025 : last - 2025 + 1, at] = more
    np.testing.assert_allclose(apart, wanted, atol=1e-6)


# --- in one area alone ---------------------------------------------------------------------------


def test_a_change_in_care_in_one_area_leaves_the_futures_of_the_others_to_the_byte():
    run = Run(seed=4, code="test", draws=20)
    asked = scenario(mitigations=(mitigation(areas=("west", "north")),))
    one, made = (project(inputs(), each, run, kept=AREAS) for each in (scenario(), asked))
    same = [one[area].counts.tobytes() == made[area].counts.tobytes() for area in AREAS]
    assert same == [False, True, False]


def test_a_change_in_every_area_by_name_is_a_change_everywhere():
    named, every = (scenario(mitigations=(mitigation(areas=areas),)) for areas in (AREAS, ()))
    for area in AREAS:
        one, other = (expect(inputs(), each, area) for each in (named, every))
        assert one.tobytes() == other.tobytes()


# --- all of it together --------------------------------------------------------------------------


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("kind", NAMES)
def test_the_waterfall_of_every_area_and_type_adds_up_with_nothing_over(area, kind):
    made = waterfall(inputs(), everything(), area, kind)
    total = made.start + sum(part.amount for part in made.parts)
    assert total == pytest.approx(made.end, abs=1e-6)
    assert made.end == pytest.approx(expect(inputs(), everything(), area)[-1, NAMES.index(kind)])
    assert made.start == pytest.approx(expect(inputs(), scenario(), area)[0, NAMES.index(kind)])


def test_the_waterfall_names_the_base_year_put_right_and_those_who_wait():
    asked = scenario(baseline=(corrected(1.1),), waiting=(backlog(50, first=2030, last=2035),))
    made = waterfall(inputs(), asked, "north", NAMES[0])
    assert [part.name for part in made.parts] == ["population", "Put right", "Those who wait"]
    assert made.parts[-1].amount == 50


@pytest.mark.parametrize("workers", [2, 8])
def test_one_seed_gives_one_answer_to_the_byte_with_everything_assumed(workers):
    made = [
        project(
            inputs(), everything(), Run(seed=9, code="test", draws=300, workers=each),
            groups={"whole": AREAS}, kept=(*AREAS, "whole"),
        )
        for each in (1, workers)
    ]  # fmt: skip
    one, many = (
        b"".join(each[name].counts.tobytes() for name in (*AREAS, "whole")) for each in made
    )
    assert one == many


def test_the_mean_of_the_draws_is_the_expected_value_with_everything_assumed():
    made = project(inputs(), everything(), Run(seed=2, code="test", draws=4_000), kept=AREAS)
    for area in AREAS:
        counts = made[area].counts
        error = counts.std(axis=1, ddof=1) / np.sqrt(counts.shape[1])
        # Four standard errors, and a part in a thousand for the 256 points that a mean is taken at.
        apart = np.abs(counts.mean(axis=1) - made[area].expected[1:])
        assert (apart < 4 * error + made[area].expected[1:] / 1_000).all()


# --- what cannot be ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        ({"baseline": (corrected(0),)}, "leaves nothing or less"),
        ({"baseline": (corrected(1.1, ("births",)),)}, "names “births”, which has no rates"),
        ({"baseline": (corrected(1.1, areas=("moon",)),)}, "is in “moon”, which has no rates"),
        ({"baseline": (corrected(1.1), corrected(1.2))}, "Two corrections of the base year"),
        ({"waiting": (backlog(-1),)}, "adds -1 a year"),
        ({"waiting": (backlog(1, first=2025),)}, "give years after 2025"),
        ({"waiting": (backlog(1, last=2036),)}, "up to 2035"),
        ({"waiting": (backlog(1, first=2030, last=2029),)}, "the first before the last"),
        ({"waiting": (backlog(1), backlog(2))}, "Two waiting lists are called"),
        ({"mitigations": (mitigation(areas=("moon",)),)}, "is in “moon”, which has no rates"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_before_anything_runs(given_, sentence):
    with pytest.raises(CannotProject, match=sentence):
        expect(inputs(), scenario(**given_), "north")
