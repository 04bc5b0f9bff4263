"""Two people changed the same fact: what each of them changed, side by side, and settling it."""

from typing import Any, NamedTuple

import msgspec

from commonweal.record.comparing import in_words
from commonweal.record.entries import Entry
from commonweal.record.facts import Fact
from commonweal.record.kinds import Kind

from .desk import Desk
from .questions import Answers, fields_of


class Contested(NamedTuple):
    """One field, as it was, as somebody else made it and as you want it.

    both  whether both changed it, and differently: then a person has to choose
    """

    field: str
    title: str
    was: str
    theirs: str
    yours: str
    both: bool
    choice: str


class Clash(NamedTuple):
    """A conflict: what others wrote since, and every field on which somebody differs from what was.

    gone  whether nothing stands on that day any more
    """

    since: tuple[Entry, ...]
    fields: tuple[Contested, ...]
    gone: bool


def clash(desk: Desk, kind: Kind, entity: str, answers: Answers, yours: Fact | None) -> Clash:
    """What was, what is now and what is wanted of an entity, on the day the form was made for."""
    seen, day = answers.number("seen") or 0, answers.text("day")
    was, now = stood(desk, kind, entity, day, seen), stands(desk, kind, entity, day)
    since = tuple(each for each in desk.book.entries_about(entity) if each.number > seen)
    contested = tuple(_contested(kind, was, now, yours)) if now and yours else ()
    return Clash(since, contested, now is None)


def stood(desk: Desk, kind: Kind, entity: str, day: str, seen: int) -> Fact | None:
    """What the record said of an entity on a day, as known at an entry."""
    for past in desk.book.history(entity):
        open_then = past.opened_by <= seen and (past.closed_by is None or past.closed_by > seen)
        if open_then and past.valid_from.isoformat() <= day < past.valid_to.isoformat():
            fact = kind.decode(past.content)
            return fact if desk.may_know(entity, fact) else None
    return None


def stands(desk: Desk, kind: Kind, entity: str, day: str) -> Fact | None:
    """What the record now says of an entity on a day."""
    for version in desk.live(entity).versions:
        if version.valid_from <= day < version.valid_to:
            return kind.decode(version.content)
    return None


def _contested(kind: Kind, was: Fact | None, now: Fact, yours: Fact) -> list[Contested]:
    old, new, mine = (msgspec.to_builtins(fact) if fact else {} for fact in (was, now, yours))
    found = []
    for field in kind.fields:
        before, theirs, ours = (each.get(field.name) for each in (old, new, mine))
        if before == theirs == ours:
            continue
        both = before not in (theirs, ours) and theirs != ours
        choice = "" if both else "theirs" if ours == before else "yours"
        found.append(
            Contested(field.name, field.title, in_words(before), in_words(theirs), in_words(ours),
                      both, choice)
        )  # fmt: skip
    return found


def settled(desk: Desk, kind: Kind, entity: str, answers: Answers) -> tuple[Answers, list[str]]:
    """The answers after a person has chosen, and the fields on which they have yet to choose."""
    now = stands(desk, kind, entity, answers.text("day"))
    theirs: dict[str, Any] = msgspec.to_builtins(now) if now else {}
    undecided = []
    for each in fields_of(kind):
        choice = answers.text(f"settle.{each.field}")
        if choice == "theirs":
            answers = answers.without(f"fact.{each.field}")
            for name, text in each.texts(f"fact.{each.field}", theirs.get(each.field)):
                answers.put(name, *answers.all(name), text)
        elif not choice and f"settle.{each.field}.both" in answers.texts:
            undecided.append(each.field)
    if not undecided:
        answers = answers.without("settle")
        answers.put("seen", str(desk.live(entity).last))
    return answers, undecided
