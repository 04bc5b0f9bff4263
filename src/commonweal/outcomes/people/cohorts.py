"""People who have a condition that nobody has recorded, and what finding them would avert and save.

Expected less recorded, by place: how many there would be at the rates of a survey, less how many
general practice has on record. It tells where to look, not who it is.
"""

from typing import NamedTuple

import numpy as np
import polars as pl

from commonweal.outcomes.methods.states import Figures
from commonweal.record.errors import SpeakingError, did_you_mean


class UnknownCohort(SpeakingError):
    """No such cohort; the text has those there are."""


class Averted(NamedTuple):
    """What treatment averts: one event for so many people treated for so many years."""

    event: str
    treated: float
    years: float
    source: str


class Cohort(NamedTuple):
    """A condition that goes unnoticed.

    expected  the share of people who have it, from each age on, to the next
    """

    condition: str
    expected: dict[int, float]
    source: str
    averts: tuple[Averted, ...]


_PRESSURE = "theNNT, Blood Pressure Medicines for Five Years to Prevent Death, Heart Attacks, and "
_STROKES = "Strokes; thiazides against placebo in trials of a Cochrane review"

HYPERTENSION = Cohort(
    "hypertension",
    {0: 0.0, 16: 0.09, 45: 0.386, 65: 0.60},
    "Health Survey for England 2021 part 2, Adults' health: 9% of those of 16 to 44, 60% of those "
    "of 65 and over and 30% of all adults; 38.6% at 45 to 64 makes the three agree",
    (
        Averted("heart attack", 100, 5, _PRESSURE + _STROKES),
        Averted("stroke", 67, 5, _PRESSURE + _STROKES),
    ),
)

ATRIAL_FIBRILLATION = Cohort(
    "atrial fibrillation",
    {0: 0.00125, 45: 0.0154, 65: 0.1044},
    "Public Health England, Atrial fibrillation prevalence estimates in England, 2015: 2.4% of all "
    "people, 80.5% of them 65 and over and 16.6% of them 45 to 64; divided by the shares of those "
    "ages in mid-2020",
    (
        Averted(
            "stroke", 25, 1.5, "theNNT, Warfarin for Atrial Fibrillation Stroke Prevention; "
            "five trials of a Cochrane review",
        ),
    ),
)  # fmt: skip

COHORTS = {each.condition: each for each in (HYPERTENSION, ATRIAL_FIBRILLATION)}
"""The cohorts there are, by condition."""

SAVED = {"heart attack": 2_500_000 / 330, "stroke": 6_700_000 / 490}
"""Pounds saved at most for each event averted within three years, at the prices of 2018.

Source: Hampshire and Isle of Wight System reform proposal: Statutory body pack, August 2018, line
83: 330 heart attacks and up to £2.5m, 490 strokes and up to £6.7m, by the best treatment of people
known to have hypertension. It does not say how many they are; at one heart attack averted for 100
people treated for five years, and one stroke for 67, both of its counts come to about 55,000.
"""


def cohort(condition: str) -> Cohort:
    """The cohort of a condition.

    raises  UnknownCohort
    """
    if condition not in COHORTS:
        near = did_you_mean(condition, list(COHORTS))
        raise UnknownCohort(f"Nothing says how many people have {condition!r} unnoticed. {near}")
    return COHORTS[condition]


def expected(people: pl.DataFrame, of: Cohort, by: list[str]) -> pl.DataFrame:
    """How many people of each group would have the condition.

    people   by, age in years, and people
    returns  by and expected
    """
    share = pl.lit(0.0)
    for age, level in sorted(of.expected.items()):
        share = pl.when(pl.col("age") >= age).then(level).otherwise(share)
    return people.group_by(*by).agg(expected=(pl.col("people") * share).sum())


def undetected(recorded: Figures, wanted: Figures) -> Figures:
    """Expected less recorded: nought where as many are recorded as are expected, or more."""
    states = np.maximum(recorded.states, wanted.states)
    left = np.maximum(wanted.values - recorded.values, 0)
    return Figures(np.where(states == 0, left, np.nan), states)


def averted(people: float, of: Averted, *, years: float = 3) -> float:
    """Events averted in so many years if so many more people were treated as well as in the trials.

    >>> heart_attacks, strokes = HYPERTENSION.averts
    >>> round(averted(55_000, heart_attacks)), round(averted(55_000, strokes), -1)
    (330, 490.0)
    """
    return people / of.treated * years / of.years


def saved(events: float, of: Averted) -> float:
    """Pounds that so many events averted save at most; see SAVED."""
    return events * SAVED[of.event]


def found(table: pl.DataFrame, of: Cohort, *, years: float = 3) -> pl.DataFrame:
    """What finding and treating everybody who is undetected would avert and save, at most.

    table    with a column `undetected`, null where it is withheld
    returns  the table, with a column for each event averted, to the nearest whole one, and for
             pounds saved by each, to the nearest thousand
    """
    columns = {}
    for each in of.averts:
        name = each.event.replace(" ", "_")
        events = pl.col("undetected") * averted(1, each, years=years)
        columns[f"{name}s_averted"] = events.round().cast(pl.Int64)
        columns[f"pounds_saved_by_{name}s"] = (
            (events * SAVED[each.event] / 1_000).round() * 1_000
        ).cast(pl.Int64)
    return table.with_columns(**columns)
