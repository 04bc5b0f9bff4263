"""Who bears an overspend of a pool: the steps of the partners' agreement, taken in their order.

Agreements under section 75 of the National Health Service Act 2006 differ, so the steps are data.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from .pence import BadMoney, Weight, split


class Available(NamedTuple):
    """Money set aside that is used first: underspends elsewhere, a risk pool, free schemes."""

    name: str
    pence: int


class Shared(NamedTuple):
    """Partners bear it by share.

    shares  each partner's weight
    most    the most that this step takes; None: all there is
    caps    the most that a partner bears in this step; the others bear what goes beyond
    """

    name: str
    shares: Mapping[str, Weight]
    most: int | None = None
    caps: Mapping[str, int] = {}


type Step = Available | Shared


class Borne(NamedTuple):
    """What one step took, and of whom; `bearer` is the money set aside, or a partner."""

    step: str
    bearer: str
    pence: int


class Outcome(NamedTuple):
    """An overspend run through its steps; `left` is what no step provides for."""

    borne: tuple[Borne, ...]
    left: int

    def by_bearer(self) -> dict[str, int]:
        """What each bears over all steps."""
        totals: dict[str, int] = {}
        for each in self.borne:
            totals[each.bearer] = totals.get(each.bearer, 0) + each.pence
        return totals


def bear(overspend: int, steps: Sequence[Step]) -> Outcome:
    """Take an overspend through the steps; what is borne and what is left make it up exactly.

    raises  BadMoney if the overspend, a cap or a sum set aside is below nothing
    """
    if overspend < 0:
        raise BadMoney("An overspend is nothing or more. Underspends follow the rule for those.")
    borne: list[Borne] = []
    left = overspend
    for step in steps:
        taken = _taken(step, left)
        borne.extend(Borne(step.name, bearer, pence) for bearer, pence in taken.items() if pence)
        left -= sum(taken.values())
    return Outcome(tuple(borne), left)


def _taken(step: Step, left: int) -> dict[str, int]:
    if isinstance(step, Available):
        _not_below(step.name, step.pence)
        return {step.name: min(left, step.pence)}
    for partner, cap in step.caps.items():
        _not_below(f"{step.name}, {partner}", cap)
    if step.most is not None:
        _not_below(step.name, step.most)
    return _capped(left if step.most is None else min(left, step.most), step)


def _not_below(what: str, pence: int) -> None:
    if pence < 0:
        raise BadMoney(f"{what}: a limit is nothing or more, but this one is {pence} pence.")


def _capped(total: int, step: Shared) -> dict[str, int]:
    """By share, each partner to its cap; what goes beyond is shared among those with room."""
    borne = dict.fromkeys(step.shares, 0)
    while total and (room := _with_room(step, borne)):
        parts = split(total, [step.shares[partner] for partner in room])
        given = {
            partner: min(part, step.caps.get(partner, borne[partner] + part) - borne[partner])
            for partner, part in zip(room, parts, strict=True)
        }
        for partner, part in given.items():
            borne[partner] += part
        total -= sum(given.values())
    return borne


def _with_room(step: Shared, borne: Mapping[str, int]) -> list[str]:
    return [
        partner
        for partner, share in step.shares.items()
        if share and (partner not in step.caps or borne[partner] < step.caps[partner])
    ]


def returned(underspend: int, shares: Mapping[str, Decimal]) -> dict[str, int]:
    """An underspend given back by share, where the agreement does not keep it in the pool."""
    return dict(zip(shares, split(underspend, list(shares.values())), strict=True))
