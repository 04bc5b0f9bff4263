"""Funds, the agreements under which partners share them, what partners put in and what it is for.

Seven modes of fund are kept apart: pooled is not aligned, and neither is delegated.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Struct

from commonweal.record.facts import Fact, Name, date_faults, share_faults
from commonweal.record.identifiers import refers_to, says

from .sharing_risk import Available, Shared, Step
from .sums import Counted, FinancialYear, Sum, Whole, year_faults

Mode = Literal[
    "pooled", "aligned", "delegated", "lead-commissioned", "grant", "reserve", "supra-allocation",
    "not stated",
]  # fmt: skip

Term = Literal[
    "aims and outcomes",
    "contributions and how they vary",
    "functions",
    "people and services",
    "staff, goods, services and accommodation",
    "duration, review, variation and ending",
    "management, monitoring and host",
]
"""What a pooled-fund agreement states in writing: S.I. 2000/617, regulation 7(3)(a) to (g)."""


class Cap(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The most that a partner bears in a step."""

    partner: Annotated[str, refers_to("body", title="Partner", description="Who bears it.")]
    pence: Annotated[int, says("At most, in pence", "This amount included.", ge=0)]


class Weighed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A partner's share of a step."""

    partner: Annotated[str, refers_to("body", title="Partner", description="Who bears it.")]
    share: Annotated[Decimal, says("Share", "As a part of one, such as 0.637.")]


