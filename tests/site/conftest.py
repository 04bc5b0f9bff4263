"""The site on a record of its own: a small one made by hand, or every pack that ships."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import URLPattern

from commonweal.areas.facts import Area, Population
from commonweal.bodies.facts import Appointment, Bar, Body, Seat
from commonweal.record.documents import Dispute, Document, Pack, Reading
from commonweal.record.facts import Alias, Source
from commonweal.record.naming import Code, Succession
from commonweal_site.outcomes.keeping import Store
from commonweal_site.outcomes.shipping import keep_shipped
from commonweal_site.record import packing, proofs, shelf
from commonweal_site.record.roots import Roots
from commonweal_site.urls import urlpatterns
from tests.desk import amended, asserted, hours, write

PAPER = (Source(document="kent/document/paper", at="paragraph 4", lines="12-14"),)


def _every(patterns):
    for each in patterns:
        if isinstance(each, URLPattern):
            yield str(each.pattern)
        else:
            yield from _every(each.url_patterns)


ADDRESSES = tuple(_every(urlpatterns))
"""The pattern of every address of the site."""


@contextmanager
def the_site_on(book):
    """The site reads this record while the block lasts; nothing kept from another is shown."""
    before = shelf.SHELF, proofs.ROOTS
    shelf.SHELF, proofs.ROOTS = shelf.Shelf(book), Roots(book)
    try:
        yield Client(headers={"host": "testserver"})
    finally:
        shelf.SHELF, proofs.ROOTS = before


def small(book):
    """A board that follows a group, a place, a seat that the law bars, a dispute, and an exempt body."""
    area, board, group = "kent/area/system", "kent/body/icb", "kent/body/group"
    write(
        book,
        asserted("kent/document/paper", Document(title="The Kent paper", issuer="Kent", date="2022-05")),
        asserted("kent/pack/kent", Pack(name="Kent", systems=("kent",), licence="Open")),
        asserted(area, Area(name="Kent", type="system", sources=PAPER), "2020-04-01"),
        asserted(
            group,
            Body(name="Kent Group", type="clinical commissioning group", areas=(area,), sources=PAPER),
            "2020-04-01", "2022-07-01",
        ),
        asserted(
            board,
            Body(
                name="NHS Kent Board", type="integrated care board", stage="statutory",
                areas=(area,), aliases=(Alias(name="KIB", why="acronym"),), sources=PAPER,
            ),
            "2022-07-01",
        ),
        asserted("kent/code/kent", Code(of=board, type="ODS", code="QKS", sources=PAPER)),
        asserted(
            "kent/succession/board",
            Succession(type="replace", before=group, after=board, sources=PAPER), "2022-07-01",
        ),
        asserted(
            "kent/seat/trust",
            Seat(
                body=board, role="Trust chief executive", voting="barred",
                bar=Bar(reason="The law does not let providers vote."), sources=PAPER,
            ),
            "2022-07-01",
        ),
        asserted(
            "kent/appointment/trust",
            Appointment(holds="kent/seat/trust", holder="The chief executive", sources=PAPER),
            "2022-07-01",
        ),
        asserted(
            "kent/population/kent",
            Population(of=area, people=1_600_000, approximate=True, year="2021", sources=PAPER),
        ),
        asserted(
            "kent/dispute/start",
            Dispute(
                code="CON-1", name="When it began", handling="Both are kept.", about=(board,),
                readings=(Reading(says="April", sources=PAPER), Reading(says="July", sources=PAPER)),
                sources=PAPER,
            ),
        ),
        asserted("kent/area/thanet", Area(name="Thanet", type="place", sources=PAPER)),
        asserted(
            "kent/body/secret",
            Body(name="Hushwater Panel", type="team", exempt="Personal data", sources=PAPER),
        ),
        asserted(
            "kent/seat/secret", Seat(body="kent/body/secret", role="Hushwater seat", sources=PAPER)
        ),
    )  # fmt: skip
    write(
        book,
        amended(
            "kent/area/thanet", Area(name="East Thanet", type="place", sources=PAPER), "2023-04-01"
        ),
        at=hours(1), reason="The council renamed it",
    )  # fmt: skip


@pytest.fixture
def kent(sqlite, tmp_path):
    """The site on the small record, and its book."""
    with sqlite.fresh(tmp_path) as book:
        small(book)
        with the_site_on(book) as client:
            client.book = book
            yield client


@pytest.fixture(scope="session")
def shipped_book(sqlite, tmp_path_factory):
    """A record of every pack that ships."""
    with sqlite.fresh(tmp_path_factory.mktemp("shipped")) as book:
        packing.load([packing.shipped()], book)
        yield book


@pytest.fixture
def shipped(shipped_book):
    """The site on every pack that ships."""
    with the_site_on(shipped_book) as client:
        client.book = shipped_book
        yield client


@pytest.fixture(scope="session")
def invented_book(sqlite, tmp_path_factory):
    """A record of the invented system, and the folder of its figures."""
    england, own = packing.shipped() / "england", packing.shipped() / "exampleshire"
    folder = tmp_path_factory.mktemp("invented")
    with sqlite.fresh(folder) as book:
        packing.load([england, own], book)
        recorded = datetime(2026, 4, 2, tzinfo=UTC)
        keep_shipped(own, Store(folder / "figures"), recorded=recorded)
        yield book, folder


@pytest.fixture
def invented(invented_book, settings):
    """The site on the invented system, with its figures."""
    book, settings.DATA_DIR = invented_book
    with the_site_on(book) as client:
        yield client


def words(answer):
    """What a page says, without its markup."""
    import re
    from html import unescape

    text = re.sub(r"<(script|style|head)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())
