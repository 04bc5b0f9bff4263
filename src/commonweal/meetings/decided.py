"""What meetings and officers decided, put to others, and gave somebody to do.

All money is in whole pence.
"""

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Struct

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says

Cast = Literal["for", "against", "abstained"]

LineName = Literal[
    "power", "chain", "limit", "quorum", "conflict", "notice", "regard and consultation",
    "endorsements", "reservations", "publication",
]  # fmt: skip
"""The ten lines of a vires check, in the order in which they are shown."""


class Duty(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A duty that was considered, and what was found."""

    duty: Annotated[str, says("Duty", "Number of the rule, or its name in words.", min_length=1)]
    reasons: Annotated[str, says("Reasons", "What was considered and found.", min_length=1)]


class TripleAim(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The likely effects of a decision that bodies of the health service must consider."""

    health: Annotated[
        str | None, says("Health and wellbeing", "Effects, inequalities included.")
    ] = None
    quality: Annotated[
        str | None, says("Quality of services", "Effects, inequalities included.")
    ] = None
    resources: Annotated[
        str | None, says("Use of resources", "Effects on lasting, efficient use.")
    ] = None


class Regard(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A document that was borne in mind, and how."""

    document: Annotated[
        str, refers_to("document", title="Document", description="What was borne in mind.")
    ]
    how: Annotated[str, says("How", "What it says that bears on the decision, and the response.")]


class Vote(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How one seat voted."""

    seat: Annotated[str, refers_to("seat", title="Seat", description="Who voted.")]
    cast: Annotated[Cast, says("Vote", "For, against or abstained.")]
    reason: Annotated[str | None, says("Reason", "Why, if they had it recorded.")] = None


class Decision(Fact, frozen=True, kw_only=True):
    """Something that was decided, or only noted: by a meeting, or by an officer."""

    kind = "decision"
    plural = "decisions"

    name: Annotated[str, says("In short", "What was decided, in a few words.", min_length=1)]
    text: Annotated[str | None, says("Decision", "The decision in full.")] = None
    item: Annotated[
        str | None, refers_to("item", title="Item", description="The item it was made under.")
    ] = None
    by: Annotated[
        str | None,
        refers_to(
            "post",
            "seat",
            "body",
            title="Made by",
            description="Who made it, if it was not made at a meeting.",
        ),
    ] = None
    when: Annotated[str | None, says("Made on", "The day, if it was not made at a meeting.")] = None
    type: Annotated[
        Literal["consensus", "vote", "urgent", "delegated", "noted", "not stated"],
        says("How", "By agreement, by vote, urgently, by one to whom it was delegated, or noted."),
    ]
    outcome: Annotated[
        Literal["carried", "lost", "put off", "referred", "noted", "not stated"],
        says("Recorded as", "What the record says came of it."),
    ] = "not stated"
    urgent_because: Annotated[
        str | None, says("Urgent because", "Why it could not wait for the next meeting.")
    ] = None
    reported: Annotated[
        str | None,
        refers_to("item", title="Reported at", description="The item at which it was reported."),
    ] = None
    reasons: Annotated[str | None, says("Reasons", "Why.")] = None
    alternatives: Annotated[
        tuple[str, ...], says("Alternatives", "What else was considered, and why it was rejected.")
    ] = ()
    duties: Annotated[tuple[Duty, ...], says("Duties considered", "Each with what was found.")] = ()
    triple_aim: Annotated[
        TripleAim | None, says("Triple aim", "The likely effects that must be considered.")
    ] = None
    regard: Annotated[
        tuple[Regard, ...], says("Regard to", "Strategies and other documents borne in mind.")
    ] = ()
    consultation: Annotated[
        Literal["held", "not needed", "not held", "not stated"],
        says("Consultation", "Whether those it touches were asked first."),
    ] = "not stated"
    consulted: Annotated[
        tuple[str, ...], says("Consulted", "Whom, when, and what came of it.")
    ] = ()
    amount: Annotated[
        int | None, says("Amount", "In whole pence. Empty: no amount is on record.")
    ] = None
    amount_is: Annotated[
        str | None, says("What the amount is", "Such as a year's spending, or the whole contract.")
    ] = None
    function: Annotated[
        str | None,
        refers_to("function", title="Function", description="The function that is carried out."),
    ] = None
    area: Annotated[
        str | None, refers_to("area", title="Area", description="Where it applies.")
    ] = None
    paid_from: Annotated[
        str | None,
        refers_to(
            "fund",
            "funded-scheme",
            title="Paid from",
            description="The fund that pays, or the scheme of one.",
        ),
    ] = None
    votes: Annotated[tuple[Vote, ...], says("Votes", "How each seat voted.")] = ()
    casting_by: Annotated[
        str | None,
        refers_to("seat", title="Casting vote of", description="Who cast a second, deciding vote."),
    ] = None
    casting_vote: Annotated[
        Literal["for", "against"] | None, says("Casting vote", "Which way it went.")
    ] = None
    proposal: Annotated[
        str | None,
        refers_to("proposal", title="On the proposal", description="The proposal it is about."),
    ] = None
    needs_others: Annotated[
        bool | None,
        says("Needs other bodies", "Whether others must endorse it first. Empty: not stated."),
    ] = None
    published: Annotated[str | None, says("Published on", "When it was published.")] = None
    call_in_until: Annotated[
        str | None, says("May be called in until", "The last day on which it may be called in.")
    ] = None
    called_in: Annotated[str | None, says("Called in on", "The day it was called in.")] = None
    effective: Annotated[str | None, says("Takes effect on", "From which day it holds.")] = None
    supersedes: Annotated[
        str | None,
        refers_to("decision", title="In place of", description="The decision it takes over from."),
    ] = None
    matter: Annotated[
        str | None,
        refers_to(
            "decision", title="On the matter of", description="The first decision on this matter."
        ),
    ] = None
    key: Annotated[
        bool | None, says("Key decision", "As its body defines one. Empty: not stated.")
    ] = None
    known_faults: Annotated[
        tuple[LineName, ...],
        says("Known to fail", "The lines of the vires check that it is recorded as failing."),
    ] = ()

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(
            self.when, self.published, self.call_in_until, self.called_in, self.effective
        )
        if self.item is None and (self.by is None or self.when is None):
            yield "Say under which item it was made, or who made it and on which day."
        if self.type == "urgent" and not self.urgent_because:
            yield "An urgent decision says why it could not wait."
        if (self.casting_by is None) != (self.casting_vote is None):
            yield "A casting vote needs both whose it was and which way it went."
        if self.amount is not None and self.amount < 0:
            yield f"An amount is nought pence or more, but this one is {self.amount}."
        seats = [vote.seat for vote in self.votes]
        if len(set(seats)) < len(seats):
            yield "One seat is down for two votes."
        if self.type == "noted" and (self.votes or self.outcome == "carried"):
            yield "What was only noted was neither voted on nor carried."


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One part of a proposal."""

    letter: Annotated[str, says("Part", "Its letter or number.", min_length=1)]
    text: Annotated[str, says("What", "What this part proposes.", min_length=1)]
    owner: Annotated[str | None, says("Owner", "Who is to do it.")] = None
    due: Annotated[str | None, says("Due", "By when.")] = None


class Stage(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One stage on the way of a proposal."""

    body: Annotated[str, refers_to("body", title="Where", description="The body it comes to.")]
    what: Annotated[str, says("What", "What is done there.", min_length=1)]
    on: Annotated[str | None, says("When", "The day, or as precisely as stated.")] = None
    meeting: Annotated[
        str | None, refers_to("meeting", title="Meeting", description="At which meeting.")
    ] = None
    outcome: Annotated[str | None, says("Outcome", "What came of it. Empty: not recorded.")] = None


class Proposal(Fact, frozen=True, kw_only=True):
    """Something put to several bodies, or sent on a way through several bodies."""

    kind = "proposal"
    plural = "proposals"

    number: Annotated[str | None, says("Number", "Its number among those put together.")] = None
    name: Annotated[str, says("In short", "What is proposed, in a few words.", min_length=1)]
    text: Annotated[str | None, says("Proposal", "What is proposed, in our words.")] = None
    parts: Annotated[tuple[Part, ...], says("Parts", "What it is made up of.")] = ()
    type: Annotated[
        Literal["endorse", "agree", "approve", "comment", "note", "not stated"],
        says("Ask", "What the bodies are asked to do with it."),
    ] = "not stated"
    by: Annotated[str | None, refers_to("body", title="Put by", description="Who proposes it.")] = (
        None
    )
    put_to: Annotated[
        tuple[Annotated[str, refers_to("body", title="Body", description="A body asked.")], ...],
        says("Put to", "The bodies that are asked."),
    ] = ()
    put_to_printed: Annotated[
        str | None, says("Put to, as printed", "Who is asked, where the source names no bodies.")
    ] = None
    when: Annotated[str | None, says("When", "When they are asked, as precisely as stated.")] = None
    all_needed: Annotated[
        bool | None, says("All are needed", "It holds only if each agrees. Empty: not stated.")
    ] = None
    route: Annotated[tuple[Stage, ...], says("Way", "The stages it goes through, in order.")] = ()

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.when, *(part.due for part in self.parts))
        yield from date_faults(*(stage.on for stage in self.route))
        if not (self.put_to or self.put_to_printed or self.route):
            yield "Say to whom it is put, or by which way it goes."


class Endorsement(Fact, frozen=True, kw_only=True):
    """What one body said to a proposal that was put to several."""

    kind = "endorsement"
    plural = "endorsements"

    proposal: Annotated[
        str, refers_to("proposal", title="Proposal", description="What was put to it.")
    ]
    body: Annotated[str, refers_to("body", title="Body", description="Who answered.")]
    type: Annotated[
        Literal["endorsed", "endorsed with changes", "rejected", "put off", "noted"],
        says("Answer", "What it said. To note is not to endorse."),
    ]
    on: Annotated[str | None, says("On", "When.")] = None
    decision: Annotated[
        str | None, refers_to("decision", title="By decision", description="The decision it took.")
    ] = None
    words: Annotated[str | None, says("Words", "Its comments or changes, in our words.")] = None

    def label(self, name: Name) -> str:
        return f"{name(self.body)} on {name(self.proposal)}"

    def sentence(self, name: Name) -> str:
        return f"{name(self.body)} {self.type} “{name(self.proposal)}”."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.on)


