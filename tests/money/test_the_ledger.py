"""The ledger keeps every penny, on SQLite and on PostgreSQL."""

import threading
from datetime import date

import pytest
from django.db import DatabaseError, connections, transaction

from commonweal.money.ledger import Entry, Line, faults, month_of, reversal
from commonweal.money.pence import BadMoney
from commonweal_site.money.ledger import Ledger, Source
from tests.keeping import raw

DAY = date(2022, 12, 12)
COUNCIL, BOARD, POOL = "kent/body/council", "kent/body/icb", "kent/fund/pool"


def paid(pence=100, day=DAY, body=COUNCIL, **tags):
    return Entry(
        day,
        "Carers",
        (Line("spending", pence, body, POOL, **tags), Line("balance", -pence, body, POOL)),
    )


@pytest.fixture
def ledger(book):
    return Ledger(book.using)


def post(ledger, *entries, sha="a"):
    return ledger.post(entries, source=Source(sha, "test.csv"), actor="ann", reason="month 9")


def test_what_is_posted_can_be_read_back_and_added_up(ledger):
    posted = post(ledger, paid(100, scheme="carers"), paid(50, body=BOARD, decision="d1"))
    assert (posted.first, posted.last, posted.before) == (1, 2, False)
    assert ledger.entry(1) == paid(100, scheme="carers")
    assert ledger.totals(["body"], account="spending") == [(COUNCIL, 100, 1), (BOARD, 50, 1)]
    assert ledger.totals([]) == [(0, 4)]
    assert ledger.faults() == []


def test_the_same_file_twice_posts_once(ledger):
    post(ledger, paid())
    again = post(ledger, paid())
    assert (again.first, again.last, again.before) == (1, 1, True)
    assert ledger.totals([], account="spending") == [(100, 1)]


def test_another_file_adds_to_the_same_balance(ledger):
    post(ledger, paid(100))
    post(ledger, paid(1), sha="b")
    assert ledger.totals([], account="spending") == [(101, 2)]
    assert raw_count(ledger, "money_balance") == 2
    assert ledger.faults() == []


def raw_count(ledger, table):
    with connections[ledger.using].cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return cursor.fetchone()[0]


def test_months_are_half_open(ledger):
    for number, day in enumerate(
        (date(2022, 3, 31), date(2022, 4, 1), date(2023, 3, 31), date(2023, 4, 1))
    ):
        post(ledger, paid(10**number, day), sha=str(number))
    year = {"from_month": month_of(date(2022, 4, 1)), "to_month": month_of(date(2023, 4, 1))}
    assert ledger.totals([], account="spending", **year) == [(110, 2)]


@pytest.mark.parametrize(
    ("entry", "because"),
    [
        (Entry(DAY, "x", (Line("spending", 100, BOARD), Line("balance", -99, BOARD))), "come to £0.01"),
        (Entry(DAY, "x", (Line("spending", 100, BOARD),)), "two lines"),
        (Entry(DAY, " ", paid().lines), "what the entry is for"),
        (Entry(DAY, "x", (Line("cash", 1, BOARD), Line("balance", -1, BOARD))), "No account is called cash"),
        (Entry(DAY, "x", (Line("spending", 1, ""), Line("balance", -1, BOARD))), "some body's books"),
        (Entry(DAY, "x", (*paid().lines, Line("balance", 0, BOARD))), "a penny or more"),
        (paid(10**15 + 1), "look at its unit"),
    ],
)  # fmt: skip
def test_a_bad_entry_is_refused_with_all_that_came_with_it(ledger, entry, because):
    with pytest.raises(BadMoney, match="Nothing was posted") as told:
        post(ledger, paid(), entry)
    assert because in str(told.value)
    assert raw_count(ledger, "money_entry") == raw_count(ledger, "money_line") == 0


def test_every_fault_is_named_at_once():
    wrong = Entry(DAY, "", (Line("cash", 1, ""),))
    assert len(list(faults(wrong))) == 5


def test_an_entry_is_undone_by_its_reversal_once(ledger):
    post(ledger, paid(100))
    ledger.reverse(1, DAY, actor="ann", why="The wrong scheme.")
    assert ledger.totals([], account="spending") == [(0, 2)]
    assert ledger.entry(2).reverses == 1
    assert ledger.reverse(1, DAY, actor="ann", why="Again.").before
    assert raw_count(ledger, "money_entry") == 2


def test_a_reversal_is_not_reversed_nor_made_before_its_entry(ledger):
    post(ledger, paid(100))
    with pytest.raises(BadMoney, match="cannot be reversed before"):
        ledger.reverse(1, date(2022, 12, 11), actor="ann", why="Too soon.")
    with pytest.raises(BadMoney, match="itself a reversal"):
        reversal(2, Entry(DAY, "x", paid().lines, reverses=1), DAY, "y")
    with pytest.raises(BadMoney, match=r"no entry 9\. Its last is 1"):
        ledger.entry(9)


