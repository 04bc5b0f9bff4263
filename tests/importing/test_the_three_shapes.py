"""A scheme is read from a tick matrix, a list by holder and a table of limits, in Excel and in Word."""

import pytest

from commonweal.authority.facts import Delegation, Reservation
from commonweal.authority.imported.names import Settled
from tests.importing.papers import (
    AUDIT,
    BUDGET,
    CHIEF,
    CONTRACTS,
    DIRECTOR,
    FINANCE,
    ICB,
    LOSSES,
    REABLEMENT,
    document,
    faults,
    grid,
    imported,
    matrix,
    passed,
    workbook,
)

UNKNOWN = ("not stated", None, None)
TABLE = [
    ["Ref", "Function", "Board", "Audit Committee", "Director of Finance"],
    ["1", "Approve the annual budget", "R", "", ""],
    ["2", "Write off losses", "", "✓", "x"],
]
BY_HOLDER = [
    (1, "Scheme of delegation"), (2, "Matters reserved to the Board"), "1. Approve the annual budget",
    (2, "Audit Committee"), "2. Write off losses", (2, "Delegated to the Director of Finance"),
    "3.1 Sign contracts, up to £50,000 per year", "Reablement",
]  # fmt: skip
LIMITS = [
    ["Function", "Chief executive", "Director of Finance"],
    ["Write off losses", "over £50k to £250k", "up to £50k"],
    ["Sign contracts", "unlimited", "nil"],
]


def reserved(drawn):
    facts = [each.fact for each in drawn.changes if isinstance(each.fact, Reservation)]
    return [(each.holder, each.function, each.lower) for each in facts]


# --- the tick matrix ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["excel", "word"])
def test_a_tick_matrix_says_who_may_decide_and_not_up_to_what(kind):
    without_ticks = [TABLE[0], TABLE[1], ["2", "Write off losses", "", "D", "x"]]
    data = workbook(*without_ticks) if kind == "excel" else document("Our scheme", without_ticks)
    drawn = imported("tick-matrix", data)
    assert faults(drawn) == []
    assert passed(drawn) == [(AUDIT, LOSSES, *UNKNOWN), (DIRECTOR, LOSSES, *UNKNOWN)]
    assert reserved(drawn) == [(ICB, BUDGET, None)]


@pytest.mark.parametrize("tick", ["✓", "✔", "x", "X", "Y", "yes", "•", "D", "●", "Delegated"])
def test_any_usual_sign_is_a_tick(tick):
    assert passed(matrix(["1", "Reablement", "", tick, ""])) == [(AUDIT, REABLEMENT, *UNKNOWN)]


@pytest.mark.parametrize("blank", ["", "-", "–", "N", "No", "n/a", "✗"])
def test_a_sign_for_no_gives_nothing(blank):
    drawn = matrix(["1", "Reablement", "", blank, "✓"])
    assert passed(drawn) == [(DIRECTOR, REABLEMENT, *UNKNOWN)]


def test_a_cross_beside_ticks_must_be_settled():
    drawn = matrix(["1", "Reablement", "", "x", "✓"])
    assert [(each.what, each.raw) for each in drawn.asked] == [("mark", "x")]
    assert drawn.changes == ()
    settled = matrix(["1", "Reablement", "", "x", "✓"], marks={"x": "nothing"})
    assert passed(settled) == [(DIRECTOR, REABLEMENT, *UNKNOWN)]


def test_a_mark_that_is_not_known_is_asked_about_with_its_cell():
    (asked,) = matrix(["1", "Reablement", "", "C", ""]).asked
    assert (asked.raw, str(asked.at[0])) == ("C", "sheet ‘Scheme’, row 2, column D")


def test_an_amount_in_a_matrix_is_a_limit():
    drawn = matrix(["1", "Reablement", "R > £50k", "£50k", ""])
    assert passed(drawn) == [(AUDIT, REABLEMENT, "per decision", None, 50_000_00)]
    assert reserved(drawn) == [(ICB, REABLEMENT, 50_000_00)]


def test_what_amounts_are_measured_by_is_not_stated_unless_somebody_says_so():
    drawn = matrix(["1", "Reablement", "", "£50k", ""], measured="not stated")
    assert passed(drawn) == [(AUDIT, REABLEMENT, "not stated", None, 50_000_00)]


def test_a_matrix_may_name_its_holders_in_cells():
    head = ["Theme", "Decision / responsibility", "Lead ICB officer", "Reserved to the board",
            "Delegated to committee", "Delegated to individual"]  # fmt: skip
    rows = [["Money", "Approve the annual budget", "Director of Finance", "Y", "", ""],
            ["Money", "Write off losses", "Director of Finance", "N", "Audit Committee",
             "Chief executive; Director of Finance"]]  # fmt: skip
    drawn = imported("tick-matrix", workbook(head, *rows))
    takers = [(taker, function) for taker, function, *_ in passed(drawn)]
    assert takers == [(AUDIT, LOSSES), (CHIEF, LOSSES), (DIRECTOR, LOSSES)]
    assert reserved(drawn) == [(ICB, BUDGET, None)]
    assert any("‘Theme’, ‘Lead ICB officer’" in each for each in drawn.remarks)


