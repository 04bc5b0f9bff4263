"""Search finds by any name, forgives one letter, and says where it looked."""

from datetime import date

import pytest

from commonweal.areas.facts import Area
from commonweal.bodies.facts import Body
from commonweal.record.facts import Alias
from commonweal.record.naming import Code
from commonweal_site.record.search import index, meant, nearest, words_of
from tests.making import a, record_of, shipped
from tests.site.conftest import words

DAY = date(2022, 7, 1)
BOARD = Body(
    name="NHS Southwold Integrated Care Board", type="integrated care board",
    aliases=(
        Alias(name="SIB", why="acronym"), Alias(name="Southwold Group", why="former name"),
        Alias(name="Sowthwald", why="as printed"),
    ),
)  # fmt: skip
RECORD = record_of(
    a("southwold/body/icb", BOARD),
    a("southwold/code/icb", Code(of="southwold/body/icb", type="ODS", code="QXX")),
    a("southwold/area/system", Area(name="Southwold", type="system")),
    a("southwold/area/north", Area(name="North Southwold cluster", type="cluster")),
    a("southwold/area/old", Area(name="Old Town", type="place"), until="2022-07-01"),
)


def found(asked, on=DAY):
    return [hit.entity for hit in index(RECORD(on)).find(asked)]


@pytest.mark.parametrize(
    "asked", ["SIB", "sib", "QXX", "southwold group", "Sowthwald", "care board"]
)
def test_a_body_is_found_by_acronym_code_former_name_misprint_and_words(asked):
    assert found(asked) == ["southwold/body/icb"]


@pytest.mark.parametrize("asked", ["Southwolt", "Soutwold", "Southwwold", "Sotuhwold"])
def test_one_letter_changed_lost_added_or_swapped_is_forgiven(asked):
    assert found(asked)[0] == "southwold/area/system"


def test_two_letters_wrong_are_not_forgiven():
    assert found("Sautwold") == []


def test_the_thing_of_that_very_name_comes_first():
    assert found("southwold")[0] == "southwold/area/system"


def test_every_word_must_fit():
    assert found("southwold cluster") == ["southwold/area/north"]


def test_only_what_is_on_record_that_day_is_found():
    assert found("old town") == []
    assert found("old town", date(2022, 6, 30)) == ["southwold/area/old"]


def test_the_beginning_of_a_word_is_enough():
    assert found("clus") == ["southwold/area/north"]


@pytest.mark.parametrize("asked", ["", "  ", "!!!", "the"])
def test_asking_for_nothing_finds_nothing(asked):
    assert found(asked) == []


def test_the_nearest_names_are_of_the_same_kind():
    assert nearest(RECORD(DAY), "southwold/area/southwald") == [
        "southwold/area/system", "southwold/area/north",
    ]  # fmt: skip


def test_words_people_use_lead_to_the_records_own():
    assert meant("Localities") == "cluster"
    assert words_of("Chandler’s Ford") == ["chandlers", "ford"]


def test_what_is_not_on_record_that_day_is_offered_on_the_days_it_was(kent):
    said = words(kent.get("/search/?q=NHS+Kent+Board&as_at=2021-01-01"))
    assert "0 results for “NHS Kent Board”" in said
    assert "On record on other days NHS Kent Board : from 1 July 2022" in said


def test_the_page_says_what_it_searched_and_as_at_when(kent):
    said = words(kent.get("/search/?q=KIB&as_at=2022-07-02"))
    assert "names and codes of everything on record as at 2 July 2022" in said
    assert "Found by acronym: KIB" in said


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("Southampton place", "hampshire-and-isle-of-wight/body/southampton-place-board"),
        ("Gateshead", "north-east-and-north-cumbria"),
        ("QRL", "hampshire-and-isle-of-wight"),
        ("Wolverhamton", "black-country-wolverhampton"),
    ],
)
def test_residents_find_their_place_in_the_shipped_record(asked, wanted):
    best = [hit.entity for hit in index(shipped()(date(2022, 7, 1))).find(asked)][:5]
    assert any(each.startswith(wanted) for each in best)
