"""What each process still asks for once it is chosen, in order, with the days that follow."""

from datetime import date, timedelta
from typing import NamedTuple

from commonweal.record.when import day_in_words
from commonweal.statute.clock import clock
from commonweal.statute.days import last_day
from commonweal.statute.rule import rule

from .facts import WITH_STANDSTILL, Process

_DAY = timedelta(1)


class Step(NamedTuple):
    """One thing to do.

    rule  the rule that asks for it
    """

    what: str
    rule: str

    @property
    def cite(self) -> str:
        return rule(self.rule).cite


def steps(process: Process, on: date) -> tuple[Step, ...]:
    """What a process asks for, with each wait counted as if its notice were published on a day."""
    if process == "urgent award":
        by = _last("PSR-10", on)
        return (Step(f"Publish a notice within 30 days of the award{by}.", "PSR-10"),)
    found = []
    if process in WITH_STANDSTILL:
        found.append(Step("Consider all five criteria, and keep how.", "PSR-03"))
        if process == "most suitable provider":
            by = _last("PSR-05", on)
            words = f"Send a first notice, and settle on nobody for 14 days{by}."
            found.append(Step(words, "PSR-05"))
        found.append(Step(f"Publish a notice of the intention to award. {_heard(on)}", "PSR-06"))
        found.append(Step("Review each representation, and answer it with reasons.", "PSR-07"))
        found.append(Step("Make no contract before the standstill ends.", "PSR-08"))
    by = _last("PSR-04", on)
    found.append(Step(f"Publish a notice within 30 days of the award{by}.", "PSR-04"))
    return tuple(found)


def _last(number: str, on: date) -> str:
    due = last_day(number, on)
    return f": from {day_in_words(on)}, until {day_in_words(due)}" if due else ""


def _heard(on: date) -> str:
    due = last_day("PSR-06", on + _DAY)
    if due is None:
        return f"Then {clock('PSR-06').in_words()}."
    first = day_in_words(due + _DAY)
    return (
        f"Published on {day_in_words(on)}, representations may be made until the end of "
        f"{day_in_words(due)}; without any, the contract may be made from {first}."
    )
