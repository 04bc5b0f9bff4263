"""Papers that answer what reviewers ask, kept once and used often, with the day they go stale."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from msgspec import Struct

from commonweal.record.facts import Fact, date_faults
from commonweal.record.identifiers import refers_to, says
from commonweal.record.when import period

Asker = Literal["Care Quality Commission", "NHS England", "scrutiny", "audit"]

COMMISSION = ("leadership", "integration", "quality and safety")
"""What assessments of systems look at first: Health and Social Care Act 2008, section 46B."""


class Answers(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A question that a piece of evidence answers."""

    asker: Annotated[Asker, says("Asked by", "Who asks.")]
    theme: Annotated[str, says("Theme", "What about, in the asker’s words.", min_length=1)]


class Evidence(Fact, frozen=True, kw_only=True):
    """A paper or figure that shows something, and until when it does."""

    kind = "evidence"
    plural = "pieces of evidence"

    name: Annotated[str, says("Evidence", "What it is.", min_length=1)]
    shows: Annotated[str | None, says("Shows", "What it shows, in one sentence.")] = None
    answers: Annotated[
        tuple[Answers, ...], says("Answers", "Whose questions it answers, on which theme.")
    ] = ()
    owner: Annotated[
        str | None,
        refers_to("post", "seat", "body", title="Owner", description="Who keeps it up to date."),
    ] = None
    on: Annotated[str | None, says("As at", "The day of which it speaks.")] = None
    fresh_until: Annotated[
        str | None, says("Good until", "The last day on which it still counts. Empty: not stated.")
    ] = None
    document: Annotated[
        str | None, refers_to("document", title="Paper", description="Where it can be read.")
    ] = None
    about: Annotated[
        tuple[
            Annotated[
                str,
                refers_to("body", "function", "indicator", "decision", "plan", "fund", "milestone",
                          "peer-challenge", "recovery-plan", title="About", description=""),
            ],
            ...,
        ],
        says("About", "What on record it is about."),
    ] = ()  # fmt: skip

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.on, self.fresh_until)
        for each in self.answers:
            if each.asker == "Care Quality Commission" and each.theme not in COMMISSION:
                named = ", ".join(COMMISSION)
                yield f"The Care Quality Commission has no theme ‘{each.theme}’; it has {named}."


def stale(fresh_until: str | None, on: date) -> bool | None:
    """Whether something no longer counts on a day; None where no last day is stated."""
    return None if fresh_until is None else period(fresh_until)[1] <= on
