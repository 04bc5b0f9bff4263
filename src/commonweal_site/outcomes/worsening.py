"""What is worse than England and getting worse, in every area, as one question."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

import polars as pl

from commonweal.areas.facts import Area
from commonweal.outcomes.indicators import Indicator
from commonweal.outcomes.store.every_area import SeveralFigures, worse_and_getting_worse
from commonweal.record.snapshot import Snapshot

from .reading import COUNTRY, Reading, readings


class Worse(NamedTuple):
    """An area that is worse than England by an indicator, and getting worse."""

    indicator: str
    name: str
    area: str
    area_name: str
    area_type: str
    starts: date
    ends: date
    value: float
    lower: float | None
    upper: float | None
    beside: float | None
    unit: str
    why: str


class Worsening(NamedTuple):
    """The answer, and on how much it rests.

    judged   pairs of indicator and area that could be judged both ways
    looked   pairs that have a figure
    without  indicators on record without any figure
    """

    rows: tuple[Worse, ...]
    judged: int
    looked: int
    without: int


def worsening(
    snapshot: Snapshot, system: str | None = None, known: datetime | None = None
) -> Worsening:
    """Every area and indicator that is worse than England and getting worse, on a day.

    system  one system; None: every real one
    """
    names = [name for name in snapshot.all(Indicator) if _wanted(snapshot, name, system)]
    read = readings(snapshot, names, known)
    rows, judged, looked, without = [], 0, 0, 0
    for name in sorted(read):
        try:
            table = read[name].table
        except SeveralFigures:
            table = pl.DataFrame()
        if table.is_empty():
            without += 1
            continue
        own = table.filter(pl.col("area") != COUNTRY)
        looked += own.filter(pl.col("state") == "known").height
        told = ~pl.col("compared").is_in(["not compared"]) & (pl.col("course") != "cannot be told")
        judged += own.filter(told).height
        rows += list(_rows(snapshot, read[name], table))
    return Worsening(tuple(sorted(rows, key=_in_order)), judged, looked, without)


def _wanted(snapshot: Snapshot, name: str, system: str | None) -> bool:
    of = name.partition("/")[0]
    return of == system if system else of not in snapshot.invented


def _rows(snapshot: Snapshot, read: Reading, table: pl.DataFrame) -> Iterator[Worse]:
    england = table.filter(pl.col("area") == COUNTRY)
    beside = england["value"].to_list()
    for row in worse_and_getting_worse(table).iter_rows(named=True):
        area = snapshot.get(row["area"])
        by_trend = row["trend"] != "cannot be calculated"
        yield Worse(
            read.name, read.indicator.name, row["area"], snapshot.name(row["area"]),
            area.type if isinstance(area, Area) else "", row["starts"], row["ends"],
            row["value"], row["lower_95"], row["upper_95"], beside[0] if beside else None,
            read.indicator.unit, "trend of five years" if by_trend else "control chart",
        )  # fmt: skip


_WIDE_TO_NARROW = ("system", "place", "neighbourhood", "network")


def _in_order(row: Worse) -> tuple[str, int, str]:
    """By indicator, then areas from wide to narrow, then by name: never by how bad it is."""
    wide = _WIDE_TO_NARROW.index(row.area_type) if row.area_type in _WIDE_TO_NARROW else 9
    return row.name, wide, row.area_name


def as_table(rows: tuple[Worse, ...]) -> pl.DataFrame:
    """The rows as a table, with its columns even where there is none."""
    schema = {
        "indicator": pl.String, "name": pl.String, "area": pl.String, "area_name": pl.String,
        "area_type": pl.String, "starts": pl.Date, "ends": pl.Date, "value": pl.Float64,
        "lower": pl.Float64, "upper": pl.Float64, "beside": pl.Float64, "unit": pl.String,
        "why": pl.String,
    }  # fmt: skip
    return pl.DataFrame([each._asdict() for each in rows], schema=schema)
