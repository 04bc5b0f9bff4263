"""Time limits as data, and where a limit stands on a day."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Literal

import msgspec
from msgspec import Struct

from commonweal.record.when import day_in_words

from .calendar import CalendarName, calendar
from .counting import (
    Row,
    Skip,
    Working,
    count_days,
    every_day,
    last_working_day,
    latest_notice,
    months_beginning_with,
    next_working_day,
    working_days_of,
)
from .errors import CannotCount, UnknownClock
from .shipped import parsed, text

State = Literal[
    "not started", "running", "due today", "overdue", "met", "met late", "withdrawn", "unknown"
]

TIME_ZONE = "Europe/London"
"""A day of a clock begins and ends at midnight here, whatever the server's own zone."""


class Pause(Struct, frozen=True, kw_only=True):
    """Days, half-open, that a clock does not count, and why."""

    starts: date
    ends: date
    why: str


class Clock(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One time limit of one rule.

    trigger      what sets it going (for clear days: the event it runs back from)
    count        `day one`: the trigger day counts; `day after`: it does not; `clear`: neither end
    roll         what a last day that is not a working day does: stays, or moves on, or back
    starts, ends when the limit is in force, half-open
    consequence  what it means to miss it
    extension    who may lengthen it, and how
    """

    rule: str
    title: str
    cite: str
    trigger: str
    length: int
    unit: Literal["day", "working day", "month"]
    count: Literal["day one", "day after", "clear"]
    starts: date
    ends: date | None = None
    roll: Literal["stays", "moves on", "moves back"] = "stays"
    calendar: CalendarName | None = None
    consequence: str = ""
    extension: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.length < 1:
            raise ValueError(f"{self.rule}: the length must be 1 or more, not {self.length}")
        if (self.unit == "working day" or self.roll != "stays") and self.calendar is None:
            raise ValueError(f"{self.rule}: working days and rolls need a calendar")
        if self.unit == "month" and self.count != "day one":
            raise ValueError(f"{self.rule}: months begin with the trigger day; write 'day one'")
        if self.roll != "stays" and (self.roll == "moves back") != (self.count == "clear"):
            raise ValueError(f"{self.rule}: only clear days move back, and nothing else does")

    def in_words(self) -> str:
        """How it counts: 28 days after the day on which the committee asked for a response."""
        unit = self.unit if self.length == 1 else f"{self.unit}s"
        if self.count == "clear":
            return f"at least {self.length} clear {unit} before the day on which {self.trigger}"
        opening = "beginning with" if self.count == "day one" else "after"
        return f"{self.length} {unit} {opening} the day on which {self.trigger}"

    def in_force(self, on: date) -> bool:
        return self.starts <= on and (self.ends is None or on < self.ends)

    def run(self, trigger: date, *, pauses: Sequence[Pause] = ()) -> Working:
        """The last day in time for a trigger on that day, with the working.

        raises CannotCount if the limit was not in force on the trigger day, or cannot be paused
        """
        if not self.in_force(trigger):
            raise CannotCount(
                f"{self.rule} ({self.title}) was not in force on {day_in_words(trigger)}; "
                f"it starts on {day_in_words(self.starts)}."
            )
        if pauses and (self.count == "clear" or self.unit == "month"):
            raise CannotCount(f"{self.rule} ({self.title}) runs without pauses.")
        return self._rolled(self._counted(trigger, pauses))

    def _counted(self, trigger: date, pauses: Sequence[Pause]) -> Working:
        by = self.calendar if self.unit == "working day" else None
        if self.count == "clear":
            return latest_notice(trigger, self.length, by=by)
        if self.unit == "month":
            return months_beginning_with(trigger, self.length)
        skip = _paused(pauses, working_days_of(by) if by else every_day)
        first_counts = self.count == "day one"
        return count_days(
            trigger, self.length, skip=skip, day_one_counts=first_counts, unit=self.unit
        )

    def _rolled(self, working: Working) -> Working:
        if self.roll == "stays" or self.calendar is None:
            return working
        by = calendar(self.calendar)
        forward = self.roll == "moves on"
        due = (next_working_day if forward else last_working_day)(working.due, by=by)
        if due == working.due:
            return working
        moved = f"That is not a working day, so it {self.roll} to {day_in_words(due)}."
        because = f"{working.because} {moved}"
        ends = (_after if forward else _before)(working, due)
        return msgspec.structs.replace(working, due=due, because=because, rows=ends)

    def stands(
        self,
        *,
        on: date,
        trigger: date | None,
        undated: bool = False,
        done: date | None = None,
        withdrawn: date | None = None,
        pauses: Sequence[Pause] = (),
    ) -> "Standing":
        """Where the limit stands at the end of the day `on`.

        trigger    the day that set it going; None if nothing did, as far as is recorded
        undated    the trigger happened but its day is not recorded
        done       the day the act was done; withdrawn, the day the trigger was withdrawn
        """
        if trigger is None:
            return self._no_trigger(undated=undated)
        # Clear days run back from an event still to come, so their clock runs before its trigger.
        if trigger > on and self.count != "clear":
            because = f"The clock starts on {day_in_words(trigger)}."
            return Standing(rule=self.rule, state="not started", because=because)
        working = self.run(trigger, pauses=pauses)
        done = done if done and done <= on else None
        withdrawn = withdrawn if withdrawn and withdrawn <= on else None
        state = _state(working.due, on, done, withdrawn)
        left = (working.due - on).days if state in {"running", "due today", "overdue"} else None
        because = f"{working.because} {_SAYS[state]}"
        return Standing(
            rule=self.rule, state=state, because=because, days_left=left, working=working
        )

    def _no_trigger(self, *, undated: bool) -> "Standing":
        if undated:
            because = f"It is recorded that {self.trigger}, but not on which day."
            return Standing(rule=self.rule, state="unknown", because=because)
        because = f"The clock starts only when {self.trigger}; no such day is recorded."
        return Standing(rule=self.rule, state="not started", because=because)


class Standing(Struct, frozen=True, kw_only=True):
    """Where a time limit stands.

    days_left  calendar days to the last day in time: 0 on the day itself, negative when overdue;
               None when nothing is awaited
    """

    rule: str
    state: State
    because: str
    days_left: int | None = None
    working: Working | None = None


_SAYS: dict[State, str] = {
    "running": "There is still time.",
    "due today": "This is the last day.",
    "overdue": "That day has passed.",
    "met": "It was done in time.",
    "met late": "It was done late.",
    "withdrawn": "It was withdrawn.",
}


def _state(due: date, on: date, done: date | None, withdrawn: date | None) -> State:
    if done is not None:
        return "met" if done <= due else "met late"
    if withdrawn is not None:
        return "withdrawn"
    if on == due:
        return "due today"
    return "running" if on < due else "overdue"


def _paused(pauses: Sequence[Pause], skip: Skip) -> Skip:
    def why(day: date) -> str | None:
        paused = next((each.why for each in pauses if each.starts <= day < each.ends), None)
        return f"paused: {paused}" if paused else skip(day)

    return why


def _after(working: Working, due: date) -> tuple[Row, ...]:
    days = range(1, (due - working.due).days + 1)
    return (*working.rows, *(_moved(working.due + timedelta(each)) for each in days))


def _before(working: Working, due: date) -> tuple[Row, ...]:
    days = range((working.due - due).days)
    return (*(_moved(due + timedelta(each)) for each in days), *working.rows)


def _moved(day: date) -> Row:
    return Row(day=day, why="the last day moves to a working day")


@cache
def clocks() -> dict[str, Clock]:
    """The shipped time limits, by rule."""
    listed = msgspec.convert(parsed(text("clocks.yaml"))["clocks"], tuple[Clock, ...])
    return {each.rule: each for each in listed}


def clock(rule: str) -> Clock:
    """The time limit of a rule."""
    if rule not in clocks():
        raise UnknownClock(f"{rule} has no clock. There are: {', '.join(clocks())}.")
    return clocks()[rule]
