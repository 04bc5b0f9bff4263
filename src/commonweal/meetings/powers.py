"""Whether whoever made a decision had the authority, asked of the engine as at the decision's day.

Four lines of the vires check come from here: power, chain, limit and reservations. Amounts decided
before count as far as they are on record.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

import msgspec

from commonweal.authority.answers import Answer, may
from commonweal.authority.facts import Condition, pounds
from commonweal.authority.nearest import misses_of
from commonweal.authority.register import Hop, Register, register
from commonweal.authority.search import NO_LIMIT, Question, Route, Search
from commonweal.authority.sentences import condition_in_words
from commonweal.bodies.facts import Seat
from commonweal.record.facts import Name
from commonweal.record.findings import Finding, Outcome
from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import sources_of
from commonweal.record.when import day_in_words
from commonweal.record.wording import listed

from .agenda import as_it_was, meeting_of, the_day
from .decided import Decision

_SCHEME = "The scheme of reservation and delegation"
_OF_THE_YEAR = frozenset({"per year", "per 100,000 population per year"})
_APRIL = 4


class Asked(NamedTuple):
    """A decision as a question of authority.

    then    the record on the day it was made
    holder  who decided; for somebody on a board who decided alone, the board
    alone   the seat of that somebody; none for a meeting, a body or a post
    """

    then: Snapshot
    day: date
    holder: str
    alone: str | None
    question: Question

    @property
    def entries(self) -> Register:
        return register(self.then)

    def route(self, **changes: object) -> Route | None:
        """How the holder may decide, its own reservations apart; None if it may not."""
        question = msgspec.structs.replace(self.question, **changes)
        return Search(self.entries, question, kept=False).route(self.holder)

    def perhaps(self, **changes: object) -> Route | None:
        """The same, letting pass what the record says too little about."""
        question = msgspec.structs.replace(self.question, **changes)
        return Search(self.entries, question, lenient=True, kept=False).route(self.holder)


class _Said(NamedTuple):
    outcome: Outcome
    because: str
    about: tuple[str, ...] = ()


def asked_of(snapshot: Snapshot, decision: Decision) -> Asked | str:
    """The question that a decision raises, or why none can be asked."""
    when, who = made(snapshot, decision)
    if when is None or who is None:
        return "The day on which it was made is not on record exactly."
    missing = [
        what
        for what, there in (
            ("which function it carries out", decision.function),
            ("for which area", decision.area),
        )
        if not there
    ]
    if missing:
        return f"Not on record: {listed(missing)}."
    then = as_it_was(snapshot, when)
    for named in (decision.function, decision.area):
        if named and then.get(named) is None:
            return f"{snapshot.name(named)} was not on record on {day_in_words(when)}."
    seat = then.get(who)
    holder = seat.body if isinstance(seat, Seat) else who
    question = Question(
        function=decision.function or "",
        area=decision.area or "",
        amount=decision.amount,
        urgent=decision.type == "urgent",
    )
    return Asked(then, when, holder, who if isinstance(seat, Seat) else None, question)


def made(snapshot: Snapshot, decision: Decision) -> tuple[date | None, str | None]:
    """When a decision was made, and by whom: a body, a post or a seat."""
    if decision.item:
        _, meeting, _ = meeting_of(snapshot, decision.item)
        return the_day(meeting.when), meeting.body
    return the_day(decision.when), decision.by


def warrant(snapshot: Snapshot, decision: Decision) -> Answer | None:
    """The engine's whole answer for a decision, with its proof; None if it cannot be asked."""
    asked = asked_of(snapshot, decision)
    return may(asked.then, asked.holder, asked.question) if isinstance(asked, Asked) else None


def authority_of(snapshot: Snapshot, name: str, decision: Decision) -> Mapping[str, Finding]:
    """The four lines of authority for a decision, for `vires` to show beside its own."""
    asked = asked_of(snapshot, decision)
    if isinstance(asked, str):
        said = dict.fromkeys(_LINES, _Said("cannot tell", asked))
    else:
        said = {line: answer(snapshot, name, decision, asked) for line, answer in _LINES.items()}
    return {line: _finding(line, name, decision, each, asked) for line, each in said.items()}


def _finding(line: str, name: str, decision: Decision, said: _Said, asked: Asked | str) -> Finding:
    facts = [asked.then.get(each) for each in said.about] if isinstance(asked, Asked) else []
    return Finding(
        rule=line,
        outcome=said.outcome,
        subject=name,
        because=said.because,
        source=_SCHEME,
        sources=sources_of(decision, *filter(None, facts)),
        about=said.about,
    )


