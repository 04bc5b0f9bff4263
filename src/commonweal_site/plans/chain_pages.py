"""The plans of a system: the chain of the law, what is open for views, what awaits another look."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse

from commonweal.plans.asking import Consultation
from commonweal.plans.chain import (
    CHAIN,
    FORWARD,
    NamedPlan,
    OpenedReview,
    is_current,
    is_made,
    items_of,
    made_on,
    opened_reviews,
)
from commonweal.plans.facts import Plan
from commonweal.plans.regarding import matrix
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words, in_words
from commonweal_site.drawings.addresses import SiteAddresses
from commonweal_site.drawings.boxes import Box
from commonweal_site.drawings.planning_chain import Step, planning_chain
from commonweal_site.drawings.svg import Cell, Drawing, Row
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Grid, grid
from commonweal_site.pages import (
    Twins,
    as_csv,
    as_json,
    not_found,
    page,
    the_day,
    the_snapshot,
    wants,
)
from commonweal_site.record.presenting import link_to, system_name
from commonweal_site.words import capital, count

from . import telling

HEADS = (
    "id name kind owner for version period year stage prepared agreed published in_use replaces "
    "builds_on items blanks_of_regard as_at known"
).split()

_TITLES = {
    CHAIN[0]: "Needs assessments",
    CHAIN[1]: "Local health and wellbeing strategies",
    CHAIN[2]: "Integrated care strategy",
    CHAIN[3]: "Joint forward plan",
    CHAIN[4]: "Joint capital plan",
    CHAIN[5]: "Annual report",
}


def of_system(snapshot: Snapshot, system: str) -> list[NamedPlan]:
    """Every plan of a system on record on the day, the chain first, then by name."""
    found = [e for e in snapshot.all(Plan).items() if e[0].startswith(f"{system}/")]
    order = {kind: number for number, kind in enumerate(CHAIN)}
    return sorted(found, key=lambda e: (order.get(e[1].type, len(CHAIN)), e[1].type, e[0]))


def plans(request: HttpRequest, system: str) -> HttpResponse:
    """The plans of a system and how they follow from one another."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return not_found(request, f"No system called ‘{system}’ is on record on this day.")
    found = of_system(snapshot, system)
    if wants(request) != "html":
        rows = [as_row(snapshot, each) for each in found]
        if wants(request) == "csv":
            return as_csv(f"{system}-plans", HEADS, rows)
        return as_json({"system": system, "count": len(rows), "plans": rows})
    where = system_name(snapshot, system)
    return page(
        request, "plans/plans.jinja", f"Plans: {where}",
        crumbs=[Crumb(where, f"/{system}/")], invented=system in snapshot.invented,
        twins=Twins(f"/{system}/plans.json", f"/{system}/plans.csv"),
        lede=lede(snapshot, system, found),
        drawing=drawn(snapshot, system, found, the_day(request).link("").removeprefix("?")),
        grids=list(_grids(snapshot, system, found)), slug=system,
    )  # fmt: skip


def as_row(snapshot: Snapshot, named: NamedPlan) -> dict[str, Any]:
    """A plan as data."""
    name, plan = named
    return {
        "id": name, "name": plan.name, "kind": plan.type,
        "owner": plan.owner or plan.owner_printed or None, "for": list(plan.areas),
        "version": plan.version or None, "period": plan.period, "year": plan.year,
        "stage": plan.stage, "prepared": plan.prepared, "agreed": plan.agreed,
        "published": plan.published, "in_use": is_current(snapshot, named),
        "replaces": plan.replaces, "builds_on": [each.plan for each in plan.builds_on],
        "items": len(items_of(snapshot, name)), "blanks_of_regard": blanks(snapshot, name),
        "as_at": snapshot.as_at.isoformat(), "known": snapshot.known.isoformat(),
    }  # fmt: skip


def blanks(snapshot: Snapshot, plan: str) -> int:
    """How many cells of a plan's matrix of regard say nothing."""
    return matrix(snapshot, plan).blanks


def lede(snapshot: Snapshot, system: str, found: list[NamedPlan]) -> str:
    """What there is, in two sentences."""
    where = system_name(snapshot, system)
    if not found:
        return f"No plan of {where} is on record on this day. There may be plans all the same."
    in_use = [each for each in found if is_current(snapshot, each)]
    if not in_use:
        plans = f"{count(len(found), 'plan')} of {where} {'is' if len(found) == 1 else 'are'}"
        return f"{plans} on record. That one of them is in use on this day is not."
    forward = [each for each in in_use if each[1].type == FORWARD]
    newest = max(forward, key=lambda each: str(made_on(each[1])), default=None)
    first = f"{where} has {count(len(in_use), 'plan')} in use"
    if newest:
        stage = telling.how_far(newest[1])
        said = f"“{newest[1].name}” ({stage[:1].lower()}{stage[1:]})"
        return f"{first}. What its health services mean to do is in {said}."
    return f"{first}, of {len(found)} on record. No joint forward plan in use is on record."


