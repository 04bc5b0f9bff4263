"""A run chart as a picture, a sentence and a table: values around their median, no limits."""

from collections.abc import Iterator, Sequence
from math import isnan
from typing import NamedTuple

from markupsafe import Markup

from commonweal.outcomes.methods.polarity import Polarity
from commonweal.outcomes.methods.rule_sets import HIGH, LOW, Signal
from commonweal.outcomes.methods.run_charts import SHIFT, TREND, RunChart
from commonweal.outcomes.methods.states import State

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
from .svg import Cell, Drawing, Row, joined, lines_of_text, picture, wrapped

WIDE, NARROW = 900.0, 300.0
SIZE, STEP = 14.0, 17.0
TOP, HIGH_WIDE, HIGH_NARROW = 10.0, 270.0, 200.0

_KEY = {
    "common": "nothing unusual",
    "better": "improving",
    "worse": "getting worse",
    "neutral": "changing, neither better nor worse",
    "absent": "no value",
}


class Run(NamedTuple):
    """One measure over time, as it is to be drawn.

    chart    of one series
    periods  what each point is called, oldest first
    unit     what the numbers are
    """

    title: str
    chart: RunChart
    periods: Sequence[str]
    unit: str
    polarity: Polarity


def run_chart(given: Run) -> Drawing:
    """The run chart of one series, with every point in the table.

    raises  ValueError if there is not one period for each point
    """
    chart = given.chart
    if chart.values.ndim != 1 or chart.values.size != len(given.periods):
        raise ValueError(
            f"{len(given.periods)} periods for values of shape {chart.values.shape}: give one "
            "series and a period for each of its points."
        )
    scale = axis([*map(float, chart.values), *map(float, chart.median)], 0, 1)
    about = _sentence(given, scale)
    wide, narrow = (_picture(given, room, about) for room in (WIDE, NARROW))
    headings = ("Period", "Value", "Median", "What it shows")
    return Drawing(wide, given.title, about, headings, tuple(_rows(given, scale)), narrow, (about,))


def _sentence(given: Run, scale: Axis) -> str:
    chart = given.chart
    there = [at for at, value in enumerate(chart.values) if not isnan(value)]
    if not there:
        return f"{given.title}: no value is there to chart."
    last = there[-1]
    said = (
        f"{len(there)} values around a median of {rounded(float(chart.median[last]), scale.step)}, "
        f"from {given.periods[0]} to {given.periods[-1]}. The latest, of {given.periods[last]}, is "
        f"{rounded(float(chart.values[last]), scale.step)}. The longest run on one side of the "
        f"median has {int(chart.longest[last])}, and the line crosses it "
        f"{_times(int(chart.crossings[last]))}: "
    )
    unusual = "more ordered than chance would make it" if chart.unusual[last] else "as chance would"
    found = sorted({_why(int(each)) for each in chart.signals if each} - {""})
    return f"{said}{unusual}. {'Found: ' + ' and '.join(found) + '.' if found else ''}".rstrip()


def _times(number: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{number} times")


def _why(signal: int) -> str:
    """The reason that a point stands out, in words."""
    if signal & (Signal.SHIFT_HIGH | Signal.SHIFT_LOW):
        return f"a shift, {SHIFT} in a row on one side"
    if signal & (Signal.TREND_HIGH | Signal.TREND_LOW):
        return f"a trend, {TREND} in a row that rise or fall"
    return ""


def _look(given: Run, at: int) -> str:
    signal = int(given.chart.signals[at])
    if isnan(given.chart.values[at]):
        return "absent"
    if not signal:
        return "common"
    if given.polarity not in {Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER}:
        return "neutral"
    good = HIGH if given.polarity is Polarity.HIGHER_IS_BETTER else LOW
    return "better" if signal & good else "worse"


def _rows(given: Run, scale: Axis) -> Iterator[Row]:
    chart = given.chart
    for at, period in enumerate(given.periods):
        if isnan(chart.values[at]):
            yield Cell(period), Cell(State(int(chart.states[at])).words), Cell(""), Cell("no value")
            continue
        said, why = _KEY[_look(given, at)], _why(int(chart.signals[at]))
        value, median = (
            rounded(float(each[at]), scale.step) for each in (chart.values, chart.median)
        )
        yield Cell(period), Cell(value), Cell(median), Cell(f"{said}: {why}" if why else said)


# --- the picture ---------------------------------------------------------------------------------


def _picture(given: Run, room: float, about: str) -> Markup:
    chart, high = given.chart, HIGH_WIDE if room == WIDE else HIGH_NARROW
    head = wrapped(given.unit, SIZE, room - 4)
    top = TOP + len(head) * STEP + 6
    y = axis([*map(float, chart.values), *map(float, chart.median)], top + high, top)
    left = room_for(y)
    x = Axis(-0.5, max(1, len(given.periods)) - 0.5, left, room - 4, 1)
    looks = {_look(given, at) for at in range(len(given.periods))}
    entries = [(look, words) for look, words in _KEY.items() if look in looks]
    meaning, bottom = key(
        [*entries, ("centre", "median")], _sample, top=top + high + 40, room=room,
        across=3 if room == WIDE else 1,
    )  # fmt: skip
    names = [(x.at(at), period) for at, period in enumerate(given.periods)]
    return picture(
        lines_of_text(head, x=1, y=TOP + SIZE, step=STEP, class_="cw-chart__unit"),
        upright(y, left, room - 4), line_through(chart.median, x, y, "centre"),
        line_through(chart.values, x, y, "series"), _marks(given, x, y),
        along(names, top + high + 18, left, room - 4), meaning,
        key=f"{given.title} run chart {'wide' if room == WIDE else 'narrow'}", title=given.title,
        description=about, links=False, size=(room, bottom), class_="cw-boxes",
    )  # fmt: skip


def _marks(given: Run, x: Axis, y: Axis) -> Markup:
    return joined(
        mark(_look(given, at), x.at(at), y.start if isnan(value) else y.at(float(value)))
        for at, value in enumerate(given.chart.values)
    )


def _sample(look: str, x: float, y: float) -> Markup:
    return line_sample(look, x, y) if look == "centre" else mark(look, x + 5, y)
