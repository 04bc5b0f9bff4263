"""The methods on Polars frames: rows by area and band in, one row a group out.

A figure may be a number, null for missing, or text with a mark: `[c]`, `c` or `*` withheld so that
nobody can be told apart, `[x]` not available, `[z]` not applicable (marks of the Government
Statistical Service), or the state in words. What comes out has the columns `value`, `lower_95` and
`upper_95` (and so on for each level) and `state`; a value is null unless its state is "known".
"""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from commonweal.record.errors import did_you_mean

from .inequality import Inequality, Scale, inequality
from .life_tables import SMALLEST, life_expectancy
from .limits import Confidence, Estimate, levels
from .means import mean
from .polarity import Polarity
from .proportions import proportion
from .quantiles import quantiles
from .rates import rate
from .standardised import (
    Indirect,
    directly_standardised_rate,
    indirectly_standardised_rate,
    indirectly_standardised_ratio,
)
from .standards import EUROPEAN_2013
from .states import BadFigures, Codes, Figures, NotANumber, State, figures
from .trend import in_words, trend_of_proportions

MARKS = {
    "": State.MISSING, "[x]": State.MISSING, "x": State.MISSING,
    "[c]": State.SUPPRESSED, "c": State.SUPPRESSED, "*": State.SUPPRESSED,
    "[z]": State.NOT_APPLICABLE, "z": State.NOT_APPLICABLE,
    **{state.words: state for state in State if state is not State.KNOWN},
}  # fmt: skip


class UnknownColumn(BadFigures):
    """A column that the frame does not have."""


class BandMissing(BadFigures):
    """A group without one of the bands that the others have, or that the standard has."""


class UnknownBand(BadFigures):
    """A band that the standard does not have."""


class DuplicateRow(BadFigures):
    """Two rows for the same group and band."""


def column(frame: pl.DataFrame, name: str) -> Figures:
    """One column as figures, its marks as states.

    raises  UnknownColumn; NotANumber for text that is neither a number nor a mark
    """
    if name not in frame.columns:
        raise UnknownColumn(f"There is no column {name!r}. {did_you_mean(name, frame.columns)}")
    series = frame[name]
    if series.dtype != pl.String:
        return figures(series, name)
    return figures([_read(cell, name, row) for row, cell in enumerate(series)], name)


def _read(cell: str | None, name: str, row: int) -> float | State | None:
    text = (cell or "").strip()
    mark = MARKS.get(text.casefold())
    if mark is not None:
        return mark
    try:
        return float(text.replace(",", ""))
    except ValueError:
        marks = ", ".join(repr(each) for each in MARKS if each)
        raise NotANumber(
            f"{name} has {text!r} in row {row + 1}, which is no number. Marks are {marks}."
        ) from None


def states_in_words(states: Codes) -> list[str]:
    """The states as a table has them: "known", "not applicable", "missing", "suppressed"."""
    return [State(code).words for code in states.tolist()]


def with_estimate(groups: pl.DataFrame, made: Estimate, confidence: Confidence) -> pl.DataFrame:
    """Groups with the columns of an estimate."""
    columns = {"value": made.value}
    for number, level in enumerate(levels(confidence)):
        said = f"{100 * level:.6g}".replace(".", "_")
        columns |= {f"lower_{said}": made.lower[number], f"upper_{said}": made.upper[number]}
    return groups.with_columns(
        *(pl.Series(name, values).fill_nan(None) for name, values in columns.items()),
        pl.Series("state", states_in_words(made.states), dtype=pl.String),
    )


def proportions(
    frame: pl.DataFrame,
    *,
    count: str = "count",
    denominator: str = "denominator",
    per: float = 1,
    confidence: Confidence = 0.95,
) -> pl.DataFrame:
    """The proportion of each row: `proportions.proportion`."""
    made = proportion(
        column(frame, count), column(frame, denominator), per=per, confidence=confidence
    )
    return with_estimate(frame, made, confidence)


def rates(
    frame: pl.DataFrame,
    *,
    count: str = "count",
    population: str = "population",
    per: float = 100_000,
    confidence: Confidence = 0.95,
) -> pl.DataFrame:
    """The crude rate of each row: `rates.rate`."""
    made = rate(column(frame, count), column(frame, population), per=per, confidence=confidence)
    return with_estimate(frame, made, confidence)


