"""Where a decision is taken next, and how somebody may have a say in it."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from commonweal.authority.register import register
from commonweal.bodies.facts import Body, Post
from commonweal.meetings.facts import AgendaItem, Meeting
from commonweal.meetings.said import Question
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import period
from commonweal_site.record.presenting import Link, link_to, path_of
from commonweal_site.words import stated

_SOME = 3
"""As many questions as are shown as examples."""

_NOT_HELD = frozenset({"not evidenced", "cancelled"})


class Say(NamedTuple):
    """How to have a say. What the sources do not tell is left out, and the page says so.

    body       who meets: whoever decides, or the body that the post belongs to
    apart      the post itself decides, outside meetings
    coming     its next meeting on record, `then` the one after it, and `last` its last
    questions  the latest that were put at its meetings
    voices     the local Healthwatch, which speaks for residents
    scrutiny   the committees that look at decisions afterwards
    """

    body: Link
    apart: bool
    coming: Link | None
    public: str
    then: Link | None
    last: Link | None
    questions: tuple[Link, ...]
    voices: tuple[Link, ...]
    scrutiny: tuple[Link, ...]


def say(snapshot: Snapshot, holder: str, area: str) -> Say:
    """How to have a say in what a holder decides for an area."""
    post = snapshot.get(holder)
    body = post.bodies[0] if isinstance(post, Post) and post.bodies else holder
    meetings = [(name, each) for name, each in snapshot.referring(body, Meeting)
                if each.body == body and each.type not in _NOT_HELD]  # fmt: skip
    coming = _coming(meetings, snapshot.as_at)
    return Say(
        link_to(snapshot, body),
        body != holder,
        _met(*coming[0]) if coming else None,
        _public(coming[0][1]) if coming else "",
        _met(*coming[1]) if coming[1:] else None,
        _last(meetings, snapshot.as_at),
        tuple(_questions(snapshot, body))[:_SOME],
        tuple(_serving(snapshot, area, "local Healthwatch")),
        tuple(_serving(snapshot, area, "scrutiny committee")),
    )


def _coming(meetings: list[tuple[str, Meeting]], day: date) -> list[tuple[str, Meeting]]:
    found = [pair for pair in meetings if period(pair[1].when)[1] > day]
    return sorted(found, key=lambda pair: (period(pair[1].when), pair[0]))


def _last(meetings: list[tuple[str, Meeting]], day: date) -> Link | None:
    found = [pair for pair in meetings if period(pair[1].when)[1] <= day]
    return _met(*max(found, key=lambda pair: (period(pair[1].when), pair[0]))) if found else None


def _met(name: str, meeting: Meeting) -> Link:
    at = f" at {meeting.time}" if meeting.time else ""
    where = f", {meeting.venue}" if meeting.venue else ""
    return Link(f"{stated(meeting.when)}{at}{where}", path_of(name))


def _public(meeting: Meeting) -> str:
    if meeting.public is None:
        return "Whether the public may attend is not recorded."
    return "It is held in public." if meeting.public else "The public may not attend."


def _questions(snapshot: Snapshot, body: str) -> Iterator[Link]:
    found = []
    for name, question in snapshot.all(Question).items():
        item = snapshot.get(question.item)
        meeting = snapshot.get(item.meeting) if isinstance(item, AgendaItem) else None
        if isinstance(meeting, Meeting) and meeting.body == body:
            found.append((meeting.when, name, question.name))
    for _, name, text in sorted(found, reverse=True):
        yield Link(text, path_of(name))


def _serving(snapshot: Snapshot, area: str, kind: str) -> Iterator[Link]:
    around = register(snapshot).land.up(area)
    for name, body in snapshot.all(Body).items():
        if body.type == kind and not around.isdisjoint(body.areas):
            yield link_to(snapshot, name)
