"""What came into a shared fund and went out, and what each partner put in."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from commonweal.authority.scheme import cited
from commonweal.money.funds import Contribution
from commonweal.money.pence import instalments
from commonweal.record.figures import Spot, Total, across
from commonweal.record.manuscript import Block, Row, Table, row
from commonweal.record.when import day_in_words, period

from .pool import IN, Pool
from .telling import Named, amount, link, part, summed

_NONE = "Not applicable"


def in_and_out(pool: Pool) -> Table:
    came = {
        account: -pool.sum(account)
        for account in IN
        if pool.sum(account) or account == "contribution"
    }
    rows = [row(IN[each], pool.amount(pence, each), key=each) for each, pence in came.items()]
    rows.append(row("Spending", pool.amount(pool.spent, "spending"), key="spending"))
    left = Total(tuple(Spot(each, "Sum") for each in came), (Spot("spending", "Sum"),))
    rows.append(row("Left in the fund", amount(pool.received - pool.spent, left), key="left"))
    last = day_in_words(pool.until - timedelta(1))
    first = day_in_words(period(pool.of.year)[0])
    return Table(f"From {first} to {last}, by the ledger", ("What", "Sum"), tuple(rows))


def _paid(pool: Pool) -> dict[str, list[Named[Contribution]]]:
    """What each partner is to put in this year: the latest version of each contribution."""
    order = ("plan", "revised", "outturn")
    newest: dict[tuple[str, str], Named[Contribution]] = {}
    for each in sorted(
        pool.snapshot.all(Contribution).items(), key=lambda e: (order.index(e[1].version), e[0])
    ):
        fact = each[1]
        if fact.fund == pool.name and fact.year in {None, pool.of.year}:
            newest[fact.partner, fact.scheme or ""] = each
    by: dict[str, list[Named[Contribution]]] = {}
    for (partner, _), each in newest.items():
        by.setdefault(partner, []).append(each)
    return by


def contributions(pool: Pool) -> Iterator[Block]:
    given = _paid(pool)
    strangers = {e.partner for e in pool.booked if e.account == "contribution"} - given.keys()
    partners = [*given, *sorted(strangers - {""})]
    rows = [_contribution(pool, each, given.get(each, [])) for each in partners]
    planned = [_planned(given.get(each, [])) for each in partners]
    due = [_due(pool, given.get(each, [])) for each in partners]
    paid = [-pool.sum("contribution", partner=each) for each in partners]
    if rows:
        over = [p - d for p, d in zip(paid, due, strict=True) if d is not None]
        rows.append(
            row("All partners", _NONE, summed(planned, "For the year", partners),
                summed(due, "Due so far", partners), summed(paid, "Paid so far", partners),
                summed(over, "Paid less due", partners) if len(over) == len(due) else "",
                key="all partners")
        )  # fmt: skip
    heads = ("Partner", "Share", "For the year", "Due so far", "Paid so far", "Paid less due")
    yield Table("What each partner puts in", heads, tuple(rows))


def _contribution(pool: Pool, partner: str, given: Sequence[Named[Contribution]]) -> Row:
    shares = {fact.share for _, fact in given}
    due, paid = _due(pool, given), -pool.sum("contribution", partner=partner)
    made_of = across("Paid so far", less=["Due so far"])
    return row(
        link(pool.snapshot, partner), part(shares.pop()) if len(shares) == 1 else "",
        amount(_planned(given)), amount(due), pool.amount(paid, "contribution", partner=partner),
        "" if due is None else amount(paid - due, made_of), key=partner,
        sources=cited(pool.snapshot, [fact for _, fact in given]),
    )  # fmt: skip


def _planned(given: Sequence[Named[Contribution]]) -> int | None:
    sums = [fact.sum.pence for _, fact in given if fact.sum]
    return sum(sums) if given and len(sums) == len(given) else None


def _due(pool: Pool, given: Sequence[Named[Contribution]]) -> int | None:
    """What should have come by the end, where the payments are monthly or quarterly."""
    quarters = pool.of.quarter or 4
    total = 0
    for _, fact in given:
        gone = {12: 3 * quarters, 4: quarters}.get(fact.payments or 0)
        if fact.sum is None or gone is None or fact.payments is None:
            return None
        total += sum(instalments(fact.sum.pence, fact.payments)[:gone])
    return total if given else None


def shares_of(pool: Pool) -> dict[str, int]:
    """The partners by what they put in, to share an underspend by."""
    sums = {partner: _planned(given) for partner, given in _paid(pool).items()}
    known = {partner: pence for partner, pence in sums.items() if pence}
    return known if len(known) == len(sums) else {}
