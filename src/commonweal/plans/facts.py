"""What is planned: plans of every sort, what stands in them, and who bore it in mind."""

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Struct

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says
from commonweal.record.when import in_words, period

PlanType = Literal[
    "joint strategic needs assessment",
    "joint local health and wellbeing strategy",
    "integrated care strategy",
    "joint forward plan",
    "joint capital plan",
    "annual report",
    "system plan",
    "place plan",
    "neighbourhood plan",
    "organisation plan",
    "council plan",
    "service plan",
    "workforce plan",
    "estates plan",
    "digital plan",
    "finance plan",
    "winter plan",
    "engagement plan",
    "change programme plan",
    "national plan",
    "not stated",
]
"""The chain of the law first, in its order; then every other sort of plan."""

Stage = Literal[
    "intended", "in preparation", "draft", "out to consultation", "agreed", "published",
    "superseded", "not stated",
]  # fmt: skip

Purpose = Literal[
    "improve outcomes", "tackle inequalities", "productivity and value",
    "social and economic development",
]  # fmt: skip
"""The four purposes of an integrated care system."""


class Head(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Something that a plan must deal with, and whether it does."""

    name: Annotated[
        str, says("Head", "What is to be dealt with, or the number of a duty.", min_length=1)
    ]
    met: Annotated[bool | None, says("Dealt with", "Empty: not recorded.")] = None
    where: Annotated[str, says("Where", "The part of the plan that deals with it.")] = ""


class Link(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Another plan that bears on this one."""

    plan: Annotated[str, refers_to("plan", title="Plan", description="The other plan.")]
    how: Annotated[
        Literal["determines", "informs", "frames", "is part of this", "not stated"],
        says("How", "Whether the other plan settles, informs or only frames this one."),
    ] = "not stated"


class Bearing(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Whose work a strategy bears on, and how strongly."""

    who: Annotated[
        str | None, refers_to("body", title="Who", description="Whose work it bears on.")
    ] = None
    who_printed: Annotated[str, says("Who, as printed", "Where it is nobody on record.")] = ""
    how: Annotated[
        Literal["determines", "informs", "frames", "not stated"],
        says("How", "Whether the strategy settles, informs or only frames their work."),
    ] = "not stated"


class Copy(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A copy that was given to somebody."""

    to: Annotated[str, refers_to("body", title="To", description="Who was given a copy.")]
    on: Annotated[str | None, says("On", "When. Empty: the day is not recorded.")] = None


class View(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Views that were put to the authors, and what they made of them."""

    said: Annotated[str, says("View", "What was said, in short.", min_length=1)]
    answered: Annotated[
        str, says("Answer", "What the authors made of it. Empty: nothing is on record.")
    ] = ""


class Review(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Whether a plan was looked at again because of something new."""

    because_of: Annotated[
        str,
        refers_to("plan", "document", title="Because of", description="What was new."),
    ]
    received: Annotated[str | None, says("Received on", "When it came.")] = None
    outcome: Annotated[
        Literal["revise", "enough as it is", "not stated"],
        says("Outcome", "What was made of it. Not stated: the review is open."),
    ] = "not stated"
    on: Annotated[str | None, says("Considered on", "When that was settled.")] = None
    led_to: Annotated[
        str | None, refers_to("plan", title="Led to", description="The plan made in its stead.")
    ] = None


class Plan(Fact, frozen=True, kw_only=True):
    """A plan, strategy or assessment: one version of it. Another version is another plan."""

    kind = "plan"
    plural = "plans"

    name: Annotated[str, says("Name", "Its title, or what people call it.", min_length=1)]
    type: Annotated[PlanType, says("Kind of plan", "What sort of plan it is.")] = "not stated"
    stage: Annotated[Stage, says("Stage", "How far it has come, by its source.")] = "not stated"
    version: Annotated[str, says("Version", "Such as first draft, or 2025/26.")] = ""
    owner: Annotated[
        str | None, refers_to("body", title="Owner", description="Who answers for it.")
    ] = None
    owner_printed: Annotated[str, says("Owner, as printed", "Where it is nobody on record.")] = ""
    authors: Annotated[
        tuple[Annotated[str, refers_to("body", title="Author", description="Who makes it.")], ...],
        says("Authors", "Who makes it, together if there are several."),
    ] = ()
    areas: Annotated[
        tuple[Annotated[str, refers_to("area", title="For", description="Whose plan it is.")], ...],
        says("For", "The areas it is for."),
    ] = ()
    period: Annotated[str | None, says("Period", "The years it covers, such as 2020 to 2025.")] = (
        None
    )
    year: Annotated[
        str | None,
        says("First financial year", "Such as 2023/24. Empty: it is not made for one."),
    ] = None
    law: Annotated[str, says("Legal basis", "The Act and section, where the source names it.")] = ""
    may_change: Annotated[
        str, says("May change because", "Such as a Bill that was not yet law.")
    ] = ""
    document: Annotated[
        str | None, refers_to("document", title="Document", description="The plan as published.")
    ] = None
    prepared: Annotated[str | None, says("Prepared on", "When it was ready.")] = None
    agreed: Annotated[str | None, says("Agreed on", "When it was agreed.")] = None
    agreed_by: Annotated[
        tuple[
            Annotated[
                str, refers_to("decision", title="Decision", description="By which it was agreed.")
            ],
            ...,
        ],
        says("Agreed by", "The decisions that agreed it."),
    ] = ()
    published: Annotated[str | None, says("Published on", "When anybody could read it.")] = None
    replaces: Annotated[
        str | None,
        refers_to("plan", title="In place of", description="The version or plan before it."),
    ] = None
    significant: Annotated[
        bool | None,
        says("Significant change", "Of a revision, as its authors judged. Empty: not recorded."),
    ] = None
    builds_on: Annotated[
        tuple[Link, ...], says("Builds on", "The plans that it follows from.")
    ] = ()
    bears_on: Annotated[
        tuple[Bearing, ...], says("Bears on", "Whose work it determines, informs or frames.")
    ] = ()
    heads: Annotated[tuple[Head, ...], says("Content", "What it must deal with.")] = ()
    pooling: Annotated[
        str, says("Pooling considered", "Whether needs are better met by shared budgets, and why.")
    ] = ""
    guidance: Annotated[
        tuple[
            Annotated[
                str, refers_to("document", title="Guidance", description="National guidance.")
            ],
            ...,
        ],
        says("Guidance", "The mandate and guidance that its authors had regard to."),
    ] = ()
    views: Annotated[tuple[View, ...], says("Views", "What was said in consultation.")] = ()
    reviews: Annotated[
        tuple[Review, ...], says("Reviews", "Each time something new asked for another look.")
    ] = ()
    review_due: Annotated[str | None, says("To be reviewed", "By when.")] = None
    copies: Annotated[tuple[Copy, ...], says("Copies given to", "Who was given it, and when.")] = ()
    mental_health: Annotated[
        int | None, says("Spent on mental health", "Of an annual report, in whole pence.")
    ] = None
    spent: Annotated[int | None, says("Spent in all", "Of an annual report, in whole pence.")] = (
        None
    )
    explained: Annotated[
        str, says("Explanation", "Of the share spent on mental health, as the report gives it.")
    ] = ""

    def sentence(self, name: Name) -> str:
        whose = self.owner_printed or (name(self.owner) if self.owner else "")
        of = f" of {whose}" if whose else ""
        stage = "" if self.stage == "not stated" else f", {self.stage}"
        what = "plan" if self.type == "not stated" else self.type
        return f"{self.name}: {what}{of}{stage}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(
            self.year, self.period, self.prepared, self.agreed, self.published, self.review_due
        )
        yield from date_faults(*(each.on for each in self.copies))
        yield from _backwards(self.period)
        if not all(each.who or each.who_printed for each in self.bears_on):
            yield "Say whose work it bears on: a body on record, or who as printed."
        for each in self.reviews:
            yield from date_faults(each.received, each.on)
            yield from too_early("considered", each.on, "received", each.received)
        yield from too_early("published", self.published, "prepared", self.prepared)
        yield from _spending_faults(self)
        yield from _unhad(self)

    def faults_as(self, own: str) -> Iterator[str]:
        yield from Fact.faults_as(self, own)
        if own in {each.plan for each in self.builds_on} or self.replaces == own:
            yield "A plan neither builds on itself nor replaces itself. Name the other plan."
        if own in {each.because_of for each in self.reviews}:
            yield "A plan is not reviewed because of itself. Name what was new."


def too_early(later: str, then: str | None, earlier: str, first: str | None) -> Iterator[str]:
    """A sentence if one stated date lies wholly before another that must come first."""
    if then is None or first is None or any(date_faults(then, first)):
        return
    if period(then)[1] <= period(first)[0]:
        yield f"It was {later} ({in_words(then)}) before it was {earlier} ({in_words(first)})."


def _backwards(stated: str | None) -> Iterator[str]:
    if stated is not None and not any(date_faults(stated)):
        first, end = period(stated)
        if end <= first:
            yield f"The period {stated} ends before it starts."


def _spending_faults(plan: Plan) -> Iterator[str]:
    if plan.mental_health is None and plan.spent is None:
        return
    if plan.type != "annual report":
        yield "What was spent belongs to an annual report."
    if min(plan.mental_health or 0, plan.spent or 0) < 0:
        yield "What was spent is nought pence or more."
    if (
        plan.mental_health is not None
        and plan.spent is not None
        and plan.spent < plan.mental_health
    ):
        yield "More was spent on mental health than in all."


def _unhad(plan: Plan) -> Iterator[str]:
    names = [head.name for head in plan.heads]
    if len(set(names)) < len(names):
        yield "One head of content stands in it twice."
    if plan.stage in {"intended", "in preparation"} and plan.published:
        yield f"It is {plan.stage}, yet has a day on which it was published."
