"""A control chart as a picture, a sentence and a table; and its two signs, in shapes and words."""

from collections.abc import Iterable, Iterator, Sequence
from math import isnan
from typing import NamedTuple

from markupsafe import Markup

from commonweal.outcomes.methods.control_charts import Chart
from commonweal.outcomes.methods.icons import Assurance, Variation, icons, judged
from commonweal.outcomes.methods.polarity import Polarity
from commonweal.outcomes.methods.rule_sets import both_ways, in_words, leading
from commonweal.outcomes.methods.states import State

from .axes import Axis, along, axis, key, line_sample, room_for, rounded, upright
from .marks import mark
from .svg import Cell, Drawing, Row, joined, lines_of_text, picture, tag, wrapped

WIDE, NARROW = 900.0, 300.0
SIZE, STEP = 14.0, 17.0
TOP, HIGH_WIDE, HIGH_NARROW = 10.0, 270.0, 200.0

_LOOKS = {
    Variation.COMMON_CAUSE: "common",
    Variation.IMPROVING_HIGH: "better",
    Variation.IMPROVING_LOW: "better",
    Variation.CONCERN_HIGH: "worse",
    Variation.CONCERN_LOW: "worse",
    Variation.NEUTRAL_HIGH: "neutral",
    Variation.NEUTRAL_LOW: "neutral",
    Variation.UNUSUAL: "neutral",
}
_KEY = {
    "common": "no significant change",
    "better": "improving",
    "worse": "getting worse",
    "neutral": "changing, neither better nor worse",
}


class Series(NamedTuple):
    """One measure over time, as it is to be drawn.

    chart    of one series
    periods  what each point is called, oldest first
    unit     what the numbers are, such as "per cent of people"
    polarity which way is better
    target   if one is set
    """

    title: str
    chart: Chart
    periods: Sequence[str]
    unit: str
    polarity: Polarity
    target: float | None = None


def control_chart(series: Series) -> Drawing:
    """The chart of one series, with every point in the table.

    raises  ValueError if there is not one period for each point
    """
    chart = series.chart
    if chart.values.ndim != 1 or chart.values.size != len(series.periods):
        raise ValueError(
            f"{len(series.periods)} periods for values of shape {chart.values.shape}: give one "
            "series and a period for each of its points."
        )
    scale = axis(_all_values(series), 0, 1)
    about = _sentence(series, scale)
    wide, narrow = (_picture(series, room, about) for room in (WIDE, NARROW))
    headings = ("Period", "Value", "Centre", "Lower limit", "Upper limit", "What it shows")
    return Drawing(
        wide, series.title, about, headings, tuple(_rows(series, scale)), narrow, (about,)
    )


def _all_values(series: Series) -> list[float]:
    chart = series.chart
    lines = (chart.values, chart.lower, chart.upper, chart.centre)
    target = [] if series.target is None else [series.target]
    return [*(float(each) for line in lines for each in line), *target]


def _sentence(series: Series, scale: Axis) -> str:
    chart, signs = series.chart, icons(series.chart, series.polarity, [series.target])
    at = int(signs.at[0])
    if at < 0:
        return f"{series.title}: no value is there to chart."
    latest = rounded(float(chart.values[at]), scale.step)
    said = (
        f"{_counted(chart)}, from {series.periods[0]} to {series.periods[-1]}. The latest, of "
        f"{series.periods[at]}, is {latest}: {_lower_first(Variation(signs.variation[0]).words)}"
        f"{_because(chart, at)}."
    )
    return said + _about_limits(chart, at, scale) + _about_target(series, signs.assurance[0], scale)


def _counted(chart: Chart) -> str:
    there = int((chart.states == State.KNOWN.value).sum())
    missing = chart.values.size - there
    said = f"{there} value{'' if there == 1 else 's'}"
    return said + (
        f", and {missing} that {'is' if missing == 1 else 'are'} not there" if missing else ""
    )


def _because(chart: Chart, at: int) -> str:
    reason = int(leading(chart.signals)[at])
    if not reason:
        return ""
    also = ", and part of an opposite pattern too" if both_ways(chart.signals)[at] else ""
    return f" ({in_words(reason, chart.rules)}{also})"


