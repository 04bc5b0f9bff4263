"""Reports on money: every figure follows from those beside it, bridges arrive, nothing is dropped."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.money.bridge import bridge
from commonweal.money.budgets import Budget, BudgetLine, Outlook, OutlookYear, Reserve
from commonweal.money.reports.bridges import told
from commonweal.money.reports.telling import of_system
from commonweal.money.reports.whole import SECTIONS, Report, money_of, report_of
from commonweal.money.sums import Sum
from commonweal.record.figures import Spot, reckoned, spots
from commonweal.record.manuscript import Chart, Table, words
from tests.making import SYSTEM, a, kent, shipped

COUNCIL = "kent/body/icb"
TODAY = date(2026, 6, 1)
KNOWN = [
    ("exampleshire", date(2025, 12, 1)), ("exampleshire", TODAY),
    ("black-country-wolverhampton", date(2022, 12, 12)), ("hampshire-and-isle-of-wight", date(2022, 5, 1)),
]  # fmt: skip


@pytest.fixture(scope="module")
def packs():
    return shipped()


def cells(table):
    """Each cell of a table by its spot: its words and, if it has one, its figure."""
    assert len(set(table.heads)) == len(table.heads), f"{table.caption}: two columns of one name"
    for row in table.rows:
        for head, cell in zip(table.heads, row.cells, strict=True):
            yield Spot(row.key or words(row.cells[0][0]), head), cell


def faults(table):
    """Figures that are not what the cells they follow from make."""
    figures = {spot: cell[0][0].figure for spot, cell in cells(table) if cell[0][0].figure}
    for at, figure in figures.items():
        if figure.made is None:
            continue
        own = {each: each._replace(row=each.row or at.row) for each in spots(figure.made)}
        missing = [spot for spot in own.values() if spot not in figures]
        if missing:
            yield f"{table.caption}, {at}: there is no {missing}"
            continue
        comes_to = reckoned(figure.made, {each: figures[own[each]].value for each in own})
        if abs(comes_to - figure.value) > (0 if figure.unit != "share" else 1e-9):
            yield f"{table.caption}, {at}: {figure.value}, but its cells make {comes_to}"


def said(manuscript):
    """All its words."""
    parts = []
    for block in manuscript.laid_out():
        if isinstance(block, Table):
            parts += [block.caption, *block.heads]
            parts += [words(each) for row in block.rows for cell in row.cells for each in cell]
        else:
            parts.append(
                getattr(block, "text", "") or words(block.line)
                if not hasattr(block, "lines")
                else ""
            )
    return "\n".join(parts)


def table_of(blocks, caption):
    (found,) = [each for each in blocks if isinstance(each, Table) and caption in each.caption]
    return found


def column(table, head):
    """The words of one column, by the key of the row."""
    return {
        spot.row: "; ".join(map(words, cell)) for spot, cell in cells(table) if spot.column == head
    }


def section(record, word, day=TODAY):
    snapshot = record(day)
    return list(SECTIONS[word](snapshot, of_system(snapshot, "kent")))


@pytest.mark.parametrize(("system", "day"), KNOWN)
def test_every_figure_is_what_the_cells_it_follows_from_make(packs, system, day):
    text = money_of(packs(day), f"{system}/area/system", whole=True)
    assert text.tables
    assert [fault for table in text.tables for fault in faults(table)] == []


@pytest.mark.parametrize("word", SECTIONS)
def test_each_report_stands_alone_and_says_where_there_is_nothing(packs, word):
    snapshot, report = packs(TODAY), Report(word, "It", "So.")
    full = report_of(snapshot, report, "exampleshire/area/system", whole=True)
    assert full.tables
    assert [fault for table in full.tables for fault in faults(table)] == []
    empty = report_of(snapshot, report, "dorset/area/system", whole=True)
    assert "No money of it is on record for this day." in said(empty) or empty.tables


# --- bridges -------------------------------------------------------------------------------------

MOVES = st.lists(
    st.tuples(st.sampled_from(["Pay", "Growth", "Savings"]), st.integers(-(10**12), 10**12))
)


@given(st.integers(-(10**13), 10**13), st.integers(-(10**13), 10**13), MOVES)
def test_the_steps_of_a_bridge_come_to_its_end_and_each_begins_where_the_last_ended(
    begins, ends, moves
):
    found = bridge(begins, ends, moves)
    assert begins + sum(step.moves for step in found.steps) == ends
    at = begins
    for step in found.steps:
        assert (step.begins, step.ends) == (at, at + step.moves)
        at = step.ends
    assert at == ends


@given(st.integers(-(10**13), 10**13), st.integers(-(10**13), 10**13), MOVES)
def test_a_bridge_as_told_has_a_bar_and_a_row_for_each_step_that_add_up(begins, ends, moves):
    found = bridge(begins, ends, moves)
    chart, table = told("Deficit", found, "March", "October")
    assert isinstance(chart, Chart)
    assert list(faults(table)) == []
    assert [bar.label.partition(":")[0] for bar in chart.bars] == [
        words(r.cells[0][0]) for r in table.rows
    ]
    assert chart.bars[-1].ends == ends
    for one, other in zip(chart.bars[:-2], chart.bars[1:-1], strict=True):
        assert one.ends == other.begins


# --- budgets -------------------------------------------------------------------------------------


def budget(version, *lines, **fields):
    made = {"approved": "2025-04-01", "forecast": "2025-10-01"}[version]
    given = {"name": "Care", "holder": COUNCIL, "year": "2025/26", "version": version, "made": made}
    return Budget(**{**given, "lines": lines, **fields})


def one(name, spending, income, reason=None):
    return BudgetLine(name=name, spending=spending, income=income, reason=reason)


def test_variances_are_said_in_words_gross_and_net_with_their_reason():
    record = kent(
        a("kent/budget/plan", budget("approved", one("Beds", 1_000_00, 0), one("Grant", 500_00, -500_00))),
        a("kent/budget/late", budget("forecast", one("Beds", 1_200_00, 0, "Agency staff."),
                                     one("Grant", 400_00, -400_00, "Vacancies."))),
    )  # fmt: skip
    table = table_of(section(record, "outturn"), "forecast against budget")
    assert column(table, "Gross variance") == {
        "Beds": "£200 adverse", "Grant": "£100 favourable", "all lines": "£100 adverse"
    }  # fmt: skip
    assert column(table, "Net variance") == {
        "Beds": "£200 adverse",
        "Grant": "Nil",
        "all lines": "£200 adverse",
    }
    assert column(table, "Reason")["Beds"] == "Agency staff."


def test_a_line_that_one_version_leaves_out_is_named_and_not_dropped_in_silence():
    record = kent(
        a("kent/budget/plan", budget("approved", one("Beds", 100, 0), one("Teams", 300, None))),
        a("kent/budget/late", budget("forecast", one("Beds", 100, 0), one("Vans", 50, 0))),
    )
    notes = [words(each.line) for each in section(record, "outturn") if each.kind == "note"]
    assert any(each.startswith("Not compared: Teams and Vans.") for each in notes)


def test_wolverhamptons_draft_budget_is_reached_from_the_year_before_by_the_moves_it_states(packs):
    text = report_of(
        packs(date(2022, 12, 12)), Report("outturn", "It", ""), "black-country-wolverhampton/area/system",
        whole=True,
    )  # fmt: skip
    (chart,) = [each for each in text.blocks if isinstance(each, Chart) and "2023/24" in each.title]
    assert chart.bars[0].ends == 267_159_000_00
    assert chart.bars[-1].ends == 285_382_000_00
    assert len(chart.bars) > 3


# --- reserves, control totals, the years to come --------------------------------------------------


def reserve(**fields):
    given = {"name": "Care", "holder": COUNCIL, "year": "2025/26"}
    return a("kent/reserve/care", Reserve(**given | fields))


def test_a_reserve_closes_with_what_it_opened_with_less_used_and_added():
    """Wolverhampton's public health reserve, in thousands: 7,936 less 1,797, of which 2,218 promised."""
    record = kent(reserve(opening=7_936_000_00, used=1_797_000_00, added=0, committed=2_218_000_00))
    table = table_of(section(record, "reserves"), "Reserves")
    assert column(table, "Closing") == {"kent/reserve/care": "£6,139,000"}
    assert column(table, "Free") == {"kent/reserve/care": "£3,921,000"}


