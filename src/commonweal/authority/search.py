"""The search: from the one who asks, up through what was given, to a power in law.

A delegation counts only if its giver may itself decide all of what it gives: the delegation's
own function and area. Amounts are the question's, at every step, so limits narrow upwards.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct, structs

from .facts import Delegation
from .register import Fault, Hop, Register, Root

NO_LIMIT = 10**18
"""More pence than anybody has."""

MOST_HOPS = 12
"""As long as a chain may be before the search gives up on it."""

_RUNNING = frozenset({"per year", "cumulative per matter", "per 100,000 population per year"})
"""Limits that count what was decided before."""


class Question(Struct, frozen=True, kw_only=True):
    """What is asked: a function, where, and how much.

    amount  whole pence; None: the question is about the function, whatever the amount
    money   revenue or capital; None: not said
    urgent  the decision cannot wait for a meeting
    so_far  pence decided before that the same limit counts; None: not recorded
    budget  pence left in the approved budget; None: not recorded
    """

    function: str
    area: str
    amount: int | None = None
    money: str | None = None
    urgent: bool = False
    so_far: int | None = None
    budget: int | None = None


class Route(NamedTuple):
    """How a holder comes to decide: by a power in law, or by delegations.

    function, area  what it had to cover at this step
    root            the power; None: by delegation
    hops            the delegations: one, or for a joint committee one from each parent needed for
                    each part of the area that it gives for
    above           how each giver comes to decide, in the same order
    apart           parents of a joint committee that are not needed there
    ceiling         pence up to which it holds
    parts           of a joint committee: what each delegation had to cover
    """

    holder: str
    function: str
    area: str
    root: Root | None
    hops: tuple[Hop, ...]
    above: tuple["Route", ...]
    apart: tuple[str, ...]
    ceiling: int
    parts: tuple[str, ...] = ()


class Search:
    """One question asked of one register.

    lenient  let pass what the record says too little about, but nothing that fails
    kept     let reservations win, as they do; the audit looks at them apart
    where    the area asked about; above a joint committee also the part a parent gives for, last
    """

    def __init__(
        self,
        register: Register,
        question: Question,
        *,
        lenient: bool = False,
        kept: bool = True,
    ) -> None:
        self.register = register
        self._kept = kept
        self.question = question
        self.lenient = lenient
        self._known: dict[tuple[str, str, str, int], Route | None] = {}
        self._cuts = [0]
        self.where: tuple[str, ...] = (question.area,)
        self._within: dict[tuple[str, ...], Search] = {self.where: self}

    @cached_property
    def functions(self) -> frozenset[str]:
        """The function asked about and all it is part of."""
        return self.register.functions.up(self.question.function)

    @cached_property
    def areas(self) -> frozenset[str]:
        """The area asked about and all it lies wholly in; of a part of it as well."""
        return frozenset().union(*map(self.register.land.up, self.where))

    def within(self, where: tuple[str, ...]) -> "Search":
        """The same search above a joint committee, where a parent gives for a part."""
        known = self._within.get(where)
        if known is None:
            question = structs.replace(self.question, area=where[-1])
            known = Search(self.register, question, lenient=self.lenient, kept=self._kept)
            known.where, known._cuts, known._within = where, self._cuts, self._within
            self._within[where] = known
        return known

    def route(self, holder: str) -> Route | None:
        """How a holder may decide what is asked; None if it may not."""
        if self.register.bar(holder):
            return None
        return self._route(holder, self.question.function, self.question.area, 0, ())

    def ceiling(self, holder: str, function: str, area: str, below: int) -> int | None:
        """Pence up to which a holder may decide something of its own; None: not at all."""
        route = self._route(holder, function, area, below, ())
        return route.ceiling if route else None

    def reaches(self, holder: str, function: str, area: str, below: int) -> bool:
        """Whether a holder may decide something of its own, with that much hanging from it."""
        return self._route(holder, function, area, below, ()) is not None

    def _route(
        self, holder: str, function: str, area: str, below: int, path: tuple[str, ...]
    ) -> Route | None:
        state = (holder, function, area, below)
        if state in self._known:
            return self._known[state]
        root = self.register.root(holder, function, area)
        if root is not None:
            return Route(holder, function, area, root, (), (), (), NO_LIMIT)
        hops = self.register.to.get(holder)
        if not hops:
            return None
        if holder in path or below >= MOST_HOPS:
            # The way leads back to where it came from. What fails because of that may yet hold
            # when it is reached another way, so it is not remembered.
            self._cuts[0] += 1
            return None
        cuts = self._cuts[0]
        found = self._through(hops, state, (*path, holder))
        if found is not None or cuts == self._cuts[0]:
            self._known[state] = found
        return found

    def _through(
        self, hops: list[Hop], state: tuple[str, str, str, int], path: tuple[str, ...]
    ) -> Route | None:
        holder, function, area, _ = state
        if self.register.parents(holder):
            return self._jointly(hops, state, path)
        way = self.best(hops, state, path)
        if way is None:
            return None
        hop, above, ceiling = way
        return Route(holder, function, area, None, (hop,), (above,), (), ceiling)

    def _jointly(
        self, hops: list[Hop], state: tuple[str, str, str, int], path: tuple[str, ...]
    ) -> Route | None:
        """By a grant of each parent that is needed, each for its part."""
        holder, function, area, below = state
        joined = self.register.needed(holder, area)
        if joined.cover == "short" or (joined.cover == "unsaid" and not self.lenient):
            return None
        ways = []
        for parent, part in joined.parts:
            own = [hop for hop in hops if hop.giver == parent]
            search = self.within(part_of(self.where, area, part))
            if (way := search.best(own, (holder, function, part, below), path)) is None:
                return None
            ways.append(way)
        return Route(
            holder, function, area, None, tuple(way[0] for way in ways),
            tuple(way[1] for way in ways), joined.apart, min(way[2] for way in ways),
            tuple(part for _, part in joined.parts),
        )  # fmt: skip

    def gives(self, parent: str, state: tuple[str, str, str, int]) -> bool:
        """Whether a parent gives a joint committee something, with that much hanging from it."""
        own = [hop for hop in self.register.to.get(state[0], ()) if hop.giver == parent]
        return self.best(own, state, ()) is not None

    def best(
        self, hops: list[Hop], state: tuple[str, str, str, int], path: tuple[str, ...]
    ) -> tuple[Hop, Route, int] | None:
        """The delegation that reaches furthest; with an amount to test, the first that reaches."""
        _, function, area, below = state
        functions = self.register.functions.up(function)
        areas = self.register.land.up(area)
        first = self.question.amount is not None
        best: tuple[Hop, Route, int] | None = None
        for hop in hops:
            given = hop.area
            if hop.function not in functions:
                continue
            if given is not None and given not in areas and not self._perhaps(given, area):
                continue
            ceiling = self._ceiling(hop, below)
            if ceiling is None:
                continue
            above = self._route(hop.giver, hop.function, given or area, below + 1, path)
            if above is None:
                continue
            reaches = min(ceiling, above.ceiling)
            if first:
                return hop, above, reaches
            if best is None or reaches > best[2]:
                best = (hop, above, reaches)
        return best

    def _perhaps(self, given: str, area: str) -> bool:
        return self.lenient and given in self.register.land.perhaps(area)

    def _ceiling(self, hop: Hop, below: int) -> int | None:
        """Pence up to which a delegation lets the question pass; None if it does not."""
        if hop.plain and hop.giver not in self.register.kept:
            # Nearly all are like that, and only these two tests could fail.
            upper = hop.fact.upper or 0
            if (self.question.amount or 0) > upper:
                return None
            if below and (hop.onward is None or hop.onward < below):
                return upper if hop.onward is None and self.lenient else None
            return upper
        for test in self.tests(hop, below):
            if test.state == "fails" or not self.lenient:
                return None
        ceiling = reach(self.register, hop, self.question, below)[0]
        if self._kept:
            for _, above in self.reserved(hop.giver):
                ceiling = min(ceiling, above)
        return ceiling

    # --- the tests that depend on the question ---------------------------------------------------

    def tests(self, hop: Hop, below: int) -> Iterator[Fault]:
        """Every test that a delegation fails for this question, its giver and coverage apart.

        below  how many further delegations hang from it
        """
        if hop.unknown:
            yield Fault("too little recorded", "unknown", (hop.name,))
        if hop.excludes and not self.functions.isdisjoint(hop.excludes):
            yield Fault("excluded", "fails", (self.question.function, hop.fact.basis or ""))
        if below and (hop.onward is None or hop.onward < below):
            yield Fault("onward", "unknown" if hop.onward is None else "fails", (str(hop.onward),))
        yield from circumstance_tests(hop.fact, self.question)
        yield from self._limit_tests(hop, below)
        for name, above in self.reserved(hop.giver) if self._kept else ():
            amount = self.question.amount
            if above == 0 or (amount is not None and amount > above):
                short = max(amount - above, 0) if above and amount else 0
                yield Fault("reserved", "fails", (hop.giver, name, str(above)), short)

    def _limit_tests(self, hop: Hop, below: int) -> Iterator[Fault]:
        if self.question.amount is None:
            return
        ceiling, known = reach(self.register, hop, self.question, below)
        if not known:
            yield Fault("limit not recorded", "unknown", (hop.fact.limit,))
            return
        yield from amount_tests(hop.fact, self.question, ceiling)

    def reserved(self, holder: str) -> Iterator[tuple[str, int]]:
        """What a holder keeps of what is asked: the reservation, and the pence above which."""
        for name, fact in self.register.kept.get(holder, ()):
            if fact.function in self.functions and (fact.area is None or fact.area in self.areas):
                yield name, fact.lower or 0


def part_of(where: tuple[str, ...], area: str, part: str) -> tuple[str, ...]:
    """Where a search is, once a parent gives for a part of the area it had come to."""
    return where if part == area else (*sorted({*where} - {part}), part)


def reach(register: Register, hop: Hop, question: Question, below: int) -> tuple[int, bool]:
    """Pence up to which a delegation reaches, and whether the record says so."""
    fact = hop.fact
    if fact.limit == "no limit":
        ceiling, known = NO_LIMIT, True
    elif fact.limit == "within approved budget":
        known = question.budget is not None
        ceiling = question.budget if question.budget is not None else NO_LIMIT
        ceiling = min(ceiling, fact.upper) if fact.upper is not None else ceiling
    elif fact.limit == "not stated" or fact.upper is None:
        ceiling, known = NO_LIMIT if fact.upper is None else fact.upper, False
    elif fact.limit == "per 100,000 population per year":
        people = register.people.get(question.area)
        known = people is not None
        ceiling = fact.upper * people[1] // 100_000 if people else NO_LIMIT
    else:
        ceiling, known = fact.upper, True
    if below and fact.delegatable is not None:
        ceiling = min(ceiling, fact.delegatable)
    return ceiling, known


def circumstance_tests(fact: Delegation, question: Question) -> Iterator[Fault]:
    """Whether the money is of the right sort, and the case as urgent as it has to be."""
    if fact.money != "either" and question.money not in {None, fact.money}:
        yield Fault("money", "fails", (fact.money,))
    if not question.urgent and any(each.type == "urgent only" for each in fact.conditions):
        yield Fault("urgent only", "fails")


def amount_tests(fact: Delegation, question: Question, ceiling: int) -> Iterator[Fault]:
    """Whether an amount lies between the limits of a delegation."""
    amount = question.amount or 0
    if fact.lower is not None and amount <= fact.lower:
        yield Fault("below", "fails", (str(fact.lower),), fact.lower - amount + 1)
    running = fact.limit in _RUNNING
    total = amount + (question.so_far or 0 if running else 0)
    if total > ceiling:
        yield Fault("above", "fails", (fact.limit, str(ceiling)), total - ceiling)
    elif running and question.so_far is None:
        yield Fault("used before not recorded", "unknown", (fact.limit, str(ceiling)))
