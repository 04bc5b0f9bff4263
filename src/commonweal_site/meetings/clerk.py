"""One meeting as it lies before its clerk: what is on record of it, and how things are added."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import msgspec
from django.http import Http404, HttpRequest

from commonweal.meetings.agenda import agenda, the_day
from commonweal.meetings.facts import AgendaItem, Meeting
from commonweal.record.documents import Document
from commonweal.record.errors import Conflict, Refused
from commonweal.record.facts import Fact, Source
from commonweal.record.identifiers import slug as slug_of
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import OPEN, in_words
from commonweal.record.writing import Change
from commonweal_site.day import today
from commonweal_site.editing.desk import Desk
from commonweal_site.viewer import viewer

Faults = dict[str, str]
"""What is wrong with a form, by name of field; `form` is the whole."""

_LONGEST_SLUG = 70
_MOST_TRIES = 200
OTHERS_CHANGE = (
    "Somebody else changed this while you had it open. Nothing of yours was written. "
    "Look at it as it is now, and send yours again if it still holds."
)
CANNOT_KEEP_BACK = (
    "What is not for publication can be kept only by somebody who may read such facts. "
    "Whoever runs this site can give you the role of reader too."
)


class Clerk:
    """Somebody who keeps the record of one meeting."""

    def __init__(self, request: HttpRequest, system: str, slug: str) -> None:
        self.desk = Desk(viewer(request), today())
        self.system = system
        self.slug = slug
        self.name = f"{system}/meeting/{slug}"
        fact = self.snapshot.fact(self.name)
        if not isinstance(fact, Meeting):
            raise Http404(f"{self.name} is no meeting.")
        self.meeting = fact

    @property
    def snapshot(self) -> Snapshot:
        """The record today, as the clerk may see it."""
        return self.desk.snapshot

    @property
    def path(self) -> str:
        """The address of the meeting's task list."""
        return f"/desk/{self.system}/{self.slug}/"

    @cached_property
    def items(self) -> tuple[tuple[str, AgendaItem], ...]:
        """The agenda in order."""
        return agenda(self.snapshot, self.name)

    def item(self, slug: str) -> tuple[str, AgendaItem]:
        """One item of this meeting, by the last part of its identifier."""
        name = f"{self.system}/item/{slug}"
        for own, item in self.items:
            if own == name:
                return own, item
        raise Http404(f"This meeting has no item {slug}.")

    @property
    def day(self) -> date | None:
        """The day of the meeting, if it is stated exactly."""
        return the_day(self.meeting.when)

    @property
    def caption(self) -> str:
        """The meeting in a few words."""
        return self.meeting.label(self.snapshot.name)

    @property
    def begins(self) -> date:
        """From when what is written holds: today, or the day of the meeting if that is past."""
        return min(filter(None, (today(), self.day)))

    @property
    def may_keep_back(self) -> bool:
        """Whether the clerk may keep facts that are not for publication."""
        return self.desk.viewer.may_read(self.name)

    @property
    def seen(self) -> int:
        """The end of the log as this page shows it: what comes later somebody else wrote."""
        return self.snapshot.head

    # --- writing --------------------------------------------------------------------------------

    @property
    def record_document(self) -> str:
        """The document that everything written at this desk rests on: the clerk's own record."""
        return f"{self.system}/document/{self.slug}-record"

    def source(self, at: str = "") -> tuple[Source, ...]:
        """The clerk's record as a source."""
        return (Source(document=self.record_document, at=at),)

    def free(self, kind: str, *words: str) -> str:
        """An identifier that nothing has, made from the meeting and some words."""
        return free(self.desk, self.system, kind, self.slug, *words)

    def adds(self, kind: str, fact: Fact, *words: str) -> Change:
        """The change that puts a new fact on record."""
        sourced = fact if fact.sources else msgspec.structs.replace(fact, sources=self.source())
        return Change("assert", self.free(kind, *words), sourced, self.begins, OPEN)

    def corrects(self, entity: str, fact: Fact, seen: int | None = None) -> Change:
        """The change that puts a fact right on every day that it holds."""
        begins, ends = self._span(entity)
        return Change("correct", entity, fact, begins, ends, seen=self._seen(entity, seen))

    def takes_off(self, entity: str, seen: int | None = None) -> Change:
        """The change that takes a fact off the record, as if it had never stood there."""
        begins, ends = self._span(entity)
        return Change(
            "withdraw", entity, valid_from=begins, valid_to=ends, seen=self._seen(entity, seen)
        )

    def _seen(self, entity: str, seen: int | None) -> int | None:
        """What the writer had seen, in the terms of the log: the last entry up to then."""
        if seen is None:
            return None
        last = self.desk.live(entity).last
        return min(last, seen)

    def _span(self, entity: str) -> tuple[date, date]:
        held = self.snapshot.held(entity)
        first = held.valid_from if held else self.begins.isoformat()
        until = held.valid_to if held else OPEN.isoformat()
        return date.fromisoformat(first), date.fromisoformat(until)

    def write(self, changes: Iterable[Change], reason: str) -> Faults:
        """Write all of some changes or none; why not, by name of field, is empty if all went in."""
        return write(self.desk, changes, reason)

    def document(self) -> list[Change]:
        """The change that puts the clerk's own record on record, unless it is there."""
        return needed_document(
            self.desk, self.record_document, self.meeting, self.begins, self.snapshot
        )


