"""What an address asks of a scenario: what is looked at, and what is changed."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict

from commonweal.demand.asking import of_the_scenario
from commonweal.demand.errors import CannotProject, near
from commonweal.demand.futures import Outlook
from commonweal.demand.scenario import Scenario

from .answers import Shown, called
from .changing import Changed, asked
from .scenarios import Grounds, Named, seen

LOOK = ("area", "type", "year")


class Looked(NamedTuple):
    """What an address asks for. With faults there is nothing to show.

    changed  what is changed of the scenario
    shown    what is looked at
    query    that gives the same again; by look and by change apart
    """

    changed: Changed
    shown: Shown | None
    faults: tuple[str, ...]
    look: dict[str, str]

    @property
    def query(self) -> str:
        """What an address must carry for the same page, with its question mark."""
        return _query(self.look | self.changed.query)

    @property
    def as_query(self) -> QueryDict:
        """The same as a request would have it."""
        return QueryDict(self.query.removeprefix("?"))

    @property
    def only_look(self) -> str:
        """The same without what is changed."""
        return _query(self.look)

    @property
    def only_changed(self) -> str:
        """The same without what is looked at."""
        return _query(self.changed.query)


def _query(parts: dict[str, str]) -> str:
    return f"?{urlencode(parts)}" if parts else ""


def looked(
    query: QueryDict,
    on: Grounds,
    named: Named,
    outlook: Outlook | None = None,
    *,
    only_changed: bool = False,
) -> Looked:
    """What an address asks for of a scenario.

    outlook  what a run came to, if that is to be shown
    only_changed  work nothing out: what is changed is all that is wanted
    raises   CannotProject for a scenario whose source does not state all that it takes
    """
    types = on.held.inputs.rates.types
    if named.scenario is None:
        raise CannotProject(named.lacking)
    changed = asked(query, named.scenario, on.plan, types)
    wrong = [*changed.faults, *of_the_scenario(on.held.inputs, changed.scenario)]
    look, faults = _look(query, on, changed.scenario)
    wrong += faults
    kept = {name: query.get(name, "") for name in LOOK if query.get(name)}
    if wrong:
        return Looked(changed, None, tuple(wrong), {})
    if only_changed:
        return Looked(changed, None, (), kept)
    made = outlook or seen(on, named, changed.scenario)
    name, kind, year = look
    shown = Shown(on, changed.plan, changed.scenario, made, name, called(on, name), kind, year)
    return Looked(changed, shown, (), kept)


def _look(
    query: QueryDict, on: Grounds, scenario: Scenario
) -> tuple[tuple[str, str, int], list[str]]:
    faults = list[str]()
    kinds = [each.name for each in on.held.inputs.rates.types]
    own = on.plan.beds.activity if on.plan else kinds[0]
    name = _one_of(query.get("area", ""), on.names, on.names[0], "area", faults)
    kind = _one_of(query.get("type", ""), kinds, own, "type of activity", faults)
    last = min(on.plan.beds.last, scenario.horizon) if on.plan else scenario.horizon
    years = [str(year) for year in scenario.years[1:]]
    year = _one_of(query.get("year", ""), years, str(last), "year", faults)
    return (name, kind, int(year)), faults


def _one_of(given: str, there: Sequence[str], own: str, what: str, faults: list[str]) -> str:
    if not given:
        return own
    if given in there:
        return given
    faults.append(f"There is no {what} ‘{given[:60]}’. There are: {near(there, 20)}.")
    return own
