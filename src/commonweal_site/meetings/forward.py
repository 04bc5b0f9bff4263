"""What is coming and what was: the meetings of a system or body, and their forward plan."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse

from commonweal.bodies.facts import Body
from commonweal.meetings.agenda import agenda, decisions_at
from commonweal.meetings.decided import Decision, Proposal
from commonweal.meetings.facts import Meeting
from commonweal.meetings.notice import notice_of
from commonweal.meetings.planned import Coming, forward_plan
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import planned
from commonweal.record.when import in_words, period
from commonweal_site.jinja import Crumb
from commonweal_site.pages import Twins, as_csv, as_json, page, the_day, the_snapshot, wants
from commonweal_site.record.entity import absent
from commonweal_site.record.presenting import Link, link_to, system_name
from commonweal_site.words import capital

from .decisions import entered
from .laid_out import Grid, grid

NEAR = timedelta(28)
"""How far ahead a plan looks apart: the notice that councils give of key decisions
(Local Authorities (Executive Arrangements) (Meetings and Access to Information) (England)
Regulations 2012, regulation 9)."""

type Held = tuple[str, Meeting]

MEETING_HEADS = "id body when time venue type public notice as_at known".split()
PLAN_HEADS = "when body meeting number what ask item".split()


def meetings_of(snapshot: Snapshot, owner: str) -> list[Held]:
    """The meetings of a body, or of a system, in order of day.

    owner  the identifier of a body, or the slug of a system
    """
    found = (
        (name, fact)
        for name, fact in snapshot.all(Meeting).items()
        if (fact.body == owner if "/" in owner else name.startswith(f"{owner}/"))
    )
    return sorted(found, key=lambda each: (period(each[1].when), each[0]))


def of_system(request: HttpRequest, system: str) -> HttpResponse:
    """The meetings of a system: those to come, then those that were."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return absent(request, snapshot, f"{system}/area/system")
    where = system_name(snapshot, system)
    crumbs = [Crumb(where, f"/{system}/")]
    return _meetings(request, snapshot, system, f"Meetings: {where}", crumbs)


