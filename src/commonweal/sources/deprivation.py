"""The English indices of deprivation, by small area: scores, ranks and deciles of the index.

Rank 1 and decile 1 are the most deprived. The edition of 2019 is of the small areas of 2011, that
of 2025 of those of 2021.
"""

from collections.abc import Iterator
from datetime import date

import polars as pl

from commonweal.outcomes.store.measures import Measure

from .taken import (
    Fault,
    Taken,
    WrongFile,
    coded,
    in_its_words,
    numbers,
    once,
    rows_of,
    without,
    wrong,
)

SOURCE = "English indices of deprivation, Ministry of Housing, Communities and Local Government"
EDITIONS = {"lsoa11_code": (2019, 2011), "lsoa21_code": (2025, 2021)}
"""By the heading of the codes: the edition, and the vintage of the small areas."""

_PARTS = ("decile", "rank", "score")
_DECILES = 10


def take(table: pl.DataFrame) -> Taken:
    """The index of multiple deprivation of every small area of an edition.

    raises  WrongFile
    """
    headings = [each for each in EDITIONS if each in table.columns]
    if len(headings) != 1:
        raise WrongFile(
            f"A file of the indices has one of the columns {', '.join(EDITIONS)}; this one has "
            f"{', '.join(table.columns[:12])}."
        )
    edition, vintage = EDITIONS[headings[0]]
    form = {headings[0]: "area"} | {
        f"IMD_{part}": part for part in _PARTS if part != "score" or "IMD_score" in table.columns
    }
    parts = [part for part in _PARTS if part in form.values()]
    rows = rows_of(table, list(form), "the indices of deprivation").rename(form)
    rows, faults = numbers(rows, *parts)
    faults += [*coded(rows, r"^E01\d{6}$", "an English small area"), *_ranked(rows)]
    rows, several, repeated = once(without(rows, faults), ("area",), parts, "rank")
    figures = pl.concat(_part(rows, part, edition, vintage) for part in parts)
    made = {
        f"imd-{edition}-{part}": Measure(
            name=f"Index of multiple deprivation {edition}, {part}",
            polarity="neither", comparison="none",
        )
        for part in parts
    }  # fmt: skip
    return Taken(figures, made, in_its_words([*faults, *several], form), tuple(repeated))


def _part(rows: pl.DataFrame, part: str, edition: int, vintage: int) -> pl.DataFrame:
    return rows.select(
        "area", value=pl.col(part), state=pl.col(f"state of {part}"),
        indicator=pl.lit(f"imd-{edition}-{part}"), kind=pl.lit("small area"),
        vintage=pl.lit(vintage, pl.Int16), starts=pl.lit(date(edition, 1, 1)),
        ends=pl.lit(date(edition + 1, 1, 1)), sex=pl.lit("persons"), age=pl.lit("all ages"),
        source=pl.lit(SOURCE),
    )  # fmt: skip


def _ranked(rows: pl.DataFrame) -> Iterator[Fault]:
    """Ranks outside the number of areas, and deciles that are not those of their rank."""
    outside = (pl.col("rank") < 1) | (pl.col("rank") > rows.height)
    yield from wrong(rows.filter(outside), "rank", f"There are {rows.height:,} areas to rank.")
    decile = (pl.col("rank") * _DECILES / rows.height).ceil()
    off = ~outside & (decile != pl.col("decile"))
    yield from wrong(rows.filter(off), "decile", "It is not the decile of the rank.")
