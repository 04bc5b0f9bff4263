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


def with_ways_out(  # noqa: PLR0917 - as above
    arrivals: Numbers, held: Numbers, patience: Numbers, ways: Ranks, cares: Numbers,
    present: Numbers, present_ways: Ranks, present_cares: Numbers, ranks: Ranks, cleaning: float,
    opens: Numbers, frees: list[list[float]], starts: Numbers, leaves: Numbers,
) -> None:  # fmt: skip
    """By rank, in hospital beds that are left only for a place on the way out.

    ways    which way out each takes when well enough, and -1 for straight home
    cares   days in the place there
    present days until well enough of those in a bed at the start, the first entries of `leaves`
    opens   when each other bed comes free
    frees   for each way, when each of its places comes free; used up
    """
    there = len(present)
    beds = [opens[k] for k in range(len(opens))]
    ready = [(present[k], k) for k in range(there)]
    waiting = [(ranks[who], who) for who in range(0)]
    heapq.heapify(beds)
    heapq.heapify(ready)
    coming, now = 0, -np.inf
    while coming < len(arrivals) or len(waiting) > 0 or len(ready) > 0:
        wanted = len(waiting) > 0 or coming < len(arrivals)
        given = np.inf
        if wanted and len(beds) > 0:
            given = max(beds[0], now)
            if len(waiting) == 0:
                given = max(given, arrivals[coming])
        # Whoever is well before the next bed is given may free one; in that order they queue.
        if len(ready) > 0 and ready[0][0] < given:
            well, who = heapq.heappop(ready)
            way = present_ways[who] if who < there else ways[who - there]
            care = present_cares[who] if who < there else cares[who - there]
            leave = well
            if way >= 0:
                leave = max(well, frees[way][0])
                heapq.heapreplace(frees[way], leave + care)
            leaves[who] = leave
            heapq.heappush(beds, leave + cleaning)
            continue
        now = given
        while coming < len(arrivals) and arrivals[coming] <= now:
            heapq.heappush(waiting, (ranks[coming], coming))
            coming += 1
        first = heapq.heappop(waiting)[1]
        if now - arrivals[first] <= patience[first]:
            starts[first] = now
            heapq.heappop(beds)
            heapq.heappush(ready, (now + held[first], there + first))
