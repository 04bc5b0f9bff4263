"""What differs: between two versions of a fact, and between a pack and the record."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

import msgspec

from .facts import Fact
from .kinds import Kind, Vocabulary
from .packs import Item
from .when import BEFORE_ALL, OPEN, day_in_words
from .writing import Change, Live, Version


class FieldChange(NamedTuple):
    """One field that differs, in words; empty where a side has no value."""

    title: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.title}: {self.before or 'nothing'} → {self.after or 'nothing'}"


class Difference(NamedTuple):
    """What one change would do to one entity."""

    verb: str
    entity: str
    period: str
    fields: tuple[FieldChange, ...]

    def __str__(self) -> str:
        lines = "".join(f"\n    {each}" for each in self.fields)
        return f"{self.verb} {self.entity}, {self.period}{lines}"


class Comparison(NamedTuple):
    """A pack beside the record.

    changes      what would make the record say what the pack says
    differences  the same, to be read by a person
    unchanged    how many entities already agree
    kept         entities edited on the record since the pack was last loaded, left as they are
    only_here    entities of the pack's systems that the pack does not hold
    """

    changes: list[Change]
    differences: list[Difference]
    unchanged: int
    kept: list[str]
    only_here: list[str]


def in_words(value: Any) -> str:
    """A plain value as a person reads it."""
    if value is None or (isinstance(value, list | tuple) and not value):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(in_words(each) for each in value.values() if each not in (None, ""))
    if isinstance(value, list | tuple):
        return "; ".join(in_words(each) for each in value)
    return str(value)


def field_changes(kind: Kind, before: Fact | None, after: Fact | None) -> tuple[FieldChange, ...]:
    """Every field in which two versions of a fact differ, by its title."""
    old = msgspec.to_builtins(before) if before else {}
    new = msgspec.to_builtins(after) if after else {}
    return tuple(
        FieldChange(each.title, in_words(old.get(each.name)), in_words(new.get(each.name)))
        for each in kind.fields
        if old.get(each.name) != new.get(each.name)
    )


def period_in_words(begins: date, ends: date) -> str:
    """The days from `begins` to before `ends`, in words.

    >>> period_in_words(date(2022, 7, 1), OPEN)
    'from 1 July 2022'
    """
    if begins == BEFORE_ALL:
        return "always" if ends == OPEN else f"until {day_in_words(ends)}"
    start = f"from {day_in_words(begins)}"
    return start if ends == OPEN else f"{start} until {day_in_words(ends)}"


_VERBS = {"assert": "Add", "amend": "Amend", "correct": "Correct", "withdraw": "Withdraw"}


def difference(change: Change, live: Sequence[Version], kind: Kind) -> Difference:
    """What a change would do, to be read before it is done."""
    first = change.valid_from.isoformat()
    held = [each for each in live if each.valid_from <= first < each.valid_to] or list(live)
    before = kind.decode(held[0].content) if held and change.verb != "assert" else None
    return Difference(
        _VERBS.get(change.verb, change.verb.capitalize()),
        change.entity,
        period_in_words(change.valid_from, change.valid_to),
        field_changes(kind, before, change.fact),
    )


type _Span = tuple[str, str]

type _Windows = dict[_Span, Fact]


def _changes(entity: str, wanted: _Windows, live: Live, kind: Kind) -> Iterator[Change]:
    """What turns the live versions of an entity into the wanted ones."""
    have = {(each.valid_from, each.valid_to): kind.decode(each.content) for each in live.versions}
    for begins, ends in _uncovered(have, wanted):
        yield _change("withdraw", entity, None, (begins, ends), live.last)
    for (begins, ends), fact in wanted.items():
        if have.get((begins, ends)) == fact:
            continue
        covered = [span for span in have if span[0] < ends and begins < span[1]]
        changed = any(span[0] < begins and span[1] == ends for span in covered)
        verb = "assert" if not covered else "amend" if changed else "correct"
        yield _change(verb, entity, fact, (begins, ends), live.last)


def _change(verb: Any, entity: str, fact: Fact | None, span: _Span, seen: int) -> Change:
    first, end = (date.fromisoformat(each) for each in span)
    return Change(verb, entity, fact, first, end, seen or None)


def _uncovered(
    have: Iterable[tuple[str, str]], wanted: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """The days of `have` on which nothing is wanted."""
    gaps = []
    spans = sorted(wanted)
    for begins, ends in sorted(have):
        at = begins
        for first, last in spans:
            if first < ends and at < last:
                if at < first:
                    gaps.append((at, first))
                at = max(at, last)
        if at < ends:
            gaps.append((at, ends))
    return gaps


def compare(
    items: Iterable[Item],
    record: Mapping[str, Live],
    *,
    vocabulary: Vocabulary,
    edited_here: Iterable[str] = (),
    prune: bool = False,
) -> Comparison:
    """Set packs beside the record.

    record       live versions of every entity of the packs' systems
    edited_here  entities last written by somebody other than a pack; they are left as they are
    prune        withdraw what the packs do not hold
    """
    made = Comparison([], [], 0, [], [])
    local = set(edited_here)
    unchanged = 0
    seen: set[str] = set()
    for entity, of_entity in groupby(sorted(items, key=lambda i: i[:2]), key=lambda i: i.entity):
        seen.add(entity)
        kind = vocabulary.kind_of(entity)
        live = record.get(entity, Live([]))
        wanted = {(i.valid_from.isoformat(), i.valid_to.isoformat()): i.fact for i in of_entity}
        changes = list(_changes(entity, wanted, live, kind))
        if not changes:
            unchanged += 1
        elif entity in local:
            made.kept.append(entity)
        else:
            _add(made, changes, live, kind)
    made.only_here.extend(sorted(name for name in record if name not in seen and name not in local))
    if prune:
        for entity in made.only_here:
            live = record[entity]
            gone = [
                _change("withdraw", entity, None, (each.valid_from, each.valid_to), live.last)
                for each in live.versions
            ]
            _add(made, gone, live, vocabulary.kind_of(entity))
    return made._replace(unchanged=unchanged)


def _add(made: Comparison, changes: list[Change], live: Live, kind: Kind) -> None:
    made.changes.extend(changes)
    made.differences.extend(difference(change, live.versions, kind) for change in changes)
