"""Each kind of damage in a workbook is named by its sheet, row and column; then nothing is read."""

from datetime import date, datetime

import pytest

from commonweal.money.imported.entries import COLUMNS, Bounds
from commonweal.money.imported.entries import read as read_entries
from commonweal.money.imported.finding import read
from commonweal_site.importing.files import RefusedFile
from commonweal_site.money.importing import read_money
from tests.money.imported.laying_out import comma_separated, workbook

YEAR = Bounds(date(2025, 4, 1), date(2026, 4, 1))
BODY = "kent/body/icb"
ROWS = [
    [datetime(2025, 4, 30), "Carers", "spending", 100.5, BODY, None, None, None, None, "1"],
    [datetime(2025, 4, 30), "Carers", "balance", -100.5, BODY, None, None, None, None, "1"],
]


def entries(*rows, change=None, bounds=YEAR, calculated=False):
    data = workbook(COLUMNS, *rows, change=change)
    return read_entries(read_money("m.xlsx", data).sheets, bounds, calculated=calculated)


def with_(cell, value):
    def change(page):
        page[cell] = value

    return change


def only(read_):
    assert not read_.entries
    (fault,) = read_.faults
    return str(fault)


def test_a_sound_workbook_is_read_to_the_penny():
    (entry,) = entries(*ROWS).entries
    assert [line.pence for line in entry.lines] == [10_050, -10_050]


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("A2", datetime(2052, 4, 30), "sheet ‘Month’, row 2, column A (“2052-04-30T00:00:00”): the day"),
        ("A2", "30/04/2025", "row 2, column A (“30/04/2025”): this is no date"),
        ("D3", -100.05, "row 2, column J (“1”): It does not balance"),
        ("D3", "(1.005)", "row 3, column D (“(1.005)”): this has a part of a penny"),
        ("D3", "£x", "row 3, column D (“£x”): this is no sum"),
        ("D3", None, "row 3, column D: pounds is empty; the row may be cut short"),
        ("C3", "balanse", "row 3, column C (“balanse”)"),
        ("C1", None, "row 1: there is no column ‘account’"),
    ],
)  # fmt: skip
def test_one_thing_wrong_is_named_by_its_cell(cell, value, said):
    assert said in only(entries(*ROWS, change=with_(cell, value)))


def test_a_formula_is_named_with_its_cell_and_what_it_came_to_is_not_taken():
    said = only_formula(entries(*ROWS, change=with_("D3", "=-D2")))
    assert said.startswith(
        "sheet ‘Month’, row 3, column D (“=-D2”): this is a formula that has never"
    )


def only_formula(read_):
    assert not read_.entries
    return next(str(each) for each in read_.faults if "formula" in each.because)


def calculated(text, value):
    """A workbook of a small table whose total is a formula that came to a value."""
    import zipfile
    from io import BytesIO

    data = workbook(["Service", "Spending £000"], ["A", 1000], ["B", 2000], ["Total", text])
    into = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(into, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"<v></v>", b"<v/>").replace(b"<v />", b"<v/>")
                assert part.count(b"</f><v/>") == 1
                part = part.replace(b"</f><v/>", f"</f><v>{value}</v>".encode())
            new.writestr(name, part)
    return read_money("t.xlsx", into.getvalue()).sheets


def test_a_formula_in_a_table_is_offered_with_its_value_and_taken_only_when_asked():
    sheets = calculated("=SUM(B2:B3)", 3001)
    (found,) = read(sheets).found
    assert (found.kind, found.to_confirm) == ("formula", True)
    assert str(found).startswith(
        "sheet ‘Month’, row 4, column B (“=SUM(B2:B3)”): this is a formula"
    )
    assert "it came to 3001, which is not taken unless you say so" in found.because
    (cast,) = read(sheets, calculated=True).found
    assert "prints 3,001, which is 1 more" in cast.because


def test_a_day_before_books_were_closed_is_named_by_its_cell():
    closed = YEAR._replace(closed={BODY: date(2025, 5, 1)})
    said = [str(each) for each in entries(*ROWS, bounds=closed).faults]
    assert said[0].startswith("sheet ‘Month’, row 2, column A")
    assert f"{BODY} has closed its books before 2025-05-01" in said[0]
    on_the_day = YEAR._replace(closed={BODY: date(2025, 4, 30)})
    assert len(entries(*ROWS, bounds=on_the_day).entries) == 1


