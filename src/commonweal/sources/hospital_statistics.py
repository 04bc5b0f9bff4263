"""How many stays in hospital there were in a year, and how many days they took.

A stay that ends on the day it began counts as half a bed day, as the national statistics have it.
"""

from collections.abc import Iterator, Sequence

import polars as pl

from .tables import Layout, Table, known, nearest
from .taken import Fault, in_its_words, without, wrong

LAYOUT = Layout(
    "aggregates of hospital episode statistics",
    {"year": "fyear", "method": "admimeth", "same_day": "same_day", "stays": "spells",
     "bed_days": "beddays"},
    ("stays", "bed_days"),
)  # fmt: skip
_SAME_DAY = 0.5


def fits(headings: Sequence[str]) -> bool:
    """Whether a file with these headings is one of stays."""
    return LAYOUT.fits(headings)


def take(table: pl.DataFrame) -> Table:
    """Rows of year (2024/25), method, same_day, stays and bed_days.

    raises  WrongFile
    """
    layout = nearest(table, [LAYOUT], "stays in hospital")
    rows, faults = known(table, layout)
    faults += _strange(rows)
    kept = without(rows, faults).select(
        pl.format("{}/{}", pl.col("year").str.slice(0, 4), pl.col("year").str.slice(4)),
        "method", pl.col("same_day") == "1", "stays", "bed_days",
    )  # fmt: skip
    form = {theirs: ours for ours, theirs in layout.columns.items()}
    return Table(kept.rename({"literal": "year"}, strict=False), in_its_words(faults, form))


def _strange(rows: pl.DataFrame) -> Iterator[Fault]:
    first, second = (pl.col("year").str.slice(at, size) for at, size in ((0, 4), (4, 2)))
    follows = (first.cast(pl.Int32, strict=False) + 1) % 100 == second.cast(pl.Int32, strict=False)
    year = pl.col("year").str.contains(r"^\d{6}$") & follows
    because = "It is no financial year, such as 202425."
    yield from wrong(rows.filter(~year.fill_null(value=False)), "year", because)
    flag = ~pl.col("same_day").is_in(["0", "1"])
    yield from wrong(rows.filter(flag.fill_null(value=True)), "same_day", "It is neither 0 nor 1.")
    half = (pl.col("same_day") == "1") & (pl.col("bed_days") != _SAME_DAY * pl.col("stays"))
    because = "Stays of one day are half a bed day each, and these are not."
    yield from wrong(rows.filter(half), "bed_days", because)


def by_year(rows: pl.DataFrame) -> pl.DataFrame:
    """Each year and method: stays, bed days, and days that a stay takes."""
    return (
        rows.group_by("year", "method")
        .agg(pl.col("stays").sum(), pl.col("bed_days").sum())
        .with_columns(days_each=(pl.col("bed_days") / pl.col("stays")).round(3))
        .sort("method", "year")
    )
