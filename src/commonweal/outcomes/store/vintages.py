"""From the boards of one day to those of another: which codes became which, and how much of each.

Boards were made on 1 July 2022 and again on 1 April 2026, and some codes changed in between. What
became of which is on record as successions and dated codes; nothing here is a list of its own.
"""

from collections.abc import Iterator
from typing import Literal

import polars as pl

from commonweal.areas.successions import successions_from
from commonweal.bodies.facts import Body
from commonweal.record.naming import Code, Succession
from commonweal.record.snapshot import Snapshot

from .roll_up import MEMBERS

type Scheme = Literal["ODS", "ONS"]
type _Part = tuple[str, float | None]

BOARD = "integrated care board"


def boards_carried_over(before: Snapshot, after: Snapshot, scheme: Scheme = "ONS") -> pl.DataFrame:
    """Each board of an earlier day, by code, with the boards of a later day it became.

    returns  a table of MEMBERS, for `roll_up.rolled_up`. A weight is null where a board was divided
             and no source gives the shares: figures cannot be carried over it, and are counted as
             missing. A board that has no code on the later day is left out: `roll_up.in_none`

    Source of the shares: the successions on record, each with its own.
    """
    then, now = codes_of_boards(before, scheme), codes_of_boards(after, scheme)
    rows = [
        (code, now[body], weight)
        for board, code in sorted(then.items())
        for body, weight in _became(before, after, board, 1.0)
        if body in now
    ]
    return pl.DataFrame(rows, schema=MEMBERS, orient="row")


def codes_of_boards(snapshot: Snapshot, scheme: Scheme = "ONS") -> dict[str, str]:
    """The code of every board on the day, by its identifier; of its area where it has none."""
    codes = {fact.of: fact.code for fact in snapshot.all(Code).values() if fact.type == scheme}
    boards = {name: fact for name, fact in snapshot.all(Body).items() if fact.type == BOARD}
    found = {
        name: [codes[each] for each in (name, *fact.areas) if each in codes]
        for name, fact in boards.items()
    }
    return {name: each[0] for name, each in found.items() if each}


def _became(before: Snapshot, after: Snapshot, board: str, weight: float | None) -> Iterator[_Part]:
    steps = [
        fact for name, fact in successions_from(after, board) if name not in before.all(Succession)
    ]
    goes_on = after.get(board) is not None
    if not steps:
        yield board, weight
        return
    shares = [None if each.share is None else float(each.share) for each in steps]
    if len(steps) == 1 and not goes_on and shares[0] is None:
        shares = [1.0]  # there is nothing else that it could have become
    for fact, share in zip(steps, shares, strict=True):
        yield from _became(before, after, fact.after, _part(weight, share))
    if goes_on:
        known = [share for share in shares if share is not None]
        left = 1 - sum(known) if len(known) == len(shares) else None
        yield board, _part(weight, left)


def _part(weight: float | None, share: float | None) -> float | None:
    return None if weight is None or share is None else weight * share
