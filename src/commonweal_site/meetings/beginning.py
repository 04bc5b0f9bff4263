"""Where a clerk begins: the meetings on record, a new one from the last, and a meeting's steps."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from commonweal.bodies.facts import Body
from commonweal.meetings.facts import AgendaItem, Meeting
from commonweal.meetings.notice import law_of_notice
from commonweal.meetings.preparing import (
    first_items,
    meeting_before,
    meetings_of,
    minutes_of,
    progress,
)
from commonweal.record.facts import Source
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import OPEN, in_words, period
from commonweal.record.writing import Change
from commonweal_site.day import today
from commonweal_site.editing.desk import Desk
from commonweal_site.editing.questions import Answers
from commonweal_site.jinja import Crumb
from commonweal_site.pages import page
from commonweal_site.viewer import viewer

from . import boxes
from .clerk import Clerk, Faults, free, made, needed_document, write

HOME = Crumb("Meetings you keep", "/desk/")
_LISTED = 40
_NAMES = {
    "Agenda": "agenda", "Papers": "papers", "Notice": "notice", "Attendance": "attendance",
    "Items": "items", "Decisions": "items", "Actions": "actions", "Minutes": "minutes",
    "Publish": "publish",
}  # fmt: skip
"""Under which address each step is taken. A decision is recorded at its item."""

_SAID = {
    "begun": "The meeting is on record, with the items its agenda begins with.",
    "saved": "Saved.",
    "added": "Added.",
    "removed": "Taken off the record.",
    "filed": "The paper is filed, and its text can be searched.",
    "reading": "The paper is filed. Its text is still being read; it can be searched in a while.",
    "decided": "The decision is on record, with its ten lines.",
    "viewed": "It is on record as a view of those who were there, not as a decision.",
    "drafted": "The draft is kept. It is not for publication.",
    "published": "The draft minutes are published.",
    "approved": "The minutes are approved.",
}


def said(request: HttpRequest) -> str:
    """What to say of what has just been done."""
    return _SAID.get(request.GET.get("saved", ""), "")


def at_the_desk(
    request: HttpRequest, clerk: Clerk, template: str, title: str, faults: Faults, **more: Any
) -> HttpResponse:
    """A page of a meeting's desk; one that says what is wrong, if anything is."""
    return page(
        request, f"meetings/desk/{template}.jinja", title, plain=True,
        status=422 if faults else 200, crumbs=[HOME, Crumb(clerk.caption, clerk.path)],
        invented=clerk.system in clerk.snapshot.invented, clerk=clerk, faults=faults,
        said=said(request), **more,
    )  # fmt: skip


def home(request: HttpRequest) -> HttpResponse:
    """The meetings that somebody may keep, and where to start one."""
    desk = Desk(viewer(request), today())
    snapshot, systems = desk.snapshot, set(desk.systems)
    held = [
        (name, meeting)
        for name, meeting in snapshot.all(Meeting).items()
        if name.split("/")[0] in systems
    ]
    held.sort(key=lambda each: period(each[1].when), reverse=True)
    return page(
        request, "meetings/desk/home.jinja", "Meetings you keep", plain=True,
        meetings=[_row(snapshot, name, meeting) for name, meeting in held[:_LISTED]],
        bodies=_bodies(snapshot, systems, {meeting.body for _, meeting in held}),
    )  # fmt: skip


def _row(snapshot: Snapshot, name: str, meeting: Meeting) -> tuple[str, str, str]:
    system, _, slug = name.split("/")
    minuted = minutes_of(snapshot, name)
    far = f"minutes: {minuted[1].type}" if minuted else meeting.type
    return f"/desk/{system}/{slug}/", meeting.label(snapshot.name), far.capitalize()


def _bodies(snapshot: Snapshot, systems: set[str], met: set[str]) -> list[tuple[str, str]]:
    """Bodies that may meet, those that have met before first."""
    found = [name for name in snapshot.all(Body) if name.split("/")[0] in systems]
    found.sort(key=lambda name: (name not in met, snapshot.name(name)))
    return [(name, snapshot.name(name)) for name in found]


def choose(request: HttpRequest) -> HttpResponse:
    """From the form of the first page to the form of a new meeting."""
    system, _, slug = request.GET.get("body", "").partition("/body/")
    known = Desk(viewer(request), today()).snapshot.get(f"{system}/body/{slug}")
    return HttpResponseRedirect(f"/desk/start/{system}/{slug}/" if known else "/desk/")


