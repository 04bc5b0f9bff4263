"""Writes in a line each, and readings of what came of them, for tests of the record."""

from datetime import UTC, date, datetime, timedelta

from commonweal.areas.facts import Area
from commonweal.record.writing import Change

NINE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
PLACE = "kent/area/thanet"


def day(text):
    return date.fromisoformat(text)


def days(since, until):
    """Keyword arguments for the days a change speaks of."""
    given = {"valid_from": since, "valid_to": until}
    return {name: day(text) for name, text in given.items() if text}


def place(name, **fields):
    """An area of kind place."""
    return Area(name=name, type="place", **fields)


def asserted(entity, fact, since=None, until=None, **more):
    return Change("assert", entity, fact, **days(since, until), **more)


def amended(entity, fact, since, **more):
    return Change("amend", entity, fact, **days(since, None), **more)


def corrected(entity, fact, since=None, until=None, **more):
    return Change("correct", entity, fact, **days(since, until), **more)


def withdrawn(entity, since=None, until=None, **more):
    return Change("withdraw", entity, **days(since, until), **more)


def redacted(entity, target, *names):
    return Change("redact", entity, target=target, names=names)


def write(book, *changes, at=NINE, actor="Ann", reason="As the board was told"):
    return book.write(changes, actor=actor, reason=reason, at=at)


def hours(number):
    """Nine o'clock and some hours."""
    return NINE + timedelta(hours=number)


def name_on(book, when, entity=PLACE, known=None):
    """What an entity was called on a day, as known at an instant; None where it is not on record."""
    fact = book.snapshot(day(when), known).get(entity)
    return fact.name if fact else None


def lives(book, entity=PLACE):
    """Its live versions: first day, day after the last, and name."""
    kind = book.vocabulary.kind_of(entity)
    return [
        (each.valid_from, each.valid_to, kind.decode(each.content).name)
        for each in book.live(entity).versions
    ]
