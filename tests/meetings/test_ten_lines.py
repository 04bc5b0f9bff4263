"""The vires check: ten lines for every decision, each met, not met or cannot tell."""

import pytest

from commonweal.bodies.facts import Body, Post
from commonweal.meetings.decided import Decision, Endorsement, Proposal, Regard, TripleAim
from commonweal.meetings.facts import AgendaItem
from commonweal.meetings.vires import ASKED_OF_AUTHORITY, LINES, standing, vires
from commonweal.record.documents import Document
from commonweal.record.findings import Finding
from tests.making import BOARD, a
from tests.meetings.gathering import (
    CHAIR,
    DECISION,
    FIRST,
    LAY,
    MEETING,
    NURSE,
    SECOND,
    VOTING,
    came,
    conflict,
    decided,
    meeting,
    votes,
)

STRATEGY = "kent/document/strategy"
PAPER = a(STRATEGY, Document(title="Strategy"))
DECLARED = a(FIRST, AgendaItem(meeting=MEETING, number="1", name="x", type="declare interests"))
EVERYBODY = tuple(came(*VOTING))
WHOLE = {
    "votes": votes(pro=VOTING),
    "outcome": "carried",
    "regard": (Regard(document=STRATEGY, how="It asks for clinics."),),
    "consultation": "held",
    "consulted": ("Patients, in June 2023: in favour",),
    "triple_aim": TripleAim(health="more", quality="better", resources="same"),
    "needs_others": False,
    "published": "2023-07-14",
    "effective": "2023-07-20",
}


def case(*more, people=EVERYBODY, told=None, **fields):
    decision = decided(**{**WHOLE, **fields})
    return meeting(*people, PAPER, decision, *more, **(told or {}))


def line(which, *more, **fields):
    lines = dict(vires(case(*more, **fields), DECISION))
    return lines[which].outcome


def allowed(_snapshot, name, _decision):
    return {
        each: Finding(rule=each, outcome="met", subject=name, because="It may.", source="Scheme")
        for each in ASKED_OF_AUTHORITY
    }


def test_every_decision_shows_ten_lines_in_one_order():
    lines = vires(case(), DECISION)
    assert tuple(each.name for each in lines) == LINES
    assert len(lines) == 10


def test_what_is_only_noted_is_no_decision():
    noted = meeting(decided("noted"))
    assert vires(noted, DECISION) == ()
    assert standing(noted, DECISION).because == "Only noted: it decides nothing."


def test_power_chain_limit_and_reservations_are_not_told_until_somebody_is_asked():
    bare = dict(vires(case(), DECISION))
    asked = dict(vires(case(), DECISION, authority=allowed))
    for each in ASKED_OF_AUTHORITY:
        assert (bare[each].outcome, asked[each].outcome) == ("cannot tell", "met")


def test_a_decision_stands_when_all_ten_lines_are_met():
    asked = a("kent/item/0", DECLARED.fact)
    assert standing(case(asked), DECISION, authority=allowed).outcome == "met"
    unasked = standing(case(asked), DECISION)
    assert unasked.outcome == "cannot tell"
    assert "not told: power, chain, limit and reservations" in unasked.because


def test_a_decision_without_a_quorum_is_only_a_view():
    found = standing(case(people=tuple(came(CHAIR, LAY)), votes=votes(pro=(CHAIR, LAY))), DECISION)
    assert found.outcome == "not met"
    assert "only as a view" in found.because


def test_a_lost_vote_cannot_be_recorded_as_carried():
    found = standing(case(votes=votes(pro=(CHAIR,), con=(LAY, NURSE))), DECISION)
    assert found.outcome == "not met"
    assert "but it was lost" in found.because


@pytest.mark.parametrize(
    ("what", "fields", "expected"),
    [
        ("left the meeting", {}, "met"),
        ("stayed without speaking or voting", {}, "met"),
        ("took full part", {"because": "The chair ruled it remote."}, "met"),
        ("took full part", {}, "not met"),
        ("nothing was done", {}, "not met"),
        ("not stated", {}, "cannot tell"),
    ],
)
def test_an_interest_must_be_dealt_with(what, fields, expected):
    assert line("conflict", conflict(NURSE, what, **fields)) == expected


def test_no_interest_is_told_only_if_members_were_asked_for_any():
    assert line("conflict") == "cannot tell"
    record = case(a("kent/item/0", DECLARED.fact))
    assert dict(vires(record, DECISION))["conflict"].outcome == "met"


