"""What must hold of every projection, whatever the figures."""

from dataclasses import replace

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.demand.asking import what_is_missing
from commonweal.demand.capacity import suffices
from commonweal.demand.counting import poisson, stream
from commonweal.demand.errors import CannotProject
from commonweal.demand.factors import Chance, shifts
from commonweal.demand.futures import Run, expect, fingerprint, project
from commonweal.demand.people import Inputs
from commonweal.demand.ranges import Range
from commonweal.demand.scenario import Health
from commonweal.demand.summing import Bands, table
from tests.demand.invented import AREAS, NAMES, growth, inputs, mitigation, scenario, still

RUN = Run(seed=20, code="test", draws=400)
HEALTH = Health(
    share=Range(0.2, 0.6), gain={year: 0.15 * (year - 2025) for year in range(2026, 2036)},
    source="invented",
)  # fmt: skip
EVERYTHING = scenario(
    health=HEALTH,
    growth=(growth(Range(1.0, 1.02)),),
    mitigations=(
        mitigation(remaining=Range(0.6, 0.95), share=0.5, full=2030, from_age=65),
        mitigation(
            name="Shorter stays", kind="efficiency", types=NAMES[1:2], remaining=Range(0.8, 1.0),
            from_age=75, to_age=90,
        ),
        mitigation(
            name="Same day", kind="substitution", remaining=Range(0.7, 0.9), into="same-day-care",
            each=1.2,
        ),
    ),
)  # fmt: skip


def as_bytes(outlook):
    return b"".join(
        each.expected.tobytes() + each.centiles.tobytes() + (each.counts.tobytes())
        for each in outlook.futures.values()
    )


@pytest.mark.parametrize("workers", [2, 8])
def test_the_number_of_workers_changes_no_byte(workers):
    everyone = {"groups": {"system": AREAS}, "kept": (*AREAS, "system")}
    alone = project(inputs(), EVERYTHING, RUN, **everyone)
    many = project(inputs(), EVERYTHING, replace(RUN, workers=workers), **everyone)
    assert as_bytes(many) == as_bytes(alone)


def test_another_seed_gives_other_futures():
    one, other = (
        project(inputs(), EVERYTHING, replace(RUN, seed=seed), kept=AREAS) for seed in (1, 2)
    )
    assert as_bytes(one) != as_bytes(other)
    assert (one["north"].expected == other["north"].expected).all()


def test_an_area_has_the_same_futures_alone_as_among_others():
    among = project(inputs(), EVERYTHING, RUN)["south"]
    alone = project(inputs(), EVERYTHING, RUN, areas=["south"])["south"]
    assert (among.centiles == alone.centiles).all()


def test_a_total_is_added_future_by_future_and_only_then_told_as_centiles():
    made = project(inputs(), EVERYTHING, RUN, groups={"system": AREAS}, kept=(*AREAS, "system"))
    summed = sum(made[area].counts for area in AREAS)
    assert (made["system"].counts == summed).all()
    assert (made["system"].centiles == np.percentile(summed, (10, 50, 90), axis=1)).all()
    assert made["system"].expected == pytest.approx(sum(made[area].expected for area in AREAS))


def test_groups_may_lie_within_one_another():
    groups = {"place": ["north"], "system": ["north", "south"], "region": AREAS}
    made = project(inputs(), still(), RUN, groups=groups)
    assert (made["place"].centiles == made["north"].centiles).all()
    assert (made["region"].expected > made["system"].expected).all()


def test_the_mean_of_the_draws_is_the_expected_value():
    """Within four standard errors, of every year and type; the seed is fixed, so no chance fails it."""
    many = replace(RUN, draws=4_000)
    made = project(inputs(("north",)), EVERYTHING, many, kept=["north"])["north"]
    error = made.counts.std(axis=1) / many.draws**0.5
    assert (abs(made.counts.mean(axis=1) - made.expected[1:]) < 4 * error).all()


def test_nothing_assumed_leaves_the_baseline_as_it_is():
    made = expect(
        inputs(), still(growth=(growth(1),), mitigations=(mitigation(remaining=1),)), "north"
    )
    assert (made == made[0]).all()


