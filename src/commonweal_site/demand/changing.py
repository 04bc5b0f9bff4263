"""What a reader changes of a scenario: one slider for each assumption, read from the address."""

from collections.abc import Callable, Iterator, Sequence
from math import isfinite
from typing import Any, NamedTuple

from django.http import QueryDict
from msgspec.structs import replace

from commonweal.demand.changing import Assumed, assumed, changed
from commonweal.demand.factors import growing_by_area
from commonweal.demand.people import Activity
from commonweal.demand.ranges import Range, Stated, ranged
from commonweal.demand.scales import CARE, kept, plain, scale, share_in_words
from commonweal.demand.scenario import Scenario, area_word
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
        return f"{self.low:g} to {self.high:g}{self.unit}"

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
    for it in assumed(scenario):
        yield _assumption(it, scenario, labels)
        if it.does in CARE and not isinstance(it.share, float):
            yield _share(it, labels)
    if plan is not None:
        yield from _capacity(plan)


_OWN = frozenset({"area", "type", "year", "by", "more-beds", "occupancy", "as_at", "known"})


def _assumption(it: Assumed, scenario: Scenario, labels: dict[str, str]) -> _Handle:
    of, own = ranged(it.stated), scale(it)
    low, high = sorted(plain(it.does, end) for end in (of.low, of.high))
    slider = _slider(
        _key(it.handle), it.name, own.unit, Range(low, high), least=own.least, most=own.most,
        step=own.step, acts=_acts(it, scenario, labels),
    )  # fmt: skip

    def turn(scenario: Scenario, plan: Plan | None, value: float) -> tuple[Scenario, Plan | None]:
        return changed(scenario, it.handle, stated=kept(it.does, value)), plan

    return _Handle(slider, turn)


def _key(handle: str) -> str:
    """The word of an assumption in an address, which has words of its own."""
    return f"{handle}-assumed" if handle in _OWN else handle


def _slider(key: str, label: str, unit: str, stated: Stated, **more: Any) -> Slider:
    it: Range = ranged(stated)
    low, high = round(it.low, 6), round(it.high, 6)
    made = Slider(key, label, unit, low, high, 0.0, 100.0, 0.5, 0.0)._replace(**more)
    return made._replace(value=made.resting)


def _acts(it: Assumed, scenario: Scenario, labels: dict[str, str]) -> str:
    """On what it acts, in words."""
    return f"{_acts_anywhere(it, scenario, labels)}{_where(it, scenario)}"


def _where(it: Assumed, scenario: Scenario) -> str:
    """The only areas in which it acts, or those in which another growth takes its place."""
    if it.areas:
        return f", only in {listed([area_word(area) for area in it.areas])}"
    by_area = growing_by_area(scenario.growth) if it.does == "growth" else {}
    apart = {area for name in it.types for area in by_area.get(name, ())}
    return f", except in {listed([area_word(area) for area in sorted(apart)])}" if apart else ""


def _acts_anywhere(it: Assumed, scenario: Scenario, labels: dict[str, str]) -> str:
    names = _names(it.types, labels)
    if it.does == "health":
        from_age = scenario.health.from_age if scenario.health else 0
        return (
            f"what people aged {from_age} or over use: of the years of life gained, the share in "
            "good health"
        )
    if it.does == "growth":
        return f"{names}: growth beyond what more and older people explain"
    if it.does == "baseline":
        return f"{names}: what the base year should have been, of what was counted"
    if it.does == "waiting list":
        return f"{names}: more a year in each area, for those who wait already"
    care = scenario.mitigations[it.at]
    ages = f" of people aged {care.from_age} or over" if care.from_age else ""
    return f"{share_in_words(it.share)} of {names}{ages}, in full from {care.full}"


def _names(types: Sequence[str], labels: dict[str, str]) -> str:
    found = [labels.get(name, name.replace("-", " ")) for name in types]
    return listed([name[:1].lower() + name[1:] for name in found]) if found else ""


def _share(it: Assumed, labels: dict[str, str]) -> _Handle:
    of = Range(0, 0) if it.share is None else ranged(it.share)
    slider = _slider(
        f"{it.handle}-acts-on", f"{it.name}: the share it acts on", "%",
        Range(100 * of.low, 100 * of.high), wanting=it.share is None, acts=_names(it.types, labels),
    )  # fmt: skip

    def turn(scenario: Scenario, plan: Plan | None, value: float) -> tuple[Scenario, Plan | None]:
        return changed(scenario, it.handle, share=value / 100), plan

    return _Handle(slider, turn)


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
