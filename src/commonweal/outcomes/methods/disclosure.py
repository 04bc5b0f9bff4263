"""Disclosure control: counts so small that they could point at somebody never leave the store.

Three steps, in this order. Small counts are withheld. Where a total would give a withheld count
away by subtraction, others are withheld with it. What is left may be rounded. The mark of a
withheld count does not say for which of the two reasons it was withheld.

Guidance: NHS Digital, Disclosure control for Hospital Episode Statistics (1 to 7 withheld, the rest
to the nearest 5); Government Statistical Service, Guidance for tables produced from administrative
sources.
"""

from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from .states import BadFigures, Figures, Flags, Floats, Numbers, State, WrongShape, counts

type Whole = npt.NDArray[np.int64]


class NotACount(BadFigures):
    """A count that is no whole number: rounded already, perhaps, or a rate."""


class BadThreshold(BadFigures):
    """A threshold or a base to round to that withholds or rounds nothing."""


def withheld(numbers: Numbers, *, fewest: int, noughts: bool = False) -> Figures:
    """Counts with those from 1 to below `fewest` withheld.

    fewest   the smallest count that may be shown
    noughts  whether a nought is withheld too, where it tells that nobody in a known group has it
    returns  figures whose state is SUPPRESSED where withheld; other states stay
    raises   NotACount, Negative, NotANumber, BadThreshold
    """
    taken = _whole(numbers)
    if fewest < 2:  # noqa: PLR2004 - nothing lies from 1 to below 1
        raise BadThreshold(f"Counts from 1 to below {fewest} are none: give 2 or more.")
    small = (taken.values < fewest) & ((taken.values > 0) | noughts)
    return _without(taken, small)


def withheld_with(figures: Figures, *others: Floats) -> tuple[Floats, ...]:
    """Rates, limits and whatever else is worked out of counts, withheld where the counts are.

    A rate and its population give the count away.
    """
    hidden = np.equal(figures.states, State.SUPPRESSED.value)
    return tuple(np.where(hidden, np.nan, each) for each in others)


def rounded(figures: Figures, *, to: int) -> Figures:
    """Counts to the nearest multiple, a half upwards; what is withheld stays so.

    raises  BadThreshold
    """
    if to < 2:  # noqa: PLR2004 - to the nearest 1 is not rounding
        raise BadThreshold(f"To the nearest {to} leaves counts as they are: give 2 or more.")
    return figures._replace(values=np.floor(figures.values / to + 0.5) * to)


def _whole(numbers: Numbers) -> Figures:
    taken = counts(numbers)
    there = taken.values[~np.isnan(taken.values)]
    if (there != np.floor(there)).any():
        wrong = float(there[there != np.floor(there)][0])
        raise NotACount(f"{wrong:g} is no count of people: withhold before rates are worked out.")
    return taken


def _without(taken: Figures, hidden: Flags) -> Figures:
    states = np.where(hidden, State.SUPPRESSED.value, taken.states).astype(np.int8)
    return Figures(np.where(hidden, np.nan, taken.values), states)


# --- tables whose totals are published ----------------------------------------------------------


def protected(
    table: npt.ArrayLike, *, fewest: int, spread: int | None = None, noughts: bool = False
) -> Figures:
    """A table with its totals, from which no small count can be found by subtraction.

    Small counts and small totals are withheld; then, for each that could be worked out too closely,
    the counts that cost least, the smallest first and totals last, until what is withheld could be
    any of at least `spread` + 1 numbers. A reader is taken to know that no nought is withheld,
    unless they are. What a reader could still find is told by `findable`.

    table    whole counts without totals: rows by columns, or a list
    spread   how far apart the least and the most it could be must lie; `fewest` - 1 unless given
    returns  one row and one column more than the table, or one count more than the list
    raises   NotACount, Negative, NotANumber, WrongShape, BadThreshold
    """
    whole = with_totals(table)
    small = withheld(whole, fewest=fewest, noughts=noughts)
    hidden = np.atleast_2d(np.equal(small.states, State.SUPPRESSED.value))
    net = _Net(np.atleast_2d(whole), noughts=noughts)
    apart = fewest - 1 if spread is None else spread
    for cell in zip(*np.nonzero(hidden), strict=True):
        # More that is withheld only hides better, so what was once far enough apart stays so.
        at = (int(cell[0]), int(cell[1]))
        if sum(net.slack(hidden, at)) < apart:
            for other in _cheapest_ring(net, hidden, at, apart):
                hidden[other] = True
    shown = Figures(whole.astype(np.float64), np.zeros(whole.shape, np.int8))
    return _without(shown, hidden.reshape(whole.shape))


def with_totals(table: npt.ArrayLike) -> Whole:
    """Whole counts with their totals: the last row and column of a table, the last of a list.

    raises  NotACount, Negative, NotANumber, WrongShape
    """
    given = _whole(np.asarray(table)).values
    if np.isnan(given).any():
        raise NotACount("A count is not there, so the table has no totals: leave its row out.")
    if given.ndim not in {1, 2} or min(given.shape[-2:], default=0) < given.ndim:
        raise WrongShape(
            f"A table of shape {given.shape}: give two rows and two columns or more, or a list."
        )
    body = given.astype(np.int64)
    wide = np.concatenate([body, body.sum(axis=-1, keepdims=True)], axis=-1)
    return wide if given.ndim == 1 else np.vstack([wide, wide.sum(axis=0, keepdims=True)])


