"""Calling decisions in: whose decisions may be called in, within how long, and who asked for it."""

from collections.abc import Iterator
from typing import Annotated, Literal

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says


class CallInRule(Fact, frozen=True, kw_only=True):
    """That decisions of a body may be called in, as its own constitution or the law says."""

    kind = "call-in-rule"
    plural = "call-in rules"

    body: Annotated[
        str, refers_to("body", title="Decisions of", description="Whose decisions they are.")
    ]
    by: Annotated[
        str | None,
        refers_to("body", title="Called in by", description="The body that may call them in."),
    ] = None
    days: Annotated[int, says("Days", "How many days there are after publication.", ge=1)]
    unit: Annotated[
        Literal["working day", "day"], says("Kind of day", "Working days, or every day.")
    ] = "working day"
    requests: Annotated[
        int, says("How many must ask", "How many members must ask for it.", ge=1)
    ] = 1
    only_key: Annotated[
        bool, says("Only key decisions", "Whether only key decisions may be called in.")
    ] = False
    law: Annotated[str | None, says("Law", "The provision or the part of the constitution.")] = None

    def label(self, name: Name) -> str:
        return f"Call-in of decisions of {name(self.body)}"

    def sentence(self, name: Name) -> str:
        who = f" by {name(self.by)}" if self.by else ""
        unit = f"{self.unit}{'' if self.days == 1 else 's'}"
        return (
            f"Decisions of {name(self.body)} may be called in{who} for {self.days} {unit} after "
            "they are published."
        )


class CallIn(Fact, frozen=True, kw_only=True):
    """A request that a decision be looked at again before it takes effect."""

    kind = "call-in"
    plural = "call-ins"

    decision: Annotated[
        str, refers_to("decision", title="Decision", description="The decision called in.")
    ]
    on: Annotated[str, says("Asked on", "The day on which it was asked for.")]
    by: Annotated[
        tuple[
            Annotated[
                str, refers_to("seat", "post", "body", title="Asked by", description="Who asked.")
            ],
            ...,
        ],
        says("Asked by", "The members who asked, by their seats."),
    ] = ()
    by_printed: Annotated[
        str | None, says("Asked by, as printed", "Who, where they are nobody on record.")
    ] = None
    reasons: Annotated[str | None, says("Reasons", "Why, in our words.")] = None
    item: Annotated[
        str | None, refers_to("item", title="Heard at", description="Where it was heard.")
    ] = None
    outcome: Annotated[
        Literal["refused", "referred back", "left to stand", "withdrawn", "not stated"],
        says("Outcome", "Refused as out of time or order, sent back, or left to stand."),
    ] = "not stated"
    settled: Annotated[str | None, says("Settled on", "When its outcome was known.")] = None

    def label(self, name: Name) -> str:
        return f"Call-in of {name(self.decision)}"

    def sentence(self, name: Name) -> str:
        who = self.by_printed or ", ".join(name(each) for each in self.by)
        return f"{who} asked that “{name(self.decision)}” be called in."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.on, self.settled)
        if not (self.by or self.by_printed):
            yield "Say who asked: their seats, or their roles as printed."
