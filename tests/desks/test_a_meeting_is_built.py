"""The clerk's desk: a meeting from agenda to published minutes, step by step, each saved as facts."""

from datetime import date

import pytest

from commonweal.meetings.decided import Action, Decision
from commonweal.meetings.facts import AgendaItem, Attendance, Conflict, Meeting
from commonweal.meetings.said import Comment, Promise, Question
from commonweal.money.funds import Fund
from commonweal.money.sums import Sum
from commonweal.record.documents import Document
from commonweal.statute.counting import financial_year
from commonweal_site.day import today
from tests.accounts.officers import officer, public
from tests.desk import asserted, hours, write
from tests.desks.clerks import a_day, attend, facts, refused, saves, started
from tests.site.conftest import PAPER, words


def test_the_public_and_people_without_a_role_do_not_get_to_the_desk(office):
    assert public().get("/desk/kent/x/").status_code == 302
    reader = officer("eve", ("kent", "reader"))
    assert reader.get("/desk/kent/x/").status_code == 403


def test_a_new_meeting_begins_with_the_standing_items(clerk):
    desk = started(clerk)
    page = words(clerk.get(desk))
    assert "4 items" not in page
    assert [each.name for each in facts(clerk, AgendaItem).values()] == [
        "Apologies", "Date of next meeting", "Declarations of interest"
    ]  # fmt: skip
    assert [each.when for each in facts(clerk, Meeting).values()] == [today().isoformat()]


def test_a_second_meeting_approves_the_minutes_of_the_first(clerk):
    started(clerk, date(2026, 9, 1))
    started(clerk)
    assert "Minutes of 1 September 2026" in [
        each.name for each in facts(clerk, AgendaItem).values()
    ]


def test_two_meetings_of_one_body_on_one_day_are_refused(clerk):
    started(clerk)
    said = refused(
        clerk, "/desk/start/kent/icb/", **a_day("when", today()), public="yes", carry="yes"
    )
    assert "A meeting on that day is already on record" in said


def test_items_are_added_moved_and_taken_off(clerk):
    desk = started(clerk)
    saves(clerk, f"{desk}agenda/", name="Clinic at the seaside", type="approve")
    numbers = {each.name: each.number for each in facts(clerk, AgendaItem).values()}
    assert numbers["Clinic at the seaside"] == "4"
    slug = next(n.split("/")[2] for n, i in facts(clerk, AgendaItem).items() if i.number == "4")
    saves(clerk, f"{desk}agenda/", step=f"up:{slug}")
    assert facts(clerk, AgendaItem)[f"kent/item/{slug}"].number == "3"
    saves(clerk, f"{desk}agenda/", step=f"off:{slug}")
    assert f"kent/item/{slug}" not in facts(clerk, AgendaItem)


def test_an_item_without_a_title_is_refused_with_a_sentence(clerk):
    assert "Answer this: What is the item about?" in refused(
        clerk, f"{started(clerk)}agenda/", name="", type="note"
    )


def test_notice_is_counted_in_clear_days_by_the_law_of_the_body(clerk):
    desk = started(clerk, date(2026, 11, 20))
    assert "Notice is due on 16 November 2026 at the latest" in words(clerk.get(f"{desk}notice/"))
    saves(clerk, f"{desk}notice/", **a_day("notice", date(2026, 11, 16)))
    assert "Met Notice of the meeting" in words(clerk.get(f"{desk}notice/"))
    saves(clerk, f"{desk}notice/", **a_day("notice", date(2026, 11, 17)))
    assert "Not met Notice of the meeting" in words(clerk.get(f"{desk}notice/"))


def test_attendance_by_mode_deputies_and_apologies_is_ticked_off_a_list_of_seats(clerk):
    desk = started(clerk)
    attend(clerk, desk, lay="online", nurse="apologies", money="deputy online")
    found = {
        (e.who or e.on_behalf_of).split("/")[2]: (e.type, e.capacity)
        for e in facts(clerk, Attendance).values()
    }
    assert found == {
        "chair": ("in person", "member"), "lay": ("online", "member"),
        "nurse": ("apologies", "member"), "money": ("online", "substitute"),
    }  # fmt: skip
    assert "3 members counted; 3 are asked for" in words(clerk.get(f"{desk}attendance/"))
    assert facts(clerk, Meeting)["kent/meeting/" + desk.split("/")[3]].type == "held"


