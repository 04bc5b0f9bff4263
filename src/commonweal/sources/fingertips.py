"""Fingertips, the public health profiles of the Office for Health Improvement and Disparities.

Two forms are read: the CSV that its site and its interface give, and the extract that the
department published with FingertipsNext, which has years for periods and no kind of area.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date

import msgspec
import polars as pl

from commonweal.outcomes.indicators import Method, Polarity
from commonweal.outcomes.methods.states import State
from commonweal.outcomes.store.measures import Compared, Measure
from commonweal.outcomes.store.observations import COLUMNS, NUMBERS
from commonweal.record.errors import did_you_mean

from .periods import period
from .taken import (
    ROW,
    Correction,
    Fault,
    Taken,
    WrongFile,
    dated,
    in_its_words,
    numbers,
    once,
    rows_of,
    without,
    wrong,
)

SOURCE = "Fingertips, Office for Health Improvement and Disparities"
CSV = {
    "Indicator ID": "id", "Indicator Name": "name", "Area Code": "area", "Area Type": "type",
    "Sex": "sex", "Age": "age", "Category Type": "grouping", "Category": "group",
    "Time period": "period", "Value": "value", "Lower CI 95.0 limit": "lower",
    "Upper CI 95.0 limit": "upper", "Count": "count", "Denominator": "denominator",
    "Value note": "note",
}  # fmt: skip
EXTRACT = {
    "IndicatorId": "id", "AreaCode": "area", "Sex": "sex", "Age": "age",
    "CategoryType": "grouping", "Category": "group", "Year": "period", "Value": "value",
    "LowerCI": "lower", "UpperCI": "upper", "Count": "count", "Denominator": "denominator",
}  # fmt: skip
MEASURES = ("IndicatorID", "Polarity", "BenchmarkComparisonMethod", "ValueType", "IndicatorName")

KINDS = {
    "E92": "england", "E12": "region", "E40": "nhs region", "E06": "unitary authority",
    "E07": "district", "E08": "metropolitan district", "E09": "london borough", "E10": "county",
    "E54": "integrated care board", "E38": "sub-board location", "U": "primary care network",
}  # fmt: skip
"""What a code is of, by how it begins; any other is a practice."""

_METHODS: dict[str, Method] = {
    "Proportion": "proportion", "Crude rate": "crude rate", "Count": "count",
    "Directly standardised rate": "directly standardised rate",
    "Indirectly standardised ratio": "indirectly standardised ratio",
    "Life expectancy": "life expectancy", "Mean": "mean",
}  # fmt: skip
_POLARITIES: dict[str, Polarity] = {
    "Low is good": "lower is better", "High is good": "higher is better",
    "Not applicable": "neither",
}  # fmt: skip
_COMPARED: dict[str, Compared] = {
    "CIs overlap reference value (95.0)": "limits at 95%",
    "CIs overlap reference value (99.8)": "limits at 99.8%",
    "Overlapping CIs (95.0)": "overlapping limits at 95%",
    "Quintiles": "quintiles", "No comparison": "none",
}  # fmt: skip
_RUNGS = re.compile(
    r"(?:(?:(?P<place>second|third|fourth|fifth) )?(?P<end>more|most|less|least)|average)"
    r" deprived (?P<of>decile|quintile)", re.IGNORECASE,
)  # fmt: skip
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_PER = re.compile(r"per ([\d,]+)")
_PLACES = 1e-5
"""By how much of itself a figure may differ from the same one rounded."""

_VINTAGE = re.compile(r"\((?:from|v\.|pre)[^)]*?(\d{4}|\d{2})\)", re.IGNORECASE)
_KEY = ("id", "area", "kind", "vintage", "period", "sex", "age", "grouping", "group")


def measures(table: pl.DataFrame) -> dict[str, Measure]:
    """What each indicator is, by its number, from the list of indicators of the extract.

    raises  WrongFile
    """
    rows = rows_of(table, MEASURES, "Fingertips indicators")
    return {row["IndicatorID"]: _measure(row) for row in rows.iter_rows(named=True)}


class _Described(msgspec.Struct):
    name: str = msgspec.field(name="Name")


class _Unit(msgspec.Struct):
    value: float | None = msgspec.field(default=None, name="Value")


class _ValueType(msgspec.Struct):
    name: str = msgspec.field(default="", name="Name")


class _Metadata(msgspec.Struct):
    described: _Described = msgspec.field(name="Descriptive")
    unit: _Unit = msgspec.field(default_factory=_Unit, name="Unit")
    type: _ValueType = msgspec.field(default_factory=_ValueType, name="ValueType")


def measures_of(answer: bytes) -> dict[str, Measure]:
    """What each indicator is, by its number, from the interface's answer on metadata.

    It does not say which way is better, nor how an indicator is compared.

    raises  WrongFile
    """
    try:
        given = msgspec.json.decode(answer, type=dict[str, _Metadata])
    except msgspec.DecodeError as wrong:
        raise WrongFile(
            f"This is no answer of Fingertips on what indicators are: {wrong}. Look whether the "
            "interface has changed its form."
        ) from None
    return {number: _described(each) for number, each in sorted(given.items())}


def _described(given: _Metadata) -> Measure:
    method = _METHODS.get(given.type.name, "not stated")
    return Measure(name=given.described.name, method=method, per=given.unit.value or 1)


def _measure(row: Mapping[str, str]) -> Measure:
    method = _METHODS.get(row["ValueType"], "not stated")
    said = _PER.search(row["IndicatorName"])
    per = float(said[1].replace(",", "")) if said else None
    # A rate without a number of people in its name cannot be worked out anew in its own unit.
    if method == "crude rate" and per is None:
        method = "not stated"
    return Measure(
        name=row["IndicatorName"],
        method=method,
        per=per or (100 if method == "proportion" else 1),
        polarity=_POLARITIES.get(row["Polarity"], "not stated"),
        comparison=_COMPARED.get(row["BenchmarkComparisonMethod"], "not stated"),
    )


def take(
    table: pl.DataFrame,
    known: Mapping[str, Measure] | None = None,
    boards: Mapping[int, Collection[str]] | None = None,
) -> Taken:
    """The figures of a file of Fingertips.

    table   its rows; every column may be text
    known   what each indicator is, by number; with it a number that is not among them is a fault
    boards  the codes of boards by vintage; with it a board of another vintage is a fault
    raises  WrongFile
    """
    form = EXTRACT if "IndicatorId" in table.columns else CSV
    rows = _named(rows_of(table, list(form), "Fingertips"), form)
    rows, faults = numbers(rows, *NUMBERS)
    faults += [*_unknown(rows, known), *_of_another_vintage(rows, boards or {})]
    days, periods = dated(rows, period)
    rows, faults = _stated(rows), faults + periods
    faults += _counted(rows, known or {})
    rows, several, corrections = _one_each(without(rows, faults))
    names = dict(rows.select("id", "name").unique().iter_rows())
    found = {
        f"fingertips-{number}": (known or {}).get(number) or Measure(name=name)
        for number, name in sorted(names.items())
    }
    return Taken(
        _observed(rows, days), found, in_its_words([*faults, *several], form),
        tuple(corrections),
    )  # fmt: skip


def _named(rows: pl.DataFrame, form: Mapping[str, str]) -> pl.DataFrame:
    """One set of names for both forms, and what the code or the kind of area says."""
    rows = rows.rename(dict(form))
    if "type" not in rows.columns:
        prefix = pl.col("area").str.slice(0, 3)
        network = pl.col("area").str.contains(r"^U\d")
        kind = pl.when(network).then(pl.lit("U")).otherwise(prefix)
        rows = rows.with_columns(
            kind=kind.replace_strict(KINDS, default="practice"),
            vintage=pl.lit(None, pl.Int16), note=pl.lit(""),
            name=pl.lit("Fingertips ") + pl.col("id"),
        )  # fmt: skip
    else:
        years = {each: _vintage(each) for each in rows["type"].drop_nulls().unique()}
        year = pl.col("type").replace_strict(years, default=None, return_dtype=pl.Int16)
        kind = pl.col("type").str.replace(r"\s*\(.*\)$", "").str.to_lowercase()
        rows = rows.with_columns(kind=kind, vintage=year)
    text = [pl.col(name).fill_null("") for name in ("grouping", "group", "note")]
    return rows.with_columns(*text, sex=pl.col("sex").str.to_lowercase())


def _vintage(kind: str) -> int | None:
    """The year of a kind of area.

    >>> _vintage("Districts & UAs (from Apr 2023)"), _vintage("PCNs (v. 26/04/24)")
    (2023, 2024)
    """
    found = _VINTAGE.search(kind)
    if not found:
        return None
    year = int(found[1])
    return year if year > 99 else 2000 + year  # noqa: PLR2004  # two figures of a year


def _unknown(rows: pl.DataFrame, known: Mapping[str, Measure] | None) -> Iterator[Fault]:
    if known is None:
        return
    strange = rows.filter(~pl.col("id").is_in(list(known)))
    for number in strange["id"].unique().sort():
        near = did_you_mean(str(number), list(known))
        because = f"The list of indicators does not have it. {near}"
        yield from wrong(strange.filter(pl.col("id") == number), "id", because)


def _of_another_vintage(
    rows: pl.DataFrame, boards: Mapping[int, Collection[str]]
) -> Iterator[Fault]:
    coded = rows.filter(pl.col("area").str.starts_with("E54"))
    for code, vintage in coded.select("area", "vintage").unique().sort("area").iter_rows():
        years = [year for year, codes in boards.items() if code in codes]
        if not boards or vintage in years or (years and vintage not in boards):
            continue
        of = f"a board of {', '.join(map(str, years))}" if years else "no board on record"
        said = f"; the file speaks of those of {vintage}" if vintage else ""
        its = pl.col("vintage").eq_missing(pl.lit(vintage, pl.Int16))
        yield from wrong(
            coded.filter((pl.col("area") == code) & its), "area",
            f"It is the code of {of}{said}. Carry it over, or ask the source for the other codes.",
        )  # fmt: skip


def _stated(rows: pl.DataFrame) -> pl.DataFrame:
    """The state of each row. What is withheld keeps no count, from which it could be found."""
    note = pl.col("note").str.to_lowercase()
    withheld = note.str.contains("suppress|disclosure")
    valued = pl.col("state of value")
    state = (
        pl.when(valued != State.MISSING.value)
        .then(valued)
        .when(withheld)
        .then(State.SUPPRESSED.value)
        .when(pl.col("state of count") == State.SUPPRESSED.value)
        .then(State.SUPPRESSED.value)
        .otherwise(State.MISSING.value)
    )
    rows = rows.with_columns(state.cast(pl.Int8).alias("state"))
    known = pl.col("state") == State.KNOWN.value
    return rows.with_columns(pl.when(known).then(pl.col(name)).alias(name) for name in NUMBERS)


def _counted(rows: pl.DataFrame, known: Mapping[str, Measure]) -> Iterator[Fault]:
    """More people with something than people, where the figure is a proportion."""
    parts = [number for number, measure in known.items() if measure.method == "proportion"]
    above = (pl.col("count") > pl.col("denominator")) & pl.col("id").is_in(parts)
    yield from wrong(
        rows.filter(above), "count", "The count of a proportion is above its denominator."
    )


def _one_each(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Fault], list[Correction]]:
    """Of each thing one row: copies go, and of rows that say different things none is taken."""
    several = rows.select(_KEY).is_duplicated()
    if not several.any():
        return rows, [], []
    left, empty = _filled(rows.filter(several))
    left, rounded = _rounded(left)
    left, faults, repeated = once(left, _KEY, (*NUMBERS, "state"), "value")
    whole = pl.concat([rows.filter(~several), left]).sort(ROW)
    return whole, faults, [*repeated, *empty, *rounded]


def _filled(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Correction]]:
    """Without the rows that have no value beside one that has it."""
    known = pl.col("state") == State.KNOWN.value
    beside = known.any().over(_KEY) & (pl.col("state") == State.MISSING.value)
    left = rows.filter(~beside)
    why = "A row without a value stands beside the same with one, which is taken."
    number = rows.height - left.height
    return left, [Correction("empty copies", number, why)] if number else []


def _rounded(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Correction]]:
    """Of one figure that stands there to more and to fewer places, the one to more.

    Only where value, count and denominator are all the same but for places.
    """
    key = [*_KEY, "state"]
    same = pl.all_horizontal(
        ((pl.col(name).max() - pl.col(name).min()) <= _PLACES * pl.col(name).max()).over(key)
        for name in ("value", "count", "denominator")
    )
    places = pl.col("value").cast(pl.String).str.len_chars()
    shorter = places < places.max().over(key)
    left = rows.filter(~(same & shorter).fill_null(value=False))
    why = "The same figure stands there to fewer places as well; the one to more is taken."
    number = rows.height - left.height
    return left, [Correction("rounded copies", number, why)] if number else []


def _observed(rows: pl.DataFrame, days: Mapping[str, tuple[date, date]]) -> pl.DataFrame:
    starts = {said: day for said, (day, _) in days.items()}
    ends = {said: day for said, (_, day) in days.items()}
    rungs = {each: _rung(each) for each in rows["group"].unique()}
    rung = pl.col("group").replace_strict(rungs, default=None, return_dtype=pl.Int16)
    return rows.with_columns(
        indicator=pl.lit("fingertips-") + pl.col("id"),
        starts=pl.col("period").replace_strict(starts, return_dtype=pl.Date),
        ends=pl.col("period").replace_strict(ends, return_dtype=pl.Date),
        rung=pl.when(pl.col("grouping").str.contains("(?i)depriv")).then(rung),
        source=pl.lit(SOURCE),
    ).select(name for name in COLUMNS if name != "revision")


def _rung(group: str) -> int | None:
    """The place of a group in order of deprivation where its name tells it.

    >>> _rung("Most deprived decile (IMD2015)"), _rung("Third less deprived decile")
    (1, 8)
    >>> _rung("Average deprived quintile"), _rung("Black Caribbean")
    (3, None)
    """
    found = _RUNGS.match(group)
    if not found:
        return None
    if not found["end"]:
        return 3
    place = _ORDINALS.get((found["place"] or "first").lower(), 0)
    last = {"decile": 10, "quintile": 5}[found["of"].lower()]
    return place if found["end"].lower() in {"more", "most"} else last + 1 - place
