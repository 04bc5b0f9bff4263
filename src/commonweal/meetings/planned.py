"""What is coming to meetings, and what was promised or given to somebody and is not yet done."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words, period

from .agenda import agenda
from .decided import Action
from .facts import Meeting
from .said import Promise

State = Literal["overdue", "due", "no day set"]


class Coming(NamedTuple):
    """One thing that is to come to a meeting.

    item  the item on record; None: only named in the announcement
    """

    when: str
    body: str
    meeting: str
    number: str
    name: str
    ask: str
    item: str | None


class Outstanding(NamedTuple):
    """An action or promise that is not done, as far as is on record.

    days_over  days since its last day; 0 or less while there is time, None if no day was set
    """

    name: str
    what: str
    who: str
    due: str | None
    state: State
    days_over: int | None


def forward_plan(snapshot: Snapshot, after: date, *, body: str | None = None) -> tuple[Coming, ...]:
    """What is to come to meetings that may be held after a day, soonest first.

    body  only its meetings; None: those of every body
    """
    coming = (
        each
        for name, meeting in snapshot.all(Meeting).items()
        if body in {None, meeting.body} and _may_come(meeting, after)
        for each in _items(snapshot, name, meeting)
    )
    return tuple(sorted(coming, key=lambda each: (period(each.when), each.meeting)))


def _may_come(meeting: Meeting, after: date) -> bool:
    off = meeting.type in {"not evidenced", "cancelled"}
    return not off and period(meeting.when)[1] > _next(after)


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _items(snapshot: Snapshot, name: str, meeting: Meeting) -> Iterator[Coming]:
    items = agenda(snapshot, name)
    for own, item in items:
        asked = "" if item.type == "not stated" else item.type
        yield Coming(meeting.when, meeting.body, name, item.number, item.name, asked, own)
    if not items:
        for what in meeting.items:
            yield Coming(meeting.when, meeting.body, name, "", what, "", None)


def outstanding(snapshot: Snapshot, on: date) -> tuple[Outstanding, ...]:
    """Actions and promises not on record as done, as they stand on a day: the longest over first.

    An action is over its day from the day after it. Offers and plans are listed like undertakings:
    somebody was told of them.
    """
    found = (*_actions(snapshot, on), *_promises(snapshot, on))
    return tuple(sorted(found, key=lambda e: (e.days_over is None, -(e.days_over or 0), e.name)))


def _actions(snapshot: Snapshot, on: date) -> Iterator[Outstanding]:
    for name, action in snapshot.all(Action).items():
        if not _over(action.type in {"done", "dropped"}, action.done, on):
            who = _who(snapshot, action.owner, action.owner_printed)
            yield Outstanding(name, action.name, who, action.due, *standing_on(action.due, on))


def _promises(snapshot: Snapshot, on: date) -> Iterator[Outstanding]:
    for name, promise in snapshot.all(Promise).items():
        if not _over(promise.kept in {"kept", "withdrawn"}, promise.kept_on, on):
            who = _who(snapshot, promise.by, promise.by_printed)
            yield Outstanding(name, promise.name, who, promise.due, *standing_on(promise.due, on))


def _over(said: bool, when: str | None, on: date) -> bool:  # noqa: FBT001  # one of a pair
    """Whether a thing was finished by a day: by its date, or where it has none, as it is said."""
    return period(when)[0] <= on if when else said


def standing_on(due: str | None, on: date) -> tuple[State, int | None]:
    """How something not yet done stands on a day, and days since its last day.

    It is over from the day after its last day.
    """
    if due is None:
        return "no day set", None
    over = (on - period(due)[1]).days + 1
    return ("overdue" if over > 0 else "due"), over


def _who(snapshot: Snapshot, who: str | None, printed: str | None) -> str:
    return printed or (snapshot.name(who) if who else "not recorded")


def in_sentence(each: Outstanding) -> str:
    """One outstanding thing as a sentence."""
    when = f"due {in_words(each.due)}" if each.due else "no day was set"
    over = f", {each.days_over} days over" if each.state == "overdue" else ""
    return f"{each.who}: {each.what} ({when}{over})."
