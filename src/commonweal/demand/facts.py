"""Scenarios on record: what is assumed of the years to come, who agreed it, and what came of it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Struct

from commonweal.record.facts import Fact, Name, date_faults, share_faults
from commonweal.record.identifiers import identifier, refers_to, says
from commonweal.record.when import in_words

from .ranges import Range, Stated

Acts = Literal[
    "growth", "health", "avoidance", "efficiency", "substitution", "baseline", "waiting list"
]
"""What an assumption does to activity."""

UNITS: dict[Acts, str] = {
    "growth": "times the year before",
    "health": "of each year of life gained, the share in good health",
    "avoidance": "of what it acts on, the share that remains",
    "efficiency": "of what it acts on, the share that remains",
    "substitution": "of what it acts on, the share that remains",
    "baseline": "times what was counted in the base year",
    "waiting list": "more a year in each area",
}


TAKEN = frozenset({"compare", "flow"})
"""Words that stand in addresses where the word of a scenario would stand."""


class Probability(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """How likely a population projection is held to be."""

    variant: Annotated[str, says("Projection", "As the inputs call it.", min_length=1)]
    share: Annotated[Decimal, says("Probability", "0 to 1; together they make 1.")]


class Gain(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Years of life that people have gained by a year, since the base year."""

    year: Annotated[int, says("Year", "Which year.")]
    years: Annotated[Decimal, says("Years of life gained", "Since the base year.")]


class View(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What one person or group thinks: a range that holds in eight cases of ten."""

    who: Annotated[str, says("Who", "A person in a public role, or a group.", min_length=1)]
    role: Annotated[str, says("Role", "In what role they speak.")] = ""
    low: Annotated[Decimal, says("Low", "In one case of ten it is lower.")]
    high: Annotated[Decimal, says("High", "In one case of ten it is higher.")]
    reason: Annotated[str, says("Reason", "Why they think so.")] = ""
    given: Annotated[str | None, says("Given", "The day or month they said so.")] = None


class InputsUsed(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Which people and rates a scenario is run on."""

    edition: Annotated[str, says("Edition", "As its publisher calls it.", min_length=1)]
    document: Annotated[
        str | None,
        refers_to("document", title="Document", description="The document that holds them."),
    ] = None
    fingerprint: Annotated[
        str, says("Fingerprint", "Sixteen characters that any changed figure changes.")
    ] = ""


class Scenario(Fact, frozen=True, kw_only=True):
    """One view of the years to come; an empty field is not stated, and must be to run it."""

    kind = "scenario"
    plural = "scenarios"

    name: Annotated[str, says("Name", "What it is called.", min_length=1)]
    about: Annotated[str, refers_to("area", "body", title="Of", description="Whose years to come.")]
    owner: Annotated[
        str | None, refers_to("body", title="Owner", description="Who answers for it.")
    ] = None
    purpose: Annotated[str, says("Purpose", "What question it is to answer.")] = ""
    made: Annotated[str | None, says("Dated", "The day, month or year it was made.")] = None
    version: Annotated[str, says("Version", "Such as 1; each version is a fact of its own.")] = ""
    replaces: Annotated[
        str | None, refers_to("scenario", title="Replaces", description="The version before it.")
    ] = None
    base: Annotated[int | None, says("Base year", "The year it reckons from.")] = None
    horizon: Annotated[int | None, says("Horizon", "The last year it looks to.")] = None
    variants: Annotated[
        tuple[Probability, ...], says("Population projections", "Each with its probability.")
    ] = ()
    people_stay: Annotated[
        bool, says("People stay as they are", "Where reported growth has their change in it.")
    ] = False
    assumptions: Annotated[
        tuple[
            Annotated[
                str,
                refers_to(
                    "scenario-assumption",
                    title="Assumptions",
                    description="In the order in which they act.",
                ),
            ],
            ...,
        ],
        says("Assumptions", "In the order in which they act."),
    ] = ()
    seed: Annotated[int | None, says("Seed", "The same seed gives the same figures.")] = None
    draws: Annotated[int | None, says("Draws", "How many futures are drawn.")] = None
    inputs: Annotated[InputsUsed | None, says("Inputs", "The people and rates it is run on.")] = (
        None
    )
    informs: Annotated[
        tuple[
            Annotated[
                str,
                refers_to(
                    title="Informs",
                    description="A decision, proposal, plan or reconfiguration it is made for.",
                ),
            ],
            ...,
        ],
        says("Informs", "A decision, proposal, plan or reconfiguration it is made for."),
    ] = ()

    def sentence(self, name: Name) -> str:
        years = f", {self.base} to {self.horizon}" if self.base and self.horizon else ""
        return f"{name(self.about)}: the scenario “{self.name}”{years}."

    def faults_as(self, own: str) -> Iterator[str]:
        yield from Fact.faults_as(self, own)
        word = identifier(own).slug
        if word in TAKEN:
            yield (
                f"No scenario may be called ‘{word}’: the address of a page of its system has that "
                f"word. Add another, such as ‘{word}-{self.base or 'again'}’."
            )

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.made)
        if self.base and self.horizon and self.horizon <= self.base:
            yield f"The horizon, {self.horizon}, is not after the base year, {self.base}."
        for each in self.variants:
            yield from share_faults(each.share)
        if self.variants and (total := sum(each.share for each in self.variants)) != 1:
            yield f"The probabilities of the population projections add up to {total}, not to 1."
        if (self.seed or 0) < 0 or (self.draws is not None and self.draws < 1):
            yield "A seed is 0 or more, and there is 1 draw or more."


