"""Checks of the record's own rules that need no room above: sources, and printed weekdays."""

import re
from collections.abc import Iterator
from datetime import date

from commonweal.record.documents import Document, Pack
from commonweal.record.facts import Fact
from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import by_document, sources_of
from commonweal.record.when import day_in_words, period
from commonweal.record.wording import counted

from .calendar import WEEKDAYS, weekday
from .rule import rule
from .runner import check

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_PRINTED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]+)\s+(\d{4})")


def day_printed(text: str) -> date | None:
    """The day in words such as "Friday, 10 November 2022"; none if there is none to read.

    >>> day_printed("Friday, 10 November 2022")
    datetime.date(2022, 11, 10)
    """
    match = _PRINTED.search(text)
    if match is None or match[2].lower() not in _MONTHS:
        return None
    try:
        return date(int(match[3]), _MONTHS.index(match[2].lower()) + 1, int(match[1]))
    except ValueError:
        return None


def weekday_printed(text: str) -> str | None:
    """The day of the week in a printed date; none if it prints none."""
    return next((day for day in WEEKDAYS if re.search(rf"\b{day}\b", text, re.IGNORECASE)), None)


@check("REC-WEEKDAY")
def weekday_matches_its_date(snapshot: Snapshot) -> Iterator[Finding]:
    for kind in snapshot.vocabulary:
        if "date_printed" in kind.type.__struct_fields__:
            for name, fact in snapshot.of_kind(kind.name).items():
                yield from _weekday(name, fact)


def _weekday(name: str, fact: Fact) -> Iterator[Finding]:
    law = rule("REC-WEEKDAY")
    printed = getattr(fact, "date_printed", None) or ""
    said = weekday_printed(printed)
    if said is None:
        return
    day = day_printed(printed) or _own_day(fact)
    if day is None:
        because = f"The date printed as “{printed}” cannot be read to the day."
        yield law.cannot_say(name, because, sources=fact.sources)
    elif weekday(day) == said:
        because = f"The date is printed as “{printed}”, and {day_in_words(day)} was a {said}."
        yield law.met(name, because, sources=fact.sources)
    else:
        because = (
            f"The date is printed as “{printed}”, but {day_in_words(day)} was a {weekday(day)}."
        )
        yield law.not_met(name, because, sources=fact.sources)


def _own_day(fact: Fact) -> date | None:
    """The day that the fact itself gives, if it gives one."""
    stated = getattr(fact, "when", None) or getattr(fact, "date", None)
    if not stated:
        return None
    first, after = period(stated)
    return first if (after - first).days == 1 else None


@check("REC-SOURCE")
def every_fact_has_a_source(snapshot: Snapshot) -> Iterator[Finding]:
    """One finding for each fact without one, and one for all the others of a system.

    Documents are what facts rest on, and a pack is a folder, so neither needs a source of its own.
    """
    law = rule("REC-SOURCE")
    sound: dict[str, list[tuple[str, Fact]]] = {}
    for kind in snapshot.vocabulary:
        if kind.type in {Document, Pack} or kind.name == "boundary-file":
            continue
        for name, fact in snapshot.of_kind(kind.name).items():
            if any(source.at or source.lines for source in fact.sources):
                sound.setdefault(name.partition("/")[0], []).append((name, fact))
            elif fact.sources:
                because = "It names a document, but not the spot in it."
                yield law.not_met(name, because, sources=fact.sources)
            else:
                yield law.not_met(name, "It names no document that says so.")
    for system, facts in sound.items():
        because = f"A document and the spot in it are on record for {counted(len(facts), 'fact')}."
        area = f"{system}/area/system"
        subject = area if snapshot.get(area) is not None else facts[0][0]
        sources = by_document(sources_of(*(fact for _, fact in facts)))
        yield law.met(subject, because, sources=sources)
