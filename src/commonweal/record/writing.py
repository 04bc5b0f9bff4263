"""What a write does to the record, worked out before anything is stored.

Five verbs. `assert` states a new fact. `amend` says it changed on a day. `correct` says the record was wrong
over some days. `withdraw` says the fact did not hold over some days. `redact` strikes out values.
Whatever the verb, an entry lays new content (or none) over a window of days; what it covers is closed, never
overwritten, and what sticks out on either side is stated again unchanged.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

import msgspec

from .entries import ACTOR, REASON, STRUCK, Entry, Sealer, Verb
from .errors import Conflict, RecordError, Refused
from .facts import Fact
from .identifiers import a, identifier
from .kinds import Kind, Reference, Vocabulary
from .when import BEFORE_ALL, OPEN

_encode = msgspec.json.Encoder()


class Version(NamedTuple):
    """An entity's content over some days, as the record now has it.

    stated_by  number of the entry whose content it carries
    opened_by  number of the entry that made this version
    stored     whether the record holds it already, or the write in hand has only made it
    """

    entity: str
    valid_from: str
    valid_to: str
    stated_by: int
    opened_by: int
    content: str
    stored: bool = False


class Change(NamedTuple):
    """What somebody wants written.

    valid_from, valid_to  the days it speaks of, half-open; for `amend` the end is that of the version
                          that holds on the first day
    seen                  number of the last entry about the entity that the writer had seen; given, the
                          change conflicts if there is a later one
    target, names         for `redact`: the entry and the names of the values to strike out
    """

    verb: Verb
    entity: str
    fact: Fact | None = None
    valid_from: date = BEFORE_ALL
    valid_to: date = OPEN
    seen: int | None = None
    target: int = 0
    names: tuple[str, ...] = ()


class Live(NamedTuple):
    """An entity as it stands: its live versions, and the last entry about it (0: none)."""

    versions: list[Version]
    last: int = 0


class Head(NamedTuple):
    """The end of the log: what the next entry is sealed to."""

    number: int
    hash: bytes
    recorded: int


class Standing(Protocol):
    """What a write has to know of the record as it stands."""

    @property
    def head(self) -> Head:
        """The end of the log."""

    def live(self, entity: str) -> Live:
        """An entity as it stands."""

    def existing(self, entities: Iterable[str]) -> set[str]:
        """Those of some entities that have any live version."""

    def referring(self, entity: str) -> Iterable[str]:
        """Entities whose live versions name this one."""

    def entry(self, number: int) -> Entry | None:
        """An entry of the log."""


class Plan(NamedTuple):
    """What to store: entries for the log, versions to close (each with the closing entry), versions to open."""

    entries: list[Entry]
    closed: list[tuple[Version, int]]
    opened: list[Version]


def overlay(
    live: Iterable[Version], number: int, entity: str, window: tuple[str, str], content: str
) -> tuple[list[Version], list[Version]]:
    """Lay content (empty: none) over a window of days: the versions it closes, and those it opens."""
    begins, ends = window
    closed = [each for each in live if each.valid_from < ends and begins < each.valid_to]
    opened = []
    for each in closed:
        if each.valid_from < begins:
            opened.append(each._replace(valid_to=begins, opened_by=number, stored=False))
        if ends < each.valid_to:
            opened.append(each._replace(valid_from=ends, opened_by=number, stored=False))
    if content:
        opened.append(Version(entity, begins, ends, number, number, content))
    return closed, opened


class _Draft:
    """A plan in the making: what the changes so far have done to each entity they touch."""

    def __init__(self, vocabulary: Vocabulary, standing: Standing) -> None:
        self.vocabulary = vocabulary
        self.standing = standing
        self.touched: dict[str, list[Version]] = {}
        self.faults: list[str] = []
        self.conflicts: list[str] = []
        self.referred: dict[tuple[str, tuple[str, ...]], tuple[str, Reference]] = {}
        self.gone: set[str] = set()
        self.failed: set[str] = set()
        self._kinds: dict[str, Kind] = {}

    def kind(self, entity: str) -> Kind:
        """The kind of an entity; quick, because a bulk load asks a million times."""
        middle = entity.split("/", 2)[1:2]
        if middle and (known := self._kinds.get(middle[0])):
            return known
        known = self.vocabulary.kind(identifier(entity).kind)
        self._kinds[known.name] = known
        return known

    def versions(self, change: Change) -> list[Version]:
        """The live versions of the entity of a change, changes before it included."""
        if (known := self.touched.get(change.entity)) is not None:
            return known
        live = self.standing.live(change.entity)
        if change.seen is not None and live.last != change.seen:
            self.conflicts.append(self._conflict(change, live))
        self.touched[change.entity] = live.versions
        return live.versions

    def _conflict(self, change: Change, live: Live) -> str:
        later = self.standing.entry(live.last)
        if later is None:
            return f"{change.entity} is not on record any more. Look at its history, then decide again."
        return (
            f"{later.actor or 'Somebody'} changed {change.entity} on "
            f"{later.recorded_at:%-d %B %Y at %H:%M} UTC (entry {later.number}), after you opened it: "
            f"“{later.reason}”. Look at the difference, then make your change again."
        )


_MISFIT = ("say what the fact is.", "a withdrawal carries no fact: say only from when to when.")


def _content(draft: _Draft, change: Change) -> str:
    """The stored form of a change's fact, checked; its faults go to the draft."""
    if change.fact is None or change.verb == "withdraw":
        if (change.fact is None) != (change.verb == "withdraw"):
            draft.faults.append(f"{change.entity}: {_MISFIT[change.verb == 'withdraw']}")
        return ""
    kind = draft.kind(change.entity)
    if not isinstance(change.fact, kind.type):
        draft.faults.append(
            f"{change.entity} is an identifier for a {kind.name}, but the fact is a "
            f"{type(change.fact).kind}."
        )
        return ""
    content = _encode.encode(change.fact)
    try:
        kind.decode(content)
    except msgspec.ValidationError as wrong:
        draft.faults.append(f"{change.entity}: {wrong}.")
        return ""
    draft.faults.extend(f"{change.entity}: {fault}" for fault in change.fact.faults())
    for reference in kind.references(change.fact):
        draft.referred.setdefault((reference.entity, reference.kinds), (change.entity, reference))
    return content.decode()


