"""Answers worked out elsewhere and cited: D1, D3, D4, D6, D7 and D8 of the project's study of the field.

Queues (D2, D5, D9) are in `flow`; D10, real areas, is beside the published growth.
"""

import numpy as np
import pytest

from commonweal.demand.capacity import beds_by_occupancy, beds_by_service_level
from commonweal.demand.counting import poisson, stream
from commonweal.demand.futures import expect
from commonweal.demand.gap import Spending, UnitCost, gap
from commonweal.demand.ranges import Range, remaining
from commonweal.demand.waterfall import effects
from tests.demand.invented import NAMES, growth, inputs, mitigation, still


def grown(yearly, years, start=100_000.0):
    """What 100,000 admissions become, by the engine itself."""
    made = expect(inputs(), still(growth=(growth(yearly),)), "north")[:, 0]
    return start * made[years] / made[0]


@pytest.mark.parametrize(
    ("yearly", "years", "admissions"),
    [(1.035, 1, 103_500), (0.99, 1, 99_000), (1.035, 5, 118_768.6), (0.99, 5, 95_099.0)],
)
def test_d1_growth_compounds_by_the_year(yearly, years, admissions):
    assert grown(yearly, years) == pytest.approx(admissions, abs=0.05)


@pytest.mark.parametrize(("years", "beds"), [(1, 79.011), (5, 415.590)])
def test_d1_admissions_that_do_not_come_are_beds_that_are_not_needed(years, beds):
    spared = grown(1.035, years) - grown(0.99, years)
    assert beds_by_occupancy(spared * 5.9, 0.92) == pytest.approx(beds, abs=0.0005)


def test_d1_a_change_acts_on_the_avoidable_share_alone():
    change = mitigation(remaining=0.9, share=0.2)
    made = expect(inputs(), still(mitigations=(change,)), "north")[:, 0]
    assert made[1] / made[0] == pytest.approx(0.98)
    both = still(growth=(growth(1.035),), mitigations=(change,))
    made = expect(inputs(), both, "north")[:, 0]
    assert made[1] / made[0] == pytest.approx(1.0143)


def test_d3_people_in_beds_are_poisson_about_their_mean():
    assert beds_by_service_level(80 * 365.25, 0.95) == 95
    assert beds_by_service_level(80 * 365.25, 0.99) == 102


def test_d3_a_service_level_is_not_an_occupancy():
    # England 2024/25: 139,218 beds' worth of bed days, as the field's toy model has it.
    bed_days = 139_218 * 365.25
    assert beds_by_service_level(bed_days, 0.87) == 139_638
    assert beds_by_occupancy(bed_days, 0.87) == pytest.approx(160_021, abs=0.5)


def test_d4_beds_by_littles_law():
    assert beds_by_occupancy(13.5 * 5.9 * 365.25, 0.92) == pytest.approx(86.5761, abs=0.00005)


def test_d6_effects_add_up_with_nothing_over():
    parts = effects(1.0, [0.90, 0.85])
    assert parts == pytest.approx((-0.0924286, -0.1425714), abs=5e-8)
    assert sum(parts) == pytest.approx(-0.235, abs=1e-15)


def test_d6_a_factor_of_nought_falls_back_on_the_mean_of_all_orders():
    # With 0.5 and 0: first alone -0.5 or, after the other, 0; second alone -1 or, after, -0.5.
    assert effects(1.0, [0.5, 0.0]) == (-0.25, -0.75)


def test_d7_an_interval_of_eight_in_ten_is_a_normal_distribution():
    elicited = Range(0.85, 0.95)
    assert elicited.middle == pytest.approx(0.90)
    assert elicited.deviation == pytest.approx(0.0390152, abs=5e-8)


def test_d7_thinned_counts_are_poisson_at_the_thinned_mean():
    chances = stream(7, "thinned").standard_normal(200_000)
    counts = poisson(np.full(chances.shape, 120 * 0.9), chances)
    # Four standard errors of a mean and of a variance of 200,000 counts.
    assert counts.mean() == pytest.approx(108, abs=4 * (108 / 200_000) ** 0.5)
    assert counts.var() == pytest.approx(108, abs=4 * 108 * (2 / 200_000) ** 0.5)


def test_elicited_tables_print_what_remains_so_their_tenth_centile_is_the_larger():
    # "falls_related_admissions" of the national elicitation: 98.71 and 56.93 per cent remaining.
    taken = remaining(98.714915386, 56.9348065)
    assert (taken.low, taken.high) == pytest.approx((0.569348065, 0.98714915386))
    assert taken.at(np.array([9.0])) == [1.0]


def test_m6_the_do_nothing_gap_is_that_of_money():
    """£2,500m growing 3.5% in demand and 3.1% in cost against 2.0%: £117.713m short in a year."""
    from commonweal.demand.futures import Futures, Outlook, Provenance
    from tests.demand.invented import TYPES

    counts = np.full((1, 3, len(TYPES)), [103_500.0, 0.0, 0.0])
    futures = Futures("north", counts.mean(axis=1), counts[:0], counts)
    outlook = Outlook(
        Provenance("", "", 1, 3, "", "", ""), range(2025, 2027), TYPES, {"north": futures}
    )
    prices = {NAMES[0]: UnitCost(25_000_00, {2026: 0.031})}
    made = gap(outlook, "north", prices, {2026: 255_000_000_000})
    assert made.gap.tolist() == [[11_771_250_000] * 3]
    assert made.share_of_the_year()[0, 0] == pytest.approx(117.7125 / 2_550)
    investment = [Spending(2026, 100, recurrent=False), Spending(2025, 1, recurrent=True)]
    dearer = gap(outlook, "north", prices, {2026: 255_000_000_000}, investment)
    assert (dearer.gap - made.gap).tolist() == [[101] * 3]
