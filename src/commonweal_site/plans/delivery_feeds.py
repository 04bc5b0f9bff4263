"""Milestones as a calendar (iCalendar), and what is new of them (Atom), cut for the reader."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from icalendar import Event

from commonweal.plans.delivery import Stands, last_day, milestones, stands
from commonweal.plans.milestones import Milestone, due_in_words
from commonweal.record.snapshot import Snapshot
from commonweal_site.record import shelf
from commonweal_site.record.presenting import system_name
from commonweal_site.record.subscribing import MOST, News, NewsFeed, calendar, calendar_file
from commonweal_site.words import capital

from .delivery import known_system
from .milestone_words import standing_in_words


def calendar_of_system(request: HttpRequest, system: str) -> HttpResponse:
    """Every dated milestone of a system as a calendar to subscribe to."""
    snapshot = known_system(request, system)
    site = request.build_absolute_uri("/").rstrip("/")
    of = system_name(snapshot, system)
    text = written(snapshot, milestones(snapshot, system), of=of, site=site)
    return calendar_file(text, f"{system}-milestones")


def written(snapshot: Snapshot, found: list[Stands], *, of: str, site: str) -> bytes:
    """Milestones as iCalendar (RFC 5545), each on the last day that its date can mean.

    of    whose they are, in words
    site  where their pages stand, such as https://example.org
    """
    made = calendar("Milestones", f"Milestones: {of}")
    for each in found:
        if day := last_day(each.when, each.firm):
            made.add_component(_event(snapshot, each, day, site))
    return bytes(made.to_ical())


def _event(snapshot: Snapshot, each: Stands, day: date, site: str) -> Event:
    """One milestone. Its sequence is the number of the entry that states it, which only grows."""
    held = snapshot.held(each.name)
    invented = each.name.split("/", maxsplit=1)[0] in snapshot.invented
    event = Event()
    event.add("uid", f"{each.name.replace('/', '.')}@commonweal")
    event.add("sequence", held.stated_by if held else 0)
    event.add("dtstamp", snapshot.known)
    event.add("dtstart", day)
    event.add("summary", f"{each.fact.name}{' (invented)' if invented else ''}")
    event.add("status", "CANCELLED" if each.standing == "dropped" else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("url", f"{site}/{each.name}")
    event.add("description", told(each))
    return event


def told(each: Stands) -> str:
    """A milestone in two sentences."""
    return f"{capital(due_in_words(each.when, each.firm))}. {standing_in_words(each)}."


class MilestoneNews(NewsFeed):
    """What is new of the milestones of a system."""

    description = "Milestones as they come on record or change."

    def get_object(self, request: HttpRequest, **asked: str) -> dict[str, Any]:
        snapshot, system = known_system(request, asked["system"]), asked["system"]
        recent = news(snapshot, lambda name: name.startswith(f"{system}/"))
        return {"news": list(recent), "name": system_name(snapshot, system),
                "system": system, "path": request.path}  # fmt: skip

    def title(self, obj: dict[str, Any]) -> str:
        return f"Commonweal: milestones of {obj['name']}"

    def link(self, obj: dict[str, Any]) -> str:
        return f"/{obj['system']}/delivery/"


def news(snapshot: Snapshot, wanted: Callable[[str], bool]) -> Iterator[News]:
    """The milestones last recorded of those wanted, the latest first."""
    found = sorted(
        ((number, name) for name, number in snapshot.entries_of(Milestone).items() if wanted(name)),
        reverse=True,
    )
    for number, name in found[:MOST]:
        entry, fact = shelf.SHELF.book.entry(number), snapshot.fact(name)
        if entry is not None and isinstance(fact, Milestone):
            each = stands(name, fact, snapshot.as_at)
            yield News(name, fact.name, told(each), entry.recorded_at)
