"""Life expectancy against PHEindicatormethods, on real areas, and what a life table must keep."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.outcomes.methods.decomposition import decomposed_gap
from commonweal.outcomes.methods.healthy_life_expectancy import healthy_life_expectancy, sullivan
from commonweal.outcomes.methods.life_tables import life_expectancy, life_tables
from commonweal.outcomes.methods.states import State
from commonweal.outcomes.methods.years_of_life_lost import (
    rate_of_years_of_life_lost,
    years_of_life_lost,
    years_to,
)
from tests.outcomes.answers import known, limits_of, same, table

BOTH = (0.95, 0.998)
STARTS = [0, 1, *range(5, 95, 5)]
# Women of England and Wales in 2014, made round: deaths and people in the twenty bands.
DEATHS = [1200, 170, 150, 180, 400, 560, 800, 1100, 1600, 2600,
          3900, 5400, 7700, 12500, 17000, 25000, 37000, 48000, 45000, 40000]  # fmt: skip
PEOPLE = [340_000, 1_390_000, 1_660_000, 1_530_000, 1_640_000, 1_880_000, 1_980_000, 1_920_000,
          1_870_000, 2_050_000, 2_090_000, 1_850_000, 1_610_000, 1_670_000, 1_290_000, 1_070_000,
          880_000, 640_000, 340_000, 170_000]  # fmt: skip


def real_areas():
    return table("ons-deaths-population-2014/deaths_population_lad_2014.csv")


def by_band(frame, size=20):
    return (frame[each].to_numpy().reshape(-1, size) for each in ("deaths", "pop"))


def matches(found, expected, bands):
    """All of these bands, with the peer's rows in the same order."""
    shape = (-1, len(bands))
    same(found.value[:, bands], expected["value"].to_numpy().reshape(shape))
    for ours, theirs in zip((found.lower, found.upper), limits_of(expected, *BOTH), strict=True):
        same(ours[:, :, bands], theirs.reshape(2, *shape))


def test_the_packages_own_example_comes_out_the_same():
    frame = known("peer_life_expectancy_package_example").with_columns(pop=pl.col("pops"))
    deaths, people = by_band(frame)
    found = life_expectancy(deaths, people, frame["startage"], confidence=BOTH)
    matches(found, frame, list(range(20)))
    # As its documentation prints it.
    assert found.value[0, 0] == pytest.approx(80.1696, abs=5e-5)
    assert found.lower[0, 0, 0] == pytest.approx(79.8827, abs=5e-5)
    assert found.upper[0, 0, 0] == pytest.approx(80.4565, abs=5e-5)


def test_a_thousand_life_tables_are_those_of_the_peer():
    deaths, people = by_band(table("peer-outputs/input_le_1000.parquet"))
    found = life_expectancy(deaths, people, STARTS, confidence=BOTH)
    matches(found, table("peer-outputs/r_life_expectancy_1000.parquet"), list(range(20)))


def test_life_expectancy_in_347_real_areas_is_that_of_the_peer():
    """At birth and 65, women and men; the City of London has too few people to be given any."""
    order = ["lad16_code", "sex", "startage"]
    frame = real_areas().sort(order)
    expected = table("ons-deaths-population-2014/peer_life_expectancy_lad_2014.csv").sort(order)
    deaths, people = by_band(frame)
    found = life_expectancy(deaths, people, STARTS, confidence=BOTH)
    matches(found, expected, [0, STARTS.index(65)])
    blank = frame["lad_name"].to_numpy()[::20][found.states[:, 0] != 0]
    assert set(blank) == {"City of London"}
    assert (found.states[:, 0] == State.NOT_APPLICABLE.value).sum() == 2


def test_life_expectancy_in_ten_regions_is_that_of_the_peer():
    order = ["region", "sex", "startage"]
    frame = real_areas().group_by(order).agg(pl.col("deaths", "pop").sum()).sort(order)
    expected = table("ons-deaths-population-2014/peer_life_expectancy_region_2014.csv").sort(order)
    deaths, people = by_band(frame)
    found = life_expectancy(deaths, people, STARTS)
    bands = [0, STARTS.index(65)]
    for ours, theirs in (
        (found.value, "value"), (found.lower[0], "lowercl"), (found.upper[0], "uppercl")
    ):  # fmt: skip
        same(ours[:, bands].ravel(), expected[theirs])


