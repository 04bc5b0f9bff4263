"""A plan of homes carried out: the changes to the record that end, begin and hand on.

Nothing is invented. What lapses and is given anew stands as proposed, without a document, until
there is one; what passes by a scheme that is not on record stands as proposed too.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from commonweal.authority.facts import Instrument
from commonweal.bodies.facts import Body, Transfer
from commonweal.record.facts import Fact, Source
from commonweal.record.identifiers import identifier
from commonweal.record.naming import Succession
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import stands
from commonweal.record.when import OPEN, day_in_words
from commonweal.record.writing import Change

from .drill import Drill, history
from .homes import ENDS, LEFT_OPEN, BadPlan, Home, HomesPlan, Trouble, in_force, troubles


class Standing(NamedTuple):
    """What an entity says over some days, as the record now has it."""

    begins: date
    ends: date
    fact: Fact


type Versions = Callable[[str], Sequence[Standing]]
"""Gives every version of an entity, the first first."""

type Naming = Callable[[str], Iterable[str]]
"""Gives every entity that names another, on whatever day."""


def changes(plan: HomesPlan, before: Snapshot, versions: Versions, naming: Naming) -> list[Change]:
    """Every change to the record by which a plan is carried out, to be written in one write.

    raises  BadPlan, with a sentence for each line that is homeless or impossible
    """
    after = before.on(plan.on)
    wrong = [each.because for each in tried_out(plan, before, after) if each.type != "needed"]
    found = plan.drilled(before, after)
    wrong.extend(_begun_later(found, before, versions, naming))
    if wrong:
        noun = "reason" if len(wrong) == 1 else "reasons"
        listed = "\n".join(f"- {each}" for each in wrong)
        raise BadPlan(f"Nothing was written, for {len(wrong)} {noun}:\n{listed}")
    return [
        *_heirs(plan, before, versions),
        *_handed_on(plan, found, in_force(plan, after), versions),
        *_ended(plan, found, versions),
        *_succeeded(plan, in_force(plan, after)),
    ]


def tried_out(
    plan: HomesPlan, before: Snapshot, after: Snapshot | None = None
) -> tuple[Trouble, ...]:
    """What stands in a plan's way: its own troubles, then the facts that could not be so.

    after   the record on the day of the change, if it has been read already
    raises  CannotDrill
    """
    after = after or before.on(plan.on)
    wrong = troubles(plan, before, after)
    spoilt = {each.entity for each in wrong}
    found = plan.drilled(before, after)
    scheme = in_force(plan, after)
    impossible = [
        Trouble("impossible", entity, f"{entity} cannot pass so: {fault}")
        for entity, about in _by_fact(plan, found).items() if entity not in spoilt
        and (held := before.get(entity) or after.get(entity))
        and (fact := _settled(plan, held, entity, about, scheme))
        for fault in fact.faults_as(entity)
    ]  # fmt: skip
    return (*wrong, *impossible)


def _by_fact(plan: HomesPlan, found: Drill) -> dict[str, list[Home]]:
    """The lines about each fact that loses a home, but for the bodies that end."""
    ending = {*found.asked, *found.with_them}
    lost = {(each.entity, each.field, each.body) for each in found.lost}
    lines: dict[str, list[Home]] = {}
    for line in sorted(plan.homes, key=lambda each: each.fact):
        if (line.fact, line.field, line.of) in lost and line.fact not in ending:
            lines.setdefault(line.fact, []).append(line)
    return lines


def _begun_later(
    found: Drill, before: Snapshot, versions: Versions, naming: Naming
) -> Iterator[str]:
    """Facts that begin after the day and name somebody who has ended by then."""
    known = {(each.entity, each.body) for each in found.lost}
    for body in found.ending:
        for entity in naming(body):
            if (entity, body) in known or entity in found.ending:
                continue
            late = next((each for each in versions(entity) if each.begins > found.on), None)
            if late and _names_in_fate(before, entity, late.fact, body):
                yield (
                    f"{entity} begins to name {body} on {day_in_words(late.begins)}, after it has "
                    "ended. Correct or withdraw it first."
                )


def _names_in_fate(before: Snapshot, entity: str, fact: Fact, body: str) -> bool:
    every = before.vocabulary.kind_of(entity).references(fact)
    return any(e.entity == body and f"{fact.kind}.{e.field}" not in history() for e in every)


# --- bodies --------------------------------------------------------------------------------------


def _heirs(plan: HomesPlan, before: Snapshot, versions: Versions) -> Iterator[Change]:
    """Bodies that the change sets up, and the areas that go to those there already."""
    source = _source(plan)
    for made in plan.makes:
        words = {k: v for k, v in msgspec.to_builtins(made).items() if k != "id"}
        body = msgspec.convert({**words, "sources": [msgspec.to_builtins(source)]}, Body)
        yield Change("assert", made.id, body, plan.on)
    if plan.how != "merge":
        return
    ending = [gone for each in plan.bodies if isinstance(gone := before.get(each), Body)]
    areas = [area for gone in ending for area in gone.areas]
    for heir in set(plan.into) - {each.id for each in plan.makes}:
        for then in _from(versions(heir), plan.on):
            if isinstance(then.fact, Body) and set(areas) - set(then.fact.areas):
                grown = tuple(dict.fromkeys((*then.fact.areas, *areas)))
                wider = msgspec.structs.replace(then.fact, areas=grown)
                yield Change("amend", heir, _cited(wider, source), max(then.begins, plan.on))


def _ended(plan: HomesPlan, found: Drill, versions: Versions) -> Iterator[Change]:
    for body in (*found.asked, *found.with_them):
        if _from(versions(body), plan.on):
            yield Change("withdraw", body, None, plan.on, OPEN)


def _succeeded(plan: HomesPlan, scheme: Instrument | None) -> Iterator[Change]:
    """Who follows whom; and that everything passes, where a scheme on record says so."""
    source = _source(plan)
    how: Any = "replace" if plan.how == "abolish" else plan.how
    for body in plan.bodies:
        for heir in plan.into:
            pair = f"{identifier(body).slug}-to-{identifier(heir).slug}"
            system = identifier(body).system
            follows = Succession(type=how, before=body, after=heir, sources=(source,))
            yield Change("assert", f"{system}/succession/{pair}", follows, plan.on)
            if scheme and len(plan.into) == 1:
                passes = Transfer(
                    giver=body, taker=heir, type="everything", share="all",
                    sources=(*scheme.sources, source),
                )  # fmt: skip
                yield Change("assert", f"{system}/transfer/{pair}", passes, plan.on)


# --- what they held ------------------------------------------------------------------------------


def _handed_on(
    plan: HomesPlan, found: Drill, scheme: Instrument | None, versions: Versions
) -> Iterator[Change]:
    for entity, about in _by_fact(plan, found).items():
        every = versions(entity)
        later = _from(every, plan.on)
        for then in later or [Standing(plan.on, OPEN, every[-1].fact)]:
            fact = _settled(plan, then.fact, entity, about, scheme)
            begins = max(then.begins, plan.on)
            if fact is None and later:
                yield Change("withdraw", entity, None, begins, then.ends)
            elif fact is not None and fact != then.fact:
                yield Change("amend" if later else "assert", entity, fact, begins)


def _from(every: Sequence[Standing], on: date) -> list[Standing]:
    """Versions that hold on a day or later."""
    return [each for each in every if each.ends > on]


def _settled(
    plan: HomesPlan, fact: Fact, entity: str, lines: Sequence[Home], scheme: Instrument | None
) -> Fact | None:
    """The fact with each heir in its place; none if it ends."""
    values = msgspec.to_builtins(fact)
    for line in lines:
        if line.heir == LEFT_OPEN:
            continue
        heir = None if line.heir == ENDS else line.heir
        if heir is None and line.field in values and not _others(values[line.field], line.of):
            return None
        values = _with_heir(values, line.field, line.of, heir)
    if values == msgspec.to_builtins(fact):
        return fact
    anew = msgspec.convert(values, type(fact))
    anew = _as_firm_as_papers(plan, anew, entity, lines, scheme)
    return _cited(anew, _source(plan))


def _others(value: Any, gone: str) -> bool:
    """Whether a list names somebody beside the one who goes."""
    return isinstance(value, list | tuple) and any(each != gone for each in value)


def _with_heir(value: Any, field: str, gone: str, heir: str | None) -> Any:
    """Plain values with the heir in each field of that name that named who goes.

    Where nobody follows, a list loses the name, and a list of parts the part that it stood in.
    """
    if isinstance(value, list | tuple):
        left = [each for each in value if heir or not _stands_in(each, field, gone)]
        made = [_with_heir(each, field, gone, heir) for each in left]
        # Two parts that differed only in who had them are one, now that one has both.
        return [each for at, each in enumerate(made) if each == left[at] or each not in made[:at]]
    if not isinstance(value, dict):
        return value
    whole = {name: _with_heir(inner, field, gone, heir) for name, inner in value.items()}
    held = whole.get(field)
    if held == gone:
        whole[field] = heir
    elif isinstance(held, list) and gone in held:
        put = (heir if each == gone else each for each in held)
        whole[field] = [each for each in dict.fromkeys(put) if each is not None]
    return whole


def _stands_in(part: Any, field: str, gone: str) -> bool:
    return isinstance(part, dict) and part.get(field) == gone


def _as_firm_as_papers(
    plan: HomesPlan, fact: Fact, entity: str, lines: Sequence[Home], scheme: Instrument | None
) -> Fact:
    """Proposed only, where it lapsed or needed a scheme, and no paper on record keeps it."""
    if not stands(fact):
        return fact
    given = {each.default for each in lines if each.given}
    saved = {entity, getattr(fact, "instrument", None)} & set(scheme.saves if scheme else ())
    if "lapses" in given and not saved:
        day = day_in_words(plan.on)
        note = f"It lapsed on {day}. Given anew only once a document says so."
        told = f"{fact.note} {note}" if fact.note else note
        bare = {"instrument": None, "line": None} if hasattr(fact, "instrument") else {}
        return msgspec.structs.replace(fact, status="proposed", note=told, **bare)
    if "passes by scheme" in given and scheme is None:
        return msgspec.structs.replace(fact, status="proposed")
    return fact


def _source(plan: HomesPlan) -> Source:
    return Source(document=plan.document, at=plan.at)


def _cited(fact: Fact, source: Source) -> Fact:
    return msgspec.structs.replace(fact, sources=tuple(dict.fromkeys((*fact.sources, source))))
