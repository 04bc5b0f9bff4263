"""Snapshots that are shared between requests."""

from datetime import date

from commonweal.record.documents import Document
from commonweal.record.writing import Change
from commonweal_site.record.shelf import Shelf

PAPER = "kent/document/paper"
DAY = date(2022, 7, 1)


def written(book):
    paper = Document(title="Paper", issuer="A name to strike out")
    return book.write([Change("assert", PAPER, paper)], actor="me", reason="First").entries[0]


def test_a_snapshot_is_shared_until_the_record_changes(book):
    shelf = Shelf(book)
    written(book)
    assert shelf.snapshot(DAY) is shelf.snapshot(DAY)


def test_what_was_struck_out_is_gone_from_snapshots_of_the_past_too(book):
    shelf = Shelf(book)
    entry = written(book)
    past = entry.recorded_at
    assert "A name" in shelf.snapshot(DAY, past).fact(PAPER).issuer
    strike = Change("redact", PAPER, target=entry.number, names=("issuer",))
    book.write([strike], actor="keeper", reason="Ordered by a court")
    for known in (None, past):
        assert "A name" not in shelf.snapshot(DAY, known).fact(PAPER).issuer
