"""Who may decide on what the day before a change of bodies, and on the day itself."""

from collections.abc import Collection
from typing import NamedTuple

from commonweal.authority.facts import Delegation, Power
from commonweal.bodies.facts import Body
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import stands

from .drill import Drill, goes_on, successors


class Right(NamedTuple):
    """A function in which somebody who ends has a part: everybody who may act on it, then and now.

    before  on the day before
    after   on the day, as on record; those left out who end, whether the record says so or not
    """

    function: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def rights(found: Drill, before: Snapshot, after: Snapshot) -> tuple[Right, ...]:
    """Each function that somebody who ends may act on, by law or by delegation, by identifier."""
    heirs = {each for body in found.asked for each in successors(after, body)}
    systems = {each.split("/")[0] for each in (*found.asked, *heirs)}
    was, now = _acting(before, systems), _acting(after, systems)
    gone = {each for each in found.ending if not goes_on(found, after, each)}
    return tuple(
        Right(function, tuple(sorted(who)), tuple(sorted(now.get(function, set()) - gone)))
        for function, who in sorted(was.items()) if who & {*found.ending}
    )  # fmt: skip


def _acting(snapshot: Snapshot, systems: Collection[str]) -> dict[str, set[str]]:
    """Who of some systems may act on each function, by law or because it was given to them."""
    kinds: dict[str, list[str]] = {}
    for name, body in snapshot.all(Body).items():
        if name.split("/")[0] in systems and body.stage != "dissolved":
            kinds.setdefault(body.type, []).append(name)
    acting: dict[str, set[str]] = {}
    for power in snapshot.all(Power).values():
        named = [power.holder] if power.holder else kinds.get(power.every or "", [])
        own = {each for each in named if each.split("/")[0] in systems}
        if own and stands(power):
            acting.setdefault(power.function, set()).update(own)
    for given in snapshot.all(Delegation).values():
        if given.taker.split("/")[0] in systems and stands(given):
            acting.setdefault(given.function, set()).add(given.taker)
    return acting
