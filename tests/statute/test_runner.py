"""Trying rules on a record."""

from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest

from commonweal.record.findings import Finding
from commonweal.statute.errors import FailedCheck, RuleHasCheck, UnknownRule
from commonweal.statute.rule import Rule, RuleBook, Verified
from commonweal.statute.runner import Checks, run


class Day(NamedTuple):
    """As much of a snapshot as the runner reads."""

    as_at: date = date(2022, 7, 1)
    known: datetime = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def law(number, **changes):
    fields = {
        "id": number,
        "group": "Tests",
        "title": f"Rule {number}",
        "binds": "nobody",
        "says": "Something is so.",
        "law": "Some Act 2000",
        "at": "section 1",
        "kind": "statute",
        "starts": date(2022, 7, 1),
        "subjects": ("body",),
        "cannot_tell": "Nothing.",
        "verified": Verified(memory="high"),
    }
    return Rule(**(fields | changes))


@pytest.fixture
def checks():
    return Checks(
        RuleBook(
            [
                law("B-2", weight="warning"),
                law("A-1"),
                law("C-3", awaits="record", lacks="the meetings"),
                law("D-4", awaits="judgement", lacks="the chair's judgement"),
                law("E-5", starts=date(2013, 4, 1), ends=date(2022, 7, 1)),
            ]
        )
    )


@pytest.fixture
def two_systems(checks):
    """A-1 met in Dorset and not in Kent; B-2 not met in Dorset."""

    @checks.check("A-1")
    def first(snapshot):
        yield checks.book["A-1"].not_met("kent/body/board", "It has 4 members, not 5.")
        yield checks.book["A-1"].met("dorset/body/board", "It has 5 members.")

    @checks.check("B-2")
    def second(snapshot):
        yield checks.book["B-2"].not_met("dorset/body/board", "Nobody is an expert.")

    return checks


def short(report):
    return [(each.rule, each.subject, each.outcome) for each in report.findings]


def test_findings_come_by_rule_then_subject_whatever_order_they_were_found_in(two_systems):
    assert short(run(Day(), checks=two_systems, rules=["B-2", "A-1"])) == [
        ("A-1", "dorset/body/board", "met"),
        ("A-1", "kent/body/board", "not met"),
        ("B-2", "dorset/body/board", "not met"),
    ]


def test_a_finding_carries_its_rules_citation(two_systems):
    report = run(Day(), checks=two_systems, rules=["A-1"])
    assert {each.source for each in report.findings} == {"Some Act 2000, section 1"}


def test_only_the_asked_systems_are_reported(two_systems):
    report = run(Day(), checks=two_systems, systems=["dorset"])
    assert {each.subject.split("/")[0] for each in report.findings} == {"dorset"}


def test_a_rule_without_a_check_cannot_be_told_for_each_system_and_says_what_is_lacking(
    two_systems,
):
    report = run(Day(), checks=two_systems)
    unchecked = [each for each in report.findings if each.rule in ("C-3", "D-4")]
    assert [(each.rule, each.subject, each.because) for each in unchecked] == [
        ("C-3", "dorset", "The record lacks the meetings."),
        ("C-3", "kent", "The record lacks the meetings."),
        (
            "D-4",
            "dorset",
            "A person has to judge this, and the record lacks the chair's judgement.",
        ),
        ("D-4", "kent", "A person has to judge this, and the record lacks the chair's judgement."),
    ]
    assert {each.outcome for each in unchecked} == {"cannot tell"}


def test_the_caller_may_say_which_systems_there_are_and_what_stands_for_each(two_systems):
    recorded = {"kent": "kent/area/system", "essex": "essex/area/system"}
    report = run(Day(), checks=two_systems, rules=["C-3"], recorded=recorded)
    assert [each.subject for each in report.findings] == ["essex/area/system", "kent/area/system"]
    report = run(Day(), checks=two_systems, rules=["C-3"], recorded=recorded, systems=["kent"])
    assert [each.subject for each in report.findings] == ["kent/area/system"]


