"""No figure needs the whole ledger: how the databases go about it, not how long they take."""

import re
from datetime import date

import pytest

from commonweal.money.ledger import Entry, Line
from commonweal_site.money.ledger import Ledger, Source
from tests.keeping import raw, vendor

LINES = (Line("spending", 100, "kent/body/icb", "kent/fund/pool"), Line("balance", -100, "b"))
TOTALS = (
    "select t.fund, sum(b.pence) from money_balance b join money_tags t on t.number = b.tags "
    "where b.month < 24300 and b.import <= 3 group by t.fund"
)
BEHIND_A_FIGURE = (
    "select l.entry from money_tags t join money_line l on l.tags = t.number "
    "where t.fund = 'kent/fund/pool' and l.month = 24275"
)
WITHIN_A_MONTH = (
    "select l.tags, sum(l.pence) from money_line l join money_entry e on e.number = l.entry "
    "where l.month = 24275 and e.day >= '2022-12-01' and e.day < '2022-12-15' group by l.tags"
)
IN_ORDER = "select number from money_entry where day >= '2022-12-01' order by day, number limit 50"
OF_AN_IMPORT = "select number from money_entry where import = 2"


@pytest.fixture
def plan(book):
    """How the database would go about a statement, as text."""
    days = [date(2021 + n // 12, n % 12 + 1, day) for n in range(48) for day in range(1, 29)]
    entries = [Entry(day, "Carers", LINES) for day in days]
    for sha, given in (("a", entries), ("b", entries[:1])):
        Ledger(book.using).post(given, source=Source(sha, "a.csv"), actor="ann", reason="r")
    if vendor(book) == "sqlite":
        return lambda sql: " ".join(str(row) for row in raw(book, f"explain query plan {sql}"))
    # So few rows are read quickest one after the other; is there a better way at all?
    for way in ("seqscan", "bitmapscan", "nestloop"):
        raw(book, f"set enable_{way} = off")
    raw(book, "vacuum analyze")
    return lambda sql: " ".join(row for (row,) in raw(book, f"explain {sql}"))


def test_totals_are_read_from_balances_and_from_no_line(plan):
    told = plan(TOTALS)
    assert "money_line" not in told
    assert "money_entry" not in told


def test_the_lines_behind_a_figure_are_found_by_tag_and_month(plan):
    assert re.search("money_line_(?:tags|month)", plan(BEHIND_A_FIGURE))


def test_the_entries_of_days_are_found_in_their_order(plan):
    told = plan(IN_ORDER)
    assert "money_entry_day" in told
    assert "B-TREE" not in told
    assert "Sort" not in told


def test_the_entries_of_an_import_are_found_by_it(plan):
    assert "money_entry_import" in plan(OF_AN_IMPORT)


def test_within_a_month_postgresql_reads_the_lines_of_that_month_only(plan, book):
    told = plan(WITHIN_A_MONTH)
    assert vendor(book) == "sqlite" or "using money_line_month" in told
