"""What a write does to the record, worked out before anything is stored.

Five verbs. `assert` states a new fact. `amend` says it changed on a day. `correct` says the record
was wrong over some days. `withdraw` says the fact did not hold over some days. `redact` strikes
out values. Whatever the verb, an entry lays new content (or none) over a window of days; what it
covers is closed, never overwritten, and what sticks out on either side is stated again unchanged.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, Protocol

import msgspec

from .entries import ACTOR, REASON, STRUCK, Entry, Sealer, Verb
from .errors import Conflict, RecordError, Refused
from .facts import Fact
from .identifiers import ID_PATTERN, a, identifier
from .kinds import Kind, Named, Reference, Vocabulary
from .when import BEFORE_ALL, OPEN

_encode = msgspec.json.Encoder()
_day = lru_cache(maxsize=4096)(date.isoformat)


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

    valid_from, valid_to  the days it speaks of, half-open; for `amend` the end is that of the
    version
                          that holds on the first day
    seen                  number of the last entry about the entity that the writer had seen;
    given, the
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
    """What to store: entries for the log, versions to close (each with the closing entry),
    versions to open.

    apart  numbers of the entries whose effect stands in `closed` and `opened`; each of the others
           only opens the version that it states, which is not exempt
    """

    entries: list[Entry]
    closed: list[tuple[Version, int]]
    opened: list[Version]
    apart: list[int]

    def every_opened(self) -> Iterator[Version]:
        """Every version that the plan opens."""
        apart = set(self.apart)
        yield from (_version(entry) for entry in self.entries if entry.number not in apart)
        yield from self.opened


def overlay(
    live: Iterable[Version], number: int, entity: str, window: tuple[str, str], content: str
) -> tuple[list[Version], list[Version]]:
    """Lay content (empty: none) over a window of days: what it closes, and what it opens."""
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
    """A plan in the making: what the changes so far have done to each entity they touch.

    again     entities that more than one of the changes is about
    referred  what the changes name
    stated    content of what the write states, and speaks of once only, of entities that are new
    unread    `id` of each change whose fact could not be read
    """

    def __init__(self, vocabulary: Vocabulary, standing: Standing, again: set[str]) -> None:
        self.vocabulary = vocabulary
        self.standing = standing
        self.again = again
        self.opened: dict[tuple[str, str], Version] = {}
        self.touched: dict[str, list[Version]] = {}
        self.stated: dict[str, str] = {}
        self.last: dict[str, int] = {}
        self.faults: list[str] = []
        self.conflicts: list[str] = []
        self.referred: Named = defaultdict(set)
        self.unread: set[int] = set()
        self.gone: set[str] = set()
        self.failed: set[str] = set()
        self._kinds: dict[str, Kind] = {}

    def kind(self, entity: str) -> Kind:
        """The kind of an entity; quick, because a bulk load asks a million times."""
        match = ID_PATTERN.fullmatch(entity)
        name = match[2] if match else identifier(entity).kind
        known = self._kinds.get(name)
        if known is None:
            known = self._kinds[name] = self.vocabulary.kind(name)
        return known

    def versions(self, change: Change) -> list[Version]:
        """The live versions of the entity of a change, changes before it included."""
        versions = self.touched.get(change.entity)
        if versions is None:
            live = self.standing.live(change.entity)
            versions = self.touched[change.entity] = list(live.versions)
            if live.last:
                self.last[change.entity] = live.last
        if change.seen is not None and (last := self.last.get(change.entity, 0)) != change.seen:
            self.conflicts.append(self._conflict(change.entity, last))
        return versions

    def still_names(self, by: str, entity: str) -> bool:
        """Whether an entity that named another when the write began, or since, still does."""
        if by in self.stated:
            return f'"{entity}"' in self.stated[by]
        versions = self.touched.get(by)
        return versions is None or any(f'"{entity}"' in each.content for each in versions)

    def _conflict(self, entity: str, last: int) -> str:
        later = self.standing.entry(last)
        if later is None:
            return f"{entity} is not on record any more. Look at its history, then decide again."
        return (
            f"{later.actor or 'Somebody'} changed {entity} on "
            f"{later.recorded_at:%-d %B %Y at %H:%M} UTC (entry {later.number}), after you "
            f"opened it: “{later.reason}”. Look at the difference, then make your change again."
        )


_MISFIT = ("say what the fact is.", "a withdrawal carries no fact: say only from when to when.")


def _content(draft: _Draft, change: Change) -> str:
    """The stored form of a change's fact, checked; its faults go to the draft."""
    if change.fact is None or change.verb == "withdraw":
        if (change.fact is None) != (change.verb == "withdraw"):
            draft.unread.add(id(change))
            draft.faults.append(f"{change.entity}: {_MISFIT[change.verb == 'withdraw']}")
        return ""
    kind = draft.kind(change.entity)
    if not isinstance(change.fact, kind.type):
        draft.unread.add(id(change))
        draft.faults.append(
            f"{change.entity} is an identifier for {a(kind.name)}, but the fact is "
            f"{a(type(change.fact).kind)}."
        )
        return ""
    content = _encode.encode(change.fact)
    try:
        kind.decode(content)
    except msgspec.ValidationError as wrong:
        draft.unread.add(id(change))
        draft.faults.append(f"{change.entity}: {wrong}.")
        return ""
    if kind.finds_faults or change.fact.stated is not None:
        for fault in change.fact.faults_as(change.entity):
            draft.faults.append(f"{change.entity}: {fault}")
    kind.gather(change.fact, draft.referred)
    return content.decode()


