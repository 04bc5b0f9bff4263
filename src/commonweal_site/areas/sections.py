"""What an area's page says beyond its own fields."""

from collections import Counter
from collections.abc import Iterable

from commonweal.areas.containment import parts, wholes
from commonweal.areas.coterminous import compared
from commonweal.areas.facts import Area, Containment, Neighbours, Population
from commonweal.bodies.facts import Body, Coverage, Post
from commonweal.record.documents import Figure
from commonweal.record.naming import Code, Succession
from commonweal.record.snapshot import Snapshot
from commonweal_site.record.presenting import Cells, Link, Table, link_to, path_of, table
from commonweal_site.words import SCHEMES, count, listed, stated

TOLD = frozenset(
    "area containment neighbours population body coverage post figure code succession".split()
)
"""Kinds of fact that these sections tell of an area."""


def sections(snapshot: Snapshot, area: str) -> list[Table]:
    """The sections of an area's page; those a reader expects stand even where they are empty."""
    return [
        lies_in(snapshot, area),
        contains(snapshot, area),
        *overlaps(snapshot, area),
        *same_land(snapshot, area),
        *neighbours(snapshot, area),
        populations(snapshot, area),
        serving(snapshot, area),
        *coverage(snapshot, area),
        *posts(snapshot, area),
        codes(snapshot, area),
        *figures(snapshot, area),
        *successions(snapshot, area),
    ]


_HOW_MUCH = {"whole": "All of it", "part": "Part of it", "not stated": "Not stated"}


def _how_much(fact: Containment) -> str:
    said = _HOW_MUCH[fact.extent]
    if fact.share is None:
        return said
    return (
        f"{said} ({float(fact.share):.1%} {('of ' + fact.share_basis) if fact.share_basis else ''})"
    )


def _kind_of(snapshot: Snapshot, area: str) -> Link:
    fact = snapshot.get(area)
    if not isinstance(fact, Area):
        return Link("Not recorded")
    return Link(fact.local_type or fact.type, tag="" if fact.local_type else "term")


def lies_in(snapshot: Snapshot, area: str) -> Table:
    """The areas around it."""
    found = [
        (name, each) for name, each in snapshot.referring(area, Containment) if each.part == area
    ]
    return table(
        snapshot, "Lies in", ("Area", "Kind", "How much of it"), found,
        lambda name, each: (
            link_to(snapshot, each.whole), _kind_of(snapshot, each.whole),
            Link(_how_much(each), path_of(name)),
        ),
        empty="What this area lies in is not recorded.",
    )  # fmt: skip


def contains(snapshot: Snapshot, area: str) -> Table:
    """The areas inside it, by kind."""
    found = [
        (name, each) for name, each in snapshot.referring(area, Containment) if each.whole == area
    ]
    found.sort(key=lambda pair: (_type(snapshot, pair[1].part), snapshot.name(pair[1].part)))
    return table(
        snapshot, "Contains", ("Area", "Kind", "How much of it"), found,
        lambda name, each: (
            link_to(snapshot, each.part), _kind_of(snapshot, each.part),
            Link(_how_much(each), path_of(name)),
        ),
        empty="No smaller area inside it is recorded.",
        intro=counted(snapshot, (each.part for _, each in found)),
    )  # fmt: skip


def _type(snapshot: Snapshot, area: str) -> str:
    fact = snapshot.get(area)
    return fact.type if isinstance(fact, Area) else ""


def counted(snapshot: Snapshot, areas: Iterable[str]) -> str:
    """How many of each kind of area, in words."""
    tally = Counter(kind for each in areas if (kind := _type(snapshot, each)))
    if not tally:
        return ""
    return f"{listed([count(number, kind) for kind, number in tally.most_common()])} on record."


def overlaps(snapshot: Snapshot, area: str) -> list[Table]:
    """Areas that it shares a part with, where that part lies only partly in each."""
    shared: dict[str, str] = {}
    for _, inside in snapshot.referring(area, Containment):
        if inside.whole == area and inside.extent != "whole":
            for _, beside in snapshot.referring(inside.part, Containment):
                if beside.part == inside.part and beside.whole != area:
                    shared.setdefault(beside.whole, inside.part)
    kind = _type(snapshot, area)
    rows = [
        (other, snapshot.fact(other)) for other in sorted(shared) if _type(snapshot, other) == kind
    ]
    made = table(
        snapshot, "Shares territory with", ("Area", "Through"), rows,
        lambda other, _: (link_to(snapshot, other), link_to(snapshot, shared[other])),
        intro="Worked out: an area that lies partly in this one lies partly in these too.",
    )  # fmt: skip
    return [made] if rows else []


