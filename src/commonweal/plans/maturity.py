"""The matrix of maturity: what is to be in place, where, by when, and what was found there."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct

from commonweal.record.facts import Fact, Name, date_faults, share_faults
from commonweal.record.identifiers import refers_to, says
from commonweal.record.when import in_words, period

from .milestones import Firm, Replanned, due_in_words

Found = Literal["met", "partly met", "not met", "does not apply"]
"""What an assessment found. Where there is no assessment nothing is recorded: that is no 'not'."""

_Count = Annotated[int, Meta(ge=0)]
_KEY = r"[a-z0-9]+(-[a-z0-9]+)*"


class Heading(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A subject that statements are sorted under."""

    key: Annotated[str, says("Key", "Short name that statements use.", pattern=_KEY)]
    name: Annotated[str, says("Name", "As a person reads it.", min_length=1)]


class Horizon(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A time by which statements are to hold."""

    key: Annotated[str, says("Key", "Short name that statements use.", pattern=_KEY)]
    when: Annotated[str, says("When", "As stated, such as 2018-10 to 2019-03.")]
    firm: Annotated[Firm, says("Tied to it", "In, by, by the end of, from.")] = "in"

    @property
    def name(self) -> str:
        """As a person reads it."""
        return due_in_words(self.when, self.firm)


class Unit(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Something that is assessed: an area or a body."""

    who: Annotated[str, refers_to("area", "body", title="Unit", description="What is assessed.")]
    under: Annotated[
        str | None,
        refers_to("area", "body", title="Under", description="The unit above that it counts for."),
    ] = None


class Level(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A level of the system with the units that are assessed there, each alone."""

    key: Annotated[str, says("Key", "Short name that statements use.", pattern=_KEY)]
    name: Annotated[str, says("Name", "The units in words, such as Clusters.", min_length=1)]
    units: Annotated[tuple[Unit, ...], says("Units", "Each is assessed on every statement.")] = ()


class MaturityMatrix(Fact, frozen=True, kw_only=True):
    """A matrix of statements: levels of a system, subjects, and times."""

    kind = "maturity-matrix"
    plural = "maturity matrices"

    name: Annotated[str, says("Name", "What it is called.", min_length=1)]
    about: Annotated[
        str, refers_to("area", "body", title="Of", description="Whose progress it is to show.")
    ]
    levels: Annotated[tuple[Level, ...], says("Levels", "From the smallest units up.")]
    domains: Annotated[tuple[Heading, ...], says("Subjects", "In the order of the source.")]
    horizons: Annotated[tuple[Horizon, ...], says("Times", "The first first.")]

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(*(each.when for each in self.horizons))
        for told, keys in (
            ("levels", [each.key for each in self.levels]),
            ("subjects", [each.key for each in self.domains]),
            ("times", [each.key for each in self.horizons]),
        ):
            if len(set(keys)) < len(keys):
                yield f"Two of its {told} have the same key: {', '.join(keys)}."


class Threshold(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A share at which a statement is met, which is worked out and not judged."""

    share: Annotated[Decimal, says("Share", "From 0 to 1: 0.5 is half.")]
    of: Annotated[
        Literal["components", "units"],
        says("Of", "Components that a unit has in place; or units of another level under it."),
    ]
    level: Annotated[str, says("Level", "Whose units count, where units do.")] = ""
    horizon: Annotated[
        str, says("Time", "A unit counts when it meets every statement of this time.")
    ] = ""


class MaturityStatement(Fact, frozen=True, kw_only=True):
    """One thing that is to be in place in every unit of a level by a time."""

    kind = "maturity-statement"
    plural = "maturity statements"

    name: Annotated[str, says("Statement", "What is to be in place.", min_length=1)]
    matrix: Annotated[
        str, refers_to("maturity-matrix", title="Matrix", description="Where it stands.")
    ]
    level: Annotated[str, says("Level", "The key of its level.", pattern=_KEY)]
    domain: Annotated[str, says("Subject", "The key of its subject.", pattern=_KEY)]
    horizon: Annotated[str, says("Time", "The key of its time.", pattern=_KEY)]
    number: Annotated[_Count, says("Number", "Its place among those of one cell, from 1.")] = 1
    threshold: Annotated[
        Threshold | None, says("Threshold", "Where a share decides. Empty: it is judged.")
    ] = None

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        if self.threshold:
            yield from share_faults(self.threshold.share)
            if self.threshold.of == "units" and not self.threshold.level:
                yield "Its threshold counts units. Say those of which level."


class Evidence(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What shows that a finding is right."""

    words: Annotated[str, says("What it shows", "In a few words.", min_length=1)]
    document: Annotated[
        str | None, refers_to("document", title="Document", description="Where it can be read.")
    ] = None
    at: Annotated[str, says("Where in it", "Page, paragraph or heading.")] = ""


class Challenge(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Somebody's doubt about a finding, and what came of it."""

    by: Annotated[
        str | None,
        refers_to("body", "post", "area", title="By", description="Who challenged it."),
    ] = None
    by_printed: Annotated[str, says("By, as printed", "Where they are not on record.")] = ""
    on: Annotated[str, says("Day", "When.")]
    says: Annotated[str, says("Says", "What is doubted, in a sentence.", min_length=1)]
    answer: Annotated[str, says("Answer", "What was answered. Empty: nothing yet.")] = ""
    outcome: Annotated[
        Literal["open", "upheld", "not upheld"], says("Outcome", "What came of it.")
    ] = "open"


class MaturityAssessment(Fact, frozen=True, kw_only=True):
    """What was found in one unit on one statement: on what evidence, by whom, when."""

    kind = "maturity-assessment"
    plural = "maturity assessments"

    statement: Annotated[
        str,
        refers_to("maturity-statement", title="Statement", description="What was looked for."),
    ]
    unit: Annotated[str, refers_to("area", "body", title="Unit", description="Where.")]
    found: Annotated[Found, says("Found", "What was found there.")]
    on: Annotated[str, says("Assessed on", "The day of which the finding is true.")]
    components_there: Annotated[
        _Count | None, says("Components in place", "Where the statement counts components.")
    ] = None
    components: Annotated[_Count | None, says("Components in all", "How many there are to be.")] = (
        None
    )
    evidence: Annotated[
        tuple[Evidence, ...], says("Evidence", "What shows it. Empty: none is given.")
    ] = ()
    by: Annotated[
        str | None,
        refers_to("body", "post", "area", title="Assessed by", description="Who found it."),
    ] = None
    by_printed: Annotated[str, says("Assessed by, as printed", "Where not on record.")] = ""
    challenges: Annotated[
        tuple[Challenge, ...], says("Challenges", "Doubts raised and what came of them.")
    ] = ()
    expected: Annotated[
        str | None, says("Expected", "When it is now to be met, if it is not yet.")
    ] = None
    expected_firm: Annotated[Firm, says("Tied to it", "In, by, by the end of, from.")] = "by"
    replanned: Annotated[
        tuple[Replanned, ...], says("Earlier dates", "Dates expected before, the first first.")
    ] = ()
    learning: Annotated[str, says("Learning", "What others can take from it.")] = ""
    ask: Annotated[
        str | None,
        refers_to("body", "post", title="Whom to ask", description="Who can say how it was done."),
    ] = None

    @property
    def challenged(self) -> bool:
        """Whether a doubt about it is still open."""
        return any(each.outcome == "open" for each in self.challenges)

    def label(self, name: Name) -> str:
        return f"{name(self.unit)}: {name(self.statement)}"

    def sentence(self, name: Name) -> str:
        return f"{self.label(name)}: {self.found} ({in_words(self.on)})."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        dates = (self.on, self.expected, *(each.on for each in self.challenges))
        unread = list(date_faults(*dates))
        yield from unread
        for each in self.replanned:
            yield from each.faults()
        if not unread:
            yield from self._challenge_faults()
        there, whole = self.components_there, self.components
        if (there is None) != (whole is None):
            yield "Give both how many components there are in all and how many are in place."
        elif there is not None and whole is not None and there > whole:
            yield f"{there} components are in place, but there are only {whole} in all."
        if self.found == "met" and self.expected:
            yield "It is met, so nothing more is expected. Leave out when it is expected."

    def _challenge_faults(self) -> Iterator[str]:
        for each in self.challenges:
            if period(each.on)[1] <= period(self.on)[0]:
                yield (
                    f"It was challenged in {in_words(each.on)}, before it was assessed in "
                    f"{in_words(self.on)}. Correct one of the two days."
                )
            if each.outcome != "open" and not each.answer:
                yield f"A challenge is {each.outcome}, yet no answer is given. Say what it was."
