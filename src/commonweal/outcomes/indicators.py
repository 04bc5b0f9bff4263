"""What is measured, why, and how each measure stood when somebody reported on it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says

LifeStage = Literal["start well", "live well", "age well", "die well"]

Wanted = Literal["increase", "reduce", "eliminate", "improve", "not stated"]

Polarity = Literal["higher is better", "lower is better", "neither", "not stated"]

Unit = Literal[
    "percentage", "rate", "ratio", "number", "years", "days", "gap", "score", "access",
    "several", "not stated",
]  # fmt: skip

Method = Literal[
    "proportion", "crude rate", "directly standardised rate", "indirectly standardised ratio",
    "mean", "count", "life expectancy", "healthy life expectancy", "slope index of inequality",
    "difference", "not stated",
]  # fmt: skip

Comparison = Literal[
    "limits at 95%", "limits at 99.8%", "limits at 95% and 99.8%", "quintiles", "none", "not stated"
]
"""How an area is set beside the benchmark: a part of the indicator's definition."""

State = Literal[
    "improved", "similar", "improved or similar", "declined", "awaiting national release",
    "not updated", "retired",
]  # fmt: skip
"""How an indicator stood at a report. Only the first four compare it with an earlier figure."""

Value = Annotated[Decimal, Meta(description="As stated, to as many places as stated.")]
Smallest = Annotated[int, Meta(ge=1)]


class Target(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is to be reached, and by when."""

    value: Annotated[Value | None, says("Value", "The figure to be reached.")] = None
    words: Annotated[str, says("In words", "The aim as the source puts it.")] = ""
    by: Annotated[str | None, says("By", "As precisely as the source says.")] = None

    def in_words(self) -> str:
        """As a person reads it.

        >>> Target(value=Decimal("95.0"), by="2027-03").in_words()
        '95.0 by 2027-03'
        """
        said = self.words or (str(self.value) if self.value is not None else "stated without value")
        return f"{said} by {self.by}" if self.by else said


class Follows(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An indicator whose place this one took."""

    indicator: Annotated[
        str, refers_to("indicator", title="Earlier", description="The indicator before it.")
    ]
    how: Annotated[
        Literal["renamed", "redefined", "split", "merged"],
        says("How", "Redefined: figures before and after do not make one series."),
    ]


class Indicator(Fact, frozen=True, kw_only=True):
    """Something that is measured of people or services, as it is defined."""

    kind = "indicator"
    plural = "indicators"

    name: Annotated[str, says("Name", "What is measured.", min_length=1)]
    about: Annotated[
        str | None, refers_to("area", "body", title="Of", description="Whose it is measured.")
    ] = None
    life_stage: Annotated[LifeStage | None, says("Stage of life", "Where it is sorted.")] = None
    theme: Annotated[str, says("Theme", "What it is about, where it is sorted otherwise.")] = ""
    sort: Annotated[
        Literal[
            "ambition", "surveillance", "operational", "national standard", "oversight measure",
            "local measure", "not stated",
        ],
        says("Sort", "Surveillance shows trends; operational follows a service."),
    ] = "not stated"  # fmt: skip
    wanted: Annotated[Wanted, says("Wanted", "What its owner wants to happen to it.")] = (
        "not stated"
    )
    polarity: Annotated[Polarity, says("Polarity", "Whether more of it is good.")] = "not stated"
    unit: Annotated[Unit, says("Unit", "What its figures are in.")] = "not stated"
    per: Annotated[Smallest | None, says("Per", "A rate of how many, such as 100000.")] = None
    population: Annotated[str, says("Population", "Of whom it is measured.")] = ""
    method: Annotated[Method, says("Method", "How figures are worked out.")] = "not stated"
    standard: Annotated[
        Literal["european 2013", "england", "none", "not stated"],
        says("Standard population", "What a standardised rate is weighted by."),
    ] = "not stated"
    comparator: Annotated[str, says("Comparator", "What it is set beside, such as England.")] = ""
    comparison: Annotated[Comparison, says("Comparison", "How it is set beside it.")] = "not stated"
    minimum_count: Annotated[
        Smallest | None, says("Smallest count", "Counts below it are withheld.")
    ] = None
    owner: Annotated[
        str | None, refers_to("body", title="Owner", description="Who answers for it.")
    ] = None
    baseline: Annotated[Value | None, says("Baseline", "The figure it began from.")] = None
    baseline_of: Annotated[str | None, says("Baseline of", "The period of the baseline.")] = None
    target: Annotated[Target | None, says("Target", "Empty: no target is set.")] = None
    part_of: Annotated[
        str | None,
        refers_to("indicator", title="Part of", description="The ambition it is a part of."),
    ] = None
    follows: Annotated[tuple[Follows, ...], says("Follows", "Whose place it took.")] = ()
    figures: Annotated[
        str, says("Figures", "Their name in the store; empty: the name of this indicator.")
    ] = ""

    def sentence(self, name: Name) -> str:
        del name
        wanted = {"not stated": "", "improve": " (to be improved)"}
        said = wanted.get(self.wanted, f" (to {self.wanted})")
        return f"{self.name}{said}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.baseline_of, self.target.by if self.target else None)
        against = ("reduce", "higher is better"), ("increase", "lower is better")
        if (self.wanted, self.polarity) in against:
            yield f"It is to {self.wanted}, yet {self.polarity}. Say which is meant."
        if self.standard in {"european 2013", "england"} and "standardised" not in self.method:
            yield "A standard population goes with a standardised method only."


class IndicatorReport(Fact, frozen=True, kw_only=True):
    """How an indicator stood when somebody reported on it."""

    kind = "indicator-report"
    plural = "indicator-reports"

    indicator: Annotated[
        str, refers_to("indicator", title="Indicator", description="What is reported on.")
    ]
    state: Annotated[State | None, says("State", "Empty: the source does not say.")] = None
    of: Annotated[str | None, says("Period", "The period it speaks of, if it is stated.")] = None
    value: Annotated[Value | None, says("Value", "The figure, if one is stated.")] = None
    unit: Annotated[str, says("Unit", "Of the figure, where it is not the indicator's.")] = ""
    beside: Annotated[
        Literal["better", "similar", "worse", "not compared", "not stated"],
        says("Beside the comparator", "How it compares with the indicator's comparator."),
    ] = "not stated"
    expected: Annotated[str | None, says("Expected", "When the next figure is to come.")] = None
    happened: Annotated[str, says("What happened", "An event that explains the figure.")] = ""

    def label(self, name: Name) -> str:
        of = f", {self.of}" if self.of else ""
        return f"{name(self.indicator)}{of}"

    def sentence(self, name: Name) -> str:
        said: list[str] = [self.state or "state not recorded"]
        if self.value is not None:
            said.append(f"{self.value:,} {self.unit}".strip())
        if self.happened:
            said.append(self.happened)
        return f"{self.label(name)}: {'; '.join(said)}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.of, self.expected)
        if self.expected and self.state not in {None, "awaiting national release", "not updated"}:
            yield f"It is {self.state}, so no figure is awaited. Leave out when it is expected."
