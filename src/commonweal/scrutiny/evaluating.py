"""How a committee judges its own work, and by which rules it works."""

from collections.abc import Iterator
from typing import Annotated, Literal, get_args

from msgspec import Struct

from commonweal.record.facts import Fact, date_faults
from commonweal.record.identifiers import refers_to, says

Benefit = Literal[
    "local people have a say in priorities",
    "people are heard on the quality of services",
    "services are seen to be safe, effective and fair",
    "those who run services learn what groups of people need",
    "services are made better",
]
"""What scrutiny is good for: Department of Health and Social Care, principles of July 2022."""

BENEFITS: tuple[Benefit, ...] = get_args(Benefit)


class Judged(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One benefit, and how far the committee thinks that it was reached."""

    benefit: Annotated[Benefit, says("Benefit", "One of the five.")]
    how: Annotated[str, says("How far", "What the committee says of it.", min_length=1)]
    better: Annotated[str | None, says("To do better", "What it means to change.")] = None


class SelfEvaluation(Fact, frozen=True, kw_only=True):
    """What a committee says of its own work in a year, against the five benefits of scrutiny."""

    kind = "self-evaluation"
    plural = "self-evaluations"

    by: Annotated[str, refers_to("body", title="By", description="The committee.")]
    year: Annotated[
        str,
        says("Year", "Such as 2026/27; it runs from 1 April.", pattern=r"\d{4}/\d{2}"),
    ]
    made: Annotated[str | None, says("Made on", "The day it was agreed.")] = None
    benefits: Annotated[
        tuple[Judged, ...], says("Benefits", "Those of the five that it speaks to.")
    ] = ()
    item: Annotated[
        str | None, refers_to("item", title="Item", description="Where it was agreed.")
    ] = None

    def label(self, name: object) -> str:
        del name
        return f"Self-evaluation {self.year}"

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.year, self.made)
        named = [each.benefit for each in self.benefits]
        for twice in sorted({each for each in named if named.count(each) > 1}):
            yield f"The benefit ‘{twice}’ is there twice. Say it once."


class Shared(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Something that a body gives a committee without being asked each time."""

    what: Annotated[str, says("What", "Such as a set of figures or a report.", min_length=1)]
    of: Annotated[str, refers_to("body", title="By whom", description="The body that gives it.")]
    every: Annotated[
        Literal[
            "month", "quarter", "half year", "year", "meeting", "time it changes", "not stated"
        ],
        says("How often", "Each month, quarter, year, meeting, or when it changes."),
    ] = "not stated"


class ScrutinyProtocol(Fact, frozen=True, kw_only=True):
    """The rules by which a committee works, which each council makes for itself."""

    kind = "scrutiny-protocol"
    plural = "scrutiny protocols"

    name: Annotated[str, says("Title", "What it is called.", min_length=1)]
    by: Annotated[str, refers_to("body", title="Of", description="The committee.")]
    agreed_with: Annotated[
        tuple[Annotated[str, refers_to("body", title="With", description="Who agreed.")], ...],
        says("Agreed with", "Bodies that agreed to it."),
    ] = ()
    agreed: Annotated[str | None, says("Agreed on", "The day.")] = None
    items_a_year: Annotated[
        int | None, says("Items a year", "How many the committee can take up.")
    ] = None
    kept_free: Annotated[
        int | None, says("Kept free", "How many of them for what cannot be foreseen.")
    ] = None
    shares: Annotated[
        tuple[Shared, ...], says("Given unasked", "What bodies give without being asked each time.")
    ] = ()
    referrals_to: Annotated[
        str | None,
        refers_to("post", "seat", title="Referrals go to", description="Who takes them in."),
    ] = None
    attendance_notice: Annotated[
        int | None, says("Notice of attendance, in days", "Given to those who are asked to come.")
    ] = None
    framework: Annotated[
        tuple[str, ...], says("Questions first", "What it asks before it takes a matter up.")
    ] = ()
    document: Annotated[
        str | None, refers_to("document", title="Document", description="The protocol itself.")
    ] = None

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.agreed)
        numbers = {
            "items a year": self.items_a_year, "items kept free": self.kept_free,
            "days of notice": self.attendance_notice,
        }  # fmt: skip
        for words, number in numbers.items():
            if number is not None and number < 0:
                yield f"There cannot be fewer than no {words}, but this says {number}."
        if (self.kept_free or 0) > (self.items_a_year or self.kept_free or 0):
            yield "More items are kept free than can be taken up. Correct one of the two numbers."
