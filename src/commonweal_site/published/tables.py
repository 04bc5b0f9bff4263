"""A manuscript's tables for spreadsheets, and all of it as data for programs."""

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import UTC
from typing import Any

from commonweal.record.identifiers import slug
from commonweal.record.manuscript import Bullets, Cell, Heading, Manuscript, Table, words

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def flat(cell: Cell) -> str:
    """A cell on one line. What a spreadsheet would run as a formula is made plain text."""
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
            archive.writestr(zipfile.ZipInfo(name, moment), _several(manuscript, [table]))
    return packed.getvalue()


def _tables(manuscript: Manuscript) -> list[Table]:
    return [each for each in manuscript.laid_out() if isinstance(each, Table)]


def _several(manuscript: Manuscript, tables: Iterable[Table]) -> str:
    own = [*tables]
    standing = "Invented" if manuscript.invented else "On record"
    heads = ("Table", *own[0].heads, "As at", "Standing")
    day = manuscript.day.isoformat()
    rows = [
        (table.caption, *(flat(cell) for cell in row.cells), day, standing)
        for table in own
        for row in table.rows
    ]
    return _written(heads, rows)


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
                }
                for row in block.rows
            ],
        }
    return {"kind": block.kind, "text": words(block.line)}