class ScenarioAssumption(Fact, frozen=True, kw_only=True):
    """One thing that scenarios take for granted, with its range and who agreed it."""

    kind = "scenario-assumption"
    plural = "scenario-assumptions"

    name: Annotated[str, says("Name", "What is assumed, in a few words.", min_length=1)]
    acts: Annotated[Acts, says("Does", "Growth compounds; avoidance, efficiency and substitution "
        "leave a share; a waiting list adds.")]  # fmt: skip
    activities: Annotated[
        tuple[Annotated[str, says("Activity", "As the inputs call it.")], ...],
        says("Acts on", "Types of activity, as the inputs call them."),
    ] = ()
    low: Annotated[Decimal | None, says("Low", "In one case of ten it is lower.")] = None
    central: Annotated[
        Decimal | None, says("Central", "Alone: taken as known. Empty: the middle.")
    ] = None
    high: Annotated[Decimal | None, says("High", "In one case of ten it is higher.")] = None
    least: Annotated[Decimal | None, says("Never below", "Empty: no bound.")] = None
    most: Annotated[Decimal | None, says("Never above", "Empty: no bound.")] = None
    share: Annotated[
        Decimal | None, says("Share it acts on", "Of the activity, 0 to 1. Empty: not stated.")
    ] = None
    share_low: Annotated[
        Decimal | None, says("Share, low", "For a range: in one case of ten it is lower.")
    ] = None
    share_high: Annotated[
        Decimal | None, says("Share, high", "For a range: in one case of ten it is higher.")
    ] = None
    areas: Annotated[
        tuple[Annotated[str, says("Area", "As the inputs call it.")], ...],
        says("Only in", "Areas, as the inputs call them. Empty: everywhere."),
    ] = ()
    from_age: Annotated[int, says("From age", "The youngest it acts on.")] = 0
    to_age: Annotated[int | None, says("To age", "Not included. Empty: all older.")] = None
    starts: Annotated[int | None, says("Starts", "The last year with none of it.")] = None
    full: Annotated[int | None, says("In full", "The first year with all of it.")] = None
    ends: Annotated[int | None, says("Ends", "For a waiting list: the last year of it.")] = None
    into: Annotated[
        str | None, says("Turns into", "For a substitution: what happens in its place.")
    ] = None
    each: Annotated[Decimal, says("How many for one", "Of what happens in its place.")] = Decimal(1)
    gains: Annotated[
        tuple[Gain, ...], says("Years of life gained", "For health: year by year.")
    ] = ()
    agreed_by: Annotated[str, says("Agreed by", "Who agreed it. Empty: not recorded.")] = ""
    agreed: Annotated[str | None, says("Agreed", "The day or month it was agreed.")] = None
    views: Annotated[tuple[View, ...], says("Views", "What each was asked and said.")] = ()

    @property
    def unit(self) -> str:
        """What its numbers are, in words."""
        return UNITS[self.acts]

    @property
    def number(self) -> Stated | None:
        """Its number or range, as a projection takes it; none where the source states none."""
        if self.low is not None and self.high is not None:
            least, most = (None if end is None else float(end) for end in (self.least, self.most))
            return Range(float(self.low), float(self.high), least, most)
        return None if self.central is None else float(self.central)

    @property
    def acts_on(self) -> Stated | None:
        """The share it acts on, or its range; none where the source states none."""
        if self.share_low is not None and self.share_high is not None:
            return Range(float(self.share_low), float(self.share_high), 0.0, 1.0)
        return None if self.share is None else float(self.share)

    def sentence(self, name: Name) -> str:
        del name
        ends = f"{self.low} to {self.high}" if self.low is not None else f"{self.central}"
        return f"{self.name}: {'not stated' if self.number is None else ends} {self.unit}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.agreed, *(view.given for view in self.views))
        yield from self._of_the_share()
        yield from self._of_the_range()
        yield from self._of_the_kind()

    def _of_the_share(self) -> Iterator[str]:
        for share in (self.share, self.share_low, self.share_high):
            yield from share_faults(share)
        low, high = self.share_low, self.share_high
        if (low is None) != (high is None) or (low is not None and self.share is not None):
            yield "The share it acts on is one number, or a range with both ends."
        if low is not None and high is not None and low > high:
            yield f"It acts on a share of {low} to {high}: put the lower end first."

    def _of_the_range(self) -> Iterator[str]:
        if (self.low is None) != (self.high is None):
            yield "A range has both ends: give low and high, or central alone."
        views = [(f"{view.who} says", view.low, view.high) for view in self.views]
        for who, low, high in [("It says", self.low, self.high), *views]:
            if low is not None and high is not None and low > high:
                yield f"{who} {low} to {high}: put the lower end first."
        ends = [end for end in (self.low, self.central, self.high) if end is not None]
        if ends != sorted(ends):
            yield f"The central value, {self.central}, lies outside {self.low} to {self.high}."
        whole = self.acts in {"avoidance", "efficiency", "substitution"}
        for end in ends:
            if whole and not 0 <= end <= 1:
                yield f"It leaves {end} of what it acts on, which must lie between 0 and 1."
            elif end < 0 and self.acts != "health":
                yield f"{end} is below nought."

    def _of_the_kind(self) -> Iterator[str]:
        if self.acts != "health" and not self.activities:
            yield "It names no type of activity on which it acts."
        if (self.acts == "substitution") != (self.into is not None):
            yield "A substitution, and nothing else, says what happens in its place."
        if self.gains and self.acts != "health":
            yield "Years of life gained belong to an assumption about health."
        last = self.full if self.acts != "waiting list" else self.ends
        if self.starts is not None and last is not None and last < self.starts:
            yield f"It would be done in {last}, before it starts in {self.starts}."
        if self.to_age is not None and self.to_age <= self.from_age:
            yield f"It acts from age {self.from_age} up to {self.to_age}: that is nobody."


