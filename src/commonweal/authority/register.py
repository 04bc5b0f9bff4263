"""The register: every power, delegation and reservation of one day, ready to be searched.

Built once from a snapshot. What is wrong with a delegation whatever the question is worked out
here; what depends on the question is left to the search.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple
from weakref import ref

from commonweal.areas.facts import Containment, Population
from commonweal.areas.successions import came_from, first_day
from commonweal.bodies.facts import Body, Post
from commonweal.record.naming import Succession
from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import planned, stands

from .facts import Basis, Delegation, Function, Instrument, Onward, Power, Reservation
from .orders import Cover, Ground, Order, function_order, ground, meets_any
from .rows import entry_of

FOREVER = 99
"""How often something may be passed on that may be passed on without limit."""

PROVIDERS_FREED = date(2022, 7, 1)
"""From this day NHS bodies may take functions jointly with councils (rule CCG-05 ends)."""

PROVIDERS = frozenset({"NHS foundation trust", "NHS trust", "NHS provider", "primary care network"})
SILENT_MODELS = {
    "consultative forum": "a consultative forum informs; it never decides",
    "individual directors": "its directors decide, each by what was given to them, and not the "
    "body",
    "lead provider": "a lead provider carries out a contract, which passes on no function in law",
}
"""Models of place in which the body itself decides nothing, and why."""

_BEFORE_LAW = frozenset({"proposed", "shadow", "designate", "dissolved"})


class Fault(NamedTuple):
    """One test that a delegation did not pass.

    test   which
    state  fails, or unknown: the record does not hold enough to say
    about  the entities and words the sentence needs
    short  pence by which an amount is out
    """

    test: str
    state: Literal["fails", "unknown"]
    about: tuple[str, ...] = ()
    short: int = 0


class Hop(NamedTuple):
    """A delegation as the search reads it.

    giver, taker  who gives and takes on the day: a successor, where a document saves it
    onward        how often it may be passed on; None: nobody says
    unknown       the record holds too little about it to rely on it
    plain         nothing but its limit and how often it may be passed on depends on the question
    """

    name: str
    fact: Delegation
    giver: str
    taker: str
    function: str
    area: str | None
    onward: int | None
    excludes: tuple[str, ...]
    unknown: bool
    saved_by: str
    plain: bool


class Root(NamedTuple):
    """A power as one holder has it in one area."""

    power: str
    function: str
    area: str


class Joined(NamedTuple):
    """What a joint committee needs of its parents in an area.

    parts  each parent needed, with its part of the area: a parent may have several
    apart  the parents not needed there
    cover  whether the parts together are all of the area
    """

    parts: tuple[tuple[str, str], ...]
    apart: tuple[str, ...]
    cover: Cover


class Register:
    """Who holds, gives, takes and keeps what on one day."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.day = snapshot.as_at
        self.functions: Order = function_order(snapshot)
        self.function_names = tuple(snapshot.all(Function))
        self.land: Ground = ground(snapshot)
        self.bodies = snapshot.all(Body)
        self.posts = snapshot.all(Post)
        self.bases = snapshot.all(Basis)
        self.instruments = snapshot.all(Instrument)
        self.delegations = snapshot.all(Delegation)
        self.powers = snapshot.all(Power)
        self.reservations = snapshot.all(Reservation)
        self._populations = snapshot.all(Population)
        self._saved = dict(_saved(snapshot, self.instruments))
        self._gave_way = dict(_ends(snapshot))
        self.followed = _followed(snapshot, self.instruments)
        self._in_law: dict[str, bool] = {}
        self._parents: dict[str, tuple[str, ...]] = {}
        self._joined_in: dict[tuple[str, str], Joined] = {}
        self._owners: dict[str, frozenset[str]] = {}
        self._above: dict[str, frozenset[str]] = {}
        self._between: dict[tuple[str, ...], tuple[Fault, ...]] = {}
        self._faults: dict[str, tuple[Fault, ...]] = {}
        self.roots = _roots(self)
        self.stamp = snapshot.as_at.isoformat(), snapshot.known.isoformat()
        self.entries = Entries(snapshot)
        self.rooted: dict[tuple[str, str, str], frozenset[str]] = {}
        self.hops: dict[str, Hop] = {}
        self.to: dict[str, list[Hop]] = {}
        self.at: dict[tuple[str, str | None], list[str]] = {}
        self.faulty: dict[str, list[tuple[Hop, tuple[Fault, ...]]]] = {}
        for name, fact in self.delegations.items():
            self._enter(name, fact)

    def _enter(self, name: str, fact: Delegation) -> None:
        hop, faults = self._read(name, fact)
        self.hops[name] = hop
        if faults:
            self._faults[name] = faults
            if any(fault.state == "fails" for fault in faults):
                self.faulty.setdefault(hop.taker, []).append((hop, faults))
                return
        self.to.setdefault(hop.taker, []).append(hop)
        self.at.setdefault((hop.function, hop.area), []).append(hop.taker)

    def faults_of(self, name: str) -> tuple[Fault, ...]:
        """Every test that a delegation fails whatever the question."""
        return self._faults.get(name, ())

    def _read(self, name: str, fact: Delegation) -> tuple[Hop, tuple[Fault, ...]]:
        giver, taker, saved_by = fact.giver, fact.taker, ""
        if self._saved:
            giver, taker, saved_by = self._successors(name, fact)
        basis = self.bases.get(fact.basis) if fact.basis else None
        faults = self._faults_between(fact, basis, giver, taker)
        if basis and basis.excludes:
            faults += tuple(self._excluded(fact, basis))
        if not stands(fact):
            faults = (Fault("status", "fails", (fact.status,)), *faults)
        terms = basis.onward if basis and fact.onward == "as the law says" else fact.onward
        hop = Hop(
            name, fact, giver, taker, fact.function, fact.area, _depth(terms, fact.onward_depth),
            basis.excludes if basis else (), bool(faults), saved_by,
            not faults and not (basis and basis.excludes) and _is_plain(fact),
        )  # fmt: skip
        return hop, faults

    def _successors(self, name: str, fact: Delegation) -> tuple[str, str, str]:
        """Giver and taker, each a successor where a document saves it, and the document."""
        save = self._saved.get(name) or self._saved.get(fact.instrument or "")
        if save is None:
            return fact.giver, fact.taker, ""
        paper, old, new = save
        giver, taker = (
            new if each in old and not self.in_law(each) else each
            for each in (fact.giver, fact.taker)
        )
        return giver, taker, paper

    # --- tests that do not depend on the question ------------------------------------------------

    def _faults_between(
        self, fact: Delegation, basis: Basis | None, giver: str, taker: str
    ) -> tuple[Fault, ...]:
        """What is wrong between two, by one law and document: the same for all they pass on."""
        key = (giver, taker, fact.basis or "", fact.instrument or "")
        known = self._between.get(key)
        if known is None:
            known = self._between[key] = tuple(self._tests(fact, basis, giver, taker))
            # What proofs ask of both, worked out before anybody waits for one.
            self.above(giver), self.above(taker)
        return known

    def _excluded(self, fact: Delegation, basis: Basis) -> Iterator[Fault]:
        if not self.functions.up(fact.function).isdisjoint(basis.excludes):
            yield Fault("excluded", "fails", (fact.function, fact.basis or ""))

    def _tests(
        self, fact: Delegation, basis: Basis | None, giver: str, taker: str
    ) -> Iterator[Fault]:
        if not self.in_law(giver):
            yield Fault("giver ended", "fails", (giver, *self._gave_way.get(giver, ())))
        if bar := self.bar(taker):
            yield Fault("taker barred", "fails", (taker, bar))
        elif self._provider_barred(taker):
            yield Fault("provider barred", "fails", (taker,))
        if fact.basis is None:
            yield Fault("no basis", "unknown")
        elif basis is None or not stands(basis):
            yield Fault("basis not in force", "fails", (fact.basis,))
        else:
            yield from self._basis_tests(fact, basis, giver, taker)
        yield from self._instrument_tests(fact, basis)

    def _basis_tests(
        self, fact: Delegation, basis: Basis, giver: str, taker: str
    ) -> Iterator[Fault]:
        named = fact.basis or ""
        if self.in_law(giver) and self.kind(giver) not in basis.givers:
            yield Fault("giver unlawful", "fails", (giver, named))
        if self.in_law(taker) and self.kind(taker) not in basis.takers:
            yield Fault("taker unlawful", "fails", (taker, named))
        elif basis.own and self.in_law(giver) and self.owners(giver).isdisjoint(self.owners(taker)):
            yield Fault("taker not its own", "fails", (taker, giver, named))
        parents = self.parents(taker)
        if basis.all_parents and not parents:
            yield Fault("parents not recorded", "unknown", (taker,))
        if parents and giver not in parents:
            yield Fault("giver no parent", "fails", (giver, taker))

    def _instrument_tests(self, fact: Delegation, basis: Basis | None) -> Iterator[Fault]:
        if fact.instrument is None:
            if basis is None or basis.needs_instrument:
                yield Fault("no instrument", "unknown")
            return
        paper = self.instruments.get(fact.instrument)
        if paper is None:
            yield Fault("instrument not in force", "fails", (fact.instrument,))
        elif planned(paper):
            yield Fault("instrument pending", "fails", (fact.instrument, paper.status))
        elif not stands(paper):
            yield Fault("instrument not in force", "fails", (fact.instrument,))

    # --- who is who ------------------------------------------------------------------------------

    def kind(self, holder: str) -> str:
        """What kind of body a holder is, or "post"."""
        body = self.bodies.get(holder)
        return body.type if body else "post" if holder in self.posts else ""

    def in_law(self, holder: str) -> bool:
        """Whether a body or post exists on the day: on record, standing, and begun."""
        known = self._in_law.get(holder)
        if known is None:
            known = self._in_law[holder] = self._begun(holder)
        return known

    def _begun(self, holder: str) -> bool:
        body = self.bodies.get(holder)
        if body is not None:
            return stands(body) and body.stage not in _BEFORE_LAW
        post = self.posts.get(holder)
        return post is not None and stands(post)

    def bar(self, holder: str) -> str:
        """Why a body may decide nothing on the day, whatever it is given; empty: it may."""
        if not self.in_law(holder):
            return "it does not stand on that day"
        body = self.bodies.get(holder)
        if body is None:
            return ""
        if body.type == "place forum":
            return SILENT_MODELS["consultative forum"]
        return SILENT_MODELS.get(body.place_model or "", "")

    def _provider_barred(self, holder: str) -> bool:
        return self.day < PROVIDERS_FREED and self.kind(holder) in PROVIDERS

    def parents(self, holder: str) -> tuple[str, ...]:
        """The parents of a joint committee; none for any other body."""
        known = self._parents.get(holder)
        if known is None:
            known = self._parents[holder] = self._joined(holder)
        return known

    def _joined(self, holder: str) -> tuple[str, ...]:
        body = self.bodies.get(holder)
        if body is None or len(body.parents) < 2:  # noqa: PLR2004  # one parent: a committee of it
            return ()
        joint = "joint committee" in {body.type, body.legal, body.place_model}
        return body.parents if joint else ()

    def owners(self, holder: str) -> frozenset[str]:
        """The bodies that a committee or post is part of, at the top; a body of its own: itself."""
        known = self._owners.get(holder)
        if known is None:
            known = self._owners[holder] = frozenset(self._tops(holder, frozenset()))
        return known

    def _tops(self, holder: str, below: frozenset[str]) -> Iterator[str]:
        body, post = self.bodies.get(holder), self.posts.get(holder)
        above = body.parents if body else post.bodies if post else ()
        if not above or holder in below:
            yield holder
        else:
            for each in above:
                yield from self._tops(each, below | {holder})

    def above(self, holder: str) -> frozenset[str]:
        """A holder and every body that it is part of, at whatever remove."""
        known = self._above.get(holder)
        if known is None:
            known = self._above[holder] = frozenset(self._climb(holder))
        return known

    def _climb(self, holder: str) -> set[str]:
        found, waiting = {holder}, [holder]
        while waiting:
            each = waiting.pop()
            body, post = self.bodies.get(each), self.posts.get(each)
            for one in body.parents if body else post.bodies if post else ():
                if one not in found:
                    found.add(one)
                    waiting.append(one)
        return found

    def needed(self, committee: str, area: str) -> Joined:
        """The parents whose grant a joint committee needs in an area, each for its part of it.

        A parent is left out only if others of its kind cover the area and its own areas are not
        known to share land with it: silence about where a body lies never lets it off.
        """
        known = self._joined_in.get((committee, area))
        if known is None:
            parents = self.parents(committee)
            apart = tuple(each for each in parents if self._apart(each, parents, area))
            parts = tuple(
                (each, part) for each in parents if each not in apart
                for part in self._parts(each, area)
            )  # fmt: skip
            cover = self.land.cover(frozenset(part for _, part in parts), area)
            known = self._joined_in[committee, area] = Joined(parts, apart, cover)
        return known

    def _parts(self, parent: str, area: str) -> tuple[str, ...]:
        """What a parent gives for: the area, if it has all of it, or else its own areas."""
        own = self._areas(parent)
        if not own or not self.land.up(area).isdisjoint({*own, *self._named.get(parent, ())}):
            return (area,)
        return tuple(each for each in own if self.land.meet(each, area)) or own

    @cached_property
    def _named(self) -> Mapping[str, set[str]]:
        """By a holder: areas for which a power names it."""
        found: dict[str, set[str]] = {}
        for fact in self.powers.values():
            if stands(fact) and fact.holder and fact.area:
                found.setdefault(fact.holder, set()).add(fact.area)
        return found

    def _apart(self, parent: str, parents: tuple[str, ...], area: str) -> bool:
        own = self._areas(parent)
        if not own or meets_any(self.land, own, area):
            return False
        like = (e for e in parents if e != parent and self.kind(e) == self.kind(parent))
        areas = frozenset(area for each in like for area in self._areas(each))
        return self.land.cover(areas, area) == "whole"

    def _areas(self, holder: str) -> tuple[str, ...]:
        body = self.bodies.get(holder)
        return body.areas if body else ()

    def root(self, holder: str, function: str, area: str) -> Root | None:
        """The power by which a holder may decide of itself; none if it has none."""
        roots = self.roots.get(holder)
        if roots:
            functions, areas = self.functions.up(function), self.land.up(area)
            for root in roots:
                if root.function in functions and root.area in areas:
                    return root
        return None

    @cached_property
    def root_at(self) -> Mapping[tuple[str, str], list[str]]:
        """Who holds a power, by its function and area."""
        found: dict[tuple[str, str], list[str]] = {}
        for holder, roots in self.roots.items():
            for root in roots:
                found.setdefault((root.function, root.area), []).append(holder)
        return found

    @cached_property
    def by_function(self) -> Mapping[str, list[tuple[Hop, tuple[Fault, ...]]]]:
        """Every delegation of a function, sound or not, with what is wrong with it anyway."""
        found: dict[str, list[tuple[Hop, tuple[Fault, ...]]]] = {}
        for hops in self.to.values():
            for hop in hops:
                found.setdefault(hop.function, []).append((hop, self.faults_of(hop.name)))
        for faulty in self.faulty.values():
            for hop, faults in faulty:
                found.setdefault(hop.function, []).append((hop, faults))
        return found

    @cached_property
    def kept(self) -> Mapping[str, list[tuple[str, Reservation]]]:
        """The reservations in force, by who keeps."""
        kept: dict[str, list[tuple[str, Reservation]]] = {}
        for name, fact in self.reservations.items():
            paper = self.instruments.get(fact.instrument) if fact.instrument else None
            if stands(fact) and (fact.instrument is None or (paper and stands(paper))):
                kept.setdefault(fact.holder, []).append((name, fact))
        return kept

    @cached_property
    def people(self) -> Mapping[str, tuple[str, int]]:
        """The population of each area: the fact and how many; the first by identifier."""
        found: dict[str, tuple[str, int]] = {}
        for name, fact in self._populations.items():
            if fact.people is not None and stands(fact):
                found.setdefault(fact.of, (name, fact.people))
        return found

    @cached_property
    def _schemed(self) -> Mapping[str, str]:
        """By body: the first document of its own or delegation from it that is on record."""
        found: dict[str, str] = {}
        for name, paper in self.instruments.items():
            for whose in (paper.body, *paper.parties):
                found.setdefault(whose or "", name)
        for name, fact in self.delegations.items():
            found.setdefault(fact.giver, name)
        return found

    def said(self, holder: str) -> str:
        """What first shows that a holder's scheme is on record; empty: nothing does.

        A document of it or of the bodies it is part of, a delegation from one of them or to it.
        """
        for each in (holder, *sorted(self.owners(holder) - {holder})):
            if each in self._schemed:
                return self._schemed[each]
        given = [*self.to.get(holder, ()), *(hop for hop, _ in self.faulty.get(holder, ()))]
        return min((hop.name for hop in given), default="")


