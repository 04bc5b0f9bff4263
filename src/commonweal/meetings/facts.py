"""Meetings as sources announce and report them."""

from collections.abc import Iterator
from typing import Annotated, Literal

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says
from commonweal.record.when import in_words


class Meeting(Fact, frozen=True, kw_only=True):
    """A meeting of a body: announced, held or only said to be."""

    kind = "meeting"
    plural = "meetings"

    body: Annotated[str, refers_to("body", title="Meeting of", description="Who meets.")]
    when: Annotated[str, says("Day", "The day, such as 2022-12-12.")]
    time: Annotated[str | None, says("Time", "When it starts, such as 13:30.")] = None
    date_printed: Annotated[
        str | None, says("Date as printed", "The date with its weekday, as the source prints it.")
    ] = None
    venue: Annotated[str | None, says("Venue", "Where.")] = None
    type: Annotated[
        Literal["announced", "held", "not evidenced"],
        says(
            "Evidence",
            "Announced ahead; held, by minutes or report; or announced but never evidenced.",
        ),
    ] = "announced"
    public: Annotated[
        bool | None, says("In public", "Whether the public may attend. Empty: not stated.")
    ] = None
    excluded_because: Annotated[
        str | None, says("Public excluded because", "The reason in the resolution.")
    ] = None
    notice: Annotated[str | None, says("Notice given on", "The day public notice was given.")] = (
        None
    )
    convened: Annotated[
        str | None, says("Convened on", "The day it was called, if after the notice was due.")
    ] = None
    items: Annotated[tuple[str, ...], says("Items", "What was on the agenda, in our words.")] = ()
    apologies: Annotated[
        tuple[str, ...], says("Apologies", "Who sent apologies, by public role.")
    ] = ()

    def label(self, name: Name) -> str:
        return f"{name(self.body)}, {in_words(self.when)}"

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.when, self.notice, self.convened)
