"""Ranges side by side on one scale, one line each: what each of those asked thinks."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from .axes import Axis, along, axis
from .svg import Cell, Drawing, lines_of_text, picture, tag, wrapped

WIDE, NARROW = 900.0, 300.0
_SIZE, _STEP, _BAR, _GAP = 14.0, 17.0, 14.0, 14.0


class Span(NamedTuple):
    """One range with its name; `whole` stands out from the others."""

    name: str
    low: float
    high: float
    whole: bool = False


class Spans(NamedTuple):
    """Ranges to be drawn; `unit` stands after each number."""

    title: str
    unit: str
    spans: Sequence[Span]
    about: str


def range_bars(given: Spans) -> Drawing:
    """The ranges, each with its ends in the table."""
    wide, narrow = (_picture(given, room) for room in (WIDE, NARROW))
    rows = tuple(
        (Cell(each.name), Cell(f"{each.low:g}"), Cell(f"{each.high:g}{given.unit}"))
        for each in given.spans
    )
    return Drawing(
        wide, given.title, given.about, ("Who", "Low", "High"), rows, narrow, (given.about,)
    )


def _picture(given: Spans, room: float) -> Markup:
    x = axis([end for each in given.spans for end in (each.low, each.high)], 12, room - 12)
    top, parts = 4.0, list[Markup]()
    for each in given.spans:
        words = f"{each.name}: {each.low:g} to {each.high:g}{given.unit}".replace("-", "−")
        lines = wrapped(words, _SIZE, room - 4)
        parts.append(lines_of_text(lines, x=1, y=top + _SIZE, step=_STEP, class_="cw-time__name"))
        top += len(lines) * _STEP + 4
        parts.append(_bar(each, x, top))
        top += _BAR + _GAP
    names = [(x.at(tick), f"{x.said(tick)}{given.unit}".replace("-", "−")) for tick in x.ticks]
    parts.append(tag("line", x1=12, x2=room - 12, y1=top, y2=top, class_="cw-chart__grid"))
    parts.append(along(names, top + 18, 0, room - 8))
    return picture(
        *parts, key=f"{given.title} ranges {'wide' if room == WIDE else 'narrow'}",
        title=given.title, description=given.about, links=False, size=(room, top + 26),
        class_="cw-boxes",
    )  # fmt: skip


def _bar(span: Span, x: Axis, top: float) -> Markup:
    left, right = x.at(span.low), x.at(span.high)
    look = "whole" if span.whole else "more"
    return tag(
        "rect", x=left, y=top, width=max(right - left, 3), height=_BAR,
        class_=f"cw-money cw-money--{look}",
    )  # fmt: skip
