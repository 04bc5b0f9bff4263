"""The record as stored: the one place that reads and writes the log and its versions."""

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import batched
from typing import Any, NamedTuple

import msgspec
from django.db import connections, transaction

from commonweal.record.entries import (
    GENESIS,
    Entry,
    instant,
    microseconds,
    proved,
    struck_out,
)
from commonweal.record.errors import BrokenChain, RecordError
from commonweal.record.identifiers import identifier
from commonweal.record.kinds import Vocabulary
from commonweal.record.snapshot import Held, Rows, Snapshot, Step
from commonweal.record.writing import (
    Change,
    Head,
    Live,
    Plan,
    Version,
    overlay,
    plan,
    without_struck,
)
from commonweal.vocabulary import VOCABULARY

LIVE = 2**62
"""What `closed_by` and `recorded_to` hold while a version lives."""

_ENTRY_COLUMNS = (
    "number, recorded, actor, reason, verb, entity, cast(valid_from as text), "
    "cast(valid_to as text), content, target, salts, struck, seal, hash"
)
_NO_STRUCK: dict[str, str] = {}


class Written(NamedTuple):
    """What a write put in the log."""

    entries: list[Entry]
    recorded: datetime


class Past(NamedTuple):
    """One version of an entity, live or closed, with the entries that made and closed it."""

    entity: str
    valid_from: date
    valid_to: date
    recorded_from: datetime
    recorded_to: datetime | None
    stated_by: int
    opened_by: int
    closed_by: int | None
    content: str


