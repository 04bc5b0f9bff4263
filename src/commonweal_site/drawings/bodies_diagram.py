"""Who belongs to whom and who answers to whom in a system on a day, in layers from left to right.

Each body is drawn once, to the right of one above it: the body it is a committee or part of, else
the one it answers or reports to, else the one that directs it. What else ties it to others is
written in its box, so no line ever crosses another. On a narrow screen the layers are indents.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from commonweal.bodies.facts import Body, Post, Relation
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words

from .addresses import Addresses
from .svg import (
    BOLD,
    Cell,
    Drawing,
    Row,
    joined,
    lines_of_text,
    link,
    picture,
    plural,
    shortened,
    tag,
    wrapped,
)

SIZE, SMALL = 14.0, 12.5
STEP, SMALL_STEP = 17.0, 16.0
PADDING, GAP, BETWEEN = 8.0, 10.0, 34.0
WIDE, NARROW, INDENT = 900.0, 300.0, 18.0
MANY = 4
"""More bodies of one kind under one body than this become one box with their number."""

LAYERS = 4
"""At least so many layers fit side by side; a tree of two takes half the width."""

REMARKS = 3
"""As many other ties are written in a box; the table has them all."""


class Tie(NamedTuple):
    """How a body hangs on the one above it.

    words  as they stand over its name, read from the body to the one above
    look   part of the class of the line
    """

    words: str
    look: str


PART = Tie("committee or part of", "part")
TIES: Mapping[str, Tie] = {
    "accountable to": Tie("accountable to", "answers"),
    "reports to": Tie("reports to", "answers"),
    "directs": Tie("directed by", "directs"),
}
_ORDER = ("part", "accountable to", "reports to", "directs")


class Link(NamedTuple):
    """One body hangs on another."""

    below: str
    above: str
    how: str

    @property
    def tie(self) -> Tie:
        return PART if self.how == "part" else TIES[self.how]


class Node(NamedTuple):
    """A box of the diagram: a body, or many of one kind."""

    title: str
    href: str | None
    tie: Tie | None
    remarks: tuple[str, ...]
    below: tuple["Node", ...]
    look: str = "plain"


def bodies_diagram(snapshot: Snapshot, system: str, addresses: Addresses) -> Drawing:
    """The bodies of a system on the snapshot's day, and what ties them."""
    web = _Web(snapshot, system, addresses)
    title = f"Bodies of {snapshot.name(f'{system}/area/system')} on {day_in_words(snapshot.as_at)}"
    if not web.bodies:
        return Drawing(Markup(""), title, "No body is on record that day.", (), ())
    about = (
        f"{plural(len(web.bodies), 'body', 'bodies')}. A whole line leads from a body to its "
        "committees and parts, a dashed line to those that answer to it, a thick line to those it "
        "directs. To answer to a body is not to be directed by it."
    )
    nodes = web.nodes()
    key = {"title": title, "about": about}
    return Drawing(
        _wide(nodes, **key),
        title,
        about,
        ("Body", "Kind of body", "Ties on record"),
        tuple(web.rows()),
        _narrow(nodes, **key),
        ("Whole line: committee or part of. Dashed line: answers to. Thick line: directs.",),
    )


# --- what hangs on what -----------------------------------------------------------------------


