"""The story of one matter, in order of date: need, plan, decision, money, milestone, outcome."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse

from commonweal.outcomes.indicators import Indicator
from commonweal.plans.chain import ASSESSMENT
from commonweal.plans.facts import Plan
from commonweal.plans.stories import PARTS, Chapter, part_of, story
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words
from commonweal_site.drawings.addresses import SiteAddresses
from commonweal_site.drawings.boxes import Box
from commonweal_site.drawings.case_parts import case_parts
from commonweal_site.drawings.svg import Cell, Drawing, Row
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Cell as Linked
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
from commonweal_site.record.entity import absent, crumbs
from commonweal_site.record.presenting import link_to, path_of
from commonweal_site.words import capital, count, listed

from .beside import TITLES

HEADS = "of on part id kind name steps through as_at known".split()


def case(request: HttpRequest, system: str, kind: str, slug: str) -> HttpResponse:
    """The story that a fact is part of."""
    snapshot, name = the_snapshot(request), f"{system}/{kind}/{slug}"
    snapshot.vocabulary.kind(kind)
    fact = snapshot.get(name)
    if fact is None:
        return absent(request, snapshot, name)
    if part_of(name, fact) is None:
        known = listed([snapshot.vocabulary.kind(each).name for each in _BEGINNINGS])
        said = f"No story is told of {snapshot.vocabulary.kind(kind).plural}. Begin from {known}."
        return not_found(request, said)
    found = story(snapshot, name)
    if wants(request) != "html":
        rows = [_row(snapshot, name, each) for each in found]
        if wants(request) == "csv":
            return as_csv(f"{name.replace('/', '-')}-case", HEADS, rows)
        return as_json({"of": name, "count": len(rows), "chapters": rows})
    base = f"/{system}/case/{kind}/{slug}"
    label = snapshot.name(name)
    return page(
        request, "plans/story.jinja", f"The story of: {label}",
        crumbs=[*crumbs(snapshot, name), Crumb(label, path_of(name))],
        twins=Twins(f"{base}.json", f"{base}.csv"), invented=system in snapshot.invented,
        lede=lede(snapshot, found), grids=list(_told(snapshot, name, found)),
        drawing=drawn(snapshot, name, found, the_day(request).link("").removeprefix("?")),
    )  # fmt: skip


_BEGINNINGS = ("plan-item", "decision", "fund", "milestone", "indicator", "engagement")
"""Kinds to begin from, for whoever asks for another."""


_FIRST = {
    "need": "the need was found on",
    "plan": "it came into a plan on",
    "decision": "it was first decided on",
    "money": "money is there from",
}
"""What is told of the first day of a part."""


def lede(snapshot: Snapshot, found: tuple[Chapter, ...]) -> str:
    """The story in two sentences: when it was found, planned, decided and paid; what is missing."""
    told = []
    for part, words in _FIRST.items():
        days = [e.on for e in found if e.on and _is(snapshot, e, part)]
        if days:
            told.append(f"{words} {day_in_words(days[0])}")
    effect = next((e.touch.entity for e in _of(found, "outcome") if _measures(snapshot, e)), None)
    if effect:
        told.append(f"“{snapshot.name(effect)}” is to show its effect")
    if not told:
        things = (
            f"{count(len(found), 'thing')} on record, none of them a need, decision or outcome."
        )
        return f"{things} {_missing(found)}"
    return f"{capital(listed(told))}. {_missing(found)}"


def _is(snapshot: Snapshot, chapter: Chapter, part: str) -> bool:
    """Whether something is of a part. An assessment of needs is a plan, and plans nothing."""
    fact = snapshot.get(chapter.touch.entity)
    assesses = isinstance(fact, Plan) and fact.type == ASSESSMENT
    return chapter.touch.part == part and not assesses


def _measures(snapshot: Snapshot, chapter: Chapter) -> bool:
    return isinstance(snapshot.get(chapter.touch.entity), Indicator)


def _of(found: tuple[Chapter, ...], part: str) -> list[Chapter]:
    """What there is of a part, the nearest first."""
    return sorted((e for e in found if e.touch.part == part), key=lambda e: e.touch.steps)


def _missing(found: tuple[Chapter, ...]) -> str:
    there = {each.touch.part for each in found}
    missing = [_lower(TITLES[part]) for part in PARTS if part not in there]
    if not missing:
        return f"All {len(PARTS)} parts of it are on record."
    verb = "is" if len(missing) == 1 else "are"
    return f"Of its {len(PARTS)} parts {len(missing)} {verb} not recorded: {listed(missing)}."


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


# --- the picture ----------------------------------------------------------------------------------


def drawn(snapshot: Snapshot, name: str, found: tuple[Chapter, ...], query: str) -> Drawing:
    """The parts of a story side by side: the nearest of each, or that none is recorded."""
    addresses = SiteAddresses(query)
    nearest = {part: _of(found, part) for part in PARTS}
    boxes = [_box(snapshot, name, part, of, addresses) for part, of in nearest.items()]
    rows = [_drawn_row(snapshot, part, of, addresses) for part, of in nearest.items()]
    return case_parts(boxes, rows, key="parts", of=snapshot.name(name))


def _box(
    snapshot: Snapshot, name: str, part: str, found: list[Chapter], addresses: SiteAddresses
) -> Box:  # fmt: skip
    if not found:
        return Box(TITLES[part], lines=("Not recorded",), look="loose")
    first, more = found[0], len(found) - 1
    lines = [snapshot.name(first.touch.entity)]
    if first.on:
        lines.append(day_in_words(first.on))
    if more:
        lines.append(f"and {more} more")
    began = first.touch.entity == name
    look = "system" if began else "level-1"
    if began:
        lines.append("You began here")
    return Box(TITLES[part], addresses.entity(first.touch.entity), tuple(lines), look=look)


def _drawn_row(
    snapshot: Snapshot, part: str, found: list[Chapter], addresses: SiteAddresses
) -> Row:  # fmt: skip
    if not found:
        return Cell(TITLES[part]), Cell("Not recorded"), Cell("—"), Cell("0")
    entity, on = found[0].touch.entity, found[0].on
    return (
        Cell(TITLES[part]), Cell(snapshot.name(entity), addresses.entity(entity)),
        Cell(day_in_words(on) if on else "No day on record"), Cell(str(len(found))),
    )  # fmt: skip


# --- in order of date -----------------------------------------------------------------------------


def _told(snapshot: Snapshot, name: str, found: tuple[Chapter, ...]) -> Iterator[Grid]:
    """What has been, what is to come, and what has no day."""
    today = snapshot.as_at
    parts = (
        ("In order of date", [e for e in found if e.on and e.on <= today]),
        ("Still to come", [e for e in found if e.on and e.on > today]),
        ("No day on record", [e for e in found if not e.on]),
    )
    for title, chapters in parts:
        if chapters:
            rows = (_line(snapshot, name, each) for each in chapters)
            yield grid(title, ("When", "Part", "What", "Tied by"), rows)


def _line(snapshot: Snapshot, name: str, chapter: Chapter) -> tuple[Linked, ...]:
    when = day_in_words(chapter.on) if chapter.on else "No day on record"
    what = link_to(snapshot, chapter.touch.entity)
    return when, TITLES[chapter.touch.part], what, _through(snapshot, name, chapter)


def _through(snapshot: Snapshot, name: str, chapter: Chapter) -> str:
    """What lies next to something on the way to where the story began."""
    if chapter.touch.entity == name:
        return "Where you began"
    if not chapter.touch.through:
        return "Directly"
    return f"Through “{snapshot.name(chapter.touch.through[-1])}”"


def _row(snapshot: Snapshot, name: str, chapter: Chapter) -> dict[str, Any]:
    touch = chapter.touch
    return {
        "of": name, "on": chapter.on.isoformat() if chapter.on else None, "part": touch.part,
        "id": touch.entity, "kind": snapshot.vocabulary.kind_of(touch.entity).name,
        "name": snapshot.name(touch.entity), "steps": touch.steps, "through": list(touch.through),
        "as_at": snapshot.as_at.isoformat(), "known": snapshot.known.isoformat(),
    }  # fmt: skip
