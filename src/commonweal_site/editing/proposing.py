"""A change as an officer proposes it: read from a form, tried, and seen before it is written."""

import os
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

import msgspec
from django.http import QueryDict
from msgspec import inspect

from commonweal.meetings.decided import Decision
from commonweal.meetings.powers import authority_of
from commonweal.meetings.vires import unowned
from commonweal.record.comparing import FieldChange, field_changes, in_words
from commonweal.record.entries import ACTOR, REASON, STRUCK, Verb
from commonweal.record.errors import Conflict, Refused
from commonweal.record.facts import Fact, Source
from commonweal.record.findings import Finding
from commonweal.record.identifiers import ID_PATTERN
from commonweal.record.kinds import Kind
from commonweal.record.snapshot import Held, Snapshot, Step
from commonweal.record.when import BEFORE_ALL, OPEN
from commonweal.record.writing import Change, Plan, plan
from commonweal_site.day import MalformedDay, from_parts
from commonweal_site.record.book import Written
from commonweal_site.statute.findings import report

from .desk import Desk
from .questions import Answers, Asked, Reading, asked, fields_of, read_parts

STATES: frozenset[Verb] = frozenset({"assert", "amend", "correct"})
"""The verbs that say what holds."""

SOURCELESS = frozenset({"document", "pack"})
"""Kinds of fact that need no source: a document is one, a pack names where its facts come from."""

_LONGEST_REASON = 1000


class Proposal(NamedTuple):
    """What somebody wants changed, and what is wrong with it so far, by name of field."""

    change: Change
    reason: str
    faults: dict[str, str]


class Preview(NamedTuple):
    """What a proposal would do.

    fields   what would differ, in words
    broken   findings of law that would newly be not met
    mended   findings of law that are not met now, and would no longer be so
    day      the day on which the law was tried
    """

    fields: tuple[FieldChange, ...]
    broken: tuple[Finding, ...]
    mended: tuple[Finding, ...]
    day: date


# --- reading the form ---------------------------------------------------------------------------


def source_parts() -> list[Asked]:
    """The questions about one source."""
    shape = inspect.type_info(Source)
    return [asked(each) for each in getattr(shape, "fields", ())]


def proposed(desk: Desk, kind: Kind, verb: Verb, entity: str, answers: Answers) -> Proposal:
    """The change that a form asks for."""
    reading = Reading(answers, desk.resolve)
    fact = _fact(desk, kind, entity, reading) if verb in STATES else None
    begins, ends = window(verb, reading)
    reason = _reason(desk, verb, reading)
    change = Change(
        verb, entity, fact, begins, ends,
        seen=answers.number("seen"), target=answers.number("target") or 0,
        names=tuple(answers.all("names")),
    )  # fmt: skip
    if verb == "redact" and not change.names:
        reading.faults["names"] = "Choose at least one value to strike out."
    return Proposal(change, reason, reading.faults)


def _fact(desk: Desk, kind: Kind, entity: str, reading: Reading) -> Fact | None:
    values = read_parts(fields_of(kind), "fact", reading)
    if "exempt" in values and not desk.viewer.may_read(entity):
        reading.faults["form"] = (
            "Only a reader of this system's facts that are not for publication may keep one back."
        )
    named = [name for name in reading.faults if name.startswith("fact.sources")]
    if kind.name not in SOURCELESS and not values.get("sources") and not named:
        reading.faults["fact.sources"] = "Name at least one source: the document that says so."
    if reading.faults:
        return None
    try:
        fact: Fact = msgspec.convert(values, kind.type)
    except msgspec.ValidationError as wrong:
        name, said = _misfit(str(wrong), kind)
        reading.faults[name] = said
        return None
    for fault in fact.faults():
        reading.faults.setdefault(_place(fault, reading.answers), fault)
    return fact


_LIMIT = re.compile(r"Expected `(?:int|float)` >= (\d+)")


