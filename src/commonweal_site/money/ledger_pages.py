"""The ledger on the site: entries, one entry, and totals whose every figure opens to entries."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse

from commonweal.meetings.decided import Decision
from commonweal.money.ledger import ACCOUNTS, Account, Line
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words
from commonweal_site.day import Day
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.decisions import sentence
from commonweal_site.meetings.laid_out import Grid, grid
from commonweal_site.pages import (
    Twins,
    as_csv,
    as_json,
    page,
    page_number,
    the_day,
    the_snapshot,
    wants,
)
from commonweal_site.record.entity import absent
from commonweal_site.record.presenting import Link, link_to, system_name
from commonweal_site.viewer import viewer
from commonweal_site.words import capital
from commonweal_site.words import count as in_number

from .addresses import NO_TAG, entry_address
from .asked import KINDS, TITLES, Asked, BadQuestion, asked_of, in_words
from .reading import Posting, Reading, Total
from .said import days_of, month_said, month_stated, said

A_PAGE = 25
COUNTED = 10_000
"""Up to so many entries are counted; of more, only the sums are told, which are exact."""

MOST = 100_000
"""As many entries as one table for a spreadsheet has."""

BY = ("body", "fund", "scheme", "partner", "decision", "account", "month")
"""What the totals can be of."""

NONE = {
    "fund": "In no fund", "scheme": "For no scheme", "partner": "With no partner",
    "decision": "No decision is stated",
}  # fmt: skip

HEADS = ("entry day what account pence body fund scheme partner decision key as_at known").split()


def the_reading(request: HttpRequest, snapshot: Snapshot, system: str) -> Reading:
    """The ledger of a system as the viewer sees it, as posted by the instant asked about."""
    return Reading(snapshot, system, systems=viewer(request).systems, known=the_day(request).known)


def kept_as(request: HttpRequest, path: str, snapshot: Snapshot, reading: Reading) -> str:
    """The address of a page as it now reads, whatever is recorded or posted later."""
    day = the_day(request)
    instant = day.known or max(filter(None, [snapshot.known, reading.posted]))
    return request.build_absolute_uri(Day(day.as_at, instant, date.min).link(path))


def _title(snapshot: Snapshot, system: str) -> str:
    return f"Ledger: {system_name(snapshot, system)}"


def _crumbs(snapshot: Snapshot, system: str, *more: Crumb) -> list[Crumb]:
    return [Crumb(system_name(snapshot, system), f"/{system}/"), *more]


# --- entries --------------------------------------------------------------------------------------


def ledger(request: HttpRequest, system: str) -> HttpResponse:
    """The entries of a system's ledger, narrowed as asked."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return absent(request, snapshot, f"{system}/area/system")
    reading = the_reading(request, snapshot, system)
    asked = asked_of(request.GET, snapshot, system, reading.names)
    if wants(request) == "csv":
        return as_csv(f"{system}-ledger", HEADS, _rows(request, reading, asked))
    count, number = reading.count(asked, COUNTED), page_number(request)
    entries = reading.entries(asked, number, A_PAGE)
    sums = reading.totals(["account"], asked)
    pages = (number, max(1, -(-count // A_PAGE)))
    if wants(request) == "json":
        pages_of = pages[1] if count <= COUNTED else None
        found = {"count": count if pages_of else None, "page": number, "pages": pages_of}
        return as_json(_asked_for(request, asked) | found | _as_data(asked, sums, entries))
    query = f"?{asked.query}" if asked.query else ""
    base = f"/{system}/ledger"
    return page(
        request, "money/ledger.jinja", _title(snapshot, system),
        crumbs=_crumbs(snapshot, system), invented=system in snapshot.invented,
        twins=Twins(f"{base}.json{query}", f"{base}.csv{query}"),
        permanent=kept_as(request, asked.address(), snapshot, reading),
        asked=asked, which=in_words(asked, snapshot), count=_how_many(count), many=count > COUNTED,
        here_path=f"{base}/",
        choices=_choices(snapshot, reading, asked), begins=asked.begins, until=asked.until,
        sums=_sums(asked, sums), by=_by(asked), table=_entries(snapshot, system, entries),
        on_this_page=_on_this_page(entries), pages=pages, path=_more(asked),
    )  # fmt: skip


def _how_many(count: int) -> str:
    return in_number(count, "entry") if count <= COUNTED else f"More than {COUNTED:,} entries"


def _more(asked: Asked) -> str:
    address = asked.address()
    return f"{address}{'&' if '?' in address else '?'}"


def _choices(
    snapshot: Snapshot, reading: Reading, asked: Asked
) -> list[tuple[str, str, list[tuple[str, str]], str]]:
    """What the entries can be narrowed by: the field, its title, its values, and the one asked."""
    accounts: list[str] = [each for each in ACCOUNTS if each in reading.names["account"]]
    found = [("account", TITLES["account"], [(each, each.capitalize()) for each in accounts])]
    for tag in KINDS:
        named = sorted(
            (snapshot.name(name), _slug(asked.system, name)) for name in reading.names[tag]
        )
        none = [] if tag == "body" else [(NO_TAG, NONE[tag])]
        found.append((tag, TITLES[tag], [(slug, called) for called, slug in named] + none))
    given = {
        tag: _slug(asked.system, value) if value else NO_TAG for tag, value in asked.tags.items()
    }
    return [(*each, given.get(each[0], "")) for each in found]


def _slug(system: str, name: str) -> str:
    return name.rpartition("/")[2] if name.startswith(f"{system}/") else name


def _sums(asked: Asked, sums: list[Total]) -> Grid:
    """What the entries come to, account by account, and that it foots."""
    rows: list[tuple[Any, ...]] = [
        (
            each.tags[0].capitalize(),
            Link(capital(said(each.tags[0], each.pence)), asked.address(account=each.tags[0])),
            f"{each.lines:,}",
        )
        for each in sums
    ]
    return grid(
        "What it comes to", ("Account", "Sum", "Lines"), rows,
        empty="No entry that is shown is as asked.", intro=_footing(asked, sums),
    )  # fmt: skip


def _footing(asked: Asked, sums: list[Total]) -> str:
    """Whether the accounts come to nothing together, as whole entries must."""
    left = sum(each.pence for each in sums)
    if len(sums) < 2 or left:  # noqa: PLR2004  # one account alone does not come to nothing
        return ""
    return "All accounts together come to nothing: what one is given, another gives."


def _by(asked: Asked) -> list[tuple[str, str]]:
    """Where these entries stand added up by each tag."""
    query = f"?{asked.query}" if asked.query else ""
    return [(TITLES[tag], f"/{asked.system}/ledger/by/{tag}/{query}") for tag in BY]


def _entries(snapshot: Snapshot, system: str, entries: list[Posting]) -> Grid:
    """The lines asked for, each under its entry's name."""
    rows = (
        (
            (Link(day_in_words(each.day)), Link(each.what, entry_address(system, each.number)),
             *_standing(system, each)),
            link_to(snapshot, line.body), said(cast(Account, line.account), line.pence),
            tuple(_tags(snapshot, line)) or "None",
        )
        for each in entries
        for line, counted in each.lines
        if counted
    )  # fmt: skip
    return grid(
        "Entries", ("Entry", "In whose books", "Sum", "Details"), rows,
        empty="No entry that is shown is as asked.",
        intro="Only the lines asked for are listed. An entry opens to all of them.",
    )  # fmt: skip


def _standing(system: str, each: Posting) -> Iterator[Link]:
    if each.reverses:
        yield Link(f"Reverses entry {each.reverses}", entry_address(system, each.reverses))
    if each.reversed_by:
        yield Link(f"Reversed by entry {each.reversed_by}", entry_address(system, each.reversed_by))


def _tags(snapshot: Snapshot, line: Line) -> Iterator[Link]:
    """What a line is tagged by beside its body."""
    own = line._asdict()
    for tag in ("fund", "scheme", "partner", "decision"):
        if name := own[tag]:
            path = f"/{name}" if snapshot.get(name) else ""
            yield Link(snapshot.name(name), path, label=TITLES[tag])


def _on_this_page(entries: list[Posting]) -> list[str]:
    """What the lines on the page come to, by account."""
    sums: dict[Account, int] = {}
    for each in entries:
        for line, counted in each.lines:
            if counted:
                account = cast(Account, line.account)
                sums[account] = sums.get(account, 0) + line.pence
    return [said(account, sums[account]) for account in ACCOUNTS if account in sums]


def _as_data(asked: Asked, sums: list[Total], entries: list[Posting]) -> dict[str, Any]:
    return {
        "totals": [
            {"account": each.tags[0], "pence": each.pence, "lines": each.lines} for each in sums
        ],
        "entries": [entry_as_data(each) for each in entries],
    }


def _asked_for(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    day = the_day(request)
    return {
        "system": asked.system,
        "as_at": day.as_at.isoformat(),
        "known": day.known_text or None,
        "tags": dict(asked.tags),
        "from": asked.begins.isoformat() if asked.begins else None,
        "to": asked.ends.isoformat(),
    }


def entry_as_data(each: Posting) -> dict[str, Any]:
    """An entry with all its lines; `counted` says which of them were asked for."""
    return {
        "entry": each.number, "day": each.day.isoformat(), "what": each.what,
        "key": each.key or None, "reverses": each.reverses or None,
        "reversed_by": each.reversed_by or None,
        "lines": [
            {**{tag: value or None for tag, value in line._asdict().items()}, "counted": counted}
            for line, counted in each.lines
        ],
    }  # fmt: skip


def _rows(request: HttpRequest, reading: Reading, asked: Asked) -> Iterator[dict[str, Any]]:
    """Every line asked for, whatever the page."""
    if reading.count(asked, MOST) > MOST:
        raise BadQuestion(
            f"These are more than {MOST:,} entries, which is as many as one table holds. "
            "Ask for one fund, body or year."
        )
    day = the_day(request)
    given = {"as_at": day.as_at.isoformat(), "known": day.known_text}
    return (
        {
            "entry": each.number, "day": each.day.isoformat(), "what": each.what, "key": each.key,
            **line._asdict(), **given,
        }
        for each in reading.every(asked)
        for line, counted in each.lines
        if counted
    )  # fmt: skip


# --- one entry ------------------------------------------------------------------------------------


def entry(request: HttpRequest, system: str, number: str) -> HttpResponse:
    """One entry with all its lines, what it came in by and what authorised it."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return absent(request, snapshot, f"{system}/area/system")
    reading = the_reading(request, snapshot, system)
    found = reading.entry(int(number), snapshot.as_at)
    if found is None:
        called, day = system_name(snapshot, system), day_in_words(snapshot.as_at)
        raise Http404(f"The ledger of {called} shows no entry {number} as at {day}.")
    came = reading.import_of(found.number)
    if wants(request) == "json":
        return as_json(
            {
                "system": system, **entry_as_data(found),
                "import": {**came._asdict(), "recorded": came.recorded.isoformat()},
            }
        )  # fmt: skip
    path = entry_address(system, found.number)
    return page(
        request, "money/entry.jinja", f"Entry {found.number:,}: {found.what}",
        crumbs=_crumbs(snapshot, system, Crumb("Ledger", f"/{system}/ledger/")),
        invented=system in snapshot.invented, twins=Twins(f"{path}.json"),
        permanent=kept_as(request, path, snapshot, reading),
        entry=found, came=came, standing=tuple(_standing(system, found)),
        is_file=len(came.sha256) == _HASH, lines=_lines(snapshot, found),
        decisions=_decisions(snapshot, found),
    )  # fmt: skip


_HASH = 64
"""Letters of a file's hash; an entry made by hand has none."""


def _lines(snapshot: Snapshot, found: Posting) -> Grid:
    return grid(
        "Its lines", ("In whose books", "Account", "Sum", "Details"),
        (
            (
                link_to(snapshot, line.body), line.account.capitalize(),
                said(cast(Account, line.account), line.pence),
                tuple(_tags(snapshot, line)) or "None",
            )
            for line, _ in found.lines
        ),
        intro="Together they come to nothing: every penny comes from somewhere and goes somewhere.",
    )  # fmt: skip


def _decisions(snapshot: Snapshot, found: Posting) -> list[tuple[Link, str, str]]:
    """What authorised it: the decision of a line, or of its scheme; its sentence; by which way."""
    told: dict[str, tuple[Link, str, str]] = {}
    for line, _ in found.lines:
        scheme = snapshot.get(line.scheme) if line.scheme else None
        for name, way in (
            (line.decision, "Named by the entry."),
            (getattr(scheme, "decision", None), "Authorised the scheme that it is spent on."),
        ):
            fact = snapshot.get(name) if name else None
            if name and isinstance(fact, Decision) and name not in told:
                told[name] = (link_to(snapshot, name), sentence(snapshot, name, fact), way)
    return list(told.values())


# --- totals ---------------------------------------------------------------------------------------


def totals(request: HttpRequest, system: str, by: str) -> HttpResponse:
    """Totals of a system's ledger by one tag or by month; every figure opens to its entries."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return absent(request, snapshot, f"{system}/area/system")
    reading = the_reading(request, snapshot, system)
    asked = asked_of(request.GET, snapshot, system, reading.names)
    found = reading.totals([by, "account"] if by != "account" else ["account"], asked)
    if wants(request) != "html":
        return _totals_as_data(request, asked, by, found)
    base, query = f"/{system}/ledger/by/{by}", f"?{asked.query}" if asked.query else ""
    return page(
        request, "money/totals.jinja",
        f"Ledger by {TITLES[by][:1].lower()}{TITLES[by][1:]}: {system_name(snapshot, system)}",
        crumbs=_crumbs(snapshot, system, Crumb("Ledger", f"/{system}/ledger/")),
        invented=system in snapshot.invented, which=in_words(asked, snapshot),
        twins=Twins(f"{base}.json{query}", f"{base}.csv{query}"),
        permanent=kept_as(request, f"{base}/{query}", snapshot, reading),
        table=_crossed(snapshot, asked, by, found), entries=asked.address(), by=_by(asked),
    )  # fmt: skip


def _crossed(snapshot: Snapshot, asked: Asked, by: str, found: list[Total]) -> Grid:
    """Down: what the totals are of. Across: accounts. Foot: each account altogether."""
    across = [each for each in ACCOUNTS if any(total.tags[-1] == each for total in found)]
    cells = {(total.tags[0], total.tags[-1]): total for total in found}
    down = list(dict.fromkeys(total.tags[0] for total in found))
    if by == "account":
        rows: list[Any] = [
            (each.capitalize(), _figure(asked, by, each, cells[each, each])) for each in across
        ]
        return grid("Totals", ("Account", "Sum"), rows, empty=_NOTHING)
    if by != "month":
        down.sort(key=lambda each: (not each, snapshot.name(each) if each else ""))
    rows = [
        (
            _called(snapshot, by, each),
            *(_figure(asked, by, each, cells.get((each, account))) for account in across),
        )
        for each in down
    ]
    foot: Sequence[Any] = ("Altogether", *(_foot(asked, account, found) for account in across))
    heads = (TITLES[by], *(each.capitalize() for each in across))
    return grid("Totals", heads, [*rows, foot] if rows else (), empty=_NOTHING)


_NOTHING = "No entry that is shown is as asked."


def _called(snapshot: Snapshot, by: str, value: Any) -> Link:
    if by == "month":
        return Link(month_said(value))
    if not value:
        return Link(NONE[by])
    return link_to(snapshot, value) if snapshot.get(value) else Link(snapshot.name(value))


def _figure(asked: Asked, by: str, value: Any, total: Total | None) -> Link:
    """A figure that opens to its entries."""
    if total is None:
        return Link("None posted")
    account = total.tags[-1]
    narrowed = {"account": account} if by == "account" else _narrowed(asked, by, value, account)
    return Link(capital(said(account, total.pence)), asked.address(**narrowed))


def _narrowed(asked: Asked, by: str, value: Any, account: str) -> dict[str, Any]:
    if by != "month":
        return {by: value, "account": account}
    first, after = days_of(value)
    return {
        "account": account,
        "year": None,
        "from_": max(first, asked.begins) if asked.begins else first,
        "to": min(after, asked.until) if asked.until else after,
    }


def _foot(asked: Asked, account: Account, found: list[Total]) -> Link:
    pence = sum(total.pence for total in found if total.tags[-1] == account)
    return Link(capital(said(account, pence)), asked.address(account=account))


def _totals_as_data(
    request: HttpRequest, asked: Asked, by: str, found: list[Total]
) -> HttpResponse:
    rows = [
        {
            by: month_stated(each.tags[0]) if by == "month" else each.tags[0] or None,
            "account": each.tags[-1], "pence": each.pence, "lines": each.lines,
        }
        for each in found
    ]  # fmt: skip
    if wants(request) == "csv":
        heads = list(dict.fromkeys([by, "account", "pence", "lines"]))
        return as_csv(f"{asked.system}-ledger-by-{by}", heads, rows)
    return as_json({**_asked_for(request, asked), "by": by, "totals": rows})
