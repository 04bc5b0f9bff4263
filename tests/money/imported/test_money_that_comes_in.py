"""Tables of money are read with their damage, and what does not add up is found and placed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.money.imported.entries import COLUMNS, Bounds, entries
from commonweal.money.imported.figures import figure
from commonweal.money.imported.finding import read
from commonweal.money.ledger import Line
from commonweal.record.sheets import Cell, Row, Sheet

# City of Wolverhampton Council, Health Scrutiny Panel, 12 December 2022: as printed, with tabs.
QUARTER = [
    "Service\tGross Gross Expenditure Income Budget Budget 2022-2023 2022-2023* £000 £000\t\tNet Controllable Forecast (Expenditure) 2022-2023 £000\tNet Controllable Forecast (Income) 2022-2023* £000\tQ2 Variance",
    "Healthy Ageing\t1,193\t(1,193)\t1,133\t(1,133)\t-\t-",
    "Healthy Life Expectancy\t5,865\t(5,865)\t5,829\t(5,829)\t-\t-",
    "Public Health Business Management\t5,229\t(5,229)\t5,292\t(5,292)\t-\t-",
    "Starting and Developing Well\t9,981\t(9,981)\t9,959\t(9.959)\t-\t-",
    "System Leadership\t214\t(214)\t214\t(214)\t-\t-",
    "Total\t22,482\t(22,482)\t22,427\t(22,427)\t-\t-",
]
COUNCIL = [
    "Scrutiny Panel\t2022-2023 Gross Expenditure Budget £000\t2022-2023 Gross Income Budget £000\t2022-2023 Net Revenue Expenditure/ (Income) Budget* £000\tPay Award Inflation** 2023-2024 £000\tGrowth 2023-2024 £000\tSavings 2023-2024 £000\t2023-2024 Draft Net Revenue Expenditure/ (Income) Budget £000",
    "Economy and Growth Scrutiny Panel\t21,129\t(13,853)\t7,276\t85\t90\t(1,030)\t6,421",
    "Health Scrutiny Panel\t21,886\t(21,886)\t-\t-\t-\t-\t-",
    "sidents, Housing and Communities Scrutiny Panel\t80,500\t(46,181)\t34,319\t271\t142\t(250)\t34,482",
    "sources and Equality Scrutiny Panel\t197,087\t(108,345)\t88,742\t14,112\t3,336\t(2,852)\t103,338",
    "fulfilled Adult Lives Scrutiny Panel\t119,537\t(38,574)\t80,963\t172\t4,705\t-\t85,840",
    "Standard People Scrutiny Panel\t242,021\t(189,715)\t52,306\t442\t_\t(1,000)\t51,748",
    "Commissioning and Transformation***\t3,815\t(262)\t3,553\t-\t-\t-\t3,553",
    "Net Budget Requirement\t685,975\t(418,816)\t267,159\t15,082\t8,273\t(5,132)\t285,382",
    "Corporate Resources\t\t\t(267,159)\t-\t(11,081)\t-\t(278,240)",
    "Budget Challenge as at October 2022\t\t\t\t\t\t\t7,142",
]
DRAFT = [
    "Service\t2022-2023 Gross Expenditure Budget* £000\t2022-2023 Gross Income Budget £000\t2022-2023 Net Revenue Expenditure/ (Income) Budget £000\tPay Award Inflation** 2023-2024 £000\tGrowth 2023-2024 £000",
    "Healthy Ageing\t1,165\t(1,165)\t\t\t_",
    "Healthy Life Expectancy\t5,615\t(5,615)\t\t-\t_",
    "Public Health Business Management\t5,259\t(5,259)\t\t-\t_",
    "Starting and Developing Well\t9,633\t(9,633)\t\t-\t_",
    "System Leadership\t214\t(214)\t\t-\t_",
    "\t21,886\t(21,886)\t\t-\t-",
]


def sheet(lines):
    rows = [
        Row(n, cells)
        for n, line in enumerate(lines, 1)
        if (cells := tuple(Cell(n, c, t) for c, t in enumerate(line.split("\t"), 1) if t))
    ]
    return Sheet("sheet", "pack", tuple(rows))


def found(lines):
    return read((sheet(lines),)).found


def test_wolverhamptons_tables_foot_and_exactly_what_they_contradict_is_reported():
    all_ = [each for each in found([*QUARTER, *COUNCIL, *DRAFT]) if each.kind != "remark"]
    assert [each.kind for each in all_] == ["damage", "variance", "tie"]
    damage, variance, tie = map(str, all_)
    assert damage.startswith("sheet ‘pack’, row 5, column E (“(9.959)”): a point stands")
    for by in ("60 less", "36 less", "63 more", "22 less", "55 less"):
        assert by in variance
    assert "22,482 in table 1 and 21,886 in table 3, 596 apart" in tie
    assert "-22,482 in table 1 and -21,886 in table 3, 596 apart" in tie


def test_names_that_lost_their_beginning_and_headings_printed_over_each_other_are_shown():
    told = [each.raw for each in found([*QUARTER, *COUNCIL]) if each.kind == "remark"]
    assert any(each.startswith("Gross Gross Expenditure Income") for each in told)
    cut = ("sidents", "sources", "fulfilled")
    assert all(any(each.startswith(begins) for each in told) for begins in cut)


@given(row=st.integers(1, 7), column=st.integers(1, 7), by=st.integers(1, 10**6))
def test_one_changed_cell_is_found_down_its_column(row, column, by):
    lines = [line.split("\t") for line in COUNCIL]
    lines[row][column] = str(figure(lines[row][column]).amount + by)
    wrong = found(["\t".join(line) for line in lines])
    assert any(each.kind == "cast" and each.at.column == column + 1 for each in wrong)


@pytest.mark.parametrize("text", ["-", "–", "_", "•", "nil"])
def test_a_mark_for_nil_is_nought_and_an_empty_cell_is_nothing(text):
    assert figure(text)[:2] == (Decimal(0), True)
    assert figure("").amount is None


@given(st.integers(-(10**9), 10**9))
def test_a_figure_printed_with_commas_and_brackets_is_read_back(amount):
    printed = f"({-amount:,})" if amount < 0 else f"{amount:,}"
    assert figure(printed).amount == amount
    assert figure(f"{printed}*")[::2] == (amount, "*")


GOOD = ["2025-04-30\tCarers\tspending\t100.50\tkent/body/a\t\t\t\t\t1",
        "2025-04-30\tCarers\tbalance\t(100.50)\tkent/body/a\t\t\t\t\t1"]  # fmt: skip


def posted(*lines):
    made = sheet(["\t".join(COLUMNS), *lines])
    return entries(made, Bounds(date(2025, 4, 1), date(2026, 4, 1)))


def test_entries_are_read_in_whole_pence():
    (entry,) = posted(*GOOD).entries
    assert entry.lines[0] == Line("spending", 10_050, "kent/body/a")


@pytest.mark.parametrize(
    ("was", "now", "because"),
    [
        ("2025-04-30", "2052-04-30", "row 2, column A (“2052-04-30”): the day is not in the year"),
        ("2025-04-30", "2026-04-01", "not in the year"),
        ("2025-04-30", "30th", "no date"),
        ("100.50", "100.51", "does not balance: debits less credits come to £0.01"),
        ("100.50", "1.005", "part of a penny"),
        ("100.50", "1.500", "is the point meant as a comma?"),
        ("100.50", "=A1", "formula"),
        ("100.50", "", "cut short"),
        ("spending", "spendng", "spending"),
    ],
)
def test_a_fault_is_named_by_its_place_and_nothing_is_read(was, now, because):
    given = posted(GOOD[0].replace(was, now), GOOD[1])
    assert not given.entries
    assert any(because in str(each) for each in given.faults)


def test_one_wrong_cell_in_ten_thousand_rows_is_found():
    lines = [line[:-1] + str(n) for n in range(5_000) for line in GOOD]
    assert len(posted(*lines).entries) == 5_000
    lines[7_000] = lines[7_000].replace("100.50", "100.05")
    (fault,) = posted(*lines).faults
    assert fault.at.row == 7_002
