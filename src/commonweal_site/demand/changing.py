"""What a reader changes of a scenario: one slider for each assumption, read from the address."""

from collections.abc import Callable, Iterator, Sequence
from math import isfinite
from typing import Any, NamedTuple

from django.http import QueryDict
from msgspec.structs import replace

from commonweal.demand.people import Activity
from commonweal.demand.ranges import Range, Stated, ranged
from commonweal.demand.scenario import Growth, Health, Mitigation, Scenario
from commonweal.record.identifiers import slug
from commonweal_site.words import listed

from .planned import Plan


class Slider(NamedTuple):
    """One assumption as it can be moved, in the unit in which it is said.

    low, high     the range in which it is assumed to lie; alike where it is one number
    least, most   how far it can be moved
    value         where it stands; `given` where that is not where the scenario has it
    acts          on what it acts, in words
    wanting       nobody has said what it is, so that the scenario cannot be run without it
    """

    key: str
    label: str
    unit: str
    low: float
    high: float
    least: float
    most: float
    step: float
    value: float
    given: bool = False
    acts: str = ""
    wanting: bool = False

    @property
    def resting(self) -> float:
        """The middle of the range, at the nearest step."""
        return round(round((self.low + self.high) / 2 / self.step) * self.step, 6)

    @property
    def assumed(self) -> str:
        """The range in words."""
        if self.wanting:
            return "not stated by its source"
        if self.low == self.high:
            return f"{self.low:g}{self.unit}"
        return f"{self.low:g}{self.unit} to {self.high:g}{self.unit}"

    @property
    def said(self) -> str:
        """What was changed, in place of what."""
        return f"{self.label}: {self.value:g}{self.unit}, in place of {self.assumed}."


class Changed(NamedTuple):
    """A scenario and a plan with what a reader changed; faults are sentences."""

    scenario: Scenario
    plan: Plan | None
    sliders: tuple[Slider, ...]
    faults: tuple[str, ...]

    @property
    def moved(self) -> tuple[Slider, ...]:
        return tuple(each for each in self.sliders if each.given)

    @property
    def query(self) -> dict[str, str]:
        """What an address must carry for the same answer."""
        return {each.key: f"{each.value:g}" for each in self.moved}


class _Handle(NamedTuple):
    """A slider, and what moving it makes of the scenario and the plan."""

    slider: Slider
    turn: Callable[[Scenario, Plan | None, float], tuple[Scenario, Plan | None]]


def asked(
    query: QueryDict, scenario: Scenario, plan: Plan | None, types: Sequence[Activity] = ()
) -> Changed:
    """What an address changes. A slider left where it was, or empty, changes nothing."""
    made, found, faults = (scenario, plan), list[Slider](), list[str]()
    for handle in _handles(scenario, plan, {each.name: each.label for each in types}):
        slider, wrong = _read(query.get(handle.slider.key, ""), handle.slider)
        if wrong:
            faults.append(wrong)
        elif slider.given:
            made = handle.turn(*made, slider.value)
        found.append(slider)
    return Changed(*made, tuple(found), tuple(faults))


def _read(given: str, slider: Slider) -> tuple[Slider, str]:
    text = given.strip().replace("−", "-")
    if not text:
        return slider, ""
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not (isfinite(value) and slider.least <= value <= slider.most):
        return slider, (
            f"{slider.label}: ‘{given[:40]}’ cannot be used. Give a number from {slider.least:g} "
            f"to {slider.most:g}{slider.unit}."
        )
    value = round(value, 6)
    return slider._replace(value=value, given=slider.wanting or value != slider.resting), ""


def _handles(scenario: Scenario, plan: Plan | None, labels: dict[str, str]) -> Iterator[_Handle]:
    if scenario.health is not None:
        yield _health(scenario.health)
    for number, each in enumerate(scenario.growth):
        yield _growth(number, each, labels)
    for number, change in enumerate(scenario.mitigations):
        yield _mitigation(number, change, labels)
        if change.share is None:
            yield _share(number, change, labels)
    if plan is not None:
        yield from _capacity(plan)


def _slider(key: str, label: str, unit: str, stated: Stated, **more: Any) -> Slider:
    it: Range = ranged(stated)
    low, high = round(it.low, 6), round(it.high, 6)
    made = Slider(key, label, unit, low, high, 0.0, 100.0, 0.5, 0.0)._replace(**more)
    return made._replace(value=made.resting)


