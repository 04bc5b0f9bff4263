"""An officer hands in money, sees what is wrong, settles it, and posts it once; nobody else may."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from commonweal.bodies.facts import Body
from commonweal.money.budgets import Budget
from commonweal_site.money.ledger import Ledger
from tests.accounts.officers import officer, public
from tests.desk import asserted, write
from tests.importing.papers import ICB
from tests.importing.test_the_page_that_imports import hidden
from tests.site.conftest import words

PAGE, READ = "/edit/import/money/", "/edit/import/money/read/"
TABLE = (
    "Service\tSpending £000\tIncome £000\nCarers\t1,000\t(400)\nReablement\t2,000\t-\n"
    "Total\t3,000\t(400)\n"
)
HEAD = "date\twhat\taccount\tpounds\tbody\tkey\n"
ENTRY = (
    f"{HEAD}2025-04-30\tCarers\tspending\t100.50\t{ICB}\t1\n"
    f"2025-04-30\tCarers\tbalance\t(100.50)\t{ICB}\t1\n"
)
SETTLED = {"unit": "1000", "sign": "income-negative"}


def form(**changes):
    """What the form sends."""
    said = {"system": "kent", "into": "budget", "year": "2025/26", "holder": ICB, "version": "revised",
            "made": "2025-06-30", "name": "Carers", "step": "read"}  # fmt: skip
    return said | changes


def carried(answer, **changes):
    """What the page sends on, with what is chosen on it."""
    return {"step": "read"} | hidden(answer) | changes


def budgets(book):
    return book.snapshot(date(2025, 7, 1)).all(Budget)


def entries():
    return Ledger().numbers(from_day=date(2000, 1, 1), to_day=date(2100, 1, 1))


@pytest.fixture
def editor(kent):
    return officer("ed", ("kent", "editor"))


def test_a_pasted_budget_is_settled_and_then_written_once(kent, editor):
    assert "Import money" in words(editor.get(PAGE))
    asked = editor.post(READ, form(pasted=TABLE))
    assert asked.status_code == 422
    said = words(asked)
    assert "Sheet ‘pasted’, column B (“Spending”): the heading says £000" in said
    assert "figures of income are below nothing" in said
    assert "Write it" not in said
    seen = editor.post(READ, carried(asked, **SETTLED))
    assert seen.status_code == 200
    assert "Carers £1,000,000 −£400,000 £600,000" in words(seen)
    assert "unit: 1000" in words(seen)
    assert budgets(kent) == {}
    done = editor.post(READ, carried(seen, step="write", reason="Board of June"))
    assert "Written" in words(done)
    (budget,) = budgets(kent).values()
    assert (budget.spending, budget.printed_income) == (300_000_000, -40_000_000)
    assert kent.entry(kent.head.number).reason == "Board of June"
    again = editor.post(READ, form(pasted=TABLE, **SETTLED))
    assert "on record already" in words(again)
    assert "Write it" not in words(again)


def test_a_budget_on_record_is_taken_as_a_table_that_comes_back_the_same(kent, editor):
    seen = editor.post(READ, form(pasted=TABLE, **SETTLED))
    editor.post(READ, carried(seen, step="write"))
    (name,) = budgets(kent)
    table = editor.get(f"{PAGE}budget.csv", {"budget": name})
    assert "Carers,1000000.00,(400000.00),,," in table.content.decode()
    file = SimpleUploadedFile("back.csv", table.content)
    again = editor.post(READ, form(file=file, unit="1", sign="income-negative"))
    assert "on record already" in words(again)
    unknown = editor.get(f"{PAGE}budget.csv", {"budget": "No such"})
    assert (unknown.status_code, "Nothing on record is called" in words(unknown)) == (422, True)


def test_what_was_found_must_be_read_before_it_is_written(kent, editor):
    wrong = TABLE.replace("3,000", "3,001")
    seen = editor.post(READ, form(pasted=wrong, **SETTLED))
    assert (
        "row 4, column B (“3,001”): Total, Spending: the table prints 3,001, which is 1 more"
        in words(seen)
    )
    refused = editor.post(READ, carried(seen, step="write"))
    assert "Say that you have read what was found." in words(refused)
    assert budgets(kent) == {}
    editor.post(READ, carried(seen, step="write", seen="1"))
    assert len(budgets(kent)) == 1


def test_entries_are_posted_once_and_the_page_says_so(kent, editor):
    def post():
        seen = editor.post(READ, form(into="ledger", pasted=ENTRY))
        assert "Spending £100.50" in words(seen)
        return words(editor.post(READ, carried(seen, step="write")))

    assert "Posted Entries 1 to 1 of the ledger" in post()
    assert "It was not posted again." in post()
    assert entries() == [1]


WRONG = [
    (form(), "Choose a file, or paste a table"),
    (form(pasted=TABLE, into=""), "Choose what the file is"),
    (form(pasted=TABLE, year="2025"), "such as 2025/26"),
    (form(pasted=TABLE, year="2025/27"), "2025/27"),
    (form(pasted=TABLE, holder=""), "Say whose budget it is"),
    (form(pasted=TABLE, holder="Nobody at all"), "Nothing on record is called"),
    (form(pasted=TABLE, holder="dorset/body/pay"), "belongs to another system"),
    (form(pasted=TABLE, version="odd"), "Choose which version"),
    (form(pasted=TABLE, made="June"), "June"),
    (form(pasted=TABLE, mapping="unti: 1"), "no part ‘unti’"),
    (form(pasted=ENTRY.replace("(100.50)", "(100.05)"), into="ledger"), "It does not balance"),
    (form(pasted=ENTRY.replace(ICB, "dorset/body/pay"), into="ledger"), "you may not post to"),
    (form(pasted=ENTRY.replace(ICB, "kent/body/no"), into="ledger"), "no body is on record"),
    (form(pasted="a\0b\tc"), "is not a file of text"),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "said"), WRONG)
def test_what_is_wrong_is_said_and_nothing_is_posted(kent, editor, sent, said):
    before = kent.head.number
    answer = editor.post(READ, {**sent, "step": "write"})
    assert answer.status_code == 422
    assert said in words(answer)
    assert (kent.head.number, entries()) == (before, [])


def test_tables_may_only_be_looked_at(kent, editor):
    answer = editor.post(READ, form(pasted=TABLE.replace("3,000", "3,001"), into="tables"))
    assert answer.status_code == 200
    assert "which is 1 more than the rows above it" in words(answer)
    assert "Write it" not in words(answer)
    sound = editor.post(READ, form(pasted=TABLE, into="tables"))
    assert "Every sum that could be tried comes out" in words(sound)


def test_one_of_several_tables_is_chosen(kent, editor):
    several = f"First\n{TABLE}Second\n{TABLE.replace('Carers', 'Nursing')}"
    asked = editor.post(READ, form(pasted=several, **SETTLED))
    assert "Which table is the budget?" in words(asked)
    seen = editor.post(READ, carried(asked, table="2"))
    assert "Nursing £1,000,000" in words(seen)


def test_a_file_comes_in_as_a_pasted_table_does(kent, editor):
    file = SimpleUploadedFile("b.csv", TABLE.replace(",", "").replace("\t", ",").encode())
    assert "Carers £1,000,000" in words(editor.post(READ, form(file=file, **SETTLED)))


def test_nothing_of_a_body_that_is_not_for_publication_is_told(kent, editor):
    secret = Body(name="Hushwater Panel", type="committee", parents=(ICB,), exempt="Personal data")
    write(kent, asserted("kent/body/hushwater", secret))
    answer = editor.post(
        READ, form(into="ledger", pasted=ENTRY.replace(ICB, "kent/body/hushwater"))
    )
    assert "Hushwater" not in words(answer)
    assert "no body is on record" in words(answer)
    named = editor.post(READ, form(pasted=TABLE, holder="kent/body/hushwater"))
    assert "Hushwater" not in words(named)


def test_the_pages_are_behind_the_gate(kent):
    assert public().get(PAGE).status_code == 302
    assert public().get("/import/money/").status_code == 302
    assert public().post(READ, form(pasted=TABLE)).status_code == 403
    reader = officer("reader", ("kent", "reader"))
    assert reader.post(READ, form(pasted=TABLE)).status_code == 403
    assert reader.get("/import/money/")["Location"] == PAGE