def test_short_notice_shows_in_the_notice_line():
    assert line("notice") == "met"
    assert line("notice", told={"notice": "2023-07-10"}) == "not met"
    assert line("notice", told={"notice": None}) == "cannot tell"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "met"),
        ({"consultation": "not needed", "consulted": ()}, "met"),
        ({"consultation": "not held", "consulted": ()}, "not met"),
        ({"consultation": "not stated"}, "cannot tell"),
        ({"consulted": ()}, "cannot tell"),
        ({"regard": ()}, "cannot tell"),
        ({"triple_aim": None}, "cannot tell"),
        ({"triple_aim": TripleAim(health="more", quality="better")}, "cannot tell"),
    ],
)
def test_regard_and_consultation_must_be_on_record(fields, expected):
    assert line("regard and consultation", **fields) == expected


def test_the_triple_aim_is_not_asked_for_before_july_2022():
    early = {"when": "2022-06-30", "notice": "2022-06-20"}
    assert line("regard and consultation", triple_aim=None, told=early) == "met"


def test_the_triple_aim_is_asked_for_where_the_day_is_not_stated_exactly():
    assert line("regard and consultation", triple_aim=None, told={"when": "2023-07"}) == (
        "cannot tell"
    )


def test_the_triple_aim_is_asked_for_from_the_first_day_of_the_law():
    first = {"when": "2022-07-01", "notice": "2022-06-20"}
    assert line("regard and consultation", triple_aim=None, told=first) == "cannot tell"


def test_a_decision_not_for_publication_gives_its_reason():
    assert line("publication", published=None, exempt="Commercial terms.") == "met"


def test_a_council_committee_owes_no_triple_aim():
    panel = a("kent/body/panel", Body(name="Panel", type="scrutiny committee"))
    told = {"body": "kent/body/panel"}
    assert line("regard and consultation", panel, triple_aim=None, told=told) == "met"


PROPOSAL = "kent/proposal/one"
OTHERS = ("kent/body/a", "kent/body/b")


@pytest.mark.parametrize(
    ("said", "all_needed", "expected"),
    [
        (("endorsed", "endorsed"), True, "met"),
        (("endorsed",), True, "cannot tell"),
        (("endorsed", "rejected"), True, "not met"),
        (("endorsed", "endorsed with changes"), True, "cannot tell"),
        (("endorsed", "rejected"), False, "met"),
        (("endorsed", "endorsed"), None, "cannot tell"),
    ],
)
def test_every_endorsement_that_is_needed_must_be_there(said, all_needed, expected):
    put = a(PROPOSAL, Proposal(name="x", put_to=OTHERS, all_needed=all_needed))
    given = [
        a(f"kent/endorsement/{n}", Endorsement(proposal=PROPOSAL, body=body, type=answer))
        for n, (body, answer) in enumerate(zip(OTHERS, said, strict=False))
    ]
    found = line("endorsements", put, *given, proposal=PROPOSAL, needs_others=True)
    assert found == expected


@pytest.mark.parametrize(
    ("needs", "expected"), [(False, "met"), (True, "cannot tell"), (None, "cannot tell")]
)
def test_without_a_proposal_only_a_statement_tells(needs, expected):
    assert line("endorsements", needs_others=needs) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"published": "2023-07-20"}, "met"),  # on the day it takes effect
        ({"published": "2023-07-21"}, "not met"),  # the day after
        ({"call_in_until": "2023-07-19"}, "met"),
        ({"call_in_until": "2023-07-20"}, "not met"),  # takes effect on the last day
        ({"published": None}, "cannot tell"),
    ],
)
def test_a_decision_is_published_before_it_takes_effect_and_after_call_in(fields, expected):
    assert line("publication", **fields) == expected


def test_an_urgent_decision_may_take_effect_at_once():
    urgent = {"how": "urgent", "urgent_because": "A flood.", "published": "2023-07-25"}
    assert line("publication", **urgent) == "met"


def test_a_decision_of_one_officer_asks_for_no_quorum_and_no_notice():
    post = a("kent/post/x", Post(name="Chief executive", bodies=(BOARD,)))
    alone = Decision(name="x", by="kent/post/x", when="2023-07-13", type="delegated")
    lines = dict(vires(meeting(post, a(DECISION, alone)), DECISION))
    assert lines["quorum"].outcome == lines["notice"].outcome == "met"
    assert lines["conflict"].outcome == "cannot tell"
    assert "triple aim" in lines["regard and consultation"].because


def test_the_items_own_quorum_is_tested_not_only_the_meetings():
    three = tuple(came(CHAIR, LAY, NURSE))
    aside = conflict(NURSE, "left the meeting")
    assert line("quorum", people=three) == "met"
    assert line("quorum", aside, people=three) == "not met"


def test_a_decision_names_its_item_or_its_maker():
    nobody = Decision(name="x", type="delegated")
    assert "Say under which item it was made" in " ".join(nobody.faults())
    assert "An urgent decision says why" in " ".join(
        Decision(name="x", item=SECOND, type="urgent").faults()
    )
    assert "but this one is -1" in " ".join(
        Decision(name="x", item=SECOND, type="vote", amount=-1).faults()
    )
