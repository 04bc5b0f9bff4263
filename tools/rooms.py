"""Draw docs/rooms.svg, the rooms and who imports whom: `python -m tools.rooms [--check]`.

Drawn from the imports themselves, so the picture in ARCHITECTURE.md cannot flatter them. The
floors come from the import contract in pyproject.toml; a room not built yet is not drawn.
"""

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from html import escape

import grimp

from tools.tree import ROOT

PICTURE = ROOT / "docs/rooms.svg"
# In pixels: a room, the staircase it stands on, and the margin.
WIDE, HIGH = 120, 36
RUN, RISE = 52, 50
EDGE = 16

Imports = Mapping[str, frozenset[str]]


def floors() -> list[list[str]]:
    """The rooms on each floor, the highest first, as the contract has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(c["layers"] for c in contracts["contracts"] if c["id"] == "rooms")
    return [re.findall(r"\w+", layer) for layer in layers]


def imports() -> Imports:
    """For each room that exists, the rooms it imports."""
    graph = grimp.build_graph("commonweal", cache_dir=None)
    rooms = {name: name.removeprefix("commonweal.") for name in graph.find_children("commonweal")}
    used: dict[str, set[str]] = {room: set() for room in rooms.values()}
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            above, below = room_of(importer), room_of(imported)
            if above in used and below in used and above != below:
                used[above].add(below)
    return {room: frozenset(others) for room, others in used.items()}


def room_of(module: str) -> str:
    return module.partition(".")[2].partition(".")[0]


def drawn(storeys: Sequence[Sequence[str]], used: Imports) -> str:
    """The picture, as SVG: a staircase, each room below and right of those that may use it.

    A line falls from each room and turns right to the rooms it imports, with a dot where it
    turns; lines that cross without a dot have nothing to do with one another.
    """
    rooms = [room for storey in storeys for room in storey if room in used]
    step = {room: number for number, room in enumerate(rooms)}
    width = 2 * EDGE + WIDE + RUN * (len(rooms) - 1)
    height = 2 * EDGE + HIGH + RISE * (len(rooms) - 1)
    said = "; ".join(f"{room} imports {', '.join(sorted(used[room])) or 'none'}" for room in rooms)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-labelledby="title desc" '
        'font-family="Arial, sans-serif" font-size="16">'
    )
    parts = [
        opening,
        '<title id="title">The rooms of Commonweal and what each imports</title>',
        f'<desc id="desc">{escape(said)}.</desc>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for room in rooms:
        parts += wires(step[room], sorted(step[below] for below in used[room]))
    parts += [box(room, step[room]) for room in rooms]
    return "\n".join([*parts, "</svg>"]) + "\n"


def wires(above: int, below: Sequence[int]) -> Iterator[str]:
    """The line that falls from one step, with a turning and a dot for each step it leads to."""
    if not below:
        return
    x, top, foot = drop(above), row(above), row(below[-1])
    yield f'<path d="M{x} {top}V{foot}" stroke="#4c6272" stroke-width="1.5"/>'
    for number in below:
        y, end = row(number), EDGE + RUN * number
        yield f'<path d="M{x} {y}H{end}" stroke="#4c6272" stroke-width="1.5"/>'
        yield f'<path d="M{end - 8} {y - 4}l8 4l-8 4z" fill="#4c6272"/>'
        yield f'<circle cx="{x}" cy="{y}" r="3.5" fill="#005eb8"/>'


def box(room: str, number: int) -> str:
    x, y = EDGE + RUN * number, row(number)
    return (
        f'<rect x="{x}" y="{y - HIGH // 2}" width="{WIDE}" height="{HIGH}" rx="4" '
        'fill="#f0f4f5" stroke="#005eb8" stroke-width="1.5"/>'
        f'<text x="{x + WIDE // 2}" y="{y + 5}" text-anchor="middle" fill="#212b32">{room}</text>'
    )


def row(number: int) -> int:
    return EDGE + HIGH // 2 + RISE * number


def drop(number: int) -> int:
    """Where the line falls: clear of every step to the right."""
    return EDGE + RUN * number + RUN // 2


def main(arguments: Sequence[str]) -> int:
    picture = drawn(floors(), imports())
    if arguments != ["--check"]:
        PICTURE.parent.mkdir(exist_ok=True)
        PICTURE.write_text(picture)
        print("Drew docs/rooms.svg.")
        return 0
    current = PICTURE.exists() and PICTURE.read_text() == picture
    print(
        "docs/rooms.svg is current." if current else "Run ./run python -m tools.rooms: it is stale."
    )
    return 0 if current else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
