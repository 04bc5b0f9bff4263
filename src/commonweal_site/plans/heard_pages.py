"""You said, we did: what people were heard to say, and what was done about it."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse

from commonweal.plans.asking import Engagement
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Cell, Grid, grid, whoever
from commonweal_site.pages import Twins, as_csv, as_json, not_found, page, the_snapshot, wants
from commonweal_site.record.presenting import Link, link_to, path_of, system_name
from commonweal_site.words import capital, count

HEADS = "engagement what when held_by people said did through by as_at known".split()

type Named = tuple[str, Engagement]


def heard(request: HttpRequest, system: str) -> HttpResponse:
    """What people of a system said and what was done about it."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        return not_found(request, f"No system called ‘{system}’ is on record on this day.")
    found = of_system(snapshot, system)
    if wants(request) != "html":
        rows = list(as_rows(snapshot, found))
        if wants(request) == "csv":
            return as_csv(f"{system}-you-said-we-did", HEADS, rows)
        return as_json({"system": system, "count": len(rows), "heard": rows})
    where = system_name(snapshot, system)
    return page(
        request, "meetings/grids.jinja", f"You said, we did: {where}",
        crumbs=[Crumb(where, f"/{system}/"), Crumb("Plans", f"/{system}/plans/")],
        invented=system in snapshot.invented,
        twins=Twins(f"/{system}/you-said-we-did.json", f"/{system}/you-said-we-did.csv"),
        lede=lede(snapshot, system, found), grids=[_said(snapshot, found), _held(snapshot, found)],
    )  # fmt: skip


def of_system(snapshot: Snapshot, system: str) -> list[Named]:
    """The engagement of a system, the newest first."""
    found = [e for e in snapshot.all(Engagement).items() if e[0].startswith(f"{system}/")]
    return sorted(found, key=lambda each: (each[1].when or "", each[0]), reverse=True)


def lede(snapshot: Snapshot, system: str, found: list[Named]) -> str:
    """How much of what was said has something done about it, in a sentence."""
    said = [each for _, fact in found for each in fact.heard]
    if not found:
        where = system_name(snapshot, system)
        return f"No listening to people in {where} is on record. It may have happened all the same."
    done = sum(bool(each.did) for each in said)
    if not said:
        return f"People were asked {count(len(found), 'time')}; what they said is not recorded."
    have = "has" if done == 1 else "have"
    return f"Of {count(len(said), 'thing')} that people said, {done} {have} an answer on record."


def _said(snapshot: Snapshot, found: list[Named]) -> Grid:
    rows = [
        (
            each.said, each.did or "Nothing is on record",
            link_to(snapshot, each.through) if each.through else "—",
            Link(fact.name, path_of(own)),
        )
        for own, fact in found
        for each in fact.heard
    ]  # fmt: skip
    return grid(
        "What was said and done", ("You said", "We did", "Through", "Heard at"), rows,
        empty="What people said is not recorded.",
    )  # fmt: skip


def _held(snapshot: Snapshot, found: list[Named]) -> Grid:
    rows = (
        (Link(e.name, path_of(own)), capital(e.type), in_words(e.when) if e.when else None,
         whoever(snapshot, e.by, e.by_printed), _who(snapshot, e), e.made_easy or None)
        for own, e in found
    )  # fmt: skip
    heads = ("What", "How", "When", "Held by", "Who came", "Made easy by")
    return grid("When people were asked", heads, rows)


def _who(snapshot: Snapshot, fact: Engagement) -> Cell:
    people = [Link(f"{fact.people:,} people")] if fact.people is not None else []
    named = [link_to(snapshot, each) for each in fact.who]
    return (*people, *named, *(Link(each) for each in fact.who_printed))


def as_rows(snapshot: Snapshot, found: list[Named]) -> Iterator[dict[str, Any]]:
    """What was heard, as data: a row each; one without words for an event of which none is kept."""
    for own, fact in found:
        for each in fact.heard or (None,):
            yield {
                "engagement": own, "what": fact.name, "when": fact.when,
                "held_by": fact.by or fact.by_printed or None, "people": fact.people,
                "said": each.said if each else None, "did": (each.did or None) if each else None,
                "through": each.through if each else None, "by": each.by if each else None,
                "as_at": snapshot.as_at.isoformat(), "known": snapshot.known.isoformat(),
            }  # fmt: skip
