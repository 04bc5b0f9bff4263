"""Sums of the ledger as a reader sees them: what each does, in words, and never a bare sign."""

from datetime import date

from commonweal.money.ledger import Account
from commonweal.money.pence import signed
from commonweal.record.when import in_words

ABOVE: dict[Account, str] = {
    "spending": "spent",
    "income": "of income given back",
    "contribution": "paid into a fund",
    "allocation": "passed on",
    "reserve": "put into reserve",
    "owed": "owed to it",
    "balance": "into its account",
}
"""What a sum above nothing is, by account."""

BELOW: dict[Account, str] = {
    "spending": "of spending taken back",
    "income": "came in",
    "contribution": "received from a partner",
    "allocation": "received from above",
    "reserve": "drawn from reserve",
    "owed": "owed by it",
    "balance": "out of its account",
}
"""What a sum below nothing is, by account."""


def said(account: Account, pence: int) -> str:
    """A sum of an account in words.

    >>> said("income", -125_000_000), said("spending", 0)
    ('£1,250,000 came in', 'nothing in the end')
    """
    if not pence:
        return "nothing in the end"
    return f"{signed(abs(pence))} {(ABOVE if pence > 0 else BELOW)[account]}"


def month_said(month: int) -> str:
    """A month, counted as one number, in words.

    >>> month_said(2025 * 12 + 3)
    'April 2025'
    """
    return in_words(month_stated(month))


def month_stated(month: int) -> str:
    """A month as data gives it."""
    return f"{month // 12}-{month % 12 + 1:02d}"


def days_of(month: int) -> tuple[date, date]:
    """The days of a month, half-open."""
    first, after = (date(each // 12, each % 12 + 1, 1) for each in (month, month + 1))
    return first, after
