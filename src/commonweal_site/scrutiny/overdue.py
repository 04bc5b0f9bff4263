"""What is overdue over all systems: a public list, as a page, data, a feed and a calendar."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from icalendar import Alarm, Event

from commonweal.meetings.planned import Outstanding, outstanding
from commonweal.record.identifiers import identifier
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words, in_words
from commonweal.scrutiny.owed import NAMED, Task, awaited, overdue, tasks
from commonweal_site.meetings.laid_out import Grid, grid
from commonweal_site.pages import Twins, as_csv, as_json, page, the_day, the_snapshot, wants
from commonweal_site.plans.late import late_data, late_table, systems_late
from commonweal_site.record import subscribing
from commonweal_site.record.presenting import Link, system_name
from commonweal_site.record.subscribing import NewsFeed, calendar_file
from commonweal_site.words import count

from .shown import HEADS, listed, of_system, row, working

MOST = 200
"""Rows of one table on the page; the data has all of them."""

REMINDERS = (7, 2)
"""Days before the last day on which a calendar and a mail remind."""


def page_of_overdue(request: HttpRequest) -> HttpResponse:
    """Everything overdue on the day, those by law first."""
    snapshot, on = the_snapshot(request), the_day(request).as_at
    system = request.GET.get("system", "")
    wrong = _unknown(snapshot, system)
    found = () if wrong else _of(overdue(snapshot, on), system)
    if wants(request) == "json":
        if wrong:
            return as_json({"fault": wrong}, status=400)
        rows = [row(snapshot, task, on) for task in found]
        late = late_data(snapshot, system)
        return as_json(
            {"as_at": on.isoformat(), "count": len(rows), "overdue": rows, "milestones": late}
        )
    if wants(request) == "csv":
        return as_csv("overdue", HEADS, (row(snapshot, task, on) for task in found))
    asked = f"?system={system}" if system and not wrong else ""
    return page(
        request, "scrutiny/overdue.jinja", "What is overdue", status=400 if wrong else 200,
        twins=Twins(f"/overdue.json{asked}", f"/overdue.csv{asked}", f"/overdue.atom{asked}"),
        calendar=f"/overdue.ics{asked}", wrong=wrong, lede=_lede(snapshot, found, on),
        grids=[*_by_law(snapshot, found, on), _promised(snapshot, system, on),
               late_table(snapshot, system)],
        systems=sorted((system_name(snapshot, each), each) for each in _systems(snapshot)),
        system=system,
    )  # fmt: skip


def _systems(snapshot: Snapshot) -> set[str]:
    """Systems about which anything is or was owed, or with a milestone whose day has gone."""
    return {identifier(task.about).system for task in tasks(snapshot)} | systems_late(snapshot)


def _unknown(snapshot: Snapshot, system: str) -> str:
    if not system or system in snapshot.systems:
        return ""
    return (
        f"No system called ‘{system}’ is on record on this day. Choose one from the list, or "
        "leave it out for all of them."
    )


def _of(found: Iterable[Task], system: str) -> tuple[Task, ...]:
    return tuple(of_system(found, system)) if system else tuple(found)


def _lede(snapshot: Snapshot, found: tuple[Task, ...], on: date) -> str:
    real = [each for each in found if identifier(each.about).system not in snapshot.invented]
    made_up = len(found) - len(real)
    invented = f"; in systems that are invented, {made_up}" if made_up else ""
    said = count(len(real), "answer is", "answers are") if real else "no answer is"
    return (
        f"On {day_in_words(on)} {said} overdue to scrutiny or Healthwatch in the systems that "
        f"exist, as far as anybody has put them on record{invented}."
    )


def _by_law(snapshot: Snapshot, found: tuple[Task, ...], on: date) -> list[Grid]:
    real = [t for t in found if identifier(t.about).system not in snapshot.invented]
    groups = (
        ("Overdue by law", [t for t in real if t.rule != NAMED],
         "Nothing on record is overdue by law."),
        ("Overdue by a day that a committee named", [t for t in real if t.rule == NAMED],
         "Nothing on record is overdue by such a day."),
        ("In invented systems, to try things out", [t for t in found if t not in set(real)],
         "Nothing is overdue in an invented system."),
    )  # fmt: skip
    return [
        listed(snapshot, title, each[:MOST], on, empty=empty, intro=_cut(len(each)))
        for title, each, empty in groups
    ]


def _cut(number: int) -> str:
    if number <= MOST:
        return ""
    return f"The {MOST} longest over of {number:,} are shown; the data has all of them."


def _promised(snapshot: Snapshot, system: str, on: date) -> Grid:
    """What people at public meetings said they would do, and is over its day."""
    late = [
        each
        for each in outstanding(snapshot, on)
        if each.state == "overdue" and (not system or each.name.startswith(f"{system}/"))
    ]
    rows = (_promise(snapshot, each) for each in late[:MOST])
    heads = ("What", "Who", "By when", "That was", "System")
    said = "Said at public meetings, and not on record as done. No law sets these days."
    return grid(
        "Promises and actions past their day", heads, rows,
        empty="No promise or action on record is over its day.",
        intro=_cut(len(late)) or said,
    )  # fmt: skip


def _promise(snapshot: Snapshot, each: Outstanding) -> tuple[Any, ...]:
    system = identifier(each.name).system
    due = in_words(each.due) if each.due else None
    return (
        Link(each.what, f"/{each.name}"), each.who, due,
        f"{count(each.days_over or 0, 'day')} ago",
        Link(system_name(snapshot, system), f"/{system}/promises/"),
    )  # fmt: skip


# --- calendar -------------------------------------------------------------------------------------


def calendar(request: HttpRequest, system: str = "") -> HttpResponse:
    """The last day of everything still awaited or overdue, as a calendar to subscribe to."""
    snapshot, on = the_snapshot(request), the_day(request).as_at
    system = system or request.GET.get("system", "")
    if wrong := _unknown(snapshot, system):
        raise Http404(wrong)
    every = (*overdue(snapshot, on), *awaited(tasks(snapshot), on))
    site = request.build_absolute_uri("/").rstrip("/")
    text = written(snapshot, _of(every, system), on, site=site)
    return calendar_file(text, f"{system}-due" if system else "due")


def written(snapshot: Snapshot, found: Iterable[Task], on: date, *, site: str) -> bytes:
    """Last days as iCalendar (RFC 5545), each with an alarm 7 and 2 days before."""
    made = subscribing.calendar("Due", "Answers due to scrutiny and Healthwatch")
    for task in found:
        made.add_component(_event(snapshot, task, on, site))
    return bytes(made.to_ical())


def _event(snapshot: Snapshot, task: Task, on: date, site: str) -> Event:
    due = task.due or on
    invented = identifier(task.about).system in snapshot.invented
    late = "Overdue: " if task.state(on) == "overdue" else ""
    event = Event()
    who = (task.who or task.printed or "").replace("/", ".")
    event.add("uid", f"{task.about.replace('/', '.')}.{task.rule or 'named'}.{who}@commonweal")
    event.add("dtstamp", snapshot.known)
    event.add("dtstart", due)
    event.add("summary", f"{late}{task.title}: {task.owed_by(snapshot)}{' (invented)' * invented}")
    event.add("url", f"{site}/{task.about}")
    event.add("transp", "TRANSPARENT")
    event.add("description", f"{snapshot.name(task.about)}. {working(task)}")
    for days in REMINDERS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"Due in {days} days: {task.title}")
        alarm.add("trigger", timedelta(-days))
        event.add_component(alarm)
    return event


# --- Atom -----------------------------------------------------------------------------------------


class Overdue(NewsFeed):
    """What became overdue, the latest first."""

    title = "Commonweal: overdue to scrutiny and Healthwatch"
    description = "Answers whose last day has passed."
    link = "/overdue/"

    def get_object(self, request: HttpRequest) -> dict[str, Any]:
        snapshot, on = the_snapshot(request), the_day(request).as_at
        system = request.GET.get("system", "")
        if wrong := _unknown(snapshot, system):
            raise Http404(wrong)
        newest = _of(overdue(snapshot, on), system)[::-1][:MOST]
        news = [_news(snapshot, task, on) for task in newest]
        return {"news": news, "path": request.get_full_path()}

    def item_guid(self, item: Any) -> str:
        # One fact may be owed by several bodies, and under several rules.
        return str(item.guid)


class _News(NamedTuple):
    """As `News`, with what tells it from others about the same fact."""

    name: str
    title: str
    words: str
    recorded: datetime
    guid: str


def _news(snapshot: Snapshot, task: Task, on: date) -> _News:
    passed = datetime.combine(task.due or on, time.min, UTC) + timedelta(1)
    return _News(
        task.about, f"{task.owed_by(snapshot)}: {snapshot.name(task.about)}",
        f"{task.title}. {task.in_words(on)}", passed,
        f"{task.about}#{task.rule or 'named'}-{task.who or 'printed'}",
    )  # fmt: skip
