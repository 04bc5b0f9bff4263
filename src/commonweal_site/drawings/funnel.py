"""A funnel plot as a picture, a sentence and a table: who differs by more than size explains.

Units stand in the order they are given, never in that of their values: a funnel is no league table.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import isnan
from typing import NamedTuple

import numpy as np
from markupsafe import Markup

from commonweal.outcomes.methods.funnels import Funnel
from commonweal.outcomes.methods.states import State

from .axes import Axis, along, axis, key, line_sample, room_for, rounded, upright
from .svg import Cell, Drawing, Row, joined, lines_of_text, picture, tag, wrapped

WIDE, NARROW = 900.0, 300.0
SIZE, STEP = 14.0, 17.0
TOP, HIGH_WIDE, HIGH_NARROW = 10.0, 320.0, 220.0
_CURVE = 80
_NAMED = 12
"""As many names as a picture can bear beside the points outside."""


class Units(NamedTuple):
    """Units side by side, as they are to be drawn.

    names  of the units, as many as the funnel has
    unit   what the values are, such as "deaths per 100,000 people"
    size   what the sizes are, such as "people"
    """

    title: str
    funnel: Funnel
    names: Sequence[str]
    unit: str
    size: str


def funnel_plot(units: Units) -> Drawing:
    """The funnel, with every unit in the table.

    raises  ValueError if there is not one name for each unit
    """
    if len(units.names) != units.funnel.values.size:
        raise ValueError(
            f"{len(units.names)} names for {units.funnel.values.size} units: give one for each."
        )
    step = axis(_heights(units.funnel), 0, 1).step
    about = _sentence(units, step)
    wide, narrow = (_picture(units, room, about) for room in (WIDE, NARROW))
    levels = [_level(each) for each in units.funnel.levels]
    headings = (
        "Unit", units.unit.capitalize(), units.size.capitalize(),
        *(f"Limits at {level}" for level in levels), "Where it lies",
    )  # fmt: skip
    return Drawing(wide, units.title, about, headings, tuple(_rows(units, step)), narrow, (about,))


def _level(level: float) -> str:
    return f"{100 * level:.6g}%"


def _heights(funnel: Funnel) -> list[float]:
    """Every value, and the limits of all but the smallest units, which would dwarf the rest."""
    values = funnel.values[~np.isnan(funnel.values)]
    if not values.size:
        return [funnel.target]
    middle = float(np.nanmedian(funnel.sizes))
    lower, upper = funnel.limits_at([middle])
    return [*map(float, values), *map(float, lower.ravel()), *map(float, upper.ravel())]


def _sentence(units: Units, step: float) -> str:
    funnel = units.funnel
    there = int((~np.isnan(funnel.values)).sum())
    if not there:
        return f"{units.title}: no unit has a value to show."
    absent = funnel.values.size - there
    missing = f" {absent} more {'has' if absent == 1 else 'have'} no value." if absent else ""
    inside = f"{there} unit{'' if there == 1 else 's'} around {rounded(funnel.target, step)}."
    return f"{inside}{missing}{_outside(funnel, there)}{_widened(funnel)}"


def _outside(funnel: Funnel, there: int) -> str:
    if not funnel.levels.size:
        return ""
    outer = int(funnel.levels.argmax())
    above, below = (int((funnel.sides[outer] == side).sum()) for side in (1, -1))
    chance = there * (1 - float(funnel.levels[outer]))
    return (
        f" Above the limits at {_level(float(funnel.levels[outer]))} lie {above} and below them "
        f"{below}; chance alone would put about {chance:.2g} outside."
    )


def _widened(funnel: Funnel) -> str:
    if not funnel.tau2:
        return ""
    return (
        " The limits are widened, because units differ for many small reasons beside chance: "
        f"by {funnel.phi:.3g} times what chance explains."
    )


def _rows(units: Units, step: float) -> Iterator[Row]:
    funnel = units.funnel
    order = np.argsort(-funnel.levels).tolist()
    for at, name in enumerate(units.names):
        value = float(funnel.values[at])
        if isnan(value):
            words = State(int(funnel.states[at])).words
            blank = (Cell("") for _ in range(1 + funnel.levels.size))
            yield (Cell(name), Cell(words), *blank, Cell("no value"))
            continue
        limits = (
            Cell(f"{rounded(float(low[at]), step)} to {rounded(float(high[at]), step)}")
            for low, high in zip(funnel.lower, funnel.upper, strict=True)
        )
        size = Cell(f"{float(funnel.sizes[at]):,.6g}")
        yield (
            Cell(name),
            Cell(rounded(value, step)),
            size,
            *limits,
            Cell(_where(funnel, at, order)),
        )


def _where(funnel: Funnel, at: int, order: Iterable[int]) -> str:
    for level in order:
        side = int(funnel.sides[level, at])
        if side:
            said = "above" if side > 0 else "below"
            return f"{said} the limits at {_level(float(funnel.levels[level]))}"
    return "within the limits"


# --- the picture ---------------------------------------------------------------------------------


def _picture(units: Units, room: float, about: str) -> Markup:
    funnel = units.funnel
    high = HIGH_WIDE if room == WIDE else HIGH_NARROW
    head = wrapped(units.unit, SIZE, room - 4)
    top = TOP + len(head) * STEP + 6
    y = axis(_heights(funnel), top + high, top)
    left = room_for(y)
    sizes = [float(each) for each in funnel.sizes if not isnan(each)]
    x = axis([0, *sizes], left, room - 10, about=6 if room == WIDE else 3)
    below = wrapped(f"Size: {units.size}", SIZE, room - 4)
    meaning, bottom = _key(funnel, room, top + high + 34 + len(below) * STEP)
    parts = [
        lines_of_text(head, x=1, y=TOP + SIZE, step=STEP, class_="cw-chart__unit"),
        upright(y, left, room - 4),
        *_curves(funnel, x, y, sizes),
        _dots(units, x, y, named=room == WIDE),
        along([(x.at(each), x.said(each)) for each in x.ticks], top + high + 18, left, room - 4),
        lines_of_text(below, x=left, y=top + high + 38, step=STEP, class_="cw-chart__unit"),
        meaning,
    ]
    return picture(
        *parts, key=f"{units.title} funnel {'wide' if room == WIDE else 'narrow'}",
        title=units.title, description=about, links=False, size=(room, bottom), class_="cw-boxes",
    )  # fmt: skip


def _curves(funnel: Funnel, x: Axis, y: Axis, sizes: Sequence[float]) -> Iterator[Markup]:
    level = f"M{x.start:.1f},{y.at(funnel.target):.1f}H{x.end:.1f}"
    yield tag("path", d=level, class_="cw-chart__centre")
    if not sizes:
        return
    # Closer together where units are small, since that is where the curve bends.
    least = max(min(*sizes, x.high / 200), x.high / 5_000)
    across = np.geomspace(least, x.high, _CURVE)
    for pair in zip(*funnel.limits_at(across), strict=True):
        for line in pair:
            yield tag(
                "path", d=_within(zip(across, line, strict=True), x, y), class_="cw-chart__limit"
            )


def _within(points: Iterable[tuple[float, float]], x: Axis, y: Axis) -> str:
    """A line through points, left out where it would run off the top or bottom."""
    drawn, open_end = "", False
    for size, value in points:
        inside = y.low <= value <= y.high
        if inside:
            here = f"{x.at(float(size)):.1f},{y.at(float(value)):.1f}"
            drawn += f"{'L' if open_end else 'M'}{here}"
        open_end = inside
    return drawn


def _dots(units: Units, x: Axis, y: Axis, *, named: bool) -> Markup:
    """Those inside as one path, however many; those outside as triangles that point their way."""
    funnel = units.funnel
    outer = int(funnel.levels.argmax()) if funnel.levels.size else None
    inside, parts, names = "", [], []
    for at, value in enumerate(funnel.values):
        if isnan(value):
            continue
        here = x.at(float(funnel.sizes[at])), y.at(float(value))
        side = 0 if outer is None else int(funnel.sides[outer, at])
        if side:
            parts.append(_triangle(*here, side))
            names.append((here, units.names[at], side))
        else:
            inside += f"M{here[0]:.1f},{here[1]:.1f}h0"
    dots = [tag("path", d=inside, class_="cw-funnel__inside")] if inside else []
    labels = _labels(names, x) if named and len(names) <= _NAMED else []
    return joined([*dots, *parts, *labels])


def _triangle(x: float, y: float, side: int) -> Markup:
    look = "high" if side > 0 else "low"
    shape = f"M{x:.1f},{y - 7 * side:.1f}l6,{11 * side}h-12z"
    return tag("path", d=shape, class_=f"cw-mark cw-funnel__{look}")


def _labels(names: Sequence[tuple[tuple[float, float], str, int]], x: Axis) -> Iterator[Markup]:
    for (across, down), name, side in names:
        left = across > (x.start + x.end) / 2
        yield tag(
            "text", name, x=across + (-9 if left else 9), y=down - 4 * side + 4,
            class_="cw-chart__number", text_anchor="end" if left else None,
        )  # fmt: skip


def _key(funnel: Funnel, room: float, top: float) -> tuple[Markup, float]:
    levels = " and ".join(_level(float(each)) for each in funnel.levels)
    entries = [("inside", "unit within the limits"), ("centre", "average")]
    if levels:
        entries.insert(1, ("high", "above the outer limits"))
        entries.insert(2, ("low", "below the outer limits"))
        entries.append(("limit", f"limits at {levels}"))
    return key(entries, _sample, top=top, room=room, across=3 if room == WIDE else 1)


def _sample(look: str, x: float, y: float) -> Markup:
    if look in {"high", "low"}:
        return _triangle(x + 5, y + 1, 1 if look == "high" else -1)
    if look == "inside":
        return tag("path", d=f"M{x + 5:.1f},{y:.1f}h0", class_="cw-funnel__inside")
    return line_sample(look, x, y)
