"""A hospital and its ways out together: a bed is kept until there is somewhere to go.

People wait for a bed, stay until they are well enough, and then need a place on a way out, or none.
Until there is one they are delayed in the bed, and so keep others waiting for it: what more places
outside do for those at the front door. First come, first served, at each step.
"""

from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from . import arrivals, stays
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
    """

    beds: int
    arrivals: Pattern
    stay: Stay | Observed
    ways: tuple[Way, ...]
    cleaning: float = 0
    present: tuple[float, ...] = ()


class Nights(NamedTuple):
    """At each midnight, by future and day.

    occupied  people in hospital beds, the delayed among them
    delayed   well enough to leave and waiting for a place: by future, way and day
    waiting   people waiting for a hospital bed
    """

    seed: int
    occupied: Ints
    delayed: Ints
    waiting: Ints


def nights(
    hospital: Hospital, starts: date, days: int, *,
    replications: int, seed: int, settling: int = 0, compiled: bool | None = None,
) -> Nights:  # fmt: skip
    """Run a hospital so many times.

    settling  days at the start that are not counted; nought to start from today's people
    raises    BadFlow; Unstable where beds or places are too few even if nobody were delayed. That
              delays take up the beds that are left is what the figures show
    """
    hourly = _checked(hospital, starts, days, settling)
    need_above_nought(replications=replications)
    if compiled is None:
        compiled = float(hourly.sum()) * replications >= PAYS_FROM and can_compile()
    streams = np.random.SeedSequence(seed).spawn(replications)
    midnights = np.arange(settling + 1, days + 1, dtype=np.float64)
    found = [_counted(hospital, hourly, stream, midnights, compiled=compiled) for stream in streams]
    occupied, delayed, waiting = (np.array(each) for each in zip(*found, strict=True))
    return Nights(seed, occupied, delayed, waiting)


def _checked(hospital: Hospital, starts: date, days: int, settling: int) -> Floats:
    need_places(hospital.beds)
    stays.checked(hospital.stay)
    if not 0 <= settling < days:
        raise BadFlow(f"Settling for {settling} of {days} days leaves none to count.")
    shares = [way.share for way in hospital.ways]
    if min(shares, default=0) < 0 or round(sum(shares), 9) > 1:
        raise BadFlow(f"Ways out are needed by {sum(shares):.0%} of people: give 100% or less.")
    hourly = arrivals.expected(hospital.arrivals, starts, days)
    daily = float(hourly.sum()) / days
    need_room(daily * (hospital.stay.mean + hospital.cleaning), hospital.beds)
    for way in hospital.ways:
        need_places(way.places)
        stays.checked(way.care)
        need_room(daily * way.share * way.care.mean, way.places)
    return hourly


def _counted(
    hospital: Hospital, hourly: Floats, stream: np.random.SeedSequence, midnights: Floats,
    *, compiled: bool,
) -> tuple[Ints, Ints, Ints]:  # fmt: skip
    coming, staying, going, caring, already = map(np.random.default_rng, stream.spawn(5))
    came = arrivals.drawn(hourly, coming)
    here = stays.left(hospital.stay, hospital.present, already)
    stay = stays.drawn(hospital.stay, came.size, staying)
    ways = _ways(hospital, here.size + came.size, going)
    cares = _cares(hospital, ways, caring)
    others = beds(hospital.beds, present=here).opens[here.size :]
    frees = [
        beds(way.places, present=stays.left(way.care, way.present, already)).opens
        for way in hospital.ways
    ]
    of_now, new = slice(None, here.size), slice(here.size, None)
    people = (
        came, stay, np.full(came.size, np.inf), ways[new], cares[new],
        here, ways[of_now], cares[of_now],
    )  # fmt: skip
    # No way out at all still needs a list for the compiler to read.
    begun, left = starts_and_leaves(
        people, hospital.cleaning, others, frees or [np.zeros(1)], compiled=compiled
    )
    run = Run(came, begun, left[new], np.full(came.size, np.inf), left[of_now])
    well = np.concatenate([here, begun + stay])
    delayed = [
        between(well[ways == way], left[ways == way], midnights) for way in range(len(frees))
    ]
    none = np.empty((0, midnights.size), np.int64)
    return run.occupied(midnights), np.array(delayed) if frees else none, run.waiting(midnights)


def _ways(hospital: Hospital, size: int, chance: np.random.Generator) -> Ints:
    """Which way out each needs, -1 for straight home."""
    ends = np.cumsum([way.share for way in hospital.ways])
    which = np.searchsorted(ends, chance.random(size), side="right")
    return np.where(which < ends.size, which, -1).astype(np.int64)


def _cares(hospital: Hospital, ways: Ints, chance: np.random.Generator) -> Floats:
    cares = np.zeros(ways.size)
    # Each way draws for everybody, so that one way's share does not move another's people.
    for number, (way, luck) in enumerate(
        zip(hospital.ways, chance.spawn(len(hospital.ways)), strict=True)
    ):
        drawn = stays.drawn(way.care, ways.size, luck)
        cares = np.where(ways == number, drawn, cares)
    return cares
