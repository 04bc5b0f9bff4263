"""The stored log proved, and the stored versions held against it or made anew from it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import DatabaseError, connections, transaction

from commonweal.record.derived import LIVE, Derived, Row
from commonweal.record.entries import Entry, proved
from commonweal.record.errors import BrokenChain
from commonweal.record.garbage import without_collecting

from .storing import insert

if TYPE_CHECKING:
    from .book import Book

_UNREAD = "the database cannot read it"
_COLUMNS = ", ".join(
    f"cast({name} as text)" if name.startswith("valid") else name for name in Row._fields
)


def verify(book: "Book") -> int:
    """As `Book.verify`."""
    with without_collecting():
        derived, count = _derived(book)
        if wrong := derived.compare(versions(book)):
            raise BrokenChain(*wrong)
    return count


def rebuild(book: "Book") -> int:
    """As `Book.rebuild`."""
    with without_collecting(), transaction.atomic(using=book.using):
        derived, _ = _derived(book)
        with connections[book.using].cursor() as cursor:
            insert(cursor.execute, "record_version", Row._fields, derived.rows.values())
    return len(derived.rows)


def _derived(book: "Book") -> tuple[Derived, int]:
    """The versions that the log implies, proved on the way, and how many entries it has."""
    derived = Derived(book.vocabulary)
    count = 0
    for entry in proved(_every_entry(book)):
        derived.take(entry)
        count += 1
    return derived, count


def _every_entry(book: "Book") -> Iterator[Entry]:
    """The whole log, down to what no entry should be.

    raises  BrokenChain for an entry that cannot even be read
    """
    number = 0
    try:
        for entry in book.entries(first=-LIVE):
            number = entry.number
            yield entry
    except (DatabaseError, ValueError, TypeError) as wrong:
        raise BrokenChain(_unreadable(book, "record_entry", number), _UNREAD) from wrong


def versions(book: "Book") -> Iterator[Row]:
    """Every version as stored.

    raises  BrokenChain for a version that cannot even be read
    """
    with connections[book.using].cursor() as cursor:
        try:
            cursor.execute(f"select {_COLUMNS} from record_version")
            while rows := cursor.fetchmany(5000):
                yield from map(Row._make, rows)
        except DatabaseError as wrong:
            raise BrokenChain(_unreadable(book, "record_version", 0), _UNREAD) from wrong


def _unreadable(book: "Book", table: str, after: int) -> int:
    """The number of the first entry, later than `after`, with a row that cannot be read."""
    column = "number" if table == "record_entry" else "opened_by"
    with connections[book.using].cursor() as cursor:
        cursor.execute(
            f"select {column} from {table} where {column} > %s order by {column}", [after]
        )
        for (number,) in cursor.fetchall():
            try:
                cursor.execute(f"select * from {table} where {column} = %s", [number])
                cursor.fetchall()
                if table == "record_entry":
                    book.entry(number)
            except (DatabaseError, ValueError, TypeError):
                return int(number)
    return after + 1
