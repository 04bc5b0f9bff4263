"""Boxes inside boxes: each as wide as its column and as high as what it holds.

The same boxes stand side by side on a wide picture and under each other on a narrow one.
"""

from collections.abc import Iterator, Sequence
from itertools import batched
from typing import NamedTuple

from markupsafe import Markup

from .svg import BOLD, joined, lines_of_text, link, tag, wrapped

SIZE, SMALL = 15.0, 13.0
STEP, SMALL_STEP = 19.0, 17.0
PADDING, GAP = 10.0, 8.0
LEAST = 190.0
"""A box narrower than this would not hold its words, so fewer stand side by side."""


class Box(NamedTuple):
    """A thing with its name, some lines about it, and groups of boxes inside it.

    look   part of the class: what sort of thing it is
    lines  shown smaller beneath the name
    """

    title: str
    href: str | None = None
    lines: tuple[str, ...] = ()
    groups: tuple["Group", ...] = ()
    look: str = "plain"


class Group(NamedTuple):
    """Boxes of one sort under a heading; the heading may say it all: 36 clusters."""

    heading: str
    href: str | None = None
    boxes: tuple[Box, ...] = ()


def _title(box: Box, room: float) -> tuple[str, ...]:
    return wrapped(box.title, SIZE * BOLD, room - 2 * PADDING, 4)


def _lines(box: Box, room: float) -> list[str]:
    return [line for each in box.lines for line in wrapped(each, SMALL, room - 2 * PADDING)]


def _own_height(box: Box, room: float) -> float:
    """How high a box is without its groups."""
    return 2 * PADDING - 2 + len(_title(box, room)) * STEP + len(_lines(box, room)) * SMALL_STEP


def height(box: Box, room: float) -> float:
    """How high a box is when it is as wide as the room."""
    inside = room - 2 * PADDING
    groups = sum(_group_height(group, inside) for group in box.groups)
    return _own_height(box, room) + groups + (PADDING if box.groups else 0)


def columns(group: Group, room: float) -> int:
    """How many boxes of a group stand side by side."""
    fits = int((room + GAP) // (LEAST + GAP))
    return max(1, min(fits, len(group.boxes)))


def _group_height(group: Group, room: float) -> float:
    return (
        len(_heading(group, room)) * SMALL_STEP
        + 6
        + sum(max(height(box, wide) for box in row) + GAP for row, wide in _rows(group, room))
    )


def _heading(group: Group, room: float) -> tuple[str, ...]:
    return wrapped(group.heading, SMALL, room)


def _rows(group: Group, room: float) -> Iterator[tuple[Sequence[Box], float]]:
    side_by_side = columns(group, room)
    wide = (room - GAP * (side_by_side - 1)) / side_by_side
    for row in batched(group.boxes, side_by_side):
        yield row, wide


def drawn(box: Box, *, x: float, y: float, room: float, high: float | None = None) -> Markup:
    """A box with all that is in it, its upper left corner at x and y.

    high  its height, if it is to be as high as its neighbour
    """
    high = high or height(box, room)
    frame = tag("rect", x=x, y=y, width=room, height=high, rx=3, class_="cw-box__frame")
    title = _title(box, room)
    name = lines_of_text(
        title, x=x + PADDING, y=y + PADDING + SIZE - 3, step=STEP, class_="cw-box__title"
    )
    below = y + PADDING + SIZE - 3 + len(title) * STEP - 2
    about = lines_of_text(
        _lines(box, room), x=x + PADDING, y=below, step=SMALL_STEP, class_="cw-box__line"
    )
    classes = f"cw-link cw-box cw-box--{box.look}"
    own = link(box.href, box.title, frame, name, about, class_=classes)
    return joined([own, *_inside(box, x=x, y=y, room=room)])


def _inside(box: Box, *, x: float, y: float, room: float) -> Iterator[Markup]:
    top = y + _own_height(box, room)
    for group in box.groups:
        yield _group(group, x=x + PADDING, y=top, room=room - 2 * PADDING)
        top += _group_height(group, room - 2 * PADDING)


def _group(group: Group, *, x: float, y: float, room: float) -> Markup:
    lines = _heading(group, room)
    words = lines_of_text(lines, x=x, y=y + SMALL, step=SMALL_STEP, class_="cw-box__heading")
    parts = [link(group.href, group.heading, words) if group.href else words]
    top = y + len(lines) * SMALL_STEP + 6
    for row, wide in _rows(group, room):
        high = max(height(box, wide) for box in row)
        parts += [
            drawn(box, x=x + at * (wide + GAP), y=top, room=wide, high=high)
            for at, box in enumerate(row)
        ]
        top += high + GAP
    return joined(parts)
