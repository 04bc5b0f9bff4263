"""The picture of the rooms shows the imports there are, and the contract catches a breach."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tools import rooms
from tools.tree import ROOT

USED = {
    "bodies": frozenset({"areas", "record"}),
    "areas": frozenset({"record"}),
    "record": frozenset(),
}
FLOORS = [["plans", "money"], ["bodies"], ["areas"], ["record"]]


def test_only_rooms_that_exist_are_drawn_and_each_import_has_one_dot():
    picture = ET.fromstring(rooms.drawn(FLOORS, USED))
    ns = {"svg": "http://www.w3.org/2000/svg"}
    assert [text.text for text in picture.iterfind("svg:text", ns)] == ["bodies", "areas", "record"]
    assert len(picture.findall("svg:circle", ns)) == 3


def test_the_picture_says_in_words_what_it_shows():
    assert (
        "bodies imports areas, record; areas imports record; record imports none."
        in rooms.drawn(FLOORS, USED)
    )


def test_every_room_of_the_project_is_on_a_floor():
    on_floors = {room for floor in rooms.floors() for room in floor}
    assert rooms.imports().keys() <= on_floors


@pytest.fixture
def planted(tmp_path):
    """A small house under our own contracts, to plant breaches in."""
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    for name in ["", "record", "areas", "vocabulary", "checks"]:
        folder = tmp_path / "commonweal" / name
        folder.mkdir(exist_ok=True)
        (folder / "__init__.py").write_text("")
    (tmp_path / "commonweal_site").mkdir()
    (tmp_path / "commonweal_site/__init__.py").write_text("")
    return tmp_path


def linted(house):
    program = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(program, cwd=house, capture_output=True, text=True, check=False)


def test_a_clean_house_keeps_the_contracts(planted):
    (planted / "commonweal/areas/__init__.py").write_text("import commonweal.record\n")
    done = linted(planted)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("room", "planted_line"),
    [
        ("record", "import commonweal.areas"),
        ("areas", "import django"),
        ("areas", "import psycopg"),
        ("areas", "import sqlite3"),
        ("record", "import random"),
        ("record", "import commonweal_site"),
        ("helpers", ""),
    ],
)
def test_a_planted_breach_is_found(planted, room, planted_line):
    (planted / "commonweal" / room).mkdir(exist_ok=True)
    (planted / "commonweal" / room / "__init__.py").write_text(planted_line + "\n")
    done = linted(planted)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 broken" in done.stdout
