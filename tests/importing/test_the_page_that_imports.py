"""An officer hands in a scheme, settles what is not sure, and writes it; nobody else may."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from commonweal.areas.facts import Area
from commonweal.authority.facts import Delegation
from commonweal.bodies.facts import Body
from commonweal_site.importing.urls import urlpatterns
from tests.accounts.officers import officer, public
from tests.desk import asserted, write
from tests.importing.papers import AUDIT, ICB, LOSSES, OWN, document, workbook
from tests.site.conftest import words

PAGE, READ = "/edit/import/", "/edit/import/read/"
GOOD = workbook(["Function", "Audit Committee"], ["Write off losses", "✓"])
UNSURE = workbook(["Function", "Audit Comittee"], ["Write off loses", "✓"])


def form(data=None, *, name="scheme.xlsx", **changes):
    """What the form sends."""
    said = {
        "system": "kent", "shape": "tick-matrix", "from-day": "1", "from-month": "12",
        "from-year": "2026", "instrument": "Winter scheme", "body": ICB, "basis": OWN,
        "status": "in force", "measured": "not stated", "step": "read",
    }  # fmt: skip
    file = {"file": SimpleUploadedFile(name, data)} if data is not None else {}
    return {**said, **file, **changes}


def hidden(answer):
    """What a page carries along."""
    found = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)">', answer.content.decode()
    )
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def on_record(book):
    """The delegations on record on the day."""
    from datetime import date

    return book.snapshot(date(2026, 12, 1)).all(Delegation)


@pytest.fixture
def editor(kent):
    return officer("ed", ("kent", "editor"))


def test_an_officer_reads_a_scheme_and_writes_it(kent, editor):
    assert "Import a scheme of delegation" in words(editor.get(PAGE))
    seen = editor.post(READ, form(GOOD))
    assert seen.status_code == 200
    said = words(seen)
    assert "1 statement matched" in said
    assert "Write off losses Audit Committee May decide Not stated" in said
    assert on_record(kent) == {}
    done = editor.post(READ, {**form(), **hidden(seen), "step": "write", "reason": "Board of May"})
    assert done.status_code == 200
    assert "3 entries of the log" in words(done)
    (fact,) = on_record(kent).values()
    assert (fact.taker, fact.function, fact.limit) == (AUDIT, LOSSES, "not stated")
    entry = kent.entry(kent.head.number)
    assert (entry.actor, entry.reason) == ("ed", "Board of May")


def test_what_is_not_sure_is_settled_once_and_can_be_kept_for_next_time(kent, editor):
    seen = editor.post(READ, form(UNSURE))
    assert seen.status_code == 422
    said = words(seen)
    assert "Function “Write off loses”" in said
    assert "Holder “Audit Comittee”" in said
    assert "Write it" not in said
    carried = {**form(), **hidden(seen)}
    # "raw" stands twice in the page; a form sends both.
    raws = ["Write off loses", "Audit Comittee"]
    again = editor.post(READ, {**carried, "raw": raws, "means.0": LOSSES, "other.1": "AC"})
    assert again.status_code == 200
    assert "Audit Comittee: kent/body/audit" in words(again)
    editor.post(READ, {**form(), **hidden(again), "step": "write"})
    assert len(on_record(kent)) == 1


def test_faults_are_listed_by_sheet_row_column_and_raw_text(kent, editor):
    data = workbook(["Function", "Audit Committee"], ["Write off losses", "-£5"])
    answer = editor.post(READ, form(data, shape="role-by-limit"))
    assert answer.status_code == 422
    assert "sheet ‘Scheme’ 2 B -£5 An amount below nothing" in words(answer)
    assert on_record(kent) == {}


WRONG = [
    (form(b"%PDF-1.4"), "as its name says, but a PDF"),
    (form(), "Choose a file"),
    (form(GOOD, shape=""), "Choose how the scheme is laid out"),
    (form(GOOD, **{"from-day": "31", "from-month": "2"}), "31"),
    (form(GOOD, **{"from-day": "", "from-month": "", "from-year": ""}), "first day"),
    (form(GOOD, body="Audt Comittee"), "Nothing on record is called"),
    (form(GOOD, instrument=""), "Name the document"),
    (form(GOOD, instrument="§§"), "is not an identifier"),
]


@pytest.mark.parametrize(("sent", "said"), WRONG)
def test_what_is_wrong_with_the_form_is_said_and_what_was_typed_kept(kent, editor, sent, said):
    before = kent.head.number
    answer = editor.post(READ, sent)
    assert answer.status_code == 422
    assert said in words(answer)
    assert OWN in answer.content.decode()
    assert kent.head.number == before


def test_a_page_asks_no_more_than_a_form_can_carry(kent, editor):
    rows = [[f"Unheard-of matter {n} of this scheme", "✓"] for n in range(150)]
    answer = editor.post(READ, form(workbook(["Function", "Audit Committee"], *rows)))
    assert "The first 100 of 150 are asked here; the rest follow." in words(answer)
    raws = [row[0] for row in rows[:100]]
    settled = {f"what.{n}": "function" for n in range(100)} | {
        f"means.{n}": "nothing" for n in range(100)
    }
    again = editor.post(READ, {**form(), **hidden(answer), **settled, "raw": raws})
    assert "Unheard-of matter 149" in words(again)
    assert "50 to settle" in words(again)


def test_an_identifier_that_is_not_on_record_makes_no_document(kent, editor):
    answer = editor.post(READ, form(GOOD, instrument="kent/instrument/schem"))
    assert answer.status_code == 422
    assert "Did you mean 'kent/instrument/scheme'?" in words(answer)


def test_a_token_of_somebody_else_brings_nothing_back(kent, editor):
    token = hidden(editor.post(READ, form(GOOD)))["token"]
    other = officer("eve", ("kent", "editor"))
    for stolen in (token, token[:-1], ""):
        answer = other.post(READ, form(token=stolen, step="write"))
        assert answer.status_code == 422
    assert on_record(kent) == {}


def test_a_day_before_the_record_begins_writes_nothing(kent, editor):
    answer = editor.post(
        READ, form(GOOD, **{"from-year": "1990"}, body="", instrument="kent/instrument/scheme")
    )
    assert answer.status_code == 422
    assert "on record" in words(answer)
    assert on_record(kent) == {}


def test_both_pages_are_behind_the_gate(kent):
    assert all(callable(pattern.callback.may) for pattern in urlpatterns)
    assert public().get(PAGE).status_code == 302
    assert public().post(READ, form(GOOD)).status_code == 403
    for name, roles in (("nobody", []), ("reader", [("kent", "reader")])):
        assert officer(name, *roles).post(READ, form(GOOD)).status_code == 403
    assert on_record(kent) == {}


def test_a_post_without_its_token_is_refused(kent):
    from django.test import Client

    officer("ed", ("kent", "editor"))
    strict = Client(enforce_csrf_checks=True, headers={"host": "testserver"})
    strict.cookies = officer("ann", ("kent", "editor")).cookies
    assert strict.post(READ, form(GOOD)).status_code == 403


def test_nothing_exempt_is_named_by_an_import(kent, editor):
    secret = Body(name="Hushwater Panel", type="committee", parents=(ICB,), exempt="Personal data")
    write(kent, asserted("kent/area/extra", Area(name="Extra", type="place")),
          asserted("kent/body/hushwater", secret))  # fmt: skip
    for holder in ("Hushwater Panel", "Hushwater Panels", "kent/body/hushwater"):
        answer = editor.post(READ, form(workbook(["Function", holder], ["Write off losses", "✓"])))
        page = words(answer).replace(holder, "")
        assert answer.status_code == 422
        assert "ushwater" not in page
        assert "no body or post on record is so called" in page.lower()
    seen = editor.post(READ, form(UNSURE, body="kent/body/hushwater"))
    assert "not on record" in words(seen)


def test_a_reader_of_exempt_facts_may_name_them(kent):
    secret = Body(name="Hushwater Panel", type="committee", parents=(ICB,), exempt="Personal data")
    write(kent, asserted("kent/body/hushwater", secret))
    both = officer("both", ("kent", "editor"), ("kent", "reader"))
    data = document([["Function", "Hushwater Panel"], ["Write off losses", "D"]])
    assert "Hushwater Panel May decide" in words(both.post(READ, form(data, name="scheme.docx")))
