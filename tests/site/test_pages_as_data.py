"""Every page is also data: the same facts, with day, sources, licence and provenance."""

import csv
import io
import json
import shutil
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openapi_spec_validator import validate

from commonweal.areas.facts import Area
from commonweal.bodies.facts import Body
from commonweal.demand.facts import Probability, Scenario
from commonweal.meetings.decided import Decision
from commonweal.meetings.facts import AgendaItem, Meeting, Paper
from commonweal.meetings.minuted import Minutes
from commonweal.money.funds import Fund
from commonweal.money.ledger import Entry, Line
from commonweal.outcomes.indicators import Indicator
from commonweal.plans.facts import Plan
from commonweal.plans.maturity import Level, MaturityMatrix, Unit
from commonweal.scrutiny.reviews import Review
from commonweal_site.demand import reading
from commonweal_site.meetings import store
from commonweal_site.money.ledger import Ledger, Source
from commonweal_site.openapi import document
from commonweal_site.pages import as_csv
from commonweal_site.record import shelf, showing
from tests.desk import asserted, hours, write
from tests.site.conftest import PAPER

ATOM = "{http://www.w3.org/2005/Atom}"
WHOLE = "id kind as_at known facts sources disputes history licence provenance".split()


def test_the_json_of_an_entity_is_what_the_command_shows(kent):
    data = kent.get("/kent/body/icb.json?as_at=2022-07-02").json()
    snapshot = shelf.SHELF.snapshot(__import__("datetime").date(2022, 7, 2))
    assert data == json.loads(json.dumps(showing.shown(kent.book, snapshot, "kent/body/icb")))
    assert set(WHOLE) <= set(data)
    assert data["as_at"] == "2022-07-02"
    assert data["licence"] == "Open"


def test_data_may_be_read_from_any_site(kent):
    assert kent.get("/kinds.json")["Access-Control-Allow-Origin"] == "*"


def test_an_entity_not_on_record_that_day_says_as_data_when_it_was(kent):
    answer = kent.get("/kent/body/group.json")
    assert answer.status_code == 404
    assert answer.json()["on_record"] == [{"from": "2020-04-01", "to": "2022-07-01"}]


def test_an_unknown_entity_is_told_in_data_to_who_asked_for_data(kent):
    answer = kent.get("/kent/body/nobody.json")
    assert (answer.status_code, answer.json()["status"]) == (404, 404)


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_the_table_of_an_entity_has_a_row_a_value_with_its_source(kent):
    rows = rows_of(kent.get("/kent/body/icb.csv"))
    assert next(iter(rows[0])) == "id"
    assert {"as_at", "known", "sources", "licence"} <= set(rows[0])
    assert {row["value"] for row in rows if row["field"] == "role"} == {"Trust chief executive"}
    assert all(row["sources"] == "The Kent paper, paragraph 4, lines 12-14" for row in rows)


def test_the_table_of_a_kind_has_a_row_a_fact(kent):
    rows = rows_of(kent.get("/kent/body.csv"))
    assert [row["id"] for row in rows] == ["kent/body/icb"]
    assert rows[0]["licence"] == "Open"


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@sum(A1)"])
def test_no_cell_is_a_formula(formula):
    answer = as_csv("t", ["name"], [{"name": formula}])
    assert rows_of(answer)[0]["name"] == f"'{formula}"


@pytest.mark.parametrize(
    "path",
    ["/index.json", "/kinds.json", "/kinds/area.json", "/kent/area.json", "/search.json?q=kent",
     "/findings.json", "/rules.json", "/changes.json", "/log.json", "/glossary.json", "/documents.json",
     "/status", "/api/openapi.json"],
)  # fmt: skip
def test_every_list_is_data_too(kent, path):
    assert kent.get(path).json()


@pytest.mark.parametrize(
    "path",
    ["/index.csv", "/kinds.csv", "/kinds/area.csv", "/search.csv?q=kent", "/findings.csv", "/rules.csv",
     "/changes.csv", "/glossary.csv", "/documents.csv"],
)  # fmt: skip
def test_every_list_is_a_table_too(kent, path):
    answer = kent.get(path)
    assert answer["Content-Type"].startswith("text/csv")
    assert rows_of(answer)


def test_the_openapi_document_is_valid_and_describes_every_kind():
    made = document()
    validate(made)
    assert {"Body", "Seat", "Document"} <= set(made["components"]["schemas"])


