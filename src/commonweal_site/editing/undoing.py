"""Undoing by correction: nothing leaves the log; the record is made to say again what it said."""

from datetime import date
from typing import NamedTuple

from commonweal.record.entries import Verb
from commonweal.record.errors import UnknownEntity
from commonweal.record.facts import Fact
from commonweal.record.kinds import Kind
from commonweal.record.writing import Live

from .desk import Desk


class PutBack(NamedTuple):
    """One way to put back what an entry changed: a change to fill a form with.

    fact  what stood there before; none where nothing did, so that it is to be withdrawn
    """

    verb: Verb
    fact: Fact | None
    begins: date
    ends: date


def put_back(desk: Desk, kind: Kind, entity: str, number: int) -> list[PutBack]:
    """What would undo an entry, one change for each version that it closed.

    raises  UnknownEntity where there is no such entry about the entity, or it is not theirs to see
    """
    live = desk.live(entity)
    entry = desk.book.entry(number)
    if entry is None or entry.entity != entity or entry.verb == "redact":
        raise UnknownEntity(f"Entry {number} states nothing about {entity} that can be put back.")
    begins, ends = date.fromisoformat(entry.valid_from), date.fromisoformat(entry.valid_to)
    closed = [each for each in desk.book.history(entity) if each.closed_by == number]
    stood = [
        (kind.decode(each.content), max(begins, each.valid_from), min(ends, each.valid_to))
        for each in closed
    ]
    if not stood:
        return [PutBack("withdraw", None, begins, ends)]
    if not all(desk.may_know(entity, fact) for fact, _, _ in stood):
        raise UnknownEntity(f"What stood before entry {number} is not yours to put back.")
    return [
        PutBack(_verb(live, first, last), fact, first, last)
        for fact, first, last in stood
        if first < last
    ]


def _verb(live: Live, begins: date, ends: date) -> Verb:
    """Correct what stands there now; assert again where nothing does."""
    covered = any(
        each.valid_from < ends.isoformat() and begins.isoformat() < each.valid_to
        for each in live.versions
    )
    return "correct" if covered else "assert"