# --- power ---------------------------------------------------------------------------------------


def _power(_snapshot: Snapshot, _name: str, _decision: Decision, asked: Asked) -> _Said:
    """Whether the law gives the function to the holder, or to somebody it acts for."""
    name, entries, question = asked.then.name, asked.entries, asked.question
    what = f"“{name(question.function)}” for {name(question.area)}"
    held = dict(_roots(entries, question))
    if not held:
        return _Said("cannot tell", f"Nobody on record holds {what} by law.")
    route = asked.perhaps(amount=None)
    behind = {each.holder for each in _ends(route)} if route else set()
    behind |= entries.owners(asked.holder) & held.keys()
    if asked.holder in behind:
        power = held[asked.holder]
        return _Said("met", f"{name(asked.holder)} holds {what} by law.", (power,))
    if behind:
        who = listed(name(each) for each in sorted(behind))
        powers = tuple(held[each] for each in sorted(behind) if each in held)
        return _Said("met", f"The law gives {what} to {who}, for whom it acted.", powers)
    who = listed((name(each) for each in held), most=3)
    return _Said("not met", f"The law gives {what} to {who}, for whom nothing lets it act.")


def _roots(entries: Register, question: Question) -> Iterator[tuple[str, str]]:
    """Who holds the function by law in the area, and by which power."""
    for function in sorted(entries.functions.up(question.function)):
        for area in sorted(entries.land.up(question.area)):
            for holder in entries.root_at.get((function, area), ()):
                if root := entries.root(holder, question.function, question.area):
                    yield holder, root.power


def _ends(route: Route) -> Iterator[Route]:
    if route.root is not None:
        yield route
    for above in route.above:
        yield from _ends(above)


def hops_of(route: Route) -> Iterator[Hop]:
    """The delegations of a route, from the holder up."""
    for hop, above in zip(route.hops, route.above, strict=True):
        yield hop
        yield from hops_of(above)


# --- chain ---------------------------------------------------------------------------------------


def _chain(_snapshot: Snapshot, _name: str, decision: Decision, asked: Asked) -> _Said:
    """Whether every step from the law to whoever decided holds, whatever the amount."""
    name = asked.then.name
    if asked.alone:
        because = f"No power of {name(asked.alone)} to decide alone is on record."
        return _Said("cannot tell", because)
    route = asked.route(amount=None)
    if route is None:
        return _no_chain(asked)
    hops = tuple(hops_of(route))
    about = tuple(hop.name for hop in hops)
    if not hops:
        return _Said("met", f"{name(asked.holder)} decides of its own power.")
    open_ = tuple(_unshown(decision, hops, name))
    givers = listed(dict.fromkeys(name(hop.giver) for hop in hops))
    papers = listed(dict.fromkeys(name(p) for hop in hops if (p := hop.fact.instrument)))
    passed = f"Passed on to {name(asked.holder)} by {givers}" + (f" in {papers}" if papers else "")
    if open_:
        return _Said(
            "cannot tell", f"{passed}, provided that {listed(open_)}: not on record.", about
        )
    return _Said("met", f"{passed}.", about)


def _no_chain(asked: Asked) -> _Said:
    """What breaks the chain on the day. Other days are no matter of a decision already made."""
    entries, who = asked.entries, asked.then.name(asked.holder)
    if bar := entries.bar(asked.holder):
        return _Said("not met", f"{who} may not: {bar}.")
    whole = msgspec.structs.replace(asked.question, amount=None)
    found = misses_of(entries, Search(entries, whole, kept=False), asked.holder, asked.then.name)
    if asked.perhaps(amount=None):
        return _Said("cannot tell", f"It cannot be told whether {who} may: {found[0].because}.")
    if not found and not entries.said(asked.holder):
        because = f"No scheme, terms or delegation of {who} is on record."
        return _Said("cannot tell", because)
    near = found[0].because if found else "nothing on record gives it that function"
    return _Said("not met", f"{who} may not: {near}.")


def _unshown(decision: Decision, hops: tuple[Hop, ...], name: Name) -> Iterator[str]:
    """Conditions of a chain that nothing on record shows to be kept."""
    seen: dict[str, None] = {}
    for hop in hops:
        for condition in hop.fact.conditions:
            if not _shown(decision, condition):
                seen[condition_in_words(condition, name)] = None
    yield from seen


