"""Who answers to whom, kept apart from who directs whom; and which bodies serve an area."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from commonweal.areas.containment import parts, wholes
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import stands

from .facts import Body, Coverage, Relation


class Line(NamedTuple):
    """One line from a body or post to another, and the fact that states it.

    how  the relation, or `committee or part of`
    """

    who: str
    how: str
    to: str
    fact: str


_ANSWERS = frozenset({"accountable to", "reports to"})
_DIRECTS = frozenset({"directs", "cannot direct"})


def relations(snapshot: Snapshot, entity: str) -> tuple[Line, ...]:
    """Every relation of a body or post, in either direction."""
    return tuple(
        Line(fact.who, fact.type, fact.to_whom, name)
        for name, fact in snapshot.referring(entity, Relation)
        if stands(fact) and entity in {fact.who, fact.to_whom}
    )


def answers_to(snapshot: Snapshot, entity: str) -> tuple[Line, ...]:
    """To whom a body or post is accountable or reports, and of whom it is a committee."""
    body = snapshot.get(entity)
    parents = body.parents if isinstance(body, Body) else ()
    stated = (x for x in relations(snapshot, entity) if x.who == entity and x.how in _ANSWERS)
    return (*stated, *(Line(entity, "committee or part of", each, entity) for each in parents))


def answer_to(snapshot: Snapshot, entity: str) -> tuple[Line, ...]:
    """Who answers to a body."""
    stated = (x for x in relations(snapshot, entity) if x.to == entity and x.how in _ANSWERS)
    parts_of_it = (
        Line(name, "committee or part of", entity, name)
        for name, body in snapshot.referring(entity, Body)
        if entity in body.parents and stands(body)
    )
    return (*stated, *parts_of_it)


def directions(snapshot: Snapshot, entity: str) -> tuple[Line, ...]:
    """Whom a body may direct, or is stated not to; and who may direct it."""
    return tuple(x for x in relations(snapshot, entity) if x.how in _DIRECTS)


class Serving(NamedTuple):
    """A body that serves an area.

    how  the area is its own; it lies in one of its own; one of its own lies in it; or it provides
         services there
    """

    body: str
    how: Literal["its area", "a larger area", "part of the area", "provider"]
    through: str


def serving(snapshot: Snapshot, area: str) -> tuple[Serving, ...]:
    """The bodies that serve an area, nearest first, each once."""
    found: dict[str, Serving] = {}
    for each in _serving(snapshot, area):
        found.setdefault(each.body, each)
    return tuple(found.values())


def _serving(snapshot: Snapshot, area: str) -> Iterator[Serving]:
    for name in _bodies_of(snapshot, area):
        yield Serving(name, "its area", area)
    for whole in wholes(snapshot, area):
        for name in _bodies_of(snapshot, whole):
            yield Serving(name, "a larger area", whole)
    for each in (area, *wholes(snapshot, area)):
        for name, coverage in snapshot.referring(each, Coverage):
            whole_of_it = coverage.extent == "whole" or each == area
            if coverage.area == each and stands(coverage) and whole_of_it:
                yield Serving(coverage.provider, "provider", name)
    for part in parts(snapshot, area):
        for name in _bodies_of(snapshot, part):
            yield Serving(name, "part of the area", part)


def _bodies_of(snapshot: Snapshot, area: str) -> Iterator[str]:
    for name, body in snapshot.referring(area, Body):
        if area in body.areas and stands(body):
            yield name
