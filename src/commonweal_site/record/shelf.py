"""Snapshots shared between requests, each built once and brought up to date entry by entry."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date, datetime
from threading import Lock

from commonweal.record.entries import instant
from commonweal.record.snapshot import Snapshot

from .book import Book

_KEPT = 24
"""How many days' snapshots are kept in memory."""

EVERY = "*"
"""Stands for every system where a viewer's systems are listed."""

_WORTH_STEPPING = 5000
"""With more entries to catch up, a snapshot is read afresh."""


class Shelf:
    """The snapshots of one book. What the viewer may not see is cut before anybody reads it."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._whole: OrderedDict[tuple[date, int], Snapshot] = OrderedDict()
        self._cut: OrderedDict[tuple[date, int, int, frozenset[str]], Snapshot] = OrderedDict()
        self._seen = 0
        self._lock = Lock()

    def snapshot(
        self,
        as_at: date,
        known: datetime | None = None,
        *,
        systems: frozenset[str] = frozenset(),
    ) -> Snapshot:
        """The record on a day as a viewer sees it.

        known    the instant at which it was so known; now, if none is given
        systems  systems whose exempt facts the viewer may see
        """
        head = self.book.head_known(known)
        # What is exempt by now is cut from the past too, so the past is cut anew after each write.
        now = self.book.head.number if known else head.number
        key = (as_at, head.number, now, systems)
        with self._lock:
            self._forget_struck(now)
            if (found := self._cut.get(key)) is None:
                whole = self._snapshot(as_at, head.number, instant(head.recorded))
                found = whole.seen_by(_may_see(systems))
            _keep(self._cut, key, found)
        return found

    def _forget_struck(self, head: int) -> None:
        """Let every snapshot go once values have been struck out: older ones still hold them."""
        if head > self._seen:
            if self._seen and self.book.redacted_since(self._seen):
                self._whole.clear()
                self._cut.clear()
            self._seen = head

    def _snapshot(self, as_at: date, head: int, known: datetime) -> Snapshot:
        """The whole snapshot, from an older one of the same day where that is near."""
        found = self._whole.get((as_at, head))
        if found is None:
            older = [at for day, at in self._whole if day == as_at and at < head]
            nearest = max(older, default=0)
            if nearest and head - nearest <= _WORTH_STEPPING:
                steps = self.book.steps(nearest, head)
                found = self._whole[as_at, nearest].after(steps, known=known, head=head)
            else:
                found = Snapshot(
                    self.book.vocabulary, self.book, as_at=as_at, known=known, head=head
                )
        _keep(self._whole, (as_at, head), found)
        return found


def _may_see(systems: frozenset[str]) -> Callable[[str], bool]:
    if EVERY in systems:
        return lambda entity: True  # noqa: ARG005  # asked of each entity, and the answer is yes
    return lambda entity: entity.split("/", 1)[0] in systems


def _keep[K, V](shelf: "OrderedDict[K, V]", key: K, value: V) -> None:
    shelf[key] = value
    shelf.move_to_end(key)
    while len(shelf) > _KEPT:
        shelf.popitem(last=False)


SHELF = Shelf(Book())
"""The shelf of the site and the command."""