def test_life_expectancy_in_england_and_wales_in_2014():
    """83.27 years for women and 79.56 for men, as the note on methods has it."""
    both = ["sex", "startage"]
    frame = real_areas().group_by(both).agg(pl.col("deaths", "pop").sum()).sort(both)
    deaths, people = by_band(frame)
    found = life_expectancy(deaths, people, STARTS).value[:, 0]
    assert found.round(2).tolist() == [83.27, 79.56]


@pytest.mark.parametrize("last", [80, 85, 90])
def test_bands_that_end_at_80_85_or_90_all_give_a_life_table(last):
    bands = STARTS.index(last) + 1
    joined = [[*each[: bands - 1], sum(each[bands - 1 :])] for each in (DEATHS, PEOPLE)]
    found = life_expectancy(*joined, STARTS[:bands])
    assert found.value[0] == pytest.approx(
        life_expectancy(DEATHS, PEOPLE, STARTS).value[0], abs=0.3
    )


def test_single_years_of_age_give_a_life_table():
    rate = 0.00005 * np.exp(0.095 * np.arange(101))
    people = np.full(101, 10_000.0)
    found = life_tables(rate * people, people, range(101))
    assert found.survivors[0] == 1
    assert 70 < found.expectancy[0] < 90


def test_everybody_dies_and_all_years_lived_are_lived_by_somebody():
    made = life_tables(DEATHS, PEOPLE, STARTS)
    dying = -np.diff(np.append(made.survivors, 0))
    same(dying.sum(), 1)
    same(made.years.sum(), made.expectancy[0])


def test_where_a_band_has_nobody_or_more_deaths_than_people_there_is_no_table():
    nobody, too_many = (np.array([DEATHS, PEOPLE], float) for _ in range(2))
    nobody[:, 4] = 0
    too_many[0, 5] = too_many[1, 5] + 1
    for deaths, people in (nobody, too_many):
        found = life_expectancy(deaths, people, STARTS)
        assert set(found.states.tolist()) == {State.NOT_APPLICABLE.value}
        assert np.isnan(found.value).all()


@pytest.mark.parametrize(("people", "known"), [(5_000, False), (5_001, True)])
def test_a_table_needs_more_than_five_thousand_people(people, known):
    found = life_expectancy([50, 50], [people - 1_000, 1_000], [0, 65], widest=100)
    assert (found.states[0] == State.KNOWN.value) == known


def test_without_a_death_in_the_last_band_the_table_cannot_be_closed():
    found = life_expectancy([*DEATHS[:-1], 0], PEOPLE, STARTS)
    assert found.states[0] == State.NOT_APPLICABLE.value


def test_limits_too_wide_apart_leave_no_expectancy():
    found = life_expectancy([3, 2], [6_000, 100], [0, 65])
    assert found.states.tolist() == [State.NOT_APPLICABLE.value] * 2


def test_in_perfect_health_healthy_life_is_all_of_life_with_the_same_limits():
    asked = [500] * 20
    whole = life_expectancy(DEATHS, PEOPLE, STARTS, confidence=BOTH)
    healthy = healthy_life_expectancy(
        DEATHS, PEOPLE, STARTS, healthy=asked, asked=asked, confidence=BOTH
    )
    for ours, theirs in zip(healthy[:3], whole[:3], strict=True):
        same(ours, theirs)


def test_where_nobody_is_well_there_are_no_healthy_years():
    found = healthy_life_expectancy(DEATHS, PEOPLE, STARTS, healthy=[0] * 20, asked=[500] * 20)
    assert found.value.tolist() == [0] * 20


def test_half_of_each_band_in_good_health_is_half_of_life():
    """The variance by hand: a quarter of that of the years, and Σ L²(½ x ½)/n of the answers."""
    made = life_tables(DEATHS, PEOPLE, STARTS)
    value, variance = sullivan(made, np.full(20, 0.5), np.full(20, 0.25 / 400))
    same(value, made.expectancy / 2)
    answers = (made.years**2).sum() * 0.25 / 400
    same(variance[0], made.variance[0] / 4 + answers)


