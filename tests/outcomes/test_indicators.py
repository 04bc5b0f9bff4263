"""Measures as they are defined and reported, and scorecards that say out of how many."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.outcomes.indicators import Indicator, IndicatorReport, Target
from commonweal.outcomes.published import (
    NO_TARGET,
    NOTHING,
    outcomes_of_body,
    outcomes_of_system,
)
from commonweal.outcomes.scorecards import COMPARED, Scorecard, Share, Tally, share_doing_well
from commonweal.record.manuscript import NOT_RECORDED, Note, words
from tests.making import shipped

HIOW, WOLVES, INVENTED = (
    "hampshire-and-isle-of-wight", "black-country-wolverhampton", "exampleshire",
)  # fmt: skip


@pytest.fixture(scope="module")
def packs():
    return shipped()


def ambitions(snapshot, system=HIOW):
    every = snapshot.all(Indicator).items()
    return {
        name: each for name, each in every if name.startswith(f"{system}/") and each.part_of is None
    }


# Southampton’s paper, diagram 3 (lines 160 to 209)


def test_southampton_has_37_ambitions_by_stage_of_life(packs):
    found = ambitions(packs(date(2022, 5, 1))).values()
    stages = Counter(each.life_stage for each in found)
    assert stages == {"start well": 11, "live well": 12, "age well": 9, "die well": 5}


def test_none_of_southamptons_ambitions_has_a_baseline_or_a_target(packs):
    found = ambitions(packs(date(2022, 5, 1))).values()
    assert not [each for each in found if each.baseline is not None or each.target]


@pytest.mark.parametrize("name", [
    "soton-school-attendance-and-exclusions", "soton-gap-in-life-expectancy-within-the-city",
    "soton-older-people-who-die-soon-after-an-emergency-admission",
])  # fmt: skip
def test_a_compound_ambition_is_kept_whole_and_in_its_two_parts(packs, name):
    parts = [
        each for each in packs(date(2022, 5, 1)).all(Indicator).values()
        if each.part_of == f"{HIOW}/indicator/{name}"
    ]  # fmt: skip
    assert len(parts) == 2


def test_the_day_before_the_paper_there_are_none(packs):
    assert ambitions(packs(date(2022, 2, 28))) == {}


# Wolverhampton’s slides of December 2022 (lines 346 to 391)


def test_of_wolverhamptons_56_indicators_33_of_the_39_with_a_figure_do_well(packs):
    (card,) = [c for c in packs(date(2022, 12, 12)).all(Scorecard).values() if c.total == 56]
    assert share_doing_well(card) == (33, 39, 56)
    assert share_doing_well(card).in_words() == (
        "33 of the 39 with a new figure improved or stayed similar (84.6%); 17 of 56 have none"
    )


def test_wolverhamptons_health_checks_keep_the_event_behind_each_figure(packs):
    reports = packs(date(2022, 12, 12)).all(IndicatorReport).values()
    assert sorted(each.value for each in reports) == [64, 357, 1257]
    assert all(each.happened for each in reports)
    assert [each.of for each in reports if each.of] == ["2022/23 Q2"]


# Exampleshire’s year


@pytest.mark.parametrize("quarter", ["q1", "q2", "q3", "q4"])
def test_exampleshires_scorecards_count_its_reports(packs, quarter):
    on = packs(date(2026, 5, 1))
    card = on.fact(f"{INVENTED}/scorecard/outcomes-2025-{quarter}")
    states = Counter(
        each.state for name, each in on.all(IndicatorReport).items()
        if name.startswith(f"{INVENTED}/") and each.of == card.reported
    )  # fmt: skip
    assert {each.state: each.number for each in card.tallies} == states


# What is refused


def card(*tallies, total):
    return Scorecard(
        name="F", holder="kent/body/icb", reported="2022/23", total=total,
        tallies=tuple(Tally(state=state, number=number) for state, number in tallies),
    )  # fmt: skip


def test_states_that_do_not_add_to_the_total_are_refused_with_both_numbers():
    (fault,) = card(("improved", 33), ("declined", 6), total=56).faults()
    assert "add to 39" in fault
    assert "56" in fault


def test_a_state_counted_twice_is_refused():
    (fault,) = card(("improved", 1), ("improved", 1), total=2).faults()
    assert "twice" in fault


@given(st.lists(st.integers(0, 99), min_size=5, max_size=5))
def test_what_does_well_is_never_more_than_what_can_be_told(numbers):
    states = ("improved", "similar", "declined", "not updated", "retired")
    made = card(*zip(states, numbers, strict=True), total=sum(numbers))
    share = share_doing_well(made)
    assert share.well <= share.told <= share.total
    assert share.told == sum(n for s, n in zip(states, numbers, strict=True) if s in COMPARED)
    assert (share.percent is None) == (share.told == 0)


def test_where_nothing_can_be_told_no_percentage_is_given():
    assert Share(0, 0, 17).in_words() == "None of the 17 has a new figure"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"wanted": "reduce", "polarity": "higher is better"}, "Say which is meant"),
        ({"standard": "european 2013", "method": "proportion"}, "standardised method"),
        ({"target": Target(words="less", by="soon")}, "soon"),
    ],
)
def test_an_indicator_at_odds_with_itself_is_refused(fields, said):
    assert any(said in fault for fault in Indicator(name="I", **fields).faults())


def test_a_figure_that_came_is_not_awaited_any_more():
    made = IndicatorReport(indicator="k/indicator/i", state="improved", expected="2026-06")
    assert any("no figure is awaited" in fault for fault in made.faults())
    waiting = IndicatorReport(
        indicator="k/indicator/i", state="awaiting national release", expected="2026-06"
    )
    assert list(waiting.faults()) == []


# What is published


def cell(text, row, column):
    tables = [each for each in text.tables if column in each.heads]
    (found,) = [
        (table, each) for table in tables for each in table.rows if row in words(each.cells[0][0])
    ]
    table, line = found
    return "; ".join(map(words, line.cells[table.heads.index(column)]))


def test_what_is_not_set_or_recorded_is_said_to_be_so(packs):
    text = outcomes_of_system(packs(date(2022, 5, 1)), HIOW, f"{HIOW}/area/system")
    assert cell(text, "Smoking in pregnancy", "Target") == NO_TARGET
    assert cell(text, "Smoking in pregnancy", "Baseline") == NOT_RECORDED
    assert cell(text, "Smoking in pregnancy", "Last report") == NOT_RECORDED


def test_a_measure_stands_as_last_reported_on_the_day(packs):
    def last(day):
        text = outcomes_of_body(packs(day), f"{INVENTED}/body/hospitals")
        return cell(text, "ready to leave", "Last report")

    assert last(date(2025, 7, 30)) == NOT_RECORDED
    assert last(date(2025, 7, 31)) == "Similar; 6.9."
    assert last(date(2025, 10, 31)).startswith("Declined; 7.4; a ward")


def test_a_system_without_indicators_says_so(packs):
    text = outcomes_of_system(packs(date(2022, 5, 1)), "dorset", "dorset/area/system")
    assert [words(each.line) for each in text.blocks if isinstance(each, Note)] == [NOTHING]


def test_a_target_is_as_exact_as_it_was_stated():
    assert Target(value=Decimal("50.0")).in_words() == "50.0"
