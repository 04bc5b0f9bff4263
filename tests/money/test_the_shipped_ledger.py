"""The ledger of the invented system adds up to the facts of its pack."""

import pytest
from django.db import connections

from commonweal.money.ledger import checked
from commonweal.money.pence import BadMoney
from commonweal_site.money.ledger import Ledger, Source
from commonweal_site.money.shipping import HEADS, entries
from commonweal_site.record.packing import shipped
from tests.keeping import raw
from tools import invented_ledger

FILE = shipped() / "exampleshire" / "ledger.csv"
POOL = "exampleshire/fund/reablement-pool"


@pytest.fixture
def ledger(book):
    found = Ledger(book.using)
    source = Source("s", "ledger.csv")
    found.post(entries(FILE.read_text("utf-8")), source=source, actor="ann", reason="demo")
    return found


def test_the_file_is_what_its_tool_writes():
    assert FILE.read_text("utf-8") == invented_ledger.written()


def test_the_reablement_pool_overspends_and_the_steps_meet_it_to_the_penny(ledger):
    found = {(account, partner): pence for account, partner, pence, _ in ledger.totals(
        ["account", "partner"], fund=POOL)}  # fmt: skip
    assert found == {
        ("spending", ""): 14_500_000_00,
        ("contribution", "exampleshire/body/icb"): -(7_644_000_00 + 382_200_00),
        ("contribution", "exampleshire/body/exampleshire-council"): -(4_356_000_00 + 217_800_00),
        ("reserve", ""): -1_900_000_00,
        ("balance", ""): 0,
    }


def test_six_organisations_have_every_month_of_the_year(ledger):
    found = {}
    for body, month, _, _ in ledger.totals(["body", "month"]):
        found.setdefault(body.rsplit("/", 1)[1], []).append(month)
    assert sorted(found) == [
        "exampleshire-council", "exampleton-council", "federation", "hospitals", "icb",
        "mental-health",
    ]  # fmt: skip
    assert {len(each) for each in found.values()} == {12}
    assert ledger.faults() == []


def test_a_wrong_row_is_named_and_nothing_is_read():
    good = "2025-04-15,k,w,spending,1.00,b,,,,"
    for bad in ("2025-04-31,k,w,spending,1.00,b,,,,", "2025-04-15,k,w,spending,£1,b,,,,",
                "2025-04-15,k,w,spending,1.001,b,,,,", "2025-04-15,k,w,spending,nan,b,,,,",
                "2025-04-15,k,w"):  # fmt: skip
        with pytest.raises(BadMoney, match="line 3"):
            entries("\n".join([",".join(HEADS), good, bad]))


def test_a_full_disk_posts_nothing_and_the_file_posts_whole_when_there_is_room(sqlite, tmp_path):
    with sqlite.fresh(tmp_path) as book:
        pages = raw(book, "pragma page_count")[0][0]
        raw(book, f"pragma max_page_count = {pages + 2}")
        fills_the_disk(book)


@pytest.mark.postgres
def test_a_full_disk_on_postgresql_posts_nothing_and_then_posts_whole(postgres, tmp_path):
    """No disk is filled, which a test may not do to a machine: a trigger raises what PostgreSQL
    raises when it cannot extend a file (53100), once half the lines are in.
    """
    with postgres.fresh(tmp_path) as book:
        raw(book, FULL)
        raw(book, "create trigger full_disk before insert on money_line "
                  "for each row execute function full_disk()")  # fmt: skip
        fills_the_disk(book, then=["drop trigger full_disk on money_line"])


FULL = """
create function full_disk() returns trigger language plpgsql as $$ begin
    if new.entry > 130 then
        raise exception 'could not extend file: No space left on device, disk full'
        using errcode = 'disk_full';
    end if;
    return new;
end $$
"""


def fills_the_disk(book, then=()):
    ledger, source = Ledger(book.using), Source("s", "ledger.csv")
    given = checked(entries(FILE.read_text("utf-8")))
    with pytest.raises(BadMoney, match=r"Nothing was posted: .*full"):
        ledger.post(given, source=source, actor="ann", reason="full")
    connections[book.using].close()
    for statement in then:
        raw(book, statement)
    assert raw(book, "select count(*) from money_entry") == [(0,)]
    assert raw(book, "select count(*) from money_line") == [(0,)]
    assert ledger.post(given, source=source, actor="ann", reason="again").last == len(given)
    assert ledger.post(given, source=source, actor="ann", reason="twice").before
    assert ledger.faults() == []
