"""Committees and forums: whose they are, and where several of one council overlap."""

from collections.abc import Iterator
from typing import NamedTuple

from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import stands
from commonweal.record.wording import listed

from .boards import NamedBody, bodies_by_type
from .facts import Body, Seat

_FORUMS = (
    "place board", "place forum", "health and wellbeing board", "joint committee", "committee",
    "council body", "leadership group",
)  # fmt: skip


def children(snapshot: Snapshot, parent: str) -> Iterator[NamedBody]:
    """The committees and parts of a body that stand on the day."""
    for name, body in snapshot.referring(parent, Body):
        if parent in body.parents and stands(body):
            yield name, body


def committees_of(snapshot: Snapshot, parent: str, what: str) -> Iterator[NamedBody]:
    """The committees of a body that bear a word in their name, such as audit.

    A committee's name is the only place where the record says what it is for in a word.
    """
    for name, body in children(snapshot, parent):
        if "committee" in body.type and what in body.name.lower():
            yield name, body


class Overlap(NamedTuple):
    """A role that several forums of one council have.

    role    the kind of forum, the purpose, or the service that they share
    forums  their identifiers
    """

    role: str
    forums: tuple[str, ...]


class Forums(NamedTuple):
    """The forums of one council, and where their roles overlap."""

    council: str
    forums: tuple[NamedBody, ...]
    overlaps: tuple[Overlap, ...]
    because: str


def forums_of(snapshot: Snapshot, council: str) -> tuple[NamedBody, ...]:
    """The forums of a council: those it is parent of, and those that serve an area it serves."""
    found = {n: b for n, b in children(snapshot, council) if b.type in _FORUMS}
    own = snapshot.get(council)
    for area in own.areas if isinstance(own, Body) else ():
        for name, body in snapshot.referring(area, Body):
            if area in body.areas and body.type in _FORUMS and stands(body):
                found[name] = body  # noqa: PERF403  # the nested conditions read better one by one
    return tuple(sorted(found.items()))


def overlap_report(snapshot: Snapshot) -> tuple[Forums, ...]:
    """Each council on whose ground there are several forums, with the roles that overlap."""
    return tuple(
        report
        for council, _ in bodies_by_type(snapshot).get("council", ())
        if len((report := _report(snapshot, council)).forums) > 1
    )


def _report(snapshot: Snapshot, council: str) -> Forums:
    forums = forums_of(snapshot, council)
    overlaps = tuple(_overlaps(snapshot, forums))
    number = f"{len(forums)} forums work on the ground of {snapshot.name(council)}"
    shared = listed(each.role for each in overlaps)
    because = (
        f"{number}; shared: {shared}." if shared else f"{number}; no shared role is on record."
    )
    return Forums(council, forums, overlaps, because)


def _overlaps(snapshot: Snapshot, forums: tuple[NamedBody, ...]) -> Iterator[Overlap]:
    having: dict[str, list[str]] = {}
    for name, body in forums:
        for role in _roles(snapshot, name, body):
            having.setdefault(role, []).append(name)
    for role, names in sorted(having.items()):
        if len(names) > 1:
            yield Overlap(role, tuple(names))


def _roles(snapshot: Snapshot, name: str, body: Body) -> set[str]:
    """What is on record of a forum: its kind, services, purpose, and for whom it has seats."""
    seats = {
        f"a seat for {seat.label(snapshot.name)}"
        for _, seat in snapshot.referring(name, Seat)
        if seat.body == name and (seat.nominated_by or seat.nominated_by_printed)
    }
    return {body.type, *body.services, *([body.purpose] if body.purpose else []), *seats}
