"""What a request in the shapes of AuthZEN may say, and how it is understood.

Nothing that is not understood is passed over: a field that changes nothing here may have been
meant to.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.http import urlencode

from commonweal.authority.search import Question
from commonweal.record.errors import UnknownEntity, did_you_mean
from commonweal.record.identifiers import a
from commonweal.record.snapshot import Snapshot
from commonweal_site.day import MalformedDay, asked_day
from commonweal_site.record import shelf

from .asking import HOLDERS, MOST, BadQuestion

_LONDON = ZoneInfo("Europe/London")
_PENCE = ("amount_pence", "so_far_pence", "budget_pence")
_ABOUT = ("area", *_PENCE, "money", "urgent")


class Malformed(BadQuestion):
    """A request that cannot be understood; the text says what to send instead."""

    def __init__(self, because: str, *, status: int = 400) -> None:
        super().__init__(because)
        self.status = status


class When(NamedTuple):
    """The day asked about, and the instant whose knowledge is used (none: now)."""

    as_at: date
    known: datetime | None

    def snapshot(self) -> Snapshot:
        """The record as the public sees it."""
        return shelf.SHELF.snapshot(self.as_at, self.known)


def has_only(
    given: dict[str, Any], what: str, fields: Iterable[str], *, needed: Iterable[str]
) -> None:
    """Whether an object has the fields it must have, and no others.

    raises  Malformed, with the nearest names
    """
    known = tuple(fields)
    for name in given:
        if name not in known:
            raise Malformed(f"{what} has no “{name[:80]}”. {did_you_mean(name[:80], known)}")
    for name in needed:
        if name not in given:
            raise Malformed(f"{what} needs “{name}”.")


def _object(given: dict[str, Any], name: str) -> dict[str, Any]:
    found = given[name]
    if not isinstance(found, dict):
        raise Malformed(f"“{name}” must be an object.")
    return found


def _text(given: dict[str, Any], what: str, name: str) -> str:
    found = given.get(name)
    if not isinstance(found, str) or not found:
        raise Malformed(f"“{what}” needs “{name}”, a text.")
    return found[:200]


def _properties(given: dict[str, Any], what: str, known: tuple[str, ...]) -> dict[str, Any]:
    found = given.get("properties") or {}
    if not isinstance(found, dict):
        raise Malformed(f"The properties of “{what}” must be an object.")
    if found and not known:
        raise Malformed(f"“{what}” has no properties here; leave them out.")
    has_only(found, f"“{what}.properties”", known, needed=())
    return found


def subject_type(given: dict[str, Any], *, with_id: bool, kinds: tuple[str, ...] = HOLDERS) -> str:
    """The identifier of the subject, if one is wanted, once its type is one of those known.

    raises  Malformed
    """
    subject = _object(given, "subject")
    has_only(subject, "“subject”", ("type", "id", "properties"), needed=("type",))
    _properties(subject, "subject", ())
    if subject["type"] not in kinds:
        raise Malformed(f"“subject.type” must be one of: {', '.join(kinds)}.")
    return _text(subject, "subject", "id") if with_id else ""


def asked_of(given: dict[str, Any]) -> None:
    """Whether the action is to decide: there is no other.

    raises  Malformed
    """
    action = _object(given, "action")
    has_only(action, "“action”", ("name", "properties"), needed=("name",))
    _properties(action, "action", ())
    if action["name"] != "decide":
        raise Malformed("“action.name” must be “decide”: nothing else is asked about here.")


def part(resource: object, *, with_id: bool = True) -> Question:
    """The question as it is put: function, area and amounts, not yet looked up.

    raises  Malformed
    """
    if not isinstance(resource, dict):
        raise Malformed("“resource” must be an object.")
    has_only(resource, "“resource”", ("type", "id", "properties"), needed=("type",))
    if resource["type"] != "function":
        raise Malformed("“resource.type” must be “function”: what is to be decided.")
    about = _properties(resource, "resource", _ABOUT)
    amount, so_far, budget = (_pence(about, name) for name in _PENCE)
    return Question(
        function=_text(resource, "resource", "id") if with_id else "",
        area=_text(about, "resource.properties", "area"),
        amount=amount, so_far=so_far, budget=budget,
        money=_money(about.get("money")), urgent=_urgent(about.get("urgent")),
    )  # fmt: skip


def _pence(about: dict[str, Any], name: str) -> int | None:
    found = about.get(name)
    if found is None:
        return None
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found < MOST * 100:
        raise Malformed(f"“{name}” must be whole pence, not below nothing, such as 40000000.")
    return found


def _money(found: object) -> str | None:
    if found not in (None, "revenue", "capital"):
        raise Malformed("“money” must be “revenue” or “capital”, or be left out.")
    return str(found) if found else None


def _urgent(found: object) -> bool:
    if found is not None and not isinstance(found, bool):
        raise Malformed("“urgent” must be true or false.")
    return bool(found)


# --- day and instant -----------------------------------------------------------------------------


def asked_when(given: dict[str, Any]) -> When:
    """The day and the instant that the context asks for.

    as_at, known  as on every page of the site
    time          an instant with its zone; its day in England stands for as_at
    raises  Malformed
    """
    context = given.get("context")
    if context is None:
        context = {}
    if not isinstance(context, dict):
        raise Malformed("“context” must be an object.")
    has_only(context, "“context”", ("as_at", "known", "time"), needed=())
    asked = {name: _text(context, "context", name) for name in context}
    if "time" in asked:
        day = _day_of(asked.pop("time"))
        if asked.setdefault("as_at", day) != day:
            raise Malformed(f"“as_at” says {asked['as_at'][:40]} and “time” {day}; send one.")
    try:
        found = asked_day(QueryDict(urlencode(asked)))
    except MalformedDay as wrong:
        raise Malformed(f"“{wrong.field}”: {wrong}") from None
    return When(found.as_at, found.known)


def _day_of(text: str) -> str:
    try:
        instant = datetime.fromisoformat(text)
        day = instant.astimezone(_LONDON).date() if instant.tzinfo else None
    except (ValueError, OverflowError):
        day = None
    if day is None:
        raise Malformed("“time” must be an instant with its zone: 2022-05-01T09:00:00Z.")
    return day.isoformat()


# --- looked up -----------------------------------------------------------------------------------


def holder_of(snapshot: Snapshot, subject: dict[str, Any], name: str) -> str:
    """The subject, once it is on record and of the type it says.

    raises  UnknownEntity, with the nearest names
    """
    return _on_record(snapshot, name, subject["type"])


def what_of(snapshot: Snapshot, question: Question, *, function: bool = True) -> Question:
    """The question, once its function and area are on record.

    raises  UnknownEntity, with the nearest names
    """
    if function:
        _on_record(snapshot, question.function, "function")
    _on_record(snapshot, question.area, "area")
    return question


def _on_record(snapshot: Snapshot, name: str, kind: str) -> str:
    if name.count("/") != 2 or name.split("/")[1] != kind:  # noqa: PLR2004  # system/kind/slug
        raise UnknownEntity(
            f"“{name}” is not the identifier of {a(kind)}, such as some-system/{kind}/some-name."
        )
    snapshot.fact(name)
    return name
