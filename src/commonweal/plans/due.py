"""What is due of plans: reviews that are open, days that a plan or the law names, answers.

Nothing here finds fault: a day may be past because the record is silent.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from commonweal.bodies.boards import boards
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import period

from .asking import Consultation
from .chain import (
    FORWARD,
    LOCAL,
    NamedPlan,
    current,
    is_current,
    is_made,
    made,
    made_on,
    opened_reviews,
)
from .facts import Plan
from .years import due_before, financial_year

Sort = Literal[
    "something new came", "it names a day for its review", "its years end",
    "the plan for the next year", "an answer was asked for",
]  # fmt: skip
"""Why something is due."""

DAYS_BEFORE = (90, 30, 7, 0)
"""Days before the last day on which whoever has to do it is reminded."""

FOUR_WEEKS = 28
_A_DAY = timedelta(1)
_A_YEAR = timedelta(365)


class Due(NamedTuple):
    """Something to be done about a plan.

    about    the plan; the board, where no plan of it is on record
    who      the bodies that are to do it
    because  the plan, document or consultation that asks for it, if one does
    rule     the rule of law, if one asks for it
    since    the day from which it was to be done, if known
    by       the last day, if one is set
    """

    sort: Sort
    about: str
    who: tuple[str, ...]
    because: str | None
    rule: str | None
    since: date | None
    by: date | None

    def past(self, on: date) -> bool:
        """Whether its last day is over."""
        return self.by is not None and self.by < on


def dues(snapshot: Snapshot, system: str = "") -> tuple[Due, ...]:
    """What is to be done about plans on the day, the earliest last day first, those without last.

    system  only of this system; empty for all
    """
    every = (
        *_opened(snapshot), *_stated(snapshot), *_ending(snapshot), *_next_year(snapshot),
        *_unanswered(snapshot),
    )  # fmt: skip
    mine = (each for each in every if not system or each.about.startswith(f"{system}/"))
    return tuple(sorted(mine, key=lambda e: (e.by or date.max, e.about, e.sort, e.because or "")))


def _doers(plan: Plan) -> tuple[str, ...]:
    return (plan.owner,) if plan.owner else plan.authors


def _in_use(snapshot: Snapshot) -> Iterator[NamedPlan]:
    return (e for e in sorted(snapshot.all(Plan).items()) if is_current(snapshot, e))


def _opened(snapshot: Snapshot) -> Iterator[Due]:
    """Reviews that are open: opened by law, or on record with the plan."""
    seen = set()
    for each in opened_reviews(snapshot):
        seen.add((each.plan, each.because_of))
        plan = snapshot.get(each.plan)
        if each.is_open and isinstance(plan, Plan):
            law = "JLH-01" if plan.type == LOCAL else "ICS-05"
            yield Due("something new came", each.plan, _doers(plan), each.because_of, law,
                      each.on, None)  # fmt: skip
    for name, plan in _in_use(snapshot):
        for review in plan.reviews:
            if review.outcome == "not stated" and (name, review.because_of) not in seen:
                since = period(review.received)[0] if review.received else None
                yield Due("something new came", name, _doers(plan), review.because_of, None,
                          since, None)  # fmt: skip


def _stated(snapshot: Snapshot) -> Iterator[Due]:
    for name, plan in _in_use(snapshot):
        if plan.review_due:
            last = period(plan.review_due)[1] - _A_DAY
            yield Due("it names a day for its review", name, _doers(plan), None, None, None, last)


def _ending(snapshot: Snapshot) -> Iterator[Due]:
    """Plans whose years are over, or are so within one."""
    for name, plan in _in_use(snapshot):
        if plan.period and plan.type != FORWARD:
            last = period(plan.period)[1] - _A_DAY
            if last < snapshot.as_at + _A_YEAR:
                yield Due("its years end", name, _doers(plan), None, None, made_on(plan), last)


def _next_year(snapshot: Snapshot) -> Iterator[Due]:
    """Boards whose forward plan for the year after that of the day is not on record as made."""
    year = financial_year(period(financial_year(snapshot.as_at))[1])
    last = due_before(year)
    having = {
        w for _, p in made(snapshot, FORWARD) if p.year == year for w in (p.owner, *p.authors)
    }
    present = {plan.owner: name for name, plan in current(snapshot, FORWARD)}
    for name, _ in boards(snapshot):
        if name not in having:
            about = present.get(name, name)
            yield Due("the plan for the next year", about, (name,), None, "JFP-01", None, last)


def _unanswered(snapshot: Snapshot) -> Iterator[Due]:
    """Bodies asked about a plan in use or in the making, of whom no answer is on record."""
    left = {plan.replaces for plan in snapshot.all(Plan).values()}
    for name, asked in sorted(snapshot.all(Consultation).items()):
        plan = snapshot.get(asked.plan)
        if (
            asked.who is None
            or asked.answered
            or asked.closes is None
            or not isinstance(plan, Plan)
        ):
            continue
        if not is_current(snapshot, (asked.plan, plan)) and (is_made(plan) or asked.plan in left):
            continue
        opinion = plan.type == FORWARD and asked.type == "health and wellbeing board"
        since = period(asked.opens)[0] if asked.opens else None
        law, last = "JFP-09" if opinion else None, period(asked.closes)[1] - _A_DAY
        yield Due("an answer was asked for", asked.plan, (asked.who,), name, law, since, last)


# --- reminders ------------------------------------------------------------------------------------


class PlanReminder(NamedTuple):
    """What one body is told on a day."""

    who: str
    found: tuple[Due, ...]


def plan_reminders(snapshot: Snapshot, on: date) -> tuple[PlanReminder, ...]:
    """Whom to remind of what on a day, by identifier of body.

    They are told 90, 30 and 7 days before the last day and on it, on the day after and every four
    weeks from then on; where no day is set, every four weeks from the day it was to be done. A
    board of which no plan is on record is told nothing.
    """
    told: dict[str, list[Due]] = {}
    for each in dues(snapshot):
        if isinstance(snapshot.get(each.about), Plan) and _falls_on(each, on):
            for who in each.who:
                told.setdefault(who, []).append(each)
    return tuple(PlanReminder(who, tuple(found)) for who, found in sorted(told.items()))


def _falls_on(each: Due, on: date) -> bool:
    if each.by is None:
        return each.since is not None and (on - each.since).days % FOUR_WEEKS == 0
    left = (each.by - on).days
    return left in DAYS_BEFORE or (left < 0 and -left % FOUR_WEEKS == 1)
