"""Deaths and people by local authority, sex and age, of the Office for National Statistics.

The tables that demdata publishes, with the codes of local authorities of 2016.
"""

from collections.abc import Iterator

import polars as pl

from commonweal.outcomes.store.measures import Measure

from .periods import period
from .taken import Fault, Taken, coded, in_its_words, numbers, once, rows_of, stated, without, wrong

SOURCE = "Deaths and population estimates, Office for National Statistics"
INDICATOR = "ons-deaths"
FORM = {
    "lad16_code": "area", "sex": "sex", "ageband": "age", "deaths": "count", "pop": "denominator",
}  # fmt: skip
SEXES = {"Females": "female", "Males": "male", "Persons": "persons"}
_MEASURE = Measure(
    name="Deaths from all causes", method="crude rate", per=100_000, polarity="lower is better",
    comparison="none",
)  # fmt: skip


def take(table: pl.DataFrame, of: str) -> Taken:
    """Deaths by area, sex and band of age, with the people of whom they were.

    of      the period, which the file does not say, such as 2014
    raises  WrongFile; UnknownPeriod
    """
    starts, ends = period(of)
    rows, faults = numbers(
        rows_of(table, list(FORM), "deaths and people").rename(FORM), "count", "denominator"
    )
    faults += coded(rows, r"^[EWNS]\d{8}$", "a local authority")
    strange = rows.filter(~pl.col("sex").is_in(list(SEXES)))
    faults += wrong(strange, "sex", f"Sexes are written {', '.join(SEXES)}.")
    faults += _nobody(rows)
    rows = stated(without(rows, faults), "count", "denominator")
    rows, several, repeated = once(
        rows, ("area", "sex", "age"), ("count", "denominator", "state"), "count"
    )
    lacking = list(_bands_missing(rows))
    figures = without(rows, lacking).select(
        "area", "age", "count", "denominator", "state",
        indicator=pl.lit(INDICATOR), kind=pl.lit("local authority"),
        vintage=pl.lit(2016, pl.Int16), starts=pl.lit(starts), ends=pl.lit(ends),
        sex=pl.col("sex").replace_strict(SEXES), source=pl.lit(SOURCE),
    )  # fmt: skip
    found = in_its_words([*faults, *several, *lacking], FORM)
    return Taken(figures, {INDICATOR: _MEASURE}, found, tuple(repeated))


def _nobody(rows: pl.DataFrame) -> Iterator[Fault]:
    none = (pl.col("denominator") == 0) & (pl.col("count") > 0)
    yield from wrong(rows.filter(none), "denominator", "Nobody lived there, yet somebody died.")


def _bands_missing(rows: pl.DataFrame) -> Iterator[Fault]:
    """Every row of an area and sex that lacks a band: a rate of all ages would be wrong."""
    bands = rows["age"].unique()
    for (_, _), its in rows.group_by("area", "sex", maintain_order=True):
        if its.height < len(bands):
            gone = ", ".join(sorted(set(bands) - set(its["age"])))
            yield from wrong(its, "age", f"Of this area and sex the file lacks the bands {gone}.")
