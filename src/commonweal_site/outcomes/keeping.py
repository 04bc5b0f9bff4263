"""Where figures lie: Parquet files by indicator and revision in the data folder, never rewritten.

A revision is listed only when all its files are whole, so a reader sees all of it or nothing.
"""

import os
import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import msgspec
import polars as pl

from commonweal.outcomes.store.measures import Measure
from commonweal.outcomes.store.observations import observations
from commonweal.record.errors import SpeakingError, did_you_mean

from .engines import OnFiles


class UnknownIndicator(SpeakingError):
    """No figures of it are in the store."""


class UnknownRevision(SpeakingError):
    """The store has no such revision."""


class SomebodyElseWrote(SpeakingError):
    """Another revision was written at the same time; nothing of this one is listed."""


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """What was added at once: from where, when, how much, and what each indicator is."""

    number: int
    part: str  # the name that its files have in the folder of each indicator
    source: str
    file: str
    checksum: str
    recorded: datetime
    rows: dict[str, int]
    measures: dict[str, Measure] = {}
    remarks: tuple[str, ...] = ()


class Store:
    """The figures in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def revisions(self) -> tuple[Revision, ...]:
        """Every revision there is, the first first."""
        files = sorted((self.folder / "revisions").glob("*.json"))
        return tuple(msgspec.json.decode(file.read_bytes(), type=Revision) for file in files)

    def revision(self, number: int) -> Revision:
        """One revision.

        raises  UnknownRevision
        """
        for each in self.revisions():
            if each.number == number:
                return each
        raise UnknownRevision(f"There is no revision {number}; there are {len(self.revisions())}.")

    def append(
        self,
        frame: pl.DataFrame,
        *,
        source: str,
        file: str,
        checksum: str,
        recorded: datetime,
        measures: dict[str, Measure] | None = None,
        remarks: Sequence[str] = (),
    ) -> Revision:
        """Add a revision.

        raises  BadObservations; SomebodyElseWrote
        """
        number = max((each.number for each in self.revisions()), default=0) + 1
        kept = observations(frame.with_columns(revision=pl.lit(number, dtype=pl.Int32)))
        parts = kept.partition_by("indicator", as_dict=True)
        # A name of its own, so that two writers never write one file.
        name = f"{number:06}-{secrets.token_hex(4)}.parquet"
        for (indicator,), part in parts.items():
            folder = self._of(str(indicator))
            folder.mkdir(parents=True, exist_ok=True)
            part.sort("area", "starts").write_parquet(folder / name)
        revision = Revision(
            number=number, part=name, source=source, file=file, checksum=checksum,
            recorded=recorded,
            rows={str(indicator): part.height for (indicator,), part in sorted(parts.items())},
            measures=measures or {}, remarks=tuple(remarks),
        )  # fmt: skip
        self._list(revision)
        return revision

    def engine(self, *indicators: str, revision: int | None = None) -> OnFiles:
        """DuckDB on the files of some indicators, or of all; of revisions up to one.

        raises  UnknownIndicator; UnknownRevision
        """
        there = self._names(revision)
        files = []
        for folder in [self._of(each) for each in indicators] or self._folders():
            files += [folder / name for name in there if (folder / name).is_file()]
        for each in indicators:
            if not any(file.parent == self._of(each) for file in files):
                self._unknown(each)
        return OnFiles(files)

    def measure(self, indicator: str, revision: int | None = None) -> Measure:
        """What an indicator is, as its source last said by a revision.

        raises  UnknownIndicator
        """
        for each in reversed(self.revisions()):
            if (revision is None or each.number <= revision) and indicator in each.measures:
                return each.measures[indicator]
        raise UnknownIndicator(f"No source in the store says what {indicator} is.")

    def _unknown(self, indicator: str) -> None:
        names = sorted({name for each in self.revisions() for name in each.rows})
        near = did_you_mean(indicator, names) if names else "The store is empty."
        raise UnknownIndicator(f"There are no figures of {indicator!r} in the store. {near}")

    def _of(self, indicator: str) -> Path:
        return self.folder / "figures" / f"indicator={quote(indicator, safe='')}"

    def _folders(self) -> list[Path]:
        return sorted((self.folder / "figures").glob("indicator=*"))

    def _names(self, revision: int | None) -> list[str]:
        """The names that files of the listed revisions have."""
        listed = self.revisions()
        if revision is not None and all(each.number != revision for each in listed):
            raise UnknownRevision(f"There is no revision {revision}; there are {len(listed)}.")
        return [each.part for each in listed if revision is None or each.number <= revision]

    def _list(self, revision: Revision) -> None:
        """List a revision whose files are whole; of two with one number only the first is."""
        folder = self.folder / "revisions"
        folder.mkdir(parents=True, exist_ok=True)
        made = folder / f".{revision.part}"
        made.write_bytes(msgspec.json.format(msgspec.json.encode(revision)))
        try:
            os.link(made, folder / f"{revision.number:06}.json")
        except FileExistsError:
            raise SomebodyElseWrote(
                f"Somebody else wrote revision {revision.number} meanwhile. Import the file again."
            ) from None
        finally:
            made.unlink()