def test_ticking_again_puts_right_only_what_changed(clerk):
    desk = started(clerk)
    attend(clerk, desk)
    head = clerk.book.head.number
    attend(clerk, desk)
    assert clerk.book.head.number == head
    attend(clerk, desk, lay="")
    assert len(facts(clerk, Attendance)) == 3


def test_a_deputy_who_is_not_named_by_role_is_asked_for(clerk):
    said = refused(clerk, f"{started(clerk)}attendance/", **{"how-chair": "deputy online"})
    assert "Say by role who came in place of Chair." in said


# --- items, interests and decisions -------------------------------------------------------------


@pytest.fixture
def seaside(clerk):
    """A meeting that is held today, with all four seats filled and one item to decide."""
    desk = started(clerk, carry="no")
    saves(clerk, f"{desk}agenda/", name="Opening the seaside clinic", type="approve")
    attend(clerk, desk)
    (slug,) = [name.split("/")[2] for name in facts(clerk, AgendaItem)]
    return f"{desk}items/{slug}/"


def test_a_register_entry_that_shares_words_with_the_item_is_pointed_out(clerk, seaside):
    said = words(clerk.get(f"{seaside}interests/"))
    assert "May touch it Both speak of: clinic, seaside." in said


def test_quorum_is_counted_anew_when_somebody_leaves_for_an_interest(clerk, seaside):
    assert "4 members counted; 3 are asked for" in words(clerk.get(seaside))
    saves(clerk, f"{seaside}interests/", **{"how-r0": "left the meeting"})
    (conflict,) = facts(clerk, Conflict).values()
    assert (conflict.of, conflict.interest) == ("kent/seat/nurse", "kent/interest/clinic")
    assert "3 members counted; 3 are asked for; left out for an interest" in words(
        clerk.get(seaside)
    )


def test_what_was_done_about_an_interest_can_be_changed_and_taken_off(clerk, seaside):
    saves(clerk, f"{seaside}interests/", **{"how-r0": "nothing was done"})
    saves(
        clerk,
        f"{seaside}interests/",
        **{"how-r0": "took full part", "because-r0": "The chair allowed it"},
    )
    assert [c.because for c in facts(clerk, Conflict).values()] == ["The chair allowed it"]
    saves(clerk, f"{seaside}interests/", **{"how-r0": ""})
    assert facts(clerk, Conflict) == {}


def test_an_interest_on_no_register_needs_whose_what_and_what_was_done(clerk, seaside):
    said = refused(clerk, f"{seaside}interests/", **{"new-of": "kent/seat/lay"})
    assert "Say what the interest is." in said
    assert "Say what was done." in said


DECIDED = {"name": "Open the clinic", "type": "consensus", "outcome": "carried"}


def test_the_ten_lines_are_shown_before_a_decision_is_written(clerk, seaside):
    head = clerk.book.head.number
    answer = clerk.post(f"{seaside}decision/", {"step": "check", **DECIDED})
    assert answer.status_code == 200
    said = words(answer)
    assert "Its ten lines" in said
    assert "4 members counted; 3 are asked for" in said
    assert clerk.book.head.number == head


def writes(clerk, path, **given):
    answer = clerk.post(path, {"step": "write", **given})
    assert answer.status_code == 302, words(answer)
    return answer["Location"]


