"""The waterfall: parts that add up to the whole change, exactly."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from commonweal.demand.errors import CannotProject
from commonweal.demand.futures import expect
from commonweal.demand.people import Inputs
from commonweal.demand.ranges import Range
from commonweal.demand.scenario import Health
from commonweal.demand.waterfall import Part, Waterfall, effects, waterfall
from tests.demand.invented import NAMES, growth, inputs, mitigation, scenario

HEALTH = Health(share=0.5, gain=dict.fromkeys(range(2026, 2036), 1.3), source="invented")


@given(
    left=st.lists(st.floats(0, 1), min_size=1, max_size=3),
    yearly=st.floats(0.95, 1.05), ages=st.lists(st.integers(1, 90), min_size=3, max_size=3),
)  # fmt: skip
@settings(max_examples=30)
def test_the_parts_add_up_to_the_whole_change(left, yearly, ages):
    changes = tuple(
        mitigation(name=f"Change {n}", remaining=each, from_age=ages[n])
        for n, each in enumerate(left)
    )
    asked = scenario(health=HEALTH, growth=(growth(yearly),), mitigations=changes)
    made = waterfall(inputs(), asked, "north", NAMES[0])
    whole = expect(inputs(), asked, "north")[:, 0]
    assert (made.start, made.end) == pytest.approx((whole[0], whole[-1]), abs=1e-6)
    assert made.start + sum(part.amount for part in made.parts) == pytest.approx(made.end, abs=1e-6)


@given(start=st.floats(0, 1e6), parts=st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=6))
def test_in_whole_numbers_they_still_add_up_and_none_is_more_than_one_out(start, parts):
    end = start + sum(parts)
    assume(end >= 0)
    exact = Waterfall(start, tuple(Part(str(n), each) for n, each in enumerate(parts)), end)
    made = exact.whole()
    assert made.start + sum(part.amount for part in made.parts) == made.end
    for rounded, part in zip(made.parts, exact.parts, strict=True):
        assert abs(rounded.amount - part.amount) <= 1.0 + 1e-6


@given(factors=st.lists(st.sampled_from([0.0, 0.5, 1.0, 1.25, 2.0]), min_size=1, max_size=5))
def test_effects_add_up_even_where_a_factor_is_nought(factors):
    product = 1.0
    for each in factors:
        product *= each
    assert sum(effects(8.0, factors)) == pytest.approx(8.0 * product - 8.0)


def test_an_assumption_that_does_nothing_to_a_type_has_no_part_in_it():
    asked = scenario(mitigations=(mitigation(remaining=0.8),))
    names = [part.name for part in waterfall(inputs(), asked, "north", NAMES[1]).parts]
    assert names == ["population"]


def test_what_comes_from_another_type_is_a_part_of_its_own():
    moves = mitigation(name="Same day", kind="substitution", remaining=0.8, into=NAMES[2])
    asked = scenario(growth=(growth(Range(1.0, 1.02)),), mitigations=(moves,))
    made = waterfall(inputs(), asked, "north", NAMES[2])
    assert [part.name for part in made.parts] == [
        "population",
        "growth",
        "Same day, from elsewhere",
    ]
    assert made.start + sum(part.amount for part in made.parts) == pytest.approx(made.end, abs=1e-6)


def test_people_of_an_age_that_nobody_had_come_with_the_population():
    has = inputs()
    people = has.population.people.copy()
    people[:, :, 0, 90:] = 0
    later = Inputs(replace(has.population, people=people), has.rates, "none of ninety at first")
    change = mitigation(remaining=0.5, from_age=90)
    asked = scenario(health=HEALTH, growth=(growth(1.01),), mitigations=(change,))
    made = waterfall(later, asked, "north", NAMES[0])
    assert made.start + sum(part.amount for part in made.parts) == pytest.approx(made.end)


def test_what_is_not_known_is_not_explained_and_what_is_missing_is_said():
    partly = scenario(growth=(growth(1.02, NAMES[:1]),))
    with pytest.raises(CannotProject) as refused:
        waterfall(inputs(), partly, "north", NAMES[1])
    first, second = refused.value.faults
    assert first == "Why emergency-bed-days of north changes cannot be told, for it is not known."
    assert second.startswith("Growth is not stated for 2 of 3 types")


def test_a_year_that_is_not_projected_is_refused():
    with pytest.raises(CannotProject, match="There is no year “2050”"):
        waterfall(inputs(), scenario(), "north", NAMES[0], 2050)
