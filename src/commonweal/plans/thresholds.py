"""Statements that a share decides: worked out from what was found, with the working shown."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from commonweal.record.findings import Outcome

from .cells import Cell, Filled
from .maturity import Level, MaturityStatement, Threshold


class Worked(NamedTuple):
    """Whether a unit reaches a threshold.

    there, whole  how many count, and of how many; None where it is not recorded
    silent        how many of the whole nothing is recorded of
    """

    unit: str
    outcome: Outcome
    there: int | None
    whole: int | None
    silent: int
    because: str


def worked(filled: Filled, name: str, statement: MaturityStatement) -> Iterator[Worked]:
    """A statement's threshold in each unit of its level."""
    threshold, level = statement.threshold, filled.level_of(statement)
    if threshold is None or level is None:
        return
    for unit in level.units:
        if threshold.of == "components":
            yield of_components(threshold, unit.who, filled.cell(name, unit.who))
        else:
            yield of_units(filled, threshold, level, unit.who)


def of_components(threshold: Threshold, unit: str, cell: Cell) -> Worked:
    """Whether enough of a unit's components are in place."""
    there = cell.fact.components_there if cell.fact else None
    whole = cell.fact.components if cell.fact else None
    if there is None or not whole:
        because = "How many of its components are in place is not recorded."
        return Worked(unit, "cannot tell", None, None, 0, because)
    met = Decimal(there) >= threshold.share * whole
    because = (
        f"{there} of {whole} components are in place ({_percent(there, whole)}); "
        f"the least is {_share(threshold)}."
    )
    return Worked(unit, "met" if met else "not met", there, whole, 0, because)


def of_units(filled: Filled, threshold: Threshold, above: Level, unit: str) -> Worked:
    """Whether enough of the units below do all that they were to do by a time.

    What is not recorded counts neither way: the answer is given only if it cannot change it.
    """
    below = next((each for each in filled.fact.levels if each.key == threshold.level), None)
    if below is None:
        return Worked(unit, "cannot tell", None, None, 0, "Its level is not in the matrix.")
    alone = len(above.units) == 1
    counted = [each.who for each in below.units if each.under == unit or alone]
    if not counted:
        return Worked(unit, "cannot tell", None, None, 0, f"It has no {below.name.lower()}.")
    does = [_does_all(filled, each, threshold.horizon) for each in counted]
    there, silent, whole = does.count(True), does.count(None), len(counted)
    needed = threshold.share * whole
    outcome: Outcome = (
        "met" if there >= needed else "not met" if there + silent < needed else "cannot tell"
    )
    because = (
        f"{there} of {whole} {below.name.lower()} meet every statement due "
        f"{_due(filled, threshold)}; {_short(does.count(False))} short and of {silent} it is not "
        f"recorded. The least is {_share(threshold)}."
    )
    return Worked(unit, outcome, there, whole, silent, because)


def _does_all(filled: Filled, unit: str, horizon: str) -> bool | None:
    """Whether a unit meets every statement of a time; None where nothing on record decides."""
    states = [
        cell.state
        for _, statement, cell in filled.of_unit(unit)
        if not horizon or statement.horizon == horizon
    ]
    if any(state in {"not met", "partly met"} for state in states):
        return False
    return None if not states or "not recorded" in states else True


def _due(filled: Filled, threshold: Threshold) -> str:
    found = filled.horizon(threshold.horizon)
    return found.name if found else "at any time"


def _short(number: int) -> str:
    return f"{number} {'falls' if number == 1 else 'fall'}"


def _share(threshold: Threshold) -> str:
    return f"{(threshold.share * 100).normalize():f}%"


def _percent(there: int, whole: int) -> str:
    return f"{there * 100 / whole:.0f}%"
