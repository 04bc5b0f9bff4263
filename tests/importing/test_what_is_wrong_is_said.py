"""What is wrong with a scheme is said with its cell, its text and what to do; then nothing is stored."""

from datetime import date

import pytest

from commonweal.authority.facts import Delegation
from commonweal.authority.imported.names import Settled
from tests.importing.papers import (
    AUDIT,
    ICB,
    LOSSES,
    OLD,
    OWN,
    REABLEMENT,
    a,
    faults,
    grid,
    imported,
    matrix,
    passed,
    workbook,
)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("up to £50k", "over £40k to £250k", "overlaps the band over £0 to £50,000"),
        ("up to £50k", "£50k to £250k", "Which of the two decides exactly £50,000?"),
        ("up to £50k", "over £60k", "leaves a gap after the band over £0 to £50,000"),
        ("up to £50k", "over £50,000.01", "nobody decides over £50,000 to £50,000.01"),
    ],
)
def test_bands_that_overlap_or_leave_a_gap_are_faults(one, other, said):
    drawn = grid(["Write off losses", one, other])
    assert said in faults(drawn)[0]
    assert faults(drawn)[0].startswith("sheet ‘Scheme’, row 2, column C (“")
    assert drawn.changes == ()


@pytest.mark.parametrize("other", ["over £50k", "£50,001 to £60k", "from £50,000.01 to £60k"])
def test_bands_that_meet_are_no_fault(other):
    assert faults(grid(["Write off losses", "up to £50k", other])) == []


def test_a_wide_band_is_set_against_every_band_within_it():
    head = ["Function", "Role", "Limit"]
    rows = [["Write off losses", "Chief executive", "over £1 to £100,000"],
            ["Write off losses", "Director of Finance", "over £2k to £3k"],
            ["Write off losses", "Audit Committee", "over £5k to £6k"]]  # fmt: skip
    drawn = imported("role-by-limit", workbook(head, *rows))
    assert sum("overlaps the band over £1 to £100,000" in each for each in faults(drawn)) == 2


def test_one_band_of_two_holders_is_a_fault_unless_it_may_be_shared():
    rows = [["Write off losses", "over £5k to £6k", "over £5k to £6k"]]
    assert "overlaps" in faults(grid(*rows))[0]
    assert faults(grid(*rows, shared=True)) == []


def test_an_amount_below_nothing_is_a_fault_with_its_raw_text():
    assert faults(grid(["Write off losses", "-£5", ""])) == [
        "sheet ‘Scheme’, row 2, column B (“-£5”): an amount below nothing (-£5) is no limit."
    ]


def test_a_name_not_on_record_is_asked_about_once_with_the_nearest():
    drawn = matrix(["1", "Write of loses", "", "✓", ""], ["2", "Write of loses", "", "", "✓"])
    (asked,) = drawn.asked
    assert (asked.what, asked.raw, len(asked.at)) == ("function", "Write of loses", 2)
    assert LOSSES in asked.near
    settled = matrix(
        ["1", "Write of loses", "", "✓", ""], settled=Settled({"Write of loses": LOSSES})
    )
    assert passed(settled)[0][:2] == (AUDIT, LOSSES)


def test_a_name_that_several_have_is_refused_until_it_is_settled():
    data = workbook(["Function", "Pay Committee"], ["Reablement", "✓"])
    (asked,) = imported("tick-matrix", data).asked
    assert asked.near == ("dorset/body/pay", "surrey/body/pay")
    assert asked.because.startswith("ambiguous")


def test_other_names_are_names_too():
    data = workbook(["Function", "AC"], ["Reablement", "✓"])
    assert passed(imported("tick-matrix", data))[0][:2] == (AUDIT, REABLEMENT)


def test_a_name_settled_to_something_not_on_record_is_asked_about_again():
    drawn = matrix(["1", "Loses", "", "✓", ""], settled=Settled({"Loses": "kent/function/lossess"}))
    assert "no function on record on 1 December 2026" in drawn.asked[0].because


def test_a_body_that_ended_is_told_apart_from_one_nobody_knows():
    data = workbook(["Function", "Old Committee"], ["Reablement", "✓"])
    (asked,) = imported("tick-matrix", data, past=[OLD]).asked
    assert asked.because.startswith("it is on record only until 1 April 2024")


