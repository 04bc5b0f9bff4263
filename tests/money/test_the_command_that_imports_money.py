"""The command shows a file of money with all that is wrong, and posts all of it or nothing."""

import pytest

from tests.commands.conftest import run

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
