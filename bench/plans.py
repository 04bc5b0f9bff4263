"""How fast what is late is listed for the country, and one system's matrix is drawn among 42.

Milestones and findings are made up, of the size of England's: 42 systems with 1,507 cells each,
all assessed. Polars filters the same milestones by one exact day each, as the plain way.
"""

from datetime import timedelta

import polars as pl

from bench.authority import DAY
from bench.meetings import snapshot_of
from bench.rows import Measured, median_of, row
from commonweal.plans.cells import Filled, matrices
from commonweal.plans.delivery import overdue
from commonweal.plans.maturity import (
    Heading,
    Horizon,
    Level,
    MaturityAssessment,
    MaturityMatrix,
    MaturityStatement,
    Unit,
)
from commonweal.plans.milestones import Milestone
from commonweal.record.facts import Fact
from commonweal.record.snapshot import Snapshot
from commonweal_site.drawings.heat_map import heat_map

SYSTEMS, DAYS = 42, 3_000
FIRST = DAY - timedelta(DAYS)
UNITS = {"clusters": 36, "partnerships": 4, "system": 1}
STATEMENTS = {"clusters": 37, "partnerships": 35, "system": 35}
FOUND = ("met", "partly met", "not met", "does not apply")


def due(number: int) -> str:
    """A month, a quarter or a day, in turn."""
    day = FIRST + timedelta(number * 37 % (DAYS + 1_000))
    year = day.year - (day.month < 4)
    quarter = f"{year}/{(year + 1) % 100:02} Q{(day.month - 4) % 12 // 3 + 1}"
    return (day.isoformat(), f"{day:%Y-%m}", quarter)[number % 3]


def milestones(size: int) -> dict[str, Fact]:
    """Milestones over eleven years, two in three reached."""
    return {
        f"s{number % SYSTEMS}/milestone/m{number}": Milestone(
            name=f"Milestone {number}", when=due(number),
            reached="reached" if number % 3 else "not recorded",
            reached_on=FIRST.isoformat() if number % 3 else None,
        )
        for number in range(size)
    }  # fmt: skip


@row(
    "List what is late in the country, silent or said", sizes=(500, 5_000, 50_000),
    of="milestones", unit="ms", at_most=50, peer="Polars (exact days alone)",
)  # fmt: skip
def late_list(size: int) -> Measured:
    facts = milestones(size)
    snapshot = snapshot_of(facts)
    snapshot.all(Milestone)
    frame = pl.DataFrame(
        {
            "due": [FIRST + timedelta(number * 37 % (DAYS + 1_000)) for number in range(size)],
            "reached": [bool(number % 3) for number in range(size)],
        }
    )
    # A list asked for again is kept with its snapshot: each here is of a snapshot of its own.
    ours = median_of(20, lambda: overdue(snapshot.after((), known=snapshot.known, head=1)))
    late = pl.col("due") < DAY
    plainly = median_of(20, lambda: frame.filter(late & ~pl.col("reached")).sort("due"))
    return Measured(ours * 1000, plainly * 1000)


def findings(systems: int) -> dict[str, Fact]:
    """A matrix of the shape of 2018 in each system, every cell assessed."""
    facts: dict[str, Fact] = {}
    for number in range(systems):
        own = f"s{number}"
        matrix = f"{own}/maturity-matrix/m"
        units = {
            level: [f"{own}/area/{level}-{each}" for each in range(many)]
            for level, many in UNITS.items()
        }
        facts[matrix] = MaturityMatrix(
            name="Matrix", about=units["system"][0],
            levels=tuple(
                Level(key=level, name=level, units=tuple(Unit(who=each) for each in found))
                for level, found in units.items()
            ),
            domains=tuple(Heading(key=f"d{each}", name=f"Subject {each}") for each in range(6)),
            horizons=(Horizon(key="a", when="2019-03"), Horizon(key="b", when="2020-04")),
        )  # fmt: skip
        for level, many in STATEMENTS.items():
            for each in range(many):
                said = f"{own}/maturity-statement/{level}-{each}"
                facts[said] = MaturityStatement(
                    name=f"Statement {each} of {level}", matrix=matrix, level=level,
                    domain=f"d{each % 6}", horizon="ab"[each % 2], number=each,
                )  # fmt: skip
                for place, unit in enumerate(units[level]):
                    facts[f"{own}/maturity-assessment/{level}-{each}-{place}"] = MaturityAssessment(
                        statement=said, unit=unit, found=FOUND[(each + place) % 4], on="2019-02"
                    )
    return facts


def drawn(snapshot: Snapshot) -> int:
    """One system's matrix with every level's picture and table; how many cells it has."""
    (filled,) = matrices(snapshot, "s0")
    return _pictures(filled)


def _pictures(filled: Filled) -> int:
    cells = 0
    for level, statements in filled.levels:
        picture = heat_map(filled, level, statements, str, str)
        cells += len(level.units) * len(statements)
        if not picture.figure:
            raise SystemExit("Nothing was drawn.")
    return cells


@row(
    "Draw one system’s matrix of 1,507 cells in a national record", sizes=(1, 7, 42),
    of="systems", unit="ms", at_most=200,
)  # fmt: skip
def matrix_drawn(size: int) -> Measured:
    snapshot = snapshot_of(findings(size))
    for kind in (MaturityMatrix, MaturityStatement, MaturityAssessment):
        snapshot.all(kind)
    if drawn(snapshot) != 1_507:
        raise SystemExit("The matrix is not whole.")
    return Measured(median_of(10, lambda: drawn(snapshot)) * 1000)
