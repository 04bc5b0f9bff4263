"""The site speaks plain English: written-out words, days that include the last, numbers with nouns."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import commonweal_site
from commonweal.areas.facts import Area, Containment
from commonweal.bodies.facts import Body, Seat
from commonweal.record.facts import Source
from commonweal_site import glossary, words
from commonweal_site.areas.system import _ROLES
from commonweal_site.record.presenting import days, how_days, mentions, path_of, shown, spot
from commonweal_site.record.sections import sections
from tests.making import a, record_of

TEMPLATES = Path(commonweal_site.__file__).parent / "templates"
NOT_ACRONYMS_TO_EXPAND = {
    "JSON",
    "CSV",
    "SHA",
    "RFC",
    "QRL",
    "NHS",
    "GET",
    "POST",
    "PDF",
    "SVG",
    "ZIP",
}
"""Formats by their only names, an example of a code, and the name of the health service itself."""
DAY = date(2022, 7, 1)


def text_of(template):
    text = re.sub(r"{%.*?%}|{#.*?#}|<[^>]*>", " ", template, flags=re.DOTALL)
    return re.sub(
        r"{{.*?}}", lambda each: " ".join(re.findall(r'"([^"]*)"', each[0])), text, flags=re.DOTALL
    )


@pytest.mark.parametrize("file", sorted(TEMPLATES.rglob("*.jinja")), ids=lambda each: each.stem)
def test_no_template_uses_an_acronym_that_it_does_not_write_out(file):
    found = set(re.findall(r"\b[A-Z]{2,}s?\b", text_of(file.read_text())))
    assert found <= NOT_ACRONYMS_TO_EXPAND


def test_roles_are_written_out():
    assert not re.search(
        r"\b(ICB|ICS|ICP|CCG|PCN|HWB|VCSE)\b", " ".join(title for title, _ in _ROLES)
    )


def test_the_schemes_of_codes_are_written_out():
    assert words.SCHEMES["ODS"] == "Organisation Data Service (ODS)"


@pytest.mark.parametrize(
    ("noun", "plural"),
    [("body", "bodies"), ("cluster", "clusters"), ("local authority", "local authorities"),
     ("integrated care partnership (statutory)", "integrated care partnerships (statutory)"),
     ("neighbours", "neighbours"), ("comparators", "comparators"), ("boundary file", "boundary files")],
)  # fmt: skip
def test_plurals(noun, plural):
    assert words.plural_of(noun) == plural


def test_an_instant_is_told_by_the_clock_of_england():
    assert words.moment(datetime(2022, 7, 1, 13, 5, tzinfo=UTC)) == "1 July 2022, 14:05"
    assert words.moment(datetime(2022, 1, 1, 13, 5, tzinfo=UTC)) == "1 January 2022, 13:05"


@pytest.mark.parametrize(
    ("begins", "ends", "said"),
    [("2022-07-01", "2026-04-01", "1 July 2022 to 31 March 2026"), ("2022-07-01", None, "From 1 July 2022"),
     (None, "2022-07-01", "Until 30 June 2022"), (None, None, "Every day")],
)  # fmt: skip
def test_a_span_includes_its_last_day(begins, ends, said):
    assert words.span(begins, ends) == said


def test_the_pack_loader_is_no_person():
    assert words.who("pack:dorset") == "The pack loader"
    assert words.who("Ann") == "Ann"


# --- how facts are put ---------------------------------------------------------------------------


def on_record(fact, **span):
    snapshot = record_of(a("kent/body/icb", fact, **span))(DAY)
    return snapshot, snapshot.held("kent/body/icb")


BOARD = {"name": "Board", "type": "integrated care board"}


@pytest.mark.parametrize(
    ("fields", "span", "said"),
    [
        ({}, {"since": "2022-07-01"}, "From 1 July 2022"),
        ({}, {"since": "2022-07-01", "until": "2026-04-01"}, "From 1 July 2022 until 31 March 2026"),
        ({"start": "first stated"}, {"since": "2022-05-01"}, "Stated from 1 May 2022"),
        ({"start": "planned"}, {"since": "2022-07-01"}, "Planned from 1 July 2022"),
        ({"end": "planned"}, {"since": "2022-07-01", "until": "2023-01-01"},
         "From 1 July 2022, planned until 31 December 2022"),
        ({"end": "inferred"}, {"until": "2026-04-01"}, "Until 31 March 2026 (inferred)"),
        ({}, {}, "First day not recorded"),
    ],
)  # fmt: skip
def test_days_say_how_well_they_are_known(fields, span, said):
    snapshot, held = on_record(Body(**BOARD, **fields), **span)
    assert days(held, snapshot.fact("kent/body/icb")) == said


def test_a_day_first_stated_is_not_said_to_be_the_first():
    snapshot, held = on_record(
        Body(**BOARD, start="first stated", stated="2022-05"), since="2022-05-01"
    )
    said = how_days(held, snapshot.fact("kent/body/icb"))
    assert said == (
        "The first day is the first on which a source states it; it may be older. Stated as at May 2022."
    )


def test_a_spot_in_a_document_has_a_name_that_can_stand_in_an_address():
    assert spot("Paragraph 26, table", "142-146") == "at-paragraph-26-table-142-146"
    assert spot("", "") == "at-whole"
    assert re.fullmatch(r"[a-z0-9-]+", spot("x" * 300, "1"))


def test_a_systems_own_page_stands_for_its_footprint():
    assert path_of("kent/area/system") == "/kent/"
    assert path_of("kent/area/thanet") == "/kent/area/thanet"


def test_a_fact_is_shown_with_what_it_says_and_what_it_does_not():
    seat = Seat(
        body="kent/body/icb", role="Chair", sources=(Source(document="kent/document/x", at="p1"),)
    )
    snapshot = record_of(a("kent/body/icb", Body(**BOARD)), a("kent/seat/chair", seat))(DAY)
    made = shown(snapshot, "kent/seat/chair")
    assert [line.title for line in made.lines] == ["Seat on", "Role"]
    assert made.lines[0].values[0].path == "/kent/body/icb"
    assert made.silent == ("Nominated by", "Vote", "Basis")
    assert made.sources[0].path == "/kent/document/x#at-p1"


def test_what_names_an_entity_is_listed_unless_a_section_tells_it():
    lies = Containment(part="kent/area/thanet", whole="kent/area/system")
    snapshot = record_of(
        a("kent/area/system", Area(name="Kent", type="system")),
        a("kent/area/thanet", Area(name="Thanet", type="place")),
        a("kent/containment/thanet", lies),
    )(DAY)  # fmt: skip
    assert [each.title for each in mentions(snapshot, "kent/area/thanet")] == ["Containments"]
    titles = [each.title for each in sections(snapshot, "kent/area/thanet", "area")]
    assert "Lies in" in titles
    assert "Containments" not in titles


# --- the glossary ----------------------------------------------------------------------------------


def test_a_term_is_found_by_its_plural_and_its_other_names():
    made = glossary.read(
        "# G\n\n### Cluster\n\nA patch.\n\nAlso known as: “locality”.\n\n### Place\n\nA town.\n"
    )
    assert [each.name for each in made] == ["Cluster", "Place"]
    assert made[0].also == ("locality",)
    assert glossary.anchor("clusters") == "cluster"
    assert glossary.anchor("integrated care boards") == "integrated-care-board"
    assert glossary.anchor("no such word") is None


def test_every_kind_of_area_that_has_its_own_meaning_is_in_the_glossary():
    for word in ("system", "place", "cluster", "acute footprint", "neighbourhood"):
        assert glossary.anchor(word), word
