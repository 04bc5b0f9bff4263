"""What was spent is read beside the record: by its day, as once known, and only what may be seen."""

from datetime import UTC, date, datetime, timedelta

import pytest

from commonweal.areas.facts import Area
from commonweal.bodies.facts import Body
from commonweal.meetings.decided import Decision
from commonweal.money.funds import Fund
from commonweal.money.ledger import Entry, Line
from commonweal.money.spending import spending
from commonweal.record.documents import Document
from commonweal.record.facts import Source
from commonweal_site.money.ledger import Ledger
from commonweal_site.money.ledger import Source as File
from tests.desk import asserted, write

BOARD, POOL, HUSH = "kent/body/icb", "kent/fund/pool", "kent/decision/hush"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
"""The record is written before any ledger is posted, whatever the clock says."""
PAPER = (Source(document="kent/document/paper", at="page 1"),)


@pytest.fixture
def kept(book):
    """A board and a pool, and a ledger on the same database."""
    write(
        book,
        asserted("kent/document/paper", Document(title="The Kent paper", issuer="Kent")),
        asserted("kent/area/system", Area(name="Kent", type="system", sources=PAPER)),
        asserted(BOARD, Body(name="Board", type="integrated care board", sources=PAPER)),
        asserted(POOL, Fund(name="Pool", type="pooled", sources=PAPER), "2025-04-01", "2026-04-01"),
        at=LONG_AGO,
    )
    return book


def spent(day, pence, *, fund=POOL, decision=""):
    tags = {"fund": fund, "decision": decision}
    lines = (Line("spending", pence, BOARD, **tags), Line("balance", -pence, BOARD))
    return Entry(date.fromisoformat(day), f"Spent {pence}", lines, key=f"{day} {pence}")


def post(book, *entries, sha="a"):
    Ledger(book.using).post(entries, source=File(sha, "month.csv"), actor="ann", reason="month")


def by_month(book, day, **more):
    snapshot = book.snapshot(date.fromisoformat(day), **more)
    return {(e.last_day.isoformat(), e.pence) for e in spending(snapshot)}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-06-14", {("2025-05-31", 5)}),
        ("2025-06-15", {("2025-05-31", 5), ("2025-06-30", 10)}),
        ("2025-06-30", {("2025-05-31", 5), ("2025-06-30", 17)}),
        ("2025-04-30", set()),
    ],
)
def test_spending_counts_from_its_own_day_within_a_month(kept, day, expected):
    post(kept, spent("2025-05-20", 5), spent("2025-06-15", 10), spent("2025-06-30", 7))
    assert by_month(kept, day) == expected


def test_what_a_fund_paid_is_still_read_after_it_ended(kept):
    post(kept, spent("2026-03-31", 5))
    assert by_month(kept, "2026-06-01") == {("2026-03-31", 5)}


def test_what_was_posted_after_the_record_went_on_was_not_known_before(kept):
    before = kept.snapshot(date(2026, 1, 1))
    write(
        kept,
        asserted("kent/area/one", Area(name="One", type="place", sources=PAPER)),
        at=LONG_AGO + timedelta(1),
    )
    post(kept, spent("2025-05-20", 5))
    assert spending(before) == ()
    assert len(spending(kept.snapshot(date(2026, 1, 1)))) == 1


def hush(book, **fields):
    told = {"name": "Hush", "by": BOARD, "when": "2025-05-01", "type": "consensus",
            "sources": PAPER, **fields}  # fmt: skip
    write(book, asserted(HUSH, Decision(**told)), at=LONG_AGO + timedelta(2))


def test_entries_that_name_what_is_kept_back_are_left_out_whole(kept):
    hush(kept, exempt="Not for publication")
    both = spent("2025-05-21", 20)
    other = Line("spending", 3, BOARD, POOL, decision=HUSH)
    mixed = both._replace(lines=(*both.lines, other, Line("balance", -3, BOARD)))
    post(kept, spent("2025-05-20", 5), spent("2025-05-20", 9, decision=HUSH), mixed)
    whole = kept.snapshot(date(2026, 1, 1))
    assert sum(each.pence for each in spending(whole)) == 5 + 9 + 23
    public = whole.seen_by(lambda _: False)
    assert [each.pence for each in spending(public)] == [5]


def test_a_record_without_a_ledger_says_that_there_is_none():
    from tests.making import kent

    assert spending(kent()(date(2025, 6, 1))) is None
