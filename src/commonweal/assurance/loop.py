"""From what went wrong to what was done, to recovery, to what shows it: no step left out."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words, period

from .evidence import Evidence, stale
from .recovery import RecoveryPlan
from .risks import Issue, Treatment


class Loop(NamedTuple):
    """An issue on a day, with what it led to.

    missing  the step at which it stops, as a sentence; empty: none
    """

    name: str
    issue: Issue
    open: bool
    missing: str


def over(day: str | None, on: date) -> bool:
    """Whether something that ended on a day had ended by another."""
    return day is not None and period(day)[0] <= on


def late(action: Treatment, on: date) -> bool:
    """Whether an action was due before a day and is not done."""
    return action.open(on) and action.due is not None and period(action.due)[1] <= on


def running(plan: RecoveryPlan, on: date) -> bool:
    """Whether a recovery plan still runs on a day."""
    return not over(plan.ended, on)


def loops(snapshot: Snapshot, system: str) -> tuple[Loop, ...]:
    """The issues of a system: open ones first, the latest first."""
    on = snapshot.as_at
    found = [
        Loop(name, issue, not over(issue.closed, on), missing(snapshot, issue))
        for name, issue in snapshot.of_system(Issue, system).items()
    ]
    found.sort(key=lambda each: (each.issue.raised or "", each.name), reverse=True)
    return tuple(sorted(found, key=lambda each: not each.open))


def missing(snapshot: Snapshot, issue: Issue) -> str:
    """Where an issue has stopped on the way to being put right; empty: nowhere."""
    on = snapshot.as_at
    plan = snapshot.get(issue.recovery) if issue.recovery else None
    actions = [*issue.actions, *(plan.actions if isinstance(plan, RecoveryPlan) else ())]
    if not actions:
        return "No action is on record."
    if over(issue.closed, on):
        return "" if not any(each.open(on) for each in issue.actions) else (
            "It is closed, and an action is still open."
        )  # fmt: skip
    if overdue := [each for each in actions if late(each, on)]:
        first = min(overdue, key=lambda each: period(each.due or "")[1])
        return f"‘{first.what}’ was due {in_words(first.due or '')} and is not done."
    if not any(each.open(on) for each in actions):
        return "Every action is done, and it is not closed."
    vague = [each for each in actions if each.open(on) and (each.by is None or each.due is None)]
    return f"Who does ‘{vague[0].what}’, or by when, is not on record." if vague else ""


def in_a_sentence(found: tuple[Loop, ...]) -> str:
    """How many issues are open, and how many have stopped on the way."""
    if not found:
        return "No issue is on record here on this day."
    waiting = sum(each.open for each in found)
    stopped = sum(bool(each.missing) for each in found)
    issues = f"{len(found)} issue{'s' if len(found) > 1 else ''}"
    are = "are" if waiting > 1 else "is"
    said = f"Of {issues} on record {waiting or 'none'} {are} still to be put right."
    if not stopped:
        return f"{said} None has stopped on the way to it."
    return f"{said} {stopped} {'has' if stopped == 1 else 'have'} stopped on the way to it."


# --- the story of a recovery ----------------------------------------------------------------------


class Happening(NamedTuple):
    """Something that happened, or is to, on a day as written."""

    when: str
    what: str
    entity: str


def issues_of(snapshot: Snapshot, plan: str) -> dict[str, Issue]:
    """The issues that a recovery plan puts right."""
    return {n: each for n, each in snapshot.referring(plan, Issue) if each.recovery == plan}


def evidence_of(snapshot: Snapshot, plan: str, fact: RecoveryPlan) -> dict[str, Evidence]:
    """The evidence on a plan or on a measure by which it ends."""
    about = (plan, *(each.measure for each in fact.exit_when if each.measure))
    return {name: each for one in about for name, each in snapshot.referring(one, Evidence)}


def story(snapshot: Snapshot, plan: str, fact: RecoveryPlan) -> tuple[Happening, ...]:
    """What happened to a troubled service and what is still to happen, in order."""
    return tuple(sorted(_happenings(snapshot, plan, fact), key=lambda each: period(each.when)))


def _happenings(snapshot: Snapshot, plan: str, fact: RecoveryPlan) -> Iterator[Happening]:
    yield from _of_issues(snapshot, plan)
    yield from _of_the_plan(snapshot.as_at, plan, fact)
    yield from _of_others(snapshot, plan, fact)
    for name, shown in evidence_of(snapshot, plan, fact).items():
        if shown.on:
            gone = " (gone stale since)" if stale(shown.fresh_until, snapshot.as_at) else ""
            yield Happening(shown.on, f"Evidence: {shown.name}{gone}", name)


def _of_issues(snapshot: Snapshot, plan: str) -> Iterator[Happening]:
    for name, issue in issues_of(snapshot, plan).items():
        if issue.raised:
            yield Happening(issue.raised, f"It was told: {issue.name}", name)
        if issue.closed:
            yield Happening(issue.closed, f"Put right: {issue.name}", name)


def _of_the_plan(on: date, plan: str, fact: RecoveryPlan) -> Iterator[Happening]:
    if fact.began:
        yield Happening(fact.began, "The one plan was agreed", plan)
    if fact.ended:
        yield Happening(fact.ended, "The plan was over", plan)
    for action in fact.actions:
        said = ("Overdue" if late(action, on) else "To be done") if action.open(on) else "Done"
        if when := (action.due if action.open(on) else action.done):
            yield Happening(when, f"{said}: {action.what}", plan)


def _of_others(snapshot: Snapshot, plan: str, fact: RecoveryPlan) -> Iterator[Happening]:
    """What others asked for, and whether what must be so was so."""
    for ask in fact.asks:
        who = snapshot.name(ask.by) if ask.by else ask.by_printed
        if ask.on:
            said = f"Asked for: {ask.what} ({who}; {ask.became})"
            yield Happening(ask.on, said, plan)
    for each in fact.exit_when:
        if each.on and each.met is not None:
            said = "Met" if each.met else "Not yet met"
            yield Happening(each.on, f"{said}: {each.what}", each.measure or plan)
