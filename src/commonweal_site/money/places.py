"""Which places have money on record that can be followed, and where that is shown."""

from commonweal.areas.facts import Area
from commonweal.bodies.facts import Body
from commonweal.money.allocations import Allocation
from commonweal.money.funds import Fund
from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot

WORD = "where-the-money-goes"
"""The last part of the address at which the money of a place or of its board is followed."""

_NOT_A_PLACE = frozenset({"system", "region", "country"})


@remembered
def followed(snapshot: Snapshot) -> frozenset[str]:
    """The areas with a fund, or a body to which something was passed on; never a whole system."""
    takers = {fact.taker for fact in snapshot.all(Allocation).values()}
    found = takers | {fact.area for fact in snapshot.all(Fund).values() if fact.area}
    for name in takers:
        body = snapshot.get(name)
        found |= set(body.areas) if isinstance(body, Body) else set()
    return frozenset(name for name in found if _is_place(snapshot, name))


def _is_place(snapshot: Snapshot, name: str) -> bool:
    fact = snapshot.get(name)
    return isinstance(fact, Area) and fact.type not in _NOT_A_PLACE


def places_of(snapshot: Snapshot, name: str) -> list[str]:
    """The places of an area or a body whose money can be followed: itself, or those it serves."""
    fact = snapshot.get(name)
    asked = fact.areas if isinstance(fact, Body) else (name,)
    return [each for each in asked if each in followed(snapshot)]


def where(snapshot: Snapshot, name: str) -> str:
    """Where the money of an area or body is followed; empty if there is none to follow."""
    return f"/{name}/{WORD}/" if places_of(snapshot, name) else ""
