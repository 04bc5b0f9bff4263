"""The rules of law, policy and good record that a record is checked against, as data."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Any, Literal, get_args

import msgspec
import yaml
from msgspec import Struct

from commonweal.record.findings import Finding, Outcome
from commonweal.record.when import day_in_words

from .errors import BadRules, UnknownRule
from .shipped import names, parsed, text

__all__ = [
    "OUTCOMES",
    "Finding",
    "Kind",
    "Outcome",
    "Rule",
    "RuleBook",
    "Verified",
    "read_rules",
    "rule",
    "rule_book",
]

Kind = Literal["statute", "regulations", "order", "policy", "guidance", "record"]
Awaits = Literal["judgement", "record"]

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
"""met, not met, cannot tell: in the order in which reports count them."""

_INHERITED = ("law", "kind", "starts", "ends")


class Verified(Struct, frozen=True, kw_only=True):
    """How far the text of a rule was checked.

    seen    where its text was seen
    memory  confidence in what was not seen but remembered; None if nothing was
    """

    seen: tuple[str, ...] = ()
    memory: Literal["high", "medium", "low"] | None = None

    def in_words(self) -> str:
        parts = [f"Seen in: {'; '.join(self.seen)}."] if self.seen else []
        if self.memory:
            parts.append(f"{'Partly' if parts else 'Only'} from memory, {self.memory} confidence.")
        return " ".join(parts)


class Rule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule.

    title         about six words
    binds         whom it binds
    says          the rule as one plain sentence, in our own words
    law, at       the citation: the Act, instrument or document, and the spot in it
    starts, ends  when it is in force, half-open; no end means still in force as far as known
    subjects      the kinds of fact it is tried on
    cannot_tell   what no program can decide about it
    minimum       for rules that count: how many of each there must at least be
    exactly       the same, where there must be neither more nor fewer
    weight        a warning is worth a look but breaks no law
    awaits        what keeps it from being checked: a judgement, or facts not held yet; see `lacks`
    lacks         what the record would need, in words that follow "the record lacks"
    """

    id: str
    group: str
    title: str
    binds: str
    says: str
    law: str
    at: str
    kind: Kind
    starts: date
    subjects: tuple[str, ...]
    cannot_tell: str
    verified: Verified
    ends: date | None = None
    weight: Literal["rule", "warning"] = "rule"
    minimum: dict[str, int] = {}
    exactly: dict[str, int] = {}
    awaits: Awaits | None = None
    lacks: str = ""
    note: str = ""

    @property
    def cite(self) -> str:
        """The citation as one line.

        >>> rule("ICB-CON-02").cite
        'National Health Service Act 2006, Schedule 1B, paragraph 3'
        """
        return f"{self.law}, {self.at}"

    def in_force(self, on: date) -> bool:
        return self.starts <= on and (self.ends is None or on < self.ends)

    def met(self, subject: str, because: str, **more: Any) -> Finding:
        """A finding that this rule is met; `more` holds the finding's `sources` and `about`."""
        return self._finding("met", subject, because, more)

    def not_met(self, subject: str, because: str, **more: Any) -> Finding:
        return self._finding("not met", subject, because, more)

    def cannot_say(self, subject: str, because: str, **more: Any) -> Finding:
        """A finding that the record does not hold enough to say."""
        return self._finding("cannot tell", subject, because, more)

    def _finding(
        self, outcome: Outcome, subject: str, because: str, more: Mapping[str, Any]
    ) -> Finding:
        return Finding(
            rule=self.id,
            outcome=outcome,
            subject=subject,
            because=because,
            source=self.cite,
            **more,
        )


class RuleBook:
    """Rules by number, in the order in which the book gives them."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = {each.id: each for each in rules}

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._rules.values())

    def __len__(self) -> int:
        return len(self._rules)

    def __contains__(self, number: object) -> bool:
        return number in self._rules

    def __getitem__(self, number: str) -> Rule:
        if number in self._rules:
            return self._rules[number]
        near = get_close_matches(number.upper(), self._rules, n=3)
        all_of_them = ", ".join(self._rules)
        hint = f"Did you mean {' or '.join(near)}?" if near else f"There are: {all_of_them}."
        raise UnknownRule(f"There is no rule {number}. {hint}")

    def in_force(self, on: date) -> tuple[Rule, ...]:
        return tuple(each for each in self if each.in_force(on))


def read_rules(texts: Mapping[str, str], seen: Mapping[str, str]) -> RuleBook:
    """The rules of some files (name to text), or every fault in them.

    seen    what the keys in a rule's `seen` stand for
    raises  BadRules if a rule has no citation, no dates, an unknown key, or the number of another
    """
    rules: dict[str, Rule] = {}
    faults: list[str] = []
    for file, words in texts.items():
        for number, raw in _raw_rules(file, words, faults):
            try:
                each = _rule(raw, seen)
            except ValueError as wrong:
                faults.append(f"{file}, {number}: {wrong}.")
                continue
            if each.id in rules:
                faults.append(f"{file}, {number}: another rule has this number; give it its own.")
            rules.setdefault(each.id, each)
    if faults:
        raise BadRules(faults)
    return RuleBook(rules.values())


def _raw_rules(file: str, words: str, faults: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        page = parsed(words)
    except yaml.YAMLError as wrong:
        faults.append(f"{file}: not readable as YAML: {wrong}")
        return
    if not isinstance(page, dict) or not isinstance(page.get("rules"), list):
        faults.append(f"{file}: has no list of `rules`.")
        return
    shared = {key: page[key] for key in _INHERITED if key in page}
    for at, raw in enumerate(page["rules"], start=1):
        yield raw.get("id", f"rule {at}"), {**shared, "group": page.get("group", file), **raw}


def _rule(raw: dict[str, Any], seen: Mapping[str, str]) -> Rule:
    places = raw.pop("seen", [])
    if unknown := [key for key in places if key not in seen]:
        raise ValueError(f"nothing in seen.yaml is called {', '.join(unknown)}")
    verified = {"seen": [seen[key].strip() for key in places], "memory": raw.pop("memory", None)}
    each = msgspec.convert({**raw, "verified": verified}, Rule)
    _refuse_unfit(each)
    return each


def _refuse_unfit(each: Rule) -> None:
    for name in ("id", "title", "binds", "says", "law", "at", "cannot_tell"):
        if not getattr(each, name).strip():
            raise ValueError(f"`{name}` is empty")
    if each.ends is not None and each.ends <= each.starts:
        raise ValueError(
            f"ends on {day_in_words(each.ends)}, not after its start on {day_in_words(each.starts)}"
        )
    if not each.verified.seen and each.verified.memory is None:
        raise ValueError("say where its text was `seen`, or how sure the `memory` of it is")
    if (each.awaits is None) != (not each.lacks):
        raise ValueError("`awaits` and `lacks` go together")


@cache
def rule_book() -> RuleBook:
    """Every rule that ships."""
    pages = {name: text(f"rules/{name}") for name in names("rules")}
    return read_rules(pages, parsed(text("seen.yaml")))


def rule(number: str) -> Rule:
    """The rule of a number, from the shipped book."""
    return rule_book()[number]
