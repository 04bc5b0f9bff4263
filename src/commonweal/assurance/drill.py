"""A reorganisation on paper: what loses its home when bodies end, and what happens if nobody acts.

Committees end with their last parent, posts and seats with their last body, unless they are kept.
A function goes on by law; a delegation does not; money and liabilities pass only by a scheme that
names them.
"""

from collections.abc import Collection, Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any, Literal, NamedTuple

import msgspec
from msgspec import Struct

from commonweal.authority.facts import Power
from commonweal.bodies.facts import Body, Post, Seat
from commonweal.meetings.decided import Action
from commonweal.meetings.facts import Meeting
from commonweal.meetings.said import Promise
from commonweal.plans.milestones import Milestone
from commonweal.record.errors import SpeakingError, did_you_mean
from commonweal.record.facts import Fact
from commonweal.record.naming import Succession
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import MalformedDate, day_in_words, period
from commonweal.record.wording import listed
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

    body    the body, post or seat it names, which ends; field, where it names it
    also    the others that it names there, which go on
    matter  what it is about, by which its home is known again
    ends    whether by the record itself it ends that day, or names somebody else from then
    begins  whether it only begins to name the one that ends on that day
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
    begins: bool = False

    @property
    def place(self) -> str:
        """The field with its kind, as the fates name it."""
        return f"{self.kind}.{self.field}"


class Drill(NamedTuple):
    """What a change on a day would leave to be done.

    asked  the bodies that were named; with_them, the committees that end with them; offices, the
           posts and seats that do; kept, those of either that are carried over instead
    """

    on: date
    asked: tuple[str, ...]
    with_them: tuple[str, ...]
    offices: tuple[str, ...]
    lost: tuple[Lost, ...]
    kept: tuple[str, ...] = ()

    @property
    def ending(self) -> tuple[str, ...]:
        """Everybody that ends."""
        return (*self.asked, *self.with_them, *self.offices)

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
def history() -> frozenset[str]:
    """The fields that say what was done once: they go on naming a body that has ended."""
    return msgspec.convert(_shipped()["history"], frozenset[str])


@cache
def for_a_person_in_law() -> frozenset[str]:
    """The fields in which only a body that is a person in law can stand."""
    return msgspec.convert(_shipped()["for_a_person_in_law"], frozenset[str])


@cache
def _by_field() -> dict[str, Rule]:
    return {field: rule for rule in rules() for field in rule.fields}


CARRIED = {"body": "parents", "post": "bodies", "seat": "body"}
"""The field by which a committee, post or seat hangs on the bodies it ends with."""


def drill(
    snapshot: Snapshot, bodies: Collection[str], on: date, *, kept: Collection[str] = (),
    after: Snapshot | None = None,
) -> Drill:  # fmt: skip
    """What would lose its home if these bodies ended on a day.

    snapshot  the record on the day before
    kept      committees, posts and seats that are carried over, and so do not end
    after     the record on the day, if it has been read already
    raises    CannotDrill, or UnknownEntity for what is to be kept
    """
    asked = tuple(dict.fromkeys(bodies))
    for each in asked:
        _must_be_there(snapshot, each, on)
    for each in kept:
        snapshot.fact(each)
    ending = _with_committees(snapshot, asked, kept)
    offices = tuple(each for each in _offices(snapshot, ending) if each not in kept)
    gone = dict.fromkeys((*ending, *offices))
    then = after or snapshot.on(on)
    found = {(it.entity, it.field, it.body): it for it in _lost(snapshot, then, gone, asked)}
    for new in _lost(then, then, gone, asked):
        found.setdefault((new.entity, new.field, new.body), new._replace(begins=True))
    lost = tuple(found[key] for key in sorted(found))
    with_them = tuple(each for each in ending if each not in asked)
    return Drill(on, asked, with_them, offices, lost, tuple(kept))


def _must_be_there(snapshot: Snapshot, body: str, on: date) -> None:
    found = snapshot.get(body)
    if isinstance(found, Body) and found.stage != "dissolved":
        return
    near = did_you_mean(body, list(snapshot.all(Body)))
    raise CannotDrill(
        f"No body {body} is on record on {day_in_words(snapshot.as_at)}, the day before the change "
        f"of {day_in_words(on)}. {near}".rstrip()
    )


def _with_committees(
    snapshot: Snapshot, asked: tuple[str, ...], kept: Collection[str]
) -> tuple[str, ...]:
    """Those asked about, then each body all of whose parents end."""
    ending = dict.fromkeys(asked)
    while more := [
        name
        for name, body in snapshot.all(Body).items()
        if name not in ending and name not in kept
        and body.parents and set(body.parents) <= ending.keys()
    ]:  # fmt: skip
        ending |= dict.fromkeys(sorted(more))
    return tuple(ending)


