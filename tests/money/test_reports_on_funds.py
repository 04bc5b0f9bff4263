"""The quarterly and annual report on a shared fund: what counts on which day, and who bears what."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.bodies.facts import Body
from commonweal.money.budgets import Budget, BudgetLine
from commonweal.money.funds import Agreement, Contribution, Fund, RiskStep, Scheme, Weighed
from commonweal.money.reports.due import due_by, due_in_words, span
from commonweal.money.reports.pool import Booked, counted_until
from commonweal.money.reports.pooled import fund_report
from commonweal.money.sums import Sum
from commonweal.record.when import MalformedDate
from tests.making import BOARD, a, kent
from tests.money.test_reports import column, faults, said, table_of

POOL, COUNCIL, TEAMS = "kent/fund/pool", "kent/body/council", "kent/funded-scheme/teams"
YEAR = "2025/26"
SHARES = tuple(
    Weighed(partner=who, share=share) for who, share in ((BOARD, "0.637"), (COUNCIL, "0.363"))
)


def steps(*available):
    aside = [
        RiskStep(name=f"Set aside {n}", available=pence) for n, pence in enumerate(available, 1)
    ]
    return (*aside, RiskStep(name="Partners by share", shares=SHARES))


def budget(version, made, spending):
    fact = Budget(
        name="Pool", holder=COUNCIL, year=YEAR, version=version, made=made, fund=POOL,
        lines=(BudgetLine(name="Teams", spending=spending, income=0),),
    )  # fmt: skip
    return a(f"kent/budget/{version}", fact)


def pool(*more, **terms):
    paid = [
        a(f"kent/contribution/{who.rpartition('/')[2]}",
          Contribution(fund=POOL, partner=who, year=YEAR, payments=12, sum=Sum(pence=pence)))
        for who, pence in ((BOARD, 7_644_000_00), (COUNCIL, 4_356_000_00))
    ]  # fmt: skip
    agreed = {"name": "Care", "law": "National Health Service Act 2006, section 75",
              "parties": (BOARD, COUNCIL), "hosts": (COUNCIL,), "steps": steps()}  # fmt: skip
    return kent(
        a(COUNCIL, Body(name="Kent Council", type="council")),
        a(POOL, Fund(name="Pool", type="pooled", year=YEAR, agreement="kent/agreement/care")),
        a(TEAMS, Scheme(name="Teams", fund=POOL)),
        a("kent/agreement/care", Agreement(**agreed | terms)),
        budget("approved", "2025-03-20", 12_000_000_00), *paid, *more,
    )  # fmt: skip


def report(record, quarter=0, booked=(), day=date(2026, 11, 1)):
    text = fund_report(record(day), POOL, span(YEAR, quarter), booked)
    assert [fault for table in text.tables for fault in faults(table)] == []
    return text


@pytest.mark.parametrize(
    ("day", "until"),
    [
        (date(2025, 6, 30), date(2025, 7, 1)),  # the day before the quarter begins: nothing of it
        (date(2025, 7, 1), date(2025, 7, 2)),  # its first day
        (date(2025, 9, 29), date(2025, 9, 30)),
        (date(2025, 9, 30), date(2025, 10, 1)),  # its last day
        (date(2025, 10, 1), date(2025, 10, 1)),  # the day after: no more than the quarter
    ],
)
def test_a_report_counts_to_the_end_of_its_quarter_and_never_beyond_its_own_day(day, until):
    assert counted_until(pool()(day), span(YEAR, 2)) == until


def test_a_report_before_the_end_of_its_quarter_says_so():
    assert "ends on 30 September 2025. Only what was booked by 29 September 2025" in said(
        report(pool(), 2, day=date(2025, 9, 29))
    )
    assert "Only what was booked" not in said(report(pool(), 2, day=date(2025, 9, 30)))


def test_what_partners_owe_so_far_follows_their_twelve_payments():
    paid = [Booked("contribution", "", BOARD, -3_822_000_00)]
    table = table_of(report(pool(), 2, paid).blocks, "What each partner puts in")
    assert column(table, "Due so far") == {
        BOARD: "£3,822,000", COUNCIL: "£2,178,000", "all partners": "£6,000,000"
    }  # fmt: skip
    assert column(table, "Paid less due") == {
        BOARD: "£0", COUNCIL: "−£2,178,000", "all partners": "−£2,178,000"
    }  # fmt: skip


def test_the_forecast_of_a_quarter_is_one_that_its_readers_could_have_had():
    late = pool(budget("forecast", "2026-01-15", 14_500_000_00))
    assert "Forecast: not recorded" in said(report(late, 2))
    assert "Forecast: forecast, made 15 January 2026" in said(report(late, 3))


def test_without_a_forecast_the_ledger_is_carried_on_to_the_end_of_the_year():
    spent = [Booked("spending", TEAMS, "", 6_100_000_00)]
    table = table_of(report(pool(), 2, spent).blocks, "What the year is expected to cost")
    assert column(table, "Forecast") == {"manager": "Not recorded", "ledger": "£12,200,000"}
    assert column(table, "Variance")["ledger"] == "£200,000 adverse"


def test_an_overspend_of_two_and_a_half_million_is_borne_as_the_worked_answer_has_it():
    """£0.6m, £0.9m and £0.4m are set aside; of the £0.6m left the board bears £382,200."""
    record = pool(
        budget("outturn", "2026-05-10", 14_500_000_00),
        steps=steps(600_000_00, 900_000_00, 400_000_00),
    )
    text = report(record)
    table = table_of(text.blocks, "Steps of the agreement")
    assert list(column(table, "Sum").values()) == [
        "£600,000", "£900,000", "£400,000", "£382,200", "£217,800", "£0", "£2,500,000"
    ]  # fmt: skip
    assert column(table_of(text.blocks, "step by step"), "Comes to")["ends"] == "£0"


@given(st.integers(1, 10**11), st.lists(st.integers(0, 10**10), max_size=3), st.integers(0, 10**10))
def test_whatever_the_overspend_its_steps_and_what_nobody_bears_make_it_up(over, aside, most):
    limited = RiskStep(name="Partners by share", shares=SHARES, most=most)
    record = pool(
        budget("outturn", "2026-05-10", 12_000_000_00 + over), steps=(*steps(*aside)[:-1], limited)
    )
    found = {key: figure for key, figure in _pence(report(record)).items() if key != "overspend"}
    assert sum(found.values()) == over


def _pence(text):
    table = table_of(text.blocks, "Steps of the agreement")
    return {row.key: row.cells[2][0][0].figure.value for row in table.rows}


@given(st.integers(1, 12_000_000_00))
def test_an_underspend_that_goes_back_goes_back_to_the_penny(left):
    record = pool(
        budget("outturn", "2026-05-10", 12_000_000_00 - left), underspend="returned by share"
    )
    table = table_of(report(record).blocks, "What goes back")
    *parts, whole = [row.cells[1][0][0].figure.value for row in table.rows]
    assert sum(parts) == whole == left


def test_an_underspend_of_which_the_agreement_says_nothing_is_shared_by_nobody():
    record = pool(budget("outturn", "2026-05-10", 11_000_000_00))
    assert "What becomes of it is not recorded" in said(report(record))


def test_spending_for_no_scheme_of_the_fund_is_shown_and_counted():
    spent = [Booked("spending", TEAMS, "", 100), Booked("spending", "", "", 7)]
    table = table_of(report(pool(), 1, spent).blocks, "Spending by scheme")
    assert column(table, "Spent so far") == {TEAMS: "£1", "booked ": "£0.07", "all of it": "£1.07"}


@pytest.mark.parametrize(
    ("of", "after"),
    [(span(YEAR, 1), span(YEAR, 2)), (span(YEAR, 4), span(YEAR)), (span(YEAR), span("2026/27", 1))],
)
def test_after_each_quarter_comes_the_next_and_after_the_fourth_the_year(of, after):
    assert of.next == after


def test_the_regulations_set_no_day_for_a_report_and_an_agreement_may():
    """S.I. 2000/617, regulation 7(4)(b): quarterly reports and an annual return, with no count of days."""
    agreement = pool()(date(2026, 1, 1)).fact("kent/agreement/care")
    assert due_by(agreement, span(YEAR, 2)) is None
    assert "no day is set by the Regulations" in due_in_words(agreement, span(YEAR, 2))
    within = pool(report_within=30)(date(2026, 1, 1)).fact("kent/agreement/care")
    assert due_by(within, span(YEAR, 2)) == date(2025, 10, 30)


def test_a_year_that_is_none_is_refused():
    with pytest.raises(MalformedDate):
        span("2025/27", 1)
