"""What can go wrong in the statute room.

StatuteError
├── CalendarRunsOut   a day beyond the table of holidays
├── UnknownCalendar   no calendar of that name
├── UnknownClock      no clock for that rule
├── CannotCount       a clock asked to do what its rule does not allow
├── BadRules          the rule book cannot be read; lists every fault
├── UnknownRule       no rule of that number
├── RuleHasCheck      two checks for one rule
└── FailedCheck       a check broke down: a defect of the program, never a finding
"""

from collections.abc import Sequence

from commonweal.record.errors import SpeakingError


class StatuteError(SpeakingError):
    """Base of every error of this room."""


class CalendarRunsOut(StatuteError):
    """A day lies beyond the table of holidays."""


class UnknownCalendar(StatuteError):
    """No calendar of that name."""


class UnknownClock(StatuteError):
    """No clock for that rule."""


class CannotCount(StatuteError):
    """A clock was asked to do what its rule does not allow."""


class BadRules(StatuteError):
    """The rule book cannot be read; `faults` has every fault, with file and rule."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        listed = "\n".join(f"- {fault}" for fault in self.faults)
        super().__init__(f"The rule book cannot be used as it stands:\n{listed}")


class UnknownRule(StatuteError):
    """No rule of that number."""


class RuleHasCheck(StatuteError):
    """A second check was registered for a rule."""


class FailedCheck(StatuteError):
    """A check broke down; `rule` and `subject` say where."""

    def __init__(self, rule: str, subject: str, what: str) -> None:
        self.rule, self.subject = rule, subject
        super().__init__(
            f"The check of {rule} broke down on {subject}: {what} "
            "This is a defect of the program, not a finding about the record."
        )
