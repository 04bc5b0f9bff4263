"""A risk register on a day: where each risk stands, how it moved, what is above appetite."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Literal, NamedTuple

from commonweal.record.snapshot import Dated, Snapshot
from commonweal.record.wording import capital

from .evidence import stale
from .risks import Assurance, Risk, Score, Treatment

Movement = Literal["worse", "better", "the same", "new", "not scored"]


class Version(NamedTuple):
    """A risk as it stood from one day to another; no end: it still stands so."""

    first: date
    end: date | None
    risk: Risk


class Standing(NamedTuple):
    """A risk on a day.

    before    its version before the one that holds; None if there is none
    movement  how its score differs from the version before
    """

    name: str
    risk: Risk
    before: Version | None
    movement: Movement

    @property
    def worth(self) -> int:
        """Its score, or nought if it has none, so that such risks come last."""
        return self.risk.current.worth if self.risk.current else 0


def versions(snapshot: Snapshot, name: str) -> tuple[Version, ...]:
    """Every version of a risk up to the snapshot's day, the latest first."""
    return tuple(map(_version, snapshot.versions(Risk, [name]).get(name, ())))


def _version(dated: Dated[Risk]) -> Version:
    return Version(dated.held.first_day, dated.held.end, dated.fact)


def register(snapshot: Snapshot, system: str) -> tuple[Standing, ...]:
    """The risks of a system, the highest score first."""
    own = snapshot.of_system(Risk, system)
    every = snapshot.versions(Risk, own)
    found = [standing(name, [_version(each) for each in every[name][:2]]) for name in own]
    return tuple(sorted(found, key=lambda each: (-each.worth, each.name)))


def standing(name: str, every: Sequence[Version]) -> Standing:
    """A risk as it stands, from its versions; the one before ended as the one that holds began."""
    now, *earlier = every
    before = earlier[0] if earlier and earlier[0].end == now.first else None
    return Standing(name, now.risk, before, movement(now.risk, before))


def movement(risk: Risk, before: Version | None) -> Movement:
    """How a score differs from that of the version before."""
    if risk.current is None:
        return "not scored"
    if before is None or before.risk.current is None:
        return "new"
    difference = risk.current.worth - before.risk.current.worth
    return "worse" if difference > 0 else "better" if difference else "the same"


def moved(each: Standing) -> str:
    """How a risk has moved, in words with the numbers."""
    before = each.before.risk.current if each.before else None
    if each.movement == "not scored":
        return "Not scored"
    if before is None:
        return "New"
    if each.movement == "the same":
        return f"The same: {before.worth}"
    return f"{capital(each.movement)}: it was {before.worth}"


def above(risk: Risk) -> str | None:
    """Whether a score is above what is accepted, in words; None if that cannot be told."""
    if risk.over is None:
        return None
    return f"{'Above' if risk.over else 'Within'} the {risk.accepts} accepted"


class Square(NamedTuple):
    """One square of the grid of five by five, with the risks in it."""

    score: Score
    risks: tuple[Standing, ...]


def squares(found: Iterable[Standing]) -> tuple[Square, ...]:
    """All 25 squares, from rare and negligible; risks that are not scored are in none."""
    scored = [(each.risk.current, each) for each in found if each.risk.current]
    every = [Score(likelihood=x, impact=y) for y in range(1, 6) for x in range(1, 6)]
    return tuple(
        Square(each, tuple(there for score, there in scored if score == each)) for each in every
    )


def in_a_sentence(found: Iterable[Standing]) -> str:
    """How many risks are above what is accepted, and of how many that cannot be told."""
    every = list(found)
    told = [each for each in every if each.risk.over is not None]
    over = sum(each.risk.over is True for each in told)
    if not every:
        return "No risk is on record here on this day."
    if not told:
        what = "1 risk is" if len(every) == 1 else f"{len(every)} risks are"
        return f"{what} on record, without a score and the highest score that is accepted."
    risks = "risk" if len(told) == 1 else "risks"
    verb = "are" if over > 1 else "is"
    said = f"{over or 'None'} of {len(told)} {risks} {verb} above what its holder says it accepts."
    more = len(every) - len(told)
    return f"{said} Of {more} more it cannot be told." if more else said


# --- by objective ---------------------------------------------------------------------------------


class Objective(NamedTuple):
    """What is to be reached, and the risks to it.

    entity  the objective on record; empty: it is only printed, or none is stated
    """

    entity: str
    name: str
    risks: tuple[Standing, ...]


NO_OBJECTIVE = "No objective is stated"


def by_objective(snapshot: Snapshot, found: Iterable[Standing]) -> tuple[Objective, ...]:
    """Risks under the objectives that they bear on; those of none stand last."""

    def key(each: Standing) -> tuple[bool, str, str]:
        entity, printed = each.risk.objective or "", each.risk.objective_printed
        name = snapshot.name(entity) if entity else printed
        return not name, name or NO_OBJECTIVE, entity

    return tuple(
        Objective(entity, name, tuple(group))
        for (_, name, entity), group in groupby(sorted(found, key=key), key)
    )


# --- what stands behind a score -------------------------------------------------------------------


def open_actions(risk: Risk, on: date) -> tuple[Treatment, ...]:
    """What is still to be done about a risk at the end of a day."""
    return tuple(each for each in risk.actions if each.open(on))


def freshness(assurance: Assurance, on: date) -> str:
    """Whether an assurance still counts on a day, in words."""
    gone = stale(assurance.fresh_until, on)
    if gone is None:
        return "Until when is not recorded"
    return "Gone stale" if gone else "Fresh"


LINES = ("first", "second", "third")


def missing_lines(risk: Risk, on: date) -> tuple[str, ...]:
    """The lines on which nothing fresh is on record."""
    fresh = {a.line for a in risk.assurances if stale(a.fresh_until, on) is False}
    return tuple(each for each in LINES if each not in fresh)
