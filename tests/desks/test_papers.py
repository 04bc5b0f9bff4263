"""Papers: what is taken, what is refused with a sentence, who reads them, and who never does."""

import io
import zipfile
from hashlib import sha256

import docx
import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from commonweal.meetings.facts import AgendaItem, Paper
from commonweal_site.meetings import sending, store
from tests.accounts.officers import officer, public
from tests.desks.clerks import facts, saves, started
from tests.site.conftest import words


def pdf(*pages):
    """A PDF with some words on each page."""
    return typst.compile(("\n#pagebreak()\n".join(pages)).encode())


def word(*paragraphs):
    """A Word document."""
    made, out = docx.Document(), io.BytesIO()
    for each in paragraphs:
        made.add_paragraph(each)
    made.save(out)
    return out.getvalue()


def body(answer):
    """All that was sent, however it was sent."""
    sent = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    return sent


def a_zip(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        for each in names:
            parts.writestr(each, "x")
    return out.getvalue()


@pytest.fixture
def desk(clerk):
    """A meeting with one public item and one that is taken in private."""
    path = started(clerk, carry="no")
    saves(clerk, f"{path}agenda/", name="Seaside services", type="approve")
    saves(clerk, f"{path}agenda/", name="A claim", type="discuss", private="legal")
    return path


def slugs(clerk):
    return {item.name: name.split("/")[2] for name, item in facts(clerk, AgendaItem).items()}


def send(clerk, desk, content, name="paper.pdf", item="Seaside services", **more):
    file = SimpleUploadedFile(name, content)
    given = {
        "step": "save",
        "item": slugs(clerk)[item],
        "title": "The case for change",
        "type": "report",
    }
    return clerk.post(f"{desk}papers/", {**given, "file": file, **more})


def only_paper(clerk):
    ((name, paper),) = facts(clerk, Paper).items()
    return name, paper


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (pdf("First page", "The wharfinger spoke"), "case.pdf"),
        (word("First line", "The wharfinger spoke"), "case.docx"),
        ("The wharfinger spoke at Café Noir.".encode(), "case.txt"),
    ],
)
def test_a_paper_is_kept_by_its_checksum_and_found_by_its_text(clerk, desk, content, name):
    assert send(clerk, desk, content, name)["Location"].endswith("saved=filed")
    own, paper = only_paper(clerk)
    assert paper.checksum == sha256(content).hexdigest()
    found = public().get("/search.json?q=wharfinger").json()["in_papers"]
    assert [each["paper"] for each in found] == [own]
    assert found[0]["page"] == (2 if name.endswith("pdf") else 1)
    assert "wharfinger" in words(public().get("/search/?q=wharfing"))


def test_a_paper_is_sent_as_a_file_to_be_saved_and_given_no_rights(clerk, desk):
    content = pdf("Words")
    send(clerk, desk, content)
    answer = public().get(f"/{only_paper(clerk)[0]}/file")
    assert body(answer) == content
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="the-case-for-change.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_the_page_of_a_paper_offers_its_file(clerk, desk):
    send(clerk, desk, pdf("Words"))
    own, _ = only_paper(clerk)
    page = public().get(f"/{own}").content.decode()
    assert f'href="/{own}/file"' in page
    store.file_of(only_paper(clerk)[1].checksum)[0].unlink()
    assert f'href="/{own}/file"' not in public().get(f"/{own}?as_at=2026-11-23").content.decode()
    assert public().get(f"/{own}/file").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"MZ\x90 a program", "paper.pdf", "it says a PDF, but the file is a program"),
        (b"PK\x03\x04 rubbish", "paper.docx", "it says a Word document, but the file is something else"),
        (a_zip("a.txt"), "paper.docx", "but the file is a zip archive"),
        (a_zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "paper.docx",
         "a Word document with a program in it"),
        (word("Words"), "paper.pdf", "it says a PDF, but the file is a Word document"),
        (b"%PDF-1.7 no more", "paper.txt", "it says plain text, but the file is a PDF"),
        (b"<html><script>alert(1)</script>", "paper.txt", "but the file is a web page"),
        (b"\xff\xfe\x00binary", "paper.txt", "but the file is something else"),
        (b"%PDF-1.7 no more", "paper.pdf", "This file is damaged and cannot be read."),
        (b"words", "paper.exe", "send a PDF (.pdf), Word (.docx) or plain text (.txt) file"),
        (b"words", "paper", "send a PDF (.pdf), Word (.docx) or plain text (.txt) file"),
        (b"", "paper.txt", "is empty"),
    ],
)  # fmt: skip
def test_a_paper_that_is_not_what_its_name_says_is_refused_with_a_sentence(
    clerk, desk, content, name, says
):
    head = clerk.book.head.number
    answer = send(clerk, desk, content, name)
    assert answer.status_code == 422
    assert says in words(answer)
    assert clerk.book.head.number == head
    assert not [f for f in store.folder().rglob("*") if f.is_file() and "sqlite3" not in f.name]


