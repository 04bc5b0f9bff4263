"""A workbook has a sheet for each table, and its sums are formulas that come to what we say."""

import io
import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.money.pence import signed
from commonweal.record.figures import Figure, Share, Spot, across, down, entries, reckoned, share
from commonweal.record.manuscript import Cited, Manuscript, Paragraph, Run, Table, line, row
from commonweal_site.published.forms import written
from commonweal_site.published.workbook import sheet_names
from tests.published.formulas import formulas, value, workbook

KNOWN = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SPOT = Cited("kent/document/paper", "The Kent paper", "page 4")


def sheeted(*blocks, **changes):
    given = {
        "title": "Reserves of Kent",
        "day": date(2026, 12, 1),
        "known": KNOWN,
        "blocks": blocks,
    }
    return Manuscript(**given | changes)


def sum_of(pence, made=None, behind=None, unit="pence"):
    return Run(signed(pence), figure=Figure(pence, unit, made=made), entries=behind)


def reserves(*openings):
    """Reserves, each with a tenth used, what is left, and the total of each column."""
    keys = [f"reserve {number}" for number, _ in enumerate(openings)]
    rows = [
        row(key, sum_of(opening), sum_of(opening // 10),
            sum_of(opening - opening // 10, across("Opening", less=["Used"])), key=key,
            sources=(SPOT,))
        for key, opening in zip(keys, openings, strict=True)
    ]  # fmt: skip
    columns = {
        "Opening": sum(openings),
        "Used": sum(each // 10 for each in openings),
        "Left": sum(each - each // 10 for each in openings),
    }
    total = [sum_of(pence, down(head, keys)) for head, pence in columns.items()]
    return Table("Reserves: 2026/27", ("Reserve", *columns), (*rows, row("All", *total, key="all")))


def test_each_table_is_a_sheet_with_its_caption_its_day_and_headings_that_stay_in_sight():
    live, _ = workbook(written(sheeted(Paragraph(line("So it is.")), reserves(100, 200)), "xlsx"))
    assert live.sheetnames == ["About", "1 Reserves 2026 27"]
    sheet = live["1 Reserves 2026 27"]
    assert sheet["A1"].value == "Reserves: 2026/27"
    assert "As at 1 December 2026" in sheet["A2"].value
    assert [cell.value for cell in sheet[4]] == ["Reserve", "Opening", "Used", "Left", "Source"]
    assert sheet.freeze_panes == "B5"
    assert sheet["E5"].value == "[1] page 4"
    assert "Sums are in pounds" in sheet["A9"].value
    said = [cell.value for (cell,) in live["About"].iter_rows() if cell.value]
    assert said[0] == "Reserves of Kent"
    assert "So it is." in said
    assert said[-1] == "[1] The Kent paper"


def test_sums_are_formulas_over_the_cells_they_follow_from():
    live, _ = workbook(written(sheeted(reserves(100, 200)), "xlsx"))
    sheet = live.worksheets[1]
    assert (sheet["B5"].value, sheet["D5"].value, sheet["B7"].value) == (1, "=B5-C5", "=SUM(B5:B6)")


@settings(max_examples=30)
@given(st.lists(st.integers(-(10**15), 10**15), min_size=1, max_size=6))
def test_every_formula_comes_to_what_we_say_to_the_penny(openings):
    found = list(formulas(written(sheeted(reserves(*openings)), "xlsx")))
    assert len(found) == len(openings) + 3
    for _, cell, comes_to, stored in found:
        assert round(comes_to * 100) == round(Fraction(str(stored)) * 100), cell
    sheet = workbook(written(sheeted(reserves(*openings)), "xlsx"))[0].worksheets[1]
    assert value(sheet, f"B{5 + len(openings)}") * 100 == sum(openings)


def test_a_share_is_one_cell_by_another_and_a_variance_is_shown_in_words():
    made = share("Spent", "Budget")
    table = Table("Spent", ("Line", "Budget", "Spent", "Part", "Variance"), (
        row("Beds", sum_of(400), sum_of(100), Run("25%", figure=Figure(Decimal("0.25"), "share", made=made)),
            sum_of(-300, across("Spent", less=["Budget"]), unit="variance")),
    ))  # fmt: skip
    sheet = workbook(written(sheeted(table), "xlsx"))[0].worksheets[1]
    assert sheet["D5"].value == "=C5/B5"
    assert value(sheet, "D5") == Fraction(1, 4)
    assert sheet["E5"].number_format.split(";")[1].endswith('" favourable"')


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x.test","y")']
)
def test_text_that_looks_like_a_formula_stays_text(text):
    table = Table(text, (text, "Other"), (row(text, "x"), row(Run(text, figure=None), text)))
    body = written(sheeted(Paragraph(line(text)), table, title=text), "xlsx")
    assert list(formulas(body)) == []
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())
    live, _ = workbook(body)
    assert live.worksheets[1]["A5"].value == text
    assert live.worksheets[1]["A5"].quotePrefix


@given(st.lists(st.text(min_size=1, max_size=80), max_size=12))
def test_a_sheet_has_a_name_that_a_workbook_allows_and_no_other_has(captions):
    names = sheet_names(captions)
    assert len({name.casefold() for name in names}) == len(captions)
    assert all(0 < len(name) <= 31 for name in names)
    assert not any(set(name) & set("[]:*?/\\'") for name in names)


def test_a_long_name_of_a_sheet_is_cut_after_a_word():
    assert sheet_names(["Public health, 2025/26: forecast against budget"]) == [
        "1 Public health, 2025 26"
    ]


def test_an_invented_system_is_labelled_on_every_sheet():
    live, _ = workbook(written(sheeted(reserves(1), reserves(2), invented=True), "xlsx"))
    for sheet in live:
        said = " ".join(str(cell.value) for each in sheet.iter_rows(max_row=3) for cell in each)
        assert "Invented. This system does not exist." in said


def test_what_is_not_recorded_is_in_words_and_never_nought():
    live, _ = workbook(written(sheeted(Table("T", ("A", "B"), (row("x", ""),))), "xlsx"))
    assert live.worksheets[1]["B5"].value == "Not recorded"


def test_a_sum_about_so_large_says_about_and_is_still_a_number():
    about = Run("about £135", figure=Figure(13_500, about=True))
    sheet = workbook(written(sheeted(Table("T", ("A", "B"), (row("x", about),))), "xlsx"))[
        0
    ].worksheets[1]
    assert sheet["B5"].value == 135
    assert sheet["B5"].number_format.startswith('"about £"')


def test_a_figure_leads_to_the_entries_behind_it_in_every_form_that_has_links():
    behind = entries("kent", fund="kent/fund/pool", year="2025-26", to="2025-10-01")
    text = sheeted(Table("T", ("A", "B"), (row("x", sum_of(100, behind=behind)),)))
    where = "https://x.test/kent/ledger/?fund=pool&year=2025-26&to=2025-10-01"
    live, _ = workbook(written(text, "xlsx", lambda entity: f"https://x.test/{entity}"))
    assert live.worksheets[1]["B5"].hyperlink.target == where
    table = json.loads(written(text, "json"))["blocks"][1]
    (figure,) = table["rows"][0]["figures"]
    assert figure["entries"] == where.removeprefix("https://x.test")
    assert (figure["column"], figure["pence"]) == ("B", 100)


def test_a_spreadsheet_of_commas_has_bare_numbers_under_a_heading_with_their_unit():
    told = written(sheeted(reserves(123_456)), "csv").decode().splitlines()
    assert told[0].startswith("Table,Reserve,Opening (pounds),Used (pounds),Left (pounds),Source")
    assert told[1].startswith("Reserves: 2026/27,reserve 0,1234.56,123.45,1111.11,[1] page 4")


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=5), st.integers(1, 10**12))
def test_what_a_figure_comes_to_is_what_it_adds_less_what_it_takes(parts, whole):
    spots = {Spot(str(number), "Sum"): pence for number, pence in enumerate(parts)}
    keys = [each.row for each in spots]
    assert reckoned(down("Sum", keys[:1], less=keys[1:]), spots) == parts[0] - sum(parts[1:])
    spots[Spot("all", "Sum")] = whole
    made = Share(Spot("0", "Sum"), Spot("all", "Sum"))
    assert reckoned(made, spots) == Decimal(parts[0]) / whole
