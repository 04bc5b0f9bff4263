"""City of Wolverhampton Council, Health Scrutiny Panel, 12 December 2022: the whole budget part of the pack.

The paper's own text is read, prose and tables with their damage, and exactly what is known not to
tie in it is reported.
"""

import os
from pathlib import Path

import pytest

from commonweal.money.imported.finding import read
from commonweal.money.imported.mapping import mapping
from commonweal.record.sheets import Cell, Row, Sheet
from commonweal_site.money.importing import read_money

SHARED = Path(
    os.environ.get("COMMONWEAL_SHARED", Path(__file__).resolve().parents[3].parent / "shared")
)
SETTLED = """
source: Budget papers of the Health Scrutiny Panel
ties:
- what: Use of the public health reserve in 2022/23
  one: {table: 4, row: Public Health, column: 4, less: Forecast Balance at 31 March 2023}
  other: {text: "£660,000 use of reserves"}
"""


@pytest.fixture(scope="module")
def found():
    (paper,) = [*SHARED.glob("seeds/003_*.txt")] or [None]
    assert paper, f"No paper of the pack is in {SHARED}/seeds. Set COMMONWEAL_SHARED to its folder."
    lines = paper.read_text(encoding="utf-8").splitlines()
    begins = next(n for n, line in enumerate(lines) if line.startswith("Forecast Budget Position"))
    ends = next(n for n, line in enumerate(lines) if line.startswith("Strategic Risk Register"))
    return read((pasted(lines[begins:ends]),), mapping(SETTLED)).found


def pasted(lines):
    """A sheet as it is when a text is pasted, cells between tabs."""
    rows = [
        Row(number, cells)
        for number, line in enumerate(lines, 1)
        if (
            cells := tuple(
                Cell(number, column, text.strip())
                for column, text in enumerate(line.split("\t"), 1)
                if text.strip()
            )
        )
    ]
    return Sheet("sheet", "pack", tuple(rows))


KNOWN = {
    "the figure with a point for a comma": ("damage", "It is read as -9,959, not as -9.959"),
    "gross variances behind nil": (
        "variance",
        (
            "Healthy Ageing 60 less; Healthy Life Expectancy 36 less; Public Health Business "
            "Management 63 more; Starting and Developing Well 22 less; Total 55 less"
        ),
    ),
    "two budgets of one year": ("tie", "22,482 in table 1 and 21,886 in table 3, 596 apart"),
    "income by source": (
        "rounding",
        (
            "make £22,460,000, and Net Controllable Forecast (Income) 2022-2023 in table 1 comes "
            "to 22,427 (£22,427,000): £33,000 apart, within the rounding"
        ),
    ),
    "two paths of the deficit": (
        "tie",
        (
            "For 2023/24, “£12.6 million” there and “£7 million” (7,142 in table 2) here, £5,458,000 "
            "less. For 2025/26, “£25.8 million” there and “£31.6 million” here, £5,800,000 more."
        ),
    ),
    "commitments beside their words": (
        "rounding",
        "is 2,218 here (£2,218,000) and “£2 million” in the words beside it, £218,000 apart",
    ),
    "the reserve and what is said to be used of it": (
        "tie",
        (
            "£1,797,000 here and £660,000 at sheet ‘pack’, row 12 (“£660,000 use of reserves”), "
            "£1,137,000 apart"
        ),
    ),
}


@pytest.mark.parametrize("known", KNOWN)
def test_what_is_known_not_to_tie_is_said_once(found, known):
    kind, words = KNOWN[known]
    assert [each.kind for each in found if words in each.because] == [kind]


def test_nothing_else_is_said_to_be_wrong(found):
    assert len([each for each in found if each.kind != "remark"]) == len(KNOWN)


def test_what_lost_letters_headings_or_its_place_is_shown_as_printed(found):
    raw = [each.raw for each in found if each.kind == "remark"]
    assert {"Reserve Reserve", "⁵ age 35"} <= set(raw)
    for begins in ("Gross Gross Expenditure Income", "sidents", "sources", "fulfilled"):
        assert any(each.startswith(begins) for each in raw)
    marks = [each.because for each in found if "nil is printed" in each.because]
    assert any("“•” 1 time" in each for each in marks)


TYPED = {
    "draft_budget_2023_24": [],
    "draft_budget_health_2023_24": [],
    "q2_forecast_2022_23": ["variance"],
}


@pytest.mark.parametrize("name", TYPED)
def test_the_tables_typed_from_it_foot(name):
    file = SHARED / "data/wolverhampton-budget-2022" / f"{name}.csv"
    assert file.is_file(), f"{file} is not there. Set COMMONWEAL_SHARED to the shared folder."
    said = read(read_money(file.name, file.read_bytes()).sheets)
    assert [each.kind for each in said.found if each.kind != "remark"] == TYPED[name]
    assert len(said.tables) == 1
