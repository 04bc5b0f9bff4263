"""A meeting made ready from the one before it, and how far a meeting has come on its way."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from commonweal.bodies.boards import members
from commonweal.bodies.facts import Seat
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words, period

from .agenda import (
    agenda,
    attended,
    decisions_at,
    meeting_of,
    on_the_day,
    papers_for,
    seats_filled,
)
from .decided import Action, Decision
from .facts import AgendaItem, Meeting, Paper
from .minuted import Minutes, State
from .planned import Outstanding, outstanding
from .said import Promise
from .voting import who_may_vote

Done = Literal["done", "begun", "to do", "not yet"]

Ask = Literal["apologies", "declare interests", "confirm minutes", "receive", "next meeting"]

_STANDING: tuple[tuple[str, Ask], ...] = (
    ("Apologies", "apologies"),
    ("Declarations of interest", "declare interests"),
)


class Planned(NamedTuple):
    """One item that a new meeting begins with; `follows` is the earlier item it carries on."""

    number: str
    name: str
    ask: Ask
    asked: str | None = None
    follows: str | None = None


class Step(NamedTuple):
    """One step of a meeting's way, how far it is, and what is there, in a few words."""

    name: str
    done: Done
    said: str


def meetings_of(snapshot: Snapshot, body: str) -> tuple[tuple[str, Meeting], ...]:
    """The meetings of a body, the last first."""
    found = [e for e in snapshot.referring(body, Meeting) if e[1].body == body]
    return tuple(sorted(found, key=lambda e: (period(e[1].when), e[0]), reverse=True))


def meeting_before(snapshot: Snapshot, body: str, day: date) -> tuple[str, Meeting] | None:
    """The last meeting of a body before a day; none if there was none."""
    earlier = (
        each
        for each in meetings_of(snapshot, body)
        if period(each[1].when)[1] <= day and each[1].type != "not evidenced"
    )
    return next(earlier, None)


def first_items(snapshot: Snapshot, body: str, day: date) -> tuple[Planned, ...]:
    """What the agenda of a new meeting begins with: standing items, and what is left from before.

    Private items and items for decision of the last meeting do not come again by themselves.
    """
    last = meeting_before(snapshot, body, day)
    found = [Planned("", name, ask) for name, ask in _STANDING]
    if last:
        confirm = f"Approve the minutes of {in_words(last[1].when)} as a correct record"
        name = f"Minutes of {in_words(last[1].when)}"
        found.append(Planned("", name, "confirm minutes", confirm))
        if left := left_over(snapshot, body, day):
            asked = f"Hear what came of {len(left)} actions and promises not yet done"
            found.append(Planned("", "Actions and promises outstanding", "receive", asked))
    found.append(Planned("", "Date of next meeting", "next meeting"))
    return tuple(each._replace(number=str(n)) for n, each in enumerate(found, start=1))


def left_over(snapshot: Snapshot, body: str, day: date) -> tuple[Outstanding, ...]:
    """Actions and promises of a body's meetings that are not done by a day."""
    held = {name for name, _ in meetings_of(snapshot, body)}
    return tuple(
        each for each in outstanding(snapshot, day) if _meeting_of(snapshot, each.name) in held
    )


def _meeting_of(snapshot: Snapshot, name: str) -> str | None:
    """The meeting that an action or promise came from."""
    fact = snapshot.get(name)
    item = fact.item if isinstance(fact, Action | Promise) else None
    if isinstance(fact, Action) and item is None and fact.decision:
        decision = snapshot.get(fact.decision)
        item = decision.item if isinstance(decision, Decision) else None
    found = snapshot.get(item) if item else None
    return found.meeting if isinstance(found, AgendaItem) else None


def no_voters(snapshot: Snapshot, item: str) -> str:
    """Why an item cannot be decided, if nobody who was there may vote on it; else empty."""
    voices = who_may_vote(snapshot, item)
    if not voices:
        return "Nobody is down as having been there, so nothing can be decided yet."
    if any(voice.may_vote != "not met" for voice in voices):
        return ""
    return (
        "Nobody who was there may vote on this item. It can be discussed, and what was said can "
        "be recorded, but nothing can be decided."
    )


