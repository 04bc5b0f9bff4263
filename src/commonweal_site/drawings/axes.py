"""Scales of a chart: where a number lies in a picture, and which round numbers stand beside it."""

from collections.abc import Callable, Iterable, Sequence
from math import ceil, floor, isfinite, isnan, log10
from typing import NamedTuple

from markupsafe import Markup

from .svg import joined, tag, width

SIZE = 12.0
_ROUND = (1, 2, 2.5, 5, 10)


class Axis(NamedTuple):
    """Numbers from low to high on a line from start to end, in units of the picture.

    step  between two round numbers
    """

    low: float
    high: float
    start: float
    end: float
    step: float

    def at(self, value: float) -> float:
        """Where a number lies; beyond the line it stays at its end."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    @property
    def ticks(self) -> tuple[float, ...]:
        first, last = ceil(self.low / self.step - 1e-9), floor(self.high / self.step + 1e-9)
        return tuple(number * self.step for number in range(first, last + 1))

    def said(self, value: float) -> str:
        """A round number of the axis, with no more places than it needs."""
        return f"{value:,.{_places(self.step)}f}"


def axis(values: Iterable[float], start: float, end: float, *, about: int = 5) -> Axis:
    """An axis that all the values lie on, from one round number to another.

    about  how many round numbers there are to be
    """
    known = [each for each in values if isfinite(each)] or [0.0]
    low, high = min(known), max(known)
    if low == high:
        low, high = low - (abs(low) * 0.1 or 1), high + (abs(high) * 0.1 or 1)
    step = _round_up((high - low) / about)
    return Axis(floor(low / step) * step, ceil(high / step) * step, start, end, step)


def _round_up(rough: float) -> float:
    power = 10.0 ** floor(log10(rough))
    return float(next(each for each in _ROUND if each * power >= rough * (1 - 1e-9)) * power)


def _places(step: float) -> int:
    return next((places for places in range(9) if abs(round(step, places) - step) < step / 1e6), 9)


def rounded(value: float, step: float) -> str:
    """A value of a chart in figures, a little finer than the axis; "no value" for NaN."""
    return "no value" if value != value else f"{value:,.{_places(step) + 1}f}"  # noqa: PLR0124 - only NaN differs from itself


def upright(line: Axis, left: float, right: float) -> Markup:
    """Numbers up the left side, with a faint line across for each."""
    parts = []
    for value in line.ticks:
        y = line.at(value)
        parts += [
            tag("line", x1=left, x2=right, y1=y, y2=y, class_="cw-chart__grid"),
            tag(
                "text", line.said(value), x=left - 6, y=y + 4, class_="cw-chart__number",
                text_anchor="end",
            ),
        ]  # fmt: skip
    return joined(parts)


def room_for(line: Axis) -> float:
    """How wide the numbers of an upright axis are."""
    return max((width(line.said(value), SIZE) for value in line.ticks), default=0.0) + 10


def along(places: Sequence[tuple[float, str]], y: float, left: float, right: float) -> Markup:
    """Names under the points of a lying axis; those that would touch the one before are left out.

    The last name always stands, because it tells how recent the figures are.
    """
    kept: list[tuple[float, str]] = []
    for x, name in places:
        if not kept or _begins(x, name, right) > _ends(*kept[-1], left, right) + 12:
            kept.append((x, name))
    if places and kept[-1] != places[-1]:
        last = places[-1]
        while kept and _begins(*last, right) <= _ends(*kept[-1], left, right) + 12:
            kept.pop()
        kept.append(last)
    return joined(
        tag("text", name, x=_begins(x, name, right, left), y=y, class_="cw-chart__number")
        for x, name in kept
    )


def _begins(x: float, name: str, right: float, left: float = 0.0) -> float:
    long = width(name, SIZE)
    return max(left, min(x - long / 2, right - long))


def _ends(x: float, name: str, left: float, right: float) -> float:
    return _begins(x, name, right, left) + width(name, SIZE)


LINE = 22.0
"""From one line of a key to the next."""


def key(
    entries: Sequence[tuple[str, str]],
    sample: Callable[[str, float, float], Markup],
    *,
    top: float,
    room: float,
    across: int,
) -> tuple[Markup, float]:
    """What the marks and lines mean, so many to a line; and where it ends.

    entries  how each looks, and its words
    sample   a mark or line, by how it looks and where it stands
    """
    parts = []
    for number, (look, words) in enumerate(entries):
        x, y = 10 + number % across * room / across, top + number // across * LINE
        parts += [sample(look, x, y), tag("text", words, x=x + 24, y=y + 5, class_="cw-chart__key")]
    return joined(parts), top + -(-len(entries) // across) * LINE - 4


def line_sample(look: str, x: float, y: float) -> Markup:
    """A short stretch of a line, for a key."""
    return tag("path", d=f"M{x - 8:.1f},{y:.1f}h26", class_=f"cw-chart__{look}")


def line_through(values: Iterable[float], x: Axis, y: Axis, look: str) -> Markup:
    """A line through values at 0, 1, 2 and so on, broken where one is not there."""
    drawn, joined_up = "", False
    for at, value in enumerate(values):
        if not isnan(value):
            drawn += f"{'L' if joined_up else 'M'}{x.at(at):.1f},{y.at(value):.1f}"
        joined_up = not isnan(value)
    return tag("path", d=drawn, class_=f"cw-chart__{look}") if drawn else Markup("")
