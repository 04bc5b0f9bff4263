"""A manuscript as a Word document: real headings, lists and tables, in British English."""

import io
from collections.abc import Callable, Sequence
from datetime import UTC
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from commonweal.record.manuscript import (
    Bullets,
    Cell,
    Heading,
    Line,
    Manuscript,
    Note,
    Paragraph,
    Picture,
    Table,
    words,
)

from .drawn import ratio
from .pdf import as_png

type Address = Callable[[str], str]

_WIDE = 5
_MARGIN = 2
_OF_A_PAGE = 0.75
"""As much of a page as a drawing may fill."""
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def as_word(manuscript: Manuscript, address: Address) -> bytes:
    """The document."""
    blocks = manuscript.laid_out()
    made = docx.Document()
    wide = any(isinstance(each, Table) and len(each.heads) > _WIDE for each in blocks)
    _set_up(made, manuscript, wide=wide)
    made.add_paragraph(manuscript.title, style="Title")
    for each in blocks:
        _WRITE[type(each)](made, each, address)
    stored = io.BytesIO()
    made.save(stored)
    return stored.getvalue()


def _set_up(made: Any, manuscript: Manuscript, *, wide: bool) -> None:
    about = made.core_properties
    about.title, about.language, about.author = manuscript.title, "en-GB", "Commonweal"
    about.subject, about.comments = manuscript.when, ""
    about.created = about.modified = manuscript.known.astimezone(UTC)
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    section = made.sections[0]
    long, short = Cm(29.7), Cm(21)
    section.page_width, section.page_height = (long, short) if wide else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Cm(_MARGIN))
    if manuscript.invented:
        section.header.paragraphs[0].text = "Invented system"
    section.footer.paragraphs[0].text = manuscript.when


def _heading(made: Any, block: Heading, _: Address) -> None:
    made.add_heading(block.text, level=block.level)


def _paragraph(made: Any, block: Any, address: Address) -> None:
    _say(made.add_paragraph(), block.line, address)


def _note(made: Any, block: Note, address: Address) -> None:
    _say(made.add_paragraph(style="Intense Quote"), block.line, address)


def _bullets(made: Any, block: Bullets, address: Address) -> None:
    style = "List Number" if block.numbered else "List Bullet"
    numbers = _numbers_anew(made) if block.numbered else None
    for each in block.lines:
        paragraph = made.add_paragraph(style=style)
        if numbers is not None:
            numbered = paragraph.paragraph_format.element.get_or_add_pPr().get_or_add_numPr()
            numbered.get_or_add_ilvl().val = 0
            numbered.get_or_add_numId().val = numbers
        _say(paragraph, each, address)


def _numbers_anew(made: Any) -> int:
    """A numbering that begins at 1, like that of Word's numbered lists."""
    numbering = made.part.numbering_part.element
    style = made.styles["List Number"].element.pPr.numPr.numId.val
    num = numbering.add_num(numbering.num_having_numId(style).abstractNumId.val)
    num.add_lvlOverride(ilvl=0).add_startOverride(1)
    number: int = num.numId
    return number


def _table(made: Any, block: Table, address: Address) -> None:
    """Filled element by element: python-docx looks up a cell by walking the whole table."""
    caption = made.add_paragraph(block.caption, style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = made.add_table(rows=len(block.rows) + 1, cols=len(block.heads), style="Table Grid")
    header, *rows = made.element.body.tbl_lst[-1].tr_lst
    _describe(made.element.body.tbl_lst[-1].tblPr, block.caption)
    _mark(header.get_or_add_trPr(), "w:tblHeader")
    for cell, head in zip(header.tc_lst, block.heads, strict=True):
        WordParagraph(cell.p_lst[0], table).add_run(head).bold = True
    for row, given in zip(rows, block.rows, strict=True):
        _mark(row.get_or_add_trPr(), "w:cantSplit")
        for cell, lines in zip(row.tc_lst, given.cells, strict=True):
            _fill(cell, lines, table, address)
    _widen(made, header, rows, block.widths or (1,) * len(block.heads))


def _fill(cell: Any, given: Cell, table: Any, address: Address) -> None:
    for number, each in enumerate(given):
        paragraph = cell.add_p() if number else cell.p_lst[0]
        if any(run.entity and address(run.entity) for run in each):
            _say(WordParagraph(paragraph, table), each, address)
        else:
            paragraph.add_r().text = words(each)


def _widen(made: Any, header: Any, rows: Sequence[Any], widths: tuple[int, ...]) -> None:
    section = made.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    wide = [Emu(int(room * share / sum(widths))) for share in widths]
    for row in (header, *rows):
        for cell, width in zip(row.tc_lst, wide, strict=True):
            cell.width = width


def _describe(properties: Any, caption: str) -> None:
    """What a screen reader says of the table."""
    for name in ("w:tblCaption", "w:tblDescription"):
        element = OxmlElement(name)
        element.set(qn("w:val"), caption)
        properties.append(element)


def _mark(properties: Any, name: str) -> None:
    element = OxmlElement(name)
    element.set(qn("w:val"), "true")
    properties.append(element)


def _say(paragraph: Any, given: Line, address: Address) -> None:
    for run in given:
        where = address(run.entity) if run.entity else ""
        if where:
            _link(paragraph, run.text, where)
        else:
            paragraph.add_run(run.text)


def _link(paragraph: Any, text: str, where: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(where, _LINK, is_external=True))
    run = paragraph.add_run(text)
    run.font.underline = True
    link.append(run.font.element)
    paragraph.paragraph_format.element.append(link)


def _picture(made: Any, block: Picture, address: Address) -> None:
    section = made.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    high = section.page_height - section.top_margin - section.bottom_margin
    for alt, svg in block.on_paper:
        wide = min(room, int(high * _OF_A_PAGE / ratio(svg)))
        paragraph = made.add_paragraph()
        paragraph.add_run().add_picture(io.BytesIO(as_png(svg)), width=wide)
        for about in paragraph.paragraph_format.element.iter(qn("wp:docPr")):
            about.set("descr", alt)
    _say(made.add_paragraph(style="Caption"), block.line, address)


_WRITE: dict[type, Callable[[Any, Any, Address], None]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Note: _note,
    Bullets: _bullets,
    Table: _table,
    Picture: _picture,
}
