"""The entries on which a proof rests, gathered while it is written.

What one delegation, function or area rests on is the same in every proof, so it is looked up once.
"""

from commonweal.record.snapshot import Snapshot

from .orders import Ground
from .register import Hop, Register
from .rows import Pins, entry_of


class Pinned:
    """Entries by the entity they state.

    rows  what was gathered so far
    """

    def __init__(self, snapshot: Snapshot, register: Register) -> None:
        self._snapshot, self._register = snapshot, register
        self._kept = register.pinned
        self.rows: Pins = {}

    def pin(self, *entities: str | None) -> None:
        """Add entities."""
        for each in entities:
            if each:
                self.rows[each] = self._entry(each)

    def _entry(self, entity: str) -> int:
        known = self._register.pins.get(entity)
        if known is None:
            known = self._register.pins[entity] = entry_of(self._snapshot, entity)
        return known

    def _entries(self, *entities: str | None) -> Pins:
        return {each: self._entry(each) for each in entities if each}

    def function(self, function: str) -> None:
        """Add a function and all it is part of."""
        known = self._kept.get(function)
        if known is None:
            wider = self._register.functions.up(function)
            known = self._kept[function] = self._entries(*wider)
        self.rows |= known

    def area(self, area: str) -> None:
        """Add what says in which areas an area lies wholly."""
        known = self._kept.get(area)
        if known is None:
            known = self._kept[area] = self._entries(*_around(self._register.land, area))
        self.rows |= known

    def perhaps(self, area: str) -> None:
        """Add what says in which areas it may lie, besides."""
        for through, whole in _perhaps(self._register.land, area):
            self.pin(through)
            self.area(whole)

    def hop(self, hop: Hop) -> None:
        """Add a delegation with its law, document, giver and taker, and what they are part of."""
        known = self._kept.get(hop.name)
        if known is None:
            known = self._kept[hop.name] = self._of_hop(hop)
        self.rows |= known

    def _of_hop(self, hop: Hop) -> Pins:
        fact, register = hop.fact, self._register
        found = self._entries(
            hop.name, fact.basis, fact.instrument, fact.giver, fact.taker,
            *register.above(hop.giver), *register.above(hop.taker),
            *register.functions.up(hop.function),
        )  # fmt: skip
        if hop.saved_by:
            body = register.instruments[hop.saved_by].body
            found |= self._entries(hop.saved_by, body, *register.followed.get(hop.saved_by, ()))
        return found

    def question(self, hop: Hop, function: str, area: str) -> None:
        """Add what else a delegation rests on when it is used for a function in an area."""
        register = self._register
        self.function(function)
        if area in register.people:
            self.pin(register.people[area][0])
        if hop.giver in register.kept:
            wider, around = register.functions.up(function), register.land.up(area)
            for name, fact in register.kept[hop.giver]:
                if fact.function in wider and (fact.area is None or fact.area in around):
                    self.pin(name, fact.instrument)


def _around(land: Ground, area: str) -> list[str]:
    return [name for each in land.up(area) for name, _ in land.named(each, "whole")]


def _perhaps(land: Ground, area: str) -> list[tuple[str, str]]:
    return [named for each in land.up(area) for named in land.named(each, "not stated")]
