"""Queues as loops over patients, in the plainest Python: one text, run as it is or compiled.

Numba compiles exactly these functions, so both ways do the same sums in the same order and give the
same answers to the last digit. Everything is an array of numbers (or a list, which plain Python
reads faster); `starts` is filled in: the time each patient gets a bed, NaN for one who never does.

A bed is to be had from `opens` to `closes`, the end not included; who is in it then may stay. It is
held for `held` days: a stay and the cleaning after it. A patient who would wait longer than
`patience` leaves before. Of two beds free at once the one that came free first is taken.
"""

import heapq

import numpy as np
import numpy.typing as npt

type Numbers = npt.NDArray[np.float64] | list[float]
type Ranks = npt.NDArray[np.int64] | list[int]


def in_turn(  # noqa: PLR0917 - numba reads no names
    arrivals: Numbers, held: Numbers, patience: Numbers,
    opens: Numbers, closes: Numbers, starts: Numbers,
) -> None:  # fmt: skip
    """First come, first served: the first bed to come free goes to the first to come."""
    beds = [(opens[k], k) for k in range(len(opens))]
    heapq.heapify(beds)
    for who in range(len(arrivals)):
        came = arrivals[who]
        while len(beds) > 0:
            free, bed = beds[0]
            start = max(came, free)
            if start >= closes[bed]:
                heapq.heappop(beds)
                continue
            if start - came <= patience[who]:
                starts[who] = start
                heapq.heapreplace(beds, (start + held[who], bed))
            break


def by_rank(  # noqa: PLR0917 - as above
    arrivals: Numbers, held: Numbers, patience: Numbers, ranks: Ranks,
    opens: Numbers, closes: Numbers, starts: Numbers,
) -> None:  # fmt: skip
    """A bed that comes free goes to the lowest rank waiting, and within it to the first to come."""
    beds = [(opens[k], k) for k in range(len(opens))]
    heapq.heapify(beds)
    waiting = [(ranks[who], who) for who in range(0)]
    coming, now = 0, -np.inf
    while len(beds) > 0 and (len(waiting) > 0 or coming < len(arrivals)):
        free, bed = beds[0]
        now = max(now, free)
        if len(waiting) == 0:
            now = max(now, arrivals[coming])
        if now >= closes[bed]:
            heapq.heappop(beds)
            continue
        while coming < len(arrivals) and arrivals[coming] <= now:
            heapq.heappush(waiting, (ranks[coming], coming))
            coming += 1
        who = heapq.heappop(waiting)[1]
        if now - arrivals[who] <= patience[who]:
            starts[who] = now
            heapq.heapreplace(beds, (now + held[who], bed))
