"""The do-nothing gap: what services would cost if nothing changed, less what there would be."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from .pence import BadMoney, rounded


class Year(NamedTuple):
    """One year's growth, as rates: 0.035 is 3.5%."""

    demand: Decimal
    unit_cost: Decimal
    allocation: Decimal


class Gap(NamedTuple):
    """Spend, allocation and the gap of one year, in pence.

    of_year  the gap as a share of that year's allocation
    of_base  the gap as a share of the allocation of the base year; papers seldom say which
    """

    year: int
    spend: int
    allocation: int
    gap: int
    of_year: Decimal
    of_base: Decimal


def do_nothing(spend: int, allocation: int, years: Sequence[Year]) -> Iterator[Gap]:
    """The gap of each year after the base year, which is year 0.

    raises  BadMoney unless the base allocation is above nothing
    """
    if allocation <= 0:
        raise BadMoney("The base allocation must be above nothing.")
    spends, base = Decimal(spend), Decimal(allocation)
    has = base
    for number, rates in enumerate(years, 1):
        spends *= (1 + rates.demand) * (1 + rates.unit_cost)
        has *= 1 + rates.allocation
        short = spends - has
        yield Gap(number, rounded(spends), rounded(has), rounded(short), short / has, short / base)


def share_as_printed(gap: int, allocation: int, half_unit: int) -> tuple[Decimal, Decimal]:
    """The least and most that a gap can be, as a share of an allocation printed rounded.

    half_unit  half of the last place printed, in pence: £2.5bn may be out by £0.05bn
    raises     BadMoney unless the allocation is above its rounding
    """
    if allocation <= half_unit:
        raise BadMoney("The allocation is smaller than the rounding of its print.")
    return Decimal(gap) / (allocation + half_unit), Decimal(gap) / (allocation - half_unit)
