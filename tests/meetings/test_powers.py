"""Power, chain, limit and reservations of a decision, asked of the engine as at its own day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.authority.facts import Condition
from commonweal.authority.proof import check_proof
from commonweal.authority.verifier import Rejected
from commonweal.meetings.decided import Decision
from commonweal.meetings.powers import asked_of, authority_of, warrant
from commonweal.meetings.vires import ASKED_OF_AUTHORITY, vires
from tests.authority.schemes import day_of, ident, post, reservation, scheme, with_
from tests.making import a

DIRECTOR, BOARD = ident("post", "director"), ident("body", "board")
ONE = ident("decision", "one")


def decided(slug="one", pounds=None, by=DIRECTOR, when="2026-11-02", **fields):
    """A decision of the director on home care in one ward, on a Monday in November 2026."""
    given = {
        "name": slug, "type": "delegated", "outcome": "carried", "by": by, "when": when,
        "amount": None if pounds is None else round(pounds * 100),
        "function": ident("function", "home"), "area": ident("area", "ward"), **fields,
    }  # fmt: skip
    return a(ident("decision", slug), Decision(**given))


def lines(*items, on="2026-12-01", name=ONE):
    record = day_of([*(items[0] if isinstance(items[0], list) else [*scheme(), *items])], on)
    return authority_of(record, name, record.fact(name))


def outcomes(*items, **more):
    return {line: found.outcome for line, found in lines(*items, **more).items()}


def made_under(limit, *items, **more):
    """The lines where the director's limit is of some kind, and is £250,000."""
    changed = with_(scheme(), director={"limit": limit})
    return lines([*changed, *items], **more)


def test_all_four_lines_are_answered_and_ten_are_shown():
    record = day_of([*scheme(), decided(pounds=1)], "2026-12-01")
    shown = dict(vires(record, ONE, authority=authority_of))
    assert [shown[each].outcome for each in ASKED_OF_AUTHORITY] == ["met"] * 4
    assert len(shown) == 10


@pytest.mark.parametrize(
    ("pounds", "expected"),
    [(249_999.99, "met"), (250_000, "met"), (250_000.01, "not met"), (None, "cannot tell")],
)
def test_a_limit_includes_its_last_penny(pounds, expected):
    assert outcomes(decided(pounds=pounds))["limit"] == expected


def test_what_is_over_says_by_how_much():
    assert "by £50,000" in lines(decided(pounds=300_000))["limit"].because


def test_whoever_holds_the_power_by_law_has_no_limit():
    found = lines(decided(pounds=10**9, by=BOARD))
    assert {each.outcome for each in found.values()} == {"met"}
    assert "of its own power" in found["chain"].because


def test_a_decision_without_function_or_area_cannot_be_asked_about():
    for missing in ("function", "area"):
        assert set(outcomes(decided(pounds=1, **{missing: None})).values()) == {"cannot tell"}


def test_a_decision_of_no_exact_day_cannot_be_asked_about():
    found = lines(decided(pounds=1, when="2026-11"))
    assert "not on record exactly" in found["power"].because


def test_who_has_no_delegation_fails_the_chain_but_not_the_power():
    stranger = post("stranger", "board")
    found = outcomes(decided(pounds=1, by=stranger.entity), stranger)
    assert (found["power"], found["chain"], found["limit"]) == ("met", "not met", "cannot tell")


def test_the_scheme_of_the_decisions_own_day_counts_not_that_of_the_reader():
    # given a delegation that ended on 1 November
    until = [
        item._replace(valid_to=date(2026, 11, 1)) if item.entity.endswith("/director")
        and item.entity.split("/")[1] == "delegation" else item
        for item in scheme()
    ]  # fmt: skip
    before = [*until, decided(pounds=1, when="2026-10-31")]
    after = [*until, decided(pounds=1, when="2026-11-01")]
    assert outcomes(before)["chain"] == "met"
    assert outcomes(after)["chain"] == "not met"


# --- conditions -----------------------------------------------------------------------------------


def under(condition, **fields):
    changed = with_(scheme(), director={"conditions": (Condition(type=condition, who=BOARD),)})
    return outcomes([*changed, decided(pounds=1, **fields)])["chain"]


