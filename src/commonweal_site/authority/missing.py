"""What the record would have to hold before an answer could be told, and where that would stand."""

from collections.abc import Iterator
from typing import NamedTuple

from commonweal.authority.answers import Answer
from commonweal.authority.facts import Delegation
from commonweal.authority.register import Fault
from commonweal.authority.sentences import fault_in_words
from commonweal.record.snapshot import Snapshot
from commonweal_site.record.presenting import Link, link_to
from commonweal_site.words import capital


class Gap(NamedTuple):
    """One thing that is not recorded.

    what   what is missing, as a sentence without its stop
    where  in which kind of source it would be found
    about  the delegation, or the body, that it is about
    """

    what: str
    where: str
    about: Link


_WHERE = {
    "no basis": "the agreement, scheme or minute by which it was given",
    "no instrument": "the giver’s scheme of reservation and delegation, or its minutes",
    "parents not recorded": "its terms of reference, or the agreement that set it up",
    "onward": "the terms on which it was given",
    "used before not recorded": "the register of decisions, or the minutes, of whoever uses it",
    "area perhaps": "a list of the areas concerned, such as that of the Office for National "
    "Statistics, or the agreement itself",
    "giver perhaps": "whatever gives the giver its own power: ask about the giver too",
}

_WHERE_LIMITS = {
    "within approved budget": "the budget report of whoever uses it",
    "per 100,000 population per year": "the population estimates of the area",
}


def gaps(snapshot: Snapshot, answer: Answer) -> tuple[Gap, ...]:
    """What is missing for an answer that cannot be told; none for any other."""
    if answer.outcome != "cannot tell":
        return ()
    near = [
        miss for miss in answer.misses if all(fault.state == "unknown" for fault in miss.faults)
    ]
    found = dict.fromkeys(gap for miss in near for gap in _gaps(snapshot, miss.by, miss.faults))
    return tuple(found) or (_no_scheme(snapshot, answer.holder),)


def _no_scheme(snapshot: Snapshot, holder: str) -> Gap:
    return Gap(
        "No scheme, terms of reference or delegation of it is on record",
        "its constitution, its scheme of reservation and delegation, or its terms of reference",
        link_to(snapshot, holder),
    )


def _gaps(snapshot: Snapshot, by: str, faults: tuple[Fault, ...]) -> Iterator[Gap]:
    given = snapshot.get(by) if by else None
    paper = given.instrument if isinstance(given, Delegation) else None
    for fault in faults:
        if fault.test != "too little recorded":
            where = _where(fault)
            if paper and fault.test in {"limit not recorded", "onward", "no basis"}:
                where = f"“{snapshot.name(paper)}”, or a later document that replaces it"
            said = capital(fault_in_words(fault, snapshot.name))
            yield Gap(said, where, link_to(snapshot, by) if by else Link("Not recorded"))


def _where(fault: Fault) -> str:
    if fault.test == "limit not recorded":
        kind = fault.about[0]
        return _WHERE_LIMITS.get(kind, "the financial limits that go with the scheme or agreement")
    return _WHERE.get(fault.test, "the document by which it was given")
