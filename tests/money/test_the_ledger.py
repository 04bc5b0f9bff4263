"""The ledger keeps every penny, on SQLite and on PostgreSQL."""

import threading
from datetime import date

import pytest
from django.db import DatabaseError, connections, transaction

from commonweal.money.ledger import Entry, Line, faults, month_of, reversal
from commonweal.money.pence import BadMoney
from commonweal_site.money.ledger import Ledger, Source
from tests.keeping import raw, vendor

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


ENTRY = "insert into money_entry values (2, 2, '', '2022-12-12', 'x', 0)"
DEBIT = "insert into money_line values (2, 0, 1, 24275, 5)"
CREDIT = "insert into money_line values (2, 1, 2, 24275, -5)"
IMPORT = "insert into money_import values (2, 's', 'n', 'a', 'r', 1, 1, 2)"
STATEMENTS = {
    "unbalanced": [ENTRY, DEBIT, CREDIT.replace("-5", "-4"), IMPORT],
    "no lines": [ENTRY, IMPORT],
    "one line of nothing": [ENTRY, DEBIT.replace(", 5)", ", 0)"), IMPORT],
    "fewer lines than it says": [ENTRY, DEBIT, CREDIT, IMPORT.replace("1, 2)", "1, 3)")],
    "fewer entries than it says": [ENTRY, DEBIT, CREDIT, IMPORT.replace("1, 2)", "2, 2)")],
    "lines of another month": [
        ENTRY, DEBIT.replace("24275", "24276"), CREDIT.replace("24275", "24276"), IMPORT,
    ],
    "an entry without its import": [ENTRY, DEBIT, CREDIT],
    "an import of nothing": [IMPORT],
    "an import out of turn": [
        ENTRY.replace("2, 2", "2, 3"), DEBIT, CREDIT, IMPORT.replace("(2", "(3"),
    ],
    "an import of a file that was posted": [ENTRY, DEBIT, CREDIT, IMPORT.replace("'s'", "'a'")],
    "a balance beside the lines": [
        ENTRY, DEBIT, CREDIT, "insert into money_balance values (2, 1, 24276, 5, 1)", IMPORT,
    ],
    "a balance more": ["insert into money_balance values (1, 1, 24276, 5, 1)"],
    "a balance without an import": ["insert into money_balance values (2, 1, 24276, 5, 1)"],
    "a line more": ["insert into money_line values (1, 9, 1, 24275, 5)"],
    "an entry more": ["insert into money_entry values (2, 1, '', '2022-12-12', 'x', 0)"],
    "edited line": ["update money_line set pence = 1"],
    "edited entry": ["update money_entry set day = '2021-01-01'"],
    "edited balance": ["update money_balance set pence = 1"],
    "deleted line": ["delete from money_line"],
    "deleted entry": ["delete from money_entry"],
    "deleted balance": ["delete from money_balance"],
    "opened again": ["delete from money_closing"],
    "renamed tags": ["update money_tags set body = 'c'"],
    "a line of no tags": [ENTRY, DEBIT, CREDIT.replace("1, 2,", "1, 7,"), IMPORT],
    "forgotten import": ["update money_import set sha256 = 'z'"],
    "in a closed period": [
        "insert into money_tags values (9, 'balance', 'closed', '', '', '', '')",
        ENTRY, DEBIT, CREDIT.replace("1, 2,", "1, 9,"), IMPORT,
    ],
    "out of turn": [
        ENTRY.replace("(2", "(3"), DEBIT.replace("(2", "(3"), CREDIT.replace("(2", "(3"), IMPORT,
    ],
    "a line of no entry": ["insert into money_line values (7, 0, 1, 24275, 5)"],
}  # fmt: skip


def every_row(book):
    """All that the ledger holds."""
    tables = ("import", "entry", "tags", "line", "closing", "balance")
    return {each: sorted(raw(book, f"select * from money_{each}")) for each in tables}


def refused(book, statements):
    """Whether some statement among these is not let in, and nothing is changed by any."""
    before = every_row(book)
    try:
        with transaction.atomic(using=book.using):
            for statement in statements:
                raw(book, statement)
    except DatabaseError:
        return every_row(book) == before
    return False


