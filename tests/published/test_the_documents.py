"""The scheme, the map, the handbook, terms and limits of real and invented systems, on any day."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.authority.dispositions import CLASSES, holding, scheme, unheld
from commonweal.authority.limits import limited
from commonweal.authority.register import register
from commonweal.authority.scheme import scheme_of
from commonweal.meetings.handbook import may_decide
from commonweal.meetings.terms import terms_of
from commonweal.money.pence import signed, variance_in_words
from commonweal.record.differing import difference
from commonweal.record.manuscript import words as of_line
from commonweal.vocabulary import VOCABULARY
from commonweal_site.published.documents import about_body, about_system, document
from commonweal_site.published.named import DOCUMENTS, links
from tests.authority.schemes import (
    day_of,
    delegation,
    ident,
    reservation,
    with_,
)
from tests.authority.schemes import scheme as small_scheme
from tests.making import shipped
from tests.site.conftest import words

HIOW, CITY = "hampshire-and-isle-of-wight", "southampton-place-board"
BOARD = "exampleshire/body/icb"
RECORD = shipped()
DAYS = st.dates(date(2018, 4, 1), date(2027, 3, 31))


def on(day):
    return RECORD(date.fromisoformat(day))


def cells(text, caption):
    """The rows of one table, each a list of cells in words."""
    (table,) = [each for each in text.tables if each.caption == caption]
    return [["; ".join(map(of_line, cell)) for cell in row.cells] for row in table.rows]


def all_words(text):
    return "\n".join(
        of_line(each) for table in text.tables for row in table.rows for cell in row.cells for each in cell
    )  # fmt: skip


# --- the scheme ----------------------------------------------------------------------------------


@settings(max_examples=8)
@given(DAYS)
def test_on_any_day_each_function_of_each_body_stands_in_exactly_one_class(day):
    snapshot = RECORD(day)
    board = BOARD if day >= date(2022, 7, 1) else "exampleshire/body/ccg"
    assert scheme(snapshot, board).dispositions
    for body in holding(snapshot, snapshot.of_kind("body")):
        found = scheme(snapshot, body)
        functions = [each.function for each in found.dispositions]
        assert len(functions) == len(set(functions))
        by_class = [each.function for place in CLASSES for each in found.of(place)]
        assert sorted(by_class) == sorted(functions)
        entries = register(snapshot)
        for root in entries.roots.get(body, ()):
            assert root.function in functions, f"{body} holds {root.function} by law"


@given(st.sampled_from(["2022-05-01", "2024-04-01", "2026-12-01"]))
@settings(max_examples=3)
def test_the_printed_tables_have_each_function_once(day):
    text = scheme_of(on(day), BOARD)
    named = [row.key for table in text.tables for row in table.rows if row.key.startswith(BOARD)]
    assert len(named) == len(set(named))


def classes(*items, **changes):
    """What becomes of each function of the board in the small made-up scheme."""
    found = scheme(day_of(with_(small_scheme(), *items, **changes)), ident("body", "board"))
    return {each.function.rsplit("/", 1)[1]: each.place for each in found.dispositions}


def test_what_a_committee_of_its_own_has_is_delegated_and_what_a_joint_one_has_is_shared():
    assert classes() == {
        "care": "delegated", "hospital": "delegated", "home": "delegated", "surgery": "delegated",
        "reablement": "shared",
    }  # fmt: skip


def test_a_whole_reservation_wins_over_a_delegation():
    assert classes(reservation("all", "board", "reablement"))["reablement"] == "reserved"


def test_a_reservation_above_an_amount_does_not():
    assert classes(reservation("some", "board", "reablement", lower=1))["reablement"] == "shared"


def test_without_a_delegation_a_scheme_in_force_keeps_and_without_a_scheme_nobody_can_say():
    items = [each for each in small_scheme() if "/delegation/" not in each.entity]
    kept = scheme(day_of(items), ident("body", "board"))
    assert {each.place for each in kept.dispositions} == {"reserved"}
    without = [each for each in items if each.entity != ident("instrument", "scheme")]
    silent = scheme(day_of(without), ident("body", "board"))
    assert {each.place for each in silent.dispositions} == {"not recorded"}


def test_a_proposed_delegation_stands_apart_and_changes_no_class():
    found = scheme(
        day_of(with_(small_scheme(), committee={"status": "proposed"})), ident("body", "board")
    )
    assert [each.name for each in found.coming] == [ident("delegation", "committee")]
    assert {each.function.rsplit("/", 1)[1]: each.place for each in found.dispositions}[
        "hospital"
    ] == "reserved"


def test_a_delegation_to_a_body_that_has_ended_is_listed_as_without_effect():
    items = with_(
        small_scheme(),
        delegation("lost", "board", ident("body", "forum"), "care"),
    )
    found = scheme(day_of(items), ident("body", "board"))
    assert [each.name for each in found.idle] == [ident("delegation", "lost")]


def test_functions_that_nobody_holds_are_listed_apart():
    snapshot = day_of(small_scheme())
    of_board, of_council = (
        scheme(snapshot, ident("body", each)) for each in ("board", "north-council")
    )
    assert unheld(snapshot, "t", [of_board]) == (ident("function", "social"),)
    assert unheld(snapshot, "t", [of_board, of_council]) == ()


def test_the_schemes_of_a_system_end_with_the_functions_that_nobody_holds():
    snapshot = on("2026-12-01")
    text = document(snapshot, "scheme", about_system(snapshot, "exampleshire"))
    assert text.tables[-1].caption == "Nobody on record holds these on this day"


def test_the_scheme_says_who_up_to_how_much_in_which_document():
    text = scheme_of(on("2026-12-01"), BOARD)
    (row,) = [
        each
        for table in text.tables
        for each in table.rows
        if each.key == f"{BOARD} exampleshire/function/hospital-contracts"
    ]
    told = " | ".join("; ".join(map(of_line, cell)) for cell in row.cells)
    assert "Director of integrated commissioning, for Exampleshire, up to £500,000 a year" in told
    assert "second version, 5.1; from 1 April 2024" in told
    assert [each.document for each in row.sources][-1] == "exampleshire/document/constitution-2"


# --- limits ---------------------------------------------------------------------------------------


def test_a_limit_in_effect_counts_what_is_reserved_and_the_givers_own_limit():
    found = {each.grant.name: each.most for each in limited(on("2026-12-01"), [BOARD])}
    assert found["exampleshire/delegation/north-community"] == 900_000_00
    small = {
        each.grant.name.rsplit("/", 1)[1]: each.most
        for each in limited(
            day_of(with_(small_scheme(), director={"upper": 5_000_000_00})),
            [ident("body", "board")],
        )
    }
    assert small["director"] == 1_000_000_00


def test_amounts_are_cut_into_bands_that_neither_overlap_nor_leave_a_gap():
    snapshot = on("2026-12-01")
    text = document(snapshot, "limits", about_body(snapshot, BOARD))
    keys = [row.key.split("-") for row in text.tables[1].rows]
    assert keys[0][0] == "0"
    assert all(one[1] == two[0] for one, two in pairwise(keys))


# --- what is only proposed, and what is silent ----------------------------------------------------


def test_southamptons_place_board_has_interim_members_and_only_draft_terms():
    snapshot = on("2022-05-01")
    text = terms_of(snapshot, f"{HIOW}/body/{CITY}")
    terms = dict(row[:2] for row in cells(text, "Terms of Southampton place-based board"))
    assert terms["Standing"] == "Interim, stated from 1 March 2022 until 1 July 2022"
    assert "draft" in terms["Documents"]
    assert terms["Quorum"] == terms["Deputies"] == terms["Chair"] == "Not recorded"
    seats = cells(text, "Members of Southampton place-based board")
    assert {row[3] for row in seats} == {"Interim"}
    assert sum(row[1].startswith("Barred by law") for row in seats) == 3
    assert cells(text, "What Southampton place-based board may decide") == []
    assert len(cells(text, "Proposed for Southampton place-based board, not in force")) == 2


def test_southamptons_joint_commissioning_board_may_decide_as_far_as_is_recorded():
    snapshot = on("2022-05-01")
    text = document(snapshot, "map", about_system(snapshot, HIOW))
    rows = {row[1]: row for row in cells(text, "Who decides what, and where")}
    told = rows["Southampton Joint Commissioning Board"][3]
    assert told.endswith("; up to how much is not recorded")
    assert any(
        "Southampton place-based board" in row[2] for row in cells(text, "Proposed, not in force")
    )


@pytest.mark.parametrize("system", ["dorset", "north-east-and-north-cumbria"])
def test_where_no_scheme_is_on_record_nothing_is_said_to_be_reserved(system):
    snapshot = on("2026-05-01")
    found = scheme(snapshot, f"{system}/body/icb")
    assert {each.place for each in found.dispositions} == {"not recorded"}


@pytest.mark.parametrize("system", ["dorset", "north-east-and-north-cumbria"])
def test_the_handbook_names_every_group_and_forum_and_says_what_is_not_recorded(system):
    snapshot = on("2022-05-01")
    about = about_system(snapshot, system)
    text = document(snapshot, "handbook", about)
    named = {row.key for row in text.tables[0].rows}
    forums = {
        name
        for name in about.bodies
        if snapshot.fact(name).type in {"place forum", "leadership group", "reference group"}
    }
    assert forums
    assert forums <= named
    assert "Not recorded" in all_words(text)


def test_a_consultative_forum_never_decides():
    snapshot = on("2026-12-01")
    said = may_decide(snapshot, "exampleshire/body/exampleton-place-forum")
    assert said == "No: a consultative forum informs; it never decides"


# --- the map ---------------------------------------------------------------------------------------


def test_the_map_has_a_drawing_with_its_words_in_every_form(shipped):
    address = f"/{BOARD}/map"
    page = shipped.get(f"{address}/").content.decode()
    assert page.count('<svg xmlns="http://www.w3.org/2000/svg"') == 2, "wide, and for a phone"
    made = docx.Document(io.BytesIO(shipped.get(f"{address}.docx").content))
    told = [each.get("descr") for each in made.element.body.iter(qn("wp:docPr"))]
    assert any(each.startswith("Decides for North Exampleshire: ") for each in told)
    read = pypdf.PdfReader(io.BytesIO(shipped.get(f"{address}.pdf").content))
    assert sorted(_alternatives(read.trailer["/Root"])) == sorted(told)


def _alternatives(root):
    """The texts that stand for pictures in a PDF, from its tree of tags."""
    found, waiting = [], [root["/StructTreeRoot"]]
    while waiting:
        each = waiting.pop().get_object()
        if isinstance(each, dict):
            found += [each["/Alt"]] if "/Alt" in each else []
            below = each.get("/K", [])
            waiting += [
                one
                for one in (below if isinstance(below, list) else [below])
                if not isinstance(one, int)
            ]
    return found


def test_the_map_can_be_read_by_everybody():
    """Short sentences, and no acronym but NHS: what the map itself says, names on record apart."""
    for day, system in (("2026-12-01", "exampleshire"), ("2022-05-01", HIOW)):
        snapshot = on(day)
        text = document(snapshot, "map", about_system(snapshot, system))
        own = [text.summary, *(each.caption for each in text.tables)]
        own += [of_line(each.line) for each in text.blocks if hasattr(each, "line")]
        sentences = [one for each in own for one in re.split(r"(?<=[.:]) ", each) if one]
        assert max(len(each.split()) for each in sentences) <= 25
        named = " ".join(own).replace(snapshot.name(f"{system}/area/system"), "")
        assert set(re.findall(r"\b[A-Z]{2,}\b", named)) <= {"NHS"}


# --- two days -------------------------------------------------------------------------------------


def changes(before, after):
    """What changed, as the kind of change and the first cell, with all that is said."""
    (table,) = difference(before, after).tables
    return {
        of_line(row.cells[1][0]): ("; ".join(map(of_line, row.cells[0])),
                                   " | ".join("; ".join(map(of_line, c)) for c in row.cells[2:]))
        for row in table.rows
    }  # fmt: skip


def test_between_two_versions_of_a_scheme_what_was_added_ended_and_changed_is_listed():
    found = changes(scheme_of(on("2024-03-31"), BOARD), scheme_of(on("2024-04-01"), BOARD))
    how, said = found["Contracts with hospitals"]
    assert how == "Changed"
    assert "£400,000 a year" in said.split(" | ")[0]
    assert "£500,000 a year" in said.split(" | ")[1]


def test_a_body_that_began_since_has_all_its_functions_added(shipped):
    said = words(shipped.get(f"/{BOARD}/scheme/?as_at=2022-07-01&since=2019-01-01"))
    assert "0 ended, 0 changed" in said


def test_a_text_does_not_differ_from_itself():
    text = scheme_of(on("2026-12-01"), BOARD)
    assert changes(text, text) == {}


@settings(max_examples=4)
@given(DAYS, DAYS)
def test_what_was_added_one_way_is_what_ended_the_other_way(one, other):
    first, second = scheme_of(RECORD(one), BOARD), scheme_of(RECORD(other), BOARD)
    there, back = changes(first, second), changes(second, first)
    assert {k for k, v in there.items() if v[0] == "Added"} == {
        k for k, v in back.items() if v[0] == "Ended"
    }


# --- on the site ----------------------------------------------------------------------------------

PLACES = ["/exampleshire", f"/{BOARD}", "/dorset", f"/{HIOW}/body/{CITY}"]


@pytest.mark.parametrize("place", PLACES)
def test_every_document_is_linked_and_there_in_every_form(shipped, place):
    whole = place.count("/") == 1
    front = shipped.get(f"{place}/" if whole else place).content.decode()
    for _, address, _ in links(place, whole=whole):
        assert f'href="{address}?as_at' in front or f'href="{address}"' in front
        for form in ("/", ".json", ".csv"):
            answer = shipped.get(f"{address.rstrip('/')}{form}?as_at=2022-05-01")
            assert answer.status_code in {200, 404}, address
            answer = shipped.get(f"{address.rstrip('/')}{form}?as_at=2022-07-01")
            assert answer.status_code == 200, address


def squeezed(text):
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("word", DOCUMENTS)
def test_the_page_word_pdf_and_tables_agree_word_for_word(shipped, word):
    address = f"/{BOARD}/{word}"
    page = squeezed(words(shipped.get(f"{address}/")))
    made = docx.Document(io.BytesIO(shipped.get(f"{address}.docx").content))
    told = [
        "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
        for paragraph in made.element.body.iter(qn("w:p"))
    ]
    read = pypdf.PdfReader(io.BytesIO(shipped.get(f"{address}.pdf").content))
    pages = squeezed("".join(each.extract_text() for each in read.pages))
    for text in filter(None, told):
        assert squeezed(text) in page, text
        assert squeezed(text)[:25] in pages, text
    in_word = squeezed("".join(told))
    for row in csv.DictReader(io.StringIO(shipped.get(f"{address}.csv").content.decode())):
        for head, cell in row.items():
            for part in cell.split("; ") if head not in {"As at", "Standing"} else ():
                assert squeezed(as_read(head, part)) in in_word, part


def as_read(head, part):
    """What a bare number of a column in pounds or variances reads like elsewhere."""
    if not re.fullmatch(r"-?\d+(\.\d+)?", part):
        return part
    if head.endswith("(pounds)"):
        return signed(int(Decimal(part) * 100))
    if "adverse" in head:
        return variance_in_words(int(Decimal(part) * 100)).capitalize()
    return f"{Decimal(part) * 100:f}".rstrip("0").rstrip(".") if "parts of one" in head else part


@pytest.mark.parametrize("word", DOCUMENTS)
def test_every_document_of_an_invented_body_says_so_in_every_form(shipped, word):
    for form in ("/", ".json", ".csv"):
        answer = shipped.get(f"/{BOARD}/{word}{form}").content.decode()
        assert "nvented" in answer, form


def test_the_day_and_the_instant_are_said_and_kept_in_links(shipped):
    answer = shipped.get(f"/{HIOW}/body/{CITY}/terms/?as_at=2022-05-01").content.decode()
    assert "As at 1 May 2022. As the record stood on" in answer
    assert f'href="/{HIOW}/body/{CITY}/terms.pdf?as_at=2022-05-01"' in answer


@pytest.mark.parametrize(
    ("asked", "status", "says"),
    [
        ("/exampleshire/terms/", 404, ""),
        ("/nowhere/scheme/", 404, "nowhere"),
        ("/exampleshire/body/nobody/scheme/", 404, "nobody"),
        ("/exampleshire/scheme/?since=soon", 400, "Write it like 2025-04-01"),
        ("/exampleshire/scheme/?as_at=2024-01-01&since=2024-01-01", 400, "is not before"),
        ("/exampleshire/scheme/?since=0001-01-01", 200, "added"),
    ],
)
def test_a_document_that_cannot_be_made_says_why(shipped, asked, status, says):
    answer = shipped.get(asked)
    assert answer.status_code == status
    assert says in answer.content.decode()


def test_no_kind_of_fact_takes_the_address_of_a_document():
    assert not set(DOCUMENTS) & set(VOCABULARY.kinds)
