"""Every figure of the ledger opens to the entries that make it, on its day and as then known."""

import doctest
from datetime import UTC, date, datetime
from itertools import product

import pytest

from commonweal.bodies.facts import Body
from commonweal.meetings.decided import Decision
from commonweal.money.funds import Fund, Scheme
from commonweal.money.ledger import Entry, Line
from commonweal_site.money import addresses, said
from commonweal_site.money.asked import Asked
from commonweal_site.money.ledger import Ledger, Source
from commonweal_site.money.reading import Reading
from commonweal_site.openapi import document
from tests.desk import asserted, write
from tests.site.conftest import PAPER, small, the_site_on, words

BOARD, COUNCIL = "kent/body/icb", "kent/body/council"
POOL, OTHER = "kent/fund/pool", "kent/fund/other"
BEDS, GIVEN = "kent/funded-scheme/beds", "kent/decision/beds"
DAYS = [
    date(2025, 3, 31), date(2025, 4, 1), date(2025, 4, 30), date(2025, 5, 1), date(2025, 5, 20),
    date(2026, 3, 31), date(2026, 4, 1),
]  # fmt: skip


def spent(day, pence, fund=POOL, *, scheme="", decision="", body=COUNCIL):
    return Entry(
        day,
        f"Spending of {day}",
        (
            Line("spending", pence, body, fund, scheme, "", decision),
            Line("balance", -pence, body, fund),
        ),
        key=f"row {pence}",
    )


def put_in(day, pence):
    return Entry(
        day,
        "A payment",
        (
            Line("contribution", pence, BOARD, "", "", COUNCIL),
            Line("balance", -pence, BOARD),
            Line("contribution", -pence, COUNCIL, POOL, "", BOARD),
            Line("balance", pence, COUNCIL, POOL),
        ),
    )


def post(book, *entries, sha="a" * 64):
    return Ledger(book.using).post(
        entries, source=Source(sha, "month.csv"), actor="Ann", reason="The month"
    )


def facts(book):
    small(book)
    write(
        book,
        asserted(COUNCIL, Body(name="Kent Council", type="council", sources=PAPER)),
        asserted(POOL, Fund(name="Kent pool", type="pooled", sources=PAPER)),
        asserted(OTHER, Fund(name="Kent grant", type="grant", sources=PAPER)),
        asserted(GIVEN, Decision(name="More beds", by=BOARD, when="2025-03-01", type="consensus", outcome="carried", sources=PAPER)),
        asserted(BEDS, Scheme(name="Beds", fund=POOL, decision=GIVEN, sources=PAPER)),
    )  # fmt: skip


@pytest.fixture
def site(book):
    """A small record with a ledger, on either database."""
    facts(book)
    with the_site_on(book) as client:
        client.book = book
        yield client


@pytest.fixture
def kent(sqlite, tmp_path):
    """The same on SQLite, with a year of entries."""
    with sqlite.fresh(tmp_path) as book:
        facts(book)
        post(
            book,
            *(spent(day, 10**at) for at, day in enumerate(DAYS)),
            spent(date(2025, 6, 1), 3, OTHER, scheme=BEDS, decision=GIVEN), put_in(date(2025, 6, 2), 500),
        )  # fmt: skip
        with the_site_on(book) as client:
            client.book = book
            yield client


def reading(book, known=None, as_at=date(2026, 11, 22)):
    return Reading(book.snapshot(as_at), "kent", known=known)


@pytest.mark.parametrize("module", [addresses, said])
def test_the_examples_hold(module):
    found = doctest.testmod(module)
    assert found.attempted
    assert not found.failed


# --- totals ---------------------------------------------------------------------------------------


def test_totals_of_any_days_are_what_their_entries_make(site):
    entries = [spent(day, 10**at) for at, day in enumerate(DAYS)]
    post(site.book, *entries)
    post(site.book, *(spent(day, 7, body="kent/body/secret") for day in DAYS), sha="b" * 64)
    turns = [*DAYS, date(2025, 4, 15), date(2025, 12, 31)]
    for begins, ends in product([None, *turns], turns):
        asked = Asked("kent", {"account": "spending"}, "", begins, None, ends)
        shown = [e for e in entries if e.day < ends and (begins is None or e.day >= begins)]
        made = reading(site.book).totals(["fund"], asked)
        assert sum(each.pence for each in made) == sum(e.lines[0].pence for e in shown)
        assert sum(each.lines for each in made) == len(shown) == reading(site.book).count(asked, 99)


