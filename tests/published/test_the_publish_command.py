"""`commonweal publish`, as people run it."""

import csv
import io

import docx
import pypdf
import pytest

from commonweal_site.published.named import DOCUMENTS

pytestmark = pytest.mark.slow  # a record of every pack is made, or a Python of its own

OF_ICB = ("--body", "exampleshire/body/icb", "--as-at", "2026-12-01")


@pytest.mark.parametrize(
    "word",
    [
        each if each == "scheme" else pytest.param(each, marks=pytest.mark.slow)
        for each in DOCUMENTS
    ],
)
def test_each_document_is_written_as_pdf(commonweal, demo, tmp_path, word):
    to = tmp_path / "it.pdf"
    done = commonweal("publish", word, *OF_ICB, "--to", to, "--dir", demo)
    assert (done.code, done.err) == (0, "")
    assert f"Wrote {to}: " in done.out
    assert "NHS Exampleshire Integrated Care Board" in pypdf.PdfReader(to).metadata.title


def test_the_ending_of_the_file_says_the_form(commonweal, demo, tmp_path):
    for ending in ("docx", "csv"):
        to = tmp_path / f"scheme.{ending}"
        assert commonweal("publish", "scheme", *OF_ICB, "--to", to, "--dir", demo).code == 0
    title = "Scheme of reservation and delegation: NHS Exampleshire Integrated Care Board"
    assert docx.Document(tmp_path / "scheme.docx").paragraphs[0].text == title
    rows = list(csv.DictReader(io.StringIO((tmp_path / "scheme.csv").read_text())))
    assert {row["Standing"] for row in rows} == {"Invented"}


def test_what_changed_since_a_day(commonweal, demo, tmp_path):
    to = tmp_path / "changed.html"
    asked = ("--since", "2024-03-31", "--as-at", "2024-04-01", "--system", "exampleshire")
    assert commonweal("publish", "limits", *asked, "--to", to, "--dir", demo).code == 0
    page = to.read_text()
    assert "<h1>Limits: Exampleshire: what changed from 31 March 2024 to 1 April 2024</h1>" in page
    assert "£400,000" in page


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("scheme", "--system", "dorsett", "--to", "x.pdf"), "Did you mean 'dorset'?"),
        (("scheme", "--system", "dorset", "--to", "x.odt"), "Nothing is published as 'odt'"),
        (("terms", "--system", "dorset", "--to", "x.pdf"), "Name a body"),
        (("scheme", "--system", "dorset", "--to", "no/such/folder/x.json"), "cannot be written"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_says_why(commonweal, demo, asked, says):
    done = commonweal("publish", *asked, "--dir", demo)
    assert done.code == 2
    assert says in done.err
