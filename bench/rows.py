"""The rows of the benchmark table. Modules of `bench` add them; `bench.everything` lists those.

    @row("Prove the whole log", sizes=(2_000, 20_000, 200_000), of="entries", unit="s", at_most=10)
    def verify(size): ...
        return Measured(seconds)

Each size of each row is measured in a Python process of its own, so that one does not warm or fill
another's memory. What the function does before and after the part it times is not counted.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter, process_time
from typing import NamedTuple


class Measured(NamedTuple):
    """What was measured, in the row's unit; and the same of the peer, in the same process.

    processor  seconds of processor time it took: a busy machine stretches them less
    """

    value: float
    peer: float | None = None
    processor: float | None = None


class Row(NamedTuple):
    """One line of the table.

    of        what the sizes count
    at_most, at_least  what the project asks for, at the size `asked` (the largest, if not said)
    peer      name of what it is measured against, on the same data
    by_name   sizes from this on take long, and are measured only if the row is named
    """

    name: str
    measure: Callable[[int], Measured]
    sizes: Sequence[int]
    of: str
    unit: str
    at_most: float | None = None
    at_least: float | None = None
    asked: int | None = None
    peer: str | None = None
    by_name: int | None = None

    def meets(self, size: int, value: float) -> bool | None:
        """Whether a value is what the project asks for; none where it asks for nothing."""
        if size != (self.asked or max(self.sizes)):
            return None
        if self.at_most is not None:
            return value <= self.at_most
        return None if self.at_least is None else value >= self.at_least

    def times_better(self, measured: Measured) -> float | None:
        """How many times better than the peer."""
        if measured.peer is None or not measured.value or not measured.peer:
            return None
        ratio = measured.peer / measured.value
        return 1 / ratio if self.at_least is not None else ratio


ROWS: dict[str, Row] = {}


def row(name: str, **details: object) -> Callable[[Callable[[int], Measured]], Row]:
    """Add a row to the table."""

    def add(measure: Callable[[int], Measured]) -> Row:
        made = ROWS[name] = Row(name, measure, **details)  # type: ignore[arg-type]  # checked by use
        return made

    return add


class Watch:
    """Seconds of the block it watched."""

    seconds = 0.0
    processor = 0.0


@contextmanager
def watch() -> Iterator[Watch]:
    """Time a block."""
    made, begun, used = Watch(), perf_counter(), process_time()
    yield made
    made.seconds, made.processor = perf_counter() - begun, process_time() - used


def median_of(times: int, act: Callable[[], object]) -> float:
    """The median time of doing something so many times, in seconds."""
    taken = []
    for _ in range(times):
        with watch() as one:
            act()
        taken.append(one.seconds)
    return sorted(taken)[times // 2]
