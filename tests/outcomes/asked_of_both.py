"""What is asked of DuckDB and of Spark, on the same rows: `python -m tests.outcomes.asked_of_both`.

Spark is asked in a process of its own, so that nothing of Java outlives the test.
"""

import sys
from datetime import date
from pathlib import Path

import polars as pl

from commonweal.outcomes.people import questions, rows
from commonweal.outcomes.people.profile import profile_table, steps
from commonweal.outcomes.people.scores import hospital_weights
from commonweal.outcomes.store.observations import figures_table
from commonweal.outcomes.store.questions import of_indicator, what_there_is
from commonweal.outcomes.store.roll_up import members_table, rolled_up
from commonweal_site.outcomes.spark import on_spark

AS_AT = date(2026, 4, 1)
FIGURES, PEOPLE = figures_table(), profile_table()
OF_FIGURES = {
    "every figure of an indicator": of_indicator(FIGURES, "made-up-1", as_at=AS_AT),
    "what the store has": what_there_is(FIGURES),
    "districts made up into places": rolled_up(
        of_indicator(FIGURES, "made-up-1", as_at=AS_AT, kind="district"), members_table(),
        kind="place", least=0.5,
    ),
}  # fmt: skip
OF_PEOPLE = {
    "what is wrong with the rows": rows.faults_of_tables(AS_AT),
    "the profile of everybody": PEOPLE,
    "uses of care by place and fifth": questions.uses(
        PEOPLE, rows.tables(), ["place", "fifth"], AS_AT
    ),
}
NAMES = [*OF_FIGURES, *OF_PEOPLE]

# As little planning as can be: for so few rows it takes Spark longer than answering.
QUICK = {
    "spark.sql.shuffle.partitions": "1", "spark.sql.adaptive.enabled": "false",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
}  # fmt: skip


def of_figures(engine, members):
    return {name: engine.ask(asked, {"members": members}) for name, asked in OF_FIGURES.items()}


def of_people(engine):
    engine.take("hospital_weights", hospital_weights())
    for name, question in steps(AS_AT):
        engine.keep(name, question)
    return {name: engine.ask(asked) for name, asked in OF_PEOPLE.items()}


def main(folder):
    """Ask Spark everything; each answer is left in the folder, by its number."""
    with on_spark(settings=QUICK) as engine:
        engine.hold("figures", [folder / "figures.parquet"])
        engine.hold_people(str(folder / "people"))
        assert engine.kinds().keys() == rows.TABLES.keys()
        assert not rows.of_another_kind(engine.kinds())
        found = of_figures(engine, pl.read_parquet(folder / "members.parquet"))
        found |= of_people(engine)
    for number, name in enumerate(NAMES):
        found[name].write_parquet(folder / f"answer-{number}.parquet")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
