"""How long the slowest report of a long ledger takes, on a PostgreSQL of its own.

The median of three, since the server works beside this process and its time cannot be told apart.
"""

import os
from datetime import UTC, date, datetime, timedelta

from django.db import connections

from bench.money import entries
from bench.rows import Measured, median_of, row
from commonweal.money.ledger import TAGS
from commonweal_site.money.asked import Asked
from commonweal_site.money.ledger import Ledger, Source
from commonweal_site.money.reading import Reading
from commonweal_site.record import shelf
from commonweal_site.record.book import Book
from tests.keeping import SERVER, Postgres
from tools.tests import private_cluster, programs

_AT_A_TIME = 100_000
_LINES = 2
_PAGE = 50
_MONTHS_END, _WITHIN = date(2026, 4, 1), date(2025, 10, 16)


def _filled(name, size):
    """Put so many lines into a ledger, and let the database count them; when half were in."""
    half, ledger = None, Ledger(name)
    for number, begins in enumerate(range(0, size // _LINES, _AT_A_TIME)):
        if half is None and begins >= size // _LINES // 2:
            half = datetime.now(UTC)
        made = entries(min(_AT_A_TIME, size // _LINES - begins))
        source = Source(f"bench {number}", f"{number}.csv")
        ledger.post(made, source=source, actor="bench", reason="Load")
    with connections[name].cursor() as cursor:
        cursor.execute("vacuum analyze")
    return half or datetime.now(UTC)


def _reports(half):
    """Every report, by name."""
    every = frozenset({shelf.EVERY})
    empty = shelf.SHELF.book.snapshot(_MONTHS_END)
    now, then = (Reading(empty, "e", systems=every, known=known) for known in (None, half))

    def asked(ends=_MONTHS_END, **tags):
        return Asked("e", tags, "2025-26", date(2025, 4, 1), None, ends)

    fund = asked(fund="e/fund/f1")
    within = asked(_WITHIN, fund="e/fund/f1")
    return {
        **{f"by {tag}": (lambda tag=tag: now.totals([tag], asked())) for tag in (*TAGS, "month")},
        "by fund, as at a day within a month": lambda: now.totals(["fund"], asked(_WITHIN)),
        "by fund, as once known": lambda: then.totals(["fund"], asked()),
        "one fund by scheme and month": lambda: now.totals(["scheme", "month"], fund),
        "one fund's entries": lambda: (now.count(fund, 1_000), now.entries(fund, 1, _PAGE)),
        "one fund's entries, as at a day": lambda: (
            now.count(within, 1_000),
            now.entries(within, 1, _PAGE),
        ),
        "an entry": lambda: now.entry(1, _MONTHS_END - timedelta(1)),
    }


@row(
    "The slowest report of a ledger, on PostgreSQL",
    sizes=(50_000, 500_000, 5_000_000), of="lines", unit="s", at_most=1, by_name=5_000_000,
)  # fmt: skip
def slowest(size):
    with private_cluster(programs()) as address:
        os.environ[SERVER] = address
        with Postgres().fresh(None) as book:
            return _slowest(book.using, size)


def _slowest(name, size):
    half = _filled(name, size)
    shelf.SHELF = shelf.Shelf(Book(name))
    taken = {}
    for report, make in _reports(half).items():
        taken[report] = median_of(3, make)
        print(f"{report}: {taken[report]:.3f} s")
    return Measured(max(taken.values()))
