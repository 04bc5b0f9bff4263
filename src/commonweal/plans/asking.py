"""Who was asked about a plan, what they said, and what was done about it."""

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Struct

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says
from commonweal.record.when import in_words

from .facts import too_early

Opinion = Literal[
    "takes proper account", "does not take proper account", "in part", "no opinion given",
    "not stated",
]  # fmt: skip
"""What a health and wellbeing board said: whether a draft takes account of its strategy."""


class Consultation(Fact, frozen=True, kw_only=True):
    """Asking one body, or the public, about one version of a plan; and the reply."""

    kind = "consultation"
    plural = "consultations"

    plan: Annotated[
        str, refers_to("plan", title="Plan", description="The version that was put to them.")
    ]
    who: Annotated[
        str | None, refers_to("body", title="Who", description="The body that was asked.")
    ] = None
    who_printed: Annotated[
        str, says("Who, as printed", "Such as the public, where it is no body on record.")
    ] = ""
    type: Annotated[
        Literal[
            "health and wellbeing board", "local Healthwatch", "council", "NHS body",
            "voluntary sector", "staff", "public", "other", "not stated",
        ],
        says("As what", "On what footing they were asked."),
    ] = "not stated"  # fmt: skip
    opens: Annotated[str | None, says("From", "When they were asked, or it opened.")] = None
    closes: Annotated[str | None, says("Until", "The last day for a reply.")] = None
    strategies: Annotated[
        tuple[
            Annotated[
                str, refers_to("plan", title="Strategy", description="A strategy asked about.")
            ],
            ...,
        ],
        says("Whether it takes account of", "The strategies that the question was about."),
    ] = ()
    answered: Annotated[str | None, says("Answered on", "Empty: no answer is on record.")] = None
    opinion: Annotated[
        Opinion, says("Opinion", "Whether the draft takes proper account of the strategy.")
    ] = "not stated"
    words: Annotated[str, says("What was said", "In short.")] = ""
    told_england: Annotated[
        str | None, says("NHS England told on", "If they gave it their opinion too.")
    ] = None
    told_authors: Annotated[
        str | None, says("Authors told of that on", "When they said that they had.")
    ] = None
    led_to: Annotated[
        str | None,
        refers_to("plan", title="Led to", description="The next draft, made because of it."),
    ] = None
    answer: Annotated[str, says("What came of it", "What the authors did about it.")] = ""
    how_to: Annotated[
        str, says("How to take part", "For anybody who wishes to reply while it is open.")
    ] = ""
    address: Annotated[str | None, says("Web address", "Where to take part.")] = None

    def _who(self, name: Name) -> str:
        return self.who_printed or (name(self.who) if self.who else "Somebody")

    def label(self, name: Name) -> str:
        return f"{self._who(name)} on {name(self.plan)}"

    def sentence(self, name: Name) -> str:
        when = f" from {in_words(self.opens)}" if self.opens else ""
        asked = f"{self._who(name)} was asked about {name(self.plan)}{when}"
        if self.answered is None:
            return f"{asked}; no answer is on record."
        opinion = "" if self.opinion == "not stated" else f": {self.opinion}"
        return f"{asked}, and answered ({in_words(self.answered)}){opinion}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(
            self.opens, self.closes, self.answered, self.told_england, self.told_authors
        )
        if not (self.who or self.who_printed):
            yield "Say who was asked: a body on record, or who as printed."
        yield from too_early("closed", self.closes, "opened", self.opens)
        yield from too_early("answered", self.answered, "asked", self.opens)
        yield from too_early("told to NHS England", self.told_england, "asked", self.opens)
        if self.opinion not in {"not stated", "no opinion given"} and self.answered is None:
            yield "An opinion has a day on which it was given. Say when it was answered."
        if self.led_to == self.plan:
            yield "A draft does not lead to itself. Name the next draft."


class Heard(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One thing that people said, and what was done about it."""

    said: Annotated[str, says("You said", "What was said, in short.", min_length=1)]
    did: Annotated[
        str, says("We did", "What was done, or why not. Empty: nothing is on record.")
    ] = ""
    through: Annotated[
        str | None,
        refers_to(
            "plan", "plan-item", "decision", "action", "promise", "milestone",
            title="Through", description="The plan, decision or action by which it was done.",
        ),
    ] = None  # fmt: skip
    by: Annotated[str | None, says("Done on", "When, or by when.")] = None


class Engagement(Fact, frozen=True, kw_only=True):
    """Listening to people: who was asked, when and how, what they said, what was done about it."""

    kind = "engagement"
    plural = "engagements"

    name: Annotated[str, says("What", "What it was, in a few words.", min_length=1)]
    type: Annotated[
        Literal[
            "workshop", "event", "survey", "interviews", "focus group", "drop-in", "outreach",
            "meeting", "working together", "planned", "not stated",
        ],
        says("How", "Working together: people and services made it jointly."),
    ] = "not stated"  # fmt: skip
    by: Annotated[str | None, refers_to("body", title="Held by", description="Who asked.")] = None
    by_printed: Annotated[str, says("Held by, as printed", "Where it is nobody on record.")] = ""
    when: Annotated[str | None, says("When", "As precisely as the source says.")] = None
    who: Annotated[
        tuple[Annotated[str, refers_to("body", title="Who", description="A body that came.")], ...],
        says("Who", "The bodies that were asked."),
    ] = ()
    who_printed: Annotated[
        tuple[str, ...], says("Who, as printed", "Others who were asked, in words.")
    ] = ()
    people: Annotated[int | None, says("How many", "People, if they were counted.")] = None
    topic: Annotated[str, says("About", "What they were asked about.")] = ""
    about: Annotated[
        tuple[Annotated[str, refers_to(title="Bears on", description="What it bore on.")], ...],
        says("Bears on", "The plans, decisions or services that it was about."),
    ] = ()
    areas: Annotated[
        tuple[Annotated[str, refers_to("area", title="Where", description="Where.")], ...],
        says("Where", "The areas whose people were asked."),
    ] = ()
    made_easy: Annotated[
        str, says("Made easy by", "Times, places, transport, plain words, other languages.")
    ] = ""
    not_reached: Annotated[
        tuple[str, ...], says("Not reached", "Who was meant to be asked and was not, in words.")
    ] = ()
    message: Annotated[
        str | None,
        refers_to("document", title="What they were told", description="The words put to them."),
    ] = None
    message_version: Annotated[
        str, says("Which version", "Of what they were told, and whose words they were.")
    ] = ""
    heard: Annotated[tuple[Heard, ...], says("Heard", "What was said and done.")] = ()

    def sentence(self, name: Name) -> str:
        who = self.by_printed or (name(self.by) if self.by else "")
        when = f", {in_words(self.when)}" if self.when else ""
        return f"{self.name}{f', held by {who}' if who else ''}{when}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.when, *(each.by for each in self.heard))
        if self.people is not None and self.people < 0:
            yield "A number of people is nought or more."
        for each in self.heard:
            yield from too_early("acted on", each.by, "held", self.when)
            if each.through and not each.did:
                yield "Say what was done, beside the decision or plan through which it was."
