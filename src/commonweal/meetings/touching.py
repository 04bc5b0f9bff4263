"""Which interests of those who were there may touch an item: by the words the two share.

A match is a hint for the clerk, never a finding: people judge whether an interest is one.
"""

import re
from typing import NamedTuple

from commonweal.bodies.boards import members
from commonweal.bodies.facts import Interest
from commonweal.record.snapshot import Snapshot

from .agenda import meeting_of, on_the_day, papers_for, seats_filled
from .facts import AgendaItem

_SHORTEST = 4
_SAID_OF_ALL = frozenset(
    "nhs trust board care health services service integrated system example the and for with from "
    "community foundation company employed relative works there declared member members".split()
)
"""Words that so many organisations and items share that they tell nothing."""


class Match(NamedTuple):
    """One interest of somebody there, and the words it shares with an item (none: no hint)."""

    seat: str
    interest: str
    words: tuple[str, ...]


def interests_at(snapshot: Snapshot, item: str) -> tuple[Match, ...]:
    """The registered interests of those who were there for an item, likely ones first.

    Before anybody is down as having come, those of every seat of the body are given.
    """
    meeting, held, _ = meeting_of(snapshot, item)
    then = on_the_day(snapshot, held) or snapshot
    seats = tuple(seats_filled(snapshot, meeting)) or _seats_of(then, held.body)
    about = _words_of_item(snapshot, item)
    found = [
        Match(seat, name, tuple(sorted(_words(_of(each)) & about)))
        for seat in seats
        for name, each in sorted(then.referring(seat, Interest))
        if each.of == seat
    ]
    return tuple(sorted(found, key=lambda match: (-len(match.words), match.seat, match.interest)))


def _seats_of(snapshot: Snapshot, body: str) -> tuple[str, ...]:
    return tuple(sitting.name for sitting in members(snapshot, body))


def _of(interest: Interest) -> str:
    return f"{interest.organisation} {interest.nature or ''} {interest.action or ''}"


def _words_of_item(snapshot: Snapshot, item: str) -> set[str]:
    fact = snapshot.fact(item)
    if not isinstance(fact, AgendaItem):
        return set()
    papers = " ".join(snapshot.name(paper.document) for _, paper in papers_for(snapshot, item))
    return _words(f"{fact.name} {fact.asked or ''} {papers}")


def _words(text: str) -> set[str]:
    """Words that tell something, without a plural's s."""
    found = {word.rstrip("s") for word in re.findall(r"[a-z]+", text.lower())}
    told = {word for word in found if len(word) >= _SHORTEST}
    return told - {word.rstrip("s") for word in _SAID_OF_ALL}
