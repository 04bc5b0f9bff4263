"""Scrutiny of health services, Healthwatch and changes of services: the rules, rule by rule."""

from datetime import date

import pytest

from commonweal.authority.facts import Delegation, Function
from commonweal.bodies.facts import Appointment, Body, Post, Seat
from commonweal.scrutiny.healthwatch import HealthwatchArrangement, RelevantDecision
from commonweal.scrutiny.reconfigurations import (
    CouncilReferral,
    Direction,
    Disagreement,
    Emergency,
    Informal,
    Remark,
    Shifted,
)
from commonweal.scrutiny.reports import ScrutinyReport
from commonweal.scrutiny.reviews import Evidence
from commonweal.statute.rule import rule
from tests.making import BOARD, a, outcomes
from tests.scrutiny.committees import (
    CITY,
    CITY_COMMITTEE,
    COMMITTEE,
    COUNCIL,
    JOINT,
    PARTNERSHIP,
    TERMS,
    TRUST,
    VOICE,
    advice,
    asked,
    case,
    councils,
    formal,
    joint,
    referral,
    report,
    review,
    sent,
)  # fmt: skip

TODAY = "2026-11-22"
REFERRED = CouncilReferral(
    by=JOINT, on="2024-01-30", ground="consultation was not adequate", steps="Two meetings."
)


def found(number, *facts, day=TODAY):
    """The outcomes of one rule, those on the two councils and their committees apart."""
    return set(outcomes(councils(*facts)(date.fromisoformat(day)), number).values())


# --- who answers, and how committees work ---------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "expected"), [(TRUST, {"met"}), (BOARD, {"met"}), (CITY, {"cannot tell"})]
)
def test_boards_and_trusts_answer_to_scrutiny(who, expected):
    assert found("SCR-01", advice(to_whom=who)) == expected


def test_a_statutory_partnership_is_within_scope_from_july_2022():
    assert found("SCR-26", advice(to_whom=PARTNERSHIP)) == {"met"}
    assert found("SCR-01", advice(to_whom=PARTNERSHIP)) == set()


def test_a_review_invites_and_weighs_evidence():
    weighed = Evidence(what="A report", type="Healthwatch report")
    assert found("SCR-02", review(invited=(TRUST,), considered=(weighed,))) == {"met"}
    visit = Evidence(what="The command centre", type="visit", tested="What patients say")
    assert found("SCR-02", review(invited=(TRUST,), considered=(visit,))) == {"met"}
    assert found("SCR-02", review(invited=(TRUST,))) == {"cannot tell"}


def scrutiny_report(**fields):
    told = {"matter": "Waits", "evidence": "Figures", "participants": ("Chair",), **fields}
    return a("kent/scrutiny-report/one", ScrutinyReport(name="Waits", by=COMMITTEE, **told))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"because": "People wait."}, "met"),
        ({"recommends": False}, "met"),
        ({}, "cannot tell"),
        ({"because": "People wait.", "evidence": None}, "cannot tell"),
        (
            {"because": "Because", "evidence": None, "lacks": ("summary of the evidence",)},
            "not met",
        ),
    ],
)
def test_a_report_has_four_parts(fields, expected):
    assert found("SCR-05", scrutiny_report(**fields)) == {expected}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"answered": "2023-01-20", "privacy": "names nobody"}, "met"),
        ({"answered": "2023-01-20", "privacy": "made anonymous"}, "met"),
        ({"answered": "2023-01-20", "privacy": "with their consent"}, "met"),
        ({"answered": "2023-01-20", "privacy": "identifies people"}, "not met"),
        ({"answered": "2023-01-20"}, "cannot tell"),
        ({"privacy": "identifies people"}, "cannot tell"),
        ({"refused": "2023-01-20", "refused_because": "Too much"}, "cannot tell"),
    ],
)
def test_information_is_given_but_nobody_is_identified(fields, expected):
    assert found("SCR-16", asked(**fields)) == {expected}


def test_information_given_to_the_joint_committee_is_given_for_all():
    told = asked(by=JOINT, review="kent/reconfiguration/beds", answered="2023-03-20")
    assert found("SCR-17", told, joint(), case(joint=TERMS, consultation=formal())) == {"met"}


