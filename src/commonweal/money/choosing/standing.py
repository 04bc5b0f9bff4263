"""Where the choosing of a provider stands on a day, in one sentence and in order of day."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from commonweal.record.facts import Name
from commonweal.record.when import day_in_words, in_words, period
from commonweal.statute.days import happened
from commonweal.statute.errors import CalendarRunsOut

from .facts import WITH_STANDSTILL, ProviderSelection
from .standstill import standstill


class Happened(NamedTuple):
    """One thing that happened; `rule` is the rule that asks for it, empty where none does."""

    when: str
    what: str
    rule: str = ""


def in_a_sentence(selection: ProviderSelection, on: date, name: Name) -> str:
    """Where it stands at the end of a day."""
    how = "" if selection.process == "not stated" else f" ({selection.process})"
    by = name(selection.by)
    if happened(selection.contracted, on):
        who = " and ".join(map(name, selection.providers)) or "providers not on record"
        day = in_words(selection.contracted or "")
        return f"{by} made a contract on {day} with {who}{how}."
    if happened(selection.awarded, on):
        return f"{by} awarded it on {in_words(selection.awarded or '')}{how}; no contract is made."
    if waits := _waiting(selection, on):
        return f"{by} means to award it{how}. {waits}"
    if happened(selection.begun, on):
        return f"{by} is choosing a provider{how}; no award is announced."
    return f"{by} has not begun to choose a provider, as far as is on record."


def _waiting(selection: ProviderSelection, on: date) -> str:
    try:
        found = standstill(selection, on)
    except CalendarRunsOut as unknown:
        return str(unknown)
    if found is None:
        return ""
    if found.contract_from is None:
        return found.because
    first = day_in_words(found.contract_from)
    may = "may be made from" if found.contract_from > on else "may be made since"
    return f"{found.because} The contract {may} {first}."


def days(selection: ProviderSelection, on: date) -> tuple[Happened, ...]:
    """What had happened by the end of a day, the earliest first."""
    found = [each for each in _every(selection) if happened(each.when, on)]
    return tuple(sorted(found, key=lambda each: period(each.when)[0]))


def _every(selection: ProviderSelection) -> Iterator[Happened]:
    award = "PSR-10" if selection.process == "urgent award" else "PSR-04"
    stated = (
        (selection.begun, "Choosing began", "PSR-01"),
        (selection.meant, "First notice: the most suitable provider is to be chosen", "PSR-05"),
        (selection.settled, "The likely providers were settled on", "PSR-05"),
        (selection.intended, "Notice of the intention to award", "PSR-06"),
        (selection.awarded, "Awarded", "PSR-01"),
        (selection.contracted, "The contract was made", _made_under(selection)),
        (selection.announced, "Notice of the award", award),
    )
    for when, what, rule in stated:
        if when:
            yield Happened(when, what, rule)
    for said in selection.representations:
        words = f": {said.text}" if said.text else ""
        yield Happened(said.received, f"{said.by} made representations{words}", "PSR-06")
        if said.decided:
            reasons = said.decision or "its reasons are not on record"
            yield Happened(said.decided, f"Further decision: {reasons}", "PSR-07")
    for change in selection.changes:
        yield Happened(change.on, f"The contract was changed: {change.what}", "PSR-09")
        if change.announced:
            yield Happened(change.announced, f"Notice of the change: {change.what}", "PSR-09")


def _made_under(selection: ProviderSelection) -> str:
    return "PSR-08" if selection.process in WITH_STANDSTILL else ""
