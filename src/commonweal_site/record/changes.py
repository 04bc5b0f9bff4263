"""What changed, when we learned it, who said so: as pages, and as feeds to follow."""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib.syndication.views import Feed
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed

from commonweal.record.comparing import period_in_words
from commonweal.record.entries import Entry
from commonweal.record.kinds import Kind
from commonweal.record.snapshot import Snapshot
from commonweal_site.pages import (
    Twins,
    as_csv,
    as_json,
    page,
    page_number,
    the_snapshot,
    wants,
)
from commonweal_site.viewer import viewer
from commonweal_site.words import who

from . import shelf
from .presenting import path_of, system_name
from .published import hidden

_A_PAGE = 50
_END, _DIGITS = 2**62, 19
"""No entry has a larger number, nor a number of more digits."""
_NAMING = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+){0,2}")
_VERBS = {
    "assert": "Added",
    "amend": "Changed",
    "correct": "Corrected",
    "withdraw": "Withdrawn",
    "redact": "Struck out",
}


class Change(NamedTuple):
    """An entry of the log as shown."""

    number: int
    verb: str
    label: str
    kind: str
    path: str
    period: str
    recorded: datetime
    actor: str
    reason: str
    entity: str


class Write(NamedTuple):
    """The entries that were recorded together."""

    recorded: datetime
    actor: str
    reason: str
    changes: tuple[Change, ...]


def changes(request: HttpRequest) -> HttpResponse:
    """The latest changes, of everything, a system or an entity."""
    snapshot = the_snapshot(request)
    system, entity = request.GET.get("system", ""), request.GET.get("entity", "")
    since = request.GET.get("since", "")
    for each in filter(None, (system, entity)):
        if not _NAMING.fullmatch(each):
            raise Http404(f"Nothing is on record under ‘{each}’.")
    number = page_number(request)
    found, more = _latest(request, system=system, entity=entity, since=since, number=number)
    if wants(request) != "html":
        return _twin(request, found)
    title = "What changed"
    if system or entity:
        title = (
            f"What changed: {system_name(snapshot, system) if system else snapshot.name(entity)}"
        )
    asked = urlencode({k: v for k, v in (("system", system), ("entity", entity)) if v}, safe="/")
    query = f"?{asked}" if asked else ""
    feed = f"/{system}/changes.atom" if system else f"/{entity}.atom" if entity else "/changes.atom"
    return page(
        request, "record/changes.jinja", title,
        twins=Twins(f"/changes.json{query}", f"/changes.csv{query}", feed),
        writes=list(_together(found)), number=number, more=more, system=system, entity=entity,
        invented=bool(system) and system in snapshot.invented,
        path=f"/changes/?{asked}{'&' if asked else ''}",
    )  # fmt: skip


def _latest(
    request: HttpRequest, *, system: str = "", entity: str = "", since: str = "", number: int = 1,
    most: int = _A_PAGE,
) -> tuple[list[Change], bool]:  # fmt: skip
    """A page of changes that the viewer may see, the latest first, and whether there are more."""
    snapshot, seen = the_snapshot(request), hidden(shelf.SHELF.book, viewer(request).systems)
    first, found = (number - 1) * most, list[Change]()
    passed = 0
    for entry in _entries(snapshot.head, system, entity, since):
        if entry.entity in seen:
            continue
        passed += 1
        if passed > first + most:
            return found, True
        if passed > first:
            found.append(change(snapshot, entry))
    return found, False


def _entries(head: int, system: str, entity: str, since: str) -> Iterator[Entry]:
    """Entries from the latest back, read in batches."""
    book, before = shelf.SHELF.book, head + 1
    where, values = _narrowed(system, entity, since)
    while True:
        with connections[book.using].cursor() as cursor:
            cursor.execute(
                f"select number from record_entry where number < %s{where} "
                "order by number desc limit 200",
                [before, *values],
            )
            numbers = [row[0] for row in cursor.fetchall()]
        if not numbers:
            return
        known = {each.number: each for each in book.entries(numbers[-1], numbers[0])}
        yield from (known[number] for number in numbers)
        before = numbers[-1]


