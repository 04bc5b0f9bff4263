"""A file that is not what its name says, or not safe to open, is refused with a sentence; what is hidden is said."""

import io
import zipfile

import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.comments import Comment
from openpyxl.styles import Font

from commonweal_site.importing.files import RefusedFile
from commonweal_site.importing.reading import read_file
from tests.importing.papers import document, workbook

ROWS = (["Function", "Audit Committee"], ["Write off losses", "✓"])


def texts(file):
    return [cell.text for sheet in file.sheets for row in sheet.rows for cell in row.cells]


def with_part(data, name, content, *, flag=0):
    """The same file with one part more."""
    into = io.BytesIO(data)
    with zipfile.ZipFile(into, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(name, content)
    return into.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("scheme.xlsx", b"%PDF-1.7 ...", "is not an Excel workbook, as its name says, but a PDF"),
        (
            "scheme.docx",
            b"<html></html>",
            "is not a Word document, as its name says, but a web page",
        ),
        ("scheme.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "is protected by a password"),
        ("scheme.xlsx", b"", "is empty"),
        ("scheme.xlsm", b"PK", "can hold macros"),
        ("scheme.xls", b"PK", "save it as .xlsx first"),
        ("scheme.pdf", b"%PDF", "only .xlsx (Excel) and .docx (Word) are read"),
        ("scheme.xlsx", b"PK\x03\x04 and nothing more", "is not an Excel workbook"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name, data, said):
    with pytest.raises(RefusedFile) as refused:
        read_file(name, data)
    assert said in str(refused.value)


def test_a_document_is_no_workbook_whatever_it_is_called():
    with pytest.raises(RefusedFile, match="as its name says, but a Word document"):
        read_file("scheme.xlsx", document("Hello"))
    with pytest.raises(RefusedFile, match="as its name says, but an Excel workbook"):
        read_file("scheme.docx", workbook(*ROWS))


def test_macros_are_refused_whatever_the_name():
    with pytest.raises(RefusedFile, match="holds macros"):
        read_file("scheme.xlsx", with_part(workbook(*ROWS), "xl/vbaProject.bin", b"x"))


def test_a_file_that_would_unpack_to_too_much_is_refused_unopened(settings):
    bomb = with_part(workbook(*ROWS), "xl/media/zeros.bin", b"\0" * 5_000_000)
    settings.IMPORT_MOST_UNPACKED = 4_000_000
    assert len(bomb) < 100_000
    with pytest.raises(RefusedFile, match="would unpack to 5"):
        read_file("scheme.xlsx", bomb)


def test_markup_that_could_grow_without_end_is_refused():
    laughs = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'
    with pytest.raises(RefusedFile, match="declares types of its own"):
        read_file("scheme.xlsx", with_part(workbook(*ROWS), "xl/more.xml", laughs))


def test_size_is_a_setting_and_the_limit_itself_is_let_through(settings):
    data = workbook(*ROWS)
    settings.IMPORT_MOST_BYTES = len(data)
    assert "✓" in texts(read_file("scheme.xlsx", data))
    settings.IMPORT_MOST_BYTES = len(data) - 1
    with pytest.raises(RefusedFile, match="MB are read"):
        read_file("scheme.xlsx", data)


@pytest.mark.parametrize("kind", ["excel", "word"])
def test_so_is_the_number_of_rows(settings, kind):
    rows = [["Function", "Audit Committee"], *[["x", "y"]] * 5]
    data, name = (workbook(*rows), "a.xlsx") if kind == "excel" else (document(rows), "a.docx")
    settings.IMPORT_MOST_ROWS = 6
    assert texts(read_file(name, data))
    settings.IMPORT_MOST_ROWS = 5
    with pytest.raises(RefusedFile, match="has 6 rows; at most 5 are read"):
        read_file(name, data)


def test_a_colour_far_below_the_table_costs_nothing():
    def far(book):
        book.active["A1048576"].font = Font(bold=True)

    assert len(read_file("scheme.xlsx", workbook(*ROWS, change=far)).sheets[0].rows) == 2


# --- hidden things, formulas, changes -------------------------------------------------------------


def test_hidden_sheets_rows_and_columns_are_said_and_not_read():
    def hide(book):
        page = book.active
        page.row_dimensions[2].hidden = True
        page.column_dimensions["C"].hidden = True
        secret = book.create_sheet("Secret")
        secret.append(["Hushwater"])
        secret.sheet_state = "hidden"

    data = workbook(["Function", "AC", "Hid"], ["Gone", "✓", "✓"], ["Here", "✓", "✓"], change=hide)
    file = read_file("scheme.xlsx", data)
    assert texts(file) == ["Function", "AC", "Here", "✓"]
    assert file.remarks == (
        "Sheet ‘Scheme’: hidden rows were not read: 2.",
        "Sheet ‘Scheme’: hidden columns were not read: C.",
        "Sheet ‘Secret’ is hidden and was not read.",
    )


def test_a_formula_never_worked_out_is_refused_with_its_cell():
    with pytest.raises(RefusedFile, match=r"never been worked out \(B2\)"):
        read_file("scheme.xlsx", workbook(["Function", "AC"], ["Losses", '="✓"']))


def test_a_formula_is_read_by_the_value_it_had_and_that_is_said():
    data = workbook(["Function", "AC"], ["Losses", "=40000+10000"])
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    page = "xl/worksheets/sheet1.xml"
    assert b"<f>40000+10000</f><v></v>" in held[page] or b"<f>40000+10000</f><v />" in held[page]
    for empty in (b"<v></v>", b"<v />"):
        held[page] = held[page].replace(
            b"<f>40000+10000</f>" + empty, b"<f>40000+10000</f><v>50000</v>"
        )
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as parts:
        for name, content in held.items():
            parts.writestr(name, content)
    file = read_file("scheme.xlsx", into.getvalue())
    assert "50000" in texts(file)
    assert (
        "formulas were read by the values they had when the file was saved: B2." in file.remarks[0]
    )


def test_notes_beside_cells_are_said_and_not_read():
    def note(book):
        book.active["B2"].comment = Comment("Only until May", "Clerk")

    assert read_file("a.xlsx", workbook(*ROWS, change=note)).remarks == (
        "Sheet ‘Scheme’: notes beside cells were not read: B2.",
    )  # fmt: skip


def test_a_tick_typed_in_a_font_of_symbols_is_a_tick():
    def wings(book):
        book.active["B2"] = "ü"
        book.active["B2"].font = Font(name="Wingdings")

    assert texts(read_file("a.xlsx", workbook(*ROWS, change=wings)))[-1] == "✓"


def test_a_document_with_tracked_changes_says_two_things_and_is_refused():
    def track(made):
        made.paragraphs[0]._p.append(OxmlElement("w:ins"))

    with pytest.raises(RefusedFile, match="has tracked changes"):
        read_file("a.docx", document("Hello", change=track))


def test_hidden_text_in_word_is_said_and_not_read():
    def hide(made):
        made.paragraphs[0].add_run(" Hushwater").font.hidden = True

    file = read_file("a.docx", document("Hello", change=hide))
    assert texts(file) == ["Hello"]
    assert file.remarks == ("Hidden text was not read (1 places).",)


def test_a_form_field_in_word_is_said_and_not_read():
    def field(made):
        made.element.body.insert(0, made.element.body.makeelement(qn("w:sdt"), {}))

    assert read_file("a.docx", document("Hello", change=field)).remarks == (
        "Form fields were not read (1).",
    )  # fmt: skip


def test_numbers_are_read_as_they_are_and_not_as_they_are_shown():
    def money(book):
        book.active["B2"] = 50000
        book.active["B2"].number_format = '£#,##0,"k"'
        book.active["C2"] = 0.05
        book.active["C2"].number_format = "0%"

    data = workbook(["Function", "A", "B"], ["Losses"], change=money)
    assert texts(read_file("a.xlsx", data))[-2:] == ["50000", "5%"]


def test_a_broken_workbook_is_refused():
    data = workbook(*ROWS)
    broken = data.replace(openpyxl.__version__.encode(), b"x")  # the same file, whatever it holds
    assert texts(read_file("a.xlsx", broken))
    with pytest.raises(RefusedFile):
        read_file("a.xlsx", data[: len(data) // 2])
