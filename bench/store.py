"""How fast the store of figures takes a file in, and answers for every area of an indicator.

The figures are made up, in the shape of Fingertips: 20 indicators, areas, and ten years of each.
"""

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import polars as pl

from bench.rows import Measured, row, watch
from commonweal.outcomes.methods.states import State
from commonweal.outcomes.store.every_area import every_area
from commonweal.outcomes.store.measures import Measure
from commonweal.outcomes.store.observations import ENGLAND, figures_table
from commonweal.outcomes.store.questions import of_indicator
from commonweal.outcomes.store.roll_up import MEMBERS, members_table, rolled_up
from commonweal.sources import fingertips
from commonweal_site.outcomes.keeping import Store

INDICATORS, YEARS = 20, range(2014, 2024)
SMOKERS = Measure(
    name="Smokers", method="proportion", per=100, polarity="lower is better",
    comparison="limits at 95%",
)  # fmt: skip
ASKED = of_indicator(figures_table(), "fingertips-1", as_at=date(2026, 11, 22))


def published(rows):
    """A file of so many rows, as text, as the site gives it."""
    chance = np.random.default_rng(20261122)
    areas = -(-rows // (INDICATORS * len(YEARS)))
    shape = (INDICATORS, areas, len(YEARS))
    indicator, area, year = (each.ravel()[:rows] for each in np.indices(shape))
    below = chance.integers(500, 20_000, rows)
    count = chance.binomial(below, 0.1 + 0.05 * chance.random(rows))
    code = np.where(area == 0, ENGLAND, np.char.add("A", (10_000 + area).astype(str)))
    said = {
        "Indicator ID": (1 + indicator).astype(str), "Area Code": code,
        "Area Type": np.where(area == 0, "England", "GPs"),
        "Time period": [f"{each}/{each - 1999}" for each in (YEARS[0] + year).tolist()],
        "Value": (100 * count / below).round(4).astype(str), "Count": count.astype(str),
        "Denominator": below.astype(str),
    }  # fmt: skip
    same = {"Indicator Name": "Smokers", "Sex": "Persons", "Age": "18+ yrs"}
    empty = {name: "" for name in fingertips.CSV if name not in said and name not in same}
    return pl.DataFrame(said).with_columns(
        pl.lit(text).alias(name) for name, text in (same | empty).items()
    )


def kept(store, table):
    """The file, taken into the store."""
    taken = fingertips.take(table)
    assert not taken.faults
    measures = dict.fromkeys(taken.measures, SMOKERS)
    return store.append(
        taken.figures, source="made up", file="made-up.csv", checksum="",
        recorded=datetime(2026, 11, 22, tzinfo=UTC), measures=measures,
    )  # fmt: skip


def judged(store):
    """Every area of one indicator, from files to limits, comparison and trend."""
    rows = store.engine("fingertips-1").ask(ASKED)
    return every_area(rows, store.measure("fingertips-1"))


@row(
    "Take a file of published figures into the store",
    sizes=(10_000, 100_000, 1_000_000), of="figures", unit="s", at_most=30,
)  # fmt: skip
def taking_in(size):
    table = published(size)
    with tempfile.TemporaryDirectory(prefix="commonweal-bench-") as folder, watch() as taken:
        revision = kept(Store(Path(folder)), table)
    assert sum(revision.rows.values()) == size
    return Measured(taken.seconds, processor=taken.processor)


@row(
    "Every area of an indicator over ten years, with limits, comparison and trend",
    sizes=(10_000, 100_000, 1_000_000), of="figures", unit="s", at_most=1,
)  # fmt: skip
def every(size):
    with tempfile.TemporaryDirectory(prefix="commonweal-bench-") as folder:
        store = Store(Path(folder))
        kept(store, published(size))
        judged(store)
        with watch() as taken:
            found = judged(store)
    assert found.height == size // (INDICATORS * len(YEARS))
    return Measured(taken.seconds, processor=taken.processor)


@row(
    "Make practices up into places, with misses counted",
    sizes=(10_000, 100_000, 1_000_000), of="figures", unit="s", at_most=3,
)  # fmt: skip
def made_up(size):
    question = rolled_up(ASKED, members_table(), kind="place")
    with tempfile.TemporaryDirectory(prefix="commonweal-bench-") as folder:
        store = Store(Path(folder))
        kept(store, published(size))
        engine = store.engine("fingertips-1")
        codes = engine.ask(ASKED)["area"].unique().sort()
        belong = [(code, f"place-{number % 50}", 1.0) for number, code in enumerate(codes)]
        tables = {"members": pl.DataFrame(belong, schema=MEMBERS, orient="row")}
        engine.ask(question, tables)
        with watch() as taken:
            found = engine.ask(question, tables)
    assert (found["state"] == State.KNOWN.value).all()
    return Measured(taken.seconds, processor=taken.processor)