def _window(draft: _Draft, change: Change, live: Sequence[Version]) -> tuple[str, str]:
    """The days a change is laid over; its faults go to the draft."""
    begins, ends = change.valid_from.isoformat(), change.valid_to.isoformat()
    if begins >= ends:
        draft.faults.append(
            f"{change.entity}: the period from {begins} to {ends} has no day in it. "
            "The end is the day after the last."
        )
    covered = [each for each in live if each.valid_from < ends and begins < each.valid_to]
    if change.verb == "assert":
        draft.faults.extend(_standing_already(covered))
    elif not covered:
        draft.faults.append(
            f"{change.entity} is not on record between {begins} and {ends}, so there is nothing to "
            f"{change.verb}. Assert it instead."
        )
    elif change.verb == "amend":
        holding = [each for each in live if each.valid_from <= begins < each.valid_to]
        if holding:
            return begins, holding[0].valid_to
        draft.faults.append(
            f"{change.entity} does not hold on {begins}, so it cannot have changed that day."
        )
    return begins, ends


def _standing_already(covered: Sequence[Version]) -> Iterator[str]:
    for held in covered[:1]:
        yield (
            f"{held.entity} is already on record from {held.valid_from} to {held.valid_to}. "
            "Amend it if it changed, correct it if the record is wrong."
        )


def _redaction(draft: _Draft, change: Change) -> str:
    """The stored form of a redaction, checked; its faults go to the draft."""
    entry = draft.standing.entry(change.target)
    if entry is None or entry.entity != change.entity or entry.verb == "redact":
        draft.faults.append(f"Entry {change.target} states nothing about {change.entity}.")
        return ""
    values = msgspec.json.decode(entry.content or "{}")
    faults = [
        fault for name in change.names
        if name not in entry.struck and (fault := _unstrikable(draft, entry, values, name))
    ]  # fmt: skip
    draft.faults.extend(faults)
    return _encode.encode({"names": sorted(set(change.names))}).decode()


def _unstrikable(draft: _Draft, entry: Entry, values: dict[str, Any], name: str) -> str | None:
    """Why a value cannot be struck out of an entry, if it cannot."""
    if name in {ACTOR, REASON}:
        return None
    if name not in values:
        return f"Entry {entry.number} has no value '{name}'. It has: {', '.join(sorted(values))}."
    kind = draft.kind(entry.entity)
    field = next(each for each in kind.fields if each.name == name)
    if name == "exempt":
        return (
            f"'exempt' cannot be struck out of {entry.entity}: it would publish the rest. "
            "Strike out the other values."
        )
    if field.required and (field.refers_to is not None or not _reads_struck(kind, values, name)):
        return (
            f"'{name}' cannot be struck out of {entry.entity}: {a(kind.name)} cannot be read "
            "without it. Correct or withdraw the fact first, then strike out its other values."
        )
    return None


def _reads_struck(kind: Kind, values: dict[str, Any], name: str) -> bool:
    try:
        kind.decode(_encode.encode({**values, name: STRUCK}))
    except msgspec.ValidationError:
        return False
    return True


