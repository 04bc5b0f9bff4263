"""Pools, what is reported on them, better care by year, and what was decided and spent."""

from datetime import date
from decimal import Decimal

import pytest

from commonweal.authority.facts import Function
from commonweal.bodies.facts import Body
from commonweal.meetings.decided import Decision
from commonweal.money.better_care import (
    BetterCarePlan,
    FundingSource,
    NationalCondition,
    PlannedMetric,
)
from commonweal.money.funds import Agreement, Contribution, Fund, PoolReport, Scheme
from commonweal.money.reporting import reports_due
from commonweal.money.sums import Sum
from commonweal.money.years import better_care_of
from tests.making import BOARD, SYSTEM, a, kent, outcomes, said
from tests.money.beside import with_ledger

COUNCIL, OTHER = "kent/body/council", "kent/body/other"
POOL, TERMS, TEAMS = "kent/fund/pool", "kent/agreement/pool", "kent/funded-scheme/teams"
CARE, ROADS = "kent/function/care", "kent/function/roads"
PLAN = "kent/better-care-plan/now"


def agreement(*, since="2025-04-01", until=None, **fields):
    told = {"name": "Pool", "law": "National Health Service Act 2006, section 75",
            "parties": (BOARD, COUNCIL), **fields}  # fmt: skip
    return a(TERMS, Agreement(**told), since=since, until=until)


def pool(name=POOL, *, since="2025-04-01", until=None, **fields):
    told = {"name": "Pool", "type": "pooled", "agreement": TERMS, **fields}
    return a(name, Fund(**told), since=since, until=until)


def council(name=COUNCIL, kind="council"):
    return a(
        name, Body(name=name.rsplit("/", maxsplit=1)[-1].title(), type=kind, legal="statutory body")
    )


def found(number, *facts, day="2026-06-01"):
    return set(outcomes(kent(*facts)(date.fromisoformat(day)), number).values())


@pytest.mark.parametrize(
    ("consulted", "expected"), [(True, "met"), (False, "not met"), (None, "cannot tell")]
)
def test_those_affected_are_consulted_before_a_pool_is_agreed(consulted, expected):
    assert found("S75-02", agreement(consulted=consulted), pool()) == {expected}


@pytest.mark.parametrize(
    ("law", "faults"),
    [
        ("section 75", 1),
        ("National Health Service Act 2006, section 75", 0),
        ("Health and Social Care Act 2012, section 75", 0),
    ],
)
def test_an_agreement_names_the_act_whose_section_75_it_means(law, faults):
    assert sum("Two Acts" in each for each in agreement(law=law).fact.faults()) == faults


# --- reports --------------------------------------------------------------------------------------


def reported(*made, within=30):
    reports = tuple(PoolReport(of=of, made=day) for of, day in made)
    return agreement(reports=reports, report_within=within)


FIRST = ("2025/26 Q1", "2025-07-30")


@pytest.mark.parametrize(
    ("made", "day", "expected"),
    [
        ((), "2025-06-30", set()),  # the quarter has not ended
        ((), "2025-07-01", {"met"}),  # it has; the report has thirty days
        ((), "2025-07-30", {"met"}),  # the last of them
        ((), "2025-07-31", {"not met"}),  # the day after
        ((FIRST,), "2025-07-31", {"met"}),
        ((("2025/26 Q1", "2025-07-31"),), "2025-09-01", {"not met"}),  # a day late for ever
        ((FIRST,), "2025-10-30", {"met"}),
        ((FIRST,), "2025-10-31", {"not met"}),  # the next quarter's
    ],
)
def test_a_pool_is_reported_on_within_its_days_after_every_quarter(made, day, expected):
    assert found("S75-07", reported(*made), pool(), day=day) == expected


QUARTERS = (
    FIRST, ("2025/26 Q2", "2025-10-30"), ("2025/26 Q3", "2026-01-30"), ("2025/26 Q4", "2026-04-30"),
)  # fmt: skip


@pytest.mark.parametrize(("day", "expected"), [("2026-04-30", "met"), ("2026-05-01", "not met")])
def test_the_year_has_a_return_of_its_own(day, expected):
    assert found("S75-07", reported(*QUARTERS), pool(), day=day) == {expected}


