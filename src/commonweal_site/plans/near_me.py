"""What is planned near somebody, and how they may have a say in it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse

from commonweal.areas.containment import touches, wholes, within
from commonweal.areas.facts import Area
from commonweal.bodies.facts import Body
from commonweal.meetings.facts import Meeting
from commonweal.plans.asking import Consultation
from commonweal.plans.chain import REPORT, NamedPlan, areas_of, is_current, is_made, items_of
from commonweal.plans.facts import Plan
from commonweal.plans.items import PlanItem
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words, period
from commonweal_site.meetings.laid_out import Grid, grid
from commonweal_site.pages import Twins, as_csv, as_json, page, the_snapshot, wants
from commonweal_site.record.entity import absent, crumbs
from commonweal_site.record.presenting import Link, link_to, path_of
from commonweal_site.words import capital, count

from . import telling

HEADS = "area plan plan_name kind stage item what by as_at known".split()


def near(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """What is planned for an area and all around it, nearest first."""
    snapshot, name = the_snapshot(request), f"{system}/area/{slug}"
    area = snapshot.get(name)
    if not isinstance(area, Area):
        return absent(request, snapshot, name)
    found = list(planned_for(snapshot, name))
    if wants(request) != "html":
        return _twin(request, snapshot, name, found)
    says = [each for named in found for each in _for_here(snapshot, named, name)]
    base = f"/{name}/what-is-planned"
    return page(
        request, "plans/near.jinja", f"What is planned: {area.name}",
        crumbs=[*crumbs(snapshot, name)], twins=Twins(f"{base}.json", f"{base}.csv"),
        invented=system in snapshot.invented, lede=lede(snapshot, name, found, len(says)),
        say=_say(snapshot, name, found), grids=[_says(snapshot, says), _plans(snapshot, found)],
        inside=_inside(snapshot, name), slug=system,
    )  # fmt: skip


def planned_for(snapshot: Snapshot, area: str) -> Iterator[NamedPlan]:
    """Plans in use or being prepared for an area, one around it or one in it, nearest first."""
    inside, around = within(snapshot, area), {area, *wholes(snapshot, area)}
    found = []
    for name, plan in snapshot.all(Plan).items():
        areas = areas_of(snapshot, plan)
        here = any(each in around or each in inside for each in areas) and plan.type != REPORT
        if here and (is_current(snapshot, (name, plan)) or _coming(snapshot, name, plan)):
            size = min(len(within(snapshot, each)) for each in areas)
            found.append((size, plan.type, name, plan))
    for _, _, name, plan in sorted(found, key=lambda each: each[:3]):
        yield name, plan


def _coming(snapshot: Snapshot, name: str, plan: Plan) -> bool:
    """A draft that no later version has taken the place of."""
    later = (each for each in snapshot.all(Plan).values() if each.replaces == name)
    return not is_made(plan) and next(later, None) is None


def _for_here(snapshot: Snapshot, named: NamedPlan, area: str) -> Iterator[tuple[str, PlanItem]]:
    """What a plan says that is to be done for an area."""
    for own, item in items_of(snapshot, named[0]):
        here = not item.areas or any(touches(snapshot, area, each) for each in item.areas)
        if here and item.type not in _NOTHING_TO_DO:
            yield own, item


_NOTHING_TO_DO = frozenset({"need", "benefit", "expectation"})
"""A need is found, a benefit hoped for, and an expectation somebody else's: none is to be done."""


def lede(snapshot: Snapshot, name: str, found: list[NamedPlan], says: int) -> str:
    """What is planned, in two sentences."""
    where = snapshot.name(name)
    if not found:
        return f"No plan for {where} is on record on this day. There may be plans all the same."
    opened = _open(snapshot, found)
    plans = f"{count(len(found), 'plan')} on record {'is' if len(found) == 1 else 'are'}"
    done = f"{count(says, 'thing')} in them {'is' if says == 1 else 'are'} to be done"
    first = f"{plans} for {where} or an area around it or in it, and {done}."
    if opened:
        return f"{first} You can have your say on “{snapshot.name(opened[0][1].plan)}” now."
    return f"{first} None of them is on record as open for your views today."


def _open(snapshot: Snapshot, found: Iterable[NamedPlan]) -> list[tuple[str, Consultation]]:
    plans = {name for name, _ in found}
    return [
        (own, each)
        for own, each in sorted(snapshot.all(Consultation).items())
        if each.plan in plans and each.type == "public" and telling.is_open(each, snapshot)
    ]


# --- having a say ---------------------------------------------------------------------------------


