"""Reading the ledger for a viewer: totals, entries and lines, with what is kept back left out.

Totals come from the balances of whole months; only the days of a month that is not whole, and what
must be left out, are added up from lines.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connections

from commonweal.money.ledger import TAGS, Line, month_of
from commonweal.record.snapshot import Snapshot
from commonweal_site.record import shelf

from .addresses import entries_address
from .asked import Asked
from .kept_back import kept_back

_AT_A_TIME = 5_000
_MONTH = (
    "cast(substr(cast(e.day as text), 1, 4) as integer) * 12 "
    "+ cast(substr(cast(e.day as text), 6, 2) as integer) - 1"
)
"""The month of an entry as one number, on either database."""


class Total(NamedTuple):
    """The sum of lines that are tagged alike, and how many there are."""

    tags: tuple[Any, ...]
    pence: int
    lines: int


class Shown(NamedTuple):
    """A line of an entry, and whether it is among those asked for."""

    line: Line
    counted: bool


class Posting(NamedTuple):
    """An entry as posted. Reversed by, and reverses: numbers of other entries, or nought."""

    number: int
    day: date
    what: str
    key: str
    reverses: int
    reversed_by: int
    lines: tuple[Shown, ...]


class Import(NamedTuple):
    """The file, or the hand, that an entry came in by."""

    sha256: str
    name: str
    actor: str
    reason: str
    recorded: datetime


def newest_import() -> int:
    """The number of the last import; pages of the ledger hold until there is another."""
    with connections[shelf.SHELF.book.using].cursor() as cursor:
        cursor.execute("select coalesce(max(number), 0) from money_import")
        newest: int = cursor.fetchone()[0]
        return newest


def entries_of(snapshot: Snapshot, name: str, systems: frozenset[str]) -> str:
    """The address of a fund's, a scheme's or a decision's entries; empty if it shows none."""
    system, kind, _ = name.split("/")
    if kind not in _PAGES:
        return ""
    shown = Reading(snapshot, system, systems=systems).names[_PAGES[kind]]
    return entries_address(system, **{_PAGES[kind]: name}) if name in shown else ""


_PAGES = {"fund": "fund", "funded-scheme": "scheme", "decision": "decision"}
"""Kinds whose pages lead to their entries, and the tag that names them."""


