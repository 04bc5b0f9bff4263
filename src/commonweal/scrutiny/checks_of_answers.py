"""Checks of the clocks of scrutiny: responses, acknowledgements and answers, in time or not."""

from collections.abc import Iterator
from functools import partial

from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.statute.clock import clock
from commonweal.statute.errors import CalendarRunsOut
from commonweal.statute.rule import rule
from commonweal.statute.runner import check

from .healthwatch import HealthwatchReferral, HealthwatchReport
from .owed import Task, tasks
from .reports import RESPONSE, Recommendation

_OUTCOMES = {
    "met": "met", "running": "met", "due today": "met", "overdue": "not met", "met late": "not met",
}  # fmt: skip


def found(snapshot: Snapshot, *, number: str) -> Iterator[Finding]:
    """A finding for each thing owed under a rule whose clock has started."""
    for task in tasks(snapshot):
        if task.rule == number and task.state(snapshot.as_at) != "not started":
            yield of_task(snapshot, task)


def of_task(snapshot: Snapshot, task: Task) -> Finding:
    """Whether something owed was done in time, or still can be."""
    law, on = rule(task.rule), snapshot.as_at
    state = task.state(on)
    who = task.owed_by(snapshot)
    because = f"{clock(task.rule).title}, {who}: {task.in_words(on)[:1].lower()}"
    because += task.in_words(on)[1:]
    tell = {"met": law.met, "not met": law.not_met}.get(_OUTCOMES.get(state, ""), law.cannot_say)
    about = (task.who,) if task.who else ()
    return tell(task.about, because, sources=snapshot.fact(task.about).sources, about=about)


@check(RESPONSE)
def responses_come_in_time(snapshot: Snapshot) -> Iterator[Finding]:
    yield from found(snapshot, number=RESPONSE)
    law = rule(RESPONSE)
    for name, each in snapshot.all(Recommendation).items():
        if each.asks is None and each.requested is None:
            because = "Whether a response was asked for is not on record, so no clock is known."
            yield law.cannot_say(name, because, sources=each.sources)


for _number in ("SCR-03", "HW-02", "HW-03", "HW-04", "HW-05", "HW-06", "REC-05"):
    check(_number)(partial(found, number=_number))


@check("SCR-04")
def the_calendar_knows_the_days(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("SCR-04")
    for task in tasks(snapshot):
        fact = snapshot.fact(task.about)
        if task.trigger is None or not isinstance(fact, HealthwatchReport | HealthwatchReferral):
            continue
        try:
            working = clock(task.rule).run(task.trigger)
        except CalendarRunsOut as unknown:
            yield law.cannot_say(task.about, str(unknown), sources=fact.sources)
            continue
        off = len(working.skipped)
        because = f"Of the {len(working.rows)} days counted over, {off} are not working days."
        yield law.met(task.about, because, sources=fact.sources)
