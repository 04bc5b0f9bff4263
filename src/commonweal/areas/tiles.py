"""England as tiles: one a system, arranged like the country. Our own picture, not a boundary.

It stands in until official boundaries are loaded, and serves those who cannot see a map.
"""

from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml


class Tile(NamedTuple):
    """Where a system's tile stands.

    x       tiles from the west to its left edge; a multiple of a half
    row     rows from the north
    label   short lines that fit on it; a hyphen at the end of a line divides a word
    placed  no: the arrangements do not know the system, so it stands beneath the map
    """

    system: str
    x: float
    row: int
    label: tuple[str, ...]
    placed: bool = True

    @property
    def words(self) -> str:
        """The label in one line."""
        return " ".join(self.label).replace("- ", "")


class Cell(NamedTuple):
    """A spot in an arrangement."""

    x: float
    row: int


type Arrangement = Mapping[str, Cell]


@cache
def _data() -> Any:
    text = files(__package__).joinpath("tiles.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


@cache
def arrangements() -> Mapping[str, Arrangement]:
    """Every arrangement by name: the cell of each system in it."""
    return {
        each["name"]: {
            system: Cell(line["x"] + place, row)
            for row, line in enumerate(each["rows"])
            for place, system in enumerate(line["tiles"])
        }
        for each in _data()["arrangements"]
    }


def label(system: str) -> tuple[str, ...]:
    """The short lines on a system's tile: its own, or the words of its name."""
    known: str = _data()["labels"].get(system, "")
    return tuple(known.split(" / ")) if known else tuple(system.capitalize().split("-")[:4])


def tiles(systems: Collection[str]) -> tuple[Tile, ...]:
    """One tile a system, from the north, in the arrangement that knows most of them.

    Systems it does not know stand in rows of their own beneath, so that none is ever lost.
    """
    wanted = set(systems)
    best = max(arrangements().values(), key=lambda each: (len(wanted & each.keys()), -len(each)))
    known = {system: cell for system, cell in best.items() if system in wanted}
    placed = [Tile(system, *cell, label(system)) for system, cell in known.items()]
    return (*placed, *_beneath(sorted(wanted - known.keys()), best if placed else {}))


def _beneath(strangers: Collection[str], above: Arrangement) -> tuple[Tile, ...]:
    first = max((cell.row for cell in above.values()), default=-2) + 2
    return tuple(
        Tile(system, float(place % 6), first + place // 6, label(system), placed=False)
        for place, system in enumerate(strangers)
    )


def touching(first: Tile, second: Tile) -> bool:
    """Whether two tiles share part of an edge; a corner is not enough."""
    rows, columns = abs(first.row - second.row), abs(first.x - second.x)
    return (rows == 0 and columns == 1) or (rows == 1 and columns < 1)
