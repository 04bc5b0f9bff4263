"""How fast the public-health methods are, beside PHStatsMethods where it has the same one.

PHStatsMethods (GPL) is run in an environment of its own. It has no life table and no index of
inequality; on another machine the R package took 69 s for 10,000 life tables and 866 s for indices
of 1,000 groups with 100,000 repetitions.
"""

import csv
import tempfile
from pathlib import Path

import numpy as np
import polars as pl

from bench.peer import environment
from bench.rows import Measured, row, watch
from commonweal.outcomes.methods.frames import directly_standardised_rates
from commonweal.outcomes.methods.inequality import inequality, simulated_inequality
from commonweal.outcomes.methods.life_tables import life_expectancy
from commonweal.outcomes.methods.rates import rate
from commonweal.outcomes.methods.standardised import directly_standardised_rate
from commonweal.outcomes.methods.standards import EUROPEAN_2013

WEIGHTS = np.array(list(EUROPEAN_2013.values()), float)
STARTS = [0, 1, *range(5, 95, 5)]
BOTH = (0.95, 0.998)
PEER = "PHStatsMethods"


def bands(size, number):
    """Deaths and people, made up: more deaths with age, some bands large and some small."""
    chance = np.random.default_rng(20250701)
    people = chance.integers(800, 16_000, (size, number)).astype(float)
    rates = 0.00005 * np.exp(np.linspace(0, 7.6, number))
    return chance.poisson(people * rates).astype(float), people


def told(name, header, columns, given):
    """What the peer makes of a table; none where its environment is not there."""
    if not environment.ready():
        return None, None
    with tempfile.TemporaryDirectory(prefix="commonweal-bench-") as folder:
        file, to = Path(folder) / "rows.csv", Path(folder) / "answers.csv"
        np.savetxt(file, np.column_stack(columns), "%d", ",", header=",".join(header), comments="")
        said = environment.run(
            "phstats", {"call": name, "file": str(file), "to": str(to), "arguments": given}
        )
        with to.open(newline="") as answers:
            values = np.array([float(each["Value"]) for each in csv.DictReader(answers)])
    return said["seconds"], values


@row(
    "Standardise rates of 19 bands directly, with four limits",
    sizes=(1_000, 10_000, 100_000), of="groups", unit="s", at_most=1, peer=PEER,
)  # fmt: skip
def direct(size):
    deaths, people = bands(size, 19)
    with watch() as taken:
        ours = directly_standardised_rate(deaths, people, WEIGHTS, confidence=BOTH)
    header = ("area", "count", "pop", "weight")
    columns = (
        np.repeat(np.arange(size), 19),
        deaths.ravel(),
        people.ravel(),
        np.tile(WEIGHTS, size),
    )
    given = {
        "num_col": "count", "denom_col": "pop", "ref_denom_col": "weight",
        "group_cols": ["area"], "confidence": list(BOTH), "euro_standard_pops": False,
    }  # fmt: skip
    peer, theirs = told("ph_dsr", header, columns, given)
    assert theirs is None or np.allclose(ours.value, theirs, rtol=1e-9, atol=0)
    return Measured(taken.seconds, peer=peer, processor=taken.processor)


@row(
    "The same from a table with the rows in no order",
    sizes=(1_000, 10_000, 100_000), of="groups", unit="s", at_most=3,
)  # fmt: skip
def direct_from_a_table(size):
    deaths, people = bands(size, 19)
    table = pl.DataFrame(
        {
            "area": np.repeat(np.arange(size), 19),
            "band": list(EUROPEAN_2013) * size,
            "count": deaths.ravel(),
            "population": people.ravel(),
        }
    ).sample(fraction=1, shuffle=True, seed=1)
    with watch() as taken:
        found = directly_standardised_rates(table, by=["area"], confidence=BOTH)
    assert len(found) == size
    return Measured(taken.seconds, processor=taken.processor)


@row(
    "Rates with Byar's limits, exact below ten, two levels",
    sizes=(1_000, 10_000, 100_000), of="rows", unit="s", at_most=0.5, peer=PEER,
)  # fmt: skip
def crude(size):
    deaths, people = (each.ravel()[:size] for each in bands(1 + size // 19, 19))
    deaths = np.maximum(deaths, 1)  # The peer stops at a count of nought.
    with watch() as taken:
        ours = rate(deaths, people, confidence=BOTH)
    given = {"num_col": "count", "denom_col": "pop", "confidence": list(BOTH)}
    header, columns = ("area", "count", "pop"), (np.arange(size), deaths, people)
    peer, theirs = told("ph_rate", header, columns, given)
    assert theirs is None or np.allclose(ours.value, theirs, rtol=1e-9, atol=0)
    return Measured(taken.seconds, peer=peer, processor=taken.processor)


@row(
    "Life tables of 20 bands with four limits",
    sizes=(100, 1_000, 10_000), of="tables", unit="s", at_most=0.2,
)  # fmt: skip
def life(size):
    deaths, people = bands(size, 20)
    with watch() as taken:
        found = life_expectancy(deaths, people, STARTS, confidence=BOTH)
    assert (found.states == 0).all()
    return Measured(taken.seconds, processor=taken.processor)


def deciles(size):
    """A value that rises with each tenth of the people, as life expectancy does."""
    chance = np.random.default_rng(20250701)
    values = 74 + np.linspace(0, 9, 10) + chance.normal(0, 0.8, (size, 10))
    return values, chance.integers(8_000, 20_000, (size, 10)), np.full((size, 10), 0.8)


@row(
    "Slope and relative index of inequality in closed form",
    sizes=(10, 100, 1_000), of="groups", unit="s", at_most=0.1,
)  # fmt: skip
def closed(size):
    numbers = deciles(size)
    with watch() as taken:
        found = inequality(*numbers, confidence=BOTH)
    assert (found.ratio.lower < found.ratio.upper).all()
    return Measured(taken.seconds, processor=taken.processor)


@row(
    "Slope and relative index by 100,000 simulations",
    sizes=(10, 100, 1_000), of="groups", unit="s", at_most=30,
)  # fmt: skip
def simulated(size):
    numbers = deciles(size)
    with watch() as taken:
        found = simulated_inequality(*numbers, chance=np.random.default_rng(1), confidence=BOTH)
    assert (found.slope.lower < found.slope.upper).all()
    return Measured(taken.seconds, processor=taken.processor)


@row(
    "The same of proportions, drawn on the logit scale",
    sizes=(10, 100, 1_000), of="groups", unit="s", at_most=30,
)  # fmt: skip
def drawn_on_another_scale(size):
    values, people, _ = deciles(size)
    with watch() as taken:
        found = simulated_inequality(
            values / 100, people, np.full((size, 10), 0.05), drawn="logit",
            chance=np.random.default_rng(1), confidence=BOTH,
        )  # fmt: skip
    assert (found.slope.lower < found.slope.upper).all()
    return Measured(taken.seconds, processor=taken.processor)
