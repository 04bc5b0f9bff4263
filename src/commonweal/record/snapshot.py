"""The record on one day, as known at one instant: frozen, indexed, shared.

A snapshot reads each kind when it is first asked for. That is safe because the record never
changes what it said: the same day and the same entry number always give the same facts. A newer
snapshot is made from an older one entry by entry, sharing everything the entries did not touch.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache, cached_property
from itertools import chain
from typing import Any, NamedTuple, Protocol, cast

from .errors import UnknownEntity, did_you_mean
from .facts import Fact
from .garbage import without_collecting
from .identifiers import identifier
from .kinds import Kind, Vocabulary
from .when import OPEN


class Held(NamedTuple):
    """From when to when a fact holds, half-open, and the entry that states it."""

    valid_from: str
    valid_to: str
    stated_by: int

    @property
    def first_day(self) -> date:
        """The first day."""
        return date.fromisoformat(self.valid_from)

    @property
    def end(self) -> date | None:
        """The day it no longer holds; none while open."""
        day = date.fromisoformat(self.valid_to)
        return None if day == OPEN else day


class Rows(NamedTuple):
    """Facts of one kind as stored: identifiers, and contents as one JSON array, in one order."""

    entities: list[str]
    contents: str


class Step(NamedTuple):
    """What one write did to one version: closed it (content empty) or opened it."""

    entity: str
    held: Held
    content: str


class Dated[F: Fact](NamedTuple):
    """A fact as it stood from one day to another."""

    held: Held
    fact: F


class Reader(Protocol):
    """Reads what is stored: the facts that hold on a day, as known at an entry number."""

    def rows(self, kind: str, as_at: date, head: int) -> Rows:
        """The facts of a kind, by identifier."""

    def rows_of(self, kinds: Sequence[str], as_at: date, head: int) -> Iterator[Rows]:
        """The same of several kinds, one after the other; the next may be read meanwhile."""

    def held(self, kind: str, as_at: date, head: int) -> list[Held]:
        """From when to when each holds, in the same order."""

    def days(self, kind: str, head: int) -> list[str]:
        """Every day on which some fact of a kind begins to hold, or no longer holds, in order."""

    def versions(self, kind: str, entities: Sequence[str], head: int) -> list[Step]:
        """Every version of some entities of a kind, by identifier and first day."""

    def exempt(self, as_at: date | None, head: int) -> list[str]:
        """Identifiers of the facts that are not for publication, then or by now.

        What became exempt later is exempt however far back the record is read.

        as_at  None: on any day
        """


_LAYER = 4096
"""How many changes a table carries before its base is made anew."""

type _Index = dict[str, list[str]]


class _Table:
    """The facts of one kind in one snapshot: a base it shares, and what changed since."""

    def __init__(
        self,
        kind: Kind,
        base: dict[str, Fact],
        held: Callable[[], Mapping[str, Held]],
        changed: Mapping[str, tuple[Fact, Held] | None] | None = None,
        index: list[_Index] | None = None,
    ) -> None:
        self.kind = kind
        self._base = base
        self._read_held = held
        self._changed = changed or {}
        self._base_index = index if index is not None else []

    @classmethod
    def read(
        cls, kind: Kind, reader: Reader, as_at: date, head: int, rows: Rows | None = None
    ) -> "_Table":
        rows = rows or reader.rows(kind.name, as_at, head)
        facts = dict(zip(rows.entities, kind.decode_many(rows.contents), strict=True))

        @cache
        def held() -> Mapping[str, Held]:
            return dict(zip(facts, reader.held(kind.name, as_at, head), strict=True))

        return cls(kind, facts, held)

    def get(self, entity: str) -> Fact | None:
        if entity in self._changed:
            changed = self._changed[entity]
            return changed[0] if changed else None
        return self._base.get(entity)

    def held(self, entity: str) -> Held | None:
        if entity in self._changed:
            changed = self._changed[entity]
            return changed[1] if changed else None
        return self._read_held().get(entity)

    def entries(self) -> dict[str, int]:
        """The entry that states each fact."""
        stated = {name: held.stated_by for name, held in self._read_held().items()}
        for name, new in self._changed.items():
            if new is None:
                stated.pop(name, None)
            else:
                stated[name] = new[1].stated_by
        return stated

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Every fact by identifier, in the order of identifiers."""
        if not self._changed:
            return self._base
        merged = {**self._base, **{name: new[0] for name, new in self._changed.items() if new}}
        for name, new in self._changed.items():
            if new is None:
                merged.pop(name, None)
        return dict(sorted(merged.items()))

    @cached_property
    def by_system(self) -> Mapping[str, Mapping[str, Fact]]:
        """The same, system by system."""
        found: dict[str, dict[str, Fact]] = {}
        for name, fact in self.facts.items():
            found.setdefault(name.split("/", 1)[0], {})[name] = fact
        return found

    def referring(self, entity: str) -> Iterator[str]:
        """Identifiers of the facts that name an entity."""
        if not self._base_index:
            self._base_index.append(_index(self.kind, self._base))
        found = self._base_index[0].get(entity, ())
        yield from (name for name in found if name not in self._changed)
        yield from self._changed_index.get(entity, ())

    @cached_property
    def _changed_index(self) -> _Index:
        return _index(self.kind, {name: new[0] for name, new in self._changed.items() if new})

    def after(self, steps: Mapping[str, tuple[Fact, Held] | None]) -> "_Table":
        """The table with some entities changed; once in a few thousand, on a new base."""
        changed = {**self._changed, **steps}
        if len(changed) <= _LAYER:
            return _Table(self.kind, self._base, self._read_held, changed, self._base_index)
        grown = _Table(self.kind, self._base, self._read_held, changed)
        held = {name: cast(Held, grown.held(name)) for name in grown.facts}
        return _Table(self.kind, dict(grown.facts), lambda: held)

    def without(self, hidden: set[str]) -> "_Table":
        """The table without some entities."""
        return self.after(dict.fromkeys(hidden)) if hidden else self


