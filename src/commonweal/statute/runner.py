"""Trying the rules in force on a record, and gathering what was found.

A room above registers how a rule is checked:

    @check("ICB-EST-05")
    def groups_ended(snapshot):
        law = rule("ICB-EST-05")
        for identifier, group in ...:
            yield law.not_met(identifier, "...", sources=group.sources)

or, so that a check that breaks down can say on what, one subject at a time:

    @check("ICB-CON-02", over=boards)  # boards(snapshot) gives pairs of identifier and fact
    def board_has_its_members(snapshot, board):
        identifier, fact = board
        yield rule("ICB-CON-02").met(identifier, "...", sources=fact.sources)
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, Protocol

from msgspec import Struct

from commonweal.record.findings import Finding, Outcome

from .errors import FailedCheck, RuleHasCheck
from .rule import OUTCOMES, Rule, RuleBook, rule_book


class Snapshot(Protocol):
    """What the runner needs of a snapshot; a check needs more, and knows the real type."""

    @property
    def as_at(self) -> date: ...

    @property
    def known(self) -> datetime: ...


type Check = Callable[[Any], Iterable[Finding]]
"""Finds what it can on a whole snapshot."""


class Checks:
    """How each rule is checked, registered by the rooms that hold the facts."""

    def __init__(self, book: RuleBook | None = None) -> None:
        self._book = book
        self._checks: dict[str, Check] = {}

    @property
    def book(self) -> RuleBook:
        return self._book if self._book is not None else rule_book()

    def check[**P](
        self, number: str, *, over: Callable[[Any], Iterable[Any]] | None = None
    ) -> Callable[[Callable[P, Iterable[Finding]]], Callable[P, Iterable[Finding]]]:
        """Register a function as the check of a rule.

        over    gives the subjects to try one by one; the function then takes snapshot and subject
        raises  UnknownRule for a number not in the book, RuleHasCheck for a second check
        """
        law = self.book[number]
        if number in self._checks:
            raise RuleHasCheck(
                f"{number} ({law.title}) already has a check, {self._checks[number]!r}. "
                "Put both into one function."
            )

        def register(function: Callable[P, Iterable[Finding]]) -> Callable[P, Iterable[Finding]]:
            tried = function if over is None else partial(_one_by_one, number, function, over)
            self._checks[number] = tried
            return function

        return register

    def __contains__(self, number: object) -> bool:
        return number in self._checks

    def __iter__(self) -> Iterator[str]:
        return iter(self._checks)

    def __getitem__(self, number: str) -> Check:
        return self._checks[number]

    def missing(self) -> tuple[Rule, ...]:
        """Rules without a check that do not say what they await: each is work left undone."""
        return tuple(law for law in self.book if law.awaits is None and law.id not in self)


CHECKS = Checks()
"""The checks of the shipped rooms; complete once those rooms are imported."""

check = CHECKS.check


class Report(Struct, frozen=True, kw_only=True):
    """What the rules found on a record.

    as_at, known  the day it was asked about, and the instant whose knowledge was used
    findings      by rule, then subject
    rules         every rule tried, by number
    idle          rules asked for by number that were not in force on the day
    """

    as_at: date
    known: datetime
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...]
    idle: tuple[Rule, ...] = ()

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many findings of each outcome, noughts included."""
        tally = Counter(each.outcome for each in self.findings)
        return {outcome: tally[outcome] for outcome in OUTCOMES}

    @property
    def breaches(self) -> tuple[Finding, ...]:
        """Findings that a rule is not met, those of mere warnings included."""
        return tuple(each for each in self.findings if each.outcome == "not met")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The breaches of rules that only warn."""
        only_warn = {law.id for law in self.rules if law.weight == "warning"}
        return tuple(each for each in self.breaches if each.rule in only_warn)


def run(
    snapshot: Snapshot,
    *,
    systems: Collection[str] | None = None,
    rules: Collection[str] | None = None,
    recorded: Mapping[str, str] | None = None,
    checks: Checks = CHECKS,
) -> Report:
    """Try the rules in force on the snapshot's day.

    systems   keep only findings about these, by the first part of an identifier; None keeps all
    rules     try only these, by number; None tries all
    recorded  the systems on record and the entity that stands for each: a rule without a check
              says of each that it cannot tell; None takes those that other findings are about
    raises    UnknownRule, and FailedCheck when a check breaks down
    """
    asked = tuple(checks.book[number] for number in sorted(rules if rules is not None else ()))
    tried = tuple(
        law
        for law in sorted(asked if rules is not None else checks.book, key=lambda law: law.id)
        if law.in_force(snapshot.as_at)
    )
    found = [
        finding
        for law in tried
        if law.id in checks
        for finding in _found(law, checks[law.id], snapshot)
        if systems is None or _system(finding.subject) in systems
    ]
    found += _unchecked((law for law in tried if law.id not in checks), found, systems, recorded)
    return Report(
        as_at=snapshot.as_at,
        known=snapshot.known,
        findings=tuple(sorted(found, key=_place)),
        rules=tried,
        idle=tuple(law for law in asked if not law.in_force(snapshot.as_at)),
    )


def _found(law: Rule, tried: Check, snapshot: Snapshot) -> Iterator[Finding]:
    """The findings of one check, each proved to be about its own rule."""
    last = "its first subject"
    try:
        for finding in tried(snapshot):
            _refuse_stray(finding, law)
            last = f"the subject after {finding.subject}"
            yield finding
    except FailedCheck:
        raise
    except Exception as wrong:
        raise FailedCheck(law.id, last, _what(wrong)) from wrong


def _refuse_stray(finding: Finding, law: Rule) -> None:
    if finding.rule != law.id or finding.outcome not in OUTCOMES:
        found = f"it found '{finding.outcome}' for {finding.rule}."
        raise FailedCheck(law.id, finding.subject, found)


def _one_by_one(
    number: str,
    function: Callable[..., Iterable[Finding]],
    over: Callable[[Any], Iterable[Any]],
    snapshot: Any,
) -> Iterator[Finding]:
    for subject in over(snapshot):
        try:
            yield from function(snapshot, subject)
        except Exception as wrong:
            raise FailedCheck(number, _named(subject), _what(wrong)) from wrong


def _named(subject: Any) -> str:
    """A subject's identifier: itself, or the first of a pair of identifier and fact."""
    return str(subject[0] if isinstance(subject, tuple) else subject)


def _what(wrong: Exception) -> str:
    return f"{type(wrong).__name__}: {wrong}."


def _unchecked(
    laws: Iterable[Rule],
    found: Collection[Finding],
    systems: Collection[str] | None,
    recorded: Mapping[str, str] | None,
) -> list[Finding]:
    """One "cannot tell" for each rule without a check and each system."""
    stand_for = recorded or {}
    known = systems
    if known is None:
        known = stand_for or {_system(each.subject) for each in found}
    return [law.cannot_say(stand_for.get(each, each), _why(law)) for law in laws for each in known]


def _why(law: Rule) -> str:
    if law.awaits == "judgement":
        return f"A person has to judge this, and the record lacks {law.lacks}."
    if law.awaits == "record":
        return f"The record lacks {law.lacks}."
    return "No check has been written for this rule yet."


def _system(subject: str) -> str:
    return subject.partition("/")[0]


def _place(finding: Finding) -> tuple[str, str, str, str]:
    return finding.rule, finding.subject, finding.outcome, finding.because
