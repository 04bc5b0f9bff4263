"""Maps drawn from official boundaries: England by board, and one area among its neighbours."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import shapely
from markupsafe import Markup
from shapely.geometry import Point

from commonweal.areas.geometry import (
    KM_PER_DEGREE,
    Frame,
    Shape,
    areas_only,
    label_at,
    widest_spot,
)

from .svg import Cell, Drawing, joined, lines_of_text, link, picture, tag, width

ACROSS = 640.0
LENS = 196.0
"""How wide the enlargement of the smallest areas is."""

FEWEST = 3
"""An enlargement is drawn for this many small areas or more."""

CROWDED = 20.0
"""An area with less room than this, in units, is shown in the enlargement."""


class Place(NamedTuple):
    """One area on a map.

    label  short lines to write on it where there is room; otherwise its number is written
    """

    name: str
    shape: Shape
    href: str | None = None
    label: tuple[str, ...] = ()
    here: bool = False


class Layer(NamedTuple):
    """Borders laid over a map, such as the regions'."""

    name: str
    shapes: tuple[Shape, ...]


def england_map(
    places: Sequence[Place],
    *,
    day: str,
    noun: str = "integrated care boards",
    layer: Layer | None = None,
    notes: tuple[str, ...] = (),
) -> Drawing:
    """England with every area in `places`, numbered, the larger ones named.

    day     the day it shows, in words
    layer   borders of another kind over it
    """
    places = sorted(places, key=lambda place: place.name)
    numbered = dict(enumerate(places, 1))
    frame = Frame.around((place.shape for place in places), width=ACROSS)
    small = _crowded(numbered, frame)
    drawn = [
        _outline(place, number, frame, linked=number not in small)
        for number, place in numbered.items()
    ]
    named = [_label(place, at, frame) for at, place in numbered.items() if at not in small]
    over = [_border(layer, frame)] if layer else []
    lens = _enlarged(numbered, small)
    title = f"England’s {len(places)} {noun} on {day}"
    about = "The boundaries of each. Every area has a number, given in the table beneath."
    if small:
        about += " The smallest are shown again, enlarged, at the top right."
    if layer:
        about += f" Thick dashed lines: {layer.name}."
        notes = (f"Thick dashed lines: {layer.name}.", *notes)
    svg = picture(
        *drawn, *over, *named, lens, key="boundary-map", title=title, description=about, links=True,
        size=(ACROSS, frame.height), class_="cw-map",
    )  # fmt: skip
    rows = tuple(
        (Cell(str(number)), Cell(place.name, place.href)) for number, place in enumerate(places, 1)
    )
    return Drawing(
        svg, title, about, ("Number on the map", "Area"), rows, notes=notes,
        key="What the numbers on the map mean",
    )  # fmt: skip


def area_map(
    here: Sequence[Place],
    around: Sequence[Place],
    *,
    day: str,
    notes: tuple[str, ...] = (),
) -> Drawing:
    """An area, or the areas of a system, among its neighbours.

    here    drawn dark, in the middle
    around  drawn pale; those out of sight are left out
    """
    frame = Frame.around((place.shape for place in here), width=ACROSS, beyond=0.3)
    seen = [place for place in around if frame.holds(place.shape.geometry)]
    names = " and ".join(place.name for place in here)
    title = f"{names} on {day}"
    about = f"The boundary of {names}, drawn dark, among its neighbours."
    every = (*seen, *(each._replace(here=True) for each in here))
    drawn = [_close_outline(place, frame) for place in every]
    named = [_close_label(place, frame) for place in every]
    window = tag("g", *drawn, *named, clip_path="url(#cw-window)")
    svg = picture(
        _clip(frame, "cw-window"), window, key="area-map", title=title,
        description=about, links=True, size=(ACROSS, frame.height), class_="cw-map cw-map--close",
    )  # fmt: skip
    rows = [(Cell(place.name, place.href), Cell("This area")) for place in here]
    rows += [(Cell(place.name, place.href), Cell("Near it")) for place in seen]
    return Drawing(svg, title, about, ("Area", "On this map"), tuple(rows), notes=notes)


def _crowded(numbered: Mapping[int, Place], frame: Frame) -> set[int]:
    """The areas too small to press or label around the smallest of all: in England, London's."""
    rooms = {number: _room(place.shape, frame) for number, place in numbered.items()}
    spots = {
        at: frame.at(*label_at(numbered[at].shape.geometry)) for at in rooms if rooms[at] < CROWDED
    }
    if len(spots) < FEWEST:
        return set()
    middle = spots[min(spots, key=rooms.__getitem__)]
    return {number for number, spot in spots.items() if math.dist(spot, middle) < LENS / 3}


