"""The page of any entity, whatever its kind, and its twins as data."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from commonweal.bodies.facts import Body
from commonweal.money.funds import Fund
from commonweal.plans.cells import matrix_of
from commonweal.record.documents import Dispute, Pack
from commonweal.record.errors import UnknownEntity
from commonweal.record.facts import Fact
from commonweal.record.identifiers import identifier
from commonweal.record.naming import Succession
from commonweal.record.snapshot import Snapshot
from commonweal_site.demand.attached import attached
from commonweal_site.jinja import Crumb
from commonweal_site.money.places import where
from commonweal_site.money.reading import entries_of
from commonweal_site.outcomes.purposes import shown_by
from commonweal_site.outcomes.scorecards_of import scorecards_of
from commonweal_site.pages import Twins, as_csv, as_json, page, the_day, the_snapshot, wants
from commonweal_site.plans.beside import beside
from commonweal_site.published.funds import fund_links
from commonweal_site.published.named import links
from commonweal_site.viewer import viewer
from commonweal_site.words import capital, plural_of

from . import shelf, showing
from .lives import Life, lives
from .presenting import Link, Table, cited, link_to, origins, path_of, shown, system_name, system_of
from .search import nearest
from .sections import sections

CSV_HEADS = "id kind label field value from to status sources as_at known licence".split()
"""Columns of a table with one row a fact."""


def entity(request: HttpRequest, system: str, kind: str, slug: str) -> HttpResponse:
    """An entity on the day asked about."""
    name = f"{system}/{kind}/{slug}"
    snapshot = the_snapshot(request)
    snapshot.vocabulary.kind(kind)
    fact = snapshot.get(name)
    form = wants(request)
    if fact is None:
        return absent(request, snapshot, name)
    if form == "json":
        return as_json(showing.shown(shelf.SHELF.book, snapshot, name))
    if form == "csv":
        return table_of(request, snapshot, name)
    template = {"dispute": "record/dispute.jinja"}.get(kind, "record/entity.jinja")
    return page(request, template, fact.label(snapshot.name), **context(snapshot, request, name))


def context(
    snapshot: Snapshot, request: HttpRequest, name: str, tables: list[Table] | None = None
) -> dict[str, Any]:
    """What an entity's page is given.

    tables  its sections; those of its kind, if none are given
    """
    system, kind, _ = identifier(name)
    fact = snapshot.fact(name)
    main = shown(snapshot, name)
    if tables is None:
        tables = sections(snapshot, name, kind)
    return {
        "crumbs": crumbs(snapshot, name),
        "twins": Twins(f"/{name}.json", f"/{name}.csv", f"/{name}.atom"),
        "invented": system in snapshot.invented,
        "fact": main,
        "readings": readings(snapshot, fact) if isinstance(fact, Dispute) else (),
        "sections": tables,
        "origins": origins(snapshot, [main, *(row.fact for each in tables for row in each.rows)]),
        "became": became(snapshot, name),
        "history": showing.history(shelf.SHELF.book, snapshot, name),
        "provenance": provenance(snapshot, system),
        "may_propose": viewer(request).may_propose(name),
        "lasting_id": name,
        "money": where(snapshot, name),
        "maturity": f"/{name}/maturity/" if matrix_of(snapshot, name) else "",
        "scorecards": scorecards_of(snapshot, name),
        "measures": shown_by(snapshot, name),
        "entries": entries_of(snapshot, name, viewer(request).systems),
        "published": _published(name, fact),
        "beside": beside(snapshot, name),
        "scenarios": attached(snapshot, name),
    }


def _published(name: str, fact: Fact) -> list[tuple[str, str, str]]:
    """The documents of a body, or the reports on a fund."""
    if isinstance(fact, Fund):
        return fund_links(name, fact.year)
    return links(f"/{name}", whole=False) if isinstance(fact, Body) else []


def crumbs(snapshot: Snapshot, name: str) -> list[Crumb]:
    """The way to an entity: its system, then the list of its kind."""
    system, kind, _ = identifier(name)
    plural = capital(snapshot.vocabulary.kind(kind).plural)
    return [
        Crumb(system_name(snapshot, system), f"/{system}/"),
        Crumb(plural, f"/{system}/{kind}/"),
    ]


def provenance(snapshot: Snapshot, system: str) -> dict[str, str]:
    """Where a system's facts come from, and on what terms they may be used."""
    packs = (each for each in snapshot.all(Pack).values() if system in each.systems)
    pack = next(packs, None)
    return {
        "pack": pack.name if pack else "",
        "about": pack.about if pack else "",
        "licence": pack.licence if pack else "",
    }


