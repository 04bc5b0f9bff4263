"""What pages of meetings are laid out from: tables of words and links, and outcomes."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from commonweal.record.findings import Finding
from commonweal.record.identifiers import slug
from commonweal.record.snapshot import Snapshot
from commonweal_site.record.presenting import Cited, Link, cited, link_to
from commonweal_site.words import capital

type Cell = str | Link | tuple[Link, ...] | None


class Grid(NamedTuple):
    """A table. Where there are no rows, `empty` says what that means."""

    anchor: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[Link, ...], ...], ...]
    empty: str
    intro: str


def grid(
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    empty: str = "None on record.",
    intro: str = "",
) -> Grid:
    """A table from cells: words, a link, several, or nothing."""
    made = tuple(tuple(_cell(each) for each in row) for row in rows)
    return Grid(slug(title), title, tuple(heads), made, empty, intro)


def _cell(given: Cell) -> tuple[Link, ...]:
    if given is None or given == "":
        return (Link("Not recorded"),)
    if isinstance(given, Link):
        return (given,)
    return (Link(given),) if isinstance(given, str) else given or (Link("Not recorded"),)


class Told(NamedTuple):
    """One thing that is met, not met or cannot be told, as shown."""

    name: str
    outcome: str
    because: str
    law: str
    sources: tuple[Cited, ...]


def told(snapshot: Snapshot, name: str, finding: Finding) -> Told:
    """A finding as shown."""
    found = tuple(dict.fromkeys(cited(snapshot, each) for each in finding.sources))
    return Told(capital(name), finding.outcome, finding.because, finding.source, found)


def whoever(snapshot: Snapshot, who: str | None, printed: str | None) -> Cell:
    """Somebody on record by a link; somebody who is only printed in words."""
    if who:
        return Link(printed, f"/{who}") if printed else link_to(snapshot, who)
    return printed


def as_rows(found: Grid, heads: Sequence[str]) -> list[dict[str, Any]]:
    """A table as data, a row each, under short names for its columns."""
    return [
        dict(zip(heads, ("; ".join(link.text for link in cell) for cell in row), strict=True))
        for row in found.rows
    ]
