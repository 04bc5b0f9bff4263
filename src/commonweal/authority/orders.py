"""What lies under what: functions in wider functions, areas in wider areas. Both are graphs."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Literal

from commonweal.areas.facts import Area, Containment
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import stands

from .facts import Function

type Steps = dict[str, list[str]]
"""By an entity: each next wider one."""

type Cover = Literal["whole", "unsaid", "short"]
"""Whether some areas cover another: all of it, nobody says, or some of it lies in none of them."""

type Names = dict[str, list[tuple[str, str, str]]]
"""By an area: each containment of it, the wider area, and to what extent."""


class Order:
    """A graph of steps upwards, with what is reached worked out once for each start."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._reached: dict[str, frozenset[str]] = {}

    def up(self, start: str) -> frozenset[str]:
        """An entity and every wider one it lies wholly in."""
        known = self._reached.get(start)
        if known is None:
            known = self._reached[start] = frozenset(self._walk(start))
        return known

    def next(self, start: str) -> list[str]:
        """What is one step from an entity."""
        return self._steps.get(start, [])

    def _walk(self, start: str) -> set[str]:
        reached, near = {start}, [start]
        while near:
            for wider in self._steps.get(near.pop(), ()):
                if wider not in reached:
                    reached.add(wider)
                    near.append(wider)
        return reached


def function_order(snapshot: Snapshot) -> Order:
    """Functions in the wider functions they are part of."""
    functions = snapshot.all(Function).items()
    return Order({name: list(fact.part_of) for name, fact in functions})


class Ground(Order):
    """Areas in the areas they lie wholly in, and which areas meet."""

    def __init__(
        self, whole: Steps, partly: Steps, unsaid: Steps, names: Names, made_up: Order
    ) -> None:
        super().__init__(whole)
        self._partly = partly
        self._made_up = made_up
        self._unsaid = unsaid
        self._names = names
        self._through: dict[str, tuple[str, ...]] = {}
        self._through_perhaps: dict[str, tuple[str, ...]] = {}

    def through(self, area: str) -> tuple[str, ...]:
        """The facts that say in which areas an area lies wholly."""
        known = self._through.get(area)
        if known is None:
            inner = self.up(area)
            known = self._through[area] = tuple(n for n, _ in self._named(inner, "whole"))
        return known

    def through_perhaps(self, area: str) -> tuple[str, ...]:
        """The same, and those that say in which areas it may lie."""
        known = self._through_perhaps.get(area)
        if known is None:
            perhaps = list(self._named(self.up(area), "not stated"))
            names = [name for name, _ in perhaps]
            names += [name for _, whole in perhaps for name in self.through(whole)]
            known = self._through_perhaps[area] = (*self.through(area), *names)
        return known

    def _named(self, areas: Iterable[str], extent: str) -> Iterator[tuple[str, str]]:
        for area in areas:
            for name, whole, lies in self._names.get(area, ()):
                if lies == extent:
                    yield name, whole

    def perhaps(self, area: str) -> frozenset[str]:
        """Wider areas in which an area lies at least partly, the source not saying how much."""
        found = (
            reached
            for inner in self.up(area)
            for wider in self._unsaid.get(inner, ())
            for reached in self.up(wider)
        )
        return frozenset(found) - self.up(area)

    @cached_property
    def _inside(self) -> Mapping[str, set[str]]:
        inside: dict[str, set[str]] = {}
        for area in {*self._steps, *self._partly}:
            for wider in self._touched(area):
                inside.setdefault(wider, set()).add(area)
        return inside

    def _touched(self, area: str) -> frozenset[str]:
        starts = self._partly.get(area, ())
        return self.up(area).union(*(self.up(wider) for wider in starts))

    def meet(self, one: str, other: str) -> bool:
        """Whether two areas share land on record: one lies in the other, or a third in both."""
        if one in self._touched(other) or other in self._touched(one):
            return True
        return not self._inside.get(one, set()).isdisjoint(self._inside.get(other, ()))

    def makeup(self, area: str) -> frozenset[str]:
        """An area, the areas that make it up, and those that make up these."""
        return self._made_up.up(area)

    def cover(self, areas: frozenset[str], area: str) -> Cover:
        """Whether some areas together cover another, by what is said to make it up."""
        gaps = list(self._gaps(areas, area, frozenset()))
        if not gaps:
            return "whole"
        return "unsaid" if all(meets_any(self, areas, gap) for gap in gaps) else "short"

    def _gaps(self, areas: frozenset[str], area: str, above: frozenset[str]) -> Iterator[str]:
        """The area, if it is not covered, and each of its parts that is not."""
        if not areas.isdisjoint(self.up(area)):
            return
        parts = self._made_up.next(area)
        found = [gap for each in parts if each not in above
                 for gap in self._gaps(areas, each, above | {area})]  # fmt: skip
        if found or not parts or not above.isdisjoint(parts):
            yield area
            yield from found


def ground(snapshot: Snapshot) -> Ground:
    """The areas of the day and where they lie."""
    whole: Steps = {}
    partly: Steps = {}
    unsaid: Steps = {}
    names: Names = {}
    areas = snapshot.all(Area)
    for name, fact in snapshot.all(Containment).items():
        if stands(fact) and fact.part in areas and fact.whole in areas:
            names.setdefault(fact.part, []).append((name, fact.whole, fact.extent))
            steps = whole if fact.extent == "whole" else partly
            steps.setdefault(fact.part, []).append(fact.whole)
            if fact.extent == "not stated":
                unsaid.setdefault(fact.part, []).append(fact.whole)
    made_up = Order({name: list(fact.made_up_of) for name, fact in areas.items()})
    return Ground(whole, partly, unsaid, names, made_up)


def meets_any(land: Ground, areas: Iterable[str], area: str) -> bool:
    """Whether any of some areas meets an area."""
    return any(land.meet(each, area) for each in areas)
