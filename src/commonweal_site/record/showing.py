"""Facts as open data: the one form that the command, the pages and the downloads share."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import msgspec

from commonweal.record.comparing import in_words
from commonweal.record.documents import Dispute, Document
from commonweal.record.entries import Entry
from commonweal.record.facts import Fact, Source
from commonweal.record.identifiers import identifier
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import BEFORE_ALL, OPEN

from .book import Book, Past


def day(value: date | None) -> str | None:
    """A day for data: nothing where the beginning or end is open."""
    return None if value is None or value in {BEFORE_ALL, OPEN} else value.isoformat()


def fields(fact: Fact) -> dict[str, Any]:
    """A fact's own values, defaults included, so that silence is told from no."""
    plain = {name: getattr(fact, name) for name in fact.__struct_fields__ if name != "sources"}
    values: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(plain))
    return values


def source(snapshot: Snapshot, each: Source) -> dict[str, Any]:
    """A source with its document's title."""
    document = snapshot.get(each.document)
    title = document.title if isinstance(document, Document) else None
    return {
        "document": each.document,
        "title": title,
        "at": each.at,
        "lines": each.lines,
        "how": each.how,
    }


def disputes_about(snapshot: Snapshot, entity: str) -> Iterator[tuple[str, Dispute]]:
    """Disputes in which an entity is in question."""
    for name, dispute in snapshot.referring(entity, Dispute):
        if entity in dispute.about:
            yield name, dispute


def listed(
    snapshot: Snapshot, kind: str, *, system: str | None = None, type_: str | None = None
) -> list[dict[str, Any]]:
    """Every fact of a kind on the snapshot's day, as data.

    kind    a kind, or a type that only one kind has: "area", "cluster"
    system  only that system's; invented systems are left out unless named
    type_   only facts of that type, as a person writes it: "icb", "integrated care board"
    """
    known, implied = snapshot.vocabulary.meant(kind)
    wanted = known.type_named(type_) if type_ else implied
    rows = []
    for entity, fact in snapshot.of_kind(known.name).items():
        of = identifier(entity).system
        if (of != system) if system else (of in snapshot.invented):
            continue
        if wanted is None or getattr(fact, "type", None) == wanted:
            rows.append(row(snapshot, entity, fact))
    return rows


def row(snapshot: Snapshot, entity: str, fact: Fact) -> dict[str, Any]:
    """One fact as a row of data."""
    held = snapshot.held(entity)
    return {
        "id": entity,
        "kind": identifier(entity).kind,
        "label": fact.label(snapshot.name),
        "from": day(held.first_day) if held else None,
        "to": day(held.end) if held else None,
        **fields(fact),
        "sources": [source(snapshot, each) for each in fact.sources],
    }


def shown(book: Book, snapshot: Snapshot, entity: str) -> dict[str, Any]:
    """Everything about one entity on the snapshot's day, as data.

    raises  UnknownEntity, with the nearest names
    """
    fact = snapshot.fact(entity)
    about = [
        row(snapshot, name, each)
        for name, each in snapshot.mentions(entity)
        if identifier(name).kind != "dispute" and not _only_as_source(snapshot, name, entity)
    ]
    pack = _pack_of(snapshot, entity)
    return {
        "id": entity,
        "kind": identifier(entity).kind,
        "as_at": snapshot.as_at.isoformat(),
        "known": snapshot.known.isoformat(),
        "label": fact.label(snapshot.name),
        "facts": [row(snapshot, entity, fact), *about],
        "sources": _sources(snapshot, fact),
        "disputes": [row(snapshot, name, each) for name, each in disputes_about(snapshot, entity)],
        "history": history(book, snapshot, entity),
        "licence": getattr(pack, "licence", "") or None,
        "provenance": getattr(pack, "name", None),
        "invented": identifier(entity).system in snapshot.invented,
    }


