"""How much care people of an age use: rates as published, or counts that become rates.

Rates as The Strategy Unit's app on ageing has them (a row for each board, kind of care and age), or
as a table of area, type and age; counts as an extract of hospital statistics has them, by band of
age and sex, which are divided by the people of the base year.
"""

from collections.abc import Sequence

import polars as pl

from commonweal.demand.people import Unit

from .tables import Layout, Table, known, nearest, whole
from .taken import Fault, in_its_words, rows_of, without, wrong

RATES = (
    Layout(
        "a table of rates",
        {"area": "area", "type": "type", "age": "age", "female": "female", "male": "male"},
        ("age", "female", "male"),
    ),
    Layout(
        "The Strategy Unit's app on ageing",
        {"area": "area_code", "pod": "pod", "group": "group", "age": "age", "female": "rate_f",
         "male": "rate_m"},
        ("age", "female", "male"),
    ),
)  # fmt: skip
COUNTS = Layout(
    "a table of counts by band of age",
    {"area": "area", "type": "type", "band": "age", "sex": "sex", "count": "count"},
    ("count",),
)
LABELS = Layout("labels of kinds of care", {"pod": "pod", "group": "group", "label": "label"}, ())
_MOST = 366.0
_BAND = r"^(\d+)\s*(?:-|–|to)\s*(\d+)$"
_OPEN = r"^(\d+)(?: and over|\+)$"
_SEXES = {
    "female": "female", "females": "female", "f": "female", "2": "female",
    "male": "male", "males": "male", "m": "male", "1": "male",
}  # fmt: skip


def fits(headings: Sequence[str]) -> bool:
    """Whether a file with these headings is one of rates."""
    return any(each.fits(headings) for each in RATES)


def take(table: pl.DataFrame) -> Table:
    """Rows of area, type, age, female and male: activity per person a year.

    raises  WrongFile
    """
    layout = nearest(table, RATES, "rates of care")
    rows, faults = known(table, layout)
    faults += whole(rows, "age")
    for sex in ("female", "male"):
        because = "It is more than one a day for each person. Is it per 1,000 people?"
        faults += wrong(rows.filter(pl.col(sex) > _MOST), sex, because)
    if "pod" in layout.columns:
        rows = rows.with_columns(type=_kind())
    kept = without(rows, faults).select(
        "area", "type", pl.col("age").cast(pl.Int16), "female", "male"
    )
    return Table(kept, in_its_words(faults, _form(layout)))


def labels(table: pl.DataFrame) -> dict[str, str]:
    """The label of each type, from a table of kinds of care."""
    rows = rows_of(table, LABELS.headings, LABELS.source).with_columns(type=_kind())
    return dict(rows.select("type", "label").iter_rows())


def _kind() -> pl.Expr:
    return pl.format("{} {}", "pod", "group").str.replace_all(r"[^A-Za-z0-9]+", "-")


def counts(table: pl.DataFrame) -> Table:
    """Rows of area, type, first and last age (none: and over), sex and count, of one year.

    raises  WrongFile
    """
    layout = nearest(table, [COUNTS], "counts of care")
    rows, faults = known(table, layout)
    band = pl.col("band").str.strip_chars()
    first = band.str.extract(_BAND, 1).fill_null(band.str.extract(_OPEN)).fill_null(band)
    last = pl.when(band.str.contains(_OPEN)).then(None).otherwise(
        band.str.extract(_BAND, 2).fill_null(first)
    )  # fmt: skip
    rows = rows.with_columns(
        first=first.cast(pl.Int16, strict=False), last=last.cast(pl.Int16, strict=False),
        said=rows["sex"], sex=pl.col("sex").str.to_lowercase().replace_strict(_SEXES, default=None),
    )  # fmt: skip
    no_band = pl.col("first").is_null() | (pl.col("last") < pl.col("first"))
    faults += wrong(rows.filter(no_band), "band", "It is no band of age, such as 65-69 or 90+.")
    faults += wrong(rows.filter(pl.col("sex").is_null()), "sex", "It is neither sex.", "said")
    kept = without(rows, faults)
    overlapping = _overlaps(kept)
    faults += overlapping
    return Table(without(kept, overlapping), in_its_words(faults, _form(layout)))


def _overlaps(rows: pl.DataFrame) -> list[Fault]:
    """Bands of one area, type and sex that cover an age twice."""
    key = ["area", "type", "sex"]
    before = pl.col("last").fill_null(200).shift(1).over(key)
    late = rows.sort(*key, "first").filter(pl.col("first") <= before)
    return list(wrong(late, "band", "Another row has some of these ages too."))


def per_person(counted: pl.DataFrame, people: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """Counts as rates at every age of their band, and a sentence for each band of nobody.

    people  rows of area, age, female and male, of the year in which the counts were made
    """
    oldest = int(str(people["age"].max()))
    ages = counted.with_columns(
        age=pl.int_ranges("first", pl.col("last").fill_null(oldest).clip(upper_bound=oldest) + 1)
    ).explode("age")
    long = people.unpivot(
        ["female", "male"], index=["area", "age"], variable_name="sex", value_name="people"
    ).with_columns(pl.col("age").cast(pl.Int64))
    band = ["area", "type", "sex", "first"]
    joined = ages.with_columns(pl.col("age").cast(pl.Int64)).join(
        long, on=["area", "age", "sex"], how="left"
    )
    joined = joined.with_columns(here=pl.col("people").sum().over(band))
    nobody = joined.filter((pl.col("here") == 0) & (pl.col("count") > 0)).unique(band)
    said = [
        f"{count:,.0f} of {kind} are of {sex}s from age {first} in {area}, where nobody is: do the "
        "codes of the areas and the year agree?"
        for area, kind, sex, first, count in nobody.select(*band, "count").sort(band).iter_rows()
    ]
    rate = pl.when(pl.col("here") > 0).then(pl.col("count") / pl.col("here")).otherwise(0.0)
    made = joined.with_columns(rate=rate).pivot("sex", index=["area", "type", "age"], values="rate")
    lacking = [name for name in ("female", "male") if name not in made.columns]
    said += [f"The counts have nothing of {name}s: give both sexes." for name in lacking]
    made = made.with_columns(pl.lit(None, pl.Float64).alias(name) for name in lacking)
    return made.select("area", "type", "age", "female", "male").sort("area", "type", "age"), said


def unit(kind: str, label: str) -> Unit:
    """Whether a type is counted in events or in bed days, as its name or label says."""
    words = f"{kind} {label}".lower().replace("-", " ")
    return "bed days" if "bed day" in words or "bds" in words.split() else "events"


def _form(layout: Layout) -> dict[str, str]:
    return {theirs: ours for ours, theirs in layout.columns.items()}
