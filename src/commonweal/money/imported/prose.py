"""Sums said in words, and whether the tables of the file say the same.

Three ways of saying are tried, because papers use them over and over: that a figure includes some
sums; that a sum rises to another, year by year; and a sum in words beside figures of a row.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from commonweal.record.sheets import Spot
from commonweal.record.wording import listed

from .found import Found
from .tables import TOTAL, Line, Table, Text

_SAID = re.compile(
    r"£\s?(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>billion|bn|million|m|thousand|k)?\b",
    re.IGNORECASE,
)
_UNITS = {"": 1, "k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6, "bn": 10**9,
          "billion": 10**9}  # fmt: skip
_YEAR = re.compile(r"\b20\d\d[-/]\d{2,4}\b")
_INCLUDES = re.compile(r"\bincludes?\b|\bis made up of\b", re.IGNORECASE)
_RISES = re.compile(r"\b(?:ris|fall|grow|increas|decreas|reduc)ing to\b", re.IGNORECASE)
_SUBJECT = re.compile(r"(\w+ \w+) of\s*$", re.IGNORECASE)
_FEW = 2


class Said(NamedTuple):
    """A sum in words, in pounds.

    within  by how much it may differ because of how it was rounded
    end     where it ends in its text
    """

    printed: str
    pounds: Decimal
    within: Decimal
    end: int = 0

    def means(self, pounds: Decimal) -> bool:
        """Whether a figure may be this sum, rounded."""
        return abs(self.pounds - pounds) <= self.within


def said(words: str) -> list[Said]:
    """Every sum that a text says.

    >>> [(each.pounds, each.within) for each in said("use of £2 million")]
    [(Decimal('2000000'), Decimal('500000.0'))]
    """
    return [_said(match) for match in _SAID.finditer(words)]


def _said(match: re.Match[str]) -> Said:
    number, unit = match["number"].replace(",", ""), _UNITS[(match["unit"] or "").lower()]
    decimals = len(number.partition(".")[2])
    within = Decimal(unit) / 10**decimals / 2 if unit > 1 or decimals else Decimal(0)
    return Said(match[0].strip(), Decimal(number) * unit, within, match.end())


def in_words(tables: list[Table], texts: list[Text]) -> Iterator[Found]:
    """What is said in words and does not agree with the tables, or with other words."""
    for text in texts:
        yield from _included(tables, text)
    yield from _paths(tables, texts)
    for table in tables:
        for line in table.lines:
            yield from _beside(table, line)


# --- a figure that includes some sums -------------------------------------------------------------


def _included(tables: list[Table], text: Text) -> Iterator[Found]:
    what, *rest = _INCLUDES.split(text.words, maxsplit=1)
    parts = said(rest[0]) if rest else []
    if len(parts) < _FEW:
        return
    made = sum((each.pounds for each in parts), Decimal(0))
    within = sum((each.within for each in parts), Decimal(0))
    named = _letters(what)
    for table in tables:
        for column in table.columns:
            head = _letters(table.head(column))
            total, unit = _total(table, column), table.unit(column)
            if len(head) < _FEW or not head <= named or total is None or not unit:
                continue
            apart = abs(abs(total[1]) * unit - made)
            if apart:
                holds = apart <= within + Decimal(unit) / 2
                yield Found(
                    "rounding" if holds else "tie", text.at, "",
                    f"{listed(each.printed for each in parts)} make £{made:,.0f}, and "
                    f"{table.head(column)} in table {table.number} comes to {abs(total[1]):,} "
                    f"(£{abs(total[1]) * unit:,.0f}): £{apart:,.0f} apart, "
                    f"{_verdict(holds=holds)}.",
                )  # fmt: skip


def _verdict(*, holds: bool) -> str:
    return "within the rounding of the figures" if holds else "more than rounding explains"


def _letters(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.lower()))


def _total(table: Table, column: int) -> tuple[Line, Decimal] | None:
    found = [
        (line, each)
        for line in table.lines
        if TOTAL.search(line.name) and (each := line.amount(column)) is not None
    ]
    return found[-1] if found else None


# --- a sum that rises to another, year by year ----------------------------------------------------


class _Path(NamedTuple):
    at: Spot
    subject: str
    years: dict[str, Said]


def _path(text: Text) -> _Path | None:
    sums = said(text.words)
    if len(sums) < _FEW or not _RISES.search(text.words):
        return None
    subject = _SUBJECT.search(text.words[: text.words.index(sums[0].printed)])
    years: dict[str, Said] = {}
    for each, after in zip(sums, [*sums[1:], None], strict=True):
        until = after.end - len(after.printed) if after else len(text.words)
        if year := _YEAR.search(text.words, each.end, until):
            years[_year(year[0])] = each
    return _Path(text.at, subject[1].lower(), years) if subject and years else None


def _year(text: str) -> str:
    """A financial year, however it is written.

    >>> _year("2023-2024"), _year("2023/24")
    ('2023/24', '2023/24')
    """
    return f"{text[:4]}/{text[-2:]}"


def _paths(tables: list[Table], texts: list[Text]) -> Iterator[Found]:
    paths = [path for text in texts if (path := _path(text))]
    for first, later in combinations(paths, 2):
        both = [year for year in first.years if year in later.years]
        told = [
            _moved(tables, year, first.years[year], later.years[year])
            for year in both
            if first.years[year].pounds != later.years[year].pounds
        ]
        if first.subject == later.subject and told:
            yield Found(
                "tie", later.at, "",
                f"two versions of the {first.subject} stand in the file; the other is at "
                f"{first.at}. {' '.join(told)} Keep both, each with its day.",
            )  # fmt: skip


def _moved(tables: list[Table], year: str, first: Said, later: Said) -> str:
    one, other = _exactly(tables, year, first), _exactly(tables, year, later)
    by = other[0] - one[0]
    more = "more" if by > 0 else "less"
    return f"For {year}, {one[1]} there and {other[1]} here, £{abs(by):,.0f} {more}."


def _exactly(tables: list[Table], year: str, one: Said) -> tuple[Decimal, str]:
    """A sum as the bottom line of one table has it for that year; else as it is said."""
    found = {
        (amount * unit, f"“{one.printed}” ({amount:,} in table {table.number})")
        for table in tables
        for column in table.columns
        if (unit := table.unit(column))
        and (amount := table.lines[-1].amount(column)) is not None
        and year in {_year(each) for each in _YEAR.findall(table.head(column))}
        and one.within and one.means(amount * unit)
    }  # fmt: skip
    return found.pop() if len(found) == 1 else (one.pounds, f"“{one.printed}”")


# --- a sum in words beside figures ----------------------------------------------------------------


def _beside(table: Table, line: Line) -> Iterator[Found]:
    """Figures of a row that a sum in words beside them would be, were they rounded alike."""
    words = [each for c, raw in line.raw.items() if c not in line.figures for each in said(raw)]
    for each in words:
        for column in line.figures:
            amount, unit = line.amount(column), table.unit(column)
            if amount is None or not unit or not each.within:
                continue
            apart = abs(abs(amount) * unit - each.pounds)
            if apart and each.means(abs(amount) * unit):
                yield Found(
                    "rounding", table.spot(line, column), line.raw[column],
                    f"{table.head(column)} is {abs(amount):,} here (£{abs(amount) * unit:,.0f}) "
                    f"and “{each.printed}” in the words beside it, £{apart:,.0f} apart. The words "
                    "may be rounded, or one of the two may be newer; keep both.",
                )  # fmt: skip
