"""A version of a budget is read from a table once unit, sign and columns are settled; never before."""

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.money.budgets import Budget, BudgetLine
from commonweal.money.imported.budgets import Terms, draw, laid_out
from commonweal.money.imported.finding import read
from commonweal.money.imported.mapping import Mapping, as_yaml, mapping
from commonweal.money.pence import BadMoney
from commonweal_site.money.importing import read_money
from tests.money.imported.laying_out import comma_separated, pasted, workbook
from tests.money.imported.test_money_that_comes_in import COUNCIL, QUARTER

TERMS = Terms("kent/body/council", "2022/23", "revised", "2022-11-16", "Public health")
SPENDING = "Gross Expenditure Budget 2022-2023"
INCOME = "Gross Income Budget 2022-2023"
SETTLED = Mapping(
    unit=1000, sign="income-negative", columns={
        SPENDING: "spending", INCOME: "income",
        "Net Controllable Forecast (Expenditure) 2022-2023": "nothing",
        "Net Controllable Forecast (Income) 2022-2023": "nothing", "Q2 Variance": "nothing",
        "column 7": "nothing",
    },
)  # fmt: skip


def drawn(lines, kept=SETTLED, terms=TERMS):
    return draw(read(pasted("\n".join(lines)), kept), kept, terms)


def faults(lines, kept=SETTLED, terms=TERMS):
    found = drawn(lines, kept, terms)
    assert found.budget is None
    return [str(each) for each in found.faults]


def test_the_budget_of_the_second_quarter_is_read_to_the_penny():
    budget = drawn(QUARTER).budget
    assert budget.lines[1] == BudgetLine(
        name="Healthy Life Expectancy", spending=586_500_000, income=-586_500_000
    )
    assert (budget.spending, budget.printed_spending) == (2_248_200_000, 2_248_200_000)
    assert (budget.holder, budget.year, budget.version, budget.made) == TERMS[:4]


def test_a_forecast_is_another_version_from_the_same_table_with_its_damage_mended():
    columns = dict.fromkeys(SETTLED.columns, "nothing") | {
        "Net Controllable Forecast (Expenditure) 2022-2023": "spending",
        "Net Controllable Forecast (Income) 2022-2023": "income",
    }
    forecast = drawn(
        QUARTER,
        msgspec.structs.replace(SETTLED, columns=columns),
        TERMS._replace(version="forecast"),
    ).budget
    assert forecast.lines[3].income == -995_900_000
    assert forecast.income == forecast.printed_income == -2_242_700_000


def test_unit_and_sign_are_asked_for_with_what_was_seen():
    said = faults(QUARTER, msgspec.structs.replace(SETTLED, unit=None, sign=None))
    assert any("column B" in each and "the heading says £000" in each for each in said)
    assert any("6 of 6 figures of income are below nothing" in each for each in said)


def test_a_unit_against_its_heading_is_refused_unless_that_heading_is_said_to_be_wrong():
    against = msgspec.structs.replace(SETTLED, unit=1)
    assert all("heading says £000, and you say" in each for each in faults(QUARTER, against))
    wrong = msgspec.structs.replace(SETTLED, units={SPENDING: 1, INCOME: 1})
    assert drawn(QUARTER, wrong).budget.spending == 2_248_200


def test_what_a_column_holds_is_never_guessed():
    said = faults(QUARTER, Mapping(unit=1000, sign="income-negative"))
    assert any(f"“{SPENDING}”): say what the column holds" in each for each in said)


@pytest.mark.parametrize(
    ("sign", "spending", "income"),
    [("income-negative", "1,000", "(400)"), ("income-positive", "1,000", "400"),
     ("spending-negative", "(1,000)", "400")],
)  # fmt: skip
def test_each_way_of_telling_income_from_spending_gives_the_same(sign, spending, income):
    lines = ["Service\tSpending £000\tIncome £000", f"Carers\t{spending}\t{income}"]
    (line,) = drawn(lines, Mapping(unit=1000, sign=sign)).budget.lines
    assert (line.spending, line.income) == (100_000_000, -40_000_000)


PLAIN = Mapping(unit=1000, sign="income-negative")
WRONG = [
    ("Carers\t1,000\t400", "row 2, column C (“400”): its sign is not that of income"),
    ("Carers\ttbc\t(400)", "row 2, column B (“tbc”): this is no figure"),
    ("Carers\t=B9\t(400)", "row 2, column B (“=B9”): this is a formula"),
    ("Carers\t0.000001\t(400)", "part of a penny"),
    ("Carers\t1\t(1)\nCarers\t1\t(1)", "row 3, column A (“Carers”): row 2 has the same name"),
    ("Carers\t1\t(1)\nTotal\t1\t(1)\nLate\t1\t(1)", "row 4, column A (“Late”): this row is under"),
    ("Total\t1\t(1)", "no lines above a total"),
]


