"""What was said: questions with their answers, views, and promises."""

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Struct

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says


class Answer(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What one person replied to a question."""

    by: Annotated[
        str | None,
        refers_to("seat", "post", "body", title="Answered by", description="Who answered."),
    ] = None
    by_printed: Annotated[
        str | None, says("Answered by, as printed", "The role, where it is nobody on record.")
    ] = None
    text: Annotated[str, says("Answer", "What was replied, in our words.", min_length=1)]
    data: Annotated[tuple[str, ...], says("Figures", "Figures quoted in it, each in words.")] = ()


class Question(Fact, frozen=True, kw_only=True):
    """A question put at a meeting, and what was answered."""

    kind = "question"
    plural = "questions"

    name: Annotated[str, says("About", "What it is about, in a few words.", min_length=1)]
    item: Annotated[str, refers_to("item", title="Item", description="Where it was asked.")]
    asked_by: Annotated[
        str | None,
        refers_to("seat", "post", "body", title="Asked by", description="Who asked."),
    ] = None
    asked_by_printed: Annotated[
        str | None, says("Asked by, as printed", "The role, where it is nobody on record.")
    ] = None
    text: Annotated[str, says("Question", "What was asked, in our words.", min_length=1)]
    data: Annotated[
        tuple[str, ...], says("Figures", "Figures quoted in the question, each in words.")
    ] = ()
    answers: Annotated[
        tuple[Answer, ...], says("Answers", "What was replied. Empty: no answer is on record.")
    ] = ()
    topics: Annotated[tuple[str, ...], says("Topics", "What people would look it up under.")] = ()

    def sentence(self, name: Name) -> str:
        who = self.asked_by_printed or (name(self.asked_by) if self.asked_by else "Somebody")
        return f"{who} asked: {self.text}"

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        if not (self.asked_by or self.asked_by_printed):
            yield "Say who asked: a seat or post on record, or the role as printed."
        if any(not (answer.by or answer.by_printed) for answer in self.answers):
            yield "Say of each answer who gave it."


class Comment(Fact, frozen=True, kw_only=True):
    """A view or report given at a meeting. It is no decision."""

    kind = "comment"
    plural = "comments"

    name: Annotated[str, says("About", "What it is about, in a few words.", min_length=1)]
    item: Annotated[str, refers_to("item", title="Item", description="Where it was said.")]
    by: Annotated[
        str | None,
        refers_to("seat", "post", "body", title="Said by", description="Who said it."),
    ] = None
    by_printed: Annotated[
        str | None, says("Said by, as printed", "The role, where it is nobody on record.")
    ] = None
    text: Annotated[str, says("What", "What was said, in our words.", min_length=1)]
    data: Annotated[tuple[str, ...], says("Figures", "Figures quoted in it, each in words.")] = ()
    topics: Annotated[tuple[str, ...], says("Topics", "What people would look it up under.")] = ()

    def sentence(self, name: Name) -> str:
        who = self.by_printed or (name(self.by) if self.by else "Somebody")
        return f"{who} said: {self.text}"

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        if not (self.by or self.by_printed):
            yield "Say who said it: a seat or post on record, or the role as printed."


class Promise(Fact, frozen=True, kw_only=True):
    """What somebody offered, undertook or was reported to be about to do."""

    kind = "promise"
    plural = "promises"

    name: Annotated[str, says("What", "What was promised, in our words.", min_length=1)]
    item: Annotated[str, refers_to("item", title="Item", description="Where it was promised.")]
    by: Annotated[
        str | None,
        refers_to("seat", "post", "body", title="Promised by", description="Who promised it."),
    ] = None
    by_printed: Annotated[
        str | None, says("Promised by, as printed", "The role, where it is nobody on record.")
    ] = None
    question: Annotated[
        str | None,
        refers_to("question", title="In answer to", description="The question it answers."),
    ] = None
    due: Annotated[str | None, says("By when", "Empty: no day was given.")] = None
    type: Annotated[
        Literal["offer", "undertaking", "plan"],
        says("How firm", "An offer, an undertaking, or only a plan that was told."),
    ] = "undertaking"
    kept: Annotated[
        Literal["kept", "not kept", "withdrawn", "not stated"],
        says("Kept", "Whether it was kept, as far as is on record."),
    ] = "not stated"
    kept_on: Annotated[str | None, says("Kept on", "When it was kept.")] = None
    evidence: Annotated[str | None, says("Evidence", "What shows that it was kept or not.")] = None

    def sentence(self, name: Name) -> str:
        who = self.by_printed or (name(self.by) if self.by else "Somebody")
        return f"{who} promised: {self.name}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.due, self.kept_on)
        if not (self.by or self.by_printed):
            yield "Say who promised it: a seat or post on record, or the role as printed."
