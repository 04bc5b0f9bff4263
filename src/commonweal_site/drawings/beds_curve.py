"""How often so many beds are enough: a curve over their number, with those that are planned."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from .axes import Axis, along, room_for, upright
from .svg import Cell, Drawing, lines_of_text, picture, tag, wrapped

WIDE, NARROW = 900.0, 300.0
_SIZE, _STEP, _TOP, _FOOT = 14.0, 17.0, 10.0, 44.0
_HIGH = {WIDE: 240.0, NARROW: 190.0}


class Curve(NamedTuple):
    """Beds, rising, and the futures in a hundred in which each number is enough.

    marked  numbers to be marked with a point and a line: those planned, and so many more
    """

    title: str
    unit: str
    beds: Sequence[float]
    enough: Sequence[float]
    marked: Sequence[float]
    about: str


def beds_curve(curve: Curve) -> Drawing:
    """The curve, with its marked points in the table."""
    wide, narrow = (_picture(curve, room) for room in (WIDE, NARROW))
    rows = tuple(
        (Cell(f"{beds:,.0f}"), Cell(f"{_at(curve, beds):.0f} of 100")) for beds in curve.marked
    )
    heads = ("Beds", "Futures in which they are enough")
    return Drawing(wide, curve.title, curve.about, heads, rows, narrow, (curve.about,))


def _at(curve: Curve, beds: float) -> float:
    """How often the largest number that is no more than that is enough."""
    reached = [
        share for number, share in zip(curve.beds, curve.enough, strict=True) if number <= beds
    ]
    return reached[-1] if reached else 0.0


def _picture(curve: Curve, room: float) -> Markup:
    head = wrapped(curve.unit, _SIZE, room - 4)
    top = _TOP + len(head) * _STEP + 6
    foot = top + _HIGH[room]
    y = Axis(0, 100, foot, top, 20)
    left = room_for(y)
    x = Axis(curve.beds[0], curve.beds[-1], left + 4, room - 8, 1)
    points = " ".join(
        f"{x.at(beds):.1f},{y.at(share):.1f}"
        for beds, share in zip(curve.beds, curve.enough, strict=True)
    )
    marks = [_mark(curve, beds, x, y) for beds in curve.marked if x.low <= beds <= x.high]
    names = [(x.at(beds), f"{beds:,.0f}") for beds in _spread(curve)]
    parts = [
        lines_of_text(head, x=1, y=_TOP + _SIZE, step=_STEP, class_="cw-chart__unit"),
        upright(y, left, room - 4),
        tag("polyline", points=points, class_="cw-fan__middle"),
        *marks,
        along(names, foot + 18, left, room - 4),
        tag("text", "beds", x=room - 4, y=foot + 36, class_="cw-chart__number", text_anchor="end"),
    ]
    return picture(
        *parts, key=f"{curve.title} curve {'wide' if room == WIDE else 'narrow'}",
        title=curve.title, description=curve.about, links=False, size=(room, foot + _FOOT),
        class_="cw-boxes",
    )  # fmt: skip


def _mark(curve: Curve, beds: float, x: Axis, y: Axis) -> Markup:
    place, height = x.at(beds), y.at(_at(curve, beds))
    line = tag("path", d=f"M{place:.1f},{y.start:.1f}V{height:.1f}", class_="cw-chart__target")
    return line + tag("circle", cx=place, cy=height, r=4.5, class_="cw-mark cw-mark--better")


def _spread(curve: Curve) -> list[float]:
    """The ends and what is marked, in order."""
    return sorted({curve.beds[0], *curve.marked, curve.beds[-1]})