def test_the_report_that_is_missing_is_named_with_the_day_it_was_due():
    record = kent(reported(), pool())(date(2025, 7, 31))
    assert said(record, "S75-07", TERMS) == "2025/26 Q1: due on 30 July 2025, not on record."


@pytest.mark.parametrize("fields", [{"reports": None}, {"reports": (), "report_within": None}])
def test_reports_that_nobody_looked_for_or_that_have_no_day_cannot_be_told(fields):
    assert found("S75-07", agreement(**fields), pool(), day="2025-08-01") == {"cannot tell"}


def test_the_duty_to_report_ends_with_the_agreement():
    ended = agreement(until="2025-07-01", reports=(), report_within=30)
    assert found("S75-07", ended, pool(), day="2025-07-31") == set()


def test_the_working_of_a_due_day_counts_from_the_last_day_of_the_quarter():
    due = reports_due(reported().fact, date(2025, 4, 1), date(2025, 7, 1))
    assert [(each.of, each.working.start, each.working.due) for each in due] == [
        ("2025/26 Q1", date(2025, 6, 30), date(2025, 7, 30))
    ]


def test_a_pool_that_begins_in_a_quarter_is_reported_on_from_that_quarter():
    due = reports_due(reported().fact, date(2025, 9, 30), date(2026, 4, 1))
    assert [each.of for each in due] == ["2025/26 Q2", "2025/26 Q3", "2025/26 Q4", "2025/26"]


# --- whose money ----------------------------------------------------------------------------------


def paid(partner, name="one", **fields):
    told = {
        "fund": POOL,
        "partner": partner,
        "year": "2025/26",
        **(fields or {"share": Decimal(1)}),
    }
    return a(f"kent/contribution/{name}", Contribution(**told))


HEALTH = {"law": "National Health Service Act 2006, section 65Z6", "parties": (BOARD, OTHER)}


@pytest.mark.parametrize(
    ("partner", "terms", "expected"),
    [
        (COUNCIL, HEALTH, {"not met"}),
        (BOARD, HEALTH, {"met"}),
        (COUNCIL, {**HEALTH, "parties": (BOARD, COUNCIL)}, {"not met"}),
        (COUNCIL, {"parties": (BOARD, OTHER)}, {"not met"}),
        (COUNCIL, {}, set()),
    ],
)
def test_a_council_pays_into_no_pool_of_health_bodies(partner, terms, expected):
    facts = (agreement(**terms), pool(), council(), council(OTHER, "NHS trust"), paid(partner))
    assert found("DEL-05", *facts) == expected


@pytest.mark.parametrize(("day", "expected"), [("2022-06-30", set()), ("2022-07-01", {"not met"})])
def test_that_rule_begins_on_1_july_2022(day, expected):
    facts = (
        agreement(since="2022-04-01", **HEALTH),
        pool(since="2022-04-01"),
        council(),
        paid(COUNCIL),
    )
    assert found("DEL-05", *facts, day=day) == expected


@pytest.mark.parametrize(("council_pence", "expected"), [(363, "met"), (364, "not met")])
def test_what_a_partner_pays_is_its_share_to_the_penny(council_pence, expected):
    facts = (
        agreement(), pool(),
        paid(BOARD, "a", sum=Sum(pence=1000 - council_pence), share=Decimal("0.637")),
        paid(COUNCIL, "b", sum=Sum(pence=council_pence), share=Decimal("0.363")),
    )  # fmt: skip
    assert found("MON-SHARES", *facts) == {expected}


def test_an_approximate_sum_is_not_held_to_the_penny():
    facts = (
        agreement(), pool(),
        paid(BOARD, "a", sum=Sum(pence=640, about=True), share=Decimal("0.637")),
        paid(COUNCIL, "b", sum=Sum(pence=360), share=Decimal("0.363")),
    )  # fmt: skip
    assert found("MON-SHARES", *facts) == {"met"}


# --- better care ----------------------------------------------------------------------------------


def plan(year="2025/26", *, without=(), name=PLAN, minimum=100, **fields):
    """A plan that answers all that its year asks for, but for what is left out."""
    rules = better_care_of(date(int(year[:4]), 4, 1))
    told = {
        "conditions": tuple(NationalCondition(name=each, met=True)
                            for each in rules.conditions if each not in without),
        "metrics": tuple(PlannedMetric(name=each, unit="people")
                         for each in rules.metrics if each not in without),
        "money_in": (FundingSource(name="Minimum", type="NHS minimum", pence=minimum),) if minimum else (),
        "agreement": TERMS, **fields,
    }  # fmt: skip
    return a(name, BetterCarePlan(board=COUNCIL, year=year, **told))


