"""The story of one matter, in order of date: need, plan, decision, money, milestone, outcome."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from commonweal.plans.stories import PARTS, Chapter, part_of, story
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import Grid, grid
from commonweal_site.pages import Twins, as_csv, as_json, not_found, page, the_snapshot, wants
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
        lede=lede(found), grids=[_told(snapshot, name, found)], absent=_absent(found),
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


def lede(found: tuple[Chapter, ...]) -> str:
    """The story in a sentence: when the need was found, planned, decided and paid, and the end."""
    told = []
    for part, words in _FIRST.items():
        days = [each.on for each in found if each.on and each.touch.part == part]
        if days:
            told.append(f"{words} {day_in_words(days[0])}")
    outcomes = [each.on for each in found if each.on and each.touch.part == "outcome"]
    if outcomes:
        told.append(f"the last word on outcomes is of {day_in_words(outcomes[-1])}")
    if not told:
        return f"{count(len(found), 'thing')} on record, none of them a need, decision or outcome."
    return f"{capital(listed(told))}."


def _absent(found: tuple[Chapter, ...]) -> list[str]:
    """The parts of which nothing is on record."""
    there = {each.touch.part for each in found}
    return [TITLES[part] for part in PARTS if part not in there]


def _told(snapshot: Snapshot, name: str, found: tuple[Chapter, ...]) -> Grid:
    rows = (
        (
            day_in_words(each.on) if each.on else "No day on record",
            TITLES[each.touch.part],
            link_to(snapshot, each.touch.entity),
            _through(snapshot, name, each),
        )
        for each in found
    )
    heads = ("When", "Part", "What", "Tied by")
    return grid("In order of date", heads, rows)


def _through(snapshot: Snapshot, name: str, chapter: Chapter) -> str:
    """What lies between something and where the story began."""
    if chapter.touch.entity == name:
        return "Where you began"
    if not chapter.touch.through:
        return "Directly"
    return capital(", then ".join(snapshot.name(each) for each in chapter.touch.through))


def _row(snapshot: Snapshot, name: str, chapter: Chapter) -> dict[str, Any]:
    touch = chapter.touch
    return {
        "of": name, "on": chapter.on.isoformat() if chapter.on else None, "part": touch.part,
        "id": touch.entity, "kind": snapshot.vocabulary.kind_of(touch.entity).name,
        "name": snapshot.name(touch.entity), "steps": touch.steps, "through": list(touch.through),
        "as_at": snapshot.as_at.isoformat(), "known": snapshot.known.isoformat(),
    }  # fmt: skip
