"""One table of places, each stated and then amended, kept by the record and by the peer."""

from datetime import UTC, date, datetime

import msgspec
from django.db import connection

from bench.peer.models import Place
from commonweal.areas.facts import Area
from commonweal.record.documents import Document
from commonweal.record.facts import Source
from commonweal.record.writing import Change
from commonweal_site.record.book import Book

STATED = datetime(2025, 1, 1, 9, tzinfo=UTC)
BETWEEN = datetime(2025, 6, 1, 9, tzinfo=UTC)
AMENDED = datetime(2025, 12, 1, 9, tzinfo=UTC)
DAY = date(2024, 1, 1)
PAPER = "kent/document/paper"


def entity(number):
    return f"kent/area/n{number:07}"


def _place(number, name):
    source = Source(document=PAPER, at=f"paragraph {number % 90}")
    return Area(name=f"{name} {number}", type="neighbourhood", sources=(source,))


def in_record(size):
    """The places in a record: two versions each, the second known later."""
    book = Book()
    paper = Change("assert", PAPER, Document(title="Paper"))
    first = [Change("assert", entity(n), _place(n, "First")) for n in range(size)]
    later = [Change("correct", entity(n), _place(n, "Second")) for n in range(size)]
    book.write([paper, *first], actor="bench", reason="Stated", at=STATED)
    book.write(later, actor="bench", reason="Amended", at=AMENDED)
    return book


def in_peer(size):
    """The same in the peer, in the same database file."""
    with connection.schema_editor() as editor:
        editor.create_model(Place)
        editor.create_model(Place.history.model)

    def made(name):
        for number in range(size):
            fact = _place(number, name)
            sources = msgspec.json.encode(fact.sources).decode()
            yield Place(entity=entity(number), name=fact.name, type=fact.type, sources=sources)

    history = Place.history
    first, later = list(made("First")), list(made("Second"))
    Place.objects.bulk_create(first, batch_size=500)
    history.bulk_history_create(first, batch_size=500, default_date=STATED)
    Place.objects.bulk_update(later, ["name"], batch_size=200)
    history.bulk_history_create(later, batch_size=500, update=True, default_date=AMENDED)
    return Place