@given(times=st.sampled_from([2, 4, 0.5]))
def test_twice_the_people_use_twice_the_care(times):
    has = inputs()
    more = Inputs(replace(has.population, people=has.population.people * times), has.rates, "more")
    assert expect(more, EVERYTHING, "west") == pytest.approx(
        times * expect(has, EVERYTHING, "west")
    )


@given(
    first=st.integers(1, 60), years=st.integers(1, 30), remaining=st.floats(0, 1),
    shift=st.floats(0, 3),
)  # fmt: skip
@settings(max_examples=25)
def test_a_mitigation_on_an_age_band_leaves_every_other_age_alone(first, years, remaining, shift):
    """Seen by leaving everybody of that age out: then it changes nothing."""
    acts = mitigation(remaining=remaining, from_age=first, to_age=first + years)
    health = Health(share=1.0, gain=dict.fromkeys(range(2026, 2036), shift), source="invented")
    has = inputs()
    people = has.population.people.copy()
    people[:, :, :, first : first + years] = 0
    others = Inputs(replace(has.population, people=people), has.rates, "others")
    without, acting = scenario(health=health), scenario(health=health, mitigations=(acts,))
    assert expect(others, acting, "north") == pytest.approx(expect(others, without, "north"))
    taken = expect(has, without, "north") - expect(has, acting, "north")
    lost = expect(has, without, "north") - expect(others, without, "north")
    assert taken[1:, 0] == pytest.approx(lost[1:, 0] * (1 - remaining), abs=1e-6)
    assert taken[:, 1:] == pytest.approx(0, abs=1e-6)


@given(shift=st.floats(-4, 4))
@settings(max_examples=20)
def test_the_table_of_whole_shifts_is_exact_between_them(shift):
    """Rates are read by straight lines between ages, so any shift lies on the line between two."""
    has, asked = inputs(), scenario(health=HEALTH)
    summed = table(has, asked, "north", Bands.of(asked, has.population.ages), range(-4, 5))
    drawn = np.full((len(asked.years), 1), shift)
    read = summed.read(np.zeros(1, np.intp), drawn)[:, 0].sum(axis=-1)
    ages = np.array(has.population.ages, np.float64)
    younger = np.where(ages >= 55, ages - shift, ages)
    rates = has.rates.rates[0]
    direct = np.array([
        [np.interp(younger, has.rates.ages, rates[kind, :, sex]) for sex in range(2)]
        for kind in range(len(NAMES))
    ]) * (ages >= 17)  # fmt: skip
    people = has.population.of("north", asked.years)[0]
    assert read == pytest.approx(np.einsum("yas,tsa->yt", people, direct), rel=1e-12)


def test_people_who_keep_well_longer_use_less_care_of_later_life():
    assert (
        expect(inputs(), scenario(health=HEALTH), "north")[1:]
        < expect(inputs(), scenario(), "north")[1:]
    ).all()


def test_a_change_grows_by_equal_steps_to_its_full_year():
    acts = mitigation(remaining=0.5, starts=2026, full=2030)
    left = expect(inputs(), still(mitigations=(acts,)), "north")[:, 0]
    assert left[:7] / left[0] == pytest.approx([1, 1, 0.875, 0.75, 0.625, 0.5, 0.5])


def test_what_is_substituted_happens_elsewhere():
    moves = mitigation(kind="substitution", remaining=0.8, into="same-day-care", each=1.5)
    made = expect(inputs(), still(mitigations=(moves,)), "north")
    gone, came = made[0, 0] - made[-1, 0], made[-1, 2] - made[0, 2]
    assert gone == pytest.approx(0.2 * made[0, 0])
    assert came == pytest.approx(1.5 * gone)


def test_ages_that_the_source_does_not_count_use_nothing():
    has = inputs()
    children = has.population.people.copy()
    children[:, :, :, 17:] = 0
    young = Inputs(replace(has.population, people=children), has.rates, "children")
    assert not expect(young, still(), "north").any()


