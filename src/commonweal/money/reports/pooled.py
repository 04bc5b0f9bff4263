"""The report on a shared fund for a quarter or a year, out of the record and the ledger."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from commonweal.authority.scheme import cited, manuscript
from commonweal.record.manuscript import (
    Block,
    Heading,
    Manuscript,
    Note,
    Paragraph,
    Run,
    Table,
    line,
    row,
)
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words
from commonweal.record.wording import capital

from .due import LAW, Span, due_in_words, made
from .overspends import met
from .partners import contributions, in_and_out, shares_of
from .pool import Booked, Pool, pool_of
from .spending import expected, forecasts, spending
from .telling import link


def fund_report(snapshot: Snapshot, name: str, of: Span, found: Iterable[Booked]) -> Manuscript:
    """The report on a fund.

    found   what the ledger holds from the first day of the year until `counted_until`
    raises  UnknownEntity; BadMoney if the name is not that of a fund
    """
    pool = pool_of(snapshot, name, of, found)
    sort = "Quarterly report" if of.quarter else "Annual report"
    return manuscript(
        snapshot, f"{sort}: {pool.fund.name}, {of.of}", name, tuple(_blocks(pool)),
        f"What came in, what was spent and what is expected, for {of.called}. What is not on "
        "record reads “not recorded”, which is not nought.",
    )  # fmt: skip


def _blocks(pool: Pool) -> Iterator[Block]:
    if not pool.ended:
        last = day_in_words(pool.until - timedelta(1))
        yield Note(line(
            f"{capital(pool.of.called)} ends on {day_in_words(pool.of.ends - timedelta(1))}. Only "
            f"what was booked by {last} is counted." if pool.until > pool.of.begins else
            f"{capital(pool.of.called)} has not begun on this day."
        ))  # fmt: skip
    yield Heading("Who answers for it")
    yield _answers(pool)
    yield Heading("Money in and out so far")
    yield in_and_out(pool)
    if pool.spent > pool.received:
        yield Paragraph(line("More was spent than came in, so the fund is below nothing."))
    yield from contributions(pool)
    yield from spending(pool)
    yield from forecasts(pool)
    yield from met(pool.snapshot, pool.agreement, expected(pool), shares_of(pool))
    yield Heading("The next report")
    yield Paragraph(line(_next(pool)))


def _answers(pool: Pool) -> Table:
    snapshot, fund, agreement = pool.snapshot, pool.fund, pool.agreement
    hosts = agreement.hosts if agreement else ()
    rows = [
        row("Fund", link(snapshot, pool.name)),
        row("Mode", capital(fund.type)),
        row("Purpose", fund.purpose or ""),
        row("Governed by", link(snapshot, fund.governed_by)),
        row("Agreement", link(snapshot, fund.agreement)),
        row("Law", agreement.law if agreement else ""),
        row("Host", [line(Run(snapshot.name(each), each)) for each in hosts] or ""),
        row("Pool manager", link(snapshot, agreement.pool_manager if agreement else None)),
        row("This report", made(agreement, pool.of)),
    ]
    facts = [fund, *([agreement] if agreement else [])]
    rows = [each._replace(sources=cited(snapshot, facts)) for each in rows]
    return Table("The fund and who answers for it", ("What", "Is"), tuple(rows))


def _next(pool: Pool) -> str:
    of = pool.of.next
    return f"The next is on {of.called}, due {due_in_words(pool.agreement, of)} ({LAW})."
