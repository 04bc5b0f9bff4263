"""One matter from need to effect: what is tied to what, whichever room keeps it.

Only references are followed, so a kind of fact that a room adds is part of the story once it is
listed in `PARTS`. What many matters share, such as a whole plan or a function, is shown but not
passed through, or every matter would be one.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from commonweal.record.facts import Fact
from commonweal.record.identifiers import identifier
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import BEFORE_ALL, MalformedDate, period

from .items import PlanItem

PARTS: Mapping[str, tuple[str, ...]] = {
    "need": (),
    "plan": ("plan", "plan-item"),
    "engagement": ("engagement", "consultation", "question", "comment", "proposal"),
    "authority": ("function", "delegation", "reservation"),
    "decision": ("decision", "endorsement"),
    "money": (
        "fund", "funded-scheme", "agreement", "contribution", "budget", "capital-plan",
        "better-care-plan", "allocation", "reserve",
    ),
    "milestone": ("milestone", "programme", "action", "promise", "maturity-statement"),
    "outcome": ("indicator", "indicator-report", "scorecard", "scenario", "scenario-result"),
    "risk": ("risk", "issue", "recovery-plan", "evidence"),
    "scrutiny": (
        "review", "scrutiny-report", "recommendation", "scrutiny-request", "reconfiguration",
        "healthwatch-report", "healthwatch-referral", "call-in", "programme-item",
    ),
}  # fmt: skip
"""The parts of a story, in the order of the case, and the kinds of fact in each.

A need is an item of a plan that says so.
"""

JOINTS = frozenset({"regard", "item"})
"""Kinds that only tie others together: passed through, not shown, no step of the way."""

SHARED = frozenset(
    "plan programme scorecard function fund agreement budget better-care-plan scenario review "
    "capital-plan reservation delegation maturity-statement".split()
)
"""Kinds that many matters share: where a story ends, unless it begins there."""

_PART_OF = {kind: part for part, kinds in PARTS.items() for kind in kinds}
_DATES = (
    "when", "published", "opens", "requested", "made", "raised", "on", "agreed", "prepared",
    "began",
)  # fmt: skip


class Touch(NamedTuple):
    """Something that belongs to the same matter.

    steps    how many links away it is, joints not counted
    through  what lies between, from where one began
    """

    entity: str
    part: str
    steps: int
    through: tuple[str, ...]


class Chapter(NamedTuple):
    """One thing of a story, on its day; None where no day is on record."""

    on: date | None
    touch: Touch


def part_of(entity: str, fact: Fact | None) -> str | None:
    """Which part of a story an entity is; None for what is none, such as a body or an area."""
    if isinstance(fact, PlanItem) and fact.type == "need":
        return "need"
    return _PART_OF.get(identifier(entity).kind)


REACH = 4
"""As many links away as a story reaches: two clicks of two links each."""


def touching(snapshot: Snapshot, entity: str, *, steps: int = REACH) -> tuple[Touch, ...]:
    """What belongs to the same matter, the nearest first.

    steps  as many links away as are followed
    """
    seen = {entity}
    found: list[Touch] = []
    edge: list[tuple[str, tuple[str, ...]]] = [(entity, ())]
    for step in range(1, steps + 1):
        following: list[tuple[str, tuple[str, ...]]] = []
        for name, through in edge:
            for other in _beside(snapshot, name, seen):
                part = part_of(other, snapshot.get(other))
                if part:
                    found.append(Touch(other, part, step, through))
                if identifier(other).kind not in SHARED:
                    following.append((other, (*through, other)))
        edge = following
    return tuple(found)


def _beside(snapshot: Snapshot, entity: str, seen: set[str]) -> Iterator[str]:
    """What an entity names or is named by, joints passed through, each only once."""
    waiting = [entity]
    while waiting:
        for other in sorted(set(_tied(snapshot, waiting.pop(0))) - seen):
            seen.add(other)
            if identifier(other).kind in JOINTS:
                waiting.append(other)
            else:
                yield other


def _tied(snapshot: Snapshot, entity: str) -> Iterator[str]:
    fact = snapshot.get(entity)
    if fact is None:
        return
    for reference in snapshot.vocabulary.kind_of(entity).references(fact):
        if _counts(reference.entity) and snapshot.get(reference.entity):
            yield reference.entity
    for kind in snapshot.vocabulary:
        if kind.name in _PART_OF or kind.name in JOINTS:
            yield from (name for name, _ in snapshot.referring(entity, kind.type))


def _counts(entity: str) -> bool:
    kind = identifier(entity).kind
    return kind in _PART_OF or kind in JOINTS


def by_part(found: tuple[Touch, ...]) -> dict[str, list[Touch]]:
    """Touches by part, in the order of a case; parts of which nothing is on record are empty."""
    return {part: [each for each in found if each.part == part] for part in PARTS}


# --- the story in order ---------------------------------------------------------------------------


def story(snapshot: Snapshot, entity: str, *, steps: int = REACH) -> tuple[Chapter, ...]:
    """The whole matter in order of date, what began it among it; undated things last."""
    own = part_of(entity, snapshot.get(entity))
    found = touching(snapshot, entity, steps=steps)
    every = (*((Touch(entity, own, 0, ()),) if own else ()), *found)
    chapters = [Chapter(day_of(snapshot, each.entity), each) for each in every]
    order = list(PARTS)
    return tuple(
        sorted(
            chapters, key=lambda c: (c.on or date.max, order.index(c.touch.part), c.touch.entity)
        )
    )


def day_of(snapshot: Snapshot, entity: str) -> date | None:
    """The day that something states, else the first on which it holds, if one is known."""
    fact = snapshot.get(entity)
    for field in _DATES:
        stated = getattr(fact, field, None)
        if isinstance(stated, str) and stated:
            try:
                return period(stated)[0]
            except MalformedDate:
                continue
    held = snapshot.held(entity)
    return held.first_day if held and held.first_day != BEFORE_ALL else None