def _window(draft: _Draft, change: Change, live: Sequence[Version]) -> tuple[str, str]:
    """The days a change is laid over; its faults go to the draft."""
    begins, ends = _day(change.valid_from), _day(change.valid_to)
    if begins >= ends:
        draft.faults.append(
            f"{change.entity}: the period from {begins} to {ends} has no day in it. "
            "The end is the day after the last."
        )
    if not live and change.verb == "assert":
        return begins, ends
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


def _check_references(draft: _Draft, changes: Iterable[Change]) -> None:
    touched = draft.touched
    named = set[str]().union(*draft.referred.values()) - draft.stated.keys()
    elsewhere = {entity for entity in named if entity not in touched}
    existing = draft.standing.existing(elsewhere) if elsewhere else set()
    absent = {entity for entity in named if not touched.get(entity, entity in existing)}
    misnamed = {
        (entity, kinds)
        for kinds, entities in draft.referred.items() if kinds
        for entity in entities if entity.partition("/")[2].partition("/")[0] not in kinds
    }  # fmt: skip
    if absent or misnamed:
        draft.faults.extend(_misnaming(draft, changes, absent, misnamed))


def _misnaming(
    draft: _Draft,
    changes: Iterable[Change],
    absent: set[str],
    misnamed: set[tuple[str, tuple[str, ...]]],
) -> Iterator[str]:
    """A sentence for each entity that is named and not on record, or not of the kind to be named,
    with the first change that names it.
    """
    told = set()
    for change, reference in _references(draft, changes):
        field, entity, kinds = reference
        if (entity, kinds) in told or entity in draft.failed:
            continue
        told.add((entity, kinds))
        if entity in absent:
            yield (
                f"{change.entity}: {field} names {entity}, which is not on record. "
                "Put it on record first, or in the same write."
            )
        elif (entity, kinds) in misnamed:
            yield (
                f"{change.entity}: {field} names {entity}, but must name {a(' or '.join(kinds))}."
            )


def _references(draft: _Draft, changes: Iterable[Change]) -> Iterator[tuple[Change, Reference]]:
    """What the changes name, those left out whose facts cannot be read."""
    for change in changes:
        if change.fact is not None and id(change) not in draft.unread:
            yield from (
                (change, each) for each in draft.kind(change.entity).references(change.fact)
            )


def _check_withdrawals(draft: _Draft) -> None:
    gone = {entity for entity in draft.gone if not draft.touched[entity]}
    for entity in sorted(gone):
        for by in draft.standing.referring(entity):
            if by not in gone and draft.still_names(by, entity):
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
    whole = Plan([], [], [], [])
    for part in parts(
        list(changes), vocabulary=vocabulary, standing=standing, actor=actor, reason=reason,
        recorded=recorded, salts=salts,
    ):  # fmt: skip
        whole.entries.extend(part.entries)
        whole.closed.extend(part.closed)
        whole.opened.extend(part.every_opened())
        whole.apart.extend(entry.number for entry in part.entries)
    return whole


