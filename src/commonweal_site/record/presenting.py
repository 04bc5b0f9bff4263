"""Facts as a reader sees them: plain data for the templates, whatever the kind."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from msgspec import Struct, inspect

from commonweal.authority.facts import pounds
from commonweal.record.documents import Dispute, Document
from commonweal.record.facts import Alias, Fact, Source
from commonweal.record.identifiers import identifier, slug
from commonweal.record.kinds import Field, fields_of
from commonweal.record.snapshot import Held, Snapshot
from commonweal.record.when import BEFORE_ALL, day_in_words
from commonweal_site.words import capital, stated

SHARED = frozenset(Fact.__struct_fields__)
"""Fields that every fact has; they are shown apart from its own."""

_IN_THE_HEADING = frozenset({"name", "title", "type", "readings"})
"""Fields that the page shows above the list of fields."""

_TIMELESS = frozenset({"document", "damage", "dispute", "event", "figure", "pack"})
"""Kinds that say their own dates, so that open days mean nothing."""

_STATED = re.compile(
    r"\d{4}(-\d{2}){1,2}( to .+)?|\d{4}/\d{2}( (Q[1-4]|H[12]))?|(spring|summer|autumn|winter) \d{4}"
)


class Link(NamedTuple):
    """Words, and the path on this site that they lead to; none where they are only words.

    label  what the words are, where they are one part of a value
    more   the further parts of the same value
    """

    text: str
    path: str = ""
    tag: str = ""
    label: str = ""
    more: tuple["Link", ...] = ()


class Cited(NamedTuple):
    """A source as shown: its document, the spot in it, and how the document says so."""

    document: str
    title: str
    path: str
    at: str
    lines: str
    how: str


class Line(NamedTuple):
    """One field of a fact: its title, what the title means, and its values."""

    title: str
    about: str
    values: tuple[Link, ...]


class Shown(NamedTuple):
    """A fact as shown.

    days      from when to when it holds, in words
    how_days  how well the days are known, in words; empty where they simply are
    silent    titles of what the sources do not say of it, as far as that matters
    """

    entity: str
    path: str
    kind: str
    type: str
    label: str
    sentence: str
    status: str
    days: str
    how_days: str
    note: str
    lines: tuple[Line, ...]
    silent: tuple[str, ...]
    sources: tuple[Cited, ...]
    disputes: tuple[Link, ...]


def path_of(entity: str) -> str:
    """Where an entity has its page. A system's own page stands for its footprint."""
    system, kind, name = entity.split("/")
    return f"/{system}/" if (kind, name) == ("area", "system") else f"/{entity}"


def link_to(snapshot: Snapshot, entity: str, text: str = "") -> Link:
    """An entity by name, linked to its page."""
    return Link(text or snapshot.name(entity), path_of(entity))


def days(held: Held | None, fact: Fact) -> str:
    """From when to when a fact holds, the last day included; empty where that means nothing.

    A first day on which a source merely states the fact says so.
    """
    if held is None or _timeless(held, fact):
        return ""
    begins, ends = held.first_day, held.end
    start = {"known": "from", "first stated": "stated from", "planned": "planned from"}[fact.start]
    words = "" if begins == BEFORE_ALL else f"{start} {day_in_words(begins)}"
    if ends is None:
        return capital(words) or "First day not recorded"
    last = day_in_words(ends - timedelta(1))
    end = {"known": "until", "planned": "planned until", "inferred": "until"}[fact.end]
    inferred = " (inferred)" if fact.end == "inferred" else ""
    return capital(
        f"{words}{',' if words and 'planned' in end else ''} {end} {last}{inferred}".strip()
    )


def _timeless(held: Held, fact: Fact) -> bool:
    return fact.kind in _TIMELESS and held.first_day == BEFORE_ALL and held.end is None


def how_days(held: Held | None, fact: Fact) -> str:
    """What a reader must know of the days."""
    said = []
    if fact.start == "first stated":
        said.append("The first day is the first on which a source states it; it may be older.")
    elif held is not None and held.first_day == BEFORE_ALL and not _timeless(held, fact):
        said.append("No source gives a first day.")
    if fact.start == "planned":
        said.append("The sources plan this day; none on record says that it came about.")
    if fact.stated:
        said.append(f"Stated as at {stated(fact.stated)}.")
    return " ".join(said)


def spot(at: str, lines: str) -> str:
    """The name of a spot on a document's page."""
    return "at-" + (slug(f"{at} {lines}")[:80].strip("-") or "whole")