def _misfit(said: str, kind: Kind) -> tuple[str, str]:
    """The field that a decoder's complaint is about, and the complaint in plain words."""
    what, _, path = said.partition(" - at `$")
    path = re.sub(r"\[(\d+)\]", r".\1", path.rstrip("`"))
    first = path.strip(".").split(".")[0]
    title = next((each.title for each in kind.fields if each.name == first), "This")
    if match := _LIMIT.match(what):
        return f"fact{path}", f"{title}: give {match[1]} or more."
    if what.startswith("Expected `int`"):
        return f"fact{path}", f"{title}: give a whole number."
    return f"fact{path}" if path else "form", f"{title}: this cannot be kept ({what})."


def _place(fault: str, answers: Answers) -> str:
    """The field whose answer a complaint quotes; the whole form if it quotes none."""
    for name, texts in answers.texts.items():
        if name.startswith("fact.") and any(text and f"'{text}'" in fault for text in texts):
            return name
    return "form"


def window(verb: Verb, reading: Reading) -> tuple[date, date]:
    """The days a form speaks of, half-open. It asks for the last day itself."""
    answers = reading.answers
    if verb == "redact" or (verb == "withdraw" and answers.text("extent") == "altogether"):
        return BEFORE_ALL, OPEN
    if verb == "withdraw" and answers.text("extent") != "days":
        reading.faults["extent"] = "Say whether it goes altogether or only over some days."
    begins = _day(reading, "from")
    ends = _day(reading, "last") if verb != "amend" else None
    if verb == "amend" and begins is None and "from" not in reading.faults:
        reading.faults["from"] = "Give the day on which it changed."
    if verb == "withdraw" and not begins and not ends and "extent" not in reading.faults:
        reading.faults.setdefault("from", "Give the first day on which it does not hold.")
    if begins and ends and ends < begins:
        reading.faults["last"] = "The last day is before the first."
    return begins or BEFORE_ALL, ends + timedelta(1) if ends and ends < OPEN else OPEN


def _day(reading: Reading, field: str) -> date | None:
    query = QueryDict(mutable=True)
    for part in ("day", "month", "year"):
        query[f"{field}-{part}"] = reading.answers.text(f"{field}-{part}")
    try:
        given = from_parts(query, field)
    except MalformedDay as wrong:
        reading.faults[field] = str(wrong)
        return None
    return date.fromisoformat(given) if given else None


def _reason(desk: Desk, verb: Verb, reading: Reading) -> str:
    reason = " ".join(reading.answers.text("reason").split())
    if not reason:
        reading.faults["reason"] = "Say why. Everybody who reads the history will see it."
    elif len(reason) > _LONGEST_REASON:
        reading.faults["reason"] = (
            f"Say why in {_LONGEST_REASON:,} characters or fewer; these are {len(reason):,}."
        )
    if verb != "withdraw":
        return reason
    source = read_parts(source_parts(), "source", reading)
    if not (document := source.get("document")):
        return reason
    spot = ", ".join(filter(None, [source.get("at"), source.get("lines")]))
    return f"{reason} Source: {document}{f', {spot}' if spot else ''}."


# --- trying it ----------------------------------------------------------------------------------


def tried(desk: Desk, proposal: Proposal) -> tuple[Plan | None, dict[str, str]]:
    """What a write would do, and why it would be refused, by name of field.

    raises  Conflict
    """
    book = desk.book
    try:
        made = plan(
            [proposal.change], vocabulary=book.vocabulary, standing=book,
            actor=desk.viewer.name, reason=proposal.reason, recorded=book.head.recorded + 1,
            salts=os.urandom,
        )  # fmt: skip
    except Conflict:
        raise
    except Refused as refused:
        return None, refusals(desk, proposal, refused)
    if any(desk.hides(version) for version, _ in made.closed):
        return None, {"form": "Some of these days are not yours to change. Ask a keeper."}
    if wrong := unowned_faults(desk, proposal.change, made):
        return None, {"form": wrong}
    return made, {}


def unowned_faults(desk: Desk, change: Change, made: Plan) -> str:
    """Why a decision may not be recorded as it is proposed: a line it fails without saying so."""
    kind = desk.book.vocabulary.kind_of(change.entity)
    if kind.name != Decision.kind or change.verb not in STATES:
        return ""
    then = after(desk.on(_law_day(change, desk.day)), made, kind)
    if then.get(change.entity) is None:
        return ""
    return " ".join(unowned(then, change.entity, authority=authority_of))


