"""What local Healthwatch reports and refers, to whom, and what each of them did about it.

Statutory Instrument 2012/3094, regulations 40 to 46, and 2013/218, regulation 21(3).
"""

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Struct

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says
from commonweal.statute.days import out_of_order, uncountable

Longer = Literal[
    "several bodies arranged the service", "NHS England is consulted", "20 days are not expedient"
]
"""Grounds for 30 working days, beside a report that went to more than one responsible body."""


class Recipient(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A body to which a report was sent, and what it did."""

    body: Annotated[str, refers_to("body", title="Sent to", description="The body.")]
    received: Annotated[
        str | None, says("Received on", "The day it came: it is the first day that counts.")
    ] = None
    responsible: Annotated[
        bool | None,
        says("Responsible", "Whether the service is its own. Empty: taken to be, until said."),
    ] = None
    answered: Annotated[
        str | None, says("Answered on", "The day of the written acknowledgement and explanation.")
    ] = None
    answer: Annotated[
        str | None, says("What it will do", "Its action, or why it takes none, in our words.")
    ] = None
    passed_to: Annotated[
        str | None, refers_to("body", title="Passed on to", description="The responsible body.")
    ] = None
    passed_on: Annotated[
        str | None, says("Passed on", "The day it acknowledged the report and passed it on.")
    ] = None


class HealthwatchReport(Fact, frozen=True, kw_only=True):
    """A report or recommendation of a local Healthwatch."""

    kind = "healthwatch-report"
    plural = "Healthwatch reports"

    name: Annotated[str, says("Title", "What the report is called or about.", min_length=1)]
    by: Annotated[str, refers_to("body", title="By", description="The local Healthwatch.")]
    made: Annotated[str | None, says("Made on", "The day of the report.")] = None
    found: Annotated[str | None, says("What it found", "In our words.")] = None
    recommends: Annotated[tuple[str, ...], says("What it recommends", "Each in our words.")] = ()
    sent_to: Annotated[
        tuple[Recipient, ...], says("Sent to", "Each body it went to, and what it did.")
    ] = ()
    longer: Annotated[
        Longer | None, says("Longer because", "Why there are 30 working days. Empty: no ground.")
    ] = None
    one_answers: Annotated[
        str | None,
        refers_to("body", title="One answers for all", description="By agreement of the bodies."),
    ] = None
    document: Annotated[
        str | None, refers_to("document", title="Document", description="The report itself.")
    ] = None

    def sentence(self, name: Name) -> str:
        return f"{name(self.by)} reported: {self.name}."

    def faults(self) -> Iterator[str]:
        # A day that cannot be read is compared several times, but said once.
        yield from dict.fromkeys(self._every_fault())

    def _every_fault(self) -> Iterator[str]:
        yield from Fact.faults(self)
        for each in self.sent_to:
            yield from out_of_order(("It was made", self.made), ("It was received", each.received))
            yield from out_of_order(
                ("It was received", each.received),
                ("It was answered", each.answered),
                ("It was passed on", each.passed_on),
            )
            yield from uncountable("HW-03", each.received)
            if each.passed_to and each.responsible:
                yield f"{each.body} is responsible, yet passed the report on. Say which is so."
        to = {each.body for each in self.sent_to}
        if self.one_answers and self.one_answers not in to:
            yield f"{self.one_answers} is to answer for all, but the report did not go to it."


class Told(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Something the referrer was told."""

    on: Annotated[str, says("On", "The day.")]
    what: Annotated[str, says("What", "What the referrer was told.", min_length=1)]


class HealthwatchReferral(Fact, frozen=True, kw_only=True):
    """A matter that a local Healthwatch refers to a council's scrutiny."""

    kind = "healthwatch-referral"
    plural = "Healthwatch referrals"

    name: Annotated[str, says("Matter", "What is referred.", min_length=1)]
    by: Annotated[str, refers_to("body", title="By", description="The local Healthwatch.")]
    to_whom: Annotated[str, refers_to("body", title="To", description="The council or committee.")]
    type: Annotated[
        Literal["health", "social care"],
        says("Matter of", "Health counts from the referral, social care from its receipt."),
    ] = "health"
    referred: Annotated[str | None, says("Referred on", "The day of the referral.")] = None
    received: Annotated[str | None, says("Received on", "The day it came.")] = None
    acknowledged: Annotated[
        str | None, says("Acknowledged on", "The day its receipt was acknowledged.")
    ] = None
    told: Annotated[
        tuple[Told, ...], says("Kept informed", "What the referrer was told of the action taken.")
    ] = ()
    taken_up: Annotated[
        str | None,
        refers_to(
            "review", "programme-item", "item", title="Taken up as", description="What came of it."
        ),
    ] = None
    document: Annotated[
        str | None, refers_to("document", title="Document", description="The referral itself.")
    ] = None

    @property
    def rule(self) -> str:
        """The rule whose clock it sets going."""
        return "HW-06" if self.type == "social care" else "SCR-03"

    @property
    def first_day(self) -> str | None:
        """The day from which its clock counts, as stated."""
        return self.received if self.type == "social care" else self.referred

    def sentence(self, name: Name) -> str:
        return f"{name(self.by)} referred to {name(self.to_whom)}: {self.name}."

    def faults(self) -> Iterator[str]:
        # A day that cannot be read is compared several times, but said once.
        yield from dict.fromkeys(self._every_fault())

    def _every_fault(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from out_of_order(
            ("It was referred", self.referred),
            ("It was received", self.received),
            ("It was acknowledged", self.acknowledged),
            *(("The referrer was told", each.on) for each in self.told),
        )
        yield from uncountable(self.rule, self.first_day)


class RelevantDecision(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A decision on what a local Healthwatch does, of which it publishes a statement."""

    on: Annotated[str, says("On", "The day of the decision.")]
    what: Annotated[str, says("What", "What was decided.", min_length=1)]
    because: Annotated[str | None, says("Because", "The reasons that were published.")] = None
    published: Annotated[str | None, says("Published on", "The day of the statement.")] = None


class HealthwatchArrangement(Fact, frozen=True, kw_only=True):
    """How a council has a local Healthwatch, and how that decides: 2007 Act, section 221."""

    kind = "healthwatch-arrangement"
    plural = "Healthwatch arrangements"

    council: Annotated[str, refers_to("body", title="Council", description="Who arranges it.")]
    healthwatch: Annotated[
        str, refers_to("body", title="Healthwatch", description="The local Healthwatch.")
    ]
    contracted: Annotated[
        str | None, says("Contract made", "The day the council’s contract with it was made.")
    ] = None
    until: Annotated[str | None, says("Contract ends", "Its last day, as stated.")] = None
    procedure_published: Annotated[
        str | None, says("Procedure published", "The day it published how it decides.")
    ] = None
    involves: Annotated[
        str | None, says("Involves", "How lay people and volunteers take part in deciding.")
    ] = None
    decisions: Annotated[
        tuple[RelevantDecision, ...], says("Decisions", "Those that need a published statement.")
    ] = ()

    def label(self, name: Name) -> str:
        return f"{name(self.healthwatch)} for {name(self.council)}"

    def faults(self) -> Iterator[str]:
        yield from dict.fromkeys(self._every_fault())

    def _every_fault(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.procedure_published)
        yield from out_of_order(("The contract was made", self.contracted), ("It ends", self.until))
        for each in self.decisions:
            yield from out_of_order(
                ("It was decided", each.on), ("The statement was published", each.published)
            )
