"""The meetings that ship: Wolverhampton as its minutes have it, and unlawful ones that are caught.

A wrong decision of the invented system stands here once with the line that catches it.
"""

import os
import re
from datetime import date
from pathlib import Path

import pytest

from commonweal.meetings.agenda import agenda, questions_at
from commonweal.meetings.call_in_window import call_in
from commonweal.meetings.decided import Decision, Proposal
from commonweal.meetings.endorsing import WAITING, matrix, tally, where_it_stands
from commonweal.meetings.minutes import minutes
from commonweal.meetings.notice import notice_of
from commonweal.meetings.planned import forward_plan, outstanding
from commonweal.meetings.powers import authority_of
from commonweal.meetings.quorum import quorum
from commonweal.meetings.said import Comment, Promise, Question
from commonweal.meetings.vires import LINES, standing, unowned, vires
from commonweal.meetings.voting import result, who_may_vote
from tests.making import shipped

TODAY = date(2026, 12, 1)
PANEL = "black-country-wolverhampton"
SEPTEMBER = f"{PANEL}/meeting/panel-2022-09-22"
INVENTED = "exampleshire"


@pytest.fixture(scope="module")
def packs():
    return shipped()


@pytest.fixture(scope="module")
def today(packs):
    return packs(TODAY)


# Wolverhampton, 22 September 2022


def test_the_september_meeting_has_seven_items_and_every_question_has_an_answer(today):
    items = agenda(today, SEPTEMBER)
    assert [item.number for _, item in items] == list("1234567")
    asked = {item.number: len(questions_at(today, name)) for name, item in items}
    assert {number: count for number, count in asked.items() if count} == {"4": 17, "5": 3}
    assert all(each.answers for each in today.all(Question).values())


@pytest.mark.parametrize(
    ("meeting", "law"),
    [
        ("panel-2022-09-22", "HWB-12"),
        ("panel-2022-12-12", "HWB-12"),
        ("scrutiny-board-2022-12-06", "HWB-12"),
        ("cabinet-2022-11-16", "notice"),
        ("reserves-working-group-2022-11-08", "notice"),
    ],
)
def test_the_law_on_notice_binds_the_scrutiny_of_wolverhampton_and_perhaps_other_council_bodies(
    today, meeting, law
):
    found = notice_of(today, f"{PANEL}/meeting/{meeting}")
    assert (found.rule, found.outcome) == (law, "cannot tell")  # no notice is on record
    perhaps = "5 clear working days are asked for" in found.because
    assert perhaps is (law == "notice")


def test_a_figure_given_in_answer_is_kept_with_the_question(today):
    training = next(q for n, q in today.all(Question).items() if "mental-health-act" in n)
    assert training.data == ("68.6% trained in March 2022",)
    assert training.answers[0].data == ("over 90% trained, said on 22 September 2022",)


def test_every_promise_of_the_september_meeting_is_listed_until_it_is_known_to_be_kept(today):
    waiting = [each.name for each in outstanding(today, TODAY) if each.name.startswith(PANEL)]
    promised = [name for name in today.all(Promise) if name.startswith(PANEL)]
    assert sorted(waiting) == sorted(promised)
    visit = next(each for each in outstanding(today, TODAY) if "command-centre" in each.name)
    assert (visit.who, visit.state) == ("Chief Executive", "no day set")


def test_the_quorum_of_september_cannot_be_told_because_it_is_printed_only_for_december(today):
    assert quorum(today, SEPTEMBER).outcome == "cannot tell"


def test_no_vote_is_claimed_where_the_minutes_tell_of_none(today):
    real = [d for n, d in today.all(Decision).items() if not n.startswith(INVENTED)]
    assert real
    assert all(each.type == "not stated" and not each.votes for each in real)
    assert {result(today, each).outcome for each in real} == {"cannot tell"}


def test_the_co_opted_members_vote_is_not_on_record(today):
    item = f"{PANEL}/item/panel-2022-09-22-4"
    voices = {voice.seat.rsplit("/")[-1]: voice.may_vote for voice in who_may_vote(today, item)}
    assert voices.pop("panel-co-opted") == "cannot tell"
    assert set(voices.values()) == {"met"}
    assert len(voices) == 8


