"""What may go wrong on the way to an objective, what has gone wrong, and who watches over it."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from msgspec import Struct

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says
from commonweal.record.when import period
from commonweal.record.wording import capital

HIGHEST = 25
"""The highest score: five for likelihood times five for impact."""

LIKELIHOOD = ("rare", "unlikely", "possible", "likely", "almost certain")
IMPACT = ("negligible", "minor", "moderate", "major", "severe")

_LINKED = (
    "body", "function", "fund", "budget", "assumption", "decision", "indicator", "milestone",
    "promise", "plan", "recommendation", "recovery-plan", "reconfiguration", "scenario",
)  # fmt: skip


class Score(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How likely it is, from 1 to 5, and how bad, from 1 to 5."""

    likelihood: Annotated[
        int, says("Likelihood", "From 1, rare, to 5, almost certain.", ge=1, le=5)
    ]
    impact: Annotated[int, says("Impact", "From 1, negligible, to 5, severe.", ge=1, le=5)]

    @property
    def worth(self) -> int:
        """Likelihood times impact, from 1 to 25."""
        return self.likelihood * self.impact

    def in_words(self) -> str:
        """The score and what it is made of.

        >>> Score(likelihood=4, impact=5).in_words()
        '20: likely (4) and severe (5)'
        """
        likely, bad = LIKELIHOOD[self.likelihood - 1], IMPACT[self.impact - 1]
        return f"{self.worth}: {likely} ({self.likelihood}) and {bad} ({self.impact})"


