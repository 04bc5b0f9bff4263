"""Who watches over whom, how often and at what cost; the verdicts given; what peers found."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Struct

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says
from commonweal.record.when import MalformedDate, period

Framework = Literal["NHS Oversight Framework", "NHS System Oversight Framework", "other"]

LAST_SEGMENT = 5


class Oversight(Fact, frozen=True, kw_only=True):
    """Somebody who regularly asks others how they do, and what answering costs."""

    kind = "oversight"
    plural = "oversight relations"

    name: Annotated[str, says("What is asked for", "The return, meeting or visit.", min_length=1)]
    by: Annotated[str | None, refers_to("body", title="By", description="Who oversees.")] = None
    by_printed: Annotated[str, says("By, as printed", "Who, where they are not on record.")] = ""
    of: Annotated[
        tuple[Annotated[str, refers_to("body", "area", title="Of", description="")], ...],
        says("Of", "Whom they oversee."),
    ] = ()
    on: Annotated[
        tuple[
            Literal["quality", "safety", "finance", "performance", "workforce", "governance"], ...
        ],
        says("On", "What they look at."),
    ] = ()
    times_a_year: Annotated[
        int | None, says("Times a year", "How often it is asked. Empty: not stated.")
    ] = None
    hours: Annotated[
        Decimal | None,
        says("Hours each time", "What one answer costs each body, in hours. Empty: not stated."),
    ] = None
    asks: Annotated[
        tuple[str, ...], says("Questions", "What is asked, in the same words wherever it is.")
    ] = ()
    because: Annotated[str | None, says("By what right", "The duty or agreement behind it.")] = None

    def label(self, name: Name) -> str:
        del name
        return self.name

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        if self.by is None and not self.by_printed:
            yield "Nobody is named who oversees. Say who does."
        if self.times_a_year is not None and self.times_a_year < 1:
            yield "It is asked at least once a year, or leave out how often."
        if self.hours is not None and self.hours <= 0:
            yield "An answer costs more than no hours, or leave the hours out."


class OversightSegment(Fact, frozen=True, kw_only=True):
    """The segment in which NHS England put a body for a year: 1 the best, the last most in need."""

    kind = "oversight-segment"
    plural = "oversight segments"

    body: Annotated[str, refers_to("body", title="Body", description="Which body.")]
    year: Annotated[str, says("Year", "The financial year, such as 2025/26.")]
    segment: Annotated[int, says("Segment", "From 1 to 5.", ge=1, le=LAST_SEGMENT)]
    framework: Annotated[Framework, says("Framework", "Under which framework.")] = (
        "NHS Oversight Framework"
    )
    published: Annotated[str | None, says("Published", "When it was published.")] = None
    deficit: Annotated[
        bool | None,
        says("In deficit", "Whether it plans a deficit or has support for one. Empty: not stated."),
    ] = None

    def label(self, name: Name) -> str:
        return f"{name(self.body)}, {self.year}: segment {self.segment}"

    def sentence(self, name: Name) -> str:
        return f"{name(self.body)} was in segment {self.segment} in {self.year}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.year, self.published)
        try:
            first, end = period(self.year)
        except MalformedDate:
            return  # said already
        if (first.month, end.month, end.year - first.year) != (4, 4, 1):
            yield f"‘{self.year}’ is no financial year. Write it as 2025/26."


class Found(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Something that peers found, and what became of it."""

    what: Annotated[str, says("Found", "What they said.", min_length=1)]
    answer: Annotated[str, says("Answer", "What the body said to it.")] = ""
    done: Annotated[str | None, says("Done", "When it was acted on. Empty: not yet.")] = None


class PeerChallenge(Fact, frozen=True, kw_only=True):
    """Partners who look at one another’s work, with their own figures before them."""

    kind = "peer-challenge"
    plural = "peer challenges"

    name: Annotated[str, says("Challenge", "What was looked at.", min_length=1)]
    of: Annotated[str, refers_to("body", "area", title="Of", description="Whose work.")]
    by: Annotated[
        tuple[Annotated[str, refers_to("body", "post", title="By", description="")], ...],
        says("By", "Who looked."),
    ] = ()
    on: Annotated[str | None, says("On", "When.")] = None
    figures: Annotated[
        tuple[Annotated[str, refers_to("indicator", title="Figures", description="")], ...],
        says("Figures", "The measures they had before them."),
    ] = ()
    found: Annotated[tuple[Found, ...], says("Findings", "What they found.")] = ()
    document: Annotated[
        str | None, refers_to("document", title="Report", description="Where it can be read.")
    ] = None

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.on, *(each.done for each in self.found))