def test_headings_may_run_over_several_rows_and_cells_be_merged():
    def merge(book):
        page = book.active
        page.merge_cells("A1:A2")
        page.merge_cells("B1:C1")
        page.merge_cells("A3:C3")
        page.merge_cells("B4:C4")

    data = workbook(
        ["Function", "Committees", None], [None, "Audit Committee", "Finance Committee"],
        ["Money"], ["Write off losses", "✓", None], ["Reablement", None, "✓"], change=merge,
    )  # fmt: skip
    drawn = imported("tick-matrix", data)
    takers = [(taker, function) for taker, function, *_ in passed(drawn)]
    assert takers == [(AUDIT, LOSSES), (FINANCE, LOSSES), (FINANCE, REABLEMENT)]


def test_cells_merged_in_word_are_read_for_each_row_they_cover():
    def merge(made):
        table = made.tables[0]
        table.cell(1, 0).merge(table.cell(2, 0))

    rows = [
        ["Function", "Delegated to"],
        ["Write off losses", "Audit Committee"],
        ["", "Chief executive"],
    ]
    drawn = imported("tick-matrix", document(rows, change=merge))
    assert [taker for taker, *_ in passed(drawn)] == [AUDIT, CHIEF]


def test_a_footnote_goes_with_the_fact_it_is_a_footnote_to():
    drawn = matrix(["1", "Write off losses", "", "✓¹", "✓*"], ["", "¹ After the chair is told."],
                   ["", "* Substantive only."])  # fmt: skip
    notes = [each.fact.note for each in drawn.changes if isinstance(each.fact, Delegation)]
    assert notes[0].endswith("Footnote 1: After the chair is told.")
    assert notes[1].endswith("Footnote *: Substantive only.")


def test_the_footnotes_of_word_itself_are_read():
    def raise_sign(made):
        cell = made.tables[0].cell(1, 1)
        cell.paragraphs[0].add_run("1").font.superscript = True

    rows = [
        ["Function", "Audit Committee"],
        ["Write off losses", "✓"],
        ["1 Up to the limit set", ""],
    ]
    drawn = imported("tick-matrix", document(rows, change=raise_sign))
    (fact,) = [each.fact for each in drawn.changes if isinstance(each.fact, Delegation)]
    assert fact.note.endswith("Footnote 1: Up to the limit set")


def test_who_decides_without_what_is_a_fault():
    assert faults(matrix(["1", "", "", "✓", ""])) == [
        "sheet ‘Scheme’, row 2, column B: this row says who decides, and not what. Name the function."
    ]


def test_a_mark_under_no_heading_is_a_fault():
    (said,) = faults(matrix(["1", "Reablement", "", "✓", "", "✓"]))
    assert said.startswith("sheet ‘Scheme’, row 2, column F (“✓”): its column has no heading")


# --- the list by holder ---------------------------------------------------------------------------


def test_a_list_in_word_has_a_heading_for_each_holder():
    drawn = imported("by-holder", document(*BY_HOLDER))
    assert faults(drawn) == []
    assert drawn.asked == ()
    assert passed(drawn) == [
        (AUDIT, LOSSES, *UNKNOWN), (DIRECTOR, CONTRACTS, "per year", None, 50_000_00),
        (DIRECTOR, REABLEMENT, *UNKNOWN),
    ]  # fmt: skip
    assert reserved(drawn) == [(ICB, BUDGET, None)]
    lines = [each.fact.line for each in drawn.changes if isinstance(each.fact, Delegation)]
    assert lines == ["2", "3.1", None]


def test_a_list_in_excel_has_a_row_or_a_sheet_for_each_holder():
    def another(book):
        page = book.create_sheet("Chief executive")
        page.append(["1", "Reablement"])

    data = workbook(["Audit Committee"], ["2.1", "Write off losses"], ["2.2", "Sign contracts", "£5k"],
                    change=another)  # fmt: skip
    assert passed(imported("by-holder", data)) == [
        (AUDIT, LOSSES, *UNKNOWN), (AUDIT, CONTRACTS, "per decision", None, 5_000_00),
        (CHIEF, REABLEMENT, *UNKNOWN),
    ]  # fmt: skip


def test_a_heading_of_somebody_not_on_record_is_asked_about_and_takes_nothing():
    data = document((2, "Audit Committee"), "Write off losses", (2, "Audit Comittee"), "Reablement")
    drawn = imported("by-holder", data)
    (asked,) = drawn.asked
    assert (asked.what, asked.raw, str(asked.at[0])) == ("holder", "Audit Comittee", "paragraph 3")
    assert drawn.changes == ()
    settled = imported("by-holder", data, settled=Settled(holders={"Audit Comittee": "nothing"}))
    assert passed(settled) == [(AUDIT, LOSSES, *UNKNOWN)]


