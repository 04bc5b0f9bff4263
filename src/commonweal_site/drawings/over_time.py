"""A measure over time with its limits, beside a benchmark: for series too short for a chart."""

from collections.abc import Iterator, Sequence
from math import isnan
from typing import NamedTuple

from markupsafe import Markup

from commonweal.record.wording import capital

from .axes import (
    Axis,
    along,
    axis,
    key,
    line_sample,
    line_through,
    room_for,
    rounded,
    upright,
)
from .marks import mark
from .svg import Cell, Drawing, Row, joined, lines_of_text, picture, tag, wrapped

WIDE, NARROW = 900.0, 300.0
SIZE, STEP = 14.0, 17.0
TOP, HIGH_WIDE, HIGH_NARROW = 10.0, 270.0, 200.0

NO = float("nan")


class Point(NamedTuple):
    """A period. What is not there is NaN; `absent` says why."""

    period: str
    value: float = NO
    lower: float = NO
    upper: float = NO
    beside: float = NO
    absent: str = ""


class Years(NamedTuple):
    """One measure over time, as it is to be drawn.

    unit    what the numbers are
    beside  what the benchmark is called; empty if there is none
    trend   a sentence on where it is heading
    """

    title: str
    points: Sequence[Point]
    unit: str
    beside: str = ""
    target: float | None = None
    trend: str = ""


def over_time(given: Years) -> Drawing:
    """The series with limits, the benchmark's line, and every point in the table."""
    scale = axis(_numbers(given), 0, 1)
    about = _sentence(given, scale)
    wide, narrow = (_picture(given, room, about) for room in (WIDE, NARROW))
    headings = ["Period", "Value", "Limits at 95%"]
    if given.beside:
        headings.append(capital(given.beside))
    return Drawing(
        wide, given.title, about, tuple(headings), tuple(_rows(given, scale)), narrow, (about,)
    )


def _numbers(given: Years) -> list[float]:
    found = [each for p in given.points for each in (p.value, p.lower, p.upper, p.beside)]
    return found if given.target is None else [*found, given.target]


def _sentence(given: Years, scale: Axis) -> str:
    there = [point for point in given.points if not isnan(point.value)]
    if not there:
        return f"{given.title}: no value is there to draw."
    first, last = there[0], there[-1]
    latest = f"{rounded(last.value, scale.step)} in {last.period}."
    start = f"From {rounded(first.value, scale.step)} in {first.period} to {latest}"
    said = f"One value only: {latest}" if first is last else start
    if given.beside and not isnan(last.beside):
        said += f" {capital(given.beside)} was then {rounded(last.beside, scale.step)}."
    if given.target is not None:
        said += f" The target is {given.target:,.10g}."
    return f"{said} {given.trend}".rstrip()


def _rows(given: Years, scale: Axis) -> Iterator[Row]:
    for point in given.points:
        beside = (Cell(rounded(point.beside, scale.step)),) if given.beside else ()
        if isnan(point.value):
            yield (Cell(point.period), Cell(point.absent or "missing"), Cell(""), *beside)
            continue
        limits = ""
        if not isnan(point.lower):
            low, high = (rounded(each, scale.step) for each in (point.lower, point.upper))
            limits = f"{low} to {high}"
        value = Cell(rounded(point.value, scale.step))
        yield (Cell(point.period), value, Cell(limits), *beside)


# --- the picture ---------------------------------------------------------------------------------


def _picture(given: Years, room: float, about: str) -> Markup:
    high = HIGH_WIDE if room == WIDE else HIGH_NARROW
    head = wrapped(given.unit, SIZE, room - 4)
    top = TOP + len(head) * STEP + 6
    y = axis(_numbers(given), top + high, top)
    left = room_for(y)
    x = Axis(-0.5, max(1, len(given.points)) - 0.5, left, room - 4, 1)
    meaning, bottom = _key(given, room, top + high + 40)
    target = []
    if given.target is not None:
        line = f"M{left:.1f},{y.at(given.target):.1f}H{room - 4:.1f}"
        target = [tag("path", d=line, class_="cw-chart__target")]
    names = [(x.at(at), point.period) for at, point in enumerate(given.points)]
    return picture(
        lines_of_text(head, x=1, y=TOP + SIZE, step=STEP, class_="cw-chart__unit"),
        upright(y, left, room - 4), *target,
        line_through([point.beside for point in given.points], x, y, "beside"),
        *_bars(given, x, y),
        line_through([point.value for point in given.points], x, y, "series"),
        *_marks(given, x, y),
        along(names, top + high + 18, left, room - 4), meaning,
        key=f"{given.title} over time {'wide' if room == WIDE else 'narrow'}", title=given.title,
        description=about, links=False, size=(room, bottom), class_="cw-boxes",
    )  # fmt: skip


def _bars(given: Years, x: Axis, y: Axis) -> Iterator[Markup]:
    for at, point in enumerate(given.points):
        if not (isnan(point.lower) or isnan(point.upper)):
            d = f"M{x.at(at):.1f},{y.at(point.lower):.1f}V{y.at(point.upper):.1f}"
            yield tag("path", d=d, class_="cw-dots__bar")


def _marks(given: Years, x: Axis, y: Axis) -> Iterator[Markup]:
    for at, point in enumerate(given.points):
        gone = isnan(point.value)
        yield mark("absent" if gone else "own", x.at(at), y.start if gone else y.at(point.value))


def _key(given: Years, room: float, top: float) -> tuple[Markup, float]:
    entries = [("own", "value")]
    if any(not isnan(point.lower) for point in given.points):
        entries.append(("bar", "limits at 95%"))
    if given.beside:
        entries.append(("beside", given.beside))
    if any(isnan(point.value) for point in given.points):
        entries.append(("absent", "no value"))
    if given.target is not None:
        entries.append(("target", "target"))
    return key(entries, _sample, top=top, room=room, across=3 if room == WIDE else 1)


def _sample(look: str, x: float, y: float) -> Markup:
    if look == "bar":
        return tag("path", d=f"M{x + 5:.1f},{y - 8:.1f}v16", class_="cw-dots__bar")
    if look in {"beside", "target"}:
        return line_sample(look, x, y)
    return joined([mark(look, x + 5, y)])
