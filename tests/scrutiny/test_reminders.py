"""Whom to remind of what: before the last day, on it, on the day after, and every week."""

from datetime import date, timedelta

import pytest

from commonweal.scrutiny.reminding import reminders

from .committees import COMMITTEE, TRUST, advice, councils, report, sent

DUE = date(2023, 1, 9)


def told(*facts, on):
    return {
        each.who: (len(each.owes), len(each.waits)) for each in reminders(councils(*facts)(on), on)
    }


@pytest.mark.parametrize(
    ("days_after", "expected"),
    [
        (-8, {}),
        (-7, {TRUST: (1, 0)}),
        (-6, {}),
        (-2, {TRUST: (1, 0)}),
        (-1, {}),
        (0, {TRUST: (1, 0)}),
        (1, {TRUST: (1, 0), COMMITTEE: (0, 1)}),
        (2, {}),
        (7, {}),
        (8, {TRUST: (1, 0), COMMITTEE: (0, 1)}),
        (15, {TRUST: (1, 0), COMMITTEE: (0, 1)}),
    ],
)
def test_a_response_due_on_9_january_2023_is_reminded_of_on_these_days(days_after, expected):
    on = DUE + timedelta(days_after)
    assert told(advice(requested="2022-12-12"), on=on) == expected


def test_nobody_is_reminded_of_what_was_answered():
    done = advice(requested="2022-12-12", responded="2023-01-05")
    assert told(done, on=DUE) == {}
    assert told(done, on=DUE - timedelta(7)) == {TRUST: (1, 0)}


def test_one_who_is_not_on_record_is_not_written_to_but_who_waits_is():
    unnamed = advice(to_whom=None, to_printed="A practice", requested="2022-12-12")
    assert told(unnamed, on=DUE + timedelta(1)) == {COMMITTEE: (0, 1)}


def test_one_body_gets_one_reminder_of_all_it_owes():
    both = advice(requested="2022-12-14"), report(sent(received="2022-12-12"))
    assert told(*both, on=date(2023, 1, 11)) == {TRUST: (2, 0)}
