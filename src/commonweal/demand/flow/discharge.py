"""Out of hospital: support at home or a place in care, and the hospital beds that waiting costs.

People who are well enough to leave but have nowhere to go wait in a hospital bed. Sums are for a
settled queue, exactly (`steady`); `service` gives the same as a service to run day by day.
"""

from collections.abc import Sequence
from typing import NamedTuple

from .arrivals import Pattern
from .futures import Service, Today
from .stays import Stay
from .steady import Settled, settled
from .unstable import BadFlow, need_above_nought


class WayOut(NamedTuple):
    """One way out of hospital: a team at home, a bedded place, a care home.

    people         who are ready for it each day
    days           each is in its care, on average
    place_pence    what one place costs each day, used or not
    delayed_pence  what one person who waits in hospital costs each day
    """

    name: str
    people: float
    days: float
    place_pence: int
    delayed_pence: int


class Outlook(NamedTuple):
    """A way out with so many places, settled; money in pence a day."""

    queue: Settled
    places_cost: int
    delays_cost: int

    @property
    def delayed(self) -> float:
        """People waiting in a hospital bed at a time."""
        return self.queue.mean_waiting

    @property
    def cost(self) -> int:
        return self.places_cost + self.delays_cost


def outlook(way: WayOut, places: int) -> Outlook:
    """Who is delayed, and what it costs each day.

    raises  BadFlow; Unstable without more places than people in care at a time

    >>> step_down = WayOut("Step-down beds", 9.5, 6, place_pence=20_000, delayed_pence=40_000)
    >>> round(outlook(step_down, 60).delayed, 6)
    11.38175
    """
    if min(way.place_pence, way.delayed_pence) < 0:
        raise BadFlow(f"{way.name}: a cost is below nothing. Give pence, 0 or more.")
    queue = settled(places, way.people, way.days)
    return Outlook(queue, places * way.place_pence, round(queue.mean_waiting * way.delayed_pence))


def beds_freed(way: WayOut, places: int, more: int) -> float:
    """Hospital beds that so many more places free, on the average day."""
    return outlook(way, places).delayed - outlook(way, places + more).delayed


def cheapest(way: WayOut, *, most: int) -> tuple[int, Outlook]:
    """The number of places, up to `most`, at which places and delays together cost least.

    Cheapest is not best: it says nothing of what waiting does to people. The fewest of equals.

    raises  Unstable if even `most` are too few; BadFlow
    """
    best = most, outlook(way, most)
    for places in range(most - 1, int(best[1].queue.load), -1):
        here = outlook(way, places)
        if here.cost <= best[1].cost:
            best = places, here
    return best


def places_of(visits: float, *, first: float, last: float) -> int:
    """People a team at home can look after at a time, with so many visits a day.

    first, last  visits a day to each on the first and on the last day; between them evenly fewer

    >>> places_of(150, first=4, last=1)
    60
    """
    need_above_nought(visits_a_day=visits, visits_on_the_first_day=first)
    if not 0 <= last <= first:
        raise BadFlow(f"{last:g} visits on the last day: give 0 to {first:g}, those of the first.")
    return int(visits / ((first + last) / 2))


def together(outlooks: Sequence[Outlook]) -> tuple[float, int]:
    """People delayed at a time and pence a day, over all ways out."""
    return sum(each.delayed for each in outlooks), sum(each.cost for each in outlooks)


def service(
    way: WayOut, places: int, *, pattern: Pattern | None = None, today: Today | None = None
) -> Service:
    """The same way out as a service, from today's people.

    pattern  how those who are ready differ by weekday, month and winter; their number is the way's
    """
    ready = (pattern or Pattern(way.people))._replace(a_day=way.people)
    return Service(places, ready, Stay(way.days), today=today or Today())
