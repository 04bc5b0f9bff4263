"""What figures say, in sentences: the figure, how it stands beside England, where it is heading."""

from collections.abc import Mapping
from datetime import date
from math import ceil, log10
from typing import Any

from commonweal.record.wording import capital

from .indicators import Indicator

_MONTHS = (
    "January February March April May June July August September October November December"
).split()  # fmt: skip

STANDS = {
    "better": "better than",
    "worse": "worse than",
    "similar": "similar to",
    "higher": "higher than",
    "lower": "lower than",
}
"""How a figure stands beside a benchmark, as a sentence says it."""

COURSES = {"no significant change": "not clearly changing", "cannot be told": "cannot be told"}
"""Where a figure is heading, where plain words differ from those of the methods."""

STATES = {
    "known": "",
    "missing": "no figure is on record",
    "suppressed": "withheld, so that nobody can be told apart",
    "not applicable": "there can be none: nobody, or too few for the method",
}
"""Why a figure is not there, in words."""


def days_in_words(starts: date, ends: date) -> str:
    """A half-open period as people call it.

    >>> days_in_words(date(2024, 4, 1), date(2025, 4, 1))
    '2024/25'
    >>> days_in_words(date(2025, 10, 1), date(2026, 1, 1))
    'October to December 2025'
    """
    months = (ends.year - starts.year) * 12 + ends.month - starts.month
    if starts.day != 1 or ends.day != 1 or months < 1:
        last = date.fromordinal(ends.toordinal() - 1)
        return _day(starts) if last == starts else f"{_day(starts)} to {_day(last)}"
    last = date(ends.year - (ends.month == 1), (ends.month - 2) % 12 + 1, 1)
    if months == 12:  # noqa: PLR2004 - months of a year
        plain = {1: f"{starts.year}", 4: f"{starts.year}/{ends.year % 100:02}"}
        if starts.month in plain:
            return plain[starts.month]
    if months == 1:
        return f"{_MONTHS[starts.month - 1]} {starts.year}"
    year = "" if last.year == starts.year else f" {starts.year}"
    return f"{_MONTHS[starts.month - 1]}{year} to {_MONTHS[last.month - 1]} {last.year}"


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def figure_in_words(value: float, indicator: Indicator) -> str:
    """A figure with its unit, to no more places than it can bear.

    >>> figure_in_words(62.1284, Indicator(name="Ready for school", unit="percentage"))
    '62.1%'
    >>> figure_in_words(78.31, Indicator(name="Deaths", unit="rate", per=100000))
    '78.3 per 100,000'
    """
    said = number_in_words(value)
    if indicator.unit == "percentage":
        return f"{said}%"
    if indicator.unit == "rate" and indicator.per:
        return f"{said} per {indicator.per:,}"
    return f"{said} {indicator.unit}" if indicator.unit in {"days", "years"} else said


def number_in_words(value: float) -> str:
    """A figure without its unit, to no more places than it can bear."""
    return f"{value:,.{_places(value)}f}".replace("-", "−")


def _places(value: float) -> int:
    """Three figures or more, and never more than two places."""
    return min(2, max(0, 3 - ceil(log10(abs(value))))) if abs(value) >= 1 else 2


def apart_in_words(value: float, indicator: Indicator) -> str:
    """How far apart two figures are; of percentages in points, since it is no share of anything."""
    return f"{number_in_words(value)}{' points' if indicator.unit == 'percentage' else ''}"


def unit_in_words(indicator: Indicator) -> str:
    """What the numbers of an indicator are."""
    if indicator.unit == "percentage":
        return "per cent"
    if indicator.unit == "rate" and indicator.per:
        return f"rate per {indicator.per:,}"
    return indicator.unit if indicator.unit != "not stated" else "value"


def course_in_words(row: Mapping[str, Any]) -> str:
    """Where an area is heading, and how that is told.

    row  of `every_area`
    """
    course = row["course"]
    if course == "cannot be told":
        return f"its course cannot be told from {_periods(row['periods'])}"
    by = "its latest five years" if row["trend"] != "cannot be calculated" else "its control chart"
    return f"{COURSES.get(course, course)}, by {by}"


def _periods(number: int) -> str:
    return "one period" if number == 1 else f"{number} periods"


def answer(
    row: Mapping[str, Any],
    indicator: Indicator,
    *,
    area: str,
    beside: tuple[str, float] | None,
    whom: str = "",
) -> str:
    """The one sentence that says it all of one area: figure, period, comparison, course.

    row     of `every_area`
    beside  what the benchmark is called, and its figure
    whom    the sex, where it is not of everybody
    """
    when = days_in_words(row["starts"], row["ends"])
    if row["state"] != "known":
        return f"{capital(area)}, {when}: {STATES[row['state']]}."
    of = f" ({whom})" if whom not in {"", "persons"} else ""
    said = f"In {area} it was {figure_in_words(row['value'], indicator)}{of} in {when}"
    if beside and row["compared"] in STANDS:
        stands = STANDS[row["compared"]]
        said += f": {stands} {beside[0]} ({figure_in_words(beside[1], indicator)})"
    elif beside:
        said += f", beside {figure_in_words(beside[1], indicator)} in {beside[0]}"
    joint = " and" if row["compared"] in STANDS else ";"
    return f"{said}{joint} {course_in_words(row)}."


def gap_in_words(row: Mapping[str, Any], indicator: Indicator) -> str:
    """What the slope index of an area says.

    row  of `gaps`
    """
    if row["state"] != "known":
        why = {"suppressed": "withheld"}.get(row["state"], row["state"])
        return f"The gap cannot be told: the figure of one group or more is {why}."
    unit = {"percentage": " percentage points"}.get(indicator.unit, f" {unit_in_words(indicator)}")
    places = _places(row["slope"])
    slope = f"{abs(row['slope']):,.{places}f}"
    low, high = (f"{row[name]:,.{places}f}" for name in ("slope_lower", "slope_upper"))
    limits = f"limits at 95%: {low} to {high}".replace("-", "−")
    when = days_in_words(row["starts"], row["ends"])
    if row["slope_lower"] <= 0 <= row["slope_upper"]:
        return f"In {when} no gap by deprivation can be told from chance ({limits}{unit})."
    if indicator.polarity in {"higher is better", "lower is better"}:
        worse = "most" if row["slope"] > 0 else "least"
        return (
            f"In {when} the most and the least deprived people were {slope}{unit} apart, to the "
            f"disadvantage of the {worse} deprived ({limits})."
        )
    higher = "least" if row["slope"] > 0 else "most"
    return (
        f"In {when} it was {slope}{unit} higher among the {higher} deprived than at the other end "
        f"({limits})."
    )
