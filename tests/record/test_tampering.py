"""Whoever gets past the guards and changes anything at all is found out, and the first broken entry is named."""

import json

import pytest

from commonweal.record.entries import GENESIS, proved, struck_out
from commonweal.record.errors import BrokenChain
from tests.desk import PLACE, amended, asserted, corrected, hours, place, redacted, withdrawn, write
from tests.keeping import raw, vendor

DOVER = "kent/area/dover"
GUARDED = ("record_entry", "record_version")


def unguarded(book):
    """The record with its guards taken away, as somebody who owns the database can."""
    if vendor(book) == "sqlite":
        for (name,) in raw(book, "select name from sqlite_master where type = 'trigger'"):
            raw(book, f"drop trigger {name}")
        raw(book, "pragma ignore_check_constraints = on")
    else:
        for table in GUARDED:
            raw(book, f"alter table {table} disable trigger user")
        constraints = raw(
            book,
            "select conrelid::regclass, conname from pg_constraint where contype in ('c', 'x') "
            "and conrelid::regclass::text in ('record_entry', 'record_version')",
        )
        for table, name in constraints:
            raw(book, f'alter table {table} drop constraint "{name}"')


@pytest.fixture
def open_book(book):
    """Entries of every verb, one of them struck out, and no guard."""
    write(
        book,
        asserted(PLACE, place("Thanet", note="As printed"), "2022-07-01"),
        asserted(DOVER, place("Dover", exempt="Schedule 12A"), "2022-07-01"),
    )
    write(book, amended(PLACE, place("Isle of Thanet"), "2024-01-01"), at=hours(1))
    write(book, corrected(DOVER, place("Deal"), "2023-01-01", "2024-01-01"), at=hours(2))
    write(book, withdrawn(DOVER, "2025-01-01"), at=hours(3))
    write(book, redacted(PLACE, 1, "note", "@actor"), at=hours(4))
    assert book.verify() == 6
    unguarded(book)
    return book


def broken(book):
    with pytest.raises(BrokenChain) as caught:
        book.verify()
    assert str(caught.value).startswith(f"Entry {caught.value.number} is broken: ")
    return caught.value.number


ENTRY_COLUMNS = (
    "recorded actor reason verb entity valid_from valid_to content target salts struck hash"
).split()
VERSION_COLUMNS = (
    "kind entity valid_from valid_to recorded_from recorded_to stated_by opened_by closed_by exempt "
    "content"
).split()


def others(value):
    """Every value that differs from this one in one byte, or for a number and a date, in one."""
    if isinstance(value, int):
        return [value + 1, value - 1]
    if isinstance(value, bytes | memoryview):
        whole = bytes(value)
        return [whole[:n] + bytes([whole[n] ^ 1]) + whole[n + 1 :] for n in range(len(whole))]
    if isinstance(value, str):
        return [f"{value[:n]}{chr(ord(value[n]) ^ 1)}{value[n + 1 :]}" for n in range(len(value))]
    return [value.replace(day=value.day % 28 + 1), value.replace(year=2000)]


def put(book, table, column, value, key):
    where = " and ".join(f"{name} = %s" for name in key)
    raw(book, f"update {table} set {column} = %s where {where}", [value, *key.values()])


def each_way(book, table, column, key):
    """Put every other value in a place, one after the other; at the end the first again."""
    where = " and ".join(f"{name} = %s" for name in key)
    ((value,),) = raw(book, f"select {column} from {table} where {where}", list(key.values()))
    kept = dict(key)
    for other in others(value):
        put(book, table, column, other, key)
        if column in key:
            key = {**key, column: other}
        yield other
        put(book, table, column, value, key)
        key = kept
    assert book.verify() == 6


@pytest.mark.parametrize("number", [1, 2, 5, 6])
@pytest.mark.parametrize("column", ENTRY_COLUMNS)
def test_any_byte_of_any_column_of_an_entry(open_book, column, number):
    for value in each_way(open_book, "record_entry", column, {"number": number}):
        assert broken(open_book) == number, f"{column} became {value!r}"


@pytest.mark.parametrize("column", VERSION_COLUMNS)
@pytest.mark.parametrize(("begins", "opened_by"), [("2022-07-01", 2), ("2022-07-01", 4)])
def test_any_byte_of_any_column_of_a_version(open_book, column, begins, opened_by):
    """Dover from July 2022: the version that entry 2 opened and 4 closed, and the one that stands."""
    key = {"entity": DOVER, "opened_by": opened_by, "valid_from": begins}
    for value in each_way(open_book, "record_version", column, key):
        assert broken(open_book) == opened_by, f"{column} became {value!r}"


