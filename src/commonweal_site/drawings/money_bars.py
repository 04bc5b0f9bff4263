"""Sums of money as bars on one scale; the steps of a bridge point the way they move.

What a bar is stands over it in words. A step that adds points right, one that takes points left
and is hollow, and what nothing explains has a broken edge: shapes, so that colour is not needed.
"""

from collections.abc import Sequence
from itertools import pairwise

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
    parts, tops, top = [], [], 2.0
    for each in chart.bars:
        words = wrapped(each.label, _SIZE, room - 2 * _EDGE)
        parts.append(lines_of_text(words, x=1, y=top + _SIZE, step=_STEP, class_="cw-time__name"))
        top += len(words) * _STEP + 3
        tops.append(top)
        parts.append(_bar(each, scale, top))
        top += _HIGH + _GAP
    lines = [_line(scale(0), tops[0] - 3, top - _GAP + 3, "cw-money__nothing")] if tops else []
    lines += _joints(chart.bars, tops, scale)
    key = f"{chart.title} {'narrow' if room < WIDE else 'wide'}"
    return str(
        picture(
            *parts, *lines, key=key, title=chart.title, description=chart.description,
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


def _joints(bars: Sequence[Bar], tops: Sequence[float], scale: _Scale) -> list[Markup]:
    """A thin line from where a step ends to where the next begins."""
    return [
        _line(scale(one.ends), high + _HIGH, low, "cw-money__joint")
        for (one, other), (high, low) in zip(pairwise(bars), pairwise(tops), strict=True)
        if other.look != "whole" or one.look != "whole"
    ]


def _line(x: float, top: float, low: float, class_: str) -> Markup:
    return tag("line", x1=x, x2=x, y1=top, y2=low, class_=class_)