def _only_as_source(snapshot: Snapshot, name: str, entity: str) -> bool:
    """Whether a fact names an entity only as the document it rests on."""
    references = snapshot.vocabulary.kind_of(name).references(snapshot.fact(name))
    return all(each.field == "document" for each in references if each.entity == entity)


def _pack_of(snapshot: Snapshot, entity: str) -> Fact | None:
    system = identifier(entity).system
    packs = snapshot.of_kind("pack").values()
    return next((each for each in packs if system in getattr(each, "systems", ())), None)


def _sources(snapshot: Snapshot, fact: Fact) -> list[dict[str, Any]]:
    return [source(snapshot, each) for each in fact.sources]


def history(book: Book, snapshot: Snapshot, entity: str) -> list[dict[str, Any]]:
    """What was said of an entity, over which days, when we learned it, and who said so.

    Nothing recorded after the snapshot's instant stands here, nor any version that is exempt for
    the viewer.
    """
    entries = {
        each.number: each for each in book.entries_about(entity) if each.number <= snapshot.head
    }
    return [
        _past(snapshot, each, entries)
        for each in book.history(entity)
        if each.opened_by <= snapshot.head and '"exempt":' not in each.content
    ]


def _exempt(entry: Entry) -> bool:
    """Whether an entry states something not for publication; then its reason is not, either."""
    return '"exempt":' in entry.content


def _past(snapshot: Snapshot, past: Past, entries: dict[int, Entry]) -> dict[str, Any]:
    said, closed = entries.get(past.opened_by), entries.get(past.closed_by or 0)
    fact = snapshot.vocabulary.kind_of(past.entity).decode(past.content)
    return {
        "from": day(past.valid_from),
        "to": day(past.valid_to),
        "recorded": past.recorded_from.isoformat(),
        "replaced": past.recorded_to.isoformat() if closed and past.recorded_to else None,
        "entry": past.opened_by,
        "verb": said.verb if said else None,
        "by": said.actor if said else None,
        "reason": said.reason if said else None,
        "replaced_by": closed.number if closed else None,
        "replaced_because": closed.reason if closed and not _exempt(closed) else None,
        "values": fields(fact),
    }


# --- as text -------------------------------------------------------------------------------------


def as_csv(rows: Sequence[dict[str, Any]]) -> str:
    """Rows as CSV: a line of names, then a line a fact; lists and mappings as JSON."""
    names = list(dict.fromkeys(name for each in rows for name in each))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_cell(each.get(name)) for name in names] for each in rows)
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    text = str(value)
    # A spreadsheet would run text that begins like a formula.
    return f"'{text}" if text[:1] in "=+-@\t\r" and not isinstance(value, int | float) else text


def as_text(found: dict[str, Any]) -> str:
    """One entity as lines for a terminal."""
    fact = found["facts"][0]
    period = f"from {fact['from'] or 'ever'} to {fact['to'] or 'now (open)'}"
    lines = [found["label"], found["id"], f"As at {found['as_at']}. Holds {period}.", ""]
    hidden = {"id", "kind", "label", "from", "to", "sources"}
    lines += [
        f"{name.replace('_', ' ')}: {in_words(value)}"
        for name, value in fact.items()
        if name not in hidden and value not in (None, [], {}, "")
    ]
    lines += _section(
        "Facts about it", [f"{each['label']}  ({each['id']})" for each in found["facts"][1:]]
    )
    lines += _section(
        "Sources",
        [f"{each['title']}, {each['at']}, lines {each['lines']}" for each in found["sources"]],
    )
    lines += _section(
        "Disputes", [f"{each['code']}: {each['label']}" for each in found["disputes"]]
    )
    lines += _section(
        "History",
        [
            f"{each['recorded'][:19]}  {each['verb']} by {each['by']}: {each['reason']}"
            for each in found["history"]
        ],
    )
    return "\n".join(lines)


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return ["", f"{title} ({len(lines)})", *(f"  {each}" for each in lines)] if lines else []
