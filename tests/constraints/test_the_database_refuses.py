"""The database itself refuses every edit and deletion, whoever asks: one test a guard, in plain SQL."""

import pytest
from django.db import DatabaseError, transaction

from commonweal.record.derived import LIVE
from tests.desk import PLACE, asserted, corrected, hours, place, redacted, write
from tests.keeping import raw, vendor

EVERYTHING = (
    "select * from record_entry order by number",
    "select * from record_version order by entity, opened_by, valid_from",
)


@pytest.fixture
def kept(book):
    """Two areas, one of them corrected: three entries, a closed version and three live ones."""
    write(
        book,
        asserted(PLACE, place("Thanet"), "2022-07-01"),
        asserted("kent/area/dover", place("Dover")),
    )
    write(book, corrected(PLACE, place("Margate"), "2023-01-01", "2024-01-01"), at=hours(1))
    return book


def everything(book):
    return [[tuple(map(_plain, row)) for row in raw(book, sql)] for sql in EVERYTHING]


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


def refused(book, sql, says):
    before = everything(book)
    with pytest.raises(DatabaseError, match=says), transaction.atomic(using=book.using):
        raw(book, sql)
    assert everything(book) == before
    assert book.verify() == len(before[0])


NEVER_EDITED = "the log is never edited; only a redaction may strike out values"
NEVER_RESTATED = "a version is never edited; it may only be closed, or struck out by a redaction"
NEVER_DELETED = "the record is never deleted from"
AT_THE_END = "an entry is added at the end of the log, and nowhere else"
ONE_A_DAY = "an entity cannot have two live versions on one day"

ENTRY = (
    "insert into record_entry (number, recorded, actor, reason, verb, entity, valid_from, valid_to, "
    "content, target, salts, struck, hash) select {number}, recorded, actor, reason, {verb}, "
    "entity, valid_from, valid_to, content, target, salts, struck, hash from record_entry "
    "where number = 1"
)
VERSION = (
    "insert into record_version (kind, entity, valid_from, valid_to, recorded_from, stated_by, "
    "opened_by, closed_by, exempt, content) values ('area', '{entity}', '{since}', '{until}', 1, 1, "
    "{opened_by}, {closed_by}, 0, '{{}}')"
)


def a_version(entity=PLACE, since="2022-07-01", until="9999-12-31", opened_by=3, closed_by=LIVE):
    return VERSION.format(
        entity=entity, since=since, until=until, opened_by=opened_by, closed_by=closed_by
    )


@pytest.mark.parametrize("table", ["record_entry", "record_version"])
@pytest.mark.parametrize("which", ["", " where entity = 'kent/area/dover'"])
def test_nothing_is_deleted(kept, table, which):
    refused(kept, f"delete from {table}{which}", NEVER_DELETED)


@pytest.mark.parametrize("table", ["record_entry", "record_version"])
@pytest.mark.postgres
def test_nothing_is_truncated(postgres, tmp_path, table):
    """SQLite has no such statement: there a deletion of every row is refused."""
    with postgres.fresh(tmp_path) as book:
        write(book, asserted(PLACE, place("Thanet")))
        refused(book, f"truncate {table} cascade", NEVER_DELETED)


@pytest.mark.parametrize(
    "change",
    [
        "number = number + 100",
        "recorded = recorded + 1",
        "actor = 'Eve'",
        "reason = 'none'",
        "verb = 'withdraw'",
        "entity = 'kent/area/deal'",
        "valid_from = '2000-01-01'",
        "valid_to = '2030-01-01'",
        "content = '{}'",
        "target = 1",
        "salts = hash",
        'struck = \'{"name": "00"}\'',
        "hash = salts",
    ],
)
def test_no_entry_is_edited(kept, change):
    refused(kept, f"update record_entry set {change} where number = 1", NEVER_EDITED)


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'body'",
        "entity = 'kent/area/deal'",
        "valid_from = '2000-01-01'",
        "valid_to = '2023-01-01'",
        "recorded_from = 1",
        "stated_by = 1",
        "opened_by = 1",
        "exempt = 1",
        'content = \'{"name":"Deal"}\'',
        "closed_by = 2",  # an entry, but about another entity
        "closed_by = 99",  # no entry
        "recorded_to = 5",  # closed by nothing
    ],
)
def test_no_version_is_edited(kept, change):
    sql = (
        f"update record_version set {change} where entity = '{PLACE}' and valid_from = '2023-01-01'"
    )
    refused(kept, sql, NEVER_RESTATED)


