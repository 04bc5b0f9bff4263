"""What became of a recommendation, in order of day: made, asked about, due, answered, done."""

from datetime import date
from typing import NamedTuple

from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words, in_words, period
from commonweal.record.wording import capital
from commonweal.statute.days import happened

from .owed import Task, response_of
from .reports import RESPONSE, Recommendation


class Happened(NamedTuple):
    """One thing on the way.

    when   the day, as stated or counted
    rule   the rule that asks for it; empty: none does
    shown  what shows it, on record
    """

    when: str
    what: str
    rule: str = ""
    shown: str | None = None


def story(name: str, fact: Recommendation, on: date) -> tuple[Happened, ...]:
    """Everything that has happened by the end of a day, and the last day for a response."""
    task = response_of(name, fact)
    found = []
    if happened(fact.made, on):
        found.append(Happened(fact.made or "", "Recommended."))
    if happened(fact.requested, on):
        found.append(Happened(fact.requested or "", "A response was asked for.", RESPONSE))
        if task and task.due:
            last = "The last day for the response."
            found.append(Happened(task.due.isoformat(), last, RESPONSE))
    if happened(fact.responded, on):
        says = f"Answered: {_answer(fact)}"
        found.append(Happened(fact.responded or "", says, RESPONSE, fact.document))
    if happened(fact.published, on):
        found.append(Happened(fact.published or "", "The response was published."))
    for each in fact.progress:
        if happened(each.on, on):
            what = f": {each.what}" if each.what else "."
            found.append(Happened(each.on, f"{capital(each.state)}{what}", "", each.evidence))
    return tuple(sorted(found, key=lambda each: period(each.when)[0]))


def _answer(fact: Recommendation) -> str:
    said = "" if fact.accepted == "not stated" else f"{fact.accepted}. "
    return f"{said}{fact.response or 'What was said is not recorded.'}"


def in_a_sentence(snapshot: Snapshot, name: str, fact: Recommendation, on: date) -> str:
    """Where a recommendation stands on a day."""
    who = fact.made_to(snapshot.name)
    told = [each for each in fact.progress if happened(each.on, on)]
    if told:
        last = max(told, key=lambda each: period(each.on))
        return f"On {in_words(last.on)} it was {last.state}."
    if happened(fact.responded, on):
        said = "answered" if fact.accepted == "not stated" else f"said that it is {fact.accepted}"
        return f"{who} {said} on {in_words(fact.responded or '')}; nothing later is on record."
    if fact.asks is False:
        return "The committee asked for no response, so no clock runs."
    return _awaited(who, response_of(name, fact), on)


def _awaited(who: str, task: Task | None, on: date) -> str:
    if task is None:
        return "Whether a response was asked for is not on record, so no clock is known."
    if task.state(on) == "overdue" and task.due:
        return f"{who} has not answered, as far as is on record. {task.in_words(on)}"
    if task.state(on) in {"running", "due today"} and task.due:
        return f"{who} has until {day_in_words(task.due)} to answer."
    return task.in_words(on)
