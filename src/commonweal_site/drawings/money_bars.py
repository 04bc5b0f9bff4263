"""Sums of money as bars on one scale; the steps of a bridge point the way they move.

What a bar is stands over it in words. A step that adds points right, one that takes points left
and is hollow, and what nothing explains has a broken edge: shapes, so that colour is not needed.
"""

from collections.abc import Sequence

from markupsafe import Markup

from commonweal.record.manuscript import Bar, Chart

from .svg import lines_of_text, picture, tag, wrapped

WIDE, NARROW = 900.0, 300.0
_SIZE, _STEP, _HIGH, _GAP = 14.0, 17.0, 18.0, 12.0
_EDGE = 2.0
_LEAST = 2.0
"""A bar is never thinner than this, so that a small sum is still seen."""


def money_bars(chart: Chart, room: float = WIDE) -> str:
    """The drawing, as wide as the room."""
    scale = _Scale(chart.bars, room)
    parts, top, before = [], 2.0, None
    for each in chart.bars:
        if before is not None:
            parts += _joint(before, each, scale, top)
        words = wrapped(each.label, _SIZE, room - 2 * _EDGE)
        parts.append(lines_of_text(words, x=1, y=top + _SIZE, step=_STEP, class_="cw-time__name"))
        top += len(words) * _STEP + 3
        parts.append(_bar(each, scale, top))
        parts.append(_line(scale(0), top - 2, top + _HIGH + 2, "cw-money__nothing"))
        top += _HIGH + _GAP
        before = each
    key = f"{chart.title} {'narrow' if room < WIDE else 'wide'}"
    return str(
        picture(
            *parts, key=key, title=chart.title, description=chart.description,
            links=False, size=(room, top), class_="cw-boxes",
        )
    )  # fmt: skip


class _Scale:
    """From pence to a place on the drawing; nothing is always on it."""

    def __init__(self, bars: Sequence[Bar], room: float) -> None:
        ends = [0, *(each.begins for each in bars), *(each.ends for each in bars)]
        self.low = min(ends)
        self.long = max(max(ends) - self.low, 1)
        self.room = room - 2 * _EDGE

    def __call__(self, pence: int) -> float:
        return _EDGE + (pence - self.low) / self.long * self.room


def _bar(bar: Bar, scale: _Scale, top: float) -> Markup:
    left, right = sorted((scale(bar.begins), scale(bar.ends)))
    if bar.begins == bar.ends:
        return Markup("")
    left = min(left, max(right - _LEAST, _EDGE))
    right = max(right, left + _LEAST)
    class_ = f"cw-money cw-money--{bar.look}"
    if bar.look in {"whole", "unexplained"}:
        return tag("rect", x=left, y=top, width=right - left, height=_HIGH, class_=class_)
    tip = min(_HIGH / 2, right - left)
    low, middle = top + _HIGH, top + _HIGH / 2
    corners = [(left, top), (right - tip, top), (right, middle), (right - tip, low), (left, low)]
    if bar.ends < bar.begins:
        corners = [(left + right - x, y) for x, y in corners]
    points = " ".join(f"{x:.6g},{y:.6g}" for x, y in corners)
    return tag("polygon", points=points, class_=class_)


def _joint(one: Bar, other: Bar, scale: _Scale, top: float) -> list[Markup]:
    """A short line from where a step ends, towards where the next begins; words stay free of it."""
    if one.look == other.look == "whole":
        return []
    return [_line(scale(one.ends), top - _GAP, top, "cw-money__joint")]


def _line(x: float, top: float, low: float, class_: str) -> Markup:
    return tag("line", x1=x, x2=x, y1=top, y2=low, class_=class_)
