"""What is not for publication is in no document, in no form, on no day, and in no word of an error."""

import io
import zipfile

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from commonweal.bodies.facts import Body, QuorumRule, Relation, Seat
from commonweal_site.published.forms import FORMS
from commonweal_site.published.named import DOCUMENTS, links
from commonweal_site.record import shelf
from tests.desk import asserted, write
from tests.site.conftest import the_site_on
from tests.site.test_nothing_exempt_is_answered import BOARD, FACTS, PANEL, PAPER, SECRET

OPEN = "kent/body/open"
MORE = {
    OPEN: Body(name="Open committee", type="committee", parents=(BOARD,), sources=PAPER),
    "kent/seat/hushwater": Seat(body=OPEN, role="Hushwater member", voting="voting", **SECRET),
    "kent/seat/panel": Seat(body=PANEL, role="Member", voting="voting", sources=PAPER),
    "kent/quorum/hushwater": QuorumRule(body=OPEN, members=37, **SECRET),
    "kent/relation/hushwater": Relation(
        who=OPEN, type="reports to", to_whom=BOARD, capacity="Hushwater", **SECRET
    ),
}
TRACES = ("ushwater", "to-the-panel", "by-side-letter", "777", "555,555", "£33,333", "37 members")


@pytest.fixture
def kent(sqlite, tmp_path):
    with sqlite.fresh(tmp_path) as book:
        facts = {**FACTS, **MORE}
        write(book, *(asserted(name, fact, "2022-07-01") for name, fact in facts.items()))
        with the_site_on(book) as client:
            yield client


def text_of(answer, form):
    """All that a reader could find in a file, whatever its form."""
    body = io.BytesIO(answer.content)
    if form == "pdf":
        read = pypdf.PdfReader(body)
        named = " ".join(f"{key} {value}" for key, value in (read.metadata or {}).items())
        return named + " ".join(page.extract_text() for page in read.pages)
    if form in {"docx", "xlsx", "zip"}:
        with zipfile.ZipFile(body) as parts:
            if form == "docx":
                assert docx.Document(body).element.body.find(qn("w:p")) is not None
            return " ".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist()
                            if name.endswith((".xml", ".rels", ".csv")))  # fmt: skip
    return answer.content.decode()


def leaks(text):
    return [each for each in TRACES if each in text]


PLACES = [
    address.rstrip("/")
    for place in ("/kent", f"/{BOARD}", f"/{OPEN}")
    for _, address, _ in links(place, whole=place == "/kent")
]


@pytest.mark.parametrize("place", PLACES)
def test_no_form_of_a_document_holds_it(kent, place):
    for form in ("", *(set(FORMS) - {"html"})):
        for asked in ("as_at=2024-05-01", "as_at=2024-05-01&since=2020-01-01"):
            address = f"{place}.{form}?{asked}" if form else f"{place}/?{asked}"
            answer = kent.get(address)
            assert answer.status_code == 200, address
            assert leaks(text_of(answer, form)) == [], address


@pytest.mark.parametrize("word", DOCUMENTS)
@pytest.mark.parametrize("form", ["/", ".json", ".pdf"])
def test_a_document_of_an_exempt_body_cannot_be_told_from_nothing(kent, word, form):
    answer = kent.get(f"/{PANEL}/{word}{form}?as_at=2024-05-01")
    nothing = kent.get(f"/kent/body/nothing/{word}{form}?as_at=2024-05-01")
    assert answer.status_code == nothing.status_code == 404
    assert "Hushwater" not in answer.content.decode()


def test_the_traces_would_be_found_if_the_record_were_not_cut(kent):
    """The same documents on the whole record do hold them: the tests above can fail."""
    from datetime import date

    from commonweal_site.published.documents import about_body, document
    from commonweal_site.published.forms import written

    whole = shelf.SHELF.snapshot(date(2024, 5, 1), systems=frozenset({"*"}))
    for word in ("scheme", "handbook", "limits"):
        text = document(whole, word, about_body(whole, BOARD))
        assert leaks(written(text, "json").decode()), word
