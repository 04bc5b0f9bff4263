"""The versions that a log implies: what the stored ones are held against, and made anew from."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from .entries import Entry
from .kinds import Vocabulary
from .writing import Version, overlay, without_struck

LIVE = 2**62
"""What `closed_by` and `recorded_to` hold while a version lives."""


class Row(NamedTuple):
    """A version as stored, column by column."""

    kind: str
    entity: str
    valid_from: str
    valid_to: str
    recorded_from: int
    recorded_to: int
    stated_by: int
    opened_by: int
    closed_by: int
    exempt: int
    content: str


type Key = tuple[str, int, str]
"""An entity, the entry that opened the version, and the version's first day."""


def key_of(row: Row) -> Key:
    """What tells a version from every other."""
    return row.entity, row.opened_by, row.valid_from


def is_exempt(content: str) -> int:
    """1 for a fact that is not for publication, else 0."""
    return int('"exempt":' in content and bool(msgspec.json.decode(content).get("exempt")))


class Derived:
    """The versions implied by the entries taken so far, in the order of the log."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.rows: dict[Key, Row] = {}
        self._vocabulary = vocabulary
        self._live: dict[str, list[Version]] = {}
        self._recorded = 0
        self._fresh: set[Key] = set()

    def take(self, entry: Entry) -> None:
        """The effect of one more entry."""
        if entry.verb == "redact":
            return
        if entry.recorded != self._recorded:
            # Another write begins. A version opened and closed in one write is not kept.
            self._fresh.clear()
            self._recorded = entry.recorded
        content = entry.content
        if entry.struck:
            kind = self._vocabulary.kind_of(entry.entity)
            content = without_struck(kind, content, entry.struck)
        window = (entry.valid_from, entry.valid_to)
        live = self._live.get(entry.entity, [])
        closed, opened = overlay(live, entry.number, entry.entity, window, content)
        for each in closed:
            self._close(each, entry)
        for each in opened:
            self._open(each, entry.recorded)
        self._live[entry.entity] = [each for each in live if each not in closed] + opened

    def _open(self, version: Version, recorded: int) -> None:
        entity, begins, ends, stated_by, opened_by, content, _ = version
        key = (entity, opened_by, begins)
        self._fresh.add(key)
        self.rows[key] = Row(
            entity.split("/", 2)[1], entity, begins, ends, recorded, LIVE,
            stated_by, opened_by, LIVE, is_exempt(content), content,
        )  # fmt: skip

    def _close(self, version: Version, entry: Entry) -> None:
        key = (version.entity, version.opened_by, version.valid_from)
        if key in self._fresh:
            del self.rows[key]
        else:
            self.rows[key] = self.rows[key]._replace(
                recorded_to=entry.recorded, closed_by=entry.number
            )

    def compare(self, stored: Iterator[Row]) -> tuple[int, str] | None:
        """The first entry whose versions are not stored as it implies, and what is wrong; none if
        all are.
        """
        wanted = dict(self.rows)
        wrong: list[tuple[int, str]] = []
        stray: list[tuple[int, str]] = []
        for row in stored:
            expected = wanted.pop(key_of(row), None)
            where = f"the version of {row.entity} from {row.valid_from}"
            if expected is None:
                stray.append((row.opened_by, f"{where} is in no entry of the log"))
            elif expected != row:
                wrong.append((row.opened_by, f"{where} is not what the log says"))
        wrong += [
            (row.opened_by, f"the version of {row.entity} from {row.valid_from} is missing")
            for row in wanted.values()
        ]
        # A version that claims a false entry names no entry; the one it should have named does.
        return min(wrong or stray, default=None)
