"""A pool of beds or places: who gets one when, patient by patient.

Times are days from the start of the first day; those who were already waiting came before it.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .running import PAYS_FROM, can_compile, starts
from .unstable import BadFlow, need_places

type Floats = npt.NDArray[np.float64]
type Ints = npt.NDArray[np.int64]

FOR_EVER = float("inf")


class Extra(NamedTuple):
    """Beds opened on one day and closed on another, both counted from the first: for a winter.

    Nobody is put into one from the day it closes; who is in it then stays until well.
    """

    beds: int
    opens: float
    closes: float


class Beds(NamedTuple):
    """From when and until when each bed may be given to a patient."""

    opens: Floats
    closes: Floats


class Patients(NamedTuple):
    """Those who come, in the order in which they come, one place each.

    arrivals  when
    stays     days in a bed
    patience  days each would wait before leaving; infinite for ever
    ranks     lower is first; none where it is first come, first served
    """

    arrivals: Floats
    stays: Floats
    patience: Floats
    ranks: Ints | None = None


class Run(NamedTuple):
    """What became of them.

    starts   when each got a bed; NaN for one who never did
    leaves   when each left the bed, NaN likewise
    gives_up when each would have left without one
    present  when each of those who were in a bed at the start left it
    """

    arrivals: Floats
    starts: Floats
    leaves: Floats
    gives_up: Floats
    present: Floats

    def waits(self) -> Floats:
        """Days, NaN for one who never got a bed."""
        return self.starts - self.arrivals

    def occupied(self, times: Floats) -> Ints:
        """Beds with somebody in them at each time."""
        begun = np.concatenate([np.zeros(self.present.size), _known(self.starts)])
        return between(begun, np.concatenate([self.present, _known(self.leaves)]), times)

    def waiting(self, times: Floats) -> Ints:
        """People waiting at each time."""
        ended = np.where(np.isnan(self.starts), self.gives_up, self.starts)
        return between(self.arrivals, ended, times)


def beds(number: int, *extra: Extra, present: npt.ArrayLike = (), cleaning: float = 0) -> Beds:
    """Beds there for ever and others for a time.

    present   days left of those who are in a bed at the start
    cleaning  days from one patient to the next
    raises    BadFlow for more people than beds
    """
    need_places(number)
    _reasonable(extra, cleaning)
    staying = np.asarray(present, np.float64)
    opens = np.concatenate([np.zeros(number), *(np.full(each.beds, each.opens) for each in extra)])
    closes = [np.full(number, FOR_EVER), *(np.full(each.beds, each.closes) for each in extra)]
    there = np.flatnonzero(opens == 0)
    if staying.size > there.size:
        raise BadFlow(
            f"{staying.size} people are in {there.size} beds at the start: count the beds they are "
            "in, or count those without one among the waiting."
        )
    opens[there[: staying.size]] = staying + cleaning
    return Beds(opens, np.concatenate(closes))


def _reasonable(extra: tuple[Extra, ...], cleaning: float) -> None:
    if not 0 <= cleaning < FOR_EVER:
        raise BadFlow(f"Cleaning takes {cleaning:g} days: give 0 or more.")
    for each in extra:
        if each.beds < 0 or not 0 <= each.opens < each.closes:
            raise BadFlow(
                f"{each.beds} extra beds from day {each.opens:g} to day {each.closes:g}: give 0 or "
                "more beds, from day 0 or later, and an end after the start."
            )


def run(
    patients: Patients, given: Beds, *,
    present: npt.ArrayLike = (), cleaning: float = 0, compiled: bool | None = None,
) -> Run:  # fmt: skip
    """Give each patient a bed in turn.

    present   as for `beds`, so that they are counted
    compiled  None to compile where it pays; the answer is the same to the last digit
    raises    BadFlow for arrivals out of order, arrays of different lengths, or no compiler
    """
    sizes = {each.size for each in patients if each is not None}
    if len(sizes) != 1:
        raise BadFlow("Arrivals, stays, patience and ranks need one place for each patient.")
    if (np.diff(patients.arrivals) < 0).any():
        raise BadFlow("Patients are not in the order in which they come: sort them first.")
    if compiled is None:
        compiled = patients.arrivals.size >= PAYS_FROM and can_compile()
    if compiled and not can_compile():
        raise BadFlow("Compiling needs numba: install commonweal[compiled], or do without.")
    begun = starts(
        patients.arrivals, patients.stays + cleaning, patients.patience, *given,
        ranks=patients.ranks, compiled=compiled,
    )  # fmt: skip
    staying = np.asarray(present, np.float64)
    gives_up = patients.arrivals + patients.patience
    return Run(patients.arrivals, begun, begun + patients.stays, gives_up, staying)


def _known(times: Floats) -> Floats:
    return times[~np.isnan(times)]


def between(begun: Floats, ended: Floats, times: Floats) -> Ints:
    """How many have begun by each time and not ended by then."""
    began = np.searchsorted(np.sort(begun), times, side="right")
    return (began - np.searchsorted(np.sort(ended), times, side="right")).astype(np.int64)
