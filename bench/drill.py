"""How long a merger of two boards takes to try over a national record, and to carry out.

The record is that of `bench.assurance`: 42 boards with a committee each, their risks in two
versions, evidence and oversight. As the plain way, SQL looks through every stored version for the
two names.
"""

import sqlite3
from datetime import date, timedelta

from msgspec.structs import replace

from bench.assurance import LOADED, loaded
from bench.rows import Measured, median_of, row, watch
from bench.tried import file
from commonweal.assurance.drill import Drill, drill, homes
from commonweal.assurance.homes import NOT_DECIDED, planned
from commonweal.record.documents import Document
from commonweal.record.snapshot import Snapshot
from commonweal.record.writing import Change
from commonweal_site.assurance.settled import carry_out
from commonweal_site.record.book import Book

ON = date(2027, 4, 1)
BOARDS, PAPER = ("s1/body/icb", "s2/body/icb"), "s1/document/paper"
SIZES, REPEATS = (500, 5_000, 50_000), 5


def _days(book: Book) -> tuple[Snapshot, Snapshot]:
    return book.snapshot(ON - timedelta(1)), book.snapshot(ON)


def _tried(before: Snapshot, after: Snapshot) -> Drill:
    found = drill(before, BOARDS, ON, after=after)
    homes(found, after)
    return found


def _plainly() -> None:
    """What a search through the stored versions would do."""
    with sqlite3.connect(file()) as plain:
        for board in BOARDS:
            plain.execute(
                "select entity from record_version where content like ? and valid_to > ?",
                [f'%"{board}"%', ON.isoformat()],
            ).fetchall()


@row(
    "Try a merger of two boards, the record not read before", sizes=SIZES, of="risks", unit="s",
    peer="SQL alone, names only", at_most=2,
)  # fmt: skip
def merger_anew(size: int) -> Measured:
    book = loaded(size)
    with watch() as clock:
        _tried(*_days(book))
    return Measured(clock.seconds, median_of(REPEATS, _plainly), clock.processor)


@row("Try a merger of two boards", sizes=SIZES, of="risks", unit="ms", at_most=2_000)
def merger_again(size: int) -> Measured:
    before, after = _days(loaded(size))
    _tried(before, after)
    with watch() as every:
        taken = median_of(REPEATS, lambda: _tried(before, after)) * 1000
    return Measured(taken, processor=every.processor / REPEATS)


@row("Carry out a plan of homes for two boards", sizes=(500, 2_000, 5_000), of="risks", unit="s")
def carried_out(size: int) -> Measured:
    book = loaded(size)
    paper = Change("assert", PAPER, Document(title="Case for change"))
    book.write([paper], actor="bench", reason="Load", at=LOADED + timedelta(1))
    before, after = _days(book)
    made = planned(before, _tried(before, after), "merge", ("s1/body/joined",), "Joined")
    lines = tuple(
        replace(each, heir="ends") if each.heir == NOT_DECIDED else each for each in made.homes
    )
    plan = replace(made, homes=lines, document=PAPER)
    with watch() as clock:
        carry_out(book, plan, actor="bench", reason="The order")
    return Measured(clock.seconds, processor=clock.processor)
