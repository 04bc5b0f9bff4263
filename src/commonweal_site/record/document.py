"""A document's page: what rests on it, spot by spot, and what is damaged in it."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse

from commonweal.record.documents import Document
from commonweal.record.facts import Source
from commonweal.record.snapshot import Snapshot
from commonweal_site.pages import page, page_number, page_of, the_snapshot, wants

from . import entity
from .presenting import Link, link_to, spot
from .sections import damage, printed_in

_A_PAGE = 150
"""Spots on one page."""


class Spot(NamedTuple):
    """A spot in a document, and the facts that rest on it."""

    anchor: str
    at: str
    lines: str
    how: tuple[str, ...]
    facts: tuple[Link, ...]


def document(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """A document on the day asked about."""
    name, snapshot = f"{system}/document/{slug}", the_snapshot(request)
    fact = snapshot.get(name)
    if not isinstance(fact, Document) or wants(request) != "html":
        return entity.entity(request, system, "document", slug)
    found = spots(snapshot, name)
    number, last = page_number(request), max(1, -(-len(found) // _A_PAGE))
    tables = [each for each in (damage(snapshot, name), printed_in(snapshot, name)) if each.rows]
    given = entity.context(snapshot, request, name, tables)
    return page(
        request, "record/document.jinja", fact.title, **given,
        spots=page_of(found, number, _A_PAGE), resting=_resting(found), pages=(number, last),
        disputed=disputed(snapshot, name), path=f"/{name}?", document=fact,
    )  # fmt: skip


def spots(snapshot: Snapshot, document: str) -> list[Spot]:
    """Every spot of a document that a fact rests on, in the order of its lines."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for name, source in _uses(snapshot, document):
        found.setdefault((source.at, source.lines), []).append((name, source.how))
    ordered = sorted(found, key=lambda key: (_first_line(key[1]), key[0]))
    return [_spot(snapshot, at, lines, found[at, lines]) for at, lines in ordered]


def _spot(snapshot: Snapshot, at: str, lines: str, uses: list[tuple[str, str]]) -> Spot:
    how = {each for _, each in uses if each != "stated"}
    facts = dict.fromkeys(name for name, _ in uses)
    links = tuple(link_to(snapshot, each) for each in facts)
    return Spot(spot(at, lines), at, lines, tuple(sorted(how)), links)


def _uses(snapshot: Snapshot, document: str) -> Iterator[tuple[str, Source]]:
    for name, fact in snapshot.mentions(document):
        for source in _sources(fact):
            if source.document == document:
                yield name, source


def _sources(fact: Any) -> Iterator[Source]:
    yield from fact.sources
    for reading in getattr(fact, "readings", ()):
        yield from reading.sources


def _first_line(lines: str) -> tuple[int, int]:
    """Where a spot stands; those without a line come last."""
    match = re.match(r"\d+", lines)
    return (0, int(match[0])) if match else (1, 0)


def _resting(found: list[Spot]) -> int:
    return len({link.path for each in found for link in each.facts})


def disputed(snapshot: Snapshot, document: str) -> list[Link]:
    """Disputes in which a document is one of the voices, or in question."""
    return [
        link_to(snapshot, name)
        for name, fact in snapshot.mentions(document)
        if name.split("/")[1] == "dispute"
    ]
