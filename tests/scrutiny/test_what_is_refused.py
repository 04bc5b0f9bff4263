"""What scrutiny's facts refuse, each with one sentence that says what to do."""

import pytest

from commonweal.scrutiny.reconfigurations import Direction, Emergency
from commonweal.scrutiny.reports import Progress

from .committees import (
    CITY,
    COUNCIL,
    JOINT,
    TRUST,
    advice,
    asked,
    case,
    formal,
    joint,
    referral,
    report,
    review,
    sent,
)  # fmt: skip


def faults(item):
    return list(item.fact.faults())


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (advice(requested="2022-12-12", responded="2022-12-11"), "It was answered on 11 December"),
        (advice(made="2022-12-12", requested="2022-12-01"), "A response was asked for on 1 Dec"),
        (advice(asks=False, requested="2022-12-12"), "yet says that none was"),
        (advice(to_whom=None), "Say to whom it was made"),
        (advice(made="2023-01-01", progress=(Progress(on="2022", state="done"),)), "Progress"),
        (advice(responded="2023-02-01", published="2023-01-01"), "The response was published"),
        (advice(requested="12 December"), "is not a date"),
        (report(sent(answered="2022-12-01")), "It was answered on 1 December 2022"),
        (report(sent(passed_to=JOINT, responsible=True)), "passed the report on"),
        (report(sent(), one_answers=COUNCIL), "did not go to it"),
        (referral(acknowledged="2022-12-01"), "It was acknowledged"),
        (referral(referred="2039-12-12"), "is outside the calendar"),
        (report(sent(received="2039-12-12")), "is outside the calendar"),
        (asked(refused="2023-02-01"), "A refusal gives its reason"),
        (asked(of=None), "Say of whom it was asked"),
        (asked(attend_on="2023-02-01"), "where attendance is asked for"),
        (asked(answered="2023-01-01"), "It was answered on 1 January 2023"),
        (review(began="2023-02", ended="2023-01"), "It ended on January 2023"),
        (case(consultation=formal(decision_by="2023-05-01")), "A decision is meant on 1 May 2023"),
        (case(consultation=formal(), consulted=False), "yet says that the councils were not"),
        (case(called_in=Direction(on="2024-03-01", decided="2024-02-01")), "decided on 1 Feb"),
        (case(emergency=Emergency(decided="2024-03-01", because="Fire", told="2024-02-29")),
         "The councils were told on 29 February 2024"),
        (joint(COUNCIL, consulted=(COUNCIL, CITY)), f"{CITY} was consulted, but does not appoint"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_one_sentence(item, words):
    (said,) = faults(item)
    assert words in said
    assert said.endswith(".")


@pytest.mark.parametrize(
    "item",
    [
        advice(made="2022-12-12", requested="2022-12-12", responded="2022-12-12"),
        advice(made="2022-12", requested="2022-12-12", responded="2023"),
        report(sent(answered="2022-12-12")),
        report(sent(TRUST, None)),
        referral(referred="2012-12-12"),
        case(consultation=formal()),
        joint(COUNCIL, CITY, consulted=(COUNCIL, CITY)),
        joint(COUNCIL, consulted=(COUNCIL, CITY), status="proposed"),
    ],
)
def test_the_same_day_an_overlapping_month_and_a_draft_are_taken(item):
    assert faults(item) == []
