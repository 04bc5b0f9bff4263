"""Pages about the site itself: what it is, its words, its data, and whether it is well."""

from django.http import HttpRequest, HttpResponse

from commonweal.record.documents import Pack
from commonweal.record.identifiers import identifier
from commonweal.record.snapshot import Snapshot

from . import glossary
from .pages import Twins, as_csv, as_json, page, the_snapshot, wants
from .record import shelf
from .record.presenting import Link


def about(request: HttpRequest) -> HttpResponse:
    """What Commonweal is and is not."""
    return page(request, "about/about.jinja", "About Commonweal")


CHAPTERS = (
    Link("Who may decide: a hundred questions, each with its answer", "/manual/who-decides/"),
    Link("Plans: how the rules on planning are tried", "/manual/plans/"),
    Link("Delivery: how milestones and matrices of maturity are tried", "/manual/delivery/"),
    Link("Scrutiny and Healthwatch: the clocks", "/manual/scrutiny/"),
    Link("Assurance: risk, recovery, evidence and oversight", "/manual/assurance/"),
)
"""The manual, chapter by chapter, in the order of the work."""


def manual(request: HttpRequest) -> HttpResponse:
    """The manual's chapters. Each is printed from what its tests hold it to."""
    return page(request, "about/manual.jinja", "The manual", chapters=CHAPTERS)


def words(request: HttpRequest) -> HttpResponse:
    """The glossary."""
    rows = [
        {"term": each.name, "means": " ".join(each.means), "also": list(each.also)}
        for each in glossary.terms()
    ]
    if wants(request) == "json":
        return as_json(rows)
    if wants(request) == "csv":
        return as_csv("glossary", ["term", "means", "also"], rows)
    letters: dict[str, list[glossary.Term]] = {}
    for each in glossary.terms():
        letters.setdefault(each.name[0].upper(), []).append(each)
    return page(
        request, "about/glossary.jinja", "Glossary",
        twins=Twins("/glossary.json", "/glossary.csv"), letters=letters,
    )  # fmt: skip


def data(request: HttpRequest) -> HttpResponse:
    """How to take the data away, cite it and use it again."""
    snapshot = the_snapshot(request)
    return page(
        request, "about/data.jinja", "Data and licence",
        kinds=[
            (kind, len(snapshot.of_kind(kind.name)))
            for kind in snapshot.vocabulary
            if snapshot.of_kind(kind.name)
        ],
        packs=_packs(snapshot),
    )  # fmt: skip


def _packs(snapshot: Snapshot) -> list[tuple[str, Pack]]:
    found = snapshot.all(Pack).items()
    return sorted(
        ((identifier(name).slug, pack) for name, pack in found), key=lambda each: each[1].name
    )


def status(request: HttpRequest) -> HttpResponse:
    """Whether the site can read its record."""
    head = shelf.SHELF.book.head
    answer = as_json({"status": "well", "entries": head.number, "hash": head.hash.hex()})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read everything as at today."""
    del request
    return HttpResponse("User-agent: *\nDisallow: /*?*as_at=\n", content_type="text/plain")
