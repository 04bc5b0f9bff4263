"""The ledger, kept in the database beside the record."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
        if not entries:
            raise BadMoney("There is nothing to post.")
        try:
            with transaction.atomic(using=self.using):
                self._take_turn()
                if before := self._posted(source.sha256):
                    return before
                self._open(entries)
                return self._post(entries, source, actor, reason)
        except (DatabaseError, sqlite3.Error) as wrong:
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
        found = self._rows(
            "select day, what, key, reverses from money_entry where number = %s", [number]
        )
        if not found:
            last = self._rows("select coalesce(max(number), 0) from money_entry")[0][0]
            raise BadMoney(f"The ledger has no entry {number}. Its last is {last}.")
        lines = self._rows(
            "select account, pence, body, fund, scheme, partner, decision from money_line l "
            "join money_tags t on t.number = l.tags where entry = %s order by line",
            [number],
        )
        day, what, key, reverses = found[0]
        return Entry(_date(day), what, tuple(Line(*line) for line in lines), key, reverses)

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

    def faults(self) -> list[str]:
        """What is wrong with the ledger as stored; see `verifying`."""
        return faults(self._rows, connections[self.using].vendor)


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
