"""A manuscript's tables for spreadsheets, and all of it as data for programs."""

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import UTC
from decimal import Decimal
from typing import Any

from commonweal.record.figures import Figure
from commonweal.record.identifiers import slug
from commonweal.record.manuscript import (
    Bullets,
    Cell,
    Heading,
    Manuscript,
    Row,
    Table,
    words,
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def figure_of(cell: Cell) -> Figure | None:
    """The one number of a cell; none where it says more than that."""
    (first, *more) = (run for each in cell for run in each)
    return None if more else first.figure


def in_pounds(figure: Figure) -> Decimal:
    """As a spreadsheet has it: pounds, or a part of one."""
    value = Decimal(figure.value)
    return value if figure.unit == "share" else value / 100


def flat(cell: Cell) -> str:
    """A cell on one line: a sum as a bare number of pounds, and anything else in its words.

    What a spreadsheet would run as a formula is made plain text.
    """
    if (figure := figure_of(cell)) and not figure.about:
        value = in_pounds(figure)
        return f"{value:f}" if figure.unit == "share" else f"{value:.2f}"
    text = "; ".join(words(each) for each in cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_csv(manuscript: Manuscript) -> str:
    """The main table and those with the same columns, told apart by the first column.

    The day and, where it is so, that the system is invented stand in each row.
    """
    tables = _tables(manuscript)
    if not tables:
        return _written(("Table", "As at"), [])
    heads = tables[0].heads
    return _several(manuscript, [each for each in tables if each.heads == heads])


def as_zip(manuscript: Manuscript) -> bytes:
    """Every table as a file of its own."""
    packed = io.BytesIO()
    moment = manuscript.known.astimezone(UTC).timetuple()[:6]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, table in enumerate(_tables(manuscript), start=1):
            name = f"{number:02} {slug(table.caption)[:60]}.csv"
            written = _several(manuscript, [table])
            archive.writestr(zipfile.ZipInfo(name, moment), written, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _tables(manuscript: Manuscript) -> list[Table]:
    return [each for each in manuscript.laid_out() if isinstance(each, Table)]


def _several(manuscript: Manuscript, tables: Iterable[Table]) -> str:
    own = [*tables]
    standing = "Invented" if manuscript.invented else "On record"
    columns = [
        [row.cells[at] for table in own for row in table.rows] for at in range(len(own[0].heads))
    ]
    named = (_with_unit(*each) for each in zip(own[0].heads, columns, strict=True))
    heads = ("Table", *named, "As at", "Standing")
    day = manuscript.day.isoformat()
    rows = [
        (table.caption, *(flat(cell) for cell in row.cells), day, standing)
        for table in own
        for row in table.rows
    ]
    return _written(heads, rows)


def _with_unit(head: str, column: Iterable[Cell]) -> str:
    """A heading that says in what its bare numbers are."""
    units = {figure.unit for cell in column if (figure := figure_of(cell))}
    if not units:
        return head
    if units == {"share"}:
        return f"{head} (parts of one)"
    return f"{head} (pounds, adverse above nothing)" if "variance" in units else f"{head} (pounds)"


def _written(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return text.getvalue()


def as_data(manuscript: Manuscript) -> dict[str, Any]:
    """All of it, block by block: each with its kind and its words."""
    return {
        "title": manuscript.title,
        "as_at": manuscript.day.isoformat(),
        "known": manuscript.known.isoformat(),
        "invented": manuscript.invented,
        "summary": manuscript.summary,
        "blocks": [_block(each) for each in manuscript.laid_out()],
    }


def _block(block: Any) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": block.kind, "level": block.level, "text": block.text}
    if isinstance(block, Bullets):
        return {"kind": block.kind, "numbered": block.numbered, "items": [*map(words, block.lines)]}
    if isinstance(block, Table):
        return {
            "kind": block.kind,
            "caption": block.caption,
            "heads": list(block.heads),
            "rows": [
                {
                    "id": row.key or None,
                    "cells": [[words(each) for each in cell] for cell in row.cells],
                    "sources": [each._asdict() for each in row.sources],
                    "figures": _figures(block.heads, row),
                }
                for row in block.rows
            ],
        }
    return {"kind": block.kind, "text": words(block.line)}


def _figures(heads: Iterable[str], row: Row) -> list[dict[str, Any]]:
    """The numbers of a row, each with its column and the address of the entries behind it."""
    return [
        {
            "column": head,
            "pence": None if figure.unit == "share" else figure.value,
            "share": str(figure.value) if figure.unit == "share" else None,
            "about": figure.about,
            "entries": f"/{cell[0][0].entity}" if cell[0][0].entries else None,
        }
        for head, cell in zip(heads, row.cells, strict=True)
        if (figure := figure_of(cell))
    ]
