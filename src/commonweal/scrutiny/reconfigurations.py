"""Changes of services on which councils are consulted, and who joins to scrutinise them.

Statutory Instrument 2013/218, regulations 23, 24 and 30; National Health Service Act 2006,
Schedule 10A, from 31 January 2024.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from msgspec import Struct

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says
from commonweal.statute.days import out_of_order

SWITCH = date(2024, 1, 31)
"""From this day the Secretary of State may call in, and councils may no longer refer."""

_Councils = tuple[
    Annotated[str, refers_to("body", title="Council", description="A council with scrutiny.")], ...
]
_Bodies = tuple[
    Annotated[str, refers_to("body", title="With whom", description="A body on record.")], ...
]


class Informal(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Talk before any consultation, which is not consultation."""

    on: Annotated[str, says("On", "The day.")]
    what: Annotated[str, says("What", "What was talked about.", min_length=1)]
    whom: Annotated[_Bodies, says("With whom", "Councils, committees, Healthwatch.")] = ()


class Shifted(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A change of the dates of a consultation."""

    told: Annotated[str, says("Told on", "The day the councils were told.")]
    published: Annotated[str | None, says("Published on", "The day it was published.")] = None
    comments_by: Annotated[str | None, says("Comments by", "The new day. Empty: as before.")] = None
    decision_by: Annotated[str | None, says("Decision by", "The new day. Empty: as before.")] = None
    because: Annotated[str, says("Because", "Why.")] = ""


class Consultation(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """The formal consultation of councils under regulation 23(1)."""

    began: Annotated[str, says("Began", "The day on which the councils were first consulted.")]
    ended: Annotated[str | None, says("Ended", "The day it closed, if it has.")] = None
    councils: Annotated[_Councils, says("Councils", "Every council that is consulted.")] = ()
    comments_by: Annotated[
        str | None, says("Comments by", "The day by which comments are asked for.")
    ] = None
    decision_by: Annotated[
        str | None, says("Decision by", "The day by which it is meant to be decided.")
    ] = None
    published: Annotated[
        str | None, says("Dates published on", "The day on which both dates were published.")
    ] = None
    changes: Annotated[tuple[Shifted, ...], says("Changes of dates", "In their order.")] = ()

    def dates(self) -> tuple[str | None, str | None]:
        """The days by which comments are asked for and a decision meant, as last changed."""
        comments, decision = self.comments_by, self.decision_by
        for each in self.changes:
            comments, decision = each.comments_by or comments, each.decision_by or decision
        return comments, decision


class Emergency(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A decision made at once, without consultation, for somebody's safety or welfare."""

    decided: Annotated[str, says("Decided on", "The day.")]
    because: Annotated[str, says("Because", "The risk to patients or staff.", min_length=1)]
    told: Annotated[str | None, says("Councils told on", "It is to be at once.")] = None


class Remark(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a council or joint committee said to a proposal."""

    by: Annotated[str, refers_to("body", title="By", description="Council or committee.")]
    on: Annotated[str, says("On", "The day.")]
    text: Annotated[str, says("What", "What was said, in our words.", min_length=1)]
    recommends: Annotated[
        bool, says("Recommends", "It makes a recommendation and not only a remark.")
    ] = False


class Disagreement(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """The body does not agree with a recommendation."""

    told: Annotated[str | None, says("Said on", "The day the body told the council.")] = None
    steps: Annotated[str | None, says("Steps to agree", "What both did to come together.")] = None
    ended: Annotated[str | None, says("Ended on", "When agreement was reached or given up.")] = None
    agreed: Annotated[
        bool | None, says("Agreed", "Whether they came together. Empty: not recorded.")
    ] = None


class CouncilReferral(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A council’s report of a proposal to the Secretary of State: until 30 January 2024."""

    by: Annotated[str, refers_to("body", title="By", description="Council or committee.")]
    on: Annotated[str, says("On", "The day of the report.")]
    ground: Annotated[
        Literal[
            "consultation was not adequate", "reasons for none were not adequate",
            "not in the interests of the health service there",
        ],
        says("Ground", "One of the three that the regulations knew."),
    ]  # fmt: skip
    steps: Annotated[str | None, says("Steps before", "What was done first to agree.")] = None


class Direction(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The Secretary of State calls a proposal in, to take decisions on it: from 31 January 2024."""

    on: Annotated[str, says("Given on", "The day of the direction: its six months begin then.")]
    heard: Annotated[_Bodies, says("Could make representations", "Who was given the chance.")] = ()
    decided: Annotated[str | None, says("Decided on", "The day of the last decision.")] = None
    decision: Annotated[str | None, says("Decision", "What was decided, in our words.")] = None
    told: Annotated[
        str | None, says("Told that it is over", "The day the body was told of the end.")
    ] = None


class Reconfiguration(Fact, frozen=True, kw_only=True):
    """A proposal to change services, from the first talk to the decision."""

    kind = "reconfiguration"
    plural = "reconfigurations"

    name: Annotated[str, says("Proposal", "What is to change.", min_length=1)]
    by: Annotated[str, refers_to("body", title="Proposed by", description="The responsible body.")]
    provider: Annotated[
        str | None, refers_to("body", title="Provided by", description="Who runs the service.")
    ] = None
    manner: Annotated[
        bool | None,
        says("Manner", "It affects how services reach people where they receive them."),
    ] = None
    range: Annotated[
        bool | None, says("Range", "It affects which services are there for people.")
    ] = None
    substantial: Annotated[
        bool | None, says("Substantial", "A substantial development or variation of services.")
    ] = None
    exempt_from: Annotated[
        Literal["sets up, ends or changes a body", "special administration"] | None,
        says("No consultation because", "A ground of regulation 24. Empty: none."),
    ] = None
    consulted: Annotated[
        bool | None, says("Councils consulted", "Whether they were. Empty: not recorded.")
    ] = None
    informal: Annotated[
        tuple[Informal, ...], says("Before consultation", "Talk that is not consultation.")
    ] = ()
    consultation: Annotated[
        Consultation | None, says("Consultation", "The formal one. Empty: none on record.")
    ] = None
    emergency: Annotated[
        Emergency | None, says("Decided at once", "For safety or welfare, without consultation.")
    ] = None
    joint: Annotated[
        str | None,
        refers_to("joint-scrutiny", title="Joint committee", description="Of its councils."),
    ] = None
    comments: Annotated[
        tuple[Remark, ...], says("Comments", "Those of councils and their committees.")
    ] = ()
    disagreement: Annotated[
        Disagreement | None, says("Disagreement", "With a recommendation. Empty: none on record.")
    ] = None
    notified: Annotated[str | None, says("Secretary of State told on", "From 31 January 2024.")] = (
        None
    )
    referrals: Annotated[
        tuple[CouncilReferral, ...], says("Referred", "By councils, until 30 January 2024.")
    ] = ()
    called_in: Annotated[
        Direction | None, says("Called in", "By the Secretary of State, from 31 January 2024.")
    ] = None
    told_to_consider: Annotated[
        str | None,
        says("Told to consider it on", "A direction to take a change up, and its reasons."),
    ] = None
    told_because: Annotated[
        str | None, says("Reasons published", "The reasons that were published with it.")
    ] = None
    decided: Annotated[str | None, says("Decided on", "The day the body decided.")] = None
    decision: Annotated[
        str | None, refers_to("decision", title="Decision", description="What was decided.")
    ] = None
    outcome: Annotated[str | None, says("Outcome", "What was decided, in our words.")] = None

    def sentence(self, name: Name) -> str:
        return f"{name(self.by)} proposes: {self.name}."

    def faults(self) -> Iterator[str]:
        # A day that cannot be read is compared several times, but said once.
        yield from dict.fromkeys(self._every_fault())

    def _every_fault(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.notified, self.decided, self.told_to_consider)
        yield from self._consulted()
        if self.emergency:
            yield from out_of_order(
                ("It was decided", self.emergency.decided),
                ("The councils were told", self.emergency.told),
            )
        if self.called_in:
            yield from out_of_order(
                ("It was called in", self.called_in.on),
                ("The Secretary of State decided", self.called_in.decided),
                ("The body was told", self.called_in.told),
            )

    def _consulted(self) -> Iterator[str]:
        if (formal := self.consultation) is None:
            return
        if self.consulted is False:
            yield "It holds a consultation, yet says that the councils were not consulted."
        comments, decision = formal.dates()
        yield from out_of_order(
            ("Consultation began", formal.began),
            ("Comments are asked for", comments),
            ("A decision is meant", decision),
            ("Consultation ended", formal.ended),
            *(("A change of dates is told", each.told) for each in formal.changes),
        )
        yield from out_of_order(
            ("Comments are asked for", comments), ("A decision is meant", decision)
        )


class Appointing(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A council that appoints to a joint committee."""

    council: Annotated[str, refers_to("body", title="Council", description="Who appoints.")]
    on: Annotated[str | None, says("Agreed on", "The day the council agreed to it.")] = None
    seats: Annotated[int | None, says("Seats", "How many it fills.")] = None
    substitutes: Annotated[
        bool | None, says("Substitutes", "Whether others may sit in their place.")
    ] = None


class JointScrutiny(Fact, frozen=True, kw_only=True):
    """The terms on which councils scrutinise health services together."""

    kind = "joint-scrutiny"
    plural = "joint scrutiny arrangements"

    name: Annotated[str, says("Name", "What the arrangement is called.", min_length=1)]
    body: Annotated[
        str | None, refers_to("body", title="Committee", description="The joint committee.")
    ] = None
    type: Annotated[
        Literal["required", "by choice", "not stated"],
        says("Kind", "Required, when several councils are consulted on one proposal; or chosen."),
    ] = "not stated"
    consulted: Annotated[
        _Councils, says("Councils consulted", "For a required one: each council consulted.")
    ] = ()
    appointed_by: Annotated[
        tuple[Appointing, ...], says("Appointed by", "Each council, with its seats.")
    ] = ()
    host: Annotated[
        str | None, refers_to("body", title="Host", description="Whose officers serve it.")
    ] = None
    functions: Annotated[
        tuple[
            Literal[
                "review and scrutinise", "require information", "require attendance",
                "make reports and recommendations", "comment on proposals", "other",
            ],
            ...,
        ],
        says("Does", "What the councils gave it to do."),
    ] = ()  # fmt: skip
    balance: Annotated[
        Literal["proportional", "waived", "not stated"],
        says("Political balance", "Proportional to the parties, or waived by the councils."),
    ] = "not stated"
    timetable: Annotated[str | None, says("Timetable", "When it is to meet and report.")] = None
    document: Annotated[
        str | None, refers_to("document", title="Protocol", description="The terms themselves.")
    ] = None

    def sentence(self, name: Name) -> str:
        councils = [name(each.council) for each in self.appointed_by]
        return f"{self.name}, of {', '.join(councils) or 'councils not recorded'}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(*(each.on for each in self.appointed_by))
        appointing = {each.council for each in self.appointed_by}
        if self.type == "required" and self.status == "in force":
            for council in self.consulted:
                if council not in appointing:
                    yield (
                        f"{council} was consulted, but does not appoint to the joint committee. "
                        "Every council consulted must: add it, or say the terms are only proposed."
                    )
