"""Changes of bodies that are on record: what really passed on, and what was left behind."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from commonweal.bodies.facts import Body
from commonweal.record.naming import Succession
from commonweal.record.snapshot import Snapshot

from .drill import Drill, Lost, drill, homes, successors


class Change(NamedTuple):
    """The bodies that ended on a day, each with those that took its place."""

    on: date
    bodies: Mapping[str, tuple[str, ...]]

    @property
    def heirs(self) -> tuple[str, ...]:
        """Everybody that took the place of any."""
        return tuple(sorted({heir for heirs in self.bodies.values() for heir in heirs}))


class Replay(NamedTuple):
    """What became of what a body that ended had.

    passed  with a home on record; ended, with nothing in its place; still, naming who has ended
    """

    body: str
    heirs: tuple[str, ...]
    passed: tuple[Lost, ...]
    ended: tuple[Lost, ...]
    still: tuple[Lost, ...]


def changes_on_record(snapshot: Snapshot, *, invented: bool = False) -> tuple[Change, ...]:
    """Every day on which a body ended and another took its place, the latest first.

    invented  those of invented systems, instead of the real
    """
    by_day: dict[date, dict[str, tuple[str, ...]]] = {}
    for name, passed in snapshot.all(Succession).items():
        held = snapshot.held(name)
        made_up = name.split("/")[0] in snapshot.invented
        if "/body/" in passed.before and held is not None and made_up == invented:
            bodies = by_day.setdefault(held.first_day, {})
            bodies[passed.before] = (*bodies.get(passed.before, ()), passed.after)
    return tuple(Change(day, by_day[day]) for day in sorted(by_day, reverse=True))


def replayed(before: Snapshot, after: Snapshot, *, invented: bool = False) -> tuple[Replay, ...]:
    """What became of what the bodies had that ended on a day, by body.

    before, after  the record on the day before and on the day
    invented       those of invented systems, instead of the real
    """
    was, now = before.all(Body), after.all(Body)
    ended = [
        name for name in was
        if name not in now and successors(after, name)
        and (name.split("/")[0] in after.invented) == invented
    ]  # fmt: skip
    if not ended:
        return ()
    found = drill(before, ended, after.as_at, after=after)
    housed = homes(found, after)
    return tuple(_replay(after, each, found, housed) for each in found.asked)


def _replay(after: Snapshot, body: str, found: Drill, housed: Mapping[Lost, str]) -> Replay:
    own = [each for each in found.wanting if each.body == body]
    bare = [each for each in own if each not in housed]
    return Replay(
        body, successors(after, body), tuple(each for each in own if each in housed),
        tuple(each for each in bare if each.ends), tuple(each for each in bare if not each.ends),
    )  # fmt: skip
