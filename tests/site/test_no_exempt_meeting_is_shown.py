"""What a meeting keeps back is on no page of meetings, in no calendar, feed or table, nor counted."""

import pytest

from commonweal.areas.facts import Area
from commonweal.bodies.facts import Body, Post
from commonweal.meetings.call_ins import CallIn, CallInRule
from commonweal.meetings.decided import Action, Decision, Endorsement, Proposal
from commonweal.meetings.facts import AgendaItem, Attendance, Conflict, Meeting, Paper
from commonweal.meetings.said import Comment, Promise, Question
from commonweal.record.documents import Document
from tests.desk import asserted, hours, write
from tests.site.conftest import PAPER, words

BOARD, OPEN, SHUT = "kent/body/icb", "kent/meeting/open", "kent/meeting/shut"
ITEM, HID = "kent/item/open", "kent/item/hushwater"
WHY = "Publicity would harm the public interest"


def kept_back(entity, fact_type, **fields):
    return asserted(entity, fact_type(exempt=WHY, sources=PAPER, **fields))


def said(entity, fact_type, **fields):
    return asserted(entity, fact_type(sources=PAPER, **fields))


@pytest.fixture
def meetings(kent):
    """An open meeting with one item, and beside each open fact one that is kept back."""
    write(
        kent.book,
        said(OPEN, Meeting, body=BOARD, when="2026-12-10", time="10:00", public=True, type="held"),
        kept_back(SHUT, Meeting, body=BOARD, when="2026-12-11", venue="Hushwater Hall"),
        said(ITEM, AgendaItem, meeting=OPEN, number="1", name="A clinic"),
        kept_back(HID, AgendaItem, meeting=OPEN, number="2", name="Hushwater lease"),
        said("kent/decision/open", Decision, name="Open it", item=ITEM, type="consensus",
             outcome="carried", published="2026-12-11", amount=100),
        kept_back("kent/decision/hushwater", Decision, name="Hushwater is let", item=ITEM,
                  type="consensus", outcome="carried", amount=990_000_00, matter="kent/decision/open"),
        said("kent/proposal/open", Proposal, name="A plan", put_to=(BOARD,)),
        kept_back("kent/proposal/hushwater", Proposal, name="Hushwater plan", put_to=(BOARD,)),
        kept_back("kent/endorsement/hushwater", Endorsement, proposal="kent/proposal/open",
                  body=BOARD, type="rejected", words="Hushwater first"),
        said("kent/question/open", Question, name="Beds", item=ITEM, asked_by_printed="A resident",
             text="How many?"),
        kept_back("kent/question/hushwater", Question, name="Hushwater", item=ITEM,
                  asked_by_printed="A member", text="What of Hushwater?"),
        said("kent/promise/open", Promise, name="A count", item=ITEM, by_printed="The chair",
             question="kent/question/open"),
        kept_back("kent/promise/hushwater", Promise, name="Hushwater papers", item=ITEM,
                  by_printed="The chair", question="kent/question/open", due="2026-01-01"),
        kept_back("kent/action/hushwater", Action, name="Let Hushwater", item=ITEM,
                  decision="kent/decision/open", promise="kent/promise/open"),
        kept_back("kent/comment/hushwater", Comment, name="Hushwater", item=ITEM,
                  by_printed="A member", text="Hushwater is dear."),
        kept_back("kent/attendance/hushwater", Attendance, meeting=OPEN,
                  who_printed="Hushwater agent", capacity="guest"),
        kept_back("kent/conflict/hushwater", Conflict, item=ITEM, of="kent/seat/trust",
                  nature="Owns Hushwater", type="took full part"),
        asserted("kent/document/hushwater", Document(title="Hushwater report", exempt=WHY)),
        said("kent/paper/hushwater", Paper, item=ITEM, document="kent/document/hushwater"),
        said("kent/call-in-rule/open", CallInRule, body=BOARD, days=5),
        kept_back("kent/call-in/hushwater", CallIn, decision="kent/decision/open", on="2026-12-12",
                  by_printed="Hushwater members"),
        kept_back("kent/area/hushwater", Area, name="Hushwater", type="place"),
        kept_back("kent/post/hushwater", Post, name="Hushwater agent", bodies=(BOARD,)),
        kept_back("kent/body/hushwater", Body, name="Hushwater committee", type="committee"),
        at=hours(4),
    )  # fmt: skip
    return kent


ADDRESSES = [
    OPEN, f"{OPEN}.json", f"{OPEN}.csv", "kent/decision/open", "kent/decision/open/lines.json",
    "kent/proposal/open", "kent/question/open", "kent/promise/open", "kent/meetings/",
    "kent/meetings.json", "kent/meetings.csv", "kent/meetings.ics", "kent/meetings.atom",
    f"{BOARD}/meetings/", f"{BOARD}/meetings.json", f"{BOARD}/meetings.csv",
    f"{BOARD}/meetings.ics", f"{BOARD}/meetings.atom", "kent/decisions/", "kent/decisions.json",
    "kent/decisions.csv", "kent/decisions/?amount=middle", "kent/endorsements/",
    "kent/endorsements.json", "kent/endorsements.csv", "kent/promises/", "kent/promises.json",
    "kent/promises.csv", "kent/forward-plan/", "kent/forward-plan.json", "kent/forward-plan.csv",
    f"{BOARD}/forward-plan/", f"{BOARD}/forward-plan.json", "kent/", BOARD, "findings/?system=kent",
    "findings.json?system=kent", "search/?q=hushwater", "changes.atom",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("day", ["", "as_at=2026-12-14"])
def test_nothing_kept_back_is_on_any_page_feed_calendar_or_table(meetings, address, day):
    path = f"/{address}{'&' if '?' in address else '?'}{day}" if day else f"/{address}"
    answer = meetings.get(path)
    assert answer.status_code == 200
    body = answer.content.decode().replace("q=hushwater", "").replace('value="hushwater"', "")
    if "search" in address:
        body = words(answer).replace("‘hushwater’", "").replace("hushwater", "", 1)
    assert "hushwater" not in body.lower()
    assert "meeting/shut" not in body


HIDDEN = [
    "meeting/shut", "decision/hushwater", "proposal/hushwater", "question/hushwater",
    "promise/hushwater",
]  # fmt: skip


@pytest.mark.parametrize("ending", ["", ".json", ".csv", "/lines.json", "/meetings.ics"])
@pytest.mark.parametrize("entity", HIDDEN)
def test_what_is_kept_back_cannot_be_told_from_nothing(meetings, entity, ending):
    answer = meetings.get(f"/kent/{entity}{ending}")
    assert answer.status_code == 404
    there = answer.content.decode().replace(f"/kent/{entity}", "").replace(f"kent/{entity}", "")
    assert "Hushwater" not in there


@pytest.mark.parametrize("ending", ["/", ".json", ".csv", ".ics", ".atom"])
def test_the_meetings_of_a_body_kept_back_cannot_be_told_from_nothing(meetings, ending):
    assert meetings.get(f"/kent/body/hushwater/meetings{ending}").status_code == 404


def test_what_is_kept_back_is_not_counted(meetings):
    assert meetings.get("/kent/decisions.json").json()["count"] == 1
    assert meetings.get("/kent/meetings.json").json()["count"] == 1
    assert len(meetings.get("/kent/promises.json").json()["outstanding"]) == 1


def test_a_call_in_that_is_kept_back_changes_no_state(meetings):
    data = meetings.get("/kent/decision/open/lines.json?as_at=2026-12-14").json()
    assert data["call_in"]["state"] == "open"
    assert data["call_in"]["requests"] == []
