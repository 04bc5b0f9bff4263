"""Whether a fact is an arrangement that stands, or one that is only planned."""

from collections.abc import Iterable, Sequence

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


def listed(names: Iterable[str], *, most: int = 6) -> str:
    """Names in a row, as in a sentence.

    >>> listed(["a", "b", "c"]), listed("abcdefgh", most=3)
    ('a, b and c', 'a, b, c and 5 more')
    """
    every: Sequence[str] = tuple(names)
    if len(every) > most:
        return f"{', '.join(every[:most])} and {len(every) - most} more"
    return f"{', '.join(every[:-1])} and {every[-1]}" if len(every) > 1 else "".join(every)


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "seat"), counted(0, "body", "bodies")
    ('1 seat', 'no bodies')
    """
    return f"{number or 'no'} {one if number == 1 else many or f'{one}s'}"
