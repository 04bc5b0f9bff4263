"""What came nearest to deciding: the delegations that fail the fewest tests, by the least."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from commonweal.areas.successions import on_day
from commonweal.record.facts import Name
from commonweal.record.snapshot import Snapshot

from .elsewhen import elsewhen
from .register import Fault, Hop, Register
from .search import Question, Search
from .sentences import fault_in_words


class Miss(NamedTuple):
    """One way to decide that was tried, and every test it failed.

    by       the delegation or power; empty: none at all
    because  what failed, as half a sentence
    """

    holder: str
    by: str
    faults: tuple[Fault, ...]
    because: str

    @property
    def rank(self) -> tuple[int, int, int, str, str]:
        """What was given for this very function and place first; then the fewest failed tests."""
        beside = sum(fault.test in {"function", "area"} for fault in self.faults)
        # Silence about the ground is no reason to refuse, only not to allow: it comes last.
        beside += 2 * any(each.test == "cover" and each.state == "unknown" for each in self.faults)
        short = sum(fault.short for fault in self.faults)
        return beside, len(self.faults), short, self.by, self.holder


def misses_of(register: Register, search: Search, holder: str, name: Name) -> list[Miss]:
    """What one holder was tried by on the day, nearest first."""
    found = [*_power_misses(register, search, holder), *_parent_misses(register, search, holder)]
    for hop in register.to.get(holder, ()):
        static = register.faults_of(hop.name)
        found.append((holder, hop.name, _faults(register, search, hop, static)))
    for hop, static in register.faulty.get(holder, ()):
        found.append((holder, hop.name, _faults(register, search, hop, static)))
    return _ranked(found, name)


def with_other_days(
    misses: Iterable[Miss], snapshot: Snapshot, question: Question, holder: str | None = None
) -> list[Miss]:
    """The same, with what one holder, or anybody, has on other days."""
    found = [
        Miss(
            each.holder,
            each.by,
            each.faults,
            _in_words(each.faults, each.by, on_day(snapshot, each.day).name),
        )
        for each in elsewhen(snapshot, question, holder)
    ]
    return sorted([*misses, *found], key=lambda miss: miss.rank)


def nearest(register: Register, search: Search, name: Name) -> list[Miss]:
    """What came nearest of all delegations of the function asked about, or of a wider one."""
    found: list[_Tried] = []
    for function in search.functions:
        for hop, static in register.by_function.get(function, ()):
            faults = _faults(register, search, hop, static)
            if faults:
                found.append((hop.taker, hop.name, faults))
    return _ranked(found, name)


type _Tried = tuple[str, str, tuple[Fault, ...]]


def _ranked(tried: Iterable[_Tried], name: Name) -> list[Miss]:
    misses = [
        Miss(holder, by, faults, _in_words(faults, by, name))
        for holder, by, faults in tried
        if faults
    ]
    return sorted(misses, key=lambda miss: miss.rank)


def _in_words(faults: tuple[Fault, ...], by: str, name: Name) -> str:
    said = "; ".join(fault_in_words(fault, name) for fault in faults)
    return f"by “{name(by)}”: {said}" if by else said


def _faults(
    register: Register, search: Search, hop: Hop, static: tuple[Fault, ...]
) -> tuple[Fault, ...]:
    """Every test that a delegation fails for a question, as the last step of a chain."""
    at = _tried_at(register, search, hop)
    found = [*static, *_coverage(register, search, hop, at)]
    found += [
        fault
        for fault in search.tests(hop, 0)
        if fault.test != "too little recorded" and (fault.test != "excluded" or not static)
    ]
    if not any(fault.test == "giver ended" for fault in found):
        found += _giver(search, hop, at)
    return tuple(found)


def _tried_at(register: Register, search: Search, hop: Hop) -> str:
    """The area it has to cover: of a parent of a joint committee, its part."""
    asked = search.question.area
    if hop.giver not in register.parents(hop.taker):
        return asked
    parts = [part for giver, part in register.needed(hop.taker, asked).parts if giver == hop.giver]
    own = (part for part in parts if hop.area in register.land.up(part))
    return next(own, parts[0] if parts else asked)


def _coverage(register: Register, search: Search, hop: Hop, at: str) -> Iterator[Fault]:
    if hop.function not in search.functions:
        yield Fault("function", "fails", (hop.function,))
    if hop.area is not None and hop.area not in register.land.up(at):
        if hop.area in register.land.perhaps(at):
            yield Fault("area perhaps", "unknown", (hop.area,))
        else:
            yield Fault("area", "fails", (hop.area,))


def _giver(search: Search, hop: Hop, at: str) -> Iterator[Fault]:
    """Whether the giver may itself decide what it gave."""
    area = hop.area or at
    if search.reaches(hop.giver, hop.function, area, 1):
        return
    lenient = Search(search.register, search.question, lenient=True)
    perhaps = lenient.reaches(hop.giver, hop.function, area, 1)
    test = "giver perhaps" if perhaps else "giver cannot"
    yield Fault(test, "unknown" if perhaps else "fails", (hop.giver,))


def _power_misses(register: Register, search: Search, holder: str) -> Iterator[_Tried]:
    for root in register.roots.get(holder, ()):
        if root.function in search.functions:
            fault = Fault("power elsewhere", "fails", (root.function, root.area))
            yield holder, root.power, (fault,)


def _parent_misses(register: Register, search: Search, holder: str) -> Iterator[_Tried]:
    if not register.parents(holder):
        return
    joined = register.needed(holder, search.question.area)
    if joined.cover != "whole":
        state: Literal["fails", "unknown"] = "fails" if joined.cover == "short" else "unknown"
        yield holder, "", (Fault("cover", state, (search.question.area, joined.cover)),)
    given = {hop.giver for hop in register.to.get(holder, ()) if hop.function in search.functions}
    for parent in dict.fromkeys(parent for parent, _ in joined.parts):
        if parent not in given:
            yield holder, "", (Fault("parent missing", "fails", (parent,)),)
