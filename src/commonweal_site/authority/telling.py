"""Answers as a page shows them: one plain sentence first, then the reasons."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from commonweal.authority.answers import Answer, WhoMay
from commonweal.authority.facts import pounds
from commonweal.authority.nearest import Miss
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words
from commonweal_site.drawings.addresses import SiteAddresses
from commonweal_site.drawings.svg import Drawing
from commonweal_site.record.presenting import Link, link_to

from . import asking, chain
from .having_a_say import Say, say
from .missing import Gap, gaps
from .turning import Answers, Turn


class Told(NamedTuple):
    """One answer, as shown.

    roles    who else has a part in it, and which
    drawing  of the chain; none without a chain
    proof    in full, as it is checked
    """

    outcome: str
    holder: Link
    because: str
    steps: tuple[chain.Step, ...]
    drawing: Drawing | None
    roles: tuple[tuple[str, tuple[Link, ...]], ...]
    conditions: tuple[str, ...]
    misses: tuple[str, ...]
    gaps: tuple[Gap, ...]
    say: Say
    proof: str
    hash: str


class Turned(NamedTuple):
    """A day on which the answer changes, as shown: the answer until the day before, and from it."""

    turn: Turn
    before: str
    after: str


def told(
    snapshot: Snapshot, answers: Iterable[Answer], addresses: SiteAddresses
) -> tuple[Told, ...]:
    """Answers as shown, in the order of their holders' names, those allowed first."""
    found = sorted(answers, key=lambda each: (each.outcome, snapshot.name(each.holder)))
    return tuple(
        _told(snapshot, answer, addresses, f"chain-{number}")
        for number, answer in enumerate(found, 1)
    )


def _told(snapshot: Snapshot, answer: Answer, addresses: SiteAddresses, key: str) -> Told:
    allowed = answer.outcome == "allowed"
    found = chain.steps(snapshot, answer)
    return Told(
        answer.outcome,
        link_to(snapshot, answer.holder),
        answer.because,
        found,
        chain.drawn(snapshot, answer, addresses, key=key) if found else None,
        tuple(_roles(snapshot, answer)),
        answer.conditions,
        () if allowed else misses(snapshot, answer.misses),
        gaps(snapshot, answer),
        say(snapshot, answer.holder, answer.question.area),
        asking.proof_text(answer) if answer.proof else "",
        str(answer.proof["hash"]) if answer.proof else "",
    )


def _roles(snapshot: Snapshot, answer: Answer) -> Iterator[tuple[str, tuple[Link, ...]]]:
    for title, who in (
        ("Stays accountable", answer.accountable),
        ("Answers at law", answer.liable),
        ("Must be asked first", answer.consult),
        ("Must be told", answer.inform),
        ("Except for what is kept in", answer.excepts),
    ):
        if who:
            yield title, tuple(link_to(snapshot, each) for each in who)


def misses(snapshot: Snapshot, found: Iterable[Miss]) -> tuple[str, ...]:
    """What came near, a line each."""
    return tuple(f"{snapshot.name(each.holder)}: {each.because}." for each in found)


# --- one plain sentence --------------------------------------------------------------------------


def lead(snapshot: Snapshot, found: WhoMay) -> str:
    """The answer in one plain sentence."""
    allowed = [(snapshot.name(each.holder), each.ceiling) for each in found.allowed]
    unsure = [snapshot.name(each.holder) for each in found.cannot_tell]
    return f"On {day_in_words(snapshot.as_at)}, {_in_words(allowed, unsure)}"


def _in_words(allowed: list[tuple[str, int | None]], unsure: list[str]) -> str:
    if allowed:
        names = [_with_ceiling(*each) for each in allowed]
        apart = ", each without the others" if len(names) > 1 else ""
        also = f" Whether {_either(unsure)} may too cannot be told." if unsure else ""
        return f"{_either(names)} may decide this{apart}.{also}"
    if unsure:
        return f"it cannot be told from the record whether {_either(unsure)} may decide this."
    return "nobody on record may decide this."


def _with_ceiling(name: str, ceiling: int | None) -> str:
    return f"{name} (up to {pounds(ceiling)})" if ceiling is not None else name


def _either(names: list[str]) -> str:
    named = sorted(names)
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"


def turned(found: Iterable[Turn]) -> tuple[Turned, ...]:
    """Days on which the answer changes, with the answer on each side."""
    return tuple(
        Turned(each, _side(each.before, each.names), _side(each.after, each.names))
        for each in found
    )


def _side(answers: Answers, names: Mapping[str, str]) -> str:
    said = sorted(_with_ceiling(names[holder], ceiling) for holder, ceiling in answers.allowed)
    unsure = sorted(f"perhaps {names[holder]}" for holder in answers.cannot_tell)
    return "; ".join([*said, *unsure]) or "Nobody on record"
