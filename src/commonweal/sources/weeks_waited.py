"""The full extract of waiting times that NHS England publishes each month: weeks waited, by band.

A row is a provider, a commissioner and a specialty; of those still waiting (part 2 of the extract)
the commissioners of each provider are added up. An empty band is taken for nobody, because the
bands of every row are tried against its total.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import polars as pl

from commonweal.outcomes.store.observations import COLUMNS

from .activity import PROVIDERS, Figure, Layout, counted, share, take_in
from .periods import month
from .taken import ROW, Fault, Taken, WrongFile, in_its_words, numbers, rows_of, wrong

SOURCE = "Referral to treatment waiting times, full extract, NHS England"
STILL_WAITING = "Part_2"
PROVIDER, SPECIALTY, TOTAL = "Provider Org Code", "Treatment Function Name", "Total All"
_KEY = ("Period", PROVIDER, SPECIALTY)
_NEEDED = (*_KEY, "Commissioner Org Code", "RTT Part Type", TOTAL)
WITHIN = 18
"""Weeks within which treatment begins, by the standard."""

LONG = 52
_BAND = re.compile(r"Gt (\d+)(?: To (\d+))? Weeks SUM 1")
_LEAST_BANDS = 53
"""The bands that there were before those of two years, the last of them "over 52 weeks"."""

_NOTHING = pl.DataFrame(schema={name: of for name, of in COLUMNS.items() if name != "revision"})
LAYOUT = Layout(
    source=SOURCE, area=PROVIDER, period="Period", kinds=PROVIDERS, days=month,
    group=SPECIALTY, grouping="specialty", whole="Total",
    figures=(
        Figure(
            "rtt-within-18-weeks",
            share("People who have waited no more than 18 weeks", polarity="higher is better"),
            "within 18", of=TOTAL,
        ),
        Figure(
            "rtt-over-18-weeks",
            counted("People waiting more than 18 weeks", polarity="lower is better"), "over 18",
        ),
        Figure(
            "rtt-over-52-weeks",
            counted("People waiting more than 52 weeks", polarity="lower is better"), "over 52",
        ),
        Figure("rtt-waiting", counted("People waiting", polarity="lower is better"), TOTAL),
    ),
)  # fmt: skip


class Band(NamedTuple):
    """Those who have waited more than some weeks, and no more than others; null has no end."""

    heading: str
    over: int
    upto: int | None


def bands(columns: Sequence[str]) -> tuple[Band, ...]:
    """The bands of a file, the shortest wait first.

    raises  WrongFile where one is not there or they do not follow on each other
    """
    found = [
        Band(name, int(said[1]), int(said[2]) if said[2] else None)
        for name in columns
        if (said := _BAND.fullmatch(name.strip()))
    ]
    found.sort(key=lambda band: band.over)
    ends = [0, *(band.upto for band in found)]
    follows = [band.over for band in found] == ends[:-1] and ends[-1] is None
    if len(found) < _LEAST_BANDS or not follows:
        raise WrongFile(
            f"The extract has bands of weeks from “Gt 00 To 01 Weeks SUM 1” on without a gap, the "
            f"last without an end; this file has {len(found)} that do not make that up. Look "
            "whether a column was lost or renamed."
        )
    return tuple(found)


def take(table: pl.DataFrame) -> Taken:
    """Who is waiting, by provider and specialty.

    raises  WrongFile
    """
    weeks = bands(table.columns)
    headings = [band.heading for band in weeks]
    rows = rows_of(table, [*_NEEDED, *headings], "the full extract of waiting times")
    rows = rows.filter(pl.col("RTT Part Type") == STILL_WAITING)
    if rows.is_empty():
        raise WrongFile(f"The extract has no row of {STILL_WAITING}, those who are still waiting.")
    rows, faults = numbers(rows, TOTAL, *headings)
    faults += [*_twice(rows), *_off(rows, headings)]
    # A provider's specialty with a row that is wrong would have too few people.
    spoiled = rows.filter(pl.col(ROW).is_in({fault.row for fault in faults})).select(_KEY)
    whole = rows.join(spoiled.unique(), on=_KEY, how="anti", nulls_equal=True)
    if whole.is_empty():
        return Taken(_NOTHING, {}, in_its_words(faults, {}), ())
    taken = take_in(_added_up(whole, weeks), (LAYOUT,), "the full extract of waiting times")
    return taken._replace(faults=(*in_its_words(faults, {}), *_placed(taken.faults, whole)))


def _twice(rows: pl.DataFrame) -> Iterator[Fault]:
    same = rows.select(*_KEY, "Commissioner Org Code").is_duplicated()
    because = "This commissioner of this provider and specialty stands there twice."
    yield from wrong(rows.filter(same), "Commissioner Org Code", because)


def _off(rows: pl.DataFrame, headings: Sequence[str]) -> Iterator[Fault]:
    made = pl.sum_horizontal(pl.col(name).fill_null(0) for name in headings)
    off = rows.filter(pl.col(TOTAL).is_null() | (made != pl.col(TOTAL)))
    yield from wrong(off, TOTAL, "It is not the sum of the bands of weeks.")


def _added_up(rows: pl.DataFrame, weeks: Sequence[Band]) -> pl.DataFrame:
    def those(*wanted: Band) -> pl.Expr:
        return pl.sum_horizontal(pl.col(band.heading).fill_null(0) for band in wanted).sum()

    return rows.group_by(_KEY, maintain_order=True).agg(
        those(*(band for band in weeks if band.upto and band.upto <= WITHIN)).alias("within 18"),
        those(*(band for band in weeks if band.over >= WITHIN)).alias("over 18"),
        those(*(band for band in weeks if band.over >= LONG)).alias("over 52"),
        pl.col(TOTAL).sum(),
    )


def _placed(faults: Sequence[Fault], rows: pl.DataFrame) -> list[Fault]:
    """Faults of what was added up, each in the first row of the file that it came from."""
    first = rows.group_by(_KEY, maintain_order=True).agg(pl.col(ROW).min())[ROW]
    return [fault._replace(row=first[fault.row - 2]) for fault in faults]