def test_a_closed_period_stays_closed(ledger):
    ledger.close(COUNCIL, date(2022, 12, 1), actor="ann", reason="Month 8 is closed.")
    post(ledger, paid(1, date(2022, 12, 1)))
    with pytest.raises(BadMoney, match="closed its books before 2022-12-01"):
        post(ledger, paid(1, date(2022, 11, 30)), sha="b")
    post(ledger, paid(1, date(2022, 11, 30), BOARD), sha="c")
    assert raw_count(ledger, "money_entry") == 2


def test_an_earlier_closing_does_not_open_a_later_one(ledger):
    ledger.close(COUNCIL, date(2022, 12, 1), actor="ann", reason="Month 8.")
    ledger.close(COUNCIL, date(2022, 11, 1), actor="ann", reason="Month 7, late.")
    with pytest.raises(BadMoney, match="2022-12-01"):
        post(ledger, paid(1, date(2022, 11, 15)))


STATEMENTS = {
    "unbalanced": [
        "insert into money_import values (9, 's', 'n', 'a', 'r', 1)",
        "insert into money_line values (2, 0, 1, 5)",
        "insert into money_line values (2, 1, 2, -4)",
        "insert into money_entry values (2, 9, '', '2022-12-12', 'x', 0)",
    ],
    "no lines": ["insert into money_entry values (2, 1, '', '2022-12-12', 'x', 0)"],
    "a line more": ["insert into money_line values (1, 9, 1, 5)"],
    "edited line": ["update money_line set pence = 1"],
    "edited entry": ["update money_entry set day = '2021-01-01'"],
    "deleted line": ["delete from money_line"],
    "deleted entry": ["delete from money_entry"],
    "opened again": ["delete from money_closing"],
    "renamed tags": ["update money_tags set body = 'c'"],
    "a line of no tags": [
        "insert into money_line values (2, 0, 1, 5)",
        "insert into money_line values (2, 1, 7, -5)",
        "insert into money_entry values (2, 1, '', '2022-12-12', 'x', 0)",
    ],
    "forgotten import": ["update money_import set sha256 = 'z'"],
    "in a closed period": [
        "insert into money_tags values (9, 'balance', 'closed', '', '', '', '')",
        "insert into money_line values (2, 0, 1, 5)",
        "insert into money_line values (2, 1, 9, -5)",
        "insert into money_entry values (2, 1, '', '2022-12-12', 'x', 0)",
    ],
    "out of turn": [
        "insert into money_line values (3, 0, 1, 5)",
        "insert into money_line values (3, 1, 2, -5)",
        "insert into money_entry values (3, 1, '', '2022-12-12', 'x', 0)",
    ],
    "a line of no entry": ["insert into money_line values (7, 0, 1, 5)"],
}  # fmt: skip


@pytest.mark.parametrize("statements", STATEMENTS.values(), ids=STATEMENTS)
def test_the_database_itself_refuses(book, ledger, statements):
    post(ledger, paid())
    ledger.close("closed", date(2023, 1, 1), actor="ann", reason="Done.")
    *before, last = statements

    def runs():
        with transaction.atomic(using=book.using):
            for statement in before:
                raw(book, statement)
            raw(book, last)

    with pytest.raises(DatabaseError):
        runs()
    assert ledger.totals([], account="spending") == [(100, 1)]
    assert ledger.faults() == []


def test_a_balance_that_was_tampered_with_is_found(book, ledger):
    post(ledger, paid())
    raw(book, "update money_balance set pence = pence + 1 where pence = 100")
    assert any("not what its lines make, 100 pence" in each for each in ledger.faults())


def test_two_people_posting_at_once_lose_nothing_and_double_nothing(ledger):
    told = []

    def posts():
        try:
            told.extend(post(ledger, paid(1), sha=f"{number}") for number in range(10))
        finally:
            connections[ledger.using].close()

    people = [threading.Thread(target=posts) for _ in "ab"]
    for each in people:
        each.start()
    for each in people:
        each.join()
    assert sum(not each.before for each in told) == 10
    assert len(told) == 20
    assert ledger.totals([], account="spending") == [(10, 10)]
    assert ledger.faults() == []


def test_an_unknown_tag_is_answered_with_the_nearest(ledger):
    with pytest.raises(BadMoney, match="Did you mean 'scheme'"):
        ledger.totals(["schemes"])
    with pytest.raises(BadMoney, match="no tag 'found'"):
        ledger.numbers(from_day=DAY, to_day=DAY, found="x")


def test_a_figure_opens_to_its_entries(ledger):
    post(ledger, paid(1), paid(2, date(2023, 1, 1)), paid(4, body=BOARD))
    found = ledger.numbers(from_day=DAY, to_day=date(2023, 1, 1), body=COUNCIL)
    assert found == [1]
