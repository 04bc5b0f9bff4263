"""Whose agreement an appointment needs, and which tests come before it."""

import pytest

from commonweal.bodies.facts import Appointment, Approval, Body, Post, Test
from tests.making import BOARD, FIRST_DAY, a, kent, outcomes, said, seat

APPOINTMENT = "kent/appointment/member"


def appointed(kind, *approvals, tests=(), employer=None, more=()):
    """A board with one member of a kind, appointed from 1 July 2022."""
    fact = Appointment(
        holds="kent/seat/member", holder="Holder of the seat", approvals=approvals, tests=tests,
        employer=employer,
    )  # fmt: skip
    return kent(seat("member", kind), a(APPOINTMENT, fact, since="2022-07-01"), *more)(FIRST_DAY)


def by(who, on="2022-07-01"):
    return Approval(by=who, on=on)


def test_no_appointment_on_record_is_no_breach():
    for number in (
        "ICB-CON-04",
        "ICB-CON-06",
        "ICB-CON-07",
        "ICB-CON-08",
        "ICB-POL-02",
        "ICB-POL-04",
    ):
        assert outcomes(kent()(FIRST_DAY), number) == {BOARD: "cannot tell"}


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ("2022-06-30", "met"),
        ("2022-07-01", "met"),  # the day on which the appointment begins
        ("2022-07-02", "not met"),  # a day late
        ("2022-06", "met"),
        ("2022-07", "cannot tell"),  # some day in July, before or after
        ("2022-08", "not met"),
        (None, "cannot tell"),
    ],
)
def test_the_chair_approves_an_ordinary_member_before_the_appointment_begins(on, found):
    record = appointed("non-executive", by("the chair", on))
    assert outcomes(record, "ICB-CON-04") == {APPOINTMENT: found}


def test_an_approval_that_is_not_on_record_is_not_a_missing_approval():
    record = appointed("non-executive")
    assert outcomes(record, "ICB-CON-04") == {APPOINTMENT: "cannot tell"}
    assert "no approval by the chair" in said(record, "ICB-CON-04", APPOINTMENT)


def test_the_chair_is_no_ordinary_member():
    assert outcomes(appointed("chair"), "ICB-CON-04") == {BOARD: "cannot tell"}


def test_the_chair_is_appointed_by_two_keys():
    both = (by("NHS England"), by("Secretary of State"))
    assert outcomes(appointed("chair", *both), "ICB-CON-06") == {APPOINTMENT: "met"}
    assert outcomes(appointed("chair", both[0]), "ICB-CON-06") == {APPOINTMENT: "cannot tell"}
    late = by("the Secretary of State", "2022-07-02")
    assert outcomes(appointed("chair", both[0], late), "ICB-CON-06") == {APPOINTMENT: "not met"}


KEYS = (by("the chair"), by("NHS England"))


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("NHS foundation trust", "met"),
        ("national body", "met"),
        ("council", "not met"),
        ("NHS provider", "cannot tell"),
    ],
)
def test_the_chief_executive_is_employed_by_the_board_or_seconded_from_a_listed_body(kind, found):
    employer = a("kent/body/employer", Body(name="The employer", type=kind))
    record = appointed("chief executive", *KEYS, employer="kent/body/employer", more=(employer,))
    assert outcomes(record, "ICB-CON-07") == {APPOINTMENT: found}


def test_the_chief_executive_may_be_the_boards_own_employee():
    assert outcomes(appointed("chief executive", *KEYS, employer=BOARD), "ICB-CON-07") == {
        APPOINTMENT: "met"
    }
    assert outcomes(appointed("chief executive", *KEYS), "ICB-CON-07") == {
        APPOINTMENT: "cannot tell"
    }
    assert outcomes(appointed("chief executive", KEYS[0], employer=BOARD), "ICB-CON-07") == {
        APPOINTMENT: "cannot tell"
    }


@pytest.mark.parametrize(
    ("number", "kind"),
    [("ICB-CON-08", "independence of the NHS"), ("ICB-POL-04", "fit and proper person")],
)
@pytest.mark.parametrize(("outcome", "found"), [("passed", "met"), ("failed", "not met")])
def test_a_persons_judgement_is_reported_and_never_made(number, kind, outcome, found):
    record = appointed("non-executive", tests=(Test(type=kind, outcome=outcome, on="2022-06-01"),))
    assert outcomes(record, number) == {APPOINTMENT: found}
    assert outcomes(appointed("non-executive"), number) == {APPOINTMENT: "cannot tell"}


def test_the_latest_of_two_tests_counts():
    first = Test(type="fit and proper person", outcome="failed", on="2022-05-01")
    second = Test(type="fit and proper person", outcome="passed", on="2022-06-01")
    record = appointed("non-executive", tests=(second, first))
    assert outcomes(record, "ICB-POL-04") == {APPOINTMENT: "met"}


HEADS = {
    "ICB-DIS-01": "Sits in Parliament",
    "ICB-DIS-02": "A prison sentence of four months in 2020",
    "ICB-DIS-03": "Under a bankruptcy restrictions order",
    "ICB-DIS-04": "Dismissed by a trust in 2021",
    "ICB-DIS-05": "Struck off the register",
}


@pytest.mark.parametrize("number", HEADS)
def test_a_failed_test_of_disqualification_breaks_only_the_rule_that_its_reason_names(number):
    def tests(outcome, reason=None):
        return (Test(type="disqualification", outcome=outcome, reason=reason),)

    assert outcomes(appointed("other", tests=tests("passed")), number) == {APPOINTMENT: "met"}
    assert outcomes(appointed("other", tests=tests("failed")), number) == {
        APPOINTMENT: "cannot tell"
    }
    for head, reason in HEADS.items():
        found = outcomes(appointed("other", tests=tests("failed", reason)), number)
        assert found == {APPOINTMENT: "not met" if head == number else "cannot tell"}
    assert outcomes(appointed("other"), number) == {APPOINTMENT: "cannot tell"}


INDEPENDENT = (Test(type="independent chair", outcome="passed"),)


def other_office(kind, holder="Holder of the seat", **body):
    """A post in another body of Kent."""
    return (
        a("kent/body/other", Body(name="The other body", type=kind, **body)),
        a("kent/post/other", Post(name="Director", bodies=("kent/body/other",))),
        a("kent/appointment/other", Appointment(holds="kent/post/other", holder=holder)),
    )


def test_the_chair_holds_no_office_in_another_body_of_the_area():
    trust = other_office("NHS trust")
    assert outcomes(appointed("chair", tests=INDEPENDENT), "ICB-POL-02") == {APPOINTMENT: "met"}
    assert outcomes(appointed("chair", tests=INDEPENDENT, more=trust), "ICB-POL-02") == {
        APPOINTMENT: "not met"
    }
    assert outcomes(appointed("chair"), "ICB-POL-02") == {APPOINTMENT: "cannot tell"}


def test_another_persons_office_is_no_matter():
    trust = other_office("NHS trust", holder="Somebody else")
    assert outcomes(appointed("chair", tests=INDEPENDENT, more=trust), "ICB-POL-02") == {
        APPOINTMENT: "met"
    }


def test_one_person_may_chair_both_the_board_and_the_partnership():
    partnership = other_office("integrated care partnership (statutory)")
    committee = other_office("committee", parents=(BOARD,))
    for more in (partnership, committee):
        record = appointed("chair", tests=INDEPENDENT, more=more)
        assert outcomes(record, "ICB-POL-02") == {APPOINTMENT: "met"}
