"""The cells of a matrix of maturity: every statement in every unit, with what was found there."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from commonweal.record.snapshot import Snapshot
from commonweal.record.when import period

from .maturity import Found, Horizon, Level, MaturityAssessment, MaturityMatrix, MaturityStatement
from .milestones import window

State = Literal[Found, "not recorded"]

STATES: tuple[State, ...] = ("met", "partly met", "not met", "does not apply", "not recorded")

type NamedStatement = tuple[str, MaturityStatement]


class Cell(NamedTuple):
    """One statement in one unit. Without an assessment nothing is recorded, which is not "not met".

    assessment  the identifier of the latest one
    """

    state: State
    assessment: str | None = None
    fact: MaturityAssessment | None = None

    @property
    def challenged(self) -> bool:
        """Whether a doubt about the finding is open."""
        return self.fact is not None and self.fact.challenged

    @property
    def slipped(self) -> bool:
        """Whether the day on which it is expected was moved."""
        return self.fact is not None and bool(self.fact.replanned)


_LAST = 10_000
"""The place of a key that the matrix does not hold; the check of matrices names it."""

_SILENT = Cell("not recorded")


class Tally(NamedTuple):
    """How many cells there are of each state."""

    counts: Mapping[State, int]

    @property
    def cells(self) -> int:
        """Every cell there is."""
        return sum(self.counts.values())

    @property
    def recorded(self) -> int:
        """Those with a finding."""
        return self.cells - self.counts.get("not recorded", 0)

    def of(self, state: State) -> int:
        """Those of one state, nought included."""
        return self.counts.get(state, 0)


class Filled:
    """A matrix with its statements and findings on the snapshot's day."""

    def __init__(self, snapshot: Snapshot, name: str, fact: MaturityMatrix) -> None:
        self.name, self.fact, self.day = name, fact, snapshot.as_at
        self.statements = _statements(snapshot, name, fact)
        self._found = _latest(snapshot, {own for own, _ in self.statements})

    @cached_property
    def levels(self) -> tuple[tuple[Level, tuple[NamedStatement, ...]], ...]:
        """Each level with its statements, in order."""
        return tuple(
            (level, tuple(each for each in self.statements if each[1].level == level.key))
            for level in self.fact.levels
        )

    def cell(self, statement: str, unit: str) -> Cell:
        """What was found of a statement in a unit."""
        return self._found.get((statement, unit), _SILENT)

    def row(self, statement: str, level: Level) -> list[Cell]:
        """What was found of a statement in every unit of its level."""
        return [self._found.get((statement, unit.who), _SILENT) for unit in level.units]

    def of_unit(self, unit: str) -> Iterator[tuple[str, MaturityStatement, Cell]]:
        """Every statement that a unit is assessed on, with what was found."""
        for level, statements in self.levels:
            if any(each.who == unit for each in level.units):
                for name, fact in statements:
                    yield name, fact, self.cell(name, unit)

    def level_of(self, statement: MaturityStatement) -> Level | None:
        """The level that a statement is about."""
        return next((each for each in self.fact.levels if each.key == statement.level), None)

    def horizon(self, key: str) -> Horizon | None:
        """The time of that key."""
        return next((each for each in self.fact.horizons if each.key == key), None)

    def over(self, key: str) -> bool:
        """Whether a time is over on the day: only then is what is not met late."""
        found = self.horizon(key)
        return found is not None and window(found.when, found.firm).end <= self.day

    @cached_property
    def covered(self) -> int:
        """How many statements have a finding in at least one unit."""
        return len({statement for statement, _ in self._found})

    @cached_property
    def tally(self) -> Tally:
        """Every cell of the matrix, by state."""
        return tally(
            cell for level, statements in self.levels
            for name, _ in statements for cell in self.row(name, level)
        )  # fmt: skip


def tally(cells: Iterator[Cell] | Sequence[Cell]) -> Tally:
    """Cells by state."""
    return Tally(Counter(each.state for each in cells))


def matrices(snapshot: Snapshot, system: str) -> list[Filled]:
    """The matrices of a system with what was found, in the order of their identifiers."""
    return [
        Filled(snapshot, name, fact)
        for name, fact in snapshot.all(MaturityMatrix).items()
        if name.startswith(f"{system}/")
    ]


def matrix_of(snapshot: Snapshot, unit: str) -> tuple[str, MaturityMatrix] | None:
    """The matrix that an area or body is assessed in; None where there is none."""
    for name, fact in snapshot.referring(unit, MaturityMatrix):
        if any(each.who == unit for level in fact.levels for each in level.units):
            return name, fact
    return None


def _statements(
    snapshot: Snapshot, matrix: str, fact: MaturityMatrix
) -> tuple[NamedStatement, ...]:
    """Its statements by level, subject, time and number."""
    levels = {each.key: number for number, each in enumerate(fact.levels)}
    domains = {each.key: number for number, each in enumerate(fact.domains)}
    horizons = {each.key: number for number, each in enumerate(fact.horizons)}

    def place(each: NamedStatement) -> tuple[int | str, ...]:
        name, said = each
        keys = levels.get(said.level), domains.get(said.domain), horizons.get(said.horizon)
        return *(_LAST if key is None else key for key in keys), said.number, name

    found = snapshot.referring(matrix, MaturityStatement)
    return tuple(sorted((each for each in found if each[1].matrix == matrix), key=place))


def _latest(snapshot: Snapshot, statements: set[str]) -> dict[tuple[str, str], Cell]:
    """The latest finding of each statement in each unit, of those made by the day."""
    latest: dict[tuple[str, str], tuple[date, str]] = {}
    found: dict[tuple[str, str], Cell] = {}
    for name, fact in snapshot.all(MaturityAssessment).items():
        if fact.statement in statements and (on := period(fact.on)[0]) <= snapshot.as_at:
            at = fact.statement, fact.unit
            if at not in latest or (on, name) > latest[at]:
                latest[at] = on, name
                found[at] = Cell(fact.found, name, fact)
    return found