def _shown(decision: Decision, condition: Condition) -> bool:
    if condition.type in {"report", "inform"}:
        return decision.reported is not None
    if condition.type == "consult":
        return decision.consultation == "held"
    return condition.type == "urgent only" and decision.type == "urgent"


# --- limit ---------------------------------------------------------------------------------------


class Earlier(NamedTuple):
    """What the same maker decided before that a limit counts too."""

    pence: int
    decisions: tuple[str, ...]


def _limit(snapshot: Snapshot, name: str, decision: Decision, asked: Asked) -> _Said:
    if asked.alone:
        return _Said("cannot tell", "No limit of somebody who decided alone is on record.")
    route = asked.perhaps(amount=None)
    if route is None:
        return _Said("cannot tell", "It has no authority on record that a limit could be part of.")
    hops = tuple(hops_of(route))
    about = tuple(hop.name for hop in hops)
    if all(hop.fact.limit == "no limit" for hop in hops) and route.ceiling >= NO_LIMIT:
        return _Said("met", "No limit is set.", about)
    if decision.amount is None:
        return _Said("cannot tell", "No amount is on record to hold against the limit.", about)
    worst = _Said("met", "", about)
    for count in counts_of(hops):
        found = _against(snapshot, name, decision, asked, count)
        worst = max(worst, found, key=lambda each: _GRAVITY[each.outcome])
        worst = found if not worst.because else worst
    return worst._replace(about=about)


_GRAVITY: dict[Outcome, int] = {"met": 0, "cannot tell": 1, "not met": 2}


def counts_of(hops: tuple[Hop, ...]) -> tuple[str, ...]:
    """What limits along a chain count beside the decision itself: see `earlier`, or "alone"."""
    kinds = {hop.fact.limit for hop in hops}
    found = [
        *(["year"] if kinds & _OF_THE_YEAR else []),
        *(["matter"] if "cumulative per matter" in kinds else []),
    ]
    return tuple(found) or ("alone",)


def _against(snapshot: Snapshot, name: str, decision: Decision, asked: Asked, count: str) -> _Said:
    """An amount against the limit, with what the limit counts beside it."""
    amount = decision.amount or 0
    before = earlier(snapshot, name, asked, count) if count != "alone" else Earlier(0, ())
    so_far = before.pence if count != "alone" else 0
    beside = _beside(count, before)
    if route := asked.route(so_far=so_far):
        if route.ceiling >= NO_LIMIT:
            return _Said("met", f"{pounds(amount)}{beside}: no limit stands against it.")
        split = _split(snapshot, name, asked, route.ceiling) if count == "alone" else ""
        if split:
            return _Said(
                "cannot tell",
                f"{pounds(amount)} is within the limit of {pounds(route.ceiling)}, but {split}",
            )
        return _Said(
            "met", f"{pounds(amount)}{beside} is within the limit of {pounds(route.ceiling)}."
        )
    if asked.perhaps(so_far=so_far):
        return _Said(
            "cannot tell", f"The limit that {pounds(amount)} is held against is not on record."
        )
    return _Said("not met", _exceeded(asked, amount, so_far, beside))


def _beside(count: str, before: Earlier) -> str:
    if count == "alone" or not before.pence:
        return ""
    said = {"year": "in the same year", "matter": "on the same matter"}[count]
    return f" with {pounds(before.pence)} decided before {said}"


def _exceeded(asked: Asked, amount: int, so_far: int, beside: str) -> str:
    whole = asked.perhaps(amount=None)
    if whole is None or whole.ceiling >= NO_LIMIT or amount + so_far <= whole.ceiling:
        return f"No authority on record reaches to {pounds(amount)}{beside}."
    over = amount + so_far - whole.ceiling
    limit = f"the limit of {pounds(whole.ceiling)}, by {pounds(over)}"
    return f"{pounds(amount)}{beside} is above {limit}."


def _split(snapshot: Snapshot, name: str, asked: Asked, ceiling: int) -> str:
    """What linked decisions within twelve months come to, if that is past a limit for each."""
    linked = earlier(snapshot, name, asked, "split")
    total = linked.pence + (asked.question.amount or 0)
    if not linked.decisions or total <= ceiling:
        return ""
    others = listed(f"“{snapshot.name(each)}”" for each in linked.decisions)
    return (
        f"with {others} on the same matter within twelve months it comes to {pounds(total)}: "
        "somebody must judge whether one decision was split."
    )


