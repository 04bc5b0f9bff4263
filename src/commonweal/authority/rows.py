"""The record as the verifiers read it: row by row, with the entries that state what was read.

It shares no code with the register or the search.
"""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from operator import itemgetter
from typing import Any

import msgspec

from commonweal.areas.containment import direct_parts, direct_wholes
from commonweal.areas.facts import Area, Population
from commonweal.areas.successions import came_from
from commonweal.bodies.facts import Body, Post, Seat
from commonweal.record.facts import Fact
from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot

from .facts import Delegation, Function, Instrument, Power, Reservation

type Pins = dict[str, int]
"""By an entity: the entry that states it; 0: it is not on record on the day."""

_STANDS = frozenset({"in force", "interim"})


def entry_of(snapshot: Snapshot, entity: str) -> int:
    """The entry that states an entity on the day; 0 if it is not on record."""
    held = snapshot.held(entity)
    return held.stated_by if held else 0


@remembered
def whole_register(snapshot: Snapshot) -> dict[str, object]:
    """How many powers, delegations and reservations are on record, and the digest of which."""
    entries = sorted(
        entry
        for type_ in (Power, Delegation, Reservation)
        for entry in snapshot.entries_of(type_).items()
    )
    return {"rows": len(entries), "digest": sha256(msgspec.json.encode(entries)).hexdigest()}


