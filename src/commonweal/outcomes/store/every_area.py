"""Every area of an indicator: its latest figure with limits, beside England, and over time.

The figures come from the store by `questions.of_indicator`; the methods are those of
`commonweal.outcomes.methods`, run on all areas at once.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from commonweal.outcomes.methods.comparison import (
    Standing,
    beside_limits,
    beside_value,
)
from commonweal.outcomes.methods.control_charts import DOTS, xmr
from commonweal.outcomes.methods.frames import with_estimate
from commonweal.outcomes.methods.icons import Variation, icons
from commonweal.outcomes.methods.limits import Estimate
from commonweal.outcomes.methods.polarity import Polarity
from commonweal.outcomes.methods.proportions import proportion
from commonweal.outcomes.methods.quantiles import quantiles
from commonweal.outcomes.methods.rates import rate
from commonweal.outcomes.methods.states import (
    Codes,
    Figures,
    Flags,
    Floats,
    State,
    not_applicable,
    over_bands,
)
from commonweal.outcomes.methods.trend import (
    POINTS,
    Trend,
    in_words,
    trend_of_proportions,
    trend_of_values,
)
from commonweal.record.errors import SpeakingError

from .measures import Measure
from .observations import ENGLAND, NUMBERS

LEVELS = (0.95, 0.998)
TOO_FEW = "Too few points to judge"
_STRATA = ("sex", "age", "grouping", "group")
_NOT_DIVIDED = ("kind", "vintage", *_STRATA)


type Places = npt.NDArray[np.integer]


class SeveralFigures(SpeakingError):
    """An area has more than one figure for a period; the text says what to choose between."""


class NoFigures(SpeakingError):
    """Nothing in the store answers the question."""


class _Series(NamedTuple):
    """Areas by periods, the latest last; NaN with a state wherever there is no figure."""

    areas: pl.DataFrame
    years: Places
    numbers: dict[str, Floats]
    states: Codes

    def figures(self, name: str) -> Figures:
        values = self.numbers[name]
        gone = np.isnan(values) & (self.states == 0)
        return Figures(values, np.where(gone, State.MISSING.value, self.states).astype(np.int8))


def every_area(rows: pl.DataFrame, measure: Measure, *, benchmark: str = ENGLAND) -> pl.DataFrame:
    """One row for each area: its figure for the latest period, and how that is to be read.

    rows       observations of one indicator, one for each area and period
    benchmark  the code of the area that the others are set beside
    returns    area, kind, vintage, starts, ends, value, lower_95, upper_95, lower_99_8,
               upper_99_8, state; count and denominator; worked_out, "computed" from those two or
               "published"; compared, a `Standing` in words; fifth, from 1, where it is compared by
               quintiles; trend in words; periods, how many it has; signal, what its control chart
               shows; course, where it is heading by the trend of its years, or by its chart where
               there is no trend; since, whether it improved, declined or stayed similar since the
               period before, by limits at 95% that do not overlap; an area without a figure for
               the latest period is there with the state missing
    raises     NoFigures; SeveralFigures, such as for two bands of age
    """
    series = _series(rows)
    made, computed = _estimates(series, measure)
    latest = _at(made, -1)
    polarity = Polarity(measure.polarity)
    compared, fifth = _compared(series, latest, measure, polarity, benchmark)
    table = series.areas.with_columns(
        *(pl.Series(n, series.numbers[n][:, -1]).fill_nan(None) for n in ("count", "denominator")),
        pl.Series("worked_out", np.where(computed[:, -1], "computed", "published")),
    )
    trend = in_words(_trend(series, made, measure), polarity)
    signal = _signals(made, polarity)
    return with_estimate(table, latest, LEVELS).with_columns(
        pl.Series("compared", [Standing(code).words for code in compared.tolist()]),
        fifth,
        pl.Series("trend", trend),
        pl.Series("periods", np.equal(series.states, 0).sum(axis=1)),
        pl.Series("signal", signal, dtype=pl.String),
        pl.Series("course", list(map(_course, trend, signal)), dtype=pl.String),
        pl.Series("since", _since(made, latest, polarity), dtype=pl.String),
    )


def worse_and_getting_worse(table: pl.DataFrame) -> pl.DataFrame:
    """The areas of `every_area` that are worse than the benchmark and heading further away."""
    return table.filter((pl.col("compared") == "worse") & (pl.col("course") == "getting worse"))


def over_time(rows: pl.DataFrame, measure: Measure) -> pl.DataFrame:
    """A row for each area and each period that any of them has, the earliest first.

    returns  area, starts, ends, count, denominator, value, lower_95, upper_95, lower_99_8,
             upper_99_8, state
    raises   as `every_area`
    """
    series = _series(rows)
    made, _ = _estimates(series, measure)
    periods = rows.select("starts", "ends").unique().sort("starts")
    table = series.areas.select("area").join(periods, how="cross", maintain_order="left_right")
    numbers = (
        pl.Series(n, series.numbers[n].ravel()).fill_nan(None) for n in ("count", "denominator")
    )
    flat = Estimate(
        made.value.ravel(), made.lower.reshape(len(made.lower), -1),
        made.upper.reshape(len(made.upper), -1), made.states.ravel(),
    )  # fmt: skip
    return with_estimate(table.with_columns(*numbers), flat, LEVELS)


def figured(rows: pl.DataFrame, measure: Measure) -> pl.DataFrame:
    """Rows as they are, each with its value and limits, whatever they are of: areas or groups.

    returns  besides, value, lower_95, upper_95, lower_99_8, upper_99_8, state in words and
             state_code
    """
    numbers = {name: rows[name].fill_null(float("nan")).to_numpy() for name in NUMBERS}
    series = _Series(rows, np.zeros(0, np.int64), numbers, rows["state"].to_numpy())
    made, _ = _estimates(series, measure)
    plain = rows.drop("value", "lower", "upper", "state")
    return with_estimate(plain, made, LEVELS).with_columns(
        pl.Series("state_code", made.states, dtype=pl.Int8)
    )


def _series(rows: pl.DataFrame) -> _Series:
    if rows.is_empty():
        raise NoFigures("No figure was over by then. Ask for a later day, or for other areas.")
    _one_each(rows)
    latest = rows.select("starts", "ends").sort("ends").row(-1)
    periods = rows["starts"].unique().sort()
    areas = rows.sort("starts").group_by("area", maintain_order=True).last().sort("area")
    where = rows.select(
        pl.col("area").replace_strict(areas["area"], np.arange(areas.height)).alias("area"),
        pl.col("starts").replace_strict(periods, np.arange(len(periods))).alias("period"),
    )
    at = where["area"].to_numpy(), where["period"].to_numpy()
    shape = areas.height, len(periods)
    states = np.full(shape, State.MISSING.value, np.int8)
    states[at] = rows["state"].to_numpy()
    numbers = {}
    for name in ("value", "lower", "upper", "count", "denominator"):
        numbers[name] = np.full(shape, np.nan)
        numbers[name][at] = rows[name].fill_null(float("nan")).to_numpy()
    named = areas.select("area", "kind", "vintage").with_columns(
        starts=pl.lit(latest[0]), ends=pl.lit(latest[1])
    )
    return _Series(named, periods.dt.year().to_numpy(), numbers, states)


def _one_each(rows: pl.DataFrame) -> None:
    if not rows.select(pl.struct("area", "starts").is_duplicated().any()).item():
        return
    several = [
        f"{name}: {', '.join(map(str, rows[name].unique().sort()))}"
        for name in _NOT_DIVIDED
        if rows.select((pl.col(name).n_unique().over("area", "starts") > 1).any()).item()
    ] or ["periods that begin on one day and end on several"]
    raise SeveralFigures(f"An area has several figures for a period. Choose {'; '.join(several)}.")


def _estimates(series: _Series, measure: Measure) -> tuple[Estimate, Flags]:
    """Worked out from count and denominator where the method can be and both are there."""
    made = _published(series)
    computed = np.zeros(series.states.shape, bool)
    count, below = series.figures("count"), series.figures("denominator")
    if measure.method == "proportion":
        fresh = proportion(count, below, per=measure.per, confidence=LEVELS)
    elif measure.method == "crude rate":
        fresh = rate(count, below, per=measure.per, confidence=LEVELS)
    else:
        return made, computed
    computed = count.known & below.known
    chosen = Estimate(
        np.where(computed, fresh.value, made.value),
        np.where(computed, fresh.lower, made.lower),
        np.where(computed, fresh.upper, made.upper),
        np.where(computed, fresh.states, made.states),
    )
    return chosen, computed


def _published(series: _Series) -> Estimate:
    value = series.figures("value")
    unknown = np.full(value.values.shape, np.nan)
    # Sources give limits at 95%; at 99.8% there are none unless they can be worked out.
    lower, upper = (np.stack([series.numbers[side], unknown]) for side in ("lower", "upper"))
    return Estimate(value.values, lower, upper, value.states)


def _at(made: Estimate, period: int | Places) -> Estimate:
    return Estimate(
        made.value[..., period],
        made.lower[..., period],
        made.upper[..., period],
        made.states[..., period],
    )


def _compared(
    series: _Series, latest: Estimate, measure: Measure, polarity: Polarity, benchmark: str
) -> tuple[Codes, pl.Series]:
    """How each stands beside the benchmark, and in which fifth of all others it is."""
    none = np.zeros(latest.states.shape, np.int8)
    fifths = pl.Series("fifth", [None] * len(none), dtype=pl.Int8)
    mark = np.flatnonzero((series.areas["area"] == benchmark).to_numpy())
    if measure.comparison == "quintiles":
        return none, _fifths(series, latest, polarity, mark)
    if not len(mark) or not measure.comparison.startswith(("limits", "overlapping")):
        return none, fifths
    level = 1 if measure.comparison == "limits at 99.8%" else 0
    england = _at(latest, mark)
    unlimited = np.isnan(latest.lower[level]) | np.isnan(latest.upper[level])
    if measure.comparison.startswith("overlapping"):
        codes = beside_limits(latest, england, polarity=polarity, level=level)
    else:
        beside = Figures(england.value, england.states)
        codes = beside_value(latest, beside, polarity=polarity, level=level)
    codes = np.where(unlimited, Standing.NOT_COMPARED.value, codes)
    codes[mark] = Standing.NOT_COMPARED.value
    return codes.astype(np.int8), fifths


def _fifths(series: _Series, latest: Estimate, polarity: Polarity, mark: Places) -> pl.Series:
    """Each among areas of its own kind and vintage: 1 the best; with no polarity 1 the lowest."""
    states = latest.states.copy()
    states[mark] = State.NOT_APPLICABLE.value
    values = np.where(np.equal(states, 0), latest.value, np.nan)
    made = quantiles(
        Figures(values, states), 5, highest_first=polarity is Polarity.HIGHER_IS_BETTER,
        within=series.areas.select(pl.struct("kind", "vintage").rank("dense") - 1).to_series(),
    )  # fmt: skip
    return pl.Series("fifth", np.where(made.states == 0, made.quantile, 0), dtype=pl.Int8).replace(
        0, None
    )


def _trend(series: _Series, made: Estimate, measure: Measure) -> Trend:
    """By the chi-square of proportions where there are counts, else by limits at 95%."""
    if len(series.years) < POINTS:
        none = not_applicable(np.ones(len(series.areas), bool), over_bands(series.states))
        nought, unknown = np.zeros(len(none), np.int8), np.full(len(none), np.nan)
        return Trend(nought, nought.astype(bool), unknown, unknown, none)
    count, below = series.figures("count"), series.figures("denominator")
    if measure.method == "proportion" and (count.known & below.known).any():
        return trend_of_proportions(count, below, years=series.years)
    sides = []
    for values in (made.value, made.lower[0], made.upper[0]):
        gone = np.isnan(values) & (made.states == 0)
        states = np.where(gone | _no_width(made), State.MISSING.value, made.states)
        sides.append(Figures(np.where(states == 0, values, np.nan), states.astype(np.int8)))
    return trend_of_values(*sides, years=series.years)


def _signals(made: Estimate, polarity: Polarity) -> list[str]:
    """What the latest point of each area shows on a chart of its values; few points show nothing.

    A missing period is a gap. Of two points with the same limits on chance one chart is as good as
    another, so a chart of individual values serves for every method.
    """
    values = np.where(made.states == 0, made.value, np.nan)
    gone = np.isnan(values)
    states = np.where(gone & (made.states == 0), State.MISSING.value, made.states).astype(np.int8)
    chart = xmr(Figures(values, states))
    found = icons(chart, polarity)
    enough = chart.rests_on[np.arange(len(found.at)), np.maximum(found.at, 0)] >= DOTS.fewest
    return [
        Variation(code).words if there else TOO_FEW
        for code, there in zip(found.variation.tolist(), enough.tolist(), strict=True)
    ]


def _since(made: Estimate, latest: Estimate, polarity: Polarity) -> list[str]:
    """How each has moved since the period before the latest."""
    if made.value.shape[-1] == 1:
        return [_MOVED["not compared"]] * len(latest.value)
    before = _at(made, -2)
    limits = (latest.lower[0], latest.upper[0], before.lower[0], before.upper[0])
    unlimited = np.isnan(np.stack(limits)).any(axis=0)
    codes = np.where(unlimited, 0, beside_limits(latest, before, polarity=polarity))
    return [_MOVED[Standing(code).words] for code in codes.tolist()]


_MOVED = {
    "not compared": "cannot be told",
    "similar": "similar",
    "better": "improved",
    "worse": "declined",
    "higher": "higher",
    "lower": "lower",
}


def _course(trend: str, signal: str) -> str:
    """Where it is heading: "getting worse", "increasing", "no significant change", ..."""
    if trend != "cannot be calculated":
        return trend.rpartition(" and ")[2]
    return _COURSES.get(signal.partition(":")[0], "cannot be told")


_COURSES = {
    "No significant change": "no significant change",
    "Improving": "getting better",
    "Getting worse": "getting worse",
    "Changing": "changing",
    "Unusual": "changing",
}


def _no_width(made: Estimate) -> Flags:
    """Limits as published that are rounded to one number say nothing of how certain it is."""
    with np.errstate(invalid="ignore"):
        return np.asarray(made.upper[0] <= made.lower[0], bool)
