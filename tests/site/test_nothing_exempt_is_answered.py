"""What is not for publication is in no answer, drawing, proof, search, near miss or guess of a name."""

import json
from datetime import date

import pytest

from commonweal.areas.facts import Area
from commonweal.authority.answers import may
from commonweal.authority.canonical import digest
from commonweal.authority.facts import Basis, Delegation, Function, Instrument, Power, Reservation
from commonweal.authority.search import Question
from commonweal.bodies.facts import Body, Post
from commonweal.meetings.facts import AgendaItem, Meeting
from commonweal.meetings.said import Answer
from commonweal.meetings.said import Question as Asked
from commonweal.record.documents import Document, Pack
from commonweal.record.facts import Source
from commonweal_site.authority.asking import PUBLIC_ONLY
from commonweal_site.record import shelf
from commonweal_site.record.shelf import EVERY
from commonweal_site.viewer import Viewer
from tests.desk import asserted, write
from tests.site.conftest import the_site_on

PAPER = (Source(document="kent/document/paper", at="paragraph 4"),)
SECRET = {"exempt": "Personal data", "sources": PAPER}
AREA, BOARD, CARE = "kent/area/system", "kent/body/icb", "kent/function/care"
PANEL, POST = "kent/body/hushwater", "kent/post/director"
DAY = "2024-05-01"
FIRST = date(2024, 5, 1)


def delegated(taker, **fields):
    return Delegation(
        giver=BOARD, taker=taker, basis="kent/basis/own", onward="none",
        **{
            "function": CARE, "limit": "per decision", "upper": 100_000_00,
            "instrument": "kent/instrument/scheme", "sources": PAPER, **fields,
        },
    )  # fmt: skip


FACTS = {
    "kent/document/paper": Document(title="The Kent paper", issuer="Kent", date="2022-05"),
    "kent/pack/kent": Pack(name="Kent", systems=("kent",), licence="Open"),
    AREA: Area(name="Kent", type="system", sources=PAPER),
    BOARD: Body(
        name="NHS Kent Board", type="integrated care board", stage="statutory", areas=(AREA,),
        sources=PAPER,
    ),
    POST: Post(name="Director of care", bodies=(BOARD,), sources=PAPER),
    CARE: Function(name="Care at home", sources=PAPER),
    "kent/power/care": Power(function=CARE, holder=BOARD, law="An Act, section 1", sources=PAPER),
    "kent/basis/own": Basis(
        name="Own committees and posts", law="An Act, section 2", own=True, onward="any",
        givers=("integrated care board",), takers=("committee", "post"), sources=PAPER,
    ),
    "kent/instrument/scheme": Instrument(
        name="The scheme", type="scheme of reservation and delegation", body=BOARD, sources=PAPER
    ),
    "kent/delegation/open": delegated(POST),
    "kent/meeting/open": Meeting(body=BOARD, when="2024-06-01", public=True, sources=PAPER),
    # and what nobody may see
    PANEL: Body(name="Hushwater Panel", type="committee", parents=(BOARD,), **SECRET),
    "kent/function/hushwater": Function(name="Hushwater care", part_of=(CARE,), **SECRET),
    "kent/instrument/hushwater": Instrument(
        name="Hushwater side letter", type="agreement", body=BOARD, **SECRET
    ),
    "kent/delegation/to-the-panel": delegated(PANEL, upper=900_000_00),
    "kent/delegation/hushwater-larger": delegated(POST, upper=777_777_00, **SECRET),
    "kent/delegation/by-side-letter": delegated(
        POST, upper=555_555_00, instrument="kent/instrument/hushwater"
    ),
    "kent/reservation/hushwater": Reservation(
        holder=BOARD, function=CARE, lower=33_333_00, **SECRET
    ),
    "kent/meeting/hushwater": Meeting(
        body=BOARD, when="2024-05-20", venue="Hushwater House", public=False, **SECRET
    ),
    "kent/item/hushwater": AgendaItem(
        meeting="kent/meeting/hushwater", number="1", name="Hushwater", sources=PAPER
    ),
    "kent/question/hushwater": Asked(
        name="About Hushwater", item="kent/item/hushwater", text="Why?",
        asked_by_printed="A resident", answers=(Answer(by_printed="The chair", text="Because."),),
        sources=PAPER,
    ),
}  # fmt: skip

TO_COME = {
    "kent/delegation/hushwater-later": delegated(POST, upper=888_888_00, **SECRET),
    "kent/delegation/later-to-the-panel": delegated(PANEL, upper=888_888_00),
}


@pytest.fixture
def kent(sqlite, tmp_path):
    with sqlite.fresh(tmp_path) as book:
        write(book, *(asserted(name, fact, "2022-07-01") for name, fact in FACTS.items()))
        write(book, *(asserted(name, fact, "2025-01-01") for name, fact in TO_COME.items()))
        with the_site_on(book) as client:
            yield client


TRACES = (
    "ushwater", "to-the-panel", "by-side-letter", "later-to", "1 January 2025", "2025-01-01",
    "777777", "777,777", "888888", "888,888", "555555", "555,555", "33333", "33,333",
)  # fmt: skip
"""Names, identifiers and limits of what is not for publication, and the day some of it begins."""


def leaks(said):
    return [each for each in TRACES if each in said]


QUESTION = f"function=care&area=kent/area/system&as_at={DAY}"