def test_nothing_is_passed_on_to_a_dissolved_body():
    data = workbook(["Function", "Ended Committee"], ["Reablement", "✓"])
    assert (
        "Ended Committee is dissolved on 1 December 2026"
        in faults(imported("tick-matrix", data))[0]
    )


def test_a_circle_is_a_fault():
    back = Delegation(giver=AUDIT, taker=ICB, function=LOSSES, basis=OWN)
    data = workbook(["Function", "Audit Committee"], ["Write off losses", "✓"])
    drawn = imported("tick-matrix", data, a("kent/delegation/back", back))
    assert "this would run in a circle" in faults(drawn)[0]
    assert drawn.changes == ()


def test_a_day_before_the_record_begins_is_said_and_nothing_is_drawn():
    drawn = matrix(["1", "Reablement", "", "✓", ""], starts=date(2022, 6, 30),
                   past=[OLD._replace(entity=ICB, begins=date(2022, 7, 1), ends=date(9999, 12, 31))])  # fmt: skip
    (said,) = faults(drawn)
    assert said.startswith(
        "No body kent/body/icb is on record on 30 June 2022. Its record begins on 1 July"
    )
    assert faults(matrix(["1", "Reablement", "", "✓", ""], starts=date(2022, 7, 1))) == []


def test_a_document_that_is_not_on_record_needs_a_title():
    drawn = matrix(["1", "Reablement", "", "✓", ""], instrument="kent/instrument/new", giver=ICB)
    assert "To make a new one, give its title." in faults(drawn)[0]
    made = matrix(["1", "Reablement", "", "✓", ""], instrument="kent/instrument/new", giver=ICB,
                  title="New scheme")  # fmt: skip
    assert [each.entity for each in made.changes][:2] == [
        "kent/document/scheme-xlsx",
        "kent/instrument/new",
    ]


def test_what_is_kept_whole_is_not_passed_on_as_well():
    drawn = matrix(["1", "Reablement", "R", "✓", ""])
    assert (
        "NHS Kent Board keeps this to itself (sheet ‘Scheme’, row 2, column C)" in faults(drawn)[0]
    )


def test_the_same_said_twice_is_a_fault():
    drawn = matrix(["1", "Reablement", "", "✓", ""], ["2", "Reablement", "", "✓", ""])
    assert "the same was said at sheet ‘Scheme’, row 2, column D" in faults(drawn)[0]


def test_a_file_without_any_table_of_its_shape_says_so():
    drawn = imported("tick-matrix", workbook(["Hello", "there"]))
    assert faults(drawn) == ["nothing in the file says that anybody may decide anything."]
    assert "no row of it has a heading such as ‘Function’" in drawn.remarks[0]


# --- beside what is on record ---------------------------------------------------------------------


def on_record(**fields):
    said = {
        "giver": ICB,
        "taker": AUDIT,
        "function": LOSSES,
        "instrument": "kent/instrument/scheme",
    }
    return a("kent/delegation/old", Delegation(**{**said, **fields}))


LINE = workbook(["Function", "Role", "Limit"], ["Write off losses", "Audit Committee", "£50k"])


def test_what_the_record_says_already_is_left_as_it_is():
    drawn = imported("role-by-limit", LINE, on_record(limit="per decision", upper=50_000_00))
    assert (drawn.agreed, drawn.changes) == (("kent/delegation/old",), ())


def test_what_contradicts_the_record_is_a_fault_and_never_written_over():
    drawn = imported("role-by-limit", LINE, on_record(limit="per decision", upper=60_000_00))
    assert "the record says otherwise under the same document" in faults(drawn)[0]


def test_a_document_that_is_replaced_ends_with_all_that_stood_under_it():
    drawn = imported("role-by-limit", LINE, on_record(limit="per decision", upper=50_000_00),
                     instrument="kent/instrument/next", title="Next", giver=ICB,
                     replaces="kent/instrument/scheme")  # fmt: skip
    ended = [(each.entity, each.valid_from) for each in drawn.changes if each.verb == "withdraw"]
    assert ended == [("kent/delegation/old", date(2026, 12, 1))]


def test_another_document_that_says_the_same_is_pointed_out():
    other = on_record(instrument="kent/instrument/other")
    drawn = imported("role-by-limit", LINE, other)
    assert any("kent/delegation/old" in each for each in drawn.remarks)
