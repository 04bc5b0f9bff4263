"""An import from the file to the record: what it would do, whether it may, and doing it."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from commonweal.authority.facts import Instrument
from commonweal.authority.imported.drawing import Drawn, Terms, draw
from commonweal.authority.imported.marks import MEANINGS, Meaning
from commonweal.authority.imported.names import Past, Settled
from commonweal.record.documents import Pack
from commonweal.record.errors import Refused, SpeakingError, did_you_mean
from commonweal.record.facts import Fact
from commonweal.record.identifiers import ID_PATTERN, identifier, slug
from commonweal.record.packs import Item, write_pack
from commonweal.record.sheets import FileRead
from commonweal.record.snapshot import Snapshot
from commonweal.record.writing import Change, plan
from commonweal_site.record import packing
from commonweal_site.record.book import Book, Written


class BadMapping(SpeakingError):
    """A file that settles names cannot be read."""


class Answers(NamedTuple):
    """What somebody has settled: whom and what texts mean, and what marks mean."""

    names: Settled = Settled()
    marks: Mapping[str, Meaning] = {}


def drawn(
    book: Book,
    snapshot: Snapshot,
    file: FileRead,
    terms: Terms,
    answers: Answers,
    *,
    sees: Callable[[str, Fact], bool],
) -> Drawn:
    """What a file would do to the record, tried against it; nothing is written.

    snapshot  the record on the first day of the scheme, cut for whoever asks
    sees      whether they may see a fact
    """
    return draw(
        file, terms, snapshot, settled=answers.names, marks=answers.marks, taken=book.exists,
        past=tuple(_past(book, snapshot, sees)),
    )  # fmt: skip


def _past(book: Book, snapshot: Snapshot, sees: Callable[[str, Fact], bool]) -> Iterator[Past]:
    """Bodies and posts that are on record on other days than the first of a scheme."""
    for kind in ("body", "post"):
        decode = book.vocabulary.kind(kind).decode
        for entity, versions in book.live_of_kind(kind).items():
            if snapshot.get(entity) is not None:
                continue
            facts = [fact for each in versions if sees(entity, fact := decode(each.content))]
            names = {name for fact in facts for name in _names(fact, snapshot)}
            if names:
                first, last = versions[0].valid_from, versions[-1].valid_to
                yield Past(
                    entity, tuple(sorted(names)), date.fromisoformat(first),
                    date.fromisoformat(last),
                )  # fmt: skip


def _names(fact: Fact, snapshot: Snapshot) -> Iterator[str]:
    yield fact.label(snapshot.name)
    yield from (alias.name for alias in fact.other_names())


def refusals(book: Book, changes: Sequence[Change], actor: str, reason: str) -> Sequence[str]:
    """Why the record would refuse what an import would do; none if it would not."""
    try:
        plan(
            changes, vocabulary=book.vocabulary, standing=book, actor=actor, reason=reason,
            recorded=book.head.recorded + 1, salts=os.urandom,
        )  # fmt: skip
    except Refused as refused:
        return refused.reasons
    return ()


def write(book: Book, made: Drawn, *, actor: str, reason: str) -> Written:
    """Write what is drawn, all of it or nothing.

    raises  Refused
    """
    return book.write(made.changes, actor=actor, reason=reason)


# --- what is asked for, in words ------------------------------------------------------------------


def instrument_named(snapshot: Snapshot, system: str, text: str) -> tuple[str, str]:
    """The document of authority that a text means: its identifier, and a title if it is new.

    text  an identifier, its last part, or a title
    """
    known = {
        entity: fact.name for entity, fact in snapshot.all(Instrument).items()
        if entity.startswith(f"{system}/")
    }  # fmt: skip
    given = text.strip()
    if ID_PATTERN.fullmatch(given):
        return given, ""
    made = f"{system}/instrument/{slug(given)[:60].strip('-')}"
    if made in known:
        return made, ""
    titled = [entity for entity, name in known.items() if name.casefold() == given.casefold()]
    return (titled[0], "") if len(titled) == 1 else (str(identifier(made)), given)


def mapping(text: str) -> Answers:
    """What a mapping file settles.

    raises  BadMapping
    """
    try:
        data = yaml.safe_load(text) or {}
    except yaml.YAMLError as wrong:
        raise BadMapping(f"The mapping is not YAML: {wrong}") from wrong
    parts = ("functions", "holders", "areas", "marks")
    if not isinstance(data, dict) or not all(isinstance(each, dict) for each in data.values()):
        raise BadMapping(f"The mapping must hold {', '.join(parts)}, each with texts and meanings.")
    if unknown := set(data) - set(parts):
        wrong_part = str(min(unknown, key=str))
        raise BadMapping(
            f"The mapping has no part ‘{wrong_part}’. {did_you_mean(wrong_part, parts)}"
        )
    texts = {part: _texts(data.get(part) or {}) for part in parts}
    return Answers(
        Settled(texts["functions"], texts["holders"], texts["areas"]), _meanings(texts["marks"])
    )


def _texts(given: Mapping[Any, Any]) -> dict[str, str]:
    # YAML takes a bare Y or No for a truth value, and these are marks.
    said = {True: "Y", False: "N"}
    return {
        str(said.get(key, key) if isinstance(key, bool) else key): str(value)
        for key, value in given.items()
    }


def _meanings(texts: Mapping[str, str]) -> dict[str, Meaning]:
    found: dict[str, Meaning] = {}
    for sign, meaning in texts.items():
        known = next((each for each in MEANINGS if each == meaning), None)
        if known is None:
            raise BadMapping(
                f"The mark ‘{sign}’ cannot mean ‘{meaning}’: write {', '.join(MEANINGS)}."
            )
        found[sign] = known
    return found


# --- into a pack ----------------------------------------------------------------------------------


class NotForPack(SpeakingError):
    """What an import would do cannot be put into a pack."""


def to_pack(
    book: Book, changes: Sequence[Change], folder: Path, *, system: str, title: str
) -> list[Path]:
    """Write what an import would do into a pack on disk, beside what it holds; or into a new one.

    raises  NotForPack, or BadPack if the pack there cannot be read
    """
    if any(change.verb != "assert" for change in changes):
        raise NotForPack(
            "What ends when a document is replaced cannot be written to a pack: end it there by "
            "hand, or write to the record and export it."
        )
    new = [
        Item(each.entity, each.valid_from, each.valid_to, each.fact)
        for each in changes if each.fact is not None
    ]  # fmt: skip
    slug_ = slug(folder.resolve().name)
    if (folder / "pack.yaml").exists():
        read = next(
            each for each in packing.read([folder], book) if each.slug == folder.resolve().name
        )
        pack, items = read.pack, [each for each in read.items if each.entity != read.entity]
        taken = {each.entity for each in items} & {each.entity for each in new}
        if taken:
            raise NotForPack(f"The pack holds {min(taken)} already. Import into a new folder.")
    else:
        others = sorted({r.split("/")[0] for each in new for r in _named(book, each)} - {system})
        pack = Pack(name=title, systems=(system,), needs=tuple(others), licence="Not stated.")
        items = []
    files = write_pack(pack, [*items, *new], book.vocabulary)
    return packing.write_folders(packing.Exported({slug_: files}, 0), folder.resolve().parent)


def _named(book: Book, item: Item) -> list[str]:
    return [each.entity for each in book.vocabulary.kind_of(item.entity).references(item.fact)]
