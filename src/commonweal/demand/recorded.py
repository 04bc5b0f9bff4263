"""Scenarios from the record: the facts are the scenario, and nothing beside them is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import msgspec

from commonweal.record.facts import Fact
from commonweal.record.identifiers import identifier
from commonweal.record.manuscript import Cited
from commonweal.record.snapshot import Snapshot

from . import facts
from .errors import CannotProject, near, or_refuse
from .ranges import Stated
from .scenario import Baseline, Growth, Health, Kind, Mitigation, Scenario, WaitingList


class Given(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What whoever runs a scenario states where its source does not. Fields as of `Scenario`."""

    base: int | None = None
    horizon: int | None = None
    variants: dict[str, float] = {}


def scenarios(snapshot: Snapshot, about: str | None = None) -> Mapping[str, facts.Scenario]:
    """The scenarios on record, by identifier, those that nothing replaces before the others.

    about  of that system, area or body only
    """
    every = snapshot.all(facts.Scenario)
    replaced = {each.replaces for each in every.values()}
    chosen = [name for name, it in every.items() if about in {None, it.about, identifier(name)[0]}]
    return {name: every[name] for name in sorted(chosen, key=lambda it: (it in replaced, it))}


def scenario(snapshot: Snapshot, entity: str, given: Given | None = None) -> Scenario:
    """The scenario of that identifier, as a projection takes it.

    given   what its source does not state; what the record does state stays as it is
    raises  CannotProject with a sentence for each thing that is not stated, or with the names of
            the scenarios that there are
    """
    held = snapshot.get(entity)
    if not isinstance(held, facts.Scenario):
        known = near(list(scenarios(snapshot)), 12) or "none"
        raise CannotProject([f"There is no scenario {entity}. There are: {known}."])
    more = given or Given()
    base, horizon = held.base or more.base, held.horizon or more.horizon
    variants = {each.variant: float(each.share) for each in held.variants} or more.variants
    said = assumptions(snapshot, held)
    gone = [name for name in held.assumptions if name not in said]
    or_refuse([*_unstated(held, base, horizon, variants), *_gone(held, gone), *_faults_of(said)])
    made = Scenario(
        name=held.name, source=_source(snapshot, held), base=cast(int, base),
        horizon=cast(int, horizon), variants=variants, demography=not held.people_stay,
    )  # fmt: skip
    for name, it in said.items():
        made = _with(made, it, _source(snapshot, snapshot.fact(name)))
    return made


def assumptions(snapshot: Snapshot, held: facts.Scenario) -> Mapping[str, facts.ScenarioAssumption]:
    """What a scenario assumes, by identifier, in the order in which it acts."""
    return {
        name: it
        for name in held.assumptions
        if isinstance(it := snapshot.get(name), facts.ScenarioAssumption)
    }


def _unstated(
    held: facts.Scenario, base: int | None, horizon: int | None, variants: Mapping[str, float]
) -> Iterator[str]:
    for what, stated in (
        ("a base year", base), ("a horizon", horizon), ("population projections", variants),
    ):  # fmt: skip
        if not stated:
            yield f"“{held.name}” states no {what.removeprefix('a ')}: give {what} to run it."


def _gone(held: facts.Scenario, names: Sequence[str]) -> Iterator[str]:
    """Without one of its assumptions a scenario would quietly say something else."""
    if names:
        yield (
            f"“{held.name}” assumes {near(names)}, which is not on record on this day: ask about "
            "another day, or put it on record."
        )


def _faults_of(said: Mapping[str, facts.ScenarioAssumption]) -> Iterator[str]:
    for it in said.values():
        if it.number is None:
            yield f"“{it.name}” states neither a number nor a range: it cannot be run."
        if it.acts == "waiting list" and (
            len(it.activities) != 1 or it.starts is None or it.ends is None
        ):
            yield f"The waiting list “{it.name}” needs one type and its first and last year."
    healthy = [it.name for it in said.values() if it.acts == "health"]
    if len(healthy) > 1:
        yield f"Two assumptions are about health, {near(healthy)}: keep one."


def _source(snapshot: Snapshot, fact: Fact) -> str:
    cited = (Cited.of(snapshot, source) for source in fact.sources)
    return "; ".join(", ".join(filter(None, (each.title, each.at))) for each in cited)


def _with(made: Scenario, it: facts.ScenarioAssumption, source: str) -> Scenario:
    """The scenario with one more assumption."""
    stated = cast(Stated, it.number)
    agreed = ", ".join(filter(None, (it.agreed_by, it.agreed)))
    said = {"name": it.name, "source": source, "agreed_by": agreed}
    add = msgspec.structs.replace
    match it.acts:
        case "health":
            gain = {each.year: float(each.years) for each in it.gains}
            return add(made, health=Health(share=stated, gain=gain, from_age=it.from_age, **said))
        case "growth":
            grows = Growth(types=it.activities, yearly=stated, areas=it.areas, **said)
            return add(made, growth=(*made.growth, grows))
        case "baseline":
            was = Baseline(types=it.activities, times=stated, areas=it.areas, **said)
            return add(made, baseline=(*made.baseline, was))
        case "waiting list":
            more = WaitingList(
                type=it.activities[0], more=stated, areas=it.areas,
                first=cast(int, it.starts), last=cast(int, it.ends), **said,
            )  # fmt: skip
            return add(made, waiting=(*made.waiting, more))
        case _:
            less = _mitigation(made, it, it.acts, stated, said)
            return add(made, mitigations=(*made.mitigations, less))


def _mitigation(
    made: Scenario, it: facts.ScenarioAssumption, kind: Kind, stated: Stated, said: dict[str, str]
) -> Mitigation:
    starts = made.base if it.starts is None else it.starts
    return Mitigation(
        kind=kind, types=it.activities, remaining=stated,
        share=it.acts_on, areas=it.areas,
        from_age=it.from_age, to_age=it.to_age, starts=starts,
        full=starts + 1 if it.full is None else it.full,
        into=it.into, each=float(it.each), **said,
    )  # fmt: skip
