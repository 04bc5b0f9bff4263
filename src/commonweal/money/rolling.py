"""What a partner puts in next year, and what becomes of sums from year to year."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from .pence import BadMoney, rounded


class Contribution(NamedTuple):
    """One partner's contribution to a pool, and what changes it for the year that follows.

    All in pence. Sums that were for one year only do not roll on.

    recurrent           put in this year, and meant to go on
    recurrent_in_year   changes made during the year that go on
    inflation, planned  added for next year; planned changes may be below nothing
    efficiencies        taken off, as a sum of nothing or more
    """

    recurrent: int
    recurrent_in_year: int = 0
    inflation: int = 0
    planned: int = 0
    efficiencies: int = 0


def next_year(this: Contribution) -> int:
    """Next year's recurrent contribution.

    raises  BadMoney if efficiencies are below nothing
    """
    if this.efficiencies < 0:
        raise BadMoney("Efficiencies are taken off: write them as a sum above nothing.")
    grown = this.recurrent + this.recurrent_in_year + this.inflation + this.planned
    return grown - this.efficiencies


def grown(amount: int, rates: Iterable[Decimal]) -> Iterator[int]:
    """An amount year after year, grown by each rate (0.0566 is 5.66%).

    Each year is rounded only to be shown; the next grows from what it was before rounding.
    """
    exact = Decimal(amount)
    for rate in rates:
        exact *= 1 + rate
        yield rounded(exact)


def together(rates: Sequence[Decimal]) -> Decimal:
    """Several years' growth as one rate.

    >>> together([Decimal("0.0566"), Decimal("0.0566")])
    Decimal('0.11640356')
    """
    product = Decimal(1)
    for rate in rates:
        product *= 1 + rate
    return product - 1


def below_the_floor(contribution: int, floor: int) -> int:
    """By how much a contribution misses the least it may be; nothing if it does not."""
    return max(0, floor - contribution)


class Reserve(NamedTuple):
    """A reserve over a year, in pence; what is used is a sum of nothing or more.

    committed  what later years have been promised of it
    """

    opening: int
    used: int = 0
    added: int = 0
    committed: int = 0

    @property
    def closing(self) -> int:
        return self.opening - self.used + self.added

    @property
    def uncommitted(self) -> int:
        """What is free at the close; below nothing if more was promised than is there."""
        return self.closing - self.committed