def test_a_paper_larger_than_the_most_is_stopped_on_its_way(clerk, desk, monkeypatch):
    monkeypatch.setattr(sending, "LARGEST", 10)
    answer = send(clerk, desk, b"more than ten bytes", "paper.txt")
    assert answer.status_code == 422
    assert "is larger than" in words(answer)


@pytest.mark.slow
def test_a_pack_of_two_thousand_pages_is_taken_and_one_of_three_thousand_refused(clerk, desk):
    many = "\n".join(f"#page[Leaf {n}]" for n in range(2_000))
    assert send(clerk, desk, typst.compile(many.encode())).status_code == 302
    assert only_paper(clerk)[1].pages == "2000"
    more = "\n".join(f"#page[Leaf {n}]" for n in range(3_000))
    answer = send(clerk, desk, typst.compile(more.encode()))
    assert answer.status_code == 422
    assert "This paper has 3,000 pages; a paper has 2,500 at most." in words(answer)


# --- what is kept back --------------------------------------------------------------------------

SECRET = "quincunx"


@pytest.fixture
def secret(clerk, desk):
    """A paper for the private item, whose words and title nobody in public may read."""
    answer = send(
        clerk, desk, pdf(f"The {SECRET} claim"), item="A claim", title=f"Advice on {SECRET}"
    )
    assert answer.status_code == 302
    return next(name for name, paper in facts(clerk, Paper).items() if paper.exempt)


def everywhere(name):
    system, _, slug = name.split("/")
    return [
        f"/{name}", f"/{name}.json", f"/{name}.csv", f"/{name}.atom", f"/{name}/file",
        f"/search/?q={SECRET}", f"/search.json?q={SECRET}", f"/search.csv?q={SECRET}",
        f"/{system}/paper/", f"/{system}/paper.json", f"/{system}/paper.csv",
        f"/{system}/document.json", "/kinds/paper.json", "/kinds/document.json", "/documents/",
        "/changes/", "/changes.atom", "/changes.json", f"/{system}/changes.atom", "/log/",
        f"/{system}/document/{slug}", f"/{system}/paper/{slug}x/file",
    ]  # fmt: skip


def test_a_paper_of_a_private_item_is_on_no_page_in_no_search_feed_download_or_error(clerk, secret):
    for path in everywhere(secret):
        said = body(public().get(path)).decode(errors="replace")
        # What somebody asks for is said back to them; it tells them nothing.
        for asked in (secret, f"q={SECRET}", f"“{SECRET}”", f'"{SECRET}"', f"Search: {SECRET}"):
            said = said.replace(asked, "") if asked != secret or secret in path else said
        assert SECRET not in said, path
        assert secret not in said, path
    assert public().get(f"/{secret}/file").status_code == 404
    assert public().get("/search.json?q=quincunx").json()["in_papers"] == []


def test_its_address_cannot_be_told_from_one_where_nothing_is(clerk, secret):
    system, kind, slug = secret.split("/")
    there = words(public().get(f"/{secret}/file")).replace(slug, "X")
    nothing = words(public().get(f"/{system}/{kind}/no-such-paper/file")).replace(
        "no-such-paper", "X"
    )
    assert there.replace("X", "") == nothing.replace("X", "")


def test_those_who_may_read_it_find_and_open_it(clerk, secret):
    assert body(clerk.get(f"/{secret}/file")).startswith(b"%PDF-")
    assert len(clerk.get(f"/search.json?q={SECRET}").json()["in_papers"]) == 1


def test_the_same_file_filed_in_public_shows_only_the_public_paper(clerk, desk, secret):
    send(clerk, desk, pdf(f"The {SECRET} claim"), title="Told to all")
    found = public().get(f"/search.json?q={SECRET}").json()["in_papers"]
    assert [each["paper"] for each in found] != [secret]
    assert len(found) == 1


def test_somebody_who_may_not_read_what_is_kept_back_cannot_file_it(office, clerk, desk):
    bea = officer("bea", ("kent", "editor"))
    bea.book = office
    answer = send(bea, desk, pdf("Words"), private="legal")
    assert answer.status_code == 422
    assert "can give you the role of reader too" in words(answer)
    assert facts(clerk, Paper) == {}
