"""The ledger, kept in the database beside the record."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import DatabaseError, connections, transaction

from commonweal.money.ledger import (
    TAGS,
    Entry,
    Line,
    Tags,
    checked,
    month_of,
    reversal,
)
from commonweal.money.pence import BadMoney
from commonweal.money.plain_text import Kept
from commonweal.record.errors import did_you_mean
from commonweal.record.garbage import without_collecting
from commonweal_site.record.storing import insert

from .verifying import faults


class Source(NamedTuple):
    """Where entries come from.

    sha256  of the file, or of what was typed: the same one is posted once
    """

    sha256: str
    name: str


class Posted(NamedTuple):
    """What posting did: the first and last number, and whether it had been done before."""

    first: int
    last: int
    before: bool = False


class Ledger:
    """Entries of money, posted all or none."""

    def __init__(self, using: str = "default") -> None:
        self.using = using

    def _rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with connections[self.using].cursor() as cursor:
            cursor.execute(sql, parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows

    # --- posting -------------------------------------------------------------------------------

    def post(self, entries: Iterable[Entry], *, source: Source, actor: str, reason: str) -> Posted:
        """Post entries, all or none; a source that was posted before is not posted again.

        raises  BadMoney, naming every fault; nothing is then posted
        """
        entries = checked(entries)
        with self._posting():
            return self._posted(source.sha256) or self._post(entries, source, actor, reason)

    def keep_up(
        self, entries: Iterable[Entry], *, source: Source, actor: str, reason: str
    ) -> Posted:
        """Post a file as it is now: what was taken out of it since is reversed, what is new posted.

        All as one import. The file is known by its name; if it is as it was last, nothing is done.

        raises  BadMoney, naming every fault; nothing is then posted
        """
        entries = checked(entries)
        with self._posting():
            last = self._rows(
                "select number, sha256 from money_import where name = %s "
                "order by number desc limit 1",
                [source.name],
            )
            if not last:
                return self._posted(source.sha256) or self._post(entries, source, actor, reason)
            number, sha256 = last[0]
            changes = self._changes(entries, source.name)
            if not changes or sha256.partition(" ")[0] == source.sha256:
                return Posted(*self._span(number), before=True)
            # A file may come back to what it once was, so that its hash alone names no import.
            source = source._replace(sha256=f"{source.sha256} after import {number}")
            return self._post(changes, source, actor, reason)

    def _changes(self, entries: Iterable[Entry], name: str) -> list[Entry]:
        """Reversals of what a file no longer has, then what it did not have before."""
        taken_out = self._of(name)
        new = []
        for entry in entries:
            if same := taken_out.get(entry):
                same.pop()
            else:
                new.append(entry)
        undone = {row[0] for row in self._rows("select reverses from money_entry")}
        return [
            reversal(number, entry, entry.day, f"No longer in {name}: {entry.what}")._replace(
                key=entry.key
            )
            for entry, numbers in taken_out.items()
            for number in numbers
            if number not in undone
        ] + new

    def _of(self, name: str) -> dict[Entry, list[int]]:
        """What a file had when it was posted last: entries, and the numbers of each."""
        found: dict[Entry, list[int]] = {}
        for (batch,) in self._rows(
            "select number from money_import where name = %s order by number", [name]
        ):
            for number, _, entry in self.every(*self._span(batch)):
                if entry.reverses:
                    was = self.entry(entry.reverses)
                    found[was].remove(entry.reverses)
                else:
                    found.setdefault(entry, []).append(number)
        return found

    def _span(self, batch: int) -> tuple[int, int]:
        """The first and last entry of an import."""
        first, last = self._rows(
            "select min(number), max(number) from money_entry where import = %s", [batch]
        )[0]
        return first, last

    @contextmanager
    def _posting(self) -> Iterator[None]:
        """A whole posting, in turn with others; what the database refuses is said."""
        try:
            with transaction.atomic(using=self.using):
                self._take_turn()
                yield
        except DatabaseError as wrong:
            raise BadMoney(f"Nothing was posted: {_said(wrong)}.") from wrong

    def reverse(self, number: int, day: date, *, actor: str, why: str) -> Posted:
        """Undo an entry by one that reverses it; asked twice, it is done once.

        raises  BadMoney if there is no such entry, it cannot be reversed, or the period is closed
        """
        undone = reversal(number, self.entry(number), day, why)
        source = Source(f"reversal of entry {number}", why)
        return self.post([undone], source=source, actor=actor, reason=why)

    def close(self, body: str, until: date, *, actor: str, reason: str) -> None:
        """Let nothing more be posted to a body's books before a day."""
        day = until.isoformat()
        with transaction.atomic(using=self.using), connections[self.using].cursor() as cursor:
            self._take_turn()
            asked = "select 1 from money_closing where body = %s and until = %s"
            if not self._rows(asked, [body, day]):
                row = (body, day, actor, reason, time.time_ns() // 1000)
                columns = ("body", "until", "actor", "reason", "recorded")
                insert(cursor.execute, "money_closing", columns, [row])

    def _take_turn(self) -> None:
        """One writer at a time. SQLite's transactions here begin with the write lock already."""
        if connections[self.using].vendor == "postgresql":
            with connections[self.using].cursor() as cursor:
                cursor.execute("lock table money_entry in exclusive mode")

    def _posted(self, sha256: str) -> Posted | None:
        found = self._rows(
            "select min(e.number), max(e.number) from money_import i "
            "join money_entry e on e.import = i.number where i.sha256 = %s",
            [sha256],
        )
        first, last = found[0]
        return None if first is None else Posted(first, last, before=True)

    def _open(self, entries: Iterable[Entry]) -> None:
        closed: dict[str, str] = {}
        for body, until in self._rows("select body, until from money_closing"):
            closed[body] = max(str(until), closed.get(body, ""))
        if not closed:
            return
        wrong = [
            f"{entry.key or entry.what}: "
            f"{line.body} has closed its books before {closed[line.body]}."
            for entry in entries
            for line in entry.lines
            if entry.day.isoformat() < closed.get(line.body, "")
        ]
        if wrong:
            raise BadMoney("\n".join(["Nothing was posted.", *dict.fromkeys(wrong)]))

    def _post(self, entries: list[Entry], source: Source, actor: str, reason: str) -> Posted:
        if not entries:
            raise BadMoney("There is nothing to post.")
        self._open(entries)
        batch = self._rows("select coalesce(max(number), 0) + 1 from money_import")[0][0]
        first = self._rows("select coalesce(max(number), 0) + 1 from money_entry")[0][0]
        with connections[self.using].cursor() as cursor, without_collecting():
            tags = self._tags(cursor, entries)
            put(cursor, "money_entry", _ENTRY, _entries(entries, first, batch))
            put(cursor, "money_line", _LINE, _lines(entries, first, tags))
            counts = (len(entries), sum(len(entry.lines) for entry in entries))
            self._let_in(cursor, (batch, *source, actor, reason, time.time_ns() // 1000, *counts))
        return Posted(first, first + len(entries) - 1)

    def _let_in(self, cursor: Any, came: tuple[Any, ...]) -> None:
        """Add the import itself: the database now tries all of it, and adds up its balances."""
        insert(cursor.execute, "money_import", _IMPORT, [came])

    def _tags(self, cursor: Any, entries: Iterable[Entry]) -> dict[Tags, int]:
        """The number of each set of tags, those now seen first included."""
        cursor.execute(f"select {', '.join(TAGS)}, number from money_tags")
        known: dict[Tags, int] = {row[:-1]: row[-1] for row in cursor.fetchall()}
        used = {_tagged(line) for entry in entries for line in entry.lines}
        new = {tags: len(known) + n for n, tags in enumerate(sorted(used - known.keys()), 1)}
        rows = ((number, *tags) for tags, number in new.items())
        insert(cursor.execute, "money_tags", ("number", *TAGS), rows)
        return known | new

    # --- asking --------------------------------------------------------------------------------

    def entry(self, number: int) -> Entry:
        """One entry, by number.

        raises  BadMoney if there is none
        """
        for kept in self.every(number, number):
            return kept.entry
        last = self._rows("select coalesce(max(number), 0) from money_entry")[0][0]
        raise BadMoney(f"The ledger has no entry {number}. Its last is {last}.")

    def every(self, first: int = 1, last: int | None = None) -> Iterator[Kept]:
        """Entries by number, from the first to the last (included); some thousands in memory."""
        if last is None:
            last = self._rows("select coalesce(max(number), 0) from money_entry")[0][0]
        for begins in range(first, last + 1, _AT_A_TIME):
            yield from self._between(begins, min(begins + _AT_A_TIME - 1, last))

    def _between(self, first: int, last: int) -> Iterator[Kept]:
        heads = self._rows(
            "select number, import, day, what, key, reverses from money_entry "
            "where number between %s and %s order by number",
            [first, last],
        )
        lines: dict[int, list[Line]] = {}
        for number, *line in self._rows(
            "select entry, account, pence, body, fund, scheme, partner, decision "
            "from money_line l join money_tags t on t.number = l.tags "
            "where entry between %s and %s order by entry, line",
            [first, last],
        ):
            lines.setdefault(number, []).append(Line(*line))
        for number, batch, day, what, key, reverses in heads:
            entry = Entry(_date(day), what, tuple(lines.get(number, ())), key, reverses)
            yield Kept(number, batch, entry)

    def totals(
        self,
        by: Sequence[str],
        *,
        from_month: int | None = None,
        to_month: int | None = None,
        **only: str,
    ) -> list[tuple[Any, ...]]:
        """Pence by some tags, and `month`, over months (half-open); only where tags are as given.

        Each row has the tags asked for, then the pence, then how many lines make them.

        raises  BadMoney for a tag that there is not
        """
        for name in (*by, *only):
            if name not in (*TAGS, "month"):
                raise BadMoney(f"Money has no tag '{name}'. {did_you_mean(name, TAGS)}")
        conditions: dict[str, int | str | None] = {"month >=": from_month, "month <": to_month}
        conditions |= {f"{name} =": value for name, value in only.items()}
        asked = {each: value for each, value in conditions.items() if value is not None}
        where = " and ".join(["true", *(f"{each} %s" for each in asked)])
        tags = ", ".join(by)
        grouped = f" group by {tags} order by {tags}" if by else ""
        return self._rows(
            f"select {f'{tags}, ' if by else ''}coalesce(sum(pence), 0), coalesce(sum(lines), 0) "
            f"from money_balance b join money_tags t on t.number = b.tags where {where}{grouped}",
            list(asked.values()),
        )

    def numbers(self, *, from_day: date, to_day: date, **only: str) -> list[int]:
        """Numbers of the entries behind a figure: with any line tagged so, on days (half-open)."""
        for name in only:
            if name not in TAGS:
                raise BadMoney(f"Money has no tag '{name}'. {did_you_mean(name, TAGS)}")
        bounds = ["l.month between %s and %s", "e.day >= %s", "e.day < %s"]
        where = " and ".join([*bounds, *(f"t.{name} = %s" for name in only)])
        rows = self._rows(
            "select distinct e.number from money_tags t join money_line l on l.tags = t.number "
            "join money_entry e on e.number = l.entry "
            f"where {where} order by e.number",
            [
                month_of(from_day),
                month_of(to_day),
                from_day.isoformat(),
                to_day.isoformat(),
                *only.values(),
            ],
        )
        return [row[0] for row in rows]

    def counts(self) -> dict[str, int]:
        """How many imports, entries and lines there are."""
        return {
            each: self._rows(f"select count(*) from {table}")[0][0]
            for each, table in _COUNTED.items()
        }

    def newest(self) -> dict[str, str]:
        """The hash of what was imported last under each name."""
        return dict(self._rows("select name, sha256 from money_import order by number"))

    def faults(self) -> list[str]:
        """What is wrong with the ledger as stored; see `verifying`."""
        return faults(self._rows, connections[self.using].vendor)


_AT_A_TIME = 5_000
_COUNTED = {"imports": "money_import", "entries": "money_entry", "lines": "money_line"}
_IMPORT = ("number", "sha256", "name", "actor", "reason", "recorded", "entries", "lines")
_ENTRY = ("number", "import", "key", "day", "what", "reverses")
_LINE = ("entry", "line", "tags", "month", "pence")

_tagged: Callable[[Line], Tags] = itemgetter(0, 2, 3, 4, 5, 6)
"""The tags of a line."""


def _entries(entries: Iterable[Entry], first: int, batch: int) -> Iterator[tuple[Any, ...]]:
    for number, entry in enumerate(entries, first):
        yield (number, batch, entry.key, entry.day.isoformat(), entry.what, entry.reverses)


def _lines(
    entries: Iterable[Entry], first: int, tags: Mapping[Tags, int]
) -> Iterator[tuple[int, ...]]:
    for number, entry in enumerate(entries, first):
        month = month_of(entry.day)
        for place, line in enumerate(entry.lines):
            yield (number, place, tags[_tagged(line)], month, line[1])


def put(cursor: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Put many rows into a table, the quickest way that its database has."""
    database = cursor.db
    with database.wrap_database_errors:
        if database.vendor == "sqlite":
            # Straight: Django's way rewrites every mark of a statement that has thousands.
            insert(database.connection.execute, table, columns, rows, mark="?")
            return
        names = ", ".join(columns)
        with (
            database.connection.cursor() as own,
            own.copy(f"copy {table} ({names}) from stdin") as copy,
        ):
            for row in rows:
                copy.write_row(row)


def _date(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day


def _said(wrong: Exception) -> str:
    return str(wrong).splitlines()[0]
