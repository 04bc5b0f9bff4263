"""How many people live in an area: every recorded number, the best first, and why."""

from datetime import date
from typing import NamedTuple

from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import stands
from commonweal.record.when import BEFORE_ALL, in_words, period

from .containment import wholes
from .facts import Band, Population


class Counted(NamedTuple):
    """One recorded population, and why it stands where it does among several."""

    fact_id: str
    fact: Population
    because: str


def populations(snapshot: Snapshot, area: str) -> tuple[Counted, ...]:
    """Every population of an area, best first.

    A number before words, an exact number before a round one, a later year before an earlier,
    residents before patients on lists.
    """
    known = [
        (name, fact)
        for name, fact in snapshot.referring(area, Population)
        if fact.of == area and stands(fact)
    ]
    known.sort(key=lambda each: each[0])
    known.sort(key=lambda each: _rank(each[1]), reverse=True)
    return tuple(Counted(name, fact, _why(fact)) for name, fact in known)


_BASES = ("not stated", "weighted", "registered", "resident")


def _rank(fact: Population) -> tuple[bool, bool, date, int]:
    return (
        fact.people is not None,
        not fact.approximate,
        _year(fact),
        _BASES.index(fact.basis),
    )


def _year(fact: Population) -> date:
    stated = fact.year or fact.stated
    return period(stated)[1] if stated else BEFORE_ALL


def _why(fact: Population) -> str:
    if fact.people is None:
        return f"The source gives only words: “{fact.printed}”."
    exact = "a round number" if fact.approximate else "an exact number"
    year = f"for {in_words(fact.year)}" if fact.year else "without a year"
    basis = (
        "whom it counts is not stated" if fact.basis == "not stated" else f"{fact.basis} population"
    )
    return f"It is {exact} {year}; {basis}."


def band_of(snapshot: Snapshot, area: str, kind: str) -> tuple[str, Band] | None:
    """How many people an area of a kind usually has: in its system, else in England."""
    bands = [(name, band) for name, band in snapshot.all(Band).items() if band.type == kind]
    around = {area, *wholes(snapshot, area)}
    local = [each for each in bands if each[1].within in around]
    national = [each for each in bands if each[1].within is None]
    return next(iter(local or national), None)