@pytest.mark.parametrize("number", range(1, 7))
def test_an_entry_that_is_gone(open_book, number):
    raw(open_book, f"delete from record_entry where number = {number}")
    # The last can go unnoticed by the chain, but its versions, or what it struck out, tell.
    assert broken(open_book) == (1 if number == 6 else number)


def test_an_entry_between_two(open_book):
    raw(open_book, "update record_entry set number = number + 100 where number > 3")
    assert broken(open_book) == 4


@pytest.mark.parametrize("number", [0, -1, 7])
def test_an_entry_where_none_should_be(open_book, number):
    raw(
        open_book,
        f"insert into record_entry select {number}, recorded, actor, reason, verb, entity, "
        "valid_from, valid_to, content, target, salts, struck, hash from record_entry "
        "where number = 5",
    )
    assert broken(open_book) == (7 if number == 7 else 1)


@pytest.mark.parametrize("opened_by", range(1, 6))
def test_a_version_that_is_gone(open_book, opened_by):
    raw(open_book, f"delete from record_version where opened_by = {opened_by}")
    assert broken(open_book) == opened_by


def test_a_version_that_no_entry_made(open_book):
    raw(
        open_book,
        "insert into record_version (kind, entity, valid_from, valid_to, recorded_from, stated_by, "
        "opened_by, exempt, content) values ('area', 'kent/area/deal', '2022-07-01', '2023-01-01', "
        '1, 1, 3, 0, \'{"name":"Deal","type":"place"}\')',
    )
    assert broken(open_book) == 3


def test_the_first_of_several_breaks_is_named(open_book):
    for number in (5, 3, 4):
        put(open_book, "record_entry", "reason", "another", {"number": number})
    assert broken(open_book) == 3


def test_a_value_struck_out_without_a_redaction(open_book):
    """The digests alone would prove: the log has to say that somebody struck it out, and why."""
    entry = struck_out(open_book.entry(3), ["name"])
    raw(
        open_book,
        "update record_entry set content = %s, salts = %s, struck = %s where number = 3",
        [entry.content, entry.salts, json.dumps(dict(entry.struck))],
    )
    assert broken(open_book) == 3


@pytest.mark.parametrize(
    ("column", "value"),
    [("actor", "Eve"), ("content", '{"name":"Thanet","type":"place","note":"Forged"}')],
)
def test_a_value_put_where_one_was_struck_out(open_book, column, value):
    """Its digest would vouch for anything, so nothing may stand there."""
    put(open_book, "record_entry", column, value, {"number": 1})
    assert broken(open_book) == 1


def test_more_in_an_entry_than_was_sealed(open_book):
    ((content,),) = raw(open_book, "select content from record_entry where number = 3")
    for more in (f"{content} ", content.replace(",", ", "), content.replace(":", " :", 1)):
        put(open_book, "record_entry", "content", more, {"number": 3})
        assert broken(open_book) == 3


def test_bytes_that_are_no_text(sqlite, tmp_path):
    """PostgreSQL would not take them."""
    with sqlite.fresh(tmp_path) as book:
        write(book, asserted(PLACE, place("Thanet")), asserted(DOVER, place("Dover")))
        unguarded(book)
        raw(book, "update record_entry set reason = cast(x'ff41' as text) where number = 2")
        assert broken(book) == 2
        raw(book, "update record_entry set reason = 'As the board was told' where number = 2")
        assert book.verify() == 2
        raw(book, "update record_version set content = cast(x'ff41' as text) where opened_by = 2")
        assert broken(book) == 2


def test_a_log_alone_brings_the_versions_back(open_book):
    """As after restoring only the log from a backup."""
    before = sorted(map(tuple, raw(open_book, "select * from record_version")))
    raw(open_book, "delete from record_version")
    assert broken(open_book) == 1
    assert open_book.rebuild() == len(before)
    assert sorted(map(tuple, raw(open_book, "select * from record_version"))) == before
    assert open_book.verify() == 6


def test_a_broken_log_is_not_built_upon(open_book):
    raw(open_book, "delete from record_version")
    put(open_book, "record_entry", "reason", "another", {"number": 2})
    with pytest.raises(BrokenChain):
        open_book.rebuild()
    assert raw(open_book, "select count(*) from record_version") == [(0,)]


def test_part_of_the_log_proves_from_the_entry_before_it(open_book):
    entries = list(open_book.entries())
    assert list(proved(entries[3:], entries[2].hash, 3)) == entries[3:]
    with pytest.raises(BrokenChain):
        list(proved(entries[3:], GENESIS, 3))
