"""What the shell adds to a text before it is set: its charts drawn, its figures led to entries."""

from msgspec import structs

from commonweal.record.figures import Entries
from commonweal.record.manuscript import (
    Block,
    Bullets,
    Chart,
    Line,
    Manuscript,
    Note,
    Paragraph,
    Picture,
    Table,
)
from commonweal_site.drawings.money_bars import NARROW, WIDE, money_bars
from commonweal_site.money.addresses import entries_address


def completed(text: Manuscript) -> Manuscript:
    """The text with pictures for its charts, and an address for the entries behind each figure."""
    return text._replace(blocks=tuple(_block(each) for each in text.blocks))


def _block(block: Block) -> Block:
    if isinstance(block, Chart):
        wide, narrow = money_bars(block, WIDE), money_bars(block, NARROW)
        return Picture(block.title, block.description, wide, narrow)
    if isinstance(block, Table):
        rows = tuple(
            each._replace(cells=tuple(tuple(map(_line, cell)) for cell in each.cells))
            for each in block.rows
        )
        return structs.replace(block, rows=rows)
    if isinstance(block, Paragraph | Note):
        return structs.replace(block, line=_line(block.line))
    if isinstance(block, Bullets):
        return structs.replace(block, lines=tuple(map(_line, block.lines)))
    return block


def _line(given: Line) -> Line:
    return tuple(
        run._replace(entity=_address(run.entries)) if run.entries and not run.entity else run
        for run in given
    )


def _address(behind: Entries) -> str:
    """As an entity's identifier is: its address without the first stroke."""
    tags = {"from_" if name == "from" else name: value for name, value in behind.tags}
    return entries_address(behind.system, **tags).removeprefix("/")