@pytest.mark.parametrize(
    ("condition", "fields", "expected"),
    [
        ("consult", {"consultation": "held"}, "met"),
        ("consult", {"consultation": "not stated"}, "cannot tell"),
        ("report", {}, "cannot tell"),
        ("joint sign-off", {}, "cannot tell"),
        ("urgent only", {"type": "urgent", "urgent_because": "A flood."}, "met"),
        ("urgent only", {}, "not met"),
    ],
)
def test_a_condition_counts_as_kept_only_where_the_record_shows_it(condition, fields, expected):
    assert under(condition, **fields) == expected


# --- what was decided before ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earlier", "now", "expected"),
    [
        ("2026-04-01", "2026-11-02", "not met"),  # the first day of the same financial year
        ("2026-03-31", "2026-11-02", "met"),  # the last day of the one before
        ("2026-11-02", "2027-03-31", "not met"),
        ("2026-11-02", "2027-04-01", "met"),
    ],
)
def test_a_limit_a_year_counts_the_financial_year(earlier, now, expected):
    first, then = decided("first", 150_000, when=earlier), decided("one", 100_000.01, when=now)
    assert made_under("per year", first, then, on="2028-01-01")["limit"].outcome == expected


def test_a_limit_a_year_lets_through_what_fits_to_the_penny():
    first, then = decided("first", 150_000, when="2026-05-01"), decided(pounds=100_000)
    assert made_under("per year", first, then)["limit"].outcome == "met"


def test_what_was_lost_or_decided_by_another_or_about_something_else_is_not_counted():
    others = (
        decided("lost", 250_000, when="2026-05-01", outcome="lost"),
        decided("theirs", 250_000, when="2026-05-01", by=BOARD),
        decided("elsewhere", 250_000, when="2026-05-01", function=ident("function", "all")),
        decided("after", 250_000, when="2026-11-03"),
    )
    assert made_under("per year", *others, decided(pounds=250_000))["limit"].outcome == "met"


def test_a_limit_on_a_matter_counts_all_that_is_linked_to_it_whenever():
    first = decided("first", 200_000, when="2020-05-01")
    linked = decided(pounds=50_000.01, matter=first.entity)
    assert made_under("cumulative per matter", first, linked)["limit"].outcome == "not met"
    assert (
        made_under("cumulative per matter", first, decided(pounds=250_000))["limit"].outcome
        == "met"
    )


@pytest.mark.parametrize(
    ("earlier", "expected"), [("2025-11-02", "cannot tell"), ("2025-11-01", "met")]
)
def test_linked_decisions_within_twelve_months_that_pass_the_limit_are_flagged(earlier, expected):
    first = decided("first", 150_000, when=earlier)
    found = lines(first, decided(pounds=150_000, matter=first.entity))["limit"]
    assert found.outcome == expected
    assert ("somebody must judge" in found.because) == (expected == "cannot tell")


def test_linked_decisions_that_stay_within_the_limit_together_are_not_flagged():
    first = decided("first", 100_000, when="2026-05-01")
    assert lines(first, decided(pounds=150_000, matter=first.entity))["limit"].outcome == "met"


@given(st.integers(0, 60_000_000), st.integers(0, 60_000_000))
def test_a_greater_amount_never_makes_a_limit_met(one, other):
    gravity = {"met": 0, "cannot tell": 1, "not met": 2}
    less, more = (
        gravity[outcomes(decided(pounds=pence / 100))["limit"]] for pence in sorted((one, other))
    )
    assert less <= more


# --- reservations ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("pounds", "expected"), [(100_000, "met"), (100_000.01, "not met")])
def test_what_the_giver_keeps_above_an_amount_is_kept(pounds, expected):
    items = [
        *scheme(),
        reservation("much", "board", "home", lower=10_000_000),
        decided(pounds=pounds),
    ]
    assert outcomes(items)["reservations"] == expected
    # The body that keeps it may decide it.
    mine = [*items[:-1], decided(pounds=pounds, by=BOARD)]
    assert outcomes(mine)["reservations"] == "met"


# --- proof ----------------------------------------------------------------------------------------


def test_the_proof_of_a_decision_is_rechecked_and_a_changed_one_rejected():
    record = day_of([*scheme(), decided(pounds=1)], "2026-12-01")
    fact = record.fact(ONE)
    asked, answer = asked_of(record, fact), warrant(record, fact)
    assert answer.outcome == "allowed"
    assert answer.proof["day"] == "2026-11-02"
    check_proof(asked.then, answer.proof, DIRECTOR, asked.question)
    with pytest.raises(Rejected):
        check_proof(asked.then, {**answer.proof, "day": "2026-11-03"}, DIRECTOR, asked.question)
