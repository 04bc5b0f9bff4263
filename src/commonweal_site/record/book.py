"""The record as stored: the one place that reads and writes the log and its versions."""

import json
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime
from itertools import batched
from typing import Any, NamedTuple

from django.db import connections, transaction

from commonweal.record.derived import LIVE
from commonweal.record.entries import (
    GENESIS,
    Entry,
    instant,
    microseconds,
    names_struck,
    struck_out,
)
from commonweal.record.errors import RecordError
from commonweal.record.facts import Fact
from commonweal.record.identifiers import ID_PATTERN, Identifier, identifier
from commonweal.record.kinds import Vocabulary
from commonweal.record.snapshot import Held, Rows, Snapshot, Step
from commonweal.record.writing import (
    Change,
    Head,
    Live,
    Version,
    parts,
    without_struck,
)
from commonweal.vocabulary import VOCABULARY

from . import proving
from .storing import MANY, stored, stored_beside

_ENTRY_COLUMNS = (
    "number, recorded, actor, reason, verb, entity, cast(valid_from as text), "
    "cast(valid_to as text), content, target, salts, struck, hash"
)
_LIVE_COLUMNS = (
    "entity, cast(valid_from as text), cast(valid_to as text), stated_by, opened_by, content"
)
_NO_STRUCK: dict[str, str] = {}
_NOTHING = Live([])
_AT_ONCE = 1000
"""How many entities are asked for in one statement."""


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


BESIDE: dict[str, Callable[[str], Any]] = {}
"""Stores beside the record, by name: each is made for the alias of a database."""