def test_the_database_itself_refuses(book, ledger):
    post(ledger, paid())
    ledger.close("closed", date(2023, 1, 1), actor="ann", reason="Done.")
    assert [each for each, given in STATEMENTS.items() if not refused(book, given)] == []
    assert ledger.faults() == []


def test_what_the_statements_above_spoil_is_let_in_when_it_is_whole(book, ledger):
    post(ledger, paid())
    with transaction.atomic(using=book.using):
        for statement in (ENTRY, DEBIT, CREDIT, IMPORT):
            raw(book, statement)
    assert ledger.totals([], account="spending") == [(95, 2)]
    assert ledger.faults() == []


TABLES = ("import", "entry", "tags", "line", "closing", "balance")


def test_no_row_is_put_in_the_place_of_another_and_no_table_is_emptied(book, ledger):
    post(ledger, paid())
    ledger.close("closed", date(2023, 1, 1), actor="ann", reason="Done.")
    evades = {
        "sqlite": "insert or replace into money_{0} select * from money_{0}",
        "postgresql": "truncate money_{0} cascade",
    }[vendor(book)]
    assert [each for each in TABLES if not refused(book, [evades.format(each)])] == []


SPOILT = [
    ("balance", "update money_balance set pence = 101 where pence = 100", "which is not the balance of the month"),
    ("balance", "delete from money_balance where pence = 100", "1 lines come to £1"),
    ("line", "update money_line set pence = 101 where pence = 100 and entry = 2", "Entry 2 does not balance: it is out by £0.01"),
    ("line", "update money_line set month = 24276 where entry = 2 and line = 0", "Entry 2 has a line of another month"),
    ("line", "delete from money_line where entry = 2 and line = 0", "Entry 2 has too few lines: 1"),
    ("line", "delete from money_line where entry = 2", "Entry 2 has too few lines: 0"),
    ("entry", "delete from money_entry where number = 2", "Entry 2 is not there, but 2 of its lines are"),
    ("entry", "delete from money_entry where number = 2", "Import 2 (test.csv) brought 1 entries; there are 0"),
    ("import", "delete from money_import where number = 2", "Entry 2 is of import 2, which is not there"),
]  # fmt: skip


def spoilt(book, table, statement):
    """What is told of a ledger after a statement that its guards forbid; all is then undone."""
    asked = f"select name from sqlite_master where type = 'trigger' and tbl_name = 'money_{table}'"
    with transaction.atomic(using=book.using):
        if vendor(book) == "postgresql":
            raw(book, f"alter table money_{table} disable trigger all")
        else:
            for (name,) in raw(book, asked):
                raw(book, f"drop trigger {name}")
        raw(book, statement)
        told = Ledger(book.using).faults()
        transaction.set_rollback(True, using=book.using)
    return told


def test_what_is_spoilt_behind_the_guards_is_named(book, ledger):
    for sha in "abc":
        post(ledger, paid(), sha=sha)
    for table, statement, told in SPOILT:
        found = spoilt(book, table, statement)
        assert any(told in each for each in found), (statement, found)
    assert ledger.faults() == []


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


def test_once_a_period_is_closed_nobody_who_posts_meanwhile_gets_in(ledger):
    posted = []

    def posts():
        try:
            for number in range(8):
                try:
                    post(ledger, paid(1, date(2022, 11, 30)), sha=str(number))
                    posted.append(True)
                except BadMoney:
                    posted.append(False)
        finally:
            connections[ledger.using].close()

    person = threading.Thread(target=posts)
    person.start()
    ledger.close(COUNCIL, date(2022, 12, 1), actor="bob", reason="Month 8")
    person.join()
    assert posted == sorted(posted, reverse=True)
    assert len(posted) == 8
    assert raw_count(ledger, "money_entry") == sum(posted)


def test_an_unknown_tag_is_answered_with_the_nearest(ledger):
    with pytest.raises(BadMoney, match="Did you mean 'scheme'"):
        ledger.totals(["schemes"])
    with pytest.raises(BadMoney, match="no tag 'found'"):
        ledger.numbers(from_day=DAY, to_day=DAY, found="x")


def test_a_figure_opens_to_its_entries(ledger):
    post(ledger, paid(1), paid(2, date(2023, 1, 1)), paid(4, body=BOARD))
    found = ledger.numbers(from_day=DAY, to_day=date(2023, 1, 1), body=COUNCIL)
    assert found == [1]
