"""Many futures as a fan: the middle one, the half nearest to it, and eight of ten."""

from collections.abc import Iterator, Sequence
from math import isnan
from typing import NamedTuple

from markupsafe import Markup

from .axes import Axis, along, axis, key, line_sample, room_for, upright
from .svg import Cell, Drawing, Row, joined, lines_of_text, picture, tag, wrapped

WIDE, NARROW = 900.0, 300.0
_SIZE, _STEP, _TOP = 14.0, 17.0, 10.0
_HIGH = {WIDE: 280.0, NARROW: 210.0}


type _Ends = tuple[Sequence[float], Sequence[float]]


class Fan(NamedTuple):
    """What is to come, year by year.

    unit     what the numbers are, such as "beds"
    years    the first is the base year, which is known
    middle   of each year
    bands    pairs of lower and upper ends of each year, the widest first; none: means alone
    planned  what is planned for each year, none where it is not stated; empty: nothing to show
    about    the picture in a sentence
    each     what each step is, if it is no year
    line     what the middle is called; empty: the middle, or the mean, of all futures
    against  what `planned` is called
    """

    title: str
    unit: str
    years: Sequence[int]
    middle: Sequence[float]
    bands: tuple[_Ends, ...]
    planned: Sequence[float | None]
    about: str
    each: str = "Year"
    line: str = ""
    against: str = "Planned"

    @property
    def called(self) -> str:
        """What the line in the middle is."""
        return self.line or ("Middle of all futures" if self.bands else "Mean of all futures")


def fan_chart(fan: Fan) -> Drawing:
    """The fan, with every year in its table."""
    wide, narrow = (_picture(fan, room) for room in (WIDE, NARROW))
    heads = [fan.each, fan.called]
    heads += ["Eight of ten futures lie between"] if fan.bands else []
    heads += [fan.against] if fan.planned else []
    return Drawing(
        wide, fan.title, fan.about, tuple(heads), tuple(_rows(fan)), narrow, (fan.about,)
    )


def _rows(fan: Fan) -> Iterator[Row]:
    for at, year in enumerate(fan.years):
        cells = [str(year), _said(fan.middle[at])]
        if fan.bands:
            low, high = (each[at] for each in fan.bands[0])
            cells.append("known" if at == 0 else f"{_said(low)} and {_said(high)}")
        if fan.planned:
            planned = fan.planned[at]
            cells.append("Not stated" if planned is None else _said(planned))
        yield tuple(Cell(each) for each in cells)


def _said(value: float) -> str:
    return "not known" if isnan(value) else f"{value:,.0f}"


def _picture(fan: Fan, room: float) -> Markup:
    head = wrapped(fan.unit, _SIZE, room - 4)
    top = _TOP + len(head) * _STEP + 6
    foot = top + _HIGH[room]
    y = axis(_all_values(fan), foot, top)
    left = room_for(y)
    x = Axis(fan.years[0], fan.years[-1], left + 6, room - 8, 1)
    meaning, bottom = key(
        _entries(fan), _sample, top=foot + 40, room=room, across=2 if room == WIDE else 1
    )
    parts = [
        lines_of_text(head, x=1, y=_TOP + _SIZE, step=_STEP, class_="cw-chart__unit"),
        upright(y, left, room - 4),
        joined(
            _band(ends, fan.years, (x, y), f"cw-fan__band-{number}")
            for number, ends in enumerate(fan.bands)
        ),
        _line(fan.middle, fan.years, x, y, "cw-fan__middle"),
        _stairs(fan.planned, fan.years, x, y),
        along([(x.at(year), str(year)) for year in fan.years], foot + 18, left, room - 4),
        meaning,
    ]
    return picture(
        *parts, key=f"{fan.title} fan {'wide' if room == WIDE else 'narrow'}", title=fan.title,
        description=fan.about, links=False, size=(room, bottom), class_="cw-boxes",
    )  # fmt: skip


def _all_values(fan: Fan) -> list[float]:
    ends = [value for low, high in fan.bands for value in (*low, *high)]
    return [*fan.middle, *ends, *(each for each in fan.planned if each is not None)]


def _band(ends: _Ends, years: Sequence[int], axes: tuple[Axis, Axis], class_: str) -> Markup:
    there, (x, y) = list(zip(years, *ends, strict=True)), axes
    upper = [f"{x.at(year):.1f},{y.at(top):.1f}" for year, _, top in there]
    lower = [f"{x.at(year):.1f},{y.at(end):.1f}" for year, end, _ in reversed(there)]
    return tag("polygon", points=" ".join([*upper, *lower]), class_=class_)


def _line(values: Sequence[float], years: Sequence[int], x: Axis, y: Axis, class_: str) -> Markup:
    points = " ".join(
        f"{x.at(year):.1f},{y.at(value):.1f}" for year, value in zip(years, values, strict=True)
    )
    return tag("polyline", points=points, class_=class_)


def _stairs(planned: Sequence[float | None], years: Sequence[int], x: Axis, y: Axis) -> Markup:
    """What is planned for a year stands until the next; nothing where it is not stated."""
    drawn, before = "", None
    for year, value in zip(years, planned, strict=False):
        if value is not None:
            place, height = x.at(year), y.at(value)
            drawn += (
                f"M{place:.1f},{height:.1f}" if before is None else f"H{place:.1f}V{height:.1f}"
            )
        before = value
    return tag("path", d=drawn, class_="cw-chart__target") if drawn else Markup("")


def _entries(fan: Fan) -> list[tuple[str, str]]:
    made = [("cw-fan__middle", f"{fan.called[:1].lower()}{fan.called[1:]}")]
    if fan.bands:
        made += [("cw-fan__band-0", "eight of ten futures"), ("cw-fan__band-1", "five of ten")]
    return [*made, *([("target", fan.against.lower())] if any(fan.planned) else [])]


def _sample(look: str, x: float, y: float) -> Markup:
    if look == "target":
        return line_sample(look, x, y)
    if look == "cw-fan__middle":
        return tag("path", d=f"M{x - 8:.1f},{y:.1f}h26", class_=look)
    return tag("rect", x=x - 8, y=y - 7, width=26, height=14, class_=look)