class _Web:
    """The bodies of a system, and those of others that they hang on."""

    def __init__(self, snapshot: Snapshot, system: str, addresses: Addresses) -> None:
        self.snapshot, self.system, self.addresses = snapshot, system, addresses
        self.bodies: Mapping[str, Body] = {
            name: body for name, body in snapshot.all(Body).items() if name.startswith(f"{system}/")
        }
        self.relations = [
            each
            for each in snapshot.all(Relation).values()
            if each.who in self.bodies or each.to_whom in self.bodies
        ]
        self.links: dict[str, list[Link]] = {}
        for each in self._links():
            self.links.setdefault(each.below, []).append(each)
        for found in self.links.values():
            found.sort(key=lambda each: _ORDER.index(each.how))
        self.above = self._trunk()
        self.under: dict[str, list[str]] = {}
        for name, hung in self.above.items():
            self.under.setdefault(hung.above, []).append(name)

    def _links(self) -> Iterator[Link]:
        for name, body in self.bodies.items():
            yield from (Link(name, parent, "part") for parent in body.parents)
        for each in self.relations:
            if each.type in TIES and isinstance(self.snapshot.get(each.to_whom), Body):
                ends = (each.who, each.to_whom)
                below, above = reversed(ends) if each.type == "directs" else ends
                yield Link(below, above, each.type)

    def _trunk(self) -> dict[str, Link]:
        """For each body the link drawn as a line; never one that would close a ring."""
        chosen: dict[str, Link] = {}
        for name in self.bodies:
            for each in self.links.get(name, ()):
                if name not in _upwards(each.above, chosen):
                    chosen[name] = each
                    break
        return chosen

    def nodes(self) -> tuple[Node, ...]:
        """The trees, the largest first; bodies that no line reaches come last, by kind."""
        roots = {hung.above for hung in self.above.values()} - self.above.keys()
        boards = {root for root in roots if self._bears_board(root)}
        trees = sorted(roots, key=lambda name: (name not in boards, -self._size(name), name))
        lone = [name for name in self.bodies if name not in self.above and name not in self.under]
        return (*(self._node(name, None) for name in trees), *self._grouped(lone))

    def _bears_board(self, name: str) -> bool:
        """Whether the integrated care board is in a tree."""
        return getattr(self.snapshot.get(name), "type", "") == "integrated care board" or any(
            self._bears_board(each) for each in self.under.get(name, ())
        )

    def _size(self, name: str) -> int:
        return 1 + sum(self._size(each) for each in self.under.get(name, ()))

    def _node(self, name: str, tie: Tie | None) -> Node:
        body = self.snapshot.get(name)
        outside = not name.startswith(f"{self.system}/")
        remarks = tuple(self._remarks(name))
        return Node(
            self.snapshot.name(name),
            self.addresses.entity(name),
            tie,
            remarks[:REMARKS] + (("more in the table",) if len(remarks) > REMARKS else ()),
            self._grouped(self.under.get(name, [])),
            "outside" if outside else _look(body),
        )

    def _grouped(self, names: Sequence[str]) -> tuple[Node, ...]:
        """Bodies as boxes; many of one kind, with nothing under them, as one box."""

        def sort(name: str) -> tuple[str, str]:
            hung = self.above.get(name)
            body = self.snapshot.get(name)
            return getattr(body, "type", ""), hung.tie.words if hung else ""

        made: list[Node] = []
        for (type_, _), members in groupby(
            sorted(names, key=lambda each: (*sort(each), each)), sort
        ):
            found = list(members)
            plain = [name for name in found if name not in self.under]
            if len(plain) > MANY:
                made.append(self._many(type_, plain))
                found = [name for name in found if name in self.under]
            made += [self._node(name, self._tie(name)) for name in found]
        return tuple(made)

    def _tie(self, name: str) -> Tie | None:
        return self.above[name].tie if name in self.above else None

    def _many(self, type_: str, names: Sequence[str]) -> Node:
        words = plural(len(names), type_, _several(type_))
        unnamed = all(not getattr(self.snapshot.get(name), "named", True) for name in names)
        remarks = ("not named in the sources",) if unnamed else ()
        href = self.addresses.listing(self.system, "body", type_)
        return Node(words, href, self._tie(names[0]), remarks, (), "many")

    def _remarks(self, name: str) -> Iterator[str]:
        """What ties a body to others and is not drawn as a line."""
        drawn = self.above.get(name)
        for each in self.links.get(name, ()):
            if each != drawn:
                yield f"also {each.tie.words} {self._short(each.above)}"
        for relation in self.relations:
            if relation.who == name and relation.type not in TIES:
                yield f"{relation.type} {self._short(relation.to_whom)}"

    def _short(self, name: str) -> str:
        if (fact := self.snapshot.get(name)) is None:
            return self.snapshot.name(name)
        brands = (each.name for each in fact.other_names() if each.why == "local brand")
        return next(brands, self.snapshot.name(name))

    def rows(self) -> Iterator[Row]:
        """Every body with its kind and every tie, as sentences."""
        for name, body in self.bodies.items():
            ties = [f"committee or part of {self.snapshot.name(each)}" for each in body.parents]
            ties += [
                relation.sentence(self.snapshot.name).rstrip(".")
                for relation in self.relations
                if name in {relation.who, relation.to_whom}
            ]
            yield (
                Cell(body.name, self.addresses.entity(name)),
                Cell(_kind(body)),
                Cell("; ".join(ties) or "Not recorded"),
            )


