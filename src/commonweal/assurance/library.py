"""The library of evidence on a day: by asker and theme, what is fresh, stale or missing."""

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple, get_args

from commonweal.record.snapshot import Snapshot
from commonweal.record.when import period

from .evidence import COMMISSION, Asker, Evidence, stale

Freshness = Literal["fresh", "gone stale", "not stated"]


class Held(NamedTuple):
    """A piece of evidence on a day."""

    name: str
    fact: Evidence
    freshness: Freshness


class Theme(NamedTuple):
    """What is held for one theme of one asker; nothing, where it should be."""

    asker: Asker
    theme: str
    held: tuple[Held, ...]

    @property
    def answered(self) -> bool:
        """Whether anything that has not gone stale answers it."""
        return any(each.freshness != "gone stale" for each in self.held)


def freshness(fact: Evidence, on: date) -> Freshness:
    """Whether a piece of evidence still counts on a day."""
    gone = stale(fact.fresh_until, on)
    return "not stated" if gone is None else "gone stale" if gone else "fresh"


def held(snapshot: Snapshot, system: str) -> tuple[Held, ...]:
    """The evidence of a system."""
    return tuple(
        Held(name, fact, freshness(fact, snapshot.as_at))
        for name, fact in snapshot.of_system(Evidence, system).items()
    )


def themes(found: Iterable[Held]) -> tuple[Theme, ...]:
    """Every theme with what answers it; those of the Care Quality Commission even if nothing does.

    Askers stand in their own order, the Commission's themes in the Act's, others by name.
    """
    every = list(found)
    named = {(a.asker, a.theme) for each in every for a in each.fact.answers}
    named |= {("Care Quality Commission", each) for each in COMMISSION}
    askers = get_args(Asker)

    def order(key: tuple[Asker, str]) -> tuple[int, int, str]:
        asker, theme = key
        return (
            askers.index(asker),
            COMMISSION.index(theme) if theme in COMMISSION else len(COMMISSION),
            theme,
        )

    return tuple(
        Theme(asker, theme, tuple(each for each in every if _answers(each, asker, theme)))
        for asker, theme in sorted(named, key=order)
    )


def _answers(each: Held, asker: str, theme: str) -> bool:
    return any((a.asker, a.theme) == (asker, theme) for a in each.fact.answers)


def unanswered(by_theme: Iterable[Theme]) -> tuple[Theme, ...]:
    """Themes of which nothing that still counts is held."""
    return tuple(each for each in by_theme if not each.answered)


def gone_stale(found: Iterable[Held]) -> tuple[Held, ...]:
    """What no longer counts, what went stale first at the head."""
    old = [each for each in found if each.freshness == "gone stale"]
    return tuple(sorted(old, key=lambda each: period(each.fact.fresh_until or "")))


def answering_several(found: Iterable[Held]) -> tuple[Held, ...]:
    """Pieces that answer more than one question, those that answer most at the head."""
    several = [each for each in found if len(set(each.fact.answers)) > 1]
    return tuple(sorted(several, key=lambda each: -len(set(each.fact.answers))))


def in_a_sentence(found: tuple[Held, ...], by_theme: tuple[Theme, ...]) -> str:
    """How many themes have an answer that still counts, and how much has gone stale."""
    if not found:
        return "No evidence for reviewers is on record here on this day."
    answered = sum(each.answered for each in by_theme)
    old = sum(each.freshness == "gone stale" for each in found)
    is_are = "has" if len(by_theme) == 1 else "have"
    gone = {0: "nothing has gone stale", 1: "1 has gone stale"}.get(old, f"{old} have gone stale")
    pieces = f"{len(found)} piece{'s' if len(found) != 1 else ''} of evidence"
    return (
        f"{answered} of {len(by_theme)} themes {is_are} evidence that still counts. "
        f"Of {pieces}, {gone}."
    )
