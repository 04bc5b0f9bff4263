"""The audit: every delegation of a day looked at for what is wrong with it, each fault once.

What only follows from another fault is not reported: where a giver's own delegation is faulty,
that one is, and not everything beneath it.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Literal, NamedTuple

from commonweal.areas.successions import successions_from
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import stands

from .answers import home_areas
from .facts import Delegation, pounds
from .register import Fault, Hop, Register, register
from .search import NO_LIMIT, Question, Search, reach
from .sentences import fault_in_words

FaultKind = Literal[
    "more than the giver has",
    "area outside the giver's",
    "giver dissolved",
    "taker dissolved",
    "lapsed at a merger",
    "giver unlawful",
    "target unlawful",
    "consultative forum given power",
    "provider barred",
    "circular",
    "overlapping sole powers",
    "function without a holder",
    "limit no longer narrows",
    "nothing between the limits",
    "missing basis",
    "basis not in force",
    "missing instrument",
    "pending instrument used",
    "instrument not in force",
    "onward barred",
    "reserved function delegated",
    "excluded function",
    "joint committee missing a parent",
    "giver no parent",
    "payer may not pay in",
    "duplicate",
    "limit not recorded",
]


class Finding(NamedTuple):
    """One fault of a scheme.

    about    the delegation, power or function at fault
    gap      the record is silent, and so nothing can be told; else something is wrong
    because  one plain sentence
    """

    kind: FaultKind
    about: str
    gap: bool
    because: str


_STATIC: dict[str, FaultKind] = {
    "giver unlawful": "giver unlawful",
    "taker unlawful": "target unlawful",
    "taker not its own": "target unlawful",
    "excluded": "excluded function",
    "no basis": "missing basis",
    "basis not in force": "basis not in force",
    "no instrument": "missing instrument",
    "instrument pending": "pending instrument used",
    "instrument not in force": "instrument not in force",
    "giver no parent": "giver no parent",
    "provider barred": "provider barred",
    "parents not recorded": "joint committee missing a parent",
}
_GAPS = frozenset({"missing basis", "missing instrument", "limit not recorded"})


def audit(snapshot: Snapshot, system: str | None = None) -> tuple[Finding, ...]:
    """Every fault of the schemes on record, or of one system's.

    system  first part of the identifiers to look at; None: all of them
    """
    looking = _Audit(snapshot)
    found = [each for each in looking.findings() if system in {None, each.about.split("/")[0]}]
    return tuple(sorted(set(found)))


class _Audit:
    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot, self.name = snapshot, snapshot.name
        self.register: Register = register(snapshot)
        self._searches: dict[tuple[str, str], Search] = {}

    def findings(self) -> Iterator[Finding]:
        yield from self._duplicates()
        yield from self._functions()
        yield from self._powers()
        for name, fact in self.register.delegations.items():
            # One that is only proposed binds nobody yet.
            if stands(fact):
                yield from self._delegation(name, fact)

    def _found(self, kind: FaultKind, about: str, because: str) -> Finding:
        sentence = f"{self.name(about)}: {because}."
        return Finding(kind, about, kind in _GAPS, sentence)

    # --- one delegation --------------------------------------------------------------------------

    def _delegation(self, name: str, fact: Delegation) -> Iterator[Finding]:
        hop, faults = self.register.hops[name], self.register.faults_of(name)
        for fault in faults:
            yield self._found(self._kind(fault), name, fault_in_words(fault, self.name))
        yield from self._money(name, fact)
        if not any(fault.state == "fails" for fault in faults):
            yield from self._support(hop)

    def _kind(self, fault: Fault) -> FaultKind:
        if fault.test == "giver ended":
            return self._ended(fault.about[0], "giver dissolved")
        if fault.test == "taker barred":
            if self.register.in_law(fault.about[0]):
                return "consultative forum given power"
            return self._ended(fault.about[0], "taker dissolved")
        return _STATIC[fault.test]

    def _ended(self, body: str, otherwise: FaultKind) -> FaultKind:
        return "lapsed at a merger" if successions_from(self.snapshot, body) else otherwise

    def _money(self, name: str, fact: Delegation) -> Iterator[Finding]:
        if fact.lower is not None and fact.upper is not None and fact.lower >= fact.upper:
            between = f"nothing lies between {pounds(fact.lower)} and {pounds(fact.upper)}"
            yield self._found("nothing between the limits", name, between)
        if fact.limit == "not stated" or (fact.upper is None and fact.limit in _MEASURED):
            yield self._found("limit not recorded", name, "its limit is not recorded")
        basis = self.register.bases.get(fact.basis or "")
        for payer in fact.payers:
            who = self.name(payer)
            if fact.fund == "aligned":
                because = f"{who} pays into a fund that is aligned; only pooled money is paid in"
                yield self._found("payer may not pay in", name, because)
            elif basis and self.register.kind(payer) not in basis.payers:
                because = f"{basis.name} does not let {who} pay into a pooled fund"
                yield self._found("payer may not pay in", name, because)

    # --- whether the giver may -------------------------------------------------------------------

    def _support(self, hop: Hop) -> Iterator[Finding]:
        for area in self._areas(hop):
            search = self._search(hop.function, area)
            if (kept := self._kept(search, hop)) is not None:
                yield kept
            elif (ceiling := search.ceiling(hop.giver, hop.function, area, 1)) is None:
                yield from self._unsupported(search, hop, area)
            else:
                yield from self._narrows(hop, area, ceiling)
            yield from self._parents(hop, area)

    def _areas(self, hop: Hop) -> tuple[str, ...]:
        """Where to try it: in its own area, or else in the giver's first."""
        return tuple([hop.area] if hop.area else list(home_areas(self.register, hop.giver))[:1])

    def _search(self, function: str, area: str) -> Search:
        key = (function, area)
        if key not in self._searches:
            question = Question(function=function, area=area, urgent=True)
            self._searches[key] = Search(self.register, question, lenient=True, kept=False)
        return self._searches[key]

    def _kept(self, search: Search, hop: Hop) -> Finding | None:
        for name, above in search.reserved(hop.giver):
            if above == 0:
                because = f"{self.name(hop.giver)} keeps it to itself ({self.name(name)})"
                return self._found("reserved function delegated", hop.name, because)
        return None

    def _unsupported(self, search: Search, hop: Hop, area: str) -> Iterator[Finding]:
        giver, function = hop.giver, hop.function
        if self._circular(hop):
            because = "the way up from its giver leads back to its taker and to no power in law"
            yield self._found("circular", hop.name, because)
        elif search.ceiling(giver, function, area, 0) is not None:
            because = f"what {self.name(giver)} was given may not be passed on so often"
            yield self._found("onward barred", hop.name, because)
        elif self._rests_on_fault(hop, area):
            return
        elif any(
            self._search(function, other).ceiling(giver, function, other, 1) is not None
            for other in self._elsewhere(giver, function)
        ):
            because = f"{self.name(giver)} may not decide that in {self.name(area)}"
            yield self._found("area outside the giver's", hop.name, because)
        else:
            because = f"{self.name(giver)} may not decide on “{self.name(function)}” itself"
            yield self._found("more than the giver has", hop.name, because)

    def _circular(self, hop: Hop) -> bool:
        seen, waiting = {hop.giver}, [hop.giver]
        while waiting:
            for other in self.register.to.get(waiting.pop(), ()):
                if other.giver == hop.taker:
                    return True
                if other.giver not in seen:
                    seen.add(other.giver)
                    waiting.append(other.giver)
        return False

    def _rests_on_fault(self, hop: Hop, area: str) -> bool:
        """Whether the giver was given it, so that the fault lies there or further up."""
        wider, land = self.register.functions.up(hop.function), self.register.land
        around = {None, *land.up(area), *land.perhaps(area)}
        faulty = (bad for bad, _ in self.register.faulty.get(hop.giver, ()))
        given = (*self.register.to.get(hop.giver, ()), *faulty)
        return any(other.function in wider and other.area in around for other in given)

    def _elsewhere(self, giver: str, function: str) -> list[str]:
        wider = self.register.functions.up(function)
        roots = [root.area for root in self.register.roots.get(giver, ()) if root.function in wider]
        hops = [hop.area for hop in self.register.to.get(giver, ()) if hop.function in wider]
        return roots + [area for area in hops if area]

    def _narrows(self, hop: Hop, area: str, ceiling: int) -> Iterator[Finding]:
        question = Question(function=hop.function, area=area, urgent=True)
        own, known = reach(self.register, hop, question, 0)
        if known and own > ceiling and ceiling < NO_LIMIT:
            much = "without limit" if own >= NO_LIMIT else f"up to {pounds(own)}"
            because = f"it lets {much}, and the giver itself may only up to {pounds(ceiling)}"
            yield self._found("limit no longer narrows", hop.name, because)

    def _parents(self, hop: Hop, area: str) -> Iterator[Finding]:
        if not self.register.parents(hop.taker):
            return
        home = next(iter(home_areas(self.register, hop.taker)), area)
        where = hop.area or home
        wider = self.register.functions.up(hop.function)
        given = {
            other.giver for other in self.register.to[hop.taker] if other.function in wider
        } | {
            other.giver
            for other, _ in self.register.faulty.get(hop.taker, ())
            if other.function in wider
        }
        joined = self.register.needed(hop.taker, where)
        for parent in dict.fromkeys(parent for parent, _ in joined.parts):
            if parent not in given:
                because = f"{self.name(parent)}, a parent, has not given it"
                yield self._found("joint committee missing a parent", hop.name, because)

    # --- the scheme as a whole -------------------------------------------------------------------

    def _duplicates(self) -> Iterator[Finding]:
        def same(fact: Delegation) -> tuple[object, ...]:
            return (
                fact.giver, fact.taker, fact.function, fact.area, fact.limit, fact.lower,
                fact.upper, fact.money, fact.conditions,
            )  # fmt: skip

        standing = {n: f for n, f in self.register.delegations.items() if stands(f)}
        counts = Counter(same(fact) for fact in standing.values())
        first: set[tuple[object, ...]] = set()
        for name, fact in standing.items():
            key = same(fact)
            if counts[key] > 1 and key in first:
                yield self._found("duplicate", name, "it says what another says already")
            first.add(key)

    def _functions(self) -> Iterator[Finding]:
        held = {root.function for roots in self.register.roots.values() for root in roots}
        above = {wider for function in held for wider in self.register.functions.up(function)}
        for function in self.register.function_names:
            if function not in above and held.isdisjoint(self.register.functions.up(function)):
                because = "no law on record gives it to anybody on that day"
                yield self._found("function without a holder", function, because)

    def _powers(self) -> Iterator[Finding]:
        """Two bodies with the same power on the same ground, each as if it were alone."""
        at = self.register.root_at
        for (function, area), holders in at.items():
            around = self.register.land.up(area)
            others = {
                other
                for wider in around
                for other in at.get((function, wider), ())
                if other not in holders or wider == area
            }
            for pair in _pairs(others, holders):
                both = f"{self.name(pair[0])} and {self.name(pair[1])}"
                because = f"{both} both hold it in {self.name(area)}"
                yield self._found("overlapping sole powers", function, because)


_MEASURED = frozenset(
    {
        "per decision", "whole life", "per year", "cumulative per matter",
        "per 100,000 population per year",
    }
)  # fmt: skip


def _pairs(others: set[str], holders: list[str]) -> Iterator[tuple[str, str]]:
    for holder in holders:
        for other in others:
            if other != holder:
                yield min(holder, other), max(holder, other)
