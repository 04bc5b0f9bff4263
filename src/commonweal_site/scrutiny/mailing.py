"""Reminders by mail: the words, the addresses, and what was sent already.

Addresses are no facts: they stand in a private file of the folder of the record, never on record.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage

from commonweal.record.errors import SpeakingError, UnknownEntity
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words
from commonweal.scrutiny.owed import Task
from commonweal.scrutiny.reminding import Reminder
from commonweal_site.words import count

from .shown import working

ADDRESSES, SENT = "addresses.csv", "reminded.csv"
"""Files in the folder of the record: whom to write to where, and who was written to on what day."""


class NoAddresses(SpeakingError):
    """There is nothing to send to."""


class Letter(NamedTuple):
    """One message: the body it is for, its address (none: not known), and its words."""

    who: str
    address: str | None
    subject: str
    text: str


def letters(
    snapshot: Snapshot, found: Iterable[Reminder], on: date, addresses: Mapping[str, str], site: str
) -> tuple[Letter, ...]:
    """A message for each reminder, in order of body."""
    return tuple(
        Letter(
            each.who, addresses.get(each.who), _subject(each),
            "\n".join(_lines(snapshot, each, on, site)),
        )
        for each in found
    )  # fmt: skip


def _subject(each: Reminder) -> str:
    parts = []
    if each.owes:
        parts.append(f"{count(len(each.owes), 'answer')} of yours")
    if each.waits:
        parts.append(f"{count(len(each.waits), 'answer')} to you")
    return f"Scrutiny and Healthwatch: {' and '.join(parts)}"


def _lines(snapshot: Snapshot, each: Reminder, on: date, site: str) -> Iterator[str]:
    yield f"{snapshot.name(each.who)}, {day_in_words(on)}"
    for heading, found in (("You are asked for", each.owes), ("You wait for", each.waits)):
        if found:
            yield f"\n{heading}:"
            for task in found:
                yield from _item(snapshot, task, on, site)
    yield f"\nEverything that is overdue: {site}/overdue/"


def _item(snapshot: Snapshot, task: Task, on: date, site: str) -> Iterator[str]:
    yield f"\n- {snapshot.name(task.about)}"
    yield f"  {task.title}, {task.owed_by(snapshot)}. {task.in_words(on)}"
    yield f"  {working(task)}"
    yield f"  {site}/{task.about}"


def together(first: Iterable[Letter], more: Iterable[Letter]) -> tuple[Letter, ...]:
    """Letters of two rooms as one for each body, since a body is written to once a day."""
    found: dict[str, Letter] = {}
    for each in (*first, *more):
        had = found.get(each.who)
        found[each.who] = each if had is None else had._replace(
            subject=f"{had.subject}; {each.subject}", text=f"{had.text}\n\n{each.text}"
        )  # fmt: skip
    return tuple(found[who] for who in sorted(found))


def addresses_in(snapshot: Snapshot, folder: Path) -> dict[str, str]:
    """Addresses by body, from a file with the columns `who` and `address`; none if there is none.

    raises  UnknownEntity for a body that is not on record, NoAddresses for a file without columns
    """
    file = folder / ADDRESSES
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as opened:
        reader = csv.DictReader(opened)
        if not {"who", "address"} <= set(reader.fieldnames or ()):
            raise NoAddresses(
                f"{ADDRESSES} has no columns called who and address. Write `who,address` in its "
                "first line, then a body and where to write to it on each line."
            )
        found = {row["who"].strip(): row["address"].strip() for row in reader}
    for who in found:
        if snapshot.get(who) is None:
            raise UnknownEntity(f"{ADDRESSES} names {who}, which is not on record on that day.")
    return found


def sent_on(folder: Path, on: date) -> frozenset[str]:
    """Bodies that were reminded on a day already."""
    file = folder / SENT
    if not file.exists():
        return frozenset()
    with file.open(encoding="utf-8", newline="") as opened:
        return frozenset(
            row["who"] for row in csv.DictReader(opened) if row["on"] == on.isoformat()
        )


def send(found: Iterable[Letter], folder: Path, on: date) -> int:
    """Send each message that has an address and was not sent on that day; how many went out."""
    before, gone = sent_on(folder, on), 0
    for each in found:
        if each.address is None or each.who in before:
            continue
        EmailMessage(each.subject, each.text, settings.DEFAULT_FROM_EMAIL, [each.address]).send()
        _note(folder, on, each.who)
        gone += 1
    return gone


def _note(folder: Path, on: date, who: str) -> None:
    file = folder / SENT
    new = not file.exists()
    with file.open("a", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        if new:
            writer.writerow(("on", "who"))
        writer.writerow((on.isoformat(), who))
