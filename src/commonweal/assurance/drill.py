"""A reorganisation on paper: what loses its home when bodies end, and what happens if nobody acts.

Committees end with their last parent. A function goes on by law; a delegation does not; money and
liabilities pass only by a scheme that names them.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any, Literal, NamedTuple

import msgspec
from msgspec import Struct

from commonweal.authority.facts import Power
from commonweal.bodies.facts import Body
from commonweal.meetings.decided import Action
from commonweal.meetings.facts import Meeting
from commonweal.meetings.said import Promise
from commonweal.plans.milestones import Milestone
from commonweal.record.errors import SpeakingError, did_you_mean
from commonweal.record.facts import Fact
from commonweal.record.naming import Succession
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words, period
from commonweal.statute.shipped import parsed

Fate = Literal[
    "passes by law", "passes by scheme", "lapses", "needs a new holder", "ends with the body"
]


class CannotDrill(SpeakingError):
    """A change that cannot be tried: a body that is not there, or too few of them."""


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes of some fields. `law` is a rule of the book, if one says so."""

    fate: Fate
    says: str
    fields: tuple[str, ...]
    law: str = ""


class Lost(NamedTuple):
    """A fact that loses its home.

    body    the ending body that it names; field, where it names it
    also    the other bodies that it names there, which go on
    matter  what it is about, by which its home is known again
    ends    whether it ends on that day by the record itself
    """

    entity: str
    kind: str
    name: str
    body: str
    field: str
    rule: Rule
    also: tuple[str, ...]
    matter: str
    ends: bool


class Drill(NamedTuple):
    """What a change on a day would leave to be done.

    asked    the bodies that were named; with, the committees that end with them
    """

    on: date
    asked: tuple[str, ...]
    with_them: tuple[str, ...]
    lost: tuple[Lost, ...]

    @property
    def wanting(self) -> tuple[Lost, ...]:
        """What ought to go on, and so needs a home."""
        return tuple(each for each in self.lost if each.rule.fate != "ends with the body")

    def by_fate(self) -> dict[Fate, tuple[Lost, ...]]:
        """What is lost, under each fate that occurs."""
        every = {each.fate: () for each in rules()}
        found: dict[Fate, tuple[Lost, ...]] = dict(every)
        for each in self.lost:
            found[each.rule.fate] = (*found[each.rule.fate], each)
        return {fate: items for fate, items in found.items() if items}


@cache
def _shipped() -> dict[str, Any]:
    text = (files(__package__) / "fates.yaml").read_text(encoding="utf-8")
    return msgspec.convert(parsed(text), dict[str, Any])


@cache
def rules() -> tuple[Rule, ...]:
    """The shipped fates."""
    return msgspec.convert(_shipped()["fates"], tuple[Rule, ...])


@cache
def over_by() -> dict[str, str]:
    """The field of each kind that says on which day a fact of it was over."""
    return msgspec.convert(_shipped()["over"], dict[str, str])


@cache
def _by_field() -> dict[str, Rule]:
    return {field: rule for rule in rules() for field in rule.fields}


def drill(snapshot: Snapshot, bodies: Collection[str], on: date) -> Drill:
    """What would lose its home if these bodies ended on a day.

    snapshot  the record on the day before
    raises    CannotDrill
    """
    asked = tuple(dict.fromkeys(bodies))
    for each in asked:
        _must_be_there(snapshot, each, on)
    ending = _with_committees(snapshot, asked)
    lost = [each for body in ending for each in _lost(snapshot, body, ending, on)]
    lost.sort(key=lambda each: (each.entity, each.field, each.body))
    return Drill(on, asked, tuple(each for each in ending if each not in asked), tuple(lost))


def _must_be_there(snapshot: Snapshot, body: str, on: date) -> None:
    found = snapshot.get(body)
    if isinstance(found, Body) and found.stage != "dissolved":
        return
    near = did_you_mean(body, list(snapshot.all(Body)))
    raise CannotDrill(
        f"No body {body} is on record on {day_in_words(snapshot.as_at)}, the day before the change "
        f"of {day_in_words(on)}. {near}".rstrip()
    )


