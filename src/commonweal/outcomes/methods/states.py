"""Figures, and why one is not there: not applicable, missing and suppressed are not nought.

Beside every array of figures stands one of states, of the same shape. Where a figure is not there
its number is NaN, so that no sum can mistake it for nought.
"""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from commonweal.record.errors import SpeakingError

type Floats = npt.NDArray[np.float64]
type Flags = npt.NDArray[np.bool_]
type Codes = npt.NDArray[np.int8]


class State(Enum):
    """Whether a figure is there. Of several that a result rests on, the last in this list holds.

    KNOWN           there, and nought is a figure like any other
    NOT_APPLICABLE  there can be none: nobody at risk, or too few for the method
    MISSING         not collected, or not recorded
    SUPPRESSED      withheld, so that nobody can be told apart
    """

    KNOWN = 0
    NOT_APPLICABLE = 1
    MISSING = 2
    SUPPRESSED = 3

    @property
    def words(self) -> str:
        """In lower case, as in a column of a table."""
        return self.name.lower().replace("_", " ")


class BadFigures(SpeakingError):
    """Figures that no method can be used on as they are; the text says which and what would do."""


class NotANumber(BadFigures):
    """A figure that is neither a number nor one of the states."""


class Negative(BadFigures):
    """A count, a population or a weight below nought."""


class CountAboveDenominator(BadFigures):
    """More people with something than people."""


class CrossedLimits(BadFigures):
    """An upper limit that is not above its lower one."""


class NobodyAtRisk(BadFigures):
    """Events where there is nobody for them to happen to."""


class WrongShape(BadFigures):
    """Arrays that do not fit each other, or bands that do not fit the method."""


class Figures(NamedTuple):
    """Numbers and their states, two arrays of one shape; NaN wherever the state is not KNOWN."""

    values: Floats
    states: Codes

    @property
    def known(self) -> Flags:
        return np.equal(self.states, State.KNOWN.value)


type Numbers = Figures | npt.ArrayLike | pl.Series | Sequence[float | State | None]
"""What a method takes: an array of numbers; a column of a frame, or a list, in which None is
missing and a State stands for itself; or Figures, for large arrays with gaps."""


def figures(numbers: Numbers, what: str = "figures") -> Figures:
    """Numbers with their states.

    what    what they are, for an error: "counts"
    raises  NotANumber for NaN, infinity, text or a masked array: none says why a figure is absent

    >>> figures([12, 0, None, State.SUPPRESSED]).states.tolist()
    [0, 0, 2, 3]
    """
    if isinstance(numbers, Figures):
        return numbers
    if isinstance(numbers, np.ma.MaskedArray):
        raise NotANumber(
            f"The {what} are a masked array, which does not say why a figure is absent. "
            "Give Figures, or a list with None for missing and State.SUPPRESSED for withheld."
        )
    if isinstance(numbers, pl.Series) and numbers.dtype.is_numeric():
        return _column(numbers, what)
    array = np.asarray(numbers)
    if array.dtype == object:
        return _told_apart(array, what)
    if array.dtype.kind not in "biuf":
        raise NotANumber(f"The {what} are {array.dtype.name}, not numbers.")
    values = array.astype(np.float64, copy=False)
    if not np.isfinite(values).all():
        raise NotANumber(
            f"The {what} have {_where(~np.isfinite(values), values)}. Say why it is absent: None "
            "for missing, or State.SUPPRESSED or State.NOT_APPLICABLE."
        )
    return Figures(values, np.zeros(values.shape, np.int8))


def _column(series: pl.Series, what: str) -> Figures:
    """A column of a frame: null is missing, and NaN is refused as elsewhere."""
    if not series.null_count():
        return figures(series.to_numpy(), what)
    absent = series.is_null().to_numpy()
    values = figures(series.fill_null(0).to_numpy(), what).values
    states = np.where(absent, State.MISSING.value, 0).astype(np.int8)
    return Figures(np.where(absent, np.nan, values), states)


def _told_apart(array: npt.NDArray[np.object_], what: str) -> Figures:
    states = np.zeros(array.shape, np.int8)
    values = np.full(array.shape, np.nan)
    for index, each in np.ndenumerate(array):
        if each is None or (isinstance(each, State) and each is not State.KNOWN):
            states[index] = (each or State.MISSING).value
        elif isinstance(each, (bool, str, State)) or not _is_number(each):
            raise NotANumber(f"The {what} have {each!r} at {_place(index)}, which is no number.")
        else:
            values[index] = float(each)
    return Figures(values, states)


def _is_number(each: object) -> bool:
    try:
        return bool(np.isfinite(float(each)))  # type: ignore[arg-type]  # what fails is caught
    except (TypeError, ValueError):
        return False


def counts(numbers: Numbers, what: str = "counts") -> Figures:
    """Figures of which none is below nought.

    raises  Negative, and as `figures`
    """
    taken = figures(numbers, what)
    refuse(
        taken.values < 0, Negative, taken.values, f"The {what} have", "None can be below nought."
    )
    return taken


def refuse(
    wrong: Flags, error: type[BadFigures], values: Floats, said: str, then: str = ""
) -> None:
    """Raise the error, naming the first of the figures that are wrong, if there are any."""
    if wrong.any():
        raise error(f"{said} {_where(wrong, values)}. {then}".rstrip())


def same_bands(**numbers: Floats) -> None:
    """Refuse arrays that differ in how many bands their last axis has.

    numbers  by what they are called; those of one group may stand beside those of many
    raises   WrongShape, with the number of bands of each
    """
    bands = {name: np.shape(each)[-1:] for name, each in numbers.items()}
    if len(set(bands.values())) != 1 or () in bands.values():
        given = ", ".join(
            f"{name.replace('_', ' ')} {size[0] if size else 'none'}"
            for name, size in bands.items()
        )
        raise WrongShape(f"All need the same bands along the last axis; there are {given}.")


def _where(wrong: Flags, values: Floats) -> str:
    """The first wrong figure with its place, counted from 0, and how many more there are."""
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    more = int(wrong.sum()) - 1
    first = f"{np.broadcast_to(values, wrong.shape)[index]:.15g} at {_place(index)}"
    return f"{first} and {more:,} more" if more else first


def _place(index: tuple[int, ...]) -> str:
    return f"index {index[0] if len(index) == 1 else index}" if index else "its only place"


def together(*states: Codes) -> Codes:
    """The state of what rests on several figures: the last of their states in the list of them."""
    joined = states[0]
    for each in states[1:]:
        joined = np.maximum(joined, each)
    return joined


def over_bands(states: Codes) -> Codes:
    """The state of a sum over the last axis."""
    return np.asarray(states.max(axis=-1), np.int8)


def known_or_nan(values: Floats, states: Codes) -> Floats:
    """The values, with NaN wherever the state is not KNOWN."""
    return np.where(np.equal(states, State.KNOWN.value), values, np.nan)


def not_applicable(wrong: Flags, states: Codes) -> Codes:
    """The states, with NOT_APPLICABLE wherever a known figure cannot be had."""
    return np.maximum(states, np.where(wrong, State.NOT_APPLICABLE.value, 0).astype(np.int8))