@pytest.mark.parametrize(
    ("attended", "expected"), [(True, "met"), (False, "not met"), (None, "cannot tell")]
)
def test_people_come_and_answer_when_required(attended, expected):
    there = asked(type="attendance", attend_on="2023-02-01", attended=attended)
    assert found("SCR-18", there) == {expected}
    assert found("SCR-18", there, day="2023-01-31") == set()


def test_a_council_scrutinises_by_its_own_committee():
    assert found("SCR-19", review()) == {"met"}
    assert found("SCR-19", review(by=TRUST)) == {"cannot tell"}


@pytest.mark.parametrize(("taker", "expected"), [(COMMITTEE, "met"), ("kent/post/head", "not met")])
def test_scrutiny_is_never_given_to_an_officer(taker, expected):
    facts = (
        a("kent/function/scrutinise", Function(name="Scrutinise", type="scrutiny")),
        a("kent/post/head", Post(name="Head of health", bodies=(COUNCIL,))),
        a("kent/delegation/one",
          Delegation(giver=COUNCIL, taker=taker, function="kent/function/scrutinise")),
    )  # fmt: skip
    assert found("SCR-20", *facts) == {expected}


def co_opted(by):
    seat = Seat(body=COMMITTEE, role="Co-opted", basis="co-opted", nominated_by=by)
    return a("kent/seat/co-opted", seat)


def test_a_county_may_co_opt_from_a_district():
    district = a("kent/body/town", Body(name="Town", type="council", council_tier="district"))
    assert found("SCR-25", co_opted("kent/body/town"), district) == {"met"}
    assert found("SCR-25", co_opted(CITY)) == {"cannot tell"}


@pytest.mark.parametrize(
    ("others", "expected"),
    [(("Leader",), "met"), (("Councillor A",), "not met"), ((), "cannot tell")],
)
def test_nobody_of_the_executive_sits_on_scrutiny(others, expected):
    cabinet = a("kent/body/cabinet", Body(name="Cabinet", type="council body", parents=(COUNCIL,)))
    seats = [
        a("kent/seat/scrutiny", Seat(body=COMMITTEE, role="Councillor", type="council member")),
        a("kent/appointment/s", Appointment(holds="kent/seat/scrutiny", holder="Councillor A")),
    ]
    for number, who in enumerate(others):
        seat = f"kent/seat/cabinet-{number}"
        seats += [
            a(seat, Seat(body="kent/body/cabinet", role="Member")),
            a(f"kent/appointment/c-{number}", Appointment(holds=seat, holder=who)),
        ]
    assert found("SCR-27", cabinet, *seats) == {expected}


# --- clocks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "day", "expected"),
    [
        ({"requested": "2022-12-12"}, "2023-01-09", {"met"}),
        ({"requested": "2022-12-12"}, "2023-01-10", {"not met"}),
        ({"requested": "2022-12-12", "responded": "2023-01-09"}, TODAY, {"met"}),
        ({"requested": "2022-12-12", "responded": "2023-01-10"}, TODAY, {"not met"}),
        ({"requested": "2022-12-12"}, "2022-12-11", set()),
        ({"asks": False}, TODAY, set()),
        ({}, TODAY, {"cannot tell"}),
    ],
)
def test_a_response_comes_within_28_days_of_the_request_and_only_if_asked_for(
    fields, day, expected
):
    assert found("SCR-06", advice(**fields), day=day) == expected


@pytest.mark.parametrize(("day", "expected"), [("2023-01-11", "met"), ("2023-01-12", "not met")])
def test_a_referral_is_acknowledged_by_its_twentieth_working_day(day, expected):
    assert found("SCR-03", referral(), day=day) == {expected}
    assert found("HW-06", referral(type="social care", received="2022-12-12"), day=day) == {
        expected
    }


def test_bank_holidays_and_weekends_do_not_count():
    assert found("SCR-04", referral()) == {"met"}
    assert found("SCR-04", advice(requested="2022-12-12")) == set()