def _with_committees(snapshot: Snapshot, asked: tuple[str, ...]) -> tuple[str, ...]:
    """Those asked about, then each body all of whose parents end."""
    ending = dict.fromkeys(asked)
    while more := [
        name
        for name, body in snapshot.all(Body).items()
        if name not in ending and body.parents and set(body.parents) <= ending.keys()
    ]:
        ending |= dict.fromkeys(sorted(more))
    return tuple(ending)


def _lost(snapshot: Snapshot, body: str, ending: Iterable[str], on: date) -> Iterator[Lost]:
    gone = set(ending)
    for entity, fact in snapshot.mentions(body):
        if entity in gone or not _to_be_settled(fact, on):
            continue
        held = snapshot.held(entity)
        ends = held is not None and held.end == on
        for field, also in _fields_that_name(snapshot, entity, fact, body, gone):
            if rule := _by_field().get(f"{fact.kind}.{field}"):
                name = fact.label(snapshot.name)
                matter = _matter(fact)
                yield Lost(entity, fact.kind, name, body, field, rule, also, matter, ends)


def _fields_that_name(
    snapshot: Snapshot, entity: str, fact: Fact, body: str, gone: set[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each field in which a fact names a body, with the others it names there that go on."""
    references = snapshot.vocabulary.kind_of(entity).references(fact)
    for field in dict.fromkeys(each.field for each in references if each.entity == body):
        beside = [each.entity for each in references if each.field == field]
        yield field, tuple(each for each in beside if each not in gone)


def _to_be_settled(fact: Fact, on: date) -> bool:
    """Whether there is still something to be done about it on the day."""
    match fact:
        case Meeting():
            return period(fact.when)[0] >= on
        case Promise(kept="kept") | Action(type="done" | "dropped"):
            return False
        case Milestone(reached="reached" | "dropped"):
            return False
    over = getattr(fact, over_by().get(fact.kind, ""), None)
    return over is None or period(over)[0] >= on


# --- what really became of it --------------------------------------------------------------------


def successors(after: Snapshot, body: str) -> tuple[str, ...]:
    """The bodies that took the place of one, as on record after the change."""
    found = after.all(Succession).values()
    return tuple(sorted({each.after for each in found if each.before == body}))


def homes(found: Drill, after: Snapshot) -> dict[Lost, str]:
    """What goes on and has a home on record after the change, with the fact that is its home.

    A home is a fact of the same kind on the same matter that names a successor in the same field;
    the same entity with a successor in its field is one too.

    after  the record on the day of the change or later
    """
    heirs = {body: set(successors(after, body)) for body in (*found.asked, *found.with_them)}
    paired = ((each, _home(after, each, heirs[each.body])) for each in found.wanting)
    return {each: home for each, home in paired if home is not None}


_MATTER = ("function", "body", "fund", "indicator", "law", "name")
"""Fields that say on what matter a fact is; the first that a kind has tells two of them apart."""


def _home(after: Snapshot, lost: Lost, heirs: set[str]) -> str | None:
    same = after.get(lost.entity)
    if same is not None and heirs & set(_named(after, lost.entity, same, lost.field)):
        return lost.entity
    return next(chain(_taken_on(after, lost, heirs), _by_law(after, lost, heirs)), None)


def _taken_on(after: Snapshot, lost: Lost, heirs: set[str]) -> Iterator[str]:
    """Facts of the same kind and matter that name a successor in the same field."""
    for heir in sorted(heirs):
        for entity, fact in after.mentions(heir):
            alike = fact.kind == lost.kind and _matter(fact) == lost.matter
            if alike and heir in _named(after, entity, fact, lost.field):
                yield entity


def _by_law(after: Snapshot, lost: Lost, heirs: set[str]) -> Iterator[str]:
    """Powers that the law gives every body of a successor's kind."""
    if lost.kind != Power.kind:
        return
    kinds = {body.type for heir in heirs if isinstance(body := after.get(heir), Body)}
    for entity, power in after.all(Power).items():
        if power.every in kinds and power.function == lost.matter:
            yield entity


def _named(snapshot: Snapshot, entity: str, fact: Fact, field: str) -> list[str]:
    references = snapshot.vocabulary.kind_of(entity).references(fact)
    return [each.entity for each in references if each.field == field]


def _matter(fact: Fact) -> str:
    return next((str(getattr(fact, each)) for each in _MATTER if hasattr(fact, each)), "")