class AtItem(NamedTuple):
    """A clerk at one item: its identifier, and what is on record of it."""

    clerk: Clerk
    name: str
    item: AgendaItem


def needed_document(
    desk: Desk, name: str, meeting: Meeting, begins: date, snapshot: Snapshot
) -> list[Change]:
    """The change that puts the record that a clerk keeps of a meeting on record, if it is not."""
    if desk.book.exists(name):
        return []
    body = snapshot.name(meeting.body)
    fact = Document(
        title=f"Record of the meeting of {body}, {in_words(meeting.when)}, as kept by its clerk",
        issuer=body,
        type="minutes",
        date=meeting.when,
    )
    return [Change("assert", name, fact, begins, OPEN)]


def free(desk: Desk, system: str, kind: str, *words: str) -> str:
    """An identifier that nothing has or had, made from words."""
    last = slug_of(" ".join(words))[:_LONGEST_SLUG].strip("-") or kind
    tries = [last, *(f"{last}-{n}" for n in range(2, _MOST_TRIES))]
    for each in tries:
        name = f"{system}/{kind}/{each}"
        if not desk.book.exists(name) and not desk.book.history(name):
            return name
    raise Http404(f"No identifier is left that begins with {last}.")


def write(desk: Desk, changes: Iterable[Change], reason: str) -> Faults:
    """Write changes as the viewer, all or none; why not, by name of field."""
    wanted = list(changes)
    if any(each.fact and each.fact.exempt for each in wanted) and not all(
        desk.viewer.may_read(each.entity) for each in wanted
    ):
        return {"form": CANNOT_KEEP_BACK}
    if not wanted:
        return {}
    try:
        desk.book.write(wanted, actor=desk.viewer.name, reason=reason)
    except Conflict:
        return {"form": OTHERS_CHANGE}
    except Refused as refused:
        return {"form": " ".join(desk.fit(each) for each in refused.reasons)}
    desk.__dict__.pop("snapshot", None)  # What was just written is to be seen.
    return {}


def made[F: Fact](type_: type[F], values: dict[str, Any]) -> tuple[F | None, Faults]:
    """A fact of some values (those that are None left out), or what is wrong with it."""
    given = {name: value for name, value in values.items() if value is not None}
    try:
        fact = msgspec.convert(given, type_)
    except msgspec.ValidationError as wrong:
        return None, {"form": f"This cannot be kept: {wrong}."}
    wrongs = list(fact.faults())
    return (None, {"form": " ".join(wrongs)}) if wrongs else (fact, {})


def said_day(when: str | None) -> str:
    """A stated day in words; a dash where none is stated."""
    return in_words(when) if when else "not recorded"
