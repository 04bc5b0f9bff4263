"""Rows put into the record's tables, many to a statement.

A statement that holds hundreds of rows keeps Python's lock for the time of binding them only, so
the rest of a long write can be worked out in the meantime.
"""

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from functools import lru_cache, partial
from itertools import batched, chain
from typing import Any

from commonweal.record.derived import is_exempt
from commonweal.record.entries import Entry
from commonweal.record.garbage import without_collecting
from commonweal.record.writing import Plan

type Execute = Callable[[str, Sequence[Any]], Any]

_PARAMETERS = 32_000
"""How many values go into one statement, at most. SQLite takes 32,766 and PostgreSQL 65,535."""

_ENTRY = (
    "number", "recorded", "actor", "reason", "verb", "entity", "valid_from", "valid_to", "content",
    "target", "salts", "struck", "hash",
)  # fmt: skip
_VERSION = (
    "kind", "entity", "valid_from", "valid_to", "recorded_from", "stated_by", "opened_by", "exempt",
    "content",
)  # fmt: skip


@lru_cache(maxsize=64)
def _statement(table: str, columns: Sequence[str], rows: int, mark: str, after: str) -> str:
    row = f"({', '.join([mark] * len(columns))})"
    values = ", ".join([row] * rows)
    return f"insert into {table} ({', '.join(columns)}) values {values} {after}"


def insert(
    execute: Execute,
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    mark: str = "%s",
    after: str = "",
) -> None:
    """Insert rows.

    mark   how the database's driver marks the place of a value
    after  what the statement ends in, such as what to do on a conflict
    """
    for batch in batched(rows, _PARAMETERS // len(columns)):
        statement = _statement(table, columns, len(batch), mark, after)
        execute(statement, list(chain.from_iterable(batch)))


_KIND = {
    "sqlite": "substr(entity, instr(entity, '/') + 1, "
    "instr(substr(entity, instr(entity, '/') + 1), '/') - 1)",
    "postgresql": "split_part(entity, '/', 2)",
}
"""The kind of the column `entity`, by vendor of the database."""

_UNDERWAY = 4
"""How many parts of a long write may wait to be stored while the next is worked out."""

MANY = 10_000
"""From how many changes on the log's indexes are made afterwards, if the record was empty."""


def stored(connection: Any, made: Iterator[Plan], recorded: int) -> list[Entry]:
    """Store a plan part by part; its entries."""
    entries: list[Entry] = []
    with connection.cursor() as cursor:
        for part in made:
            store(part, recorded, cursor.execute, vendor=connection.vendor)
            entries += part.entries
    return entries


def stored_beside(
    connection: Any, made: Iterator[Plan], recorded: int, *, many: bool
) -> list[Entry]:
    """The same in SQLite, each part while the next is worked out: the record was empty, so nothing
    is read meanwhile.

    many  whether the write is long enough for the indexes of the log to be made afterwards
    """
    execute = connection.connection.execute
    keep = partial(store, recorded=recorded, execute=execute, vendor="sqlite", mark="?")
    entries: list[Entry] = []
    with (
        indexed_afterwards(execute) if many else nullcontext(),
        ThreadPoolExecutor(1) as other,
        at_full_speed(),
    ):
        underway: deque[Future[None]] = deque()
        for part in made:
            entries += part.entries
            underway.append(other.submit(keep, part))
            if len(underway) > _UNDERWAY:
                underway.popleft().result()
        for each in underway:
            each.result()
    return entries


def store(part: Plan, recorded: int, execute: Execute, *, vendor: str, mark: str = "%s") -> None:
    """Store a part of a plan. Values struck out are seen to afterwards."""
    insert(
        execute, "record_entry", _ENTRY,
        ((*each[:11], "{}", *each[12:]) for each in part.entries), mark=mark,
    )  # fmt: skip
    close = (
        f"update record_version set closed_by = {mark}, recorded_to = {mark} where kind = {mark} "
        f"and entity = {mark} and opened_by = {mark} and valid_from = {mark}"
    )
    for old, by in part.closed:
        kind = old.entity.split("/", 2)[1]
        execute(close, [by, recorded, kind, old.entity, old.opened_by, old.valid_from])
    insert(
        execute, "record_version", _VERSION,
        (
            (
                each.entity.split("/", 2)[1], each.entity, each.valid_from, each.valid_to, recorded,
                each.stated_by, each.opened_by, is_exempt(each.content), each.content,
            )
            for each in part.opened
        ), mark=mark,
    )  # fmt: skip
    if len(part.apart) < len(part.entries):
        _open_as_stated(part, execute, _KIND[vendor])


def _open_as_stated(part: Plan, execute: Execute, kind: str) -> None:
    """Open the versions of entries that only open what they state, without their leaving the
    database. In the order of the versions' key, which spares it half the work.
    """
    numbers = f"number between {part.entries[0].number} and {part.entries[-1].number}"
    apart = f" and number not in ({', '.join(map(str, part.apart))})" if part.apart else ""
    execute(
        f"insert into record_version ({', '.join(_VERSION)}) select {kind}, entity, valid_from, "
        "valid_to, recorded, number, number, 0, content from record_entry "
        f"where {numbers}{apart} order by 1, 2",
        [],
    )


@contextmanager
def indexed_afterwards(execute: Execute) -> Iterator[None]:
    """While many entries go into an empty SQLite log: no indexes on it, to be made at the end.

    Within a transaction, so that they are back whatever happens.
    """
    found = execute(
        "select name, sql from sqlite_master where type = 'index' and tbl_name = 'record_entry' "
        "and sql is not null order by name",
        [],
    ).fetchall()
    for name, _ in found:
        execute(f"drop index {name}", [])
    yield
    for _, sql in found:
        execute(sql, [])


@contextmanager
def at_full_speed() -> Iterator[None]:
    """While a long write goes on: no search for garbage, and the two threads take turns quickly.

    At Python's usual pace the storing thread would wait 5 ms each time the database answers.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 20)
    try:
        with without_collecting():
            yield
    finally:
        sys.setswitchinterval(usual)
