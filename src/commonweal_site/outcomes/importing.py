"""Files of published sources, taken into the store of figures."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from commonweal.outcomes.store.measures import Measure
from commonweal.outcomes.store.observations import observations
from commonweal.outcomes.store.vintages import codes_of_boards
from commonweal.record.errors import SpeakingError
from commonweal.record.snapshot import Snapshot
from commonweal.sources import (
    beds,
    deaths,
    deprivation,
    discharge,
    emergency,
    fingertips,
    health_index,
    list_sizes,
    populations,
    quality_and_outcomes,
    waiting_times,
)
from commonweal.sources.taken import Taken
from commonweal_site.words import count

from .keeping import Revision, Store

FIRST_BOARDS = date(2022, 7, 1)
_SHOWN = 20


class HasFaults(SpeakingError):
    """A file with rows that cannot be taken, and nobody has said to leave them out."""


class PeriodNotSaid(SpeakingError):
    """A file that does not say of when its figures are, and nobody else has."""


class Read(NamedTuple):
    """A file as it was read, and what was taken from it.

    origin  where it was fetched from and when, if it was
    """

    file: str
    source: str
    checksum: str
    taken: Taken
    origin: str = ""

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


class Asked(NamedTuple):
    """What a person says of a file.

    period      where the file itself does not say it
    indicators  the source's own list of what its figures are
    measures    the same, where it is not a list that says so
    """

    source: str
    period: str | None = None
    indicators: pl.DataFrame | None = None
    measures: Mapping[str, Measure] | None = None


def read(
    path: Path, table: pl.DataFrame, asked: Asked, boards: Mapping[int, frozenset[str]]
) -> Read:
    """What a published file holds; its figures are tried as the store would.

    raises  WrongFile; UnknownPeriod; PeriodNotSaid; BadObservations
    """
    taken, source = _TAKES[asked.source](table, asked, boards)
    observations(taken.figures)
    checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    return Read(path.name, source, checksum, taken)


def _fingertips(
    table: pl.DataFrame, asked: Asked, boards: Mapping[int, frozenset[str]]
) -> tuple[Taken, str]:
    known = asked.measures
    if asked.indicators is not None:
        known = fingertips.measures(asked.indicators)
    return fingertips.take(table, known, boards), fingertips.SOURCE


def _registers(table: pl.DataFrame, asked: Asked, _: object) -> tuple[Taken, str]:
    return quality_and_outcomes.take(table, _period(asked)), quality_and_outcomes.SOURCE


def _deaths(table: pl.DataFrame, asked: Asked, _: object) -> tuple[Taken, str]:
    return deaths.take(table, _period(asked)), deaths.SOURCE


def _deprivation(table: pl.DataFrame, _: Asked, __: object) -> tuple[Taken, str]:
    return deprivation.take(table), deprivation.SOURCE


def _populations(table: pl.DataFrame, asked: Asked, _: object) -> tuple[Taken, str]:
    return populations.take(table, asked.period), populations.SOURCE


def _list_sizes(table: pl.DataFrame, asked: Asked, _: object) -> tuple[Taken, str]:
    return list_sizes.take(table, asked.period), list_sizes.SOURCE


def _dated(module: Any) -> Callable[..., tuple[Taken, str]]:
    """Of a source whose files say their periods themselves."""
    return lambda table, _, __: (module.take(table), module.SOURCE)


def _period(asked: Asked) -> str:
    if asked.period is None:
        raise PeriodNotSaid("This file does not say its period. Say it with --period, as 2019/20.")
    return asked.period


_TAKES: dict[str, Callable[..., tuple[Taken, str]]] = {
    "fingertips": _fingertips, "qof": _registers, "deaths": _deaths, "deprivation": _deprivation,
    "populations": _populations, "list-sizes": _list_sizes,
    "waiting-times": _dated(waiting_times), "emergency": _dated(emergency), "beds": _dated(beds),
    "discharge": _dated(discharge), "health-index": _dated(health_index),
}  # fmt: skip


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
    if found.origin:
        remarks.append(found.origin)
    if found.taken.faults:
        remarks.append(f"rows left out: {len(found.taken.faults)}")
    return store.append(
        found.taken.figures, source=found.source, file=found.file, checksum=found.checksum,
        recorded=recorded, measures=dict(found.taken.measures), remarks=remarks,
    )  # fmt: skip
