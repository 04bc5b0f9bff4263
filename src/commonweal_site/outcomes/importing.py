"""Files of published sources, taken into the store of figures."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import polars as pl

from commonweal.outcomes.store.measures import Measure
from commonweal.outcomes.store.observations import observations
from commonweal.outcomes.store.vintages import codes_of_boards
from commonweal.record.errors import SpeakingError
from commonweal.record.snapshot import Snapshot
from commonweal.sources import fingertips
from commonweal.sources.taken import Taken
from commonweal_site.words import count

from .keeping import Revision, Store

SOURCES = ("fingertips",)
FIRST_BOARDS = date(2022, 7, 1)
_SHOWN = 20


class HasFaults(SpeakingError):
    """A file with rows that cannot be taken, and nobody has said to leave them out."""


class Read(NamedTuple):
    """A file as it was read, and what was taken from it."""

    file: str
    checksum: str
    taken: Taken

    def in_words(self) -> str:
        """What was found in the file, for somebody to judge."""
        taken = self.taken
        areas = count(taken.figures["area"].n_unique(), "area")
        of = f"{count(len(taken.measures), 'indicator')}, {areas}"
        said = [f"{self.file}: {count(taken.figures.height, 'figure')} of {of}."]
        said += [f"Put right, {each.name}: {each.rows:,}. {each.why}" for each in taken.corrections]
        if taken.faults:
            said.append(f"Not taken, {len(taken.faults):,}:")
            said += [f"- {fault.in_words(self.file)}" for fault in taken.faults[:_SHOWN]]
        if len(taken.faults) > _SHOWN:
            said.append(f"- and {len(taken.faults) - _SHOWN:,} more.")
        return "\n".join(said)


def read(
    path: Path,
    table: pl.DataFrame,
    indicators: pl.DataFrame | None,
    boards: Mapping[int, frozenset[str]],
) -> Read:
    """What a file of Fingertips holds; its figures are tried as the store would.

    raises  WrongFile; BadObservations
    """
    known: dict[str, Measure] | None = None
    if indicators is not None:
        known = fingertips.measures(indicators)
    taken = fingertips.take(table, known, boards)
    observations(taken.figures)
    return Read(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), taken)


def boards_by_year(record: Callable[[date], Snapshot], until: date) -> dict[int, frozenset[str]]:
    """The codes of the boards on each 1 April, and on the day the first ones began."""
    days = [FIRST_BOARDS, *(date(y, 4, 1) for y in range(FIRST_BOARDS.year + 1, until.year + 1))]
    return {day.year: frozenset(codes_of_boards(record(day)).values()) for day in days}


def append(store: Store, found: Read, *, leave_out: bool, recorded: datetime) -> Revision:
    """Add what was taken as a revision.

    leave_out  rows with faults are left out; without it a file that has any is refused
    raises     HasFaults; SomebodyElseWrote
    """
    if found.taken.faults and not leave_out:
        raise HasFaults(
            f"Nothing was written. {found.in_words()}\n"
            "Mend the file, or say --leave-out to take the rest without these rows."
        )
    remarks = [f"{each.name}: {each.rows}" for each in found.taken.corrections]
    if found.taken.faults:
        remarks.append(f"rows left out: {len(found.taken.faults)}")
    return store.append(
        found.taken.figures, source=fingertips.SOURCE, file=found.file, checksum=found.checksum,
        recorded=recorded, measures=dict(found.taken.measures), remarks=remarks,
    )  # fmt: skip
