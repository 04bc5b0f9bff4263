"""The record engine: loading, snapshots, answers on a day, proving."""

import gc
import os
import resource
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench.england import england
from bench.places import BETWEEN, DAY, Place, entity, in_peer, in_record
from bench.rows import Measured, median_of, row, watch
from bench.tried import database, fresh
from commonweal.areas.facts import Area
from commonweal.record.writing import Change
from commonweal_site.record.book import Book
from commonweal_site.record.roots import Roots

ENGLAND = (10_000, 100_000, 1_000_000)
TABLE = (2_000, 20_000, 100_000)
LOG = (2_000, 20_000, 200_000)
ANOTHER_DAY = date(2023, 5, 1)
LOADED = datetime(2026, 1, 5, 9, tzinfo=UTC)
HISTORY = "django-simple-history"


def loaded(size):
    """A record of that many facts of England; made once in a run and then copied."""
    kept = Path(os.environ["COMMONWEAL_BENCH_DIR"]) / f"england-{size}.sqlite3"
    if not kept.exists():
        load(size)
        database(Path(os.environ["COMMONWEAL_DIR"]) / "commonweal.sqlite3").copy(kept)
    fresh(kept)
    return Book()


def load(size):
    """Load so many facts into an empty record; how long it took."""
    fresh()
    changes = list(england(size))
    gc.freeze()
    with watch() as taken:
        Book().write(changes, actor="bench", reason="Load", at=LOADED)
    return taken


@row(
    "Load facts into an empty record",
    sizes=ENGLAND, of="facts", unit="facts a second", at_least=30_000,
)  # fmt: skip
def bulk_load(size):
    taken = load(size)
    return Measured(size / taken.seconds, processor=taken.processor)


def memory():
    """Most memory the process has had, in GiB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**30


def whole(book, day=ANOTHER_DAY):
    """The whole record on a day, every kind decoded."""
    snapshot = book.snapshot(day)
    snapshot.read()
    return snapshot


@row("Read the whole record on another day", sizes=ENGLAND, of="facts", unit="s", at_most=3)
def whole_record(size):
    book = loaded(size)
    with watch() as taken:
        whole(book)
    return Measured(taken.seconds, processor=taken.processor)


@row("Memory for the whole record", sizes=ENGLAND, of="facts", unit="GiB", at_most=1.5)
def whole_record_memory(size):
    snapshot = whole(loaded(size))
    assert snapshot.head == size
    return Measured(memory())


@row("Apply one new entry to a snapshot", sizes=ENGLAND, of="facts", unit="ms", at_most=1)
def one_entry(size):
    book = loaded(size)
    snapshot = whole(book)
    taken = []
    for number in range(101):
        change = Change("assert", f"kent/area/new-{number}", Area(name="New", type="place"))
        at = LOADED + timedelta(hours=number + 1)
        made = book.write([change], actor="bench", reason="One", at=at)
        head = made.entries[-1].number
        with watch() as one:
            snapshot = snapshot.after(book.steps(head - 1, head), known=at, head=head)
        taken.append(one.seconds)
    assert snapshot.get("kent/area/new-100")
    return Measured(sorted(taken)[50] * 1000)


@row(
    "A table as it was",
    sizes=TABLE,
    of="entities",
    unit="ms",
    at_most=100,
    asked=20_000,
    peer=HISTORY,
)
def table_as_of(size):
    fresh()
    book = in_record(size)
    in_peer(size)
    facts = book.snapshot(DAY, BETWEEN).all(Area)
    assert len(facts) == len(list(Place.history.as_of(BETWEEN))) == size
    assert facts[entity(1)].name == "First 1"
    ours = median_of(7, lambda: book.snapshot(DAY, BETWEEN).all(Area))
    theirs = median_of(3, lambda: list(Place.history.as_of(BETWEEN)))
    return Measured(ours * 1000, theirs * 1000)


@row(
    "One entity as it was",
    sizes=TABLE,
    of="entities",
    unit="ms",
    at_most=1,
    asked=20_000,
    peer=HISTORY,
)
def entity_as_of(size):
    fresh()
    book = in_record(size)
    in_peer(size)
    wanted = entity(size // 2)
    assert book.fact(wanted, DAY, BETWEEN).name == f"First {size // 2}"
    assert Place.history.as_of(BETWEEN).get(entity=wanted).name == f"First {size // 2}"
    ours = median_of(201, lambda: book.fact(wanted, DAY, BETWEEN))
    theirs = median_of(21, lambda: Place.history.as_of(BETWEEN).get(entity=wanted))
    return Measured(ours * 1000, theirs * 1000)


@row("Prove the whole log", sizes=LOG, of="entries", unit="s", at_most=10)
def verify(size):
    book = loaded(size)
    with watch() as taken:
        assert book.verify() == size
    return Measured(taken.seconds, processor=taken.processor)


@row("Root of the log, from nothing", sizes=LOG, of="entries", unit="s", at_most=0.3)
def root(size):
    book = loaded(size)
    with watch() as taken:
        proof = Roots(book).prove_growth(size - 1)
    assert proof.holds()
    return Measured(taken.seconds, processor=taken.processor)
