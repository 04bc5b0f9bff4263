"""Activity as beds, spaces, sessions and people; whether a plan is enough; the gap; variation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.demand.capacity import (
    Enough,
    beds_by_occupancy,
    care_hours,
    caseload,
    sessions,
    spaces,
    staff,
    suffices,
    what_more_buys,
)
from commonweal.demand.care_models import care_model, care_models
from commonweal.demand.errors import CannotProject
from commonweal.demand.futures import Run, expect, project
from commonweal.demand.gap import Spending, UnitCost, gap, spent
from commonweal.demand.people import Activity, Inputs, Rates
from commonweal.demand.variation import closed, standardised, unwarranted
from tests.demand.invented import AREAS, NAMES, inputs, people, scenario, still, used

RUN = Run(seed=5, code="test", draws=50)


def test_d8_spaces_and_nurses():
    # The Strategy Unit's conversion (draft): four hours each, open all week, half of the time used.
    assert spaces(60_000, minutes=240, hours=168, weeks=52, used=0.5) == pytest.approx(54.945055)
    hours = care_hours(20, occupancy=0.92, each_day=8.6)
    assert hours == pytest.approx(57_797.16)
    assert staff(hours, weekly=37.5, away=0.22) == pytest.approx(37.8694, abs=0.00005)


def test_sessions_and_caseloads():
    assert sessions(4_200, each=10, weeks=42) == 10
    assert caseload(1_000, contacts=12, daily=6, days=200) == 10


def test_a_conversion_does_to_every_future_what_it_does_to_one():
    bed_days = np.array([[1_000.0, 2_000.0]])
    each = [beds_by_occupancy(one, 0.9) for one in (1_000.0, 2_000.0)]
    assert beds_by_occupancy(bed_days, 0.9).tolist() == [each]


def test_forty_beds_are_enough_where_forty_are_asked_for():
    assert suffices(np.array([39.0, 40.0, 40.1, 45.0]), 40) == Enough(2, 4)


@pytest.mark.parametrize(
    ("enough", "sentence"),
    [
        (Enough(300, 1_000), "In 7 of 10 futures this is not enough."),
        (Enough(980, 1_000), "In 20 of 1,000 futures this is not enough."),
        (Enough(0, 1_000), "In all 1,000 futures this is not enough."),
        (Enough(1_000, 1_000), "In all 1,000 futures this is enough."),
    ],
)
def test_a_board_is_told_in_a_sentence(enough, sentence):
    assert enough.in_words() == sentence


@given(st.lists(st.floats(0, 200), min_size=1, max_size=50), st.floats(0, 200))
def test_more_beds_are_never_enough_in_fewer_futures(required, planned):
    bought = what_more_buys(np.array(required), planned, [0, 10, 20, 30])
    chances = [each.chance for each in bought]
    assert chances == sorted(chances)


def costs(growth=0.0):
    return {NAMES[0]: UnitCost(2_000_00, dict.fromkeys(range(2026, 2036), growth))}


def allocation():
    return dict.fromkeys(range(2026, 2036), 100_000_000_00)


def test_a_gap_is_spend_less_allocation_in_every_future_in_whole_pence():
    made = gap(
        project(inputs(), scenario(), RUN, kept=["north"]), "north", costs(0.02), allocation()
    )
    assert made.gap.dtype == np.int64
    assert (made.gap == made.spend - 100_000_000_00).all()
    assert made.centiles()[0, 0] <= made.centiles()[2, 0]


def test_recurrent_money_comes_back_and_other_money_does_not():
    bought = [Spending(2026, 5, recurrent=True), Spending(2027, 7, recurrent=False)]
    assert spent(bought, range(2025, 2029)).tolist() == [0, 5, 12, 5]


@pytest.mark.parametrize(
    ("kept", "prices", "has", "sentence"),
    [
        ([], costs(), allocation(), "were not kept"),
        (["north"], {"births": UnitCost(1, {})}, allocation(), "a price for “births”"),
        (["north"], {NAMES[0]: UnitCost(1, {})}, allocation(), "is not stated for 2026"),
        (["north"], costs(), {}, "The allocation of 2026 is not stated"),
    ],
)
def test_a_gap_without_a_price_or_an_allocation_is_refused(kept, prices, has, sentence):
    outlook = project(inputs(), scenario(), RUN, kept=kept)
    with pytest.raises(CannotProject, match=sentence):
        gap(outlook, "north", prices, has)


def test_every_care_model_says_where_it_is_said():
    assert [model.source.split(", ")[-1] for model in care_models()] == [
        "line 109", "line 109", "line 110", "line 111",
    ]  # fmt: skip


def referred():
    """People and rates with referrals too."""
    has = used()
    types = (*has.types, Activity("referrals-by-general-practitioners", "Referrals"))
    rates = Rates(has.areas, types, has.ages, np.concatenate((has.rates, has.rates[:, :1]), axis=1))
    return Inputs(people(), rates, "invented, with referrals")


@pytest.mark.parametrize(
    ("name", "kind", "times"),
    [
        ("National growth", 0, 1.035),
        ("Most developed systems", 0, 0.99),
        ("Avoidable admissions", 0, 0.98),
        ("Referrals by general practitioners", 3, 0.96),
    ],
)
def test_the_care_models_of_2018_run_as_their_source_states_them(name, kind, times):
    made = expect(referred(), care_model(name).scenario(2025, 2026, "principal", share=0.2), "west")
    assert made[1, kind] / made[0, kind] == pytest.approx(times)


def test_a_share_that_the_source_does_not_state_must_be_given():
    asked = care_model("Avoidable admissions").scenario(2025, 2026, "principal")
    with pytest.raises(CannotProject, match="its source does not state"):
        expect(inputs(), asked, "north")


def test_an_unknown_care_model_lists_those_there_are():
    with pytest.raises(CannotProject, match="There are: National growth, Most developed"):
        care_model("Virtual wards")


def uneven():
    has = used()
    has.rates[:] *= np.array([1.0, 1.2, 0.9])[:, None, None, None]
    return Inputs(people(), has, "invented, uneven")


def test_what_an_area_would_use_at_the_rates_of_another():
    made = standardised(
        uneven(), NAMES[0], area="south", standard="north", variant="principal", year=2025
    )
    assert made.ratio == pytest.approx(1.2)
    assert made.above == pytest.approx(made.actual / 6)
    lower = standardised(
        uneven(), NAMES[0], area="west", standard="north", variant="principal", year=2025
    )
    assert (lower.ratio, lower.above) == (pytest.approx(0.9), 0)


def test_variation_is_above_the_lowest_quarter_of_areas_not_above_nothing():
    found = unwarranted(
        uneven(), NAMES[0], areas=AREAS, standard="north", variant="principal", year=2025
    )
    # Ratios 0.9, 1.0 and 1.2: the quarter point is 0.95.
    assert [each.ratio for each in found] == pytest.approx([1 / 0.95, 1.2 / 0.95, 0.9 / 0.95])
    assert found[2].above == 0


def test_rates_that_are_missing_cannot_be_set_beside_others():
    has = inputs()
    has.rates.rates[1, 0, 3, 0] = np.nan
    with pytest.raises(CannotProject, match="cannot be set beside"):
        standardised(has, NAMES[0], area="south", standard="north", variant="high", year=2025)


def test_at_the_rates_of_all_together_areas_use_in_sum_what_they_do_use():
    found = [
        standardised(uneven(), NAMES[0], area=each, standard=None, variant="principal", year=2025)
        for each in AREAS
    ]
    assert sum(each.standard for each in found) == pytest.approx(sum(each.actual for each in found))
    assert found[1].ratio > found[0].ratio > found[2].ratio


def test_variation_that_is_closed_whole_leaves_each_area_at_its_standard():
    given = uneven()
    found = unwarranted(given, NAMES[0], areas=AREAS, standard=None, variant="principal", year=2025)
    changes = closed(found, NAMES[0], remaining=0, starts=2025, full=2026, source="variation")
    assert [each.areas for each in changes] == [("north",), ("south",)]
    for each in found:
        made = expect(given, still(mitigations=changes), each.area)[1, 0]
        assert made == pytest.approx(min(each.actual, each.standard))