def cited(snapshot: Snapshot, source: Source) -> Cited:
    """A source as shown, leading to the spot on the document's page."""
    document = snapshot.get(source.document)
    title = document.title if isinstance(document, Document) else snapshot.name(source.document)
    path = f"/{source.document}#{spot(source.at, source.lines)}"
    return Cited(source.document, title, path, source.at, source.lines, source.how)


def shown(snapshot: Snapshot, entity: str, fact: Fact | None = None) -> Shown:
    """A fact as shown on the snapshot's day.

    raises  UnknownEntity, with the nearest names
    """
    fact = fact or snapshot.fact(entity)
    held = snapshot.held(entity)
    kind = snapshot.vocabulary.kind_of(entity)
    own = [field for field in kind.fields if field.name not in SHARED | _IN_THE_HEADING]
    matters = MATTERS.get(kind.name, ())
    return Shown(
        entity=entity,
        path=path_of(entity),
        kind=kind.name,
        type=str(getattr(fact, "type", "") or kind.name),
        label=fact.label(snapshot.name),
        sentence=fact.sentence(snapshot.name),
        status=fact.status,
        days=days(held, fact),
        how_days=how_days(held, fact),
        note=fact.note or "",
        lines=tuple(_lines(snapshot, fact, own)),
        silent=tuple(
            field.title for field in own if field.name in matters and _silent(fact, field)
        ),
        sources=tuple(cited(snapshot, each) for each in fact.sources),
        disputes=tuple(link_to(snapshot, name) for name, _ in disputes_about(snapshot, entity)),
    )


def disputes_about(snapshot: Snapshot, entity: str) -> Iterator[tuple[str, Dispute]]:
    """Disputes in which an entity is in question."""
    for name, dispute in snapshot.referring(entity, Dispute):
        if entity in dispute.about:
            yield name, dispute


MATTERS: dict[str, tuple[str, ...]] = {
    "area": ("basis",),
    "body": ("legal", "stage", "areas", "purpose"),
    "seat": ("voting", "basis", "electorate"),
    "document": ("date", "issuer", "licence", "address"),
    "meeting": ("time", "venue", "public", "notice"),
    "order": ("made", "consulted", "published"),
    "constitution": ("approved", "sections", "address"),
    "population": ("people", "year", "basis"),
    "appointment": ("approvals", "tests"),
    "interest": ("declared", "action"),
    "containment": ("extent",),
    "coverage": ("extent", "service"),
    "publication": ("on", "address"),
    "scenario": ("base", "horizon", "variants", "owner"),
    "scenario-assumption": ("agreed_by",),
}
"""Fields worth a word where the sources are silent, by kind."""


def _silent(fact: Fact, field: Field) -> bool:
    return getattr(fact, field.name) in (None, "", (), "not stated")


def _lines(snapshot: Snapshot, fact: Fact, fields: Sequence[Field]) -> Iterator[Line]:
    for field in fields:
        if not _silent(fact, field) and not _at_rest(fact, field):
            values = tuple(_values(snapshot, field, getattr(fact, field.name)))
            yield Line(field.title.removesuffix(_IN_PENCE), field.description, values)


def _at_rest(fact: Fact, field: Field) -> bool:
    """Whether a field says only what is plain without it: nothing worth a line."""
    value = getattr(fact, field.name)
    if field.name == "local_type":
        return bool(str(value).lower() == getattr(fact, "type", ""))
    return isinstance(value, bool) and value is (field.name == "named")


def _values(snapshot: Snapshot, field: Field, value: Any) -> Iterator[Link]:
    """The values of a field, with the entities among them linked, however deep they stand."""
    if isinstance(value, tuple):
        for each in value:
            yield from _values(snapshot, field, each)
    elif isinstance(value, Struct) and not isinstance(value, Alias):
        first, *rest = _parts(snapshot, value)
        yield first._replace(more=tuple(rest))
    elif field.refers_to is not None and isinstance(value, str):
        yield link_to(snapshot, value)
    elif isinstance(value, str) and field.name == "address" and value.startswith("http"):
        yield Link(value, value)
    elif _is_money(field, value):
        yield Link(pounds(value))
    elif isinstance(value, int) and _YEAR.search(f"{field.title}. {field.description}"):
        yield Link(str(value))
    else:
        yield Link(_plain(value), tag="term" if _one_of_few(field) else "")


def _parts(snapshot: Snapshot, value: Struct) -> Iterator[Link]:
    """The parts of a value that has parts, each under its title."""
    for field in fields_of(type(value)):
        if (part := getattr(value, field.name)) not in (None, "", ()):
            title = field.title.removesuffix(_IN_PENCE)
            for each in _values(snapshot, field, part):
                yield each._replace(label=title)
                title = ""


_IN_PENCE = ", in pence"
_YEAR = re.compile(r"^(?:Base y|Y)ear\.|\bthe (?:first|last) year\b", re.IGNORECASE)
"""What says that a number is a year, which is written without a comma."""