@pytest.mark.parametrize(
    ("number", "fact", "last"),
    [
        ("HW-02", report(sent()), "2023-01-11"),
        ("HW-03", report(sent(), longer="20 days are not expedient"), "2023-01-25"),
        ("HW-04", report(sent(responsible=False)), "2023-01-11"),
        ("HW-05", report(sent(), sent(BOARD), one_answers=TRUST), "2023-01-25"),
    ],
)
def test_healthwatch_is_answered_by_the_last_day_of_its_case(number, fact, last):
    after = date.fromordinal(date.fromisoformat(last).toordinal() + 1).isoformat()
    assert found(number, fact, day=last) == {"met"}
    assert found(number, fact, day=after) == {"not met"}


@pytest.mark.parametrize(("day", "expected"), [("2024-08-31", "met"), ("2024-09-01", "not met")])
def test_a_proposal_called_in_is_decided_within_six_months(day, expected):
    assert found("REC-05", case(called_in=Direction(on="2024-03-01")), day=day) == {expected}


# --- consultation ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"consultation": formal()}, {"met"}),
        ({"consultation": formal(published=None)}, {"cannot tell"}),
        ({"consultation": formal(comments_by=None)}, {"cannot tell"}),
        ({"consultation": formal(published="2023-06-02")}, {"not met"}),
        ({"consultation": formal(changes=(Shifted(told="2023-05-01"),))}, {"cannot tell"}),
        ({"consulted": False, "decided": "2023-07-01"}, {"not met"}),
        ({"decided": "2023-07-01"}, {"cannot tell"}),
        ({"substantial": False}, set()),
        ({"exempt_from": "special administration"}, set()),
        ({"informal": (Informal(on="2022-10-01", what="A talk"),)}, {"cannot tell"}),
    ],
)
def test_councils_are_consulted_and_told_two_dates_that_are_published(fields, expected):
    assert found("SCR-07", case(**fields)) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [("2023-03-01", "met"), ("2023-03-02", "not met"), (None, "cannot tell")],
)
def test_councils_are_told_of_an_urgent_change_the_same_day(told, expected):
    urgent = Emergency(decided="2023-03-01", because="No staff at night", told=told)
    assert found("SCR-08", case(emergency=urgent)) == {expected}
    assert found("SCR-07", case(emergency=urgent)) == set()


@pytest.mark.parametrize(("on", "expected"), [("2023-06-01", "met"), ("2023-06-02", "not met")])
def test_comments_come_by_the_day_that_was_given(on, expected):
    said = (Remark(by=JOINT, on=on, text="We object."),)
    assert found("SCR-09", case(consultation=formal(), comments=said)) == {expected}


def test_a_day_for_comments_that_is_moved_counts_as_moved():
    said = (Remark(by=JOINT, on="2023-06-10", text="We object."),)
    later = formal(
        changes=(Shifted(told="2023-05-20", published="2023-05-20", comments_by="2023-06-15"),)
    )
    assert found("SCR-09", case(consultation=later, comments=said)) == {"met"}


def test_a_body_that_disagrees_says_so_and_both_try_to_agree():
    apart = {"told": "2023-06-10", "steps": "They met twice."}
    assert found("SCR-10", case(disagreement=Disagreement(**apart))) == {"met"}
    assert found("SCR-10", case(disagreement=Disagreement(told="2023-06-10"))) == {"cannot tell"}


def test_a_provider_that_consults_leaves_open_whether_the_commissioner_should_have():
    assert found("SCR-14", case(consultation=formal())) == {"met"}
    assert found("SCR-14", case(by=TRUST, consultation=formal())) == {"cannot tell"}


@pytest.mark.parametrize(("large", "expected"), [(False, "met"), (True, "not met")])
def test_changing_a_body_is_exempt_unless_it_changes_services_substantially(large, expected):
    exempt = case(exempt_from="sets up, ends or changes a body", substantial=large)
    assert found("SCR-15", exempt) == {expected}


# --- more than one council ------------------------------------------------------------------------


def test_one_council_alone_needs_no_joint_committee():
    assert found("SCR-22", case(consultation=formal("2023-03-01", COUNCIL))) == set()


