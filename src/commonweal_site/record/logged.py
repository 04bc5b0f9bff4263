"""The log as pages: its end, its published roots, and each entry."""

from django.http import Http404, HttpRequest, HttpResponse

from commonweal.record.comparing import FieldChange, field_changes
from commonweal.record.entries import Entry
from commonweal.record.snapshot import Snapshot
from commonweal_site.jinja import Crumb
from commonweal_site.pages import Twins, as_json, page, the_snapshot, wants
from commonweal_site.viewer import viewer

from . import shelf
from .changes import change
from .published import hidden
from .roots import Roots, SignedRoot

_LATEST = 30
"""How many published roots the page shows; the data has them all."""


def log(request: HttpRequest) -> HttpResponse:
    """The end of the log, its published roots, and how anybody can prove the whole of it."""
    book, snapshot = shelf.SHELF.book, the_snapshot(request)
    head = book.head_known(snapshot.known)
    roots = [each for each in Roots(book).published() if each.size <= head.number]
    if wants(request) == "json":
        return as_json(
            {
                "entries": head.number, "hash": head.hash.hex(),
                "known": snapshot.known.isoformat(), "roots": [_as_data(each) for each in roots],
            }
        )  # fmt: skip
    return page(
        request, "record/log.jinja", "The log and its proofs",
        twins=Twins("/log.json", feed="/changes.atom"), head=head, hash=head.hash.hex(),
        roots=list(reversed(roots))[:_LATEST],
    )  # fmt: skip


def _as_data(root: SignedRoot) -> dict[str, object]:
    return {
        "day": root.day.isoformat(), "size": root.size, "root": root.root.hex(),
        "signature": root.signature.hex(), "public_key": root.public_key.hex(),
    }  # fmt: skip


def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry of the log: what it said, and what that changed."""
    book, snapshot = shelf.SHELF.book, the_snapshot(request)
    found = book.entry(number) if number <= snapshot.head else None
    if found is None or found.entity in hidden(book, viewer(request).systems):
        end = f"which ends at {snapshot.head}"
        raise Http404(f"There is no public entry {number} in the log, {end}.")
    return page(
        request, "record/entry.jinja", f"Entry {number:,} of the log",
        crumbs=[Crumb("The log and its proofs", "/log/")], twins=Twins(f"/log/{number}/proof.json"),
        change=change(snapshot, found), hash=found.hash.hex(), fields=_said(snapshot, found),
        invented=found.entity.split("/")[0] in snapshot.invented,
    )  # fmt: skip


def _said(snapshot: Snapshot, entry: Entry) -> tuple[FieldChange, ...]:
    """The values of an entry beside those it replaced."""
    if not entry.content or entry.struck:
        return ()
    kind = snapshot.vocabulary.kind_of(entry.entity)
    earlier = [
        each for each in shelf.SHELF.book.history(entry.entity) if each.closed_by == entry.number
    ]
    before = kind.decode(earlier[0].content) if earlier else None
    return field_changes(kind, before, kind.decode(entry.content))
