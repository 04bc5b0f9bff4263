"""Packs on disk: folders read into the record, and the record written out as folders."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from commonweal.record.comparing import Comparison, compare
from commonweal.record.documents import Pack
from commonweal.record.errors import RecordError, did_you_mean
from commonweal.record.packs import (
    BadPack,
    Fault,
    Item,
    PackRead,
    read_pack,
    reference_faults,
    write_pack,
)
from commonweal_site.reserved import RESERVED
from commonweal_site.shipping import shipped_at

from .book import Book, Written

ACTOR = "pack"
"""Who a load is recorded as: `pack:dorset` for the pack of that name."""


class NoSuchPack(RecordError):
    """A folder that was named holds no pack."""


def shipped() -> Path:
    """The folder of the packs that come with Commonweal."""
    return shipped_at("packs")


def folders(named: Sequence[Path]) -> list[Path]:
    """The packs meant by what was named: packs themselves, or folders of packs.

    raises  NoSuchPack
    """
    found: list[Path] = []
    for path in named:
        inside = sorted(each.parent for each in path.glob("*/pack.yaml"))
        if (path / "pack.yaml").exists():
            found.append(path)
        elif inside:
            found.extend(inside)
        else:
            near = [each.name for each in path.resolve().parent.glob("*") if each.is_dir()]
            raise NoSuchPack(f"There is no pack in {path}. {did_you_mean(path.name, near)}")
    return found


def read(named: Sequence[Path], book: Book) -> list[PackRead]:
    """Read packs, and those they need from beside them.

    raises  BadPack, listing every fault of every pack
    """
    wanted, packs, faults = folders(named), dict[str, PackRead](), list[Fault]()
    tried: set[str] = set()
    while wanted:
        folder = wanted.pop()
        slug = folder.resolve().name
        if slug in tried:
            continue
        tried.add(slug)
        try:
            packs[slug] = read_pack(slug, _texts(folder), book.vocabulary)
        except BadPack as bad:
            faults.extend(bad.faults)
            continue
        beside = (folder.resolve().parent / need for need in packs[slug].pack.needs)
        wanted.extend(each for each in beside if (each / "pack.yaml").exists())
    read_packs = [packs[slug] for slug in sorted(packs)]
    faults += [
        Fault(f"{pack.slug}/pack.yaml", 1, f"no system may be called '{taken}': the site needs it.")
        for pack in read_packs
        for taken in sorted(RESERVED & set(pack.pack.systems))
    ]
    if not faults:
        faults = reference_faults(read_packs, book.vocabulary, book.exists)
    if faults:
        raise BadPack(sorted(faults))
    return read_packs


def _texts(folder: Path) -> dict[str, str]:
    return {each.name: each.read_text(encoding="utf-8") for each in sorted(folder.glob("*.yaml"))}


class Loaded(NamedTuple):
    """What a load found and did."""

    packs: list[PackRead]
    comparison: Comparison
    written: Written | None


def load(
    named: Sequence[Path], book: Book, *, plan_only: bool = False, prune: bool = False,
    overwrite: bool = False, actor: str | None = None,
) -> Loaded:  # fmt: skip
    """Bring the record in line with packs: only what differs is written, all of it or nothing.

    plan_only  write nothing
    prune      withdraw facts of the packs' systems that the packs do not hold
    overwrite  let the packs win over edits made on the record
    """
    packs = read(named, book)
    systems = sorted({system for pack in packs for system in pack.pack.systems})
    record, actors = book.standing_of(systems)
    edited = [name for name, who in actors.items() if not who.startswith(ACTOR)]
    comparison = compare(
        [item for pack in packs for item in pack.items],
        record,
        vocabulary=book.vocabulary,
        edited_here=() if overwrite else edited,
        prune=prune,
    )
    written = None
    if comparison.changes and not plan_only:
        written = book.write(comparison.changes, actor=actor or ACTOR, reason=_reason(packs))
    return Loaded(packs, comparison, written)


def _reason(packs: Sequence[PackRead]) -> str:
    names = [pack.pack.name for pack in packs]
    return f"Loaded from the pack{'s' if len(names) > 1 else ''}: {'; '.join(names)}."


class Exported(NamedTuple):
    """What an export wrote: files by pack, and how many exempt facts it left out."""

    files: dict[str, dict[str, str]]
    left_out: int


def export(book: Book, slugs: Iterable[str] = (), *, everything: bool = False) -> Exported:
    """The record as packs, by name of pack and file; what is not for publication is left out.

    slugs       which packs; all, if none is named
    everything  exempt facts too, for the keeper's own copy
    raises      NoSuchPack
    """
    packs = _packs_on_record(book)
    unknown = set(slugs) - set(packs)
    if unknown:
        wrong = min(unknown)
        raise NoSuchPack(f"No pack '{wrong}' is on record. {did_you_mean(wrong, list(packs))}")
    chosen = set(slugs) or set(packs)
    read = chosen if everything else packs
    items = {slug: _items(book, packs[slug].systems) for slug in sorted(read)}
    hidden = set() if everything else _hidden(items.values(), book)
    files, left_out = {}, 0
    for slug in sorted(chosen):
        kept = [item for item in items[slug] if item.entity not in hidden]
        left_out += len(items[slug]) - len(kept)
        files[slug] = write_pack(packs[slug], kept, book.vocabulary)
    return Exported(files, left_out)


def _packs_on_record(book: Book) -> dict[str, Pack]:
    packs = {}
    for entity, versions in book.live_of_kind("pack").items():
        fact = book.vocabulary.kind("pack").decode(versions[-1].content)
        if isinstance(fact, Pack):
            packs[entity.rsplit("/", 1)[1]] = fact
    return packs


def _items(book: Book, systems: Sequence[str]) -> list[Item]:
    record, _ = book.standing_of(systems)
    return [
        Item(
            entity, *_days(version.valid_from, version.valid_to),
            book.vocabulary.kind_of(entity).decode(version.content),
        )
        for entity, live in record.items()
        for version in live.versions
    ]  # fmt: skip


def _days(begins: str, ends: str) -> tuple[date, date]:
    return date.fromisoformat(begins), date.fromisoformat(ends)


def _hidden(packs: Iterable[Sequence[Item]], book: Book) -> set[str]:
    """What is not for publication, and what names it, in whichever pack that stands."""
    hidden, naming = set[str](), defaultdict[str, set[str]](set)
    for item in chain.from_iterable(packs):
        if item.fact.exempt:
            hidden.add(item.entity)
        for each in book.vocabulary.kind_of(item.entity).references(item.fact):
            naming[each.entity].add(item.entity)
    fresh = hidden
    while fresh:
        fresh = set[str]().union(*(naming[each] for each in fresh)) - hidden
        hidden = hidden | fresh
    return hidden


def write_folders(exported: Exported, into: Path) -> list[Path]:
    """Write exported packs as folders; files of a pack that it no longer has are removed."""
    written = []
    for slug, files in exported.files.items():
        folder = into / slug
        folder.mkdir(parents=True, exist_ok=True)
        for stale in {each.name for each in folder.glob("*.yaml")} - set(files):
            (folder / stale).unlink()
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        written.append(folder)
    return written
