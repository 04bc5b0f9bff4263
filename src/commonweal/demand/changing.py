"""The assumptions of a scenario by name, and a scenario with one of them changed."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from commonweal.record.identifiers import slug
from commonweal.record.wording import listed

from .errors import CannotProject, near
from .facts import Acts
from .ranges import Stated
from .scenario import Baseline, Growth, Health, Mitigation, Scenario, WaitingList, area_word

type Assumption = Health | Baseline | Growth | Mitigation | WaitingList

_STATED = {
    "health": "share", "baseline": "times", "growth": "yearly", "mitigations": "remaining",
    "waiting": "more",
}  # fmt: skip
"""By the field of a scenario, the field of its assumptions that holds the number."""


class Assumed(NamedTuple):
    """One assumption as a person reads it.

    handle     the word by which it is changed
    field, at  where it stands in the scenario
    does       growth, health, baseline, waiting list, avoidance, efficiency or substitution
    stated     its number or range
    share      of the activity, the share it acts on; none where that has no meaning
    areas      where; none: everywhere
    """

    handle: str
    name: str
    field: str
    at: int
    does: Acts
    types: tuple[str, ...]
    stated: Stated
    share: Stated | None
    source: str
    agreed_by: str
    areas: tuple[str, ...] = ()


def assumed(scenario: Scenario) -> tuple[Assumed, ...]:
    """Every assumption, in the order in which they act."""
    return tuple(_assumed(scenario))


def _assumed(scenario: Scenario) -> Iterator[Assumed]:
    if (health := scenario.health) is not None:
        yield _said(health.name or "Years in good health", ("health", 0), "health", (), health)
    for at, was in enumerate(scenario.baseline):
        yield _said(was.name, ("baseline", at), "baseline", was.types, was)
    for at, grows in enumerate(scenario.growth):
        where = f" in {listed(area_word(area) for area in grows.areas)}" if grows.areas else ""
        name = grows.name or f"Growth of {listed(grows.types)}{where}"
        yield _said(name, ("growth", at), "growth", grows.types, grows)
    for at, less in enumerate(scenario.mitigations):
        yield _said(less.name, ("mitigations", at), less.kind, less.types, less)
    for at, more in enumerate(scenario.waiting):
        yield _said(more.name, ("waiting", at), "waiting list", (more.type,), more)


def _said(
    name: str, place: tuple[str, int], does: Acts, types: tuple[str, ...], it: Assumption
) -> Assumed:
    field, at = place
    return Assumed(
        slug(name), name, field, at, does, types, stated=getattr(it, _STATED[field]),
        share=it.share if isinstance(it, Mitigation) else None,
        source=it.source, agreed_by=it.agreed_by,
        areas=() if isinstance(it, Health) else it.areas,
    )  # fmt: skip


def changed(
    scenario: Scenario, named: str, *, stated: Stated | None = None, share: Stated | None = None
) -> Scenario:
    """The scenario with one assumption changed, which its name then says.

    named   the name or the handle of the assumption
    stated  the number or range in its place; none: as it was
    share   the share of the activity on which it acts, or its range; none: as it was
    raises  CannotProject with the names that do exist
    """
    it = one_assumed(scenario, named)
    if share is not None and it.field != "mitigations":
        raise CannotProject([f"“{it.name}” does not act on a share of something: leave it out."])
    given = {} if stated is None else {_STATED[it.field]: stated}
    if share is not None:
        given["share"] = share
    with_it = f", with “{it.name}” changed"
    name = f"{scenario.name.removesuffix(with_it)}{with_it}"
    return msgspec.structs.replace(scenario, name=name, **{it.field: _with(scenario, it, given)})


def _with(scenario: Scenario, it: Assumed, given: dict[str, Stated]) -> object:
    if it.field == "health":
        return msgspec.structs.replace(getattr(scenario, it.field), **given)
    return tuple(
        msgspec.structs.replace(each, **given) if number == it.at else each
        for number, each in enumerate(getattr(scenario, it.field))
    )


def one_assumed(scenario: Scenario, named: str) -> Assumed:
    """The assumption of a name or handle. Raises CannotProject with the names that do exist."""
    known = assumed(scenario)
    for each in known:
        if named in {each.name, each.handle}:
            return each
    names = near([each.handle for each in known], 20) or "nothing"
    raise CannotProject([f"“{scenario.name}” assumes no “{named}”. It assumes: {names}."])