def readings(snapshot: Snapshot, dispute: Dispute) -> list[tuple[str, tuple[Any, ...]]]:
    """The sides of a dispute, each with its sources."""
    return [
        (each.says, tuple(cited(snapshot, source) for source in each.sources))
        for each in dispute.readings
    ]


def became(snapshot: Snapshot, name: str) -> list[Link]:
    """What came after an entity. A system's footprint has what came after its board as well."""
    after = _after(snapshot, name)
    if name.endswith("/area/system"):
        boards = _after(snapshot, f"{system_of(name)}/body/icb")
        areas = (f"{system_of(each)}/area/system" for each in boards)
        after += [each for each in areas if snapshot.get(each) and each != name]
    return [link_to(snapshot, each) for each in dict.fromkeys(after)]


def _after(snapshot: Snapshot, name: str) -> list[str]:
    found = snapshot.referring(name, Succession)
    return [each.after for _, each in found if each.before == name]


# --- not on record that day ----------------------------------------------------------------------


def absent(request: HttpRequest, snapshot: Snapshot, name: str) -> HttpResponse:
    """What to say of an entity that is not on record on the day: on another day, or never."""
    found = lives(shelf.SHELF, snapshot, name, viewer(request).systems)
    if not found:
        near = nearest(snapshot, name)
        raise UnknownEntity(
            f"Nothing is on record under {name}."
            + (f" Did you mean {' or '.join(near)}?" if near else "")
        )
    if wants(request) != "html":
        return as_json(_absent_data(request, name, found), status=404)
    return page(
        request, "record/absent.jinja", found[-1].fact.label(snapshot.name),
        lives=found, name=name, became=became(snapshot, name),
        path=path_of(name),
        crumbs=crumbs(snapshot, name), invented=name.split("/", maxsplit=1)[0] in snapshot.invented,
        kind=snapshot.vocabulary.kind_of(name).name,
        type=getattr(found[-1].fact, "type", ""),
        plural=plural_of(snapshot.vocabulary.kind_of(name).name),
    )  # fmt: skip


def _absent_data(request: HttpRequest, name: str, found: list[Life]) -> dict[str, Any]:
    day = the_day(request)
    return {
        "error": "Not on record on that day",
        "id": name,
        "as_at": day.as_at.isoformat(),
        "on_record": [
            {"from": showing.day(each.begins), "to": showing.day(each.ends)} for each in found
        ],
        "status": 404,
    }


# --- tables --------------------------------------------------------------------------------------


def table_of(request: HttpRequest, snapshot: Snapshot, name: str) -> HttpResponse:
    """An entity's facts as a table: one row a value, every row with its source."""
    found = showing.shown(shelf.SHELF.book, snapshot, name)
    rows = [
        {
            "id": fact["id"], "kind": fact["kind"], "label": fact["label"], "field": field,
            "value": value, "from": fact["from"], "to": fact["to"], "status": fact["status"],
            "sources": sources_in_words(fact["sources"]), "as_at": found["as_at"],
            "known": found["known"], "licence": found["licence"],
        }
        for fact in found["facts"]
        for field, value in fact.items()
        if field not in _ABOUT_THE_ROW and value not in (None, [], "")
    ]  # fmt: skip
    return as_csv(name.replace("/", "-"), CSV_HEADS, rows)


_ABOUT_THE_ROW = {"id", "kind", "label", "from", "to", "status", "sources", "exempt"}


def sources_in_words(sources: list[dict[str, Any]]) -> str:
    """Sources in one cell."""
    return " | ".join(
        ", ".join(filter(None, [each["title"] or each["document"], each["at"], _lines(each)]))
        for each in sources
    )


def _lines(source: dict[str, Any]) -> str:
    return f"lines {source['lines']}" if source["lines"] else ""
