"""How reports on money tell it: whose facts they are about, and sums that a spreadsheet can add."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from commonweal.money.budgets import Budget
from commonweal.money.pence import signed, variance_in_words
from commonweal.money.sums import Sum
from commonweal.record.facts import Fact
from commonweal.record.figures import Entries, Figure, Made, down, entries
from commonweal.record.manuscript import Run
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words
from commonweal.record.wording import capital

type Named[T] = tuple[str, T]


class Mine(NamedTuple):
    """The facts on money that a text is about.

    wanted  whether a fact, by its name, is one of them
    """

    snapshot: Snapshot
    wanted: Callable[[str, Fact], bool]

    def all[T: Fact](self, kind: type[T]) -> list[Named[T]]:
        """Those of a kind, by what they are called."""
        found = [each for each in self.snapshot.all(kind).items() if self.wanted(*each)]
        return sorted(found, key=lambda each: (self.snapshot.name(each[0]), each[0]))


def of_system(snapshot: Snapshot, system: str) -> Mine:
    """All facts of a system."""
    return Mine(snapshot, lambda name, _: name.partition("/")[0] == system)


def of_body(snapshot: Snapshot, body: str) -> Mine:
    """The facts on money that a body gives, holds, governs or puts in."""
    return Mine(snapshot, lambda _, fact: body in _touched(fact))


_TAKES_PART = (
    "holder", "giver", "taker", "partner", "lead", "governed_by", "board", "about", "parties",
    "hosts",
)  # fmt: skip


def _touched(fact: Fact) -> set[str]:
    """The bodies that take part in a fact on money."""
    found: set[str] = set()
    for field in _TAKES_PART:
        value = getattr(fact, field, None) or ()
        found.update((value,) if isinstance(value, str) else value)
    return found


def link(snapshot: Snapshot, name: str | None) -> Run | str:
    """An entity by its name, or nothing."""
    return Run(snapshot.name(name), name) if name else ""


def amount(
    pence: int | None,
    made: Made | None = None,
    *,
    behind: Entries | None = None,
    about: bool = False,
) -> Run | str:
    """A sum; empty if it is not recorded.

    made    how it follows from other cells of its table
    behind  the entries of the ledger that it was added up from
    """
    if pence is None:
        return ""
    text = f"{'about ' if about else ''}{signed(pence)}"
    return Run(text, figure=Figure(pence, about=about, made=made), entries=behind)


def stated(given: Sum | None) -> Run | str:
    """A sum as its source states it."""
    return "" if given is None else amount(given.pence, about=given.about)


def variance(pence: int | None, made: Made | None = None) -> Run | str:
    """A variance in words: adverse, favourable, or nil."""
    if pence is None:
        return ""
    return Run(capital(variance_in_words(pence)), figure=Figure(pence, "variance", made=made))


def part(share: Decimal | None, made: Made | None = None) -> Run | str:
    """A share as a percentage, with one place if it was worked out."""
    if share is None:
        return ""
    text = f"{share:.1%}" if made else percent(share)
    return Run(text, figure=Figure(share, "share", made=made))


def percent(rate: Decimal | None) -> str:
    """A rate as it was stated, in per cent."""
    return "" if rate is None else f"{(rate * 100).normalize():f}%"


def summed(
    values: Sequence[int | None], column: str, keys: Iterable[str], *, about: bool = False
) -> Run | str:
    """The foot of a column; empty if any of its sums is not recorded."""
    known = [each for each in values if each is not None]
    if not known or len(known) < len(values):
        return ""
    return amount(sum(known), down(column, keys), about=about)


def varied(values: Sequence[int], column: str, keys: Iterable[str]) -> Run | str:
    """The foot of a column of variances."""
    return variance(sum(values), down(column, keys))


YES = {True: "Yes", False: "No", None: ""}
"""Yes, no, or nothing on record."""


def booked(fund: str, year: str, **tags: str) -> Entries:
    """The entries of a fund in a financial year (2025/26), with other tags."""
    return entries(fund.partition("/")[0], fund=fund, **tags, year=year.replace("/", "-"))


def version_told(budget: Budget) -> str:
    """A version of a budget, by what method and when it was made.

    A name for reading: “forecast by run rate, made 15 January 2026”.
    """
    made = f", made {in_words(budget.made)}" if budget.made else ""
    method = f" by {budget.method}" if budget.method and budget.method != "not stated" else ""
    return f"{budget.version}{method}{made}"