def test_scenarios_share_their_chances_so_that_a_change_never_adds_to_any_future():
    """A scenario beside another differs by its assumptions alone, future by future."""
    has = inputs()
    plain = scenario(growth=(growth(Range(1.0, 1.03)),))
    changed = scenario(growth=plain.growth, mitigations=(mitigation(remaining=Range(0.7, 0.9)),))
    one, other = (project(has, each, RUN, kept=AREAS) for each in (plain, changed))
    for area in AREAS:
        assert (other[area].counts[:, :, 0] <= one[area].counts[:, :, 0]).all()
        assert other[area].counts[:, :, 0].mean() < 0.9 * one[area].counts[:, :, 0].mean()
        assert (other[area].counts[:, :, 1:] == one[area].counts[:, :, 1:]).all()


@given(mean=st.floats(10, 1e6), more=st.floats(0, 1e4), seed=st.integers(0, 999))
def test_a_higher_mean_never_has_a_lower_count_at_the_same_chance(mean, more, seed):
    chances = stream(seed, "any").standard_normal(50)
    low, high = (poisson(np.full(50, each), chances) for each in (mean, mean + more))
    assert (high >= low).all()


def test_counts_are_the_quantiles_of_the_poisson_distribution():
    from scipy import special, stats

    chances = stream(3, "quantiles").standard_normal(2_000)
    for mean in (0.3, 4.0, 9.99):
        exact = stats.poisson.ppf(special.ndtr(chances), mean)
        assert (poisson(np.full(2_000, mean), chances) == exact).all()
    for mean in (12.0, 100.0, 10_000.0):
        apart = abs(
            poisson(np.full(2_000, mean), chances) - stats.poisson.ppf(special.ndtr(chances), mean)
        )
        assert apart.max() <= 1
        assert apart.mean() < 0.005


def test_a_result_says_all_that_is_needed_to_run_it_again():
    told = project(inputs(), EVERYTHING, RUN).provenance
    assert (told.seed, told.draws, told.code, told.rule) == (20, 400, "test", "demand-1")
    assert told.data == f"invented, 1, {fingerprint(inputs())}"
    assert fingerprint(inputs(growing=0.02)) != fingerprint(inputs())
    other = msgspec.structs.replace(EVERYTHING, growth=(growth(Range(1.0, 1.03)),))
    assert project(inputs(), other, RUN).provenance.assumptions != told.assumptions


def with_a_rate_missing():
    has = inputs()
    has.rates.rates[1, 2, 5, 0] = np.nan
    return has


def test_a_rate_that_is_missing_is_counted_and_its_figures_are_unknown_not_nought():
    has = with_a_rate_missing()
    made = project(has, still(), RUN, groups={"system": AREAS})
    (said,) = made.missing
    assert said.startswith("1 of 9 series of an area and a type lack the rate of some age (same-")
    assert np.isnan(made["south"].centiles[:, :, 2]).all()
    assert np.isnan(made["system"].centiles[:, :, 2]).all()
    assert not np.isnan(made["north"].centiles).any()
    assert not np.isnan(made["system"].centiles[:, :, :2]).any()
    with pytest.raises(CannotProject, match="not known"):
        suffices(made["south"].centiles[1, :, 2], 40)


def test_growth_left_out_for_one_type_is_never_taken_as_none():
    partly = still(growth=(growth(1.02, NAMES[:1]),))
    made = expect(inputs(), partly, "north")
    assert not np.isnan(made[:, 0]).any()
    assert np.isnan(made[:, 1:]).all()
    (said,) = what_is_missing(inputs(), partly, AREAS)
    assert said.startswith(
        "Growth is not stated for 2 of 3 types (emergency-bed-days, same-day-care)"
    )


def test_an_expected_shift_of_age_is_the_mean_of_the_drawn_ones():
    drawn = shifts(scenario(health=HEALTH), Chance(1, 40_000))
    assert drawn.mean(axis=1) == pytest.approx(
        shifts(scenario(health=HEALTH), Chance()).mean(axis=1), abs=0.01
    )