def _is_plain(fact: Delegation) -> bool:
    return (
        fact.limit in {"per decision", "whole life"}
        and fact.upper is not None
        and fact.lower is None
        and fact.delegatable is None
        and fact.money == "either"
        and not fact.conditions
    )


def _depth(onward: Onward, depth: int | None) -> int | None:
    return {"none": 0, "any": FOREVER, "limited": depth}.get(onward)


class Entries(dict[str, int]):
    """The entry that states an entity on the day, 0 if none does: what a proof is pinned to.

    The kinds that proofs are full of are looked up once, for a proof is made in less time than it
    takes to look up a dozen one by one.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__()
        for type_ in (Function, Containment, Body, Post, Power, Delegation):
            self |= snapshot.entries_of(type_)
        # Only weakly, for the register must not keep alive the snapshot that keeps it.
        self._snapshot = ref(snapshot)

    def __missing__(self, entity: str) -> int:
        snapshot = self._snapshot()
        known = self[entity] = entry_of(snapshot, entity) if snapshot else 0
        return known


def _roots(register: Register) -> dict[str, list[Root]]:
    roots: dict[str, list[Root]] = {}
    by_kind: dict[str, list[str]] = {}
    for name, body in register.bodies.items():
        by_kind.setdefault(body.type, []).append(name)
    for power, fact in register.powers.items():
        if stands(fact):
            holders = [fact.holder] if fact.holder else by_kind.get(fact.every or "", [])
            for holder in holders:
                if fact.every and _is_district(register, holder):
                    continue
                for area in _power_areas(register, holder, fact.area):
                    roots.setdefault(holder, []).append(Root(power, fact.function, area))
    return roots


def _is_district(register: Register, holder: str) -> bool:
    """A district council: the functions the law gives to every council are those of upper tiers."""
    body = register.bodies.get(holder)
    return body is not None and body.council_tier == "district"


def _power_areas(register: Register, holder: str, area: str | None) -> Iterable[str]:
    if register.bar(holder):
        return ()
    if area is not None:
        return (area,)
    body, post = register.bodies.get(holder), register.posts.get(holder)
    return body.areas if body else (post.area,) if post and post.area else ()


def _saved(
    snapshot: Snapshot, papers: Mapping[str, Instrument]
) -> Iterator[tuple[str, tuple[str, frozenset[str], str]]]:
    """What documents save for a successor: the document, whom it followed, and the successor."""
    for name, paper in papers.items():
        if paper.saves and paper.body and stands(paper):
            old = frozenset(step.fact.before for step in came_from(snapshot, paper.body))
            for saved in paper.saves:
                yield saved, (name, old, paper.body)


def _ends(snapshot: Snapshot) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """By a body that another followed: how, on which day, and who."""
    for name, fact in snapshot.all(Succession).items():
        if stands(fact):
            yield fact.before, (fact.type, first_day(snapshot, name).isoformat(), fact.after)


def _followed(snapshot: Snapshot, papers: Mapping[str, Instrument]) -> dict[str, list[str]]:
    """By a document that saves something: what says whom its body followed."""
    return {
        name: [step.succession for step in came_from(snapshot, paper.body)]
        for name, paper in papers.items()
        if paper.saves and paper.body
    }


@remembered
def register(snapshot: Snapshot) -> Register:
    """The register of a snapshot's day, built once."""
    return Register(snapshot)
