"""The page of an indicator: the answer first, then pictures, the table and the definition."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse

from commonweal.outcomes.indicators import Indicator, IndicatorReport
from commonweal.outcomes.sentences import (
    COURSES,
    STATES,
    answer,
    apart_in_words,
    days_in_words,
    figure_in_words,
    number_in_words,
)
from commonweal.outcomes.store.every_area import SeveralFigures, over_time
from commonweal.outcomes.store.release import of_people
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words, period
from commonweal.record.wording import capital, listed
from commonweal_site.day import Day
from commonweal_site.drawings.alone import alone
from commonweal_site.drawings.svg import Drawing
from commonweal_site.meetings.laid_out import Grid, grid
from commonweal_site.pages import as_json, page, the_day, the_snapshot, wants
from commonweal_site.record import entity
from commonweal_site.record.presenting import Link, link_to
from commonweal_site.viewer import viewer

from . import figures_as_data
from .asked import Asked, BadChoice, asked
from .pictures import (
    WITHHELD,
    Gap,
    Scene,
    Variation,
    areas_drawn,
    gap_drawn,
    map_drawn,
    other_chart,
    time_drawn,
    variations,
    wide_first,
)
from .purposes import purposes
from .reading import COUNTRY, Reading, reading

_TOLD = {"indicators", "indicator-reports", "plan-items", "recommendations"}
"""Sections that the page has in a table of its own."""

PICTURES = ("over-time", "areas", "gap")


class Shown(NamedTuple):
    """What the page shows of the figures; all of it empty where there are none."""

    answer: str
    time: Drawing | None
    areas: Drawing | None
    map: Drawing | None
    gap: Gap | None
    variation: tuple[Variation, ...]
    table: Grid | None
    missing: tuple[str, ...]


def indicator(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """An indicator on the day asked about; as data it is the fact, as of any other entity."""
    snapshot, name = the_snapshot(request), f"{system}/indicator/{slug}"
    fact = snapshot.get(name)
    if not isinstance(fact, Indicator) or wants(request) != "html":
        return entity.entity(request, system, "indicator", slug)
    read = reading(snapshot, name, the_day(request).known)
    wanted = asked(request, snapshot, read)
    scene, wrong = scene_of(snapshot, read, wanted)
    shown = (
        _shown(scene, the_day(request))
        if scene
        else Shown(silent(read, wrong), None, None, None, None, (), None, ())
    )
    given = entity.context(snapshot, request, name)
    reports = _reports(snapshot, name)
    given["sections"] = [each for each in given["sections"] if each.anchor not in _TOLD]
    return page(
        request, "outcomes/indicator.jinja", fact.name, **given, shown=shown,
        asked=wanted, choices=_choices(snapshot, read, wanted), reported=_latest(fact, reports),
        reports=_reports_grid(fact, reports), before=_genealogy(snapshot, name, fact),
        purposes=purposes(snapshot, name, viewer(request).systems), revision=read.revision,
        figures_path=f"/{name}/figures", query=wanted.query(),
        other_chart=scene and _other(scene, name),
        area_name=snapshot.name(wanted.area) if wanted.area else "",
        scorecard=f"/{wanted.area}/outcomes/" if wanted.area else "",
    )  # fmt: skip


def figures(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """The figures of an indicator as JSON or CSV: every area and period."""
    return _as_data(request, system, slug, figures_as_data.as_table)


def areas(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """Every area of an indicator as CSV, each as it is judged."""
    return _as_data(
        request, system, slug, lambda name, scene, _: figures_as_data.areas_as_table(name, scene)
    )


def _as_data(request: HttpRequest, system: str, slug: str, table: Any) -> HttpResponse:
    snapshot, name = the_snapshot(request), f"{system}/indicator/{slug}"
    if not isinstance(snapshot.get(name), Indicator):
        raise Http404(f"No indicator {name} is on record on that day.")
    read = reading(snapshot, name, the_day(request).known)
    try:
        scene, wrong = scene_of(snapshot, read, asked(request, snapshot, read))
    except BadChoice as bad:
        return as_json({"fault": str(bad)}, status=400)
    if scene is None:
        return as_json(
            {"indicator": name, "areas": [], "series": [], "because": silent(read, wrong)}
        )
    series = over_time(scene.rows, read.measure)
    if wants(request) == "csv":
        return table(f"{system}-{slug}", scene, series)  # type: ignore[no-any-return]  # one of two above
    return figures_as_data.as_data(request, scene, series)


def picture(request: HttpRequest, system: str, slug: str, which: str) -> HttpResponse:
    """One picture of an indicator as a file of its own."""
    snapshot, name = the_snapshot(request), f"{system}/indicator/{slug}"
    if not isinstance(snapshot.get(name), Indicator):
        raise Http404(f"No indicator {name} is on record on that day.")
    read = reading(snapshot, name, the_day(request).known)
    scene, wrong = scene_of(snapshot, read, asked(request, snapshot, read))
    if scene is None:
        raise Http404(silent(read, wrong))
    gap = gap_drawn(scene, scene.asked.area) if which == "gap" else None
    made = {
        "over-time": lambda: time_drawn(scene), "areas": lambda: areas_drawn(scene, {}),
        "gap": lambda: gap and gap.drawing,
    }  # fmt: skip
    drawing = made[which]()
    if drawing is None:
        raise Http404(f"There are too few figures of {name} for this picture.")
    said = HttpResponse(alone(drawing.svg), content_type="image/svg+xml; charset=utf-8")
    file = f"{slug}-{scene.asked.area.rpartition('/')[2]}-{which}.svg"
    said.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return said


# --- what is shown --------------------------------------------------------------------------------


def scene_of(snapshot: Snapshot, read: Reading, wanted: Asked) -> tuple[Scene | None, str]:
    """What pictures are drawn from; or nothing, and why."""
    rows = read.of(wanted.choice)
    if rows.is_empty() or not wanted.area:
        return None, ""
    try:
        return Scene(snapshot, read, wanted, rows, read.judged(rows, wanted.choice)), ""
    except SeveralFigures as several:
        return None, str(several)


def silent(read: Reading, wrong: str) -> str:
    if wrong:
        return f"Its figures cannot be shown together. {wrong}"
    return (
        "No figures of it are in the store of this record for this day. They come in with "
        "“commonweal outcomes import”."
        if not read
        else "There are figures of England, but of no area on record."
    )


def _shown(scene: Scene, day: Day) -> Shown:
    row = scene.row(scene.asked.area)
    said = (
        answer(
            row, scene.indicator, area=scene.area_name, beside=scene.beside,
            whom=scene.asked.choice.sex or "",
        )
        if row
        else ""
    )  # fmt: skip
    base = f"/{scene.reading.name}"
    link = {
        area: f"{base}?{scene.asked._replace(area=area).query()}" for area in scene.table["area"]
    }
    with_day = {area: day.link(each) for area, each in link.items()}
    return Shown(
        said, time_drawn(scene), areas_drawn(scene, with_day), map_drawn(scene, with_day),
        gap_drawn(scene, scene.asked.area), tuple(variations(scene)), _table(scene, link),
        tuple(_missing(scene)),
    )  # fmt: skip


_MOST_ROWS = 18


def _other(scene: Scene, name: str) -> tuple[str, str] | None:
    """The words and address of the other chart over time, where there is one."""
    other = other_chart(scene)
    query = scene.asked._replace(chart=other).query()
    return (f"Show it as a {other} chart", f"/{name}?{query}#over-time") if other else None


def _table(scene: Scene, link: dict[str, str]) -> Grid:
    """Areas in words: the figure, its limits, beside England, its course, its gap."""
    when = days_in_words(*scene.table.select("starts", "ends").row(0))
    areas = wide_first(scene, scene.table["area"].to_list())
    shown = [each for each in areas if _up_to(scene, areas, each) <= _MOST_ROWS]
    left = len(areas) - len(shown)
    intro = (
        "Its course is told by the latest five years, where there are figures for each, or else by "
        "its control chart."
    )
    if left:
        intro += (
            f" {left} smaller areas are in the table of the picture above, and in the download."
        )
    heads = ["Area", "Figure", "Limits at 95%", f"Beside {scene.comparator}", "Course"]
    gaps = not scene.reading.gaps(scene.asked.choice).is_empty()
    rows = [_table_row(scene, area, link, gaps=gaps) for area in shown]
    if gaps:
        heads.append("Gap by deprivation")
    return grid(f"Area by area, {when}", heads, rows, intro=intro)


def _up_to(scene: Scene, areas: list[str], area: str) -> int:
    """How many areas there are that are as wide as this one or wider."""
    last = max(at for at, each in enumerate(areas) if scene.type_of(each) == scene.type_of(area))
    return last + 1


def _table_row(
    scene: Scene, area: str, link: dict[str, str], *, gaps: bool
) -> tuple[str | Link | None, ...]:
    row = scene.row(area) or {}
    cell = capital(scene.comparator) if area == COUNTRY else Link(scene.name_of(area), link[area])
    said = (_gap_cell(scene, area),) if gaps else ()
    if row["state"] != "known":
        return (
            cell,
            capital(WITHHELD[row["state"]]),
            "None",
            "Not compared",
            "Cannot be told",
            *said,
        )
    limits = "Not known"
    if row["lower_95"] is not None:
        limits = " to ".join(number_in_words(row[side]) for side in ("lower_95", "upper_95"))
    course = COURSES.get(row["course"], row["course"])
    figure = figure_in_words(row["value"], scene.indicator)
    return cell, figure, limits, capital(row["compared"]), capital(course), *said


def _gap_cell(scene: Scene, area: str) -> str:
    found = scene.reading.gaps(scene.asked.choice).filter(pl.col("area") == area)
    if found.is_empty():
        return "No groups"
    row = found.row(0, named=True)
    return (
        apart_in_words(row["slope"], scene.indicator)
        if row["state"] == "known"
        else capital(WITHHELD[row["state"]])
    )


def _missing(scene: Scene) -> Iterator[str]:
    """What a reader would look for and does not find, and why."""
    for state in ("suppressed", "missing", "not applicable"):
        areas = scene.table.filter(pl.col("state") == state)["area"].to_list()
        if areas:
            names = listed([scene.name_of(each) for each in wide_first(scene, areas)])
            yield f"{names}: {STATES[state]}."
    if fewest := scene.reading.measure.minimum_count:
        shares = of_people(scene.reading.measure)
        others = ", of people who are counted and of those who are not," if shares else ""
        yield (
            f"Counts from 1 to {fewest - 1} are withheld{others} and with them what would give "
            "them away: others that add up with them, and all their rates."
        )
    yield from _missing_gaps(scene)
    if scene.indicator.target is None:
        yield "No target is set."


def _missing_gaps(scene: Scene) -> Iterator[str]:
    gaps = scene.reading.gaps(scene.asked.choice)
    if gaps.is_empty():
        yield "There are no figures by deprivation, so the gap cannot be told."
        return
    withheld = gaps.filter(pl.col("state") == "suppressed")["area"].to_list()
    if withheld:
        names = listed([scene.name_of(each) for each in wide_first(scene, withheld)])
        yield f"{names}: the gap is withheld, because a group of people it rests on is."


# --- reports, names and choices -------------------------------------------------------------------


def _reports(snapshot: Snapshot, name: str) -> list[tuple[str, IndicatorReport]]:
    """What was reported of it, the latest first."""
    found = [
        (own, each)
        for own, each in snapshot.referring(name, IndicatorReport)
        if each.indicator == name
    ]
    return sorted(found, key=lambda each: (_ends(each[1].of), each[0]), reverse=True)


def _ends(of: str | None) -> str:
    return period(of)[1].isoformat() if of else ""


def _latest(fact: Indicator, reports: list[tuple[str, IndicatorReport]]) -> str:
    """How it stood when last reported, as a sentence."""
    if not reports:
        return ""
    report = reports[0][1]
    of = f" of {in_words(report.of)}" if report.of else ""
    value = f"{_reported_figure(report, fact)}, " if report.value is not None else ""
    said = f"The last report{of}: {value}{report.state or 'state not recorded'}"
    if report.expected:
        said += f"; the next figure was expected in {in_words(report.expected)}"
    return f"{said}; {report.happened}." if report.happened else f"{said}."


def _reported_figure(report: IndicatorReport, fact: Indicator) -> str:
    """As it was stated, to as many places; a unit of its own goes before the indicator's."""
    if report.value is None:
        return "None stated"
    if report.unit:
        return f"{report.value:,} {report.unit}"
    return f"{report.value:,}%" if fact.unit == "percentage" else f"{report.value:,}"


