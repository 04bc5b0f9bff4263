"""Which areas lie in which: worked out from recorded containment, never from names."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from commonweal.record.facts import Source
from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import sources_of, stands
from commonweal.record.wording import listed

from .facts import Area, Containment, Neighbours

Extent = Literal["whole", "part", "not stated"]


class Lie(NamedTuple):
    """How one area lies to another.

    area     the other area
    extent   how much of the inner area lies inside: all, only part, or at least part
    through  the containment facts it follows from, one if it is stated
    """

    area: str
    extent: Extent
    through: tuple[str, ...]

    @property
    def stated(self) -> bool:
        """Stated by a source, not worked out from several statements."""
        return len(self.through) == 1


type Lies = Mapping[str, Lie]
"""By the identifier of the other area."""

type _Edges = dict[str, list[Lie]]


class _Map:
    """The containments of one day, both ways, with what has been worked out from them."""

    def __init__(self, up: _Edges, down: _Edges) -> None:
        self.up = up
        self.down = down
        self.wholes: dict[str, Lies] = {}
        self.parts: dict[str, Lies] = {}


@remembered
def _map(snapshot: Snapshot) -> _Map:
    up: _Edges = {}
    down: _Edges = {}
    areas = snapshot.all(Area)
    for name, fact in snapshot.all(Containment).items():
        if stands(fact) and fact.part in areas and fact.whole in areas:
            up.setdefault(fact.part, []).append(Lie(fact.whole, fact.extent, (name,)))
            down.setdefault(fact.whole, []).append(Lie(fact.part, fact.extent, (name,)))
    return _Map(up, down)


def _reached(edges: _Edges, start: str, *, upwards: bool) -> Lies:
    """Every area reached from one.

    All of A in B, all of B in C: all of A in C. Part of A in B, all of B in C: at least part of A
    in C. All of A in B, part of B in C: nothing follows, for A may lie in the other part.
    """
    found = {lie.area: lie for lie in edges.get(start, ())}
    waiting = deque(found.values())
    while waiting:
        near = waiting.popleft()
        for far in edges.get(near.area, ()):
            inner, outer = (near, far) if upwards else (far, near)
            if outer.extent != "whole" or far.area == start:
                continue
            extent: Extent = "whole" if inner.extent == "whole" else "not stated"
            known = found.get(far.area)
            if known is None or (extent == "whole" and known.extent == "not stated"):
                found[far.area] = Lie(far.area, extent, near.through + far.through)
                waiting.append(found[far.area])
    return found


def wholes(snapshot: Snapshot, area: str, *, type: str | None = None) -> Lies:  # noqa: A002  # the field is called so
    """The areas in which an area lies, wholly or in part, at any remove.

    type  keep only areas of that type
    """
    chart = _map(snapshot)
    if area not in chart.wholes:
        chart.wholes[area] = _reached(chart.up, area, upwards=True)
    return _of_type(snapshot, chart.wholes[area], type)


def parts(snapshot: Snapshot, area: str, *, type: str | None = None) -> Lies:  # noqa: A002  # the field is called so
    """The areas that lie in an area, wholly or in part, at any depth.

    type  keep only areas of that type
    """
    chart = _map(snapshot)
    if area not in chart.parts:
        chart.parts[area] = _reached(chart.down, area, upwards=False)
    return _of_type(snapshot, chart.parts[area], type)


def direct_parts(snapshot: Snapshot, area: str) -> tuple[Lie, ...]:
    """The areas that a source states to lie in an area."""
    return tuple(_map(snapshot).down.get(area, ()))


def direct_wholes(snapshot: Snapshot, area: str) -> tuple[Lie, ...]:
    """The areas in which a source states an area to lie."""
    return tuple(_map(snapshot).up.get(area, ()))


def _of_type(snapshot: Snapshot, lies: Lies, wanted: str | None) -> Lies:
    if wanted is None:
        return lies
    areas = snapshot.all(Area)
    return {name: lie for name, lie in lies.items() if areas[name].type == wanted}


def within(snapshot: Snapshot, area: str) -> frozenset[str]:
    """An area and everything that lies wholly in it."""
    inside = parts(snapshot, area).values()
    return frozenset({area, *(lie.area for lie in inside if lie.extent == "whole")})


def touches(snapshot: Snapshot, area: str, other: str) -> bool:
    """Whether two areas share land on record: one lies in the other, or a third in both."""
    inside = parts(snapshot, area).keys()
    around = wholes(snapshot, area).keys()
    return (
        other == area
        or other in inside
        or other in around
        or bool(inside & parts(snapshot, other).keys())
    )


def neighbours(snapshot: Snapshot, area: str) -> Iterator[tuple[str, str]]:
    """Each area that borders on an area, with the fact that says so."""
    for name, fact in snapshot.referring(area, Neighbours):
        if stands(fact):
            yield (fact.second if fact.first == area else fact.first), name


def facts_through(
    snapshot: Snapshot, lies: Iterable[Lie]
) -> tuple[tuple[str, ...], tuple[Source, ...]]:
    """The containment facts on which some lies rest, and their sources."""
    names = tuple(dict.fromkeys(name for lie in lies for name in lie.through))
    facts = [snapshot.fact(name) for name in names]
    return names, sources_of(*facts)


class SystemOf(NamedTuple):
    """The one system in which an area lies.

    system   its area; none if there is none, or more than one
    outcome  met: exactly one; not met: more than one; cannot tell: the record does not say
    because  one plain sentence
    lies     what it rests on
    """

    system: str | None
    outcome: Literal["met", "not met", "cannot tell"]
    because: str
    lies: tuple[Lie, ...]


def system_of(snapshot: Snapshot, area: str) -> SystemOf:
    """In which one system an area lies."""
    found = tuple(wholes(snapshot, area, type="system").values())
    names = listed(snapshot.name(lie.area) for lie in found)
    if len(found) > 1:
        return SystemOf(None, "not met", f"It lies in {len(found)} systems: {names}.", found)
    if not found:
        return SystemOf(None, "cannot tell", "The record does not say in which system it lies.", ())
    if found[0].extent != "whole":
        because = f"Part of it lies in {names}; the record does not say where the rest lies."
        return SystemOf(None, "cannot tell", because, found)
    return SystemOf(
        found[0].area, "met", f"It lies wholly in {names} and in no other system.", found
    )