@pytest.mark.parametrize("year", ["2022/23", "2023/24", "2024/25", "2025/26"])
def test_a_plan_answers_the_conditions_of_its_own_year(year):
    assert found("MON-BCF-YEAR", plan(year)) == {"met"}


@pytest.mark.parametrize("missing", ["Objectives carried out", "Average delay of discharge"])
def test_a_condition_or_metric_that_is_left_out_is_named(missing):
    record = kent(plan(without=(missing,)))(date(2026, 6, 1))
    assert outcomes(record, "MON-BCF-YEAR") == {PLAN: "not met"}
    assert missing in said(record, "MON-BCF-YEAR", PLAN)


def test_a_condition_that_is_not_met_and_one_of_which_nothing_is_said_differ():
    def with_(met):
        names = better_care_of(date(2025, 4, 1)).conditions
        said_so = tuple(NationalCondition(name=each, met=met if n == 0 else True)
                        for n, each in enumerate(names))  # fmt: skip
        return found("MON-BCF-YEAR", plan(conditions=said_so))

    assert (with_(False), with_(None)) == ({"not met"}, {"cannot tell"})


@pytest.mark.parametrize("year", ["2026/27", "2021/22"])
def test_what_a_year_asks_cannot_be_told_where_it_is_not_on_record(year):
    fields = {"board": COUNCIL, "year": year}
    assert found("MON-BCF-YEAR", a(PLAN, BetterCarePlan(**fields))) == {"cannot tell"}


@pytest.mark.parametrize(("minimum", "expected"), [(10_566, "met"), (10_565, "not met")])
def test_the_nhs_minimum_grows_by_the_uplift_of_its_year(minimum, expected):
    """5.66% in 2023/24: notes on money, M3."""
    before = plan("2022/23", name="kent/better-care-plan/before", minimum=10_000)
    record = kent(before, plan("2023/24", minimum=minimum))(date(2024, 1, 1))
    assert outcomes(record, "MON-BCF-MIN")[PLAN] == expected


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ((plan("2023/24"),), "the year before"),
        ((plan(), plan("2024/25", name="kent/better-care-plan/before")), "an uplift for 2025/26"),
        ((plan("2023/24", minimum=0), plan("2022/23", name="kent/better-care-plan/before")),
         "the NHS minimum of the year"),
    ],
)  # fmt: skip
def test_growth_cannot_be_told_without_both_years_and_an_uplift(facts, missing):
    record = kent(*facts)(date(2026, 1, 1))
    assert outcomes(record, "MON-BCF-MIN")[PLAN] == "cannot tell"
    assert missing in said(record, "MON-BCF-MIN", PLAN)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((agreement(),), "met"),
        ((), "cannot tell"),
        ((agreement(law="National Health Service Act 2006, section 65Z6"),), "not met"),
    ],
)
def test_better_care_money_is_held_under_section_75(facts, expected):
    assert found("MON-BCF-POOL", plan(), *facts) == {expected}


# --- decided and spent ----------------------------------------------------------------------------


def decision(slug="one", **fields):
    told = {"name": slug, "type": "consensus", "outcome": "carried", "by": BOARD, "when": "2025-05-01",
            "amount": 100, "function": CARE, "area": SYSTEM, "paid_from": POOL, **fields}  # fmt: skip
    return a(f"kent/decision/{slug}", Decision(**told))


def functions():
    return (a(CARE, Function(name="Care")), a(ROADS, Function(name="Roads")))


def whole(**fields):
    told = {"functions": (CARE,), "total": Sum(pence=1000), "year": "2025/26", **fields}
    return (agreement(), pool(**told), *functions())


def tried(number, *facts, spent=(), day="2025-12-01"):
    everything = (*_kent(), *facts)
    return outcomes(with_ledger(everything, *spent, on=day), number)


def _kent():
    from commonweal.areas.facts import Area

    board = Body(
        name="Board", type="integrated care board", legal="statutory body", areas=(SYSTEM,)
    )
    return a(SYSTEM, Area(name="Kent", type="system")), a(BOARD, board), council()