def test_minutes_of_september_are_built_with_all_that_was_said(today):
    text = "\n".join(line for section in minutes(today, SEPTEMBER) for line in section.lines)
    for kind in (Question, Comment, Promise):
        for name, fact in today.all(kind).items():
            if name.startswith(PANEL):
                assert fact.sentence(today.name) in text


def test_the_december_agenda_was_the_plan_after_november(packs):
    plan = forward_plan(
        packs(date(2022, 12, 12)), date(2022, 12, 11), body=f"{PANEL}/body/health-scrutiny-panel"
    )
    december = [each.name for each in plan if each.when == "2022-12-12"]
    assert len(december) == 6
    assert [each.when for each in plan if each not in plan[:6]] == ["2023-01-19"] * 5


def test_the_budget_goes_from_the_panel_to_the_scrutiny_board_and_the_cabinet(today):
    found = where_it_stands(today, f"{PANEL}/proposal/draft-budget-2023-24")
    assert found.startswith("0 of 3 stages have an outcome")


def _lines(numbers):
    for part in numbers.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def test_every_figure_quoted_from_september_stands_in_the_lines_it_cites(today):
    shared = Path(os.environ.get("COMMONWEAL_SHARED", Path(__file__).parents[2].parent / "shared"))
    found = list((shared / "seeds").glob("003_*.txt"))
    assert found, f"The stored text of the pack is not in {shared}; set COMMONWEAL_SHARED to it."
    text = found[0].read_text(encoding="utf-8").splitlines()
    quoted = 0
    for kind in (Question, Comment):
        for name, fact in today.all(kind).items():
            if not name.startswith(PANEL):
                continue
            cited = " ".join(text[n - 1] for n in _lines(fact.sources[0].lines))
            answers = getattr(fact, "answers", ())
            for figure in (*fact.data, *(each for a in answers for each in a.data)):
                for number in re.findall(
                    r"\d[\d.,]*\d|\d", figure.replace("22 September 2022", "")
                ):
                    quoted += 1
                    assert number in cited, f"{name}: {number}"
    assert quoted > 8


# Hampshire and Isle of Wight, August 2018


def test_the_ten_recommendations_of_2018_wait_for_every_body_asked(packs):
    found = matrix(packs(date(2018, 12, 1)), "hampshire-and-isle-of-wight")
    assert len(found.proposals) == 10
    assert len(found.bodies) == 4
    assert {cell.answer for cell in found.cells.values()} == {WAITING}


def test_the_parts_of_a_recommendation_keep_their_letters_and_days(today):
    put = today.fact("hampshire-and-isle-of-wight/proposal/footprints-2")
    assert isinstance(put, Proposal)
    assert [(part.letter, part.due) for part in put.parts] == [(x, "2018-09") for x in "abc"]


# Exampleshire: what was wrongly done is caught, and nothing else

WRONG = {
    "medicines-council-2025": {"power", "chain"},  # what nobody may do, nobody passed on
    "north-by-exampleton-2024": {"chain"},
    "north-equipment-van-2025": {"limit"},
    "scans-again-2025": {"limit"},  # with what was decided before in the same year
    "north-equipment-2025": {"quorum"},
    "mental-health-contract-2026": {"quorum"},
    "practice-payments-2025": {"conflict"},
    "winter-plan-2024": {"notice"},
    "clinic-hours-2025": {"regard and consultation"},
    "shared-care-record-2025": {"endorsements"},
    "north-hub-2025": {"reservations"},
    "day-centre-2025": {"publication"},
}


def test_every_wrong_decision_is_caught_by_its_line_and_no_other_is(today):
    caught = {}
    for name in today.all(Decision):
        lines = vires(today, name, authority=authority_of)
        failed = {line.name for line in lines if line.finding.outcome == "not met"}
        if failed:
            caught[name.rsplit("/")[-1]] = failed
    assert caught == WRONG


def test_each_of_the_ten_lines_catches_a_decision():
    assert set().union(*WRONG.values()) == set(LINES)


def test_every_decision_owns_up_to_what_it_fails_and_to_nothing_else(today):
    for name, decision in today.all(Decision).items():
        assert set(decision.known_faults) == WRONG.get(name.rsplit("/")[-1], set())
        assert not list(unowned(today, name, authority=authority_of))


