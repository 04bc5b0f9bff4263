"""The scenarios made for a decision, proposal, plan or other thing, to be run again from there."""

from typing import NamedTuple

from commonweal.demand.facts import Scenario
from commonweal.record.identifiers import identifier
from commonweal.record.snapshot import Snapshot


class Attached(NamedTuple):
    """A scenario, and the planner's page of it."""

    name: str
    says: str
    path: str


def attached(snapshot: Snapshot, entity: str) -> list[Attached]:
    """Scenarios that a viewer may see and that are to inform an entity; of a scenario, itself."""
    fact = snapshot.get(entity)
    if isinstance(fact, Scenario):
        return [_attached(entity, fact)]
    found = (
        _attached(name, each)
        for name, each in snapshot.referring(entity, Scenario)
        if entity in each.informs
    )
    return sorted(found)


def _attached(name: str, fact: Scenario) -> Attached:
    system, _, slug = identifier(name)
    version = f", version {fact.version}" if fact.version else ""
    return Attached(f"{fact.name}{version}", fact.purpose, f"/{system}/demand/{slug}/")