class ResultFigure(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What is to come in one area, of one type, in one year."""

    of: Annotated[str, says("Of", "The area, or areas together, as the run called it.")]
    activity: Annotated[str, says("Activity", "As the inputs call it.")]
    unit: Annotated[str, says("Unit", "Events or bed days.")]
    year: Annotated[int, says("Year", "Which year.")]
    expected: Annotated[Decimal | None, says("Expected", "The mean. Empty: not known.")] = None
    low: Annotated[Decimal | None, says("Low", "The 10th centile of all futures.")] = None
    middle: Annotated[Decimal | None, says("Middle", "The 50th centile.")] = None
    high: Annotated[Decimal | None, says("High", "The 90th centile.")] = None


class ScenarioResult(Fact, frozen=True, kw_only=True):
    """What came of running a scenario, with all that is needed to run it again."""

    kind = "scenario-result"
    plural = "scenario-results"

    scenario: Annotated[str, refers_to("scenario", title="Scenario", description="What was run.")]
    version: Annotated[str, says("Version", "Of the scenario, as it was then.")] = ""
    made: Annotated[str | None, says("Run", "The day it was run.")] = None
    assumptions: Annotated[
        str, says("Fingerprint of assumptions", "Any changed assumption changes it.")
    ]
    seed: Annotated[int, says("Seed", "The same seed gives the same figures.")]
    draws: Annotated[int, says("Draws", "How many futures were drawn.")]
    data: Annotated[str, says("Data", "The edition, and a fingerprint of every figure.")]
    rule: Annotated[str, says("Rule", "The version of the method.")]
    code: Annotated[str, says("Program", "The version of the program.")]
    missing: Annotated[
        tuple[Annotated[str, says("Missing", "A sentence.")], ...],
        says("Missing", "What is not known, a sentence each; its figures are empty."),
    ] = ()
    figures: Annotated[tuple[ResultFigure, ...], says("Figures", "With their centiles.")] = ()

    def label(self, name: Name) -> str:
        made = f", {in_words(self.made)}" if self.made else ""
        return f"{name(self.scenario)}: {self.draws:,} futures{made}"

    def sentence(self, name: Name) -> str:
        return f"{self.label(name)}, from seed {self.seed}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.made)
        if self.draws < 1 or self.seed < 0:
            yield "A seed is 0 or more, and there is 1 draw or more."
        for each in self.figures:
            told = [one for one in (each.low, each.middle, each.high) if one is not None]
            if told != sorted(told):
                yield f"{each.of}, {each.activity}, {each.year}: the centiles are out of order."
