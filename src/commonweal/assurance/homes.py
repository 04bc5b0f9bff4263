"""A plan of homes: for each fact that a reorganisation would leave without a home, who takes it.

It is a plain text that a governance officer edits. Each line says what happens if nobody acts, and
the heir: an identifier, `ends`, `left open` (it goes on naming a body that has ended, for all to
see), or `not decided`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from hashlib import blake2s
from itertools import groupby
from typing import Literal, NamedTuple

import msgspec
import yaml
from msgspec import Struct

from commonweal.authority.facts import Basis, Delegation, Instrument
from commonweal.bodies.facts import Body, BodyType, LegalStatus, Stage
from commonweal.record.documents import Document
from commonweal.record.errors import SpeakingError, did_you_mean
from commonweal.record.facts import Fact
from commonweal.record.identifiers import ID_PATTERN, a
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import stands
from commonweal.record.when import day_in_words
from commonweal.statute.shipped import parsed

from .drill import CARRIED, Drill, Fate, Lost, drill, for_a_person_in_law

ENDS, LEFT_OPEN, NOT_DECIDED = "ends", "left open", "not decided"

How = Literal["merge", "split", "abolish"]


class BadPlan(SpeakingError):
    """A plan of homes that cannot be read, or not be carried out."""


class Home(Struct, frozen=True, forbid_unknown_fields=True):
    """One line: a fact, the field in which it names whom, and the heir.

    seen  a mark of what the fact said when the line was written
    """

    fact: str
    field: str
    of: str
    default: Fate
    heir: str
    seen: str = ""

    @property
    def given(self) -> bool:
        """Whether somebody takes it."""
        return ID_PATTERN.fullmatch(self.heir) is not None


class Making(Struct, frozen=True, forbid_unknown_fields=True):
    """A body that the change sets up."""

    id: str
    name: str
    type: BodyType
    legal: LegalStatus = "not stated"
    stage: Stage = "not stated"
    areas: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()


class HomesPlan(Struct, frozen=True, forbid_unknown_fields=True):
    """A change, and a home for each fact that it touches.

    scheme    the transfer scheme, if it is on record
    document  the paper that decides the change, and where in it
    """

    how: How
    on: date
    bodies: tuple[str, ...]
    homes: tuple[Home, ...]
    into: tuple[str, ...] = ()
    makes: tuple[Making, ...] = ()
    scheme: str = NOT_DECIDED
    document: str = NOT_DECIDED
    at: str = ""

    def kept(self) -> frozenset[str]:
        """The committees, posts and seats that are carried over."""
        return frozenset(
            each.fact for each in self.homes
            if each.given and each.field == CARRIED.get(each.fact.split("/")[1])
        )  # fmt: skip

    def drilled(self, before: Snapshot, after: Snapshot) -> Drill:
        """What the change would leave to be done, but for what is carried over."""
        return drill(before, self.bodies, self.on, kept=self.kept(), after=after)


class Trouble(NamedTuple):
    """Why a plan cannot be carried out yet, or what it still needs.

    type  homeless: nobody has decided; impossible: it cannot be; needed: a paper that is missing
    """

    type: Literal["homeless", "impossible", "needed"]
    entity: str
    because: str


def seen(fact: Fact) -> str:
    """A mark of what a fact says; another, once it says something else."""
    return blake2s(msgspec.json.encode(fact), digest_size=4).hexdigest()


# --- writing -------------------------------------------------------------------------------------


def planned(
    before: Snapshot, found: Drill, how: How, into: Iterable[str] = (), name: str = NOT_DECIDED
) -> HomesPlan:
    """A plan with an heir wherever one follows by itself.

    into  who takes over; one that is not on record is set up, under the name
    """
    after = before.on(found.on)
    heirs = tuple(dict.fromkeys(into))
    makes = tuple(
        _made(before, found, each, name) for each in heirs
        if not isinstance(after.get(each), Body)
    )  # fmt: skip
    homes = (_home(before, after, found, lost, heirs) for lost in found.lost)
    ordered = sorted(homes, key=lambda each: (_room(before, each), each.fact.split("/")[1]))
    return HomesPlan(how, found.on, found.asked, tuple(ordered), heirs, makes)


def _made(before: Snapshot, found: Drill, heir: str, name: str) -> Making:
    """A body like the first that ends, for the areas of all of them and under their parents."""
    ending = [body for each in found.asked if isinstance(body := before.get(each), Body)]
    areas = dict.fromkeys(area for body in ending for area in body.areas)
    parents = dict.fromkeys(each for body in ending for each in body.parents)
    above = tuple(each for each in parents if each not in found.ending)
    first = ending[0]
    return Making(heir, name, first.type, first.legal, first.stage, tuple(areas), above)


def _home(
    before: Snapshot, after: Snapshot, found: Drill, lost: Lost, heirs: tuple[str, ...]
) -> Home:
    fact = (after if lost.begins else before).fact(lost.entity)
    heir = default_heir(found, lost, fact, heirs, after)
    if lost.entity in found.kept and len(heirs) == 1:
        heir = heirs[0]
    return Home(lost.entity, lost.field, lost.body, lost.rule.fate, heir, seen(fact))


def default_heir(
    found: Drill, lost: Lost, fact: Fact, heirs: tuple[str, ...], after: Snapshot
) -> str:
    """Who takes a fact if nobody says otherwise: one heir, or that of several for its area."""
    if lost.rule.fate == "ends with the body":
        return ENDS
    if lost.rule.fate == "lapses" or lost.body not in found.asked:
        return NOT_DECIDED
    if len(heirs) == 1:
        return heirs[0]
    area = getattr(fact, "area", None)
    there = [
        each for each in heirs if isinstance(body := after.get(each), Body) and area in body.areas
    ]
    return there[0] if len(there) == 1 else NOT_DECIDED


_HEAD = """\
# A plan of homes. `heir` of each line is yours to change: the identifier of whoever takes it, or
#   ends          it ends on that day
#   left open     it goes on naming a body that has ended, and stands out until somebody mends it
#   not decided   nobody has said; nothing is written while a line says so
# `default` is what happens if nobody acts. Leave `seen`: it shows whether the fact has changed.
# Try it: commonweal drill --plan THIS --check      Carry it out: --apply --by WHO --because WHY
"""


def written(plan: HomesPlan, before: Snapshot) -> str:
    """A plan as its text: one line for each fact, room by room."""
    head = {k: v for k, v in msgspec.to_builtins(plan).items() if k != "homes"}
    head["on"] = plan.on
    parts = [_HEAD, yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=100)]
    parts.append("homes:\n" if plan.homes else "homes: []\n")
    for room, lines in groupby(plan.homes, key=lambda each: _room(before, each)):
        parts.append(f"# {room[1]}\n")
        parts.extend(_line(before, each) for each in lines)
    return "".join(parts)


def _room(before: Snapshot, home: Home) -> tuple[int, str]:
    kind = before.vocabulary.kind_of(home.fact)
    return list(before.vocabulary.rooms).index(kind.room), kind.room


def _line(before: Snapshot, home: Home) -> str:
    plain = msgspec.to_builtins(home)
    text = yaml.safe_dump(plain, default_flow_style=True, sort_keys=False, width=10_000)
    return f"- {text.strip()}  # {before.name(home.fact)}\n"


def read(text: str) -> HomesPlan:
    """A plan from its text.

    raises  BadPlan, with what is wrong and where
    """
    try:
        return msgspec.convert(parsed(text), HomesPlan)
    except yaml.YAMLError as wrong:
        raise BadPlan(f"This is not a plan of homes, for it is not YAML: {wrong}.") from None
    except msgspec.ValidationError as wrong:
        raise BadPlan(f"The plan cannot be read: {wrong}. Compare it with a new one.") from None


# --- checking ------------------------------------------------------------------------------------


def troubles(
    plan: HomesPlan, before: Snapshot, after: Snapshot | None = None
) -> tuple[Trouble, ...]:
    """What is still homeless, impossible or needed; those of the whole change first.

    before  the record on the day before the change
    after   the record on the day, if it has been read already
    raises  CannotDrill
    """
    after = after or before.on(plan.on)
    found = plan.drilled(before, after)
    return (
        *_of_the_change(plan, before, after),
        *_of_the_lines(plan, found, before, after),
        *_of_the_heirs(plan, found, before, after),
    )


def _of_the_change(plan: HomesPlan, before: Snapshot, after: Snapshot) -> Iterator[Trouble]:
    if not isinstance(before.get(plan.document), Document):
        yield Trouble(
            "impossible", plan.document,
            "The plan does not say which paper decides the change. Give the identifier of a "
            "document on record in `document`.",
        )  # fmt: skip
    for each in plan.makes:
        if each.name == NOT_DECIDED:
            yield Trouble("homeless", each.id, f"{each.id} has no name yet. Say it in `makes`.")
        if after.get(each.id) is not None:
            because = f"{each.id} is on record already, so it cannot be set up. Leave it out."
            yield Trouble("impossible", each.id, because)
    by_scheme = sum(each.default == "passes by scheme" and each.given for each in plan.homes)
    if by_scheme and not in_force(plan, after):
        yield Trouble(
            "needed", plan.scheme,
            f"{by_scheme} of these pass only by a transfer scheme, and the plan names none that is "
            "in force on that day. They would be written as proposed.",
        )  # fmt: skip


def in_force(plan: HomesPlan, after: Snapshot) -> Instrument | None:
    """The transfer scheme of a plan, if it is on record and in force on the day."""
    scheme = after.get(plan.scheme)
    return scheme if isinstance(scheme, Instrument) and stands(scheme) else None


type _Key = tuple[str, str, str]


def _of_the_lines(
    plan: HomesPlan, found: Drill, before: Snapshot, after: Snapshot
) -> Iterator[Trouble]:
    """Lines that are missing, said twice, of nothing that is lost, or of a fact that changed."""
    lost = {(each.entity, each.field, each.body): each for each in found.lost}
    lines = Counter((each.fact, each.field, each.of) for each in plan.homes)
    for key in lost.keys() - lines.keys():
        yield Trouble("homeless", key[0], f"{_spot(key)} loses its home, and no line is about it.")
    for each in plan.homes:
        key = (each.fact, each.field, each.of)
        if lines[key] > 1:
            yield Trouble("impossible", each.fact, f"Two lines are about {_spot(key)}. Keep one.")
        if key in lost:
            now = (after if lost[key].begins else before).fact(each.fact)
            if each.seen != seen(now):
                yield Trouble(
                    "impossible", each.fact,
                    f"{each.fact} has changed since the plan was written. Look at it, then set its "
                    f"`seen` to {seen(now)}.",
                )  # fmt: skip
        elif each.of in found.ending:
            because = f"{_spot(key)} does not lose its home. Leave its line out."
            yield Trouble("impossible", each.fact, because)


def _spot(key: _Key) -> str:
    return f"{key[0]} ({key[1].replace('_', ' ')}: {key[2]})"


def _of_the_heirs(
    plan: HomesPlan, found: Drill, before: Snapshot, after: Snapshot
) -> Iterator[Trouble]:
    lost = {(each.entity, each.field, each.body): each for each in found.lost}
    for line in plan.homes:
        key = (line.fact, line.field, line.of)
        if key not in lost:
            continue
        if line.heir == NOT_DECIDED:
            yield Trouble("homeless", line.fact, f"Nobody has said what becomes of {_spot(key)}.")
        elif line.given:
            fact = (after if lost[key].begins else before).fact(line.fact)
            for because in _wrong_heir(plan, found, line, fact, after):
                yield Trouble("impossible", line.fact, because)
        elif line.heir not in {ENDS, LEFT_OPEN}:
            because = (
                f"“{line.heir}” is no heir. Write an identifier, ends, left open, not decided."
            )
            yield Trouble("impossible", line.fact, f"{_spot(key)}: {because}")


def _wrong_heir(
    plan: HomesPlan, found: Drill, line: Home, fact: Fact, after: Snapshot
) -> Iterator[str]:
    """Why the heir of a line cannot take it."""
    made = {each.id: each for each in plan.makes}
    holder = made.get(line.heir) or after.get(line.heir)
    day = day_in_words(plan.on)
    if line.heir in found.ending:
        yield f"{line.fact} cannot pass to {line.heir}, which ends on {day} itself."
        return
    if holder is None:
        near = did_you_mean(line.heir, [*made, *after.of_kind("body")])
        yield f"{line.fact} cannot pass to {line.heir}, which is not on record on {day}. {near}"
        return
    kinds = _kinds(after, fact, line)
    kind = line.heir.split("/")[1]
    if kinds and kind not in kinds:
        yield f"{line.fact} cannot pass to {line.heir}: it must be {a(' or '.join(kinds))}."
    if f"{fact.kind}.{line.field}" in for_a_person_in_law() and _no_person(holder):
        yield (
            f"{line.fact} cannot pass to {line.heir}, which is no person in law: it can neither "
            "hold this nor be bound by it. Choose a body of which it is a part."
        )
    yield from _by_basis(after, fact, line, holder)


def _kinds(after: Snapshot, fact: Fact, line: Home) -> tuple[str, ...]:
    references = after.vocabulary.kind(fact.kind).references(fact)
    named = (e.kinds for e in references if (e.field, e.entity) == (line.field, line.of))
    return next(named, ())


_NO_PERSON = {"statutory committee", "committee of a body", "joint committee", "not a legal body"}


def _no_person(holder: Fact | Making) -> bool:
    return getattr(holder, "legal", "") in _NO_PERSON


def _by_basis(after: Snapshot, fact: Fact, line: Home, holder: Fact | Making) -> Iterator[str]:
    """Whether the provision of a delegation lets somebody of that kind give or take."""
    basis = after.get(fact.basis) if isinstance(fact, Delegation) and fact.basis else None
    if not isinstance(basis, Basis) or line.field not in {"giver", "taker"}:
        return
    may = basis.givers if line.field == "giver" else basis.takers
    kind = holder.type if isinstance(holder, Body | Making) else "post"
    if kind not in may:
        verb = "give" if line.field == "giver" else "take"
        yield f"{line.fact} cannot pass to {line.heir}: {a(kind)} may not {verb} under {basis.law}."


def summed_up(wrong: Collection[Trouble]) -> str:
    """How much of a plan is still open, in a sentence."""
    counted = Counter(each.type for each in wrong)
    homeless, impossible = counted["homeless"], counted["impossible"]
    if not homeless + impossible:
        return "Everything has a home: the plan can be carried out."
    return (
        f"{homeless:,} still homeless, {impossible:,} impossible: the plan cannot be carried out."
    )
