"""Scenarios and what came of them, as the facts to be put on record."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import msgspec

from commonweal.record.facts import Fact, Source
from commonweal.record.identifiers import identifier, slug

from . import facts
from .changing import assumed
from .futures import Outlook
from .ranges import Range, Stated
from .scenario import Baseline, Growth, Health, Mitigation, Scenario, WaitingList
from .telling import told


def as_facts(
    made: Scenario, entity: str, *, about: str, sources: tuple[Source, ...], **more: Any
) -> dict[str, Fact]:
    """A scenario as the facts to be put on record, by identifier, assumptions first.

    sources  where it comes from: of the scenario and of each of its assumptions
    more     further fields of `facts.Scenario`, such as owner and purpose
    """
    system, _, name = identifier(entity)
    found = {
        f"{system}/scenario-assumption/{name}-{slug(each.name)}": _assumption(
            made, each.field, each.at, each.name, sources
        )
        for each in assumed(made)
    }
    variants = tuple(
        facts.Probability(variant=variant, share=_exact(share))
        for variant, share in made.variants.items()
    )
    whole = facts.Scenario(
        name=made.name, about=about, base=made.base, horizon=made.horizon, variants=variants,
        people_stay=not made.demography, assumptions=tuple(found), sources=sources,
    )  # fmt: skip
    return {**found, entity: msgspec.structs.replace(whole, **more)}


def _assumption(
    made: Scenario, field: str, at: int, name: str, sources: tuple[Source, ...]
) -> facts.ScenarioAssumption:
    held = getattr(made, field)
    it = held if field == "health" else held[at]
    said = {"name": name, "agreed_by": it.agreed_by, "sources": sources}
    fields: dict[str, Any]
    match it:
        case Health():
            gains = tuple(
                facts.Gain(year=year, years=_exact(years)) for year, years in it.gain.items()
            )
            fields = {"acts": "health", **_range(it.share), "gains": gains}
            fields["from_age"] = it.from_age
        case Growth():
            fields = {"acts": "growth", "activities": it.types, **_range(it.yearly)}
            fields["areas"] = it.areas
        case Baseline():
            fields = {"acts": "baseline", "activities": it.types, **_range(it.times)}
            fields["areas"] = it.areas
        case WaitingList():
            fields = {"acts": "waiting list", "activities": (it.type,), **_range(it.more)}
            fields |= {"starts": it.first, "ends": it.last, "areas": it.areas}
        case Mitigation():
            fields = _of_a_mitigation(it)
    return facts.ScenarioAssumption(**said, **fields)


def _of_a_mitigation(it: Mitigation) -> dict[str, Any]:
    return {
        "acts": it.kind, "activities": it.types, **_range(it.remaining),
        **_share(it.share), "areas": it.areas,
        "from_age": it.from_age, "to_age": it.to_age, "starts": it.starts, "full": it.full,
        "into": it.into, "each": _exact(it.each),
    }  # fmt: skip


def _share(stated: Stated | None) -> dict[str, Any]:
    if isinstance(stated, Range):
        return {"share_low": _exact(stated.low), "share_high": _exact(stated.high)}
    return {} if stated is None else {"share": _exact(stated)}


def _range(stated: Stated) -> dict[str, Any]:
    if not isinstance(stated, Range):
        return {"central": _exact(stated)}
    ends = {"low": stated.low, "high": stated.high, "least": stated.least, "most": stated.most}
    return {name: _exact(end) for name, end in ends.items() if end is not None}


def _exact(figure: float) -> Decimal:
    """The decimal that a person would write for a number.

    >>> _exact(0.9), _exact(1.0)
    (Decimal('0.9'), Decimal('1'))
    """
    return Decimal(repr(figure).removesuffix(".0"))


def result(
    outlook: Outlook, entity: str, held: facts.Scenario, *, made: str, of: Iterable[str],
    years: Iterable[int], sources: tuple[Source, ...],
) -> facts.ScenarioResult:  # fmt: skip
    """What is to come, as the fact to be put on record.

    entity  the scenario that was run, which is `held`
    made    the day it was run
    of      areas and groups whose figures are kept, in years `years`
    """
    names, chosen = set(of), set(years)
    how = outlook.provenance
    return facts.ScenarioResult(
        scenario=entity, version=held.version, made=made, assumptions=how.assumptions,
        seed=how.seed, draws=how.draws, data=how.data, rule=how.rule, code=how.code,
        missing=outlook.missing, sources=sources,
        figures=tuple(
            facts.ResultFigure(
                of=each.area, activity=each.activity, unit=each.unit, year=each.year,
                **{
                    name: _exact(figure)
                    for name in ("expected", "low", "middle", "high")
                    if (figure := getattr(each, name)) is not None
                },
            )
            for each in told(outlook)
            if each.area in names and each.year in chosen
        ),
    )  # fmt: skip
