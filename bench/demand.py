"""How fast the futures of forty-two boards are drawn, and one slider of one board is answered.

People, rates and assumptions are made up, of the size of England's: 42 boards, 11 population
variants, 101 ages, 13 types of activity and 20 years. Polars sums the same people times rates.
"""

import resource
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

from bench.rows import Measured, row, watch
from commonweal.demand import frames
from commonweal.demand.futures import Run, expect, project
from commonweal.demand.people import Activity, Inputs
from commonweal.demand.ranges import Range
from commonweal.demand.scenario import Growth, Health, Mitigation, Scenario

BOARDS = tuple(f"b{number:02d}" for number in range(42))
VARIANTS = tuple(f"v{number:02d}" for number in range(11))
TYPES = tuple(
    Activity(f"t{number:02d}", f"Type {number}", "bed days" if number % 4 == 3 else "events")
    for number in range(13)
)
NAMES = tuple(each.name for each in TYPES)
BASE, HORIZON = 2025, 2045
MIB = 1024  # resource tells kibibytes


def scenario(changes=6):
    """Health, growth of every type, and changes in care on later ages, all with ranges."""
    years = range(BASE, HORIZON + 1)
    gain = {year: 0.12 * (year - BASE) for year in years}
    mitigations = tuple(
        Mitigation(
            name=f"Change {number}", kind="avoidance", types=NAMES[number % 13 :: 5],
            remaining=Range(0.7, 0.95), share=0.3, starts=BASE, full=BASE + 10,
            from_age=(0, 65, 75)[number % 3], source="bench",
        )
        for number in range(changes)
    )  # fmt: skip
    return Scenario(
        name="bench", source="bench", base=BASE, horizon=HORIZON,
        variants=dict.fromkeys(VARIANTS, 1 / len(VARIANTS)),
        health=Health(share=Range(0.2, 0.6), gain=gain, source="bench"),
        growth=(Growth(types=NAMES, yearly=Range(1.0, 1.02), source="bench"),),
        mitigations=mitigations,
    )  # fmt: skip


def people():
    """Rows of people by board, variant, year and age."""
    axes = (BOARDS, VARIANTS, tuple(range(2018, 2046)), tuple(range(101)))
    at = np.indices([len(axis) for axis in axes]).reshape(4, -1)
    size = (6_000 + 400 * (at[0] % 7) + 20 * at[1] * at[2]) * np.exp(-((at[3] / 75) ** 6))
    keys = {
        name: np.array(axis)[place]
        for name, axis, place in zip(("area", "variant", "year", "age"), axes, at, strict=True)
    }
    return pl.DataFrame(keys | {"female": np.rint(size), "male": np.rint(size * 0.95)})


def used():
    """Rows of rates by board, type and age."""
    axes = (BOARDS, NAMES, tuple(range(17, 91)))
    at = np.indices([len(axis) for axis in axes]).reshape(3, -1)
    rate = (0.05 + 0.02 * at[1]) * 1.03 ** at[2] * (1 + 0.01 * (at[0] % 5))
    keys = {
        name: np.array(axis)[place]
        for name, axis, place in zip(("area", "type", "age"), axes, at, strict=True)
    }
    return pl.DataFrame(keys | {"female": rate, "male": rate * 0.9})


@cache
def files():
    """The two files, written once for this process."""
    folder = tempfile.TemporaryDirectory()
    wanted = f"from bench.demand import write; write({folder.name!r})"
    subprocess.run([sys.executable, "-c", wanted], check=True)
    return folder


def write(folder):
    """Write them in a process of their own, whose memory is not counted with ours."""
    people().write_parquet(Path(folder) / "people.parquet")
    used().write_parquet(Path(folder) / "rates.parquet")


def load():
    folder = Path(files().name)
    has = frames.population(pl.read_parquet(folder / "people.parquet"))
    return Inputs(has, frames.rates(pl.read_parquet(folder / "rates.parquet"), TYPES), "bench")


def drawn(draws):
    """From the files to the centiles of every board and of England, on both processors."""
    run = Run(seed=1, code="bench", draws=draws, workers=2)
    made = project(load(), scenario(), run, groups={"England": BOARDS})
    assert made["England"].centiles.shape == (3, 20, 13)
    return made


@row(
    "Futures of 42 boards, 13 types, 20 years, files to centiles",
    sizes=(100, 1_000, 10_000), of="draws", unit="s", at_most=10, asked=1_000, by_name=10_000,
)  # fmt: skip
def futures(size):
    files()
    with watch() as taken:
        drawn(size)
    return Measured(taken.seconds, processor=taken.processor)


@row(
    "The most memory that it takes, with Python and its libraries",
    sizes=(100, 1_000, 10_000), of="draws", unit="MiB", at_most=512, asked=1_000, by_name=10_000,
)  # fmt: skip
def memory(size):
    drawn(size)
    return Measured(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB)


@row(
    "Answer a slider on one board: expected activity, without draws",
    sizes=(1, 10, 50), of="changes in care", unit="s", at_most=0.1,
)  # fmt: skip
def slider(size):
    inputs, asked = load(), scenario(size)
    expect(inputs, asked, BOARDS[0])
    with watch() as taken:
        expect(inputs, asked, BOARDS[1])
    return Measured(taken.seconds, processor=taken.processor)


@row(
    "Expected activity from demography alone, every year",
    sizes=(1, 10, 42), of="boards", unit="s", peer="Polars, a join and a group-by",
)  # fmt: skip
def demography(size):
    inputs, boards = load(), BOARDS[:size]
    asked = Scenario(
        name="bench", source="bench", base=BASE, horizon=HORIZON, variants={VARIANTS[0]: 1.0}
    )
    with watch() as taken:
        ours = {board: expect(inputs, asked, board) for board in boards}
    theirs, seconds = _in_polars(boards)
    for board in boards:
        assert np.allclose(ours[board].ravel(), theirs[board])
    return Measured(taken.seconds, peer=seconds, processor=taken.processor)


def _in_polars(boards):
    """Activity by board, year and type as a join; and the seconds it takes."""
    has = people().filter(
        pl.col("area").is_in(boards), pl.col("variant") == VARIANTS[0], pl.col("year") >= BASE
    )
    rates = used()
    with watch() as taken:
        capped = has.with_columns(age=pl.col("age").clip(upper_bound=90))
        joined = capped.join(rates, on=["area", "age"], suffix="_rate")
        made = (
            joined.with_columns(
                activity=pl.col("female") * pl.col("female_rate")
                + pl.col("male") * pl.col("male_rate")
            )
            .group_by("area", "year", "type")
            .agg(pl.col("activity").sum())
            .sort("area", "year", "type")
        )
    return {
        board: made.filter(pl.col("area") == board)["activity"].to_numpy() for board in boards
    }, taken.seconds
