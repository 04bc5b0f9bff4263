"""How fast linked rows about people become counts for every place, and in how much memory.

The people are invented, with five years of events. The peer is what an analyst would write in
Polars for a part of the same: one scheme of segments, conditions on record and use of care.
All of England, for those who have the disk and the hours:
`commonweal outcomes segment --people 57000000 --keep FOLDER`, then again with `--people FOLDER`.
"""

import os
import resource
from datetime import date
from pathlib import Path

import polars as pl

from bench.rows import Measured, row, watch
from commonweal.outcomes.people import questions
from commonweal.outcomes.people.cohorts import COHORTS
from commonweal.outcomes.people.conditions import (
    DEFICITS,
    FOR_A_YEAR,
    IN_HOSPITAL,
    LONG_TERM,
    codes,
)
from commonweal.outcomes.people.profile import profile_table
from commonweal_site.outcomes.people.asking import People
from commonweal_site.outcomes.people.engines import on_folder
from commonweal_site.outcomes.people.writing import write

AS_AT, YEAR = date(2026, 4, 1), date(2025, 4, 1)
BY = ["place"]
SIZES = (20_000, 200_000, 2_000_000)


def made(people):
    """A folder of so many, invented once in a run."""
    folder = Path(os.environ["COMMONWEAL_BENCH_DIR"]) / f"people-{people}"
    if not (folder / "residents").exists():
        write(folder, people, as_at=AS_AT)
    return folder


def everything(people):
    return (
        people.segments(BY), people.segments(BY, "bridges"), people.frailty(BY), people.strata(BY),
        people.recorded(BY), people.uses(BY), *(people.undetected(BY, name) for name in COHORTS),
    )  # fmt: skip


@row(
    "From rows about people to every segment, stratum, condition and use of care of every place",
    sizes=SIZES, of="people with five years of events", unit="s", at_most=60,
    peer="plain Polars, for a part of it", by_name=2_000_000,
)  # fmt: skip
def counted(size):
    folder = made(size)
    with watch() as taken, on_folder(folder) as engine:
        everything(People(engine, AS_AT))
    with watch() as theirs:
        by_polars = in_polars(folder)
    with on_folder(folder) as engine:
        People(engine, AS_AT)
        asked = engine.ask(questions.in_segments(profile_table(), "suffolk", BY))
    assert asked.sort(*BY, "part").rows() == by_polars.sort(*BY, "part").rows()
    return Measured(taken.seconds, theirs.seconds, taken.processor)


@row(
    "The most memory that takes",
    sizes=SIZES, of="people with five years of events", unit="MiB", at_most=4_096,
    by_name=2_000_000,
)  # fmt: skip
def memory(size):
    with on_folder(made(size)) as engine:
        everything(People(engine, AS_AT))
    return Measured(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024)


# --- the peer ------------------------------------------------------------------------------------


def in_polars(folder):
    """People by place and segment of Suffolk and North East Essex; the rest is counted too."""
    tables = {each.name: pl.read_parquet(each / "*.parquet") for each in folder.iterdir()}
    people = _flagged(tables)
    people.group_by(*BY).agg(pl.col("^has .*$").sum())
    for name, day in {"spells": "admitted", "attendances": "day", "contacts": "day"}.items():
        recent = tables[name].filter(pl.col(day) >= YEAR)
        recent.join(people.select("person", *BY), on="person").group_by(*BY).len()
    return people.group_by(*BY, part=_segment()).agg(people=pl.len().cast(pl.Int64))


def _flagged(tables):
    rows = tables["conditions"].filter(
        (pl.col("since") < AS_AT)
        & (pl.col("until").is_null() | (pl.col("until") >= AS_AT))
        & (~pl.col("condition").is_in(list(FOR_A_YEAR)) | (pl.col("since") >= YEAR))
    )
    has = rows.with_columns(there=pl.lit(1, pl.Int8)).pivot(
        "condition", index="person", values="there", aggregate_function="first"
    )
    has = has.rename({name: f"has {name}" for name in has.columns if name != "person"})
    recent = tables["diagnoses"].filter(pl.col("day") >= YEAR)
    for name, spans in IN_HOSPITAL.items():
        there = recent.filter(pl.col("code").is_in(codes(spans))).select("person").unique()
        has = has.join(
            there.with_columns(pl.lit(1, pl.Int8).alias(f"in for {name}")),
            on="person", how="full", coalesce=True,
        )  # fmt: skip
    contacts = tables["contacts"].filter(
        (pl.col("day") >= YEAR) & (pl.col("team") == "mental health")
    )
    has = has.join(
        contacts.select("person").unique().with_columns(seen=pl.lit(1, pl.Int8)),
        on="person", how="full", coalesce=True,
    )  # fmt: skip
    return tables["residents"].join(has, on="person", how="left").fill_null(0)


def _segment():
    def any_of(*names):
        return pl.any_horizontal(pl.col(name) == 1 for name in names)

    def has(*names):
        return any_of(*(f"has {name}" for name in names))

    def in_for(*names):
        return any_of(*(f"in for {name}" for name in names))

    deficits = pl.sum_horizontal(has(*shown_by).cast(pl.Int16) for shown_by in DEFICITS.values())
    long_term = pl.sum_horizontal(pl.col(f"has {name}").cast(pl.Int16) for name in LONG_TERM)
    stages = [f"end-stage {of}" for of in ("liver disease", "heart disease", "renal disease")]
    stages.append("end-stage chronic obstructive pulmonary disease")
    adult = pl.col("born") <= date(2008, 4, 1)
    return (
        pl.when(~adult).then(7)
        .when(has("palliative care", "end of life", *stages)).then(1)
        .when(
            in_for("hip fracture", "stroke", "a fall", "frailty") | (long_term >= 4)
            | (deficits >= 13) | has("dementia", "housebound", "has a carer")
        ).then(2)
        .when((long_term >= 1) | has("cancer") | (deficits >= 9)).then(3)
        .when(
            has("serious mental illness") | (pl.col("seen") == 1)
            | in_for("mental health", "alcohol", "drugs", "self-harm", "homelessness")
        ).then(4)
        .when(
            in_for("emergency dentistry")
            | has("obesity", "smoking", "increased alcohol risk", "high alcohol risk")
        ).then(5)
        .otherwise(6).cast(pl.Int8)
    )  # fmt: skip