def minutes_of(snapshot: Snapshot, meeting: str, *states: State) -> tuple[str, Minutes] | None:
    """The minutes of a meeting in one of some states (any, if none is named)."""
    found = [e for e in snapshot.referring(meeting, Minutes) if e[1].meeting == meeting]
    found.sort(key=lambda each: _ORDER.index(each[1].type), reverse=True)
    return next((each for each in found if not states or each[1].type in states), None)


_ORDER: tuple[State, ...] = ("draft", "published draft", "approved")


# --- how far a meeting has come -----------------------------------------------------------------


def progress(snapshot: Snapshot, name: str) -> tuple[Step, ...]:
    """The steps of a meeting from agenda to publication, each with how far it is."""
    _, meeting, _ = meeting_of(snapshot, name)
    items = agenda(snapshot, name)
    return (
        Step("Agenda", "done" if items else "to do", _count(len(items), "item")),
        _papers(snapshot, tuple(own for own, _ in items)),
        _notice(meeting),
        _attendance(snapshot, name, meeting),
        *_business(snapshot, tuple(own for own, _ in items)),
        *_minutes(snapshot, name),
    )


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _papers(snapshot: Snapshot, items: tuple[str, ...]) -> Step:
    papers = [p for own in items for _, p in papers_for(snapshot, own)]
    filed = sum(1 for p in papers if p.checksum)
    said = f"{_count(len(papers), 'paper')}, {_count(filed, 'file')}"
    return Step("Papers", "done" if papers else "to do", said)


def _notice(meeting: Meeting) -> Step:
    said = f"given on {in_words(meeting.notice)}" if meeting.notice else "not recorded"
    return Step("Notice", "done" if meeting.notice else "to do", said)


def _attendance(snapshot: Snapshot, name: str, meeting: Meeting) -> Step:
    there = attended(snapshot, name)
    filled = len(tuple(seats_filled(snapshot, name)))
    then = on_the_day(snapshot, meeting)
    seats = len(members(then, meeting.body)) if then else 0
    said = f"{filled} of {_count(seats, 'seat')} filled" if there else "nobody down yet"
    return Step("Attendance", "done" if there else "to do", said)


def _business(snapshot: Snapshot, items: tuple[str, ...]) -> Iterator[Step]:
    decided = [d for own in items for _, d in decisions_at(snapshot, own)]
    spoken = sum(1 for own in items if _spoken_of(snapshot, own))
    given = [a for own in items for _, a in snapshot.referring(own, Action) if a.item == own]
    done: Done = "to do" if not spoken else "done" if spoken == len(items) else "begun"
    yield Step("Items", done, f"{spoken} of {len(items)} have something on record")
    yield Step("Decisions", "done" if decided else "to do", _count(len(decided), "decision"))
    yield Step("Actions", "done" if given else "to do", _count(len(given), "action"))


def _spoken_of(snapshot: Snapshot, item: str) -> bool:
    """Whether anything but the item's own papers is on record under it."""
    return any(not isinstance(fact, Paper | AgendaItem) for _, fact in snapshot.mentions(item))


def _minutes(snapshot: Snapshot, name: str) -> Iterator[Step]:
    found = minutes_of(snapshot, name)
    state = found[1].type if found else None
    said = f"{state}" if state else "not begun"
    yield Step("Minutes", "done" if state else "to do", said)
    out = state in {"published draft", "approved"}
    day = found[1].published if found else None
    told = f"published on {in_words(day)}" if day else "not published"
    yield Step("Publish", "done" if out else "to do" if state else "not yet", told)


def seats_to_tick(snapshot: Snapshot, meeting: str) -> tuple[tuple[str, Seat], ...]:
    """The seats of the body on the day of a meeting, in the order of their names."""
    _, held, _ = meeting_of(snapshot, meeting)
    then = on_the_day(snapshot, held) or snapshot
    found = [(sitting.name, sitting.seat) for sitting in members(then, held.body)]
    return tuple(sorted(found, key=lambda each: (_rank(each[1]), then.name(each[0]))))


def _rank(seat: Seat) -> int:
    first = ("chair", "vice-chair", "chief executive")
    return first.index(seat.type) if seat.type in first else len(first)
