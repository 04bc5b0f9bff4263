"""The ledger that comes with a pack: `ledger.csv` beside its facts, one line of money a row."""

import csv
import hashlib
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import groupby
from pathlib import Path

from commonweal.money.ledger import Entry, Line
from commonweal.money.pence import BadMoney

from .ledger import Ledger, Posted, Source

FILE = "ledger.csv"
HEADS = "date key what account pounds body fund scheme partner decision".split()

type _Row = dict[str, str]


def post_shipped(folder: Path, *, actor: str) -> Posted | None:
    """Post a pack's ledger, once for each state of its file; none, if it has no ledger.

    What was taken out of the file since is reversed, and what is new is posted.

    raises  BadMoney, naming every fault; nothing is then posted
    """
    file = folder / FILE
    if not file.exists():
        return None
    data = file.read_bytes()
    source = Source(hashlib.sha256(data).hexdigest(), f"{folder.name}/{FILE}")
    reason = f"The ledger of the pack {folder.name}"
    return Ledger().keep_up(entries(data.decode()), source=source, actor=actor, reason=reason)


def entries(text: str) -> list[Entry]:
    """The entries of a ledger file; rows of one key that follow each other are one entry.

    raises  BadMoney, naming every line that cannot be read
    """
    table = csv.DictReader(io.StringIO(text))
    if table.fieldnames != HEADS:
        raise BadMoney(f"A ledger's first row is: {','.join(HEADS)}.")
    rows = [(table.line_num, each) for each in table]
    if wrong := [fault for number, each in rows for fault in _faults(number, each)]:
        raise BadMoney("\n".join(["Nothing was posted.", *wrong]))
    grouped = groupby(
        (each for _, each in rows), lambda row: (row["date"], row["key"], row["what"])
    )
    return [
        Entry(date.fromisoformat(day), what, tuple(map(_line, lines)), key)
        for (day, key, what), lines in grouped
    ]


def _faults(number: int, row: _Row) -> Iterator[str]:
    if None in row or None in row.values():
        yield f"{FILE}, line {number}: it has not {len(HEADS)} columns."
        return
    try:
        date.fromisoformat(row["date"])
    except ValueError:
        yield f"{FILE}, line {number}: ‘{row['date']}’ is not a day. Write it like 2025-04-15."
    try:
        exact = _pence(row["pounds"]) % 1 == 0
    except InvalidOperation:
        exact = False
    if not exact:
        yield f"{FILE}, line {number}: ‘{row['pounds']}’ is not pounds and pence, such as 1250.00."


def _pence(pounds: str) -> Decimal:
    return Decimal(pounds) * 100


def _line(row: _Row) -> Line:
    tags = (row[each] for each in ("body", "fund", "scheme", "partner", "decision"))
    return Line(row["account"], int(_pence(row["pounds"])), *tags)
