"""Tables of who has which part in milestones, of groups for a task, and of what was learnt."""

from collections.abc import Iterable

from commonweal.plans.delivery import Stands
from commonweal.plans.milestones import Part
from commonweal.plans.sisters import elsewhere
from commonweal.plans.taking_part import Shares, shared_out, task_groups
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words
from commonweal_site.meetings.laid_out import Cell, Grid, grid
from commonweal_site.record.presenting import Link, link_to
from commonweal_site.words import capital

from .milestone_words import dates, standing_in_words

_COLUMNS: tuple[tuple[str, tuple[Part, ...]], ...] = (
    ("Does it", ("does it",)),
    ("Agrees to it", ("agrees to it",)),
    ("Consulted or told", ("is consulted", "is told")),
    ("Takes part", ("takes part",)),
)


def responsibilities(snapshot: Snapshot, found: Iterable[Stands]) -> Grid:
    """Who answers for each milestone, does it, agrees to it, is consulted or told.

    A part that nobody has in any of them has no column.
    """
    every = shared_out(found)
    shown = [
        (head, parts) for head, parts in _COLUMNS
        if any(each.at[part] for each in every for part in parts)
    ]  # fmt: skip
    return grid(
        "Who has which part",
        ("Milestone", "Answers for it", *(head for head, _ in shown)),
        (
            (
                Link(each.stands.fact.name, f"/{each.stands.name}"), _owner(snapshot, each.stands),
                *(_takers(snapshot, each, parts) for _, parts in shown),
            )
            for each in every
        ),
        intro="Milestones in which others than the owner have a part on record. One body answers "
        "for a milestone, however many do it.",
    )  # fmt: skip


def _owner(snapshot: Snapshot, each: Stands) -> Cell:
    fact = each.fact
    return link_to(snapshot, fact.owner) if fact.owner else fact.owner_printed or None


def _takers(snapshot: Snapshot, each: Shares, parts: tuple[Part, ...]) -> Cell:
    made = tuple(
        link_to(snapshot, taker.who, taker.printed) if taker.who else Link(taker.printed)
        for part in parts for taker in each.at[part]
    )  # fmt: skip
    return made or "Nobody on record"


def groups(snapshot: Snapshot, system: str) -> Grid:
    """The task and finish groups of a system: for what, under whom, until when."""
    return grid(
        "Groups set up for a task", ("Group", "How it stands", "Its task", "Reports to", "Ends"),
        (
            (
                Link(each.fact.name, f"/{each.name}"), capital(each.life),
                tuple(Link(f"{e.fact.name} ({_stands(e)})", f"/{e.name}") for e in each.task)
                or None,
                tuple(link_to(snapshot, body) for body in each.fact.parents) or None,
                day_in_words(each.ends) if each.ends else "No end is recorded",
            )
            for each in task_groups(snapshot, system)
        ),
        intro="A group for a task ends when the task does. One past its task, or without an end, "
        "is one to ask about.",
    )  # fmt: skip


def _stands(each: Stands) -> str:
    return standing_in_words(each).partition(" (")[0].lower()


def learnt(snapshot: Snapshot, found: Iterable[Stands], title: str) -> Grid:
    """What was learnt on the way to milestones, and who can say how."""
    return grid(
        title, ("What was learnt", "At", "Whom to ask"),
        (
            (
                each.fact.learning, Link(each.fact.name, f"/{each.name}"),
                link_to(snapshot, each.fact.ask) if each.fact.ask else None,
            )
            for each in found if each.fact.learning
        ),
    )  # fmt: skip


def others_at(snapshot: Snapshot, each: Stands) -> Grid:
    """The same milestone in other bodies, and what they learnt. By name: nobody is ranked."""
    return grid(
        "The same milestone elsewhere", ("Milestone", "Due", "How it stands", "What was learnt"),
        (
            (
                Link(other.fact.name, f"/{other.name}"), dates(other), standing_in_words(other),
                other.fact.learning or None,
            )
            for other in elsewhere(snapshot, each.name, each.fact)
        ),
        intro="In the order of their names. Nobody is ranked.",
    )  # fmt: skip