def _check_references(draft: _Draft) -> None:
    touched = draft.touched
    elsewhere = {entity for entity, _ in draft.referred if entity not in touched}
    existing = draft.standing.existing(elsewhere) if elsewhere else set()
    for (entity, kinds), (by, reference) in draft.referred.items():
        if entity in draft.failed:
            continue
        if not (touched[entity] if entity in touched else entity in existing):
            draft.faults.append(
                f"{by}: {reference.field} names {entity}, which is not on record. "
                "Put it on record first, or in the same write."
            )
        elif kinds and entity.split("/", 2)[1] not in kinds:
            draft.faults.append(
                f"{by}: {reference.field} names {entity}, but must name {a(' or '.join(kinds))}."
            )


def _check_withdrawals(draft: _Draft) -> None:
    gone = {entity for entity in draft.gone if not draft.touched[entity]}
    for entity in sorted(gone):
        for by in draft.standing.referring(entity):
            still = draft.touched.get(by)
            if by not in gone and (still is None or any(f'"{entity}"' in v.content for v in still)):
                draft.faults.append(
                    f"{entity} cannot be withdrawn altogether: {by} still names it. "
                    "Withdraw or correct that first, or only end it on a day."
                )


def plan(
    changes: Iterable[Change],
    *,
    vocabulary: Vocabulary,
    standing: Standing,
    actor: str,
    reason: str,
    recorded: int,
    salts: Callable[[int], bytes],
) -> Plan:
    """Work out a write: all of it, or none.

    recorded  the instant of writing, microseconds since 1970; later than the head of the log
    salts     gives that many random bytes
    raises    Conflict if somebody else changed one of the facts first;
              Refused, listing every fault, if the record would not hold
    """
    draft = _Draft(vocabulary, standing)
    number, previous, _ = standing.head
    sealer = Sealer(
        number=number, previous=previous, recorded=recorded, actor=actor, reason=reason,
        salts=salts,
    )  # fmt: skip
    made = Plan([], [], [])
    opened: dict[tuple[str, str], Version] = {}
    for change in changes:
        faults = len(draft.faults)
        try:
            content, window = _checked(draft, change)
        except RecordError as wrong:
            draft.faults.append(f"{change.entity}: {wrong}")
        if len(draft.faults) > faults or change.entity in draft.failed:
            draft.failed.add(change.entity)
            continue
        entry = sealer.seal(change.verb, change.entity, window, content, change.target)
        made.entries.append(entry)
        if change.verb != "redact":
            _lay(draft, made, opened, entry)
    if draft.conflicts:
        raise Conflict(draft.conflicts)
    _check_references(draft)
    _check_withdrawals(draft)
    if draft.faults:
        raise Refused(draft.faults)
    made.opened.extend(opened.values())
    return made


_ALWAYS = (BEFORE_ALL.isoformat(), OPEN.isoformat())


def _checked(draft: _Draft, change: Change) -> tuple[str, tuple[str, str]]:
    """What a change lays, and over which days; its faults go to the draft."""
    live = draft.versions(change)
    if change.verb == "redact":
        return _redaction(draft, change), _ALWAYS
    content = _content(draft, change)
    # What an earlier fault kept from being laid must not count as a second fault.
    return content, _ALWAYS if change.entity in draft.failed else _window(draft, change, live)


def _lay(draft: _Draft, made: Plan, opened: dict[tuple[str, str], Version], entry: Entry) -> None:
    """Carry an entry's effect into the draft. A version opened and closed in one write is not kept."""
    live = draft.touched[entry.entity]
    if not live and entry.content:
        new = _version(entry)
        live.append(new)
        opened[entry.entity, entry.valid_from] = new
        return
    closing, opening = overlay(
        live, entry.number, entry.entity, (entry.valid_from, entry.valid_to), entry.content
    )
    for each in closing:
        if each.stored:
            made.closed.append((each, entry.number))
        else:
            del opened[each.entity, each.valid_from]
    for each in opening:
        opened[each.entity, each.valid_from] = each
    if closing:
        draft.touched[entry.entity] = [each for each in live if each not in closing] + opening
        if not draft.touched[entry.entity]:
            draft.gone.add(entry.entity)
    else:
        live.extend(opening)


def _version(entry: Entry) -> Version:
    return Version(
        entry.entity, entry.valid_from, entry.valid_to, entry.number, entry.number, entry.content
    )


def without_struck(kind: Kind, content: str, struck: Mapping[str, str]) -> str:
    """An entry's content as versions carry it, with words in place of required values struck out."""
    required = {field.name for field in kind.fields if field.required}
    gaps = {name: STRUCK for name in struck if name in required}
    if not gaps:
        return content
    return _encode.encode({**msgspec.json.decode(content), **gaps}).decode()
