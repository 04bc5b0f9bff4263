"""Accident and emergency: attendances, waits over four hours and admissions, by NHS England.

Three forms are read: the CSV that NHS England publishes each month, whose totals it is tried
against; healthyr's tables by trust and by board; and NHSRdatasets' of 2016 to 2019.
"""

from collections.abc import Iterator

import polars as pl

from .activity import BOARDS, PROVIDERS, Figure, Layout, counted, share, take_in
from .periods import month
from .taken import Correction, Taken, WrongFile

SOURCE = "Accident and emergency attendances and admissions, NHS England"
_ATTENDED = counted("Attendances at accident and emergency")
_OVER = share("Attendances of more than four hours", polarity="lower is better")
_ADMITTED = counted("Emergency admissions")
_WAITED = share(
    "Emergency admissions more than four hours after the decision to admit",
    polarity="lower is better",
)
_BY_TYPE = "type of department"
_TYPES = {"Type 1": "1", "Type 2": "2", "Other": "other"}


def _layout(area: str, kinds: dict[str, str]) -> Layout:
    return Layout(
        source=SOURCE, area=area, period="date", kinds=kinds, vintage=2022, days=month,
        figures=(
            Figure("ae-attendances", _ATTENDED, "total_attendances"),
            Figure("ae-over-4-hours", _OVER, "attendances_over_4hours", of="total_attendances"),
            Figure("ae-admissions", _ADMITTED, "total_emergency_admissions"),
            Figure(
                "ae-admitted-after-4-hours", _WAITED, "emergency_admissions_over_4hours",
                of="total_emergency_admissions",
            ),
        ),
    )  # fmt: skip


LAYOUTS = (
    _layout("nhs_trust22_code", PROVIDERS),
    _layout("icb22_code", BOARDS),
    Layout(
        source=SOURCE, area="org_code", period="period", kinds=PROVIDERS, days=month,
        group="type", grouping=_BY_TYPE,
        figures=(
            Figure("ae-attendances", _ATTENDED, "attendances"),
            Figure("ae-over-4-hours", _OVER, "breaches", of="attendances"),
            Figure("ae-admissions", _ADMITTED, "admissions"),
        ),
    ),
    Layout(
        source=SOURCE, area="Org Code", period="Period", kinds=PROVIDERS, days=month,
        group="Type", grouping=_BY_TYPE,
        figures=(
            Figure("ae-attendances", _ATTENDED, "Attendances"),
            Figure("ae-over-4-hours", _OVER, "Over 4 hours", of="Attendances"),
        ),
    ),
)  # fmt: skip

MONTHLY = {
    "Type 1": ("A&E attendances Type 1", "Attendances over 4hrs Type 1"),
    "Type 2": ("A&E attendances Type 2", "Attendances over 4hrs Type 2"),
    "Other": ("A&E attendances Other A&E Department", "Attendances over 4hrs Other Department"),
}
"""Of the published CSV: the headings of attendances and waits, by type of department."""

_TOTAL = "TOTAL"


def take(table: pl.DataFrame) -> Taken:
    """The figures of a file.

    raises  WrongFile, and for a monthly CSV that does not add up to its own total
    """
    if "Org Code" not in table.columns:
        return take_in(table, LAYOUTS, "accident and emergency")
    long, left_out = _monthly(table)
    taken = take_in(long, LAYOUTS, "accident and emergency")
    return taken._replace(corrections=(*left_out, *taken.corrections))


def _monthly(table: pl.DataFrame) -> tuple[pl.DataFrame, list[Correction]]:
    """The published CSV with a row for each type of department, without its row of totals."""
    table = table.rename({name: name.strip() for name in table.columns})
    columns = [name for pair in MONTHLY.values() for name in pair]
    lacking = [name for name in ("Period", "Org name", *columns) if name not in table.columns]
    if lacking:
        raise WrongFile(
            f"A monthly file of accident and emergency has {', '.join(map(repr, lacking))}; this "
            "one has not. Look whether NHS England has renamed a column."
        )
    text = table.with_columns(pl.all().cast(pl.String).str.strip_chars())
    total = pl.any_horizontal(
        pl.col(name).fill_null("").str.to_uppercase() == _TOTAL for name in ("Period", "Org name")
    )
    rows, totals = text.filter(~total), text.filter(total)
    if totals.is_empty():
        raise WrongFile(
            "The file has no row of totals, which stands last in it: it was cut short. Fetch it "
            "again."
        )
    if off := list(_off(rows, totals, columns)):
        raise WrongFile(f"The rows do not add up to the file's own totals: {'; '.join(off)}.")
    why = "The last row is the sum of the others, to which they were found to add up."
    return _by_type(rows), [Correction("row of totals", totals.height, why)]


def _off(rows: pl.DataFrame, totals: pl.DataFrame, columns: list[str]) -> Iterator[str]:
    for name in columns:
        number = pl.col(name).str.replace_all(",", "").cast(pl.Float64, strict=False)
        made, said = rows.select(number).sum().item(), totals.select(number).item(0, 0)
        if made != said:
            yield f"{name}, {made:,.0f} and not {totals[name][0]}"


def _by_type(rows: pl.DataFrame) -> pl.DataFrame:
    return pl.concat(
        rows.select(
            "Org Code", "Period", Type=pl.lit(_TYPES[name]),
            **{"Attendances": pl.col(attended), "Over 4 hours": pl.col(over)},
        )
        for name, (attended, over) in MONTHLY.items()
    )  # fmt: skip