def test_the_variance_of_an_expectancy_is_that_of_repeated_deaths():
    """Drawn again from the same rates, expectancies spread as the formula says, to three in 100."""
    chance = np.random.default_rng(14)
    people = np.array(PEOPLE) / 20
    rates = np.array(DEATHS) / np.array(PEOPLE)
    drawn = chance.poisson(rates * people, (20_000, 20))
    spread = life_tables(drawn, people, STARTS).expectancy[:, [0, 14]].std(axis=0)
    made = life_tables(rates * people, people, STARTS)
    assert spread == pytest.approx(np.sqrt(made.variance[[0, 14]]), rel=0.03)


@given(
    factors=st.lists(st.floats(0.5, 1.5), min_size=20, max_size=20),
    split=st.lists(st.floats(0, 1), min_size=20, max_size=20),
)
def test_the_parts_of_a_gap_add_up_to_the_gap(factors, split):
    deaths = np.array(DEATHS, float)
    other = deaths * factors
    share = np.array(split)
    parts = decomposed_gap(
        deaths, PEOPLE, other, PEOPLE, STARTS,
        causes=np.stack([deaths * 0.4, deaths * 0.6]),
        other_causes=np.stack([other * share, other * (1 - share)]),
    )  # fmt: skip
    same(parts.by_age.sum(), parts.gap)
    # Where rates are all but the same the causes' parts are large and opposite.
    differ = np.abs(other - deaths) > 1e-6 * deaths
    same(parts.by_cause.sum(axis=0)[differ], parts.by_age[differ], atol=1e-6)
    apart = (
        life_tables(other, PEOPLE, STARTS).expectancy[0]
        - life_tables(deaths, PEOPLE, STARTS).expectancy[0]
    )
    same(parts.gap, apart)


def test_a_gap_that_is_all_in_one_band_is_put_down_to_that_band():
    other = list(DEATHS)
    other[10] //= 2
    parts = decomposed_gap(DEATHS, PEOPLE, other, PEOPLE, STARTS)
    assert parts.gap > 0
    same(parts.by_age[10], parts.gap)


def test_taking_the_gap_the_other_way_turns_every_sign_of_the_whole():
    other = [each * 0.9 for each in DEATHS]
    there = decomposed_gap(DEATHS, PEOPLE, other, PEOPLE, STARTS)
    back = decomposed_gap(other, PEOPLE, DEATHS, PEOPLE, STARTS)
    same(there.gap, -back.gap)


def test_years_up_to_75_are_counted_from_the_middle_of_each_band():
    assert years_to(75, STARTS).tolist()[:3] == [74.5, 72.0, 67.5]
    assert years_to(75, STARTS)[STARTS.index(70)] == 2.5
    assert years_to(75, STARTS)[STARTS.index(75)] == 0


def test_deaths_beyond_the_age_lose_nothing_and_make_nothing_less_certain():
    years = years_to(75, STARTS)
    young = [each if start < 75 else 0 for each, start in zip(DEATHS, STARTS, strict=True)]
    all_ages, only_young = (years_of_life_lost(each, years) for each in (DEATHS, young))
    for one, other in zip(all_ages[:3], only_young[:3], strict=True):
        same(one, other)


def test_a_rate_of_years_lost_is_crude_or_by_a_standard():
    """200 deaths of 10 years and 100 of 40, among 1,000 and 4,000 people, by hand."""
    crude = rate_of_years_of_life_lost([200, 100], [10, 40], [1_000, 4_000], per=1_000)
    even = rate_of_years_of_life_lost([200, 100], [10, 40], [1_000, 4_000], [1, 1], per=1_000)
    same(crude.value, 6_000 / 5_000 * 1_000)
    same(even.value, (2_000 / 1_000 + 4_000 / 4_000) / 2 * 1_000)


def test_where_nobody_died_no_years_are_lost_and_the_upper_limit_says_how_many_might_be():
    found = years_of_life_lost([0, 0], [70, 5])
    assert (float(found.value), float(found.lower[0])) == (0, 0)
    assert found.upper[0] == pytest.approx(70 * 3.689, abs=0.05)
