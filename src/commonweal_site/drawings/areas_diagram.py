"""How the areas of a system lie in each other on a day, as boxes inside boxes."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from commonweal.areas.facts import Area, AreaType, Containment
from commonweal.record.facts import Fact
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words

from .addresses import Addresses
from .boxes import Box, Group, drawn, height
from .svg import Cell, Drawing, Row, picture, plural

WIDE, NARROW = 900.0, 300.0
MANY = 9
"""A group of more than this becomes one line with its number."""

DEEP = 2
"""Boxes inside this many others stand deep."""

_DEPTH: tuple[tuple[AreaType, ...], ...] = (
    ("country",),
    ("region",),
    ("system",),
    ("sub-system partnership", "acute footprint", "local delivery system"),
    ("council area", "health and wellbeing board area", "commissioning group area"),
    ("place",),
    ("sub-area", "district"),
    ("neighbourhood", "cluster", "network", "ward", "other"),
)
"""Kinds of area, the largest first. An area is drawn in the smallest that holds it."""

DEPTH = {type_: depth for depth, types in enumerate(_DEPTH) for type_ in types}
_PLACE = {type_: place for place, type_ in enumerate(type_ for types in _DEPTH for type_ in types)}
PARTNERSHIPS = _DEPTH[3]
COUNCILS = _DEPTH[4]


class Lies(NamedTuple):
    """Where an area lies: in the area it is drawn in, and in others besides."""

    within: str | None
    also: tuple[Containment, ...]


def areas_diagram(snapshot: Snapshot, system: str, addresses: Addresses) -> Drawing:
    """The areas of a system on the snapshot's day, each inside the smallest area that holds it.

    An area that lies in two is drawn once and says in which other it lies.
    """
    tree = _Tree(snapshot, system, addresses)
    name = snapshot.name(f"{system}/area/system")
    title = f"Areas of {name} on {day_in_words(snapshot.as_at)}"
    if not tree.areas:
        return Drawing(Markup(""), title, "No area is on record that day.", (), ())
    about = f"{plural(len(tree.areas), 'area')}, each drawn inside the smallest area that holds it."
    boxes = tree.boxes()
    wide, narrow = (
        _picture(boxes, room, key=f"areas-{size}", title=title, about=about)
        for room, size in ((WIDE, "wide"), (NARROW, "narrow"))
    )
    return Drawing(
        wide, title, about, ("Area", "Kind of area", "Lies in"), tuple(tree.rows()), narrow
    )


def _picture(boxes: Sequence[Box], room: float, *, key: str, title: str, about: str) -> Markup:
    parts, top = [], 1.0
    for box in boxes:
        parts.append(drawn(box, x=1, y=top, room=room - 2))
        top += height(box, room - 2) + 10
    return picture(
        *parts, key=key, title=title, description=about, links=True, size=(room, top),
        class_="cw-boxes",
    )  # fmt: skip


def lies(snapshot: Snapshot, area: str) -> Lies:
    """Where an area lies on the day."""
    held = [each for _, each in snapshot.referring(area, Containment) if each.part == area]

    part = snapshot.get(area)

    def nearest(each: Containment) -> tuple[bool, float, bool, str]:
        whole = snapshot.get(each.whole)
        own = each.whole.split("/")[0] == area.split("/", maxsplit=1)[0]
        return own, _closeness(part, whole), each.extent == "whole", each.whole

    held.sort(key=nearest, reverse=True)
    return Lies(held[0].whole, tuple(held[1:])) if held else Lies(None, ())


def _closeness(part: Fact | None, whole: Fact | None) -> float:
    """How fitly one area is drawn inside another: the more, the smaller the other is.

    Where partnerships and councils divide a system twice over, the picture follows the
    partnerships, and a partnership stands beside the councils' areas, not in them.
    """
    if not isinstance(part, Area) or not isinstance(whole, Area):
        return -1.0
    if whole.type not in COUNCILS:
        return float(DEPTH[whole.type])
    return -0.5 if part.type in PARTNERSHIPS else DEPTH["system"] + 0.5


class _Tree:
    """The areas of a system, each under the smallest that holds it."""

    def __init__(self, snapshot: Snapshot, system: str, addresses: Addresses) -> None:
        self.snapshot, self.system, self.addresses = snapshot, system, addresses
        self.areas: Mapping[str, Area] = {
            name: area
            for name, area in snapshot.all(Area).items()
            if name.startswith(f"{system}/") and DEPTH[area.type] >= DEPTH["system"]
        }
        self.lies = {name: lies(snapshot, name) for name in self.areas}
        self.inside: dict[str | None, list[str]] = {}
        for name, where in self.lies.items():
            parent = where.within if where.within in self.areas else None
            self.inside.setdefault(parent, []).append(name)

    def boxes(self) -> tuple[Box, ...]:
        """The system in its region, and beside it the areas that lie in none of the system's."""
        own = f"{self.system}/area/system"
        roots = self.inside.get(None, [])
        first = [self._outside(own)] if own in roots else []
        others = [name for name in roots if name != own]
        if not others:
            return tuple(first)
        beside = Box(
            "Areas not recorded as lying inside the system", groups=self._groups(others, 1),
            look="loose",
        )  # fmt: skip
        return (*first, beside)

    def _outside(self, system: str) -> Box:
        """The system, in the area around it if one is recorded."""
        box = self._box(system, 0)
        around = self.lies[system].within
        if around is None:
            return box
        whole = self.snapshot.get(around)
        kind = whole.type if isinstance(whole, Area) else "area"
        return Box(
            f"{self.snapshot.name(around)} ({kind})", self.addresses.entity(around),
            groups=(Group("", boxes=(box,)),), look="around",
        )  # fmt: skip

    def _box(self, name: str, depth: int) -> Box:
        inside = self.inside.get(name, [])
        return Box(
            self.areas[name].name,
            self.addresses.entity(name),
            tuple(self._remarks(name)),
            self._groups(inside, depth + 1),
            "system" if self.areas[name].type == "system" else f"level-{min(depth, 3)}",
        )

    def _remarks(self, name: str) -> Iterator[str]:
        area = self.areas[name]
        if area.local_type:
            yield area.local_type
        for each in self.lies[name].also:
            part = {"part": "Partly also", "whole": "Also", "not stated": "At least partly also"}
            # That it lies in the system goes without saying.
            if each.whole != f"{self.system}/area/system":
                yield f"{part[each.extent]} in {self._called(each.whole)}"

    def _called(self, name: str) -> str:
        """The name of an area; with its kind, where a partnership may have the same name."""
        whole = self.snapshot.get(name)
        called = self.snapshot.name(name)
        if isinstance(whole, Area) and whole.type in COUNCILS:
            return f"{called} ({whole.type})"
        return called

    def _groups(self, names: Sequence[str], depth: int) -> tuple[Group, ...]:
        def sort(name: str) -> tuple[int, str]:
            return _PLACE[self.areas[name].type], self.areas[name].type

        ordered = sorted(names, key=lambda name: (*sort(name), name))
        return tuple(
            self._group(type_, list(members), depth)
            for (_, type_), members in groupby(ordered, key=sort)
        )

    def _group(self, type_: str, names: Sequence[str], depth: int) -> Group:
        """Areas of one kind: as boxes, or as one line if they are many or unnamed."""
        heading = plural(len(names), "other area" if type_ == "other" else type_)
        unnamed = sum(not self.areas[name].named for name in names)
        if unnamed:
            heading += " (not named in the sources)" if unnamed == len(names) else ""
        leaves = not any(name in self.inside for name in names)
        # Deep inside other boxes a kind is drawn one way throughout: 3 clusters here, 9 there.
        alike = sum(area.type == type_ for area in self.areas.values()) if depth > DEEP else 0
        if leaves and (max(len(names), alike) > MANY or unnamed == len(names) > 1):
            return Group(heading, self.addresses.listing(self.system, "area", type_))
        return Group(heading, boxes=tuple(self._box(name, depth) for name in names))

    def rows(self) -> Iterator[Row]:
        """Every area, with its kind and where it lies."""
        for name, area in sorted(
            self.areas.items(), key=lambda each: (DEPTH[each[1].type], each[0])
        ):
            where = self.lies[name]
            within = [self.snapshot.name(where.within)] if where.within else []
            within += [
                f"{self.snapshot.name(each.whole)}{' (part)' if each.extent == 'part' else ''}"
                for each in where.also
            ]
            yield (
                Cell(area.name, self.addresses.entity(name)),
                Cell(area.type),
                Cell("; ".join(within) or "Not recorded"),
            )