class Range(NamedTuple):
    """The least and the most that a withheld count could be; no most if nothing bounds it."""

    least: int
    most: int | None


def findable(
    whole: npt.ArrayLike, hidden: npt.ArrayLike, *, noughts: bool = False
) -> dict[tuple[int, int], Range]:
    """What a reader of a published table can work out about each withheld count.

    whole    counts with their totals, as they are
    hidden   which of them are withheld
    noughts  whether a nought may be withheld; if not, a reader knows that each is 1 or more
    returns  the exact range of each, by row and column; a list is row 0
    """
    marks = np.atleast_2d(np.asarray(hidden, np.bool_))
    net = _Net(np.atleast_2d(np.asarray(whole, np.int64)), noughts=noughts)
    found = {}
    for cell in zip(*np.nonzero(marks), strict=True):
        at = (int(cell[0]), int(cell[1]))
        up, down = net.slack(marks, at)
        value = int(net.whole[at])
        found[at] = Range(value - down, None if up >= net.endless else value + up)
    return found


class _Net:
    """A table as a network, in which every count flows from one node to another.

    A count of the body flows from its row to its column, the total of a column from there to the
    row of totals, the grand total from there to the column of totals, and the total of a row from
    there back to the row. A list has one row and one column, and its total flows back. What flows
    into a node flows out, since the table adds up; so withheld counts can change, and the rest
    stay, only by more or less flowing around a ring of them.
    """

    def __init__(self, whole: Whole, *, noughts: bool) -> None:
        rows, columns = whole.shape
        across, column = np.indices(whole.shape)
        down = column + rows
        back = (across == rows - 1) != (down == rows + columns - 1)
        if rows == 1:
            back, down = down == rows + columns - 1, np.full(whole.shape, 1)
        self.whole = whole
        self.tails = np.where(back, down, across)
        self.heads = np.where(back, across, down)
        self.totals = np.zeros(whole.shape, np.bool_)
        self.totals[:, -1] = True
        self.totals[-1, :] |= rows > 1
        self.may_hide = np.ones(whole.shape, np.bool_) if noughts else whole > 0
        self.size = rows + columns
        # Small enough for the sum over all counts of a node to be a number of 32 bits.
        self.endless = 2_000_000_000 // self.size
        self.smaller = np.clip(whole - (0 if noughts else 1), 0, self.endless)

    def slack(self, hidden: Flags, cell: tuple[int, int]) -> tuple[int, int]:
        """How much larger and how much smaller a withheld count could be."""
        others = hidden.copy()
        others[cell] = False
        room = np.zeros((self.size, self.size), np.int32)
        # In a list, all counts run between the same two nodes: what can flow adds up.
        np.add.at(room, (self.heads[others], self.tails[others]), self.smaller[others])
        room = np.minimum(room, self.endless)
        room[self.tails[others], self.heads[others]] = self.endless
        graph = sparse.csr_array(room)
        tail, head = int(self.tails[cell]), int(self.heads[cell])
        up = int(csgraph.maximum_flow(graph, head, tail).flow_value)
        down = int(csgraph.maximum_flow(graph, tail, head).flow_value)
        return up, min(down, int(self.smaller[cell]))


type _Step = tuple[int, float, tuple[int, int]]


def _cheapest_ring(
    net: _Net, hidden: Flags, cell: tuple[int, int], apart: int
) -> list[tuple[int, int]]:
    """The counts to withhold with one, so that so much more could flow around through it."""
    start, end = int(net.heads[cell]), int(net.tails[cell])
    steps = _steps(net, hidden, cell, apart)
    best: dict[int, float] = {start: 0}
    came: dict[int, tuple[int, tuple[int, int]]] = {}
    queue = [(0.0, start)]
    while queue:
        cost, node = heappop(queue)
        for onward, price, through in steps.get(node, ()) if cost <= best[node] else ():
            if cost + price < best.get(onward, np.inf):
                best[onward] = cost + price
                came[onward] = (node, through)
                heappush(queue, (best[onward], onward))
    ring, node = [], end
    while node != start:
        node, through = came[node]
        ring.append(through)
    return ring


def _steps(net: _Net, hidden: Flags, cell: tuple[int, int], apart: int) -> dict[int, list[_Step]]:
    """Where one can go from each node, at what price, and which count is withheld for it."""
    steps: dict[int, list[_Step]] = {}
    dear = float(net.whole.sum()) + 1
    prices = np.where(hidden, 0, net.whole + np.where(net.totals, dear, 0))
    for row, column in zip(*np.nonzero(net.may_hide), strict=True):
        other = (int(row), int(column))
        if other == cell:
            continue
        tail, head, price = int(net.tails[other]), int(net.heads[other]), float(prices[other])
        steps.setdefault(tail, []).append((head, price, other))
        if net.smaller[other] >= apart:
            steps.setdefault(head, []).append((tail, price, other))
    return steps