class Book:
    """The record in one database.

    using  alias of the Django database
    """

    def __init__(self, using: str = "default", vocabulary: Vocabulary = VOCABULARY) -> None:
        self.using = using
        self.vocabulary = vocabulary

    # --- the end of the log, and entries -------------------------------------------------------

    def _rows(self, sql: str, parameters: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        with connections[self.using].cursor() as cursor:
            cursor.execute(sql, list(parameters))
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

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
            "order by recorded desc, number desc limit 1",
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

    def written_by(self, actor: str, *, before: int = LIVE, most: int = 100) -> list[Entry]:
        """The entries that somebody wrote, the last first, from those before a number."""
        rows = self._rows(
            f"select {_ENTRY_COLUMNS} from record_entry where actor = %s and number < %s "
            "order by number desc limit %s",
            [actor, before, most],
        )
        return [_entry(row) for row in rows]

    def entries_about(self, entity: str) -> list[Entry]:
        """Every entry about an entity, the first first."""
        rows = self._rows(
            f"select {_ENTRY_COLUMNS} from record_entry where entity = %s order by number", [entity]
        )
        return [_entry(row) for row in rows]

    # --- what a write has to know --------------------------------------------------------------

    def live(self, entity: str) -> Live:
        """An entity as it stands."""
        return self.live_of([identifier(entity)])[entity]

    def live_of(self, entities: Iterable[Identifier]) -> dict[str, Live]:
        """Some entities as they stand, by identifier."""
        by_kind: dict[str, list[str]] = {}
        for each in entities:
            by_kind.setdefault(each.kind, []).append(str(each))
        found: dict[str, Live] = {}
        for kind, named in by_kind.items():
            last = dict(
                self._rows(
                    "select entity, max(number) from record_entry "
                    f"where entity in ({_places(named)}) group by entity",
                    named,
                )
            )
            found.update((entity, Live([], last.get(entity, 0))) for entity in named)
            for row in self._rows(
                f"select {_LIVE_COLUMNS} from record_version where kind = %s "
                f"and entity in ({_places(named)}) and closed_by = %s order by valid_from",
                [kind, *named, LIVE],
            ):
                found[row[0]].versions.append(Version._make((*row, True)))
        return found

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
                versions.setdefault(row[0], []).append(Version._make((*row, True)))
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
            f"select {_LIVE_COLUMNS} from record_version where kind = %s and closed_by = %s "
            "order by entity, valid_from",
            [kind, LIVE],
        ):
            versions.setdefault(row[0], []).append(Version._make((*row, True)))
        return versions

    def exists(self, entity: str) -> bool:
        """Whether an entity has any live version."""
        return bool(self.existing([entity]))

    def existing(self, entities: Iterable[str]) -> set[str]:
        """Those of some entities that have any live version."""
        by_kind: dict[str, list[str]] = {}
        for entity in entities:
            if ID_PATTERN.fullmatch(entity):
                by_kind.setdefault(_kind(entity), []).append(entity)
        found: set[str] = set()
        for kind, every in by_kind.items():
            for named in batched(every, _AT_ONCE):
                rows = self._rows(
                    "select distinct entity from record_version where kind = %s "
                    f"and entity in ({_places(named)}) and closed_by = %s",
                    [kind, *named, LIVE],
                )
                found.update(row[0] for row in rows)
        return found

    def referring(self, entity: str) -> Iterator[str]:
        """Entities whose live versions name this one."""
        rows = self._rows(
            "select distinct entity from record_version where closed_by = %s and content like %s "
            "order by entity",
            [LIVE, f'%"{entity}"%'],
        )
        return (row[0] for row in rows)

    # --- writing -------------------------------------------------------------------------------

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
            changes = list(changes)
            made = parts(
                changes, vocabulary=self.vocabulary, standing=standing, actor=actor,
                reason=reason, recorded=recorded, salts=salts, ahead=standing.reading_ahead,
            )  # fmt: skip
            connection = connections[self.using]
            if standing.head.number or connection.vendor != "sqlite":
                entries = stored(connection, made, recorded)
            else:
                entries = stored_beside(connection, made, recorded, many=len(changes) >= MANY)
            self._redact(entries)
        return Written(entries, instant(recorded))

    def _take_turn(self) -> None:
        """One writer at a time. SQLite's transactions here begin with the write lock already."""
        if connections[self.using].vendor == "postgresql":
            with connections[self.using].cursor() as cursor:
                cursor.execute("lock table record_entry in exclusive mode")

    def _redact(self, entries: list[Entry]) -> None:
        redactions = [entry for entry in entries if entry.verb == "redact"]
        for entry in redactions:
            self._strike(entry)
        if redactions:
            transaction.on_commit(self.scrub, using=self.using)

    def _strike(self, redaction: Entry) -> None:
        """Carry out a redaction: the values go, the digests stay."""
        entry = self.entry(redaction.target)
        if entry is None:
            raise RecordError(f"Entry {redaction.target} is not in the log.")
        after = struck_out(entry, names_struck(redaction))
        content = without_struck(self.vocabulary.kind_of(entry.entity), after.content, after.struck)
        with connections[self.using].cursor() as cursor:
            if connections[self.using].vendor == "sqlite":
                # Else the old bytes would stay in the file's free space.
                cursor.execute("pragma secure_delete = on")
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

    def scrub(self) -> None:
        """Rid the database's own journals and free space of values struck out.

        Done after every redaction. A reader who began before it may hold old rows; done again
        later, they go too. Backups, and the archived journals of a PostgreSQL server, are the
        keeper's affair.
        """
        with connections[self.using].cursor() as cursor:
            if connections[self.using].vendor == "sqlite":
                cursor.execute("pragma wal_checkpoint(truncate)")
            elif connections[self.using].get_autocommit():
                cursor.execute("vacuum (full) record_entry")
                cursor.execute("vacuum (full) record_version")

    # --- reading -------------------------------------------------------------------------------

    def rows(self, kind: str, as_at: date, head: int) -> Rows:
        """The facts of a kind that hold on a day, as known at an entry number, by identifier."""
        found = self._rows(self._joined, [kind, as_at, as_at, head, head])
        return _joined_rows(found[0])

    def rows_of(self, kinds: Sequence[str], as_at: date, head: int) -> Iterator[Rows]:
        """The same of several kinds, one after the other.

        SQLite reads the next kind while the caller is busy with this one.
        """
        connection = connections[self.using]
        if connection.vendor != "sqlite":
            yield from (self.rows(kind, as_at, head) for kind in kinds)
            return
        connection.ensure_connection()
        execute, sql = connection.connection.execute, self._joined.replace("%s", "?")

        def read(kind: str) -> Rows:
            day = as_at.isoformat()
            return _joined_rows(execute(sql, [kind, day, day, head, head]).fetchone())

        with ThreadPoolExecutor(1) as other:
            ahead: deque[Future[Rows]] = deque()
            for kind in kinds:
                ahead.append(other.submit(read, kind))
                if len(ahead) > 1:
                    yield ahead.popleft().result()
            yield from (each.result() for each in ahead)

    @property
    def _joined(self) -> str:
        """The identifiers of a kind's facts, and their contents, each joined into one text."""
        joined = "group_concat(entity, char(10)), group_concat(content)"
        if connections[self.using].vendor == "postgresql":
            joined = (
                'string_agg(entity, chr(10) order by entity collate "C"), '
                "string_agg(content, ',' order by entity collate \"C\")"
            )
        return (
            f"select {joined} from (select entity, content {_HOLDING} {self._by_entity}) as holding"
        )

    def held(self, kind: str, as_at: date, head: int) -> list[Held]:
        """From when to when each fact of a kind holds, in the order of `rows`."""
        found = self._rows(
            "select cast(valid_from as text), cast(valid_to as text), stated_by "
            f"{_HOLDING} {self._by_entity}",
            [kind, as_at, as_at, head, head],
        )
        return [Held(*row) for row in found]

    def days(self, kind: str, head: int) -> list[str]:
        """Every day on which some fact of a kind begins to hold, or no longer holds, in order."""
        live = "record_version where kind = %s and opened_by <= %s and closed_by > %s"
        found = self._rows(
            f"select cast(valid_from as text) from {live} "
            f"union select cast(valid_to as text) from {live} order by 1",
            [kind, head, head] * 2,
        )
        return [row[0] for row in found]

    @property
    def _by_entity(self) -> str:
        collate = ' collate "C"' if connections[self.using].vendor == "postgresql" else ""
        return f"order by entity{collate}"

    def redacted_since(self, number: int) -> bool:
        """Whether values have been struck out by an entry later than this one."""
        return bool(
            self._rows(
                "select 1 from record_entry where target > 0 and number > %s limit 1", [number]
            )
        )

    def versions(self, kind: str, entities: Sequence[str], head: int) -> list[Step]:
        """Every version of some entities of a kind known at an entry number, by name and day."""
        found: list[Step] = []
        for named in batched(sorted(entities), _AT_ONCE):
            rows = self._rows(
                "select entity, cast(valid_from as text), cast(valid_to as text), stated_by, "
                f"content from record_version where kind = %s and entity in ({_places(named)}) "
                f"and opened_by <= %s and closed_by > %s {self._by_entity}, valid_from",
                [kind, *named, head, head],
            )
            found += [Step(row[0], Held(*row[1:4]), row[4]) for row in rows]
        return found

    def exempt(self, as_at: date | None, head: int) -> list[str]:
        """Identifiers of the facts of a day that were not for publication at an entry number, or
        are not by now: what became exempt later is exempt however far back the record is read.

        as_at  None: of any day
        """
        holding = "" if as_at is None else "and valid_from <= %s and valid_to > %s "
        found = self._rows(
            f"select distinct entity from record_version where exempt = 1 {holding}"
            "and ((opened_by <= %s and closed_by > %s) or closed_by = %s)",
            [*([] if as_at is None else [as_at, as_at]), head, head, LIVE],
        )
        return [row[0] for row in found]

    def beside(self, store: str) -> Any:
        """What is kept in the same database beside the record; None for a store that is not."""
        make = BESIDE.get(store)
        return make(self.using) if make else None

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

    def fact(self, entity: str, as_at: date, known: datetime | None = None) -> Fact | None:
        """One entity's fact on a day as known at an instant, without a snapshot. Nothing is cut."""
        kind = self.vocabulary.kind_of(entity)
        then = microseconds(known) if known else LIVE - 1
        found = self._rows(
            "select content from record_version where kind = %s and entity = %s "
            "and valid_from <= %s and valid_to > %s and recorded_from <= %s and recorded_to > %s",
            [kind.name, entity, as_at, as_at, then, then],
        )
        return kind.decode(found[0][0]) if found else None

    def steps(self, since: int, to: int) -> list[Step]:
        """What the entries after `since`, up to `to`, did: closings first, then openings."""
        touched = dict(
            self._rows(
                "select entity, max(target) from record_entry where number > %s and number <= %s "
                "group by entity order by entity",
                [since, to],
            )
        )
        by_kind: dict[str, list[str]] = {}
        for entity in touched:
            by_kind.setdefault(_kind(entity), []).append(entity)
        closed, opened = [], []
        for kind, every in by_kind.items():
            for named in batched(every, _AT_ONCE):
                for row in self._rows(
                    f"select {_STEP_COLUMNS} from record_version where kind = %s "
                    f"and entity in ({_places(named)}) and opened_by <= %s and closed_by > %s",
                    [kind, *named, to, since],
                ):
                    step = Step(row[0], Held(*row[1:4]), row[4])
                    # A redaction closes nothing: what holds goes on, without the values struck out.
                    if row[5] <= since and row[6] <= to:
                        closed.append(step._replace(content=""))
                    elif row[6] > to and (row[5] > since or touched[row[0]]):
                        opened.append(step)
        return closed + opened

    def history(self, entity: str) -> list[Past]:
        """Every version of an entity there ever was, by when it was recorded, then by first day."""
        found = self._rows(
            "select entity, cast(valid_from as text), cast(valid_to as text), recorded_from, "
            "recorded_to, stated_by, opened_by, closed_by, content from record_version "
            "where kind = %s and entity = %s order by opened_by, valid_from",
            [identifier(entity).kind, entity],
        )
        return [_past(row) for row in found]

    # --- proving -------------------------------------------------------------------------------

    def verify(self) -> int:
        """Prove the chain, and that the versions are what the log says. Returns how many entries.

        raises  BrokenChain, naming the first broken entry
        """
        return proving.verify(self)

    def rebuild(self) -> int:
        """Make the versions anew from a proved log, in an empty versions table. Returns how many.

        Used after restoring only the log from a backup.
        """
        return proving.rebuild(self)


