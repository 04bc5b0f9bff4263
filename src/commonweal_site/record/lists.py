"""Lists: everything of a kind, in one system or across them all."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from commonweal.record.kinds import Kind
from commonweal.record.snapshot import Snapshot
from commonweal_site.jinja import Crumb
from commonweal_site.pages import (
    Twins,
    as_csv,
    as_json,
    not_found,
    page,
    page_number,
    page_of,
    the_day,
    the_snapshot,
    wants,
)
from commonweal_site.words import capital, plural_of

from . import showing
from .entity import provenance, sources_in_words
from .presenting import Shown, link_to, shown, system_name

_A_PAGE = 100


class Listed(NamedTuple):
    """One fact in a list."""

    fact: Shown
    system: str
    system_label: str


def of_system(request: HttpRequest, system: str, kind: str) -> HttpResponse:
    """Everything of a kind in one system."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems and not _any(snapshot, system):
        near = [each for each in snapshot.systems if system.split("-", maxsplit=1)[0] in each]
        hint = f" Did you mean {near[0]}?" if near else " The home page lists every system."
        return not_found(request, f"No system called ‘{system}’ is on record on this day.{hint}")
    return _list(request, snapshot, snapshot.vocabulary.kind(kind), system)


def of_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """Everything of a kind, in every system that exists."""
    snapshot = the_snapshot(request)
    return _list(request, snapshot, snapshot.vocabulary.kind(kind), "")


def _any(snapshot: Snapshot, system: str) -> bool:
    kinds = (snapshot.of_kind(kind.name) for kind in snapshot.vocabulary)
    return any(name.startswith(f"{system}/") for facts in kinds for name in facts)


def _list(request: HttpRequest, snapshot: Snapshot, kind: Kind, system: str) -> HttpResponse:
    asked = request.GET.get("type", "")
    type_ = kind.type_named(asked) if asked else None
    if wants(request) != "html":
        return _twin(request, snapshot, kind, system, type_)
    found = _found(snapshot, kind, system)
    tally = Counter(str(getattr(fact, "type", "")) for _, fact in found)
    chosen = [
        (name, fact) for name, fact in found if type_ is None or getattr(fact, "type", "") == type_
    ]
    chosen.sort(key=lambda pair: pair[1].label(snapshot.name))
    number, last = page_number(request), max(1, -(-len(chosen) // _A_PAGE))
    noun = plural_of(type_) if type_ else kind.plural
    where = system_name(snapshot, system) if system else ""
    base = f"/{system}/{kind.name}/" if system else f"/kinds/{kind.name}/"
    query = f"?{urlencode({'type': type_})}" if type_ else ""
    data, table = (f"{base.rstrip('/')}.{form}{query}" for form in ("json", "csv"))
    return page(
        request, "record/list.jinja", f"{capital(noun)}{f' of {where}' if where else ''}",
        crumbs=_crumbs(system, where),
        twins=Twins(data, table, f"/{system}/changes.atom" if system else ""),
        invented=system in snapshot.invented, kind=kind, type=type_, total=len(chosen),
        everything=len(found), tally=[each for each in tally.most_common() if each[0]],
        listed=_page(snapshot, page_of(chosen, number, _A_PAGE)), base=base,
        system=system, pages=(number, last),
        path=f"{base}{query}&" if query else f"{base}?",
        provenance=provenance(snapshot, system) if system else {},
    )  # fmt: skip


def _found(snapshot: Snapshot, kind: Kind, system: str) -> list[tuple[str, Any]]:
    return [
        (name, fact)
        for name, fact in snapshot.of_kind(kind.name).items()
        if (
            name.startswith(f"{system}/") if system else name.split("/")[0] not in snapshot.invented
        )
    ]


def _page(snapshot: Snapshot, found: Sequence[tuple[str, Any]]) -> list[Listed]:
    rows = []
    for name, fact in found:
        of = name.split("/", 1)[0]
        rows.append(Listed(shown(snapshot, name, fact), of, system_name(snapshot, of)))
    return rows


def _crumbs(system: str, where: str) -> list[Crumb]:
    if system:
        return [Crumb(where, f"/{system}/")]
    return [Crumb("Everything on record", "/kinds/")]


def _twin(
    request: HttpRequest, snapshot: Snapshot, kind: Kind, system: str, type_: str | None
) -> HttpResponse:
    day = the_day(request)
    rows = showing.listed(snapshot, kind.name, system=system or None, type_=type_)
    known = snapshot.known.isoformat()
    if wants(request) == "json":
        return as_json(
            {
                "kind": kind.name, "system": system or None, "type": type_,
                "as_at": day.as_at.isoformat(), "known": known, "count": len(rows), "facts": rows,
            }
        )  # fmt: skip
    own = [field.name for field in kind.fields if field.name not in {"sources", "exempt"}]
    heads = ["id", "kind", "label", "from", "to", *own, "sources", "as_at", "known", "licence"]
    licences = {each: provenance(snapshot, each)["licence"] for each in snapshot.systems}
    for row in rows:
        row["sources"] = sources_in_words(row["sources"])
        row["as_at"], row["known"] = day.as_at.isoformat(), known
        row["licence"] = licences.get(row["id"].split("/", 1)[0], "")
    return as_csv(f"{system or 'all'}-{kind.name}", heads, rows)


def kinds(request: HttpRequest) -> HttpResponse:
    """Every kind of fact, with how many are on record on the day."""
    snapshot = the_snapshot(request)
    rows = [
        {
            "kind": kind.name, "plural": kind.plural, "room": kind.room, "means": kind.summary,
            "count": len(snapshot.of_kind(kind.name)),
        }
        for kind in snapshot.vocabulary
    ]  # fmt: skip
    if wants(request) == "json":
        return as_json({"as_at": the_day(request).as_at.isoformat(), "kinds": rows})
    if wants(request) == "csv":
        return as_csv("kinds", list(rows[0]), rows)
    return page(
        request, "record/kinds.jinja", "Everything on record",
        twins=Twins("/kinds.json", "/kinds.csv"), kinds=rows,
    )  # fmt: skip


def documents(request: HttpRequest) -> HttpResponse:
    """Every document that facts rest on."""
    snapshot = the_snapshot(request)
    if wants(request) != "html":
        return _twin(request, snapshot, snapshot.vocabulary.kind("document"), "", None)
    groups: dict[str, list[Any]] = {}
    for name, fact in snapshot.of_kind("document").items():
        system = name.split("/", 1)[0]
        groups.setdefault(system, []).append((link_to(snapshot, name), fact))
    ordered = sorted(groups.items(), key=lambda pair: (pair[0] in snapshot.invented, pair[0]))
    return page(
        request, "record/documents.jinja", "Documents",
        twins=Twins("/documents.json", "/documents.csv"),
        groups=[
            (system_name(snapshot, system), system in snapshot.invented,
             sorted(found, key=lambda pair: pair[0].text))
            for system, found in ordered
        ],
    )  # fmt: skip
