"""Checks of what the Care Quality Commission and NHS England say of systems and boards."""

from collections.abc import Iterator

from commonweal.bodies.facts import Body
from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words
from commonweal.record.wording import listed
from commonweal.statute.rule import Rule, rule
from commonweal.statute.runner import check

from .assessing import SystemAssessment, while_paused

type Named = tuple[str, SystemAssessment]


def _by(reviewer: str, snapshot: Snapshot) -> Iterator[Named]:
    found = snapshot.all(SystemAssessment).items()
    return ((name, fact) for name, fact in found if fact.by == reviewer)


def _commission(snapshot: Snapshot) -> Iterator[Named]:
    return _by("Care Quality Commission", snapshot)


def _nhs_england(snapshot: Snapshot) -> Iterator[Named]:
    return _by("NHS England", snapshot)


@check("CQC-01", over=_commission)
def systems_assessed(snapshot: Snapshot, each: Named) -> Iterator[Finding]:
    del snapshot
    law, (name, fact) = rule("CQC-01"), each
    yield _looks_at_everything(law, name, fact)


@check("ASM-01", over=_nhs_england)
def boards_assessed(snapshot: Snapshot, each: Named) -> Iterator[Finding]:
    del snapshot
    law, (name, fact) = rule("ASM-01"), each
    yield _looks_at_everything(law, name, fact)


def _looks_at_everything(law: Rule, name: str, fact: SystemAssessment) -> Finding:
    if fact.state != "published":
        because = f"It is {fact.state}; how the system does is not said, and is not assumed."
        return law.cannot_say(name, because, sources=fact.sources)
    if not fact.themes:
        return law.cannot_say(name, "What it looks at is not on record.", sources=fact.sources)
    if fact.missing:
        return law.not_met(
            name, f"It says nothing on {listed(fact.missing)}.", sources=fact.sources
        )
    because = f"It is published and looks at {listed(one.theme for one in fact.themes)}."
    return law.met(name, because, sources=fact.sources)


@check("CQC-02", over=_commission)
def none_while_paused(snapshot: Snapshot, each: Named) -> Iterator[Finding]:
    del snapshot
    law, (name, fact) = rule("CQC-02"), each
    if while_paused(fact):
        because = f"It says it was published {in_words(fact.published or '')}, during a pause."
        yield law.not_met(name, because, sources=fact.sources)
    elif fact.state == "published":
        yield law.met(name, "It was not published during a pause.", sources=fact.sources)
    else:
        because = f"It is {fact.state}, and no rating is taken for granted."
        yield law.met(name, because, sources=fact.sources)


@check("ASM-02", over=_nhs_england)
def wellbeing_boards_asked(snapshot: Snapshot, each: Named) -> Iterator[Finding]:
    law, (name, fact) = rule("ASM-02"), each
    wanted = [
        body
        for body, its in snapshot.of_system(Body, name.split("/", 1)[0]).items()
        if its.type == "health and wellbeing board" and its.stage != "dissolved"
    ]
    left = [body for body in wanted if body not in fact.asked]
    if not fact.asked or not wanted:
        yield law.cannot_say(
            name, "Which boards were asked is not on record.", sources=fact.sources
        )
    elif left:
        because = f"{listed(map(snapshot.name, left))} is not on record as asked."
        yield law.not_met(name, because, sources=fact.sources, about=tuple(left))
    elif fact.state != "published":
        yield law.cannot_say(name, f"It is {fact.state}.", sources=fact.sources)
    else:
        because = f"{listed(map(snapshot.name, wanted))} were asked, and it is published."
        yield law.met(name, because, sources=fact.sources)
