"""What a proof rests on, gathered while it is written."""

from typing import cast

from .register import Hop, Register
from .rows import Pins


class Pinned:
    """Entities, and at the end the entries that state them."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._up, self._land = register.functions.up, register.land
        self.names: set[str | None] = set()

    @property
    def rows(self) -> Pins:
        """The entries, by the entity they state."""
        self.names -= {None, ""}
        names = cast(set[str], self.names)
        return dict(zip(names, map(self._register.entries.__getitem__, names), strict=True))

    def root(self, holder: str, function: str, area: str) -> None:
        """Add what a power in law rests on: the same whoever starts from it."""
        known = self._register.rooted.get((holder, function, area))
        if known is None:
            roots = self._register.roots.get(holder, ())
            wider = self._up(function)
            powers = [root.power for root in roots if root.function in wider]
            known = frozenset((holder, *powers, *self._land.through(area)))
            self._register.rooted[holder, function, area] = known
        self.names |= known

    def joint(self, holder: str, area: str) -> None:
        """Add a holder and, of a joint committee, its parents and what makes up the area."""
        self.names.add(holder)
        if parents := self._register.parents(holder):
            self.names.update(parents, self._land.makeup(area))

    def asked(self, function: str, area: str) -> None:
        """Add what every delegation rests on that is used for a question."""
        self.names |= self._up(function)
        if area in self._register.people:
            self.names.add(self._register.people[area][0])

    def way(self, hop: Hop, function: str, area: str) -> None:
        """Add what a delegation rests on that is used for a function in an area.

        Its law and document, giver and taker and what they are part of, the functions and areas.
        """
        fact, above, up = hop.fact, self._register.above, self._up
        self.names.update(
            (hop.name, fact.basis, fact.instrument, fact.giver, fact.taker),
            above(hop.giver), above(hop.taker), up(hop.function), up(function),
            self._land.through_perhaps(area),
        )  # fmt: skip
        if hop.saved_by:
            body = self._register.instruments[hop.saved_by].body
            self.names |= {hop.saved_by, body, *self._register.followed.get(hop.saved_by, ())}

    def kept(self, giver: str, function: str, area: str) -> None:
        """Add what a giver keeps of what is asked."""
        wider, around = self._up(function), self._land.up(area)
        for name, fact in self._register.kept.get(giver, ()):
            if fact.function in wider and (fact.area is None or fact.area in around):
                self.names |= {name, fact.instrument}
