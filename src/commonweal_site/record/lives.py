"""When an entity was on record, for a reader who asks on a day when it was not."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from commonweal.record.facts import Fact
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import BEFORE_ALL, OPEN, day_in_words

from .shelf import Shelf


class Life(NamedTuple):
    """Days on which an entity was on record, half-open, and what was then said of it."""

    begins: date
    ends: date
    fact: Fact

    @property
    def words(self) -> str:
        """The days in words, the last included."""
        last = day_in_words(self.ends - timedelta(1))
        if self.begins == BEFORE_ALL:
            return "on every day" if self.ends == OPEN else f"until {last}"
        first = day_in_words(self.begins)
        return f"from {first}" if self.ends == OPEN else f"from {first} until {last}"

    def nearest(self, day: date) -> date:
        """The day of this life nearest to another."""
        if day >= self.ends:
            return self.ends - timedelta(1)
        return max(day, self.begins)


def lives(shelf: Shelf, snapshot: Snapshot, entity: str, systems: frozenset[str]) -> list[Life]:
    """The days on which an entity was on record, as known at the snapshot's instant.

    What the viewer may not see is left out: each life is looked up on its own first day, as the
    viewer sees it.

    systems  systems whose exempt facts the viewer may see
    """
    return list(_joined(_seen(shelf, snapshot, entity, systems)))


def _seen(shelf: Shelf, snapshot: Snapshot, entity: str, systems: frozenset[str]) -> Iterator[Life]:
    versions = sorted(shelf.book.history(entity), key=lambda each: each.valid_from)
    for past in versions:
        closed = past.closed_by is not None and past.closed_by <= snapshot.head
        if past.opened_by > snapshot.head or closed:
            continue
        then = shelf.snapshot(past.valid_from, snapshot.known, systems=systems)
        if (fact := then.get(entity)) is not None:
            yield Life(past.valid_from, past.valid_to, fact)


def _joined(lives: Iterator[Life]) -> Iterator[Life]:
    """Lives that follow each other without a gap, as one; the last says what it was."""
    held: Life | None = None
    for each in lives:
        if held is not None and held.ends == each.begins:
            held = Life(held.begins, each.ends, each.fact)
            continue
        if held is not None:
            yield held
        held = each
    if held is not None:
        yield held
