"""The rest of a matter beside any fact of it: from each part the others are a click or two away."""

from typing import NamedTuple

from commonweal.plans.stories import by_part, part_of, touching
from commonweal.record.identifiers import identifier
from commonweal.record.snapshot import Snapshot
from commonweal_site.record.presenting import Link, link_to

TITLES = {
    "need": "The need",
    "plan": "In the plans",
    "engagement": "What people said",
    "authority": "By what authority",
    "decision": "Decisions",
    "money": "Money",
    "milestone": "Milestones and actions",
    "outcome": "Outcomes",
    "risk": "Risks",
    "scrutiny": "Scrutiny",
}
_MOST = 4
"""More than so many of one part are left to the whole story."""


class Beside(NamedTuple):
    """The parts of a matter that are on record, and those of which nothing is.

    parts   a title, links to the nearest, and how many more there are
    absent  the titles of the other parts
    """

    story: str
    parts: tuple[tuple[str, tuple[Link, ...], int], ...]
    absent: tuple[str, ...]


def beside(snapshot: Snapshot, entity: str) -> Beside | None:
    """What belongs to the same matter as a fact, and what is not recorded of it.

    None for what is no part of a matter, such as a body.
    """
    own = part_of(entity, snapshot.get(entity))
    if own is None:
        return None
    parts = by_part(touching(snapshot, entity))
    shown = tuple(
        (
            TITLES[part],
            tuple(link_to(snapshot, each.entity) for each in found[:_MOST]),
            max(len(found) - _MOST, 0),
        )
        for part, found in parts.items()
        if found
    )
    absent = tuple(TITLES[part] for part, found in parts.items() if not found and part != own)
    return Beside(story_of(entity), shown, absent)


def story_of(entity: str) -> str:
    """Where the whole story of a fact is told."""
    system, kind, slug = identifier(entity)
    return f"/{system}/case/{kind}/{slug}/"
