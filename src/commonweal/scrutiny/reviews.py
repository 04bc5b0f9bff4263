"""What committees look into: reviews, their work programme, and what they ask bodies for."""

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Struct

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says
from commonweal.statute.days import out_of_order

Principle = Literal[
    "outcome focused", "balanced", "inclusive", "collaborative", "evidence informed"
]
"""How scrutiny should work: Department of Health and Social Care, principles of July 2022."""

Scope = Literal["place", "system", "place and system", "not stated"]

PRINCIPLES: tuple[Principle, ...] = (
    "outcome focused", "balanced", "inclusive", "collaborative", "evidence informed",
)  # fmt: skip


class Tested(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One of the five principles, and how the work keeps to it."""

    principle: Annotated[Principle, says("Principle", "One of the five.")]
    how: Annotated[str, says("How", "What shows that it was kept to, or what fell short.")]


class Evidence(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Something the committee took into account."""

    what: Annotated[str, says("What", "In a few words.", min_length=1)]
    type: Annotated[
        Literal[
            "Healthwatch referral", "Healthwatch report", "paper of a body", "answers given",
            "experience of people", "visit", "figures", "other",
        ],
        says("Kind of evidence", "Where it comes from."),
    ] = "other"  # fmt: skip
    seen_in: Annotated[
        str | None,
        refers_to(
            "document", "healthwatch-report", "healthwatch-referral", "item", "question",
            "indicator", title="On record as", description="Where it can be read.",
        ),
    ] = None  # fmt: skip
    tested: Annotated[str, says("Tested against", "What it was set beside, if anything.")] = ""


class Effects(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The committee's own reckoning of risks, effects and impacts, before it takes a matter up."""

    some: Annotated[str | None, says("On some people", "Effects on particular groups.")] = None
    everybody: Annotated[str | None, says("On everybody", "Effects on all who live there.")] = None
    colleagues: Annotated[
        str | None, says("From health colleagues", "What those who run services said of it.")
    ] = None


class Review(Fact, frozen=True, kw_only=True):
    """A matter of health services that a committee looks into."""

    kind = "review"
    plural = "reviews"

    name: Annotated[str, says("Matter", "What is looked into.", min_length=1)]
    by: Annotated[str, refers_to("body", title="By", description="The committee.")]
    type: Annotated[
        Literal["review", "one item", "monitoring", "budget", "working group", "not stated"],
        says("Form", "How the committee goes about it."),
    ] = "not stated"
    scope: Annotated[Scope, says("Scope", "Services of a place, or of the whole system.")] = (
        "not stated"
    )
    began: Annotated[str | None, says("Began", "When it was begun.")] = None
    ended: Annotated[str | None, says("Ended", "When it was closed. Empty: still open.")] = None
    terms: Annotated[str | None, says("Terms", "What is to be found out.")] = None
    about: Annotated[
        tuple[
            Annotated[
                str,
                refers_to(
                    "body", "decision", "function", "indicator", "fund", "reconfiguration",
                    title="About", description="A body, decision or service it looks into.",
                ),
            ],
            ...,
        ],
        says("About", "What on record it looks into."),
    ] = ()  # fmt: skip
    invited: Annotated[
        tuple[
            Annotated[
                str, refers_to("body", "post", "seat", title="Invited", description="Who was.")
            ],
            ...,
        ],
        says("Invited to comment", "Interested parties on record that were asked for views."),
    ] = ()
    invited_printed: Annotated[
        tuple[str, ...], says("Also invited", "Interested parties as printed.")
    ] = ()
    considered: Annotated[
        tuple[Evidence, ...], says("Taken into account", "Evidence, Healthwatch’s above all.")
    ] = ()
    principles: Annotated[
        tuple[Tested, ...], says("Principles", "How the work keeps to the five principles.")
    ] = ()
    effects: Annotated[
        Effects | None, says("Risks and effects", "The committee’s own assessment.")
    ] = None
    items: Annotated[
        tuple[
            Annotated[str, refers_to("item", title="Item", description="Where it was taken.")], ...
        ],
        says("Items", "Where it was taken at meetings."),
    ] = ()

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from out_of_order(("It began", self.began), ("It ended", self.ended))
        named = [each.principle for each in self.principles]
        for twice in sorted({each for each in named if named.count(each) > 1}):
            yield f"The principle ‘{twice}’ is there twice. Say it once."


class ProgrammeItem(Fact, frozen=True, kw_only=True):
    """Something a committee means to take up: an entry of its work programme."""

    kind = "programme-item"
    plural = "work programme items"

    name: Annotated[str, says("What", "What is to be taken up.", min_length=1)]
    by: Annotated[str, refers_to("body", title="By", description="The committee.")]
    when: Annotated[
        str | None, says("When", "The meeting or time it is planned for. Empty: not set.")
    ] = None
    type: Annotated[
        Literal["looks ahead", "answers a concern", "follows up", "not stated"],
        says("Why now", "Looking ahead, answering a concern, or following up."),
    ] = "not stated"
    scope: Annotated[Scope, says("Scope", "Services of a place, or of the whole system.")] = (
        "not stated"
    )
    principles: Annotated[
        tuple[Principle, ...], says("Principles", "Those of the five that it serves most.")
    ] = ()
    effects: Annotated[
        Effects | None, says("Risks and effects", "The committee’s own assessment.")
    ] = None
    state: Annotated[
        Literal["draft", "planned", "taken", "dropped"],
        says("State", "Draft, agreed, taken at a meeting, or dropped."),
    ] = "planned"
    comes_from: Annotated[
        tuple[
            Annotated[
                str,
                refers_to(
                    "promise", "action", "recommendation", "healthwatch-report",
                    "healthwatch-referral", "reconfiguration", "question", "item",
                    title="Comes from", description="What it follows up.",
                ),
            ],
            ...,
        ],
        says("Comes from", "The promise, recommendation or referral that it follows up."),
    ] = ()  # fmt: skip
    taken_at: Annotated[
        str | None,
        refers_to("item", "meeting", title="Taken at", description="Where it was taken."),
    ] = None

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.when)


class ScrutinyRequest(Fact, frozen=True, kw_only=True):
    """Information that a committee requires of a body, or people it requires to come and answer."""

    kind = "scrutiny-request"
    plural = "scrutiny requests"

    name: Annotated[str, says("What", "What is asked for.", min_length=1)]
    by: Annotated[str, refers_to("body", title="Asked by", description="The committee.")]
    of: Annotated[
        str | None, refers_to("body", title="Asked of", description="Who has to answer.")
    ] = None
    of_printed: Annotated[
        str | None, says("Asked of, as printed", "The body, where it is not on record.")
    ] = None
    type: Annotated[
        Literal["information", "attendance"],
        says("Kind of request", "To give information, or to come and answer questions."),
    ] = "information"
    asked: Annotated[str | None, says("Asked on", "The day of the request.")] = None
    purpose: Annotated[str | None, says("What for", "Why the committee needs it for its work.")] = (
        None
    )
    review: Annotated[
        str | None,
        refers_to("review", "reconfiguration", title="For", description="What it is part of."),
    ] = None
    item: Annotated[
        str | None, refers_to("item", title="Item", description="Where it was asked.")
    ] = None
    reply_by: Annotated[
        str | None, says("Answer wanted by", "The day the committee named; the law sets none.")
    ] = None
    privacy: Annotated[
        Literal[
            "names nobody", "made anonymous", "with their consent", "identifies people",
            "not stated",
        ],
        says("People in it", "Confidential facts on a person may not be given as they are."),
    ] = "not stated"  # fmt: skip
    who: Annotated[
        tuple[
            Annotated[str, refers_to("post", "seat", title="Who", description="Who is to come.")],
            ...,
        ],
        says("Who is to come", "Members or employees, non-executives among them."),
    ] = ()
    attend_on: Annotated[str | None, says("To come on", "The day they are to come.")] = None
    attended: Annotated[bool | None, says("Came", "Whether they came. Empty: not recorded.")] = None
    answered: Annotated[str | None, says("Answered on", "The day of the answer.")] = None
    answer: Annotated[str | None, says("Answer", "What was answered, in our words.")] = None
    document: Annotated[
        str | None, refers_to("document", title="Document", description="The answer itself.")
    ] = None
    refused: Annotated[str | None, says("Refused on", "The day it was refused.")] = None
    refused_because: Annotated[
        str | None, says("Refused because", "The reason that was given.")
    ] = None
    instead: Annotated[
        str | None, says("Offered instead", "What the body offered in its place.")
    ] = None

    def asked_of(self, name: Name) -> str:
        return self.of_printed or (name(self.of) if self.of else "nobody on record")

    def sentence(self, name: Name) -> str:
        return f"{name(self.by)} asked {self.asked_of(name)} for: {self.name}."

    def faults(self) -> Iterator[str]:
        # A day that cannot be read is compared several times, but said once.
        yield from dict.fromkeys(self._every_fault())

    def _every_fault(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from out_of_order(
            ("It was asked for", self.asked),
            ("An answer was wanted", self.reply_by),
            ("It was answered", self.answered),
            ("It was refused", self.refused),
            ("They were to come", self.attend_on),
        )
        if not (self.of or self.of_printed):
            yield "Say of whom it was asked: a body on record, or as printed."
        if self.refused and not self.refused_because:
            yield "A refusal gives its reason: say why it was refused."
        if self.type == "information" and (self.who or self.attend_on):
            yield "People come to answer only where attendance is asked for. Change the kind."
