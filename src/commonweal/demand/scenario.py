"""What is assumed of the years to come: each assumption with its range and who says so.

A scenario is plain data, so that it can be written in YAML, kept on record and run again.
"""

from typing import Literal

import msgspec

from commonweal.record.wording import capital

from .ranges import Stated

type Kind = Literal["avoidance", "efficiency", "substitution"]


def area_word(name: str) -> str:
    """An area by a word a reader knows, where its name is an identifier.

    >>> area_word("exampleshire/area/north-city"), area_word("E54000010")
    ('North city', 'E54000010')
    """
    return capital(name.rsplit("/", 1)[-1].replace("-", " ")) if "/" in name else name


class Health(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """People stay well for longer: they use care as people some years younger do today.

    share     of the years of life gained, the share that is spent in good health
    gain      by year, how many years of life people have gained since the base year
    from_age  the youngest to whom it applies
    """

    share: Stated
    gain: dict[int, float]
    from_age: int = 55
    source: str
    agreed_by: str = ""
    name: str = ""


class Growth(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Growth beyond what more and older people explain.

    yearly  what each year is of the one before: 1.035 is 3.5% more
    areas   where; none: everywhere that no other growth of the type names
    """

    types: tuple[str, ...]
    yearly: Stated
    source: str
    areas: tuple[str, ...] = ()
    agreed_by: str = ""
    name: str = ""


class Baseline(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base year put right where it was no ordinary year, or was not counted whole.

    times  what the base year should have been, of what was counted: 1.02 is 2% more
    areas  where; none: everywhere
    """

    name: str
    types: tuple[str, ...]
    times: Stated
    source: str
    areas: tuple[str, ...] = ()
    agreed_by: str = ""


class WaitingList(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Care for people who wait already, over and above what each year brings.

    type         the one type of activity by which they are treated
    more         of it a year, in each area
    first, last  the years in which it is done, both included
    areas        where; none: everywhere
    """

    name: str
    type: str
    more: Stated
    first: int
    last: int
    source: str
    areas: tuple[str, ...] = ()
    agreed_by: str = ""


class Mitigation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A change in care that leaves less of some activity to be done.

    kind        avoidance: it does not happen; efficiency: it takes fewer bed days; substitution:
                something else happens in its place
    remaining   of what it acts on, the share that is left once it is in full
    share       of the activity of these types and ages, the share on which it acts, known or as a
                range; none where the source does not say, and then it cannot be run until
                somebody does
    areas       where it is done; none: everywhere
    from_age    the youngest it acts on
    to_age      the age at which it stops, not included
    starts      the last year with none of it
    full        the first year with all of it; in between it grows by equal steps
    into, each  for a substitution, what happens in its place and how many for one taken away
    """

    name: str
    kind: Kind
    types: tuple[str, ...]
    remaining: Stated
    share: Stated | None
    starts: int
    full: int
    source: str
    from_age: int = 0
    to_age: int | None = None
    into: str | None = None
    each: float = 1.0
    areas: tuple[str, ...] = ()
    agreed_by: str = ""

    def ramp(self, year: int) -> float:
        """How much of it is in place in a year, 0 to 1."""
        if self.full <= self.starts:
            return float(year > self.starts)
        return min(max((year - self.starts) / (self.full - self.starts), 0.0), 1.0)


class Scenario(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One view of the years after `base`, up to and including `horizon`.

    variants    the population projections it draws from, each with its probability
    demography  whether people change at all; a published growth that has them in it says no
    growth      every type must be named in it or, if it is empty, none is: a type left out is
                reported and has no figures
    baseline    acts first, on the base year and so on every later one
    mitigations act in this order
    waiting     is added last, and nothing acts on it
    """

    name: str
    source: str
    base: int
    horizon: int
    variants: dict[str, float]
    demography: bool = True
    health: Health | None = None
    baseline: tuple[Baseline, ...] = ()
    growth: tuple[Growth, ...] = ()
    mitigations: tuple[Mitigation, ...] = ()
    waiting: tuple[WaitingList, ...] = ()

    @property
    def years(self) -> range:
        """The base year and every year after it, up to the horizon."""
        return range(self.base, self.horizon + 1)

    @property
    def cuts(self) -> tuple[int, ...]:
        """The ages at which some mitigation starts or stops to act."""
        ages = {each.from_age for each in self.mitigations}
        ages |= {each.to_age for each in self.mitigations if each.to_age is not None}
        return tuple(sorted(ages - {0}))
