"""The figures of an indicator for programs and spreadsheets."""

from datetime import date
from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse

from commonweal_site.outcomes.pictures import Scene
from commonweal_site.pages import as_csv, as_json, the_day

from .keeping import Revision

AREA_HEADS = (
    "area name type starts ends count denominator value lower_95 upper_95 lower_99_8 upper_99_8 "
    "state compared fifth trend signal course since periods worked_out gap_slope gap_slope_lower "
    "gap_slope_upper ratio ratio_lower ratio_upper"
).split()
SERIES_HEADS = (
    "indicator area name starts ends sex age count denominator value lower_95 upper_95 lower_99_8 "
    "upper_99_8 state revision as_at"
).split()


def areas_as_rows(scene: Scene) -> list[dict[str, Any]]:
    """Every area, as it is judged."""
    return [
        {
            **{head: plain(row.get(head)) for head in AREA_HEADS},
            "name": scene.name_of(row["area"]),
            "type": scene.type_of(row["area"]),
        }
        for row in scene.table.iter_rows(named=True)
    ]


def series_as_rows(scene: Scene, series: pl.DataFrame) -> list[dict[str, Any]]:
    """Every area and period."""
    revision = scene.reading.revision
    about = {
        "indicator": scene.reading.name,
        "sex": scene.asked.choice.sex or next(iter(scene.reading.sexes), ""),
        "age": scene.asked.choice.age or next(iter(scene.reading.ages), ""),
        "revision": revision.number if revision else None,
        "as_at": scene.snapshot.as_at.isoformat(),
    }
    return [
        about | {name: plain(value) for name, value in row.items()}
        | {"name": scene.name_of(row["area"])}
        for row in series.iter_rows(named=True)
    ]  # fmt: skip


def as_data(request: HttpRequest, scene: Scene, series: pl.DataFrame) -> HttpResponse:
    """All of it as JSON."""
    indicator, measure = scene.indicator, scene.reading.measure
    groups = scene.reading.by_group(scene.asked.choice)
    kept = ("area", "starts", "ends", "grouping", "group", "rung", "count", "denominator", "state")
    return as_json(
        {
            "indicator": scene.reading.name, "name": indicator.name,
            "as_at": scene.snapshot.as_at.isoformat(), "known": the_day(request).known_text or None,
            "revision": revision_as_data(scene.reading.revision),
            "unit": indicator.unit, "per": measure.per, "method": measure.method,
            "standard": indicator.standard, "polarity": measure.polarity,
            "comparison": measure.comparison, "minimum_count": measure.minimum_count,
            "beside": scene.comparator, "areas": areas_as_rows(scene),
            "series": series_as_rows(scene, series),
            "groups": [
                {name: plain(value) for name, value in row.items()}
                for row in groups.select(kept).iter_rows(named=True)
            ],
        }
    )  # fmt: skip


def as_table(name: str, scene: Scene, series: pl.DataFrame) -> HttpResponse:
    """Every area and period as CSV."""
    return as_csv(f"{name}-figures", SERIES_HEADS, series_as_rows(scene, series))


def areas_as_table(name: str, scene: Scene) -> HttpResponse:
    """Every area as CSV."""
    return as_csv(f"{name}-areas", AREA_HEADS, areas_as_rows(scene))


def revision_as_data(revision: Revision | None) -> dict[str, Any] | None:
    """Where figures came from, and when."""
    if revision is None:
        return None
    return {
        "number": revision.number, "source": revision.source, "file": revision.file,
        "checksum": revision.checksum, "recorded": revision.recorded.isoformat(),
    }  # fmt: skip


def plain(value: Any) -> Any:
    """A value that JSON and CSV can hold."""
    return value.isoformat() if isinstance(value, date) else value