def test_two_decisions_on_one_matter_that_pass_a_limit_together_are_for_a_person_to_judge(today):
    name = f"{INVENTED}/decision/north-reablement-more-2025"
    limit = dict(vires(today, name, authority=authority_of))["limit"]
    assert limit.outcome == "cannot tell"
    assert "it comes to £115,000" in limit.because


def test_a_decision_that_was_called_in_was_sent_back_and_replaced(today):
    name = f"{INVENTED}/decision/day-centre-2025"
    assert call_in(today, name, date(2025, 2, 10)).state == "open"
    assert call_in(today, name, date(2025, 2, 11)).state == "called in"
    assert call_in(today, name, date(2025, 2, 25)).state == "settled"
    assert today.fact(f"{INVENTED}/decision/day-centre-again-2025").supersedes == name


def test_there_is_a_decision_of_every_kind(today):
    decided = [d for n, d in today.all(Decision).items() if n.startswith(INVENTED)]
    invented = {each.type for each in decided if each.status != "proposed"}
    assert invented == {"consensus", "vote", "urgent", "delegated", "noted"}


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ("winter-beds-2024", "carried"),
        ("community-market-2024", "carried"),
        ("reablement-base-2024", "carried"),  # by the chair's casting vote
        ("medical-report-2024", "noted"),
        # Recorded as six to five; without the member with an interest it was even.
        ("practice-payments-2025", "tied"),
    ],
)
def test_results_are_counted_afresh(today, decision, expected):
    assert result(today, today.fact(f"{INVENTED}/decision/{decision}")).outcome == expected


def test_the_place_board_without_a_quorum_gave_only_a_view(today):
    found = standing(today, f"{INVENTED}/decision/north-equipment-2025")
    assert (found.outcome, "only as a view" in found.because) == ("not met", True)


def test_one_item_lost_its_quorum_while_the_meeting_kept_it(today):
    items = [f"{INVENTED}/item/board-2025-11-05-{n}" for n in (1, 2, 3)]
    assert [quorum(today, item).outcome for item in items] == ["met", "met", "not met"]


def test_short_notice_is_caught_at_the_meeting(today):
    assert notice_of(today, f"{INVENTED}/meeting/board-2024-05-22").outcome == "not met"
    assert notice_of(today, f"{INVENTED}/meeting/board-2024-09-11").outcome == "met"


def test_one_body_rejected_the_shared_record_and_one_has_not_answered(today):
    found = tally(today, f"{INVENTED}/proposal/shared-care-record")
    ends = [tuple(n.rsplit("/")[-1] for n in who) for who in (found.rejected, found.waiting)]
    assert ends == [("hospitals",), ("mental-health",)]


def test_two_actions_and_one_promise_of_the_invented_board_are_overdue(today):
    over = [
        e.name.rsplit("/")[-1]
        for e in outstanding(today, TODAY)
        if e.state == "overdue" and e.name.startswith(INVENTED)
    ]
    assert over == ["market-shuttle", "market-bus", "shared-record-terms"]


def test_the_public_sees_nothing_of_the_lease(today):
    public = today.seen_by(lambda _: False)
    meeting = f"{INVENTED}/meeting/board-2026-01-14"
    assert [item.number for _, item in agenda(public, meeting)] == ["1"]
    assert public.get(f"{INVENTED}/decision/lease-2026") is None
    assert "ten years" not in str(minutes(public, meeting))


@pytest.mark.parametrize(
    ("day", "state", "corrections"),
    [
        ("2024-05-29", "published draft", 0),
        ("2024-09-10", "published draft", 0),
        ("2024-09-11", "approved", 1),
    ],
)
def test_minutes_are_a_published_draft_until_the_next_meeting_approves_them(
    packs, day, state, corrections
):
    fact = packs(date.fromisoformat(day)).fact(f"{INVENTED}/minutes/board-2024-05-22")
    assert (fact.type, len(fact.corrections)) == (state, corrections)


def test_minutes_of_a_private_meeting_leave_out_what_was_exempt(today):
    fact = today.fact(f"{INVENTED}/minutes/board-2026-01-14")
    assert fact.type == "published draft"
    assert "lease" not in fact.text