ONE = "kent/decision/one"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "met"),
        ({"amount": 1000}, "met"),
        ({"amount": 1001}, "not met"),
        ({"function": ROADS}, "not met"),
        ({"when": "2025-03-31"}, "not met"),  # the day before the fund begins
        ({"when": "2025-03-31", "effective": "2025-04-01"}, "met"),
    ],
)
def test_a_decision_keeps_to_what_pays_for_it(fields, expected):
    assert tried("MON-COMMIT", *whole(), decision(**fields)) == {ONE: expected}


@pytest.mark.parametrize("fields", [{"paid_from": None}, {"outcome": "lost"}, {"amount": None}])
def test_what_commits_nothing_or_names_nothing_that_pays_is_not_tried(fields):
    assert tried("MON-COMMIT", *whole(), decision(**fields)) == {}


def line(pence, day="2025-06-15", *, fund=POOL, scheme="", under=ONE):
    return (BOARD, fund, scheme, under, day, pence)


@pytest.mark.parametrize(
    ("pence", "amount", "expected"),
    [(100, 100, "met"), (101, 100, "not met"), (1, None, "cannot tell")],
)
def test_no_more_is_spent_under_a_decision_than_it_approved(pence, amount, expected):
    facts = (*whole(), decision(amount=amount))
    assert tried("MON-SPENT", *facts, spent=[line(pence)]) == {ONE: expected}


def test_spending_adds_up_over_months_and_later_spending_is_not_yet_known():
    lines = [line(60, "2025-06-15"), line(60, "2025-07-15")]
    facts = (*whole(), decision())
    assert tried("MON-SPENT", *facts, spent=lines, day="2025-06-30") == {ONE: "met"}
    assert tried("MON-SPENT", *facts, spent=lines, day="2025-08-01") == {ONE: "not met"}


RING = {"ring_fenced": True, "functions": (CARE,)}


@pytest.mark.parametrize(
    ("functions_", "expected"),
    [((CARE,), "met"), ((ROADS,), "not met"), ((CARE, ROADS), "not met")],
)
def test_a_ring_fenced_fund_pays_for_no_scheme_of_another_kind(functions_, expected):
    scheme = a(TEAMS, Scheme(name="Teams", fund=POOL, functions=functions_))
    assert tried("MON-RING", *whole(**RING), scheme) == {POOL: expected}


def test_ring_fenced_money_is_spent_on_no_other_funds_scheme():
    other = "kent/fund/other"
    facts = (*whole(**RING), pool(other), a(TEAMS, Scheme(name="Teams", fund=other)), decision())
    assert tried("MON-RING", *facts, spent=[line(5, scheme=TEAMS)])[POOL] == "not met"
    assert tried("MON-RING", *facts, spent=[line(5, fund=other, scheme=TEAMS)])[POOL] == "met"


@pytest.mark.parametrize(
    ("function", "expected"), [(CARE, "met"), (ROADS, "not met"), (None, "met")]
)
def test_ring_fenced_money_is_spent_by_no_decision_on_something_else(function, expected):
    facts = (*whole(**RING), decision(function=function))
    assert tried("MON-RING", *facts, spent=[line(5)]) == {POOL: expected}


def test_a_fence_whose_functions_are_not_on_record_cannot_be_told():
    assert tried("MON-RING", *whole(ring_fenced=True, functions=())) == {POOL: "cannot tell"}


def test_a_fund_without_a_fence_is_not_tried():
    assert tried("MON-RING", *whole(functions=(CARE,))) == {}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-03-31", {POOL: "not met"}),  # the month before it began
        ("2025-04-01", {}),
        ("2026-03-31", {}),  # its last day
        ("2026-04-01", {POOL: "not met"}),
    ],
)
def test_nothing_is_spent_from_a_fund_that_does_not_stand(day, expected):
    facts = (agreement(), pool(until="2026-04-01"), decision(paid_from=None))
    # The fund is known to have stood, so that it is no name the reader may not see.
    lines = [line(1, "2025-05-01"), line(5, day)]
    assert tried("MON-LATE", *facts, spent=lines, day="2026-06-01") == expected


def test_without_a_ledger_nothing_is_said_of_spending():
    record = kent(*whole(), decision())(date(2025, 12, 1))
    assert outcomes(record, "MON-SPENT") == {}
    assert outcomes(record, "MON-LATE") == {}