def test_a_close_that_its_own_movements_do_not_make_stays_as_printed_and_is_pointed_out():
    record = kent(reserve(opening=100, used=10, added=0, closing=95))
    blocks = section(record, "reserves")
    assert any("prints £0.95 at the close, but its own movements make £0.90" in words(each.line)
               for each in blocks if each.kind == "note")  # fmt: skip
    assert column(table_of(blocks, "Reserves"), "Closing") == {"kent/reserve/care": "£0.95"}


def test_plan_changes_and_actual_stand_beside_each_other_and_none_is_written_over(packs):
    text = report_of(
        packs(TODAY), Report("control-totals", "It", ""), "exampleshire/area/system", whole=True
    )
    table = table_of(text.blocks, "Plan, changes and actual")
    hospitals = "Exampleshire Hospitals NHS Foundation Trust"
    row = {head: column(table, head)[hospitals] for head in table.heads}
    assert row["Plan"] == "−£8,400,000"
    assert row["Agreed changes"] == "−£1,500,000"
    assert row["As changed"] == row["Actual"] == "−£9,900,000"
    assert column(table, "Agreed changes")["the system"] == "£0"


def outlook(slug, made, gap, **fields):
    year = OutlookYear(year="2025/26", gap=Sum(pence=gap))
    given = {"name": "Deficit", "type": "deficit", "about": SYSTEM, "made": made, "years": (year,)}
    return a(f"kent/outlook/{slug}", Outlook(**given | fields))


def test_two_outlooks_stand_side_by_side_where_one_replaces_the_other():
    """Wolverhampton's deficit by 2025/26: £25.8m in March 2022, £31.6m in October."""
    record = kent(
        outlook("march", "2022-03-02", 25_800_000_00),
        outlook("october", "2022-10-19", 31_600_000_00, replaces="kent/outlook/march"),
    )
    blocks = section(record, "years-to-come")
    (moved,) = [
        each for each in blocks if isinstance(each, Table) and "How it moved" in each.caption
    ]
    assert list(column(moved, "Change").values()) == ["£5,800,000"]
    assert list(column(moved, "In words").values()) == ["£5,800,000 more is missing"]
    assert len([each for each in blocks if isinstance(each, Chart)]) == 2
