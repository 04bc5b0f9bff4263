"""The wait between the notice of an intention to award and the contract.

Regulation 12: it starts the day after the notice is published; representations may be made until
midnight at the end of the eighth working day after that; with one in time, it lasts until each was
reviewed and five working days have passed since the last further decision.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from commonweal.record.when import day_in_words
from commonweal.statute.clock import clock
from commonweal.statute.counting import Working
from commonweal.statute.days import exact, happened

from .facts import WITH_STANDSTILL, ProviderSelection, Representation

_DAY = timedelta(1)


class Standstill(NamedTuple):
    """A standstill as far as it is known on a day.

    heard  the count of the days in which representations may be made
    waits  the counts after each further decision
    ends   its last day; None: a representation still waits for a decision
    """

    starts: date
    heard: Working
    waits: tuple[Working, ...]
    ends: date | None
    because: str

    @property
    def contract_from(self) -> date | None:
        """The first day on which the contract may be made."""
        return self.ends + _DAY if self.ends else None


def standstill(selection: ProviderSelection, on: date) -> Standstill | None:
    """The standstill, by what had happened by the end of a day.

    returns  None where the process has none, or no notice to the day was published by then
    raises   CalendarRunsOut, CannotCount
    """
    notice = exact(selection.intended)
    if selection.process not in WITH_STANDSTILL or notice is None or notice > on:
        return None
    starts = notice + _DAY
    heard = clock("PSR-06").run(starts)
    timely = tuple(in_time(selection, heard.due, on))
    told = [each.decided for each in timely if happened(each.decided, on)]
    waits = tuple(clock("PSR-07").run(day) for day in map(exact, told) if day)
    settled = len(waits) == len(timely)
    ends = max(heard.due, *(each.due for each in waits)) if waits else heard.due
    ends_or_not = ends if settled else None
    return Standstill(starts, heard, waits, ends_or_not, _because(heard, waits, ends_or_not))


def in_time(selection: ProviderSelection, last: date, on: date) -> Iterator[Representation]:
    """The representations that came by the last day for them, as known on a day."""
    for each in selection.representations:
        if happened(each.received, on) and happened(each.received, last):
            yield each


def _because(heard: Working, waits: tuple[Working, ...], ends: date | None) -> str:
    first = f"Representations may be made until the end of {day_in_words(heard.due)}."
    if ends is None:
        return f"{first} One that came in time waits for a decision, so the standstill goes on."
    if waits and ends > heard.due:
        told = day_in_words(max(each.start for each in waits))
        return (
            f"{first} A further decision was told on {told}: it lasts until {day_in_words(ends)}."
        )
    return f"{first} The standstill ends then."
