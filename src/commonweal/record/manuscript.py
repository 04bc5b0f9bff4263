"""A text to be published, before it is set as a page, in Word, as PDF or as a table.

The author writes blocks; each writer sets what `laid_out` gives, so all forms have the same words.

    Manuscript(
        "Scheme of reservation and delegation of NHS Kent Board", day=day, known=known, blocks=(
            Heading("Functions kept by the board"),
            Paragraph(line("As ", Run("its constitution", "kent/instrument/c"), " says:")),
            Table("Kept", ("Function", "Above"), (
                row("Budget", "£50,000", key="kent/function/budget", sources=(cited,)),
            )),
        ),
    )

Links lead to entities by identifier; a writer that knows no addresses prints only the words.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import ClassVar, Literal, NamedTuple

from msgspec import Struct, structs

from .documents import Document
from .facts import Source
from .figures import Entries, Figure
from .identifiers import slug
from .snapshot import Snapshot
from .when import day_in_words

NOT_RECORDED = "Not recorded"
WORKED_OUT = "Worked out here"

INVENTED = (
    "Invented. This system does not exist. It was made up to show what Commonweal can hold, and "
    "is never counted among the real ones."
)
"""What every form of a text on an invented system says first."""


class Run(NamedTuple):
    """Words that may lead to an entity, or to the entries of the ledger behind a figure.

    figure  the number that the words say, for forms that reckon
    """

    text: str
    entity: str = ""
    figure: Figure | None = None
    entries: Entries | None = None


type Line = tuple[Run, ...]
type Cell = tuple[Line, ...]
type Given = str | Run | Line


def line(*parts: str | Run) -> Line:
    """A line from words and links.

    >>> [run.entity for run in line("Given by ", Run("the board", "kent/body/icb"))]
    ['', 'kent/body/icb']
    """
    return tuple(Run(each) if isinstance(each, str) else each for each in parts)


def words(given: Line) -> str:
    """The words of a line, without links."""
    return "".join(run.text for run in given)


class Cited(NamedTuple):
    """A spot in a document that a row rests on."""

    document: str
    title: str
    at: str = ""

    @classmethod
    def of(cls, snapshot: Snapshot, source: Source) -> "Cited":
        """A source of a fact, with the title of its document."""
        document = snapshot.get(source.document)
        title = document.title if isinstance(document, Document) else snapshot.name(source.document)
        noun = "line" if source.lines.isdecimal() else "lines"
        lines = f"{noun} {source.lines}" if source.lines else ""
        return cls(source.document, title, ", ".join(filter(None, (source.at, lines))))


class Row(NamedTuple):
    """A row of a table.

    key  tells it from others when the text of two days is compared; none: its first cell
    """

    cells: tuple[Cell, ...]
    key: str = ""
    sources: tuple[Cited, ...] = ()


def row(*cells: Given | list[Given], key: str = "", sources: Iterable[Cited] = ()) -> Row:
    """A row from what stands in its cells: words, a link, a line of both, or a list of lines.

    An empty cell is set as “Not recorded”: write “None” or “Not applicable” where that is meant.
    """
    return Row(tuple(_cell(each) for each in cells), key, tuple(dict.fromkeys(sources)))


def _cell(given: Given | list[Given]) -> Cell:
    lines = [_line(each) for each in (given if isinstance(given, list) else [given])]
    return tuple(each for each in lines if words(each)) or (line(NOT_RECORDED),)


def _line(given: Given) -> Line:
    return line(given) if isinstance(given, str | Run) else given


class Heading(Struct, frozen=True):
    """A heading beneath the title; level 1 is the highest."""

    kind: ClassVar[str] = "heading"

    text: str
    level: int = 1

    @property
    def anchor(self) -> str:
        """Its spot on a page."""
        return slug(self.text)


class Paragraph(Struct, frozen=True):
    """A paragraph of running text."""

    kind: ClassVar[str] = "paragraph"

    line: Line


class Note(Struct, frozen=True):
    """A paragraph that must not be overlooked, set off from the rest."""

    kind: ClassVar[str] = "note"

    line: Line


class Bullets(Struct, frozen=True):
    """A list; numbered, if the order matters."""

    kind: ClassVar[str] = "list"

    lines: tuple[Line, ...]
    numbered: bool = False


class Table(Struct, frozen=True):
    """A table with a caption. A column of sources is added if any row has one.

    empty   what to say where there are no rows
    widths  of the columns, in parts of the whole; even, if none are given
    """

    kind: ClassVar[str] = "table"

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: str = f"{NOT_RECORDED}."
    widths: tuple[int, ...] = ()


class Picture(Struct, frozen=True):
    """A drawing. What it says must stand in the text too, for those who cannot see it.

    wide, narrow  as SVG; narrow for a screen of 320 pixels, if the other would not be readable
    sheets        for paper: the drawing in parts that fit on a page, each with what it shows
    """

    kind: ClassVar[str] = "picture"

    title: str
    description: str
    wide: str
    narrow: str = ""
    sheets: tuple[tuple[str, str], ...] = ()

    @property
    def line(self) -> Line:
        """What stands beneath it."""
        return line(f"{self.title}. {self.description}")

    @property
    def on_paper(self) -> tuple[tuple[str, str], ...]:
        """The parts for paper; the whole, if it is in one piece."""
        return self.sheets or ((self.description, self.wide),)


type Look = Literal["whole", "more", "less", "unexplained"]


class Bar(NamedTuple):
    """A bar of a chart, on one scale with the others.

    begins, ends  in whole pence; both from nothing, but for the steps of a bridge
    look          what sort of bar: it is told by shape and words, never by colour alone
    """

    label: str
    begins: int
    ends: int
    look: Look = "whole"


class Chart(Struct, frozen=True):
    """Bars to be drawn. A table beside it says the same."""

    kind: ClassVar[str] = "chart"

    title: str
    description: str
    bars: tuple[Bar, ...]

    @property
    def line(self) -> Line:
        """What stands beneath it."""
        return line(f"{self.title}. {self.description}")


type Block = Heading | Paragraph | Note | Bullets | Table | Picture | Chart


class Manuscript(NamedTuple):
    """A titled text of one day.

    day       the day it is true of; known, the instant whose knowledge it uses
    summary   one or two sentences beneath the title
    invented  whether it is of an invented system, and says so first
    """

    title: str
    day: date
    known: datetime
    blocks: tuple[Block, ...]
    summary: str = ""
    invented: bool = False

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables as written, before sources are numbered."""
        return tuple(each for each in self.blocks if isinstance(each, Table))

    @property
    def when(self) -> str:
        """The day and the instant, in words."""
        known = f"{day_in_words(self.known.date())} at {self.known:%H:%M} Greenwich Mean Time"
        return f"As at {day_in_words(self.day)}. As the record stood on {known}."

    def laid_out(self) -> tuple[Block, ...]:
        """All that stands beneath the title, in order, the same for every form.

        Tables have their column of sources, and the documents stand numbered at the end.
        """
        documents = _documents(self.tables)
        blocks: list[Block] = [Note(line(INVENTED))] if self.invented else []
        blocks += [Paragraph(line(self.when))]
        blocks += [Paragraph(line(self.summary))] if self.summary else []
        for each in self.blocks:
            blocks.extend(_set(each, documents))
        if documents:
            blocks.append(Heading("Sources"))
            blocks += [
                Paragraph(line(f"[{number}] ", Run(title, name)))
                for name, (number, title) in documents.items()
            ]
        return tuple(blocks)