def _offices(snapshot: Snapshot, ending: Collection[str]) -> Iterator[str]:
    """The posts of no other body, and the seats, that end with some bodies."""
    gone = set(ending)
    for name, post in snapshot.all(Post).items():
        if post.bodies and set(post.bodies) <= gone:
            yield name
    for name, seat in snapshot.all(Seat).items():
        if seat.body in gone:
            yield name


def _lost(
    snapshot: Snapshot, after: Snapshot, gone: Collection[str], asked: tuple[str, ...]
) -> Iterator[Lost]:
    for body in gone:
        for entity, fact in snapshot.mentions(body):
            if entity in asked or not _to_be_settled(fact, after.as_at):
                continue
            then = after.get(entity)
            for field, also in _fields_that_name(snapshot, entity, fact, body, gone):
                carries = entity not in gone or field == CARRIED[fact.kind]
                if carries and (rule := _by_field().get(f"{fact.kind}.{field}")):
                    name, matter = fact.label(snapshot.name), _matter(fact)
                    still = then is not None and body in _named(after, entity, then, field)
                    yield Lost(entity, fact.kind, name, body, field, rule, also, matter, not still)


def _fields_that_name(
    snapshot: Snapshot, entity: str, fact: Fact, body: str, gone: Collection[str]
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
    return fact.status not in {"superseded", "expired"} and not _over(fact, on)


def _over(fact: Fact, on: date) -> bool:
    """Whether it was over before the day, by the field of its kind that says so."""
    first, _, rest = over_by().get(fact.kind, "").partition(".")
    said = getattr(fact, first, None)
    days = [getattr(each, rest) for each in said or ()] if rest else [said]
    return bool(days) and all(each is not None and _ended(each, on) for each in days)


def _ended(stated: str, on: date) -> bool:
    try:
        return period(stated.rpartition(" to ")[2])[1] <= on
    except MalformedDate:
        return False


_SUMS: dict[Fate, tuple[str, str]] = {
    "passes by law": ("passes by law", "pass by law"),
    "passes by scheme": ("passes only if a scheme names it", "pass only if a scheme names them"),
    "lapses": ("lapses unless it is given anew", "lapse unless they are given anew"),
    "needs a new holder": ("needs a new holder", "need a new holder"),
    "ends with the body": ("ends", "end"),
}


def in_numbers(found: Drill) -> str:
    """What is lost in a sentence: how many facts in all, and how many under each fate."""
    told = []
    for fate, items in found.by_fate().items():
        many = len({each.entity for each in items})
        told.append(f"{many:,} {_SUMS[fate][many != 1]}")
    many = len({each.entity for each in found.lost})
    sums = f": {listed(told)}" if told else ""
    return f"{many:,} {'fact loses its' if many == 1 else 'facts lose their'} home{sums}."


# --- what really became of it --------------------------------------------------------------------


def successors(after: Snapshot, body: str) -> tuple[str, ...]:
    """The bodies that took the place of one, as on record after the change."""
    found = after.all(Succession).values()
    return tuple(sorted({each.after for each in found if each.before == body}))


def homes(found: Drill, after: Snapshot) -> dict[Lost, str]:
    """What goes on and has a home on record after the change, with the fact that is its home.

    A home is the same entity with a successor in its field; or another of its kind on the same
    matter, not itself lost, that names a successor there.

    after  the record on the day of the change or later
    """
    heirs = {body: _heirs(found, after, body) for body in found.ending}
    others = {each.entity for each in found.lost}
    paired = ((each, _home(after, each, heirs[each.body], others)) for each in found.wanting)
    return {each: home for each, home in paired if home is not None}


def _heirs(found: Drill, after: Snapshot, body: str) -> set[str]:
    """Those that took the place of one; a committee, post or seat may itself have gone on."""
    itself = {body} if goes_on(found, after, body) else set()
    return itself | set(successors(after, body))


def goes_on(found: Drill, after: Snapshot, body: str) -> bool:
    """Whether a committee, post or seat stands after the change, under somebody who does."""
    fact = after.get(body)
    if body in found.asked or fact is None or fact.kind not in CARRIED:
        return False
    under = _named(after, body, fact, CARRIED[fact.kind])
    return any(each not in found.ending or goes_on(found, after, each) for each in under)


_MATTER = ("function", "body", "fund", "indicator", "law", "name")
"""Fields that say on what matter a fact is; the first that a kind has tells two of them apart."""


def _home(after: Snapshot, lost: Lost, heirs: set[str], others: set[str]) -> str | None:
    same = after.get(lost.entity)
    if same is not None and heirs & set(_named(after, lost.entity, same, lost.field)):
        return lost.entity
    new = (each for each in _taken_on(after, lost, heirs) if each not in others)
    return next(chain(new, _by_law(after, lost, heirs)), None)


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


def still_naming(after: Snapshot, body: str) -> tuple[Lost, ...]:
    """What ought to go on and names a body that has ended."""
    found = _lost(after, after, (body,), ())
    return tuple(each for each in found if each.rule.fate != "ends with the body")