def _reports_grid(fact: Indicator, reports: list[tuple[str, IndicatorReport]]) -> Grid | None:
    if not reports:
        return None
    rows = (
        (
            Link(capital(in_words(each.of)) if each.of else "Not stated", f"/{own}"),
            capital(each.state or "not recorded"),
            _reported_figure(each, fact),
            in_words(each.expected) if each.expected else "None awaited",
            capital(each.happened) or "Nothing stated",
        )
        for own, each in reports
    )
    return grid(
        "What was reported of it",
        ("Period", "State", "Figure", "Next figure", "What happened"),
        rows,
    )


def _genealogy(
    snapshot: Snapshot, name: str, fact: Indicator
) -> list[tuple[str, tuple[Link, ...]]]:
    """What it was called or made of before, and what came after it."""
    before = [
        (f"{capital(each.how)} from", (_indicator_link(snapshot, each.indicator),))
        for each in fact.follows
    ]
    after = [
        (f"{capital(each.how)} as", (link_to(snapshot, own),))
        for own, later in snapshot.referring(name, Indicator)
        for each in later.follows
        if each.indicator == name
    ]
    parts = tuple(
        link_to(snapshot, own)
        for own, part in sorted(snapshot.referring(name, Indicator))
        if part.part_of == name
    )
    whole = [("Part of", (link_to(snapshot, fact.part_of),))] if fact.part_of else []
    return [*whole, *([("Its parts", parts)] if parts else []), *before, *after]


def _indicator_link(snapshot: Snapshot, name: str) -> Link:
    """An earlier indicator, whose page says when it was on record if it no longer is."""
    if snapshot.get(name) is not None:
        return link_to(snapshot, name)
    return Link(name.rpartition("/")[2].replace("-", " "), f"/{name}")


def _choices(snapshot: Snapshot, read: Reading, wanted: Asked) -> list[dict[str, Any]]:
    """The boxes of the form: only those where there is something to choose."""
    areas = [each for each in read.of(wanted.choice)["area"].unique() if each != COUNTRY]
    scene = Scene(snapshot, read, wanted, read.rows, pl.DataFrame())
    by_area = [(each, snapshot.name(each)) for each in wide_first(scene, areas)]
    by_sex = [(each, capital(each)) for each in read.sexes]
    by_age = [(each, capital(each)) for each in read.ages]
    boxes = (
        ("area", "Area", by_area, wanted.area),
        ("sex", "Of whom", by_sex, wanted.choice.sex or next(iter(read.sexes), "")),
        ("age", "Age", by_age, wanted.choice.age or next(iter(read.ages), "")),
    )
    return [
        {"name": name, "label": label, "values": values, "given": given}
        for name, label, values, given in boxes
        if len(values) > 1
    ]