class RiskStep(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One step by which an overspend is met: from money set aside, or by partners."""

    name: Annotated[str, says("Step", "What it draws on, or who bears it.", min_length=1)]
    available: Annotated[
        Whole | None,
        says("Set aside, in pence", "Money used before partners pay. Empty: partners pay."),
    ] = None
    shares: Annotated[
        tuple[Weighed, ...], says("Shares", "Which partners bear it, and in what parts.")
    ] = ()
    most: Annotated[
        Whole | None, says("At most, in pence", "The most this step takes. Empty: all.")
    ] = None
    caps: Annotated[tuple[Cap, ...], says("Caps", "The most a partner bears in this step.")] = ()

    def step(self) -> Step:
        """As it is worked with."""
        if self.available is not None:
            return Available(self.name, self.available)
        shares = {each.partner: each.share for each in self.shares}
        return Shared(
            self.name, shares, self.most, {each.partner: each.pence for each in self.caps}
        )


class PoolReport(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A report of a pool's manager to the partners, as made."""

    of: Annotated[str, says("On", "A quarter such as 2025/26 Q1, or a whole year, 2025/26.")]
    made: Annotated[str, says("Made", "The day it was made.")]
    document: Annotated[
        str | None, refers_to("document", title="Document", description="The report itself.")
    ] = None


class Agreement(Fact, frozen=True, kw_only=True):
    """What partners agreed on money they share, such as under section 75 of the 2006 Act."""

    kind = "agreement"
    plural = "agreements"

    name: Annotated[str, says("Title", "What it is called.", min_length=1)]
    law: Annotated[str, says("Law", "The Act and the section: two Acts have a section 75.")]
    parties: Annotated[
        tuple[Annotated[str, refers_to("body", title="Party", description="A party to it.")], ...],
        says("Parties", "Who agreed."),
    ]
    hosts: Annotated[
        tuple[Annotated[str, refers_to("body", title="Host", description="The host.")], ...],
        says("Host", "Who answers for its accounts and audit. There may be one only."),
    ] = ()
    pool_manager: Annotated[
        str | None,
        refers_to("post", title="Pool manager", description="The host's officer who runs it."),
    ] = None
    instrument: Annotated[
        str | None,
        refers_to("instrument", title="Document", description="The document on record."),
    ] = None
    terms: Annotated[
        tuple[Term, ...] | None,
        says("Terms", "Which of the seven required terms it states. Empty: nobody has looked."),
    ] = None
    functions: Annotated[
        tuple[
            Annotated[
                str, refers_to("function", title="Function", description="A function it covers.")
            ],
            ...,
        ],
        says("Functions", "What it covers. Empty: not stated."),
    ] = ()
    report_within: Annotated[
        Counted | None,
        says("Reports due, in days", "After each quarter and year. Empty: not stated."),
    ] = None
    reports: Annotated[
        tuple[PoolReport, ...] | None,
        says("Reports", "Those made, by quarter and year. Empty: nobody has looked."),
    ] = None
    steps: Annotated[
        tuple[RiskStep, ...], says("Overspend", "The steps that meet one, in their order.")
    ] = ()
    underspend: Annotated[
        Literal["stays in the pool", "returned by share", "not stated"],
        says("Underspend", "What becomes of money left over."),
    ] = "not stated"
    consulted: Annotated[
        bool | None, says("Consulted first", "Whether those affected were. Empty: not recorded.")
    ] = None

    def sentence(self, name: Name) -> str:
        return f"{' and '.join(name(party) for party in self.parties)} agreed “{self.name}”."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        if len(set(self.parties)) < 2:  # noqa: PLR2004  # an agreement has two sides
            yield "An agreement has two parties or more."
        if "section 75" in self.law and "Act" not in self.law:
            yield "Two Acts have a section 75, one on pooled money and one on procurement: name it."
        if outside := set(self.hosts) - set(self.parties):
            yield f"A host is one of the parties; {', '.join(sorted(outside))} is not."
        for step in self.steps:
            yield from _step_faults(step)
        for report in self.reports or ():
            yield from date_faults(report.of, report.made)


def _step_faults(step: RiskStep) -> Iterator[str]:
    for each in step.shares:
        yield from share_faults(each.share)
    if (step.available is None) != bool(step.shares):
        yield f"{step.name}: say what is set aside or which partners bear it, one of the two."
    if step.shares and sum(each.share for each in step.shares) != 1:
        yield f"{step.name}: the shares of the partners do not make one whole."


class Fund(Fact, frozen=True, kw_only=True):
    """Money kept for a purpose, in one of seven modes."""

    kind = "fund"
    plural = "funds"

    name: Annotated[str, says("Name", "What it is called.", min_length=1)]
    type: Annotated[Mode, says("Mode", "On what terms the money is held.")]
    purpose: Annotated[str | None, says("Purpose", "What it may be spent on.")] = None
    functions: Annotated[
        tuple[
            Annotated[str, refers_to("function", title="Function", description="What it is for.")],
            ...,
        ],
        says("For", "The functions it may be spent on. Empty: not stated."),
    ] = ()
    ring_fenced: Annotated[
        bool | None, says("Ring-fenced", "Whether it may fund nothing else. Empty: not recorded.")
    ] = None
    area: Annotated[
        str | None, refers_to("area", title="Area", description="Where it is spent.")
    ] = None
    governed_by: Annotated[
        str | None, refers_to("body", title="Governed by", description="Who decides on it.")
    ] = None
    agreement: Annotated[
        str | None,
        refers_to("agreement", title="Agreement", description="On what terms it is shared."),
    ] = None
    year: Annotated[FinancialYear | None, says("Financial year", "Of the total.")] = None
    total: Annotated[Sum | None, says("Total", "What the source says it comes to.")] = None

    def sentence(self, name: Name) -> str:
        del name
        total = f" of {self.total.in_words()}" if self.total else ""
        year = f" in {self.year}" if self.year else ""
        mode = "" if self.type == "not stated" else f"{self.type} "
        return f"{self.name} is a {mode}fund{total}{year}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from year_faults(self.year)


class Scheme(Fact, frozen=True, kw_only=True):
    """What a part of a fund pays for."""

    kind = "funded-scheme"
    plural = "funded schemes"

    name: Annotated[str, says("Name", "What it is called.", min_length=1)]
    fund: Annotated[str, refers_to("fund", title="Fund", description="The fund it is part of.")]
    lead: Annotated[
        str | None, refers_to("body", title="Lead commissioner", description="Who buys it.")
    ] = None
    functions: Annotated[
        tuple[
            Annotated[str, refers_to("function", title="Function", description="What it does.")],
            ...,
        ],
        says("Functions", "What it does."),
    ] = ()
    outcome: Annotated[str | None, says("Outcome", "What it is meant to achieve.")] = None
    decision: Annotated[
        str | None, refers_to("decision", title="Decision", description="What authorised it.")
    ] = None

    def sentence(self, name: Name) -> str:
        return f"{name(self.fund)} pays for “{self.name}”."


class Contribution(Fact, frozen=True, kw_only=True):
    """What a partner puts into a fund in a year: a sum, a share, or both."""

    kind = "contribution"
    plural = "contributions"

    fund: Annotated[str, refers_to("fund", title="Fund", description="What it goes into.")]
    partner: Annotated[str, refers_to("body", title="Partner", description="Who puts it in.")]
    scheme: Annotated[
        str | None,
        refers_to("funded-scheme", title="Scheme", description="For what, if only that."),
    ] = None
    year: Annotated[FinancialYear | None, says("Financial year", "For which year.")] = None
    version: Annotated[
        Literal["plan", "revised", "outturn"], says("Version", "How far the year had gone.")
    ] = "plan"
    sum: Annotated[Sum | None, says("Sum", "Empty: only the share is stated.")] = None
    share: Annotated[
        Decimal | None, says("Share", "As a part of one, such as 0.637. Empty: not stated.")
    ] = None
    recurrent: Annotated[
        bool | None, says("Recurrent", "Whether it comes again. Empty: not recorded.")
    ] = None
    payments: Annotated[Counted | None, says("Payments", "In how many equal payments.")] = None

    def label(self, name: Name) -> str:
        return f"{name(self.partner)} to {name(self.fund)}"

    def sentence(self, name: Name) -> str:
        parts = [self.sum.in_words() if self.sum else "", _per_cent(self.share)]
        said = ", ".join(part for part in parts if part)
        return f"{name(self.partner)} puts {said} into {name(self.fund)}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from year_faults(self.year)
        yield from share_faults(self.share)
        if self.sum is None and self.share is None:
            yield "A contribution is a sum, a share, or both; say one."


def _per_cent(share: Decimal | None) -> str:
    return "" if share is None else f"{(share * 100).normalize():f}%"