def test_a_rule_that_awaits_facts_is_checked_once_a_check_is_there(two_systems):
    @two_systems.check("C-3")
    def third(snapshot):
        yield two_systems.book["C-3"].met("kent/body/board", "It met in public.")

    report = run(Day(), checks=two_systems, rules=["C-3"])
    assert [each.outcome for each in report.findings] == ["met"]


def test_a_rule_whose_check_was_never_written_is_work_left_undone(two_systems, checks):
    assert [each.id for each in two_systems.missing()] == ["E-5"]
    report = run(Day(date(2022, 6, 30)), checks=checks, systems=["kent"])
    assert [each.because for each in report.findings] == [
        "No check has been written for this rule yet."
    ]


@pytest.mark.parametrize(
    ("day", "tried", "idle"),
    [
        (date(2022, 6, 30), ["E-5"], ["A-1"]),
        (date(2022, 7, 1), ["A-1"], ["E-5"]),
    ],
)
def test_a_rule_is_tried_only_while_in_force_and_one_asked_for_in_vain_is_named(
    two_systems, day, tried, idle
):
    report = run(Day(day), checks=two_systems, rules=["A-1", "E-5"])
    assert [each.id for each in report.rules] == tried
    assert [each.id for each in report.idle] == idle


def test_the_report_counts_every_outcome_noughts_included(two_systems):
    report = run(Day(), checks=two_systems, rules=["A-1", "B-2"])
    assert report.counts == {"met": 1, "not met": 2, "cannot tell": 0}
    assert [each.rule for each in report.breaches] == ["A-1", "B-2"]
    assert [each.rule for each in report.warnings] == ["B-2"]
    assert (report.as_at, report.known) == (Day().as_at, Day().known)


def test_an_empty_list_of_rules_tries_none(two_systems):
    assert run(Day(), checks=two_systems, rules=[]).findings == ()


def test_an_unknown_rule_is_refused_when_asked_for_and_when_registered(checks):
    with pytest.raises(UnknownRule, match="A-9"):
        run(Day(), checks=checks, rules=["A-9"])
    with pytest.raises(UnknownRule, match="A-9"):
        checks.check("A-9")


def test_a_second_check_for_a_rule_is_refused(two_systems):
    with pytest.raises(RuleHasCheck, match=r"A-1 .* already has a check"):
        two_systems.check("A-1")


def test_a_check_that_breaks_down_is_a_defect_that_names_rule_and_subject(checks):
    @checks.check("A-1", over=lambda _: [("kent/body/board", 1), ("dorset/body/board", 0)])
    def divide(snapshot, board):
        identifier, number = board
        yield checks.book["A-1"].met(identifier, f"{1 / number}")

    with pytest.raises(
        FailedCheck, match="A-1 broke down on dorset/body/board: ZeroDivision"
    ) as broken:
        run(Day(), checks=checks, systems=["kent"])
    assert (broken.value.rule, broken.value.subject) == ("A-1", "dorset/body/board")


def test_a_check_of_the_whole_record_that_breaks_down_names_the_last_subject_it_managed(checks):
    @checks.check("A-1")
    def half_done(snapshot):
        yield checks.book["A-1"].met("kent/body/board", "It is so.")
        raise KeyError("seat")

    with pytest.raises(FailedCheck, match="the subject after kent/body/board: KeyError"):
        run(Day(), checks=checks)


def test_an_error_of_this_room_inside_a_check_also_names_rule_and_subject(checks):
    @checks.check("A-1", over=lambda _: ["kent/body/board"])
    def asks_for_no_such_rule(snapshot, board):
        yield checks.book["Z-9"].met(board, "It is so.")

    with pytest.raises(FailedCheck, match="A-1 broke down on kent/body/board: UnknownRule"):
        run(Day(), checks=checks)


@pytest.mark.parametrize(("number", "outcome"), [("B-2", "met"), ("A-1", "maybe")])
def test_a_finding_for_another_rule_or_of_no_known_outcome_is_a_defect(checks, number, outcome):
    @checks.check("A-1")
    def stray(snapshot):
        yield Finding(
            rule=number, outcome=outcome, subject="kent/body/board", because="", source=""
        )

    with pytest.raises(FailedCheck, match="A-1 broke down on kent/body/board"):
        run(Day(), checks=checks)
