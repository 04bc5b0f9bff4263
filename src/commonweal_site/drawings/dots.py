"""Figures side by side with their limits and a line to compare them with: areas, or groups.

They stand in the order they are given, never in that of their values: this is no league table.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from .axes import Axis, along, axis, key, line_sample, rounded
from .marks import LOOKS, mark
from .svg import Cell, Drawing, Row, joined, lines_of_text, picture, shortened, tag, width, wrapped

WIDE, NARROW = 900.0, 300.0
SIZE, STEP = 14.0, 17.0
_NAMES = 250.0
_LINE_WIDE, _LINE_NARROW = 24.0, 40.0

_MEANING = {
    "better": "better",
    "worse": "worse",
    "neutral": "higher or lower",
    "common": "similar, or not compared",
}


class Dot(NamedTuple):
    """One figure.

    stands  beside the benchmark: better, worse, similar, higher, lower or not compared
    absent  why there is no figure, such as "withheld"; empty if there is one
    group   the heading that it stands under; names of one group follow each other
    """

    name: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    stands: str = "not compared"
    href: str | None = None
    absent: str = ""
    group: str = ""


class Dots(NamedTuple):
    """Figures side by side, as they are to be drawn.

    unit       what the numbers are, such as "per cent"
    heading    of the column of names, such as "Area"
    beside     what the benchmark is called, and its figure
    about      a sentence on what they show; one on how many there are, if it is left out
    """

    title: str
    dots: Sequence[Dot]
    unit: str
    heading: str = "Area"
    beside: tuple[str, float] | None = None
    about: str = ""


def dots(given: Dots) -> Drawing:
    """The figures, each with its limits, and all of it in the table."""
    scale = axis(_numbers(given), 0, 1)
    about = given.about or _sentence(given, scale)
    wide, narrow = (_picture(given, room, about) for room in (WIDE, NARROW))
    than = f"Beside {given.beside[0]}" if given.beside else "Compared"
    headings = (given.heading, given.unit[:1].upper() + given.unit[1:], "Limits at 95%", than)
    return Drawing(wide, given.title, about, headings, tuple(_rows(given, scale)), narrow, (about,))


def _numbers(given: Dots) -> list[float]:
    found = [
        each for dot in given.dots for each in (dot.value, dot.lower, dot.upper) if each is not None
    ]
    return [*found, given.beside[1]] if given.beside else found


def _sentence(given: Dots, scale: Axis) -> str:
    there = [dot for dot in given.dots if dot.value is not None]
    gone = len(given.dots) - len(there)
    said = f"{len(there)} with a figure"
    if gone:
        said += f", {gone} without"
    if given.beside:
        said += f"; the line is {given.beside[0]}, {rounded(given.beside[1], scale.step)}"
    bars = " The bars are limits at 95%: how far chance alone may have moved each."
    return f"{said}.{bars if any(dot.lower is not None for dot in there) else ''}"


def _rows(given: Dots, scale: Axis) -> Iterator[Row]:
    for dot in given.dots:
        name = Cell(dot.name, dot.href)
        if dot.value is None:
            yield name, Cell(dot.absent or "no figure"), Cell(""), Cell("not compared")
            continue
        limits = ""
        if dot.lower is not None and dot.upper is not None:
            low, high = (rounded(each, scale.step) for each in (dot.lower, dot.upper))
            limits = f"{low} to {high}"
        yield name, Cell(rounded(dot.value, scale.step)), Cell(limits), Cell(dot.stands)


# --- the picture ---------------------------------------------------------------------------------


def _picture(given: Dots, room: float, about: str) -> Markup:
    wide = room == WIDE
    left, line = (_NAMES, _LINE_WIDE) if wide else (8.0, _LINE_NARROW)
    x = axis(_numbers(given), left, room - 14, about=6 if wide else 4)
    head = wrapped(given.unit, SIZE, room - 4)
    top = 12 + len(head) * STEP
    parts, y, group = [], top, ""
    for dot in given.dots:
        if dot.group != group:
            group = dot.group
            y += 12
            parts.append(tag("text", group, x=2, y=y + 6, class_="cw-dots__group"))
            y += 16
        parts.append(_dot(dot, x, y + line - 12, wide=wide))
        y += line
    bottom = y + 4
    back = [
        tag(
            "line", x1=x.at(tick), x2=x.at(tick), y1=top, y2=bottom, class_="cw-chart__grid"
        )
        for tick in x.ticks
    ]  # fmt: skip
    if given.beside:
        at = x.at(given.beside[1])
        back.append(tag("path", d=f"M{at:.1f},{top:.1f}V{bottom:.1f}", class_="cw-chart__centre"))
    meaning, end = _key(given, room, bottom + 44)
    return picture(
        lines_of_text(head, x=1, y=SIZE + 4, step=STEP, class_="cw-chart__unit"),
        *back, *parts,
        along([(x.at(tick), x.said(tick)) for tick in x.ticks], bottom + 16, left - 8, room - 2),
        meaning,
        key=f"{given.title} dots {'wide' if wide else 'narrow'}", title=given.title,
        description=about, links=any(dot.href for dot in given.dots), size=(room, end),
        class_="cw-boxes",
    )  # fmt: skip


def _dot(dot: Dot, x: Axis, y: float, *, wide: bool) -> Markup:
    name = _name(dot, 2, y + 5 if wide else y - 10, _NAMES - 16 if wide else x.end)
    if dot.value is None:
        words = dot.absent or "no figure"
        cross = mark("absent", x.start + 6, y)
        return joined(
            [name, cross, tag("text", words, x=x.start + 18, y=y + 4, class_="cw-chart__number")]
        )
    bar = []
    if dot.lower is not None and dot.upper is not None:
        low, high = x.at(dot.lower), x.at(dot.upper)
        bar = [tag("path", d=f"M{low:.1f},{y:.1f}H{high:.1f}", class_="cw-dots__bar")]
    return joined([name, *bar, mark(LOOKS.get(dot.stands, "common"), x.at(dot.value), y)])


def _name(dot: Dot, x: float, y: float, room: float) -> Markup:
    text = tag("text", shortened(dot.name, SIZE, room), x=x, y=y, class_="cw-dots__name")
    if dot.href is None:
        return text
    # The words are thin: a clear box behind them gives a finger something to press.
    box = tag(
        "rect", x=x - 2, y=y - 17, width=min(width(dot.name, SIZE), room) + 4, height=24,
        class_="cw-dots__press",
    )  # fmt: skip
    return tag(
        "a", tag("title", dot.name), box, text, href=dot.href, class_="cw-link", aria_label=dot.name
    )


def _key(given: Dots, room: float, top: float) -> tuple[Markup, float]:
    than = given.beside[0] if given.beside else "the comparator"
    stands = {dot.stands for dot in given.dots if dot.value is not None}
    looks = {LOOKS.get(each, "common") for each in stands}
    entries = [(look, words) for look, words in _MEANING.items() if look in looks]
    if not given.beside or stands <= {"not compared"}:
        entries = [("common", "figure")]
    if any(dot.lower is not None for dot in given.dots):
        entries.append(("bar", "limits at 95%"))
    if given.beside:
        entries.append(("centre", than))
    return key(entries, _sample, top=top, room=room, across=2 if room == WIDE else 1)


def _sample(look: str, x: float, y: float) -> Markup:
    if look == "bar":
        return tag("path", d=f"M{x - 8:.1f},{y:.1f}h26", class_="cw-dots__bar")
    if look == "centre":
        return line_sample(look, x, y)
    return mark(look, x + 5, y)