class Action(Fact, frozen=True, kw_only=True):
    """Something a meeting gave somebody to do."""

    kind = "action"
    plural = "actions"

    name: Annotated[str, says("What", "What is to be done.", min_length=1)]
    item: Annotated[
        str | None, refers_to("item", title="Arose at", description="The item it arose from.")
    ] = None
    decision: Annotated[
        str | None,
        refers_to("decision", title="To carry out", description="The decision it carries out."),
    ] = None
    promise: Annotated[
        str | None,
        refers_to("promise", title="To keep", description="The promise that it is to keep."),
    ] = None
    owner: Annotated[
        str | None,
        refers_to("seat", "post", "body", title="Owner", description="Who is to do it."),
    ] = None
    owner_printed: Annotated[
        str | None, says("Owner, as printed", "Who, where it is nobody on record.")
    ] = None
    due: Annotated[str | None, says("Due", "By when. Empty: no day was set.")] = None
    type: Annotated[
        Literal["not started", "under way", "done", "dropped", "not stated"],
        says("State", "How far it has come."),
    ] = "not stated"
    done: Annotated[str | None, says("Done on", "When it was done.")] = None
    evidence: Annotated[str | None, says("Evidence", "What shows that it was done.")] = None
    reported: Annotated[
        str | None,
        refers_to("item", title="Reported at", description="The item at which it was reported."),
    ] = None

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.due, self.done)
        if self.done and self.type not in {"done", "not stated"}:
            yield f"It has a day on which it was done, but its state is “{self.type}”."
