"""One proposal before many bodies; what is coming, what is outstanding; minutes from the record."""

from datetime import date

import pytest

from commonweal.bodies.facts import Body
from commonweal.meetings.decided import Action, Endorsement, Proposal, Stage
from commonweal.meetings.endorsing import WAITING, matrix, tally, where_it_stands
from commonweal.meetings.facts import AgendaItem, Attendance, Meeting, Paper
from commonweal.meetings.minutes import minutes
from commonweal.meetings.planned import forward_plan, in_sentence, outstanding
from commonweal.meetings.said import Answer, Comment, Promise, Question
from commonweal.record.documents import Document
from tests.making import BOARD, a, kent
from tests.meetings.gathering import (
    CHAIR,
    DAY,
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

CITY, TRUST, GROUP = (f"kent/body/{name}" for name in ("city", "trust", "group"))
ONE, TWO, TEN = (f"kent/proposal/{n}" for n in ("one", "two", "ten"))
BODIES = tuple(
    a(name, Body(name=name.rsplit("/")[-1], type="council")) for name in (CITY, TRUST, GROUP)
)


def put(name, number, *to, **fields):
    return a(name, Proposal(name=name, number=number, put_to=to or (CITY,), **fields))


def said(slug, proposal, body, answer, on=None):
    fact = Endorsement(proposal=proposal, body=body, type=answer, on=on)
    return a(f"kent/endorsement/{slug}", fact)


def test_a_tally_counts_each_body_once_by_its_last_answer():
    record = kent(
        *BODIES,
        put(ONE, "1", CITY, TRUST),
        said("z", ONE, CITY, "rejected", "2018-09-01"),
        said("b", ONE, CITY, "endorsed", "2018-10-01"),
        said("c", ONE, GROUP, "put off", "2018-10-02"),
    )(DAY)
    found = tally(record, ONE)
    assert (found.endorsed, found.rejected, found.waiting) == ((CITY,), (), (TRUST,))
    assert (found.put_off, found.unasked) == ((GROUP,), (GROUP,))
    assert "1 have no answer on record" in found.in_words()


def test_a_matrix_shows_every_body_against_every_proposal_in_order_of_number():
    record = kent(
        *BODIES, put(TEN, "10"), put(TWO, "2", CITY, TRUST), said("a", TWO, TRUST, "endorsed")
    )(DAY)
    found = matrix(record, "kent")
    assert found.proposals == (TWO, TEN)
    assert found.bodies == (CITY, TRUST)
    assert found.cells[TWO, TRUST].answer == "endorsed"
    assert found.cells[TEN, CITY] == (WAITING, None)
    assert (TEN, TRUST) not in found.cells  # it was not asked
    assert matrix(record, "dorset").proposals == ()


def test_a_proposal_on_its_way_shows_the_stages_still_without_an_outcome():
    stages = (
        Stage(body=CITY, what="comments", on="2022-12-12", outcome="commented"),
        Stage(body=TRUST, what="decides", on="2023-03"),
    )
    record = kent(*BODIES, put(ONE, "1", route=stages))(DAY)
    assert where_it_stands(record, ONE) == (
        "1 of 2 stages have an outcome; last: city, commented; "
        "next without one: trust (March 2023)."
    )


def test_a_proposal_is_put_to_somebody():
    assert "Say to whom it is put" in " ".join(Proposal(name="x").faults())


def plan(*meetings, after):
    facts = [
        a(f"kent/meeting/{n}", Meeting(body=BOARD, when=when, **fields))
        for n, (when, fields) in enumerate(meetings)
    ]
    item = a(
        "kent/item/x",
        AgendaItem(meeting="kent/meeting/0", number="1", name="Budget", type="approve"),
    )
    return forward_plan(kent(*facts, item)(DAY), after)


def test_a_forward_plan_begins_the_day_after_and_goes_by_date():
    plain = {"items": ("Urology",)}
    found = plan(("2023-02-01", {}), ("2023-01-19", plain), after=date(2023, 1, 18))
    assert [(each.when, each.name, each.ask) for each in found] == [
        ("2023-01-19", "Urology", ""),
        ("2023-02-01", "Budget", "approve"),
    ]
    assert [e.when for e in plan(("2023-02-01", {}), after=date(2023, 2, 1))] == []


def test_a_meeting_of_which_only_the_month_is_known_is_planned_until_the_month_is_over():
    month = ("2023-02", {})
    assert len(plan(month, after=date(2023, 2, 27))) == 1
    assert plan(month, after=date(2023, 2, 28)) == ()


def test_a_meeting_that_is_not_evidenced_is_no_plan():
    assert plan(("2023-02-01", {"type": "not evidenced"}), after=DAY.replace(year=2022)) == ()


def due(on, **fields):
    action = a("kent/action/x", Action(name="Report back", owner_printed="Clerk", **fields))
    return outstanding(kent(action)(DAY), on)


@pytest.mark.parametrize(
    ("on", "state", "over"), [(date(2023, 6, 30), "due", 0), (date(2023, 7, 1), "overdue", 1)]
)
def test_an_action_is_overdue_the_day_after_its_last_day(on, state, over):
    for stated in ("2023-06-30", "2023-06"):
        (found,) = due(on, due=stated)
        assert (found.state, found.days_over) == (state, over)


def test_what_has_no_day_is_listed_last_and_never_overdue():
    (found,) = due(date(2099, 1, 1))
    assert (found.state, found.days_over) == ("no day set", None)
    assert in_sentence(found) == "Clerk: Report back (no day was set)."


def test_what_is_done_is_outstanding_until_the_day_it_was_done():
    fields = {"due": "2023-06-30", "type": "done", "done": "2023-07-02"}
    assert len(due(date(2023, 7, 1), **fields)) == 1
    assert due(date(2023, 7, 2), **fields) == ()
    assert due(DAY, type="dropped") == ()


def test_promises_are_listed_until_they_are_kept_the_longest_over_first():
    item = AgendaItem(meeting=MEETING, number="1", name="x")

    def promise(slug, **fields):
        fact = Promise(name=slug, item=SECOND, by_printed="Director", **fields)
        return a(f"kent/promise/{slug}", fact)

    record = kent(
        a(SECOND, item),
        promise("kept", kept="kept"),
        promise("late", due="2023-01-01"),
        promise("later", due="2022-01-01", kept="not kept"),
        promise("open"),
    )(DAY)
    assert [each.what for each in outstanding(record, DAY)] == ["later", "late", "open"]


def test_minutes_hold_what_is_on_record_and_nothing_else():
    document = "kent/document/report"
    question = Question(
        name="Waits",
        item=SECOND,
        asked_by_printed="A resident",
        text="How long are the waits?",
        answers=(Answer(by_printed="The director", text="Six weeks."),),
    )
    record = meeting(
        *came(CHAIR, LAY, NURSE),
        conflict(NURSE, "left the meeting"),
        a(document, Document(title="Clinic report")),
        a("kent/paper/x", Paper(item=SECOND, document=document)),
        a("kent/question/x", question),
        a("kent/comment/x", Comment(name="x", item=SECOND, by_printed="A member", text="Good.")),
        a("kent/promise/x", Promise(name="A visit", item=SECOND, by_printed="The director")),
        a("kent/action/x", Action(name="Report back", item=SECOND, due="2023-09")),
        a("kent/attendance/w", Attendance(meeting=MEETING, who_printed="A witness", capacity="witness", type="online")),
        decided(votes=votes(pro=(CHAIR, LAY)), reasons="Long waits.", text="A clinic is opened."),
        public=True,
    )  # fmt: skip
    sections = {section.heading: section.lines for section in minutes(record, MEETING)}
    assert next(iter(sections)) == "Minutes of NHS Kent Board"
    assert sections["Minutes of NHS Kent Board"] == ("13 July 2023.", "Open to the public.")
    assert sections["Witnesses"] == ("A witness, online",)
    assert len(sections["Members"]) == 3
    assert sections["Quorum"] == ("Met: 3 members counted; 3 are asked for.",)
    assert sections["1. Item 1"] == ()
    assert sections["2. Item 2"] == (
        "Paper: Clinic report.",
        "nurse has an interest in Item 2: left the meeting.",
        "A member said: Good.",
        "A resident asked: How long are the waits?",
        "The director answered: Six weeks.",
        "The director promised: A visit.",
        "Decided: A clinic is opened.",
        "Vote: carried. 2 for, 0 against, 0 abstained.",
        "Reasons: Long waits.",
        "Action: Report back (owner not recorded, by September 2023).",
    )


def test_minutes_for_the_public_leave_out_what_is_exempt():
    secret = AgendaItem(meeting=MEETING, number="4", name="A lease", exempt="Commercial.")
    hidden = a("kent/item/4", secret)
    spoken = a(
        "kent/comment/x", Comment(name="x", item="kent/item/4", by_printed="A", text="Hush.")
    )
    record = meeting(*came(*VOTING), hidden, spoken)
    assert "4. A lease" in [s.heading for s in minutes(record, MEETING)]
    public = str(minutes(record.seen_by(lambda _: False), MEETING))
    assert "lease" not in public
    assert "Hush" not in public


def test_a_checksum_that_is_none_is_refused():
    paper = Paper(item=SECOND, document="kent/document/x", checksum="abc")
    assert "A checksum has 64 digits" in " ".join(paper.faults())
    assert list(Paper(item=SECOND, document="x/document/x", checksum="0" * 64).faults()) == []


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        (Attendance(meeting=MEETING), "Say who it was"),
        (Attendance(meeting=MEETING, who="kent/seat/x", capacity="substitute"), "say on whose"),
        (Question(name="x", item=SECOND, text="Why?"), "Say who asked"),
        (Question(name="x", item=SECOND, text="Why?", asked_by_printed="A", answers=(Answer(text="So."),)), "who gave it"),
        (Comment(name="x", item=SECOND, text="So."), "Say who said it"),
        (Promise(name="x", item=SECOND), "Say who promised it"),
        (Action(name="x", done="2023-01-01", type="under way"), "but its state is"),
    ],
)  # fmt: skip
def test_a_fact_that_says_too_little_is_refused_with_a_sentence(fact, sentence):
    assert sentence in " ".join(fact.faults())