def means(
    frame: pl.DataFrame, *, by: Sequence[str], value: str = "value", confidence: Confidence = 0.95
) -> pl.DataFrame:
    """The mean of each group of rows, with how many there are: `means.mean`."""
    groups, which = _groups(frame, by)
    made = mean(column(frame, value), which, confidence=confidence)
    groups = groups.with_columns(pl.Series("number", made.number))
    return with_estimate(groups, Estimate(*made[3:]), confidence)


def directly_standardised_rates(
    frame: pl.DataFrame,
    *,
    by: Sequence[str],
    band: str = "band",
    count: str = "count",
    population: str = "population",
    standard: Mapping[str, float] = EUROPEAN_2013,
    per: float = 100_000,
    confidence: Confidence = 0.95,
) -> pl.DataFrame:
    """One rate a group: `standardised.directly_standardised_rate`.

    standard  weight of each band. Bands are joined by name, in whatever order the rows come
    raises    BandMissing, UnknownBand, DuplicateRow; and as the method
    """
    groups, (x, n) = banded(frame, by, band, list(standard), (count, population))
    made = directly_standardised_rate(x, n, list(standard.values()), per=per, confidence=confidence)
    return with_estimate(groups, made, confidence)


def indirectly_standardised(
    frame: pl.DataFrame,
    reference: pl.DataFrame,
    *,
    by: Sequence[str],
    band: str = "band",
    count: str = "count",
    population: str = "population",
    per: float | None = None,
    as_rate: bool = False,
    confidence: Confidence = 0.95,
) -> pl.DataFrame:
    """One ratio a group, or rate, with `observed` and `expected`: `standardised`.

    reference  the bands of the reference, with the same columns
    per        100 for the ratio and 100,000 for the rate, unless told otherwise
    raises     BandMissing, UnknownBand, DuplicateRow; and as the method
    """
    bands = reference[band].to_list()
    _, (ref_x, ref_n) = banded(reference, [], band, bands, (count, population))
    groups, (x, n) = banded(frame, by, band, bands, (count, population))
    observed = Figures(x.values.sum(axis=-1), x.states.max(axis=-1))
    method = indirectly_standardised_rate if as_rate else indirectly_standardised_ratio
    made: Indirect = method(
        observed, n, Figures(ref_x.values[0], ref_x.states[0]),
        Figures(ref_n.values[0], ref_n.states[0]),
        per=per or (100_000 if as_rate else 100), confidence=confidence,
    )  # fmt: skip
    groups = groups.with_columns(
        pl.Series("observed", made.observed).fill_nan(None),
        pl.Series("expected", made.expected).fill_nan(None),
    )
    return with_estimate(groups, Estimate(*made[3:]), confidence)


def life_expectancies(
    frame: pl.DataFrame,
    *,
    by: Sequence[str],
    age: str = "age",
    deaths: str = "deaths",
    population: str = "population",
    confidence: Confidence = 0.95,
    smallest: float = SMALLEST,
) -> pl.DataFrame:
    """Years still to live, a row for each group and band: `life_tables.life_expectancy`.

    age     where the band begins, in years; bands are put in order of it
    raises  BandMissing, DuplicateRow; and as the method
    """
    starts = sorted(_named(frame, age)[age].unique().to_list())
    groups, (x, n) = banded(frame, by, age, starts, (deaths, population))
    made = life_expectancy(x, n, starts, confidence=confidence, smallest=smallest)
    rows = groups.join(pl.DataFrame({age: starts}), how="cross", maintain_order="left_right")
    low, high = (limits.reshape(len(limits), -1) for limits in (made.lower, made.upper))
    flat = Estimate(made.value.ravel(), low, high, made.states.ravel())
    return with_estimate(rows, flat, confidence)


def in_quantiles(
    frame: pl.DataFrame,
    *,
    value: str = "value",
    number: int = 10,
    highest_first: bool = True,
    by: Sequence[str] = (),
) -> pl.DataFrame:
    """Rows with the `quantile` of each within its group, null with a `state` if it has none."""
    _, which = _groups(frame, by)
    made = quantiles(column(frame, value), number, highest_first=highest_first, within=which)
    return frame.with_columns(
        pl.Series("quantile", made.quantile).replace(0, None),
        pl.Series("state", states_in_words(made.states), dtype=pl.String),
    )


