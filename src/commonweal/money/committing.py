"""Whether money may be committed: the engine of who decides, and money's own tests, together.

A commitment is tried by six tests. It is refused if one fails, and cannot be told if the record
holds too little for one; every test says why, with its numbers.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple, get_args

from commonweal.authority.answers import may
from commonweal.authority.facts import pounds
from commonweal.authority.register import register
from commonweal.authority.search import NO_LIMIT, Question, Route
from commonweal.bodies.facts import Seat
from commonweal.meetings.agenda import as_it_was, the_day
from commonweal.meetings.decided import Decision
from commonweal.meetings.powers import Asked, counts_of, decided_before, hops_of, made
from commonweal.record.facts import Fact, Source
from commonweal.record.findings import Finding, Outcome
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import planned, sources_of
from commonweal.record.when import day_in_words, period
from commonweal.record.wording import capital, listed
from commonweal.statute.counting import financial_year

from .budgets import Budget
from .funds import Agreement, Fund, Scheme
from .spending import Spent, in_year, spending

Test = Literal[
    "power and limit", "committed before", "purpose", "fund and agreement", "decision", "budget"
]
TESTS: tuple[Test, ...] = get_args(Test)
"""The tests of a commitment, in the order in which they are shown."""

SCHEME_OF_DELEGATION = "The scheme of reservation and delegation"
_SOURCE: dict[Test, str] = {
    "power and limit": SCHEME_OF_DELEGATION,
    "committed before": SCHEME_OF_DELEGATION,
    "purpose": "The terms of the fund and its agreement",
    "fund and agreement": "The terms of the fund and its agreement",
    "decision": "The decision on record, and the ledger",
    "budget": "The approved budget, and the ledger",
}
_LAST = chr(0x10FFFF)
"""Sorts after every identifier: what is decided now comes after what was decided that day."""


class Commitment(NamedTuple):
    """Money that somebody is about to commit, or has.

    holder     the body, post or seat that commits it
    pence      whole pence, above nothing
    day        on which day
    function   what it is for; None: the scheme's, the fund's or the decision's, if that is one
    area       where; None: the fund's or the decision's
    decision   the decision that authorises it
    deciding   the decision is only being made, or is this commitment itself
    """

    holder: str
    pence: int
    day: date
    fund: str | None = None
    scheme: str | None = None
    function: str | None = None
    area: str | None = None
    decision: str | None = None
    deciding: bool = False


class Tried(NamedTuple):
    """What one test found."""

    test: Test
    outcome: Outcome
    because: str
    sources: tuple[Source, ...] = ()

    def finding(self, subject: str) -> Finding:
        """As a finding about something on record, such as the decision."""
        return Finding(
            rule=self.test, outcome=self.outcome, subject=subject, because=self.because,
            source=_SOURCE[self.test], sources=self.sources,
        )  # fmt: skip


class Verdict(NamedTuple):
    """Whether a commitment may be made, why in one sentence, and what each test found."""

    outcome: Literal["allowed", "refused", "cannot tell"]
    because: str
    tests: tuple[Tried, ...]


def tried(snapshot: Snapshot, commitment: Commitment) -> Verdict:
    """Whether a commitment may be made, as far as the record and the ledger say."""
    case = _Case.of(snapshot, commitment)
    found = tuple(Tried(test, *_TESTS[test](case)) for test in TESTS)
    failed = [each for each in found if each.outcome == "not met"]
    untold = [each for each in found if each.outcome == "cannot tell"]
    if failed:
        return Verdict("refused", " ".join(each.because for each in failed), found)
    if untold:
        return Verdict("cannot tell", " ".join(each.because for each in untold), found)
    return Verdict("allowed", f"{pounds(commitment.pence)} passes all six tests.", found)


def commitment_of(snapshot: Snapshot, name: str, decision: Decision) -> Commitment | None:
    """The commitment that a decision makes; None for one that commits nothing or on no known day.

    It commits from the day it takes effect: a year's spending is often decided before the year.
    """
    day, who = made(snapshot, decision)
    if day and (effective := the_day(decision.effective)):
        day = max(day, effective)
    if not decision.amount or day is None or who is None or decision.outcome != "carried":
        return None
    paid = decision.paid_from or ""
    scheme = paid if paid.split("/")[1:2] == [Scheme.kind] else None
    return Commitment(
        who, decision.amount, day, None if scheme else paid or None, scheme,
        decision.function, decision.area, name, deciding=True,
    )  # fmt: skip


type _Said = tuple[Outcome, str, tuple[Source, ...]]


class _Case(NamedTuple):
    """A commitment on trial, with what it is about as that was on its day."""

    snapshot: Snapshot
    then: Snapshot
    asked: Commitment
    fund_name: str | None
    fund: Fund | None
    scheme: Scheme | None
    decision: Decision | None
    spent: tuple[Spent, ...] | None

    @classmethod
    def of(cls, snapshot: Snapshot, asked: Commitment) -> "_Case":
        then = as_it_was(snapshot, asked.day)
        scheme = _kind(then, snapshot, asked.scheme, Scheme)
        fund_name = asked.fund or (scheme.fund if scheme else None)
        fund = _kind(then, snapshot, fund_name, Fund)
        decision = _kind(then, snapshot, asked.decision, Decision)
        return cls(snapshot, then, asked, fund_name, fund, scheme, decision, spending(then))

    def name(self, entity: str | None) -> str:
        """What something is called, on the day or on one when it is on record."""
        return _with(self.then, self.snapshot, entity).name(entity or "")

    @property
    def function(self) -> str | None:
        """What it is for, as said or as only one thing can be meant."""
        given = self.asked.function or (self.decision.function if self.decision else None)
        return given or next(
            (each.functions[0] for each in (self.scheme, self.fund)
             if each and len(each.functions) == 1), None,
        )  # fmt: skip

    @property
    def area(self) -> str | None:
        decided = self.decision.area if self.decision else None
        return self.asked.area or decided or (self.fund.area if self.fund else None)

    @property
    def year(self) -> tuple[date, date]:
        """The financial year of the day, half-open."""
        begins = financial_year(self.asked.day).start
        return begins, begins.replace(year=begins.year + 1)

    def question(self, *, so_far: int | None = None, budget: int | None = None) -> Asked | None:
        """What is asked of the engine of who decides; None if too little is said to ask."""
        if self.function is None or self.area is None:
            return None
        seat = self.then.get(self.asked.holder)
        alone = self.asked.holder if isinstance(seat, Seat) else None
        holder = seat.body if isinstance(seat, Seat) else self.asked.holder
        question = Question(
            function=self.function,
            area=self.area,
            amount=self.asked.pence,
            so_far=so_far,
            budget=budget,
        )
        return Asked(self.then, self.asked.day, holder, alone, question)


def _kind[F: Fact](then: Snapshot, now: Snapshot, name: str | None, kind: type[F]) -> F | None:
    """A fact as it was on the day or, if it did not stand then, as it last or first was."""
    fact = _with(then, now, name).get(name) if name else None
    return fact if isinstance(fact, kind) else None


def _with(then: Snapshot, now: Snapshot, name: str | None) -> Snapshot:
    """The record on the day or, if something was not on it then, on a day on which it was."""
    if not name or then.get(name) is not None or now.get(name) is not None:
        return then if name and then.get(name) is not None else now
    there = _days_of(now, name)
    return as_it_was(now, there[-1]) if there else now


def _days_of(snapshot: Snapshot, name: str) -> list[date]:
    """The days on which something begins, or changes, and is on record."""
    kind = snapshot.vocabulary.kind_of(name).type
    days = snapshot.days_of(kind)
    return [each for each in days if as_it_was(snapshot, each).get(name) is not None]


# --- who decides ---------------------------------------------------------------------------------


def _power(case: _Case) -> _Said:
    """Whether the holder may decide on that much of it by itself."""
    asked = case.question(so_far=0, budget=_left(case))
    if asked is None:
        return _untold("For which function and area it is, is not said; so nobody can be asked.")
    answer = may(case.then, case.asked.holder, asked.question)
    if answer.outcome == "allowed":
        return "met", answer.because, ()
    route = asked.perhaps(amount=None)
    if answer.outcome == "refused" and route and asked.question.amount:
        over = asked.question.amount - route.ceiling
        if over > 0:
            who = case.name(case.asked.holder)
            because = f"{pounds(over)} over the limit of {pounds(route.ceiling)} of {who}."
            return "not met", because, _along(route)
    return ("not met" if answer.outcome == "refused" else "cannot tell"), answer.because, ()


def _before(case: _Case) -> _Said:
    """Whether it keeps a limit that counts what was committed before in the year or matter."""
    asked = case.question(budget=_left(case))
    route = asked.perhaps(amount=None) if asked else None
    if asked is None or route is None:
        return _untold("It has no authority on record that such a limit could be part of.")
    counts = [each for each in counts_of(tuple(hops_of(route))) if each != "alone"]
    if not counts:
        return "met", "No limit on record counts what was committed before.", ()
    found = [_counted(case, asked, count) for count in counts]
    worst = min(found, key=lambda each: ("not met", "cannot tell", "met").index(each[0]))
    return worst[0], worst[1], _along(route)


def _counted(case: _Case, asked: Asked, count: str) -> tuple[Outcome, str]:
    own = case.asked.decision or _LAST
    matter = (case.decision.matter if case.decision else None) or own
    name = own if case.asked.deciding else _LAST
    before = decided_before(case.then, asked, count, matter=matter, name=name)
    others = [each for each in before.decisions if each != own]
    so_far = sum(_promised(case, each, None) for each in others)
    who, when = case.name(case.asked.holder), {"year": "this year"}.get(count, "on this matter")
    already = f"{_much(so_far)} was already committed {when} by {who}" + (
        f" ({listed(f'“{case.name(each)}”' for each in others)})" if others else ""
    )
    if asked.route(so_far=so_far):
        return "met", f"{pounds(case.asked.pence)} keeps within the limit; {already}."
    whole = asked.perhaps(amount=None)
    over = case.asked.pence + so_far - whole.ceiling if whole else 0
    if whole and over > 0 and whole.ceiling < NO_LIMIT:
        return "not met", f"{pounds(over)} over the limit of {pounds(whole.ceiling)}; {already}."
    if asked.perhaps(so_far=so_far):
        return "cannot tell", f"The limit it is held against is not on record; {already}."
    return "not met", f"No authority on record reaches so far; {already}."


def _along(route: Route) -> tuple[Source, ...]:
    """The sources of the delegations of a chain."""
    return sources_of(*(hop.fact for hop in hops_of(route)))


# --- the fund ------------------------------------------------------------------------------------


def _purpose(case: _Case) -> _Said:
    """Whether the fund, its scheme and its agreement are for this."""
    if case.fund is None:
        return _untold("From which fund it is paid is not said.")
    fund, sources = case.name(case.fund_name), sources_of(case.fund)
    if case.scheme and case.scheme.fund != case.fund_name:
        other, scheme = case.name(case.scheme.fund), case.name(case.asked.scheme)
        return "not met", f"{other} pays for “{scheme}”, not {fund}.", sources_of(case.scheme)
    if wrong := _elsewhere(case) or _not_for(case):
        return "not met", wrong, sources
    if case.function is None:
        return _untold(f"For which function it is, is not said; so the purpose of {fund} is not.")
    stated = _stated(case)
    if not stated:
        purpose = f": {case.fund.purpose}" if case.fund.purpose else " and its purpose"
        return _untold(f"Which functions {fund} is for is not on record{purpose.rstrip('.')}.")
    where = listed(dict.fromkeys(where for where, _, _ in stated))
    return "met", f"“{case.name(case.function)}” is within the purpose of {where}.", sources


def _not_for(case: _Case) -> str:
    """Why what it is for is not what the fund is for; nothing if it is, or nothing says."""
    for where, functions, _ in _stated(case):
        if case.function and not _covered(case, functions):
            may_pay = listed(f"“{case.name(each)}”" for each in functions)
            return f"“{case.name(case.function)}” is not what {where} is for: {may_pay}."
    return ""


def _stated(case: _Case) -> list[tuple[str, tuple[str, ...], Fact]]:
    """What says which functions it is for: the scheme, the fund, the agreement."""
    agreement = _agreement(case)
    said = (
        (case.asked.scheme, case.scheme), (case.fund_name, case.fund),
        (case.fund.agreement if case.fund else None, agreement),
    )  # fmt: skip
    return [
        (case.name(name), fact.functions, fact) for name, fact in said if fact and fact.functions
    ]


def _covered(case: _Case, functions: Iterable[str]) -> bool:
    wider = register(case.then).functions.up(case.function or "")
    return not wider.isdisjoint(functions)


def _elsewhere(case: _Case) -> str:
    """Why it lies outside the area that the fund is spent in; nothing if it does not."""
    area = case.fund.area if case.fund else None
    asked = case.asked.area
    if area is None or asked is None:
        return ""
    land = register(case.then).land
    if area in land.up(asked) or area in land.perhaps(asked):
        return ""
    return f"{case.name(case.fund_name)} is spent in {case.name(area)}, not in {case.name(asked)}."


def _agreement(case: _Case) -> Agreement | None:
    return _kind(case.then, case.snapshot, case.fund.agreement if case.fund else None, Agreement)


def _open(case: _Case) -> _Said:
    """Whether the fund, and the agreement it is held under, stand on the day."""
    if case.fund is None or case.fund_name is None:
        return _untold("From which fund it is paid is not said.")
    facts: list[Fact] = [case.fund]
    for name in filter(None, (case.fund_name, case.fund.agreement)):
        fact = case.then.get(name)
        if fact is None:
            return "not met", _gone(case, name), sources_of(*facts)
        if planned(fact):
            return "not met", f"{case.name(name)} is only {fact.status}.", sources_of(fact)
        facts.append(fact)
    sources = sources_of(*facts)
    begins, end = case.year
    if case.fund.year and period(case.fund.year) != (begins, end):
        because = f"{case.name(case.fund_name)} is on record for {case.fund.year} only."
        return "cannot tell", because, sources
    if case.fund.type == "pooled" and case.fund.agreement is None:
        because = f"The agreement under which {case.name(case.fund_name)} is pooled is not."
        return "cannot tell", because.replace("is not.", "is not on record."), sources
    return "met", f"{case.name(case.fund_name)} stands on {day_in_words(case.asked.day)}.", sources


def _gone(case: _Case, name: str) -> str:
    """When something that does not stand on the day ended, or begins."""
    day, there = case.asked.day, _days_of(case.snapshot, name)
    what, when = capital(case.name(name)), day_in_words(day)
    if ended := [each for each in there if each < day]:
        held = as_it_was(case.snapshot, ended[-1]).held(name)
        last = f" on {day_in_words(held.end - timedelta(1))}" if held and held.end else ""
        return f"{what} ended{last}; this is of {when}."
    begins = f" It begins on {day_in_words(there[0])}." if there else ""
    return f"{what} is not on record on {when}.{begins}"


# --- the decision --------------------------------------------------------------------------------


def _decision(case: _Case) -> _Said:
    """Whether it rests on a decision that was made, covers it and is not used up."""
    if case.asked.deciding:
        return "met", "It is itself the decision.", ()
    if case.decision is None or case.asked.decision is None:
        return "not met", "No decision on record is named that authorises it.", ()
    sources = sources_of(case.decision)
    if wrong := next(_unfit(case, case.decision), ""):
        return "not met", wrong, sources
    return *_used(case, case.asked.decision, case.decision.amount), sources


def _used(case: _Case, decision: str, amount: int | None) -> tuple[Outcome, str]:
    """Whether a decision leaves enough of what it approved."""
    name = f"“{case.name(decision)}”"
    if amount is None:
        return "cannot tell", f"How much {name} approved is not on record."
    spent = _under(case, decision)
    over = (spent or 0) + case.asked.pence - amount
    already = f"{_much(spent or 0)} was already spent under it"
    if over > 0:
        return (
            "not met",
            f"{pounds(over)} over the {pounds(amount)} that {name} approved; {already}.",
        )
    if spent is None:
        because = f"{name} approved {pounds(amount)}; what was spent under it is not on record."
        return "cannot tell", because
    return "met", f"{name} approved {pounds(amount)}; {already}."


def _unfit(case: _Case, decision: Decision) -> Iterator[str]:
    """Why a decision authorises nothing of the sort on the day."""
    name, day = f"“{case.name(case.asked.decision)}”", case.asked.day
    if decision.outcome != "carried" or planned(decision):
        said = decision.status if planned(decision) else decision.outcome
        yield f"{name} was not carried; on record it is: {said}."
    when, effective = made(case.then, decision)[0], the_day(decision.effective)
    if when and when > day:
        yield f"{name} was made only on {day_in_words(when)}."
    if effective and effective > day:
        yield f"{name} takes effect only on {day_in_words(effective)}."
    for other, later in case.then.referring(case.asked.decision or "", Decision):
        if later.supersedes == case.asked.decision:
            yield f"“{case.name(other)}” took the place of {name}."
    if case.asked.function and decision.function:
        wider = register(case.then).functions.up(case.asked.function)
        if decision.function not in wider:
            what = case.name(decision.function)
            yield f"{name} is about “{what}”, not “{case.name(case.asked.function)}”."
    if decision.paid_from and decision.paid_from not in {case.fund_name, case.asked.scheme}:
        yield f"{name} is paid from {case.name(decision.paid_from)}."


def _under(case: _Case, decision: str) -> int | None:
    """What was spent under a decision so far; None if no ledger is kept."""
    if case.spent is None:
        return None
    return sum(each.pence for each in case.spent if each.decision == decision)


def _promised(case: _Case, decision: str, spent: int | None) -> int:
    """What a decision commits: what it approved, or what was spent under it if that is more."""
    fact = case.then.get(decision)
    approved = fact.amount or 0 if isinstance(fact, Decision) else 0
    return max(approved, (_under(case, decision) if spent is None else spent) or 0)


# --- the budget ----------------------------------------------------------------------------------


class _Approved(NamedTuple):
    """What may be spent of a fund or scheme in the year, and whether that is exact."""

    pence: int
    exact: bool
    what: str
    facts: tuple[Fact, ...]


def _budget(case: _Case) -> _Said:
    """Whether it keeps within what was approved for the fund, or the scheme, in the year."""
    if case.fund is None:
        return _untold("From which fund it is paid is not said.")
    approved = _approved(case)
    if approved is None:
        return _untold(f"No approved budget of {case.name(case.fund_name)} for the year is known.")
    sources, committed = sources_of(*approved.facts), _committed(case)
    over = case.asked.pence + committed - approved.pence
    already = f"{_much(committed)} was already spent or promised"
    of = f"{'' if approved.exact else 'about '}{pounds(approved.pence)} of {approved.what}"
    if over > 0:
        outcome: Outcome = "not met" if approved.exact else "cannot tell"
        return outcome, f"{pounds(over)} over the budget, {of}; {already}.", sources
    if case.spent is None:
        because = f"It keeps within {of}; what was spent this year is not on record."
        return "cannot tell", because, sources
    return "met", f"{capital(_much(-over))} would be left of {of}; {already}.", sources


def _approved(case: _Case) -> _Approved | None:
    begins, _ = case.year
    found = [
        budget
        for budget in case.then.all(Budget).values()
        if budget.fund == case.fund_name and budget.version in {"approved", "revised"}
        and period(budget.year)[0] == begins
    ]  # fmt: skip
    newest = max(found, key=lambda budget: period(budget.made)[0] if budget.made else date.min,
                 default=None)  # fmt: skip
    if newest and case.scheme:
        lines = (e.spending for e in newest.lines if e.name == case.scheme.name)
        if (pence := next(lines, None)) is not None:
            return _Approved(pence, True, f"“{case.scheme.name}”", (newest,))  # noqa: FBT003  # it is exact
    if newest and not case.scheme:
        whole = newest.spending if newest.spending is not None else newest.printed_spending
        if whole is not None:
            return _Approved(whole, True, case.name(case.fund_name), (newest,))  # noqa: FBT003  # it is exact
    fund = case.fund
    if fund and fund.total and fund.year and period(fund.year)[0] == begins and not case.scheme:
        return _Approved(fund.total.pence, fund.total.exact, case.name(case.fund_name), (fund,))
    return None


def _left(case: _Case) -> int | None:
    """What is left of the approved budget; None if that cannot be told."""
    approved = _approved(case) if case.fund and case.spent is not None else None
    return max(approved.pence - _committed(case), 0) if approved else None


def _committed(case: _Case) -> int:
    """What was spent of the fund or scheme this year, and what decisions promised beyond that.

    Of a decision counts what it approved, or what was spent under it if that is more.
    """
    begins, end = case.year
    spent: dict[str, int] = {}
    for each in in_year(case.spent or (), begins, end):
        if each.fund == case.fund_name and case.asked.scheme in {None, each.scheme}:
            spent[each.decision] = spent.get(each.decision, 0) + each.pence
    for name in _decided(case):
        spent[name] = _promised(case, name, spent.get(name, 0))
    return sum(spent.values())


def _decided(case: _Case) -> Iterator[str]:
    """Other decisions of the year, so far, that spend of the same fund or scheme."""
    begins, _ = case.year
    wanted = {case.asked.scheme} if case.asked.scheme else {case.fund_name, *_schemes(case)}
    for name, each in case.then.all(Decision).items():
        if each.paid_from in wanted and each.outcome == "carried" and name != case.asked.decision:
            when = made(case.then, each)[0]
            if when and begins <= when <= case.asked.day:
                yield name


def _schemes(case: _Case) -> Iterator[str]:
    for name, each in case.then.all(Scheme).items():
        if each.fund == case.fund_name:
            yield name


def _much(pence: int) -> str:
    return pounds(pence) if pence else "nothing"


def _untold(because: str) -> _Said:
    return "cannot tell", because, ()


_TESTS: dict[Test, Callable[[_Case], _Said]] = {
    "power and limit": _power,
    "committed before": _before,
    "purpose": _purpose,
    "fund and agreement": _open,
    "decision": _decision,
    "budget": _budget,
}