def test_a_decision_is_written_with_reasons_duties_regard_and_alternatives(clerk, seaside):
    document = asserted("kent/document/strategy", Document(title="Kent strategy", issuer="Kent"))
    write(clerk.book, document, at=hours(3))
    writes(
        clerk, f"{seaside}decision/", **DECIDED, reasons="People wait.", alternatives="Do nothing\nA bus",
        **{"duty-inequalities": "Most gain in the poorer wards.", "regard-0": "It asks for it.",
           "aim-health": "Better", "aim-quality": "Better", "aim-resources": "The same"},
        amount="£400,000", consultation="not needed", needs_others="no",
    )  # fmt: skip
    (decision,) = facts(clerk, Decision).values()
    assert decision.alternatives == ("Do nothing", "A bus")
    assert decision.amount == 400_000_00
    assert [each.document for each in decision.regard] == ["kent/document/strategy"]
    assert decision.duties[0].reasons == "Most gain in the poorer wards."
    assert decision.triple_aim.health == "Better"


def test_a_vote_is_counted_and_dissent_is_kept_with_its_reason(clerk, seaside):
    cast = {
        "cast-chair": "for",
        "cast-lay": "for",
        "cast-nurse": "against",
        "dissent-nurse": "Too soon.",
    }
    writes(clerk, f"{seaside}decision/", **DECIDED | {"type": "vote"}, **cast)
    (decision,) = facts(clerk, Decision).values()
    assert {v.seat.split("/")[2]: (v.cast, v.reason) for v in decision.votes} == {
        "chair": ("for", None), "lay": ("for", None), "nurse": ("against", "Too soon."),
    }  # fmt: skip


def test_a_vote_that_was_lost_can_be_recorded_only_as_lost(clerk, seaside):
    cast = {"cast-chair": "for", "cast-lay": "against", "cast-nurse": "against"}
    said = words(
        clerk.post(f"{seaside}decision/", {"step": "check", **DECIDED, "type": "vote", **cast})
    )
    assert "it is recorded as lost" in said
    writes(clerk, f"{seaside}decision/", **DECIDED | {"type": "vote"}, **cast)
    assert [d.outcome for d in facts(clerk, Decision).values()] == ["lost"]


def test_without_a_quorum_it_can_be_recorded_only_as_a_view(clerk, seaside):
    desk = seaside.partition("items/")[0]
    attend(clerk, desk, nurse="apologies", money="apologies")
    said = words(clerk.post(f"{seaside}decision/", {"step": "check", **DECIDED}))
    assert "cannot be recorded as a decision" in said
    assert writes(clerk, f"{seaside}decision/", **DECIDED).endswith("saved=viewed")
    assert facts(clerk, Decision) == {}
    assert [c.name for c in facts(clerk, Comment).values()] == ["Open the clinic"]


def test_what_else_fails_is_recorded_with_its_faults_named(clerk, seaside):
    saves(clerk, f"{seaside}interests/", **{"how-r0": "nothing was done"})
    said = words(clerk.post(f"{seaside}decision/", {"step": "check", **DECIDED}))
    assert "Record it with its faults" in said
    writes(clerk, f"{seaside}decision/", **DECIDED)
    (decision,) = facts(clerk, Decision).values()
    assert "conflict" in decision.known_faults


def test_a_fund_that_cannot_pay_is_shown_before_the_decision_is_written_and_keeps_nothing_out(
    clerk, seaside
):
    fund = Fund(
        name="Seaside pool", type="grant", year="2022/23", total=Sum(pence=100_00), sources=PAPER
    )
    write(clerk.book, asserted("kent/fund/seaside", fund, "2022-07-01"), at=hours(3))
    given = {**DECIDED, "amount": "150", "paid_from": "Seaside pool"}
    said = words(clerk.post(f"{seaside}decision/", {"step": "check", **given}))
    assert "The money test" in said
    assert "Seaside pool is on record for 2022/23 only." in said
    writes(clerk, f"{seaside}decision/", **given)
    (decision,) = facts(clerk, Decision).values()
    assert decision.paid_from == "kent/fund/seaside"


