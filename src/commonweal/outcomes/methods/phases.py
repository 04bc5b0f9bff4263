"""Series cut where a process was changed: each phase then has a centre and limits of its own."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .states import BadFigures, Flags, Floats

type Places = npt.NDArray[np.intp]


class BadPhases(BadFigures):
    """Phases or a baseline that do not fit the series."""


class Phases(NamedTuple):
    """Each phase of each series as a row of its own, so that nothing reaches from one to another.

    rows, columns  where each point of series by points stands among the phases
    shape          phases by points of the longest
    """

    rows: Places
    columns: Places
    shape: tuple[int, int]

    def apart(self, values: Floats) -> Floats:
        """Series by points laid out as phases by points, with NaN where a phase is shorter."""
        laid = np.full(self.shape, np.nan)
        laid[self.rows, self.columns] = values
        return laid

    def again[T: np.generic](self, laid: npt.NDArray[T]) -> npt.NDArray[T]:
        """Phases by points laid out as series by points."""
        return np.broadcast_to(laid, self.shape)[self.rows, self.columns]

    def baseline(self, chosen: int | npt.ArrayLike | None) -> Flags:
        """The points that limits rest on, as phases by points.

        chosen  the first so many places of each phase; or true and false for each point of each
                series; or none, for all
        """
        if chosen is None:
            return np.ones(self.shape, np.bool_)
        if isinstance(chosen, int):
            return self._first(chosen)
        given = np.asarray(chosen)
        if given.dtype != np.bool_ or given.shape[-1:] != self.rows.shape[1:]:
            raise BadPhases(
                f"The baseline is {given.dtype} of shape {given.shape}. Give true or false for "
                f"each of the {self.rows.shape[1]} points, or how many points it has."
            )
        laid = np.zeros(self.shape, np.bool_)
        laid[self.rows, self.columns] = np.broadcast_to(given, self.rows.shape)
        return laid

    def _first(self, many: int) -> Flags:
        if many < 2:  # noqa: PLR2004 - one point has no neighbour to differ from
            raise BadPhases(f"A baseline of {many} shows no difference: give 2 points or more.")
        return np.broadcast_to(np.arange(self.shape[1]) < many, self.shape)


def phases_of(shape: tuple[int, int], rebased: Sequence[int] | npt.ArrayLike | None) -> Phases:
    """Series of a shape, cut into phases.

    rebased  places, counted from 0, where a phase begins in every series; or the number of its
             phase for each point of each series; or none
    raises   BadPhases
    """
    series, points = shape
    numbers = _numbers(shape, rebased)
    starts = np.ones(shape, np.bool_)
    starts[:, 1:] = numbers[:, 1:] != numbers[:, :-1]
    rows = np.cumsum(starts).reshape(shape) - 1
    begun = np.maximum.accumulate(np.where(starts, np.arange(points), 0), axis=1)
    columns = np.arange(points) - begun
    return Phases(rows, columns, (int(rows[-1, -1]) + 1 if series else 0, int(columns.max()) + 1))


def _numbers(shape: tuple[int, int], rebased: Sequence[int] | npt.ArrayLike | None) -> Places:
    if rebased is None:
        return np.zeros(shape, np.intp)
    given = np.asarray(rebased)
    if given.size and given.dtype.kind not in "iu":
        raise BadPhases(f"Phases are whole numbers, and these are {given.dtype}.")
    if given.ndim == 1:
        return _begun(given.astype(np.intp), shape)
    if given.shape != shape:
        raise BadPhases(f"Phases of shape {given.shape} do not fit series of shape {shape}.")
    if (np.diff(given, axis=1) < 0).any():
        raise BadPhases("The numbers of phases go back: number them in order of time.")
    return given.astype(np.intp)


def _begun(places: Places, shape: tuple[int, int]) -> Places:
    wrong = [int(each) for each in places if not 0 < each < shape[1]]
    if wrong:
        raise BadPhases(
            f"No phase can begin at {wrong[0]}: the series has points 0 to {shape[1] - 1}, and the "
            "first phase begins at 0 of itself."
        )
    starts = np.zeros(shape[1], np.intp)
    starts[places] = 1
    return np.broadcast_to(np.cumsum(starts), shape)