def _in_hundreds(stated: Stated, change: Callable[[float], float]) -> Range:
    it = ranged(stated)
    low, high = sorted((change(it.low) * 100, change(it.high) * 100))
    return Range(low, high)


def _names(types: Sequence[str], labels: dict[str, str]) -> str:
    found = [labels.get(name, name.replace("-", " ")) for name in types]
    return listed([name[:1].lower() + name[1:] for name in found])


def _health(health: Health) -> _Handle:
    slider = _slider(
        "health", health.name or "Years in good health", "%",
        _in_hundreds(health.share, lambda x: x),
        acts=f"what people aged {health.from_age} or over use: of the years of life gained, the "
        "share in good health",
    )  # fmt: skip

    def turn(scenario: Scenario, plan: Plan | None, value: float) -> tuple[Scenario, Plan | None]:
        health = scenario.health and replace(scenario.health, share=value / 100)
        return replace(scenario, health=health), plan

    return _Handle(slider, turn)


def _growth(number: int, growth: Growth, labels: dict[str, str]) -> _Handle:
    names = _names(growth.types, labels)
    slider = _slider(
        f"growth-{slug(growth.types[0])}", growth.name or f"Growth of {names}", "% a year",
        _in_hundreds(growth.yearly, lambda x: x - 1), least=-5.0, most=10.0, step=0.1,
        acts=f"{names}: growth beyond what more and older people explain",
    )  # fmt: skip

    def turn(scenario: Scenario, plan: Plan | None, value: float) -> tuple[Scenario, Plan | None]:
        made = [*scenario.growth]
        made[number] = replace(made[number], yearly=1 + value / 100)
        return replace(scenario, growth=tuple(made)), plan

    return _Handle(slider, turn)


def _mitigation(number: int, it: Mitigation, labels: dict[str, str]) -> _Handle:
    slider = _slider(
        f"less-{slug(it.name)}", f"{it.name}: takes away", "%",
        _in_hundreds(it.remaining, lambda x: 1 - x), acts=_acts(it, labels),
    )  # fmt: skip

    def turn(scenario: Scenario, plan: Plan | None, value: float) -> tuple[Scenario, Plan | None]:
        return _with(scenario, number, remaining=1 - value / 100), plan

    return _Handle(slider, turn)


def _acts(it: Mitigation, labels: dict[str, str]) -> str:
    ages = f" of people aged {it.from_age} or over" if it.from_age else ""
    share = "a share" if it.share is None else f"{it.share:.0%}"
    return f"{share} of {_names(it.types, labels)}{ages}, in full from {it.full}"


def _share(number: int, it: Mitigation, labels: dict[str, str]) -> _Handle:
    slider = _slider(
        f"share-{slug(it.name)}", f"{it.name}: acts on, of {_names(it.types, labels)}", "%", 0.0,
        wanting=True,
    )  # fmt: skip

    def turn(scenario: Scenario, plan: Plan | None, value: float) -> tuple[Scenario, Plan | None]:
        return _with(scenario, number, share=value / 100), plan

    return _Handle(slider, turn)


def _with(scenario: Scenario, number: int, **fields: float) -> Scenario:
    made = [*scenario.mitigations]
    made[number] = replace(made[number], **fields)
    return replace(scenario, mitigations=tuple(made))


def _capacity(plan: Plan) -> Iterator[_Handle]:
    beds = plan.beds

    def more(scenario: Scenario, plan: Plan | None, value: float) -> tuple[Scenario, Plan | None]:
        planned = {year: many + value for year, many in beds.planned.items()}
        return scenario, plan and replace(plan, beds=replace(plan.beds, planned=planned))

    def full(scenario: Scenario, plan: Plan | None, value: float) -> tuple[Scenario, Plan | None]:
        return scenario, plan and replace(plan, beds=replace(plan.beds, occupancy=value / 100))

    yield _Handle(
        _slider("more-beds", "Beds beyond those planned", " beds", 0.0, least=-200.0, most=400.0,
                step=10.0, acts="the plan, not demand"), more,
    )  # fmt: skip
    yield _Handle(
        _slider("occupancy", "How full beds are to be, on average", "%", beds.occupancy * 100,
                least=75.0, most=99.0, acts="the plan, not demand"), full,
    )  # fmt: skip