@pytest.mark.parametrize("change", ["closed_by = 2", f"closed_by = {LIVE}, recorded_to = {LIVE}"])
def test_a_closed_version_is_neither_closed_again_nor_reopened(kept, change):
    refused(
        kept,
        f"update record_version set {change} where entity = '{PLACE}' and closed_by = 3",
        NEVER_RESTATED,
    )


@pytest.mark.parametrize(
    ("since", "until"),
    [("2022-07-01", "2022-07-02"), ("2022-12-31", "2023-01-01"), ("0001-01-01", "9999-12-31")],
)
def test_an_entity_has_one_live_version_a_day(kept, since, until):
    refused(kept, a_version(since=since, until=until), ONE_A_DAY)


def test_versions_that_only_touch_are_let_in(kept):
    """The day before the first and the day after the last are free."""
    raw(kept, a_version(since="2022-06-30", until="2022-07-01"))
    raw(kept, a_version(entity="kent/area/deal", opened_by=1))


@pytest.mark.postgres
def test_two_writers_at_once_cannot_both_put_an_entity_on_a_day(postgres, tmp_path):
    """The trigger sees only what is committed; the constraint sees all."""
    with postgres.fresh(tmp_path) as book:
        raw(book, "alter table record_version disable trigger record_version_alone")
        raw(book, a_version())
        refused_by_constraint = "record_version_no_overlap"
        with pytest.raises(DatabaseError, match=refused_by_constraint):
            raw(book, a_version(opened_by=4))


@pytest.mark.parametrize("number", [1, 3, 5, 0, -1])
def test_an_entry_is_added_at_the_end_only(kept, number):
    refused(kept, ENTRY.format(number=number, verb="'assert'"), AT_THE_END)


def test_an_entry_has_one_of_five_verbs(kept):
    refused(kept, ENTRY.format(number=4, verb="'delete'"), "(?i)check constraint")


def test_a_version_has_at_least_one_day(kept):
    sql = a_version(entity="kent/area/deal", since="2022-07-01", until="2022-07-01")
    refused(kept, sql, "(?i)check constraint")


@pytest.mark.parametrize("column", ["content", "actor", "salts", "struck"])
def test_striking_out_one_entry_lets_nobody_touch_another(kept, column):
    write(kept, redacted(PLACE, 3, "@reason"), at=hours(2))
    value = "hash" if column == "salts" else "'another'"
    sql = f"update record_entry set {column} = {value} where number = 2"
    with pytest.raises(DatabaseError, match=NEVER_EDITED):
        raw(kept, sql)


# --- ways round that SQLite offers ----------------------------------------------------------------


@pytest.fixture
def in_sqlite(sqlite, tmp_path):
    with sqlite.fresh(tmp_path) as book:
        write(book, asserted(PLACE, place("Thanet"), "2022-07-01"))
        write(book, corrected(PLACE, place("Margate"), "2023-01-01", "2024-01-01"), at=hours(1))
        assert vendor(book) == "sqlite"
        yield book


def test_insert_or_replace_replaces_no_entry(in_sqlite):
    sql = ENTRY.format(number=2, verb="'assert'").replace("insert", "insert or replace", 1)
    refused(in_sqlite, sql, AT_THE_END)


def test_insert_or_replace_replaces_no_version(in_sqlite):
    sql = a_version(opened_by=1, closed_by=2).replace("insert", "insert or replace", 1)
    refused(in_sqlite, sql, ONE_A_DAY)


@pytest.mark.parametrize("name", ["rowid", "oid", "_rowid_"])
def test_the_hidden_name_of_a_row_is_no_way_round(in_sqlite, name):
    refused(in_sqlite, f"update record_entry set {name} = 99 where number = 1", NEVER_EDITED)
