"""How people are involved: what the record shows, who was not asked, every public consultation."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse

from commonweal.plans.asking import Engagement
from commonweal.plans.involving import (
    Coverage,
    Measure,
    coverage,
    exercises,
    put_to_the_public,
    scorecard,
)
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Cell, Grid, grid
from commonweal_site.pages import Twins, as_csv, as_json, not_found, page, the_snapshot, wants
from commonweal_site.record.presenting import Link, link_to, path_of, system_name
from commonweal_site.words import capital, count

from . import telling

_MOST = 4
"""More than so many of one kind are left to the data."""

HEADS = "system question shown of as_at known".split()


def involvement(request: HttpRequest, system: str) -> HttpResponse:
    """How far people of a system are involved."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return not_found(request, f"No system called ‘{system}’ is on record on this day.")
    found, cover = scorecard(snapshot, system), coverage(snapshot, system)
    if wants(request) != "html":
        rows = [_row(snapshot, system, each) for each in found]
        if wants(request) == "csv":
            return as_csv(f"{system}-involvement", HEADS, rows)
        covered = [each._asdict() for each in cover]
        return as_json({"system": system, "measures": rows, "coverage": covered})
    where = system_name(snapshot, system)
    return page(
        request, "plans/involvement.jinja", f"How people are involved: {where}",
        crumbs=[Crumb(where, f"/{system}/"), Crumb("Plans", f"/{system}/plans/")],
        twins=Twins(f"/{system}/involvement.json", f"/{system}/involvement.csv"),
        invented=system in snapshot.invented, lede=lede(snapshot, system, cover), slug=system,
        grids=_grids(snapshot, system, found, cover),
    )  # fmt: skip


def lede(snapshot: Snapshot, system: str, cover: tuple[Coverage, ...]) -> str:
    """How often people were asked, and how many voices were not, in two sentences."""
    held, public = exercises(snapshot, system), put_to_the_public(snapshot, system)
    if not held and not public:
        where = system_name(snapshot, system)
        silent = f"Nothing on record says how people in {where} were involved."
        return f"{silent} They may have been all the same."
    asked = f"{count(len(held), 'time')} people were asked about services"
    first = f"{asked}, and {count(len(public), 'time')} the public was asked about a plan."
    missing = sum(len(each.not_asked) for each in cover)
    of = sum(len(each.asked) for each in cover) + missing
    if not of:
        return first
    verb = "is" if missing == 1 else "are"
    bodies = count(of, "body", "bodies")
    who = f"{bodies} that speak for people or care for them"
    return f"{first} Of {who}, {missing} {verb} not on record as asked."


# --- tables ---------------------------------------------------------------------------------------


def _grids(
    snapshot: Snapshot, system: str, found: tuple[Measure, ...], cover: tuple[Coverage, ...]
) -> list[Grid]:
    """The tables; where nobody was asked at all, only that."""
    each_time = list(_exercises(snapshot, system))
    if not any(table.rows for table in each_time):
        return each_time
    return [_scores(found), _covered(snapshot, cover), *each_time]


def _scores(found: tuple[Measure, ...]) -> Grid:
    rows = ((each.question, _shown(each)) for each in found)
    return grid(
        "What the record shows", ("Question", "Yes, on record"), rows,
        intro="Of the rest nothing is on record. That is no finding that it was not done.",
    )  # fmt: skip


def _shown(each: Measure) -> str:
    if not each.of:
        return "Nothing to ask it of"
    return f"{each.shown} of {each.of}"


def _covered(snapshot: Snapshot, cover: tuple[Coverage, ...]) -> Grid:
    rows = (
        (
            capital(each.kind), f"{len(each.asked)} of {len(each.asked) + len(each.not_asked)}",
            _some(snapshot, each.not_asked) or "—",
        )
        for each in cover
        if each.asked or each.not_asked
    )  # fmt: skip
    return grid(
        "Who was asked, and who was not", ("Who", "Asked", "Not on record as asked"), rows,
        empty="No body that speaks for people is on record here.",
    )  # fmt: skip


def _some(snapshot: Snapshot, found: tuple[str, ...]) -> tuple[Link, ...]:
    more = len(found) - _MOST
    rest = (Link(f"and {more} more"),) if more > 0 else ()
    return (*telling.links_to(snapshot, found[:_MOST]), *rest)


def _exercises(snapshot: Snapshot, system: str) -> Iterator[Grid]:
    held = exercises(snapshot, system)
    yield grid(
        "Each time people were asked",
        ("What", "When", "Made easy by", "Who was not reached", "What they were told"),
        (
            (Link(e.name, path_of(own)), in_words(e.when) if e.when else None, e.made_easy or None,
             "; ".join(e.not_reached) or None, _told(snapshot, e))
            for own, e in held
        ),
        empty="No listening to people is on record.",
    )  # fmt: skip
    yield grid(
        "Public consultations so far", ("On", "Open", "What people said", "What came of it"),
        (
            (link_to(snapshot, e.plan), telling.between(e),
             "Open now" if telling.is_open(e, snapshot) else e.words or None, e.answer or None)
            for _, e in put_to_the_public(snapshot, system)
        ),
        empty="No consultation with the public is on record.",
    )  # fmt: skip


def _told(snapshot: Snapshot, fact: Engagement) -> Cell:
    """The words put to people, and which version of them."""
    if not fact.message:
        return fact.message_version or None
    version = f" ({fact.message_version})" if fact.message_version else ""
    return link_to(snapshot, fact.message, f"{snapshot.name(fact.message)}{version}")


def _row(snapshot: Snapshot, system: str, each: Measure) -> dict[str, Any]:
    return {
        "system": system, "question": each.question, "shown": each.shown, "of": each.of,
        "as_at": snapshot.as_at.isoformat(), "known": snapshot.known.isoformat(),
    }  # fmt: skip
