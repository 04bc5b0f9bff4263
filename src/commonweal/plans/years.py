"""Financial years of boards, and the dates by which their plans are to be there."""

from datetime import date, timedelta

from commonweal.record.when import Period, period

_APRIL = 4
_A_DAY = timedelta(1)


def financial_year(on: date) -> str:
    """The financial year that a day lies in.

    >>> financial_year(date(2026, 3, 31)), financial_year(date(2026, 4, 1))
    ('2025/26', '2026/27')
    """
    first = on.year - (on.month < _APRIL)
    return f"{first}/{(first + 1) % 100:02}"


def first_year(established: date) -> Period:
    """A board's first financial year: from its first day to the next 31 March; end not included.

    >>> (end := first_year(date(2022, 7, 1))[1]) - date(2022, 7, 1), end
    (datetime.timedelta(days=274), datetime.date(2023, 4, 1))
    """
    return established, period(financial_year(established))[1]


def due_before(year: str) -> date:
    """The last day on which the plan for a financial year is prepared in time.

    >>> due_before("2023/24")
    datetime.date(2023, 3, 31)
    """
    return period(year)[0] - _A_DAY


def covers_five_years(stated: str, year: str) -> bool:
    """Whether a stated period is the five financial years that begin with one.

    >>> covers_five_years("2023/24 to 2027/28", "2023/24")
    True
    """
    first, end = period(stated)
    begins = period(year)[0]
    return (first, end) == (begins, date(begins.year + 5, _APRIL, 1))
