"""The page of a meeting: what was announced, who came, what was said, decided and promised."""

from collections.abc import Iterator
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse

from commonweal.meetings.agenda import (
    actions_at,
    agenda,
    attended,
    comments_at,
    decisions_at,
    papers_for,
    promises_at,
    questions_at,
)
from commonweal.meetings.facts import AgendaItem, Attendance, Meeting
from commonweal.meetings.minuted import Minutes
from commonweal.meetings.notice import notice_of
from commonweal.meetings.quorum import quorum
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words, period
from commonweal_site.pages import page, the_day, the_snapshot, wants
from commonweal_site.record import entity
from commonweal_site.record.presenting import Link, link_to, mentions
from commonweal_site.words import capital

from .decisions import came_to
from .laid_out import Cell, Grid, Told, grid, told, whoever
from .promises import promise_rows, state_of

TOLD = frozenset(
    "item attendance paper conflict decision question comment promise action minutes".split()
)
"""Kinds that the page of a meeting tells of in its own way."""

_THERE = frozenset({"present", "in person", "online"})


class Glance(NamedTuple):
    """One line about the meeting as a whole."""

    title: str
    words: str
    path: str = ""


def meeting(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """A meeting on the day asked about."""
    name, snapshot = f"{system}/meeting/{slug}", the_snapshot(request)
    fact = snapshot.get(name)
    if not isinstance(fact, Meeting) or wants(request) != "html":
        return entity.entity(request, system, "meeting", slug)
    given = entity.context(snapshot, request, name, mentions(snapshot, name, without=TOLD))
    return page(
        request, "meetings/meeting.jinja", fact.label(snapshot.name), **given,
        meeting=fact, glances=list(glances(snapshot, name, fact)),
        body=link_to(snapshot, fact.body),
        lines=list(_findings(snapshot, name, fact)), grids=grids(snapshot, name, request),
        calendar=f"/{fact.body}/meetings.ics",
    )  # fmt: skip


def glances(snapshot: Snapshot, name: str, fact: Meeting) -> Iterator[Glance]:
    """When, where, open to whom; the recording and the minutes."""
    time = f", {fact.time}" if fact.time else ""
    yield Glance("When", f"{capital(in_words(fact.when))}{time}")
    yield Glance("Where", fact.venue or "Not recorded")
    yield Glance("Evidence", capital(fact.type))
    yield Glance("Open to the public", _open(fact))
    yield Glance("Recording", fact.recording or "None on record", fact.recording or "")
    yield from minutes_of(snapshot, name)


def _open(fact: Meeting) -> str:
    if fact.public is None:
        return "Not recorded"
    if fact.public:
        return "Yes"
    because = fact.excluded_because
    return f"No. {because}" if because else "No. The reason is not on record."


def minutes_of(snapshot: Snapshot, name: str) -> Iterator[Glance]:
    """The minutes on record and their state; else that a later meeting confirmed some."""
    found = [(own, each) for own, each in snapshot.referring(name, Minutes) if each.meeting == name]
    for own, each in sorted(found):
        yield Glance("Minutes", capital(each.type), f"/{own}")
    if not found:
        confirmed = confirmed_by(snapshot, name)
        if confirmed:
            yield Glance("Minutes", f"Confirmed: {snapshot.name(confirmed)}", f"/{confirmed}")
        else:
            yield Glance("Minutes", "None on record that a later meeting confirmed")


def confirmed_by(snapshot: Snapshot, name: str) -> str | None:
    """The decision of a later meeting that says these minutes, by their day, are right."""
    held = snapshot.fact(name)
    if not isinstance(held, Meeting):
        return None
    for later, each in sorted(snapshot.all(Meeting).items(), key=lambda e: period(e[1].when)):
        if each.body != held.body or period(each.when) <= period(held.when):
            continue
        for item, fact in agenda(snapshot, later):
            if fact.type == "confirm minutes":
                for decision, made in decisions_at(snapshot, item):
                    if made.outcome == "carried" and in_words(held.when) in made.name:
                        return decision
    return None


def _findings(snapshot: Snapshot, name: str, fact: Meeting) -> Iterator[Told]:
    yield told(snapshot, "notice", notice_of(snapshot, name))
    if fact.type == "held":
        yield told(snapshot, "quorum at the start", quorum(snapshot, name))


# --- tables --------------------------------------------------------------------------------------


def grids(snapshot: Snapshot, name: str, request: HttpRequest) -> list[Grid]:
    """The tables of a meeting's page, those that have rows or that a reader would look for."""
    items, day = agenda(snapshot, name), the_day(request)
    fact = snapshot.fact(name)
    heard = isinstance(fact, Meeting) and fact.type == "held"
    promised = [each for own, _ in items for each in promises_at(snapshot, own)]
    found = [
        _agenda(snapshot, items, fact, heard=heard),
        _attendance(snapshot, name, fact),
        _decided(snapshot, items),
        _asked(snapshot, items),
        grid(
            "Promises", ("What", "Who", "By when", "State"),
            promise_rows(snapshot, promised, day.as_at),
        ),
        _actions(snapshot, items, request),
        grid(
            "Views and reports", ("Who", "What"),
            (
                (whoever(snapshot, each.by, each.by_printed), Link(each.text, f"/{own}"))
                for item, _ in items
                for own, each in comments_at(snapshot, item)
            ),
        ),
    ]  # fmt: skip
    return [each for each in found if each.rows or each.anchor in {"agenda", "who-was-there"}]


def _agenda(
    snapshot: Snapshot, items: tuple[tuple[str, AgendaItem], ...], fact: object, *, heard: bool
) -> Grid:
    heads = ("Item", "What", "Asked", "Papers", *(("Quorum",) if heard else ()))
    rows = [(*_item(snapshot, own, item), *((_quorum(snapshot, own),) if heard else ()))
            for own, item in items]  # fmt: skip
    if not rows and isinstance(fact, Meeting) and fact.items:
        told_of = ((Link(f"{n}"), each) for n, each in enumerate(fact.items, start=1))
        return grid("Agenda", ("", "As announced"), told_of)
    return grid("Agenda", heads, rows, empty="No agenda is on record.")


def _item(snapshot: Snapshot, own: str, item: AgendaItem) -> tuple[Cell, ...]:
    private = f"In private, because: {item.private_because}" if item.private_because else ""
    late = f"Taken late, because: {item.late_because}" if item.late_because else ""
    what = (Link(item.name, f"/{own}"), *(Link(each) for each in (private, late) if each))
    ask = item.asked or (capital(item.type) if item.type != "not stated" else None)
    papers = tuple(
        Link(each.label(snapshot.name), f"/{paper}") for paper, each in papers_for(snapshot, own)
    )
    return item.number, what, ask, papers or "None on record"


def _quorum(snapshot: Snapshot, item: str) -> str:
    return f"{capital(quorum(snapshot, item).outcome)}"


def _attendance(snapshot: Snapshot, name: str, fact: object) -> Grid:
    everybody = sorted(
        (each for _, each in attended(snapshot, name)), key=lambda a: a.type not in _THERE
    )
    rows = [_was_there(snapshot, each) for each in everybody]
    apologies = fact.apologies if isinstance(fact, Meeting) and not rows else ()
    rows += [(each, "Not recorded", "Apologies", "None") for each in apologies]
    heads = ("Who", "As what", "How", "For which items")
    return grid("Who was there", heads, rows, empty="Who was there is not on record.")


def _was_there(snapshot: Snapshot, each: Attendance) -> tuple[Cell, ...]:
    place = f", for {snapshot.name(each.on_behalf_of)}" if each.on_behalf_of else ""
    when = (
        f"Left before {snapshot.name(each.left)}" if each.left else "",
        f"There from {snapshot.name(each.returned)}" if each.returned else "",
    )
    return (
        whoever(snapshot, each.who, each.who_printed), f"{capital(each.capacity)}{place}",
        capital(each.type),
        ("; ".join(filter(None, when)) or "All") if each.type in _THERE else "None",
    )  # fmt: skip


def _decided(snapshot: Snapshot, items: tuple[tuple[str, AgendaItem], ...]) -> Grid:
    rows = (
        (item.number, Link(each.name, f"/{own}"), came_to(snapshot, own, each))
        for at, item in items
        for own, each in decisions_at(snapshot, at)
    )
    return grid("What was decided or noted", ("Item", "What", "How"), rows)


def _asked(snapshot: Snapshot, items: tuple[tuple[str, AgendaItem], ...]) -> Grid:
    rows = (
        (
            whoever(snapshot, each.asked_by, each.asked_by_printed),
            Link(each.text, f"/{own}"),
            " ".join(answer.text for answer in each.answers) or "No answer is on record.",
        )
        for at, _ in items
        for own, each in questions_at(snapshot, at)
    )
    return grid("Questions and answers", ("Who asked", "What", "What was answered"), rows)


def _actions(
    snapshot: Snapshot, items: tuple[tuple[str, AgendaItem], ...], request: HttpRequest
) -> Grid:
    day = the_day(request).as_at
    rows = (
        (
            Link(each.name, f"/{own}"),
            whoever(snapshot, each.owner, each.owner_printed),
            in_words(each.due) if each.due else "No day was set",
            state_of(each, day),
        )
        for at, _ in items
        for own, each in actions_at(snapshot, at)
    )
    return grid("Actions", ("What", "Who", "By when", "State"), rows)
