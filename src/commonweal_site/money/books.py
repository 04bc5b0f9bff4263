"""The ledger's spending, read beside a snapshot of the record."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import connections

from commonweal.money.ledger import month_of
from commonweal.money.spending import Spent
from commonweal_site.record.book import Book

from .ledger import Ledger

_BY = ("body", "fund", "scheme", "decision")
_NAMES = ("body", "fund", "scheme", "partner", "decision")
_LINES = (
    "from money_line l join money_tags t on t.number = l.tags "
    "join money_entry e on e.number = l.entry join money_import i on i.number = e.import"
)


class SpendingBooks:
    """What was spent, as one database has it. See `commonweal.money.spending.Books`."""

    def __init__(self, using: str) -> None:
        self.using = using
        self.ledger = Ledger(using)

    def tagged(self) -> Mapping[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for tag in _NAMES:
            for name, first, last in self._rows(
                f"select t.{tag}, min(b.month), max(b.month) from money_tags t "
                f"join money_balance b on b.tags = t.number where t.{tag} <> '' group by t.{tag}"
            ):
                before = found.get(name, (first, last))
                found[name] = (min(first, before[0]), max(last, before[1]))
        return found

    def spent(self, until: date, head: int, without: Collection[str]) -> list[Spent]:
        known, kept_back = self._until(head), self._tags_of(without)
        if known is not None or kept_back:
            return self._from_lines(date.min, until, known, kept_back)
        whole = [
            Spent(*row[:-1])
            for row in self.ledger.totals(
                (*_BY, "month"), to_month=month_of(until), account="spending"
            )
        ]
        return whole + self._from_lines(until.replace(day=1), until, None, ())

    def _tags_of(self, names: Collection[str]) -> list[int]:
        """The numbers of the sets of tags that name one of some."""
        if not names:
            return []
        rows = self._rows(f"select number, {', '.join(_NAMES)} from money_tags")
        return [int(row[0]) for row in rows if not set(names).isdisjoint(row[1:])]

    def last(self) -> int:
        """The number of the ledger's last entry: whether anything was added since."""
        return int(self._rows("select coalesce(max(number), 0) from money_entry")[0][0])

    def _until(self, head: int) -> int | None:
        """When the record went on from an entry, in microseconds; None if it still ends there."""
        entry = Book(self.using).entry(head + 1)
        return entry.recorded if entry else None

    def _from_lines(
        self, since: date, until: date, known: int | None, kept_back: Collection[int]
    ) -> list[Spent]:
        """The same, line by line: within a month, as once known, or with entries left out."""
        if until <= since:
            return []
        asked: list[Any] = [since.isoformat(), until.isoformat()]
        more = ""
        if known is not None:
            more, asked = " and i.recorded <= %s", [*asked, known]
        if kept_back:
            numbers = ", ".join(map(str, kept_back))
            more += f" and e.number not in (select entry from money_line where tags in ({numbers}))"
        sums: Counter[tuple[Any, ...]] = Counter()
        by = ", ".join(f"t.{tag}" for tag in _BY)
        for *tags, day, pence in self._rows(
            f"select {by}, e.day, sum(l.pence) {_LINES} where t.account = 'spending' "
            f"and e.day >= %s and e.day < %s{more} group by {by}, e.day",
            asked,
        ):
            when = day if isinstance(day, date) else date.fromisoformat(day)
            sums[*tags, month_of(when)] += int(pence)
        return [Spent._make((*key, pence)) for key, pence in sorted(sums.items())]

    def _rows(self, sql: str, parameters: Collection[Any] = ()) -> list[tuple[Any, ...]]:
        with connections[self.using].cursor() as cursor:
            cursor.execute(sql, list(parameters))
            return list(cursor.fetchall())
