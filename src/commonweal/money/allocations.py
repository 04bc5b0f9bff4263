"""Money passed on by a body above, control totals and their changes, and capital by its limit."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Struct

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says

from .pence import signed
from .sums import FinancialYear, Sum, Whole, year_faults


class Allocation(Fact, frozen=True, kw_only=True):
    """What a body receives of another for a year, and on what terms."""

    kind = "allocation"
    plural = "allocations"

    giver: Annotated[str | None, refers_to("body", title="From", description="Who allots it.")] = (
        None
    )
    taker: Annotated[str, refers_to("body", "area", title="For", description="Who has it.")]
    fund: Annotated[
        str | None, refers_to("fund", title="Into", description="The fund it goes into.")
    ] = None
    stream: Annotated[
        Literal[
            "core", "primary medical", "specialised", "running costs", "capital", "public health",
            "transformation", "all", "not stated",
        ],
        says("Stream", "Which of the streams of money."),
    ] = "not stated"  # fmt: skip
    style: Annotated[
        Literal[
            "maximum", "targeted", "a future ambition", "through providers", "none", "not stated",
        ],
        says("Style of delegation", "How much of it the taker decides on itself."),
    ] = "not stated"  # fmt: skip
    year: Annotated[FinancialYear | None, says("Financial year", "For which year.")] = None
    sum: Annotated[Sum | None, says("Sum", "Empty: not recorded.")] = None
    distance: Annotated[
        Decimal | None, says("Distance from target", "As printed: 0.05 is 5% above it.")
    ] = None
    recurrent: Annotated[
        bool | None, says("Recurrent", "Whether it comes again. Empty: not recorded.")
    ] = None

    def label(self, name: Name) -> str:
        year = f", {self.year}" if self.year else ""
        return f"Allocation to {name(self.taker)}{year}"

    def sentence(self, name: Name) -> str:
        giver = f" from {name(self.giver)}" if self.giver else ""
        amount = self.sum.in_words() if self.sum else "a sum that is not recorded"
        return f"{name(self.taker)} has {amount}{giver}{f' for {self.year}' if self.year else ''}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from year_faults(self.year)


class ControlTotal(Fact, frozen=True, kw_only=True):
    """What an organisation promised to end a year with; a deficit is below nothing."""

    kind = "control-total"
    plural = "control totals"

    holder: Annotated[str, refers_to("body", title="Whose", description="Who promised it.")]
    year: Annotated[FinancialYear, says("Financial year", "For which year.")]
    plan: Annotated[int, says("Plan, in pence", "As agreed before the year.")]
    actual: Annotated[
        int | None, says("Actual, in pence", "As it came out. Empty: not recorded.")
    ] = None

    def label(self, name: Name) -> str:
        return f"Control total of {name(self.holder)}, {self.year}"

    def sentence(self, name: Name) -> str:
        return f"{name(self.holder)} is to end {self.year} with {signed(self.plan)}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from year_faults(self.year)


class Shift(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one organisation's control total moves by."""

    body: Annotated[str, refers_to("body", title="Whose", description="Whose total moves.")]
    pence: Annotated[int, says("By, in pence", "Above nothing asks more of it.")]


class Offset(Fact, frozen=True, kw_only=True):
    """A change of control totals in the year, which nets to nothing and which all agree."""

    kind = "offset"
    plural = "offsets"

    name: Annotated[str, says("What", "Why it was made, in a few words.", min_length=1)]
    year: Annotated[FinancialYear, says("Financial year", "For which year.")]
    moves: Annotated[tuple[Shift, ...], says("Moves", "Each organisation that is moved.")]
    agreed_by: Annotated[
        tuple[Annotated[str, refers_to("body", title="Agreed", description="Who agreed.")], ...],
        says("Agreed by", "The organisations that agreed to it."),
    ] = ()
    regulator: Annotated[bool | None, says("Regulator agreed", "Empty: not recorded.")] = None
    made: Annotated[str | None, says("Made", "The day or month it was agreed.")] = None

    def sentence(self, name: Name) -> str:
        moved = ", ".join(f"{name(each.body)} {signed(each.pence)}" for each in self.moves)
        return f"{self.name}, {self.year}: {moved}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from year_faults(self.year)
        yield from date_faults(self.made)
        if left := sum(each.pence for each in self.moves):
            yield f"The moves come to {signed(left)}; together they must come to nothing."


class CapitalLine(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """One provider's capital in a year, in pence."""

    body: Annotated[str, refers_to("body", title="Whose", description="Who spends it.")]
    gross: Annotated[int, says("Gross spending", "Of every kind.", ge=0)]
    disposals: Annotated[int, says("Disposals", "At book value.", ge=0)] = 0
    given: Annotated[int, says("Grants and donations", "That paid for some of it.", ge=0)] = 0
    national: Annotated[int, says("National schemes", "Scored apart, within gross.", ge=0)] = 0


class CapitalPlan(Fact, frozen=True, kw_only=True):
    """A system's capital for a year beside its limit."""

    kind = "capital-plan"
    plural = "capital plans"

    holder: Annotated[str, refers_to("body", title="Whose", description="Whose plan it is.")]
    year: Annotated[FinancialYear, says("Financial year", "For which year.")]
    limit: Annotated[Whole | None, says("Limit, in pence", "Empty: not recorded.")] = None
    version: Annotated[
        Literal["plan", "forecast", "outturn"], says("Version", "How far the year had gone.")
    ] = "plan"
    lines: Annotated[tuple[CapitalLine, ...], says("Providers", "Each with what it spends.")] = ()

    def label(self, name: Name) -> str:
        return f"Capital of {name(self.holder)}, {self.year} ({self.version})"

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from year_faults(self.year)
