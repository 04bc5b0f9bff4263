"""What a body does with each of its functions: keeps it, or passes it on, and how far.

The three classes are those of the guidance on integrated care boards: reserved to the board;
delegated to a person or a committee of its own; delegated to another body or exercised with one.
A function stands in one class only, that of the furthest it is passed on. Where no document on
record says what becomes of it, it stands in none of them, and that is said.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import planned, stands

from .facts import Delegation, Function, Reservation
from .register import Fault, Hop, Register, register

Class = Literal["reserved", "delegated", "shared", "not recorded"]

CLASSES: tuple[Class, ...] = ("reserved", "delegated", "shared", "not recorded")
"""In the order in which a scheme prints them."""

_SCHEMES = frozenset({"scheme of reservation and delegation"})
_PENDING = frozenset({"status", "instrument pending"})


class Grant(NamedTuple):
    """A delegation as a scheme prints it.

    apart   the taker is another body, or a joint one
    faults  what is wrong with it or not recorded of it
    """

    name: str
    fact: Delegation
    giver: str
    taker: str
    apart: bool
    faults: tuple[Fault, ...]

    @property
    def holds(self) -> bool:
        """Nothing on record keeps it from having effect."""
        return not any(fault.state == "fails" for fault in self.faults)

    @property
    def coming(self) -> bool:
        """It fails for nothing but being proposed or drafted."""
        return not self.holds and any(fault.test in _PENDING for fault in self.faults)


class Disposition(NamedTuple):
    """One function of a body, and what becomes of it.

    held   the powers and delegations by which the body has it
    kept   reservations of it
    given  delegations of this very function that hold
    wider  the same, of wider functions that take it in
    """

    function: str
    place: Class
    held: tuple[str, ...]
    kept: tuple[str, ...]
    given: tuple[Grant, ...]
    wider: tuple[Grant, ...]


class Scheme(NamedTuple):
    """What one body has, keeps and passes on.

    coming  delegations by it or to it that are only proposed
    idle    delegations by it that are on record and have no effect on the day
    """

    body: str
    dispositions: tuple[Disposition, ...]
    coming: tuple[Grant, ...]
    idle: tuple[Grant, ...]

    def of(self, place: Class) -> tuple[Disposition, ...]:
        """The functions of one class."""
        return tuple(each for each in self.dispositions if each.place == place)


type _Grants = dict[str, list[Grant]]


def scheme(snapshot: Snapshot, body: str) -> Scheme:
    """The scheme of a body, committee or post on the snapshot's day."""
    entries = register(snapshot)
    grants = sorted(_grants(entries, body), key=lambda each: each.name)
    sound = [each for each in grants if each.holds]
    of_function: _Grants = {}
    for each in sound:
        of_function.setdefault(each.fact.function, []).append(each)
    found = (
        _disposition(entries, body, function, held, of_function)
        for function, held in sorted(_functions(entries, body, sound).items())
    )
    given = [each for each in grants if not each.holds]
    coming = tuple(each for each in given if each.coming)
    return Scheme(
        body,
        tuple(found),
        (*coming, *_offered(entries, body)),
        tuple(each for each in given if not each.coming),
    )


def holding(snapshot: Snapshot, bodies: Iterable[str]) -> Iterator[str]:
    """Of some bodies, those that have a scheme of their own: no committee or part of another."""
    entries = register(snapshot)
    givers = {fact.giver for fact in entries.delegations.values()}
    for each in bodies:
        own = entries.owners(each) == frozenset({each})
        if own and (each in entries.roots or each in givers or each in entries.to):
            yield each


def unheld(snapshot: Snapshot, system: str, schemes: Iterable[Scheme]) -> tuple[str, ...]:
    """Functions that a system's record names and that nobody in these schemes has."""
    had = {each.function for scheme in schemes for each in scheme.dispositions}
    return tuple(
        name for name in snapshot.all(Function) if name.startswith(f"{system}/") and name not in had
    )


# --- who gives what -------------------------------------------------------------------------------


def _grants(entries: Register, body: str) -> Iterator[Grant]:
    """Every delegation by the body or by a committee or post of it."""
    for name, hop in entries.hops.items():
        if hop.giver == body or body in entries.owners(hop.giver):
            yield _grant(entries, body, name, hop)


def _offered(entries: Register, body: str) -> Iterator[Grant]:
    """Delegations to the body that are only proposed."""
    for hop, _ in entries.faulty.get(body, ()):
        made = _grant(entries, body, hop.name, hop)
        if made.coming and body not in entries.owners(hop.giver):
            yield made


def coming_to(snapshot: Snapshot, bodies: Iterable[str]) -> tuple[Grant, ...]:
    """Delegations to some bodies that are only proposed or drafted."""
    entries = register(snapshot)
    made = (
        _grant(entries, hop.giver, hop.name, hop)
        for each in bodies
        for hop, _ in entries.faulty.get(each, ())
    )
    return tuple(each for each in made if each.coming)


def _grant(entries: Register, body: str, name: str, hop: Hop) -> Grant:
    apart = bool(entries.parents(hop.taker)) or body not in entries.owners(hop.taker)
    return Grant(name, hop.fact, hop.giver, hop.taker, apart, entries.faults_of(name))


def _functions(entries: Register, body: str, grants: Iterable[Grant]) -> Mapping[str, list[str]]:
    """The body's functions, each with the powers and delegations that give it.

    The functions of other systems are theirs to arrange in a tree; they are left out here.
    """
    own = {root.power: root.function for root in entries.roots.get(body, ())}
    own |= {hop.name: hop.function for hop in entries.to.get(body, ())}
    home = {body.split("/", 1)[0], "england"}
    named = {*own.values(), *(each.fact.function for each in grants)}
    found: dict[str, list[str]] = {}
    for function in entries.function_names:
        wider = entries.functions.up(function)
        by = [name for name, held in own.items() if held in wider]
        if by and (function in named or function.split("/", 1)[0] in home):
            found[function] = by
    return found


def _disposition(
    entries: Register, body: str, function: str, held: Iterable[str], grants: _Grants
) -> Disposition:
    wider = entries.functions.up(function)
    reserved = [(name, fact) for name, fact in entries.kept.get(body, ()) if fact.function in wider]
    own = grants.get(function, [])
    above = [each for one in sorted(wider - {function}) for each in grants.get(one, ())]
    return Disposition(
        function,
        _class(entries, body, reserved, own + above),
        tuple(held),
        tuple(name for name, _ in reserved),
        tuple(own),
        tuple(above),
    )


def _class(
    entries: Register,
    body: str,
    reserved: Iterable[tuple[str, Reservation]],
    covering: list[Grant],
) -> Class:
    if any(not fact.lower and fact.area is None for _, fact in reserved):
        return "reserved"
    if any(each.apart for each in covering):
        return "shared"
    if covering:
        return "delegated"
    return "reserved" if tuple(reserved) or schemed(entries, body) else "not recorded"


def schemed(entries: Register, body: str) -> tuple[str, ...]:
    """The schemes of reservation and delegation of a body that are in force."""
    return tuple(
        name
        for name, paper in entries.instruments.items()
        if paper.body == body and paper.type in _SCHEMES and stands(paper)
    )


def drafted(entries: Register, body: str) -> tuple[str, ...]:
    """Its documents that are only proposed or drafted."""
    return tuple(
        name
        for name, paper in entries.instruments.items()
        if body in {paper.body, *paper.parties} and planned(paper)
    )
