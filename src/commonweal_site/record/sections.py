"""Which sections a page has, by the kind of its entity."""

from collections.abc import Callable

from commonweal.record.documents import Damage, Document, Event
from commonweal.record.snapshot import Snapshot
from commonweal_site.areas import sections as areas
from commonweal_site.bodies import sections as bodies
from commonweal_site.meetings.sections import paper_sections
from commonweal_site.scrutiny.sections import owed_sections
from commonweal_site.words import stated

from .presenting import Link, Table, link_to, mentions, path_of, table

type Sections = Callable[[Snapshot, str], list[Table]]


def _body(snapshot: Snapshot, body: str) -> list[Table]:
    return [*bodies.body_sections(snapshot, body), *owed_sections(snapshot, body)]


def _post(snapshot: Snapshot, post: str) -> list[Table]:
    return bodies.seat_sections(snapshot, post)


_BY_KIND: dict[str, tuple[Sections, frozenset[str]]] = {
    "area": (areas.sections, areas.TOLD),
    "body": (_body, bodies.TOLD),
    "seat": (bodies.seat_sections, frozenset({"appointment", "vacancy", "interest"})),
    "paper": (paper_sections, frozenset()),
    "post": (_post, frozenset({"appointment", "vacancy", "interest"})),
}


def sections(snapshot: Snapshot, entity: str, kind: str) -> list[Table]:
    """The sections of an entity's page: those of its kind, then every other fact that names it."""
    made, told = _BY_KIND.get(kind, (lambda *_: [], frozenset[str]()))
    tables = made(snapshot, entity)
    dated = events(snapshot, entity)
    others = mentions(snapshot, entity, without=told | {"event"})
    return [*tables, *([dated] if dated.rows else []), *others]


def events(snapshot: Snapshot, about: str) -> Table:
    """What happened or was to happen, in the order of its dates."""
    found = [(name, each) for name, each in snapshot.referring(about, Event) if about in each.about]
    found.sort(key=lambda pair: pair[1].when)
    return table(
        snapshot, "Events", ("When", "What"), found,
        lambda name, each: (
            f"{stated(each.when)}{' (planned)' if each.planned else ''}",
            Link(each.name, path_of(name)),
        ),
    )  # fmt: skip


def damage(snapshot: Snapshot, document: str) -> Table:
    """What is lost or garbled in a document."""
    return table(
        snapshot, "Damage", ("What", "How the record treats it"),
        snapshot.referring(document, Damage),
        lambda name, each: (
            Link(f"{each.name}: {each.detail}", path_of(name)), each.handling,
        ),
    )  # fmt: skip


def printed_in(snapshot: Snapshot, document: str) -> Table:
    """Documents printed in it."""
    found = [(n, d) for n, d in snapshot.referring(document, Document) if d.part_of == document]
    return table(
        snapshot, "Printed in it", ("Document", "Issued by"), found,
        lambda name, each: (link_to(snapshot, name), each.issuer),
    )  # fmt: skip