def _narrowed(system: str, entity: str, since: str) -> tuple[str, list[Any]]:
    """Conditions that keep only a system's, an entity's or the later entries."""
    where, values = "", list[Any]()
    if system:
        where += " and entity >= %s and entity < %s"
        values += [f"{system}/", f"{system}0"]  # "0" follows "/": every name in between
    if entity:
        where += " and entity = %s"
        values.append(entity)
    if since:
        where += " and number > %s"
        values.append(min(int(since), _END) if since.isdecimal() and len(since) < _DIGITS else 0)
    return where, values


def change(snapshot: Snapshot, entry: Entry) -> Change:
    """An entry as shown."""
    kind = snapshot.vocabulary.kind_of(entry.entity)
    return Change(
        entry.number, _VERBS.get(entry.verb, entry.verb), _label(snapshot, entry, kind), kind.name,
        path_of(entry.entity), period_in_words(*entry.valid), entry.recorded_at,
        who(entry.actor or "struck out"), entry.reason, entry.entity,
    )  # fmt: skip


def _label(snapshot: Snapshot, entry: Entry, kind: Kind) -> str:
    """What the entity was called when the entry was written."""
    if not entry.content or entry.struck:
        return snapshot.name(entry.entity)
    return kind.decode(entry.content).label(snapshot.name)


def _together(found: list[Change]) -> Iterator[Write]:
    for (recorded, actor, reason), group in groupby(
        found, key=lambda each: (each.recorded, each.actor, each.reason)
    ):
        yield Write(recorded, actor, reason, tuple(group))


def _twin(request: HttpRequest, found: list[Change]) -> HttpResponse:
    rows = [
        {
            "number": each.number, "recorded": each.recorded.isoformat(), "verb": each.verb,
            "id": each.entity, "kind": each.kind, "label": each.label, "period": each.period,
            "by": each.actor, "reason": each.reason,
        }
        for each in found
    ]  # fmt: skip
    heads = "number recorded verb id kind label period by reason".split()
    if wants(request) == "csv":
        return as_csv("changes", heads, rows)
    return as_json({"known": the_snapshot(request).known.isoformat(), "changes": rows})


# --- feeds ---------------------------------------------------------------------------------------


class Changes(Feed):
    """The latest changes as Atom; of a system or an entity, if its address says so."""

    feed_type = Atom1Feed
    description = "What changed in the record, when, and who said so."

    def get_object(self, request: HttpRequest, **asked: str) -> dict[str, Any]:
        entity = (
            "/".join(asked[part] for part in ("system", "kind", "slug")) if "slug" in asked else ""
        )
        system = asked.get("system", "") if not entity else ""
        found, _ = _latest(request, system=system, entity=entity)
        if not found and (system or entity):
            raise Http404(f"Nothing is on record under {entity or system}.")
        name = found[0].label if entity else "the record"
        if system:
            name = system_name(the_snapshot(request), system)
        return {"found": found, "name": name, "link": f"/{system or entity}", "path": request.path}

    def title(self, obj: dict[str, Any]) -> str:
        return f"Commonweal: changes to {obj['name']}"

    def link(self, obj: dict[str, Any]) -> str:
        return str(obj["link"]) if len(obj["link"]) > 1 else "/changes/"

    def feed_url(self, obj: dict[str, Any]) -> str:
        return str(obj["path"])

    def items(self, obj: dict[str, Any]) -> list[Change]:
        return list(obj["found"])

    def item_title(self, item: Any) -> str:
        return f"{item.verb}: {item.label} ({item.kind})"

    def item_description(self, item: Any) -> str:
        return f"{item.verb}, {item.period}. {item.actor}: {item.reason}"

    def item_link(self, item: Any) -> str:
        return f"/log/{item.number}"

    def item_pubdate(self, item: Any) -> Any:
        return item.recorded

    def item_updateddate(self, item: Any) -> Any:
        return item.recorded

    def item_author_name(self, item: Any) -> str:
        return str(item.actor)
