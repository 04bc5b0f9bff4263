"""Answers that a provider gives once: how long they may be used, and what they spare."""

from datetime import date

import pytest

from commonweal.plans.answering import Asking, StandingAnswer, is_fresh, spared

ALLIANCE = "kent/body/alliance"


def answer(**fields):
    return StandingAnswer(**{"name": "Insurance", "by": ALLIANCE, "text": "Yes."} | fields)


@pytest.mark.parametrize(
    ("until", "on", "fresh"),
    [
        ("2026-06-09", date(2026, 6, 9), True),
        ("2026-06-09", date(2026, 6, 10), False),
        ("2026-06", date(2026, 6, 30), True),
        (None, date(2026, 6, 10), None),
    ],
)
def test_an_answer_may_be_used_until_its_last_day_and_that_day_too(until, on, fresh):
    assert is_fresh(answer(fresh_until=until), on) is fresh


@pytest.mark.parametrize(("requests", "saved"), [(0, 0), (1, 0), (2, 1), (5, 4)])
def test_every_request_after_the_first_needs_no_new_answer(requests, saved):
    assert spared(answer(asked=(Asking(by_printed="A council"),) * requests)) == saved


@pytest.mark.parametrize(
    ("fields", "because"),
    [
        ({"by": None}, "Say who answers"),
        ({"given": "2026-02-01", "fresh_until": "2026-01-31"}, "before it was given"),
        ({"given": "soon"}, "is not a date"),
        ({"asked": (Asking(when="soon"),)}, "is not a date"),
    ],
)
def test_what_cannot_be_so_of_an_answer_is_refused_in_a_sentence(fields, because):
    assert any(because in fault for fault in answer(**fields).faults())
    assert list(answer(given="2026-01-31", fresh_until="2026-01-31").faults()) == []
