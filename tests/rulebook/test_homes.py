"""Once another has a body's place, nothing that is still open may name the one that has ended."""

import pytest

from commonweal.assurance.risks import Issue
from commonweal.bodies.facts import Body
from commonweal.record.naming import Succession
from tests.making import FIRST_DAY, a, kent, outcomes, said

OLD, FOLLOWS = "kent/body/group", "kent/succession/group"
GROUP = Body(name="Kent Group", type="clinical commissioning group")


def on(*more, until="2022-07-01", status="in force"):
    follows = Succession(type="replace", before=OLD, after="kent/body/icb", status=status)
    passed = a(FOLLOWS, follows, since="2022-07-01")
    return kent(a(OLD, GROUP, until=until), passed, *more)(FIRST_DAY)


def issue(**fields):
    return a("kent/issue/i", Issue(name="Beds", held_by=OLD, **fields))


def test_what_names_nobody_that_has_ended_is_in_order():
    assert outcomes(on(), "OVR-HOME") == {FOLLOWS: "met"}


def test_an_open_issue_that_still_names_a_body_that_has_ended_has_no_home():
    assert outcomes(on(issue()), "OVR-HOME") == {FOLLOWS: "not met"}
    assert "NHS Kent Board has its place, and yet ‘Beds’ still names it" in said(
        on(issue()), "OVR-HOME", FOLLOWS
    )


@pytest.mark.parametrize(("closed", "expected"), [("2022-06-30", "met"), ("2022-07-01", "not met")])
def test_what_was_over_before_the_day_needs_no_home(closed, expected):
    assert outcomes(on(issue(closed=closed)), "OVR-HOME") == {FOLLOWS: expected}


def test_a_body_that_goes_on_beside_its_successor_keeps_what_it_has():
    assert outcomes(on(issue(), until=None), "OVR-HOME") == {}


def test_a_succession_that_is_only_proposed_takes_nothing():
    assert outcomes(on(issue(), status="proposed"), "OVR-HOME") == {}
