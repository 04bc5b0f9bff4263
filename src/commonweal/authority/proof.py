"""Proofs: an allowed answer written out so that the verifier can follow it without searching."""

from typing import Any

import msgspec

from commonweal.areas.containment import direct_parts, direct_wholes
from commonweal.record.snapshot import Snapshot

from .canonical import digest
from .facts import Function, Reservation
from .register import Hop, Register, register
from .search import Question, Route
from .verifier import verify

ENGINE = "1"
"""Version of the search and of the form of its proofs."""

RULES = "1"
"""Version of the rules built into it: places that never decide, providers before July 2022."""


def proof_of(snapshot: Snapshot, question: Question, route: Route) -> dict[str, Any]:
    """The proof of a route: canonical, pinned to day, instant and versions of facts, and hashed."""
    writing = _Writing(snapshot, register(snapshot))
    proof: dict[str, Any] = {
        "engine": ENGINE,
        "rules": RULES,
        "day": snapshot.as_at.isoformat(),
        "known": snapshot.known.isoformat(),
        "question": asked(route.holder, question),
        "outcome": "allowed",
        "route": writing.node(route),
        "ceiling": route.ceiling,
        "accountable": sorted(writing.roots),
        "rows": writing.rows,
    }
    proof["hash"] = digest(proof)
    return proof


def asked(holder: str, question: Question) -> dict[str, Any]:
    """A question as it stands in a proof."""
    return {
        "holder": holder,
        "function": question.function,
        "area": question.area,
        "amount": question.amount,
        "money": question.money,
        "urgent": question.urgent,
        "so_far": question.so_far,
        "budget": question.budget,
    }


def check_proof(snapshot: Snapshot, proof: dict[str, Any], holder: str, question: Question) -> None:
    """Re-check a proof against the record.

    raises  Rejected, saying at which step
    """
    verify(proof, asked(holder, question), SnapshotRows(snapshot))


class _Writing:
    """A proof being written: what it rests on, and whose powers it starts from."""

    def __init__(self, snapshot: Snapshot, entries: Register) -> None:
        self.snapshot, self.register = snapshot, entries
        self.rows: dict[str, int] = {}
        self.roots: set[str] = set()

    def pin(self, entity: str) -> None:
        known = self.register.pins.get(entity)
        if known is None:
            held = self.snapshot.held(entity)
            known = self.register.pins[entity] = held.stated_by if held else 0
        self.rows[entity] = known

    def node(self, route: Route) -> dict[str, Any]:
        self.pin(route.holder)
        if route.root is not None:
            self.pin(route.root.power)
            self.roots.add(route.holder)
            return {
                "holder": route.holder, "function": route.function, "area": route.area,
                "power": route.root.power,
            }  # fmt: skip
        for parent in route.apart:
            self.pin(parent)
        return {
            "holder": route.holder, "function": route.function, "area": route.area,
            "apart": list(route.apart),
            "by": list(map(self.step, route.hops, route.above)),
        }  # fmt: skip

    def step(self, hop: Hop, above: Route) -> dict[str, Any]:
        self.pin(hop.name)
        for entity in (hop.fact.basis, hop.fact.instrument, hop.saved_by):
            if entity:
                self.pin(entity)
        for name, _ in self.register.kept.get(hop.giver, ()):
            self.pin(name)
        return {
            "delegation": hop.name,
            "giver": hop.giver,
            "saved": hop.saved_by,
            "above": self.node(above),
        }


class SnapshotRows:
    """The record as the verifier asks for it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.day, self.known = snapshot.as_at.isoformat(), snapshot.known.isoformat()

    def row(self, entity: str) -> tuple[int, dict[str, Any]]:
        """The entry that states an entity, and its values; KeyError for what is not on record."""
        fact = self.snapshot.get(entity)
        if fact is None:
            raise KeyError(entity)
        held = self.snapshot.held(entity)
        names = type(fact).__struct_fields__
        values = {name: msgspec.to_builtins(getattr(fact, name)) for name in names}
        return held.stated_by if held else 0, values

    def kept(self, holder: str) -> list[str]:
        """The reservations of a holder that are in force."""
        found = []
        for name, fact in self.snapshot.referring(holder, Reservation):
            papers = [name, fact.instrument] if fact.instrument else [name]
            facts = [self.snapshot.get(each) for each in papers]
            if fact.holder == holder and all(
                each is not None and each.status in {"in force", "interim"} for each in facts
            ):
                found.append(name)
        return found

    def wider(self, function: str) -> set[str]:
        """A function and all it is part of."""
        found, waiting = {function}, [function]
        while waiting:
            fact = self.snapshot.get(waiting.pop())
            new = set(fact.part_of) - found if isinstance(fact, Function) else set()
            found |= new
            waiting += new
        return found

    def around(self, area: str) -> set[str]:
        """An area and all it lies wholly in."""
        found, waiting = {area}, [area]
        while waiting:
            lies = direct_wholes(self.snapshot, waiting.pop())
            new = {lie.area for lie in lies if lie.extent == "whole"} - found
            found |= new
            waiting += new
        return found

    def parts(self, area: str) -> set[str]:
        """An area and all that lies in it, at least partly."""
        wholly, waiting, partly = {area}, [area], set[str]()
        while waiting:
            lies = direct_parts(self.snapshot, waiting.pop())
            new = {lie.area for lie in lies if lie.extent == "whole"} - wholly
            partly |= {lie.area for lie in lies}
            wholly |= new
            waiting += new
        return wholly | partly

    def people(self, area: str) -> int | None:
        """The population of an area: the first on record by identifier; None if none is."""
        populations = self.snapshot.of_kind("population").items()
        found = [
            fact for _, fact in sorted(populations)
            if getattr(fact, "of", "") == area and getattr(fact, "people", None) is not None
            and fact.status in {"in force", "interim"}
        ]  # fmt: skip
        return int(getattr(found[0], "people", 0)) if found else None

    def tops(self, holder: str) -> set[str]:
        """The bodies at the top of what a holder is a committee or post of."""
        fact = self.snapshot.get(holder)
        above = getattr(fact, "parents", ()) or getattr(fact, "bodies", ())
        return set().union(*(self.tops(each) for each in above)) or {holder}
