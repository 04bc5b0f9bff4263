"""Checks of what was decided and spent against funds, decisions and budgets.

They ask the ledger beside the record. Where none is kept, they say nothing of what was spent.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from commonweal.authority.facts import pounds
from commonweal.authority.register import register
from commonweal.meetings.agenda import as_it_was
from commonweal.meetings.decided import Decision
from commonweal.record.facts import Source
from commonweal.record.findings import Finding, Outcome
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import stands
from commonweal.record.when import day_in_words
from commonweal.record.wording import listed
from commonweal.statute.rule import rule
from commonweal.statute.runner import check

from .committing import Tried, commitment_of, tried
from .funds import Fund, Scheme
from .spending import Spent, spending

_OF_THE_MONEY = ("purpose", "fund and agreement", "budget")
"""Tests of a commitment that no line of the vires check makes: power and limits are its own."""


@check("MON-COMMIT")
def decisions_keep_to_fund_and_budget(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("MON-COMMIT")
    for name, decision in snapshot.all(Decision).items():
        commitment = commitment_of(snapshot, name, decision)
        if commitment is None or not decision.paid_from or not stands(decision):
            continue
        found = [e for e in tried(snapshot, commitment).tests if e.test in _OF_THE_MONEY]
        outcome = _worst(found)
        said = [each.because for each in found if outcome in {"met", each.outcome}]
        say = {"met": law.met, "not met": law.not_met, "cannot tell": law.cannot_say}[outcome]
        about = (decision.paid_from,) if snapshot.get(decision.paid_from) else ()
        yield say(name, " ".join(said), sources=decision.sources, about=about)


def _worst(found: Iterable[Tried]) -> Outcome:
    order: tuple[Outcome, ...] = ("not met", "cannot tell", "met")
    return min((each.outcome for each in found), key=order.index)


@check("MON-SPENT")
def spending_keeps_to_its_decision(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("MON-SPENT")
    for name, pence in sorted(_by_decision(spending(snapshot) or ()).items()):
        decision = snapshot.get(name)
        if not isinstance(decision, Decision):
            continue
        spent = f"{pounds(pence)} was spent under it"
        if decision.amount is None:
            because = f"{spent}; how much it approved is not on record."
            yield law.cannot_say(name, because, sources=decision.sources)
        elif pence > decision.amount:
            over = pounds(pence - decision.amount)
            because = f"{spent}, {over} above the {pounds(decision.amount)} that it approved."
            yield law.not_met(name, because, sources=decision.sources)
        else:
            because = f"{spent}, of the {pounds(decision.amount)} that it approved."
            yield law.met(name, because, sources=decision.sources)


def _by_decision(spent: Iterable[Spent]) -> Counter[str]:
    found: Counter[str] = Counter()
    for each in spent:
        if each.decision:
            found[each.decision] += each.pence
    return found


@check("MON-RING")
def ring_fenced_money_funds_its_purpose(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("MON-RING")
    spent = spending(snapshot) or ()
    for name, fund in snapshot.all(Fund).items():
        if not fund.ring_fenced:
            continue
        more = {"sources": fund.sources}
        wrong = [*_schemes_outside(snapshot, name, fund), *_spent_outside(snapshot, name, spent)]
        if wrong:
            yield law.not_met(name, " ".join(wrong), **more)
        elif not fund.functions:
            because = "It is ring-fenced; for which functions is not on record."
            yield law.cannot_say(name, because, **more)
        else:
            functions = listed(f"“{snapshot.name(each)}”" for each in fund.functions)
            yield law.met(name, f"All that it pays for on record is for {functions}.", **more)


def _schemes_outside(snapshot: Snapshot, name: str, fund: Fund) -> Iterator[str]:
    for own, scheme in snapshot.all(Scheme).items():
        outside = [each for each in scheme.functions if not _covers(snapshot, fund, each)]
        if scheme.fund == name and outside:
            functions = listed(f"“{snapshot.name(each)}”" for each in outside)
            yield f"It pays for “{snapshot.name(own)}”, which is for {functions}."


def _covers(snapshot: Snapshot, fund: Fund, function: str | None) -> bool:
    """Whether a function is, or is part of, what a fund is for; yes, if nothing says."""
    if function is None or not fund.functions:
        return True
    return not register(snapshot).functions.up(function).isdisjoint(fund.functions)


def _spent_outside(snapshot: Snapshot, name: str, spent: Iterable[Spent]) -> Iterator[str]:
    """What was spent of a fund on another fund's scheme, or by a decision on something else."""
    fund = snapshot.fact(name)
    wrong: Counter[str] = Counter()
    for each in spent:
        if each.fund != name or not isinstance(fund, Fund):
            continue
        scheme, decision = snapshot.get(each.scheme), snapshot.get(each.decision)
        if isinstance(scheme, Scheme) and scheme.fund != name:
            wrong[each.scheme] += each.pence
        elif isinstance(decision, Decision) and not _covers(snapshot, fund, decision.function):
            wrong[each.decision] += each.pence
    for what, pence in sorted(wrong.items()):
        yield f"{pounds(pence)} of it was spent on “{snapshot.name(what)}”."


@check("MON-LATE")
def nothing_is_spent_from_an_ended_fund(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("MON-LATE")
    late: dict[str, list[Spent]] = {}
    for each in spending(snapshot) or ():
        if each.fund and not _stood(snapshot, each):
            late.setdefault(each.fund, []).append(each)
    for name, found in sorted(late.items()):
        first = min(each.last_day for each in found)
        pence = sum(each.pence for each in found)
        because = (
            f"{pounds(pence)} was spent from it when it did not stand, first in the month that "
            f"ended on {day_in_words(first)}."
        )
        yield law.not_met(name, because, sources=_sources(snapshot, name))


def _stood(snapshot: Snapshot, spent: Spent) -> bool:
    """Whether a fund stood on the first or the last day of the month in which it was spent from."""
    held = snapshot.held(spent.fund)
    if held and held.first_day <= spent.last_day:
        return True
    days = (spent.last_day.replace(day=1), spent.last_day)
    return any(as_it_was(snapshot, day).get(spent.fund) is not None for day in days)


def _sources(snapshot: Snapshot, fund: str) -> tuple[Source, ...]:
    """The sources of a fund as it last stood; none if it never did."""
    for day in reversed(snapshot.days_of(Fund)):
        if (fact := as_it_was(snapshot, day).get(fund)) is not None:
            return fact.sources
    return ()