def refusals(desk: Desk, proposal: Proposal, refused: Refused) -> dict[str, str]:
    """The reasons of a refusal, each at the field it is about."""
    faults: dict[str, list[str]] = {}
    for reason in refused.reasons:
        plain = reason.removeprefix(f"{proposal.change.entity}: ")
        field = "form"
        if "is already on record" in plain:
            field = "slug"
            if not desk.sees(proposal.change.entity):
                plain = "This identifier cannot be used. Choose another."
        elif "it cannot have changed that day" in plain or "so there is nothing to" in plain:
            field = "from"
        faults.setdefault(field, []).append(_capital(desk.fit(plain)))
    return {field: " ".join(said) for field, said in faults.items()}


def _capital(words: str) -> str:
    return words if ID_PATTERN.match(words) else words[:1].upper() + words[1:]


def preview(desk: Desk, proposal: Proposal, made: Plan, today: date) -> Preview:
    """What a proposal would do, in words, and what the law would then find."""
    change = proposal.change
    kind = desk.book.vocabulary.kind_of(change.entity)
    day = _law_day(change, today)
    if change.verb == "redact":
        return Preview(tuple(_struck(desk, kind, change)), (), (), day)
    now = desk.on(day)
    broken, mended = _weighed(now, after(now, made, kind))
    fields = field_changes(kind, _before(desk, kind, change), change.fact)
    return Preview(fields, broken, mended, day)


def _struck(desk: Desk, kind: Kind, change: Change) -> Iterator[FieldChange]:
    for name, title, text in strikable(desk, kind, change.target):
        if name in change.names:
            yield FieldChange(title, text, STRUCK)


def strikable(desk: Desk, kind: Kind, number: int) -> Iterator[tuple[str, str, str]]:
    """The values of an entry that may be struck out: their names, titles and texts."""
    entry = desk.book.entry(number)
    if entry is None:
        return
    values = msgspec.json.decode(entry.content or "{}")
    for field in kind.fields:
        if field.name in values:
            yield field.name, field.title, in_words(values[field.name])
    if ACTOR not in entry.struck:
        yield ACTOR, "Who wrote it", entry.actor
    if REASON not in entry.struck:
        yield REASON, "Why, as they put it", entry.reason


def _before(desk: Desk, kind: Kind, change: Change) -> Fact | None:
    """What the record now says on the first day of a change, or failing that anywhere."""
    if change.verb == "assert":
        return None
    versions = desk.live(change.entity).versions
    first = change.valid_from.isoformat()
    held = [each for each in versions if each.valid_from <= first < each.valid_to] or versions
    return kind.decode(held[0].content) if held else None


def _law_day(change: Change, today: date) -> date:
    """The day of a change on which to try the law: today, if it holds today."""
    if change.valid_from <= today < change.valid_to:
        return today
    if change.valid_from > BEFORE_ALL:
        return change.valid_from
    return change.valid_to - timedelta(1)


def after(now: Snapshot, made: Plan, kind: Kind) -> Snapshot:
    """A snapshot as it would be after a plan that is not stored."""
    now.of_kind(kind.name)  # What is not read yet would be read without the change.
    closed = [
        Step(each.entity, Held(each.valid_from, each.valid_to, each.stated_by), "")
        for each, _ in made.closed
    ]
    opened = [
        Step(each.entity, Held(each.valid_from, each.valid_to, each.stated_by), each.content)
        for each in made.opened
    ]
    return now.after(closed + opened, known=now.known, head=now.head)


def _weighed(now: Snapshot, then: Snapshot) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Findings newly not met, and those not met any more."""

    def breaches(snapshot: Snapshot) -> dict[tuple[Any, ...], Finding]:
        return {(each.rule, each.subject, each.about): each for each in report(snapshot).breaches}

    before, later = breaches(now), breaches(then)
    return (
        tuple(found for key, found in later.items() if key not in before),
        tuple(found for key, found in before.items() if key not in later),
    )


def write(desk: Desk, proposal: Proposal) -> Written:
    """Write a proposal.

    raises  Refused or Conflict, and the record stays as it was
    """
    return desk.book.write([proposal.change], actor=desk.viewer.name, reason=proposal.reason)