def test_a_total_and_the_pages_of_its_entries_agree(site):
    post(site.book, *(spent(date(2025, 4, 1 + n % 30), n + 1) for n in range(23)))
    asked = Asked("kent", {"fund": POOL, "account": "spending"}, "", None, None, date(2026, 1, 1))
    found = reading(site.book)
    pages = [found.entries(asked, number, 10) for number in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [10, 10, 3, 0]
    counted = [line.pence for page in pages for each in page for line, own in each.lines if own]
    assert sum(counted) == found.totals([], asked)[0].pence == 23 * 24 // 2
    assert [each.number for each in found.every(asked)] == [e.number for p in pages for e in p]


def test_what_was_posted_later_was_not_known_before(site):
    post(site.book, spent(date(2025, 4, 1), 100))
    between = reading(site.book).posted
    post(site.book, spent(date(2025, 4, 1), 1), spent(date(2025, 5, 1), 7), sha="b" * 64)
    asked = Asked("kent", {"account": "spending"}, "", None, None, date(2025, 5, 2))
    then, now = reading(site.book, known=between), reading(site.book)
    assert [(each.tags, each.pence) for each in then.totals(["fund"], asked)] == [((POOL,), 100)]
    assert (then.count(asked, 99), now.count(asked, 99)) == (1, 3)
    assert now.totals([], asked)[0].pence == 108
    assert reading(site.book, known=datetime(2020, 1, 1, tzinfo=UTC)).count(asked, 99) == 0


def test_another_systems_books_are_not_in_it(kent):
    post(kent.book, spent(date(2025, 6, 1), 9999, body="surrey/body/icb", fund=""), sha="c" * 64)
    assert "9999" not in kent.get("/kent/ledger.csv").content.decode()


# --- pages ----------------------------------------------------------------------------------------


def test_a_fund_and_a_financial_year_show_its_entries_and_what_they_come_to(kent):
    said = words(kent.get("/kent/ledger/?fund=pool&account=spending&year=2025-26"))
    assert "5 entries of money from 1 April 2025 until 31 March 2026" in said
    assert "only account “spending”, fund “Kent pool”" in said
    assert "These lines come to: £1,111.10 spent" in said
    assert "£10,000 spent" not in said


def test_the_day_of_the_page_bounds_the_entries_within_a_month(kent):
    assert "£1.11 spent" in words(kent.get("/kent/ledger/?account=spending&as_at=2025-04-30"))
    assert "£0.11 spent" in words(kent.get("/kent/ledger/?account=spending&as_at=2025-04-29"))


def test_lines_without_a_tag_can_be_asked_for(kent):
    found = kent.get("/kent/ledger.json?fund=none").json()
    assert [each["pence"] for each in found["totals"]] == [-500, 500]


def test_a_long_list_comes_in_pages_that_say_so(kent):
    post(kent.book, *(spent(date(2025, 7, 1), 1) for _ in range(60)), sha="d" * 64)
    first = kent.get("/kent/ledger.json").json()
    assert (first["count"], first["page"], first["pages"], len(first["entries"])) == (69, 1, 3, 25)
    assert len(kent.get("/kent/ledger.json?page=3").json()["entries"]) == 19
    assert "Page 1 of 3. The lines on this page come to:" in words(kent.get("/kent/ledger/"))
    rows = kent.get("/kent/ledger.csv").content.decode().splitlines()
    assert len(rows) == 1 + 2 * 68 + 4


def test_whole_entries_come_to_nothing_and_the_page_says_so(kent):
    assert "All accounts together come to nothing" in words(kent.get("/kent/ledger/"))


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("fund=poool", "knows no fund ‘poool’. Did you mean 'pool'?"),
        ("account=spendings", "has no account ‘spendings’. Did you mean 'spending'?"),
        ("year=2025", "‘2025’ is not a financial year. Write it like 2025-26."),
        ("year=2025-27", "is not a financial year"),
        ("to=soon", "‘soon’ is not a day. Write it like 2025-10-01."),
        ("decision=kent/fund/pool", "knows no decision ‘kent/fund/pool’"),
    ],
)
def test_a_name_or_day_that_is_not_there_is_answered_with_those_that_are(kent, query, says):
    answer = kent.get(f"/kent/ledger/?{query}")
    assert answer.status_code == 400
    assert says in words(answer)


def test_a_system_without_a_ledger_says_that_nothing_is_there(kent):
    write(kent.book, asserted("surrey/area/system", small_area()))
    assert "No entry that is shown is as asked." in words(kent.get("/surrey/ledger/"))
    assert kent.get("/nowhere/ledger/").status_code == 404


def small_area():
    from commonweal.areas.facts import Area

    return Area(name="Surrey", type="system", sources=PAPER)


@pytest.mark.parametrize(
    "by", ["body", "fund", "scheme", "partner", "decision", "account", "month"]
)
def test_every_figure_of_a_table_of_totals_opens_to_entries_that_make_it(kent, by):
    found = kent.get(f"/kent/ledger/by/{by}.json?year=2025-26").json()["totals"]
    whole = kent.get("/kent/ledger.json?year=2025-26").json()["totals"]
    made = {}
    for each in found:
        made[each["account"]] = made.get(each["account"], 0) + each["pence"]
    assert made == {each["account"]: each["pence"] for each in whole}
    page = kent.get(f"/kent/ledger/by/{by}/?year=2025-26").content.decode()
    for each in found:
        opened = _opened(page, each, by)
        entries = kent.get(opened.replace("/ledger/?", "/ledger.json?")).json()
        assert [(t["account"], t["pence"]) for t in entries["totals"]] == [
            (each["account"], each["pence"])
        ]


