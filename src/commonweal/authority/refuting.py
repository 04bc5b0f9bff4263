"""Refutations: why nobody up the chain could have begun, written out as a closed set.

See `verifier_of_refusals` for what such a set proves.
"""

from collections import deque
from collections.abc import Iterator
from typing import Any, NamedTuple

from .register import Fault, Hop, Register
from .search import MOST_HOPS, Search, part_of
from .verifier_of_refusals import TESTS

_TEST = {
    "status": "status",
    "giver ended": "giver",
    "taker barred": "taker",
    "provider barred": "taker",
    "no basis": "law",
    "basis not in force": "law",
    "giver unlawful": "law",
    "taker unlawful": "law",
    "taker not its own": "law",
    "excluded": "law",
    "parents not recorded": "law",
    "giver no parent": "law",
    "no instrument": "document",
    "instrument pending": "document",
    "instrument not in force": "document",
    "area": "area",
    "area perhaps": "area",
    "onward": "passing on",
    "money": "money",
    "urgent only": "urgent",
    "limit not recorded": "limit",
    "below": "limit",
    "above": "limit",
    "used before not recorded": "limit",
    "reserved": "reserved",
}
"""The test of a proof to which each test of the search belongs."""


class State(NamedTuple):
    """What a holder would have to be able to decide, with so many delegations below it."""

    holder: str
    function: str
    area: str
    below: int
    where: tuple[str, ...]

    @property
    def key(self) -> tuple[object, ...]:
        """The same, however much hangs from it."""
        return self.holder, self.function, self.area, self.where


def refutation(search: Search, holder: str) -> list[dict[str, Any]]:
    """The closed set for a question that a search, strict or lenient, did not allow."""
    question = search.question
    waiting = deque([State(holder, question.function, question.area, 0, search.where)])
    seen = {waiting[0].key}
    nodes = []
    while waiting:
        node, givers = _node(search, waiting.popleft())
        nodes.append(node)
        for state in givers:
            if state.key not in seen:
                seen.add(state.key)
                waiting.append(state)
    return nodes


def _node(search: Search, state: State) -> tuple[dict[str, Any], list[State]]:
    register = search.register
    barred = bool(register.bar(state.holder))
    cover, only, part = (None, None, None) if barred else _lacking(search, state)
    at = _at_part(state, part)
    tried = [] if barred or cover else [(h, _stop(search, h, at)) for h in ways(register, state)]
    node = {
        "holder": state.holder,
        "function": state.function,
        "area": state.area,
        "where": list(state.where),
        "below": state.below,
        "barred": barred,
        "cover": cover,
        "parent": only,
        "part": part,
        "powers": [] if barred else powers(register, state.holder, state.function),
        "ways": [_way(hop, stop) for hop, stop in tried],
    }
    open_ = [hop for hop, stop in tried if stop is None and only in {None, hop.giver}]
    return node, [_giver(hop, at) for hop in open_]


def _way(hop: Hop, stop: str | None) -> dict[str, Any]:
    return {"delegation": hop.name, "giver": hop.giver, "saved": hop.saved_by, "fails": stop}


def _giver(hop: Hop, state: State) -> State:
    return State(hop.giver, hop.function, hop.area or state.area, state.below + 1, state.where)


def _at_part(state: State, part: str | None) -> State:
    if part is None:
        return state
    return state._replace(area=part, where=part_of(state.where, state.area, part))


def ways(register: Register, state: State) -> list[Hop]:
    """Every delegation to a holder of a function or a wider one, by identifier."""
    wider = register.functions.up(state.function)
    sound = register.to.get(state.holder, ())
    faulty = (hop for hop, _ in register.faulty.get(state.holder, ()))
    return sorted(hop for hop in (*sound, *faulty) if hop.function in wider)


def powers(register: Register, holder: str, function: str) -> list[str]:
    """The powers by which a holder has a function or a wider one somewhere."""
    wider, roots = register.functions.up(function), register.roots.get(holder, ())
    found = dict.fromkeys([root.power for root in roots if root.function in wider])
    return sorted(found) if len(found) > 1 else list(found)


def _stop(search: Search, hop: Hop, state: State) -> str | None:
    """The first test that a delegation does not pass; none if it passes all."""
    faults = [*search.register.faults_of(hop.name), *_place(search, hop, state.area)]
    faults += search.within(state.where).tests(hop, state.below)
    stops = {
        _TEST[fault.test]
        for fault in faults
        if fault.test in _TEST and (fault.state == "fails" or not search.lenient)
    }
    if state.below >= MOST_HOPS:
        stops.add("passing on")
    return min(stops, key=TESTS.index, default=None)


def _place(search: Search, hop: Hop, area: str) -> Iterator[Fault]:
    land = search.register.land
    if hop.area is not None and hop.area not in land.up(area):
        perhaps = hop.area in land.perhaps(area)
        yield Fault("area", "unknown" if perhaps else "fails")


def _lacking(search: Search, state: State) -> tuple[str | None, str | None, str | None]:
    """Of a joint committee: how its parents fail to cover the area, or which has not given a part.

    Three nones for any other holder.
    """
    register = search.register
    if not register.parents(state.holder):
        return None, None, None
    joined = register.needed(state.holder, state.area)
    if joined.cover == "short" or (joined.cover == "unsaid" and not search.lenient):
        return joined.cover, None, None
    parent, part = next(each for each in joined.parts if not _gives(search, state, *each))
    return None, parent, part


def _gives(search: Search, state: State, parent: str, part: str) -> bool:
    at = _at_part(state, part)
    return search.within(at.where).gives(parent, (at.holder, at.function, at.area, at.below))