def of_body(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """The meetings and decisions of a body."""
    snapshot, name = the_snapshot(request), f"{system}/body/{slug}"
    if not isinstance(snapshot.get(name), Body):
        return absent(request, snapshot, name)
    called = snapshot.name(name)
    crumbs = [Crumb(system_name(snapshot, system), f"/{system}/"), Crumb(called, f"/{name}")]
    return _meetings(request, snapshot, name, f"Meetings and decisions: {called}", crumbs)


def _meetings(
    request: HttpRequest, snapshot: Snapshot, owner: str, title: str, crumbs: list[Crumb]
) -> HttpResponse:
    found = meetings_of(snapshot, owner)
    if wants(request) != "html":
        return _twin(request, snapshot, owner, found)
    day = the_day(request).as_at
    ahead = [each for each in found if period(each[1].when)[1] > day]
    past = [each for each in reversed(found) if each not in ahead]
    base = f"/{owner}/meetings"
    return page(
        request, "meetings/meetings.jinja", title, crumbs=crumbs,
        twins=Twins(f"{base}.json", f"{base}.csv", f"{base}.atom"),
        invented=system_of(owner) in snapshot.invented, calendar=f"{base}.ics",
        plan=f"/{owner}/forward-plan/", system=system_of(owner),
        grids=[
            _listed(snapshot, "To come", ahead, owner, empty="No meeting to come is on record."),
            _listed(snapshot, "Past meetings", past, owner, empty="No past meeting is on record."),
            *_decided(snapshot, owner),
        ],
    )  # fmt: skip


def _listed(snapshot: Snapshot, title: str, found: list[Held], owner: str, *, empty: str) -> Grid:
    alone = "/" in owner
    heads = ("Day", *(() if alone else ("Body",)), "Where", "Notice", "Items and decisions")
    return grid(
        title, heads, (_meeting(snapshot, each, alone=alone) for each in found), empty=empty
    )


def _meeting(snapshot: Snapshot, held: Held, *, alone: bool) -> tuple[Any, ...]:
    name, fact = held
    time = f", {fact.time}" if fact.time else ""
    items = agenda(snapshot, name)
    made = sum(len(decisions_at(snapshot, own)) for own, _ in items)
    off = {"cancelled": " (cancelled)", "not evidenced": " (no evidence that it was held)"}
    said = f"{len(items) or len(fact.items)} items" + (f", {made} decided or noted" if made else "")
    return (
        Link(f"{capital(in_words(fact.when))}{time}{off.get(fact.type, '')}", f"/{name}"),
        *(() if alone else (link_to(snapshot, fact.body),)),
        fact.venue, capital(notice_of(snapshot, name).outcome), said,
    )  # fmt: skip


def _decided(snapshot: Snapshot, owner: str) -> list[Grid]:
    """What a body decided, the latest first; a system has a register of its own."""
    if "/" not in owner:
        return []
    found = [each for each in entered(snapshot, system_of(owner)) if each.who == owner]
    rows = (
        (
            in_words(each.day.isoformat()) if each.day else None,
            Link(each.fact.name, f"/{each.name}"),
            "Only noted" if each.fact.type == "noted" else capital(each.fact.outcome),
        )
        for each in found
    )
    return [grid("Decisions", ("Day", "What", "Recorded as"), rows)]


def _twin(request: HttpRequest, snapshot: Snapshot, owner: str, found: list[Held]) -> HttpResponse:
    rows = [
        {
            "id": name, "body": fact.body, "when": fact.when, "time": fact.time,
            "venue": fact.venue, "type": fact.type, "public": fact.public, "notice": fact.notice,
            "as_at": snapshot.as_at.isoformat(), "known": snapshot.known.isoformat(),
        }
        for name, fact in found
    ]  # fmt: skip
    if wants(request) == "csv":
        return as_csv(f"{owner.replace('/', '-')}-meetings", MEETING_HEADS, rows)
    return as_json({"of": owner, "count": len(rows), "meetings": rows})


def system_of(owner: str) -> str:
    """The system of an owner of meetings: itself, or that of a body."""
    return owner.partition("/")[0]


# --- the forward plan -----------------------------------------------------------------------------


def plan(request: HttpRequest, system: str, slug: str = "") -> HttpResponse:
    """What is to come to the meetings of a system or body after the day asked about."""
    snapshot, day = the_snapshot(request), the_day(request).as_at
    if system not in snapshot.systems:
        return absent(request, snapshot, f"{system}/area/system")
    body = f"{system}/body/{slug}" if slug else None
    if body and not isinstance(snapshot.get(body), Body):
        return absent(request, snapshot, body)
    coming = [
        each
        for each in forward_plan(snapshot, day, body=body)
        if body or each.meeting.startswith(f"{system}/")
    ]
    if wants(request) != "html":
        return _plan_twin(request, system, coming)
    called = snapshot.name(body) if body else system_name(snapshot, system)
    base = f"/{body or system}/forward-plan"
    near = [each for each in coming if period(each.when)[0] <= day + NEAR]
    return page(
        request, "meetings/grids.jinja", f"Forward plan: {called}",
        crumbs=[Crumb(system_name(snapshot, system), f"/{system}/")],
        invented=system in snapshot.invented, twins=Twins(f"{base}.json", f"{base}.csv"),
        lede="What is to come before meetings after the day at the top of the page, as far as it "
        "has been announced.",
        grids=[
            _coming(snapshot, "Within 28 days", near),
            _coming(snapshot, "Later", [each for each in coming if each not in near]),
            _key(snapshot, system, body, day),
            _on_their_way(snapshot, system, body, day),
        ],
    )  # fmt: skip


def _coming(snapshot: Snapshot, title: str, found: Iterable[Coming]) -> Grid:
    rows = (
        (
            Link(capital(in_words(each.when)), f"/{each.meeting}"), link_to(snapshot, each.body),
            Link(each.name, f"/{each.item}") if each.item else each.name,
            capital(each.ask) or "Not stated",
        )
        for each in found
    )  # fmt: skip
    return grid(title, ("Meeting", "Body", "What", "Asked to"), rows, empty="Nothing is announced.")


def _key(snapshot: Snapshot, system: str, body: str | None, day: date) -> Grid:
    """Key decisions that are proposed, or recorded for a day still to come."""
    rows = (
        (
            in_words(each.day.isoformat()) if each.day else None,
            Link(each.fact.name, f"/{each.name}"),
            link_to(snapshot, each.who) if each.who else None,
        )
        for each in reversed(entered(snapshot, system))
        if each.fact.key and body in {None, each.who} and _ahead(each.fact, each.day, day)
    )
    return grid("Key decisions to come", ("When", "What", "By"), rows, empty="None is announced.")


def _ahead(fact: Decision, made: date | None, day: date) -> bool:
    return planned(fact) or (made is not None and made > day)


def _on_their_way(snapshot: Snapshot, system: str, body: str | None, day: date) -> Grid:
    """Stages of proposals that are still to come."""
    stages = [
        (stage.on or "", name, stage)
        for name, fact in snapshot.all(Proposal).items()
        if name.startswith(f"{system}/")
        for stage in fact.route
        if not stage.outcome
        and body in {None, stage.body}
        and (stage.on is None or period(stage.on)[1] > day)
    ]
    rows = (
        (
            capital(in_words(on)) if on else "No day is stated", link_to(snapshot, stage.body),
            link_to(snapshot, name), stage.what,
        )
        for on, name, stage in sorted(stages, key=lambda each: each[:2])
    )  # fmt: skip
    heads = ("When", "Body", "Proposal", "What is done there")
    return grid("Proposals on their way", heads, rows, empty="None is on record.")


def _plan_twin(request: HttpRequest, system: str, coming: list[Coming]) -> HttpResponse:
    rows = [
        {
            "when": each.when, "body": each.body, "meeting": each.meeting,
            "number": each.number or None, "what": each.name, "ask": each.ask or None,
            "item": each.item,
        }
        for each in coming
    ]  # fmt: skip
    if wants(request) == "csv":
        return as_csv(f"{system}-forward-plan", PLAN_HEADS, rows)
    return as_json({"system": system, "after": the_day(request).as_at.isoformat(), "coming": rows})
