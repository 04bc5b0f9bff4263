"""Milestones: what is to be reached, by whom and by when, as precisely as a source says."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, NamedTuple

from msgspec import Struct

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says
from commonweal.record.when import BEFORE_ALL, OPEN, MalformedDate, in_words, period

Firm = Literal["in", "by", "by the end of", "from"]
"""How a source ties a milestone to its date."""

State = Literal["not recorded", "not begun", "under way", "late", "reached", "dropped"]
"""How a milestone stands by a source. Not recorded: no source says."""

Part = Literal["does it", "agrees to it", "is consulted", "is told", "takes part"]
"""What somebody has to do with a milestone besides its owner, who answers for it."""

_FIRM = says("Tied to it", "In; by; by the end of; or from that date on.")
_WAITED_FOR = ("milestone", "document", "event", "order", "decision", "instrument", "proposal")


class Window(NamedTuple):
    """The days on which a milestone may fall, half-open; open ends are the calendar's own."""

    first: date
    end: date


class Replanned(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A date that a milestone had before."""

    was: Annotated[str, says("Was", "The earlier date, as precisely as stated.")]
    was_firm: Annotated[Firm, _FIRM] = "in"
    on: Annotated[str, says("Moved on", "When the date was moved, or first known to have moved.")]
    why: Annotated[str, says("Why", "The reason stated. Empty: not recorded.")] = ""

    def faults(self) -> Iterator[str]:
        yield from date_faults(self.was, self.on)


class WaitsFor(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What must come first."""

    what: Annotated[
        str | None,
        refers_to(*_WAITED_FOR, title="On record", description="What must come first."),
    ] = None
    printed: Annotated[str, says("In words", "The same in words, or where it is not a fact.")] = ""
    expected: Annotated[
        str | None, says("Expected", "When it is to come, as stated with the milestone.")
    ] = None


class Taker(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Somebody with a part in a milestone besides its owner."""

    who: Annotated[
        str | None,
        refers_to("body", "post", "area", title="Who", description="On record."),
    ] = None
    printed: Annotated[str, says("As printed", "Who, where they are not on record.")] = ""
    part: Annotated[Part, says("Part", "What they have to do with it.")] = "takes part"


class Milestone(Fact, frozen=True, kw_only=True):
    """Something that is to be reached, by whom and by when."""

    kind = "milestone"
    plural = "milestones"

    name: Annotated[str, says("What", "What is to be reached.", min_length=1)]
    when: Annotated[
        str | None,
        says("When", "As precisely as stated, such as 2021/22 Q4. Empty: no date is stated."),
    ] = None
    firm: Annotated[Firm, _FIRM] = "in"
    owner: Annotated[
        str | None,
        refers_to("body", "post", "area", title="Owner", description="Who answers for it."),
    ] = None
    owner_printed: Annotated[str, says("Owner as printed", "Where it is not on record.")] = ""
    others: Annotated[tuple[Taker, ...], says("Others", "Who else has a part in it.")] = ()
    about: Annotated[
        tuple[Annotated[str, refers_to("area", "body", title="Of", description="")], ...],
        says("About", "The areas and bodies it is to change."),
    ] = ()
    programmes: Annotated[
        tuple[Annotated[str, refers_to("programme", title="Of", description="")], ...],
        says("Programmes", "What it is a part of."),
    ] = ()
    wider: Annotated[
        str | None,
        refers_to(
            "milestone",
            title="Wider milestone",
            description="The national or shared milestone of which this is one body’s own.",
        ),
    ] = None
    deliverables: Annotated[tuple[str, ...], says("Deliverables", "What is to be there then.")] = ()
    waits_for: Annotated[
        tuple[WaitsFor, ...], says("Waits for", "What must come first, a law included.")
    ] = ()
    event: Annotated[
        str | None,
        refers_to("event", title="Event", description="The planned event that is the same thing."),
    ] = None
    reached: Annotated[State, says("How it stands", "As a source states it.")] = "not recorded"
    reached_on: Annotated[
        str | None, says("As at", "The day it was reached, or of which the source speaks.")
    ] = None
    evidence: Annotated[str, says("Evidence", "What shows it, in words.")] = ""
    shown_by: Annotated[
        tuple[Annotated[str, refers_to("document", title="Paper", description="")], ...],
        says("Shown by", "Documents that show how it stands."),
    ] = ()
    replanned: Annotated[
        tuple[Replanned, ...], says("Earlier dates", "The dates it had before, the first first.")
    ] = ()
    learning: Annotated[str, says("Learning", "What others can take from it.")] = ""
    ask: Annotated[
        str | None,
        refers_to("body", "post", title="Whom to ask", description="Who can say how it was done."),
    ] = None

    def sentence(self, name: Name) -> str:
        who = self.owner_printed or (name(self.owner) if self.owner else "owner not recorded")
        return f"{self.name}: {due_in_words(self.when, self.firm)} ({who})."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.when, self.reached_on)
        for each in self.replanned:
            yield from each.faults()
        for wait in self.waits_for:
            yield from self._waiting_faults(wait)
        if self.reached == "not recorded" and (self.reached_on or self.evidence):
            yield "A date or evidence is given, yet not how the milestone stands. Say which it is."
        if self.reached != "not recorded" and not self.reached_on:
            yield f"It is said to be {self.reached}. Give the day of which that is true."

    def _waiting_faults(self, wait: WaitsFor) -> Iterator[str]:
        if not wait.what and not wait.printed:
            yield "It waits for something that is not named. Name it, or leave the line out."
        if wait.expected is None:
            return
        yield from date_faults(wait.expected)
        try:
            first, end = period(wait.expected)[0], window(self.when, self.firm).end
        except MalformedDate:
            return  # said already
        if end <= first:
            due, after = due_in_words(self.when, self.firm), in_words(wait.expected)
            yield (
                f"It is due {due}, before what it waits for, which is expected in {after}. "
                "Move one of the two dates, or leave out what it waits for."
            )


def window(when: str | None, firm: Firm) -> Window:
    """The days on which a milestone may fall.

    "By April 2020" can mean by its first day or by its last. It is over only when neither can
    be meant, so "by" and "by the end of" end alike.
    """
    if when is None:
        return Window(BEFORE_ALL, OPEN)
    first, end = period(when)
    if firm == "in":
        return Window(first, end)
    return Window(first, OPEN) if firm == "from" else Window(BEFORE_ALL, end)


def due_in_words(when: str | None, firm: Firm) -> str:
    """When a milestone falls, no more precisely than it was stated.

    >>> due_in_words("2018-09", "by the end of"), due_in_words("2022-04-01", "in")
    ('by the end of September 2018', 'on 1 April 2022')
    """
    if when is None:
        return "no date is stated"
    first, end = period(when)
    if firm == "in":
        return f"{'on' if (end - first).days == 1 else 'in'} {in_words(when)}"
    return f"{firm} {in_words(when)}"


def date_known(milestone: Milestone, day: date) -> tuple[str | None, Firm]:
    """The date that a milestone had on a day, before it was moved or after."""
    for each in milestone.replanned:
        if period(each.on)[0] > day:
            return each.was, each.was_firm
    return milestone.when, milestone.firm
