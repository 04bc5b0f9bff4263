"""The reports that a shared fund owes its partners: one each quarter, and one for the year.

National Health Service Bodies and Local Authorities Partnership Arrangements Regulations 2000
(S.I. 2000/617), regulation 7(4)(b). They set no day; an agreement may.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from commonweal.authority.scheme import cited
from commonweal.money.funds import Agreement, Contribution, Fund
from commonweal.record.manuscript import Block, Heading, Line, Paragraph, Row, Run, Table, line, row
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words, period
from commonweal.record.wording import capital

from .telling import Mine, link

LAW = "S.I. 2000/617, regulation 7(4)(b)"
QUARTERS = (1, 2, 3, 4)
_ORDINALS = ("first", "second", "third", "fourth")


class Span(NamedTuple):
    """What a report is on: a quarter of a financial year, or all of it (quarter is nought).

    begins, ends  its days, half-open
    """

    year: str
    quarter: int
    begins: date
    ends: date

    @property
    def of(self) -> str:
        """As an agreement names it."""
        return f"{self.year} Q{self.quarter}" if self.quarter else self.year

    @property
    def called(self) -> str:
        """As a sentence has it."""
        if not self.quarter:
            return f"the year {self.year}"
        return f"the {_ORDINALS[self.quarter - 1]} quarter of {self.year}"

    @property
    def next(self) -> "Span":
        """The next report after this one; after the fourth quarter it is that of the year."""
        if self.quarter in QUARTERS[:-1]:
            return span(self.year, self.quarter + 1)
        if self.quarter:
            return span(self.year)
        return span(f"{self.ends.year}/{(self.ends.year + 1) % 100:02}", 1)

    def address(self, fund: str) -> str:
        """Where the report is, as an identifier."""
        year = self.year.replace("/", "-")
        return f"{fund}/quarter/{year}/{self.quarter}/" if self.quarter else f"{fund}/year/{year}/"


def span(year: str, quarter: int = 0) -> Span:
    """A financial year such as 2025/26, or one of its quarters.

    raises  MalformedDate
    """
    begins, ends = period(f"{year} Q{quarter}" if quarter else year)
    return Span(year, quarter, begins, ends)


def due_by(agreement: Agreement | None, of: Span) -> date | None:
    """The last day for a report; none where the agreement sets no day, as the law sets none."""
    if agreement is None or agreement.report_within is None:
        return None
    return of.ends - timedelta(1) + timedelta(agreement.report_within)


def due_in_words(agreement: Agreement | None, of: Span) -> str:
    """When a report is due, as far as is on record."""
    ended = f"after {day_in_words(of.ends - timedelta(1))}"
    day = due_by(agreement, of)
    if day is None:
        return f"{ended}; no day is set by the Regulations, and none on record by the agreement"
    return f"{ended}, by {day_in_words(day)}"


def made(agreement: Agreement | None, of: Span) -> str:
    """Whether a report is on record as made."""
    if agreement is None or agreement.reports is None:
        return ""
    days = [each.made for each in agreement.reports if each.of == of.of]
    return f"Made {day_in_words(date.fromisoformat(days[0]))}" if days else "Not on record as made"


# --- every shared fund ----------------------------------------------------------------------------


def pools(snapshot: Snapshot, mine: Mine) -> Iterator[Block]:
    """Each fund that partners share, with its reports."""
    paid = {each.fund for each in snapshot.all(Contribution).values()}
    found = [each for each in mine.all(Fund) if each[1].agreement or each[0] in paid]
    if not found:
        return
    yield Heading("Funds that partners share")
    yield Paragraph(
        line(
            "The manager of a pooled fund reports to the partners each quarter and for the year on "
            f"what came in, what was spent and what else they need to know ({LAW})."
        )
    )
    heads = ("Fund", "Mode", "Host", "Pool manager", "Reports", "Last due")
    yield Table("Shared funds and their reports", heads, tuple(_row(snapshot, *e) for e in found))


def _row(snapshot: Snapshot, name: str, fund: Fund) -> Row:
    agreement = agreement_of(snapshot, fund)
    hosts = agreement.hosts if agreement else ()
    manager = agreement.pool_manager if agreement else None
    return row(
        link(snapshot, name), capital(fund.type),
        [line(Run(snapshot.name(each), each)) for each in hosts] or "",
        link(snapshot, manager), list(_reports(name, fund, agreement)) or "",
        capital(due_in_words(agreement, span(fund.year))) if fund.year else "",
        key=name, sources=cited(snapshot, [fund, *([agreement] if agreement else [])]),
    )  # fmt: skip


def _reports(name: str, fund: Fund, agreement: Agreement | None) -> Iterator[Line]:
    if fund.year is None:
        return
    for of in (*(span(fund.year, each) for each in QUARTERS), span(fund.year)):
        told = made(agreement, of)
        yield line(Run(capital(of.called), of.address(name)), f": {told.lower()}" if told else "")


def agreement_of(snapshot: Snapshot, fund: Fund) -> Agreement | None:
    """The agreement that a fund is shared under, if it is on record."""
    found = snapshot.get(fund.agreement) if fund.agreement else None
    return found if isinstance(found, Agreement) else None
