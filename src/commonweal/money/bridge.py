"""A bridge (waterfall): from one figure to another by steps that add up, the unexplained shown."""

from collections.abc import Iterable
from typing import NamedTuple


class Step(NamedTuple):
    """One bar: what it is called, what it moves by, and where it begins and ends. In pence."""

    name: str
    moves: int
    begins: int
    ends: int


class Bridge(NamedTuple):
    """The steps between two figures; the last of them is what nothing explains, if anything."""

    begins: int
    ends: int
    steps: tuple[Step, ...]

    @property
    def unexplained(self) -> int:
        last = self.steps[-1] if self.steps else None
        return last.moves if last and last.name == UNEXPLAINED else 0


UNEXPLAINED = "Not explained"


def bridge(begins: int, ends: int, moves: Iterable[tuple[str, int]]) -> Bridge:
    """Steps from `begins` to `ends`; a last one is added if the moves do not get there.

    >>> [step.name for step in bridge(22_482, 21_886, [("Virements", -500)]).steps]
    ['Virements', 'Not explained']
    """
    steps: list[Step] = []
    at = begins
    for name, moved in moves:
        steps.append(Step(name, moved, at, at + moved))
        at += moved
    if at != ends:
        steps.append(Step(UNEXPLAINED, ends - at, at, ends))
    return Bridge(begins, ends, tuple(steps))
