"""Formulas that stand where a value should: named, and their last value not taken unasked."""

from collections.abc import Iterator

from commonweal.record.sheets import Cell, Sheet

from .found import Found


def formulas(sheets: tuple[Sheet, ...]) -> Iterator[Found]:
    """A finding for each formula, with the value it had when the file was saved."""
    for sheet in sheets:
        for row in sheet.rows:
            for cell in row.cells:
                if cell.formula:
                    at = sheet.spot(cell.row, cell.column)
                    yield Found("formula", at, cell.formula, _because(cell))


def _because(cell: Cell) -> str:
    if not cell.text:
        return "this is a formula that has never been worked out. Put the value there."
    return (
        f"this is a formula, not a value. When the file was saved it came to {cell.text}, which is "
        "not taken unless you say so."
    )


def typed(sheets: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    """The sheets without what formulas made: those cells are then not stated."""
    return tuple(
        sheet._replace(
            rows=tuple(
                row._replace(cells=kept)
                for row in sheet.rows
                if (kept := tuple(cell for cell in row.cells if not cell.formula))
            )
        )
        for sheet in sheets
    )
