"""What is said of the money of the sources, and of a place."""

from datetime import date

import pytest

from commonweal.money.budgets import Budget
from commonweal.money.pence import BadMoney, variance_in_words
from commonweal.money.statements import control_totals, reconcile, versions
from tests.making import shipped

WOLVES, HIOW = "black-country-wolverhampton", "hampshire-and-isle-of-wight"


@pytest.fixture(scope="module")
def packs():
    return shipped()


def test_wolverhamptons_forecast_is_reported_against_the_budget_it_names(packs):
    found = versions(packs(date(2022, 12, 12)), system=WOLVES)
    (panel,) = [each for each in found if each.late]
    assert panel.firm == f"{WOLVES}/budget/health-panel-2022-23"
    gross = {line.name: variance_in_words(line.gross_variance) for line in panel.lines}
    assert gross["Healthy Ageing"] == "£60,000 favourable"
    assert gross["Public Health Business Management"] == "£63,000 adverse"
    assert {line.net_variance for line in panel.lines} == {0}
    assert [b.version for _, b in panel.budgets] == ["approved", "revised", "forecast"]


def test_what_was_not_made_yet_is_not_reported(packs):
    (panel,) = versions(packs(date(2022, 11, 15)), system=WOLVES)
    assert (panel.late, panel.lines) == (None, ())


def test_the_draft_budget_of_the_council_adds_up_to_its_challenge(packs):
    draft = packs(date(2022, 12, 12)).fact(f"{WOLVES}/budget/council-2023-24-draft")
    assert isinstance(draft, Budget)
    assert draft.net == draft.printed_net == 285_382_000_00
    assert draft.net - 278_240_000_00 == 7_142_000_00
    earlier = packs(date(2022, 12, 12)).fact(draft.replaces)
    assert earlier.net + sum(move.pence for move in draft.moves) == draft.net


def test_a_systems_control_totals_show_plan_change_and_actual(packs):
    found = control_totals(packs(date(2026, 6, 1)), "exampleshire", "2025/26")
    by_name = {each.name: each for each in found.standings}
    hospitals = by_name["Exampleshire Hospitals NHS Foundation Trust"]
    assert (hospitals.plan, hospitals.changed, hospitals.actual) == (
        -840_000_000,
        -990_000_000,
        -990_000_000,
    )
    assert sum(e.plan for e in found.standings) == sum(e.changed for e in found.standings)
    assert found.verdict.outcome == "cannot tell"


def test_a_year_without_control_totals_is_not_a_year_in_which_they_were_kept(packs):
    found = control_totals(packs(date(2026, 6, 1)), "exampleshire", "2026/27")
    assert found.verdict.outcome == "cannot tell"
    with pytest.raises(BadMoney):
        control_totals(packs(date(2026, 6, 1)), "exampleshire", "2016/17")


def test_a_places_money_is_followed_to_its_schemes_and_the_rest_is_shown(packs):
    found = reconcile(packs(date(2025, 12, 1)), "exampleshire/area/north", "2025/26")
    (pool,) = found.funds
    assert found.unexplained == 150_000_000
    assert pool.unplanned == 0
    assert all(each.decision and each.outcome for each in pool.schemes)
    assert found.bridge.begins + sum(step.moves for step in found.bridge.steps) == 0


def test_what_southamptons_sources_do_not_say_is_not_recorded_and_not_nought(packs):
    found = reconcile(packs(date(2022, 5, 1)), f"{HIOW}/area/southampton")
    (pool,) = found.funds
    assert (pool.pence, len(pool.schemes)) == (135_000_000_00, 10)
    assert {each.pence for each in pool.schemes} == {None}
    assert (pool.unplanned, found.unexplained) == (None, None)
