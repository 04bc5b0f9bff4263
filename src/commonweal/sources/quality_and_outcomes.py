"""The Quality and Outcomes Framework: how many of those registered have a condition, by district.

The tables of the House of Commons Library, worked out from practices' registers of NHS England.
"""

from collections.abc import Iterator

import polars as pl

from commonweal.outcomes.store.measures import Measure
from commonweal.record.errors import did_you_mean

from .periods import period
from .taken import Fault, Taken, coded, in_its_words, numbers, once, rows_of, stated, without, wrong

SOURCE = "Quality and Outcomes Framework, by the House of Commons Library"
FORM = {
    "lad_code": "area", "group_code": "condition", "register": "count", "list": "denominator",
    "prevalence": "value",
}  # fmt: skip
CONDITIONS = {
    "AF": "Atrial fibrillation", "AST": "Asthma", "CAN": "Cancer",
    "CHD": "Coronary heart disease", "CKD": "Chronic kidney disease",
    "COPD": "Chronic obstructive pulmonary disease",
    "CVDPP": "Cardiovascular disease, primary prevention", "DEM": "Dementia",
    "DEP": "Depression", "DM": "Diabetes", "EP": "Epilepsy", "HF": "Heart failure",
    "HYP": "High blood pressure", "LD": "Learning disability", "MH": "Mental health",
    "OB": "Obesity", "OST": "Osteoporosis", "PAD": "Peripheral arterial disease",
    "PC": "Palliative care", "RA": "Rheumatoid arthritis",
    "STIA": "Stroke and transient ischaemic attack",
}  # fmt: skip
_AGREES = 1e-6
"""By how much the prevalence may differ from the register over the list."""


def take(table: pl.DataFrame, of: str) -> Taken:
    """The figures of a file of prevalence by district.

    of      the period, which the file does not say, such as 2019/20
    raises  WrongFile; UnknownPeriod
    """
    starts, ends = period(of)
    rows, faults = numbers(
        rows_of(table, list(FORM), "the Quality and Outcomes Framework").rename(FORM),
        "value", "count", "denominator",
    )  # fmt: skip
    faults += [*coded(rows, r"^[EWNS]\d{8}$", "a district"), *_strange(rows), *_sums(rows)]
    rows = stated(without(rows, faults), "value", "count", "denominator")
    rows, several, repeated = once(
        rows, ("area", "condition"), ("value", "count", "denominator", "state"), "value"
    )
    figures = rows.select(
        "area", "count", "denominator", "state", pl.col("value") * 100,
        indicator=pl.lit("qof-") + pl.col("condition").str.to_lowercase(),
        kind=pl.lit("district"), starts=pl.lit(starts), ends=pl.lit(ends),
        sex=pl.lit("persons"), age=pl.lit("all ages"), source=pl.lit(SOURCE),
    )  # fmt: skip
    found = sorted(rows["condition"].unique())
    made = {f"qof-{code.lower()}": _measure(code) for code in found}
    return Taken(figures, made, in_its_words([*faults, *several], FORM), tuple(repeated))


def _measure(code: str) -> Measure:
    return Measure(
        name=f"{CONDITIONS[code]}: registered patients who have it", method="proportion", per=100,
        polarity="neither", comparison="quintiles",
    )  # fmt: skip


def _strange(rows: pl.DataFrame) -> Iterator[Fault]:
    known = list(CONDITIONS)
    for code in rows.filter(~pl.col("condition").is_in(known))["condition"].unique().sort():
        near = did_you_mean(code, known)
        its = rows.filter(pl.col("condition") == code)
        yield from wrong(its, "condition", f"There is no such register. {near}")


def _sums(rows: pl.DataFrame) -> Iterator[Fault]:
    above = pl.col("count") > pl.col("denominator")
    yield from wrong(rows.filter(above), "count", "More are on the register than on the list.")
    share = pl.col("count") / pl.col("denominator")
    off = ~above & ((pl.col("value") - share).abs() > _AGREES)
    yield from wrong(rows.filter(off), "value", "It is not the register over the list.")
