"""The command shows a file of money with all that is wrong, and posts all of it or nothing."""

import pytest

from tests.commands.conftest import run

pytestmark = pytest.mark.slow  # a record of every pack is made, or a Python of its own

HEAD = "date,what,account,pounds,body,key\n"
BODY = "exampleshire/body/icb"
GOOD = f"{HEAD}2025-04-30,Carers,spending,100.50,{BODY},1\n2025-04-30,Carers,balance,(100.50),{BODY},1\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("money")
    loaded = run("load", "packs/england", "packs/exampleshire", "--dir", made)
    assert loaded.code == 0, loaded.err
    return made


def imports(folder, text, *more, name="month.csv"):
    (folder / name).write_text(text, encoding="utf-8")
    return run("money", "import", folder / name, "--dir", folder, "--as-at", "2025-05-01", *more)


LEDGER = ("--as", "ledger", "--year", "2025/26")


def test_entries_are_shown_first_then_posted_once(folder):
    shown = imports(folder, GOOD, *LEDGER, "--plan")
    assert (shown.code, "spending £100.50" in shown.out) == (0, True), shown.err
    assert "Nothing was posted." in shown.out
    assert "were posted as entries 1 to 1" in imports(folder, GOOD, *LEDGER, "--write").out
    again = imports(folder, GOOD, *LEDGER, "--write")
    assert "had been posted before, as entries 1 to 1" in again.out


def test_one_fault_and_nothing_is_posted(folder):
    wrong = imports(folder, GOOD.replace("(100.50)", "(100.05)"), *LEDGER, "--write")
    assert wrong.code == 1
    assert "month.csv, sheet ‘month’, row 2, column F (“1”): It does not balance" in wrong.out
    assert "Nothing was posted." in wrong.out
    cut = imports(folder, GOOD[:-3] + '"', *LEDGER, "--write")
    assert cut.code != 0


def test_a_table_that_does_not_foot_is_shown_with_its_place(folder):
    pasted = "Service\tBudget £000\nA\t1,000\nB\t2,000\nTotal\t3,001\n"
    said = imports(folder, pasted, "--format", "json", name="pasted.txt")
    assert said.code == 1
    (finding,) = said.json["findings"]
    assert (finding["at"], finding["raw"]) == ("sheet ‘pasted’, row 4, column B", "3,001")
    assert "which is 1 more than the rows above it, 3,000" in finding["because"]


TABLE = (
    "Service\tSpending £000\tIncome £000\nCarers\t1,000\t(400)\nReablement\t2,000\t-\n"
    "Total\t3,000\t(400)\n"
)
BUDGET = ("--as", "budget", "--holder", BODY, "--year", "2025/26", "--version", "revised",
          "--made", "2025-06-30", "--name", "Carers and reablement")  # fmt: skip
SETTLED = ("--unit", "1000", "--sign", "income-negative")


def test_a_budget_asks_for_its_unit_and_sign_and_is_then_written_once(folder):
    asked = imports(folder, TABLE, *BUDGET, "--write", name="budget.txt")
    assert asked.code == 1
    assert "the heading says £000. Say what one of its figures is in pounds" in asked.out
    assert "2 of 3 figures of income are below nothing" in asked.out
    kept = folder / "kept.yaml"
    shown = imports(folder, TABLE, *BUDGET, *SETTLED, "--keep-mapping", kept, name="budget.txt")
    assert (shown.code, "Nothing was written." in shown.out) == (0, True), shown.out
    assert "Carers: spending £1,000,000; income −£400,000" in shown.out
    written = imports(folder, TABLE, *BUDGET, "--mapping", kept, "--write", name="budget.txt")
    assert "2 entries of the log: exampleshire/budget/icb-2025-26-revised" in written.out
    again = imports(folder, TABLE, *BUDGET, "--mapping", kept, "--write", name="budget.txt")
    assert (again.code, "is on record already, the same." in again.out) == (0, True)
    other = TABLE.replace("2,000", "2,001").replace("3,000", "3,001")
    over = imports(folder, other, *BUDGET, *SETTLED, "--write", name="budget.txt")
    assert over.code == 1
    assert "is on record with other figures, and a version is never overwritten" in over.out


def test_what_is_found_must_be_read_before_a_budget_is_written(folder):
    wrong = TABLE.replace("3,000", "3,001")
    day = ("--made", "2025-07-31")
    refused = imports(folder, wrong, *BUDGET, *day, *SETTLED, "--write", name="b.txt")
    assert refused.code == 1
    assert "1 finding marked ! to be read first; then say --seen 1." in refused.out
    pack = folder / "carers"
    taken = imports(
        folder, wrong, *BUDGET, *day, *SETTLED, "--seen", "1", "--to-pack", pack, name="b.txt"
    )
    assert taken.code == 0, taken.out
    assert "printed_spending: 300100000" in (pack / "budgets.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--as", "budget", "--year", "2025/26"), "Add --holder, --version"),
        ((*BUDGET, "--column", "Spending"), "write HEADING=WHAT"),
        ((*BUDGET, "--column", "Spending=spendng"), "The mapping cannot be used"),
        (("--write",), "Say --as budget or --as ledger"),
        (("--as", "ledger"), "--year 2025/26"),
        (("--as", "ledger", "--year", "2025/26", "--to-pack", "x"), "--write, not into a pack"),
    ],
)
def test_what_is_asked_wrongly_is_said(folder, more, said):
    answer = imports(folder, TABLE, *more, name="asked.txt")
    assert answer.code != 0
    assert said in answer.out + answer.err
