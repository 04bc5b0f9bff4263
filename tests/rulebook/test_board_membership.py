"""Who must sit on an integrated care board, by statute and by policy."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.areas.facts import Area, Containment
from commonweal.bodies.boards import (
    HEADS,
    asked,
    holder_not_recorded,
    members,
    minimums,
    vacant,
)
from commonweal.bodies.facts import Appointment, Body, Coverage, Relation, Vacancy
from commonweal.statute.rule import rule
from tests.making import BOARD, FIRST_DAY, a, findings, kent, outcomes, said, seat, seats

STATUTORY = ("chair", "chief executive")
PARTNERS = ("partner: NHS trusts", "partner: primary care", "partner: councils")
POLICY = (
    "director of finance",
    "medical director",
    "director of nursing",
    "non-executive",
    "non-executive",
)


def tried(number, *items, **board):
    return outcomes(kent(*items, **board)(FIRST_DAY), number).get(BOARD)


def test_a_chair_a_chief_executive_and_three_others_are_enough():
    assert tried("ICB-CON-02", *seats(*STATUTORY, *PARTNERS)) == "met"


def test_two_ordinary_members_are_one_too_few():
    record = kent(*seats(*STATUTORY, *PARTNERS[:2]))(FIRST_DAY)
    assert outcomes(record, "ICB-CON-02") == {BOARD: "not met"}
    assert "2 ordinary members of at least 3" in said(record, "ICB-CON-02", BOARD)


def test_an_unrecorded_seat_is_not_a_vacancy():
    assert tried("ICB-CON-02") == "cannot tell"
    assert tried("ICB-CON-02", *seats(*STATUTORY)) == "cannot tell"


def test_a_recorded_vacancy_takes_a_member_away():
    empty = a("kent/vacancy/seat-5", Vacancy(of="kent/seat/seat-5"))
    record = kent(*seats(*STATUTORY, *PARTNERS), empty)(FIRST_DAY)
    assert outcomes(record, "ICB-CON-02") == {BOARD: "not met"}
    assert "vacant: seat 5" in said(record, "ICB-CON-02", BOARD)
    assert [s.name for s in vacant(record, BOARD)] == ["kent/seat/seat-5"]


def test_a_seat_without_a_recorded_holder_still_counts_as_filled():
    record = kent(*seats(*STATUTORY))(FIRST_DAY)
    assert len(holder_not_recorded(record, BOARD)) == 2
    assert vacant(record, BOARD) == ()


def test_an_observer_without_a_vote_is_no_ordinary_member():
    observer = seat("observer", "other", voting="non-voting")
    assert tried("ICB-CON-02", *seats(*STATUTORY, *PARTNERS[:2]), observer) == "not met"


def test_proposed_seats_are_no_members_in_law_but_the_finding_says_what_they_would_make():
    record = kent(*seats(*STATUTORY, *PARTNERS, status="proposed"))(FIRST_DAY)
    assert outcomes(record, "ICB-CON-02") == {BOARD: "cannot tell"}
    assert "as proposed they would reach the minimum" in said(record, "ICB-CON-02", BOARD)


def test_a_proposed_board_is_looked_at_as_proposed():
    every = seats(*STATUTORY, *PARTNERS, status="proposed")
    record = kent(*every, stage="proposed", legal="not stated")(FIRST_DAY)
    assert outcomes(record, "ICB-CON-02") == {BOARD: "met"}
    assert said(record, "ICB-CON-02", BOARD).startswith("As proposed")
    assert outcomes(record, "ICB-EST-07") == {}


@pytest.mark.parametrize("short", range(len(POLICY)))
def test_policy_asks_for_each_of_its_posts_and_the_law_for_none(short):
    rest = POLICY[:short] + POLICY[short + 1 :]
    items = seats(*STATUTORY, *PARTNERS, *rest)
    assert tried("ICB-POL-01", *items) == "not met"
    assert tried("ICB-CON-02", *items) == "met"
    assert tried("ICB-POL-01", *seats(*STATUTORY, *PARTNERS, *POLICY)) == "met"


def test_policy_cannot_be_told_of_a_board_whose_members_are_not_listed():
    assert tried("ICB-POL-01", *seats("chair")) == "cannot tell"


NOMINATED = {"electorate": "all of them jointly"}


@pytest.mark.parametrize("short", range(3))
def test_each_kind_of_partner_has_a_member(short):
    rest = PARTNERS[:short] + PARTNERS[short + 1 :]
    assert tried("ICB-CON-03", *seats(*STATUTORY, *PARTNERS, **NOMINATED)) == "met"
    assert tried("ICB-CON-03", *seats(*STATUTORY, *rest, **NOMINATED)) == "not met"


def test_one_seat_does_not_stand_for_two_kinds_of_partner():
    twice = ("partner: councils", "partner: councils", "partner: NHS trusts")
    assert tried("ICB-CON-03", *seats(*STATUTORY, *twice, **NOMINATED)) == "not met"


def test_partners_of_whom_nobody_recorded_the_nomination_are_not_taken_as_nominated():
    record = kent(*seats(*STATUTORY, *PARTNERS))(FIRST_DAY)
    assert outcomes(record, "ICB-CON-03") == {BOARD: "cannot tell"}
    assert "nominated" in said(record, "ICB-CON-03", BOARD)


def test_mental_health_expertise_is_looked_for_among_ordinary_members():
    knowing = {"expertise": ("mental health",)}
    assert tried("ICB-CON-05", seat("nurse", "director of nursing", **knowing)) == "met"
    assert tried("ICB-CON-05", seat("chair", "chair", **knowing)) == "cannot tell"
    assert (
        tried("ICB-CON-05", seat("nurse", "director of nursing", expertise=("wounds",)))
        == "not met"
    )
    assert tried("ICB-CON-05", seat("nurse", "director of nursing")) == "cannot tell"


def test_the_seat_that_fills_each_requirement_is_named():
    found = minimums(kent(*seats(*STATUTORY, *PARTNERS))(FIRST_DAY), BOARD)
    chair, chief, ordinary = found["ICB-CON-02"]
    assert [s.name for s in chair.filled_by] == ["kent/seat/seat-1"]
    assert (chief.short, ordinary.short, len(ordinary.filled_by)) == (0, 0, 3)
    assert {each.what: each.short for each in found["ICB-POL-01"]} == {
        "director of finance": 1, "medical director": 1, "director of nursing": 1, "non-executive": 2,
    }  # fmt: skip


@settings(deadline=None, max_examples=50)  # other work shares the machine
@given(st.lists(st.sampled_from([*HEADS, *PARTNERS, "non-executive", "other"]), max_size=9))
def test_a_member_more_never_turns_met_into_not_met(kinds):
    before = kent(*seats(*kinds))(FIRST_DAY)
    after = kent(*seats(*kinds, "non-executive"))(FIRST_DAY)
    for number in ("ICB-CON-02", "ICB-CON-03", "ICB-POL-01"):
        shorter = sum(each.short for each in asked(number, members(before, BOARD)))
        longer = sum(each.short for each in asked(number, members(after, BOARD)))
        assert longer <= shorter
        assert not (
            outcomes(before, number)[BOARD] == "met" and outcomes(after, number)[BOARD] == "not met"
        )


def test_the_statutory_minimum_is_five_seats_and_with_policy_ten():
    # Worked example: rule catalogue, section 12.
    assert sum(rule("ICB-CON-02").minimum.values()) == 5
    assert tried("ICB-CON-02", *seats(*STATUTORY, *PARTNERS)) == "met"
    ten = seats(*STATUTORY, *PARTNERS, *POLICY)
    assert len(ten) == 10
    assert tried("ICB-POL-01", *ten) == "met"


# Roles among the members, and committees


def deputy_and_senior(**senior):
    return seat("deputy-chair", "vice-chair"), seat(
        "senior-non-executive-member", "non-executive", **senior
    )


def test_a_deputy_chair_and_a_senior_non_executive_are_on_record_or_it_cannot_be_told():
    assert tried("ICB-POL-03", *deputy_and_senior()) == "met"
    assert tried("ICB-POL-03", deputy_and_senior()[0]) == "cannot tell"
    assert tried("ICB-POL-03") == "cannot tell"


def committee(what):
    name = f"{what.capitalize()} committee"
    return a(f"kent/body/{what}", Body(name=name, type="committee", parents=(BOARD,)))


def holds(slug, holder):
    return a(f"kent/appointment/{slug}", Appointment(holds=f"kent/seat/{slug}", holder=holder))


def test_the_deputy_chair_does_not_chair_the_audit_committee():
    audit = (committee("audit"), seat("audit-chair", "chair", body="kent/body/audit"))
    apart = (holds("deputy-chair", "Holder one"), holds("audit-chair", "Holder two"))
    both = (holds("deputy-chair", "Holder one"), holds("audit-chair", "Holder one"))
    assert tried("ICB-POL-03", *deputy_and_senior(), *audit, *apart) == "met"
    assert tried("ICB-POL-03", *deputy_and_senior(), *audit, *both) == "not met"


def test_there_is_an_audit_and_a_remuneration_committee():
    assert tried("ICB-COM-01", committee("audit"), committee("remuneration")) == "met"
    assert tried("ICB-COM-01", committee("audit")) == "cannot tell"


def test_neither_the_boards_chair_nor_the_audit_chair_chairs_the_remuneration_committee():
    items = (
        committee("audit"), committee("remuneration"), seat("chair", "chair"),
        seat("pay-chair", "chair", body="kent/body/remuneration"), holds("chair", "Holder one"),
    )  # fmt: skip
    assert tried("ICB-COM-01", *items, holds("pay-chair", "Holder two")) == "met"
    assert tried("ICB-COM-01", *items, holds("pay-chair", "Holder one")) == "not met"


# Partner trusts

TRUST = "kent/body/trust"


def partner(*more):
    return kent(
        a(TRUST, Body(name="Kent Trust", type="NHS trust")),
        a("kent/relation/partner", Relation(who=TRUST, type="partner in", to_whom=BOARD)),
        *more,
    )(FIRST_DAY)


def test_a_partner_trust_serves_the_boards_area():
    serves = a("kent/coverage/trust", Coverage(provider=TRUST, area="kent/area/system"))
    assert outcomes(partner(serves), "ICB-NOM-03") == {TRUST: "met"}
    assert outcomes(partner(), "ICB-NOM-03") == {TRUST: "cannot tell"}
    assert tried("ICB-NOM-03") == "cannot tell"


def test_a_trust_that_serves_a_place_within_the_area_serves_the_area():
    place = a("kent/area/deal", Area(name="Deal", type="place"))
    inside = a(
        "kent/containment/deal", Containment(part="kent/area/deal", whole="kent/area/system")
    )
    serves = a("kent/coverage/trust", Coverage(provider=TRUST, area="kent/area/deal"))
    assert outcomes(partner(place, inside, serves), "ICB-NOM-03") == {TRUST: "met"}


def test_a_board_that_has_ended_is_not_looked_at():
    assert findings(kent()(date(2022, 6, 30)), "ICB-CON-02") == ()
    assert findings(kent(stage="dissolved")(FIRST_DAY), "ICB-CON-02") == ()


def test_seats_that_were_superseded_say_nothing_of_who_sits_today():
    old = seats(*STATUTORY, *PARTNERS, status="superseded")
    assert tried("ICB-CON-02", *old) == "cannot tell"
    assert tried("ICB-CON-02", *old, seat("new", "non-executive")) == "cannot tell"
    empty = a("kent/vacancy/seat-5", Vacancy(of="kent/seat/seat-5"))
    assert vacant(kent(*old, empty)(FIRST_DAY), BOARD) == ()
