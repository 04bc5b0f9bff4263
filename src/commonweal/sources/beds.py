"""Beds of trusts by month: how many there are, and how full, of NHS England's statistics.

The published rate is worked out by the source from unrounded figures, so it is taken as it is and
tried against the rounded ones.
"""

from collections.abc import Iterator

import polars as pl

from commonweal.outcomes.store.measures import Measure

from .activity import PROVIDERS, Figure, Layout, take_in
from .periods import month
from .taken import Correction, Fault, Taken, wrong

SOURCE = "Critical care and general and acute beds, NHS England"
KINDS = {
    "general_acute_beds": ("General and acute", "general_acute_beds_occupancy_rate"),
    "adult_general_acute_beds": (
        "Adult general and acute", "adult_general_acute_beds_occupancy_rate",
    ),
    "paediatric_general_acute_beds": (
        "Children's general and acute", "paediatric_general_acute_beds_occupancy_rate",
    ),
    "adult_critical_care_beds": ("Adult critical care", "adult_critical_care_occupancy_rate"),
    "paediatric_intensive_cared_beds": (
        "Children's intensive care", "paediatric_intensive_cared_occupancy_rate",
    ),
    "neonatal_intensive_care_bed": (
        "Newborn intensive care", "neonatal_intensive_care_occupancy_rate",
    ),
}  # fmt: skip
"""By how its columns begin: what kind of bed, and the heading of the published rate."""

_ROUNDED = 0.0006
"""By how much a rate of three places may be off, beyond what whole beds explain."""


def _figure(begins: str, name: str, rate: str) -> Figure:
    measure = Measure(
        name=f"{name} beds that are occupied", per=100, polarity="neither", comparison="none"
    )
    indicator = f"beds-occupied-{name.lower().replace(' ', '-').replace(chr(39), '')}"
    return Figure(indicator, measure, f"{begins}_occupied", f"{begins}_available", rate, times=100)


FIGURES = tuple(_figure(begins, *of) for begins, of in KINDS.items())


def _off(rows: pl.DataFrame) -> Iterator[Fault]:
    """Rates that rounding cannot make of the beds."""
    for figure in FIGURES:
        occupied, there, rate = pl.col(figure.number), pl.col(figure.of), pl.col(figure.value)
        by_rounding = (1 + rate) / (2 * there) + _ROUNDED
        off = (there > 0) & ((rate - occupied / there).abs() > by_rounding)
        because = "It is not the beds occupied over those available."
        yield from wrong(rows.filter(off), figure.value, because)


LAYOUT = Layout(
    source=SOURCE, area="nhs_trust22_code", period="date", kinds=PROVIDERS, vintage=2022,
    days=month, figures=FIGURES, tried=_off,
)  # fmt: skip


def take(table: pl.DataFrame) -> Taken:
    """How full each kind of bed was, in per cent, with the beds occupied and available.

    raises  WrongFile
    """
    there, emptied = _of_no_beds(table)
    taken = take_in(there, (LAYOUT,), "beds")
    return taken._replace(corrections=(*emptied, *taken.corrections))


def _of_no_beds(table: pl.DataFrame) -> tuple[pl.DataFrame, list[Correction]]:
    """Where there are no beds, a rate of them is none, whatever the file prints."""
    printed = 0
    for figure in LAYOUT.figures:
        if not {figure.of, figure.value} <= set(table.columns):
            continue
        there, rate = (pl.col(each).cast(pl.String) for each in (figure.of, figure.value))
        none = there.cast(pl.Float64, strict=False) == 0
        printed += table.filter(none & rate.is_not_null()).height
        marked = pl.when(none).then(pl.lit("[z]")).otherwise(rate)
        table = table.with_columns(marked.alias(figure.value))
    why = "Where there are no beds there is no rate of them, though the file prints one."
    return table, [Correction("rates of no beds", printed, why)] if printed else []
