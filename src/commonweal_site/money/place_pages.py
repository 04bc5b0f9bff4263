"""Where the money of a place goes, for whoever lives there; and what nothing explains."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from commonweal.money.pence import signed
from commonweal.record.manuscript import Chart
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words, period
from commonweal_site.drawings.money_bars import NARROW, WIDE, money_bars
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Grid, grid
from commonweal_site.pages import Twins, as_csv, as_json, page, the_day, the_snapshot, wants
from commonweal_site.record.entity import absent, crumbs
from commonweal_site.record.presenting import Link, link_to, path_of, system_name
from commonweal_site.words import capital, count

from .asked import BadQuestion
from .following import Followed, Pot, Went, about, chart, follow, year_shown, years_of
from .ledger_pages import kept_as, the_reading
from .places import WORD, followed, places_of

HEADS = (
    "place year what id name planned_pence spent_pence decision outcome entries as_at known"
).split()


class Told(NamedTuple):
    """A place's money as a page shows it.

    told         sentences that say it in short
    grids        tables, each with where to go on from it
    pictures     the drawing, for a wide screen and a narrow one; none without sums
    unexplained  what nothing that is shown explains, each with the place to look
    """

    name: str
    path: str
    told: tuple[str, ...]
    pictures: tuple[Markup, Markup] | None
    note: str
    grids: tuple[tuple[Grid, tuple[Link, ...]], ...]
    unexplained: tuple[tuple[str, tuple[Link, ...]], ...]


def goes(request: HttpRequest, system: str, kind: str, slug: str) -> HttpResponse:
    """Where the money of a place, or of the places of a body, goes."""
    snapshot, name = the_snapshot(request), f"{system}/{kind}/{slug}"
    if snapshot.get(name) is None:
        return absent(request, snapshot, name)
    places = places_of(snapshot, name)
    if not places:
        return _others(request, snapshot, system, name)
    years = years_of(snapshot, places)
    year = _year(request, snapshot, years)
    reading = the_reading(request, snapshot, system)
    found = [follow(snapshot, reading, place, year) for place in places]
    if wants(request) != "html":
        return _twin(request, snapshot, name, found)
    base, query = f"/{name}/{WORD}", f"?year={year.replace('/', '-')}" if year else ""
    return page(
        request, "money/place.jinja", f"Where the money goes: {snapshot.name(name)}",
        crumbs=[*crumbs(snapshot, name), Crumb(snapshot.name(name), path_of(name))],
        twins=Twins(f"{base}.json{query}", f"{base}.csv{query}"),
        permanent=kept_as(request, f"{base}/{query}", snapshot, reading),
        invented=system in snapshot.invented, year=year,
        years=[(each, f"{base}/?year={each.replace('/', '-')}") for each in years],
        places=[_told(snapshot, each) for each in found],
        ledger=f"/{system}/ledger/", document=f"/{system}/money/",
    )  # fmt: skip


def _year(request: HttpRequest, snapshot: Snapshot, years: list[str]) -> str | None:
    given = request.GET.get("year", "").strip().replace("-", "/")
    if not given:
        return year_shown(snapshot, years)
    if given in years:
        return given
    have = ", ".join(years).replace("/", "-") or "no year"
    raise BadQuestion(
        f"No money of ‘{given.replace('/', '-')}’ is on record for it. On record: {have}."
    )


def _others(request: HttpRequest, snapshot: Snapshot, system: str, name: str) -> HttpResponse:
    """Of what is no place with money on record: the places of its system that are."""
    found = sorted(
        (snapshot.name(each), f"/{each}/{WORD}/")
        for each in followed(snapshot)
        if each.startswith(f"{system}/")
    )
    if wants(request) != "html":
        return as_json({"of": name, "places": []})
    return page(
        request, "money/places.jinja", f"Where the money goes: {snapshot.name(name)}",
        crumbs=[*crumbs(snapshot, name), Crumb(snapshot.name(name), path_of(name))],
        twins=Twins(f"/{name}/{WORD}.json"), invented=system in snapshot.invented,
        found=found, called=system_name(snapshot, system),
        ledger=f"/{system}/ledger/", document=f"/{system}/money/",
    )  # fmt: skip


# --- in words -------------------------------------------------------------------------------------


def _told(snapshot: Snapshot, told: Followed) -> Told:
    said = tuple(capital(each) for each in _in_short(snapshot, told))
    drawn = chart(snapshot, told, " ".join(said))
    return Told(
        snapshot.name(told.place), path_of(told.place), said,
        (Markup(money_bars(drawn, WIDE)), Markup(money_bars(drawn, NARROW))) if drawn else None,  # noqa: S704  # our own drawing
        _beneath(told, drawn),
        ((_passed_on(snapshot, told), ()),
         *((_fund(snapshot, pot, told.year), _onwards(snapshot, pot)) for pot in told.pots)),
        tuple(_unexplained(snapshot, told)),
    )  # fmt: skip


def _beneath(told: Followed, drawn: Chart | None) -> str:
    """What stands beneath the drawing."""
    if drawn is None:
        return ""
    parts = "The whole, and its parts one after the other" if told.passed_on else "On one scale"
    return f"{drawn.title}. {parts}. The tables say the same."


def _in_short(snapshot: Snapshot, told: Followed) -> Iterator[str]:
    name, when = snapshot.name(told.place), f" for {told.year}" if told.year else ""
    if not told.allocations:
        yield f"No sum passed on to {name}{when} is on record."
    elif told.passed_on is None:
        yield f"Money was passed on to {name}{when}; how much is not recorded."
    else:
        yield f"{about(told.passed_on, exact=told.exact)} was passed on to {name}{when}."
    sums = [pot.total for pot in told.pots]
    stated = [each for each in sums if each is not None]
    if not sums:
        yield "No fund of it is on record."
    elif len(stated) == len(sums):
        exact = all(pot.exact for pot in told.pots)
        funds = "one fund" if len(sums) == 1 else count(len(sums), "fund")
        yield f"{about(sum(stated), exact=exact)} is in {funds} of its own."
    if told.left and told.left > 0:
        yield f"{about(told.left, exact=told.exact)} is in no fund that is shown."
    if told.left and told.left < 0:
        yield f"Its funds come to {about(-told.left, exact=told.exact)} more than was passed on."


def _passed_on(snapshot: Snapshot, told: Followed) -> Grid:
    rows = (
        (
            Link(fact.label(snapshot.name), f"/{name}"),
            link_to(snapshot, fact.giver) if fact.giver else None,
            None if fact.stream == "not stated" else capital(fact.stream),
            fact.sum.in_words() if fact.sum else None,
        )
        for name, fact in told.allocations
    )
    heads = ("What", "From", "Stream", "Sum")
    return grid("What was passed on", heads, rows, empty="No sum passed on to it is on record.")


def _fund(snapshot: Snapshot, pot: Pot, year: str | None) -> Grid:
    rows = [
        (
            link_to(snapshot, each.scheme), None if each.planned is None else signed(each.planned),
            _spent(each), link_to(snapshot, each.decision) if each.decision else None,
            each.outcome,
        )
        for each in pot.schemes
    ]  # fmt: skip
    heads = ("Scheme", "Planned", "Spent", "Decided by", "To achieve")
    return grid(
        snapshot.name(pot.fund), heads, rows, empty="No scheme that is shown is paid from it.",
        intro=" ".join(_of_fund(snapshot, pot, year)),
    )  # fmt: skip


def _spent(each: Went) -> Link:
    return Link("None posted") if each.spent is None else Link(signed(each.spent), each.entries)


def _onwards(snapshot: Snapshot, pot: Pot) -> tuple[Link, ...]:
    name = snapshot.name(pot.fund)
    return (
        link_to(snapshot, pot.fund, f"{name}: what it is and who puts in"),
        Link(f"{name}: what came in and went out", pot.sums),
    )


def _of_fund(snapshot: Snapshot, pot: Pot, year: str | None) -> Iterator[str]:
    mode = "" if pot.fact.type == "not stated" else f"{pot.fact.type} "
    total = pot.fact.total.in_words() if pot.fact.total else "a sum that is not recorded"
    by = pot.fact.governed_by
    whose = f", governed by {snapshot.name(by)}" if by and snapshot.get(by) else ""
    article = "An" if mode[:1] in set("aeiou") else "A"
    yield f"{article} {mode}fund of {total}{f' for {year}' if year else ''}{whose}."
    planned = [each.planned for each in pot.schemes if each.planned is not None]
    if planned and len(planned) == len(pot.schemes):
        yield f"Its schemes are planned to cost {signed(sum(planned))} together."
    if pot.spent is not None:
        yield f"{signed(pot.spent)} was spent from it by {_last_day(snapshot, year)}."
        if pot.total is not None and pot.spent > pot.total:
            over = about(pot.spent - pot.total, exact=pot.exact)
            yield f"That is {over} more than it comes to."


def _last_day(snapshot: Snapshot, year: str | None) -> str:
    """The last day that counts, in words."""
    last = period(year)[1] - timedelta(1) if year else snapshot.as_at
    return day_in_words(min(last, snapshot.as_at))


type _Said = tuple[str, tuple[Link, ...]]


def _unexplained(snapshot: Snapshot, told: Followed) -> Iterator[_Said]:
    """What is left over, each with the places to look."""
    if told.left and told.left > 0:
        much = capital(about(told.left, exact=told.exact))
        yield f"{much} was passed on and is in no fund that is shown.", ()
    for pot in told.pots:
        yield from _of_pot(snapshot, pot)


def _of_pot(snapshot: Snapshot, pot: Pot) -> Iterator[_Said]:
    name = snapshot.name(pot.fund)
    if pot.unplanned is None:
        yield f"{name}: what is planned for no scheme cannot be told, as a sum is missing.", ()
    elif pot.unplanned > 0:
        much = about(pot.unplanned, exact=pot.exact)
        yield f"{name}: {much} is planned for no scheme that is shown.", ()
    elif pot.unplanned < 0:
        much = about(-pot.unplanned, exact=pot.exact)
        yield f"{name}: its schemes are planned to cost {much} more than it comes to.", ()
    if pot.otherwise:
        entries = (Link("see the entries", pot.entries_otherwise),)
        yield f"{name}: {signed(pot.otherwise)} was spent on no scheme that is shown:", entries
    undecided = tuple(link_to(snapshot, e.scheme) for e in pot.schemes if e.decision is None)
    if undecided:
        yield f"{name}: no decision that is shown authorised", undecided
    aimless = tuple(link_to(snapshot, e.scheme) for e in pot.schemes if e.outcome is None)
    if aimless:
        yield f"{name}: not recorded is what is to be achieved by", aimless


# --- twins ----------------------------------------------------------------------------------------


def _twin(
    request: HttpRequest, snapshot: Snapshot, name: str, found: list[Followed]
) -> HttpResponse:
    if wants(request) == "csv":
        rows = [row for each in found for row in _rows(request, snapshot, each)]
        return as_csv(f"{name.replace('/', '-')}-{WORD}", HEADS, rows)
    day = the_day(request)
    return as_json(
        {
            "of": name, "as_at": day.as_at.isoformat(), "known": day.known_text or None,
            "year": found[0].year, "places": [_as_data(each) for each in found],
        }
    )  # fmt: skip


def _as_data(told: Followed) -> dict[str, Any]:
    return {
        "place": told.place,
        "passed_on_pence": told.passed_on,
        "exact": told.exact,
        "allocations": [name for name, _ in told.allocations],
        "in_no_fund_pence": told.left,
        "funds": [
            {
                "id": pot.fund, "pence": pot.total, "spent_pence": pot.spent,
                "planned_for_no_scheme_pence": pot.unplanned,
                "spent_on_no_scheme_pence": pot.otherwise, "entries": pot.entries,
                "schemes": [each._asdict() for each in pot.schemes],
            }
            for pot in told.pots
        ],
    }  # fmt: skip


def _rows(request: HttpRequest, snapshot: Snapshot, told: Followed) -> Iterator[dict[str, Any]]:
    day = the_day(request)
    given = {
        "place": told.place, "year": told.year or "", "as_at": day.as_at.isoformat(),
        "known": day.known_text,
    }  # fmt: skip

    def row(what: str, name: str = "", **more: Any) -> dict[str, Any]:
        return given | {"what": what, "id": name, "name": name and snapshot.name(name)} | more

    for name, fact in told.allocations:
        yield row("passed on", name, planned_pence=fact.sum.pence if fact.sum else None)
    for pot in told.pots:
        yield row(
            "fund", pot.fund, planned_pence=pot.total, spent_pence=pot.spent, entries=pot.entries
        )
        for each in pot.schemes:
            yield row(
                "scheme", each.scheme, planned_pence=each.planned, spent_pence=each.spent,
                decision=each.decision, outcome=each.outcome, entries=each.entries,
            )  # fmt: skip
        yield row(
            "for no scheme", pot.fund, planned_pence=pot.unplanned, spent_pence=pot.otherwise,
            entries=pot.entries_otherwise,
        )  # fmt: skip
    yield row("in no fund", planned_pence=told.left)
