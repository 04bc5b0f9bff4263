"""A measure on a map: by boundaries where there are any, else as tiles by the place they lie in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from commonweal.areas.geometry import Frame, Shape, label_at

from .axes import key
from .marks import LOOKS, mark
from .svg import Cell, Drawing, lines_of_text, link, picture, tag, wrapped

WIDE, NARROW = 640.0, 300.0
_TILE, _HIGH, _GAP, _HEAD = 150.0, 66.0, 6.0, 26.0

_KEY = {
    "better": "better",
    "worse": "worse",
    "neutral": "higher or lower",
    "common": "similar, or not compared",
}


class Spot(NamedTuple):
    """One area: its figure in words, and how it stands beside the benchmark.

    stands  as of `dots.Dot`
    within  what it lies in, the heading of its tiles
    """

    name: str
    figure: str
    stands: str
    href: str | None = None
    within: str = ""
    absent: bool = False


def _look(spot: Spot) -> str:
    return "absent" if spot.absent else LOOKS.get(spot.stands, "common")


def _rows(spots: Sequence[Spot]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (Cell(each.name, each.href), Cell(each.within), Cell(each.figure), Cell(each.stands))
        for each in spots
    )


_HEADINGS = ("Area", "Lies in", "Figure", "Compared")


# --- tiles ----------------------------------------------------------------------------------------


def measure_tiles(title: str, spots: Sequence[Spot], about: str) -> Drawing:
    """A tile of equal size for each area, under the place it lies in; not a map of boundaries."""
    said = f"{about} One tile for each area, under what it lies in. It is no map of boundaries."
    wide, narrow = (_tiles(title, spots, said, room) for room in (WIDE, NARROW))
    return Drawing(wide, title, said, _HEADINGS, _rows(spots), narrow, (said,))


def _tiles(title: str, spots: Sequence[Spot], about: str, room: float) -> Markup:
    across = int(room // _TILE)
    parts, y = [], 4.0
    for heading in dict.fromkeys(each.within for each in spots):
        own = [each for each in spots if each.within == heading]
        parts.append(tag("text", heading, x=2, y=y + 15, class_="cw-dots__group"))
        y += _HEAD
        for at, spot in enumerate(own):
            parts.append(_tile(spot, at % across * _TILE, y + at // across * _HIGH))
        y += -(-len(own) // across) * _HIGH + 6
    meaning, end = _key(spots, y + 14, room)
    size = "wide" if room == WIDE else "narrow"
    return picture(
        *parts, meaning, key=f"{title} tiles {size}", title=title, description=about,
        links=any(each.href for each in spots), size=(room, end), class_="cw-tiles-of",
    )  # fmt: skip


def _tile(spot: Spot, x: float, y: float) -> Markup:
    look = _look(spot)
    box = tag(
        "rect", x=x + 1, y=y, width=_TILE - _GAP, height=_HIGH - _GAP, rx=3,
        class_=f"cw-shade cw-shade--{look}",
    )  # fmt: skip
    name = wrapped(spot.name, 13, _TILE - 22, lines=2)
    words = lines_of_text(name, x=x + 9, y=y + 17, step=14, class_="cw-tiles-of__name")
    figure = tag("text", spot.figure, x=x + 24, y=y + _HIGH - 16, class_="cw-tiles-of__figure")
    return link(
        spot.href, f"{spot.name}: {spot.figure}, {spot.stands}", box, words,
        mark(look, x + 14, y + _HIGH - 20), figure,
    )  # fmt: skip


def _key(spots: Sequence[Spot], top: float, room: float) -> tuple[Markup, float]:
    looks = {_look(each) for each in spots}
    entries = [(look, words) for look, words in _KEY.items() if look in looks]
    if "absent" in looks:
        entries.append(("absent", "no figure"))
    return key(
        entries, lambda look, x, y: mark(look, x + 5, y), top=top, room=room,
        across=3 if room == WIDE else 1,
    )  # fmt: skip


# --- boundaries -----------------------------------------------------------------------------------


def measure_map(
    title: str, spots: Mapping[str, Spot], shapes: Mapping[str, Shape], about: str,
    notes: tuple[str, ...] = (),
) -> Drawing:  # fmt: skip
    """Areas by their boundaries, shaded and marked by how each stands beside the benchmark.

    spots, shapes  by area; one without a shape is in the table only, and the text says so
    """
    drawn = {area: spot for area, spot in spots.items() if area in shapes}
    lost = [spot.name for area, spot in spots.items() if area not in shapes]
    said = f"{about} Not drawn, for want of a boundary: {', '.join(lost)}." if lost else about
    frame = Frame.around((shapes[area] for area in drawn), width=WIDE)
    parts = [*_shaded(drawn, shapes, frame), *_marked(drawn, shapes, frame)]
    meaning, end = _key(list(drawn.values()), frame.height + 18, WIDE)
    svg = picture(
        *parts, meaning, key=f"{title} map", title=title, description=said,
        links=any(each.href for each in drawn.values()), size=(WIDE, end), class_="cw-map",
    )  # fmt: skip
    return Drawing(svg, title, said, _HEADINGS, _rows(list(spots.values())), notes=(said, *notes))


def _shaded(
    drawn: Mapping[str, Spot], shapes: Mapping[str, Shape], frame: Frame
) -> Iterator[Markup]:
    for area, spot in drawn.items():
        class_ = f"cw-shade cw-shade--{_look(spot)}"
        outline = tag("path", d=frame.path(shapes[area].geometry), class_=class_)
        yield link(spot.href, f"{spot.name}: {spot.figure}, {spot.stands}", outline)


def _marked(
    drawn: Mapping[str, Spot], shapes: Mapping[str, Shape], frame: Frame
) -> Iterator[Markup]:
    for area, spot in drawn.items():
        yield mark(_look(spot), *frame.at(*label_at(shapes[area].geometry)))
