"""Which reports on a pool are due, and by when: every quarter and every year, while it stands.

S.I. 2000/617, regulation 7(4)(b). It sets no number of days, so the agreement's own counts. The
duty ends with the agreement.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from commonweal.record.when import day_in_words, period
from commonweal.record.wording import counted
from commonweal.statute.counting import Working, days_from, financial_year

from .funds import Agreement

_QUARTERS = 4
_DAY = timedelta(1)


class Due(NamedTuple):
    """One report.

    of       the quarter or year, such as 2025/26 Q1
    working  how its last day is counted; None: the agreement sets no number of days
    made     the day it was made; None: it is not on record
    """

    of: str
    working: Working | None
    made: date | None

    def late_by(self, on: date) -> int:
        """How many days after its last day it was made, or is outstanding on a day; or nought."""
        if self.working is None:
            return 0
        return max(0, ((self.made or on) - self.working.due).days)

    def in_words(self, on: date) -> str:
        """What became of it, as one sentence."""
        if self.working is None:
            day = f"made on {day_in_words(self.made)}" if self.made else "not on record"
            return f"{self.of}: {day}; by which day it was due is not on record."
        due = f"due on {day_in_words(self.working.due)}"
        if self.made is None:
            state = "not on record" if self.late_by(on) else "not due yet"
            return f"{self.of}: {due}, {state}."
        late = f", {counted(days, 'day')} late" if (days := self.late_by(on)) else ""
        return f"{self.of}: {due}, made on {day_in_words(self.made)}{late}."


def reports_due(agreement: Agreement, begins: date, on: date) -> tuple[Due, ...]:
    """The report on every quarter and year that ended while the agreement stood, in their order.

    begins  the first day of the agreement
    on      the day that is asked about; a period that ends on it has not ended
    """
    days = {each.of: period(each.made)[0] for each in agreement.reports or ()}
    made = {of: day for of, day in days.items() if day <= on}
    return tuple(
        Due(of, _working(agreement, end), made.get(of)) for of, end in _periods(begins, on)
    )


def _working(agreement: Agreement, end: date) -> Working | None:
    within = agreement.report_within
    return days_from(end - _DAY, within) if within else None


def _periods(begins: date, on: date) -> Iterator[tuple[str, date]]:
    """Quarters, and each year after its last, that end after one day and until another."""
    for year in range(financial_year(begins).start.year, on.year + 1):
        name = f"{year}/{(year + 1) % 100:02}"
        for of in (*(f"{name} Q{number}" for number in range(1, _QUARTERS + 1)), name):
            end = period(of)[1]
            if begins < end <= on:
                yield of, end
