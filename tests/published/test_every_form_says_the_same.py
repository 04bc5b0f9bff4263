"""One text, set as a page, in Word, as PDF and as tables: the same words, whatever they hold."""

import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime
from html import unescape

import docx
import pypdf
import pytest
from django.template.loader import get_template
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonweal.record.manuscript import (
    Bullets,
    Cited,
    Heading,
    Manuscript,
    Note,
    Paragraph,
    Run,
    Table,
    line,
    row,
    words,
)
from commonweal_site.published.forms import FORMS, UnknownForm, on_page, written

SPOT = Cited("kent/document/paper", "The Kent paper", "paragraph 4, lines 12-14")
KNOWN = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def manuscript(**changes):
    blocks = (
        Heading("What it keeps"),
        Paragraph(line("It keeps what ", Run("its constitution", "kent/instrument/c"), " says.")),
        Table("Kept", ("Function", "Above"), (
            row("Budget", ["£50,000", "a decision"], key="budget", sources=(SPOT,)),
            row("Estates", "", key="estates"),
        )),
        Note(line("Only proposed.")),
        Bullets((line("first"), line("second")), numbered=True),
        Table("Passed on", ("Function", "Above"), (), "Nothing is on record."),
    )  # fmt: skip
    return Manuscript(
        **{"title": "Scheme of Kent", "day": date(2026, 12, 1), "known": KNOWN, "blocks": blocks}
        | changes
    )


def said(manuscript):
    """Every word beneath the title, in order, on one line."""
    return " ".join(" ".join(_said(each)) for each in manuscript.laid_out())


def _said(block):
    if isinstance(block, Heading):
        return [block.text]
    if isinstance(block, Bullets):
        return [words(each) for each in block.lines]
    if isinstance(block, Table):
        cells = [words(each) for row in block.rows for cell in row.cells for each in cell]
        return [block.caption, *block.heads, *cells]
    return [words(block.line)]


def in_word(body):
    """All paragraphs in order, those in tables too."""
    made = docx.Document(io.BytesIO(body))
    found = []
    for paragraph in made.element.body.iter(qn("w:p")):
        text = "".join(each.text or "" for each in paragraph.iter(qn("w:t")))
        assert text.strip(), "no paragraph is empty"
        found.append(text)
    return found


def in_pdf(body):
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)


def on_the_page(manuscript):
    template = get_template("published/manuscript.jinja").template
    module = template.make_module({"at": lambda path: path})
    html = module.manuscript_blocks(on_page(manuscript))
    html = re.sub(r"<span[^>]*>[^<]*</span>", "", html)
    return unescape(re.sub(r"<[^>]+>", " ", html))


def close(text):
    """Text without spaces, which differ between forms."""
    return re.sub(r"[\s\u00ad]+", "", text)


def test_a_page_word_and_pdf_have_the_same_words_in_the_same_order():
    text = manuscript()
    assert close("".join(in_word(written(text, "docx"))[1:])) == close(said(text))
    assert close(on_the_page(text)) == close(said(text))
    assert close(said(text)).replace("1.", "") in close(in_pdf(written(text, "pdf"))).replace(
        "1.first2.second", "firstsecond"
    )


def test_the_tables_for_spreadsheets_have_every_cell_with_its_day():
    rows = list(csv.DictReader(io.StringIO(written(manuscript(), "csv").decode())))
    assert rows[0] == {
        "Table": "Kept", "Function": "Budget", "Above": "£50,000; a decision",
        "Source": "[1] paragraph 4, lines 12-14", "As at": "2026-12-01", "Standing": "On record",
    }  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(written(manuscript(), "zip"))) as archive:
        assert archive.namelist() == ["01 kept.csv"]


def test_a_silent_cell_says_so_and_a_silent_table_too():
    assert "Estates Not recorded Not recorded" in said(manuscript())
    assert "Passed on: Nothing is on record." in said(manuscript())


def test_sources_are_numbered_once_and_listed_at_the_end():
    assert said(manuscript()).endswith("Sources [1] The Kent paper")


@pytest.mark.parametrize("form", ["docx", "pdf", "csv", "json"])
def test_an_invented_system_is_labelled_in_every_form(form):
    body = written(manuscript(invented=True), form)
    text = {"docx": lambda: " ".join(in_word(body)), "pdf": lambda: in_pdf(body)}.get(
        form, body.decode
    )()
    assert "nvented" in text


def test_a_word_document_can_be_found_and_read_aloud():
    made = docx.Document(io.BytesIO(written(manuscript(invented=True), "docx")))
    assert made.core_properties.title == "Scheme of Kent"
    assert made.core_properties.language == "en-GB"
    assert [p.style.name for p in made.paragraphs[:2]] == ["Title", "Intense Quote"]
    assert {p.text for p in made.paragraphs if p.style.name == "Heading 1"} == {
        "What it keeps", "Sources",
    }  # fmt: skip
    (table,) = made.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert {each.get(qn("w:val")) for each in made.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert made.sections[0].header.paragraphs[0].text == "Invented system"


def test_a_pdf_is_tagged_titled_and_in_british_english():
    read = pypdf.PdfReader(io.BytesIO(written(manuscript(), "pdf")))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert read.metadata.title == "Scheme of Kent"
    assert b"pdfuaid" in read.trailer["/Root"]["/Metadata"].get_data()


def test_links_lead_to_the_site_when_there_is_one():
    text = manuscript()
    made = docx.Document(
        io.BytesIO(written(text, "docx", lambda entity: f"https://x.test/{entity}"))
    )
    targets = {each.target_ref for each in made.part.rels.values() if each.is_external}
    assert targets == {"https://x.test/kent/instrument/c", "https://x.test/kent/document/paper"}
    pages = pypdf.PdfReader(
        io.BytesIO(written(text, "pdf", lambda entity: f"https://x.test/{entity}"))
    ).pages
    found = {note.get_object()["/A"]["/URI"] for note in pages[0].get("/Annots", ())}
    assert found == targets


# Letters that mean something to Typst, to a spreadsheet, to HTML or to XML.
TRICKY = st.text(
    st.sampled_from("=+-@#$*_`<>[]{}()\\/\"'&;:~^|%1aZ £’–é→✓\u2028") | st.characters(min_codepoint=33, max_codepoint=255),
    min_size=1, max_size=30,
).filter(lambda text: text.strip() == text)  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TRICKY, min_size=1, max_size=4))
def test_no_text_is_taken_for_markup(texts):
    made = manuscript(
        title=texts[0],
        blocks=(Heading(texts[-1]), Table("Any", ("It",), tuple(row(each) for each in texts))),
    )
    told = in_word(written(made, "docx"))
    assert [close(each) for each in texts] == [close(each) for each in told[-len(texts) :]]
    written(made, "pdf")
    cells = [each["It"] for each in csv.DictReader(io.StringIO(written(made, "csv").decode()))]
    assert [each.removeprefix("'") for each in cells] == [each.removeprefix("'") for each in texts]
    assert not any(each.startswith(("=", "+", "-", "@")) for each in cells)


def test_a_name_in_another_script_is_still_printed():
    told = in_pdf(written(manuscript(title="漢字 ۺ"), "pdf"))
    assert "What it keeps" in told


def test_the_same_manuscript_gives_the_same_bytes_in_every_form_but_word():
    for form in set(FORMS) - {"docx"}:
        assert written(manuscript(), form) == written(manuscript(), form), form


def test_a_form_that_nothing_is_published_in_is_answered_with_those_there_are():
    with pytest.raises(UnknownForm, match="Known: csv, docx, html, json, pdf, xlsx, zip"):
        written(manuscript(), "odt")