def _about_limits(chart: Chart, at: int, scale: Axis) -> str:
    if isnan(chart.upper[at]):
        return " There are too few values for limits."
    low, high = (rounded(float(each[at]), scale.step) for each in (chart.lower, chart.upper))
    trial = (
        f" The limits rest on {int(chart.rests_on[at])} values only, so they are trial limits."
        if chart.trial[at]
        else ""
    )
    return (
        f" Chance alone would keep it between {low} and {high} (rules: {chart.rules.name}).{trial}"
    )


def _about_target(series: Series, assurance: int, scale: Axis) -> str:
    if series.target is None:
        return " No target is set."
    aim = rounded(series.target, scale.step)
    return f" The target is {aim}: {_lower_first(Assurance(assurance).words)}."


def _lower_first(words: str) -> str:
    return words[0].lower() + words[1:]


def _rows(series: Series, scale: Axis) -> Iterator[Row]:
    chart = series.chart
    shown = judged(chart, series.polarity)
    reasons = leading(chart.signals)
    for at, period in enumerate(series.periods):
        if chart.states[at] != State.KNOWN.value:
            words = State(int(chart.states[at])).words
            yield (Cell(period), Cell(words), *(Cell("") for _ in range(3)), Cell("no value"))
            continue
        lines = (chart.values, chart.centre, chart.lower, chart.upper)
        numbers = (Cell(rounded(float(each[at]), scale.step)) for each in lines)
        said = Variation(int(shown[at])).words.split(":")[0]
        reason = int(reasons[at])
        because = f": {in_words(reason, chart.rules)}" if reason else ""
        yield (Cell(period), *numbers, Cell(said + because))


# --- the picture ---------------------------------------------------------------------------------


def _picture(series: Series, room: float, about: str) -> Markup:
    high = HIGH_WIDE if room == WIDE else HIGH_NARROW
    head = wrapped(series.unit, SIZE, room - 4)
    top = TOP + len(head) * STEP + 6
    y = axis(_all_values(series), top + high, top)
    left = room_for(y)
    many = max(1, len(series.periods))
    x = Axis(-0.5, many - 0.5, left, room - 4, 1)
    meaning, bottom = _key(series, room, top + high + 40)
    parts = [
        lines_of_text(head, x=1, y=TOP + SIZE, step=STEP, class_="cw-chart__unit"),
        upright(y, left, room - 4),
        *_lines(series, x, y),
        _points(series, x, y),
        along(
            [(x.at(at), period) for at, period in enumerate(series.periods)], top + high + 18,
            left, room - 4,
        ),
        meaning,
    ]  # fmt: skip
    return picture(
        *parts, key=f"{series.title} chart {'wide' if room == WIDE else 'narrow'}",
        title=series.title, description=about, links=False, size=(room, bottom),
        class_="cw-boxes",
    )  # fmt: skip


def _lines(series: Series, x: Axis, y: Axis) -> Iterator[Markup]:
    chart = series.chart
    yield _steps(chart.lower, x, y, "limit")
    yield _steps(chart.upper, x, y, "limit")
    yield _steps(chart.centre, x, y, "centre")
    if series.target is not None:
        yield _steps([series.target] * len(series.periods), x, y, "target")


def _steps(values: Iterable[float], x: Axis, y: Axis, look: str) -> Markup:
    """A line that keeps its height over each point, broken where there is none or it changes."""
    drawn, before = "", float("nan")
    for at, value in enumerate(values):
        if not isnan(value):
            if value != before:
                drawn += f"M{x.at(at - 0.5):.1f},{y.at(value):.1f}"
            drawn += f"H{x.at(at + 0.5):.1f}"
        before = value
    return tag("path", d=drawn, class_=f"cw-chart__{look}") if drawn else Markup("")


def _points(series: Series, x: Axis, y: Axis) -> Markup:
    """The values joined up, with a mark for each in the shape of what it shows."""
    chart = series.chart
    shown = judged(chart, series.polarity)
    line, marks, open_end = "", [], False
    for at, value in enumerate(chart.values):
        if isnan(value):
            marks.append(mark("absent", x.at(at), y.start))
            open_end = False
            continue
        line += f"{'L' if open_end else 'M'}{x.at(at):.1f},{y.at(value):.1f}"
        marks.append(mark(_LOOKS[Variation(int(shown[at]))], x.at(at), y.at(value)))
        open_end = True
    return joined([tag("path", d=line or "M0,0", class_="cw-chart__series"), *marks])