def test_a_decision_beyond_its_budget_is_flagged(clerk, seaside):
    (meeting,) = facts(clerk, Meeting).values()
    year = financial_year(date.fromisoformat(meeting.when)).start.year
    fund = Fund(
        name="Seaside pool", type="grant", year=f"{year}/{(year + 1) % 100:02}",
        total=Sum(pence=100_00), sources=PAPER,
    )  # fmt: skip
    write(clerk.book, asserted("kent/fund/seaside", fund, "2022-07-01"), at=hours(3))
    given = {**DECIDED, "amount": "150", "paid_from": "Seaside pool"}
    said = words(clerk.post(f"{seaside}decision/", {"step": "check", **given}))
    assert "The money is not there for it" in said
    assert "£50 over the budget, £100 of Seaside pool" in said


def test_the_form_asks_each_question_once(clerk, seaside):
    form = clerk.get(f"{seaside}decision/").content.decode()
    for name in ("amount_is", "paid_from", "function", "area", "consulted", "effective-day"):
        assert form.count(f' id="{name}"') == 1, name
    assert 'name="consultation"' in form


def test_what_pays_is_a_fund_or_scheme_on_record(clerk, seaside):
    said = refused(clerk, f"{seaside}decision/", **DECIDED, amount="1", paid_from="Nowhere pool")
    assert "Nowhere pool" in said


def test_a_meeting_with_no_voters_is_told_so_and_decides_nothing(clerk, seaside):
    attend(clerk, seaside.partition("items/")[0], chair="", lay="", nurse="", money="")
    assert "Nobody is down as having been there" in words(clerk.get(seaside))
    assert "nothing can be decided yet" in refused(clerk, f"{seaside}decision/", **DECIDED)


def test_to_note_needs_nobody_and_decides_nothing(clerk, seaside):
    attend(clerk, seaside.partition("items/")[0], chair="", lay="", nurse="", money="")
    writes(clerk, f"{seaside}decision/", name="The report is noted", type="noted")
    assert [d.outcome for d in facts(clerk, Decision).values()] == ["noted"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"name": ""}, "Answer this: What was decided"),
        ({"type": "vote"}, "Say how each voted"),
        ({"amount": "-5"}, "below nothing"),
        ({"function": "reablemnt"}, "Nothing on record is called ‘reablemnt’"),
        ({"type": "urgent"}, "Say who decided. It was one person, and is only reported here."),
        (
            {"type": "urgent", "by": "kent/seat/chair", **a_day("made_on", date(2026, 11, 2))},
            "An urgent decision says why it could not wait.",
        ),
        ({"casting-by": "kent/seat/chair"}, "A casting vote needs both"),
    ],
)
def test_a_decision_that_cannot_be_read_is_refused_with_a_sentence(clerk, seaside, given, says):
    assert says in refused(clerk, f"{seaside}decision/", **DECIDED | given)


@pytest.mark.parametrize(
    ("what", "given", "type_"),
    [
        ("discussion", {"name": "Parking", "text": "There is none.", "by": "kent/seat/chair"}, Comment),
        ("question", {"name": "Parking", "text": "Where?", "asked_by_printed": "A member of the public",
                      "answer": "Nowhere.", "answered_by": "kent/seat/chair"}, Question),
        ("promise", {"name": "Look into parking", "by": "kent/seat/chair", "due-day": "1", "due-month": "12",
                     "due-year": "2026", "type": "undertaking"}, Promise),
        ("action", {"name": "Count the cars", "owner": "kent/seat/money"}, Action),
    ],
)  # fmt: skip
def test_views_questions_promises_and_actions_stand_at_their_item(
    clerk, seaside, what, given, type_
):
    saves(clerk, f"{seaside}{what}/", **given)
    (fact,) = facts(clerk, type_).values()
    assert fact.item.endswith(seaside.split("/")[-2])
    assert given.get("text", given["name"]) in words(clerk.get(seaside))


def test_an_action_without_an_owner_is_refused(clerk, seaside):
    assert "Say who is to do it." in refused(clerk, f"{seaside}action/", name="Count the cars")


def test_actions_stay_on_the_list_until_they_are_done(clerk, seaside):
    desk = seaside.partition("items/")[0]
    saves(clerk, f"{seaside}action/", name="Count the cars", owner="kent/seat/money")
    ((name, _),) = facts(clerk, Action).items()
    assert "Count the cars" in words(clerk.get(f"{desk}actions/"))
    saves(clerk, f"{desk}actions/", step=f"done:{name}")
    assert "Nothing of this body’s meetings is outstanding." in words(clerk.get(f"{desk}actions/"))


