"""A write of thousands of facts is stored while it is worked out. It is as whole as a short one."""

import pytest
from django.db import connections

from commonweal.record.errors import Refused
from commonweal_site.record import book as stored
from tests.desk import asserted, corrected, hours, place, write
from tests.keeping import raw

MANY = 2500
"""More than one part of a plan, and more than one reading ahead."""


@pytest.fixture
def book(sqlite, tmp_path, monkeypatch):
    """An empty record in which any write counts as a long one."""
    monkeypatch.setattr(stored, "MANY", 1)
    with sqlite.fresh(tmp_path) as fresh:
        yield fresh


def places(**more):
    return [asserted(f"kent/area/n{n}", place(f"N{n}", **more)) for n in range(MANY)]


def indexes(book):
    return sorted(raw(book, "select name, sql from sqlite_master where type = 'index'"))


def test_the_indexes_of_the_log_are_as_before(book):
    before = indexes(book)
    assert "record_entry_entity" in dict(before)
    write(book, *places())
    assert indexes(book) == before
    assert book.verify() == MANY


def test_refused_at_its_end_it_leaves_nothing_and_the_indexes_as_before(book):
    before = indexes(book)
    wrong = corrected("kent/area/nowhere", place("Nowhere"), "2022-07-01")
    with pytest.raises(Refused):
        write(book, *places(), wrong)
    assert indexes(book) == before
    assert book.head.number == book.verify() == 0


def test_what_is_stated_once_and_what_is_stated_twice_are_both_on_record(book):
    again = corrected("kent/area/n7", place("Seven"), "2023-01-01", "2024-01-01")
    write(book, *places(), again)
    assert book.verify() == MANY + 1
    assert [each.opened_by for each in book.live("kent/area/n7").versions] == [MANY + 1] * 3
    assert [each.opened_by for each in book.live("kent/area/n8").versions] == [9]


def test_exempt_facts_are_marked_as_such(book):
    write(book, *places(exempt="Schedule 12A"))
    assert raw(book, "select count(*) from record_version where exempt = 1") == [(MANY,)]


def test_a_later_one_asks_for_its_entities_by_the_thousand(book):
    write(book, asserted("kent/area/first", place("First")))
    asked = []

    def count(execute, sql, parameters, many, context):
        asked.append(sql)
        return execute(sql, parameters, many, context)

    with connections[book.using].execute_wrapper(count):
        write(book, *places(), at=hours(1))
    assert len([sql for sql in asked if sql.lstrip().startswith("select")]) < 20