@pytest.mark.parametrize(("rows", "said"), WRONG)
def test_what_cannot_be_read_is_named_by_its_cell(rows, said):
    table = ["Service\tSpending £000\tIncome £000", *rows.split("\n")]
    assert any(said in each for each in faults(table, PLAIN)), faults(table, PLAIN)


def test_a_mark_may_be_said_to_state_nothing_and_rows_to_be_left_out():
    kept = mapping("{unit: 1000, sign: income-negative, not_stated: [tbc], leave_out: [Late]}")
    rows = [
        "Service\tSpending £000\tIncome £000",
        "Carers\ttbc\t(400)",
        "Total\t1\t(1)",
        "Late\t1\t2",
    ]
    (line,) = drawn(rows, kept).budget.lines
    assert (line.spending, line.income) == (None, -40_000_000)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (TERMS._replace(year="2023/24"), "the heading says 2022/23, not 2023/24"),
        (TERMS._replace(made="2052-11-16"), "is not made in 2052"),
        (TERMS._replace(made="16/11/2022"), "16/11/2022"),
        (TERMS._replace(year="2022"), "2022"),
    ],
)
def test_a_wrong_year_is_seen(terms, said):
    assert any(said in each for each in faults(QUARTER, SETTLED, terms))


def test_of_several_tables_one_must_be_meant():
    lines = [*QUARTER, "2023-2024 draft", *COUNCIL]
    (said,) = faults(lines, Mapping(unit=1000, sign="income-negative"))
    assert "say which table is the budget. The file has 1 pasted; 2 2023-2024 draft." in said
    assert drawn(lines, msgspec.structs.replace(SETTLED, table=1)).budget


def test_what_is_settled_is_kept_and_reads_the_next_quarters_file_by_itself():
    kept = mapping(as_yaml(SETTLED))
    assert kept == SETTLED
    later = [line.replace("2022-2023", "2023-2024").replace("Q2", "Q3") for line in QUARTER]
    assert drawn(later, kept, TERMS._replace(year="2023/24")).budget.spending == 2_248_200_000


@pytest.mark.parametrize(
    ("text", "said"),
    [("unti: 1", "no part ‘unti’"), ("unit: 7", "7"), ("[", "not YAML"), ("sign: odd", "odd")],
)
def test_a_mapping_that_cannot_be_used_says_why(text, said):
    with pytest.raises(BadMoney, match="mapping") as wrong:
        mapping(text)
    assert said in str(wrong.value)


# --- out and in again ------------------------------------------------------------------------------

PENCE = st.integers(-(10**12), 10**12)
LINES = st.lists(
    st.tuples(PENCE, st.integers(-(10**12), 0), st.booleans(), st.sampled_from([None, "One-off"])),
    min_size=2, max_size=12,
)  # fmt: skip
OWN = Mapping(unit=1, sign="income-negative")


def made(lines):
    parts = tuple(
        BudgetLine(name=f"Service {n}", spending=spent, income=earned, corporate=held, reason=why)
        for n, (spent, earned, held, why) in enumerate(lines)
    )
    spending, income = sum(each.spending for each in parts), sum(each.income for each in parts)
    return Budget(
        name=TERMS.name, holder=TERMS.holder, year=TERMS.year, version="revised", made=TERMS.made,
        lines=parts, printed_spending=spending, printed_income=income,
    )  # fmt: skip


def through(form, rows):
    """The table in a file of some form, and read again."""
    data = comma_separated(*rows) if form == "csv" else workbook(*rows)
    return read(read_money(f"budget.{form}", data).sheets, OWN)


@given(LINES, st.sampled_from(["csv", "xlsx"]))
@settings(max_examples=25)
def test_a_budget_that_goes_out_as_a_table_comes_back_the_same(lines, form):
    budget = made(lines)
    found = through(form, laid_out(budget))
    assert [each for each in found.found if each.to_confirm] == []
    assert draw(found, OWN, TERMS).budget == budget


@given(LINES, st.sampled_from(["csv", "xlsx"]), st.integers(0, 11), st.sampled_from([1, 2]),
       st.integers(1, 10**9))  # fmt: skip
@settings(max_examples=25)
def test_one_changed_cell_of_it_is_found(lines, form, row, column, by):
    rows = laid_out(made(lines))
    rows[1 + row % len(lines)][column] += Decimal(by) / 100
    assert any(
        each.kind == "cast" and each.at.column == column + 1
        for each in through(form, rows).found
    )  # fmt: skip