def same_land(snapshot: Snapshot, area: str) -> list[Table]:
    """Areas worked out to be the very same land, with the reason."""
    why = {
        other: found.because
        for other in sorted(_near(snapshot, area))
        if (found := compared(snapshot, area, other)).outcome == "the same"
    }
    made = table(
        snapshot, "The same land as", ("Area", "Kind", "Why"),
        ((other, snapshot.fact(other)) for other in why),
        lambda other, _: (link_to(snapshot, other), _kind_of(snapshot, other), why[other]),
        intro="Worked out from what lies in what, never from names.",
    )  # fmt: skip
    return [made] if why else []


def _near(snapshot: Snapshot, area: str) -> set[str]:
    """Areas that hold it, lie in it, or hold a part of it."""
    inside = parts(snapshot, area)
    beside = {other for each in inside for other in wholes(snapshot, each)}
    return (beside | set(inside) | set(wholes(snapshot, area))) - {area}


def neighbours(snapshot: Snapshot, area: str) -> list[Table]:
    """The areas that it borders on."""
    found = list(snapshot.referring(area, Neighbours))
    made = table(
        snapshot, "Borders on", ("Area",), found,
        lambda _, each: (
            link_to(snapshot, each.second if each.first == area else each.first),
        ),
    )  # fmt: skip
    return [made] if found else []


def populations(snapshot: Snapshot, area: str) -> Table:
    """How many people, with the year and on what basis."""
    found = list(snapshot.referring(area, Population))
    return table(
        snapshot, "Population", ("People", "Year", "Basis"), found,
        lambda name, each: (
            Link(people(each), path_of(name)),
            stated(each.year) if each.year else "Not recorded",
            each.basis.capitalize() if each.basis != "not stated" else "Not recorded",
        ),
        empty="Its population is not recorded.",
    )  # fmt: skip


def people(fact: Population) -> str:
    """A number of people as the source gives it."""
    if fact.people is None:
        return f"“{fact.printed}”"
    return f"{'About ' if fact.approximate else ''}{fact.people:,}"


def serving(snapshot: Snapshot, area: str) -> Table:
    """The bodies of which a source says that they serve the area."""
    found = [(name, each) for name, each in snapshot.referring(area, Body) if area in each.areas]
    found.sort(key=lambda pair: (pair[1].type, pair[1].name))
    return table(
        snapshot, "Who serves it", ("Body", "Kind"), found,
        lambda name, each: (link_to(snapshot, name), Link(each.type, tag="term")),
        empty="Which bodies serve it is not recorded.",
    )  # fmt: skip


def coverage(snapshot: Snapshot, area: str) -> list[Table]:
    """Who provides services there."""
    found = list(snapshot.referring(area, Coverage))
    made = table(
        snapshot, "Who provides services there", ("Provider", "How much of it", "Service"), found,
        lambda name, each: (
            link_to(snapshot, each.provider),
            Link(_HOW_MUCH[each.extent], path_of(name)),
            each.service or "Not recorded",
        ),
    )  # fmt: skip
    return [made] if found else []


def posts(snapshot: Snapshot, area: str) -> list[Table]:
    """Offices of the area."""
    found = list(snapshot.referring(area, Post))
    made = table(
        snapshot, "Offices", ("Office", "Of"), found,
        lambda name, each: (
            link_to(snapshot, name), tuple(link_to(snapshot, body) for body in each.bodies)
        ),
    )  # fmt: skip
    return [made] if found else []


def codes(snapshot: Snapshot, of: str) -> Table:
    """Official codes."""
    found = list(snapshot.referring(of, Code))
    return table(
        snapshot, "Official codes", ("Code", "Given by"), found,
        lambda name, each: (Link(each.code, path_of(name)), SCHEMES[each.type]),
        empty="No official code is recorded.",
    )  # fmt: skip


def figures(snapshot: Snapshot, about: str) -> list[Table]:
    """Numbers that sources state of it."""
    found = [
        (name, each) for name, each in snapshot.referring(about, Figure) if each.about == about
    ]
    made = table(
        snapshot, "Figures", ("What", "Number"), found,
        lambda name, each: (Link(each.name, path_of(name)), each.amount()),
    )  # fmt: skip
    return [made] if found else []


def successions(snapshot: Snapshot, entity: str) -> list[Table]:
    """What went before it, and what came after."""
    found = list(snapshot.referring(entity, Succession))
    before = [(name, each) for name, each in found if each.after == entity]
    after = [(name, each) for name, each in found if each.before == entity]
    heads = ("Which", "How", "Share")
    return [
        table(snapshot, title, heads, facts, cells)
        for title, facts, cells in (
            ("What went before", before, _passed(snapshot, "before")),
            ("What came after", after, _passed(snapshot, "after")),
        )
        if facts
    ]


def _passed(snapshot: Snapshot, end: str) -> Cells:
    """The cells of a succession, seen from its other end."""

    def cells(name: str, each: Succession) -> tuple[Link | str, ...]:
        share = f"{float(each.share):.1%}" if each.share is not None else "Not recorded"
        other = link_to(snapshot, getattr(each, end))
        return other, Link(each.type.capitalize(), path_of(name)), share

    return cells
