"""Checks of demand: scenarios that can be run again, agreed ranges, results that still hold."""

from collections.abc import Iterable, Iterator

from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.record.wording import counted, listed
from commonweal.statute.rule import rule
from commonweal.statute.runner import check

from . import facts
from .errors import CannotProject
from .futures import RULE
from .futures import assumptions as fingerprint
from .recorded import assumptions, scenario


@check("DEM-STATED")
def a_scenario_can_be_run_again(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("DEM-STATED")
    for name, held in snapshot.all(facts.Scenario).items():
        assumed = assumptions(snapshot, held)
        more = {"sources": held.sources, "about": tuple(assumed)}
        if lacking := _lacking(held, assumed.values()):
            yield law.cannot_say(name, f"Its source does not state {listed(lacking)}.", **more)
            continue
        try:
            scenario(snapshot, name)
        except CannotProject as wrong:
            yield law.not_met(name, " ".join(wrong.faults), **more)
        else:
            number = counted(len(assumed), "assumption")
            yield law.met(name, f"It states all that it takes, with {number}.", **more)


def _lacking(held: facts.Scenario, assumed: Iterable[facts.ScenarioAssumption]) -> list[str]:
    stated = (held.base, "a base year"), (held.horizon, "a horizon")
    lacking = [words for value, words in (*stated, (held.variants, "projections")) if not value]
    for each in assumed:
        if each.number is None:
            lacking.append(f"the number of “{each.name}”")
        if each.acts in {"avoidance", "efficiency", "substitution"} and each.acts_on is None:
            lacking.append(f"on what share “{each.name}” acts")
    return lacking


@check("DEM-AGREED")
def an_agreed_range_leaves_nobody_out(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("DEM-AGREED")
    for name, it in snapshot.all(facts.ScenarioAssumption).items():
        out = [view.who for view in it.views if _apart(it, view)]
        if out:
            because = f"Its range does not meet what {listed(out)} said."
            yield law.not_met(name, because, sources=it.sources)
        elif not it.agreed_by:
            yield law.cannot_say(name, "Who agreed it is not on record.", sources=it.sources)
        else:
            views = counted(len(it.views), "view")
            because = f"Who agreed it is on record, and its range meets {views}."
            yield law.met(name, because, sources=it.sources)


def _apart(it: facts.ScenarioAssumption, view: facts.View) -> bool:
    low = it.central if it.low is None else it.low
    high = it.central if it.high is None else it.high
    return low is not None and high is not None and (view.high < low or high < view.low)


@check("DEM-RESULT")
def a_result_fits_its_scenario(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("DEM-RESULT")
    for name, it in snapshot.all(facts.ScenarioResult).items():
        more = {"sources": it.sources, "about": (it.scenario,)}
        try:
            now = fingerprint(scenario(snapshot, it.scenario))
        except CannotProject:
            because = "The scenario does not state all that it takes to run it."
            yield law.cannot_say(name, because, **more)
            continue
        if now != it.assumptions:
            because = "Assumptions have changed since it was run: run the scenario again."
            yield law.not_met(name, because, **more)
        elif it.rule != RULE:
            because = f"It was made by method {it.rule}, and {RULE} is in use: run it again."
            yield law.not_met(name, because, **more)
        else:
            yield law.met(name, "It comes of the assumptions that are on record.", **more)
