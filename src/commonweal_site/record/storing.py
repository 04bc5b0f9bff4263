"""Rows put into the record's tables, many to a statement.

A statement that holds hundreds of rows keeps Python's lock for the time of binding them only, so
the rest of a long write can be worked out in the meantime.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import batched, chain
from typing import Any

from commonweal.record.derived import is_exempt
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


def store(part: Plan, recorded: int, execute: Execute, *, mark: str = "%s") -> None:
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
