"""How milestones stand on a day: what is reached, due, late, or has passed in silence."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Literal, NamedTuple

from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import BEFORE_ALL, OPEN, period

from .milestones import Firm, Milestone, State, date_known, window

Standing = Literal[
    "reached", "reached late", "dropped", "to come", "due now", "late", "passed in silence",
    "no date",
]  # fmt: skip

STANDINGS: dict[Standing, str] = {
    "late": "Late",
    "passed in silence": "Date passed, nothing on record",
    "due now": "Due now",
    "to come": "To come",
    "no date": "No date stated",
    "reached late": "Reached late",
    "reached": "Reached",
    "dropped": "Dropped",
}
"""Every standing with its words, the most pressing first."""

_APRIL = 4
"""The month in which financial years begin."""


class Stands(NamedTuple):
    """A milestone on a day.

    when, firm  the date it had on that day
    days_over   days since its last day; None while it is not overdue, 0 if a source says already
                before it that it is late
    """

    name: str
    fact: Milestone
    when: str | None
    firm: Firm
    standing: Standing
    days_over: int | None


def stands(name: str, fact: Milestone, day: date) -> Stands:
    """How a milestone stands on a day, by what is on record."""
    when, firm = date_known(fact, day) if fact.replanned else (fact.when, fact.firm)
    standing, over = _standing(when, firm, fact.reached, fact.reached_on, day)
    return Stands(name, fact, when, firm, standing, over)


@lru_cache(maxsize=1 << 16)
def _standing(
    when: str | None, firm: Firm, state: State, stated: str | None, day: date
) -> tuple[Standing, int | None]:
    first, end = window(when, firm)
    told = period(stated)[0] if stated else OPEN
    if state in {"reached", "dropped"} and told <= day:
        if state == "dropped":
            return "dropped", None
        return ("reached late" if told >= end else "reached"), None
    if when is None:
        return "no date", None
    if day >= end:
        spoken = state in {"not begun", "under way", "late"} and told <= day
        return ("late" if spoken else "passed in silence"), (day - end).days + 1
    if state == "late" and told <= day:
        return "late", 0
    return ("due now" if day >= first > BEFORE_ALL else "to come"), None


def milestones(snapshot: Snapshot, system: str | None = None) -> list[Stands]:
    """The milestones of a system, or of all, on the snapshot's day: the soonest first."""
    return _of(_every(snapshot), system)


@remembered
def _every(snapshot: Snapshot) -> tuple[Stands, ...]:
    ends: dict[str | None, date] = {None: OPEN}
    found = [stands(name, fact, snapshot.as_at) for name, fact in snapshot.all(Milestone).items()]
    for when in {each.when for each in found if each.when}:
        ends[when] = period(when)[1]
    # Facts come by name, and this sort leaves equals in their order.
    return tuple(sorted(found, key=lambda each: ends[each.when]))


def _of(found: tuple[Stands, ...], system: str | None) -> list[Stands]:
    if not system:
        return [*found]
    return [each for each in found if each.name.startswith(f"{system}/")]


def overdue(snapshot: Snapshot, system: str | None = None) -> list[Stands]:
    """What is late, or has passed without a word: the longest over first.

    Nothing is overdue in silence: what has passed with no status on record stands here too.
    """
    return _of(_overdue(snapshot), system)


@remembered
def _overdue(snapshot: Snapshot) -> tuple[Stands, ...]:
    day = snapshot.as_at
    # Milestones of the same date and state stand alike: each such pair is judged once.
    judged: dict[tuple[str | None, Firm, State, str | None], tuple[Standing, int | None]] = {}
    found: list[Stands] = []
    for name, fact in snapshot.all(Milestone).items():
        when, firm = date_known(fact, day) if fact.replanned else (fact.when, fact.firm)
        told = when, firm, fact.reached, fact.reached_on
        if (stood := judged.get(told)) is None:
            stood = judged[told] = _standing(*told, day)
        standing, over = stood
        if over is not None:
            found.append(Stands(name, fact, when, firm, standing, over))
    # Facts come by name, and this sort leaves equals in their order.
    return tuple(sorted(found, key=attrgetter("days_over"), reverse=True))


