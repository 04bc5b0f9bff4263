"""An assumption is said in one unit, kept in another, and never moved beyond reason."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.demand.changing import assumed
from commonweal.demand.errors import CannotProject
from commonweal.demand.facts import TAKEN, UNITS, Scenario
from commonweal.demand.ranges import Range
from commonweal.demand.scales import in_words, kept, plain, scale, written
from commonweal.demand.scenario import WaitingList
from tests.demand.invented import growth, scenario


def one(**others):
    """The only assumption of a scenario."""
    (found,) = assumed(scenario(**others))
    return found


def waiting(more):
    return WaitingList(
        name="Clear the list", type="same-day-care", more=more, first=2026, last=2028, source="x"
    )


@given(st.sampled_from(sorted(UNITS)), st.decimals(-500, 500, places=4))
def test_what_is_said_is_kept_and_said_again_as_it_was(acts, said):
    assert plain(acts, kept(acts, said)) == said


@pytest.mark.parametrize("yearly", [1.2, Range(0.9, 1.3)])
def test_a_scale_reaches_as_far_as_the_scenario_itself_goes(yearly):
    it = one(growth=(growth(yearly),))
    assert scale(it).most == pytest.approx(20 if yearly == 1.2 else 30)
    assert scale(it).least == (-5 if yearly == 1.2 else pytest.approx(-10))
    assert written(it, "20%") == 1.2


def test_a_range_that_is_written_keeps_what_it_can_never_be_beyond():
    it = one(growth=(growth(Range(1.0, 1.02, 0.99, 1.05)),))
    assert written(it, "1%,2%") == Range(1.01, 1.02, 0.99, 1.05)


def test_a_waiting_list_is_a_number_and_never_per_cent():
    it = one(waiting=(waiting(1_200),))
    assert written(it, "900,1500") == Range(900, 1_500)
    assert in_words(it.does, 1_200) == "1,200 more a year"
    assert scale(it).bounds == "0 to 100,000 more a year"
    with pytest.raises(CannotProject, match="is a number more a year, not per cent: write it bare"):
        written(it, "2%")
    with pytest.raises(CannotProject, match="Give 0 to 100,000 more a year"):
        written(it, "-1")


@pytest.mark.parametrize("text", ["", "%", "nan", "inf", "1e3", "1,2,3", "٣", "1_0"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(CannotProject, match="neither a number nor a range"):
        written(one(growth=(growth(1.01),)), text)


# --- words that addresses need -------------------------------------------------------------------


def faults(own):
    it = Scenario(name="A view", about="kent/area/system", base=2026, horizon=2030)
    return list(it.faults_as(own))


@pytest.mark.parametrize("word", sorted(TAKEN))
def test_no_scenario_is_called_by_a_word_that_an_address_needs(word):
    (said,) = faults(f"kent/scenario/{word}")
    assert said == (
        f"No scenario may be called ‘{word}’: the address of a page of its system has that word. "
        f"Add another, such as ‘{word}-2026’."
    )
    assert faults(f"kent/scenario/{word}-2026") == []


def test_a_change_of_decimals_is_exact():
    assert kept("avoidance", Decimal(45)) == Decimal("0.55")
