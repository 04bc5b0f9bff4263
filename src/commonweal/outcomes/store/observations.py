"""An observation: one figure of one indicator, area, period, sex, age and group, as published."""

from collections.abc import Iterator
from typing import Any

import ibis
import polars as pl

from commonweal.outcomes.methods.states import State
from commonweal.record.errors import SpeakingError, did_you_mean

COLUMNS = {
    "indicator": pl.String,  # its source and its number there, such as fingertips-241
    "area": pl.String,  # the official code
    "kind": pl.String,  # of what the code is one, such as integrated care board
    "vintage": pl.Int16,  # the year of the set of codes; null where the source does not say
    "starts": pl.Date,
    "ends": pl.Date,  # the day after the last, as everywhere
    "sex": pl.String,  # persons, female or male
    "age": pl.String,  # as the source puts it: 65+ yrs
    "grouping": pl.String,  # what divides the people, such as deprivation deciles; empty: all
    "group": pl.String,
    "rung": pl.Int16,  # the group's place in order, 1 the most deprived; null where none
    "value": pl.Float64,  # as published, in the indicator's own unit
    "lower": pl.Float64,  # its published limits at 95%
    "upper": pl.Float64,
    "count": pl.Float64,
    "denominator": pl.Float64,
    "state": pl.Int8,  # a code of `methods.states.State`
    "revision": pl.Int32,
    "source": pl.String,
}
"""The columns of an observation, in order, with the type that each is kept in."""

KEY = (
    "indicator", "area", "kind", "vintage", "starts", "ends", "sex", "age", "grouping", "group",
)  # fmt: skip
"""What tells one observation from another. A later revision with the same key takes its place."""

ENGLAND = "E92000001"
"""The code of England, which areas are set beside unless told otherwise."""

NUMBERS = ("value", "lower", "upper", "count", "denominator")
_NEEDED = ("indicator", "area", "kind", "starts", "ends", "sex", "age", "source")
_AS_KEPT = {
    pl.String: "string", pl.Date: "date", pl.Float64: "float64", pl.Int8: "int8",
    pl.Int16: "int16", pl.Int32: "int32",
}  # fmt: skip
_SHOWN = 10


class BadObservations(SpeakingError):
    """Observations that cannot be kept; the text says which rows, and why."""


def figures_table(name: str = "figures") -> Any:
    """The table of observations, for expressions: an Ibis table that no engine holds yet."""
    return ibis.table({c: _AS_KEPT[kept] for c, kept in COLUMNS.items()}, name=name)


def observations(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows as they are kept: every column, in order, each of its type.

    frame   columns of COLUMNS; vintage, rung, grouping, group, limits and revision may be left out
    raises  BadObservations, with every fault and the row it is in, counted from 1
    """
    _known_columns(frame)
    absent = {"grouping": "", "group": "", "revision": 0}
    whole = frame.with_columns(
        pl.lit(absent.get(name), dtype=kept).alias(name)
        for name, kept in COLUMNS.items()
        if name not in frame.columns
    ).select(pl.col(name).cast(kept) for name, kept in COLUMNS.items())
    if found := list(_faults(whole)):
        raise BadObservations("\n".join(("Nothing was kept.", *found)))
    return whole


def _known_columns(frame: pl.DataFrame) -> None:
    for name in frame.columns:
        if name not in COLUMNS:
            near = did_you_mean(name, list(COLUMNS))
            raise BadObservations(f"An observation has no column {name!r}. {near}")
    lacking = [name for name in (*_NEEDED, "state") if name not in frame.columns]
    if lacking:
        raise BadObservations(f"An observation needs {', '.join(lacking)}.")


def _faults(frame: pl.DataFrame) -> Iterator[str]:
    known = pl.col("state") == State.KNOWN.value
    numbers = [pl.col(name) for name in NUMBERS]
    wrong = {
        "lacks one of " + ", ".join(_NEEDED): pl.any_horizontal(
            pl.col(name).is_null() | (pl.col(name).cast(pl.String) == "") for name in _NEEDED
        ),
        "ends on its first day or before": pl.col("ends") <= pl.col("starts"),
        "is known but has neither a value nor a count": (
            known & pl.col("value").is_null() & pl.col("count").is_null()
        ),
        "has a state that there is not": ~pl.col("state").is_in([each.value for each in State]),
        # What is withheld must not lie in the store, where somebody could find it.
        "has a number, though it is not known": (
            ~known & pl.any_horizontal(each.is_not_null() for each in numbers)
        ),
        "has a number that is not finite": pl.any_horizontal(~each.is_finite() for each in numbers),
        "has a count below nought": (pl.col("count") < 0) | (pl.col("denominator") < 0),
        "is there twice": pl.struct(KEY).is_duplicated(),
    }
    rows = frame.with_row_index("row", offset=1)
    for what, expression in wrong.items():
        found = rows.filter(expression.fill_null(value=False))
        for row in found.head(_SHOWN).iter_rows(named=True):
            yield f"Row {row['row']} ({row['indicator']}, {row['area']}, {row['starts']}) {what}."
        if found.height > _SHOWN:
            yield f"The same of {found.height - _SHOWN:,} more."