def inequalities(
    frame: pl.DataFrame,
    *,
    by: Sequence[str],
    quantile: str = "quantile",
    value: str = "value",
    population: str = "population",
    error: str = "error",
    scale: Scale = "value",
    per: float = 1,
    confidence: Confidence = 0.95,
) -> pl.DataFrame:
    """Two rows a group, `index` "slope" and "relative": `inequality.inequality`.

    quantile  1 the most deprived
    raises    BandMissing, DuplicateRow; and as the method
    """
    order = sorted(_named(frame, quantile)[quantile].unique().to_list())
    groups, (y, n, e) = banded(frame, by, quantile, order, (value, population, error))
    made: Inequality = inequality(y, n, e, scale=scale, per=per, confidence=confidence)
    return pl.concat(
        with_estimate(groups.with_columns(index=pl.lit(name)), each, confidence)
        for name, each in (("slope", made.slope), ("relative", made.ratio))
    )


def trends(
    frame: pl.DataFrame,
    *,
    by: Sequence[str],
    year: str = "year",
    count: str = "count",
    denominator: str = "denominator",
    polarity: Polarity = Polarity.NEITHER,
) -> pl.DataFrame:
    """The `trend` of each group's proportion in words, with its `statistic` and `slope`.

    Every group needs a row for every year; a figure that is not there is null or marked.

    raises  BandMissing, DuplicateRow; and as `trend.trend_of_proportions`
    """
    years = sorted(_named(frame, year)[year].unique().to_list())
    groups, (x, n) = banded(frame, by, year, years, (count, denominator))
    made = trend_of_proportions(x, n, years=years)
    return groups.with_columns(
        pl.Series("trend", in_words(made, polarity), dtype=pl.String),
        pl.Series("statistic", made.statistic).fill_nan(None),
        pl.Series("slope", made.slope).fill_nan(None),
        pl.Series("state", states_in_words(made.states), dtype=pl.String),
    )


def banded(
    frame: pl.DataFrame,
    by: Sequence[str],
    band: str,
    bands: Sequence[object],
    columns: Sequence[str],
) -> tuple[pl.DataFrame, list[Figures]]:
    """The groups of a frame in the order they come, and columns as groups by bands.

    raises  UnknownBand, DuplicateRow, BandMissing: each names the first of them
    """
    order = pl.DataFrame({band: pl.Series(bands), "_place": range(len(bands))})
    given = _named(frame, *by, band)
    groups, which = _groups(given, by)
    placed = given.select(band).join(order, on=band, how="left", maintain_order="left")["_place"]
    _refuse_bands(given, band, bands, placed)
    slot = which * len(bands) + placed.to_numpy()
    taken = np.bincount(slot, minlength=len(groups) * len(bands))
    for wrong, error, said, then in (
        (taken > 1, DuplicateRow, "more than one row", "Add them up, or leave one out."),
        (
            taken == 0,
            BandMissing,
            "no row",
            "Where a figure is not there, give a row that says so.",
        ),
    ):
        if wrong.any():
            group, place = divmod(int(np.flatnonzero(wrong)[0]), len(bands))
            more = f" (and so have {wrong.sum() - 1:,} more)" if wrong.sum() > 1 else ""
            who = ", ".join(str(cell) for cell in groups.row(group)) or "The table"
            raise error(f"{who} has {said} for {band} {bands[place]}{more}. {then}")
    made = []
    for name in columns:
        whole = column(given, name)
        values, states = np.empty(len(slot)), np.empty(len(slot), np.int8)
        values[slot], states[slot] = whole.values, whole.states
        shape = (len(groups), len(bands))
        made.append(Figures(values.reshape(shape), states.reshape(shape)))
    return groups, made


def _refuse_bands(
    frame: pl.DataFrame, band: str, bands: Sequence[object], placed: pl.Series
) -> None:
    if placed.null_count():
        unknown = frame.filter(placed.is_null())
        said = str(unknown[band][0])
        raise UnknownBand(
            f"{band} {said!r} is not among those to be joined. "
            f"{did_you_mean(said, [str(each) for each in bands])}"
        )


def _groups(
    frame: pl.DataFrame, by: Sequence[str]
) -> tuple[pl.DataFrame, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Each group once, in the order they come, and the number of each row's group."""
    if not by:
        return pl.DataFrame([{}]), np.zeros(len(frame), np.int64)
    keys = _named(frame, *by).select(by)
    groups = keys.unique(maintain_order=True)
    numbered = groups.with_row_index("_group")
    which = keys.join(numbered, on=list(by), how="left", maintain_order="left", nulls_equal=True)
    return groups, which["_group"].to_numpy().astype(np.int64)


def _named(frame: pl.DataFrame, *names: str) -> pl.DataFrame:
    for name in names:
        if name not in frame.columns:
            raise UnknownColumn(f"There is no column {name!r}. {did_you_mean(name, frame.columns)}")
    return frame
