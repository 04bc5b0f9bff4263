"""Everybody can find what they wrote, however long the log has grown."""

from tests.desk import PLACE, asserted, corrected, hours, place, redacted, write
from tests.keeping import raw


def test_the_entries_that_somebody_wrote_the_last_first(book):
    write(book, asserted(PLACE, place("Thanet")), actor="Ann")
    write(book, corrected(PLACE, place("Margate")), actor="Bea", at=hours(1))
    write(book, corrected(PLACE, place("Deal")), actor="Ann", at=hours(2))
    assert [each.number for each in book.written_by("Ann")] == [3, 1]
    assert [each.number for each in book.written_by("Ann", before=3)] == [1]
    assert [each.number for each in book.written_by("Ann", most=1)] == [3]
    assert book.written_by("Cleo") == []


def test_an_entry_whose_writer_was_struck_out_is_nobodys(book):
    write(book, asserted(PLACE, place("Thanet")), actor="Ann")
    write(book, redacted(PLACE, 1, "@actor"), actor="Bea", at=hours(1))
    assert book.written_by("Ann") == []


def test_they_are_found_by_an_index(sqlite, tmp_path):
    with sqlite.fresh(tmp_path) as book:
        plan = raw(
            book,
            "explain query plan select number from record_entry where actor = 'Ann' "
            "and number < 9 order by number desc limit 5",
        )
    assert ["record_entry_actor" in row[-1] for row in plan] == [True]