# --- what waits on what ---------------------------------------------------------------------------


class Wait(NamedTuple):
    """One thing that a milestone waits for.

    there     the day by which it is to be there; None: not on record
    too_soon  the milestone is to be reached before that
    law       it is an Act, regulations or an order on record
    """

    what: str | None
    words: str
    there: date | None
    too_soon: bool
    law: bool


def waits(snapshot: Snapshot, each: Stands) -> Iterator[Wait]:
    """What a milestone waits for, with the day by which each is to be there."""
    end = window(each.when, each.firm).end
    for wait in each.fact.waits_for:
        there = _there_by(snapshot, wait.what)
        if there is None and wait.expected:
            there = last_day(wait.expected, "in")
        words = wait.printed or (snapshot.name(wait.what) if wait.what else "")
        too_soon = there is not None and end <= there
        yield Wait(wait.what, words, there, too_soon, _is_law(snapshot, wait.what))


_LAWS = frozenset({"act", "instrument", "law"})
"""Kinds of document and of event that are law."""


def _is_law(snapshot: Snapshot, what: str | None) -> bool:
    fact = snapshot.get(what) if what else None
    return fact is not None and (fact.kind == "order" or getattr(fact, "type", None) in _LAWS)


def waiting_for_law(snapshot: Snapshot, found: Iterable[Stands]) -> Iterator[tuple[Wait, Stands]]:
    """What waits for a law, and for which: a milestone that waits for two comes twice."""
    for each in found:
        if each.fact.waits_for:
            yield from ((wait, each) for wait in waits(snapshot, each) if wait.law)


def _there_by(snapshot: Snapshot, what: str | None) -> date | None:
    fact = snapshot.get(what) if what else None
    if isinstance(fact, Milestone):
        return last_day(*date_known(fact, snapshot.as_at))
    stated = getattr(fact, "when", None) or getattr(fact, "date", None)
    return last_day(stated, "in") if isinstance(stated, str) else None


def last_day(when: str | None, firm: Firm) -> date | None:
    """The last day of a stated time, or the first of one that has no end."""
    if when is None:
        return None
    first, end = period(when)
    return first if firm == "from" else date.fromordinal(end.toordinal() - 1)


def held_up_by(snapshot: Snapshot, name: str) -> list[tuple[str, Milestone]]:
    """The milestones that wait for something."""
    return [
        (own, fact)
        for own, fact in snapshot.referring(name, Milestone)
        if any(wait.what == name for wait in fact.waits_for)
    ]


# --- by quarter -----------------------------------------------------------------------------------


class Quarter(NamedTuple):
    """A quarter of a financial year, such as 2021/22 Q4, and the milestones that end in it."""

    name: str
    due: tuple[Stands, ...]


def quarter_of(day: date) -> str:
    """The quarter of the financial year that a day lies in.

    >>> quarter_of(date(2022, 3, 31)), quarter_of(date(2022, 4, 1))
    ('2021/22 Q4', '2022/23 Q1')
    """
    year = day.year - (day.month < _APRIL)
    number = (day.month - _APRIL) % 12 // 3 + 1
    return f"{year}/{(year + 1) % 100:02} Q{number}"


def by_quarter(found: Sequence[Stands]) -> list[Quarter]:
    """Milestones by the quarter in which their time ends, or begins if it has no end."""
    quarters: dict[str, list[Stands]] = {}
    for each in found:
        if last := last_day(each.when, each.firm):
            quarters.setdefault(quarter_of(last), []).append(each)
    return [Quarter(name, tuple(quarters[name])) for name in sorted(quarters)]


def slipped(found: Sequence[Stands]) -> list[Stands]:
    """Those whose date was moved by their day, the first date kept."""
    return [each for each in found if (each.when, each.firm) != first_date(each.fact)]


def first_date(fact: Milestone) -> tuple[str | None, Firm]:
    """The date that a milestone had first."""
    if fact.replanned:
        return fact.replanned[0].was, fact.replanned[0].was_firm
    return fact.when, fact.firm
