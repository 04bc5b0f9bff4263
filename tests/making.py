"""Small records for tests, held in memory.

day = record_of(
    a("kent/body/icb", Body(name="NHS Kent Board", type="integrated care board")),
    a("kent/body/old", Body(...), until="2022-07-01"),
)
snapshot = day(date(2022, 7, 1))
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

import commonweal.checks  # noqa: F401  # registers every check
from commonweal.areas.facts import Area
from commonweal.bodies.facts import Body, Seat
from commonweal.record.facts import Fact, Source
from commonweal.record.findings import Finding
from commonweal.record.packs import Item, read_pack
from commonweal.record.snapshot import Held, Rows, Snapshot, Step
from commonweal.record.when import BEFORE_ALL, OPEN
from commonweal.statute.runner import run
from commonweal.vocabulary import VOCABULARY

KNOWN = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
PACKS = Path(__file__).resolve().parent.parent / "packs"
PAPER = (Source(document="test/document/paper", at="page 1"),)

type Record = Callable[[date], Snapshot]


def a(entity: str, fact: Fact, *, since: str | None = None, until: str | None = None) -> Item:
    """An entity over some days: since ever if no first day is given, open if no end is."""
    if not fact.sources:
        fact = msgspec.structs.replace(fact, sources=PAPER)
    begins = date.fromisoformat(since) if since else BEFORE_ALL
    ends = date.fromisoformat(until) if until else OPEN
    return Item(entity, begins, ends, fact)


class Memory:
    """Reads facts from memory, as the snapshot asks for them."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.kinds: dict[str, list[Item]] = {}
        for item in sorted(items, key=lambda each: each[:2]):
            self.kinds.setdefault(item.entity.split("/")[1], []).append(item)

    def _on(self, kind: str, as_at: date) -> list[Item]:
        return [i for i in self.kinds.get(kind, ()) if i.valid_from <= as_at < i.valid_to]

    def rows(self, kind: str, as_at: date, _head: int) -> Rows:
        items = self._on(kind, as_at)
        contents = msgspec.json.encode([item.fact for item in items]).decode()
        return Rows([item.entity for item in items], contents)

    def rows_of(self, kinds: Sequence[str], as_at: date, head: int) -> Iterator[Rows]:
        return (self.rows(kind, as_at, head) for kind in kinds)

    def held(self, kind: str, as_at: date, _head: int) -> list[Held]:
        items = self._on(kind, as_at)
        return [Held(i.valid_from.isoformat(), i.valid_to.isoformat(), 1) for i in items]

    def days(self, kind: str, _head: int) -> list[str]:
        items = self.kinds.get(kind, ())
        return sorted({day.isoformat() for i in items for day in (i.valid_from, i.valid_to)})

    def versions(self, kind: str, entities: Sequence[str], _head: int) -> list[Step]:
        return [
            Step(i.entity, Held(i.valid_from.isoformat(), i.valid_to.isoformat(), 1), text)
            for i in self.kinds.get(kind, ())
            if i.entity in entities
            for text in (msgspec.json.encode(i.fact).decode(),)
        ]

    def exempt(self, as_at: date | None, _head: int) -> list[str]:
        items = (i for every in self.kinds.values() for i in every if i.fact.exempt)
        return [i.entity for i in items if as_at is None or i.valid_from <= as_at < i.valid_to]


def record_of(*items: Item) -> Record:
    """A record that gives its snapshot on any day."""
    memory = Memory(items)

    def on(day: date) -> Snapshot:
        return Snapshot(VOCABULARY, memory, as_at=day, known=KNOWN, head=len(items))

    return on


def shipped(*names: str) -> Record:
    """The record of the packs that ship: all of them, or those named."""
    folders = [PACKS / name for name in names] or sorted(p for p in PACKS.iterdir() if p.is_dir())
    items = []
    for folder in folders:
        files = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.yaml")}
        items += read_pack(folder.name, files, VOCABULARY).items
    return record_of(*items)


# A board in Kent, to which a test adds what it is about

SYSTEM = "kent/area/system"
BOARD = "kent/body/icb"
FIRST_DAY = date(2022, 7, 1)


def kent(*more: Item, **changes: object) -> Record:
    """One system and its board since 1 July 2022, and whatever else is given.

    changes  fields of the board
    """
    fields = {
        "name": "NHS Kent Board",
        "type": "integrated care board",
        "legal": "statutory body",
        "stage": "statutory",
        "areas": (SYSTEM,),
    }
    board = Body(**{**fields, **changes})
    return record_of(
        a(SYSTEM, Area(name="Kent", type="system")),
        a(BOARD, board, since="2022-07-01"),
        *more,
    )


def seat(slug: str, kind: str, body: str = BOARD, **fields: object) -> Item:
    """A seat, by the category of member it is for."""
    return a(f"kent/seat/{slug}", Seat(body=body, role=slug.replace("-", " "), type=kind, **fields))


def seats(*kinds: str, body: str = BOARD, **fields: object) -> tuple[Item, ...]:
    """A seat of each kind, numbered."""
    return tuple(seat(f"seat-{n}", kind, body, **fields) for n, kind in enumerate(kinds, start=1))


def outcomes(snapshot: Snapshot, number: str) -> dict[str, str]:
    """What one rule found, by subject."""
    return {each.subject: each.outcome for each in findings(snapshot, number)}


def findings(snapshot: Snapshot, number: str) -> tuple[Finding, ...]:
    """What one rule found."""
    return run(snapshot, rules=[number]).findings


def said(snapshot: Snapshot, number: str, subject: str) -> str:
    """Why one rule found what it found of a subject."""
    return next(each.because for each in findings(snapshot, number) if each.subject == subject)