class Book:
    """The record in one database.

    using  alias of the Django database
    """

    def __init__(self, using: str = "default", vocabulary: Vocabulary = VOCABULARY) -> None:
        self.using = using
        self.vocabulary = vocabulary

    # --- the end of the log, and entries ------------------------------------------------------------------

    def _rows(self, sql: str, parameters: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        with connections[self.using].cursor() as cursor:
            cursor.execute(sql, list(parameters))
            return cursor.fetchall()

    @property
    def head(self) -> Head:
        """The end of the log."""
        found = self._rows(
            "select number, hash, recorded from record_entry order by number desc limit 1"
        )
        return Head(found[0][0], bytes(found[0][1]), found[0][2]) if found else Head(0, GENESIS, 0)

    def head_known(self, known: datetime | None) -> Head:
        """The end of the log as it stood at an instant; now, if none is given."""
        if known is None:
            return self.head
        found = self._rows(
            "select number, hash, recorded from record_entry where recorded <= %s "
            "order by number desc limit 1",
            [microseconds(known)],
        )
        return Head(found[0][0], bytes(found[0][1]), found[0][2]) if found else Head(0, GENESIS, 0)

    def entry(self, number: int) -> Entry | None:
        """An entry of the log."""
        found = self._rows(f"select {_ENTRY_COLUMNS} from record_entry where number = %s", [number])
        return _entry(found[0]) if found else None

    def entries(self, first: int = 1, last: int = LIVE, *, batch: int = 5000) -> Iterator[Entry]:
        """Entries of the log by number, both ends included, read in batches."""
        while first <= last:
            rows = self._rows(
                f"select {_ENTRY_COLUMNS} from record_entry where number between %s and %s "
                "order by number limit %s",
                [first, last, batch],
            )
            if not rows:
                return
            for row in rows:
                yield _entry(row)
            first = rows[-1][0] + 1

    def entries_about(self, entity: str) -> list[Entry]:
        """Every entry about an entity, the first first."""
        rows = self._rows(
            f"select {_ENTRY_COLUMNS} from record_entry where entity = %s order by number", [entity]
        )
        return [_entry(row) for row in rows]

    # --- what a write has to know ---------------------------------------------------------------------------

    def live(self, entity: str) -> Live:
        """An entity as it stands."""
        rows = self._rows(
            "select cast(valid_from as text), cast(valid_to as text), stated_by, opened_by, content "
            "from record_version where kind = %s and entity = %s and closed_by = %s "
            "order by valid_from",
            [identifier(entity).kind, entity, LIVE],
        )
        last = self._rows("select max(number) from record_entry where entity = %s", [entity])
        versions = [Version(entity, row[0], row[1], row[2], row[3], row[4], True) for row in rows]
        return Live(versions, last[0][0] or 0)

    def standing_of(self, systems: Iterable[str]) -> tuple[dict[str, Live], dict[str, str]]:
        """Every entity of some systems as it stands, and who last wrote about each."""
        found: dict[str, Live] = {}
        actors: dict[str, str] = {}
        for system in systems:
            prefix = [f"{system}/", f"{system}0"]  # "0" follows "/": every name in between
            versions: dict[str, list[Version]] = {}
            for row in self._rows(
                "select entity, cast(valid_from as text), cast(valid_to as text), stated_by, "
                "opened_by, content from record_version where entity >= %s and entity < %s "
                "and closed_by = %s order by entity, valid_from",
                [*prefix, LIVE],
            ):
                versions.setdefault(row[0], []).append(Version(*row, True))
            for entity, number, actor in self._rows(
                "select e.entity, e.number, e.actor from record_entry e join "
                "(select entity, max(number) as number from record_entry "
                "where entity >= %s and entity < %s group by entity) last "
                "on last.number = e.number",
                prefix,
            ):
                if entity in versions:
                    found[entity] = Live(versions[entity], number)
                    actors[entity] = actor
        return found, actors

    def live_of_kind(self, kind: str) -> dict[str, list[Version]]:
        """The live versions of every entity of a kind."""
        versions: dict[str, list[Version]] = {}
        for row in self._rows(
            "select entity, cast(valid_from as text), cast(valid_to as text), stated_by, opened_by, "
            "content from record_version where kind = %s and closed_by = %s "
            "order by entity, valid_from",
            [kind, LIVE],
        ):
            versions.setdefault(row[0], []).append(Version(*row, True))
        return versions

    def exists(self, entity: str) -> bool:
        """Whether an entity has any live version."""
        return bool(
            self._rows(
                "select 1 from record_version where kind = %s and entity = %s and closed_by = %s "
                "limit 1",
                [identifier(entity).kind, entity, LIVE],
            )
        )

    def referring(self, entity: str) -> Iterator[str]:
        """Entities whose live versions name this one."""
        rows = self._rows(
            "select distinct entity from record_version where closed_by = %s and content like %s "
            "order by entity",
            [LIVE, f'%"{entity}"%'],
        )
        return (row[0] for row in rows)

    # --- writing ------------------------------------------------------------------------------------------------

    def write(
        self,
        changes: Iterable[Change],
        *,
        actor: str,
        reason: str,
        at: datetime | None = None,
        salts: Callable[[int], bytes] = os.urandom,
    ) -> Written:
        """Write changes, all or none, as one transaction.

        at      when it is recorded; now, unless given; moved on if the log is not older
        raises  Refused or Conflict, and the record stays as it was
        """
        with transaction.atomic(using=self.using):
            self._take_turn()
            standing = _Standing(self)
            recorded = microseconds(at) if at else time.time_ns() // 1000
            recorded = max(recorded, standing.head.recorded + 1)
            made = plan(
                changes, vocabulary=self.vocabulary, standing=standing, actor=actor, reason=reason,
                recorded=recorded, salts=salts,
            )  # fmt: skip
            self._store(made, recorded)
        return Written(made.entries, instant(recorded))

    def _take_turn(self) -> None:
        """One writer at a time. SQLite's transactions here begin with the write lock already."""
        if connections[self.using].vendor == "postgresql":
            with connections[self.using].cursor() as cursor:
                cursor.execute("lock table record_entry in exclusive mode")

    def _store(self, made: Plan, recorded: int) -> None:
        with connections[self.using].cursor() as cursor:
            cursor.executemany(
                "insert into record_entry (number, recorded, actor, reason, verb, entity, valid_from, "
                "valid_to, content, target, salts, struck, seal, hash) values "
                "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '{}', %s, %s)",
                [each[:11] + each[12:] for each in made.entries],
            )
            cursor.executemany(
                "update record_version set closed_by = %s, recorded_to = %s "
                "where kind = %s and entity = %s and opened_by = %s and valid_from = %s",
                [
                    (by, recorded, _kind(old.entity), old.entity, old.opened_by, old.valid_from)
                    for old, by in made.closed
                ],
            )
            _insert_versions(cursor, made.opened, recorded)
        for entry in made.entries:
            if entry.verb == "redact":
                self._strike(entry)

    def _strike(self, redaction: Entry) -> None:
        """Carry out a redaction: the values go, the digests stay."""
        entry = self.entry(redaction.target)
        if entry is None:
            raise RecordError(f"Entry {redaction.target} is not in the log.")
        after = struck_out(entry, json.loads(redaction.content)["names"])
        content = without_struck(self.vocabulary.kind_of(entry.entity), after.content, after.struck)
        with connections[self.using].cursor() as cursor:
            cursor.execute(
                "update record_entry set actor = %s, reason = %s, content = %s, salts = %s, "
                "struck = %s where number = %s",
                [
                    after.actor,
                    after.reason,
                    after.content,
                    after.salts,
                    json.dumps(dict(after.struck), sort_keys=True),
                    after.number,
                ],
            )
            cursor.execute(
                "update record_version set content = %s where kind = %s and entity = %s "
                "and stated_by = %s",
                [content, _kind(entry.entity), entry.entity, entry.number],
            )

    # --- reading ------------------------------------------------------------------------------------------------

    def rows(self, kind: str, as_at: date, head: int) -> Rows:
        """The facts of a kind that hold on a day, as known at an entry number, by identifier."""
        joined = "group_concat(entity, char(10)), group_concat(content)"
        if connections[self.using].vendor == "postgresql":
            joined = (
                'string_agg(entity, chr(10) order by entity collate "C"), '
                "string_agg(content, ',' order by entity collate \"C\")"
            )
        found = self._rows(
            f"select {joined} from (select entity, content {_HOLDING} {self._by_entity}) as holding",
            [kind, as_at, as_at, head, head],
        )
        entities, contents = found[0]
        return Rows(entities.split("\n") if entities else [], f"[{contents or ''}]")

    def held(self, kind: str, as_at: date, head: int) -> list[Held]:
        """From when to when each fact of a kind holds, in the order of `rows`."""
        found = self._rows(
            "select cast(valid_from as text), cast(valid_to as text), stated_by "
            f"{_HOLDING} {self._by_entity}",
            [kind, as_at, as_at, head, head],
        )
        return [Held(*row) for row in found]

    @property
    def _by_entity(self) -> str:
        collate = ' collate "C"' if connections[self.using].vendor == "postgresql" else ""
        return f"order by entity{collate}"

    def exempt(self, as_at: date, head: int) -> list[str]:
        """Identifiers of the facts not for publication on a day."""
        found = self._rows(
            "select entity from record_version where exempt = 1 and valid_from <= %s "
            "and valid_to > %s and opened_by <= %s and closed_by > %s",
            [as_at, as_at, head, head],
        )
        return [row[0] for row in found]

    def snapshot(self, as_at: date, known: datetime | None = None) -> Snapshot:
        """The record on a day as known at an instant (now, if none is given). Nothing is cut."""
        head = self.head_known(known)
        return Snapshot(
            self.vocabulary,
            self,
            as_at=as_at,
            known=known or instant(head.recorded),
            head=head.number,
        )

    def steps(self, since: int, to: int) -> list[Step]:
        """What the entries after `since`, up to `to`, did to versions: closings first, then openings."""
        closed = self._rows(
            "select entity, cast(valid_from as text), cast(valid_to as text), stated_by "
            f"from record_version where closed_by < {LIVE} and closed_by > %s and closed_by <= %s "
            "and opened_by <= %s",
            [since, to, since],
        )
        opened = self._rows(
            "select entity, cast(valid_from as text), cast(valid_to as text), stated_by, content "
            "from record_version where opened_by > %s and opened_by <= %s and closed_by > %s",
            [since, to, to],
        )
        return [Step(row[0], Held(*row[1:4]), "") for row in closed] + [
            Step(row[0], Held(*row[1:4]), row[4]) for row in opened
        ]

    def history(self, entity: str) -> list[Past]:
        """Every version of an entity there ever was, by when it was recorded, then by first day."""
        found = self._rows(
            "select entity, cast(valid_from as text), cast(valid_to as text), recorded_from, "
            "recorded_to, stated_by, opened_by, closed_by, content from record_version "
            "where kind = %s and entity = %s order by opened_by, valid_from",
            [identifier(entity).kind, entity],
        )
        return [_past(row) for row in found]

    # --- proving ------------------------------------------------------------------------------------------------

    def verify(self) -> int:
        """Prove the chain, and that the versions are what the log says. Returns how many entries.

        raises  BrokenChain, naming the first broken entry
        """
        derived = _Derived(self.vocabulary)
        count = 0
        for entry in proved(self.entries()):
            derived.take(entry)
            count += 1
        derived.end_write()
        self._compare(derived)
        return count

    def _compare(self, derived: "_Derived") -> None:
        wanted = derived.versions
        wrong: list[tuple[int, str]] = []
        for row in self._all_versions():
            key = (row[0], row[5], row[1])
            expected = wanted.pop(key, None)
            if expected != row:
                what = "is not what the log says" if expected else "is in no entry of the log"
                wrong.append((row[5], f"the version of {row[0]} from {row[1]} {what}"))
        wrong += [(key[1], f"the version of {key[0]} from {key[2]} is missing") for key in wanted]
        if wrong:
            raise BrokenChain(*min(wrong))

    def _all_versions(self) -> Iterator[tuple[Any, ...]]:
        sql = (
            "select entity, cast(valid_from as text), cast(valid_to as text), recorded_from, "
            "stated_by, opened_by, closed_by, recorded_to, exempt, content from record_version"
        )
        with connections[self.using].cursor() as cursor:
            cursor.execute(sql)
            while rows := cursor.fetchmany(5000):
                yield from (tuple(row) for row in rows)

    def rebuild(self) -> int:
        """Make the versions anew from a proved log, in an empty versions table. Returns how many.

        Used after restoring only the log from a backup.
        """
        derived = _Derived(self.vocabulary)
        for entry in proved(self.entries()):
            derived.take(entry)
        derived.end_write()
        with transaction.atomic(using=self.using), connections[self.using].cursor() as cursor:
            for rows in batched(derived.versions.values(), 5000):
                cursor.executemany(
                    "insert into record_version (kind, entity, valid_from, valid_to, recorded_from, "
                    "stated_by, opened_by, closed_by, recorded_to, exempt, content) values "
                    "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                    [(_kind(row[0]), *row) for row in rows],
                )
        return len(derived.versions)


_HOLDING = (
    "from record_version where kind = %s and valid_from <= %s and valid_to > %s "
    "and opened_by <= %s and closed_by > %s"
)


class _Standing:
    """The record as it stands at the start of a write: the end of the log is read once."""

    def __init__(self, book: Book) -> None:
        self.head = book.head
        self.entry = book.entry
        self.referring = book.referring
        self._book = book

    def live(self, entity: str) -> Live:
        """An entity as it stands; nothing is asked of an empty record."""
        return self._book.live(entity) if self.head.number else Live([])

    def exists(self, entity: str) -> bool:
        """Whether an entity has any live version."""
        return self._book.exists(entity) if self.head.number else False


class _Derived:
    """The versions that a log implies, kept as they are stored."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.versions: dict[tuple[str, int, str], tuple[Any, ...]] = {}
        self._vocabulary = vocabulary
        self._live: dict[str, list[Version]] = {}
        self._recorded = 0
        self._fresh: set[tuple[str, int, str]] = set()

    def take(self, entry: Entry) -> None:
        """The effect of one more entry."""
        if entry.verb == "redact":
            return
        if entry.recorded != self._recorded:
            self.end_write()
            self._recorded = entry.recorded
        kind = self._vocabulary.kind_of(entry.entity)
        content = without_struck(kind, entry.content, entry.struck)
        window = (entry.valid_from, entry.valid_to)
        live = self._live.get(entry.entity, [])
        closed, opened = overlay(live, entry.number, entry.entity, window, content)
        for each in closed:
            self._close(each, entry)
        for each in opened:
            key = (each.entity, each.opened_by, each.valid_from)
            self._fresh.add(key)
            self.versions[key] = (
                each.entity, each.valid_from, each.valid_to, entry.recorded, each.stated_by,
                each.opened_by, LIVE, LIVE, _exempt(each.content), each.content,
            )  # fmt: skip
        self._live[entry.entity] = [each for each in live if each not in closed] + opened

    def _close(self, version: Version, entry: Entry) -> None:
        key = (version.entity, version.opened_by, version.valid_from)
        if key in self._fresh:
            del self.versions[key]
            return
        row = self.versions[key]
        self.versions[key] = (*row[:6], entry.number, entry.recorded, *row[8:])

    def end_write(self) -> None:
        """A version opened and closed in one write is not kept; another write begins."""
        self._fresh.clear()


def _kind(entity: str) -> str:
    return entity.split("/", 2)[1]


def _exempt(content: str) -> int:
    return int('"exempt":' in content and bool(msgspec.json.decode(content).get("exempt")))


def _entry(row: tuple[Any, ...]) -> Entry:
    struck = json.loads(row[11]) if row[11] != "{}" else _NO_STRUCK
    return Entry(*row[:10], bytes(row[10]), struck, bytes(row[12]), bytes(row[13]))


def _past(row: tuple[Any, ...]) -> Past:
    return Past(
        row[0],
        date.fromisoformat(row[1]),
        date.fromisoformat(row[2]),
        instant(row[3]),
        None if row[4] == LIVE else instant(row[4]),
        row[5],
        row[6],
        None if row[7] == LIVE else row[7],
        row[8],
    )


def _insert_versions(cursor: Any, versions: list[Version], recorded: int) -> None:
    cursor.executemany(
        "insert into record_version (kind, entity, valid_from, valid_to, recorded_from, stated_by, "
        "opened_by, exempt, content) values (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            (
                _kind(each.entity),
                each.entity,
                each.valid_from,
                each.valid_to,
                recorded,
                each.stated_by,
                each.opened_by,
                _exempt(each.content),
                each.content,
            )
            for each in versions
        ],
    )


def now() -> datetime:
    """This instant, UTC. The shell's only clock for the record."""
    return datetime.now(UTC)
