"""How long people may wait, as the standards have it, all on one footing: a share within days."""

from datetime import date
from typing import Literal, NamedTuple

from .unstable import BadFlow


class WaitingStandard(NamedTuple):
    """At least `share` of people within so many days.

    of      waiting: those on the list on a day; seen: those whose wait ended in a period
    starts  the day it came into force, or of the source where that does not say
    """

    name: str
    days: float
    share: float
    of: Literal["waiting", "seen"]
    starts: date
    source: str

    def met(self, share: float) -> bool:
        """Whether so large a share is enough."""
        return share >= self.share


_TARGETS = (
    "Nuffield Trust, How are the different targets being missed in England?, 6 December 2019, "
    "nuffieldtrust.org.uk/chart/how-are-the-different-targets-being-missed-in-england"
)
_CANCER = (
    "Office for Statistics Regulation, Statistics about cancer waiting times in England, "
    "paragraph 1.4, osr.statisticsauthority.gov.uk/publication/"
    "statistics-about-cancer-waiting-times-in-england"
)
_SAID, _REFORMED = date(2019, 12, 6), date(2023, 10, 1)

STANDARDS = (
    WaitingStandard("Treatment within 18 weeks", 126, 0.92, "waiting", _SAID, _TARGETS),
    WaitingStandard("A diagnostic test within 6 weeks", 42, 0.99, "waiting", _SAID, _TARGETS),
    WaitingStandard("Emergency department within 4 hours", 4 / 24, 0.95, "seen", _SAID, _TARGETS),
    WaitingStandard("Cancer found or ruled out in 28 days", 28, 0.75, "seen", _REFORMED, _CANCER),
    WaitingStandard("Cancer treated in 31 days of deciding", 31, 0.96, "seen", _REFORMED, _CANCER),
    WaitingStandard("Cancer treated in 62 days of referral", 62, 0.85, "seen", _REFORMED, _CANCER),
)


def standard(name: str, on: date) -> WaitingStandard:
    """The standard of that name, on a day.

    raises  BadFlow, with the names there are
    """
    for each in STANDARDS:
        if each.name == name and each.starts <= on:
            return each
    there = "; ".join(each.name for each in STANDARDS if each.starts <= on) or "none"
    raise BadFlow(f"No waiting standard {name!r} is known on {on}. Known then: {there}.")
