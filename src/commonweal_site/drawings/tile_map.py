"""England's boards of a day as tiles."""

from collections.abc import Callable, Collection, Iterator, Mapping

from markupsafe import Markup

from commonweal.areas.facts import Containment
from commonweal.areas.tiles import Tile, tiles
from commonweal.bodies.facts import Body
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words

from .svg import Cell, Drawing, lines_of_text, link, picture, plural, tag, wrapped

type Address = Callable[[str], str | None]
"""Gives the address of an entity or system; nothing, if it is to be no link."""

WIDE, HIGH, GAP = 48.0, 44.0, 2.0
_ACROSS = 6.5 * WIDE


def boards_of_the_day(snapshot: Snapshot) -> Mapping[str, str]:
    """Systems with an integrated care board on the day, and its identifier; none invented."""
    return {
        name.split("/", 1)[0]: name
        for name, body in _real_bodies(snapshot)
        if body.type == "integrated care board" and body.stage == "statutory"
    }


def _real_bodies(snapshot: Snapshot) -> Iterator[tuple[str, Body]]:
    for name, body in snapshot.all(Body).items():
        if name.split("/", 1)[0] not in snapshot.invented:
            yield name, body


def england_in_tiles(
    snapshot: Snapshot, address: Address, *, here: Collection[str] = ()
) -> Drawing:
    """The map of England's boards on the snapshot's day: one tile a board.

    address  gives the link of a system by its slug
    here     systems to mark as the ones in question
    """
    boards = boards_of_the_day(snapshot)
    if not boards:
        return _nothing(snapshot)
    placed = tiles(boards)
    day = day_in_words(snapshot.as_at)
    names = {system: system_name(snapshot, system) for system in boards}
    title = f"England’s {plural(len(boards), 'integrated care board')} on {day}"
    if here:
        title = f"{' and '.join(names.get(each, each) for each in here)} among {title}"
    drawn = [
        _tile(each, names[each.system], address, marked=each.system in here) for each in placed
    ]
    high = (max(each.row for each in placed) + 1) * HIGH
    svg = picture(
        *drawn, key="tile-map", title=title, description=_description(), links=True,
        size=(_ACROSS, high), class_="cw-tiles",
    )  # fmt: skip
    rows = sorted(_row(snapshot, system, names[system], address) for system in boards)
    headings = ("Integrated care system", "National Health Service region")
    return Drawing(svg, title, _description(), headings, tuple(rows))


def _description() -> str:
    return (
        "One tile of equal size for each board, arranged roughly as they lie in England with "
        "north at the top. It is not a map of boundaries."
    )


def system_name(snapshot: Snapshot, system: str) -> str:
    """The plain name of a system."""
    return snapshot.name(f"{system}/area/system") if system else ""


def region_of(snapshot: Snapshot, system: str) -> str:
    """The region a system lies in; empty, if none is on record."""
    area = f"{system}/area/system"
    for _, held in snapshot.referring(area, Containment):
        if held.part == area and "/area/" in held.whole and held.whole.startswith("england/"):
            return snapshot.name(held.whole)
    return ""


def _row(snapshot: Snapshot, system: str, name: str, address: Address) -> tuple[Cell, ...]:
    return Cell(name, address(system)), Cell(region_of(snapshot, system) or "Not recorded")


def _tile(tile: Tile, name: str, address: Address, *, marked: bool) -> Markup:
    left, top = tile.x * WIDE, tile.row * HIGH
    box = tag(
        "rect", x=left + GAP / 2, y=top + GAP / 2, width=WIDE - GAP, height=HIGH - GAP, rx=2,
        class_="cw-tile__box",
    )  # fmt: skip
    step = 10.0
    first = top + HIGH / 2 + 3.2 - step * (len(tile.label) - 1) / 2
    text = lines_of_text(
        tile.label, x=left + WIDE / 2, y=first, step=step, class_="cw-tile__label", middle=True
    )
    # What is read out holds the words seen, so that a person may press the link by speaking them.
    spoken = name if tile.words == name else f"{tile.words}: {name}"
    classes = "cw-tile cw-tile--here" if marked else "cw-tile"
    return link(address(tile.system), spoken, box, text, class_=f"cw-link {classes}")


def _nothing(snapshot: Snapshot) -> Drawing:
    """The map of a day on which there was no board."""
    groups = sum(body.type == "clinical commissioning group" for _, body in _real_bodies(snapshot))
    day = day_in_words(snapshot.as_at)
    title = f"No integrated care board on {day}"
    said = f"On {day} no integrated care board is on record, so there is nothing to draw."
    if groups:
        verb = "is" if groups == 1 else "are"
        said += f" {plural(groups, 'clinical commissioning group')} {verb}."
    lines = wrapped(said, 15, _ACROSS - 40)
    frame = tag(
        "rect", x=1, y=1, width=_ACROSS - 2, height=len(lines) * 20 + 38, class_="cw-nothing"
    )
    text = lines_of_text(lines, x=20, y=36, step=20, class_="cw-nothing__text")
    svg = picture(
        frame, text, key="tile-map", title=title, description=said, links=False,
        size=(_ACROSS, len(lines) * 20 + 40), class_="cw-tiles",
    )  # fmt: skip
    return Drawing(svg, title, said, (), ())
