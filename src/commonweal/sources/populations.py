"""People by area, sex and age, of the Office for National Statistics' mid-year estimates.

Three forms are read: a row an area with a column for each year of age, as demographr has them; a
row for each year of age; and the CSV of Nomis, the Office's own service.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

import polars as pl

from commonweal.outcomes.methods.states import State

from .activity import counted, kind_of
from .periods import period
from .taken import (
    Correction,
    Fault,
    Taken,
    WrongFile,
    dated,
    in_its_words,
    numbers,
    once,
    rows_of,
    stated,
    without,
    wrong,
)

SOURCE = "Mid-year population estimates, Office for National Statistics"
INDICATOR = "population"
LAST = 90
"""The age from which the estimates count everybody together."""

WIDE = {"lsoa11_code": ("small area", 2011), "ltla21_code": ("local authority", 2021)}
"""By the heading of the codes: of what they are, and the year of the set of codes."""

LONG = {"Code": "area", "sex": "sex", "age": "age", "count": "count"}
NOMIS = {
    "GEOGRAPHY_CODE": "area", "DATE_NAME": "period", "GENDER_NAME": "sex", "C_AGE_NAME": "age",
    "MEASURES_NAME": "measure", "OBS_VALUE": "count",
}  # fmt: skip
SEXES = {
    "females": "female", "males": "male", "female": "female", "male": "male", "total": "persons",
    "persons": "persons",
}  # fmt: skip
_KINDS = {
    r"^[EW]01\d{6}$": "small area",
    r"^(?:E0[6-9]|W06|S12|N09)\d{6}$": "local authority",
    r"^E10\d{6}$": "county", r"^E12\d{6}$": "region", r"^E92000001$": "england",
    r"^(?:K0|[WSN]92)\d+$": "country",
}  # fmt: skip
_AGE = re.compile(r"(?:age_)?(\d{1,2})(\+|plus)?")
_NOMIS_AGE = re.compile(r"aged? (\d+)(?: to (\d+)|\s*\+| and over)?", re.IGNORECASE)


def take(table: pl.DataFrame, of: str | None) -> Taken:
    """How many people each area has, by sex and age.

    A small area's years of age are added up to bands of five.

    of      the year, where the file does not say it
    raises  WrongFile; UnknownPeriod
    """
    if set(NOMIS) <= set(table.columns):
        return _nomis(table)
    if of is None:
        raise WrongFile("This file does not say of which year it is. Say it with --period 2020.")
    days = period(of)
    code = next((each for each in WIDE if each in table.columns), None)
    if code:
        return _wide(table, code, days)
    if set(LONG) <= set(table.columns):
        return _long(table, days)
    raise WrongFile(
        f"A file of populations has a column {' or '.join(map(repr, WIDE))}, or the columns "
        f"{', '.join(LONG)}; this one has {', '.join(map(repr, table.columns[:12]))}."
    )


def _wide(table: pl.DataFrame, code: str, days: tuple[date, date]) -> Taken:
    ages = _ages(table.columns)
    rows = rows_of(table, [code, "total_population", *ages.values()], "populations")
    rows = rows.rename({code: "area"})
    columns = ["total_population", *ages.values()]
    rows, faults = numbers(rows, *columns)
    kind, vintage = WIDE[code]
    faults += [*_coded(rows), *_added_up(rows, list(ages.values()))]
    rows = stated(without(rows, faults), *columns)
    rows, several, repeated = once(rows, ("area",), (*columns, "state"), "total_population")
    bands = _bands(ages, 5 if kind == "small area" else 1)
    people = rows.select(
        "area", "state", pl.col("total_population").alias("all ages"),
        **{name: pl.sum_horizontal(its) for name, its in bands.items()},
    ).unpivot(index=["area", "state"], variable_name="age", value_name="count")  # fmt: skip
    figures = _observed(people, days).with_columns(
        kind=pl.lit(kind), vintage=pl.lit(vintage, pl.Int16), sex=pl.lit("persons")
    )
    return _taken(figures, in_its_words([*faults, *several], {code: "area"}), repeated)


def _ages(columns: Sequence[str]) -> dict[int, str]:
    """The heading of each year of age, in order.

    raises  WrongFile where one is not there
    """
    found = {int(said[1]): name for name in columns if (said := _AGE.fullmatch(name))}
    lacking = [str(age) for age in range(LAST + 1) if age not in found]
    if lacking:
        raise WrongFile(f"The file lacks a column of these years of age: {', '.join(lacking)}.")
    return {age: found[age] for age in range(LAST + 1)}


def _bands(ages: dict[int, str], wide: int) -> dict[str, list[str]]:
    """The headings of each band of so many years; the last is open."""
    bands: dict[str, list[str]] = {}
    for age, heading in ages.items():
        first = age - age % wide
        name = (
            f"{LAST}+" if age == LAST else str(age) if wide == 1 else f"{first}-{first + wide - 1}"
        )
        bands.setdefault(name, []).append(heading)
    return bands


def _coded(rows: pl.DataFrame) -> Iterator[Fault]:
    fits = pl.any_horizontal(pl.col("area").fill_null("").str.contains(p) for p in _KINDS)
    yield from wrong(rows.filter(~fits), "area", "It is no code of the Office.")


def _added_up(rows: pl.DataFrame, ages: Sequence[str]) -> Iterator[Fault]:
    off = (pl.sum_horizontal(ages) - pl.col("total_population")).abs() >= 1
    gone = pl.any_horizontal(pl.col(name).is_null() for name in ages)
    because = "It is not the sum of the years of age."
    yield from wrong(rows.filter(off & ~gone), "total_population", because)


def _long(table: pl.DataFrame, days: tuple[date, date]) -> Taken:
    rows, faults = numbers(rows_of(table, list(LONG), "populations").rename(LONG), "count")
    rows = rows.with_columns(pl.col("sex").str.to_lowercase())
    faults += [*_coded(rows), *_sexed(rows)]
    rows = stated(without(rows, faults), "count")
    rows, several, repeated = once(rows, ("area", "sex", "age"), ("count", "state"), "count")
    lacking = list(_years_missing(rows))
    figures = _observed(without(rows, lacking), days).with_columns(kind_of(_KINDS), _sex())
    found = in_its_words([*faults, *several, *lacking], LONG)
    return _taken(figures, found, repeated)


def _sexed(rows: pl.DataFrame) -> Iterator[Fault]:
    strange = rows.filter(~pl.col("sex").fill_null("").is_in(list(SEXES)))
    yield from wrong(strange, "sex", f"Sexes are written {', '.join(SEXES)}.")


def _years_missing(rows: pl.DataFrame) -> Iterator[Fault]:
    """Every row of an area and sex that lacks a year of age: its people would be too few."""
    ages = {str(age) for age in range(LAST)} | {f"{LAST}+"}
    for _, its in rows.group_by("area", "sex", maintain_order=True):
        if lacking := ages - set(its["age"]):
            gone = ", ".join(sorted(lacking))
            yield from wrong(its, "age", f"Of this area and sex the file lacks the ages {gone}.")


def _nomis(table: pl.DataFrame) -> Taken:
    rows, faults = numbers(rows_of(table, list(NOMIS), "Nomis").rename(NOMIS), "count")
    rows = rows.filter(pl.col("measure").fill_null("").str.to_lowercase() == "value")
    rows = rows.with_columns(pl.col("sex").str.to_lowercase())
    days, undated = dated(rows, period)
    ages = {said: _nomis_age(said) for said in rows["age"].drop_nulls().unique()}
    named = pl.col("age").replace_strict(ages, default=None, return_dtype=pl.String)
    strange = rows.filter(named.is_null())
    faults += [*_coded(rows), *_sexed(rows), *undated]
    faults += wrong(strange, "age", "It is no age as Nomis writes one: Age 0, Aged 5 to 9.")
    rows = stated(without(rows, faults), "count")
    rows, several, repeated = once(
        rows, ("area", "period", "sex", "age"), ("count", "state"), "count"
    )
    figures = pl.concat(
        [_observed(rows.filter(pl.col("period") == said), its) for said, its in days.items()]
        or [_observed(rows, (date.min, date.max))]
    ).with_columns(kind_of(_KINDS), _sex(), age=named)
    return _taken(figures, in_its_words([*faults, *several], NOMIS), repeated)


def _nomis_age(said: str) -> str | None:
    """An age as the other files write it.

    >>> [_nomis_age(each) for each in ("All Ages", "Age 7", "Aged 5 to 9", "Aged 90+")]
    ['all ages', '7', '5-9', '90+']
    """
    if said.strip().lower() == "all ages":
        return "all ages"
    found = _NOMIS_AGE.fullmatch(said.strip())
    if not found:
        return None
    if found[2]:
        return f"{found[1]}-{found[2]}"
    return found[1] if said.strip()[-1].isdigit() else f"{found[1]}+"


def _observed(rows: pl.DataFrame, days: tuple[date, date]) -> pl.DataFrame:
    """People as observations; the count is its own value."""
    known = pl.col("state") == State.KNOWN.value
    number = pl.when(known).then(pl.col("count"))
    kept = [name for name in ("area", "sex", "age", "state") if name in rows.columns]
    return rows.select(
        *kept, value=number, count=number, indicator=pl.lit(INDICATOR),
        starts=pl.lit(days[0]), ends=pl.lit(days[1]), source=pl.lit(SOURCE),
    )  # fmt: skip


def _sex() -> pl.Expr:
    return pl.col("sex").replace_strict(SEXES)


def _taken(
    figures: pl.DataFrame, faults: tuple[Fault, ...], repeated: Sequence[Correction]
) -> Taken:
    return Taken(figures, {INDICATOR: counted("People who live there")}, faults, tuple(repeated))