def _opened(page, total, by):
    """The address that a figure of the table leads to."""
    import re
    from html import unescape

    value = total[by]
    for link in map(unescape, re.findall(r'href="(/kent/ledger/\?[^"]+)"', page)):
        named = by in {"month", "account"} or f"{by}={(value or 'none').rpartition('/')[2]}" in link
        dated = by != "month" or f"from={value}-01" in link
        if f"account={total['account']}" in link and named and dated:
            return link
    raise AssertionError(f"Nothing on the page leads to the entries of {total}.")


def test_a_figure_of_a_month_in_part_opens_to_that_part(kent):
    page = kent.get("/kent/ledger/by/month/?from=2025-04-15&to=2025-05-10").content.decode()
    assert "from=2025-04-15&amp;to=2025-05-01" in page
    assert "from=2025-05-01&amp;to=2025-05-10" in page


# --- one entry ------------------------------------------------------------------------------------


def test_an_entry_shows_all_its_lines_its_file_and_the_decision_behind_it(kent):
    found = words(kent.get("/kent/ledger/8"))
    assert "Entry 8: Spending of 2025-06-01" in found
    assert "£0.03 spent" in found
    assert "£0.03 out of its account" in found
    assert "a" * 64 in found
    assert "month.csv" in found
    assert "More beds . Named by the entry." in found
    data = kent.get("/kent/ledger/8.json").json()
    assert (data["import"]["name"], data["key"], len(data["lines"])) == ("month.csv", "row 3", 2)


def test_an_entry_and_the_one_that_undoes_it_lead_to_each_other(kent):
    undone = Ledger(kent.book.using).reverse(8, date(2025, 6, 30), actor="Ann", why="Twice")
    assert f"Reversed by entry {undone.first}" in words(kent.get("/kent/ledger/8"))
    assert "Reverses entry 8" in words(kent.get(f"/kent/ledger/{undone.first}"))


def test_an_entry_of_a_later_day_or_of_another_system_is_not_there(kent):
    assert kent.get("/kent/ledger/8?as_at=2025-06-01").status_code == 200
    assert kent.get("/kent/ledger/8?as_at=2025-05-31").status_code == 404
    assert kent.get("/kent/ledger/999").status_code == 404


# --- what stays true ------------------------------------------------------------------------------


def test_an_import_is_seen_at_once_on_a_page_that_was_kept(kent):
    assert "£100" not in words(kent.get("/kent/ledger/?fund=other"))
    post(kent.book, spent(date(2025, 6, 3), 10000, OTHER), sha="e" * 64)
    assert "£100" in words(kent.get("/kent/ledger/?fund=other"))


def test_the_permanent_link_reads_the_same_after_another_import(kent):
    import re

    page = kent.get("/kent/ledger/?fund=other").content.decode()
    lasting = re.search(r'href="http://testserver(/kent/ledger/[^"]*known=[^"]*)"', page)[1]
    lasting = lasting.replace("&amp;", "&")
    post(kent.book, spent(date(2025, 6, 3), 10000, OTHER), sha="f" * 64)
    found = kent.get(lasting.replace("/ledger/?", "/ledger.json?")).json()
    assert [each["pence"] for each in found["totals"]] == [-3, 3]


@pytest.mark.parametrize(
    ("path", "shape"),
    [("ledger", "Ledger"), ("ledger/by/fund", "LedgerTotals"), ("ledger/8", "LedgerEntry")],
)
def test_the_data_has_what_the_openapi_document_says(kent, path, shape):
    required = document()["components"]["schemas"][shape]["required"]
    assert set(required) <= set(kent.get(f"/kent/{path}.json").json())


def test_of_very_many_entries_the_sums_are_told_and_the_pages_go_on(kent, monkeypatch):
    from commonweal_site.money import ledger_pages

    monkeypatch.setattr(ledger_pages, "COUNTED", 5)
    monkeypatch.setattr(ledger_pages, "A_PAGE", 2)
    said = words(kent.get("/kent/ledger/?page=2&to=2026-11-22"))
    assert "More than 5 entries of money" in said
    assert "Page 2 of many." in said
    assert "Page 1 ; Page 3" in said
    found = kent.get("/kent/ledger.json?to=2026-11-22").json()
    assert (found["count"], found["pages"], len(found["entries"])) == (None, None, 2)
    monkeypatch.setattr(ledger_pages, "MOST", 5)
    refused = kent.get("/kent/ledger.csv?to=2026-11-22")
    assert refused.status_code == 400
    assert "more than 5 entries" in refused.json()["because"]
