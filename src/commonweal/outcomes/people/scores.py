"""Scores of frailty, as expressions: the electronic frailty index and the hospital risk score.

Both are whole numbers until they are shown, so that every engine has the same for everybody.
"""

from functools import cache
from importlib.resources import files
from typing import Any

import ibis
import polars as pl

from .conditions import DEFICITS, column

FRAILTY = ("fit", "mild frailty", "moderate frailty", "severe frailty")
"""The levels of the electronic frailty index, from 0."""

_LEAST_DEFICITS = (5, 9, 13)  # above 0.12, 0.24 and 0.36 of the 36

HOSPITAL_FRAILTY = ("low", "intermediate", "high")
"""The levels of the hospital frailty risk score, from 0: below 5, 5 to 15, above 15."""

WEIGHTS = {"code": "string", "tenths": "int16"}
"""The columns of `hospital_weights`."""


def deficits(people: Any) -> Any:
    """How many of the 36 deficits somebody has, by the conditions in a profile.

    source  Clegg and others, Age and Ageing 2016;45:353-360
    """
    return ibis.literal(0) + sum(
        ibis.greatest(*(people[column(name)] for name in shown_by)).cast("int16")
        if len(shown_by) > 1
        else people[column(shown_by[0])].cast("int16")
        for shown_by in DEFICITS.values()
    )


def frailty(number: Any) -> Any:
    """The level of FRAILTY for a number of deficits."""
    mild, moderate, severe = _LEAST_DEFICITS
    return ibis.cases(
        (number >= severe, 3), (number >= moderate, 2), (number >= mild, 1), else_=0
    ).cast("int8")


def hospital_frailty(diagnoses: Any, weights: Any) -> Any:
    """For everybody with a diagnosis that counts, the hospital frailty risk score in tenths.

    diagnoses  of two years; the first three characters of a code count, each code once
    weights    a table with the columns of WEIGHTS
    returns    an expression: person, tenths

    source     Gilbert and others, Lancet 2018;391:1775-1782, table of 109 codes (CC BY). It was
               made for people of 75 and over.
    """
    named = diagnoses.select("person", code=diagnoses.code.substr(0, 3)).distinct()
    weighed = named.join(weights, named.code == weights.code)
    return weighed.group_by(named.person).agg(tenths=weights.tenths.sum())


def hospital_level(tenths: Any) -> Any:
    """The level of HOSPITAL_FRAILTY for a score in tenths."""
    return ibis.cases((tenths > 150, 2), (tenths >= 50, 1), else_=0).cast("int8")  # noqa: PLR2004 - as published: 5 and 15


@cache
def hospital_weights() -> pl.DataFrame:
    """The 109 codes with their weights in tenths, as published."""
    text = (files(__package__) / "hospital_frailty.csv").read_bytes()
    return pl.read_csv(text, schema_overrides={"tenths": pl.Int16})
