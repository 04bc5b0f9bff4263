"""Referral to treatment: how many wait, and how long, by provider, system and England.

Read are NHS England's full extract, in `weeks_waited`, and healthyr's tables of its statistics. Of
those the one by provider has who waits over 18 and 52 weeks and not how many wait in all, so that
no share can be worked out of it.
"""

import polars as pl

from . import weeks_waited
from .activity import PROVIDERS, Figure, Layout, counted, share, take_in
from .periods import month
from .taken import Correction, Fault, Taken, WrongFile, wrong

SOURCE = "Referral to treatment waiting times, NHS England"
_OVER_18 = counted("People waiting more than 18 weeks", polarity="lower is better")
_OVER_52 = counted("People waiting more than 52 weeks", polarity="lower is better")

RENAMED = {
    "Cardiology": "Cardiology Service",
    "Cardiothoracic Surgery": "Cardiothoracic Surgery Service",
    "Dermatology": "Dermatology Service",
    "Ear, Nose & Throat (ENT)": "Ear Nose and Throat Service",
    "Gastroenterology": "Gastroenterology Service",
    "General Medicine": "General Internal Medicine Service",
    "General Surgery": "General Surgery Service",
    "Geriatric Medicine": "Elderly Medicine Service",
    "Gynaecology": "Gynaecology Service",
    "Neurology": "Neurology Service",
    "Neurosurgery": "Neurosurgical Service",
    "Ophthalmology": "Ophthalmology Service",
    "Oral Surgery": "Oral Surgery Service",
    "Plastic Surgery": "Plastic Surgery Service",
    "Rheumatology": "Rheumatology Service",
    "Thoracic Medicine": "Respiratory Medicine Service",
    "Trauma & Orthopaedics": "Trauma and Orthopaedic Service",
    "Urology": "Urology Service",
}
"""Specialties by their names before April 2021, with the ones they have had since. "Other" was
then divided into five, and is none of them."""

BY_PROVIDER = Layout(
    source=SOURCE, area="nhs_trust22_code", period="date", kinds=PROVIDERS, days=month,
    group="treatment", grouping="specialty", whole="Total",
    figures=(
        Figure("rtt-over-18-weeks", _OVER_18, "waits_over_18_weeks"),
        Figure("rtt-over-52-weeks", _OVER_52, "waits_over_52_weeks"),
    ),
    within=(("waits_over_52_weeks", "waits_over_18_weeks"),),
)  # fmt: skip
BY_SYSTEM = Layout(
    source=SOURCE, area="stp20_nhs_code", period="date", days=month, vintage=2020,
    kinds={r"^Q[A-Z0-9]{2}$": "system by NHS code"},
    figures=(
        Figure("rtt-waiting", counted("People waiting", polarity="lower is better"), "incomplete"),
        Figure("rtt-treated", counted("Waits that ended in the month"), "completed"),
        Figure("rtt-new", counted("Waits that began in the month"), "new"),
    ),
)  # fmt: skip
OF_ENGLAND = Layout(
    source=SOURCE, area="area", period="month", days=month, kinds={r"^E92000001$": "england"},
    figures=(
        Figure(
            "rtt-within-18-weeks",
            share("People who have waited no more than 18 weeks", polarity="higher is better"),
            "No. within 18 weeks", of="Total waiting",
        ),
        Figure("rtt-over-18-weeks", _OVER_18, "No. > 18 weeks"),
        Figure("rtt-over-52-weeks", _OVER_52, "No. > 52 weeks"),
        Figure("rtt-waiting", counted("People waiting", polarity="lower is better"),
               "Total waiting"),
    ),
    within=(("No. > 52 weeks", "No. > 18 weeks"),),
)  # fmt: skip
_ENGLAND = ("month", "type_of_wait", "count")


def take(table: pl.DataFrame) -> Taken:
    """The figures of a file.

    raises  WrongFile
    """
    if weeks_waited.PROVIDER in table.columns:
        return weeks_waited.take(table)
    if set(_ENGLAND) <= set(table.columns):
        return take_in(_england(table), (OF_ENGLAND,), "waiting times")
    renamed: list[Correction] = []
    if BY_PROVIDER.group in table.columns:
        table, renamed = _named(table)
    taken = take_in(table, (BY_PROVIDER, BY_SYSTEM), "waiting times")
    return taken._replace(corrections=(*renamed, *taken.corrections))


def _named(table: pl.DataFrame) -> tuple[pl.DataFrame, list[Correction]]:
    """Each specialty by one name in all years."""
    name = pl.col(BY_PROVIDER.group).cast(pl.String).str.strip_chars()
    rows = table.filter(name.is_in(list(RENAMED))).height
    why = "Specialties were renamed in April 2021; each has its later name throughout."
    made = table.with_columns(name.replace(RENAMED))
    return made, [Correction("specialties renamed", rows, why)] if rows else []


def _england(table: pl.DataFrame) -> pl.DataFrame:
    """A row a month, with a column for each kind of wait, which must add up."""
    rows = table.with_row_index("row", offset=2)
    if table.select("month", "type_of_wait").is_duplicated().any():
        twice = rows.filter(rows.select("month", "type_of_wait").is_duplicated())
        _refuse(next(wrong(twice, "type_of_wait", "The file has this wait of this month twice.")))
    wide = table.pivot("type_of_wait", index="month", values="count").with_columns(
        area=pl.lit("E92000001")
    )
    parts = ("No. within 18 weeks", "No. > 18 weeks", "Total waiting")
    if set(parts) <= set(wide.columns):
        within, over, whole = (pl.col(name).cast(pl.Float64, strict=False) for name in parts)
        off = wide.filter(within + over != whole)["month"].cast(pl.String)
        month_off = rows.filter(pl.col("month").cast(pl.String).is_in(off.to_list()))
        for fault in wrong(month_off, "count", "The parts of this month are not its total."):
            _refuse(fault)
    return wide


def _refuse(fault: Fault) -> None:
    raise WrongFile(fault.in_words("The file of England"))
