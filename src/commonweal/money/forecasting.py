"""Forecast outturn: what a year will have cost, by a method that is kept with its result."""

from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from .pence import BadMoney, rounded

_MONTHS = 12

Method = Literal["straight line", "run rate"]


class Spend(NamedTuple):
    """What was spent in the first months of a year, in pence; `one_off` is within `to_date`."""

    to_date: int
    months: int
    one_off: int = 0


def outturn(spend: Spend, method: Method) -> int:
    """The year's spend, if it goes on as it began.

    straight line  the whole of it goes on
    run rate       what was one-off does not come again
    raises         BadMoney unless one to twelve months have gone

    >>> outturn(Spend(642_000_000, 6, 30_000_000), "run rate")
    1254000000
    """
    if not 1 <= spend.months <= _MONTHS:
        raise BadMoney(f"A forecast needs one to twelve months of spend, not {spend.months}.")
    once = spend.one_off if method == "run rate" else 0
    return rounded(Fraction(spend.to_date - once, spend.months) * _MONTHS) + once


class Line(NamedTuple):
    """A budget and its forecast, expenditure and income apart; all in pence, income negative."""

    name: str
    budget_expenditure: int
    budget_income: int
    forecast_expenditure: int
    forecast_income: int

    @property
    def gross_variance(self) -> int:
        """Of expenditure alone."""
        return self.forecast_expenditure - self.budget_expenditure

    @property
    def income_variance(self) -> int:
        return self.forecast_income - self.budget_income

    @property
    def net_variance(self) -> int:
        """Of expenditure and income together: nil where a grant or a reserve meets the change."""
        return self.gross_variance + self.income_variance


def total(name: str, lines: list[Line]) -> Line:
    """Lines added up."""
    return Line(name, *(sum(column) for column in zip(*(line[1:] for line in lines), strict=True)))


def as_share(variance: int, budget: int) -> Decimal:
    """A variance as a share of a budget: 0.06603 is 6.603% adverse.

    raises  BadMoney if the budget is nothing
    """
    if not budget:
        raise BadMoney("A variance cannot be a share of a budget of nothing.")
    return Decimal(variance) / Decimal(abs(budget))
