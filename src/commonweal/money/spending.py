"""What has been spent, by month and tags, as the ledger beside the record has it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from commonweal.meetings.agenda import as_it_was
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import last_day_of_month

from .ledger import month_of

LEDGER = "ledger"
"""The name under which the ledger is kept beside the record."""

_MONTHS = 12


class Spent(NamedTuple):
    """Pence spent in a calendar month under some tags; an empty tag does not apply."""

    body: str
    fund: str
    scheme: str
    decision: str
    month: int
    pence: int

    @property
    def last_day(self) -> date:
        """The last day of its month."""
        return _last_day(self.month)


class Books(Protocol):
    """The ledger, as far as spending is asked of it."""

    def tagged(self) -> Mapping[str, tuple[int, int]]:
        """Every name that a line is tagged by, with the first and the last month of such lines."""

    def spent(self, until: date, head: int, without: Collection[str]) -> list[Spent]:
        """What was spent on the days before `until`, as it stood while the record ended at `head`.

        without  leave out every entry with a line that is tagged by one of these
        """


def spending(snapshot: Snapshot) -> tuple[Spent, ...] | None:
    """What was spent up to the snapshot's day; None if no ledger is kept beside the record.

    Entries that name what the viewer may not see are left out whole.
    """
    books: Books | None = snapshot.beside(LEDGER)
    if books is None:
        return None
    hidden = {
        name
        for name, months in books.tagged().items()
        if snapshot.get(name) is None and not _was_there(snapshot, name, months)
    }
    return tuple(books.spent(snapshot.as_at + timedelta(1), snapshot.head, hidden))


def _was_there(snapshot: Snapshot, name: str, months: Iterable[int]) -> bool:
    """Whether a name was on record, for this viewer, when something was spent under it."""
    return any(as_it_was(snapshot, _last_day(each)).get(name) is not None for each in months)


def _last_day(month: int) -> date:
    return last_day_of_month(month // _MONTHS, month % _MONTHS + 1)


def in_year(spent: Iterable[Spent], first: date, end: date) -> Iterator[Spent]:
    """What was spent in the months from one day to another, both the first of a month; half-open"""
    months = range(month_of(first), month_of(end))
    return (each for each in spent if each.month in months)