_STEP_COLUMNS = (
    "entity, cast(valid_from as text), cast(valid_to as text), stated_by, content, opened_by, "
    "closed_by"
)
_HOLDING = (
    "from record_version where kind = %s and valid_from <= %s and valid_to > %s "
    "and opened_by <= %s and closed_by > %s"
)


class _Standing:
    """The record as it stands at the start of a write, read in batches."""

    def __init__(self, book: Book) -> None:
        self.head = book.head
        self.entry = book.entry
        self.referring = book.referring
        self._book = book
        self._ahead: dict[str, Live] = {}

    def reading_ahead(self, changes: Sequence[Change]) -> Iterable[Change]:
        """The changes, their entities read just before they are asked for."""
        return self._read_ahead(changes) if self.head.number else changes

    def _read_ahead(self, changes: Iterable[Change]) -> Iterator[Change]:
        for batch in batched(changes, _AT_ONCE):
            named = {each.entity for each in batch}
            matches = (ID_PATTERN.fullmatch(entity) for entity in named)
            self._ahead = self._book.live_of(Identifier(*each.groups()) for each in matches if each)
            yield from batch

    def live(self, entity: str) -> Live:
        """An entity as it stands; nothing is asked of an empty record."""
        if not self.head.number:
            return _NOTHING
        return self._ahead.get(entity) or self._book.live(entity)

    def existing(self, entities: Iterable[str]) -> set[str]:
        """Those of some entities that have any live version."""
        return self._book.existing(entities) if self.head.number else set()


def _joined_rows(joined: tuple[str | None, str | None]) -> Rows:
    entities, contents = joined
    return Rows(entities.split("\n") if entities else [], f"[{contents or ''}]")


def _kind(entity: str) -> str:
    return entity.split("/", 2)[1]


def _places(values: Sized) -> str:
    return ", ".join(["%s"] * len(values))


def _entry(row: tuple[Any, ...]) -> Entry:
    struck = json.loads(row[11]) if row[11] != "{}" else _NO_STRUCK
    return Entry._make((*row[:10], bytes(row[10]), struck, bytes(row[12])))


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
