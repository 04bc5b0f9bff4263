"""How providers of health care are chosen: which process, how much is considerable, how long to wait."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.money.choosing.considerable import (
    MOST_PENCE,
    considerable,
    large,
    modification,
    own_so_far,
    per_cent,
)
from commonweal.money.choosing.facts import (
    Circumstances,
    Considered,
    ContractChange,
    ProviderSelection,
    Representation,
)
from commonweal.money.choosing.processes import REGIME, which
from commonweal.money.choosing.standstill import standstill

ON = date(2025, 6, 2)
MILLION = 1_000_000_00
FIRST_TWO_CLOSED = {"only_capable": False, "choice_offered": False}
RENEWAL = Circumstances(
    **FIRST_TWO_CLOSED, framework=False, replaces_ending=True, satisfied=True,
    different_character=False, old_pence=2 * MILLION, new_pence=2 * MILLION, brought_about=True,
    identifiable=True,
)  # fmt: skip
OWN = "the authority’s own decision"


def but(**fields):
    return msgspec.structs.replace(RENEWAL, **fields)


def opened(case, on=ON):
    return which(case, on).open


# --- which process --------------------------------------------------------------------------------


def test_where_only_one_provider_is_able_award_a_has_to_be_used():
    choice = which(but(only_capable=True), ON)
    assert choice.open == ("direct award A",)
    assert choice.sentence == "Direct award A has to be used."


def test_where_patients_choose_among_all_who_qualify_award_b_has_to_be_used():
    case = but(choice_offered=True, unrestricted=True, all_offered=True)
    assert opened(case) == ("direct award B",)


@pytest.mark.parametrize("missing", ["choice_offered", "unrestricted", "all_offered"])
def test_award_b_needs_all_three(missing):
    case = but(
        **{"choice_offered": True, "unrestricted": True, "all_offered": True, missing: False}
    )
    assert "direct award B" not in opened(case)


def test_a_contract_that_hardly_changes_may_be_renewed_or_competed_for():
    assert opened(RENEWAL) == ("direct award C", "most suitable provider", "competition")


@pytest.mark.parametrize("no", ["replaces_ending", "satisfied"])
def test_award_c_needs_a_contract_that_ends_and_a_provider_that_does_well(no):
    assert opened(but(**{no: False})) == ("most suitable provider", "competition")


def test_where_no_other_way_is_open_there_has_to_be_a_competition():
    choice = which(but(satisfied=False, identifiable=False), ON)
    assert choice.sentence == "A competition has to be held."


def test_a_framework_agreement_is_made_by_competition_alone():
    assert opened(but(framework=True, only_capable=True)) == ("competition",)


def test_what_is_not_known_leaves_the_answer_open():
    choice = which(Circumstances(), ON)
    assert choice.open == ()
    assert "It cannot be said yet whether" in choice.sentence
    assert choice.unsettled == (
        "direct award A", "direct award B", "direct award C", "most suitable provider",
        "competition",
    )  # fmt: skip


@pytest.mark.parametrize("missing", ["urgent", "unforeseen", "risk"])
@pytest.mark.parametrize("answer", [False, None])
def test_an_urgent_award_needs_all_three_conditions(missing, answer):
    three = {"urgent": True, "unforeseen": True, "risk": True}
    assert "urgent award" in opened(but(**three))
    assert "urgent award" not in opened(but(**{**three, missing: answer}))


@pytest.mark.parametrize(
    ("on", "law"),
    [(date(2023, 12, 31), "CMP-01"), (REGIME, "PSR-01"), (date(2012, 1, 1), "CMP-01")],
)
def test_the_law_of_the_day_on_which_choosing_begins_is_asked(on, law):
    choice = which(RENEWAL, on)
    assert (choice.law, bool(choice.grounds)) == (law, law == "PSR-01")


maybe = st.sampled_from([True, False, None])
cases = st.builds(
    Circumstances, only_capable=maybe, choice_offered=maybe, unrestricted=maybe, all_offered=maybe,
    framework=maybe, replaces_ending=maybe, satisfied=maybe, different_character=maybe,
    identifiable=maybe, brought_about=maybe, old_pence=st.none() | st.integers(0, 10**12),
    new_pence=st.none() | st.integers(0, 10**12), urgent=maybe, unforeseen=maybe, risk=maybe,
)  # fmt: skip


@given(cases)
def test_there_is_always_a_way_or_a_question_to_answer(case):
    choice = which(case, ON)
    assert choice.open or choice.unsettled
    assert {"direct award A", "direct award B"}.isdisjoint(choice.open) or len(
        set(choice.open) - {"urgent award", "direct award A", "direct award B"}
    ) == 0


@given(cases, st.sampled_from(["only_capable", "satisfied", "identifiable", "choice_offered"]))
def test_an_answer_more_never_reopens_what_was_closed(case, question):
    closed = {each.process for each in which(case, ON).grounds if each.open is False}
    if getattr(case, question) is None:
        for answer in (True, False):
            after = which(msgspec.structs.replace(case, **{question: answer}), ON)
            assert closed.isdisjoint(after.open)


# --- how much is considerable ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            2 * MILLION,
            2 * MILLION + MOST_PENCE,
            True,
        ),  # £500,000 and 25 per cent, both to the penny
        (2 * MILLION, 2 * MILLION + MOST_PENCE - 1, False),  # a penny under
        (2 * MILLION + 1, 2 * MILLION + 1 + MOST_PENCE, False),  # a penny more to begin with
        (MILLION, MILLION + MOST_PENCE + 1, True),  # a penny over, half as much again
        (100 * MILLION, 124 * MILLION + 99_000_000, False),  # 24.99 per cent, millions more
        (100 * MILLION, 125 * MILLION, True),
        (MILLION, MILLION * 9 // 10, False),
        (0, MOST_PENCE, True),
    ],
)
def test_a_change_is_considerable_from_half_a_million_and_a_quarter_on(old, new, expected):
    assert considerable(but(old_pence=old, new_pence=new)).holds is expected


def test_a_different_character_is_considerable_whatever_it_is_worth():
    assert considerable(but(different_character=True)).holds is True


def test_what_the_authority_does_not_bring_about_is_not_considerable():
    assert considerable(but(new_pence=9 * MILLION, brought_about=False)).holds is False


@pytest.mark.parametrize(
    "unknown", [{"old_pence": None}, {"brought_about": None}, {"different_character": None}]
)
def test_a_missing_answer_leaves_it_unsettled(unknown):
    case = but(new_pence=9 * MILLION)
    settled = "different_character" in unknown
    expected = True if settled else None  # the worth alone settles it there
    assert considerable(msgspec.structs.replace(case, **unknown)).holds is expected


@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_a_share_is_never_rounded_up_to_a_quarter(rise, old):
    if rise * 4 < old:
        assert not large(rise, old)
        assert float(per_cent(rise, old).split()[0]) < 25


# --- changing a contract --------------------------------------------------------------------------


def change(pence=0, ground=OWN, **fields):
    told = {"on": "2025-06-02", "what": "More clinics", "different_character": False, **fields}
    return ContractChange(ground=ground, pence=pence, **told)


@pytest.mark.parametrize(
    ("own", "worth", "expected"),
    [
        (MOST_PENCE - 1, MILLION, True),  # half as much again, and still below £500,000
        (MOST_PENCE, 2 * MILLION, False),
        (MOST_PENCE, 2 * MILLION + 1, True),  # below 25 per cent
        (MOST_PENCE, None, None),
    ],
)
def test_its_own_changes_need_a_new_process_from_both_limits_on(own, worth, expected):
    assert modification(change(own), own, worth).holds is expected


def test_changes_of_its_own_are_added_up_and_others_are_not():
    every = (change(300_000_00), change(900_000_00, "one provider succeeds another"), change(5))
    assert [own_so_far(every, number) for number in range(3)] == [
        30_000_000,
        30_000_000,
        30_000_005,
    ]


@pytest.mark.parametrize(
    ("ground", "character", "expected"),
    [
        ("the contract provides for it", True, True),
        ("one provider succeeds another", None, True),
        ("events outside its control", False, True),
        ("events outside its control", True, False),
        ("not stated", False, None),
        (OWN, True, False),
        (OWN, None, None),
    ],
)
def test_what_brings_a_change_about_settles_whether_it_is_allowed(ground, character, expected):
    told = change(1, ground, different_character=character)
    assert modification(told, 1, MILLION).holds is expected


# --- the standstill -------------------------------------------------------------------------------


def selection(**fields):
    told = {"name": "Hearing tests", "by": "kent/body/icb", "process": "competition", **fields}
    return ProviderSelection(**told)


@pytest.mark.parametrize(
    ("notice", "last"),
    [
        ("2025-11-12", date(2025, 11, 25)),
        ("2024-04-24", date(2024, 5, 8)),  # over 6 May, the first Monday, which is a bank holiday
        ("2024-12-18", date(2025, 1, 3)),  # over Christmas, Boxing Day and New Year's Day
    ],
)
def test_a_standstill_lasts_until_the_end_of_the_eighth_working_day(notice, last):
    found = standstill(selection(intended=notice), date(2026, 1, 1))
    assert (found.heard.due, found.ends) == (last, last)
    assert (found.contract_from - last).days == 1


def said(received, **fields):
    return Representation(received=received, by="A provider", **fields)


def ends(*representations, on="2026-01-01"):
    held = selection(intended="2025-11-12", representations=representations)
    return standstill(held, date.fromisoformat(on)).ends


def test_a_representation_of_the_eighth_day_counts_and_one_of_the_ninth_does_not():
    assert ends(said("2025-11-25")) is None
    assert ends(said("2025-11-26")) == date(2025, 11, 25)


def test_a_standstill_goes_on_until_five_working_days_after_the_last_further_decision():
    heard = said("2025-11-20", decided="2025-12-01"), said("2025-11-24", decided="2025-12-03")
    assert ends(*heard) == date(2025, 12, 10)
    assert ends(*heard, said("2025-11-25")) is None


def test_a_decision_told_early_does_not_shorten_the_eight_days():
    assert ends(said("2025-11-14", decided="2025-11-14")) == date(2025, 11, 25)


def test_what_had_not_happened_by_the_day_is_not_looked_at():
    heard = said("2025-11-20", decided="2025-12-01")
    assert ends(heard, on="2025-11-19") == date(2025, 11, 25)
    assert ends(heard, on="2025-11-30") is None
    assert ends(heard, on="2025-12-01") == date(2025, 12, 8)
    assert standstill(selection(intended="2025-11-12"), date(2025, 11, 11)) is None


@pytest.mark.parametrize("process", ["direct award A", "direct award B", "urgent award"])
def test_there_is_no_standstill_without_a_notice_of_intention(process):
    assert standstill(selection(process=process, intended="2025-11-12"), ON) is None


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"begun": "2025-02-01", "awarded": "2025-01-01"}, "before it was begun"),
        ({"intended": "2025-02-01", "representations": (said("2025-01-01"),)}, "before the int"),
        ({"process": "direct award A", "representations": (said("2025-01-01"),)}, "Only after"),
        ({"meant": "2025-01-01"}, "Only the most suitable provider"),
        ({"awarded": "soon"}, "soon"),
        ({"considered": (Considered(criterion="value", how="Price"),) * 2}, "there twice"),
        (
            {"changes": (change(on="2025-03-01"), change(on="2025-02-01"))},
            "It was changed on 1 February 2025, before it was changed on 1 March 2025",
        ),
    ],
)
def test_a_selection_out_of_order_is_refused_with_a_sentence(fields, words):
    assert any(words in each for each in selection(**fields).faults()), list(
        selection(**fields).faults()
    )
