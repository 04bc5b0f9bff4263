"""Where the scorecards of an area, or of the areas of a body, are."""

from commonweal.areas.facts import Area
from commonweal.bodies.facts import Body
from commonweal.outcomes.indicators import Indicator
from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot
from commonweal_site.record.presenting import Link

SCORED = frozenset({"system", "place", "neighbourhood", "cluster", "network", "council area"})
"""Types of area that have a scorecard worth leading to."""


@remembered
def systems_that_measure(snapshot: Snapshot) -> frozenset[str]:
    """Systems that have an indicator on record."""
    return frozenset(name.partition("/")[0] for name in snapshot.all(Indicator))


def scorecards_of(snapshot: Snapshot, name: str) -> tuple[Link, ...]:
    """The scorecards of an entity; none of a system without indicators."""
    if name.partition("/")[0] not in systems_that_measure(snapshot):
        return ()
    fact = snapshot.get(name)
    if isinstance(fact, Area):
        return (Link("How it does: its outcomes", f"/{name}/outcomes/"),) * (fact.type in SCORED)
    if not isinstance(fact, Body):
        return ()
    scored = [
        each
        for each in fact.areas
        if isinstance(area := snapshot.get(each), Area) and area.type in SCORED
    ]
    return tuple(
        Link(f"Outcomes of {snapshot.name(each)}", f"/{each}/outcomes/") for each in scored
    )
