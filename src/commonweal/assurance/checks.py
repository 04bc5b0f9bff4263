"""Checks of risks, recovery plans, evidence and oversight."""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from commonweal.bodies.facts import Body
from commonweal.record.facts import Fact
from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words, period
from commonweal.record.wording import listed
from commonweal.statute.rule import rule
from commonweal.statute.runner import check

from .burden import asked_twice
from .evidence import Evidence, stale
from .overseeing import OversightSegment
from .recovery import RecoveryPlan
from .register import open_actions
from .risks import Assurance, Risk

type Named[F: Fact] = tuple[str, F]


def _all[F: Fact](type_: type[F], snapshot: Snapshot) -> Iterator[Named[F]]:
    yield from snapshot.all(type_).items()


risks = partial(_all, Risk)


@check("OVR-TARGET", over=risks)
def comes_down(snapshot: Snapshot, each: Named[Risk]) -> Iterator[Finding]:
    del snapshot
    law, (name, risk) = rule("OVR-TARGET"), each
    more = {"sources": risk.sources}
    if risk.current is None or risk.target is None:
        lacks = "Where it is" if risk.current is None else "What it is to come down to"
        yield law.cannot_say(name, f"{lacks} is not on record.", **more)
        return
    now, aim = risk.current.worth, risk.target.worth
    bare = risk.inherent.worth if risk.inherent else None
    if aim > now:
        because = f"The aim is {aim}, above the score of {now} that it has."
        yield law.not_met(name, because, **more)
    elif bare is not None and now > bare:
        because = f"It has a score of {now}, above the {bare} that it would be without controls."
        yield law.not_met(name, because, **more)
    else:
        yield law.met(name, f"It has a score of {now} and is to come down to {aim}.", **more)


@check("OVR-APPETITE", over=risks)
def acted_on_above_appetite(snapshot: Snapshot, each: Named[Risk]) -> Iterator[Finding]:
    law, (name, risk) = rule("OVR-APPETITE"), each
    more, on = {"sources": risk.sources}, snapshot.as_at
    if risk.current is None or risk.accepts is None:
        lacks = "Its score" if risk.current is None else "The highest score that is accepted"
        yield law.cannot_say(name, f"{lacks} is not on record.", **more)
        return
    now = f"It has a score of {risk.current.worth}; up to {risk.accepts} is accepted"
    if not risk.over:
        yield law.met(name, f"{now}.", **more)
        return
    waiting = open_actions(risk, on)
    if not waiting:
        yield law.not_met(name, f"{now}, and nothing is still to be done about it.", **more)
    elif all(action.due and period(action.due)[1] <= on for action in waiting):
        late = max(waiting, key=lambda action: period(action.due or "")[1])
        because = f"{now}, and the last action was due {in_words(late.due or '')} and is not done."
        yield law.not_met(name, because, **more)
    else:
        yield law.met(name, f"{now}, and {listed(a.what for a in waiting)} is to be done.", **more)


@check("OVR-ASSURED", over=risks)
def looked_at_lately(snapshot: Snapshot, each: Named[Risk]) -> Iterator[Finding]:
    law, (name, risk) = rule("OVR-ASSURED"), each
    more = {"sources": risk.sources}
    fresh = [a for a in risk.assurances if stale(a.fresh_until, snapshot.as_at) is False]
    gone = [a for a in risk.assurances if stale(a.fresh_until, snapshot.as_at)]
    if gone:
        yield law.not_met(name, f"{listed(_gone(a) for a in gone)}.", **more)
    elif fresh:
        yield law.met(name, f"{listed(a.what for a in fresh)} still counts.", **more)
    elif risk.assurances:
        yield law.cannot_say(name, "How long its assurance counts is not on record.", **more)
    else:
        yield law.cannot_say(name, "Nobody is on record as having looked at its controls.", **more)


def _gone(assurance: Assurance) -> str:
    return f"‘{assurance.what}’ counted until {in_words(assurance.fresh_until or '')}"


@check("OVR-OWNER", over=risks)
def owned(snapshot: Snapshot, each: Named[Risk]) -> Iterator[Finding]:
    law, (name, risk) = rule("OVR-OWNER"), each
    more = {"sources": risk.sources}
    if risk.owner is None and not risk.owner_printed:
        yield law.cannot_say(name, "Who owns it is not on record.", **more)
    elif risk.owner is None:
        because = f"Its owner, {risk.owner_printed}, is printed but not on record."
        yield law.cannot_say(name, because, **more)
    elif snapshot.get(risk.owner) is None:
        because = f"Its owner, {snapshot.name(risk.owner)}, is not there on this day."
        yield law.not_met(name, because, **more)
    else:
        because = f"{snapshot.name(risk.owner)} owns it."
        yield law.met(name, because, about=(risk.owner,), **more)


# --- recovery -------------------------------------------------------------------------------------

plans = partial(_all, RecoveryPlan)


