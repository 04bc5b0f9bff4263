"""The ledger added up again from its lines, and every disagreement named."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from commonweal.money.pence import signed

type Rows = Callable[[str], Sequence[tuple[Any, ...]]]
"""What a statement finds."""

_MADE = """
select e.import as import, l.tags as tags, l.month as month, sum(l.pence) as pence,
    count(*) as lines
from money_line l join money_entry e on e.number = l.entry group by 1, 2, 3
"""
_KEPT = "select import, tags, month, pence, lines from money_balance"


def faults(rows: Rows, vendor: str) -> list[str]:
    """What is wrong with a ledger as stored, the first broken entry first.

    rows    asks its database
    vendor  sqlite or postgresql
    """
    return [*_entries(rows, vendor), *_strays(rows), *_imports(rows), *_balances(rows)]


def _entries(rows: Rows, vendor: str) -> Iterator[str]:
    year, month = {
        "sqlite": ("cast(substr(e.day, 1, 4) as integer)", "cast(substr(e.day, 6, 2) as integer)"),
        "postgresql": ("extract(year from e.day)", "extract(month from e.day)"),
    }[vendor]
    month = f"{year} * 12 + {month}"
    broken = rows(
        "select e.number, count(l.line), coalesce(sum(l.pence), 0), "
        f"coalesce(sum(case when l.month = {month} - 1 then 0 else 1 end), 0) "
        "from money_entry e left join money_line l on l.entry = e.number group by e.number "
        f"having count(l.line) < 2 or sum(l.pence) <> 0 or min(l.month) <> max(l.month) "
        f"or min(l.month) <> min({month}) - 1 order by e.number"
    )
    for number, lines, out, elsewhere in broken:
        if lines < len(("debit", "credit")):
            yield f"Entry {number:,} has too few lines: {lines}."
        if out:
            yield f"Entry {number:,} does not balance: it is out by {signed(int(out))}."
        if elsewhere and lines:
            yield f"Entry {number:,} has a line of another month than its day."


def _strays(rows: Rows) -> Iterator[str]:
    """What belongs to nothing, or is gone."""
    for number, lines in rows(
        "select l.entry, count(*) from money_line l left join money_entry e on e.number = l.entry "
        "where e.number is null group by l.entry order by l.entry"
    ):
        yield f"Entry {number:,} is not there, but {lines:,} of its lines are."
    for number, first in rows(
        "select e.import, min(e.number) from money_entry e left join money_import i "
        "on i.number = e.import where i.number is null group by e.import order by e.import"
    ):
        yield f"Entry {first:,} is of import {number:,}, which is not there."
    count, last = rows("select count(*), coalesce(max(number), 0) from money_entry")[0]
    if count != last:
        yield f"The last entry is {last:,}, but there are {count:,}."


def _imports(rows: Rows) -> Iterator[str]:
    """Imports whose entries are not as many as came in."""
    for number, name, said, there in rows(
        "select i.number, i.name, i.entries, (select count(*) from money_entry e "
        "where e.import = i.number) as there from money_import i "
        "where i.entries <> (select count(*) from money_entry e where e.import = i.number) "
        "order by i.number"
    ):
        yield f"Import {number:,} ({name}) brought {said:,} entries; there are {there:,}."


def _balances(rows: Rows) -> Iterator[str]:
    for made, kept in ((_MADE, _KEPT), (_KEPT, _MADE)):
        verb = "come to" if made is _MADE else "are said to come to"
        for batch, month, pence, lines, account, body in rows(
            "select d.import, d.month, d.pence, d.lines, t.account, t.body "
            f"from (select * from ({made}) a except select * from ({kept}) b) d "
            "join money_tags t on t.number = d.tags order by 1, 2, 5, 6"
        ):
            yield (
                f"Import {batch:,}, {account} of {body}, {month // 12}-{month % 12 + 1:02}: "
                f"{lines:,} lines {verb} {signed(int(pence))}, which is not the balance "
                "of the month."
            )
