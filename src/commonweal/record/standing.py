"""Whether a fact is an arrangement that stands, or one that is only planned."""

from .facts import Fact, Source

_STANDS = frozenset({"in force", "interim"})
_PLANNED = frozenset({"under consideration", "proposed", "draft"})


def stands(fact: Fact) -> bool:
    """In force, or in force for the time being."""
    return fact.status in _STANDS


def planned(fact: Fact) -> bool:
    """Only proposed: no part of what the law looks at."""
    return fact.status in _PLANNED


def sources_of(*facts: Fact) -> tuple[Source, ...]:
    """The sources of some facts, each once, in order."""
    return tuple(dict.fromkeys(source for fact in facts for source in fact.sources))


def by_document(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """The first source in each document: enough for a finding that rests on very many facts."""
    first: dict[str, Source] = {}
    for source in sources:
        first.setdefault(source.document, source)
    return tuple(first.values())