class Control(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Something already in place that makes it less likely or less bad."""

    what: Annotated[str, says("Control", "What is in place.", min_length=1)]
    shown_by: Annotated[
        str | None,
        refers_to("document", "evidence", "plan", "agreement", "instrument", title="Shown by",
                  description="Where it can be read."),
    ] = None  # fmt: skip


Line = Literal["first", "second", "third"]
"""Who looks: those who do the work; those in the body who oversee it; those outside it."""


class Assurance(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Somebody who looked whether the controls work, and when."""

    what: Annotated[str, says("Assurance", "Who looked at what.", min_length=1)]
    line: Annotated[
        Line,
        says("Line", "First: those who do the work. Second: the body’s own oversight. Third: "
             "somebody independent."),
    ]  # fmt: skip
    on: Annotated[str | None, says("Given on", "The day it was given. Empty: not stated.")] = None
    fresh_until: Annotated[
        str | None, says("Good until", "The last day on which it still counts. Empty: not stated.")
    ] = None
    found: Annotated[
        Literal["works", "works in part", "does not work", "not stated"],
        says("Found", "Whether the controls were found to work."),
    ] = "not stated"
    shown_by: Annotated[
        str | None,
        refers_to("document", "evidence", "item", "peer-challenge", "minutes", title="Shown by",
                  description="Where it can be read."),
    ] = None  # fmt: skip


class Treatment(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Something still to be done about it."""

    what: Annotated[str, says("Action", "What is to be done.", min_length=1)]
    by: Annotated[
        str | None,
        refers_to("body", "post", "seat", title="By", description="Who does it."),
    ] = None
    due: Annotated[str | None, says("Due", "By when. Empty: no day is stated.")] = None
    done: Annotated[str | None, says("Done", "When it was done. Empty: it is open.")] = None

    def open(self, on: date) -> bool:
        """Whether it was still to be done at the end of a day."""
        return self.done is None or period(self.done)[0] > on


class Concerns(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A body that a risk is of concern to."""

    body: Annotated[str, refers_to("body", title="Body", description="Whose concern it is.")]
    how: Annotated[
        Literal["directly", "may have an impact", "not stated"],
        says("How", "Its own business, or something that may affect it."),
    ] = "not stated"


class Reported(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A time at which somebody was told of it."""

    to: Annotated[str, refers_to("body", title="To", description="Who was told.")]
    on: Annotated[str, says("On", "When.")]
    item: Annotated[str | None, refers_to("item", "paper", title="Item", description="Where.")] = (
        None
    )


class Risk(Fact, frozen=True, kw_only=True):
    """Something that may keep an objective from being reached; each scoring is a version of it."""

    kind = "risk"
    plural = "risks"

    name: Annotated[str, says("Risk", "In a few words.", min_length=1)]
    held_by: Annotated[str, refers_to("body", title="Register of", description="Who keeps it.")]
    type: Annotated[
        Literal["strategic", "operational", "not stated"],
        says("Kind of risk", "Strategic: it bears on what the body is there to reach."),
    ] = "not stated"
    objective: Annotated[
        str | None,
        refers_to("plan-item", "plan", "indicator", title="Objective",
                  description="What it would keep from being reached."),
    ] = None  # fmt: skip
    objective_printed: Annotated[
        str, says("Objective as printed", "Where it is not on record.")
    ] = ""
    cause: Annotated[str | None, says("Because", "What brings it about.")] = None
    event: Annotated[str | None, says("What may happen", "The event itself.")] = None
    effect: Annotated[str | None, says("So that", "What would come of it.")] = None
    owner: Annotated[
        str | None,
        refers_to("post", "seat", "body", title="Owner", description="Who answers for it."),
    ] = None
    owner_printed: Annotated[str, says("Owner as printed", "Where it is not on record.")] = ""
    inherent: Annotated[Score | None, says("Without controls", "If nothing were in place.")] = None
    current: Annotated[Score | None, says("Now", "With the controls that are in place.")] = None
    target: Annotated[Score | None, says("Aim", "What it is to come down to.")] = None
    accepts: Annotated[
        int | None, says("Accepted up to", "The highest score its holder accepts, from 1 to 25.")
    ] = None
    appetite: Annotated[
        str, says("Appetite", "How much risk its holder accepts here, in its own words.")
    ] = ""
    controls: Annotated[tuple[Control, ...], says("Controls", "What is in place.")] = ()
    gaps: Annotated[tuple[str, ...], says("Gaps", "Where control or assurance is missing.")] = ()
    assurances: Annotated[
        tuple[Assurance, ...], says("Assurances", "Who looked whether the controls work.")
    ] = ()
    actions: Annotated[tuple[Treatment, ...], says("Actions", "What is still to be done.")] = ()
    concerns: Annotated[
        tuple[Concerns, ...], says("Of concern to", "Other bodies that it bears on.")
    ] = ()
    reported: Annotated[tuple[Reported, ...], says("Reported", "Who was told of it, when.")] = ()
    about: Annotated[
        tuple[Annotated[str, refers_to(*_LINKED, title="About", description="")], ...],
        says("About", "What on record it is about: money, decisions, measures, milestones."),
    ] = ()

    @property
    def over(self) -> bool | None:
        """Whether its score is above what its holder accepts; None if either is not on record."""
        if self.current is None or self.accepts is None:
            return None
        return self.current.worth > self.accepts

    def sentence(self, name: Name) -> str:
        score = f", now {self.current.in_words()}" if self.current else ", not scored"
        return f"{self.name}: a risk of {name(self.held_by)}{score}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        if self.accepts is not None and not 1 <= self.accepts <= HIGHEST:
            yield f"A score is from 1 to {HIGHEST}, but the one accepted is {self.accepts}."
        for each in self.assurances:
            yield from date_faults(each.on, each.fresh_until)
        for told in self.reported:
            yield from date_faults(told.on)
        for action in self.actions:
            yield from date_faults(action.due, action.done)


class Issue(Fact, frozen=True, kw_only=True):
    """Something that has gone wrong and is being put right."""

    kind = "issue"
    plural = "issues"

    name: Annotated[str, says("Issue", "What has gone wrong.", min_length=1)]
    held_by: Annotated[str, refers_to("body", title="Kept by", description="Who keeps it.")]
    owner: Annotated[
        str | None,
        refers_to("post", "seat", "body", title="Owner", description="Who answers for it."),
    ] = None
    raised: Annotated[str | None, says("Raised", "When it was first told.")] = None
    closed: Annotated[str | None, says("Closed", "When it was put right. Empty: open.")] = None
    effect: Annotated[str | None, says("Effect", "What came of it.")] = None
    found_by: Annotated[
        Literal["the body itself", "a partner", "a regulator", "the public", "not stated"],
        says("Found by", "Who noticed it first."),
    ] = "not stated"
    risk: Annotated[
        str | None, refers_to("risk", title="Risk", description="The risk that came true.")
    ] = None
    recovery: Annotated[
        str | None,
        refers_to("recovery-plan", title="Recovery plan", description="Where it is put right."),
    ] = None
    actions: Annotated[tuple[Treatment, ...], says("Actions", "What is done about it.")] = ()

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.raised, self.closed)
        for action in self.actions:
            yield from date_faults(action.due, action.done)


def in_three_parts(risk: Risk) -> str:
    """Cause, event and effect as one sentence.

    >>> in_three_parts(Risk(name="Heat", held_by="a/body/b", cause="summers are hotter",
    ...     event="wards overheat", effect="people are harmed"))
    'Because summers are hotter, it may be that wards overheat, so that people are harmed.'
    """
    if not risk.event:
        return "What may happen, why, and what would come of it is not recorded."
    because = f"because {risk.cause}, " if risk.cause else ""
    so_that = f", so that {risk.effect}" if risk.effect else ""
    return capital(f"{because}it may be that {risk.event}{so_that}.")
