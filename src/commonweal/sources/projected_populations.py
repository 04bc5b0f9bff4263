"""People to come, by area, year, age and sex.

From the subnational population projections of the Office for National Statistics (files of males
and of females, a column a year, ages to 90 and over), or from a table with a row for each age.
"""

from collections.abc import Sequence

import polars as pl

from .tables import Layout, Table, known, nearest, whole
from .taken import Correction, WrongFile, in_its_words, without, wrong

SOURCE = "Subnational population projections, Office for National Statistics"
SEXES = {"females": "female", "males": "male"}
LONG = (
    Layout(
        "a table with a row for each age",
        {"area": "area", "variant": "variant", "year": "year", "age": "age", "female": "female",
         "male": "male"},
        ("year", "age", "female", "male"),
    ),
    Layout(
        "projections by board",
        {"area": "area_code", "variant": "variant", "year": "year", "age": "age", "female": "f",
         "male": "m"},
        ("year", "age", "female", "male"),
    ),
)  # fmt: skip
_WIDE = ("AREA_CODE", "COMPONENT", "SEX", "AGE_GROUP")

_OPEN = r"^(\d+)(?: and over|\+)$"


def fits(headings: Sequence[str]) -> bool:
    """Whether a file with these headings is one of people to come."""
    return set(_WIDE) <= set(headings) or any(each.fits(headings) for each in LONG)


def take(table: pl.DataFrame, *, variant: str = "principal") -> Table:
    """Rows of area, variant, year, age, female and male; one sex is empty in a file of the other.

    variant  what to call the projection of a file that does not name it
    raises   WrongFile
    """
    if set(_WIDE) <= set(table.columns):
        return _wide(table, variant)
    layout = nearest(table, LONG, "people to come")
    read, faults = known(table, layout)
    faults += whole(read, "year", "age")
    rows = without(read, faults).select(
        "area", "variant", pl.col("year", "age").cast(pl.Int16), "female", "male"
    )
    return Table(rows, in_its_words(faults, _form(layout)))


def _wide(table: pl.DataFrame, variant: str) -> Table:
    years = [name for name in table.columns if name.isdecimal() and len(name) == 4]  # noqa: PLR2004  # digits of a year
    if not years:
        raise WrongFile(f"The file of {SOURCE} has no column of a year, such as '2025'.")
    columns = {"area": "AREA_CODE", "sex": "SEX", "group": "AGE_GROUP"} | {y: y for y in years}
    layout = Layout(SOURCE, columns, tuple(years))
    all_ages = pl.col("AGE_GROUP").str.to_lowercase() == "all ages"
    persons = pl.col("SEX").str.to_lowercase() == "persons"
    rows, faults = known(table, layout, ~all_ages & ~persons)
    age = pl.col("group").str.extract(_OPEN).fill_null(pl.col("group"))
    rows = rows.with_columns(
        age=age.cast(pl.Int16, strict=False),
        sex=pl.col("sex").str.to_lowercase().replace_strict(SEXES, default=None),
        said=rows["sex"],
    )
    faults += wrong(rows.filter(pl.col("age").is_null()), "group", "It is no age.")
    strange = rows.filter(pl.col("sex").is_null())
    faults += wrong(strange, "sex", "It is neither females nor males.", "said")
    long = without(rows, faults).unpivot(
        years, index=["area", "sex", "age"], variable_name="year", value_name="people"
    )
    people = {sex: pl.when(pl.col("sex") == sex).then(pl.col("people")) for sex in SEXES.values()}
    made = long.select(
        "area", variant=pl.lit(variant), year=pl.col("year").cast(pl.Int16), age=pl.col("age"),
        **people,
    )  # fmt: skip
    return Table(made, in_its_words(faults, _form(layout)), _left_out(table.height - rows.height))


def _left_out(gone: int) -> tuple[Correction, ...]:
    why = "Rows of all ages, or of both sexes together, say what the others say again."
    return (Correction("rows of totals", gone, why),) if gone else ()


def _form(layout: Layout) -> dict[str, str]:
    return {theirs: ours for ours, theirs in layout.columns.items()}


def together(tables: Sequence[pl.DataFrame]) -> tuple[pl.DataFrame, list[str]]:
    """The rows of several files as one, both sexes beside each other; and what is lacking, said.

    Two files that say different things of one cell are a fault, for nobody can tell which is right.
    """
    key = ["area", "variant", "year", "age"]
    rows = pl.concat(tables, how="vertical_relaxed")
    if len(tables) == 1 and not (rows["female"].null_count() or rows["male"].null_count()):
        return rows, []
    made = [pl.col(sex).drop_nulls().max() for sex in SEXES.values()]
    least = [pl.col(sex).drop_nulls().min().alias(f"least {sex}") for sex in SEXES.values()]
    joined = rows.group_by(key).agg(*made, *least).sort(key)
    said = []
    apart = pl.any_horizontal(pl.col(sex) != pl.col(f"least {sex}") for sex in SEXES.values())
    if several := joined.filter(apart).height:
        said.append(f"{several:,} cells of people are given twice, with different figures.")
    said += [
        f"{lacking:,} cells of people lack the figure for {sex}s: give the file of that sex too."
        for sex in SEXES.values()
        if (lacking := joined[sex].null_count())
    ]
    return joined.select(*key, *SEXES.values()), said
