"""Calendars of meetings (iCalendar), and what is new of a body's meetings and decisions (Atom).

Both are cut for the reader like every page. Programs that fetch them carry no session, so they
get what the public may see.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from icalendar import Event

from commonweal.bodies.facts import Body
from commonweal.meetings.agenda import agenda, the_day
from commonweal.meetings.decided import Decision
from commonweal.meetings.facts import Meeting
from commonweal.meetings.powers import made
from commonweal.record.snapshot import Snapshot
from commonweal.statute.clock import TIME_ZONE
from commonweal_site.pages import the_snapshot
from commonweal_site.record import shelf
from commonweal_site.record.presenting import system_name
from commonweal_site.record.subscribing import MOST, News, NewsFeed, calendar, calendar_file

from .decisions import sentence
from .forward import Held, meetings_of

_LONDON = ZoneInfo(TIME_ZONE)
_STATUS = {"cancelled": "CANCELLED", "not evidenced": "TENTATIVE"}


def calendar_of_system(request: HttpRequest, system: str) -> HttpResponse:
    """Every meeting of a system as a calendar to subscribe to."""
    snapshot = the_snapshot(request)
    if system not in snapshot.systems:
        raise Http404(f"No system called ‘{system}’ is on record on this day.")
    return _calendar(request, snapshot, system, system_name(snapshot, system))


def calendar_of_body(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """Every meeting of a body as a calendar to subscribe to."""
    snapshot, name = the_snapshot(request), f"{system}/body/{slug}"
    if not isinstance(snapshot.get(name), Body):
        raise Http404(f"Nothing is on record under {name}.")
    return _calendar(request, snapshot, name, snapshot.name(name))


def _calendar(request: HttpRequest, snapshot: Snapshot, owner: str, called: str) -> HttpResponse:
    site = request.build_absolute_uri("/").rstrip("/")
    text = written(snapshot, meetings_of(snapshot, owner), called=called, site=site)
    return calendar_file(text, f"{owner.replace('/', '-')}-meetings")


def written(snapshot: Snapshot, found: list[Held], *, called: str, site: str) -> bytes:
    """Meetings as iCalendar (RFC 5545). Those whose day is not stated exactly are left out.

    site  where their pages stand, such as https://example.org
    """
    made_ = calendar("Meetings", f"Meetings: {called}")
    for name, fact in found:
        if the_day(fact.when) is not None:
            made_.add_component(_event(snapshot, name, fact, site))
    return bytes(made_.to_ical())


def _event(snapshot: Snapshot, name: str, fact: Meeting, site: str) -> Event:
    """One meeting. Its sequence is the number of the entry that states it, which only grows."""
    held = snapshot.held(name)
    invented = name.split("/", maxsplit=1)[0] in snapshot.invented
    event = Event()
    event.add("uid", f"{name.replace('/', '.')}@commonweal")
    event.add("sequence", held.stated_by if held else 0)
    event.add("dtstamp", snapshot.known)
    event.add("dtstart", starts(fact))
    event.add("summary", f"{snapshot.name(fact.body)}{' (invented)' if invented else ''}")
    event.add("status", _STATUS.get(fact.type, "CONFIRMED"))
    event.add("url", f"{site}/{name}")
    if fact.venue:
        event.add("location", fact.venue)
    event.add("description", "\n".join(_about(snapshot, name, fact)))
    return event


def starts(fact: Meeting) -> datetime | date:
    """When a meeting begins: in universal time if its hour is on record, else the whole day."""
    day = the_day(fact.when) or date.min
    try:
        hour = datetime.strptime(fact.time or "", "%H:%M").time()  # noqa: DTZ007  # zone is added
    except ValueError:
        return day
    return datetime.combine(day, hour, _LONDON).astimezone(ZoneInfo("UTC"))


def _about(snapshot: Snapshot, name: str, fact: Meeting) -> Iterator[str]:
    if fact.type == "cancelled":
        yield "This meeting was called off."
    open_ = {True: "Open to the public.", False: "Not open to the public."}
    yield open_.get(fact.public, "Whether the public may attend is not recorded.")  # type: ignore[arg-type]  # none is the third case
    items = agenda(snapshot, name)
    for _, item in items:
        private = " (in private)" if item.private_because else ""
        yield f"{item.number}. {item.name}{private}"
    if not items:
        yield from fact.items


# --- Atom -----------------------------------------------------------------------------------------


class MeetingNews(NewsFeed):
    """What is new of the meetings and decisions of a body or a system."""

    description = "Meetings and decisions as they come on record or change."

    def get_object(self, request: HttpRequest, **asked: str) -> dict[str, Any]:
        snapshot, system = the_snapshot(request), asked["system"]
        owner = f"{system}/body/{asked['slug']}" if "slug" in asked else system
        known = snapshot.get(owner) if "slug" in asked else system in snapshot.systems
        if not known:
            raise Http404(f"Nothing is on record under {owner}.")
        called = snapshot.name(owner) if "/" in owner else system_name(snapshot, system)
        return {"news": list(news(snapshot, owner)), "name": called, "owner": owner,
                "path": request.path}  # fmt: skip

    def title(self, obj: dict[str, Any]) -> str:
        return f"Commonweal: meetings and decisions of {obj['name']}"

    def link(self, obj: dict[str, Any]) -> str:
        return f"/{obj['owner']}/meetings/"


def news(snapshot: Snapshot, owner: str) -> Iterator[News]:
    """The meetings and decisions of a body or system last recorded, the latest first."""
    found = []
    for kind in (Meeting, Decision):
        for name, fact in snapshot.all(kind).items():
            if _of(snapshot, owner, name, fact) and (held := snapshot.held(name)):
                found.append((held.stated_by, name, fact))
    for number, name, fact in sorted(found, key=lambda each: each[:2], reverse=True)[:MOST]:
        entry = shelf.SHELF.book.entry(number)
        if entry is None:
            continue
        words = (
            sentence(snapshot, name, fact) if isinstance(fact, Decision)
            else " ".join(_about(snapshot, name, fact)) if isinstance(fact, Meeting) else ""
        )  # fmt: skip
        kind_ = "Decision" if isinstance(fact, Decision) else "Meeting"
        title = f"{kind_}: {fact.label(snapshot.name)}"
        yield News(name, title, words, entry.recorded_at)


def _of(snapshot: Snapshot, owner: str, name: str, fact: object) -> bool:
    if "/" not in owner:
        return name.startswith(f"{owner}/")
    if isinstance(fact, Meeting):
        return fact.body == owner
    return isinstance(fact, Decision) and made(snapshot, fact)[1] == owner
