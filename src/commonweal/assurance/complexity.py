"""How tangled a system is: for each function, who has a part in it, overlaps and hand-offs.

It is counted from powers and delegations on record, so a thin record looks simple. Limits of money
are not looked at: two bodies with bands of their own in one area still overlap.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from commonweal.authority.facts import Delegation, Power
from commonweal.bodies.facts import Body
from commonweal.record.snapshot import Snapshot

type Becomes = Mapping[str, str]
"""Bodies that end, each with what takes its place; an empty name: nothing does."""


class Handed(NamedTuple):
    """A function handed from one to another; no area: wherever the giver may."""

    function: str
    giver: str
    taker: str
    area: str | None


class Tangle(NamedTuple):
    """One function.

    who        everybody who holds, gives or takes it
    overlaps   pairs that may both act in one area, neither of whom handed it to the other
    hand_offs  times that it is handed from one to another
    """

    function: str
    who: tuple[str, ...]
    overlaps: int
    hand_offs: int


class Complexity(NamedTuple):
    """What a system comes to on a day, the most tangled function first."""

    tangles: tuple[Tangle, ...]

    @property
    def bodies(self) -> int:
        """Everybody who has a part in any of it, counted once."""
        return len({who for each in self.tangles for who in each.who})

    @property
    def overlaps(self) -> int:
        """Overlaps of all functions together."""
        return sum(each.overlaps for each in self.tangles)

    @property
    def hand_offs(self) -> int:
        """Hand-offs of all functions together."""
        return sum(each.hand_offs for each in self.tangles)


def complexity(snapshot: Snapshot, system: str, becomes: Becomes | None = None) -> Complexity:
    """Count a system as it is on the snapshot's day, or as it would be after a change.

    becomes  the bodies that end, and what takes their place
    """
    handed = set(_handed(snapshot, system, becomes or {}))
    held = set(_held(snapshot, system, becomes or {}))
    functions = {each.function for each in handed} | {function for function, _, _ in held}
    found = [_tangle(function, handed, held) for function in functions]
    order = sorted(found, key=lambda e: (-e.overlaps, -e.hand_offs, -len(e.who), e.function))
    return Complexity(tuple(order))


type _Held = tuple[str, str, str | None]


def _handed(snapshot: Snapshot, system: str, becomes: Becomes) -> Iterator[Handed]:
    for name, fact in snapshot.all(Delegation).items():
        if name.startswith(f"{system}/"):
            giver, taker = (becomes.get(each, each) for each in (fact.giver, fact.taker))
            if giver and taker and giver != taker:
                yield Handed(fact.function, giver, taker, fact.area)


def _held(snapshot: Snapshot, system: str, becomes: Becomes) -> Iterator[_Held]:
    """Who holds a function by law: by name, or as a body of a kind in the system."""
    kinds: dict[str, list[str]] = {}
    for name, body in snapshot.all(Body).items():
        if name.startswith(f"{system}/") and body.stage != "dissolved":
            kinds.setdefault(body.type, []).append(name)
    for fact in snapshot.all(Power).values():
        named = [fact.holder] if fact.holder else kinds.get(fact.every or "", [])
        for holder in named:
            if holder.startswith(f"{system}/") and (there := becomes.get(holder, holder)):
                yield fact.function, there, fact.area or f"of {there}"


def _tangle(function: str, handed: set[Handed], held: set[_Held]) -> Tangle:
    passed = [each for each in handed if each.function == function]
    own = [(who, area) for each, who, area in held if each == function]
    acting = {*own, *((each.taker, each.area) for each in passed)}
    tied = {frozenset((each.giver, each.taker)) for each in passed}
    pairs = {
        frozenset((one, two))
        for (one, here), (two, there) in combinations(sorted(acting, key=str), 2)
        if one != two and here == there
    }
    who = {who for who, _ in own} | {end for each in passed for end in (each.giver, each.taker)}
    return Tangle(function, tuple(sorted(who)), len(pairs - tied), len(passed))


def in_a_sentence(found: Complexity) -> str:
    """How tangled a system is."""
    if not found.tangles:
        return "Who may decide what is not on record here on this day, so nothing can be counted."
    many, passed, twice = len(found.tangles), found.hand_offs, found.overlaps
    handed = {0: "none of them handed on", 1: "handed on once"}
    return (
        f"{many} function{' is' if many == 1 else 's are'} shared out among {found.bodies} bodies "
        f"and posts, {handed.get(passed, f'handed on {passed} times')}; {twice} "
        f"pair{'' if twice == 1 else 's'} of them may act on the same in the same area."
    )


def merged(bodies: tuple[str, ...]) -> dict[str, str]:
    """What becomes of bodies: several become the first of them, one alone ends."""
    first, *others = bodies
    return dict.fromkeys(others, first) if others else {first: ""}