def earlier(snapshot: Snapshot, name: str, asked: Asked, count: str) -> Earlier:
    """Carried decisions of the same maker up to the day that a limit counts with this one.

    count  "year": its financial year, same function and area; "matter": the same matter, whenever;
           "split": the same matter, within twelve months
    """
    own = snapshot.fact(name)
    matter = own.matter or name if isinstance(own, Decision) else name
    return decided_before(snapshot, asked, count, matter=matter, name=name)


def decided_before(
    snapshot: Snapshot, asked: Asked, count: str, *, matter: str, name: str
) -> Earlier:
    """The same for something that need not be on record as a decision yet.

    matter  the first decision on the same matter
    name    what it is called, or would be: of two on one day the name that sorts first came first
    """
    found = [
        (each, other)
        for day, each, other in _made_by(snapshot).get(asked.alone or asked.holder, ())
        if each != name
        and (day, each) < (asked.day, name)
        and _counts_with(asked, matter, (each, other), day, count)
    ]
    return Earlier(sum(o.amount or 0 for _, o in found), tuple(each for each, _ in found))


def _counts_with(
    asked: Asked, matter: str, other: tuple[str, Decision], day: date, count: str
) -> bool:
    if count == "year":
        return _year(day) == _year(asked.day) and _alike(asked, other[1])
    same = matter == _matter(*other)
    return same and (count == "matter" or (asked.day - day).days <= _A_YEAR)


_A_YEAR = 365


def _matter(name: str, decision: Decision) -> str:
    return decision.matter or name


def _alike(asked: Asked, other: Decision) -> bool:
    """Whether another decision carries out the same function or a part of it, in the same area."""
    question, entries = asked.question, asked.entries
    if not other.function or not other.area:
        return False
    same = question.function in entries.functions.up(other.function)
    return same and question.area in entries.land.up(other.area)


def _year(day: date) -> int:
    """The calendar year in which the financial year of a day begins."""
    return day.year if day.month >= _APRIL else day.year - 1


@remembered
def _made_by(snapshot: Snapshot) -> dict[str, list[tuple[date, str, Decision]]]:
    """The carried decisions with an amount, by who made them, in order of day."""
    found: dict[str, list[tuple[date, str, Decision]]] = {}
    for name, decision in snapshot.all(Decision).items():
        if decision.outcome == "carried" and decision.amount:
            day, who = made(snapshot, decision)
            if day and who:
                found.setdefault(who, []).append((day, name, decision))
    return {who: sorted(each, key=lambda e: e[:2]) for who, each in found.items()}


# --- reservations --------------------------------------------------------------------------------


def _reserved(_snapshot: Snapshot, _name: str, _decision: Decision, asked: Asked) -> _Said:
    """Whether somebody else kept what was decided."""
    name, amount = asked.then.name, asked.question.amount
    search = Search(asked.entries, asked.question)
    route = asked.perhaps(amount=None)
    givers = {hop.giver for hop in hops_of(route)} if route else set()
    kept = [
        (who, each, above)
        for who in sorted(givers | asked.entries.owners(asked.holder) | {asked.holder})
        for each, above in search.reserved(who)
    ]
    if not kept:
        return _Said("met", "Nothing on record reserves it to anybody else.")
    about = tuple(each for _, each, _ in kept)
    others = [(who, above) for who, _, above in kept if who != asked.holder]
    if not others:
        return _Said("met", f"It is reserved to {name(asked.holder)}, which decided it.", about)
    who, above = min(others, key=lambda each: each[1])
    if above == 0:
        return _Said("not met", f"The matter is reserved to {name(who)}.", about)
    over = f"above {pounds(above)} the matter is reserved to {name(who)}"
    if amount is None:
        return _Said("cannot tell", f"No amount is on record, and {over}.", about)
    outcome: Outcome = "not met" if amount > above else "met"
    return _Said(outcome, f"It is about {pounds(amount)}; {over}.", about)


_LINES = {"power": _power, "chain": _chain, "limit": _limit, "reservations": _reserved}

__all__ = [
    "Asked", "Earlier", "asked_of", "authority_of", "counts_of", "decided_before", "earlier",
    "hops_of", "made", "warrant",
]  # fmt: skip
