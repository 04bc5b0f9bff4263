"""The report on a fund: the record of a day, and the ledger as the viewer sees it."""

from commonweal.money.reports.due import QUARTERS, Span, span
from commonweal.money.reports.pool import Booked, counted_until
from commonweal.money.reports.pooled import fund_report
from commonweal.record.identifiers import identifier
from commonweal.record.manuscript import Manuscript
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import period
from commonweal.record.wording import capital
from commonweal_site.money.asked import Asked
from commonweal_site.money.reading import Reading

_BY = ("account", "scheme", "partner")


def report_on(snapshot: Snapshot, fund: str, of: Span, reading: Reading) -> Manuscript:
    """The report, with what was booked from the first day of the year.

    raises  UnknownEntity; BadMoney if the name is not that of a fund
    """
    begins, until = period(of.year)[0], counted_until(snapshot, of)
    system = identifier(fund).system
    asked = Asked(system, {"fund": fund}, of.year.replace("/", "-"), begins, until, until)
    found = []
    for each in reading.totals(_BY, asked):
        account, scheme, partner = each.tags
        found.append(Booked(account, scheme, partner, each.pence))
    return fund_report(snapshot, fund, of, found)


def fund_links(fund: str, year: str | None) -> list[tuple[str, str, str]]:
    """The reports on a fund for the quarters of a financial year and for the year."""
    if year is None:
        return []
    every = (*(span(year, each) for each in QUARTERS), span(year))
    return [(capital(each.called), f"/{each.address(fund)}", "") for each in every]
