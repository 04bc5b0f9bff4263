"""Reading the ledger for a viewer: totals, entries and lines, with what is kept back left out.

Totals come from the balances of whole months; only the days of a month that is not whole, and what
must be left out, are added up from lines.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connections

from commonweal.money.ledger import TAGS, Line, month_of
from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot
from commonweal_site.record import shelf

from .addresses import entries_address
from .asked import Asked
from .kept_back import kept_back

_AT_A_TIME = 5_000


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


class _Cut(NamedTuple):
    """The tags of a ledger for a kind of viewer.

    hidden  numbers of the sets of tags that are kept back
    names   what lines of the system are tagged by, for each tag, where the viewer may see it
    """

    hidden: tuple[int, ...]
    names: Mapping[str, set[str]]


@remembered
def _cuts(snapshot: Snapshot) -> dict[Any, _Cut]:
    del snapshot
    return {}


def _cut_of(
    snapshot: Snapshot, system: str, systems: frozenset[str], rows: list[tuple[Any, ...]]
) -> _Cut:
    hidden = kept_back(snapshot, {name for row in rows for name in row[2:]}, systems)
    shown = [row for row in rows if hidden.isdisjoint(row[2:])]
    own = [row[1:] for row in shown if row[2].startswith(f"{system}/")]
    names = {tag: {row[at] for row in own if row[at]} for at, tag in enumerate(TAGS)}
    return _Cut(tuple({row[0] for row in rows} - {row[0] for row in shown}), names)


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
        cut = self._cut(snapshot, systems)
        self._hidden, self.names = list(cut.hidden), cut.names
        self._known = None if known is None else self._imports_known(known)

    @property
    def posted(self) -> datetime | None:
        """When the ledger was last posted to; none if nothing ever was."""
        newest = self._rows("select max(recorded) from money_import")[0][0]
        return _instant(newest) if newest else None

    def _cut(self, snapshot: Snapshot, systems: frozenset[str]) -> "_Cut":
        """What of the ledger's tags a viewer may see; looked at anew when there are new ones."""
        newest = self._rows("select coalesce(max(number), 0) from money_tags")[0][0]
        known, key = _cuts(snapshot), (self.using, self.system, systems, newest)
        if key not in known:
            rows = self._rows(f"select number, {', '.join(TAGS)} from money_tags order by number")
            known[key] = _cut_of(snapshot, self.system, systems, rows)
        return known[key]

    def _rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with connections[self.using].cursor() as cursor:
            cursor.execute(sql, parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows

    def _imports_known(self, known: datetime) -> int:
        """The number of the last import by an instant."""
        found = self._rows(
            "select coalesce(max(number), 0) from money_import where recorded <= %s",
            [(known - _instant(0)) // timedelta(microseconds=1)],
        )
        last: int = found[0][0]
        return last

    # --- what is left out, and what is asked for ------------------------------------------------

    def _kept_back(self, entry: str) -> tuple[str, list[Any]]:
        """The entries that are kept back from the viewer; empty if none is."""
        if not self._hidden:
            return "", []
        marks = ", ".join(["%s"] * len(self._hidden))
        return f"{entry} in (select entry from money_line where tags in ({marks}))", self._hidden

    def _shown(self) -> tuple[str, list[Any]]:
        """The entries that were known and are not kept back."""
        out, values = self._kept_back("e.number")
        parts = [f"not {out}"] if out else []
        if self._known is not None:
            parts, values = [*parts, "e.import <= %s"], [*values, self._known]
        return " and ".join(["true", *parts]), values

    def _tagged(self, asked: Asked) -> tuple[str, list[Any]]:
        """The sets of tags that are asked for."""
        only = [f"t.{tag} = %s" for tag in asked.tags]
        return " and ".join(["t.body like %s", *only]), [f"{self.system}/%", *asked.tags.values()]

    def _dated(self, asked: Asked) -> tuple[str, list[Any]]:
        """The entries of the days asked for that are shown."""
        shown, values = self._shown()
        parts = ["e.day < %s", *(["e.day >= %s"] if asked.begins else [])]
        days: list[Any] = [asked.ends, *([asked.begins] if asked.begins else [])]
        return " and ".join([*parts, shown]), days + values

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
        months: dict[str, int | None] = {
            "month < %s": last, "month >= %s": first, "import <= %s": self._known
        }  # fmt: skip
        whole = {words: value for words, value in months.items() if value is not None}
        where = " and ".join(whole)
        values: list[Any] = list(whole.values())
        parts = [f"select tags, month, pence, lines as n from money_balance where {where}"]
        lines = "money_line l join money_entry e on e.number = l.entry"
        shown, known = self._shown()
        for begins, ends in edges:
            parts.append(
                f"select l.tags, l.month, l.pence, 1 from {lines} "
                f"where l.month = %s and e.day >= %s and e.day < %s and {shown}"
            )
            values += [month_of(begins), begins, ends, *known]
        out, hidden = self._kept_back("l.entry")
        if out:
            parts.append(
                f"select l.tags, l.month, -l.pence, -1 from {lines} where {where} and {out}"
            )
            values += [*whole.values(), *hidden]
        return " union all ".join(parts), values

    # --- entries --------------------------------------------------------------------------------

    def count(self, asked: Asked, most: int) -> int:
        """How many entries have a line that is asked for; one above the most is more than that."""
        where, values = self._wanted(asked)
        counted = f"select 1 as one from money_entry e where {where} limit %s"
        found: int = self._rows(f"select count(*) from ({counted}) c", [*values, most + 1])[0][0]
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
        lines = "money_tags t join money_line l on l.tags = t.number where"
        # One fund has few entries: they are found by their tags. Of a whole system nearly every
        # entry is wanted: they are read by day, and each is looked at.
        if asked.tags.keys() - {"account", "body"}:
            return f"{days} and e.number in (select l.entry from {lines} {where})", values + more
        each = f"exists (select 1 from {lines} l.entry = e.number and {where})"
        return f"{days} and {each}", values + more

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
        shown, values = self._shown()
        marks = ", ".join(["%s"] * len(wanted))
        rows = self._rows(
            f"select e.number from money_entry e where e.number in ({marks}) and {shown}",
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
