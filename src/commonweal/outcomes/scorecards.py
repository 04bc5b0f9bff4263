"""Indicators counted by how they stand, and the share of them that does well, out of how many."""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from msgspec import Struct

from commonweal.record.facts import Fact, date_faults
from commonweal.record.identifiers import refers_to, says

from .indicators import State

COMPARED: frozenset[State] = frozenset({"improved", "similar", "improved or similar", "declined"})
"""States that rest on a new figure."""

DOES_WELL: frozenset[State] = frozenset({"improved", "similar", "improved or similar"})


class Tally(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How many indicators are in a state."""

    state: Annotated[State, says("State", "How they stand.")]
    number: Annotated[int, says("Number", "How many.", ge=0)]
    of_which: Annotated[str, says("Of which", "A part that the source counts by itself.")] = ""


class Scorecard(Fact, frozen=True, kw_only=True):
    """Indicators of a framework, counted by state, as somebody reported them."""

    kind = "scorecard"
    plural = "scorecards"

    name: Annotated[str, says("Name", "The framework.", min_length=1)]
    holder: Annotated[str, refers_to("body", title="Of", description="Whose framework it is.")]
    reported: Annotated[str, says("Reported", "The period it speaks of.")]
    total: Annotated[int, says("Indicators", "How many there are, as stated.", ge=0)]
    tallies: Annotated[tuple[Tally, ...], says("By state", "How many in each.", min_length=1)]
    awaiting: Annotated[str, says("Why not updated", "What the source says of it.")] = ""

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.reported)
        states = [each.state for each in self.tallies]
        if len(set(states)) < len(states):
            yield "A state is counted twice. Give each state once."
        if (counted := sum(each.number for each in self.tallies)) != self.total:
            yield f"The states add to {counted}, but there are said to be {self.total} indicators."


class Share(NamedTuple):
    """How many do well, of how many that can be told, and of how many there are."""

    well: int
    told: int
    total: int

    @property
    def percent(self) -> float | None:
        """Of those that can be told; None where none can."""
        return 100 * self.well / self.told if self.told else None

    def in_words(self) -> str:
        """With both denominators, since one alone misleads.

        >>> Share(33, 39, 56).in_words()
        '33 of the 39 with a new figure improved or stayed similar (84.6%); 17 of 56 have none'
        """
        if self.percent is None:
            return f"None of the {self.total} has a new figure"
        told = f"{self.well} of the {self.told} with a new figure improved or stayed similar"
        rest = f"{self.total - self.told} of {self.total} have none"
        return f"{told} ({self.percent:.1f}%); {rest}"


def share_doing_well(card: Scorecard) -> Share:
    """Counts what improved or stayed similar among those with a new figure.

    An indicator without one is in neither number: to leave it out of the denominator in silence
    would flatter, to leave it in would blame.
    """
    well = sum(each.number for each in card.tallies if each.state in DOES_WELL)
    told = sum(each.number for each in card.tallies if each.state in COMPARED)
    return Share(well, told, card.total)
