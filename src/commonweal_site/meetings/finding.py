"""Search in the text of papers: only of those that the snapshot shows its viewer."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import NamedTuple

from commonweal.meetings.facts import Paper
from commonweal.record.snapshot import Snapshot
from commonweal_site.record.presenting import Link, link_to, path_of

from . import store

_MOST_WORDS = 12
_SHOWN = 10
_LOOKED_AT = 5_000
"""Pages that fit which are looked at, the best first, to find those the viewer may see."""


class PageFound(NamedTuple):
    """One page of a paper on which every word stands, and the words around them."""

    paper: Link
    item: Link
    file: str
    page: int
    words: str


def in_papers(snapshot: Snapshot, asked: str, *, most: int = _SHOWN) -> tuple[PageFound, ...]:
    """Pages of papers that hold every word asked for, the best first, one page a paper."""
    seen = _visible(snapshot)
    if not seen or not (query := _query(asked)) or not store.index().is_file():
        return ()
    found: dict[str, PageFound] = {}
    for checksum, number, words in _rows(query):
        for name in seen.get(checksum, ()):
            if name not in found:
                found[name] = _shown(snapshot, name, number, words)
        if len(found) >= most:
            break
    return tuple(found.values())[:most]


def file_path(paper: str) -> str:
    """The address at which the file of a paper is sent."""
    return f"{path_of(paper)}/file"


def _visible(snapshot: Snapshot) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, paper in snapshot.all(Paper).items():
        if paper.checksum:
            found.setdefault(paper.checksum, []).append(name)
    return found


def _query(asked: str) -> str:
    """Every word, each as it stands; the last may go on."""
    words = re.findall(r"\w+", asked)[:_MOST_WORDS]
    return " ".join(f'"{word}"' for word in words) + "*" if words else ""


def _rows(query: str) -> Iterator[tuple[str, int, str]]:
    sql = (
        "select checksum, number, snippet(page, 2, '', '', '…', 24) from page "
        "where page match ? order by rank limit ?"
    )
    with closing(sqlite3.connect(f"{store.index().as_uri()}?mode=ro", uri=True)) as opened:
        rows: Iterable[tuple[str, int, str]]
        try:
            rows = opened.execute(sql, [query, _LOOKED_AT])
        except sqlite3.OperationalError:
            return  # The first paper is just being read: there is no table yet.
        yield from rows


def _shown(snapshot: Snapshot, name: str, number: int, words: str) -> PageFound:
    paper = snapshot.fact(name)
    item = paper.item if isinstance(paper, Paper) else name
    return PageFound(
        Link(snapshot.name(name), path_of(name)), link_to(snapshot, item), file_path(name),
        number, " ".join(words.split()),
    )  # fmt: skip
