"""Capital against a system's limit: what counts, whatever pays for it."""

from collections.abc import Iterable
from typing import NamedTuple


class Spend(NamedTuple):
    """One provider's capital in a year, in pence, each a sum of nothing or more.

    disposals  the book value of what was disposed of
    given      grants and donations that paid for some of it
    national   spend on national schemes, which is scored apart and is within `gross`
    """

    name: str
    gross: int
    disposals: int = 0
    given: int = 0
    national: int = 0

    @property
    def charge(self) -> int:
        """What counts against the system's limit."""
        return self.gross - self.national - self.disposals - self.given


class Charged(NamedTuple):
    """The charges of a system's providers beside its limit, in pence."""

    charge: int
    limit: int

    @property
    def headroom(self) -> int:
        """What may still be spent; below nothing if the limit is broken. Cash gives none."""
        return self.limit - self.charge


def charged(spends: Iterable[Spend], limit: int) -> Charged:
    """A system's capital beside its limit."""
    return Charged(sum(spend.charge for spend in spends), limit)
