"""May this money be committed? Six tests, each at the limit, a penny over, the day before, the last day."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.meetings.decided import Decision
from commonweal.money.budgets import Budget, BudgetLine
from commonweal.money.committing import TESTS, Commitment, commitment_of, tried
from commonweal.money.funds import Agreement, Fund, Scheme
from commonweal.money.sums import Sum
from tests.authority.schemes import day_of, ident, scheme, with_
from tests.making import a
from tests.money.beside import with_ledger

DIRECTOR, BOARD, COUNCIL = (
    ident("post", "director"),
    ident("body", "board"),
    ident("body", "north-council"),
)
HOME, WARD, NORTH = ident("function", "home"), ident("area", "ward"), ident("area", "north")
POOL, TEAMS = ident("fund", "pool"), ident("funded-scheme", "teams")
TERMS, AUTHORISED = ident("agreement", "pool"), ident("decision", "authorised")
DAY = "2026-11-02"


def pounds(amount):
    return round(Decimal(str(amount)) * 100)


def fund(slug="pool", *, since="2026-04-01", until="2027-04-01", **fields):
    told = {"name": slug.title(), "type": "pooled", "functions": (HOME,), "area": NORTH,
            "agreement": TERMS, "year": "2026/27", **fields}  # fmt: skip
    return a(ident("fund", slug), Fund(**told), since=since, until=until)


def agreement(*, since="2026-04-01", until="2027-04-01", **fields):
    told = {"name": "Pool", "law": "An Act, section 75", "parties": (BOARD, COUNCIL), **fields}
    return a(TERMS, Agreement(**told), since=since, until=until)


def teams(**fields):
    return a(TEAMS, Scheme(**{"name": "Teams", "fund": POOL, "functions": (HOME,), **fields}))


def budget(spending=500_000, version="approved", made="2026-03-20", slug="first"):
    line = BudgetLine(name="Teams", spending=pounds(spending), income=0)
    told = Budget(name="Pool", holder=BOARD, year="2026/27", version=version, made=made, fund=POOL,
                  lines=(line,))  # fmt: skip
    return a(ident("budget", slug), told)


def decision(slug="authorised", amount=200_000, by=DIRECTOR, when="2026-05-01", **fields):
    told = {"name": slug, "type": "delegated", "outcome": "carried", "by": by, "when": when,
            "amount": None if amount is None else pounds(amount), "function": HOME, "area": WARD,
            **fields}  # fmt: skip
    return a(ident("decision", slug), Decision(**told))


def asked(amount=100_000, day=DAY, **fields):
    told = {"holder": DIRECTOR, "scheme": TEAMS, "area": WARD, "decision": AUTHORISED, **fields}
    return Commitment(pence=pounds(amount), day=date.fromisoformat(day), **told)


WHOLE = (agreement(), fund(), teams(), budget(), decision())


def verdict(commitment, *changed, spent=(), items=None):
    """What is found, with some facts in the place of those of the same name."""
    every = with_(items or scheme(), *WHOLE)
    return tried(with_ledger(with_(every, *changed), *spent, on="2028-01-01"), commitment)


def found(test, commitment, *changed, **more):
    return next(each for each in verdict(commitment, *changed, **more).tests if each.test == test)


def outcome(test, commitment, *changed, **more):
    return found(test, commitment, *changed, **more).outcome


def test_what_passes_every_test_is_allowed():
    told = verdict(asked())
    assert {each.test: each.outcome for each in told.tests} == dict.fromkeys(TESTS, "met")
    assert told.outcome == "allowed"


def test_what_fails_one_test_is_refused_and_the_others_still_say_what_they_find():
    told = verdict(asked(200_000.01))
    assert told.outcome == "refused"
    assert [each.test for each in told.tests] == list(TESTS)
    assert told.because.startswith("£0.01 over the £200,000 that “authorised” approved")


# --- power and limit ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "expected"), [(250_000, "met"), (250_000.01, "not met"), (0.01, "met")]
)
def test_the_holders_limit_includes_its_last_penny(amount, expected):
    assert outcome("power and limit", asked(amount)) == expected


def test_a_limit_that_is_passed_says_by_how_much_and_whose_it_is():
    told = found("power and limit", asked(290_000))
    assert told.because == "£40,000 over the limit of £250,000 of Director."
    assert told.sources


def test_somebody_without_the_function_is_refused():
    assert outcome("power and limit", asked(holder=ident("post", "officer"))) == "not met"


def test_nobody_can_be_asked_without_a_function():
    silent = (teams(functions=()), fund(functions=()), decision(function=None))
    assert outcome("power and limit", asked(), *silent) == "cannot tell"


# --- committed before -----------------------------------------------------------------------------


def running(limit, amount, *before, day=DAY):
    items = with_(scheme(), director={"limit": limit})
    return found(
        "committed before", asked(amount, day, deciding=True, decision=None), *before, items=items
    )


EARLIER = decision("earlier", 150_000, when="2026-06-01")


@pytest.mark.parametrize(("amount", "expected"), [(100_000, "met"), (100_000.01, "not met")])
def test_a_limit_a_year_counts_what_was_committed_before_to_the_penny(amount, expected):
    only = (EARLIER, decision(amount=None))
    assert running("per year", amount, *only).outcome == expected


def test_it_says_how_far_over_and_what_was_committed_by_whom():
    told = running("per year", 140_000, EARLIER, decision(amount=None))
    assert told.because == (
        "£40,000 over the limit of £250,000; £150,000 was already committed this year by Director "
        "(“earlier”)."
    )


@pytest.mark.parametrize(
    ("made", "expected"), [("2026-04-01", "not met"), ("2026-03-31", "met"), (DAY, "not met")]
)
def test_only_the_same_financial_year_counts(made, expected):
    earlier = decision("earlier", 150_000, when=made)
    assert running("per year", 140_000, earlier, decision(amount=None)).outcome == expected


def test_a_limit_on_a_matter_counts_the_decisions_on_it_whenever():
    first = decision("first", 200_000, when="2020-05-01")
    own = decision(amount=100_000, matter=first.entity)
    items = with_(scheme(), director={"limit": "cumulative per matter"})
    told = found("committed before", asked(100_000), first, own, items=items)
    assert told.outcome == "not met"
    assert "£200,000 was already committed on this matter" in told.because


def test_the_decision_that_authorises_it_is_not_counted_against_itself():
    items = with_(scheme(), director={"limit": "per year"})
    assert outcome("committed before", asked(200_000), items=items) == "met"


def test_what_was_spent_beyond_an_earlier_decision_counts_too():
    spent = [(BOARD, POOL, TEAMS, EARLIER.entity, "2026-07-01", pounds(160_000))]
    items = with_(scheme(), director={"limit": "per year"})
    case = asked(100_000, deciding=True, decision=None)
    told = found("committed before", case, EARLIER, decision(amount=None), items=items, spent=spent)
    assert told.outcome == "not met"
    assert told.because.startswith("£10,000 over")


def test_a_limit_on_each_decision_counts_nothing_before():
    assert found("committed before", asked()).because == (
        "No limit on record counts what was committed before."
    )


# --- purpose --------------------------------------------------------------------------------------

SURGERY = ident("function", "surgery")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ((teams(fund=ident("fund", "other")), fund("other")), "not met"),
        ((teams(functions=(SURGERY,)),), "not met"),
        ((fund(functions=(SURGERY,)),), "not met"),
        ((agreement(functions=(SURGERY,)),), "not met"),
        ((agreement(functions=(ident("function", "care"),)),), "met"),
        ((fund(functions=()), teams(functions=())), "cannot tell"),
        ((fund(area=ident("area", "south")),), "not met"),
        ((fund(area=None),), "met"),
    ],
)
def test_money_goes_only_to_what_scheme_fund_and_agreement_are_for(changed, expected):
    assert outcome("purpose", asked(fund=POOL, function=HOME), *changed) == expected


def test_a_part_of_what_a_fund_is_for_is_within_its_purpose():
    part = asked(function=ident("function", "reablement"))
    assert outcome("purpose", part, teams(functions=())) == "met"


def test_without_a_fund_no_purpose_can_be_tried():
    assert outcome("purpose", asked(scheme=None)) == "cannot tell"


# --- fund and agreement ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-03-31", "not met"),
        ("2026-04-01", "met"),
        ("2027-03-31", "met"),
        ("2027-04-01", "not met"),
    ],
)
def test_a_fund_can_be_committed_from_its_first_day_to_its_last(day, expected):
    assert outcome("fund and agreement", asked(day=day)) == expected


def test_an_agreement_that_lapsed_within_the_year_closes_the_fund():
    lapsed = agreement(until="2026-10-01")
    told = found("fund and agreement", asked(), lapsed)
    assert told.outcome == "not met"
    assert told.because == "Pool ended on 30 September 2026; this is of 2 November 2026."
    assert outcome("fund and agreement", asked(day="2026-09-30"), lapsed) == "met"


def test_a_fund_that_begins_later_says_when():
    told = found("fund and agreement", asked(day="2026-03-31"))
    assert "It begins on 1 April 2026." in told.because


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (fund(status="proposed"), "not met"),
        (agreement(status="draft"), "not met"),
        (fund(agreement=None), "cannot tell"),
        (fund(agreement=None, type="aligned"), "met"),
        (fund(year="2025/26"), "cannot tell"),
    ],
)
def test_only_a_fund_that_stands_in_the_year_can_be_committed(changed, expected):
    assert outcome("fund and agreement", asked(), changed) == expected


# --- decision -------------------------------------------------------------------------------------


def test_nothing_is_committed_without_a_decision():
    told = verdict(asked(decision=None))
    assert told.outcome == "refused"
    assert told.because == "No decision on record is named that authorises it."


def test_whoever_is_deciding_needs_no_decision_before():
    assert verdict(asked(decision=None, deciding=True)).outcome == "allowed"


@pytest.mark.parametrize(
    ("spent", "amount", "expected"),
    [(150_000, 50_000, "met"), (150_000, 50_000.01, "not met"), (0, 200_000, "met")],
)
def test_a_decision_covers_what_it_approved_less_what_was_spent(spent, amount, expected):
    lines = [(BOARD, POOL, TEAMS, AUTHORISED, "2026-06-01", pounds(spent))]
    assert outcome("decision", asked(amount), spent=lines) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"outcome": "lost"}, "not met"),
        ({"status": "draft"}, "not met"),
        ({"when": "2026-11-03"}, "not met"),
        ({"when": DAY}, "met"),
        ({"effective": "2026-11-03"}, "not met"),
        ({"effective": DAY}, "met"),
        ({"amount": None}, "cannot tell"),
        ({"paid_from": TEAMS}, "met"),
        ({"paid_from": POOL}, "met"),
        ({"paid_from": ident("fund", "other")}, "not met"),
    ],
)
def test_a_decision_authorises_only_what_it_covers_from_the_day_it_holds(changed, expected):
    others = (fund("other"),)
    assert outcome("decision", asked(), decision(**changed), *others) == expected


def test_a_decision_on_something_else_authorises_nothing():
    assert outcome("decision", asked(function=SURGERY)) == "not met"


def test_a_decision_that_another_took_the_place_of_authorises_nothing():
    later = decision("later", when="2026-10-01", supersedes=AUTHORISED)
    assert "took the place of" in found("decision", asked(), later).because


def test_without_a_ledger_what_was_spent_under_a_decision_cannot_be_told():
    items = with_(scheme(), *WHOLE)
    told = tried(day_of(items, DAY), asked())
    assert {e.test for e in told.tests if e.outcome == "cannot tell"} == {"decision", "budget"}


# --- budget ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spent", "amount", "expected"),
    [(400_000, 100_000, "met"), (400_000, 100_000.01, "not met"), (0, 200_000, "met")],
)
def test_the_approved_budget_is_kept_with_what_was_spent_this_year(spent, amount, expected):
    lines = [(BOARD, POOL, TEAMS, "", "2026-06-01", pounds(spent))]
    assert outcome("budget", asked(amount), spent=lines) == expected


def test_a_budget_that_is_passed_says_by_how_much_and_what_was_spent():
    lines = [(BOARD, POOL, TEAMS, "", "2026-06-01", pounds(450_000))]
    assert found("budget", asked(60_000), spent=lines).because == (
        "£10,000 over the budget, £500,000 of “Teams”; £450,000 was already spent or promised."
    )


@pytest.mark.parametrize(
    ("spent_on", "expected"),
    [("2026-03-31", "met"), ("2026-04-01", "not met"), ("2026-10-31", "not met")],
)
def test_what_was_spent_in_another_year_leaves_the_budget_whole(spent_on, expected):
    lines = [(BOARD, POOL, TEAMS, "", spent_on, pounds(450_000))]
    assert outcome("budget", asked(60_000), spent=lines) == expected


def test_what_other_decisions_promised_counts_until_more_is_spent_under_them():
    promised = decision("promised", 450_000, by=BOARD, paid_from=TEAMS)
    assert outcome("budget", asked(60_000), promised) == "not met"
    some = [(BOARD, POOL, TEAMS, promised.entity, "2026-06-01", pounds(300_000))]
    assert "£450,000 was already" in found("budget", asked(60_000), promised, spent=some).because


def test_the_newest_approved_version_counts_and_a_forecast_does_not():
    revised = budget(90_000, "revised", "2026-09-30", "second")
    forecast = budget(900_000, "forecast", "2026-10-31", "third")
    assert outcome("budget", asked(100_000), revised, forecast) == "not met"


def test_an_approximate_total_refuses_nothing():
    about = fund(total=Sum(pence=pounds(50_000), about=True))
    without = with_(scheme(), *(each for each in WHOLE if each.entity != ident("budget", "first")))
    record = with_ledger(with_(without, about), on="2028-01-01")
    told = tried(record, asked(60_000, scheme=None, fund=POOL))
    budgeted = next(each for each in told.tests if each.test == "budget")
    assert budgeted.outcome == "cannot tell"
    assert "about £50,000" in budgeted.because


@given(st.integers(1, 10**9), st.integers(0, 10**9))
def test_a_commitment_is_never_within_a_budget_that_it_passes(amount, spent):
    lines = [(BOARD, POOL, TEAMS, "", "2026-06-01", spent)] if spent else []
    expected = "met" if amount + spent <= pounds(500_000) else "not met"
    case = asked()._replace(pence=amount)
    assert outcome("budget", case, spent=lines) == expected


# --- a decision as a commitment -------------------------------------------------------------------


def test_a_decision_that_was_carried_commits_what_it_approved_from_what_pays():
    record = day_of(with_(scheme(), *WHOLE, decision(paid_from=TEAMS)))
    made = commitment_of(record, AUTHORISED, record.fact(AUTHORISED))
    assert (made.holder, made.pence, made.scheme, made.fund) == (
        DIRECTOR,
        pounds(200_000),
        TEAMS,
        None,
    )
    assert made.deciding


@pytest.mark.parametrize("fields", [{"amount": None}, {"outcome": "lost"}, {"when": "2026-05"}])
def test_what_was_not_carried_or_has_no_amount_or_day_commits_nothing(fields):
    record = day_of(with_(scheme(), *WHOLE, decision(**fields)))
    assert commitment_of(record, AUTHORISED, record.fact(AUTHORISED)) is None
