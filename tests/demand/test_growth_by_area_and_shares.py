"""What grows in one area alone, a share that is a range, and old scenarios that stay as they were."""

import json
from hashlib import blake2b

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from commonweal.demand.asking import what_is_missing
from commonweal.demand.errors import CannotProject
from commonweal.demand.futures import Run, assumptions, expect, project
from commonweal.demand.ranges import Range
from commonweal.demand.scenario import Growth
from commonweal.demand.telling import told
from commonweal.demand.waterfall import waterfall
from commonweal_site.demand import reading
from tests.demand.invented import AREAS, NAMES, growth, inputs, mitigation, scenario, still

FIRST, SECOND, THIRD = NAMES
few = settings(max_examples=25)


def in_(areas, yearly, types=(FIRST,)):
    return Growth(types=types, yearly=yearly, areas=areas, source="invented")


def last(asked, area="north", kind=FIRST):
    return float(expect(inputs(), asked, area)[-1, NAMES.index(kind)])


# --- growth by area ------------------------------------------------------------------------------


@given(here=st.floats(0.95, 1.1), elsewhere=st.floats(0.95, 1.1))
@few
def test_growth_of_an_area_takes_the_place_of_growth_everywhere_there_and_nowhere_else(
    here, elsewhere
):
    asked = still(growth=(growth(elsewhere), in_(("south",), here)))
    base = {area: last(still(), area) for area in AREAS}
    assert last(asked, "south") == pytest.approx(base["south"] * here**10)
    assert last(asked, "north") == pytest.approx(base["north"] * elsewhere**10)
    assert last(asked, "south", SECOND) == pytest.approx(
        last(still(), "south", SECOND) * elsewhere**10
    )


def test_the_order_in_which_growth_is_stated_makes_no_difference():
    both = (growth(Range(1.0, 1.02)), in_(("south",), Range(1.02, 1.04)))
    run = Run(seed=3, code="test", draws=20)
    one, other = (
        project(inputs(), still(growth=each), run, kept=AREAS) for each in (both, both[::-1])
    )
    for area in AREAS:
        assert one[area].counts.tobytes() == other[area].counts.tobytes()


def test_growth_of_one_area_leaves_the_futures_of_the_others_to_the_byte():
    run = Run(seed=4, code="test", draws=20)
    everywhere = growth(Range(1.0, 1.02))
    local = scenario(growth=(everywhere, in_(("south",), Range(1.01, 1.05), NAMES)))
    one, made = (
        project(inputs(), each, run, kept=AREAS) for each in (scenario(growth=(everywhere,)), local)
    )
    same = [one[area].counts.tobytes() == made[area].counts.tobytes() for area in AREAS]
    assert same == [True, False, True]


def test_growth_that_is_said_of_some_areas_only_is_not_known_elsewhere_and_that_is_told():
    asked = still(growth=(growth(1.01, (SECOND, THIRD)), in_(("south",), 1.02)))
    assert np.isnan(last(asked, "north"))
    assert last(asked, "south") > last(still(), "south")
    (said,) = what_is_missing(inputs(), asked, AREAS)
    assert said == (
        f"Growth of {FIRST} is stated for some areas only, and not for north, west, which have no "
        "figures of it. State it there, or once for everywhere else."
    )
    assert what_is_missing(inputs(), asked, ("south",)) == ()


@pytest.mark.parametrize(
    ("stated", "sentence"),
    [
        ((growth(1.01), in_(("moon",), 1.02)), f"Growth of {FIRST} is in “moon”, which has no"),
        ((growth(1.01), growth(1.02, (FIRST,))), f"Growth of {FIRST} is stated 2 times"),
        (
            (growth(1.01), in_(("south",), 1.02), in_(("north", "south"), 1.03)),
            f"Growth of {FIRST} in “south” is stated 2 times: state it once.",
        ),
    ],
)
def test_growth_is_stated_once_for_each_type_and_area(stated, sentence):
    with pytest.raises(CannotProject, match=sentence):
        expect(inputs(), still(growth=stated), "north")


def test_why_an_area_grows_counts_its_own_growth():
    asked = scenario(growth=(growth(1.0), in_(("south",), 1.03)))
    parts = {
        area: {part.name: part.amount for part in waterfall(inputs(), asked, area, FIRST).parts}
        for area in ("north", "south")
    }
    assert "growth" not in parts["north"]
    assert parts["south"]["growth"] > 0


