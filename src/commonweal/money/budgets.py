"""Budgets in versions, reserves, what plans assume, and how the years to come look."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Struct

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says
from commonweal.record.wording import listed

from .forecasting import Line
from .sums import Credit, FinancialYear, Sum, Whole, year_faults

Version = Literal["draft", "approved", "revised", "forecast", "outturn"]


class BudgetLine(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One line of a budget. Empty is not stated, which is not nothing."""

    name: Annotated[str, says("Line", "The service or heading.", min_length=1)]
    spending: Annotated[int | None, says("Spending, in pence", "Above nothing.")] = None
    income: Annotated[Credit | None, says("Income, in pence", "Below nothing.")] = None
    net: Annotated[int | None, says("Net, in pence", "Where the source gives only the net.")] = None
    corporate: Annotated[
        bool, says("Held centrally", "No service owns it, such as a pay award.")
    ] = False
    reason: Annotated[str | None, says("Reason", "Why it differs from the version before.")] = None


class Move(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What explains part of a difference: a virement, growth, savings, a pay award."""

    name: Annotated[str, says("What moved", "In a few words.", min_length=1)]
    pence: Annotated[int, says("By, in pence", "Above nothing adds to net spending.")]


class Budget(Fact, frozen=True, kw_only=True):
    """One version of a body's, a fund's or a service's budget for a year; none is overwritten."""

    kind = "budget"
    plural = "budgets"

    name: Annotated[str, says("Name", "What the table is called.", min_length=1)]
    holder: Annotated[str, refers_to("body", title="Whose", description="Whose budget it is.")]
    year: Annotated[FinancialYear, says("Financial year", "For which year.")]
    version: Annotated[Version, says("Version", "Which version it is.")]
    made: Annotated[str | None, says("Made", "The day or month it was made.")] = None
    method: Annotated[
        Literal["straight line", "run rate", "judgement", "not stated"] | None,
        says("Method", "For a forecast: how it was made."),
    ] = None
    basis: Annotated[str | None, says("Basis", "What it counts, where two versions differ.")] = None
    fund: Annotated[str | None, refers_to("fund", title="Fund", description="Of which fund.")] = (
        None
    )
    scheme: Annotated[
        str | None, refers_to("funded-scheme", title="Scheme", description="Of which scheme.")
    ] = None
    replaces: Annotated[
        str | None, refers_to("budget", title="Replaces", description="The version before it.")
    ] = None
    lines: Annotated[tuple[BudgetLine, ...], says("Lines", "What it is made of.")] = ()
    moves: Annotated[
        tuple[Move, ...], says("Moves", "What explains the change from the version before.")
    ] = ()
    printed_spending: Annotated[
        int | None, says("Total spending as printed, in pence", "To check the lines by.")
    ] = None
    printed_income: Annotated[
        int | None, says("Total income as printed, in pence", "To check the lines by.")
    ] = None
    printed_net: Annotated[
        int | None, says("Net as printed, in pence", "To check the lines by.")
    ] = None
    decision: Annotated[
        str | None, refers_to("decision", title="Decision", description="What approved it.")
    ] = None

    def label(self, name: Name) -> str:
        del name
        return f"{self.name}, {self.year} ({self.version})"

    def sentence(self, name: Name) -> str:
        return f"{name(self.holder)}: {self.name}, {self.version} budget for {self.year}."

    @property
    def spending(self) -> int | None:
        """What its lines spend; none if a line does not say."""
        return _made([line.spending for line in self.lines])

    @property
    def income(self) -> int | None:
        """What its lines earn; none if a line does not say."""
        return _made([line.income for line in self.lines])

    @property
    def net(self) -> int | None:
        """Spending less income, or the lines' own nets; none if neither is stated throughout."""
        own = _made([line.net for line in self.lines])
        return own if own is not None else _made([self.spending, self.income])

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from year_faults(self.year)
        yield from date_faults(self.made)
        names = [line.name for line in self.lines]
        if twice := sorted({each for each in names if names.count(each) > 1}):
            yield f"Two lines are called {listed(twice)}."
        if any(line.net is not None and line.spending is not None for line in self.lines):
            yield "A line gives its net only where it does not give its spending."
        if self.method and self.version != "forecast":
            yield "Only a forecast has a method."


def _made(parts: list[int | None]) -> int | None:
    known = [part for part in parts if part is not None]
    return sum(known) if known and len(known) == len(parts) else None


def beside(budget: Budget, forecast: Budget) -> list[Line]:
    """The lines of a budget beside those of its forecast, where both state both sides."""
    later = {line.name: line for line in forecast.lines}
    return [
        Line(line.name, line.spending, line.income, other.spending, other.income)
        for line in budget.lines
        if (other := later.get(line.name))
        and line.spending is not None and line.income is not None
        and other.spending is not None and other.income is not None
    ]  # fmt: skip


class Reserve(Fact, frozen=True, kw_only=True):
    """Money kept for later years, over one year. Sums used and added are of nothing or more."""

    kind = "reserve"
    plural = "reserves"

    name: Annotated[str, says("Name", "What it is called.", min_length=1)]
    holder: Annotated[str, refers_to("body", title="Whose", description="Whose reserve it is.")]
    year: Annotated[FinancialYear, says("Financial year", "Over which year.")]
    purpose: Annotated[str | None, says("Purpose", "What it may be spent on.")] = None
    ring_fenced: Annotated[
        bool | None, says("Ring-fenced", "Whether it may fund nothing else. Empty: not recorded.")
    ] = None
    opening: Annotated[Whole | None, says("Opening, in pence", "On 1 April.")] = None
    used: Annotated[Whole | None, says("Used, in pence", "During the year.")] = None
    added: Annotated[Whole | None, says("Added, in pence", "During the year.")] = None
    closing: Annotated[
        int | None, says("Closing as printed, in pence", "On 31 March, or as forecast.")
    ] = None
    committed: Annotated[
        Whole | None, says("Promised, in pence", "To later years, out of what is left.")
    ] = None
    without: Annotated[str | None, says("If not used", "What would follow.")] = None

    def sentence(self, name: Name) -> str:
        return f"{name(self.holder)} keeps the reserve “{self.name}”."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from year_faults(self.year)


class Assumption(Fact, frozen=True, kw_only=True):
    """What a plan takes for granted, such as a pay award, and from when it was believed."""

    kind = "assumption"
    plural = "assumptions"

    name: Annotated[str, says("What", "Such as pay award.", min_length=1)]
    holder: Annotated[str, refers_to("body", title="Whose", description="Whose plan.")]
    year: Annotated[FinancialYear, says("Financial year", "For which year.")]
    rate: Annotated[Decimal | None, says("Rate", "As a part of one: 0.04 is 4%.")] = None
    says_so: Annotated[str | None, says("In words", "Where it is no rate.")] = None

    def sentence(self, name: Name) -> str:
        rate = "" if self.rate is None else f" {(self.rate * 100).normalize():f}%"
        return f"{name(self.holder)} assumes for {self.year}: {self.name}{rate}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from year_faults(self.year)
        if self.rate is None and not self.says_so:
            yield "An assumption is a rate or words; say one."


class OutlookYear(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """One year of an outlook."""

    year: Annotated[FinancialYear, says("Financial year", "Which year.")]
    gap: Annotated[Sum, says("Gap", "What is missing, above nothing.")]
    share: Annotated[Decimal | None, says("Share as printed", "0.23 is 23%.")] = None


class Outlook(Fact, frozen=True, kw_only=True):
    """How the years to come looked on a day; every version is kept, so paths can be compared."""

    kind = "outlook"
    plural = "outlooks"

    name: Annotated[str, says("Name", "What it is called.", min_length=1)]
    type: Annotated[
        Literal["do nothing", "deficit", "plan"],
        says("Kind of outlook", "If nothing changes; what a budget lacks; or what is planned."),
    ]
    about: Annotated[str, refers_to("body", "area", title="Of", description="Whose years to come.")]
    made: Annotated[str | None, says("Made", "The day, month or year it was made.")] = None
    base_year: Annotated[FinancialYear | None, says("Base year", "From which it reckons.")] = None
    base: Annotated[Sum | None, says("Base", "The allocation of the base year.")] = None
    share_of: Annotated[
        Literal["the base", "that year's allocation", "not stated"],
        says("Share of", "What printed shares are shares of; papers seldom say."),
    ] = "not stated"
    replaces: Annotated[
        str | None, refers_to("outlook", title="Replaces", description="The version before it.")
    ] = None
    years: Annotated[tuple[OutlookYear, ...], says("Years", "Year by year.")] = ()

    def sentence(self, name: Name) -> str:
        if not self.years:
            return f"{name(self.about)}: {self.name}."
        last = self.years[-1]
        return f"{name(self.about)}: {self.name}, {last.gap.in_words()} by {last.year}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.made)
        yield from year_faults(self.base_year, *(each.year for each in self.years))
        found = [each.year for each in self.years]
        if found != sorted(set(found)):
            yield "The years of an outlook follow each other, each once."
