"""Choosing providers of health care: the rules of the regime, rule by rule."""

from datetime import date

import pytest

from commonweal.money.choosing.facts import (
    CRITERIA,
    Circumstances,
    Considered,
    ContractChange,
    ProviderSelection,
    Representation,
)
from commonweal.money.sums import Sum
from tests.making import BOARD, a, findings, kent

ALL_FIVE = tuple(Considered(criterion=each, how="It was weighed.") for each in CRITERIA)
RENEWED = Circumstances(
    only_capable=False, choice_offered=False, replaces_ending=True, satisfied=True,
    different_character=False, old_pence=200_000_000, new_pence=250_000_000, brought_about=False,
)  # fmt: skip


def found(number, day="2026-11-22", **fields):
    """The outcomes of one rule for one selection, begun in 2025 unless it says otherwise."""
    told = {"name": "Tests", "by": BOARD, "begun": "2025-06-02", "process": "competition", **fields}
    record = kent(a("kent/provider-selection/one", ProviderSelection(**told)))
    return {each.outcome for each in findings(record(date.fromisoformat(day)), number)}


@pytest.mark.parametrize(
    ("process", "case", "expected"),
    [
        ("direct award C", RENEWED, {"met"}),
        ("direct award C", Circumstances(only_capable=True), {"not met"}),
        ("direct award A", Circumstances(only_capable=True), {"met"}),
        ("direct award C", None, {"cannot tell"}),
        ("not stated", RENEWED, {"cannot tell"}),
    ],
)
def test_the_process_used_is_one_that_was_open(process, case, expected):
    assert found("PSR-01", process=process, circumstances=case) == expected


@pytest.mark.parametrize(("begun", "expected"), [("2023-12-31", set()), ("2024-01-01", {"met"})])
def test_what_began_before_the_regime_is_not_tried_by_it(begun, expected):
    case = Circumstances(only_capable=True)
    fields = {"process": "direct award A", "circumstances": case, "begun": begun}
    assert found("PSR-01", **fields) == expected
    assert found("CMP-01", day="2023-12-31", **fields) == (set() if expected else {"cannot tell"})


@pytest.mark.parametrize(
    ("brought_about", "held", "expected"),
    [
        (True, True, {"met"}),
        (True, False, {"not met"}),
        (False, False, {"met"}),
        (False, True, {"not met"}),
        (None, False, {"cannot tell"}),
        (True, None, {"cannot tell"}),
    ],
)
def test_what_an_authority_holds_considerable_is_worked_out_again(brought_about, held, expected):
    case = Circumstances(
        different_character=False, old_pence=200_000_000, new_pence=250_000_000,
        brought_about=brought_about,
    )  # fmt: skip
    fields = {"process": "direct award C", "circumstances": case, "held_considerable": held}
    assert found("PSR-02", **fields) == expected


@pytest.mark.parametrize(
    ("considered", "expected"),
    [(ALL_FIVE, {"met"}), (ALL_FIVE[1:], {"not met"}), ((), {"not met"}), (None, {"cannot tell"})],
)
def test_all_five_criteria_are_considered(considered, expected):
    assert found("PSR-03", considered=considered) == expected
    assert found("PSR-03", considered=considered, process="direct award B") == set()


NOTICES = [
    ("2025-07-02", "2026-11-22", {"met"}),  # the 30th day after
    ("2025-07-03", "2026-11-22", {"not met"}),
    (None, "2025-07-02", {"met"}),  # there is still time
    (None, "2025-07-03", {"cannot tell"}),
    ("2025-07-03", "2025-07-02", {"met"}),
]


@pytest.mark.parametrize(("published", "day", "expected"), NOTICES)
def test_an_award_is_published_within_30_days(published, day, expected):
    awarded = {"awarded": "2025-06-02", "announced": published, "day": day}
    assert found("PSR-04", **awarded) == expected
    assert found("PSR-04", process="urgent award", **awarded) == set()
    assert found("PSR-10", process="urgent award", **awarded) == expected
    assert found("PSR-10", **awarded) == set()


@pytest.mark.parametrize(
    ("settled", "expected"),
    [("2025-06-16", {"not met"}), ("2025-06-17", {"met"}), ("2025-06", {"cannot tell"})],
)
def test_the_most_suitable_are_settled_on_only_after_14_days(settled, expected):
    fields = {"process": "most suitable provider", "meant": "2025-06-02", "settled": settled}
    assert found("PSR-05", **fields) == expected


def test_a_notice_of_intention_opens_eight_working_days():
    assert found("PSR-06", intended="2025-11-12") == {"met"}
    assert found("PSR-06", intended="2025-11-12", day="2025-11-11") == set()
    assert found("PSR-06", contracted="2025-11-26") == {"cannot tell"}
    assert found("PSR-06", contracted="2025-11-26", process="direct award A") == set()


def told(**fields):
    return {
        "intended": "2025-11-12",
        "representations": (Representation(received="2025-11-20", by="A provider", **fields),),
    }


@pytest.mark.parametrize(
    ("fields", "made", "expected"),
    [
        ({"reviewed": True, "decided": "2025-12-01", "decision": "It stands."}, None, {"met"}),
        ({"reviewed": False, "decided": "2025-12-01"}, None, {"not met"}),
        ({"reviewed": True, "decided": "2025-12-01"}, None, {"cannot tell"}),
        ({}, None, {"cannot tell"}),
        ({}, "2025-12-20", {"not met"}),
    ],
)
def test_a_representation_in_time_is_reviewed_and_answered(fields, made, expected):
    assert found("PSR-07", contracted=made, **told(**fields)) == expected


@pytest.mark.parametrize(
    ("made", "expected"), [("2025-11-25", {"not met"}), ("2025-11-26", {"met"})]
)
def test_no_contract_is_made_before_midnight_of_the_eighth_day(made, expected):
    assert found("PSR-08", intended="2025-11-12", contracted=made) == expected


@pytest.mark.parametrize(
    ("made", "expected"), [("2025-12-08", {"not met"}), ("2025-12-09", {"met"})]
)
def test_no_contract_is_made_in_the_five_days_after_a_further_decision(made, expected):
    assert found("PSR-08", contracted=made, **told(decided="2025-12-01")) == expected


def changed(pence, day="2026-11-22", **fields):
    own = {"ground": "the authority’s own decision", "different_character": False, **fields}
    change = ContractChange(on="2025-06-02", what="More", pence=pence, **own)
    return found("PSR-09", day, worth=Sum(pence=400_000_000), changes=(change,))


@pytest.mark.parametrize(
    ("pence", "fields", "expected"),
    [
        (49_999_999, {}, {"met"}),
        (50_000_000, {}, {"met", "cannot tell"}),  # allowed, but no notice of it is on record
        (50_000_000, {"announced": "2025-07-02"}, {"met"}),
        (50_000_000, {"announced": "2025-07-03"}, {"met", "not met"}),
        (100_000_000, {"announced": "2025-07-02"}, {"met", "not met"}),  # published, not allowed
        (1, {"different_character": True}, {"not met"}),
        (1, {"ground": "not stated"}, {"cannot tell"}),
    ],
)
def test_a_contract_is_changed_within_limits_and_large_changes_are_published(
    pence, fields, expected
):
    assert changed(pence, **fields) == expected


def test_a_change_still_to_come_is_not_tried():
    assert changed(100_000_000, day="2025-06-01") == set()


def test_the_days_of_the_regime_are_counted_and_no_others():
    assert found("PSR-11", intended="2024-04-24") == {"met"}
    assert found("PSR-11", intended="2024-04-24", process="direct award A") == set()
