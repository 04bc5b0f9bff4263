"""The scenarios of a system, what they are run on, and what each comes to."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import numpy as np
from django.conf import settings

from commonweal.demand import facts, recorded
from commonweal.demand.asking import what_is_missing
from commonweal.demand.errors import CannotProject, near
from commonweal.demand.futures import (
    RULE,
    Futures,
    Outlook,
    Provenance,
    Run,
    assumptions,
    expect,
    fingerprint,
    project,
)
from commonweal.demand.scenario import Scenario
from commonweal.record.errors import UnknownEntity
from commonweal.record.identifiers import identifier
from commonweal.record.snapshot import Snapshot

from . import reading
from .planned import Plan, plan_in

SEED, DRAWS = 1, 1_000
CODE = f"commonweal {version('commonweal')}"


class Named(NamedTuple):
    """A scenario on record.

    scenario  as it is run; none where its source does not state all that it takes
    lacking   what is not stated, a sentence each
    """

    entity: str
    fact: facts.Scenario
    scenario: Scenario | None
    lacking: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        return identifier(self.entity).slug

    @property
    def name(self) -> str:
        return self.fact.name

    @property
    def seed(self) -> int:
        return SEED if self.fact.seed is None else self.fact.seed

    @property
    def draws(self) -> int:
        """Futures drawn for a page: as many as it says, up to what a page may take."""
        return min(self.fact.draws or DRAWS, DRAWS)


class Grounds(NamedTuple):
    """What the scenarios of a system are run on."""

    held: reading.Held
    plan: Plan | None

    @property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        return self.held.sheet.groups

    @property
    def names(self) -> list[str]:
        """Areas and groups, the whole system first."""
        return [*self.groups, *self.held.inputs.rates.areas]


def of_system(snapshot: Snapshot, system: str) -> list[Named]:
    """Scenarios that a viewer may see, those without a change in care first."""
    found = [
        _named(snapshot, entity, fact)
        for entity, fact in recorded.scenarios(snapshot).items()
        if identifier(entity).system == system
    ]
    return sorted(found, key=lambda each: (_changes(snapshot, each.fact), each.slug))


def _named(snapshot: Snapshot, entity: str, fact: facts.Scenario) -> Named:
    try:
        return Named(entity, fact, recorded.scenario(snapshot, entity))
    except CannotProject as wrong:
        return Named(entity, fact, None, wrong.faults)


def _changes(snapshot: Snapshot, fact: facts.Scenario) -> int:
    made = recorded.assumptions(snapshot, fact).values()
    return sum(it.acts in {"avoidance", "efficiency", "substitution"} for it in made)


def named(snapshot: Snapshot, system: str, slug: str) -> Named:
    """One scenario. Raises UnknownEntity with those there are."""
    found = of_system(snapshot, system)
    for each in found:
        if each.slug == slug:
            return each
    there = near([each.slug for each in found]) if found else "none"
    raise UnknownEntity(f"No scenario of {system} is called “{slug}”. There are: {there}.")


def grounds(system: str) -> Grounds | None:
    """The inputs kept for a system, with its plan; none where no inputs are kept.

    Those of Exampleshire ship. Others are a folder of the system's name in `demand`, beside the
    database.
    """
    folder = (
        reading.SHIPPED if system == "exampleshire" else Path(settings.DATA_DIR, "demand", system)
    )
    return _grounds(folder) if (folder / "inputs.yaml").is_file() else None


def flow_folder(system: str) -> Path | None:
    """The files on wards, ways out and waiting lists kept for a system; none without any."""
    if system == "exampleshire":
        return reading.SHIPPED / "flow"
    folder = Path(settings.DATA_DIR, "demand", system, "flow")
    return folder if folder.is_dir() else None


@lru_cache(maxsize=8)
def _grounds(folder: Path) -> Grounds:
    return Grounds(reading.held(folder), plan_in(folder))


# --- what a scenario comes to --------------------------------------------------------------------


_DRAWN: dict[tuple[str, str, int, int], Outlook] = {}
_MOST = 12


def drawn(on: Grounds, scenario: Scenario, seed: int = SEED, draws: int = DRAWS) -> Outlook:
    """The futures of every area and group, all kept; the last few runs are remembered."""
    key = (fingerprint(on.held.inputs), assumptions(scenario), seed, draws)
    if key not in _DRAWN:
        run = Run(seed=seed, draws=draws, code=CODE)
        made = project(on.held.inputs, scenario, run, groups=on.groups, kept=on.names)
        while len(_DRAWN) >= _MOST:
            _DRAWN.pop(next(iter(_DRAWN)), None)
        _DRAWN[key] = made
    return _DRAWN[key]


def expected(on: Grounds, scenario: Scenario) -> Outlook:
    """The same without draws: the mean of all futures, as the one future there is."""
    inputs = on.held.inputs
    means = {area: expect(inputs, scenario, area) for area in inputs.rates.areas}
    means |= {
        name: np.sum([means[area] for area in members], axis=0)
        for name, members in on.groups.items()
    }
    futures = {
        name: Futures(name, mean, np.stack([mean[1:]] * 3), mean[1:, None, :])
        for name, mean in means.items()
    }
    data = f"{inputs.version}, {fingerprint(inputs)}"
    made = Provenance(scenario.name, assumptions(scenario), 0, 0, data, RULE, CODE)
    missing = what_is_missing(inputs, scenario, inputs.rates.areas)
    return Outlook(made, scenario.years, inputs.rates.types, futures, missing)


def seen(on: Grounds, each: Named, scenario: Scenario) -> Outlook:
    """What a page shows: a scenario’s futures; of one that is changed the mean, at once."""
    if scenario != each.scenario:
        return expected(on, scenario)
    return drawn(on, scenario, each.seed, each.draws)