# --- a new meeting ------------------------------------------------------------------------------

_QUESTIONS = (
    boxes.day("when", "On which day?", required=True),
    boxes.words("time", "At what time does it start?", "For example, 13:30."),
    boxes.words("venue", "Where?", "The place, or that it is online."),
    boxes.choice(
        "public", "May the public attend?", (("yes", "Yes"), ("no", "No"), ("", "Not settled")),
        first="yes",
    ),
    boxes.choice(
        "carry", "Begin its agenda with", (
            ("yes", "The standing items, and what the last meeting left"),
            ("no", "Nothing: an empty agenda"),
        ), first="yes",
    ),
)  # fmt: skip


def start(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """A new meeting of a body, begun from its last one."""
    desk, body = Desk(viewer(request), today()), f"{system}/body/{slug}"
    if not isinstance(desk.snapshot.fact(body), Body):
        raise Http404(f"{body} is no body.")
    answers, faults = boxes.answers_of(request), Faults()
    last = meeting_before(desk.snapshot, body, date.max)
    if request.method == "POST":
        values, faults = boxes.read(_QUESTIONS, answers)
        if not faults:
            name, faults = _begin(desk, system, body, values)
            if not faults:
                return HttpResponseRedirect(f"/desk/{system}/{name.split('/')[2]}/?saved=begun")
    elif last:
        answers = Answers({"time": [last[1].time or ""], "venue": [last[1].venue or ""]})
    return page(
        request, "meetings/desk/start.jinja", f"A meeting of {desk.snapshot.name(body)}",
        plain=True, status=422 if faults else 200, crumbs=[HOME], faults=faults, answers=answers,
        invented=system in desk.snapshot.invented,
        questions=list(boxes.filled(_QUESTIONS, answers)), law=_law(desk.snapshot, body),
        last=desk.snapshot.name(last[0]) if last else "",
    )  # fmt: skip


def _law(snapshot: Snapshot, body: str) -> str:
    """How much notice the law asks of a body, in a sentence; empty if no rule is on the books."""
    limit = law_of_notice(snapshot, body)
    if limit is None:
        return ""
    return f"Notice of it is due {limit.length} clear {limit.unit}s before ({limit.cite})."


def _begin(desk: Desk, system: str, body: str, values: dict[str, str]) -> tuple[str, Faults]:
    """Put a meeting on record, with the items it begins with."""
    when = date.fromisoformat(values["when"])
    same = [name for name, m in meetings_of(desk.snapshot, body) if m.when == values["when"]]
    if same:
        return same[0], {"when-day": f"A meeting on that day is already on record: {same[0]}."}
    name = free(desk, system, "meeting", body.split("/")[2], values["when"])
    record = f"{system}/document/{name.split('/')[2]}-record"
    sources = (Source(document=record),)
    public = {"yes": True, "no": False}.get(values["public"] or "")
    meeting, faults = made(Meeting, {
        "body": body, "when": values["when"], "time": values["time"], "venue": values["venue"],
        "public": public, "sources": sources,
    })  # fmt: skip
    if meeting is None:
        return name, faults
    begins = min(today(), when)
    changes = needed_document(desk, record, meeting, begins, desk.snapshot)
    changes.append(Change("assert", name, meeting, begins, OPEN))
    if values["carry"] == "yes":
        changes += _first(desk, name, meeting, begins)
    return name, write(desk, changes, f"Meeting of {in_words(values['when'])} called")


def _first(desk: Desk, name: str, meeting: Meeting, begins: date) -> Iterable[Change]:
    """The changes that put on record the items that a meeting begins with."""
    system, _, slug = name.split("/")
    day = date.fromisoformat(meeting.when)
    for each in first_items(desk.snapshot, meeting.body, day):
        item = AgendaItem(
            meeting=name, number=each.number, name=each.name, type=each.ask, asked=each.asked,
            follows=each.follows, sources=meeting.sources,
        )  # fmt: skip
        yield Change("assert", free(desk, system, "item", slug, each.name), item, begins, OPEN)


# --- the steps ----------------------------------------------------------------------------------


def steps(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """Everything there is to do for a meeting, and how far it is."""
    clerk = Clerk(request, system, slug)
    found = [
        (step, f"{clerk.path}{_NAMES[step.name]}/") for step in progress(clerk.snapshot, clerk.name)
    ]
    return at_the_desk(request, clerk, "steps", clerk.caption, {}, steps=found)
