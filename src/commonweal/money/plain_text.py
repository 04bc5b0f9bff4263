"""The ledger as plain text that an auditor's own programs read: beancount, hledger, CSV.

Only written, never read back. Amounts are exact; what an entry is tagged by goes with it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from .ledger import TAGS, Entry, Line

_EARLIEST = "1900-01-01"
"""The day on which beancount is told that an account was opened: before any entry."""

_ROOTS: Mapping[str, str] = {
    "spending": "Expenses:Spending",
    "income": "Income:Income",
    "contribution": "Income:Contribution",
    "allocation": "Income:Allocation",
    "reserve": "Equity:Reserve",
    "owed": "Liabilities:Owed",
    "balance": "Assets:Balance",
}
"""Where beancount, which knows five kinds of account, puts each of ours."""

_RUNS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would run as a formula begins with one of these."""


class Kept(NamedTuple):
    """An entry as the ledger keeps it: its number, and the number of the import it came in by."""

    number: int
    batch: int
    entry: Entry


def beancount(kept: Iterable[Kept]) -> Iterator[str]:
    """Lines in beancount's form. Tags are metadata, since an account cannot hold an identifier."""
    yield 'option "operating_currency" "GBP"'
    opened: set[str] = set()
    for number, batch, entry in kept:
        names = [_account(line) for line in entry.lines]
        for name in sorted({*names} - opened):
            yield f"{_EARLIEST} open {name} GBP"
        opened.update(names)
        yield f"{entry.day} * {_quoted(entry.what)}"
        yield f"  entry: {number}"
        yield f"  import: {batch}"
        if entry.key:
            yield f"  key: {_quoted(entry.key)}"
        if entry.reverses:
            yield f"  reverses: {entry.reverses}"
        for name, line in zip(names, entry.lines, strict=True):
            yield f"  {name}  {exact(line.pence)} GBP"
            yield from (f"    {tag}: {_quoted(value)}" for tag, value in _tags(line, "body"))


def _account(line: Line) -> str:
    """The account of beancount's, by kind and body: letters, digits and hyphens."""
    body = re.sub(r"[^A-Za-z0-9-]+", "-", line.body).strip("-") or "x"
    return f"{_ROOTS[line.account]}:{body[0].upper()}{body[1:]}"


def _quoted(text: str) -> str:
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def hledger(kept: Iterable[Kept]) -> Iterator[str]:
    """Lines in the form of hledger and ledger. Tags are comments that hledger reads as tags."""
    yield "decimal-mark ."
    for number, batch, entry in kept:
        yield ""
        yield f"{entry.day} ({number}) {_plain(entry.what)}"
        yield f"    ; import: {batch}"
        if entry.key:
            yield f"    ; key: {_plain(entry.key)}"
        if entry.reverses:
            yield f"    ; reverses: {entry.reverses}"
        for line in entry.lines:
            yield f"    {line.account}:{line.body}  {exact(line.pence)} GBP"
            yield from (f"        ; {tag}: {_plain(value)}" for tag, value in _tags(line))


def _plain(text: str) -> str:
    """Text on one line, without the marks that end a description or a tag."""
    return " ".join(text.split()).translate(str.maketrans(";|,", "···"))


def _tags(line: Line, *more: str) -> Iterator[tuple[str, str]]:
    for tag in (*more, "fund", "scheme", "partner", "decision"):
        if value := getattr(line, tag):
            yield tag, value


HEADS = ("entry", "import", "date", "key", "what", "account", "pounds", *TAGS[1:], "reverses")


def rows(kept: Iterable[Kept]) -> Iterator[tuple[str, ...]]:
    """A row for each line, under `HEADS`. Pounds with pence; what would be a formula is text."""
    yield HEADS
    for number, batch, entry in kept:
        head = (str(number), str(batch), str(entry.day), _cell(entry.key), _cell(entry.what))
        reverses = str(entry.reverses or "")
        for account, pence, *tags in entry.lines:
            yield (*head, account, exact(pence), *map(_cell, tags), reverses)


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_RUNS) else text


def exact(pence: int) -> str:
    """Pounds and pence as programs write them.

    >>> exact(-5)
    '-0.05'
    """
    pounds, rest = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}{pounds}.{rest:02}"


WRITERS: Mapping[str, Callable[[Iterable[Kept]], Iterator[str]]] = {
    "beancount": beancount,
    "hledger": hledger,
}
"""The forms that are lines of text, by name."""
