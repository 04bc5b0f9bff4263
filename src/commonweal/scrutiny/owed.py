"""What somebody owes by a day: every clock of scrutiny on record, and where each stands.

The day a clock starts and its last day are worked out once for a snapshot; where each stands on a
day is then only a comparison, so that a whole record can be asked about day after day.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, NamedTuple

from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words, period
from commonweal.record.wording import counted
from commonweal.statute.clock import clock
from commonweal.statute.days import exact, last_day

from .healthwatch import HealthwatchReferral, HealthwatchReport, Recipient
from .reconfigurations import Reconfiguration
from .reports import RESPONSE, Recommendation
from .reviews import ScrutinyRequest

State = Literal[
    "not started", "running", "due today", "overdue", "met", "met late", "unknown", "no limit"
]
"""`unknown`: a day is missing or too vague to tell; `no limit`: no law set one on that day."""

NAMED = ""
"""In place of a rule: the day was named by a committee, not set by law."""

SECRETARY = "Secretary of State"


class Task(NamedTuple):
    """One thing that somebody has to do.

    rule     whose clock runs; empty where a committee named the day
    about    the fact that sets it going
    title    what has to be done
    who      who has to: a body on record, or `printed` in words
    to       to whom it is owed, on record; None for the public
    trigger  the day the clock starts; None: not on record to the day
    due      the last day in time; None: there is none, or it cannot be counted
    done     the first and last day on which it may have been done; None: not on record as done
    """

    rule: str
    about: str
    title: str
    who: str | None
    printed: str | None
    to: str | None
    trigger: date | None
    due: date | None
    done: tuple[date, date] | None

    def owed_by(self, snapshot: Snapshot) -> str:
        return self.printed or (snapshot.name(self.who) if self.who else "nobody on record")

    def state(self, on: date) -> State:
        """Where it stands at the end of a day."""
        if self.done is not None and self.done[0] <= on:
            return _done(self.done, self.due)
        if self.trigger is None:
            return "unknown"
        if self.trigger > on:
            return "not started"
        if self.due is None:
            return "no limit"
        if self.due == on:
            return "due today"
        return "overdue" if self.due < on else "running"

    def days_left(self, on: date) -> int | None:
        """Days to the last day: nought on it, negative after it; None when nothing is awaited."""
        if self.due is None or self.state(on) not in {"running", "due today", "overdue"}:
            return None
        return (self.due - on).days

    def in_words(self, on: date) -> str:
        """Where it stands, as one sentence."""
        return _SAYS[self.state(on)].format(
            due=day_in_words(self.due) if self.due else "",
            over=counted((on - self.due).days, "day") if self.due else "",
            done=_days(self.done) if self.done else "",
            late=counted((self.done[0] - self.due).days, "day") if self.done and self.due else "",
        )


_SAYS: dict[State, str] = {
    "not started": "The clock has not started.",
    "running": "Due by {due}.",
    "due today": "Due today, {due}.",
    "overdue": "Overdue by {over}: it was due by {due}.",
    "met": "Done on {done}, in time.",
    "met late": "Done on {done}, {late} late: it was due by {due}.",
    "unknown": "The record does not hold the days to tell.",
    "no limit": "No limit of law runs from that day.",
}


def _days(done: tuple[date, date]) -> str:
    first, last = done
    words = day_in_words(first)
    return words if first == last else f"a day between {words} and {day_in_words(last)}"


def _done(done: tuple[date, date], due: date | None) -> State:
    if due is None:
        return "no limit"
    if done[1] <= due:
        return "met"
    return "met late" if done[0] > due else "unknown"


def between(when: str | None) -> tuple[date, date] | None:
    """The first and last day that a stated date can mean."""
    if when is None:
        return None
    first, after = period(when)
    return first, date.fromordinal(after.toordinal() - 1)


def _by_law(
    rule: str, about: str, who: str | None, to: str | None, *,
    begins: str | None, done: tuple[date, date] | None, printed: str | None = None,
) -> Task:  # fmt: skip
    trigger = exact(begins)
    due = last_day(rule, trigger) if trigger else None
    return Task(rule, about, clock(rule).title, who, printed, to, trigger, due, done)


@remembered
def tasks(snapshot: Snapshot) -> tuple[Task, ...]:
    """Everything that is or was owed, as far as is on record, in order of last day."""
    found = (
        *_responses(snapshot),
        *_requests(snapshot),
        *_reports(snapshot),
        *_referrals(snapshot),
        *_called_in(snapshot),
    )
    return tuple(sorted(found, key=lambda task: (task.due or date.max, task.about, task.who or "")))


def response_of(name: str, each: Recommendation) -> Task | None:
    """The response owed to a recommendation; none unless one was asked for."""
    if not (each.asks or each.requested):
        return None
    done = between(each.responded)
    if done is None and each.accepted != "not stated":
        done = exact(each.requested) or date.min, date.max
    return _by_law(
        RESPONSE, name, each.to_whom, each.by,
        begins=each.requested, done=done, printed=each.to_printed,
    )  # fmt: skip


def _responses(snapshot: Snapshot) -> Iterator[Task]:
    for name, each in snapshot.all(Recommendation).items():
        if task := response_of(name, each):
            yield task


def request_of(name: str, each: ScrutinyRequest) -> Task | None:
    """What was asked for by a day that the committee named; none where it named none."""
    by = each.reply_by if each.type == "information" else each.attend_on
    last = exact(by)
    if last is None:
        return None
    done = between(each.answered) or between(each.refused)
    if each.type == "attendance" and each.attended:
        done = between(each.attend_on)
    title = "Give information" if each.type == "information" else "Come and answer questions"
    trigger = exact(each.asked)
    return Task(NAMED, name, title, each.of, each.of_printed, each.by, trigger, last, done)


def _requests(snapshot: Snapshot) -> Iterator[Task]:
    for name, each in snapshot.all(ScrutinyRequest).items():
        if task := request_of(name, each):
            yield task


def _reports(snapshot: Snapshot) -> Iterator[Task]:
    for name, each in snapshot.all(HealthwatchReport).items():
        for recipient in each.sent_to:
            if rule := answering_rule(each, recipient):
                yield answer_of(name, each, recipient, rule)


def answering_rule(report: HealthwatchReport, to: Recipient) -> str | None:
    """The rule whose clock runs for one recipient; none where another body answers for it."""
    if to.responsible is False:
        return "HW-04"
    if report.one_answers:
        return "HW-05" if report.one_answers == to.body else None
    responsible = sum(each.responsible is not False for each in report.sent_to)
    return "HW-03" if report.longer or responsible > 1 else "HW-02"


def answer_of(name: str, report: HealthwatchReport, to: Recipient, rule: str) -> Task:
    """What one recipient owes. Where it answers for all, from the day the last received it."""
    begins = to.received
    if rule == "HW-05":
        days = [exact(each.received) for each in report.sent_to if each.responsible is not False]
        known = [each for each in days if each]
        begins = max(known).isoformat() if len(known) == len(days) else None
    done = to.passed_on if rule == "HW-04" else to.answered
    return _by_law(rule, name, to.body, report.by, begins=begins, done=between(done))


def referral_of(name: str, each: HealthwatchReferral) -> Task:
    """The acknowledgement owed for a referral."""
    done = between(each.acknowledged)
    return _by_law(each.rule, name, each.to_whom, each.by, begins=each.first_day, done=done)


def _referrals(snapshot: Snapshot) -> Iterator[Task]:
    for name, each in snapshot.all(HealthwatchReferral).items():
        yield referral_of(name, each)


def direction_of(name: str, each: Reconfiguration) -> Task | None:
    """The decisions that the Secretary of State may take for six months, if it was called in."""
    if each.called_in is None:
        return None
    given, done = each.called_in.on, between(each.called_in.decided)
    return _by_law("REC-05", name, None, each.by, begins=given, done=done, printed=SECRETARY)


def _called_in(snapshot: Snapshot) -> Iterator[Task]:
    for name, each in snapshot.all(Reconfiguration).items():
        if task := direction_of(name, each):
            yield task


def tasks_about(snapshot: Snapshot, name: str) -> tuple[Task, ...]:
    """What is owed because of one fact."""
    return tuple(each for each in tasks(snapshot) if each.about == name)


@remembered
def _ever_overdue(snapshot: Snapshot) -> tuple[tuple[date, Task], ...]:
    """What is overdue on some day, with its last day: not done, or done only after it."""
    return tuple(
        (each.due, each)
        for each in tasks(snapshot)
        if each.due is not None and (each.done is None or each.done[0] > each.due)
    )


def overdue(snapshot: Snapshot, on: date) -> tuple[Task, ...]:
    """What was to be done before a day and is not on record as done, the longest over first."""
    late = []
    for due, each in _ever_overdue(snapshot):
        if due >= on:
            break  # they stand in order of last day
        if each.state(on) == "overdue":
            late.append(each)
    return tuple(late)


def awaited(found: Iterable[Task], on: date) -> tuple[Task, ...]:
    """Those that still run on a day, the soonest due first."""
    return tuple(each for each in found if each.state(on) in {"running", "due today"})
