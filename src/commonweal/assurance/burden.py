"""What being overseen costs: hours a year for each body, and questions that several ask of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from msgspec import structs

from commonweal.record.snapshot import Snapshot

from .overseeing import Oversight


class Load(NamedTuple):
    """What one body answers in a year.

    hours    of those returns whose frequency and cost are stated
    unknown  returns for which either is not stated
    """

    who: str
    returns: tuple[str, ...]
    hours: Decimal
    unknown: int


class Twice(NamedTuple):
    """A question that more than one return asks of the same body."""

    who: str
    question: str
    returns: tuple[str, ...]


def oversight(
    snapshot: Snapshot, system: str, becomes: Mapping[str, str] | None = None
) -> dict[str, Oversight]:
    """Who oversees whom in a system, or would if bodies were replaced by others.

    becomes  bodies that end, each with what takes its place; an empty name: nothing does
    """
    found = dict(snapshot.of_system(Oversight, system))
    if not becomes:
        return found
    after = {name: _after(fact, becomes) for name, fact in found.items()}
    return {name: fact for name, fact in after.items() if fact is not None}


def _after(fact: Oversight, becomes: Mapping[str, str]) -> Oversight | None:
    """A return after a change: one whose every answerer or whose asker is gone falls away."""
    by = becomes.get(fact.by, fact.by) if fact.by else None
    of = tuple(there for each in fact.of if (there := becomes.get(each, each)) and there != by)
    if (fact.by and not by) or (fact.of and not of):
        return None
    return structs.replace(fact, by=by, of=tuple(dict.fromkeys(of)))


def hours_in_all(
    snapshot: Snapshot, system: str, becomes: Mapping[str, str] | None = None
) -> Decimal:
    """What every answer of every body costs in a year, as far as it is stated."""
    every = oversight(snapshot, system, becomes).values()
    return sum(((hours_a_year(f) or Decimal()) * len(set(f.of)) for f in every), Decimal())


def hours_a_year(fact: Oversight) -> Decimal | None:
    """What a return costs each body in a year; None where it is not stated."""
    if fact.times_a_year is None or fact.hours is None:
        return None
    return fact.hours * fact.times_a_year


def loads(snapshot: Snapshot, system: str) -> tuple[Load, ...]:
    """What each body answers in a year, the heaviest first."""
    asked: dict[str, list[tuple[str, Decimal | None]]] = defaultdict(list)
    for name, fact in oversight(snapshot, system).items():
        for who in dict.fromkeys(fact.of):
            asked[who].append((name, hours_a_year(fact)))
    found = [
        Load(
            who, tuple(name for name, _ in of), sum((h for _, h in of if h), Decimal()),
            sum(h is None for _, h in of),
        )
        for who, of in asked.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (-each.hours, -len(each.returns), each.who)))


def asked_twice(snapshot: Snapshot, system: str) -> tuple[Twice, ...]:
    """Questions that a body answers in more than one return, however they are capitalised."""
    asked: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for name, fact in oversight(snapshot, system).items():
        for who in fact.of:
            for question in fact.asks:
                asked[who, _plain(question)].setdefault(name, question)
    return tuple(_repeated(asked))


def _repeated(asked: dict[tuple[str, str], dict[str, str]]) -> Iterator[Twice]:
    for (who, _), returns in sorted(asked.items()):
        if len(returns) > 1:
            yield Twice(who, next(iter(returns.values())), tuple(returns))


def _plain(question: str) -> str:
    return " ".join(question.casefold().split()).rstrip("?.")


def in_a_sentence(found: tuple[Load, ...], twice: tuple[Twice, ...], others: int = 0) -> str:
    """What oversight costs here in a year, as far as it is stated.

    others  bodies known to oversee another here, of which no more is known
    """
    if not found and others:
        bodies = "1 body oversees" if others == 1 else f"{others} bodies oversee"
        return f"{bodies} others here; what is asked, how often and at what cost is not on record."
    if not found:
        return "Who oversees whom is not on record here on this day."
    hours = sum(each.hours for each in found)
    bodies = "1 body" if len(found) == 1 else f"{len(found)} bodies"
    unknown, again = sum(each.unknown for each in found), _again(len(twice))
    if not hours:
        number = len({name for each in found for name in each.returns})
        things = "1 thing is" if number == 1 else f"{number} things are"
        return (
            f"{things} asked of {bodies} here; how many hours that takes is not on record.{again}"
        )
    more = f", besides {unknown} whose cost is not stated" if unknown else ""
    return f"What {bodies} here must answer takes {hours:,.0f} hours a year{more}.{again}"


def _again(number: int) -> str:
    """That questions are asked more than once, if any is."""
    if not number:
        return ""
    return f" {number} question{' is' if number == 1 else 's are'} asked of a body more than once."
