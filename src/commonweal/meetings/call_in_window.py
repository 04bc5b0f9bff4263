"""Where calling a decision in stands on a day: not open, open, over, or called in."""

from datetime import date
from typing import Literal, NamedTuple

from commonweal.bodies.facts import Body
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import stands
from commonweal.record.when import day_in_words
from commonweal.record.wording import counted
from commonweal.statute.counting import count_days, every_day, working_days_of
from commonweal.statute.errors import CalendarRunsOut

from .agenda import as_it_was, the_day
from .call_ins import CallIn, CallInRule
from .decided import Decision
from .powers import made

State = Literal[
    "may not be called in", "not yet published", "open", "over", "called in", "settled",
    "cannot tell",
]  # fmt: skip


class Window(NamedTuple):
    """The days on which a decision may be called in, both included.

    rule     the fact that says so; None: only the decision itself states its last day
    because  how the last day was counted, as one sentence
    """

    opens: date
    until: date
    rule: str | None
    because: str


class CallInState(NamedTuple):
    """Where calling in stands on a day, in one sentence."""

    state: State
    because: str
    window: Window | None
    requests: tuple[tuple[str, CallIn], ...]


def rule_for(snapshot: Snapshot, decision: Decision) -> tuple[str, CallInRule] | None:
    """The rule under which a decision may be called in, as it stood on the day it was published.

    A committee's decisions are those of the body it is part of.
    """
    day = the_day(decision.published) or made(snapshot, decision)[0]
    then = as_it_was(snapshot, day) if day else snapshot
    for body in _bodies(then, decision):
        for name, rule in sorted(then.referring(body, CallInRule)):
            if rule.body == body and stands(rule) and (decision.key or not rule.only_key):
                return name, rule
    return None


def _bodies(snapshot: Snapshot, decision: Decision) -> tuple[str, ...]:
    _, who = made(snapshot, decision)
    fact = snapshot.get(who) if who else None
    if isinstance(fact, Body):
        return (who or "", *fact.parents)
    named = (getattr(fact, "body", None), *getattr(fact, "bodies", ()))
    return tuple(filter(None, named))


def window(snapshot: Snapshot, decision: Decision) -> Window | None:
    """The days of a decision's call-in; None if none is on record, or it is not published.

    The last day is counted from the rule; a day that the decision states for itself holds only
    where there is no rule.
    """
    published = the_day(decision.published)
    if published is None or decision.type == "urgent":
        return None
    found = rule_for(snapshot, decision)
    if found is None:
        stated = the_day(decision.call_in_until)
        because = "The decision itself says so."
        return Window(published, stated, None, because) if stated else None
    name, rule = found
    skip = working_days_of("england") if rule.unit == "working day" else every_day
    try:
        working = count_days(published, rule.days, skip=skip, day_one_counts=False, unit=rule.unit)
    except CalendarRunsOut:
        return None
    return Window(published, working.due, name, working.because)


def call_in(snapshot: Snapshot, name: str, on: date) -> CallInState:
    """Where calling a decision in stands on a day."""
    decision = snapshot.fact(name)
    if not isinstance(decision, Decision) or decision.type == "noted":
        return CallInState("may not be called in", "It decides nothing.", None, ())
    asked = tuple(sorted(each for each in snapshot.referring(name, CallIn) if _by(each[1].on, on)))
    shown = window(snapshot, decision)
    return CallInState(*_state(snapshot, decision, shown, asked, on), shown, asked)


def _by(when: str, on: date) -> bool:
    day = the_day(when)
    return day is not None and day <= on


def _state(
    snapshot: Snapshot,
    decision: Decision,
    shown: Window | None,
    asked: tuple[tuple[str, CallIn], ...],
    on: date,
) -> tuple[State, str]:
    if shown is None:
        return _no_window(snapshot, decision)
    days = f"from {day_in_words(shown.opens)} to {day_in_words(shown.until)}"
    good = [each for _, each in asked if _in_time(each, shown) and each.outcome != "refused"]
    if good:
        return _called_in(good, on)
    late = len(asked) and " A request was refused or came too late."
    if on > shown.until:
        return "over", f"It could be called in {days}.{late or ' Nobody on record asked.'}"
    if on < shown.opens:
        return "not yet published", f"It may be called in {days}."
    left = counted((shown.until - on).days, "day")
    return "open", f"It may be called in {days}: {left} left after today.{late or ''}"


def _no_window(snapshot: Snapshot, decision: Decision) -> tuple[State, str]:
    if decision.type == "urgent":
        return "may not be called in", "An urgent decision is not held back for a call-in."
    if rule_for(snapshot, decision) is None:
        return "may not be called in", "No rule on record lets anybody call it in."
    if the_day(decision.published) is None:
        return "cannot tell", "The days run from its publication, which is not on record."
    return "cannot tell", "The calendar of working days does not reach that far."


def _in_time(asked: CallIn, shown: Window) -> bool:
    day = the_day(asked.on)
    return day is not None and shown.opens <= day <= shown.until


def _called_in(good: list[CallIn], on: date) -> tuple[State, str]:
    last = good[-1]
    settled = the_day(last.settled)
    day = the_day(last.on)
    when = day_in_words(day) if day else "a day not stated"
    if last.outcome == "not stated" or (settled and settled > on):
        return "called in", f"It was called in on {when}; it waits until that is settled."
    ended = f" on {day_in_words(settled)}" if settled else ""
    return "settled", f"It was called in on {when} and {last.outcome}{ended}."


def too_soon(snapshot: Snapshot, name: str, decision: Decision) -> str:
    """Why a decision took effect while it could still be called in; empty if it did not."""
    effective, shown = the_day(decision.effective), window(snapshot, decision)
    if effective is None or shown is None:
        return ""
    if effective <= shown.until:
        until = day_in_words(shown.until)
        return f"It took effect on {day_in_words(effective)}; it could be called in until {until}."
    return _while_called_in(snapshot, name, effective)


def _while_called_in(snapshot: Snapshot, name: str, effective: date) -> str:
    then = call_in(snapshot, name, effective)
    if then.state == "called in":
        return f"It took effect on {day_in_words(effective)} while it was called in."
    return ""