# --- the picture ----------------------------------------------------------------------------------


def drawn(snapshot: Snapshot, system: str, found: list[NamedPlan], query: str) -> Drawing | None:
    """The chain of plans in use, from need to report; nothing where no plan of it is on record."""
    chain = [each for each in found if each[1].type in CHAIN and is_current(snapshot, each)]
    if not chain:
        return None
    addresses = SiteAddresses(query)
    steps = [
        Step(_TITLES[kind], tuple(_box(snapshot, e, addresses) for e in chain if e[1].type == kind))
        for kind in CHAIN
    ]
    rows = [_drawn_row(snapshot, each, addresses) for each in chain]
    return planning_chain(steps, rows, key="planning-chain", of=system_name(snapshot, system))


def _box(snapshot: Snapshot, named: NamedPlan, addresses: SiteAddresses) -> Box:
    name, plan = named
    lines = [telling.how_far(plan)]
    if empty := blanks(snapshot, name):
        lines.append(f"{count(empty, 'blank')} in who bore it in mind")
    return Box(plan.name, addresses.entity(name), tuple(lines), look="level-1")


def _drawn_row(snapshot: Snapshot, named: NamedPlan, addresses: SiteAddresses) -> Row:
    name, plan = named
    on = "; ".join(snapshot.name(each.plan) for each in plan.builds_on) or "Not recorded"
    areas = ", ".join(link.text for link in telling.where(snapshot, plan)) or "Not recorded"
    return (
        Cell(_TITLES[plan.type]), Cell(plan.name, addresses.entity(name)), Cell(areas),
        Cell(telling.how_far(plan)), Cell(on),
    )  # fmt: skip


# --- tables ---------------------------------------------------------------------------------------


def _grids(snapshot: Snapshot, system: str, found: list[NamedPlan]) -> Iterator[Grid]:
    yield open_for_views(snapshot, system)
    yield grid(
        "To be looked at again", ("Plan", "Because of", "Since", "State"),
        (_review(snapshot, e) for e in opened_reviews(snapshot) if e.plan.startswith(f"{system}/")),
        empty="Nothing new on record asks for another look at a plan in use.",
        intro="A new needs assessment asks for another look at the strategy, and a new strategy at "
        "each local one. The law sets no time for it.",
    )  # fmt: skip
    in_use = [e for e in found if is_current(snapshot, e)]
    waiting = [e for e in found if not is_made(e[1]) and not _became(e, found)]
    named = [e for e in waiting if e[1].stage in _ONLY_NAMED]
    rest = [e for e in found if e not in in_use and e not in waiting]
    tables = (
        ("Other plans in use", [e for e in in_use if e[1].type not in CHAIN]),
        ("Being prepared", [e for e in waiting if e not in named]),
        ("Named by the sources; whether they were made is not recorded", named),
        ("Earlier plans and drafts", rest),
    )
    yield from (_listed(snapshot, title, each) for title, each in tables if each)


_ONLY_NAMED = frozenset({"intended", "not stated"})


def _became(named: NamedPlan, found: list[NamedPlan]) -> bool:
    """Whether a later version took a draft's place."""
    return any(plan.replaces == named[0] for _, plan in found)


def open_for_views(snapshot: Snapshot, system: str) -> Grid:
    """The consultations that anybody can still reply to."""
    found = [
        each
        for each in sorted(snapshot.all(Consultation).items())
        if each[0].startswith(f"{system}/") and each[1].type == "public"
    ]
    rows = [
        (link_to(snapshot, each.plan), telling.between(each), telling.how_to(name, each))
        for name, each in found
        if telling.is_open(each, snapshot)
    ]
    day = day_in_words(snapshot.as_at)
    return grid(
        "Open for your views", ("Plan", "Open", "How to take part"), rows,
        empty=f"No consultation with the public is on record as open on {day}.",
    )  # fmt: skip


def _review(snapshot: Snapshot, opened: OpenedReview) -> tuple[Any, ...]:
    state = "Open: nothing on record settles it"
    if opened.review and not opened.is_open:
        on = f", {in_words(opened.review.on)}" if opened.review.on else ""
        state = f"{capital(opened.review.outcome)}{on}"
    since = day_in_words(opened.on) if opened.on else None
    return link_to(snapshot, opened.plan), link_to(snapshot, opened.because_of), since, state


def _listed(snapshot: Snapshot, title: str, found: list[NamedPlan]) -> Grid:
    rows = (
        (telling.plan_link(e), capital(e[1].type), telling.whose(snapshot, e[1]),
         telling.covers(e[1]), telling.how_far(e[1]))
        for e in found
    )  # fmt: skip
    return grid(title, ("Plan", "Kind", "Whose", "For", "How far"), rows)
