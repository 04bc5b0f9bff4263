"""England as tiles: one a board, arranged like the country."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from commonweal.areas.geometry import adjacent, read_shapes
from commonweal.areas.tiles import arrangements, label, tiles, touching
from commonweal.record.naming import Code
from commonweal_site.drawings.svg import width
from commonweal_site.drawings.tile_map import WIDE, boards_of_the_day, england_in_tiles
from tests.making import shipped

SHARED = Path(
    os.environ.get("COMMONWEAL_SHARED", Path(__file__).resolve().parents[2].parent / "shared")
)
LABEL_SIZE = 9.1  # as in drawings.css


@pytest.fixture(scope="module")
def england():
    return shipped()


def address(system):
    return f"/{system}/"


@pytest.mark.parametrize(
    ("day", "boards"),
    [
        (date(2022, 6, 30), 0),
        (date(2022, 7, 1), 42),
        (date(2026, 3, 31), 42),
        (date(2026, 4, 1), 36),
        (date(2026, 11, 22), 36),
    ],
)
def test_every_board_of_the_day_has_exactly_one_tile_and_no_two_share_a_cell(england, day, boards):
    systems = boards_of_the_day(england(day))
    placed = tiles(systems)
    assert len(systems) == boards
    assert sorted(each.system for each in placed) == sorted(systems)
    assert all(each.placed for each in placed)
    assert len({(each.x, each.row) for each in placed}) == boards
    for first in placed:
        for second in placed:
            apart = first is second or first.row != second.row
            assert apart or abs(first.x - second.x) >= 1, (first.system, second.system)


def test_an_arrangement_holds_no_tile_for_a_system_that_never_had_a_board(england):
    systems = {*boards_of_the_day(england(date(2022, 7, 1)))}
    systems |= {*boards_of_the_day(england(date(2026, 4, 1)))}
    for arrangement in arrangements().values():
        assert set(arrangement) <= systems


def test_most_tiles_that_touch_are_neighbours_and_no_board_stands_among_strangers(england):
    file = SHARED / "data/boundaries/icb_2023.geojson"
    assert file.exists(), (
        f"{file.name} is wanted: put the shared data beside the repository, or name its folder in "
        "COMMONWEAL_SHARED."
    )
    snapshot = england(date(2023, 5, 1))
    areas = {code.code: code.of.split("/")[0] for code in snapshot.all(Code).values()}
    pairs = adjacent(read_shapes(file.read_text(), file=file.name))
    real = {frozenset((areas[first], areas[second])) for first, second in pairs}
    placed = tiles(boards_of_the_day(snapshot))
    touch = {
        frozenset((first.system, second.system))
        for first in placed
        for second in placed
        if touching(first, second)
    }
    assert len(touch & real) / len(touch) > 0.6
    assert len(touch & real) / len(real) > 0.6
    for each in placed:
        assert any(each.system in pair for pair in touch & real), each.system


def test_a_label_fits_its_tile_in_at_most_four_lines():
    for system in {name for each in arrangements().values() for name in each}:
        lines = label(system)
        assert 1 <= len(lines) <= 4
        assert max(width(line, LABEL_SIZE) for line in lines) <= WIDE, system


def test_a_label_is_words_and_never_an_acronym():
    for system in {name for each in arrangements().values() for name in each}:
        words = " ".join(label(system)).replace("&", "").split()
        assert not [word for word in words if word.isupper() and len(word) > 1], system


def test_a_board_that_no_arrangement_knows_stands_beneath_the_map_and_is_not_lost():
    placed = tiles(["devon", "atlantis", "lyonesse"])
    strangers = [each for each in placed if not each.placed]
    assert [each.system for each in strangers] == ["atlantis", "lyonesse"]
    assert min(each.row for each in strangers) > max(each.row for each in placed if each.placed)


def test_tiles_touch_along_an_edge_but_not_at_a_corner():
    at = {each.system: each for each in tiles(arrangements()["36 boards, from 1 April 2026"])}
    assert touching(at["devon"], at["somerset"])
    assert not touching(at["devon"], at["dorset"])


def test_before_the_boards_the_map_is_a_sentence_that_counts_the_groups(england):
    drawing = england_in_tiles(england(date(2022, 6, 30)), address)
    assert "no integrated care board is on record" in drawing.description
    assert "106 clinical commissioning groups" in drawing.description
    assert "<a" not in drawing.svg


def test_the_map_links_every_board_and_lists_it_with_its_region(england):
    drawing = england_in_tiles(england(date(2022, 7, 1)), address)
    assert drawing.svg.count("<a ") == 42
    listed = {row[0].text: row[1].text for row in drawing.rows}
    assert len(listed) == 42
    assert listed["Dorset"] == "South West"


def test_what_is_read_out_of_a_tile_begins_with_the_words_seen_on_it(england):
    drawing = england_in_tiles(england(date(2022, 7, 1)), address)
    assert 'aria-label="Staffs &amp; Stoke: Staffordshire and Stoke-on-Trent"' in drawing.svg
    assert 'aria-label="Dorset"' in drawing.svg


def test_the_invented_system_has_no_tile(england):
    assert "exampleshire" not in boards_of_the_day(england(date(2023, 1, 1)))


def test_the_system_in_question_is_marked_by_more_than_colour(england):
    drawing = england_in_tiles(england(date(2022, 7, 1)), address, here=["dorset"])
    assert drawing.title.startswith("Dorset among England’s 42")
    assert json.dumps(str(drawing.svg)).count("cw-tile--here") == 1
