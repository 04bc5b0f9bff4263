"""Means of what was measured on each of many."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

from .limits import Confidence, levels
from .states import Codes, Floats, Numbers, State, WrongShape, figures, known_or_nan


class Mean(NamedTuple):
    """Means of groups.

    total, number, deviation  the sum, how many, and their standard deviation (of n - 1)
    value, lower, upper       the mean and its limits; a group of one has a mean and no limits
    states                    codes of `State`
    """

    total: Floats
    number: npt.NDArray[np.int64]
    deviation: Floats
    value: Floats
    lower: Floats
    upper: Floats
    states: Codes


def mean(
    values: Numbers, groups: npt.ArrayLike | None = None, *, confidence: Confidence = 0.95
) -> Mean:
    """The mean of each group with Student's limits: Σx/n ± t(n - 1) s/√n.

    values      one measurement each, in any unit
    groups      which group each is of, numbered 0, 1, 2 ...; without it all are one group
    returns     arrays with one entry for each group. A group in which something is missing or
                withheld has that state; a group of nobody is not applicable
    raises      WrongShape; NotANumber
    source      Student, Biometrika 1908;6:1-25

    >>> weights = mean([2, 4, 6, 8])
    >>> weights.value.tolist(), weights.lower.round(4).tolist()
    ([5.0], [[0.8915]])
    """
    x = figures(values, "values")
    which = _groups(groups, x.values.shape)
    size = int(which.max()) + 1 if which.size else 1
    number = np.bincount(which, minlength=size)
    states = np.zeros(size, np.int8)
    np.maximum.at(states, which, x.states)
    states = np.maximum(states, np.where(number == 0, State.NOT_APPLICABLE.value, 0)).astype(
        np.int8
    )
    total = np.bincount(which, x.values, minlength=size)
    value = total / np.maximum(number, 1)
    # From the group's own mean, not from a sum of squares, which loses figures.
    squares = np.bincount(which, (x.values - value[which]) ** 2, minlength=size)
    spread = np.where(number > 1, np.sqrt(squares / np.maximum(number - 1, 1)), np.nan)
    t = special.stdtrit(np.maximum(number - 1, 1), (0.5 + levels(confidence) / 2).reshape(-1, 1))
    reach = t * spread / np.sqrt(np.maximum(number, 1))
    low, high = known_or_nan(value - reach, states), known_or_nan(value + reach, states)
    total, spread, value = (known_or_nan(each, states) for each in (total, spread, value))
    return Mean(total, number, spread, value, low, high, states)


def _groups(groups: npt.ArrayLike | None, shape: tuple[int, ...]) -> npt.NDArray[np.intp]:
    which = np.zeros(shape, np.intp) if groups is None else np.asarray(groups)
    if len(shape) != 1 or which.shape != shape:
        raise WrongShape(f"Values of shape {shape} need one group each, not {which.shape}.")
    if which.dtype.kind not in "iu" or (which.size and which.min() < 0):
        raise WrongShape("Groups are numbered 0, 1, 2 and so on.")
    return which.astype(np.intp)
