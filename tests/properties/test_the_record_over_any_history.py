"""Whatever is written, in whatever order: what must always be true of the record."""

from contextlib import contextmanager
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonweal.areas.facts import Area, Population
from commonweal.record.derived import Derived
from commonweal.record.entries import GENESIS, microseconds
from commonweal.record.errors import Refused
from commonweal.record.when import BEFORE_ALL, OPEN
from commonweal.record.writing import Change, Head, Live, plan
from commonweal.vocabulary import VOCABULARY
from commonweal_site.record.proving import versions
from tests.desk import hours
from tests.keeping import raw, vendor

PLACES = tuple(f"kent/area/p{n}" for n in range(3))
FIRST = date(2022, 7, 1)
DAYS = [BEFORE_ALL, *(FIRST + timedelta(n) for n in range(8)), OPEN]
ASKED = [BEFORE_ALL, *(FIRST + timedelta(n) for n in range(-1, 9))]

# --- any history: writes of a few changes each ----------------------------------------------------

names = st.sampled_from(["Thanet", "Margate", "Ramsgate", "Broadstairs"])
areas = st.builds(Area, name=names, type=st.just("place"), note=st.none() | names)
counts = st.builds(Population, of=st.sampled_from(PLACES), people=st.integers(0, 9))
windows = st.lists(st.sampled_from(DAYS), min_size=2, max_size=2, unique=True).map(sorted)


@st.composite
def changes(draw):
    verb = draw(st.sampled_from(["assert", "assert", "amend", "correct", "withdraw"]))
    entity, facts = draw(
        st.sampled_from([*((each, areas) for each in PLACES), ("kent/population/p", counts)])
    )
    since, until = draw(windows)
    return Change(verb, entity, None if verb == "withdraw" else draw(facts), since, until)


@st.composite
def strikes(draw):
    entity = draw(st.sampled_from(PLACES))
    names = draw(st.lists(st.sampled_from(["name", "note", "@actor", "@reason"]), min_size=1))
    return Change("redact", entity, target=draw(st.integers(1, 12)), names=tuple(names))


# Beginning with a fact keeps most histories from being refused throughout.
begun = areas.map(lambda fact: [Change("assert", PLACES[0], fact, FIRST)])
writes = st.lists(st.lists(changes() | strikes(), min_size=1, max_size=4), max_size=8)
histories = st.builds(lambda first, rest: [first, *rest], begun, writes)


class Memory:
    """A record held in memory, as a write has to know it: the same plans, without a database."""

    def __init__(self):
        self.derived = Derived(VOCABULARY)
        self.entries = []

    @property
    def head(self):
        if not self.entries:
            return Head(0, GENESIS, 0)
        last = self.entries[-1]
        return Head(last.number, last.hash, last.recorded)

    def live(self, entity):
        versions = self.derived._live.get(entity, [])
        last = [each.number for each in self.entries if each.entity == entity]
        return Live([each._replace(stored=True) for each in versions], max(last, default=0))

    def existing(self, entities):
        return {each for each in entities if self.derived._live.get(each)}

    def referring(self, entity):
        every = self.derived._live.items()
        return [name for name, live in every if any(f'"{entity}"' in v.content for v in live)]

    def entry(self, number):
        return self.entries[number - 1] if 0 < number <= len(self.entries) else None

    def write(self, wanted, at):
        made = plan(
            wanted, vocabulary=VOCABULARY, standing=self, actor="Ann", reason="Why",
            recorded=microseconds(at), salts=bytes,
        )  # fmt: skip
        self.entries += made.entries
        for entry in made.entries:
            self.derived.take(entry)


def tell(book, history):
    """Write a history; what is refused is left out. The instants of the writes that were kept."""
    kept = []
    for number, wanted in enumerate(history):
        if not wanted:
            continue
        try:
            book.write(wanted, actor="Ann", reason="Why", at=hours(number), salts=bytes)
        except Refused:
            continue
        kept.append(hours(number))
    return kept


def answers(book, known):
    """What the record says of every place on every day that matters, as known at an instant."""
    return [
        [(snapshot.get(each), snapshot.held(each)) for each in (*PLACES, "kent/population/p")]
        for snapshot in (book.snapshot(day, known) for day in ASKED)
    ]