@pytest.mark.parametrize(
    ("terms", "fields", "expected"),
    [
        ((), {}, "cannot tell"),
        ((joint(),), {"joint": TERMS}, "met"),
        ((joint(COUNCIL),), {"joint": TERMS}, "not met"),
        ((joint(),), {"joint": TERMS,
         "comments": (Remark(by=JOINT, on="2023-05-01", text="No."),)}, "met"),
        ((joint(),), {"joint": TERMS,
         "comments": (Remark(by=CITY_COMMITTEE, on="2023-05-01", text="No."),)}, "not met"),
    ],
)  # fmt: skip
def test_several_councils_appoint_one_joint_committee_that_alone_may_comment(
    terms, fields, expected
):
    assert found("SCR-22", *terms, case(consultation=formal(), **fields)) == {expected}


def test_a_committee_that_asks_alone_beside_the_joint_one_is_found():
    alone = asked(by=CITY_COMMITTEE, asked="2023-04-01", review="kent/reconfiguration/beds")
    together = case(consultation=formal(), joint=TERMS)
    assert found("SCR-22", joint(), together, alone) == {"not met"}
    assert found("SCR-22", joint(), together, alone, day="2023-03-31") == {"met"}


@pytest.mark.parametrize(
    ("number", "fields", "expected"),
    [
        ("SCR-21", {"type": "by choice"}, {"met"}),
        ("SCR-21", {"type": "required"}, set()),
        ("SCR-23", {"functions": ("comment on proposals",)}, {"met"}),
        ("SCR-23", {"functions": ("other",)}, {"not met"}),
        ("SCR-23", {}, {"cannot tell"}),
        ("SCR-24", {"balance": "proportional"}, {"met"}),
        ("SCR-24", {"balance": "waived"}, {"met"}),
        ("SCR-24", {}, {"cannot tell"}),
    ],
)
def test_the_terms_of_a_joint_committee(number, fields, expected):
    assert found(number, joint(**fields)) == expected


# --- both sides of 31 January 2024 ----------------------------------------------------------------


def test_the_law_switches_from_referral_to_calling_in_on_31_january_2024():
    before, after = date(2024, 1, 30), date(2024, 1, 31)
    assert [rule("SCR-12").in_force(day) for day in (before, after)] == [True, False]
    for number in ("SCR-11", "SCR-13", *(f"REC-0{n}" for n in range(1, 9))):
        assert [rule(number).in_force(day) for day in (before, after)] == [False, True]


def test_a_referral_is_tried_by_the_old_law_on_its_last_day_and_goes_on_under_the_new():
    made = case(referrals=(REFERRED,))
    assert found("SCR-12", made, day="2024-01-30") == {"met"}
    assert found("SCR-12", made, day="2024-01-31") == set()
    assert found("SCR-13", made, day="2024-01-31") == {"met"}


def test_a_referral_on_31_january_2024_is_one_day_too_late():
    late = CouncilReferral(by=JOINT, on="2024-01-31", ground=REFERRED.ground, steps="One meeting.")
    assert found("SCR-13", case(referrals=(late,))) == {"not met"}


def test_a_referral_without_its_steps_leaves_the_rule_open():
    bare = CouncilReferral(by=JOINT, on="2024-01-30", ground=REFERRED.ground)
    assert found("SCR-12", case(referrals=(bare,)), day="2024-01-30") == {"cannot tell"}


@pytest.mark.parametrize(
    ("began", "expected"), [("2024-01-30", set()), ("2024-01-31", {"cannot tell"})]
)
def test_only_what_is_consulted_on_from_the_switch_is_notified(began, expected):
    dates = {"comments_by": "2024-04-01", "decision_by": "2024-05-01"}
    assert found("REC-01", case(consultation=formal(began, **dates))) == expected
    assert found("REC-03", case(consultation=formal(began, **dates))) == {"met"}


def test_a_notice_on_record_meets_the_duty_from_its_own_day():
    dates = {"comments_by": "2024-04-01", "decision_by": "2024-05-01"}
    told = case(consultation=formal("2024-02-01", **dates), notified="2024-02-02")
    assert found("REC-01", told, day="2024-02-01") == {"cannot tell"}
    assert found("REC-01", told, day="2024-02-02") == {"met"}