# --- a share that nobody knows -------------------------------------------------------------------


def change(share, **others):
    return still(mitigations=(mitigation(share=share, full=2026, **others),))


@given(low=st.floats(0, 1), high=st.floats(0, 1))
@few
def test_a_share_of_no_width_is_the_number_it_is(low, high):
    low, high = sorted((low, high))
    assert last(change(Range(low, low, 0, 1))) == pytest.approx(last(change(low)))
    between = last(change(Range(low, high, 0, 1)))
    slack = 1e-9 * between
    assert last(change(1.0)) - slack <= between <= last(change(0.0)) + slack


def test_the_mean_with_a_share_and_what_remains_both_as_ranges_is_that_of_the_draws():
    asked = change(Range(0.1, 0.6), remaining=Range(0.2, 0.9))
    made = project(inputs(), asked, Run(seed=2, code="test", draws=20_000), areas=["north"],
                   kept=["north"])  # fmt: skip
    drawn = made["north"].counts[-1, :, 0]
    error = drawn.std() / np.sqrt(drawn.size)
    assert abs(drawn.mean() - made["north"].expected[-1, 0]) < 4 * error


def test_how_many_it_acts_on_and_how_much_it_leaves_are_drawn_apart():
    both = change(Range(0.2, 0.8), remaining=Range(0.2, 0.8))
    apart = project(inputs(), both, Run(seed=2, code="test", draws=4_000), areas=["north"],
                    kept=["north"])["north"].counts[-1, :, 0]  # fmt: skip
    middle, spread = 0.5, Range(0.2, 0.8).deviation
    # The variance of a product of two that are independent; drawn together it is twice as wide.
    expected = last(still()) * np.sqrt(2 * (middle * spread) ** 2 + spread**4)
    assert apart.std() == pytest.approx(expected, rel=0.08)


@pytest.mark.parametrize(
    ("share", "sentence"),
    [
        (Range(0.2, 1.2), "acts on 120% of the activity"),
        (Range(-0.1, 0.2), "acts on -10% of the activity"),
        (Range(0.5, 0.2), "the share it acts on runs from 0.5 down to 0.2"),
        (Range(0.5, float("nan")), "the share it acts on is not a number"),
    ],
)
def test_a_share_lies_between_nought_and_one_whichever_way_it_is_given(share, sentence):
    with pytest.raises(CannotProject, match=sentence):
        expect(inputs(), change(share), "north")


# --- as before -----------------------------------------------------------------------------------

LOCAL = scenario(
    growth=(growth(Range(1.0, 1.02)), in_(("south",), Range(1.01, 1.05), (FIRST, SECOND))),
    mitigations=(mitigation(share=Range(0.2, 0.5), remaining=Range(0.5, 0.9)),),
)


@pytest.mark.parametrize("workers", [2, 8])
def test_one_seed_gives_the_same_bytes_on_any_number_of_workers(workers):
    alone, many = (
        project(inputs(), LOCAL, Run(seed=5, code="test", draws=40, workers=each), kept=AREAS)
        for each in (1, workers)
    )
    for area in AREAS:
        assert alone[area].counts.tobytes() == many[area].counts.tobytes()
        assert alone[area].expected.tobytes() == many[area].expected.tobytes()


@pytest.mark.parametrize(
    ("slug", "assumed", "figures"),
    [
        ("do-nothing", "1ca97350937d31a9", "3ac29be9ccc89e19"),
        ("care-nearer-home", "81b1afeec7089de2", "73cce1536623ff41"),
    ],
)
def test_scenarios_of_before_there_was_growth_by_area_have_the_figures_they_had(
    slug, assumed, figures
):
    sheet, held = reading.held(reading.SHIPPED)
    asked = reading.scenario(slug)
    made = project(held, asked, Run(seed=7, draws=60, code="pinned"), groups=sheet.groups)
    told_ = json.dumps(list(told(made))).encode()
    assert assumptions(asked) == assumed
    assert blake2b(told_, digest_size=8).hexdigest() == figures


def test_any_area_or_end_of_a_share_changes_the_fingerprint():
    (first, local), (care,) = LOCAL.growth, LOCAL.mitigations
    elsewhere = (first, replace(local, areas=("north",)))
    wider = (replace(care, share=Range(0.2, 0.51)),)
    others = [replace(LOCAL, growth=elsewhere), replace(LOCAL, mitigations=wider)]
    assert len({assumptions(each) for each in (LOCAL, *others)}) == 3
