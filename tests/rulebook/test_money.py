"""Pools, tables, reserves, control totals and plans: met, not met, and what cannot be told."""

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest

from commonweal.money.allocations import ControlTotal, Offset, Shift
from commonweal.money.better_care import BetterCarePlan, FundingSource, PlannedScheme
from commonweal.money.budgets import Budget, BudgetLine, Move, Outlook, OutlookYear, Reserve
from commonweal.money.funds import Agreement, Contribution, Fund, Scheme, Term
from commonweal.money.sums import Sum
from tests.making import BOARD, a, kent, outcomes, said

DAY = date(2026, 6, 1)
TERMS = get_args(Term)
COUNCIL, OTHER = "kent/body/council", "kent/body/other"
POOL, TERMS_OF_POOL, MANAGER = "kent/fund/pool", "kent/agreement/pool", "kent/post/manager"


def agreement(**fields):
    told = {"parties": (BOARD, COUNCIL), "hosts": (COUNCIL,), "pool_manager": MANAGER,
            "terms": TERMS, **fields}  # fmt: skip
    return a(TERMS_OF_POOL, Agreement(name="Pool", law="Act, section 75", **told))


def pool(**fields):
    told = {"type": "pooled", "agreement": TERMS_OF_POOL, **fields}
    return a(POOL, Fund(name="Pool", **told))


def paid(name, partner, **fields):
    return a(f"kent/contribution/{name}", Contribution(fund=POOL, partner=partner, **fields))


def found(number, *facts, day=DAY):
    return set(outcomes(kent(*facts)(day), number).values())


@pytest.mark.parametrize(
    ("terms", "expected"),
    [(TERMS, "met"), (TERMS[1:], "not met"), ((), "not met"), (None, "cannot tell")],
)
def test_an_agreement_on_a_pool_has_its_seven_terms(terms, expected):
    assert found("S75-05", agreement(terms=terms), pool()) == {expected}


def test_the_term_that_is_missing_is_named():
    record = kent(agreement(terms=TERMS[:-1]), pool())(DAY)
    assert "management, monitoring and host" in said(record, "S75-05", TERMS_OF_POOL)


def test_an_aligned_fund_needs_no_such_terms():
    assert found("S75-05", agreement(terms=()), pool(type="aligned")) == set()


@pytest.mark.parametrize(
    ("hosts", "manager", "expected"),
    [
        ((COUNCIL,), MANAGER, "met"),
        ((COUNCIL,), None, "cannot tell"),
        ((), MANAGER, "cannot tell"),
        ((COUNCIL, BOARD), MANAGER, "not met"),
    ],
)
def test_a_pool_has_one_host_who_appoints_its_manager(hosts, manager, expected):
    facts = (agreement(hosts=hosts, pool_manager=manager), pool())
    assert found("S75-06", *facts) == {expected}


@pytest.mark.parametrize(
    ("partner", "expected"), [(BOARD, "met"), (COUNCIL, "met"), (OTHER, "not met")]
)
def test_whoever_pays_into_a_pool_is_party_to_it(partner, expected):
    facts = (agreement(), pool(), paid("one", partner, share=Decimal(1)))
    assert found("MON-PARTNERS", *facts) == {expected}


def test_who_is_party_cannot_be_told_without_an_agreement():
    facts = (pool(agreement=None), paid("one", COUNCIL, share=Decimal(1)))
    assert found("MON-PARTNERS", *facts) == {"cannot tell"}


@pytest.mark.parametrize(
    ("council", "expected"), [("0.363", "met"), ("0.362", "not met"), (None, "cannot tell")]
)
def test_the_shares_of_a_pool_make_one_whole(council, expected):
    share = Decimal(council) if council else None
    other = {"share": share} if share else {"sum": Sum(pence=1)}
    facts = (
        agreement(),
        pool(),
        paid("a", BOARD, share=Decimal("0.637")),
        paid("b", COUNCIL, **other),
    )
    assert found("MON-SHARES", *facts) == {expected}


@pytest.mark.parametrize(
    ("pence", "about", "expected"),
    [(100, False, "met"), (101, False, "not met"), (101, True, "met")],
)
def test_the_sums_make_the_total_to_the_penny_where_it_is_stated_so(pence, about, expected):
    total = Sum(pence=pence, about=about)
    sums = (paid("a", BOARD, sum=Sum(pence=60), year="2025/26"),
            paid("b", COUNCIL, sum=Sum(pence=40), year="2025/26"))  # fmt: skip
    facts = (agreement(), pool(total=total, year="2025/26"), *sums)
    assert found("MON-SHARES", *facts) == {expected}


def budget(name="one", version="approved", spending=100, income=-40, **fields):
    line = BudgetLine(name="All", spending=spending, income=income)
    told = {"name": "Care", "holder": BOARD, "year": "2025/26", "lines": (line,), **fields}
    return a(f"kent/budget/{name}", Budget(version=version, **told))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ({"printed_spending": 100, "printed_income": -40, "printed_net": 60}, "met"),
        ({"printed_spending": 101}, "not met"),
        ({"printed_net": 59}, "not met"),
        ({}, "cannot tell"),
    ],
)
def test_the_lines_of_a_budget_make_its_printed_totals(printed, expected):
    assert found("MON-CAST", budget(**printed)) == {expected}


def test_a_line_that_is_not_stated_makes_no_total():
    assert found("MON-CAST", budget(spending=None, printed_spending=100)) == {"cannot tell"}


