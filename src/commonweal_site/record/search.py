"""Search: by name, code, acronym, former name or the name as printed, forgiving one typing error.

Every name of every entity on record on the day is cut into words. A word that is asked for finds
the words that equal it, begin with it, or differ by one letter added, lost, changed or swapped with
the next.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from commonweal.record.facts import Fact
from commonweal.record.identifiers import slug
from commonweal.record.naming import Code
from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot

_LEAST_FORGIVEN = 4
"""Shorter words have to be right."""

_KINDS = {"area": 0, "body": 0, "post": 2, "document": 2, "seat": 3, "dispute": 3, "event": 4}
"""Which kinds come first among equals; others come after these."""

_UNSEARCHED = {"code", "containment", "neighbours", "succession", "coverage", "pack"}
"""Kinds that are found through what they name."""

_SMALL = frozenset({"and", "of", "the", "in", "for", "a"})

_SPOKEN = {
    "locality": "cluster",
    "localities": "cluster",
    "neighbourhood team": "cluster",
    "integrated neighbourhood team": "cluster",
    "primary care network": "network",
    "borough": "place",
}
"""Words people use for kinds of area, and the word that the record uses."""


class Name(NamedTuple):
    """One name of an entity, and why it is one."""

    entity: str
    text: str
    why: str
    words: tuple[str, ...]


class Hit(NamedTuple):
    """An entity found, by which of its names, and how well it fits: the smallest first."""

    entity: str
    name: str
    why: str
    rank: tuple[int, ...]


class Index:
    """The names of one snapshot."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.names = list(names)

    @cached_property
    def by_word(self) -> dict[str, list[int]]:
        """Which names hold a word."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self.names):
            for word in dict.fromkeys(name.words):
                found[word].append(number)
        return dict(found)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.by_word)

    @cached_property
    def _shortened(self) -> dict[str, set[str]]:
        """Words by what is left of them when a letter is lost."""
        found: dict[str, set[str]] = defaultdict(set)
        for word in self.by_word:
            if len(word) >= _LEAST_FORGIVEN:
                for short in _without_a_letter(word):
                    found[short].add(word)
        return dict(found)

    def like(self, word: str) -> dict[str, int]:
        """Words like one asked for: 0 the same, 1 begins so, 2 one letter off."""
        found = dict.fromkeys(self._beginning(word), 1) if len(word) > 1 else {}
        if word in self.by_word:
            found[word] = 0
        if not found and len(word) >= _LEAST_FORGIVEN:
            found = dict.fromkeys(self._one_off(word), 2)
        return found

    def _beginning(self, word: str) -> Iterator[str]:
        from bisect import bisect_left

        at = bisect_left(self._sorted, word)
        while at < len(self._sorted) and self._sorted[at].startswith(word):
            yield self._sorted[at]
            at += 1

    def _one_off(self, word: str) -> set[str]:
        near = set(self._shortened.get(word, ()))
        for short in _without_a_letter(word):
            near |= self._shortened.get(short, set())
            if short in self.by_word:
                near.add(short)
        return {each for each in near if _one_edit_apart(word, each)}

    def find(self, asked: str) -> list[Hit]:
        """Entities that fit every word asked for, the best first; each once, by its best name."""
        words = [each for each in words_of(asked) if each not in _SMALL] or words_of(asked)
        if not words:
            return []
        fits = [self._fit(word) for word in words]
        numbers = set(fits[0]).intersection(*fits[1:])
        best: dict[str, Hit] = {}
        for number in numbers:
            name = self.names[number]
            how = sum(fit[number] for fit in fits)
            hit = Hit(name.entity, name.text, name.why, self._rank(name, words, how))
            if name.entity not in best or hit.rank < best[name.entity].rank:
                best[name.entity] = hit
        return sorted(best.values(), key=lambda hit: (hit.rank, hit.name, hit.entity))

    def _fit(self, word: str) -> dict[int, int]:
        """Names that hold a word like this one, and how like."""
        found: dict[int, int] = {}
        for like, how in self.like(word).items():
            for number in self.by_word[like]:
                found[number] = min(how, found.get(number, how))
        return found

    def _rank(self, name: Name, words: list[str], how: int) -> tuple[int, ...]:
        kind = name.entity.split("/", 2)[1]
        asked = slug(" ".join(words))
        text = slug(name.text)
        whole = 0 if text == asked else 1 if text.startswith(asked) else 2
        other = 0 if name.why in {"name", "code", "acronym"} else 1
        return how if how > 1 else 0, whole, _KINDS.get(kind, 5), how, other, len(name.words)


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared.

    >>> words_of("Chandler's Ford & NHS")
    ['chandlers', 'ford', 'and', 'nhs']
    """
    return [each for each in slug(text).split("-") if each]


def _without_a_letter(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _one_edit_apart(first: str, second: str) -> bool:
    """Whether one letter added, lost, changed or swapped with the next turns one into the other."""
    if abs(len(first) - len(second)) > 1:
        return False
    at = next(
        (n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b),
        min(len(first), len(second)),
    )
    one, two = first[at:], second[at:]
    swapped = len(one) > 1 and len(two) > 1 and one[1] + one[0] + one[2:] == two
    return one[1:] == two or one == two[1:] or one[1:] == two[1:] or swapped


def _names(snapshot: Snapshot) -> Iterator[Name]:
    for kind in snapshot.vocabulary:
        if kind.name not in _UNSEARCHED:
            for entity, fact in snapshot.of_kind(kind.name).items():
                yield from _names_of(snapshot, entity, fact)
    for code in snapshot.all(Code).values():
        yield _name(code.of, code.code, "code")


def _names_of(snapshot: Snapshot, entity: str, fact: Fact) -> Iterator[Name]:
    yield _name(entity, fact.label(snapshot.name), "name")
    for alias in fact.other_names():
        yield _name(entity, alias.name, alias.why)
    if number := getattr(fact, "code", ""):
        yield _name(entity, number, "code")


def _name(entity: str, text: str, why: str) -> Name:
    return Name(entity, text, why, tuple(words_of(text)))


@remembered
def index(snapshot: Snapshot) -> Index:
    """The names of a snapshot, gathered once."""
    return Index(_names(snapshot))


def meant(asked: str) -> str:
    """The record's own word for a kind of area that people call otherwise; empty if none."""
    return _SPOKEN.get(" ".join(words_of(asked)), "")


def nearest(snapshot: Snapshot, name: str, *, most: int = 3) -> list[str]:
    """Identifiers on record that are like one that is not."""
    last = name.rsplit("/", 1)[-1].replace("-", " ")
    kind = name.split("/")[1] if "/" in name else ""
    found = [hit.entity for hit in index(snapshot).find(last)]
    same = [each for each in found if each.split("/")[1] == kind]
    return (same or found)[:most]