def test_a_body_that_is_not_on_record_is_named_by_its_cell():
    unknown = YEAR._replace(on_record=lambda _: False)
    assert "row 2, column E (“kent/body/icb”): no body is on record" in str(
        entries(*ROWS, bounds=unknown).faults[0]
    )


def test_a_key_on_two_sheets_is_seen():
    def twice(page):
        page.parent.copy_worksheet(page).title = "Again"

    assert "entries on two sheets have this key" in only(entries(*ROWS, change=twice))


@pytest.mark.slow
def test_one_wrong_cell_in_ten_thousand_rows_of_a_workbook_is_found():
    rows = [[*row[:-1], str(n)] for n in range(5_000) for row in ROWS]
    rows[7_001][3] = -100.05
    assert "row 7002, column J (“3500”): It does not balance" in only(entries(*rows))


@pytest.mark.parametrize("left", [0.2, 0.5, 0.9])
def test_a_workbook_cut_short_is_refused(left):
    data = workbook(COLUMNS, *ROWS)
    with pytest.raises(RefusedFile, match=r"m\.xlsx is"):
        read_money("m.xlsx", data[: int(len(data) * left)])


@pytest.mark.parametrize("off", [1, 5, 12, 40])
def test_a_text_file_cut_short_is_refused_or_has_a_fault(off):
    row = ["2025-04-30", "Carers", "spending", "100.50", BODY, "", "", "", ""]
    whole = comma_separated(
        COLUMNS, [*row, "first entry"], [*row[:2], "balance", "-100.50", *row[4:], "first entry"]
    ).rstrip()
    assert len(read_entries(read_money("m.csv", whole).sheets, YEAR).entries) == 1
    assert not read_entries(read_money("m.csv", whole[:-off]).sheets, YEAR).entries


# --- tables -----------------------------------------------------------------------------------------


def found(*rows, change=None):
    return read(read_money("t.xlsx", workbook(*rows, change=change)).sheets)


TABLE = [["Service", "Spending £000"], ["A", 1000], ["B", 2000], ["C", 9.959], ["Total", 12959]]


def test_a_point_for_a_comma_in_a_column_of_thousands_is_read_as_the_comma():
    (damage,) = found(*TABLE).found
    assert str(damage).startswith("sheet ‘Month’, row 4, column B (“9.959”): a point stands")


def test_merged_headings_of_two_rows_are_read_together():
    def merge(page):
        page.merge_cells("B1:C1")

    (table,) = found(
        ["Service", "2025/26 £000", None], [None, "Spending", "Income"], ["A", 5, -5], ["B", 1, -1],
        change=merge,
    ).tables  # fmt: skip
    assert table.heads[2] == "2025/26 Spending"
    assert table.heads[3] == "2025/26 Income"
    assert table.units == {2: 1000, 3: 1000}


def test_a_figure_merged_over_two_cells_is_one_figure():
    def merge(page):
        page.merge_cells("B2:C2")

    (table,) = found(["", "One £", "Two £"], ["A", 5, None], ["B", 1, 2], change=merge).tables
    assert table.amounts(3) == {"B": 2}


def test_headings_that_are_lost_are_remarked():
    (remark,) = found(["A", 5], ["B", 6]).found
    assert remark.because == "the table has lost its headings."
    (lost,) = found(["Service", "Spending", None], ["A", 5, 7], ["B", 6, 8]).found
    assert str(lost).startswith("sheet ‘Month’, column C: the column has figures and no heading")


def test_marks_brackets_and_stars_are_read_and_an_empty_cell_is_not_stated():
    (table,) = found(["", "One £", "Two £"], ["A", "–", "(1,250)*"], ["B", None, "•"]).tables
    assert table.amounts(2) == {"A": 0}
    assert table.amounts(3) == {"A": -1250, "B": 0}
    assert table.lines[0].figures[3].stars == "*"


@pytest.mark.slow
def test_one_wrong_cell_in_ten_thousand_rows_of_a_table_is_found():
    rows = [[f"Line {n}", n, 2 * n, 3 * n] for n in range(1, 10_000)]
    total = ["Total", *(sum(row[c] for row in rows) for c in (1, 2, 3))]
    rows[7_000][2] += 1
    across, down = sorted(
        found(["Name", "One £", "Two £", "Sum £"], *rows, total).found, key=lambda each: each.at.row
    )
    assert (across.at.row, across.at.column_words) == (7_002, "D")
    assert (down.at.row, down.at.column_words) == (10_001, "C")
