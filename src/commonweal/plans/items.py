"""What stands in a plan, and whether it was borne in mind when something was made or decided."""

from collections.abc import Iterator
from typing import Annotated, Literal

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says

from .facts import Purpose


class PlanItem(Fact, frozen=True, kw_only=True):
    """One thing that a plan says: a need found, a priority, an objective, something to be done."""

    kind = "plan-item"
    plural = "plan items"

    plan: Annotated[str, refers_to("plan", title="Plan", description="Where it stands.")]
    number: Annotated[str, says("Number", "As printed.")] = ""
    name: Annotated[str, says("What", "What it says, in our words.", min_length=1)]
    type: Annotated[
        Literal[
            "need", "priority", "objective", "action", "principle", "expectation", "benefit",
            "not stated",
        ],
        says("Sort", "A need is found; a priority chosen; an objective reached; an action done."),
    ] = "not stated"  # fmt: skip
    audience: Annotated[
        str, says("For whom", "Of a benefit: such as communities, or the system itself.")
    ] = ""
    purposes: Annotated[
        tuple[Purpose, ...],
        says("Purposes", "Which of the four purposes of a system it serves."),
    ] = ()
    answers: Annotated[
        tuple[
            Annotated[
                str, refers_to("plan-item", title="Answers", description="What it follows from.")
            ],
            ...,
        ],
        says("Answers", "The needs or priorities of other plans that it answers."),
    ] = ()
    owner: Annotated[
        str | None,
        refers_to("body", "post", "seat", title="Owner", description="Who answers for it."),
    ] = None
    areas: Annotated[
        tuple[Annotated[str, refers_to("area", title="Where", description="Where.")], ...],
        says("Where", "The areas it is for, if not all of the plan's."),
    ] = ()
    measures: Annotated[
        tuple[
            Annotated[
                str, refers_to("indicator", title="Measure", description="What would show it.")
            ],
            ...,
        ],
        says("Measures", "What would show that it was reached."),
    ] = ()
    money: Annotated[
        tuple[
            Annotated[
                str,
                refers_to(
                    "fund", "funded-scheme", "budget", "capital-plan", "better-care-plan",
                    title="Money", description="What pays for it.",
                ),
            ],
            ...,
        ],
        says("Money", "The funds, schemes and budgets that pay for it."),
    ] = ()  # fmt: skip
    milestones: Annotated[
        tuple[
            Annotated[
                str, refers_to("milestone", title="Milestone", description="A step on the way.")
            ],
            ...,
        ],
        says("Milestones", "The dated steps by which it is to be reached."),
    ] = ()
    by: Annotated[str | None, says("By when", "As precisely as the plan says.")] = None
    otherwise: Annotated[
        str, says("If nothing changes", "What would happen without it, as the plan puts it.")
    ] = ""

    def sentence(self, name: Name) -> str:
        return f"{name(self.plan)}: {self.name}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.by)
        if self.audience and self.type != "benefit":
            yield "For whom it is belongs to a benefit. Give areas, if it is for some of them."
        if len(set(self.purposes)) < len(self.purposes):
            yield "One purpose stands in it twice."

    def faults_as(self, own: str) -> Iterator[str]:
        yield from Fact.faults_as(self, own)
        if own in self.answers:
            yield "Nothing in a plan answers itself. Name the need or priority of the other plan."


class Regard(Fact, frozen=True, kw_only=True):
    """Whether a plan, or something in it, was borne in mind when another was made or decided.

    With neither how nor why not, the question is asked and not answered.
    """

    kind = "regard"
    plural = "notes of regard"

    plan: Annotated[
        str,
        refers_to("plan", title="Regard to", description="The plan that is to be borne in mind."),
    ]
    item: Annotated[
        str | None,
        refers_to("plan-item", title="Item", description="What in it. Empty: the plan as a whole."),
    ] = None
    by: Annotated[
        str,
        refers_to(
            "plan", "decision", title="By", description="The plan or decision that was made."
        ),
    ]
    how: Annotated[str, says("How", "What was made of it.")] = ""
    why_not: Annotated[str, says("Why not", "Why it was set aside, or is not relevant.")] = ""

    def label(self, name: Name) -> str:
        return f"{name(self.by)}: regard to {name(self.item or self.plan)}"

    def sentence(self, name: Name) -> str:
        said = self.how or (f"not taken up: {self.why_not}" if self.why_not else "not recorded")
        return f"{self.label(name)}: {said}".rstrip(".") + "."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        if self.by == self.plan:
            yield "A plan cannot have regard to itself. Name the other plan, or the decision."
        if self.how and self.why_not:
            yield "Say how it was taken up, or why not; not both."
