"""Checks of the clocks of scrutiny: responses, acknowledgements and answers, in time or not."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words, period
from commonweal.record.wording import counted, listed
from commonweal.statute.clock import clock
from commonweal.statute.days import happened
from commonweal.statute.errors import CalendarRunsOut
from commonweal.statute.rule import rule
from commonweal.statute.runner import check

from .healthwatch import HealthwatchArrangement, HealthwatchReferral, HealthwatchReport
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


@check("HW-01")
def councils_contract_for_healthwatch(snapshot: Snapshot) -> Iterator[Finding]:
    law, on = rule("HW-01"), snapshot.as_at
    for name, each in snapshot.all(HealthwatchArrangement).items():
        more = {"sources": each.sources, "about": (each.council, each.healthwatch)}
        if each.contracted is None:
            yield law.cannot_say(name, "When the contract was made is not on record.", **more)
        elif each.until and not _holds_on(each.until, on):
            because = f"The contract ended on {in_words(each.until)}, and none follows on record."
            yield law.not_met(name, because, **more)
        elif happened(each.contracted, on):
            because = f"The contract was made on {in_words(each.contracted)}."
            yield law.met(name, because, **more)


def _holds_on(last: str, on: date) -> bool:
    """Whether a last day, as stated, is a day or comes after it."""
    return period(last)[1] > on


@check("HW-07")
def healthwatch_tells_how_and_why_it_decides(snapshot: Snapshot) -> Iterator[Finding]:
    law, on = rule("HW-07"), snapshot.as_at
    for name, each in snapshot.all(HealthwatchArrangement).items():
        more = {"sources": each.sources, "about": (each.healthwatch,)}
        lacking = [
            words
            for words, there in (
                ("a published procedure for deciding", happened(each.procedure_published, on)),
                ("how lay people and volunteers take part", each.involves),
            )
            if not there
        ]
        made = [one for one in each.decisions if happened(one.on, on)]
        silent = [one for one in made if one.published and not one.because]
        if silent:
            because = f"A statement was published without reasons: {silent[0].what}."
            yield law.not_met(name, because, **more)
        elif unpublished := [one for one in made if not happened(one.published, on)]:
            because = f"No published statement is on record of: {unpublished[0].what}."
            yield law.cannot_say(name, because, **more)
        elif lacking:
            yield law.cannot_say(name, f"Not on record: {listed(lacking)}.", **more)
        else:
            number = counted(len(made), "decision")
            because = f"It published how it decides, and {number} with reasons."
            yield law.met(name, because, **more)
