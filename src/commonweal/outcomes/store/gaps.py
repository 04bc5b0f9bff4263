"""The gap of each area between its most and its least deprived people, from figures by group."""

import numpy as np
import polars as pl

from commonweal.outcomes.methods.inequality import FEWEST, MOST, inequality, standard_error
from commonweal.outcomes.methods.states import Figures, State

from .every_area import figured
from .measures import Measure


def gaps(rows: pl.DataFrame, measure: Measure) -> pl.DataFrame:
    """The slope and the relative index of inequality of each area, for its latest period.

    rows     observations of one indicator by ordered groups: `rung` 1 is the most deprived
    returns  area, starts, ends, groups (how many); slope and ratio, each with limits at 95% and a
             state. A slope above nought and a ratio above 1 are always to the disadvantage of the
             most deprived, where the indicator says which way is better; if it does not, above
             nought is higher among the least deprived. An area with fewer than 5 groups is left
             out: the method has no answer for it
    """
    ordered = rows.filter(pl.col("rung").is_not_null())
    latest = ordered.filter(
        pl.col("starts") == pl.col("starts").max().over("area", "grouping", "sex", "age")
    )
    made = [
        _gap(part, measure)
        for _, part in latest.group_by("area", "grouping", "sex", "age", maintain_order=True)
        if FEWEST <= part.height <= MOST
    ]
    return pl.DataFrame(made, schema=_SCHEMA, orient="row").sort("area")


_SCHEMA = {
    "area": pl.String, "starts": pl.Date, "ends": pl.Date, "groups": pl.Int64,
    "slope": pl.Float64, "slope_lower": pl.Float64, "slope_upper": pl.Float64,
    "ratio": pl.Float64, "ratio_lower": pl.Float64, "ratio_upper": pl.Float64, "state": pl.String,
}  # fmt: skip


def _gap(part: pl.DataFrame, measure: Measure) -> tuple[object, ...]:
    part = figured(part.sort("rung"), measure)
    grid = {name: _figures(part, name) for name in ("value", "lower_95", "upper_95", "denominator")}
    known = grid["value"].known & grid["denominator"].known & grid["lower_95"].known
    first = part.row(0, named=True)
    about = (first["area"], first["starts"], first["ends"], part.height)
    if not known.all():
        worst = State(int(max(each.states.max() for each in grid.values())))
        return (*about, *[None] * 6, worst.words)
    if (grid["upper_95"].values <= grid["lower_95"].values).any():
        return (*about, *[None] * 6, State.NOT_APPLICABLE.words)
    made = inequality(
        grid["value"], grid["denominator"], standard_error(grid["lower_95"], grid["upper_95"]),
        reverse=measure.polarity == "lower is better",
    )  # fmt: skip
    numbers = [
        float(number)
        for each in (made.slope, made.ratio)
        for number in (each.value, each.lower[0], each.upper[0])
    ]
    return (*about, *(None if np.isnan(each) else each for each in numbers), State.KNOWN.words)


def _figures(part: pl.DataFrame, name: str) -> Figures:
    values = part[name].fill_null(float("nan")).to_numpy()
    own = part["state_code"].to_numpy()
    states = np.where(np.isnan(values) & (own == 0), State.MISSING.value, own).astype(np.int8)
    return Figures(values, states)
