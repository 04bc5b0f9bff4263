"""What an officer says of a scheme, read from the form, and what they settle on the way."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, get_args

import yaml
from django.http import QueryDict

from commonweal.authority.facts import LimitKind
from commonweal.authority.imported.drawing import Terms
from commonweal.authority.imported.marks import MEANINGS
from commonweal.authority.imported.names import LEFT_OUT
from commonweal.authority.imported.said import SHAPES, Asked
from commonweal.record.errors import SpeakingError
from commonweal.record.facts import Status
from commonweal_site.day import MalformedDay, from_parts
from commonweal_site.editing.desk import Desk

from .doing import Answers, BadMapping, instrument_named, mapping

SHAPES_IN_WORDS = {
    "tick-matrix": ("Tick matrix", "Functions down, holders across, ticks in the cells."),
    "by-holder": ("List by holder", "A heading for each holder, and under it what it may decide."),
    "role-by-limit": ("Roles and limits", "Roles and functions with limits in pounds, or bands."),
}
CARRIED = (
    "system", "shape", "from-day", "from-month", "from-year", "instrument", "body", "basis",
    "status", "measured", "replaces", "shared",
)  # fmt: skip
_OF = {"function": ("function",), "holder": ("body", "post"), "area": ("area",)}
_PART = {"function": "functions", "holder": "holders", "area": "areas", "mark": "marks"}
_MOST_SETTLED = 20_000


class Given(NamedTuple):
    """What the form says, and what is wrong with it by name of field."""

    terms: Terms | None
    faults: dict[str, str]


def terms_of(form: QueryDict, desk: Desk) -> Given:
    """What an officer says of a scheme that the file does not."""
    faults: dict[str, str] = {}
    day = _day(form, faults)
    text = {name: form.get(name, "").strip() for name in CARRIED}
    _one_of(faults, text, "shape", SHAPES, "Choose how the scheme is laid out.")
    _one_of(faults, text, "status", get_args(Status), "Choose how firm it is.")
    _one_of(faults, text, "measured", get_args(LimitKind), "Choose what amounts are measured by.")
    if not text["instrument"]:
        faults["instrument"] = "Name the document: its title, or its identifier."
    if day is None or faults:
        return Given(None, faults)
    snapshot = desk.on(day)
    on_day = Desk(desk.viewer, day)
    named = {
        field: _named(on_day, text[field], kind, field, faults)
        for field, kind in (("body", "body"), ("basis", "basis"), ("replaces", "instrument"))
    }
    try:
        instrument, title = instrument_named(snapshot, text["system"], text["instrument"])
    except SpeakingError as wrong:
        faults["instrument"] = str(wrong)
        return Given(None, faults)
    if faults:
        return Given(None, faults)
    terms = Terms(
        text["system"], day, text["shape"], instrument, title, named["body"], text["status"],  # type: ignore[arg-type]  # looked up above
        named["basis"], text["measured"], named["replaces"], bool(text["shared"]),  # type: ignore[arg-type]  # as above
    )  # fmt: skip
    return Given(terms, {})


def _one_of(
    faults: dict[str, str], text: Mapping[str, str], field: str, known: tuple[str, ...], say: str
) -> None:
    if text[field] not in known:
        faults[field] = say


def _day(form: QueryDict, faults: dict[str, str]) -> date | None:
    try:
        given = from_parts(form, "from")
    except MalformedDay as wrong:
        faults["from"] = str(wrong)
        return None
    if not given:
        faults["from"] = "Give the first day on which the scheme holds."
        return None
    return date.fromisoformat(given)


def _named(desk: Desk, text: str, kind: str, field: str, faults: dict[str, str]) -> str:
    if not text:
        return ""
    try:
        return desk.resolve(text, (kind,))
    except ValueError as wrong:
        faults[field] = str(wrong)
        return ""


# --- what texts mean ------------------------------------------------------------------------------


def settled_before(form: QueryDict) -> dict[str, dict[str, str]]:
    """What was settled on earlier pages; nothing, if it was tampered with."""
    try:
        data: Any = json.loads(form.get("settled") or "{}")
        answers = mapping(yaml.safe_dump(data)) if isinstance(data, dict) else Answers()
    except (ValueError, BadMapping):
        answers = Answers()
    return {
        "functions": dict(answers.names.functions),
        "holders": dict(answers.names.holders),
        "areas": dict(answers.names.areas),
        "marks": dict(answers.marks),
    }


def settle(
    form: QueryDict, before: dict[str, dict[str, str]], desk: Desk, faults: dict[str, str]
) -> dict[str, dict[str, str]]:
    """What is settled after this page. What cannot be read goes to the faults, by field."""
    for index, raw in enumerate(form.getlist("raw")[:_MOST_SETTLED]):
        what = form.get(f"what.{index}", "")
        chosen, other = form.get(f"means.{index}", ""), form.get(f"other.{index}", "").strip()
        meaning = other if what in _OF and other else chosen
        if what not in _PART or not meaning:
            continue
        if what in _OF and meaning != LEFT_OUT:
            try:
                meaning = desk.resolve(meaning, _OF[what])
            except ValueError as wrong:
                faults[f"other.{index}"] = str(wrong)
                continue
        if what in _OF or meaning in MEANINGS:
            before[_PART[what]][raw] = meaning
    return before


def answers_of(settled: dict[str, dict[str, str]]) -> Answers:
    """What is settled, as an import takes it."""
    return mapping(yaml.safe_dump(settled))


def as_mapping(settled: dict[str, dict[str, str]]) -> str:
    """What is settled, as a mapping file for next time."""
    some = {part: texts for part, texts in settled.items() if texts}
    return yaml.safe_dump(some, allow_unicode=True, sort_keys=True) if some else ""


class Choice(NamedTuple):
    """A text to settle, as the page asks it."""

    asked: Asked
    options: tuple[tuple[str, str], ...]
    free: bool


MOST_ASKED = 100
"""As many texts as one page asks to settle; the rest follow on the next."""


def choices(asked: tuple[Asked, ...], desk: Desk) -> list[Choice]:
    """The first of the texts to settle, each with what it may mean."""
    made = []
    for each in asked[:MOST_ASKED]:
        if each.what == "mark":
            options = tuple((meaning, meaning.capitalize()) for meaning in each.near)
            made.append(Choice(each, options, free=False))
        else:
            near = tuple((entity, f"{desk.name(entity)} ({entity})") for entity in each.near)
            made.append(Choice(each, (*near, (LEFT_OUT, "Leave it out")), free=True))
    return made