def _key(series: Series, room: float, top: float) -> tuple[Markup, float]:
    """What the lines and marks mean, of those that are there."""
    chart = series.chart
    codes = [Variation(int(each)) for each in judged(chart, series.polarity)]
    looks = [look for look in _KEY if look in {_LOOKS.get(code) for code in codes}]
    entries = [(look, _KEY[look]) for look in looks]
    if Variation.NO_VALUE in codes:
        entries.append(("absent", "no value"))
    entries += [("centre", "centre"), ("limit", "process limits")]
    if series.target is not None:
        entries.append(("target", "target"))
    return key(entries, _sample, top=top, room=room, across=3 if room == WIDE else 1)


def _sample(look: str, x: float, y: float) -> Markup:
    if look in {"centre", "limit", "target"}:
        return line_sample(look, x, y)
    return mark(look, x + 5, y)


# --- the two signs -------------------------------------------------------------------------------

_ARROWS = {
    Variation.IMPROVING_HIGH: "up",
    Variation.CONCERN_HIGH: "up",
    Variation.NEUTRAL_HIGH: "up",
    Variation.IMPROVING_LOW: "down",
    Variation.CONCERN_LOW: "down",
    Variation.NEUTRAL_LOW: "down",
}
_INSIDE = {
    "up": "M24,34v-20m-8,8l8,-8l8,8",
    "down": "M24,14v20m-8,-8l8,8l8,-8",
    "steady": "M10,26q7,-12 14,-2t14,-2",
    "none": "M14,24h20",
    "pass": "M14,25l7,7l14,-16",
    "fail": "M15,15l18,18m0,-18l-18,18",
}
_FRAMES = {
    "common": "M24,3a21,21 0 1 0 0.01,0z",
    "better": "M4,4h40v40h-40z",
    "worse": "M24,1l23,23l-23,23l-23,-23z",
    "neutral": "M13,4h22l11,20l-11,20h-22l-11,-20z",
}
_ASSURED = {
    Assurance.PASSES: ("better", "pass"),
    Assurance.FAILS: ("worse", "fail"),
    Assurance.HIT_OR_MISS: ("common", "ask"),
    Assurance.CANNOT_TELL: ("common", "none"),
    Assurance.NO_TARGET: ("common", "none"),
}


def signs(series: Series) -> Drawing:
    """Variation and assurance side by side, each a shape with its words."""
    found = icons(series.chart, series.polarity, [series.target])
    variation, assurance = Variation(int(found.variation[0])), Assurance(int(found.assurance[0]))
    rows = ((Cell("Variation"), Cell(variation.words)), (Cell("Assurance"), Cell(assurance.words)))
    about = f"Variation: {variation.words}. Assurance: {assurance.words}."
    title = f"{series.title}: variation and assurance"
    first, below = _sign(_shape(variation), variation.words, 2)
    second, bottom = _sign(_ASSURED[assurance], assurance.words, below + 8)
    svg = picture(
        first, second, key=title, title=title, description=about, links=False,
        size=(NARROW, bottom), class_="cw-small",
    )  # fmt: skip
    return Drawing(svg, title, about, ("Sign", "What it says"), rows)


def _shape(variation: Variation) -> tuple[str, str]:
    if variation is Variation.NO_VALUE:
        return "common", "none"
    return _LOOKS[variation], _ARROWS.get(variation, "steady")


def _sign(shape: tuple[str, str], words: str, top: float) -> tuple[Markup, float]:
    frame, inside = shape
    lines = wrapped(words, SIZE, NARROW - 62)
    drawn = (
        tag("text", "?", x=24, y=33, class_="cw-sign__ask", text_anchor="middle")
        if inside == "ask"
        else tag("path", d=_INSIDE[inside], class_="cw-sign__inside")
    )
    sign = tag(
        "g", tag("path", d=_FRAMES[frame], class_=f"cw-sign cw-sign--{frame}"), drawn,
        transform=f"translate(0 {top:.6g})",
    )  # fmt: skip
    middle = top + 24 - (len(lines) - 1) * STEP / 2 + 5
    text = lines_of_text(lines, x=60, y=middle, step=STEP, class_="cw-chart__key")
    return joined([sign, text]), top + max(48, len(lines) * STEP) + 2