type _Documents = dict[str, tuple[int, str]]


def _documents(tables: Iterable[Table]) -> _Documents:
    """The documents that rows rest on, numbered as they are first met."""
    found: _Documents = {}
    for each in (cited for table in tables for row in table.rows for cited in row.sources):
        found.setdefault(each.document, (len(found) + 1, each.title))
    return found


def _set(block: Block, documents: _Documents) -> Iterator[Block]:
    if not isinstance(block, Table):
        yield block
    elif not block.rows:
        yield Paragraph(line(f"{block.caption}: {block.empty}"))
    elif not any(each.sources for each in block.rows):
        yield block
    else:
        rows = tuple(
            each._replace(cells=(*each.cells, _references(each, documents))) for each in block.rows
        )
        widths = (*block.widths, _even(block.widths)) if block.widths else ()
        yield structs.replace(block, heads=(*block.heads, "Source"), rows=rows, widths=widths)


def _even(widths: Sequence[int]) -> int:
    return round(sum(widths) / len(widths))


def _references(given: Row, documents: _Documents) -> Cell:
    found = tuple(
        line(Run(f"[{documents[each.document][0]}]", each.document), f" {each.at}".rstrip())
        for each in given.sources
    )
    return found or (line(WORKED_OUT if _worked_out(given) else NOT_RECORDED),)


def _worked_out(given: Row) -> bool:
    """Whether all figures of a row follow from others, so that it needs no source of its own."""
    figures = [run.figure for cell in given.cells for each in cell for run in each if run.figure]
    return bool(figures) and all(each.made for each in figures)
