"""One milestone in many bodies: a wider milestone, and beside it what each body set itself.

Bodies come by name and never by how they do: whoever reads may see who is ahead, and nobody is
ranked.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

from commonweal.record.snapshot import Snapshot

from .delivery import Stands, last_day, stands
from .milestones import Milestone

Against = Literal["sooner", "the same time", "later", "no date to compare"]
"""When a body's own milestone falls, against the wider one."""


class Own(NamedTuple):
    """A body's own milestone.

    against  its date of the day against the wider one's
    """

    stands: Stands
    against: Against


class Shared(NamedTuple):
    """A wider milestone, and each body's own, by name."""

    wider: Stands
    own: tuple[Own, ...]


def shared(snapshot: Snapshot) -> list[Shared]:
    """Every wider milestone of which a body has its own, the soonest first."""
    under: dict[str, list[Stands]] = {}
    for name, fact in snapshot.all(Milestone).items():
        if fact.wider and fact.wider != name:
            under.setdefault(fact.wider, []).append(stands(name, fact, snapshot.as_at))
    every = snapshot.all(Milestone)
    found = [_beside(name, every[name], own, snapshot.as_at)
             for name, own in under.items() if name in every]  # fmt: skip
    return sorted(found, key=lambda each: (_last(each.wider) or date.max, each.wider.name))


def _beside(name: str, fact: Milestone, own: list[Stands], day: date) -> Shared:
    wider = stands(name, fact, day)
    return Shared(wider, tuple(Own(each, _against(each, wider)) for each in own))


def elsewhere(snapshot: Snapshot, name: str, fact: Milestone) -> list[Stands]:
    """The other milestones of the same wider one, or each body's own of this one, by name."""
    wider = fact.wider or name
    return [
        stands(own, each, snapshot.as_at)
        for own, each in snapshot.referring(wider, Milestone)
        if each.wider == wider and own not in {name, wider}
    ]


def _last(each: Stands) -> date | None:
    return last_day(each.when, each.firm)


def _against(own: Stands, wider: Stands) -> Against:
    """Two dates by the last day that each can mean."""
    ours, theirs = _last(own), _last(wider)
    if ours is None or theirs is None:
        return "no date to compare"
    if ours == theirs:
        return "the same time"
    return "sooner" if ours < theirs else "later"


def reached_by(own: Iterable[Own]) -> list[Own]:
    """Those that a source says were reached, in time or late."""
    return [each for each in own if each.stands.standing in {"reached", "reached late"}]
