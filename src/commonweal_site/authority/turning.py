"""The days on which the answer to a question changes.

An answer can change only on a day when something that it rests on begins or ends, or when the law
does. Those days are tried one by one, the nearest first; the public record of each day answers.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from commonweal.authority.answers import InShort, in_short
from commonweal.authority.facts import Delegation, Power, Reservation
from commonweal.authority.register import PROVIDERS_FREED, register
from commonweal.authority.search import Question
from commonweal.bodies.facts import Body
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import BEFORE_ALL, OPEN
from commonweal_site.record.shelf import Shelf

MOST = 10
"""As many days as are shown."""

_TRIED = 24
"""As many days as are tried."""

_KINDS = (Delegation, Power, Reservation, Body)


class Answers(NamedTuple):
    """Who may, and who perhaps may, over some days; holders in order of their identifiers.

    allowed  each with the pence up to which it may; None: no limit, or none recorded
    """

    allowed: tuple[tuple[str, int | None], ...]
    cannot_tell: tuple[str, ...]


class Turn(NamedTuple):
    """A day from which the answer is another.

    names  what those in the answers are called on a day when they are on record
    """

    day: date
    before: Answers
    after: Answers
    names: Mapping[str, str]

    @property
    def eve(self) -> date:
        """The last day of the answer before."""
        return self.day - timedelta(1)


def turns(shelf: Shelf, snapshot: Snapshot, question: Question) -> tuple[Turn, ...]:
    """The days nearest to the snapshot's on which the answer changes, in their order."""
    days = sorted(set(_days(shelf, snapshot, question)))
    near = sorted(days, key=lambda day: abs((day - snapshot.as_at).days))[:_TRIED]
    found = [each for each in _compared(snapshot, question, sorted(near)) if _changes(each)]
    nearest = sorted(found, key=lambda each: abs((each.day - snapshot.as_at).days))[:MOST]
    return tuple(sorted(nearest, key=lambda each: each.day))


def _changes(turn: Turn) -> bool:
    return turn.before != turn.after


def _compared(snapshot: Snapshot, question: Question, days: Iterable[date]) -> Iterator[Turn]:
    names: dict[str, str] = {}
    before: Answers | None = None
    for day in days:
        # From one day tried to the next nothing changes, unless a day between was left out.
        before = before or _answers(snapshot, question, day - timedelta(1), names)
        after = _answers(snapshot, question, day, names)
        yield Turn(day, before, after, names)
        before = after


def _answers(
    snapshot: Snapshot, question: Question, day: date, names: dict[str, str]
) -> Answers:  # fmt: skip
    then = snapshot if day == snapshot.as_at else snapshot.on(day)
    known = then.get(question.function) and then.get(question.area)
    found = in_short(then, question) if known else InShort({}, ())
    names.update({each: then.name(each) for each in (*found.allowed, *found.cannot_tell)})
    return Answers(tuple(sorted(found.allowed.items())), tuple(sorted(found.cannot_tell)))


# --- the days to try -----------------------------------------------------------------------------


def _days(shelf: Shelf, snapshot: Snapshot, question: Question) -> Iterator[date]:
    yield PROVIDERS_FREED
    for entity in _concerned(shelf, snapshot, question):
        for past in shelf.book.history(entity):
            closed = past.closed_by is not None and past.closed_by <= snapshot.head
            if past.opened_by <= snapshot.head and not closed:
                days = {past.valid_from, past.valid_to} - {BEFORE_ALL, OPEN}
                yield from (day for day in days if day > BEFORE_ALL + timedelta(1))


def _concerned(shelf: Shelf, snapshot: Snapshot, question: Question) -> set[str]:
    """What the answer may rest on, on any day.

    What names the function, or a wider one, or serves the area; and all that those name.
    """
    entries = register(snapshot)
    functions, areas = entries.functions.up(question.function), entries.land.up(question.area)
    found: set[str] = {question.function, question.area}
    for kind in _KINDS:
        wanted = areas if kind is Body else functions
        for name, versions in shelf.book.live_of_kind(kind.kind).items():
            for version in versions:
                if not any(f'"{each}"' in version.content for each in wanted):
                    continue  # most are about something else, and need not be read
                found |= (
                    {name} if kind is Body else {name, *_named(snapshot, name, version.content)}
                )
    return {name for name in found if name.split("/")[1] != "document"}


def _named(snapshot: Snapshot, name: str, content: str) -> set[str]:
    kind = snapshot.vocabulary.kind_of(name)
    return {each.entity for each in kind.references(kind.decode(content))}
