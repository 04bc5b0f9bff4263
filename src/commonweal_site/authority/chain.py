"""The chain behind an answer, read from its proof: as a list, a table and a drawing."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from commonweal.authority.answers import Answer
from commonweal.authority.facts import Delegation, Function, Power, pounds
from commonweal.record.snapshot import Snapshot
from commonweal_site.drawings.addresses import SiteAddresses
from commonweal_site.drawings.chain_diagram import Given, Holder, chain_diagram
from commonweal_site.drawings.svg import Cell, Drawing, Row
from commonweal_site.record.presenting import Cited, Link, cited, link_to

from .laws import Law, law_of


class Step(NamedTuple):
    """One step of a chain, as shown.

    what    the sentence of the fact it rests on, linked to it
    more    where it holds, and up to what
    paper   the document that says so, and the line in it
    """

    what: Link
    more: str
    paper: Link | None
    law: Law
    sources: tuple[Cited, ...]
    from_: Link | None
    to: Link
    function: Link
    limit: str


def steps(snapshot: Snapshot, answer: Answer) -> tuple[Step, ...]:
    """Every step from the law down, each once; none for an answer without a proof."""
    route = _route(answer)
    found = dict.fromkeys(_entities(route)) if route else {}
    return tuple(_step(snapshot, *each) for each in found)


def drawn(snapshot: Snapshot, answer: Answer, addresses: SiteAddresses, *, key: str) -> Drawing:
    """The chain as a drawing, with its steps as a table."""
    route = _route(answer)
    end = _holder(snapshot, addresses, route or {"holder": answer.holder, "by": []})
    rows = [_row(number, each, addresses) for number, each in enumerate(steps(snapshot, answer), 1)]
    return chain_diagram(end, rows, key=key, of=snapshot.name(answer.question.function))


def _route(answer: Answer) -> dict[str, Any] | None:
    proof: Any = answer.proof
    return proof.get("route") if proof and answer.outcome == "allowed" else None


def _entities(node: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The power or delegation at each step, whose it is, and for where."""
    if "power" in node:
        yield node["power"], node["holder"], node["area"]
    for each in node.get("by", ()):
        yield from _entities(each["above"])
        yield each["delegation"], node["holder"], node["area"]


def _step(snapshot: Snapshot, entity: str, holder: str, area: str) -> Step:
    fact = snapshot.get(entity)
    if isinstance(fact, Delegation):
        return _passed_on(snapshot, entity, fact)
    function = getattr(fact, "function", "")
    own = snapshot.get(function) if function else None
    law = law_of(snapshot, fact, own.law if isinstance(own, Function) else None)
    said = f"{snapshot.name(holder)} holds the function “{snapshot.name(function)}” by law."
    return Step(
        link_to(snapshot, entity, said), f"For {snapshot.name(area)}.", None, law,
        tuple(cited(snapshot, each) for each in fact.sources) if fact else (),
        None, link_to(snapshot, holder), link_to(snapshot, function), "No limit",
    )  # fmt: skip


def _passed_on(snapshot: Snapshot, entity: str, fact: Delegation) -> Step:
    line = f", line {fact.line}" if fact.line else ""
    paper = fact.instrument
    return Step(
        link_to(snapshot, entity, fact.sentence(snapshot.name)),
        f"For {snapshot.name(fact.area)}." if fact.area else "Wherever the giver may.",
        link_to(snapshot, paper, f"{snapshot.name(paper)}{line}") if paper else None,
        law_of(snapshot, snapshot.get(fact.basis) if fact.basis else None),
        tuple(cited(snapshot, each) for each in fact.sources),
        link_to(snapshot, fact.giver), link_to(snapshot, fact.taker),
        link_to(snapshot, fact.function), limit_in_words(fact),
    )  # fmt: skip


def limit_in_words(fact: Delegation | Power) -> str:
    """Up to what a power or delegation reaches."""
    if isinstance(fact, Power) or fact.limit == "no limit":
        return "No limit"
    above = f"above {pounds(fact.lower)} " if fact.lower is not None else ""
    if fact.upper is None:
        return (
            f"{above}{fact.limit}".capitalize()
            if above or fact.limit != "not stated"
            else ("Not recorded")
        )
    kind = f", {fact.limit}" if fact.limit not in {"not stated", "per decision"} else ""
    return (
        f"{above}up to {pounds(fact.upper)}{kind}"[:1].upper()
        + (f"{above}up to {pounds(fact.upper)}{kind}"[1:])
    )


def _holder(snapshot: Snapshot, addresses: SiteAddresses, node: dict[str, Any]) -> Holder:
    name, href = snapshot.name(node["holder"]), addresses.entity(node["holder"])
    if "power" in node:
        fact = snapshot.get(node["power"])
        own = snapshot.get(getattr(fact, "function", "") or node["function"])
        law = law_of(snapshot, fact, own.law if isinstance(own, Function) else None)
        return Holder(name, href, law=law.words or "the Act is not recorded")
    given = tuple(
        Given(_words(snapshot, each["delegation"]), _holder(snapshot, addresses, each["above"]))
        for each in node["by"]
    )
    return Holder(name, href, given=given)


def _words(snapshot: Snapshot, delegation: str) -> tuple[str, ...]:
    fact = snapshot.get(delegation)
    if not isinstance(fact, Delegation):
        return ()
    paper = f"{snapshot.name(fact.instrument)}" if fact.instrument else ""
    line = f", line {fact.line}" if paper and fact.line else ""
    return tuple(filter(None, [limit_in_words(fact), f"{paper}{line}"]))


def _row(number: int, step: Step, addresses: SiteAddresses) -> Row:
    def cell(given: Link | None, silent: str) -> Cell:
        if given is None:
            return Cell(silent)
        return Cell(given.text, addresses.entity(given.path.lstrip("/")))

    source = step.sources[0] if step.sources else None
    return (
        Cell(str(number)),
        cell(step.from_, step.law.words or "The law"),
        cell(step.to, ""),
        cell(step.function, ""),
        Cell(step.limit),
        cell(step.paper, step.law.words or "Not recorded"),
        Cell(f"{source.title}, {source.at}" if source else "Not recorded",
             addresses.entity(source.document) if source else None),
    )  # fmt: skip
