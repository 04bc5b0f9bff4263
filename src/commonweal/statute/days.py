"""Days as sources state them: the exact ones, those in the wrong order, those no clock counts."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from commonweal.record.when import MalformedDate, in_words, period

from .clock import clock
from .errors import CalendarRunsOut, CannotCount

type Dated = tuple[str, str | None]
"""What happened, in words that begin a sentence, and the day of it as stated."""


@lru_cache(maxsize=65536)
def exact(when: str | None) -> date | None:
    """The day a stated date means; none if it is less precise than a day, or not stated."""
    if when is None:
        return None
    first, after = period(when)
    return first if (after - first).days == 1 else None


def out_of_order(*events: Dated) -> Iterator[str]:
    """A sentence for each event that is stated to have ended before the one it must follow.

    events  the first must come before all others; a date that cannot be read is said too
    """
    readable = []
    for what, when in events:
        try:
            if when is not None:
                readable.append((what, when, *period(when)))
        except MalformedDate as wrong:
            yield str(wrong)
    if not readable or events[0][1] is None or readable[0][0] != events[0][0]:
        return
    first, said, begins, _ = readable[0]
    for what, when, _, ends in readable[1:]:
        if ends <= begins:
            yield (
                f"{what} on {in_words(when)}, before {first[:1].lower()}{first[1:]} on "
                f"{in_words(said)}. Correct one of the two days."
            )


@lru_cache(maxsize=65536)
def last_day(rule: str, trigger: date) -> date | None:
    """The last day in time under a rule; none if the law was not in force, or no calendar knows."""
    try:
        return clock(rule).run(trigger).due
    except (CalendarRunsOut, CannotCount):
        return None


def uncountable(rule: str, when: str | None) -> Iterator[str]:
    """A sentence if the calendar does not hold a day that the clock of a rule has to count."""
    try:
        if day := exact(when):
            clock(rule).run(day)
    except CalendarRunsOut as unknown:
        yield f"{clock(rule).title} ({rule}) cannot be counted. {unknown}"
    except (CannotCount, MalformedDate):
        return  # said elsewhere, or no law to count by


def happened(when: str | None, on: date) -> bool:
    """Whether something may have happened by the end of a day, going by its first reading."""
    return when is not None and period(when)[0] <= on
