"""Undoing by correction: nothing leaves the log; the record is made to say again what it said."""

from collections.abc import Iterator
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
    """What would undo an entry: one change for each version it closed, and for days it added.

    Nothing is left to do where what it wrote is not on record any more.

    raises  UnknownEntity where there is no such entry about the entity, or it is not theirs to see
    """
    live = desk.live(entity)
    entry = desk.book.entry(number)
    if entry is None or entry.entity != entity or entry.verb == "redact":
        raise UnknownEntity(f"Entry {number} states nothing about {entity} that can be put back.")
    begins, ends = date.fromisoformat(entry.valid_from), date.fromisoformat(entry.valid_to)
    stood = sorted(
        (max(begins, each.valid_from), min(ends, each.valid_to), each.content)
        for each in desk.book.history(entity)
        if each.closed_by == number and each.valid_from < ends and begins < each.valid_to
    )
    facts = [kind.decode(content) for _, _, content in stood]
    if not all(desk.may_know(entity, fact) for fact in facts):
        raise UnknownEntity(f"What stood before entry {number} is not yours to put back.")
    spans = [(first, last) for first, last, _ in stood]
    back = [
        PutBack(_verb(live, *span), fact, *span) for span, fact in zip(spans, facts, strict=True)
    ]
    gaps = [gap for gap in _between((begins, ends), spans) if _covered(live, *gap)]
    return back + [PutBack("withdraw", None, *gap) for gap in gaps]


def _between(
    whole: tuple[date, date], spans: list[tuple[date, date]]
) -> Iterator[tuple[date, date]]:
    """The days of a whole on which none of some spans, in order, stood."""
    at, ends = whole
    for first, last in spans:
        if at < first:
            yield at, first
        at = last
    if at < ends:
        yield at, ends


def _verb(live: Live, begins: date, ends: date) -> Verb:
    """Correct what stands there now; assert again where nothing does."""
    return "correct" if _covered(live, begins, ends) else "assert"


def _covered(live: Live, begins: date, ends: date) -> bool:
    return any(
        each.valid_from < ends.isoformat() and begins.isoformat() < each.valid_to
        for each in live.versions
    )
