"""What differs between the same text on two days: what was added, ended and changed."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from .manuscript import Manuscript, Row, Table, line, row, words
from .when import day_in_words


class _Placed(NamedTuple):
    """A row, and the table it stands in."""

    table: Table
    row: Row

    def column(self, head: str) -> tuple[str, ...]:
        """What the row says in a column, line by line; nothing, if there is no such column."""
        cells = dict(zip(self.table.heads, self.row.cells, strict=False))
        return tuple(words(each) for each in cells.get(head, ()))


def difference(before: Manuscript, after: Manuscript) -> Manuscript:
    """The rows of the later text that the earlier has not, those it had, and those that changed.

    Rows are matched by their keys, wherever they stand; how sources are numbered does not count.
    """
    old, new = _placed(before), _placed(after)
    rows = tuple(_rows(old, new))
    since, until = day_in_words(before.day), day_in_words(after.day)
    counted = {said: sum(words(each.cells[0][0]) == said for each in rows) for said in _SAID}
    told = ", ".join(f"{number} {said.lower()}" for said, number in counted.items())
    return after._replace(
        title=f"{after.title}: what changed from {since} to {until}",
        summary=f"Between {since} and {until}: {told}.",
        blocks=(
            Table(
                f"What changed from {since} to {until}", ("Change", "What", since, until),
                rows, "Nothing differs between the two days.", (1, 2, 4, 4),
            ),
        ),
    )  # fmt: skip


_SAID = ("Added", "Ended", "Changed")


def _placed(text: Manuscript) -> dict[tuple[str, int], _Placed]:
    """Rows by key; rows of one key in several tables are told apart by their order."""
    found: dict[tuple[str, int], _Placed] = {}
    met: Counter[str] = Counter()
    for table in text.tables:
        for each in table.rows:
            key = each.key or words(each.cells[0][0])
            found[key, met[key]] = _Placed(table, each)
            met[key] += 1
    return found


def _rows(
    old: dict[tuple[str, int], _Placed], new: dict[tuple[str, int], _Placed]
) -> Iterator[Row]:
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        if was is None and now is not None:
            yield _changed("Added", now, ["Not in it"], _whole(now), now)
        elif now is None and was is not None:
            yield _changed("Ended", was, _whole(was), ["No longer in it"], was)
        elif was is not None and now is not None and (said := _fields(was, now)):
            yield _changed("Changed", now, [a for a, _ in said], [b for _, b in said], now)


def _changed(how: str, named: _Placed, before: list[str], after: list[str], cited: _Placed) -> Row:
    first = named.row.cells[0][0]
    return row(
        how, first, [line(each) for each in before], [line(each) for each in after],
        key=named.row.key, sources=cited.row.sources,
    )  # fmt: skip


def _whole(placed: _Placed) -> list[str]:
    """A row in words: its table, then each column after the first."""
    said = [f"{head}: {'; '.join(placed.column(head))}" for head in placed.table.heads[1:]]
    return [f"In “{placed.table.caption}”", *said]


def _fields(was: _Placed, now: _Placed) -> list[tuple[str, str]]:
    """Each column that differs, as it was and as it is; the table too, if the row moved."""
    found = []
    if was.table.caption != now.table.caption:
        found.append((f"In “{was.table.caption}”", f"In “{now.table.caption}”"))
    for head in dict.fromkeys((*was.table.heads, *now.table.heads)):
        before, after = was.column(head), now.column(head)
        if before != after:
            found.append((f"{head}: {'; '.join(before)}", f"{head}: {'; '.join(after)}"))
    return found
