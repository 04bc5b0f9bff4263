"""Periods as published sources write them, half-open."""

import re
from datetime import date, timedelta

from commonweal.record.errors import SpeakingError

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_YEAR = r"(?P<year>\d{4})"
_FORMS = {
    "calendar": re.compile(rf"^{_YEAR}$"),
    "financial": re.compile(rf"^{_YEAR}/(?P<next>\d{{2}})$"),
    "calendars": re.compile(rf"^{_YEAR}\s*[-–]\s*(?:\d{{2}})?(?P<last>\d{{2}})$"),
    "financials": re.compile(
        rf"^{_YEAR}/\d{{2}}\s*[-–]\s*(?:\d{{2}})?(?P<last>\d{{2}})/(?P<next>\d{{2}})$"
    ),
    "quarter": re.compile(rf"^{_YEAR}\s+Q(?P<quarter>[1-4])$"),
    "financial quarter": re.compile(rf"^{_YEAR}/(?P<next>\d{{2}})\s+Q(?P<quarter>[1-4])$"),
    "month": re.compile(rf"^(?P<month>[A-Za-z]{{3}})[a-z]*\s+{_YEAR}$"),
}


class UnknownPeriod(SpeakingError):
    """A period written in a way that no source is known to use."""


def period(text: str) -> tuple[date, date]:
    """The first day of a period, and the day after its last.

    raises  UnknownPeriod

    >>> period("2022/23")
    (datetime.date(2022, 4, 1), datetime.date(2023, 4, 1))
    >>> period("2020 - 22")
    (datetime.date(2020, 1, 1), datetime.date(2023, 1, 1))
    >>> period("2022/23 Q4")
    (datetime.date(2023, 1, 1), datetime.date(2023, 4, 1))
    """
    for form, pattern in _FORMS.items():
        found = pattern.match(text.strip())
        days = found and _days(form, found.groupdict())
        if days and days[0] < days[1]:
            return days
    raise UnknownPeriod(
        f"“{text}” is no period; one is written 2022, 2022/23, 2020 - 22 or 2022 Q1."
    )


def day(text: str) -> tuple[date, date]:
    """A period of one day, written 2022-04-01 or 01APR2022.

    raises  UnknownPeriod

    >>> day("2022-04-30")
    (datetime.date(2022, 4, 30), datetime.date(2022, 5, 1))
    """
    try:
        found = re.fullmatch(r"(\d{2})([A-Za-z]{3})(\d{4})", text)
        if found:
            first = date(int(found[3]), _MONTHS.get(found[2].lower(), 0), int(found[1]))
        else:
            first = date.fromisoformat(text)
    except ValueError:
        raise UnknownPeriod(f"“{text}” is no day; one is written 2022-04-01.") from None
    return first, first + timedelta(days=1)


def month(text: str) -> tuple[date, date]:
    """A month, written by its first day or with what a publication sets before its name.

    raises  UnknownPeriod

    >>> month("2022-12-01")
    (datetime.date(2022, 12, 1), datetime.date(2023, 1, 1))
    >>> month("MSitAE-APRIL-2022") == month("April 2022") == month("RTT-April-2022")
    True
    """
    if named := re.fullmatch(r"(?:[A-Za-z]+-)?([A-Za-z]{3,9})[ -](\d{4})", text):
        return period(f"{named[1].title()} {named[2]}")
    first, _ = day(text)
    if first.day != 1:
        raise UnknownPeriod(f"“{text}” is not the first day of a month.")
    return first, _months_on(first.year, first.month, 1)


def _days(form: str, said: dict[str, str]) -> tuple[date, date] | None:
    year = int(said["year"])
    first = 4 if form.startswith("financial") else 1
    # A financial year is written with the year it ends in, or the text is something else.
    if "next" in said and form != "financials" and int(said["next"]) != (year + 1) % 100:
        return None
    if "quarter" in form:
        start = _months_on(year, first, 3 * (int(said["quarter"]) - 1))
        return start, _months_on(start.year, start.month, 3)
    if form == "month":
        month = _MONTHS.get(said["month"].lower())
        return (date(year, month, 1), _months_on(year, month, 1)) if month else None
    last = int(said.get("last") or year % 100)
    return date(year, first, 1), date(year + (last - year) % 100 + 1, first, 1)


def _months_on(year: int, month: int, more: int) -> date:
    whole = year * 12 + month - 1 + more
    return date(whole // 12, whole % 12 + 1, 1)