def parts(
    changes: Sequence[Change],
    *,
    vocabulary: Vocabulary,
    standing: Standing,
    actor: str,
    reason: str,
    recorded: int,
    salts: Callable[[int], bytes],
    size: int = 2000,
    ahead: Callable[[Sequence[Change]], Iterable[Change]] = iter,
) -> Iterator[Plan]:
    """The plan of a write, part by part, so that a long one can be stored while it is worked out.

    ahead  gives the changes one by one, what is known of their entities read in good time

    As `plan`; what it raises may come after any part, and then nothing of them must stay.
    """
    times = Counter(map(attrgetter("entity"), changes))
    draft = _Draft(vocabulary, standing, {entity for entity, often in times.items() if often > 1})
    head = standing.head
    sealer = Sealer(
        number=head.number, previous=head.hash, recorded=recorded, actor=actor, reason=reason,
        salts=salts,
    )  # fmt: skip
    made = Plan([], [], [], [])
    for change in ahead(changes):
        if (checked := _checked(draft, change)) is None:
            continue
        entry = sealer.seal(change.verb, change.entity, checked[1], checked[0], change.target)
        made.entries.append(entry)
        if not _plain(draft, change, entry):
            made.apart.append(entry.number)
            if change.verb != "redact":
                _lay(draft, made, entry)
        if len(made.entries) == size:
            yield made
            made = Plan([], [], [], [])
    if draft.conflicts:
        raise Conflict(draft.conflicts)
    _check_references(draft, changes)
    _check_withdrawals(draft)
    if draft.faults:
        raise Refused(draft.faults)
    made.opened.extend(draft.opened.values())
    yield made


_ALWAYS = (BEFORE_ALL.isoformat(), OPEN.isoformat())


def _checked(draft: _Draft, change: Change) -> tuple[str, tuple[str, str]] | None:
    """What a change lays, and over which days; none if it is at fault, which goes to the draft."""
    faults = len(draft.faults)
    try:
        live = draft.versions(change)
        if change.verb == "redact":
            checked = _redaction(draft, change), _ALWAYS
        else:
            # What an earlier fault kept from being laid must not count as a second fault.
            lost = change.entity in draft.failed
            content = _content(draft, change)
            checked = content, _ALWAYS if lost else _window(draft, change, live)
    except RecordError as wrong:
        draft.unread.add(id(change))
        draft.faults.append(f"{change.entity}: {wrong}")
    if len(draft.faults) > faults or change.entity in draft.failed:
        draft.failed.add(change.entity)
        return None
    return checked


def _plain(draft: _Draft, change: Change, entry: Entry) -> bool:
    """Whether an entry only opens the version that it states; most of a bulk load does."""
    entity, fact = change.entity, change.fact
    if fact is None or fact.exempt or entity in draft.again or draft.touched[entity]:
        return False
    draft.stated[entity] = entry.content
    return True


def _lay(draft: _Draft, made: Plan, entry: Entry) -> None:
    """Carry an entry's effect into the draft."""
    live = draft.touched[entry.entity]
    # Only an entity that the write speaks of again can have what it opens closed again.
    lasting = entry.entity not in draft.again
    window = (entry.valid_from, entry.valid_to)
    closing, opening = overlay(live, entry.number, entry.entity, window, entry.content)
    for each in closing:
        if each.stored:
            made.closed.append((each, entry.number))
        else:
            # Opened and closed in one write: never on record.
            del draft.opened[each.entity, each.valid_from]
    if lasting:
        made.opened.extend(opening)
    else:
        draft.opened.update(((each.entity, each.valid_from), each) for each in opening)
    draft.touched[entry.entity] = [each for each in live if each not in closing] + opening
    if not draft.touched[entry.entity]:
        draft.gone.add(entry.entity)


def _version(entry: Entry) -> Version:
    return Version(
        entry.entity, entry.valid_from, entry.valid_to, entry.number, entry.number, entry.content
    )


def without_struck(kind: Kind, content: str, struck: Mapping[str, str]) -> str:
    """An entry's content as versions carry it, with words for required values struck out."""
    required = {field.name for field in kind.fields if field.required}
    gaps = {name: STRUCK for name in struck if name in required}
    if not gaps:
        return content
    return _encode.encode({**msgspec.json.decode(content), **gaps}).decode()