def _index(kind: Kind, facts: Mapping[str, Fact]) -> _Index:
    index: _Index = {}
    for entity, fact in facts.items():
        for reference in kind.references(fact):
            names = index.setdefault(reference.entity, [])
            if not names or names[-1] != entity:
                names.append(entity)
    return index


class Snapshot:
    """The record on one day, as known at one instant.

    as_at  the day
    known  the instant
    head   number of the last entry known then
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        reader: Reader,
        *,
        as_at: date,
        known: datetime,
        head: int,
        tables: Mapping[str, _Table] | None = None,
        may_see: Callable[[str], bool] | None = None,
    ) -> None:
        self.vocabulary = vocabulary
        self.as_at = as_at
        self.known = known
        self.head = head
        self._reader = reader
        self._tables: dict[str, _Table] = dict(tables or {})
        self._may_see = may_see
        self._cut: dict[str, _Table] = {}

    # --- reading -------------------------------------------------------------------------------

    def _whole(self, kind: str) -> _Table:
        if kind not in self._tables:
            known = self.vocabulary.kind(kind)
            self._tables[kind] = _Table.read(known, self._reader, self.as_at, self.head)
        return self._tables[kind]

    def read(self) -> None:
        """Read every kind not read yet: quicker than each when it is asked for."""
        if len(self._tables) == len(self.vocabulary.kinds):
            return
        unread = [kind for kind in self.vocabulary if kind.name not in self._tables]
        names = [kind.name for kind in unread]
        with without_collecting():
            every = self._reader.rows_of(names, self.as_at, self.head)
            for kind, rows in zip(unread, every, strict=True):
                self._tables[kind.name] = _Table.read(
                    kind, self._reader, self.as_at, self.head, rows
                )

    def _table(self, kind: str) -> _Table:
        """The table of a kind, cut to what the viewer may see."""
        whole = self._whole(kind)
        if not self._hidden:
            return whole
        if kind not in self._cut:
            self._cut[kind] = whole.without(self._hidden & whole.facts.keys())
        return self._cut[kind]

    def get(self, entity: str) -> Fact | None:
        """The fact of an entity, if it is on record and holds on the day."""
        kind = entity.split("/", 2)[1:2]
        if not kind or kind[0] not in self.vocabulary.kinds or entity in self._hidden:
            return None
        return self._whole(kind[0]).get(entity)

    def fact(self, entity: str) -> Fact:
        """The fact of an entity.

        raises  UnknownEntity, with the nearest names
        """
        if (found := self.get(entity)) is not None:
            return found
        kind = self.vocabulary.kind(identifier(entity).kind)
        known = list(self._table(kind.name).facts)
        raise UnknownEntity(
            f"{entity} is not on record on {self.as_at.isoformat()}. {did_you_mean(entity, known)}"
        )

    def held(self, entity: str) -> Held | None:
        """From when to when an entity's fact holds, and the entry that states it."""
        return self._whole(identifier(entity).kind).held(entity) if self.get(entity) else None

    def entries_of(self, type_: type[Fact]) -> dict[str, int]:
        """The entry that states each fact of a kind, by identifier."""
        return self._table(type_.kind).entries()

    def days_of(self, type_: type[Fact]) -> tuple[date, ...]:
        """Every day on which some fact of a kind begins to hold, or no longer holds, in order.

        Of the whole record, however it is cut: that something changes is no secret, what is.
        """
        return tuple(map(date.fromisoformat, self._reader.days(type_.kind, self.head)))

    def all[F: Fact](self, type_: type[F]) -> Mapping[str, F]:
        """Every fact of a kind, by identifier."""
        return cast(Mapping[str, F], self._table(type_.kind).facts)

    def of_system[F: Fact](self, type_: type[F], system: str) -> Mapping[str, F]:
        """Every fact of a kind in one system, by identifier, without a look at the others."""
        return cast(Mapping[str, F], self._table(type_.kind).by_system.get(system, {}))

    def versions[F: Fact](
        self, type_: type[F], names: Collection[str]
    ) -> Mapping[str, Sequence[Dated[F]]]:
        """Every version of some facts of the day that began by then, the latest first.

        One that was kept back, or names what is or ever was, is left out.
        """
        kind = self.vocabulary.kind(type_.kind)
        day = self.as_at.isoformat()
        visible = [name for name in names if self.get(name) is not None]
        steps = self._reader.versions(kind.name, visible, self.head)
        steps = [each for each in steps if each.held.valid_from <= day]
        facts = kind.decode_many(f"[{','.join(each.content for each in steps)}]")
        found: dict[str, list[Dated[F]]] = {}
        for step, fact in zip(reversed(steps), reversed(facts), strict=True):
            if step.held.valid_to > day or self._was_open(kind, fact):
                found.setdefault(step.entity, []).append(Dated(step.held, cast(F, fact)))
        return found

    def _was_open(self, kind: Kind, fact: Fact) -> bool:
        """Whether a fact of another day may be shown to a viewer of this snapshot."""
        if not self._ever_hidden:
            return True
        named = (each.entity for each in kind.references(fact))
        return not fact.exempt and not any(name in self._ever_hidden for name in named)

    def of_kind(self, kind: str) -> Mapping[str, Fact]:
        """Every fact of the kind of that name, by identifier."""
        return self._table(kind).facts

    def referring[F: Fact](self, entity: str, type_: type[F]) -> Iterator[tuple[str, F]]:
        """Every fact of a kind that names an entity, whatever the field."""
        table = self._whole(type_.kind)
        for name in table.referring(entity):
            if name not in self._hidden:
                yield name, cast(F, table.get(name))

    def mentions(self, entity: str) -> Iterator[tuple[str, Fact]]:
        """Every fact of any kind that names an entity."""
        self.read()
        return chain.from_iterable(self.referring(entity, kind.type) for kind in self.vocabulary)

    def name(self, entity: str) -> str:
        """What an entity is called: its label, or the last part of its identifier in words."""
        found = self.get(entity)
        if found is None:
            return identifier(entity).slug.replace("-", " ")
        return found.label(self.name)

    def beside(self, store: str) -> Any:
        """What is kept beside the record under that name, such as the ledger; None if nothing is.

        Unlike facts, it may grow while the snapshot lives: ask it for what stood at `head`.
        """
        found = getattr(self._reader, "beside", None)
        return found(store) if found else None

    @cached_property
    def systems(self) -> tuple[str, ...]:
        """Every system with an area of that slug on record, by name of system."""
        return tuple(sorted({name.split("/", 1)[0] for name in self.of_kind("area")}))

    @cached_property
    def invented(self) -> frozenset[str]:
        """Systems made up for trying things out. They never count among the real."""
        packs = self.of_kind("pack").values()
        return frozenset(
            system
            for pack in packs
            if getattr(pack, "invented", False)
            for system in getattr(pack, "systems", ())
        )

    # --- cutting and bringing up to date -------------------------------------------------------

    @cached_property
    def _hidden(self) -> set[str]:
        """What the viewer may not see: exempt facts, and every fact that names one of them."""
        if self._may_see is None:
            return set()
        exempt = self._reader.exempt(self.as_at, self.head)
        hidden = {name for name in exempt if not self._may_see(name)}
        frontier = set(hidden)
        if frontier:
            self.read()
        while frontier:
            naming = {
                name
                for entity in frontier
                for kind in self.vocabulary
                for name in self._whole(kind.name).referring(entity)
                if not self._may_see(name)
            }
            frontier = naming - hidden
            hidden |= frontier
        return hidden

    @cached_property
    def _ever_hidden(self) -> set[str]:
        """What the viewer may not see on this day, or may not have seen on another."""
        if self._may_see is None:
            return set()
        ever = self._reader.exempt(None, self.head)
        return self._hidden | {name for name in ever if not self._may_see(name)}

    def seen_by(self, may_see: Callable[[str], bool]) -> "Snapshot":
        """The snapshot cut to what a viewer may see.

        may_see  whether the viewer may see an exempt fact of that identifier
        """
        cut = Snapshot(
            self.vocabulary, self._reader, as_at=self.as_at, known=self.known, head=self.head,
            may_see=may_see,
        )  # fmt: skip
        cut._tables = self._tables
        return cut

    def on(self, day: date) -> "Snapshot":
        """The same record, known at the same instant, on another day."""
        return Snapshot(
            self.vocabulary, self._reader, as_at=day, known=self.known, head=self.head,
            may_see=self._may_see,
        )  # fmt: skip

    def after(self, steps: Iterable[Step], *, known: datetime, head: int) -> "Snapshot":
        """The snapshot with a later write, sharing all that the write did not touch."""
        day = self.as_at.isoformat()
        changed: dict[str, dict[str, tuple[Fact, Held] | None]] = {}
        for step in steps:
            kind = self.vocabulary.kind_of(step.entity)
            if kind.name in self._tables and step.held.valid_from <= day < step.held.valid_to:
                fact = kind.decode(step.content) if step.content else None
                changed.setdefault(kind.name, {})[step.entity] = (fact, step.held) if fact else None
        tables = {
            kind: table.after(changed[kind]) if kind in changed else table
            for kind, table in self._tables.items()
        }
        return Snapshot(
            self.vocabulary, self._reader, as_at=self.as_at, known=known, head=head,
            tables=tables, may_see=self._may_see,
        )  # fmt: skip
