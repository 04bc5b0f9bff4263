"""The ledger: double entry in whole pence, added to and never edited.

A debit is above nothing and a credit below it, so spending is positive and income negative. An
entry's lines come to nothing. A mistake is put right by an entry that reverses it.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, NamedTuple, get_args

from commonweal.record.wording import listed

from .pence import BadMoney, signed

Account = Literal["spending", "income", "contribution", "allocation", "reserve", "owed", "balance"]
"""What a line is to its body.

spending      services bought or given
income        earned or granted from outside the system
contribution  put into a fund by a partner
allocation    passed on by a body above
reserve       kept for later years
owed          to be paid or to be received
balance       money held
"""

ACCOUNTS: tuple[Account, ...] = get_args(Account)

_KNOWN = frozenset(ACCOUNTS)

MOST = 10**15
"""More pence than any entry holds: ten trillion pounds."""


class Line(NamedTuple):
    """One side of an entry, with what it is tagged by; an empty tag does not apply.

    body      whose books
    decision  what authorised it
    """

    account: str
    pence: int
    body: str
    fund: str = ""
    scheme: str = ""
    partner: str = ""
    decision: str = ""


class Entry(NamedTuple):
    """What is to be posted on a day.

    key       names the entry within its source, such as a sheet and row; empty: made by hand
    reverses  number of the entry that it undoes, or nought
    """

    day: date
    what: str
    lines: tuple[Line, ...]
    key: str = ""
    reverses: int = 0


def faults(entry: Entry) -> Iterator[str]:
    """Why an entry cannot be posted."""
    if not entry.what.strip():
        yield "Say what the entry is for."
    if len(entry.lines) < len(("debit", "credit")):
        yield "An entry has two lines or more."
    if unknown := sorted({line.account for line in entry.lines} - _KNOWN):
        yield f"No account is called {listed(unknown)}. There are {listed(ACCOUNTS)}."
    if any(not line.pence for line in entry.lines):
        yield "A line is of a penny or more."
    if any(abs(line.pence) > MOST for line in entry.lines):
        yield "A line is of more money than there is; look at its unit."
    if any(not line.body for line in entry.lines):
        yield "Every line is in some body's books."
    if left := sum(line.pence for line in entry.lines):
        yield f"It does not balance: debits less credits come to {signed(left)}."


def checked(entries: Iterable[Entry]) -> list[Entry]:
    """Entries that can all be posted.

    raises  BadMoney, naming every fault of every entry
    """
    entries = list(entries)
    wrong = [
        f"{entry.key or entry.what or f'Entry {number}'}: {fault}"
        for number, entry in enumerate(entries, 1)
        if not _sound(entry)
        for fault in faults(entry)
    ]
    if wrong:
        raise BadMoney("\n".join(["Nothing was posted.", *wrong]))
    return entries


def _sound(entry: Entry) -> bool:
    """Whether an entry has no fault; quick, because nearly all have none."""
    left = 0
    for account, pence, body, *_ in entry.lines:
        if account not in _KNOWN or not pence or not -MOST <= pence <= MOST or not body:
            return False
        left += pence
    return not left and len(entry.lines) > 1 and not entry.what.isspace() and bool(entry.what)


def reversal(number: int, entry: Entry, day: date, why: str) -> Entry:
    """The entry that undoes one.

    raises  BadMoney if it is a reversal itself, or the day comes before it
    """
    if entry.reverses:
        raise BadMoney(f"Entry {number} is itself a reversal. Post what is right instead.")
    if day < entry.day:
        raise BadMoney(f"Entry {number} is of {entry.day}; it cannot be reversed before that.")
    lines = tuple(line._replace(pence=-line.pence) for line in entry.lines)
    return Entry(day, why, lines, reverses=number)


type Tags = tuple[str, ...]
"""Account, body, fund, scheme, partner and decision."""

TAGS = ("account", "body", "fund", "scheme", "partner", "decision")


def month_of(day: date) -> int:
    """A calendar month as one number, so that months can be counted between.

    >>> month_of(date(2023, 1, 31)) - month_of(date(2022, 12, 1))
    1
    """
    return day.year * 12 + day.month - 1
