"""All that a report on a shared fund is made from: the record, the ledger, and until when."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from commonweal.money.budgets import Budget
from commonweal.money.funds import Agreement, Fund
from commonweal.money.pence import BadMoney
from commonweal.record.manuscript import Run
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import period

from .due import Span, agreement_of
from .telling import Named, amount, booked

IN = {
    "contribution": "Contributions of partners",
    "income": "Other income",
    "allocation": "Passed on from above",
    "reserve": "Drawn from reserves",
}
"""The accounts of what comes into a fund."""


class Booked(NamedTuple):
    """What the ledger holds of a fund, by account, scheme and partner; money in below nothing."""

    account: str
    scheme: str
    partner: str
    pence: int


class Pool(NamedTuple):
    """All that a report is made from.

    until   the day after the last that is counted
    firm    the budget in force at the end; late, the newest forecast or outturn for the report
    """

    snapshot: Snapshot
    name: str
    fund: Fund
    agreement: Agreement | None
    of: Span
    until: date
    firm: Named[Budget] | None
    late: Named[Budget] | None
    booked: tuple[Booked, ...]

    def sum(self, account: str, **tags: str) -> int:
        """What is booked on an account."""
        return sum(
            each.pence
            for each in self.booked
            if each.account == account
            and all(getattr(each, tag) == value for tag, value in tags.items())
        )

    def amount(self, pence: int, account: str, **tags: str) -> Run | str:
        """A sum from the ledger, which leads to its entries."""
        behind = booked(self.name, self.of.year, account=account, **tags, to=self.until.isoformat())
        return amount(pence, behind=behind)

    @property
    def received(self) -> int:
        """All that came in."""
        return -sum(self.sum(account) for account in IN)

    @property
    def spent(self) -> int:
        return self.sum("spending")

    @property
    def ended(self) -> bool:
        """Whether the whole of it is counted."""
        return self.until == self.of.ends


def counted_until(snapshot: Snapshot, of: Span) -> date:
    """The day after the last that a report on the snapshot's day can count."""
    return max(of.begins, min(of.ends, snapshot.as_at + timedelta(1)))


def pool_of(snapshot: Snapshot, name: str, of: Span, found: Iterable[Booked]) -> Pool:
    """A fund, with what the record and the ledger hold of it.

    found   what the ledger holds from the first day of the year until `counted_until`
    raises  UnknownEntity; BadMoney if the name is not that of a fund
    """
    fund = snapshot.fact(name)
    if not isinstance(fund, Fund):
        raise BadMoney(f"{snapshot.name(name)} is not a fund. A report is on a fund.")
    firm, late = _budgets(snapshot, name, of)
    return Pool(
        snapshot, name, fund, agreement_of(snapshot, fund), of, counted_until(snapshot, of),
        firm, late, tuple(found),
    )  # fmt: skip


def _budgets(
    snapshot: Snapshot, name: str, of: Span
) -> tuple[Named[Budget] | None, Named[Budget] | None]:
    """The budget in force when the time ended, and the newest forecast made by the next report."""
    mine = [
        each
        for each in snapshot.all(Budget).items()
        if each[1].fund == name and each[1].year == of.year
    ]
    mine.sort(key=lambda each: (_made_on(each[1]), each[0]))
    last = of.next.ends if of.quarter else date.max
    firm = [e for e in mine if e[1].version in {"approved", "revised"} and _made_on(e[1]) < of.ends]
    late = [e for e in mine if e[1].version in {"forecast", "outturn"} and _made_on(e[1]) < last]
    return (firm[-1] if firm else None), (late[-1] if late else None)


def _made_on(budget: Budget) -> date:
    return period(budget.made)[0] if budget.made else date.min