def _upwards(name: str, chosen: Mapping[str, Link]) -> Iterator[str]:
    """A body and all above it."""
    yield name
    while name in chosen:
        name = chosen[name].above
        yield name


def _several(type_: str) -> str:
    """More than one of a kind of body."""
    head, bracket, rest = type_.partition(" (")
    if head.startswith(("team", "body")) or not head.endswith(("y", "body")):
        return f"{head}s{bracket}{rest}"
    return f"{head[:-1]}ies{bracket}{rest}"


def _kind(body: Body) -> str:
    plain = body.stage in {"not stated", "existing"}
    return body.type if plain else f"{body.type} ({body.stage})"


def _look(body: object) -> str:
    if isinstance(body, Post):
        return "post"
    return "board" if getattr(body, "type", "") == "integrated care board" else "plain"


# --- laying out -------------------------------------------------------------------------------


class _Laid(NamedTuple):
    """A box with its place: its left edge, its top, and the middle of its left side."""

    node: Node
    x: float
    y: float
    high: float
    below: tuple["_Laid", ...]

    @property
    def middle(self) -> float:
        return self.y + self.high / 2


def _words(node: Node, room: float) -> tuple[Sequence[str], ...]:
    inside = room - 2 * PADDING
    over = [shortened(node.tie.words, SMALL, inside)] if node.tie else []
    remarks = [line for each in node.remarks for line in wrapped(each, SMALL, inside, 3)]
    return over, wrapped(node.title, SIZE * BOLD, inside, 5), remarks


def _height(node: Node, room: float) -> float:
    over, title, remarks = _words(node, room)
    return 2 * PADDING + len(title) * STEP + (len(over) + len(remarks)) * SMALL_STEP - 2


def _layers(nodes: Sequence[Node]) -> int:
    return 1 + max((_layers(node.below) for node in nodes if node.below), default=0)


def _wide(nodes: Sequence[Node], *, title: str, about: str) -> Markup:
    """Layers as columns. What hangs on nothing and bears nothing stands in rows beneath."""
    trees = [node for node in nodes if node.below]
    lone = [node for node in nodes if not node.below]
    layers = max(LAYERS, _layers(trees))
    room = (WIDE - 2 - BETWEEN * (layers - 1)) / layers
    laid, top = _placed(trees, room)
    beneath, bottom = _rows_of(lone, top + 26 if trees else top)
    parts = [_drawn(each, room) for each in laid]
    if trees and lone:
        said = "On record, but nothing is recorded of whom they belong or answer to:"
        parts.append(tag("text", said, x=1, y=top + 14, class_="cw-node__heading"))
    return picture(
        *parts, *beneath, key="bodies-wide", title=title, description=about, links=True,
        size=(WIDE, bottom), class_="cw-boxes",
    )  # fmt: skip


def _placed(trees: Sequence[Node], room: float) -> tuple[list[_Laid], float]:
    """Trees under each other; those of two layers only, two side by side. And where they end."""
    laid, top = [], 2.0
    half = LAYERS // 2
    for node in (each for each in trees if _layers([each]) > half):
        placed, bottom = _tree(node, 1, top, room)
        laid.append(placed)
        top = bottom + GAP
    ends = [top, top]
    for node in (each for each in trees if _layers([each]) <= half):
        side = ends.index(min(ends))
        placed, bottom = _tree(node, 1 + side * 2 * (room + BETWEEN), ends[side], room)
        laid.append(placed)
        ends[side] = bottom + GAP
    return laid, max(ends)


