"""Damage in a table: said beside the raw text, and read as what was plainly meant."""

from collections import Counter
from collections.abc import Iterator

from commonweal.record.wording import counted, listed

from .found import Found
from .tables import Table, page_stands_in

_THOUSAND = 1000
"""From here on figures have commas."""


def damage(table: Table) -> Iterator[Found]:
    """What is damaged in a table, cell by cell."""
    yield from _headings(table)
    yield from _cut_off(table)
    yield from _points(table)
    yield from _nils(table)


def repaired(table: Table) -> Table:
    """The table with points read as the commas they were meant to be."""
    whole = {column: _whole(table, column) for column in table.columns}
    lines = []
    for line in table.lines:
        figures = {
            column: each._replace(amount=each.point)
            if each.point is not None and whole[column]
            else each
            for column, each in line.figures.items()
        }
        lines.append(line._replace(figures=figures))
    return table._replace(lines=tuple(lines))


def _whole(table: Table, column: int) -> bool:
    """Whether every other figure of a column is whole, and one is in thousands."""
    sure = [
        abs(each.amount)
        for line in table.lines
        if (each := line.figures.get(column)) and each.amount is not None and each.point is None
    ]
    return bool(sure) and all(each == int(each) for each in sure) and max(sure) >= _THOUSAND


def _headings(table: Table) -> Iterator[Found]:
    for column, text in table.merged.items():
        parts = listed([table.head(column), table.head(column + 1)])
        yield Found(
            "remark", table.sheet.spot(column=column), text,
            f"two headings are printed over each other. They are read as {parts}.",
        )  # fmt: skip
    if not table.heads:
        yield Found("remark", table.spot(table.lines[0]), "", "the table has lost its headings.")
        return
    for column in table.columns:
        if not table.heads.get(column):
            yield Found(
                "remark", table.sheet.spot(column=column), "",
                "the column has figures and no heading; it may be lost.",
            )  # fmt: skip


def _cut_off(table: Table) -> Iterator[Found]:
    # Where a paper writes most names small, a small letter says nothing.
    small = sum(line.name[:1].islower() for line in table.lines)
    for line in table.lines:
        if line.name[:1].islower() and small * 2 < len(table.lines):
            yield Found(
                "remark", table.spot(line, 1), line.name,
                "the name begins with a small letter; its beginning may be cut off.",
            )  # fmt: skip
        if page_stands_in(line.raw):
            yield Found(
                "remark", table.spot(line, 1), line.raw[1],
                "this looks like the number of a page; it is not read as a name.",
            )  # fmt: skip


def _points(table: Table) -> Iterator[Found]:
    for column in table.columns:
        if not _whole(table, column):
            continue
        for line in table.lines:
            each = line.figures.get(column)
            if each and each.point is not None:
                yield Found(
                    "damage", table.spot(line, column), line.raw[column],
                    f"a point stands where the other figures of the column have a comma. "
                    f"It is read as {each.point:,}, not as {each.amount}.",
                )  # fmt: skip


def _nils(table: Table) -> Iterator[Found]:
    marks = Counter(
        line.raw[column]
        for line in table.lines
        for column, each in line.figures.items()
        if each.nil
    )
    if len(marks) > 1:
        told = ", ".join(f"“{mark}” {counted(n, 'time')}" for mark, n in marks.most_common())
        at = table.sheet.spot(table.lines[0].number)
        yield Found("remark", at, "", f"nil is printed as {told}.")
