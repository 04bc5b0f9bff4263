"""How a matrix of maturity filled over time: what was on record at the end of each quarter."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from commonweal.record.snapshot import Snapshot
from commonweal.record.when import period

from .cells import Filled
from .delivery import quarter_of
from .maturity import Found, MaturityAssessment


class Point(NamedTuple):
    """What was found by the end of a quarter of a financial year, or by the day itself.

    covered   statements with a finding in at least one unit
    recorded  cells with a finding, by the latest of which they count
    met       of these, how many are met
    """

    quarter: str
    covered: int
    recorded: int
    met: int


def course(snapshot: Snapshot, filled: Filled) -> list[Point]:
    """A point for each quarter in which something was assessed by the day, the first first."""
    latest: dict[tuple[str, str], Found] = {}
    points: dict[str, Point] = {}
    for day, fact in _assessed(snapshot, filled):
        latest[fact.statement, fact.unit] = fact.found
        covered = len({statement for statement, _ in latest})
        met = sum(found == "met" for found in latest.values())
        points[quarter_of(day)] = Point(quarter_of(day), covered, len(latest), met)
    return list(points.values())


def _assessed(snapshot: Snapshot, filled: Filled) -> Iterator[tuple[date, MaturityAssessment]]:
    """The findings in its cells by the day, in the order in which they were made."""
    cells = {
        (name, unit.who)
        for level, statements in filled.levels
        for name, _ in statements for unit in level.units
    }  # fmt: skip
    found = sorted(
        (period(fact.on)[0], name, fact)
        for name, fact in snapshot.all(MaturityAssessment).items()
        if (fact.statement, fact.unit) in cells
    )
    return ((day, fact) for day, _, fact in found if day <= filled.day)


def still_open(snapshot: Snapshot, filled: Filled, unit: str) -> Iterator[tuple[str, str]]:
    """Findings with learning that others made at what a unit has not met, by statement.

    gives  pairs of a statement and an assessment, in the order of the matrix
    """
    for name, _, cell in filled.of_unit(unit):
        if cell.state in {"met", "does not apply"}:
            continue
        for own, fact in snapshot.referring(name, MaturityAssessment):
            if fact.unit != unit and fact.learning and fact.statement == name:
                yield name, own