def _tree(node: Node, x: float, y: float, room: float) -> tuple[_Laid, float]:
    """A tree laid out from its upper left corner, and where it ends."""
    high, top, below = _height(node, room), y, []
    for each in node.below:
        placed, bottom = _tree(each, x + room + BETWEEN, top, room)
        below.append(placed)
        top = bottom + GAP
    bottom = max(y + high, top - GAP)
    return _Laid(node, x, y, high, tuple(below)), bottom


def _rows_of(nodes: Sequence[Node], top: float) -> tuple[list[Markup], float]:
    """Boxes side by side, four in a row."""
    side_by_side = 4
    room = (WIDE - 2 - GAP * (side_by_side - 1)) / side_by_side
    parts: list[Markup] = []
    for first in range(0, len(nodes), side_by_side):
        row = nodes[first : first + side_by_side]
        high = max(_height(node, room) for node in row)
        for at, node in enumerate(row):
            parts.append(_box(_Laid(node, 1 + at * (room + GAP), top, high, ()), room))
        top += high + GAP
    return parts, top


def _drawn(laid: _Laid, room: float) -> Markup:
    """A tree: lines first, so that boxes lie over their ends."""
    return joined([*_lines(laid, room), *_boxes(laid, room)])


def _boxes(laid: _Laid, room: float) -> Iterator[Markup]:
    yield _box(laid, room)
    for each in laid.below:
        yield from _boxes(each, room)


def _lines(laid: _Laid, room: float) -> Iterator[Markup]:
    start, turn = laid.x + room, laid.x + room + BETWEEN / 2
    from_y = laid.y + min(laid.high / 2, 24)
    for each in laid.below:
        to_y = each.y + min(each.high / 2, 24)
        path = f"M{start:.1f} {from_y:.1f}H{turn:.1f}V{to_y:.1f}H{each.x:.1f}"
        yield _line(each.node, path)
        yield from _lines(each, room)


def _line(node: Node, path: str) -> Markup:
    look = node.tie.look if node.tie else "part"
    return tag("path", d=path, class_=f"cw-line cw-line--{look}", aria_hidden="true")


def _box(laid: _Laid, room: float) -> Markup:
    node = laid.node
    over, title, remarks = _words(node, room)
    frame = tag(
        "rect", x=laid.x, y=laid.y, width=room, height=laid.high, rx=3, class_="cw-box__frame"
    )
    x, y = laid.x + PADDING, laid.y + PADDING + SIZE - 4
    parts = [frame, lines_of_text(over, x=x, y=y, step=SMALL_STEP, class_="cw-node__tie")]
    y += len(over) * SMALL_STEP
    parts.append(lines_of_text(title, x=x, y=y, step=STEP, class_="cw-box__title cw-node__title"))
    y += len(title) * STEP
    parts.append(lines_of_text(remarks, x=x, y=y - 1, step=SMALL_STEP, class_="cw-node__remark"))
    classes = f"cw-link cw-box cw-node--{node.look}"
    return link(node.href, node.title, *parts, class_=classes)


def _narrow(nodes: Sequence[Node], *, title: str, about: str) -> Markup:
    """Layers as indents, each box under the one it hangs on."""
    parts: list[Markup] = []
    top = 1.0
    for node in nodes:
        top = _indented(node, 0, top, parts)
    return picture(
        *parts, key="bodies-narrow", title=title, description=about, links=True,
        size=(NARROW, top), class_="cw-boxes",
    )  # fmt: skip


def _indented(node: Node, depth: int, top: float, parts: list[Markup]) -> float:
    x = 1 + depth * INDENT
    room = NARROW - 1 - x
    high = _height(node, room)
    parts.append(_box(_Laid(node, x, top, high, ()), room))
    below = top + high + GAP
    for each in node.below:
        to_y = below + 20
        parts.append(_line(each, f"M{x + 8:.1f} {top + high:.1f}V{to_y:.1f}H{x + INDENT:.1f}"))
        below = _indented(each, depth + 1, below, parts)
    return below