def _running(snapshot: Snapshot, plan: RecoveryPlan) -> bool:
    return plan.ended is None or period(plan.ended)[0] > snapshot.as_at


@check("OVR-ONE-PLAN", over=plans)
def only_one(snapshot: Snapshot, each: Named[RecoveryPlan]) -> Iterator[Finding]:
    law, (name, plan) = rule("OVR-ONE-PLAN"), each
    if not _running(snapshot, plan):
        return
    others = [
        other
        for other, its in snapshot.all(RecoveryPlan).items()
        if other != name and its.service == plan.service and _running(snapshot, its)
    ]
    rivals = [ask for ask in plan.asks if ask.became in {"beside the plan", "not answered"}]
    more = {"sources": plan.sources, "about": tuple(others)}
    if others:
        because = f"{listed(map(snapshot.name, others))} is another plan for the same."
        yield law.not_met(name, because, **more)
    if rivals:
        said = listed(f"‘{ask.what}’ ({ask.became})" for ask in rivals)
        yield law.not_met(name, f"Asked for besides: {said}.", **more)
    if not others and not rivals:
        yield law.met(name, "It is the only plan, and every other ask is settled.", **more)


@check("OVR-EXIT", over=plans)
def says_when_it_ends(snapshot: Snapshot, each: Named[RecoveryPlan]) -> Iterator[Finding]:
    law, (name, plan) = rule("OVR-EXIT"), each
    gone = [who for who in (plan.of, plan.service) if snapshot.get(who) is None]
    if gone:
        because = f"{listed(map(snapshot.name, gone))} is not there on this day."
        yield law.not_met(name, because, sources=plan.sources)
    elif not plan.exit_when:
        yield law.not_met(name, "What must be so before it ends is not said.", sources=plan.sources)
    else:
        met, number = sum(e.met is True for e in plan.exit_when), len(plan.exit_when)
        because = f"Conditions set for its end: {number}, of which met: {met}."
        yield law.met(name, because, sources=plan.sources)


# --- evidence and oversight -----------------------------------------------------------------------


@check("OVR-FRESH", over=partial(_all, Evidence))
def still_counts(snapshot: Snapshot, each: Named[Evidence]) -> Iterator[Finding]:
    law, (name, fact) = rule("OVR-FRESH"), each
    more = {"sources": fact.sources}
    gone = stale(fact.fresh_until, snapshot.as_at)
    if gone is None:
        yield law.cannot_say(name, "How long it counts is not on record.", **more)
        return
    until = in_words(fact.fresh_until or "")
    say = law.not_met if gone else law.met
    yield say(name, f"It count{'ed' if gone else 's'} until {until}.", **more)


@check("OVR-TWICE")
def asked_once(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("OVR-TWICE")
    for system in snapshot.systems:
        for each in asked_twice(snapshot, system):
            first, *others = each.returns
            because = (
                f"{snapshot.name(each.who)} is asked ‘{each.question}’ in "
                f"{listed(map(snapshot.name, each.returns))}."
            )
            fact = snapshot.fact(first)
            yield law.not_met(first, because, sources=fact.sources, about=(each.who, *others))


class Rated(NamedTuple):
    """A segment and the body in it."""

    name: str
    fact: OversightSegment
    body: Body


def _rated(snapshot: Snapshot) -> Iterator[Rated]:
    for name, fact in snapshot.all(OversightSegment).items():
        body = snapshot.get(fact.body)
        if isinstance(body, Body):
            yield Rated(name, fact, body)


FOUR = 4
CAPPED = 3
"""The lowest number that a provider in deficit may have in 2025/26."""


@check("NOF-01", over=_rated)
def one_of_four(snapshot: Snapshot, each: Rated) -> Iterator[Finding]:
    del snapshot
    law, number = rule("NOF-01"), each.fact.segment
    say = law.met if number <= FOUR else law.not_met
    yield say(each.name, f"It is in segment {number} of {FOUR}.", sources=each.fact.sources)


@check("NOF-02", over=_rated)
def capped_in_deficit(snapshot: Snapshot, each: Rated) -> Iterator[Finding]:
    del snapshot
    law, number, deficit = rule("NOF-02"), each.fact.segment, each.fact.deficit
    more = {"sources": each.fact.sources, "about": (each.fact.body,)}
    if each.body.type == "integrated care board":
        because = f"It is a board, and boards are in no segment that year; this says {number}."
        yield law.not_met(each.name, because, **more)
    elif number >= CAPPED:
        yield law.met(each.name, f"It is in segment {number}.", **more)
    elif deficit is None:
        because = f"It is in segment {number}; whether it is in deficit is not on record."
        yield law.cannot_say(each.name, because, **more)
    elif deficit:
        because = f"It is in deficit, yet in segment {number} and not in {CAPPED} or above."
        yield law.not_met(each.name, because, **more)
    else:
        yield law.met(each.name, f"It is in segment {number} and not in deficit.", **more)
