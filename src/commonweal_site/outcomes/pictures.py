"""The pictures of an indicator: over time, side by side, by deprivation, as a funnel."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from django.conf import settings

from commonweal.areas.containment import direct_wholes
from commonweal.areas.facts import Area
from commonweal.outcomes.indicators import Indicator
from commonweal.outcomes.methods.control_charts import DOTS, xmr
from commonweal.outcomes.methods.funnels import (
    Funnel,
    proportion_funnel,
    rate_funnel,
    standardised_rate_funnel,
)
from commonweal.outcomes.methods.overdispersion import (
    overdispersed_proportion,
    overdispersed_rate,
)
from commonweal.outcomes.methods.polarity import Polarity
from commonweal.outcomes.methods.run_charts import run
from commonweal.outcomes.methods.states import Figures, State
from commonweal.outcomes.sentences import (
    course_in_words,
    days_in_words,
    figure_in_words,
    gap_in_words,
    unit_in_words,
)
from commonweal.outcomes.store.every_area import figured, over_time
from commonweal.record.snapshot import Snapshot
from commonweal.record.wording import capital
from commonweal_site.areas import boundaries
from commonweal_site.drawings.control_chart import Series, control_chart
from commonweal_site.drawings.dots import Dot, Dots, dots
from commonweal_site.drawings.funnel import Units, funnel_plot
from commonweal_site.drawings.measure_map import Spot, measure_map, measure_tiles
from commonweal_site.drawings.over_time import Point, Years
from commonweal_site.drawings.over_time import over_time as years_drawn
from commonweal_site.drawings.run_chart import Run, run_chart
from commonweal_site.drawings.svg import Drawing

from .asked import Asked
from .reading import COUNTRY, Reading

WITHHELD = {"suppressed": "withheld", "missing": "no figure", "not applicable": "not applicable"}
ORDER = (
    "country",
    "region",
    "system",
    "council area",
    "place",
    "neighbourhood",
    "cluster",
    "network",
)
"""Types of area from wide to narrow."""

FEWEST_IN_FUNNEL, FEWEST_TO_WIDEN = 5, 20
FEWEST_TO_RUN = 10
"""As many values as a run chart needs to tell anything (Perla, Provost and Murray 2011)."""

_MANY_OUTSIDE = 0.25


def comparator_of(snapshot: Snapshot, system: str) -> str:
    """What England is called: an invented system has an invented England."""
    return "invented England" if system in snapshot.invented else "England"


class Scene(NamedTuple):
    """What the pictures of one page are drawn from.

    table  `every_area` for the choice that was asked for
    rows   the same before it was judged
    """

    snapshot: Snapshot
    reading: Reading
    asked: Asked
    rows: pl.DataFrame
    table: pl.DataFrame

    @property
    def indicator(self) -> Indicator:
        return self.reading.indicator

    @property
    def area_name(self) -> str:
        return self.name_of(self.asked.area)

    def row(self, area: str) -> Mapping[str, Any] | None:
        """What is known of an area."""
        found = self.table.filter(pl.col("area") == area) if self.table.width > 1 else self.table
        return None if found.is_empty() else found.row(0, named=True)

    @property
    def beside(self) -> tuple[str, float] | None:
        """What the figures are set beside; None, if it has no figure for the latest period."""
        row = self.row(COUNTRY)
        if row is None or row["state"] != "known":
            return None
        return self.comparator, row["value"]

    @property
    def comparator(self) -> str:
        """What England is called."""
        return comparator_of(self.snapshot, self.reading.name.partition("/")[0])

    def name_of(self, area: str) -> str:
        """What an area is called."""
        return self.comparator if area == COUNTRY else self.snapshot.name(area)

    def type_of(self, area: str) -> str:
        fact = self.snapshot.get(area)
        return fact.type if isinstance(fact, Area) else ""


def wide_first(scene: Scene, areas: Sequence[str]) -> list[str]:
    """Areas by type from wide to narrow, then by name: never by their figures."""

    def order(area: str) -> tuple[int, str, str]:
        type_ = scene.type_of(area)
        return (
            ORDER.index(type_) if type_ in ORDER else len(ORDER),
            type_,
            scene.name_of(area),
        )

    return sorted(areas, key=order)


# --- over time ------------------------------------------------------------------------------------


def time_drawn(scene: Scene) -> Drawing | None:
    """The area over time: a control chart where there are points enough, else with its limits."""
    own = over_time(scene.rows, scene.reading.measure)
    series = own.filter(pl.col("area") == scene.asked.area).sort("starts")
    first = series.filter(pl.col("state") != "missing")["starts"].min()
    if first is None:
        return None
    series = series.filter(pl.col("starts") >= first)
    known = series.filter(pl.col("state") == "known")
    wanted = scene.asked.chart or fitting(known)
    if wanted == "run" and known.height >= FEWEST_TO_RUN:
        return run_chart(_run(scene, series))
    if wanted == "control" and known.height >= DOTS.fewest:
        return control_chart(_charted(scene, series))
    beside = own.filter(pl.col("area") == COUNTRY).select("starts", beside="value")
    joined = series.join(beside, on="starts", how="left", maintain_order="left")
    return years_drawn(_years(scene, joined))


def fitting(known: pl.DataFrame) -> str:
    """Which chart fits: with points enough a control chart; with some and no limits, a run chart.

    Anything else is drawn as it is, with its limits: "" for that.
    """
    if known.height >= DOTS.fewest:
        return "control"
    unlimited = known["lower_95"].is_null().all()
    return "run" if unlimited and known.height >= FEWEST_TO_RUN else ""


def other_chart(scene: Scene) -> str:
    """The chart that may be asked for in place of the one shown; empty, if there is none."""
    rows = scene.rows.filter(pl.col("area") == scene.asked.area, pl.col("state") == 0)
    if rows.height < DOTS.fewest:
        return ""
    return "control" if scene.asked.chart == "run" else "run"


def _figures(series: pl.DataFrame) -> Figures:
    values = series["value"].fill_null(float("nan")).to_numpy()
    return Figures(values, np.array([_CODES[state] for state in series["state"]], np.int8))


def _run(scene: Scene, series: pl.DataFrame) -> Run:
    periods = [days_in_words(*days) for days in series.select("starts", "ends").rows()]
    return Run(
        f"{scene.indicator.name}: {scene.area_name}", run(_figures(series)), periods,
        unit_in_words(scene.indicator), Polarity(scene.reading.measure.polarity),
    )  # fmt: skip


def _charted(scene: Scene, series: pl.DataFrame) -> Series:
    target = scene.indicator.target
    return Series(
        f"{scene.indicator.name}: {scene.area_name}", xmr(_figures(series)),
        [days_in_words(*days) for days in series.select("starts", "ends").rows()],
        unit_in_words(scene.indicator), Polarity(scene.reading.measure.polarity),
        float(target.value) if target and target.value is not None else None,
    )  # fmt: skip


_CODES = {each.words: each.value for each in State}


def _years(scene: Scene, joined: pl.DataFrame) -> Years:
    target, row = scene.indicator.target, scene.row(scene.asked.area)
    there = not joined["beside"].is_null().all()
    return Years(
        f"{scene.indicator.name}: {scene.area_name}", list(_points(joined)),
        unit_in_words(scene.indicator), scene.comparator if there else "",
        float(target.value) if target and target.value is not None else None,
        f"{capital(course_in_words(row))}." if row and row["state"] == "known" else "",
    )  # fmt: skip


def _points(joined: pl.DataFrame) -> Iterator[Point]:
    numbers = ("value", "lower_95", "upper_95", "beside")
    for row in joined.iter_rows(named=True):
        value, low, high, beside = (
            float("nan") if row[name] is None else float(row[name]) for name in numbers
        )
        period, absent = days_in_words(row["starts"], row["ends"]), WITHHELD.get(row["state"], "")
        yield Point(period, value, low, high, beside, absent)


# --- side by side ---------------------------------------------------------------------------------


def areas_drawn(scene: Scene, link: Mapping[str, str]) -> Drawing | None:
    """Every area beside England, in the order of its name.

    link  the address of each area's own figures
    """
    areas = wide_first(scene, [each for each in scene.table["area"] if each != COUNTRY])
    made = [_dot(scene, area, link.get(area)) for area in areas]
    if len(made) <= 1:
        return None
    when = days_in_words(*scene.table.select("starts", "ends").row(0))
    return dots(
        Dots(
            f"{scene.indicator.name}, {when}, area by area", made, unit_in_words(scene.indicator),
            beside=scene.beside,
        )
    )  # fmt: skip


def _dot(scene: Scene, area: str, href: str | None) -> Dot:
    row = scene.row(area) or {"state": "missing", "compared": "not compared"}
    known = row["state"] == "known"
    return Dot(
        scene.name_of(area), row["value"] if known else None,
        row["lower_95"] if known else None, row["upper_95"] if known else None,
        row["compared"], href, WITHHELD.get(row["state"], ""), _heading(scene, area),
    )  # fmt: skip


def _heading(scene: Scene, area: str) -> str:
    return {"place": "Places", "neighbourhood": "Neighbourhoods", "cluster": "Clusters",
            "network": "Networks of practices", "system": "System", "council area": "Councils"}.get(
        scene.type_of(area), capital(scene.type_of(area)))  # fmt: skip


# --- on a map -------------------------------------------------------------------------------------


def map_drawn(scene: Scene, link: Mapping[str, str]) -> Drawing | None:
    """The smallest areas that cover the system: by their boundaries, or as tiles."""
    for type_ in ("neighbourhood", "cluster", "place", "system"):
        areas = [each for each in scene.table["area"] if scene.type_of(each) == type_]
        if len(areas) > 1:
            break
    else:
        return None
    spots = {area: _spot(scene, area, link.get(area)) for area in wide_first(scene, areas)}
    when = days_in_words(*scene.table.select("starts", "ends").row(0))
    title = f"{scene.indicator.name}, {when}: {type_}s"
    about = f"Each beside {scene.comparator}."
    shapes = boundaries.shapes_of(scene.snapshot, areas, settings.DATA_DIR)
    if shapes:
        notes = boundaries.licences(scene.snapshot, settings.DATA_DIR)
        return measure_map(title, spots, shapes, about, notes)
    return measure_tiles(title, sorted(spots.values(), key=lambda each: each.within), about)


def _spot(scene: Scene, area: str, href: str | None) -> Spot:
    row = scene.row(area) or {"state": "missing", "compared": "not compared"}
    wholes_of = [
        each.area
        for each in direct_wholes(scene.snapshot, area)
        if scene.type_of(each.area) in {"place", "system"}
    ]
    within = scene.snapshot.name(wholes_of[0]) if wholes_of else ""
    known = row["state"] == "known"
    figure = figure_in_words(row["value"], scene.indicator) if known else WITHHELD[row["state"]]
    return Spot(scene.name_of(area), figure, row["compared"], href, within, absent=not known)


# --- by deprivation -------------------------------------------------------------------------------


class Gap(NamedTuple):
    """The gap of one area: a sentence and a picture of its groups."""

    said: str
    drawing: Drawing


def gap_drawn(scene: Scene, area: str) -> Gap | None:
    """The gap by deprivation of an area; None where there are no groups."""
    own = scene.reading.by_group(scene.asked.choice).filter(pl.col("area") == area)
    found = scene.reading.gaps(scene.asked.choice).filter(pl.col("area") == area)
    if own.is_empty() or found.is_empty():
        return None
    row = found.row(0, named=True)
    latest = own.filter(pl.col("starts") == row["starts"]).sort("rung")
    said = gap_in_words(row, scene.indicator)
    made = [
        _fifth(each, latest.height)
        for each in figured(latest, scene.reading.measure).iter_rows(named=True)
    ]
    name = scene.name_of(area)
    when = days_in_words(row["starts"], row["ends"])
    title = f"{scene.indicator.name}, {when}, by deprivation: {name}"
    drawn = dots(Dots(title, made, unit_in_words(scene.indicator), "Group", about=said))
    return Gap(said, drawn._replace(notes=()))


def _fifth(row: Mapping[str, Any], number: int) -> Dot:
    ends = {1: "Most deprived fifth", number: "Least deprived fifth"}
    name = (
        ends.get(row["rung"], f"{capital(_NTH[row['rung']])} fifth")
        if number == len(_NTH)
        else row["group"]
    )
    known = row["state"] == "known"
    return Dot(
        name, row["value"] if known else None, row["lower_95"] if known else None,
        row["upper_95"] if known else None, absent=WITHHELD.get(row["state"], ""),
    )  # fmt: skip


_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "last"}


# --- variation ------------------------------------------------------------------------------------


class Variation(NamedTuple):
    """Units of one type beside their own average, and which lie outside what chance explains."""

    type: str
    drawing: Drawing
    funnel: Funnel
    names: tuple[str, ...]
    outside: tuple[str, ...]


def variations(scene: Scene) -> Iterator[Variation]:
    """A funnel for each type of area that has units enough and is made up of counts."""
    for type_ in ("place", "neighbourhood", "cluster", "network", "practice"):
        areas = [each for each in scene.table["area"] if scene.type_of(each) == type_]
        part = scene.table.filter(
            pl.col("area").is_in(areas), pl.col("count").is_not_null(), pl.col("denominator") > 0
        )
        if part.height >= FEWEST_IN_FUNNEL and scene.reading.measure.method in _FUNNELS:
            yield _variation(scene, type_, part.sort("area"))


def _variation(scene: Scene, type_: str, part: pl.DataFrame) -> Variation:
    names = {area: scene.name_of(area) for area in part["area"]}
    part = part.with_columns(name=pl.col("area").replace(names)).sort("name")
    funnel = _FUNNELS[scene.reading.measure.method](part, scene.reading.measure.per)
    when = days_in_words(*part.select("starts", "ends").row(0))
    title = f"{scene.indicator.name}, {when}: {type_}s"
    units = Units(title, funnel, part["name"].to_list(), unit_in_words(scene.indicator), "people")
    outer = int(np.argmax(funnel.levels))
    outside = [n for n, side in zip(units.names, funnel.sides[outer], strict=True) if side]
    return Variation(type_, funnel_plot(units), funnel, tuple(units.names), tuple(outside))


def _of_proportions(part: pl.DataFrame, per: float) -> Funnel:
    given = part["count"], part["denominator"]
    exact = proportion_funnel(*given, per=per)
    return overdispersed_proportion(*given, per=per) if _mostly_outside(exact) else exact


def _of_rates(part: pl.DataFrame, per: float) -> Funnel:
    given = part["count"], part["denominator"]
    exact = rate_funnel(*given, per=per)
    return overdispersed_rate(*given, per=per) if _mostly_outside(exact) else exact


def _of_standardised_rates(part: pl.DataFrame, per: float) -> Funnel:
    return standardised_rate_funnel(part["count"], part["value"], per=per)


_FUNNELS: dict[str, Callable[[pl.DataFrame, float], Funnel]] = {
    "proportion": _of_proportions,
    "crude rate": _of_rates,
    "directly standardised rate": _of_standardised_rates,
}


def _mostly_outside(funnel: Funnel) -> bool:
    """Whether so many of many lie outside that chance cannot be all there is.

    Of few units nobody can tell how much they differ beside chance: their limits stay exact.
    """
    outer = int(np.argmax(funnel.levels))
    many = funnel.values.size >= FEWEST_TO_WIDEN
    return many and bool((funnel.sides[outer] != 0).mean() > _MANY_OUTSIDE)
