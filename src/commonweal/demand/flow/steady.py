"""A queue that has settled, exactly: how often people wait, how long, and how many at a time.

Arrivals are by chance (Poisson) and as likely at any time. Load is arrivals a day times the mean
stay in days (Little's law): the places full on average. Waits need exponential stays; the chances
of `unlimited` and `turned_away` hold for stays of any kind.

Source: A. K. Erlang, Solution of some problems in the theory of probabilities of significance in
automatic telephone exchanges, Elektroteknikeren 1917;13. J. D. C. Little, Operations Research
1961;9:383-387.
"""

from math import exp
from typing import NamedTuple

from scipy import special

from .unstable import BadFlow, need_above_nought, need_places, need_room


class Settled(NamedTuple):
    """What a queue comes to.

    load           places full on average
    occupancy      load over places, 0 to 1
    chance         share of people who wait at all
    mean_wait      days, of everybody, those who wait for nothing among them
    mean_waiting   people waiting at a time
    """

    places: int
    load: float
    stay: float
    occupancy: float
    chance: float
    mean_wait: float
    mean_waiting: float

    def waits_longer(self, days: float) -> float:
        """Share of people who wait longer than so many days."""
        return self.chance * exp(-(self.places - self.load) * days / self.stay)


def load_of(arrivals: float, stay: float) -> float:
    """Places full on average: arrivals a day times mean stay in days.

    >>> load_of(9.5, 6)
    57.0
    """
    need_above_nought(arrivals_a_day=arrivals, mean_stay=stay)
    return arrivals * stay


def turned_away(places: int, load: float) -> float:
    """Share of people who find every place full, where nobody can wait (Erlang's B).

    >>> round(turned_away(5, 4), 8)
    0.19906687
    """
    need_places(places)
    need_above_nought(load=load)
    refused = 1.0
    for place in range(1, places + 1):
        refused = load * refused / (place + load * refused)
    return refused


def settled(places: int, arrivals: float, stay: float) -> Settled:
    """A queue of first come, first served (Erlang's C).

    raises  BadFlow; Unstable where there are not more places than the load

    >>> round(settled(62, 9.5, 6).mean_waiting, 6)
    4.675429
    """
    load = load_of(arrivals, stay)
    need_places(places)
    need_room(load, places)
    refused = turned_away(places, load)
    chance = places * refused / (places - load * (1 - refused))
    wait = chance * stay / (places - load)
    return Settled(places, load, stay, load / places, chance, wait, arrivals * wait)


def places_for(
    arrivals: float, stay: float, *, share: float, within: float = 0, most: int = 100_000
) -> int:
    """The fewest places at which so large a share of people waits no longer than `within` days.

    raises  BadFlow for a share of 1, which no number of places can promise, and beyond `most`
    """
    if not 0 <= share < 1:
        raise BadFlow(f"A share of {share:g} cannot be promised: give 0 to under 1.")
    least = int(load_of(arrivals, stay)) + 1
    for places in range(least, most + 1):
        if 1 - settled(places, arrivals, stay).waits_longer(within) >= share:
            return places
    raise BadFlow(f"It would take more than {most:,} places: check the arrivals and the stay.")


class Unlimited:
    """Places full where nobody ever waits: Poisson, whatever the stays."""

    def __init__(self, load: float) -> None:
        need_above_nought(load=load)
        self._load = load

    def level(self, share: float) -> int:
        """Places that are enough at so large a share of times: a service level, not an occupancy.

        raises  BadFlow
        """
        if not 0 < share < 1:
            raise BadFlow(f"A service level of {share:g}: give a share between 0 and 1.")
        # A step below where the smooth curve has it, so that the first whole number counts.
        places = max(int(special.pdtrik(share, self._load)) - 1, 0)
        while special.pdtr(places, self._load) < share:
            places += 1
        return places

    def more_than(self, places: float) -> float:
        """Share of times at which more than so many places are wanted."""
        return float(special.pdtrc(places, self._load))


def places_that_turn_away(load: float, share: float) -> int:
    """The fewest places that turn away less than so large a share.

    raises  BadFlow
    """
    if not 0 < share < 1:
        raise BadFlow(f"A share of {share:g} turned away: give one between 0 and 1.")
    need_above_nought(load=load)
    refused, places = 1.0, 0
    while refused >= share:
        places += 1
        refused = load * refused / (places + load * refused)
    return places
