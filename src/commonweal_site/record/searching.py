"""The search page."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from commonweal.record.snapshot import Snapshot
from commonweal_site.day import WORTH_A_LOOK
from commonweal_site.meetings.finding import PageFound, in_papers
from commonweal_site.pages import (
    NO_TWINS,
    Twins,
    as_csv,
    as_json,
    page,
    page_number,
    page_of,
    the_day,
    the_snapshot,
    wants,
)

from . import shelf
from .lives import lives
from .presenting import Link, path_of, system_name
from .published import hidden
from .search import Hit, index, meant

_A_PAGE = 20
_WHY = {
    "code": "official code or number",
    "acronym": "acronym",
    "former name": "former name",
    "also known as": "also known as",
    "local brand": "local name",
    "as printed": "as a source prints it",
}


class Result(NamedTuple):
    """An entity found, as shown."""

    entity: str
    label: str
    path: str
    kind: str
    type: str
    system: str
    invented: bool
    found_by: str
    sentence: str


def search(request: HttpRequest) -> HttpResponse:
    """What is on record by a name, code or acronym."""
    asked = request.GET.get("q", "").strip()[:200]
    snapshot, day = the_snapshot(request), the_day(request)
    hits = [hit for hit in index(snapshot).find(asked) if snapshot.get(hit.entity)]
    number = page_number(request)
    found = [_result(snapshot, hit) for hit in page_of(hits, number, _A_PAGE)]
    papers = in_papers(snapshot, asked)
    if wants(request) != "html":
        return _twin(request, asked, found, len(hits), papers)
    query = urlencode({"q": asked})
    return page(
        request, "record/search.jinja", f"Search: {asked}" if asked else "Search the record",
        twins=Twins(f"/search.json?{query}", f"/search.csv?{query}") if asked else NO_TWINS,
        asked=asked, found=found, total=len(hits), papers=papers, names=len(index(snapshot).names),
        meant=meant(asked), pages=(number, max(1, -(-len(hits) // _A_PAGE))),
        path=f"/search/?{query}&", elsewhere=_elsewhere(request, asked) if not hits else [],
        forgiven=bool(hits) and hits[0].rank[0] > 0, when=day.words(),
    )  # fmt: skip


def _result(snapshot: Snapshot, hit: Hit) -> Result:
    fact = snapshot.fact(hit.entity)
    system = hit.entity.split("/", 1)[0]
    label = fact.label(snapshot.name)
    by = "" if hit.why == "name" or hit.name == label else f"{_WHY[hit.why]}: {hit.name}"
    return Result(
        hit.entity, label, path_of(hit.entity), hit.entity.split("/")[1],
        str(getattr(fact, "type", "") or hit.entity.split("/")[1]),
        system_name(snapshot, system), system in snapshot.invented, by,
        fact.sentence(snapshot.name),
    )  # fmt: skip


def _elsewhere(request: HttpRequest, asked: str) -> list[tuple[Link, str]]:
    """What is not on record on the day but is on others: found by today's names and past ones."""
    day = the_day(request)
    book, snapshot = shelf.SHELF.book, the_snapshot(request)
    unseen, found = hidden(book), dict[str, tuple[Link, str]]()
    for other in (day.today, *(each for each, _ in WORTH_A_LOOK)):
        then = shelf.SHELF.snapshot(other, day.known)
        for hit in index(then).find(asked)[:5]:
            if hit.entity not in found and hit.entity not in unseen and then.get(hit.entity):
                on = lives(shelf.SHELF, snapshot, hit.entity, frozenset())
                when = "; ".join(each.words for each in on)
                link = Link(then.name(hit.entity), path_of(hit.entity))
                found[hit.entity] = (link, when)
    return list(found.values())[:5]


def _twin(
    request: HttpRequest, asked: str, found: list[Result], total: int, papers: Sequence[PageFound]
) -> HttpResponse:
    rows = [
        {
            "id": each.entity, "kind": each.kind, "type": each.type, "label": each.label,
            "system": each.system, "found_by": each.found_by or None,
        }
        for each in found
    ]  # fmt: skip
    if wants(request) == "csv":
        return as_csv("search", "id kind type label system found_by".split(), rows)
    day = the_day(request)
    pages = [
        {"paper": each.paper.path.strip("/"), "page": each.page, "words": each.words}
        for each in papers
    ]
    return as_json(
        {
            "asked": asked, "as_at": day.as_at.isoformat(), "count": total, "found": rows,
            "in_papers": pages,
        }
    )  # fmt: skip