@pytest.mark.parametrize(
    "path",
    [
        "/", f"/?as_at={DAY}", f"/who-decides/?as_at={DAY}",
        *(f"/who-decides{ending}?{QUESTION}{amount}"
          for ending in ("/", ".json", ".csv") for amount in ("", "&amount=50000", "&amount=800000")),
        *(f"/who-decides/over-time{ending}?{QUESTION}" for ending in ("/", ".json")),
        *(f"/who-decides/may{ending}?holder={POST}&{QUESTION}&amount={amount}"
          for ending in ("/", ".json") for amount in (50000, 500000)),
        *(f"/{holder}/powers{ending}?as_at={DAY}"
          for holder in (BOARD, POST) for ending in ("/", ".json", ".csv")),
    ],
)  # fmt: skip
def test_no_page_or_table_of_authority_names_it(kent, path):
    answer = kent.get(path)
    assert answer.status_code == 200
    assert leaks(answer.content.decode()) == []


@pytest.mark.parametrize(
    "asked",
    [
        f"function=care&area={AREA}&holder={PANEL}", f"function=care&area={AREA}&holder=hushwater-panel",
        f"function=care&area={AREA}&holder=hushwter", f"function=hushwater&area={AREA}&holder={POST}",
        f"function=kent/function/hushwater&area={AREA}&holder={POST}",
    ],
)  # fmt: skip
def test_no_guess_of_a_name_gives_it_away(kent, asked):
    answer = kent.get(f"/who-decides/may.json?{asked}&as_at={DAY}")
    assert answer.status_code == 400
    fault = answer.json()["fault"].lower()
    for typed in asked.lower().split("&"):
        fault = fault.replace(typed.partition("=")[2], "")
    assert leaks(fault) == []
    assert "panel" not in fault


def test_the_answer_rests_on_the_public_record_in_the_words_used_where_nothing_is_hidden(kent):
    assert kent.get(f"/who-decides.json?{QUESTION}").json()["answered_from"] == PUBLIC_ONLY


def test_the_powers_of_what_nobody_may_see_are_not_found(kent):
    exempt, absent = (kent.get(f"/kent/body/{slug}/powers/") for slug in ("hushwater", "nothing"))
    assert exempt.status_code == absent.status_code == 404
    assert leaks(exempt.content.decode().replace(PANEL, "").replace("hushwater/powers", "")) == []


def put(client, path, **changes):
    asked = {
        "subject": {"type": "post", "id": POST},
        "action": {"name": "decide"},
        "resource": {"type": "function", "id": CARE, "properties": {"area": AREA}},
        "context": {"as_at": DAY},
        **changes,
    }
    return client.post(f"/access/v1/{path}", json.dumps(asked), content_type="application/json")


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        ("evaluation", {}),
        ("evaluation", {"subject": {"type": "body", "id": BOARD}}),
        ("evaluations", {"evaluations": [{}, {"subject": {"type": "body", "id": BOARD}}]}),
        ("search/subject", {"subject": {"type": "body"}}),
        ("search/subject", {"subject": {"type": "post"}}),
        ("search/resource", {"subject": {"type": "body", "id": BOARD}}),
    ],
)
def test_no_answer_to_a_program_names_it(kent, path, changes):
    answer = put(kent, path, **changes)
    assert answer.status_code == 200
    assert leaks(answer.content.decode()) == []


def test_a_program_cannot_tell_it_from_nothing(kent):
    def told(name):
        said = put(kent, "evaluation", subject={"type": "body", "id": name}).json()
        return said["decision"], said["context"]["error"]["message"].replace(name, "")

    assert told(PANEL) == told("kent/body/hushwates")


def test_a_search_counts_it_neither_among_those_who_may_nor_those_who_perhaps_may(kent):
    said = put(kent, "search/subject", subject={"type": "body"}).json()
    assert [each["id"] for each in said["results"]] == [BOARD]
    assert said["context"]["cannot_tell"] == []
    assert said["page"]["total"] == 1


def test_somebody_who_may_see_more_gets_no_more_from_a_program_than_the_public(kent, monkeypatch):
    ann = Viewer("Ann", systems=frozenset({EVERY}))
    monkeypatch.setattr("commonweal_site.accounts.viewing._viewer", lambda _request: ann)
    shown = kent.get(f"/who-decides.json?{QUESTION}").json()["allowed"]
    assert PANEL in {each["holder"] for each in shown}  # there is more, and pages show it to her
    said = put(kent, "search/subject", subject={"type": "body"}).json()
    assert [each["id"] for each in said["results"]] == [BOARD]


def test_a_proof_that_rests_on_it_is_rejected_without_saying_that_it_is_there(kent):
    whole = shelf.SHELF.snapshot(FIRST, systems=frozenset({EVERY}))
    proof = may(whole, PANEL, Question(function=CARE, area=AREA)).proof
    assert proof["outcome"] == "allowed"
    renamed = json.loads(json.dumps(proof).replace("hushwater", "hushwatex"))
    renamed["hash"] = digest(renamed)
    real, absent = (
        kent.post(
            "/who-decides/verify.json", json.dumps(each), content_type="application/json"
        ).json()
        for each in (proof, renamed)
    )
    assert real["accepted"] is absent["accepted"] is False
    assert real["because"].replace("hushwater", "hushwatex") == absent["because"]
