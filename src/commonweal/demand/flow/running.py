"""The recursions run: compiled where that pays and numba is there, or as they are."""

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt

from . import recursions

type Floats = npt.NDArray[np.float64]

PAYS_FROM = 1_000_000
"""Patients from which compiling, a few seconds once in a process, is sooner done than not."""


def can_compile() -> bool:
    """Whether numba is installed: the extra named compiled."""
    return find_spec("numba") is not None


@cache
def _compiled(recursion: Callable[..., None]) -> Callable[..., None]:
    # Nothing is kept on disk: the project's own folder may not be written to.
    made: Callable[..., None] = import_module("numba").njit(recursion)
    return made


def starts(
    arrivals: Floats, held: Floats, patience: Floats, opens: Floats, closes: Floats,
    *, ranks: npt.NDArray[np.int64] | None = None, compiled: bool = False,
) -> Floats:  # fmt: skip
    """When each patient gets a bed, NaN for one who never does: see `recursions`."""
    people = (arrivals, held, patience) if ranks is None else (arrivals, held, patience, ranks)
    recursion: Callable[..., None] = recursions.in_turn if ranks is None else recursions.by_rank
    if compiled:
        found = np.full(arrivals.size, np.nan)
        _compiled(recursion)(*people, opens, closes, found)
        return found
    # Plain Python reads lists twice as fast as arrays.
    lists: list[Any] = [each.tolist() for each in (*people, opens, closes)]
    plain = [float("nan")] * arrivals.size
    recursion(*lists, plain)
    return np.asarray(plain, np.float64)


def starts_and_leaves(
    people: tuple[Any, ...], cleaning: float, opens: Floats, frees: Sequence[Floats],
    *, ranks: npt.NDArray[np.int64] | None = None, compiled: bool = False,
) -> tuple[Floats, Floats]:  # fmt: skip
    """When each patient gets a bed, and when each who was or got into one leaves it; else NaN.

    people  the first eight arguments of `recursions.with_ways_out`, as arrays
    ranks   of each who comes; none: first come, first served
    """
    sizes = people[0].size, people[0].size + people[5].size
    recursion: Callable[..., None] = recursions.with_ways_out
    turns = np.zeros(people[0].size, np.int64) if ranks is None else ranks
    people = (*people, turns)
    if compiled:
        begun, left = (np.full(size, np.nan) for size in sizes)
        typed = import_module("numba.typed").List
        places = typed([typed(each) for each in frees])
        _compiled(recursion)(*people, cleaning, opens, places, begun, left)
        return begun, left
    lists = [each.tolist() for each in people]
    started, ended = ([float("nan")] * size for size in sizes)
    places = [each.tolist() for each in frees]
    recursion(*lists, cleaning, opens.tolist(), places, started, ended)
    return np.asarray(started, np.float64), np.asarray(ended, np.float64)
