"""What committees report and recommend, and what became of it."""

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Struct

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says
from commonweal.statute.days import out_of_order, uncountable

RESPONSE = "SCR-06"
"""The rule whose clock runs from the request for a response."""

Accepted = Literal["accepted", "partly accepted", "not accepted", "noted", "not stated"]

Part = Literal[
    "matter", "summary of the evidence", "participants", "explanation of recommendations"
]
"""What a report must give: Statutory Instrument 2013/218, regulation 22(6)."""

Done = Literal["not begun", "under way", "done", "not done", "overtaken"]


class ScrutinyReport(Fact, frozen=True, kw_only=True):
    """A report of a committee, with the four parts that regulation 22(6) asks for."""

    kind = "scrutiny-report"
    plural = "scrutiny reports"

    name: Annotated[str, says("Title", "What the report is called.", min_length=1)]
    by: Annotated[str, refers_to("body", title="By", description="The committee.")]
    review: Annotated[
        str | None,
        refers_to("review", "reconfiguration", title="On", description="What was looked into."),
    ] = None
    made: Annotated[str | None, says("Made on", "The day of the report.")] = None
    matter: Annotated[str | None, says("Matter", "An account of the matter reviewed.")] = None
    evidence: Annotated[str | None, says("Evidence", "A summary of the evidence.")] = None
    participants: Annotated[
        tuple[str, ...], says("Participants", "Those who took part, by public role.")
    ] = ()
    recommends: Annotated[
        bool | None,
        says("Recommends", "Whether it makes recommendations. Empty: not recorded."),
    ] = None
    because: Annotated[
        str | None, says("Why it recommends", "Its account of why it recommends what it does.")
    ] = None
    lacks: Annotated[
        tuple[Part, ...], says("Lacks", "Parts that the report itself does not have.")
    ] = ()
    document: Annotated[
        str | None, refers_to("document", title="Document", description="The report itself.")
    ] = None

    def parts(self) -> dict[Part, bool]:
        """The four parts that the law asks for, and whether each is on record."""
        explained = bool(self.because) or self.recommends is False
        return {
            "matter": bool(self.matter),
            "summary of the evidence": bool(self.evidence),
            "participants": bool(self.participants),
            "explanation of recommendations": explained,
        }

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.made)
        for part in self.lacks:
            if self.parts()[part] and (part != "explanation of recommendations" or self.because):
                yield f"It holds the {part}, yet says that the report lacks it."


class Progress(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How far a recommendation had come, on a day."""

    on: Annotated[str, says("On", "The day it was said.")]
    state: Annotated[Done, says("State", "How far it had come.")]
    what: Annotated[str, says("What was done", "In our words.")] = ""
    evidence: Annotated[
        str | None,
        refers_to(
            "document", "indicator-report", "decision", "item",
            title="Shown by", description="What shows it.",
        ),
    ] = None  # fmt: skip


class Recommendation(Fact, frozen=True, kw_only=True):
    """What a committee asks a body to do, and what became of it.

    The clock of 28 days runs from the day a response was asked for, and only if one was.
    """

    kind = "recommendation"
    plural = "recommendations"

    name: Annotated[str, says("What", "What is recommended, in our words.", min_length=1)]
    by: Annotated[str, refers_to("body", title="By", description="The committee.")]
    to_whom: Annotated[
        str | None, refers_to("body", title="To", description="Who is to do it.")
    ] = None
    to_printed: Annotated[
        str | None, says("To, as printed", "The body, where it is not on record.")
    ] = None
    report: Annotated[
        str | None,
        refers_to("scrutiny-report", title="In", description="The report that makes it."),
    ] = None
    item: Annotated[
        str | None, refers_to("item", title="Item", description="Where it was made.")
    ] = None
    made: Annotated[str | None, says("Made on", "The day it was made.")] = None
    asks: Annotated[
        bool | None,
        says("Response asked for", "Whether a response was asked for. Empty: not recorded."),
    ] = None
    requested: Annotated[
        str | None, says("Asked on", "The day the response was asked for: the clock starts then.")
    ] = None
    responded: Annotated[str | None, says("Answered on", "The day of the written response.")] = None
    accepted: Annotated[
        Accepted, says("Accepted", "What the response says of the recommendation.")
    ] = "not stated"
    response: Annotated[str | None, says("Response", "What was answered, in our words.")] = None
    published: Annotated[
        str | None, says("Response published on", "When anybody could read it.")
    ] = None
    document: Annotated[
        str | None, refers_to("document", title="Document", description="The response itself.")
    ] = None
    progress: Annotated[
        tuple[Progress, ...], says("Progress", "How far it had come, each time it was looked at.")
    ] = ()
    measure: Annotated[
        str | None,
        refers_to("indicator", title="Meant to change", description="What shows the effect."),
    ] = None

    def made_to(self, name: Name) -> str:
        return self.to_printed or (name(self.to_whom) if self.to_whom else "nobody on record")

    def sentence(self, name: Name) -> str:
        return f"{name(self.by)} recommended to {self.made_to(name)}: {self.name}."

    def faults(self) -> Iterator[str]:
        # A day that cannot be read is compared several times, but said once.
        yield from dict.fromkeys(self._every_fault())

    def _every_fault(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from out_of_order(
            ("It was made", self.made),
            ("A response was asked for", self.requested),
            *(("Progress is told", each.on) for each in self.progress),
        )
        yield from out_of_order(
            ("The response was asked for", self.requested), ("It was answered", self.responded)
        )
        yield from out_of_order(
            ("It was answered", self.responded), ("The response was published", self.published)
        )
        yield from uncountable(RESPONSE, self.requested)
        yield from self._unfit()

    def _unfit(self) -> Iterator[str]:
        if not (self.to_whom or self.to_printed):
            yield "Say to whom it was made: a body on record, or as printed."
        if self.requested and self.asks is False:
            yield "It gives the day a response was asked for, yet says that none was."
