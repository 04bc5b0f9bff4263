"""The Health Index of the Office for National Statistics, 2015 to 2021, by board and district.

A board has scores, in which 100 is England in 2015 and higher is better. A district's table has
what was measured, each in its own unit, which the file does not say.
"""

import re

import polars as pl

from commonweal.outcomes.store.measures import Measure

from .activity import BOARDS
from .periods import period
from .taken import (
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

SOURCE = "Health Index for England, Office for National Statistics"
_DISTRICTS = {r"^E0[6-9]\d{6}$": "local authority"}
_FORMS = {
    "icb22_code": ("health-index-score", 2022, BOARDS),
    "ltla21_code": ("health-index-measured", 2021, _DISTRICTS),
}
"""By the heading of the codes: how its indicators begin, the year of the codes, and of what."""

_SCORES = {
    "overall_score": "overall", "healthy_people_domain": "healthy people",
    "healthy_lives_domain": "healthy lives", "healthy_places_domain": "healthy places",
}  # fmt: skip


def take(table: pl.DataFrame) -> Taken:
    """Every score or measurement of a file.

    raises  WrongFile
    """
    code = next((each for each in _FORMS if each in table.columns), None)
    if code is None:
        raise WrongFile(
            f"A file of the Health Index has one of the columns {', '.join(_FORMS)}; this one has "
            f"{', '.join(table.columns[:12])}."
        )
    if set(_SCORES) <= set(table.columns):
        table = table.unpivot(list(_SCORES), index=[code, "year"], variable_name="indicator")
        table = table.with_columns(pl.col("indicator").replace(_SCORES))
    form = {code: "area", "year": "period", "indicator": "name", "value": "value"}
    rows, faults = numbers(rows_of(table, list(form), "the Health Index").rename(form), "value")
    days, undated = dated(rows, period)
    faults += [*undated, *_strange(rows, code)]
    rows, several, repeated = once(
        without(rows, faults), ("area", "period", "name"), ("value", "state of value"), "value"
    )
    names = {each: _named(each) for each in rows["name"].unique().sort()}
    begins, vintage, kinds = _FORMS[code]
    figures = rows.select(
        "area", "value", state="state of value", kind=pl.lit(next(iter(kinds.values()))),
        indicator=pl.lit(f"{begins}-") + pl.col("name").replace_strict(
            {each: re.sub(r"\W+", "-", name) for each, name in names.items()}
        ),
        vintage=pl.lit(vintage, pl.Int16), sex=pl.lit("persons"), age=pl.lit("all ages"),
        starts=pl.col("period").replace_strict({p: d for p, (d, _) in days.items()}),
        ends=pl.col("period").replace_strict({p: d for p, (_, d) in days.items()}),
        source=pl.lit(SOURCE),
    )  # fmt: skip
    made = {
        f"{begins}-{re.sub(r'\W+', '-', name)}": _measure(name, begins) for name in names.values()
    }
    return Taken(figures, made, in_its_words([*faults, *several], form), tuple(repeated))


def _strange(rows: pl.DataFrame, code: str) -> list[Fault]:
    ((pattern, kind),) = _FORMS[code][2].items()
    strange = rows.filter(~pl.col("area").fill_null("").str.contains(pattern))
    nameless = rows.filter(pl.col("name").fill_null("") == "")
    return [
        *wrong(strange, "area", f"It is no code of: {kind}."),
        *wrong(nameless, "name", "The indicator has no name."),
    ]


def _named(said: str) -> str:
    """The name of an indicator in one form: `air_pollution` and `Air pollution` are one."""
    return said.replace("_", " ").strip().lower()


def _measure(name: str, begins: str) -> Measure:
    if begins == "health-index-score":
        return Measure(
            name=f"Health Index, {name} (England in 2015 is 100)", polarity="higher is better",
            comparison="none",
        )  # fmt: skip
    return Measure(name=f"Health Index, {name}, as measured", comparison="none")
