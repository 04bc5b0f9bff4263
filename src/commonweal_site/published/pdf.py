"""A manuscript as PDF, tagged for screen readers (PDF/UA-1), by Typst in this process.

The text reaches the template as data, so nothing in it can be taken for markup.
"""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import typst

from commonweal.record.manuscript import Bullets, Heading, Line, Manuscript, Picture, Table

from .drawn import ratio, self_contained

_TEMPLATE = Path(__file__).with_name("manuscript.typ")
_WIDE = 5
"""A text with a table of more columns is set on wide pages."""

type Address = Callable[[str], str]
"""Gives the whole web address of an entity; empty, if it is to be no link."""


@cache
def _fonts() -> Any:
    """The fonts that come with Typst, and no others: the same pages on every machine."""
    return typst.Fonts(include_system_fonts=False)


def as_pdf(manuscript: Manuscript, address: Address) -> bytes:
    """The pages."""
    blocks = manuscript.laid_out()
    data = {
        "title": manuscript.title,
        "foot": manuscript.when,
        "invented": manuscript.invented,
        "wide": any(isinstance(each, Table) and len(each.heads) > _WIDE for each in blocks),
        "blocks": [_block(each, address) for each in blocks],
    }
    return _compiled(json.dumps(data, ensure_ascii=False), int(manuscript.known.timestamp()))


def _compiled(data: str, when: int) -> bytes:
    """The pages; a letter that no font of ours has is left to those of the machine.

    PDF/UA asks that every letter can be shown, so such a text is tagged but not held to it.
    """
    asked: dict[str, Any] = {"sys_inputs": {"data": data}, "timestamp": when}
    try:
        made = typst.compile(
            _TEMPLATE.read_bytes(), font_paths=_fonts(), pdf_standards=["ua-1"], **asked
        )
    except typst.TypstError as wrong:
        if "could not be displayed" not in str(wrong):
            raise
        made = typst.compile(_TEMPLATE.read_bytes(), **asked)
    return bytes(made)


def _block(block: Any, address: Address) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": block.kind, "level": block.level, "text": block.text}
    if isinstance(block, Bullets):
        lines = [_line(each, address) for each in block.lines]
        return {"kind": block.kind, "numbered": block.numbered, "lines": lines}
    if isinstance(block, Table):
        return {
            "kind": block.kind,
            "caption": block.caption,
            "heads": list(block.heads),
            "widths": list(block.widths or [1] * len(block.heads)),
            "rows": [
                [[_line(each, address) for each in cell] for cell in row.cells]
                for row in block.rows
            ],
        }
    if isinstance(block, Picture):
        sheets = [
            {"alt": alt, "svg": self_contained(svg), "ratio": ratio(svg)}
            for alt, svg in block.on_paper
        ]
        return {"kind": block.kind, "line": _line(block.line, address), "sheets": sheets}
    return {"kind": block.kind, "line": _line(block.line, address)}


def _line(given: Line, address: Address) -> list[dict[str, str]]:
    return [{"text": run.text, "to": address(run.entity) if run.entity else ""} for run in given]


def as_png(svg: str) -> bytes:
    """A drawing as an image, for documents that cannot hold drawings."""
    made = typst.compile(
        b"#set page(width: auto, height: auto, margin: 2pt)\n"
        b'#image(bytes(sys.inputs.svg), format: "svg", width: 24cm)',
        font_paths=_fonts(), sys_inputs={"svg": self_contained(svg)}, format="png", ppi=144,
    )  # fmt: skip
    return bytes(made)
