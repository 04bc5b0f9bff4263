"""Populations and rates out of tables of rows, as files hold them."""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from .errors import or_refuse
from .people import SEXES, Activity, Population, Rates
from .ranges import Floats


def population(rows: pl.DataFrame) -> Population:
    """The population of a table with a row for each area, variant, year and age.

    rows    columns area, variant, year, age, female, male: persons; every combination once
    raises  CannotProject if a column or a cell is not there, or a cell is there twice
    """
    keys = ("area", "variant", "year", "age")
    or_refuse(_columns(rows, (*keys, *SEXES), "population"))
    axes = {key: _values(rows, key) for key in keys}
    years, ages = _unbroken(axes["year"]), _unbroken(axes["age"])
    cells = _placed(rows, axes, "population")
    if lacking := int(np.isnan(cells).any(axis=-1).sum()):
        or_refuse([f"The population lacks {lacking:,} cells of {cells[..., 0].size:,}: give all."])
    areas, variants = _words(axes["area"]), _words(axes["variant"])
    # Projections may have parts of people: those are kept, for to cut them off would lose some.
    counted = cells.astype(np.int32) if (cells == np.rint(cells)).all() else cells
    return Population(areas, variants, years, ages, counted)


def rates(rows: pl.DataFrame, types: Sequence[Activity]) -> Rates:
    """The rates of a table with a row for each area, type and age.

    rows    columns area, type, age, female, male: activity per person a year. A row that is not
            there is a rate that is not known, not a rate of nought
    types   the types in the order wanted; those of the table that are not named are left out
    raises  CannotProject if a column is not there, or a cell is there twice
    """
    or_refuse(_columns(rows, ("area", "type", "age", *SEXES), "rates"))
    names = [each.name for each in types]
    wanted = rows.filter(pl.col("type").cast(pl.String).is_in(names))
    if not wanted.height:
        or_refuse([f"The rates have no row of any type asked for: {', '.join(names)}."])
    areas, whole = _values(wanted, "area"), _values(wanted, "age")
    axes: dict[str, Sequence[object]] = {"area": areas, "type": names, "age": whole}
    ages = _unbroken(whole)
    return Rates(_words(areas), tuple(types), ages, _placed(wanted, axes, "rates"))


def _columns(rows: pl.DataFrame, wanted: Sequence[str], what: str) -> list[str]:
    lacking = [name for name in wanted if name not in rows.columns]
    has = ", ".join(rows.columns)
    return [f"The {what} have no column “{name}”. There are: {has}." for name in lacking]


def _values(rows: pl.DataFrame, key: str) -> list[object]:
    column = rows[key]
    if column.dtype == pl.Categorical:
        column = column.unique().cast(pl.String)
    return list(column.unique().sort())


def _words(values: Sequence[object]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


def _unbroken(values: Sequence[object]) -> range:
    """Whole years from the first to the last; cells between that are not there are missing."""
    whole = [int(str(value)) for value in values]
    return range(whole[0], whole[-1] + 1)


def _placed(rows: pl.DataFrame, axes: Mapping[str, Sequence[object]], what: str) -> Floats:
    """Cells [..., sex] by the places of their keys; not a number where there is no row."""
    sizes, at = list[int](), np.zeros(rows.height, np.int64)
    for key, values in axes.items():
        whole = not isinstance(values[0], str)
        size = len(_unbroken(values)) if whole else len(values)
        sizes.append(size)
        at = at * size + (_after_first(rows, key) if whole else _codes(rows, key, values))
    cells = np.full((int(np.prod(sizes)), 2), np.nan)
    if (twice := int(np.maximum(np.bincount(at) - 1, 0).sum())) > 0:
        or_refuse([f"The {what} have {twice:,} rows twice: give each cell once."])
    for number, sex in enumerate(SEXES):
        cells[at, number] = rows[sex].cast(pl.Float64).to_numpy()
    return cells.reshape(*sizes, 2)


def _after_first(rows: pl.DataFrame, key: str) -> np.ndarray:
    whole = rows[key].cast(pl.Int64).to_numpy()
    return np.asarray(whole - whole.min())


def _codes(rows: pl.DataFrame, key: str, values: Sequence[object]) -> np.ndarray:
    known = pl.Enum([str(value) for value in values])
    return rows[key].cast(pl.String).cast(known).to_physical().cast(pl.Int64).to_numpy()
