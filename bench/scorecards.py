"""How fast every area of a hundred indicators is judged, and what is worse found among them.

The figures are made up: areas by eight years, some counts small. The plain way, beside it, loops
over areas in Python and works out Wilson's limits of each by itself, and nothing else.
"""

from datetime import date
from functools import cache
from math import sqrt

import numpy as np
import polars as pl

from bench.rows import Measured, row, watch
from commonweal.outcomes.store.every_area import every_area, worse_and_getting_worse
from commonweal.outcomes.store.measures import Measure
from commonweal.outcomes.store.observations import COLUMNS, ENGLAND
from commonweal.outcomes.store.release import released

INDICATORS, YEARS = 100, range(2016, 2024)
SMOKERS = Measure(
    name="Smokers", method="proportion", per=100, polarity="lower is better",
    comparison="limits at 95%", minimum_count=8,
)  # fmt: skip
Z = 1.959963984540054


@cache
def observed(areas, seed):
    """Eight years of one indicator for so many areas and England, with some small counts."""
    chance = np.random.default_rng(seed)
    code = np.repeat([ENGLAND, *(f"A{each:05}" for each in range(areas))], len(YEARS))
    year = np.tile(np.array(YEARS), areas + 1)
    below = chance.integers(60, 20_000, len(code))
    share = 0.1 + 0.05 * chance.random(areas + 1).repeat(len(YEARS)) + 0.004 * (year - YEARS[0])
    rows = {
        "indicator": f"made-up-{seed}", "area": code, "kind": "district", "vintage": 2023,
        "starts": [date(each, 4, 1) for each in year.tolist()],
        "ends": [date(each + 1, 4, 1) for each in year.tolist()], "sex": "persons",
        "age": "all", "grouping": "", "group": "", "rung": None, "value": None, "lower": None,
        "upper": None, "count": chance.binomial(below, share).astype(float),
        "denominator": below.astype(float), "state": 0, "revision": 1, "source": "made up",
    }  # fmt: skip
    long = ("area", "starts", "ends", "count", "denominator")
    frame = pl.DataFrame({name: rows[name] for name in long})
    same = {name: kept for name, kept in COLUMNS.items() if name not in long}
    return frame.with_columns(
        pl.lit(rows[name], dtype=kept).alias(name) for name, kept in same.items()
    ).select(list(COLUMNS))


def plainly(rows):
    """Latest value, limits and comparison of each area, one at a time."""
    latest = rows["starts"].max()
    now = {r["area"]: r for r in rows.iter_rows(named=True) if r["starts"] == latest}
    england = now[ENGLAND]["count"] / now[ENGLAND]["denominator"]
    found = {}
    for area, each in now.items():
        n, p = each["denominator"], each["count"] / each["denominator"]
        middle, reach = p + Z**2 / (2 * n), Z * sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
        low, high = ((middle + sign * reach) / (1 + Z**2 / n) for sign in (-1, 1))
        found[area] = "worse" if low > england else "better" if high < england else "similar"
    return found


@row(
    "Every area of 100 indicators judged, with trend and chart, after disclosure control",
    sizes=(30, 100, 300), of="areas", unit="s", at_most=30,
    peer="a loop over areas, with limits and England only",
)  # fmt: skip
def judged(size):
    frames = [observed(size, seed) for seed in range(INDICATORS)]
    with watch() as ours:
        tables = [every_area(released(each, SMOKERS), SMOKERS) for each in frames]
    with watch() as theirs:
        loops = [plainly(each) for each in frames]
    known = tables[0].filter(pl.col("state") == "known", pl.col("area") != ENGLAND)
    assert all(loops[0][area] == said for area, said in known.select("area", "compared").rows())
    return Measured(ours.seconds, theirs.seconds)


@row(
    "What is worse than England and getting worse, of 100 indicators that were judged",
    sizes=(30, 100, 300), of="areas", unit="s", at_most=1,
)  # fmt: skip
def worsening(size):
    tables = [every_area(observed(size, seed), SMOKERS) for seed in range(INDICATORS)]
    with watch() as ours:
        found = sum(worse_and_getting_worse(each).height for each in tables)
    assert found
    return Measured(ours.seconds)
