"""An officer hands in a budget by keyboard on a phone, settles it, confirms what was found, and it stands."""

from tests.journeys.conftest import PHONE
from tests.journeys.test_editing import SYSTEM, office, officers

__all__ = ["office", "officers"]

TABLE = (
    "Service\tSpending £000\tIncome £000\tVariance\nCarers\t1,000\t(400)\t-\n"
    "Reablement\t2,000\t-\t-\nCommunity equipment\t9.959\t(100)\t-\nTotal\t12,960\t(500)\t-\n"
)


def test_a_budget_is_pasted_settled_confirmed_and_on_record(officers):
    # given an officer with a table whose total is one too many, and a point for a comma in it
    ann = officers("ann", PHONE)
    ann.opens("/edit/import/money/")
    ann.finds_nothing_wrong()
    ann.fills(
        pasted=TABLE, year="2025/26", holder=f"{SYSTEM}/body/icb", made="2025-06", name="Carers"
    )
    ann.page.get_by_label("A version of a budget").press("Space")
    ann.page.get_by_label("In which system's record?").select_option(SYSTEM)
    ann.clicks("Read it")
    # when she is told what is not settled, and settles it
    ann.is_told(422)
    ann.sees("say what the column holds")
    ann.finds_nothing_wrong()
    ann.page.get_by_label("A thousand pounds (£000)").press("Space")
    ann.page.get_by_label("Spending is above nothing, income below it or in").press("Space")
    ann.page.get_by_label("“Variance” holds").select_option("nothing")
    ann.clicks("Read it again with these")
    # then she reads what was found, and confirms it
    ann.sees("It is read as 9,959, not as 9.959")
    ann.sees("the table prints 12,960, which is 1 more than the rows above it")
    assert not ann.scrolls_sideways()
    ann.finds_nothing_wrong()
    ann.page.get_by_label("I have read what was found").press("Space")
    ann.clicks("Write it")
    ann.sees("Written")
    # and everybody can read it
    ann.clicks("Look at the budget", "link")
    ann.sees("Community equipment")
