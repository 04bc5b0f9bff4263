"""The functions and decisions map: which body decides what, where, for the public to read.

What is held in the map is what is in force on the day: a power in law, or a delegation that
nothing on record keeps from having effect. What is only proposed stands apart.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from commonweal.bodies.facts import Relation
from commonweal.record.manuscript import (
    Block,
    Line,
    Manuscript,
    Paragraph,
    Row,
    Run,
    Table,
    line,
    row,
)
from commonweal.record.snapshot import Snapshot
from commonweal.record.wording import capital, listed

from .answers import home_areas
from .dispositions import Grant, coming_to
from .register import SILENT_MODELS, Register, register
from .scheme import cited, manuscript, proposed


class Decider(NamedTuple):
    """One body or post, and what it decides for one area.

    by_law  the law gives it the functions; otherwise they were passed on to it
    rests   the powers and delegations
    doubted the record holds too little of some delegation to be sure
    """

    who: str
    area: str
    functions: tuple[str, ...]
    by_law: bool
    rests: tuple[str, ...]
    doubted: bool


class Map(NamedTuple):
    """Who decides what in a system, or of a body; the widest areas first.

    heard   bodies that are heard and do not decide
    coming  delegations to them that are only proposed
    """

    about: str
    deciders: tuple[Decider, ...]
    heard: tuple[str, ...]
    coming: tuple[Grant, ...] = ()


def functions_map(snapshot: Snapshot, bodies: Iterable[str], about: str) -> Map:
    """The map of some bodies, their committees and their posts.

    about  the area of the system, or the one body
    """
    entries, every = register(snapshot), frozenset(bodies)
    found: dict[tuple[str, str, bool], dict[str, str]] = {}
    for who, area, by_law, function, name in _decided(entries, every):
        found.setdefault((who, area, by_law), {})[name] = function
    deciders = [
        Decider(
            who, area, _widest(entries, rests.values()), by_law, tuple(rests),
            any(entries.faults_of(name) for name in rests),
        )
        for (who, area, by_law), rests in found.items()
    ]  # fmt: skip
    deciders.sort(key=lambda each: _order(snapshot, entries, about, each))
    heard = sorted(each for each in every if _silent(entries, each))
    return Map(about, tuple(deciders), tuple(heard), coming_to(snapshot, sorted(every)))


def _decided(
    entries: Register, bodies: frozenset[str]
) -> Iterator[tuple[str, str, bool, str, str]]:
    """Who, for which area, whether by law, what, and by which power or delegation."""
    for who in {*entries.roots, *entries.to}:
        if who not in bodies and bodies.isdisjoint(entries.owners(who)):
            continue
        for root in entries.roots.get(who, ()):
            yield who, root.area, True, root.function, root.power
        for hop in entries.to.get(who, ()):
            for area in (hop.area,) if hop.area else (*home_areas(entries, hop.giver),) or ("",):
                yield who, area, False, hop.function, hop.name


def _silent(entries: Register, body: str) -> bool:
    fact = entries.bodies.get(body)
    if fact is None or not entries.in_law(body):
        return False
    return fact.type == "place forum" or (fact.place_model or "") in SILENT_MODELS


def _widest(entries: Register, functions: Iterable[str]) -> tuple[str, ...]:
    """Functions without those that lie in another of them."""
    every = set(functions)
    return tuple(
        sorted(each for each in every if every.isdisjoint(entries.functions.up(each) - {each}))
    )


def _order(
    snapshot: Snapshot, entries: Register, about: str, each: Decider
) -> tuple[bool, int, str, bool, str]:
    whole = each.area == about or about.startswith(f"{each.area}/")
    depth = len(entries.land.up(each.area)) if each.area else 99
    name = snapshot.name(each.area) if each.area else ""
    return (not whole, depth, name, not each.by_law, snapshot.name(each.who))


# --- written out ---------------------------------------------------------------------------------

_HEADS = ("Where", "Who decides", "What it decides", "How it comes to decide")


def map_of(snapshot: Snapshot, found: Map) -> Manuscript:
    """The map for publication. The site adds its drawing."""
    rows = tuple(_row(snapshot, each) for each in found.deciders)
    blocks: tuple[Block, ...] = (
        Paragraph(line("To pass a function on does not end accountability: the body that passes it "
                       "on still answers for what is decided.")),
        Table("Who decides what, and where", _HEADS, rows,
              "Nobody on record decides anything on this day.", (2, 3, 4, 3)),
        Table("Who is heard and does not decide",
              ("Who", "Why it does not decide", "Whom it advises"),
              tuple(_heard(snapshot, each) for each in found.heard),
              "No such body is on record for this day."),
        *([proposed(snapshot, "Proposed, not in force", found.coming)] if found.coming else ()),
        Table("Who decides, by subject", ("Subject", "Who decides"),
              tuple(_by_subject(snapshot, found)), "Nothing is on record for this day.", (1, 2)),
    )  # fmt: skip
    return manuscript(
        snapshot, f"Functions and decisions map: {snapshot.name(found.about)}", found.about, blocks,
        "Where decisions on health and care are taken, and by whom. What is only proposed stands "
        "apart. National bodies decide more: see the map of England.",
    )  # fmt: skip


def _row(snapshot: Snapshot, each: Decider) -> Row:
    facts = [snapshot.fact(name) for name in each.rests]
    return row(
        Run(snapshot.name(each.area), each.area) if each.area else "",
        Run(snapshot.name(each.who), each.who),
        [Run(snapshot.name(function), function) for function in each.functions],
        _how(snapshot, each),
        key=f"{each.who} {each.area} {each.by_law}",
        sources=cited(snapshot, facts),
    )


def _how(snapshot: Snapshot, each: Decider) -> str:
    if each.by_law:
        return "By law"
    givers = dict.fromkeys(register(snapshot).hops[name].giver for name in each.rests)
    said = f"Passed on by {listed([snapshot.name(giver) for giver in givers])}"
    if each.doubted:
        return f"{said}; too little is recorded to be sure that it holds"
    silent = any(register(snapshot).hops[name].fact.limit == "not stated" for name in each.rests)
    return f"{said}; up to how much is not recorded" if silent else said


def _heard(snapshot: Snapshot, body: str) -> Row:
    fact = register(snapshot).bodies[body]
    why = SILENT_MODELS.get(fact.place_model or "", SILENT_MODELS["consultative forum"])
    advised: list[str | Run | Line] = [
        Run(snapshot.name(each.to_whom), each.to_whom)
        for _, each in snapshot.referring(body, Relation)
        if each.who == body and each.type == "advises"
    ]
    return row(
        Run(fact.name, body), capital(why), advised, key=body, sources=cited(snapshot, [fact])
    )


def _by_subject(snapshot: Snapshot, found: Map) -> Iterator[Row]:
    subjects: dict[str, list[Decider]] = {}
    for each in found.deciders:
        for function in each.functions:
            subjects.setdefault(function, []).append(each)
    for function in sorted(subjects, key=snapshot.name):
        lines = [
            line(Run(snapshot.name(each.who), each.who),
                 f", for {snapshot.name(each.area)}" if each.area else "")
            for each in subjects[function]
        ]  # fmt: skip
        yield row(Run(snapshot.name(function), function), list(dict.fromkeys(lines)), key=function)