class Reading:
    """The ledger of a system as a viewer sees it.

    systems  systems whose exempt facts the viewer may see
    known    only what had been posted by this instant; none: all
    """

    def __init__(
        self,
        snapshot: Snapshot,
        system: str,
        *,
        systems: frozenset[str] = frozenset(),
        known: datetime | None = None,
    ) -> None:
        self.using = shelf.SHELF.book.using
        self.system = system
        tags = self._rows(f"select number, {', '.join(TAGS)} from money_tags order by number")
        every = {name for row in tags for name in row[2:] if name}
        hidden = kept_back(snapshot, every, systems)
        self._hidden = [row[0] for row in tags if not hidden.isdisjoint(row[2:])]
        own = [row[1:] for row in tags if row[2].startswith(f"{system}/")]
        self.names = {
            tag: {row[at] for row in own if row[at] and hidden.isdisjoint(row[1:])}
            for at, tag in enumerate(TAGS)
        }
        self._last = None if known is None else self._last_known(known)

    @property
    def posted(self) -> datetime | None:
        """When the ledger was last posted to; none if nothing ever was."""
        newest = self._rows("select max(recorded) from money_import")[0][0]
        return _instant(newest) if newest else None

    def _rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with connections[self.using].cursor() as cursor:
            cursor.execute(sql, parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows

    def _last_known(self, known: datetime) -> int:
        """The number of the last entry posted by an instant. Entries follow their imports."""
        found = self._rows(
            "select max(number) from money_import where recorded <= %s",
            [(known - _instant(0)) // timedelta(microseconds=1)],
        )
        last = self._rows(
            "select number from money_entry where import <= %s order by number desc limit 1",
            [found[0][0] or 0],
        )
        return last[0][0] if last else 0

    # --- what is left out, and what is asked for ------------------------------------------------

    def _left_out(self) -> tuple[str, list[Any]]:
        """The entries that are not shown: those kept back, and those not yet known."""
        parts, values = [], []
        if self._hidden:
            marks = ", ".join(["%s"] * len(self._hidden))
            parts.append(f"e.number in (select entry from money_line where tags in ({marks}))")
            values += self._hidden
        if self._last is not None:
            parts.append("e.number > %s")
            values.append(self._last)
        return f"({' or '.join(parts)})" if parts else "", values

    def _tagged(self, asked: Asked) -> tuple[str, list[Any]]:
        """The sets of tags that are asked for."""
        only = [f"t.{tag} = %s" for tag in asked.tags]
        return " and ".join(["t.body like %s", *only]), [f"{self.system}/%", *asked.tags.values()]

    def _dated(self, asked: Asked) -> tuple[str, list[Any]]:
        """The entries of the days asked for that are shown."""
        out, values = self._left_out()
        parts = ["e.day < %s", *(["e.day >= %s"] if asked.begins else [])]
        days: list[Any] = [asked.ends, *([asked.begins] if asked.begins else [])]
        return " and ".join([*parts, *([f"not {out}"] if out else [])]), days + values

    # --- totals ---------------------------------------------------------------------------------

    def totals(self, by: Sequence[str], asked: Asked) -> list[Total]:
        """Sums by some tags, and `month` (as one number), of the lines asked for.

        by  tags from a closed list, never a reader's words
        """
        sources, values = self._sums(asked)
        where, more = self._tagged(asked)
        tags = ", ".join("s.month" if each == "month" else f"t.{each}" for each in by)
        rows = self._rows(
            f"select {f'{tags}, ' if by else ''}coalesce(sum(s.pence), 0), coalesce(sum(s.n), 0) "
            f"from ({sources}) s join money_tags t on t.number = s.tags where {where}"
            + (f" group by {tags} having sum(s.n) > 0 order by {tags}" if by else ""),
            [*values, *more],
        )
        return [Total(row[:-2], int(row[-2]), int(row[-1])) for row in rows]

    def _sums(self, asked: Asked) -> tuple[str, list[Any]]:
        """Sums by tags and month, that come together to what is asked for."""
        first, last, edges = _spans(asked.begins, asked.ends)
        months, bounds = "month < %s", [last]
        if first is not None:
            months, bounds = "month >= %s and month < %s", [first, last]
        parts = [f"select tags, month, pence, lines as n from money_balance where {months}"]
        values: list[Any] = list(bounds)
        out, hidden = self._left_out()
        lines = "from money_entry e join money_line l on l.entry = e.number where"
        for begins, ends in edges:
            parts.append(
                f"select l.tags, {month_of(begins)}, l.pence, 1 {lines} e.day >= %s and e.day < %s"
                + (f" and not {out}" if out else "")
            )
            values += [begins, ends, *hidden]
        if out:
            parts.append(
                f"select tags, month, pence, n from (select l.tags as tags, {_MONTH} as month, "
                f"-l.pence as pence, -1 as n {lines} {out}) o where {months}"
            )
            values += [*hidden, *bounds]
        return " union all ".join(parts), values

    # --- entries --------------------------------------------------------------------------------

    def count(self, asked: Asked) -> int:
        """How many entries have a line that is asked for."""
        where, values = self._wanted(asked)
        found: int = self._rows(f"select count(*) from money_entry e where {where}", values)[0][0]
        return found

    def entries(self, asked: Asked, page: int, size: int) -> list[Posting]:
        """One page of the entries asked for, by day, with all their lines."""
        where, values = self._wanted(asked)
        heads = self._rows(
            f"{_HEADS} where {where} order by e.day, e.number limit %s offset %s",
            [*values, size, (page - 1) * size],
        )
        return self._with_lines(heads, asked)

    def every(self, asked: Asked) -> Iterator[Posting]:
        """All the entries asked for, read some thousands at a time."""
        number = 1
        while part := self.entries(asked, number, _AT_A_TIME):
            yield from part
            number += 1

    def entry(self, number: int, as_at: date) -> Posting | None:
        """One entry, if it is this system's, of no later day, and may be seen."""
        everything = Asked(self.system, {}, "", None, None, as_at + timedelta(1))
        where, values = self._wanted(everything)
        heads = self._rows(f"{_HEADS} where e.number = %s and {where}", [number, *values])
        found = self._with_lines(heads, everything)
        return found[0] if found else None

    def import_of(self, number: int) -> Import:
        """What an entry came in by."""
        sha256, name, actor, reason, recorded = self._rows(
            "select i.sha256, i.name, i.actor, i.reason, i.recorded from money_import i "
            "join money_entry e on e.import = i.number where e.number = %s",
            [number],
        )[0]
        return Import(sha256, name, actor, reason, _instant(recorded))

    def _wanted(self, asked: Asked) -> tuple[str, list[Any]]:
        days, values = self._dated(asked)
        where, more = self._tagged(asked)
        lines = "select l.entry from money_tags t join money_line l on l.tags = t.number where"
        return f"{days} and e.number in ({lines} {where})", [*values, *more]

    def _with_lines(self, heads: list[tuple[Any, ...]], asked: Asked) -> list[Posting]:
        if not heads:
            return []
        marks = ", ".join(["%s"] * len(heads))
        rows = self._rows(
            f"select l.entry, t.account, l.pence, t.body, t.fund, t.scheme, t.partner, t.decision "
            "from money_line l join money_tags t on t.number = l.tags "
            f"where l.entry in ({marks}) order by l.entry, l.line",
            [head[0] for head in heads],
        )
        lines: dict[int, list[Shown]] = {}
        for number, *line in rows:
            made = Line(*line)
            lines.setdefault(number, []).append(Shown(made, _fits(made, asked)))
        visible = self._visible({each for head in heads for each in head[4:] if each})
        return [
            Posting(
                number, _date(day), what, key, reverses if reverses in visible else 0,
                undone if undone in visible else 0, tuple(lines[number]),
            )
            for number, day, what, key, reverses, undone in heads
        ]  # fmt: skip

    def _visible(self, numbers: Iterable[int]) -> set[int]:
        """Those of some entries that may be shown."""
        wanted = list(numbers)
        if not wanted:
            return set()
        out, values = self._left_out()
        marks = ", ".join(["%s"] * len(wanted))
        rows = self._rows(
            f"select e.number from money_entry e where e.number in ({marks})"
            + (f" and not {out}" if out else ""),
            [*wanted, *values],
        )
        return {row[0] for row in rows}


_HEADS = (
    "select e.number, e.day, e.what, e.key, e.reverses, "
    "coalesce((select u.number from money_entry u where u.reverses = e.number "
    "and u.reverses > 0), 0) from money_entry e"
)


def _fits(line: Line, asked: Asked) -> bool:
    own: Mapping[str, str] = line._asdict()
    return line.body.startswith(f"{asked.system}/") and all(
        own[tag] == value for tag, value in asked.tags.items()
    )


def _spans(begins: date | None, ends: date) -> tuple[int | None, int, list[tuple[date, date]]]:
    """Days as whole months (from, to, half-open; none: open) and the days beside them by month."""
    last, turned = month_of(ends), ends.replace(day=1)
    if begins is None:
        return None, last, [(turned, ends)] if turned < ends else []
    first, opens = month_of(begins), begins
    if begins.day > 1:
        first, opens = first + 1, _first_of(month_of(begins) + 1)
    if first > last:
        return first, first, [(begins, ends)] if begins < ends else []
    edges = [(begins, opens), (turned, ends)]
    return first, last, [each for each in edges if each[0] < each[1]]


def _first_of(month: int) -> date:
    """The first day of a month counted as one number."""
    return date(month // 12, month % 12 + 1, 1)


def _instant(microseconds: int) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=microseconds)


def _date(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day
