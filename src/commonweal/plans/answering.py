"""Answer once, use often: what a small provider has answered, kept for whoever asks next."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from msgspec import Struct

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says
from commonweal.record.when import in_words, period

from .facts import too_early


class Asking(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One request that the answer serves."""

    by: Annotated[str | None, refers_to("body", title="Asked by", description="Who asked.")] = None
    by_printed: Annotated[str, says("Asked by, as printed", "Where it is nobody on record.")] = ""
    when: Annotated[str | None, says("Asked on", "When. Empty: the day is not recorded.")] = None


class StandingAnswer(Fact, frozen=True, kw_only=True):
    """An answer given once, which serves every later request for the same while it is fresh."""

    kind = "standing-answer"
    plural = "standing answers"

    name: Annotated[str, says("About", "What it answers, in a few words.", min_length=1)]
    by: Annotated[
        str | None, refers_to("body", title="Answered by", description="Who answers.")
    ] = None
    by_printed: Annotated[str, says("Answered by, as printed", "Where it is nobody on record.")] = (
        ""
    )
    text: Annotated[str, says("Answer", "In full.", min_length=1)]
    given: Annotated[str | None, says("Given on", "When it was given or last looked at.")] = None
    fresh_until: Annotated[
        str | None, says("Fresh until", "The last day on which it may be used. Empty: not stated.")
    ] = None
    asked: Annotated[tuple[Asking, ...], says("Asked", "The requests that it serves.")] = ()

    def sentence(self, name: Name) -> str:
        who = self.by_printed or (name(self.by) if self.by else "Somebody")
        given = f" on {in_words(self.given)}" if self.given else ""
        return f"{who} answered{given} on {self.name[:1].lower()}{self.name[1:]}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.given, self.fresh_until, *(each.when for each in self.asked))
        if not (self.by or self.by_printed):
            yield "Say who answers: a body on record, or who as printed."
        yield from too_early("to be used for the last time", self.fresh_until, "given", self.given)


def is_fresh(answer: StandingAnswer, on: date) -> bool | None:
    """Whether an answer may still be used on a day; None where no last day is stated."""
    if answer.fresh_until is None:
        return None
    return on < period(answer.fresh_until)[1]


def spared(answer: StandingAnswer) -> int:
    """How many requests needed no new answer: every one after the first."""
    return max(len(answer.asked) - 1, 0)
