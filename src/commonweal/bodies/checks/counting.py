"""Checks of sets that a source counts: whether all are on record, and named."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from commonweal.areas.checks import stand_in
from commonweal.areas.containment import parts
from commonweal.areas.facts import Area
from commonweal.bodies.facts import Body
from commonweal.record.documents import Figure
from commonweal.record.facts import Fact
from commonweal.record.findings import Finding
from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import by_document, sources_of, stands
from commonweal.statute.rule import rule
from commonweal.statute.runner import check

type NamedFigure = tuple[str, Figure]


def counting_figures(snapshot: Snapshot) -> Iterator[NamedFigure]:
    """The figures that count a kind that is on record."""
    for name, figure in snapshot.all(Figure).items():
        if figure.counts and stands(figure):
            yield name, figure


def what_counts(snapshot: Snapshot, figure: Figure) -> dict[str, Fact]:
    """What the record holds of what a figure counts, in or for the entity it is about.

    Of an area: the areas of the type that lie in it, even partly, or the bodies that serve it or
    such an area. Of a body: the bodies that are committees or parts of it. Of anything else, or of
    nothing: all there are. Invented ones count only where what it is about is invented too.
    """
    kind, _, wanted = (figure.counts or "").partition(":")
    found = _of_type(snapshot, kind.strip(), wanted.strip())
    if figure.about is None or figure.about.partition("/")[0] not in snapshot.invented:
        found = {n: f for n, f in found.items() if n.partition("/")[0] not in snapshot.invented}
    about = snapshot.get(figure.about) if figure.about else None
    if isinstance(about, Area):
        inside = {figure.about or "", *parts(snapshot, figure.about or "")}
        return {n: f for n, f in found.items() if _lies(n, f, inside)}
    if isinstance(about, Body):
        return {n: f for n, f in found.items() if figure.about in _belongs_to(f)}
    return dict(found)


def _belongs_to(fact: Fact) -> tuple[str, ...]:
    """The bodies that a body is part of, or the one a seat or other fact is of."""
    return (*getattr(fact, "parents", ()), getattr(fact, "body", ""))


def _of_type(snapshot: Snapshot, kind: str, wanted: str) -> Mapping[str, Fact]:
    """The facts of a kind and type; a kind alone means all of it."""
    facts = snapshot.of_kind(kind)
    return {n: f for n, f in facts.items() if not wanted or getattr(f, "type", None) == wanted}


def _lies(name: str, fact: Fact, inside: set[str]) -> bool:
    """Whether an area lies, or a body or seat serves, in some areas."""
    return name in inside or bool(inside.intersection(getattr(fact, "areas", ())))


@check("REC-COUNT", over=counting_figures)
def stated_count_is_what_is_recorded(snapshot: Snapshot, each: NamedFigure) -> Iterator[Finding]:
    law = rule("REC-COUNT")
    name, figure = each
    if (figure.counts or "").partition(":")[0].strip() not in snapshot.vocabulary.kinds:
        because = f"{figure.name}: nothing of the kind “{figure.counts}” is kept on record."
        yield law.cannot_say(name, because, sources=figure.sources)
        return
    found = what_counts(snapshot, figure)
    of = f" ({snapshot.name(figure.about)})" if figure.about else ""
    held = f"the record holds {len(found)}"
    said = f"{figure.name}{of}: the source says {figure.amount()}; {held}."
    more = {"sources": figure.sources, "about": tuple(found)}
    if figure.about and snapshot.get(figure.about) is None:
        because = f"{figure.name}: what it is about is not on record on this day."
        yield law.cannot_say(name, because, **more)
    elif figure.value is None:
        yield law.cannot_say(name, f"{figure.name}{of}: the source gives no number.", **more)
    elif figure.value <= len(found) <= (figure.upper or figure.value):
        yield law.met(name, said, **more)
    elif figure.approximate:
        yield law.cannot_say(name, f"{said} The source speaks roughly.", **more)
    else:
        yield law.not_met(name, said, **more)


class _Set(NamedTuple):
    """Things of one type in one system."""

    system: str
    kind: str
    type: str


@remembered
def _sets(snapshot: Snapshot) -> dict[_Set, list[tuple[str, Fact]]]:
    found: dict[_Set, list[tuple[str, Fact]]] = {}
    for kind in ("area", "body"):
        for name, fact in snapshot.of_kind(kind).items():
            key = _Set(name.partition("/")[0], kind, str(getattr(fact, "type", "")))
            found.setdefault(key, []).append((name, fact))
    return found


def _counted_sets(snapshot: Snapshot) -> set[_Set]:
    """The sets that a figure counts."""
    return {
        _Set(name.partition("/")[0], kind.strip(), type_.strip())
        for name, figure in counting_figures(snapshot)
        for kind, _, type_ in [(figure.counts or "").partition(":")]
    }


@check("REC-NAMED")
def counted_members_are_named(snapshot: Snapshot) -> Iterator[Finding]:
    """A finding for each type of area or body in a system that is counted or has unnamed ones."""
    law = rule("REC-NAMED")
    counted_ones = _counted_sets(snapshot)
    for key, members in _sets(snapshot).items():
        unnamed = [(n, f) for n, f in members if not getattr(f, "named", True)]
        if not unnamed and key not in counted_ones:
            continue
        subject = stand_in(snapshot, key.system, members[0][0])
        what = f"{key.kind} of the type {key.type}"
        facts = unnamed or members
        more = {
            "sources": by_document(sources_of(*(fact for _, fact in facts))),
            "about": tuple(name for name, _ in facts),
        }
        if unnamed:
            because = (
                f"{len(unnamed)} of {len(members)} on record ({what}) are spoken of by a source "
                "without a name."
            )
            yield law.not_met(subject, because, **more)
        else:
            because = f"All {len(members)} on record ({what}) are named."
            yield law.met(subject, because, **more)