@pytest.mark.parametrize(
    ("large", "expected"), [(True, "met"), (False, "met"), (None, "cannot tell")]
)
def test_a_change_is_notifiable_only_where_councils_must_be_consulted(large, expected):
    assert found("REC-02", case(substantial=large)) == {expected}


@pytest.mark.parametrize(("on", "expected"), [("2024-01-30", "not met"), ("2024-01-31", "met")])
def test_nothing_was_called_in_before_the_power_began(on, expected):
    assert found("REC-04", case(called_in=Direction(on=on))) == {expected}


@pytest.mark.parametrize(
    ("decided", "expected"),
    [(None, "met"), ("2024-02-29", "met"), ("2024-04-01", "cannot tell")],
)
def test_a_direction_is_heeded(decided, expected):
    assert found("SCR-11", case(called_in=Direction(on="2024-03-01"), decided=decided)) == {
        expected
    }


@pytest.mark.parametrize(
    ("heard", "expected"), [((BOARD, COUNCIL, CITY), "met"), ((BOARD,), "cannot tell")]
)
def test_those_concerned_are_heard_before_the_minister_decides(heard, expected):
    given = Direction(on="2024-03-01", decided="2024-07-01", heard=heard)
    assert found("REC-06", case(consultation=formal(), called_in=given)) == {expected}


@pytest.mark.parametrize(("why", "expected"), [("Waits.", "met"), (None, "cannot tell")])
def test_a_direction_to_consider_is_published_with_its_reasons(why, expected):
    assert found("REC-07", case(told_to_consider="2024-05-01", told_because=why)) == {expected}


@pytest.mark.parametrize(
    ("manner", "range_", "expected"),
    [
        (True, None, "met"),
        (False, True, "met"),
        (False, False, "not met"),
        (False, None, "cannot tell"),
        (None, None, "cannot tell"),
    ],
)
def test_a_reconfiguration_changes_how_services_reach_people_or_which_there_are(
    manner, range_, expected
):
    assert found("REC-08", case(manner=manner, range=range_)) == {expected}


# --- local Healthwatch ----------------------------------------------------------------------------


def arranged(**fields):
    told = {"council": COUNCIL, "healthwatch": VOICE, **fields}
    return a("kent/healthwatch-arrangement/one", HealthwatchArrangement(**told))


@pytest.mark.parametrize(
    ("fields", "day", "expected"),
    [
        ({"contracted": "2024-04-01"}, "2024-03-31", set()),
        ({"contracted": "2024-04-01"}, "2024-04-01", {"met"}),
        ({"contracted": "2024-04-01", "until": "2026-03-31"}, "2026-03-31", {"met"}),
        ({"contracted": "2024-04-01", "until": "2026-03-31"}, "2026-04-01", {"not met"}),
        ({}, TODAY, {"cannot tell"}),
    ],
)
def test_a_council_has_a_healthwatch_by_a_contract_that_runs(fields, day, expected):
    assert found("HW-01", arranged(**fields), day=day) == expected


OPENLY = {"procedure_published": "2024-05-01", "involves": "Volunteers vote."}


def decided(**fields):
    return RelevantDecision(**{"on": "2026-02-10", "what": "To look at dentists", **fields})


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (OPENLY, {"met"}),
        ({**OPENLY, "involves": None}, {"cannot tell"}),
        ({**OPENLY, "procedure_published": None}, {"cannot tell"}),
        (
            {**OPENLY, "decisions": (decided(because="It is far.", published="2026-02-17"),)},
            {"met"},
        ),
        ({**OPENLY, "decisions": (decided(published="2026-02-17"),)}, {"not met"}),
        ({**OPENLY, "decisions": (decided(because="It is far."),)}, {"cannot tell"}),
        ({**OPENLY, "decisions": (decided(on="2026-12-01"),)}, {"met"}),  # still to come
    ],
)
def test_healthwatch_publishes_how_it_decides_and_why(fields, expected):
    assert found("HW-07", arranged(**fields)) == expected


def test_a_contract_that_ends_before_it_is_made_is_refused():
    wrong = arranged(contracted="2026-04-01", until="2026-03-31").fact
    assert any("before the contract was made" in each for each in wrong.faults())