@pytest.fixture
def empty(book):
    """Gives an empty record for each example, and takes back what the example wrote."""

    @contextmanager
    def fresh():
        with transaction.atomic(using=book.using):
            yield book
            transaction.set_rollback(True, using=book.using)

    return fresh


def tried(examples):
    checks = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=examples, deadline=None, suppress_health_check=checks)


# --- what must always be true ---------------------------------------------------------------------


@tried(30)
@given(history=histories)
def test_live_versions_of_an_entity_never_overlap(empty, history):
    with empty() as book:
        tell(book, history)
        for entity in PLACES:
            live = book.live(entity).versions
            assert all(a.valid_to <= b.valid_from for a, b in pairwise(live))
            assert all(each.valid_from < each.valid_to for each in live)


@pytest.mark.slow
@tried(30)
@given(history=histories)
def test_no_later_write_changes_what_was_known(empty, history):
    """Save that what was struck out is gone from every answer."""
    said = [[each for each in write if each.verb != "redact"] for write in history]
    with empty() as book:
        earlier = {}
        for number, wanted in enumerate(said):
            if tell(book, [[]] * number + [wanted]):
                earlier[hours(number)] = answers(book, hours(number))
            for known, answer in earlier.items():
                assert answers(book, known) == answer


@tried(30)
@given(history=histories)
def test_the_log_proves_and_the_versions_made_anew_from_it_are_the_same(empty, history):
    with empty() as book:
        tell(book, history)
        assert book.verify() == book.head.number
        before = sorted(map(tuple, raw(book, "select * from record_version")))
        unguard(book)
        raw(book, "delete from record_version")
        assert book.rebuild() == len(before)
        assert sorted(map(tuple, raw(book, "select * from record_version"))) == before


def unguard(book):
    if vendor(book) == "sqlite":
        raw(book, "drop trigger record_version_kept")
    else:
        raw(book, "alter table record_version disable trigger record_version_kept")


@pytest.mark.slow
@tried(30)
@given(history=histories, since=st.integers(0, 8))
def test_a_snapshot_brought_up_to_date_equals_one_read_afresh(empty, history, since):
    with empty() as book:
        tell(book, history[:since])
        older = {day: book.snapshot(day) for day in ASKED}
        for each in older.values():
            each.of_kind("area"), each.of_kind("population")
            list(each.mentions(PLACES[0]))
        old, mark = book.head.number, len(history[:since])
        tell(book, [[]] * mark + history[since:])
        new = book.head
        for day, snapshot in older.items():
            steps = book.steps(old, new.number)
            newer = snapshot.after(steps, known=hours(99), head=new.number)
            fresh = book.snapshot(day)
            for kind in ("area", "population"):
                assert dict(newer.of_kind(kind)) == dict(fresh.of_kind(kind))
                held = {each: newer.held(each) for each in newer.of_kind(kind)}
                assert held == {each: fresh.held(each) for each in fresh.of_kind(kind)}
            for entity in PLACES:
                assert sorted(newer.mentions(entity), key=str) == sorted(
                    fresh.mentions(entity), key=str
                )


@tried(30)
@given(history=histories)
def test_a_plan_worked_out_in_memory_is_what_the_database_stores(empty, history):
    said = [[each for each in write if each.verb != "redact"] for write in history]
    memory = Memory()
    with empty() as book:
        for number, wanted in enumerate(said):
            stored = bool(tell(book, [[]] * number + [wanted]))
            try:
                memory.write(wanted, hours(number))
                assert stored or not wanted
            except Refused:
                assert not stored
        assert list(book.entries()) == memory.entries
        assert sorted(versions(book)) == sorted(memory.derived.rows.values())


@tried(30)
@given(history=histories)
def test_what_is_refused_leaves_no_trace(empty, history):
    with empty() as book:
        for number, wanted in enumerate(history):
            before = book.head, len(raw(book, "select 1 from record_version"))
            if not tell(book, [[]] * number + [wanted]):
                assert (book.head, len(raw(book, "select 1 from record_version"))) == before
