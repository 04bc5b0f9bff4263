"""How many are registered with each practice, and how many to a doctor.

Read are NHS England's monthly CSV of registered patients, the House of Commons Library's table of
practices' ages in April 2020, and healthyr's table of patients to a doctor by district.
"""

import polars as pl

from commonweal.outcomes.methods.states import State
from commonweal.outcomes.store.measures import Measure

from .activity import Figure, Layout, counted, share, take_in
from .periods import day, period
from .taken import (
    Fault,
    Taken,
    WrongFile,
    coded,
    dated,
    in_its_words,
    numbers,
    once,
    rows_of,
    without,
    wrong,
)

SOURCE = "Patients registered at a GP practice, NHS England"
PUBLISHED = {
    "EXTRACT_DATE": "period", "TYPE": "type", "CODE": "area", "SEX": "sex", "AGE": "age",
    "NUMBER_OF_PATIENTS": "count",
}  # fmt: skip
BANDED = {
    "EXTRACT_DATE": "period", "ORG_TYPE": "type", "ORG_CODE": "area", "SEX": "sex",
    "AGE_GROUP_5": "age", "NUMBER_OF_PATIENTS": "count",
}  # fmt: skip
"""The published CSV in single years, and the one in bands of five, which names its columns anew."""

PRACTICE = "^[A-HJ-NPWY][0-9]{5}$"
_SEXES = {"ALL": "persons", "FEMALE": "female", "MALE": "male"}
_AGREES = 0.01
"""By how much the patients to a doctor may differ from the one over the other."""

_LIST = counted("Patients registered with a practice")


def _shares(rows: pl.DataFrame) -> list[Fault]:
    """Lists whose two parts are not the whole."""
    off = (pl.col("0_64") + pl.col("65+") - pl.col("Total")).abs() >= 1
    return list(wrong(rows.filter(off), "Total", "It is not those under 65 and those over."))


def _to_a_doctor(rows: pl.DataFrame) -> list[Fault]:
    made = pl.col("total_patients") / pl.col("total_gp_fte")
    off = (made - pl.col("patients_per_gp")).abs() > _AGREES
    because = "It is not the patients over the doctors."
    return list(wrong(rows.filter(off), "patients_per_gp", because))


_AGES = Layout(
    source="Practices' ages of April 2020, by the House of Commons Library",
    area="PRACTICE_CODE", period="period", kinds={PRACTICE: "practice"},
    figures=(
        Figure("list-size", _LIST, "Total"),
        Figure(
            "list-aged-65-and-over",
            share("Registered patients aged 65 or over", polarity="neither"), "65+", of="Total",
        ),
        Figure(
            "list-aged-under-65",
            share("Registered patients aged under 65", polarity="neither"), "0_64", of="Total",
        ),
    ),
    tried=_shares,
)  # fmt: skip
_DOCTORS = Layout(
    source="General practice workforce, NHS England", area="ltla24_code", period="period",
    kinds={r"^E0[6-9]\d{6}$": "local authority"}, vintage=2024,
    figures=(
        Figure(
            "patients-per-gp",
            Measure(
                name="Registered patients to each doctor working full time",
                polarity="lower is better", comparison="none",
            ),
            "total_patients", "total_gp_fte", "patients_per_gp",
        ),
    ),
    tried=_to_a_doctor,
)  # fmt: skip


def take(table: pl.DataFrame, of: str | None) -> Taken:
    """The figures of a file.

    of      the period, where the file does not say it, such as April 2020
    raises  WrongFile; UnknownPeriod
    """
    for form in (PUBLISHED, BANDED):
        if set(form) <= set(table.columns):
            return _published(table, form)
    if of is None:
        raise WrongFile("This file does not say its period. Say it with --period 'April 2020'.")
    period(of)
    return take_in(table.with_columns(period=pl.lit(of)), (_AGES, _DOCTORS), "list sizes")


def _published(table: pl.DataFrame, form: dict[str, str]) -> Taken:
    rows = rows_of(table, list(form), "registered patients").rename(form)
    rows = rows.filter(pl.col("type") == "GP")
    rows, faults = numbers(rows, "count")
    days, undated = dated(rows, day)
    strange = rows.filter(~pl.col("sex").fill_null("").is_in(list(_SEXES)))
    faults += [*undated, *coded(rows, PRACTICE, "a practice")]
    faults += wrong(strange, "sex", f"Sexes are written {', '.join(_SEXES)}.")
    faults += wrong(rows.filter(pl.col("count") < 0), "count", "It is below nought.")
    rows, several, repeated = once(
        without(rows, faults),
        ("area", "period", "sex", "age"),
        ("count", "state of count"),
        "count",
    )
    known = pl.col("state of count") == State.KNOWN.value
    number = pl.when(known).then(pl.col("count"))
    figures = rows.select(
        "area", value=number, count=number, state="state of count",
        indicator=pl.lit("list-size"), kind=pl.lit("practice"),
        starts=pl.col("period").replace_strict(
            {p: d for p, (d, _) in days.items()}, return_dtype=pl.Date
        ),
        ends=pl.col("period").replace_strict(
            {p: d for p, (_, d) in days.items()}, return_dtype=pl.Date
        ),
        sex=pl.col("sex").replace_strict(_SEXES), source=pl.lit(SOURCE),
        age=pl.when(pl.col("age") == "ALL").then(pl.lit("all ages"))
        .otherwise(pl.col("age").str.replace("_", "-")),
    )  # fmt: skip
    found = in_its_words([*faults, *several], form)
    return Taken(figures, {"list-size": _LIST}, found, tuple(repeated))