def put_on_record(book):
    """A decision, and a meeting with a paper whose file is kept and with minutes."""
    filed = store.put(SimpleUploadedFile("case.txt", b"The stevedores asked for it."))
    meeting, item = "kent/meeting/icb", "kent/item/icb"
    facts = {
        "kent/decision/one": Decision(
            name="One", by="kent/body/icb", when="2024-05-01", type="delegated", sources=PAPER
        ),
        meeting: Meeting(body="kent/body/icb", when="2024-05-01", sources=PAPER),
        item: AgendaItem(meeting=meeting, number="1", name="A clinic", sources=PAPER),
        "kent/paper/icb": Paper(
            item=item, document="kent/document/paper", checksum=filed.checksum, sources=PAPER
        ),
        "kent/minutes/icb": Minutes(
            meeting=meeting, type="published draft", text="## 1. A clinic\nIt opens.",
            published="2024-05-08", sources=PAPER,
        ),
        "kent/fund/icb": Fund(name="Kent pool", type="pooled", year="2024/25", sources=PAPER),
        "kent/body/scrutiny": Body(name="Scrutiny", type="scrutiny committee", sources=PAPER),
        "kent/review/one": Review(
            name="Beds", by="kent/body/scrutiny", began="2024-05-01", sources=PAPER
        ),
        "kent/area/icb": Area(name="Dover", type="place", sources=PAPER),
        "kent/plan/icb": Plan(name="Ours", sources=PAPER),
        "kent/scenario/icb": Scenario(
            name="Ours", about="kent/area/system", base=2026, horizon=2028,
            variants=(Probability(variant="principal", share=1),), sources=PAPER,
        ),
        "kent/indicator/icb": Indicator(name="Smokers", sources=PAPER),
        "kent/maturity-matrix/icb": MaturityMatrix(
            name="Ours", about="kent/body/icb", domains=(), horizons=(), sources=PAPER,
            levels=(Level(key="board", name="Boards", units=(Unit(who="kent/body/icb"),)),),
        ),
    }  # fmt: skip
    write(book, *(asserted(name, fact) for name, fact in facts.items()), at=hours(2))
    own = "kent/body/icb"
    entry = Entry(date(2024, 5, 1), "Rent", (Line("spending", 1, own), Line("balance", -1, own)))
    Ledger(book.using).post([entry], source=Source("a", "rent.csv"), actor="Ann", reason="May")


def test_every_address_of_the_openapi_document_answers(kent, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    put_on_record(kent.book)
    shutil.copytree(reading.SHIPPED, tmp_path / "demand" / "kent")
    parts = {
        "{system}": "kent",
        "{kind}": "body",
        "{slug}": "icb",
        "{decision}": "one",
        "{pack}": "kent",
        "{committee}": "scrutiny",
        "{entry}": "1",
        "{year}": "2024-25",
        "{quarter}": "1",
    }
    for path, ways in document()["paths"].items():
        for part, value in parts.items():
            path = path.replace(part, value)  # noqa: PLW2901  # filled in part by part
        if "post" in ways:
            answer = kent.post(path, "{}", content_type="application/json")
            assert answer.status_code in {200, 400}, path
            continue
        answer = kent.get(path)
        needs = any(
            each.get("required") and each.get("in") == "query"
            for each in ways["get"].get("parameters", ())
        )
        # where nothing was asked, the answer says what to ask
        assert answer.status_code == 200 or (needs and answer.json()["fault"]), path
        answer.close()


def test_what_is_found_in_papers_and_their_files_are_as_the_openapi_document_says(
    kent, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    put_on_record(kent.book)
    paths, shapes = document()["paths"], document()["components"]["schemas"]
    found = kent.get("/search.json?q=stevedores").json()
    assert set(shapes["Found"]["required"]) <= set(found)
    [page] = found["in_papers"]
    assert set(page) == set(shapes["Found"]["properties"]["in_papers"]["items"]["required"])
    for path in ("paper/{slug}/file", "minutes/{slug}.pdf", "minutes/{slug}.docx"):
        answer = kent.get(f"/kent/{path.replace('{slug}', 'icb')}")
        types = paths[f"/{{system}}/{path}"]["get"]["responses"]["200"]["content"]
        assert answer["Content-Type"].partition(";")[0] in types
        answer.close()


def test_what_is_new_since_an_entry_can_be_fetched(kent):
    newest = kent.get("/changes.json?since=1").json()["changes"]
    last = newest[0]["number"]
    assert kent.get(f"/changes.json?since={last - 1}").json()["changes"] == newest[:1]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/changes.atom", "the record"),
        ("/kent/changes.atom", "Kent"),
        ("/kent/area/thanet.atom", "East Thanet"),
    ],
)
def test_changes_can_be_followed_as_a_feed(kent, path, title):
    feed = ET.fromstring(kent.get(path).content)
    assert feed.findtext(f"{ATOM}title") == f"Commonweal: changes to {title}"
    first = feed.find(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}title") == "Changed: East Thanet (area)"
    assert "The council renamed it" in first.findtext(f"{ATOM}summary")


def test_a_permanent_link_reads_the_same_after_a_later_change(kent):
    import re

    page = kent.get("/kent/area/thanet").content.decode()
    link = re.search(r'href="http://testserver([^"]+)">Permanent link', page)[1].replace(
        "&amp;", "&"
    )
    assert "as_at=" in link
    assert "known=" in link
    before = kent.get(link).content
    from commonweal.areas.facts import Area
    from tests.desk import corrected, hours, write

    write(
        kent.book, corrected("kent/area/thanet", Area(name="Elsewhere", type="place")), at=hours(5)
    )
    assert b"Elsewhere" in kent.get("/kent/area/thanet").content
    assert kent.get(link).content == before
