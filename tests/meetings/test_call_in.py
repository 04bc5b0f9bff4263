"""Calling a decision in: from when to when, by which rule, and where it stands on a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.areas.facts import Area
from commonweal.bodies.facts import Body
from commonweal.meetings.call_in_window import call_in, too_soon, window
from commonweal.meetings.call_ins import CallIn, CallInRule
from commonweal.meetings.decided import Decision
from tests.making import a, record_of

COUNCIL, CABINET, ONE = "kent/body/council", "kent/body/cabinet", "kent/decision/one"
RULE = "kent/call-in-rule/council"


def record(*more, rule=True, published="2024-12-20", **fields):
    """A council whose decisions may be called in for five working days, and one of 20 December."""
    values = {
        "name": "Close the hall", "type": "delegated", "by": COUNCIL, "when": "2024-12-19",
        "published": published, **fields,
    }  # fmt: skip
    rules = (a(RULE, CallInRule(body=COUNCIL, days=5, requests=2)),) if rule is True else rule or ()
    return record_of(
        a("kent/area/system", Area(name="Kent", type="system")),
        a(COUNCIL, Body(name="Kent Council", type="council")),
        a(CABINET, Body(name="Cabinet", type="committee", parents=(COUNCIL,))),
        a(ONE, Decision(**values)), *rules, *more,
    )(date(2025, 3, 1))  # fmt: skip


def asked(on, slug="one", **fields):
    fact = CallIn(decision=ONE, on=on, by_printed="Two members", **fields)
    return a(f"kent/call-in/{slug}", fact)


def state(on, *more, **fields):
    return call_in(record(*more, **fields), ONE, date.fromisoformat(on)).state


def test_christmas_and_weekends_are_no_days_to_call_in():
    # 23, 24, 27, 30 and 31 December: 25 and 26 are holidays
    shown = window(record(), record().fact(ONE))
    assert (shown.opens, shown.until) == (date(2024, 12, 20), date(2024, 12, 31))


def test_a_rule_may_count_every_day():
    every = (a(RULE, CallInRule(body=COUNCIL, days=5, unit="day")),)
    assert window(record(rule=every), record().fact(ONE)).until == date(2024, 12, 25)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2024-12-19", "not yet published"),
        ("2024-12-20", "open"),
        ("2024-12-31", "open"),  # the last day
        ("2025-01-01", "over"),
    ],
)
def test_a_decision_may_be_called_in_from_its_publication_to_the_last_day(on, expected):
    assert state(on) == expected


def test_no_rule_no_call_in():
    assert state("2024-12-20", rule=()) == "may not be called in"


def test_a_committees_decisions_are_those_of_the_body_it_is_part_of():
    assert state("2024-12-20", by=CABINET) == "open"


def test_a_rule_may_be_for_key_decisions_only():
    only = (a(RULE, CallInRule(body=COUNCIL, days=5, only_key=True)),)
    assert state("2024-12-20", rule=only) == "may not be called in"
    assert state("2024-12-20", rule=only, key=True) == "open"


def test_the_rule_of_the_day_of_publication_counts():
    later = (a(RULE, CallInRule(body=COUNCIL, days=5), since="2024-12-21"),)
    assert state("2024-12-23", rule=later) == "may not be called in"


def test_an_urgent_decision_is_not_held_back():
    urgent = {"type": "urgent", "urgent_because": "A flood."}
    assert state("2024-12-20", **urgent) == "may not be called in"


def test_what_is_not_published_cannot_be_told():
    assert state("2024-12-20", published=None) == "cannot tell"


def test_days_beyond_the_calendar_cannot_be_told():
    assert state("2024-12-20", published="2090-01-02", when="2090-01-01") == "cannot tell"


@pytest.mark.parametrize(
    ("asked_on", "expected"),
    [("2024-12-31", "called in"), ("2025-01-02", "over")],  # the last day, and a day late
)
def test_a_request_counts_only_in_time(asked_on, expected):
    assert state("2025-01-02", asked(asked_on)) == expected


def test_a_request_that_is_not_yet_made_changes_nothing():
    assert state("2024-12-23", asked("2024-12-24")) == "open"


def test_a_call_in_waits_until_it_is_settled():
    settled = asked("2024-12-23", outcome="referred back", settled="2025-01-15")
    assert state("2025-01-14", settled) == "called in"
    assert state("2025-01-15", settled) == "settled"


def test_a_refused_request_leaves_the_days_as_they_were():
    refused = asked("2024-12-23", outcome="refused", settled="2024-12-24")
    assert state("2024-12-27", refused) == "open"
    assert "refused or came too late" in call_in(record(refused), ONE, date(2024, 12, 27)).because


@pytest.mark.parametrize(("effective", "wrong"), [("2024-12-31", True), ("2025-01-01", False)])
def test_nothing_takes_effect_on_the_last_day_of_its_call_in(effective, wrong):
    snapshot = record(effective=effective)
    assert bool(too_soon(snapshot, ONE, snapshot.fact(ONE))) is wrong


def test_nothing_takes_effect_while_it_is_called_in():
    snapshot = record(asked("2024-12-23"), effective="2025-01-10")
    assert "while it was called in" in too_soon(snapshot, ONE, snapshot.fact(ONE))


@given(st.dates(date(2018, 1, 1), date(2026, 6, 1)), st.integers(1, 15))
def test_the_last_day_comes_after_publication_and_more_days_never_come_sooner(published, days):
    def until(number):
        rule = (a(RULE, CallInRule(body=COUNCIL, days=number)),)
        given_ = {"published": published.isoformat(), "when": published.isoformat()}
        snapshot = record(rule=rule, **given_)
        return window(snapshot, snapshot.fact(ONE)).until

    assert published < until(days) < until(days + 1)


def test_a_call_in_says_who_asked():
    assert list(CallIn(decision=ONE, on="2025-01-01").faults())