@pytest.mark.parametrize(
    ("moves", "expected"), [((10,), "met"), ((4, 6), "met"), ((9,), "not met"), ((), "not met")]
)
def test_two_versions_of_a_year_differ_by_what_moved(moves, expected):
    told = tuple(Move(name=f"Move {n}", pence=pence) for n, pence in enumerate(moves))
    later = budget("two", "revised", 110, replaces="kent/budget/one", moves=told)
    assert found("MON-TIE", budget(), later) == {expected}


def test_a_forecast_needs_no_moves_nor_does_another_year():
    forecast = budget("two", "forecast", 110, replaces="kent/budget/one")
    next_year = budget("three", "approved", 110, replaces="kent/budget/one", year="2026/27")
    assert found("MON-TIE", budget(), forecast, next_year) == set()


@pytest.mark.parametrize(
    ("used", "added", "closing", "expected"),
    [(30, 5, 75, "met"), (30, None, 70, "met"), (30, 5, 74, "not met"), (None, 5, 75, "cannot tell"),
     (30, 5, None, "cannot tell")],
)  # fmt: skip
def test_a_reserve_closes_with_what_is_left(used, added, closing, expected):
    told = Reserve(
        name="R", holder=BOARD, year="2025/26", opening=100, used=used, added=added, closing=closing
    )
    assert found("MON-RESERVE", a("kent/reserve/one", told)) == {expected}


@pytest.mark.parametrize(
    ("share", "base", "expected"),
    [("0.23", 2500, "met"), ("0.22", 2500, "not met"), ("0.24", 2500, "met"), ("0.25", 2500, "not met"),
     ("0.23", None, "cannot tell")],
)  # fmt: skip
def test_a_printed_share_fits_within_the_rounding_of_its_base(share, base, expected):
    year = OutlookYear(year="2020/21", gap=Sum(pence=577), share=Decimal(share))
    of = Sum(pence=base, to_nearest=100) if base else None
    told = Outlook(name="Gap", type="do nothing", about=BOARD, base=of, years=(year,))
    assert found("MON-GAP", a("kent/outlook/one", told)) == {expected}


def total(name, body, plan, actual=None, year="2025/26"):
    told = ControlTotal(holder=body, year=year, plan=plan, actual=actual)
    return a(f"kent/control-total/{name}", told)


@pytest.mark.parametrize(
    ("agreed", "regulator", "expected"),
    [((BOARD, COUNCIL), True, "met"), ((BOARD,), True, "not met"), ((BOARD, COUNCIL), None, "not met")],
)  # fmt: skip
def test_an_offset_is_agreed_by_all_it_moves_and_the_regulator(agreed, regulator, expected):
    moves = (Shift(body=BOARD, pence=-5), Shift(body=COUNCIL, pence=5))
    told = Offset(name="O", year="2025/26", moves=moves, agreed_by=agreed, regulator=regulator)
    facts = (total("a", BOARD, 0), total("b", COUNCIL, 0), a("kent/offset/one", told))
    assert found("MON-OFFSET", *facts) == {expected}


@pytest.mark.parametrize(("year", "expected"), [("2025/26", "met"), ("2026/27", "not met")])
def test_from_april_2026_no_surplus_elsewhere_makes_good_a_deficit(year, expected):
    totals = (total("a", BOARD, -5, -5, year), total("b", COUNCIL, 5, 5, year))
    assert found("MON-CONTROL", *totals, day=date(2027, 4, 1)) == {expected}


@pytest.mark.parametrize(("day", "expected"), [("2026-03-31", set()), ("2026-04-01", {"met"})])
def test_a_control_total_is_tried_when_its_year_is_over(day, expected):
    assert found("MON-CONTROL", total("a", BOARD, 0, 0), day=date.fromisoformat(day)) == expected


def plan(spent, *, social=0, share=None):
    joint = (
        {"commissioner": "joint", "nhs_share": Decimal("0.6"), "council_share": Decimal(share)}
        if share
        else {}
    )
    scheme = PlannedScheme(
        name="Care", source="Minimum", pence=spent, spent_on="social care", **joint
    )
    told = BetterCarePlan(
        board=COUNCIL, year="2025/26", schemes=(scheme,), social_care_floor=social, out_of_hospital_floor=0,
        money_in=(FundingSource(name="Minimum", type="NHS minimum", pence=100),),
    )  # fmt: skip
    return a("kent/better-care-plan/one", told)


@pytest.mark.parametrize(("spent", "expected"), [(100, "met"), (99, "not met"), (101, "not met")])
def test_a_better_care_plan_spends_its_money_whole_and_none_beyond(spent, expected):
    assert found("MON-BCF", plan(spent)) == {expected}


@pytest.mark.parametrize(("floor", "expected"), [(100, "met"), (101, "not met")])
def test_a_floor_of_the_nhs_minimum_is_met_at_its_amount(floor, expected):
    assert found("MON-BCF", plan(100, social=floor)) == {expected}


@pytest.mark.parametrize(("share", "expected"), [("0.4", "met"), ("0.3", "not met")])
def test_the_shares_of_a_joint_scheme_make_one_whole(share, expected):
    assert found("MON-BCF", plan(100, share=share)) == {expected}


@pytest.mark.parametrize(
    ("decision", "expected"), [(None, "cannot tell"), ("kent/decision/one", "met")]
)
def test_a_scheme_rests_on_a_decision(decision, expected):
    told = Scheme(name="Carers", fund=POOL, decision=decision)
    assert found("MON-DECISION", agreement(), pool(), a("kent/funded-scheme/one", told)) == {
        expected
    }