def _is_money(field: Field, value: Any) -> bool:
    said = f"{field.title} {field.description}".lower()
    return isinstance(value, int) and not isinstance(value, bool) and "pence" in said


def _one_of_few(field: Field) -> bool:
    plain = field.type.type if isinstance(field.type, inspect.Metadata) else field.type
    kinds = plain.types if isinstance(plain, inspect.UnionType) else (plain,)
    return any(isinstance(each, inspect.LiteralType) for each in kinds)


def _plain(value: Any) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Alias):
        return f"{value.name} ({value.why})"
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_plain(each)}" for name, each in value.items())
    if isinstance(value, int | float):
        return f"{value:,}"
    text = "" if value is None else str(value)
    return stated(text) if _STATED.fullmatch(text) else text


class Origin(NamedTuple):
    """A document that facts on a page rest on, with the number it goes by there."""

    number: int
    document: str
    title: str
    about: str


def origins(snapshot: Snapshot, facts: Iterable[Shown]) -> dict[str, Origin]:
    """The documents that facts on a page rest on, numbered as they are first met."""
    found: dict[str, Origin] = {}
    for each in (source for fact in facts for source in fact.sources):
        if each.document not in found:
            document = snapshot.get(each.document)
            about = _issue(document) if isinstance(document, Document) else ""
            found[each.document] = Origin(len(found) + 1, each.document, each.title, about)
    return found


def _issue(document: Document) -> str:
    """Who issued a document, and when."""
    dated = stated(document.date) if document.date else "date not recorded"
    issuer = "Issuer not stated" if document.issuer == "not stated" else document.issuer
    return f"{issuer}, {dated}"


# --- tables of facts -----------------------------------------------------------------------------


class Row(NamedTuple):
    """A fact as a row: its own cells first, then its days and sources."""

    cells: tuple[tuple[Link, ...], ...]
    fact: Shown


class Table(NamedTuple):
    """Facts side by side. Where there are none, `empty` says what that means.

    dated  whether any of them has days to show
    """

    anchor: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: str = "Not recorded."
    intro: str = ""
    dated: bool = True


type Cells = Callable[[str, Any], Iterable[str | Link | tuple[Link, ...]]]


def table(
    snapshot: Snapshot,
    title: str,
    heads: Sequence[str],
    facts: Iterable[tuple[str, Fact]],
    cells: Cells,
    *,
    empty: str = "Not recorded.",
    intro: str = "",
) -> Table:
    """A table of facts.

    cells  gives the cells of one fact, a link, several links or words each
    """
    rows = tuple(
        Row(tuple(_cell(each) for each in cells(entity, fact)), shown(snapshot, entity, fact))
        for entity, fact in facts
    )
    dated = any(row.fact.days for row in rows)
    return Table(slug(title), title, tuple(heads), rows, empty, intro, dated)


def _cell(given: str | Link | tuple[Link, ...]) -> tuple[Link, ...]:
    if isinstance(given, Link):
        return (given,)
    return (Link(given),) if isinstance(given, str) else given


def mentions(
    snapshot: Snapshot, entity: str, *, without: frozenset[str] = frozenset()
) -> list[Table]:
    """Every fact that names an entity, a table a kind; those of the kinds in `without` left out."""
    tables = []
    for kind in snapshot.vocabulary:
        if kind.name in without | {"dispute"}:
            continue
        found = [
            (name, fact)
            for name, fact in snapshot.referring(entity, kind.type)
            if not _only_as_source(snapshot, name, fact, entity)
        ]
        if found:
            title = capital(kind.plural)
            tables.append(table(snapshot, title, ("What",), sorted(found), _as_sentence(snapshot)))
    return tables


def _as_sentence(snapshot: Snapshot) -> Cells:
    def cells(entity: str, fact: Fact) -> tuple[Link]:
        return (Link(fact.sentence(snapshot.name), path_of(entity)),)

    return cells


def _only_as_source(snapshot: Snapshot, name: str, fact: Fact, entity: str) -> bool:
    references = snapshot.vocabulary.kind_of(name).references(fact)
    return all(each.field == "document" for each in references if each.entity == entity)


def system_of(entity: str) -> str:
    """The first part of an identifier."""
    return identifier(entity).system


def system_name(snapshot: Snapshot, system: str) -> str:
    """What a system is called: its footprint's name, else its slug in words."""
    if snapshot.get(f"{system}/area/system"):
        return snapshot.name(f"{system}/area/system")
    small = {"and", "of", "the"}
    return " ".join(word if word in small else word.capitalize() for word in system.split("-"))
