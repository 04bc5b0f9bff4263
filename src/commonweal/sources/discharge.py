"""Leaving hospital: who no longer needs to be there, who went home when, and what held them up.

Of NHS England's daily and monthly statistics as healthyr publishes them. Those who no longer meet
the criteria to reside are counted before the day's discharges.
"""

import polars as pl

from .activity import BOARDS, PROVIDERS, Figure, Layout, counted, share, take_in
from .periods import day, month
from .taken import Correction, Taken

SOURCE = "Acute discharge situation report, NHS England"
_STAYING = Figure(
    "no-criteria-to-reside",
    counted("Patients who no longer need to be in hospital", polarity="lower is better"),
    "do_not_meet_criteria_to_reside",
)


def _daily(area: str, kinds: dict[str, str], *figures: Figure) -> Layout:
    return Layout(
        source=SOURCE, area=area, period="date", kinds=kinds, vintage=2022, days=day,
        figures=figures,
    )  # fmt: skip


LAYOUTS = (
    _daily("nhs_trust22_code", PROVIDERS, _STAYING),
    _daily("icb22_code", BOARDS, _STAYING),
    _daily(
        "icb22_code", BOARDS,
        Figure("discharged", counted("Patients discharged"), "discharged_total"),
        Figure(
            "discharged-by-17",
            share("Patients discharged by five in the afternoon", polarity="higher is better"),
            "discharged_by_1700", of="discharged_total",
        ),
    ),
    Layout(
        source="Discharge delays, NHS England", area="nhs_trust22_code", period="date",
        kinds=PROVIDERS, vintage=2022, days=month, group="delay_reason",
        grouping="reason for delay",
        figures=(
            Figure(
                "discharge-delayed",
                counted("Discharges delayed", polarity="lower is better"), "delay_count",
            ),
        ),
    ),
)  # fmt: skip
REASON = "delay_reason"


def take(table: pl.DataFrame) -> Taken:
    """The figures of a file.

    raises  WrongFile
    """
    alike: list[Correction] = []
    if REASON in table.columns:
        table, alike = _reasons(table)
    taken = take_in(table, LAYOUTS, "discharge from hospital")
    return taken._replace(corrections=(*alike, *taken.corrections))


def _reasons(table: pl.DataFrame) -> tuple[pl.DataFrame, list[Correction]]:
    """Reasons written with one kind of space, dash and slash."""
    said = pl.col(REASON).cast(pl.String)
    # A question mark stands where the file's maker could not show a space.
    plain = (
        said.str.replace_all("\u00a0", " ").str.replace_all(r"\?\(", " (").str.replace_all("?", "",
        literal=True).str.replace_all(r"\s*[–-]\s+", " – ").str.replace_all(r"\s*/\s*", "/")
        .str.replace_all(r"\s+", " ").str.strip_chars()
    )  # fmt: skip
    rows = table.filter(plain != said).height
    why = "Spaces, dashes and stray question marks in reasons are made alike."
    made = table.with_columns(plain.alias(REASON))
    return made, [Correction("reasons made alike", rows, why)] if rows else []
