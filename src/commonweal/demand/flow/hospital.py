"""A hospital and its ways out together: a bed is kept until there is somewhere to go.

People wait for a bed, stay until they are well enough, and then need a place on a way out, or none.
Until there is one they are delayed in the bed, and so keep others waiting for it: what more places
outside do for those at the front door. Beds go by rank if there are ranks; places on the way out go
to whoever is well first.
"""

from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from . import arrivals, stays, turns
from .arrivals import Pattern
from .pool import Run, beds, between
from .running import PAYS_FROM, can_compile, starts_and_leaves
from .stays import Observed, Stay
from .unstable import BadFlow, need_above_nought, need_places, need_room

type Floats = npt.NDArray[np.float64]
type Ints = npt.NDArray[np.int64]


class Way(NamedTuple):
    """A way out: the share of people who need it, its places, and how long each is in its care.

    present  days so far of those in its care today
    """

    name: str
    share: float
    places: int
    care: Stay | Observed
    present: tuple[float, ...] = ()


class Hospital(NamedTuple):
    """Beds, who comes, how long until they are well enough, and ways out.

    ways      those whose shares they do not take up go straight home
    cleaning  days between one patient and the next
    present   days so far of those in its beds today and not yet well enough
    waiting   days so far of those who wait for a bed today
    ranks     shares of patients of rank 0 (first), 1 and so on; none: first come, first served
    patience  mean days that people would wait before leaving; none if nobody leaves
    """

    beds: int
    arrivals: Pattern
    stay: Stay | Observed
    ways: tuple[Way, ...]
    cleaning: float = 0
    present: tuple[float, ...] = ()
    waiting: tuple[float, ...] = ()
    ranks: tuple[float, ...] = ()
    patience: float | None = None


class Nights(NamedTuple):
    """At each midnight, by future and day.

    occupied  people in hospital beds, the delayed among them
    delayed   well enough to leave and waiting for a place: by future, way and day
    waiting   people waiting for a hospital bed
    left      how many in all left without one: one number for each future
    """

    seed: int
    occupied: Ints
    delayed: Ints
    waiting: Ints
    left: Ints


def nights(
    hospital: Hospital, starts: date, days: int, *,
    replications: int, seed: int, settling: int = 0, compiled: bool | None = None,
) -> Nights:  # fmt: skip
    """Run a hospital so many times.

    settling  days at the start that are not counted; nought to start from today's people
    raises    BadFlow; Unstable where beds or places are too few even if nobody were delayed, and
              nobody leaves without. That delays take up the beds left is what the figures show
    """
    hourly = _checked(hospital, starts, days, settling)
    need_above_nought(replications=replications)
    if compiled is None:
        compiled = float(hourly.sum()) * replications >= PAYS_FROM and can_compile()
    streams = np.random.SeedSequence(seed).spawn(replications)
    midnights = np.arange(settling + 1, days + 1, dtype=np.float64)
    found = [_counted(hospital, hourly, stream, midnights, compiled=compiled) for stream in streams]
    occupied, delayed, waiting, left = (np.array(each) for each in zip(*found, strict=True))
    return Nights(seed, occupied, delayed, waiting, left)


def _checked(hospital: Hospital, starts: date, days: int, settling: int) -> Floats:
    need_places(hospital.beds)
    stays.checked(hospital.stay)
    turns.checked(hospital.ranks, hospital.patience)
    if not all(0 <= each < np.inf for each in hospital.waiting):
        raise BadFlow("Somebody has waited for less than no time, or for ever: give days so far.")
    if not 0 <= settling < days:
        raise BadFlow(f"Settling for {settling} of {days} days leaves none to count.")
    shares = [way.share for way in hospital.ways]
    if min(shares, default=0) < 0 or round(sum(shares), 9) > 1:
        raise BadFlow(f"Ways out are needed by {sum(shares):.0%} of people: give 100% or less.")
    hourly = arrivals.expected(hospital.arrivals, starts, days)
    daily = float(hourly.sum()) / days
    if hospital.patience is None:
        need_room(daily * (hospital.stay.mean + hospital.cleaning), hospital.beds)
    for way in hospital.ways:
        need_places(way.places)
        stays.checked(way.care)
        need_room(daily * way.share * way.care.mean, way.places)
    return hourly


def _counted(
    hospital: Hospital, hourly: Floats, stream: np.random.SeedSequence, midnights: Floats,
    *, compiled: bool,
) -> tuple[Ints, Ints, Ints, int]:  # fmt: skip
    coming, staying, going, caring, already, leaving, ranking = map(
        np.random.default_rng, stream.spawn(7)
    )
    came, order = _coming(hospital, arrivals.drawn(hourly, coming))
    here = stays.left(hospital.stay, hospital.present, already)
    stay = stays.drawn(hospital.stay, came.size, staying)[order]
    patience = turns.patience(hospital.patience, came.size, leaving)[order] - np.minimum(came, 0)
    ranks = turns.ranks(hospital.ranks, came.size, ranking)
    everybody = np.concatenate([np.arange(here.size), here.size + order])
    ways = _ways(hospital, everybody.size, going)[everybody]
    cares = _cares(hospital, ways, caring, everybody)
    others = beds(hospital.beds, present=here).opens[here.size :]
    frees = [
        beds(way.places, present=stays.left(way.care, way.present, already)).opens
        for way in hospital.ways
    ]
    of_now, new = slice(None, here.size), slice(here.size, None)
    people = (came, stay, patience, ways[new], cares[new], here, ways[of_now], cares[of_now])
    # No way out at all still needs a list for the compiler to read.
    begun, left = starts_and_leaves(
        people, hospital.cleaning, others, frees or [np.zeros(1)],
        ranks=None if ranks is None else ranks[order], compiled=compiled,
    )  # fmt: skip
    run = Run(came, begun, left[new], came + patience, left[of_now])
    well = np.concatenate([here, begun + stay])
    in_a_bed = ~np.isnan(well)
    delayed = [
        between(well[in_a_bed & (ways == way)], left[in_a_bed & (ways == way)], midnights)
        for way in range(len(frees))
    ]
    none = np.empty((0, midnights.size), np.int64)
    gone = int(np.isnan(begun).sum())
    return (
        run.occupied(midnights),
        np.array(delayed) if frees else none,
        run.waiting(midnights),
        gone,
    )


def _coming(hospital: Hospital, new: Floats) -> tuple[Floats, npt.NDArray[np.intp]]:
    """When each came, those who wait today before the others, and whose chance each takes.

    Chance is drawn for those who come first, so that a longer queue today does not change them.
    """
    queue = -np.sort(np.asarray(hospital.waiting, np.float64))[::-1]
    came = np.concatenate([queue, new])
    return came, np.roll(np.arange(came.size), queue.size)


def _ways(hospital: Hospital, size: int, chance: np.random.Generator) -> Ints:
    """Which way out each needs, -1 for straight home."""
    ends = np.cumsum([way.share for way in hospital.ways])
    which = np.searchsorted(ends, chance.random(size), side="right")
    return np.where(which < ends.size, which, -1).astype(np.int64)


def _cares(
    hospital: Hospital, ways: Ints, chance: np.random.Generator, order: npt.NDArray[np.intp]
) -> Floats:
    cares = np.zeros(ways.size)
    # Each way draws for everybody, so that one way's share does not move another's people.
    for number, (way, luck) in enumerate(
        zip(hospital.ways, chance.spawn(len(hospital.ways)), strict=True)
    ):
        drawn = stays.drawn(way.care, ways.size, luck)[order]
        cares = np.where(ways == number, drawn, cares)
    return cares
