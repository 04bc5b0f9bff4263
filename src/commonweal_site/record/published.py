"""What was ever not for publication: entries about it are kept from the public for good."""

import json
from functools import lru_cache

from django.db import connections

from .book import Book


def hidden(book: Book, systems: frozenset[str] = frozenset()) -> frozenset[str]:
    """Entities of which some version is or was exempt, and those that name one, at any remove.

    systems  systems whose exempt facts the viewer may see
    """
    found = _ever(book, book.head.hash)
    return frozenset(each for each in found if each.split("/", 1)[0] not in systems)


@lru_cache(maxsize=4)
def _ever(book: Book, head: bytes) -> frozenset[str]:
    del head  # only tells one state of the record from another
    with connections[book.using].cursor() as cursor:
        cursor.execute("select distinct entity from record_version where exempt = 1")
        found = {row[0] for row in cursor.fetchall()}
        frontier = set(found)
        while frontier:
            naming = {each for entity in frontier for each in _naming(cursor, entity)}
            frontier = naming - found
            found |= frontier
    return frozenset(found)


def _naming(cursor: object, entity: str) -> set[str]:
    quoted = json.dumps(entity)
    cursor.execute(  # type: ignore[attr-defined]  # a Django cursor
        "select distinct entity from record_version where content like %s", [f"%{quoted}%"]
    )
    return {row[0] for row in cursor.fetchall()}  # type: ignore[attr-defined]  # as above
