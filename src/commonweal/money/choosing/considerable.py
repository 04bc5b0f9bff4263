"""How much a contract changes: whether that is considerable, and whether it needs a new process.

Health Care Services (Provider Selection Regime) Regulations 2023, regulations 6(10) to (12) and 13.
"""

from collections.abc import Sequence
from typing import NamedTuple

from commonweal.authority.facts import pounds

from .facts import Circumstances, ContractChange

MOST_PENCE = 500_000_00
"""From here on a change of lifetime value may count: half a million pounds."""

_QUARTER = 4
"""A quarter: 25 per cent. Pence times this are compared, so that nothing is rounded."""


class Judged(NamedTuple):
    """An answer with its working.

    holds  None: the record does not say enough
    """

    because: str
    holds: bool | None


def large(rise: int, old: int) -> bool:
    """Whether a rise is of £500,000 or more and of a quarter or more, both in pence.

    >>> large(50_000_000, 200_000_000), large(50_000_000, 200_000_001)
    (True, False)
    """
    return rise >= MOST_PENCE and rise * _QUARTER >= old


def per_cent(rise: int, old: int) -> str:
    """A rise as a part of what was, cut to two places and never rounded up.

    >>> per_cent(2499, 10_000), per_cent(24_999_999, 100_000_000), per_cent(1, 0)
    ('24.99 per cent', '24.99 per cent', 'more than nothing')
    """
    if old == 0:
        return "more than nothing"
    return f"{rise * 10_000 // old / 100:.2f} per cent"


def risen(old: int, new: int) -> str:
    """How a lifetime value changes, as words that follow 'it'."""
    rise = new - old
    if rise <= 0:
        return f"falls by {pounds(-rise)}" if rise else "stays the same"
    return f"rises by {pounds(rise)}, which is {per_cent(rise, old)} of {pounds(old)}"


def considerable(case: Circumstances) -> Judged:
    """Whether a new contract changes the old one considerably, so that award C is closed."""
    if case.different_character:
        return Judged(
            "Its character is materially different from that of the old contract.", holds=True
        )
    worth = _by_value(case)
    if worth.holds or case.different_character is False:
        return worth
    if worth.holds is None:
        return Judged(f"Whether its character differs is not known. {worth.because}", holds=None)
    return Judged(f"{worth.because} Whether its character differs is not known.", holds=None)


def _by_value(case: Circumstances) -> Judged:
    old, new = case.old_pence, case.new_pence
    if case.brought_about is False:
        because = "What changes its value is outside the authority’s control, so it does not count."
        return Judged(because, holds=False)
    if old is None or new is None:
        return Judged("What the old and the new contract are worth is not known.", holds=None)
    words = f"The value over its whole life {risen(old, new)}."
    if not large(new - old, old):
        return Judged(f"{words} That is below £500,000 or below 25 per cent.", holds=False)
    if case.brought_about is None:
        return Judged(f"{words} Whether the authority brings this about is not known.", holds=None)
    return Judged(f"{words} That is £500,000 or more and 25 per cent or more.", holds=True)


def modification(change: ContractChange, own_pence: int, first_pence: int | None) -> Judged:
    """Whether a contract may be changed without choosing a provider anew.

    own_pence    all changes of lifetime value that the authority brought about, this one included
    first_pence  the lifetime value when the contract was made
    """
    if change.ground != "the authority’s own decision":
        return _by_others(change)
    if change.different_character:
        return Judged("It makes the contract materially different in character.", holds=False)
    if own_pence < MOST_PENCE:
        small = f"Its own changes come to {_sum(own_pence)} in all, below £500,000."
        return _unless_different(change, small)
    if first_pence is None:
        return Judged("What the contract was worth when it was made is not known.", holds=None)
    share = f"{_sum(own_pence)} in all, {per_cent(own_pence, first_pence)} of what it was worth"
    if not large(own_pence, first_pence):
        return _unless_different(change, f"Its own changes come to {share}: below 25 per cent.")
    because = f"Its own changes come to {share}: £500,000 or more and 25 per cent or more."
    return Judged(f"{because} A provider has to be chosen anew.", holds=False)


def _sum(pence: int) -> str:
    return pounds(pence) if pence >= 0 else f"{pounds(-pence)} less"


def _by_others(change: ContractChange) -> Judged:
    ground = change.ground
    if ground == "not stated":
        return Judged("Why the contract was changed is not on record.", holds=None)
    if ground == "events outside its control" and change.different_character:
        because = "Outside events do not allow a contract of materially different character."
        return Judged(because, holds=False)
    return Judged(f"No new process is needed: {ground}.", holds=True)


def _unless_different(change: ContractChange, because: str) -> Judged:
    if change.different_character is None:
        return Judged(f"{because} Whether its character differs is not on record.", holds=None)
    return Judged(because, holds=True)


def own_so_far(changes: Sequence[ContractChange], number: int) -> int:
    """Pence by which the authority's own changes moved the value, up to one of them and with it."""
    own = (each for each in changes[: number + 1] if each.ground == "the authority’s own decision")
    return sum(each.pence or 0 for each in own)


def must_be_announced(change: ContractChange, own_pence: int) -> bool:
    """Whether a notice of a change has to be published: its own, and £500,000 or more in all."""
    return change.ground == "the authority’s own decision" and own_pence >= MOST_PENCE
