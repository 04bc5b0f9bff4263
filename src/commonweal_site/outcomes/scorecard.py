"""How an area does by every indicator on record: a line for each."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

import polars as pl

from commonweal.outcomes.indicators import Indicator, IndicatorReport
from commonweal.outcomes.sentences import (
    COURSES,
    apart_in_words,
    days_in_words,
    figure_in_words,
)
from commonweal.outcomes.store.every_area import SeveralFigures
from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words, period
from commonweal.record.wording import capital

from .pictures import WITHHELD
from .reading import COUNTRY, Reading, readings

STAGES = ("start well", "live well", "age well", "die well", "")
"""Stages of life in their order; last, whatever is sorted otherwise."""


class Line(NamedTuple):
    """One indicator of one area.

    figure    in words; why there is none, if there is none
    stands    better, worse, similar, higher, lower or not compared
    beside    the benchmark's figure in words; empty without one
    course    getting better, getting worse, ...
    signal    what its control chart shows
    gap       by deprivation, in words; empty without groups
    state     improved, similar, declined, awaiting national release, not updated, retired
    because   what the state rests on: a report, or the period before
    """

    indicator: str
    name: str
    stage: str
    owner: str
    period: str
    figure: str
    known: bool
    stands: str
    beside: str
    course: str
    signal: str
    gap: str
    state: str
    because: str
    row: dict[str, Any]

    @property
    def worsening(self) -> bool:
        """Worse than the benchmark and getting worse."""
        return self.stands == "worse" and self.course == "getting worse"


def areas_that_have_figures(
    snapshot: Snapshot, system: str, known: datetime | None = None
) -> frozenset[str]:
    """Areas of a system of which there is a scorecard with figures."""
    names = [n for n in snapshot.all(Indicator) if n.partition("/")[0] in {system, "england"}]
    read = readings(snapshot, names, known).values()
    found = {area for each in read for area in each.rows["area"].unique()}
    return frozenset(each for each in found if each.startswith(f"{system}/"))


def lines(snapshot: Snapshot, area: str, known: datetime | None = None) -> tuple[Line, ...]:
    """A line for each indicator that has a figure of the area, or is measured of it.

    raises  as the store
    """
    system = area.partition("/")[0]
    names = [n for n in snapshot.all(Indicator) if n.partition("/")[0] in {system, "england"}]
    read = readings(snapshot, names, known)
    made = (_line(snapshot, read[name], area) for name in sorted(read))
    found = [each for each in made if each is not None]
    return tuple(sorted(found, key=lambda each: (STAGES.index(each.stage), each.name)))


def _line(snapshot: Snapshot, read: Reading, area: str) -> Line | None:
    fact = read.indicator
    try:
        table = read.table
    except SeveralFigures:
        table = pl.DataFrame()
    own = table.filter(pl.col("area") == area) if table.height else table
    row = own.row(0, named=True) if own.height else {}
    whole = f"{area.partition('/')[0]}/area/system"
    if not row and area != (fact.about or whole):
        return None
    if not row and not read.name.startswith(f"{area.partition('/')[0]}/"):
        return None
    state, because = _state(snapshot, read, area, row)
    there = row.get("state") == "known"
    return Line(
        indicator=read.name, name=fact.name, stage=fact.life_stage or "",
        owner=snapshot.name(fact.owner) if fact.owner else "",
        period=days_in_words(row["starts"], row["ends"]) if row else "",
        figure=_figure(row, fact), known=there,
        stands=row["compared"] if there else "not compared", beside=_beside(table, fact),
        course=COURSES.get(row["course"], row["course"]) if there else "cannot be told",
        signal=row.get("signal") or "", gap=_gap(read, area), state=state, because=because, row=row,
    )  # fmt: skip


def _figure(row: dict[str, Any], fact: Indicator) -> str:
    if not row:
        return "no figure in the store"
    if row["state"] != "known":
        return WITHHELD[row["state"]]
    return figure_in_words(row["value"], fact)


def _beside(table: pl.DataFrame, fact: Indicator) -> str:
    found = (
        table.filter(pl.col("area") == COUNTRY, pl.col("state") == "known")
        if table.height
        else table
    )
    return figure_in_words(found["value"][0], fact) if found.height else ""


def _gap(read: Reading, area: str) -> str:
    found = read.gaps().filter(pl.col("area") == area)
    if found.is_empty():
        return ""
    row = found.row(0, named=True)
    if row["state"] != "known":
        return WITHHELD[row["state"]]
    if row["slope_lower"] <= 0 <= row["slope_upper"]:
        return "none that can be told from chance"
    return apart_in_words(row["slope"], read.indicator)


# --- how it stands --------------------------------------------------------------------------------


def _state(snapshot: Snapshot, read: Reading, area: str, row: dict[str, Any]) -> tuple[str, str]:
    """As last reported, where it was reported of this area; else by the period before."""
    report = latest_report(snapshot, read.name)
    whole = f"{area.partition('/')[0]}/area/system"
    if report and report.state == "retired":
        return "retired", report.happened
    if report and report.state and area == (read.indicator.about or whole):
        of = f"reported of {in_words(report.of)}" if report.of else "as reported"
        expected = f"; expected {in_words(report.expected)}" if report.expected else ""
        if report.expected and period(report.expected)[1] <= snapshot.as_at:
            expected += ", which has passed"
        return report.state, f"{of}{expected}"
    if not row:
        return "not updated", "no figure in the store"
    if row["state"] != "known":
        return "not updated", _last_known(read, area)
    since = row["since"]
    return (
        since,
        "since the period before" if since != "cannot be told" else "no limits to judge by",
    )


def _last_known(read: Reading, area: str) -> str:
    """When there last was a figure of it."""
    own = read.of().filter(pl.col("area") == area, pl.col("state") == 0).sort("starts")
    if own.is_empty():
        return "there never was a figure"
    return f"the last figure is of {days_in_words(*own.select('starts', 'ends').row(-1))}"


def latest_report(snapshot: Snapshot, name: str) -> IndicatorReport | None:
    """What was last reported of an indicator."""
    found = [each for each in _reports(snapshot).get(name, ()) if each.of]
    return max(found, key=lambda each: period(each.of or "")[1], default=None)


@remembered
def _reports(snapshot: Snapshot) -> dict[str, list[IndicatorReport]]:
    made: dict[str, list[IndicatorReport]] = {}
    for report in snapshot.all(IndicatorReport).values():
        made.setdefault(report.indicator, []).append(report)
    return made


# --- all of it ------------------------------------------------------------------------------------


def summed_up(found: tuple[Line, ...], comparator: str) -> str:
    """How many are better, similar and worse than the benchmark, of how many."""
    live = [each for each in found if each.state != "retired"]
    told = [each for each in live if each.stands != "not compared"]
    if not found:
        return "No indicator on record has a figure of it."
    if not told:
        return f"None of its {_measures(len(live))} can be compared with {comparator}."
    parts = list(_parts(told))
    said = f"Of {_measures(len(told))} that can be compared with {comparator}, {', '.join(parts)}."
    both = sum(each.worsening for each in told)
    if both:
        said += (
            f" {capital(_number(both))} of the worse {'is' if both == 1 else 'are'} getting worse."
        )
    if rest := len(live) - len(told):
        said += f" {capital(_number(rest))} more cannot be compared."
    if gone := len(found) - len(live):
        said += f" {capital(_number(gone))} {'is' if gone == 1 else 'are'} retired."
    return said


def _parts(told: list[Line]) -> Iterator[str]:
    for word in ("better", "similar", "worse", "higher", "lower"):
        number = sum(each.stands == word for each in told)
        if number or word in {"better", "similar", "worse"}:
            yield f"{_number(number)} {'are' if number > 1 else 'is'} {word}"


def _measures(number: int) -> str:
    return "1 measure" if number == 1 else f"{number} measures"


def _number(number: int) -> str:
    words = "none one two three four five six seven eight nine".split()
    return words[number] if number < len(words) else str(number)