class SnapshotRows:
    """What the verifiers ask of a snapshot. Each answer comes with its entries."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.day, self.known = snapshot.as_at.isoformat(), snapshot.known.isoformat()
        self._told: dict[tuple[object, ...], tuple[Any, Pins]] = {}

    @property
    def register(self) -> dict[str, object]:
        """How much there is in all."""
        return whole_register(self.snapshot)

    def pins(self, *entities: str) -> Pins:
        """The entries of some entities."""
        return {each: entry_of(self.snapshot, each) for each in entities}

    def _once(self, work: Callable[..., tuple[Any, Pins]], *asked: object) -> tuple[Any, Pins]:
        key = (work.__name__, *asked)
        if key not in self._told:
            self._told[key] = work(*asked)
        return self._told[key]

    def _stands(self, entity: str | None) -> bool:
        fact = self.snapshot.get(entity) if entity else None
        return fact is not None and fact.status in _STANDS

    # --- rows and delegations --------------------------------------------------------------------

    def row(self, entity: str) -> tuple[dict[str, Any], Pins]:
        """The values of an entity as plain data; empty for what is not on record."""
        return self._once(self._row, entity)

    def _row(self, entity: str) -> tuple[dict[str, Any], Pins]:
        fact = self.snapshot.get(entity)
        return (_plain(fact) if fact is not None else {}), self.pins(entity)

    def given(self, delegation: str) -> tuple[list[Any], Pins]:
        """A delegation, its law and document; who gives and takes; the document that saves it."""
        return self._once(self._given, delegation)

    def _given(self, delegation: str) -> tuple[list[Any], Pins]:
        fact = self.snapshot.fact(delegation)
        if not isinstance(fact, Delegation):
            raise TypeError(f"{delegation} is no delegation")
        rows = [self.row(each) if each else ({}, {}) for each in (fact.basis, fact.instrument)]
        ends, saved, pins = self._ends(delegation, fact)
        pins |= {**self.row(delegation)[1], **rows[0][1], **rows[1][1]}
        return [self.row(delegation)[0], rows[0][0], rows[1][0], *ends, saved], pins

    def _ends(self, name: str, fact: Delegation) -> tuple[list[str], str, Pins]:
        ends, pins = [fact.giver, fact.taker], self.pins(fact.giver, fact.taker)
        savers = self._savers(name, fact)
        if not savers:
            return ends, "", pins
        saver, body = savers[-1]
        steps = came_from(self.snapshot, body)
        old = {step.fact.before for step in steps}
        pins |= self.pins(saver, body, *(step.succession for step in steps))
        ends = [body if each in old and not self._in_law(each) else each for each in ends]
        return ends, saver, pins

    def _savers(self, name: str, fact: Delegation) -> list[tuple[str, str]]:
        """Documents that save a delegation, by name; before those that save its document."""
        saved = [each for each in (fact.instrument, name) if each]
        return [
            (paper, found.body)
            for each in saved
            for paper, found in self.snapshot.referring(each, Instrument)
            if each in found.saves and found.body and found.status in _STANDS
        ]

    def _in_law(self, holder: str) -> bool:
        stage = getattr(self.snapshot.get(holder), "stage", None)
        return self._stands(holder) and stage not in {
            "proposed", "shadow", "designate", "dissolved",
        }  # fmt: skip

    def given_to(self, holder: str, function: str) -> tuple[list[str], Pins]:
        """Every delegation to a holder of a function or a wider one, by identifier."""
        wider = self.wider(function)[0]
        found = [name for name, fact in self._to(holder) if fact.function in wider]
        return found, self.pins(*found)

    def _to(self, holder: str) -> list[tuple[str, Delegation]]:
        near = dict(self._near(holder)).items()
        return sorted([(n, f) for n, f in near if self.given(n)[0][4] == holder], key=itemgetter(0))

    def _near(self, holder: str) -> Iterator[tuple[str, Delegation]]:
        """Delegations that name a holder as taker, or a body it followed, where that is saved."""
        seen = {n: f for n, f in self.snapshot.referring(holder, Delegation) if f.taker == holder}
        for _, fact in self.snapshot.referring(holder, Instrument):
            if fact.body == holder:
                for saved in fact.saves:
                    seen |= self._under(saved)
        yield from seen.items()

    def _under(self, saved: str) -> dict[str, Delegation]:
        fact = self.snapshot.get(saved)
        if isinstance(fact, Delegation):
            return {saved: fact}
        papers = self.snapshot.referring(saved, Delegation)
        return {name: each for name, each in papers if each.instrument == saved}

    def kept(self, holder: str, function: str, areas: list[str]) -> tuple[list[int], Pins]:
        """The pence above which a holder keeps a matter in any of some areas to itself."""
        wider = self.wider(function)[0]
        around = set().union(*(self.around(area)[0] for area in areas))
        found, pins = [], dict[str, int]()
        for name, fact in self.snapshot.referring(holder, Reservation):
            covers = fact.function in wider and (fact.area is None or fact.area in around)
            in_force = self._stands(name) and (not fact.instrument or self._stands(fact.instrument))
            if fact.holder == holder and covers and in_force:
                found.append(fact.lower or 0)
                pins |= self.pins(name, *filter(None, [fact.instrument]))
        return found, pins

    # --- functions and areas ---------------------------------------------------------------------

    def wider(self, function: str) -> tuple[set[str], Pins]:
        """A function and all it is part of."""
        return self._once(self._wider, function)

    def _wider(self, function: str) -> tuple[set[str], Pins]:
        found, waiting = {function}, [function]
        while waiting:
            fact = self.snapshot.get(waiting.pop())
            new = set(fact.part_of) - found if isinstance(fact, Function) else set()
            found |= new
            waiting += new
        return found, self.pins(*found)

    def around(self, area: str) -> tuple[set[str], Pins]:
        """An area and all it lies wholly in."""
        return self._once(self._around, area)

    def _around(self, area: str) -> tuple[set[str], Pins]:
        found, pins, waiting = {area}, dict[str, int](), [area]
        while waiting:
            for lie in direct_wholes(self.snapshot, waiting.pop()):
                if lie.extent == "whole":
                    pins |= self.pins(*lie.through)
                    if lie.area not in found:
                        found.add(lie.area)
                        waiting.append(lie.area)
        return found, pins

    def perhaps(self, area: str) -> tuple[set[str], Pins]:
        """Areas in which an area may lie wholly: in one it lies in partly, nobody says how much."""
        inside, pins = self._around(area)
        found: set[str] = set()
        for each in inside:
            for lie in direct_wholes(self.snapshot, each):
                if lie.extent == "not stated":
                    wider, through = self.around(lie.area)
                    found |= wider
                    pins = {**pins, **through, **self.pins(*lie.through)}
        return found - inside, pins

    def _parts(self, area: str) -> set[str]:
        """An area and all that lies in it, at least partly."""
        wholly, waiting, partly = {area}, [area], set[str]()
        while waiting:
            lies = direct_parts(self.snapshot, waiting.pop())
            new = {lie.area for lie in lies if lie.extent == "whole"} - wholly
            partly |= {lie.area for lie in lies}
            wholly |= new
            waiting += new
        return wholly | partly

    def people(self, area: str) -> tuple[int | None, Pins]:
        """The population of an area: the first on record by identifier; None if none is."""
        found = [
            (name, fact.people)
            for name, fact in sorted(self.snapshot.referring(area, Population))
            if fact.of == area and fact.people is not None and fact.status in _STANDS
        ]
        return (found[0][1], self.pins(found[0][0])) if found else (None, {})

    # --- holders ---------------------------------------------------------------------------------

    def voter(self, holder: str) -> tuple[list[str], Pins]:
        """Who decides, a seat's body for a seat, and whether it votes: voting, none, not stated."""
        seat = self.snapshot.get(holder)
        if not isinstance(seat, Seat):
            return [holder, "voting"], {}
        none = seat.status not in _STANDS or seat.voting in {"non-voting", "barred"}
        return [seat.body, "none" if none else seat.voting], self.pins(holder)

    def tops(self, holder: str) -> tuple[set[str], Pins]:
        """The bodies at the top of what a holder is a committee or post of."""
        return self._once(self._tops, holder)

    def _tops(self, holder: str, *below: str) -> tuple[set[str], Pins]:
        fact, found, pins = self.snapshot.get(holder), set[str](), self.pins(holder)
        above = fact.parents if isinstance(fact, Body) else getattr(fact, "bodies", ())
        if not above or holder in below:
            return {holder}, pins
        for each in above:
            tops, through = self._tops(each, holder, *below)
            found |= tops
            pins |= through
        return found, pins

    def joined(self, holder: str) -> tuple[list[str], Pins]:
        """The parents of a joint committee; none of any other body."""
        body = self.snapshot.get(holder)
        joint = isinstance(body, Body) and "joint committee" in {
            body.type, body.legal, body.place_model,
        }  # fmt: skip
        parents = list(body.parents) if isinstance(body, Body) and joint else []
        return (parents if len(parents) > 1 else []), self.pins(holder)

    def needed(self, holder: str, area: str) -> tuple[tuple[list[list[str]], str], Pins]:
        """The parents of a joint committee whose grant it needs, each with its part of an area;
        and whether the parts together are all of it: whole, unsaid or short.

        Left out is a parent whose own areas are on record, all apart from the area, while other
        parents of its kind cover the area.
        """
        parents = self.joined(holder)[0]
        if not parents:
            return ([], "whole"), self.pins(holder)
        near = [each for each in parents if not self._apart(each, parents, area)]
        parts = [[each, part] for each in near for part in self._parts_of(each, area)]
        cover = self._cover({part for _, part in parts}, area)
        return (parts, cover), self.pins(holder, *parents, *self._made_up(area))

    def _parts_of(self, parent: str, area: str) -> list[str]:
        own, ground = list(self._areas(parent)), self._parts(area)
        named = {
            fact.area for name, fact in self.snapshot.referring(parent, Power)
            if fact.holder == parent and self._stands(name)
        }  # fmt: skip
        if not own or {*own, *named} & self.around(area)[0]:
            return [area]
        return [each for each in own if ground & self._parts(each)] or own

    def _apart(self, parent: str, parents: Iterable[str], area: str) -> bool:
        own, kind = self._areas(parent), self._type(parent)
        like = {a for o in parents if o != parent and self._type(o) == kind for a in self._areas(o)}
        ground = self._parts(area) if own and self._cover(like, area) == "whole" else None
        return ground is not None and all(ground.isdisjoint(self._parts(each)) for each in own)

    def _made_up(self, area: str) -> set[str]:
        """An area and all that, at any remove, makes it up."""
        found, waiting = {area}, [area]
        while waiting:
            new = set(self._made_of(waiting.pop())) - found
            found |= new
            waiting += new
        return found

    def _made_of(self, area: str) -> tuple[str, ...]:
        fact = self.snapshot.get(area)
        return fact.made_up_of if isinstance(fact, Area) else ()

    def _cover(self, areas: set[str], area: str) -> str:
        """Whether areas are on record to cover another; short: some part of it meets none."""
        covered: set[str] = set()
        every = self._made_up(area)
        while new := {each for each in every - covered if self._is_covered(each, areas, covered)}:
            covered |= new
        if area in covered:
            return "whole"
        open_, waiting = {area}, [area]
        while waiting:
            beneath = set(self._made_of(waiting.pop())) - covered - open_
            open_ |= beneath
            waiting += beneath
        lone = (all(self._parts(one).isdisjoint(self._parts(a)) for a in areas) for one in open_)
        return "short" if any(lone) else "unsaid"

    def _is_covered(self, area: str, areas: set[str], covered: set[str]) -> bool:
        made_of = self._made_of(area)
        return bool(areas & self.around(area)[0] or (made_of and covered.issuperset(made_of)))

    def _areas(self, holder: str) -> tuple[str, ...]:
        fact = self.snapshot.get(holder)
        if isinstance(fact, Post):
            return (fact.area,) if fact.area else ()
        return fact.areas if isinstance(fact, Body) else ()

    def _type(self, holder: str) -> str:
        fact = self.snapshot.get(holder)
        return fact.type if isinstance(fact, Body) else "post" if isinstance(fact, Post) else ""

    def powers(self, holder: str, function: str) -> tuple[dict[str, set[str]], Pins]:
        """Powers in force that give a holder a function or a wider one: each, with its areas."""
        wider, body = self.wider(function)[0], self.snapshot.get(holder)
        kind = self._type(holder) if getattr(body, "council_tier", None) != "district" else None
        found = {}
        for each in sorted(wider):
            for name, fact in self.snapshot.referring(each, Power):
                own = fact.holder == holder or (fact.every and fact.every == kind)
                where = {fact.area} if fact.area else set(self._areas(holder))
                if fact.status in _STANDS and own and where:
                    found[name] = where
        return dict(sorted(found.items())), self.pins(*found)

    def said(self, holder: str) -> tuple[list[str], Pins]:
        """What first shows that a holder's scheme is on record.

        A document of it or of the bodies it is part of, a delegation from one of them or to it.
        """
        whose = [holder, *sorted(self.tops(holder)[0] - {holder})]
        for each in whose:
            papers = dict(self.snapshot.referring(each, Instrument)).items()
            told = sorted(n for n, paper in papers if each in {paper.body, *paper.parties})
            given = self.snapshot.referring(each, Delegation)
            told += sorted(n for n, fact in given if fact.giver == each)
            if told:
                return told[:1], self.pins(told[0])
        to = [name for name, _ in self._to(holder)]
        return to[:1], self.pins(*to[:1])


def _plain(fact: Fact) -> dict[str, Any]:
    names = type(fact).__struct_fields__
    return {name: msgspec.to_builtins(getattr(fact, name)) for name in names}