def test_what_is_recorded_at_a_private_item_is_kept_back(clerk):
    desk = started(clerk, carry="no")
    saves(clerk, f"{desk}agenda/", name="A claim", type="discuss", private="legal")
    attend(clerk, desk)
    (slug,) = [name.split("/")[2] for name in facts(clerk, AgendaItem)]
    saves(
        clerk,
        f"{desk}items/{slug}/discussion/",
        name="Quincunx",
        text="Quincunx!",
        by="kent/seat/chair",
    )
    writes(
        clerk, f"{desk}items/{slug}/decision/", name="Quincunx", type="consensus", outcome="carried"
    )
    for kind in ("comment", "decision"):
        assert public().get(f"/kinds/{kind}.json").json()["count"] == 0
    assert "Quincunx" not in words(public().get("/changes/"))


def test_two_clerks_do_not_overwrite_each_other(clerk, office, seaside):
    seen = office.head.number
    saves(clerk, f"{seaside}interests/", **{"how-r0": "nothing was done"})
    desk = seaside.partition("items/")[0]
    attend(clerk, desk, lay="online")
    said = refused(clerk, f"{desk}attendance/", seen=seen, **{"how-lay": "apologies"})
    assert "Somebody else changed this while you had it open." in said


def test_what_one_person_decided_urgently_is_reported_and_not_the_meetings_own(clerk, seaside):
    writes(
        clerk, f"{seaside}decision/", name="Buses after the flood", type="urgent", outcome="carried",
        urgent_because="Roads were under water.", by="kent/seat/chair", **a_day("made_on", date(2026, 11, 2)),
    )  # fmt: skip
    (decision,) = facts(clerk, Decision).values()
    assert (decision.item, decision.by, decision.when) == (None, "kent/seat/chair", "2026-11-02")
    assert decision.reported.endswith(seaside.split("/")[-2])
    assert "Reported Buses after the flood." in words(clerk.get(seaside))
    minutes = words(clerk.get(f"{seaside.partition('items/')[0]}minutes/"))
    assert (
        "Reported: Buses after the flood (Chair, 2 November 2026; urgent because: Roads" in minutes
    )


def test_an_editor_who_may_not_read_what_is_kept_back_sees_none_of_it_at_the_desk(clerk, office):
    desk = started(clerk, carry="no")
    saves(
        clerk,
        f"{desk}agenda/",
        name="Quincunx claim",
        type="discuss",
        private="legal",
        hidden="yes",
    )
    saves(clerk, f"{desk}agenda/", name="A second", type="discuss", private="person")
    attend(clerk, desk)
    slug = next(
        n.split("/")[2] for n, i in facts(clerk, AgendaItem).items() if i.name == "A second"
    )
    saves(
        clerk,
        f"{desk}items/{slug}/discussion/",
        name="Said",
        text="Quincunx!",
        by="kent/seat/chair",
    )
    bea = officer("bea", ("kent", "editor"))
    for step in (
        "",
        "agenda/",
        "papers/",
        "items/",
        f"items/{slug}/",
        "minutes/",
        "publish/",
        "actions/",
    ):
        assert "Quincunx" in words(clerk.get(f"{desk}{step}")) or step not in {"agenda/", "items/"}
        assert "Quincunx" not in words(bea.get(f"{desk}{step}"))
    assert bea.get(f"{desk}agenda/{desk.split('/')[3]}-item/").status_code == 404


def test_a_decision_that_comes_to_fail_after_it_was_written_says_so_at_its_item(clerk, seaside):
    writes(clerk, f"{seaside}decision/", **DECIDED)
    assert "fails on conflict" not in words(clerk.get(seaside))
    saves(clerk, f"{seaside}interests/", **{"how-r0": "nothing was done"})
    assert "It is recorded as carried and in force, but fails on conflict" in words(
        clerk.get(seaside)
    )