def _say(snapshot: Snapshot, area: str, found: list[NamedPlan]) -> list[Grid]:
    """Open consultations, and the next meetings at which questions may be put."""
    opened = grid(
        "Have your say", ("On", "Open", "How"),
        ((link_to(snapshot, e.plan), telling.between(e), telling.how_to(own, e))
         for own, e in _open(snapshot, found)),
        empty="No consultation is on record as open today. You can put a question to a meeting.",
    )  # fmt: skip
    owners = list(dict.fromkeys(plan.owner for _, plan in found if plan.owner))
    coming = [each for owner in owners for each in _next(snapshot, owner)]
    coming.sort(key=lambda each: (each[1].when, each[0]))
    meetings = grid(
        "Meetings to come, where you can put a question", ("Who meets", "When", "Open to all"),
        ((link_to(snapshot, e.body), Link(in_words(e.when), path_of(own)), _public(e))
         for own, e in coming),
        empty="No meeting to come of those who own these plans is on record.",
    )  # fmt: skip
    voices = [
        link_to(snapshot, name)
        for name, body in sorted(snapshot.all(Body).items())
        if body.type == "local Healthwatch" and any(touches(snapshot, area, e) for e in body.areas)
    ]
    speaks = grid(
        "Who speaks for residents", ("Local Healthwatch",), ((each,) for each in voices),
        empty="No local Healthwatch of this area is on record.",
    )  # fmt: skip
    return [opened, meetings, speaks]


def _next(snapshot: Snapshot, body: str) -> Iterator[tuple[str, Meeting]]:
    """The next meeting of a body, if one is on record."""
    found = [
        (period(e.when)[0], own, e)
        for own, e in snapshot.referring(body, Meeting)
        if e.body == body and e.type == "announced" and period(e.when)[1] > snapshot.as_at
    ]
    for _, own, meeting in sorted(found, key=lambda each: each[:2])[:1]:
        yield own, meeting


def _public(meeting: Meeting) -> str | None:
    return None if meeting.public is None else "Yes" if meeting.public else "No"


# --- tables ---------------------------------------------------------------------------------------


def _says(snapshot: Snapshot, found: list[tuple[str, PlanItem]]) -> Grid:
    rows = (
        (
            Link(each.name, path_of(own)), link_to(snapshot, each.plan),
            telling.links_to(snapshot, each.milestones) or (in_words(each.by) if each.by else None),
            telling.links_to(snapshot, each.measures),
        )
        for own, each in found
    )  # fmt: skip
    return grid(
        "What is to be done", ("What", "In which plan", "By when", "What would show it"), rows,
        empty="What these plans say is not recorded item by item.",
    )  # fmt: skip


def _plans(snapshot: Snapshot, found: list[NamedPlan]) -> Grid:
    rows = (
        (telling.plan_link(e), capital(e[1].type), telling.where(snapshot, e[1]),
         telling.covers(e[1]), telling.how_far(e[1]))
        for e in found
    )  # fmt: skip
    return grid(
        "The plans, nearest first", ("Plan", "Kind", "For where", "For when", "How far"), rows
    )


def _inside(snapshot: Snapshot, name: str) -> list[Link]:
    """The places in a system, to go nearer."""
    found = [
        e for e in within(snapshot, name)
        if e != name and getattr(snapshot.get(e), "type", "") in {"place", "council area"}
    ]  # fmt: skip
    return [Link(snapshot.name(e), f"/{e}/what-is-planned/") for e in sorted(found)]


def _twin(
    request: HttpRequest, snapshot: Snapshot, name: str, found: list[NamedPlan]
) -> HttpResponse:  # fmt: skip
    rows: list[dict[str, Any]] = []
    for named in found:
        items = list(_for_here(snapshot, named, name))
        rows += [_row(snapshot, name, named, item) for item in items or (None,)]
    if wants(request) == "csv":
        return as_csv(f"{name.replace('/', '-')}-what-is-planned", HEADS, rows)
    asked = [
        {"consultation": own, "plan": e.plan, "opens": e.opens, "closes": e.closes}
        for own, e in _open(snapshot, found)
    ]
    return as_json({"area": name, "open_for_views": asked, "planned": rows})


def _row(
    snapshot: Snapshot, area: str, named: NamedPlan, item: tuple[str, PlanItem] | None
) -> dict[str, Any]:
    name, plan = named
    return {
        "area": area, "plan": name, "plan_name": plan.name, "kind": plan.type, "stage": plan.stage,
        "item": item[0] if item else None, "what": item[1].name if item else None,
        "by": item[1].by if item else None, "as_at": snapshot.as_at.isoformat(),
        "known": snapshot.known.isoformat(),
    }  # fmt: skip
