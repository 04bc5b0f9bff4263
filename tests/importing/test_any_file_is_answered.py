"""Whatever stands in the cells of a file, an import answers with changes, faults or questions: it never breaks."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.authority.imported.drawing import draw
from commonweal.authority.imported.said import SHAPES
from commonweal.record.sheets import Cell, FileRead, Row, Sheet
from commonweal_site.importing.files import RefusedFile
from commonweal_site.importing.reading import read_file
from tests.importing.papers import terms, the_record, workbook

WORDS = [
    "Function", "Role", "Ref", "Limit", "From", "Over", "Reserved to the board", "Delegated to", "Board",
    "Audit Committee", "Chief executive", "Pay Committee", "Write off losses", "Sign contracts", "1. Reablement",
    "✓", "x", "R", "R > £50k", "£50k", "up to £250k", "over £50k to £1m", "£50,001 to £60k", "nil", "n/a",
    "unlimited", "-£5", "TBC", "¹ A footnote", "✓¹", "*", "within budget", "1", "(2)", "Reserved to", "§",
]  # fmt: skip
TEXTS = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))
SNAPSHOT = the_record()(terms("tick-matrix").starts)


@st.composite
def sheets(pick):
    kind = pick(st.sampled_from(["sheet", "table", "text"]))
    rows = []
    for number in range(1, pick(st.integers(0, 8)) + 1):
        cells = []
        for column in range(1, pick(st.integers(1, 5)) + 1):
            text = pick(TEXTS)
            if text.strip():
                cells.append(Cell(number, column, text.strip(), pick(st.booleans())))
        if cells:
            rows.append(Row(number, tuple(cells), pick(st.integers(0, 3))))
    return Sheet(kind, pick(st.sampled_from(["1", "Chief executive", "Scheme"])), tuple(rows))


@settings(max_examples=150)
@given(found=st.lists(sheets(), max_size=3), shape=st.sampled_from(SHAPES))
def test_any_cells_are_answered_and_nothing_is_drawn_beside_a_fault(found, shape):
    file = FileRead("scheme.xlsx", "0" * 64, 1, tuple(found))
    drawn = draw(file, terms(shape), SNAPSHOT)
    assert drawn.changes or drawn.faults or drawn.asked or drawn.agreed or drawn.remarks
    if drawn.faults or drawn.asked:
        assert drawn.changes == ()
    for change in drawn.changes:
        assert list(change.fact.faults()) == []


@settings(max_examples=60)
@given(start=st.integers(0, 4000), junk=st.binary(min_size=1, max_size=40))
def test_a_damaged_file_is_refused_or_read_and_never_breaks(start, junk):
    whole = workbook(["Function", "Audit Committee"], ["Write off losses", "✓"])
    data = whole[:start] + junk + whole[start + len(junk) :]
    # A refusal is the only way in which it may end badly.
    with suppress(RefusedFile):
        assert read_file("scheme.xlsx", data).sheets is not None