def test_a_list_without_any_holder_says_so():
    assert faults(imported("by-holder", document("Write off losses"))) == [
        "no heading names a body or post that is on record, so nothing was read."
    ]


# --- the table of limits --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["excel", "word", "turned"])
def test_roles_may_stand_across_or_down(kind):
    rows = LIMITS
    if kind == "turned":
        rows = [["Role", *[row[0] for row in LIMITS[1:]]]]
        rows += [[LIMITS[0][n], *[row[n] for row in LIMITS[1:]]] for n in (1, 2)]
    drawn = imported("role-by-limit", document(rows) if kind == "word" else workbook(*rows))
    assert faults(drawn) == []
    assert sorted(passed(drawn), key=str) == [
        (CHIEF, CONTRACTS, "no limit", None, None),
        (CHIEF, LOSSES, "per decision", 50_000_00, 250_000_00),
        (DIRECTOR, LOSSES, "per decision", None, 50_000_00),
    ]  # fmt: skip
    assert any("‘nil’, so may decide on nothing" in each for each in drawn.remarks)


def test_bands_may_stand_across_with_holders_in_the_cells():
    drawn = imported("role-by-limit", workbook(
        ["Function", "Up to £50,000", "£50,001 to £250,000", "Over £250,000"],
        ["Write off losses", "Director of Finance", "Chief executive", "Board"],
    ))  # fmt: skip
    assert passed(drawn) == [
        (DIRECTOR, LOSSES, "per decision", None, 50_000_00),
        (CHIEF, LOSSES, "per decision", 50_000_00, 250_000_00),
    ]  # fmt: skip
    assert reserved(drawn) == [(ICB, LOSSES, 250_000_00)]


def test_each_limit_may_have_a_line_of_its_own():
    drawn = imported("role-by-limit", workbook(
        ["Function", "Approver", "From", "To"], ["Write off losses", "Director of Finance", None, 50_000],
        ["Write off losses", "Chief executive", 50_000.01, 250_000],
    ))  # fmt: skip
    assert passed(drawn) == [
        (DIRECTOR, LOSSES, "per decision", None, 50_000_00),
        (CHIEF, LOSSES, "per decision", 50_000_00, 250_000_00),
    ]  # fmt: skip


# --- what a shape loses ---------------------------------------------------------------------------


def test_what_a_shape_loses_is_not_stated_and_never_without_limit():
    drawn = matrix(["4.2", "Write off losses", "", "✓", ""])
    (fact,) = [each.fact for each in drawn.changes if isinstance(each.fact, Delegation)]
    assert (fact.limit, fact.upper, fact.onward, fact.vat, fact.area) == (
        "not stated", None, "not stated", "not stated", None,
    )  # fmt: skip
    assert "not stated" in fact.note
    assert fact.line == "4.2"


def test_every_fact_names_the_file_and_the_cell_it_comes_from():
    drawn = matrix(["1", "Write off losses", "", "✓", ""])
    paper, fact = drawn.changes
    assert paper.entity == "kent/document/scheme-xlsx"
    assert "SHA-256 " in paper.fact.note
    (source,) = fact.fact.sources
    assert (source.document, source.at) == (paper.entity, "Sheet ‘Scheme’, row 2, column D")


def test_a_column_that_says_where_is_never_passed_over():
    head = ["Who", "Function", "Where", "Limit given"]
    rows = [
        ["Chief executive", "Reablement", "Thanet", "£5k"],
        ["Chief executive", "Sign contracts", "", "£5k"],
    ]
    drawn = imported("role-by-limit", workbook(head, *rows))
    facts = [each.fact for each in drawn.changes if isinstance(each.fact, Delegation)]
    assert [each.area for each in facts] == ["kent/area/thanet", None]
    (asked,) = imported("role-by-limit", workbook(head, [*rows[0][:2], "Thannet", "£5k"])).asked
    assert (asked.what, asked.raw, asked.near) == ("area", "Thannet", ("kent/area/thanet",))


def test_bands_in_two_areas_are_not_set_against_each_other():
    head = ["Function", "Who", "Where", "Limit"]
    rows = [["Reablement", "Chief executive", "Thanet", "over £5k to £6k"],
            ["Reablement", "Director of Finance", "Kent", "over £5k to £6k"]]  # fmt: skip
    assert faults(imported("role-by-limit", workbook(head, *rows))) == []


def test_limits_that_only_reach_higher_are_no_bands():
    drawn = grid(["Write off losses", "£250k", "£50k"])
    assert [upper for *_, upper in passed(drawn)] == [250_000_00, 50_000_00]