def _enlarged(numbered: Mapping[int, Place], small: Collection[int]) -> Markup:
    """The areas too small to press or label, drawn again larger where the North Sea leaves room."""
    if not small:
        return Markup("")
    frame = Frame.around((numbered[number].shape for number in small), width=LENS)
    seen = {
        number: place for number, place in numbered.items() if frame.holds(place.shape.geometry)
    }
    shapes = [_outline(place, at, frame, linked=at in small) for at, place in seen.items()]
    labels = [
        _label(place, number, frame)
        for number, place in seen.items()
        if frame.holds(Point(label_at(place.shape.geometry)))
    ]
    box = tag("rect", x=0, y=0, width=LENS, height=frame.height, class_="cw-lens")
    inside = tag("g", *shapes, *labels, clip_path="url(#cw-lens)")
    spot = f"translate({ACROSS - LENS - 2:g} 2)"
    return tag("g", _clip(frame, "cw-lens"), inside, box, transform=spot)


def _clip(frame: Frame, key: str) -> Markup:
    window = tag("rect", x=0, y=0, width=frame.width, height=frame.height)
    return tag("defs", tag("clipPath", window, id=key))


def _outline(place: Place, number: int, frame: Frame, *, linked: bool) -> Markup:
    shape = tag("path", d=frame.path(place.shape.geometry), class_="cw-area__shape")
    if linked:
        return link(place.href, f"{number}: {place.name}", shape, class_=_classes(place))
    return tag("g", shape, class_=_classes(place))


def _label(place: Place, number: int, frame: Frame) -> Markup:
    """A name where it fits, else a number; on a narrow screen always the number.

    Labels are drawn after every area, so that none is covered by the next.
    """
    x, y = frame.at(*label_at(place.shape.geometry))
    room = _room(place.shape, frame)
    lines = place.label
    if not lines or max(width(line, 11) for line in lines) > room or 13 * len(lines) > room:
        lines = (str(number),)
    wide = lines_of_text(
        lines, x=x, y=y + 4 - 6 * (len(lines) - 1), step=12, class_="cw-area__label cw-only-wide",
        middle=True,
    )  # fmt: skip
    narrow = tag(
        "text", number, x=x, y=y + 7, text_anchor="middle",
        class_="cw-area__label cw-area__label--large cw-only-narrow",
    )  # fmt: skip
    return tag("g", wide, narrow, class_=_label_classes(place), aria_hidden="true")


def _label_classes(place: Place) -> str:
    return "cw-labels cw-area--here" if place.here else "cw-labels"


def _classes(place: Place) -> str:
    return "cw-link cw-area cw-area--here" if place.here else "cw-link cw-area"


def _room(shape: Shape, frame: Frame) -> float:
    """How wide a label may be on an area, in units: a little more than its largest circle."""
    return widest_spot(shape.geometry).radius * KM_PER_DEGREE / frame.km_per_unit * 1.8


def _close_outline(place: Place, frame: Frame) -> Markup:
    outline = tag("path", d=frame.path(place.shape.geometry), class_="cw-area__shape")
    return link(place.href, place.name, outline, class_=_classes(place))


def _close_label(place: Place, frame: Frame) -> Markup:
    """A label in the part of an area that can be seen, if that is large enough."""
    window = shapely.box(frame.west, frame.south, frame.east, frame.north)
    seen = areas_only(place.shape.geometry.buffer(0).intersection(window))
    if seen.is_empty or (not place.here and seen.area < 0.008 * window.area):
        return Markup("")
    size = 24
    lines = place.label or (place.name,)
    half = max(width(line, size) for line in lines) / 2
    x, y = frame.at(*label_at(seen))
    x = min(max(x, half + 6), frame.width - half - 6)
    y = min(max(y, size * len(lines)), frame.height - size * (len(lines) - 0.5))
    text = lines_of_text(
        lines, x=x, y=y + 8 - size * (len(lines) - 1) / 2, step=size, middle=True,
        class_="cw-area__label cw-area__name",
    )  # fmt: skip
    return tag("g", text, class_=_label_classes(place), aria_hidden="true")


def _border(layer: Layer, frame: Frame) -> Markup:
    paths = (frame.path(shape.geometry) for shape in layer.shapes)
    return tag("g", joined(tag("path", d=d) for d in paths), class_="cw-layer", aria_hidden="true")


def missing_from(places: Iterable[str], drawn: Iterable[str]) -> str:
    """A sentence on boards that the loaded boundaries do not draw; empty if none."""
    lost = sorted(set(places) - set(drawn))
    if not lost:
        return ""
    return f"The loaded boundaries do not draw {', '.join(lost)}, so the map shows tiles instead."
