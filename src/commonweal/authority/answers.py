"""The questions: who may decide, may this one, and what may it decide at all."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from commonweal.areas.successions import name_then
from commonweal.bodies.facts import Seat
from commonweal.record.facts import Name
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import stands
from commonweal.record.wording import listed

from .facts import Basis, Condition, pounds
from .nearest import Miss, misses_of, nearest, with_other_days
from .proof import proof_of, refusal_of
from .register import Fault, Hop, Register, Root, register
from .search import NO_LIMIT, Question, Route, Search
from .sentences import condition_in_words, fault_in_words, onward_in_words

Outcome = Literal["allowed", "refused", "cannot tell"]

MOST_MISSES = 5
"""As many near misses as an answer lists."""


class Answer(NamedTuple):
    """Whether one holder may decide what was asked.

    because      one plain sentence
    ceiling      pence up to which it may; None: no limit, or none recorded
    accountable  who stays accountable: those the law gave the function
    liable       who answers at law for what is done, as far as the law named says
    consult      who must be consulted, or sign, or approve, before
    inform       who must be told after
    conditions   what else must be so, in words
    excepts      reservations that take a part of it away
    steps        the chain from the power in law down, a sentence each
    misses       if not allowed: what came nearest
    proof        canonical; see the verifier
    """

    outcome: Outcome
    holder: str
    question: Question
    because: str
    ceiling: int | None = None
    accountable: tuple[str, ...] = ()
    liable: tuple[str, ...] = ()
    consult: tuple[str, ...] = ()
    inform: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    excepts: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    misses: tuple[Miss, ...] = ()
    proof: dict[str, object] | None = None


class WhoMay(NamedTuple):
    """Everybody who may decide what was asked, who perhaps may, and who came nearest."""

    question: Question
    allowed: tuple[Answer, ...]
    cannot_tell: tuple[Answer, ...]
    misses: tuple[Miss, ...]


def may(snapshot: Snapshot, holder: str, question: Question) -> Answer:
    """Whether a body, post or seat may decide, with the proof.

    A seat may take part if its body may decide and the seat votes on the day.
    """
    seat = snapshot.get(holder)
    if isinstance(seat, Seat):
        return _seat_may(snapshot, holder, seat, question)
    return _body_may(snapshot, holder, question, "")


def _body_may(snapshot: Snapshot, holder: str, question: Question, seat: str) -> Answer:
    entries = register(snapshot)
    strict = Search(entries, question)
    if (route := strict.route(holder)) is not None:
        return _allowed(snapshot, entries, question, route, seat)
    return _not_allowed(snapshot, entries, strict, holder, seat)


def route_and_proof(
    snapshot: Snapshot, holder: str, question: Question
) -> tuple[Route | None, dict[str, object] | None]:
    """The bare check with its proof, without sentences; none for none."""
    entries = register(snapshot)
    route = Search(entries, question).route(holder)
    return (route, proof_of(snapshot, question, route)) if route else (None, None)


def who_may(snapshot: Snapshot, question: Question, *, misses: bool = True) -> WhoMay:
    """Everybody who may decide what is asked."""
    entries = register(snapshot)
    strict, lenient = Search(entries, question), Search(entries, question, lenient=True)
    allowed, perhaps = [], []
    for holder in candidates(entries, question):
        if (route := strict.route(holder)) is not None:
            allowed.append(_allowed(snapshot, entries, question, route, ""))
        elif lenient.route(holder) is not None:
            perhaps.append(_not_allowed(snapshot, entries, strict, holder, ""))
    near = nearest(entries, strict, snapshot.name) if misses else []
    if misses and not allowed:
        near = with_other_days(near, snapshot, question)
    return WhoMay(question, tuple(allowed), tuple(perhaps), tuple(near[:MOST_MISSES]))


class InShort(NamedTuple):
    """Who may, each with the pence up to which it may (None: no limit), and who perhaps may."""

    allowed: dict[str, int | None]
    cannot_tell: tuple[str, ...]


def in_short(snapshot: Snapshot, question: Question) -> InShort:
    """As `who_may`, without sentences, proofs or what holds on other days."""
    entries = register(snapshot)
    strict, lenient = Search(entries, question), Search(entries, question, lenient=True)
    routes = {each: strict.route(each) for each in candidates(entries, question)}
    perhaps = (each for each, route in routes.items() if route is None and lenient.route(each))
    return InShort(
        {each: _ceiling(route) for each, route in routes.items() if route}, tuple(perhaps)
    )


def holders(snapshot: Snapshot, question: Question) -> tuple[str, ...]:
    """Only who may, without sentences or proofs."""
    entries = register(snapshot)
    search = Search(entries, question)
    return tuple(each for each in candidates(entries, question) if search.route(each) is not None)


def candidates(entries: Register, question: Question) -> Sequence[str]:
    """Every holder of a power or delegation that covers what is asked, roots first."""
    functions, areas = entries.functions.up(question.function), entries.land.up(question.area)
    found: dict[str, None] = {}
    for function in functions:
        for area in areas:
            found.update(dict.fromkeys(entries.root_at.get((function, area), ())))
    for function in functions:
        for where in (None, *areas, *entries.land.perhaps(question.area)):
            found.update(dict.fromkeys(entries.at.get((function, where), ())))
    return tuple(found)


# --- putting an answer together ------------------------------------------------------------------


def _allowed(
    snapshot: Snapshot, entries: Register, question: Question, route: Route, seat: str
) -> Answer:
    hops = tuple(_hops(route))
    conditions = tuple(each for hop in hops for each in hop.fact.conditions)
    ceiling = _ceiling(route)
    return Answer(
        "allowed", route.holder, question, _because(snapshot, question, route, ceiling),
        ceiling=ceiling,
        accountable=tuple(sorted(set(_roots(route)))),
        liable=tuple(sorted(set(_liable(entries, route)))),
        consult=_who(conditions, {"consult", "joint sign-off", "written approval"}),
        inform=_who(conditions, {"inform", "report"}),
        conditions=_conditions(snapshot, hops, conditions),
        excepts=tuple(_excepts(entries, question, hops)),
        steps=tuple(dict.fromkeys(_steps(snapshot, route))),
        proof=proof_of(snapshot, question, route, seat=seat),
    )  # fmt: skip


def _ceiling(route: Route) -> int | None:
    return None if route.ceiling >= NO_LIMIT else route.ceiling


def _not_allowed(
    snapshot: Snapshot, entries: Register, strict: Search, holder: str, seat: str
) -> Answer:
    name, question = snapshot.name, strict.question
    on_the_day = misses_of(entries, strict, holder, name)
    misses = tuple(with_other_days(on_the_day, snapshot, question, holder)[:MOST_MISSES])
    lenient = Search(entries, question, lenient=True)
    route = lenient.route(holder)
    outcome: Outcome = "cannot tell"
    if route is None:
        outcome, because = _refused(snapshot, entries, holder, misses, silent=not on_the_day)
    else:
        because = f"It cannot be told whether {name(holder)} may: {_unknown(route, lenient, name)}."
    against = lenient if route is None else strict
    proof = refusal_of(
        snapshot, question, holder, outcome=outcome, against=against, route=route, seat=seat
    )
    return Answer(outcome, holder, question, because, misses=misses, proof=proof)


def _refused(
    snapshot: Snapshot,
    entries: Register,
    holder: str,
    misses: tuple[Miss, ...],
    *,
    silent: bool,
) -> tuple[Outcome, str]:
    if bar := entries.bar(holder):
        return "refused", f"{name_then(snapshot, holder)} may not: {bar}."
    if silent and not entries.said(holder):
        because = (
            f"It cannot be told whether {snapshot.name(holder)} may: no scheme, terms or "
            "delegation of it is on record"
        )
        near = f"; {misses[0].because}" if misses else ""
        return "cannot tell", f"{because}{near}."
    near = misses[0].because if misses else "nothing on record gives it that function"
    return "refused", f"{snapshot.name(holder)} may not: {near}."


def _seat_may(snapshot: Snapshot, holder: str, seat: Seat, question: Question) -> Answer:
    name = snapshot.name
    whose = f"{name(holder)} on {name(seat.body)}"
    if (why := _no_vote(seat)) is not None:
        proof = refusal_of(snapshot, question, seat.body, outcome="refused", seat=holder)
        because = f"{whose} may not vote: {why}."
        return Answer("refused", holder, question, because, proof=proof)
    body = _body_may(snapshot, seat.body, question, holder)
    if seat.voting == "not stated" and body.outcome == "allowed":
        because = f"It cannot be told whether {whose} may vote: the record does not say."
        route = Search(register(snapshot), question).route(seat.body)
        proof = refusal_of(
            snapshot, question, seat.body, outcome="cannot tell", seat=holder, route=route
        )
        return body._replace(outcome="cannot tell", holder=holder, because=because, proof=proof)
    return body._replace(holder=holder, because=f"{whose} votes there. {body.because}")


def _no_vote(seat: Seat) -> str | None:
    """Why whoever holds a seat has no vote; none if it has one, or nobody says."""
    if seat.voting == "barred":
        return (seat.bar.reason if seat.bar else "the law keeps its holder from voting").rstrip(".")
    if not stands(seat):
        return f"the seat is only {seat.status}"
    return "the seat has no vote" if seat.voting == "non-voting" else None


def _hops(route: Route) -> Iterator[Hop]:
    for hop, above in zip(route.hops, route.above, strict=True):
        yield hop
        yield from _hops(above)


def _roots(route: Route) -> Iterator[str]:
    if route.root is not None:
        yield route.holder
    for above in route.above:
        yield from _roots(above)


def _liable(entries: Register, route: Route) -> Iterator[str]:
    if route.root is not None:
        yield route.holder
    for hop, above in zip(route.hops, route.above, strict=True):
        basis = entries.bases.get(hop.fact.basis or "")
        liable = basis.liable if basis else "not stated"
        if liable in {"taker", "both"}:
            yield hop.taker
        if liable in {"giver", "both"}:
            yield from _liable(entries, above)


def _who(conditions: Iterable[Condition], types: set[str]) -> tuple[str, ...]:
    found = (each.who for each in conditions if each.type in types and each.who)
    return tuple(dict.fromkeys(found))


def _conditions(
    snapshot: Snapshot, hops: Sequence[Hop], conditions: Iterable[Condition]
) -> tuple[str, ...]:
    said = [condition_in_words(each, snapshot.name) for each in conditions]
    said += [f"the money is {hop.fact.money}" for hop in hops if hop.fact.money != "either"]
    said += [
        f"the amount is counted {hop.fact.vat} value added tax"
        for hop in hops
        if hop.fact.vat != "not stated"
    ]
    return tuple(dict.fromkeys(said))


def _excepts(entries: Register, question: Question, hops: Sequence[Hop]) -> Iterator[str]:
    """Reservations of a part of what is asked: a narrower function, or part of the area."""
    functions = entries.functions.up(question.function)
    for giver in dict.fromkeys(hop.giver for hop in hops):
        for name, fact in entries.kept.get(giver, ()):
            narrower = question.function in entries.functions.up(fact.function)
            inside = fact.area is None or question.area in entries.land.up(fact.area)
            related = fact.function in functions or narrower
            covers = fact.function in functions and (
                fact.area is None or fact.area in entries.land.up(question.area)
            )
            if related and inside and not covers:
                yield name


def _unknown(route: Route, search: Search, name: Name) -> str:
    """What the record holds too little about, along a route."""
    said: dict[str, None] = {}
    for hop, below in _hops_and_depth(route, 0):
        for fault in (*search.register.faults_of(hop.name), *search.tests(hop, below)):
            if fault.test != "too little recorded":
                said[f"for {name(hop.taker)}, {fault_in_words(fault, name)}"] = None
    for holder, area in _uncovered(route, search.register):
        fault = Fault("cover", "unknown", (area, "unsaid"))
        said[f"for {name(holder)}, {fault_in_words(fault, name)}"] = None
    return "; ".join(said) or "how the areas lie to each other is not recorded"


def _uncovered(route: Route, entries: Register) -> Iterator[tuple[str, str]]:
    """Joint committees on a route whose parents are not on record to cover the area."""
    if route.parts and entries.needed(route.holder, route.area).cover != "whole":
        yield route.holder, route.area
    for above in route.above:
        yield from _uncovered(above, entries)


def _hops_and_depth(route: Route, below: int) -> Iterator[tuple[Hop, int]]:
    for hop, above in zip(route.hops, route.above, strict=True):
        yield hop, below
        yield from _hops_and_depth(above, below + 1)


def _because(snapshot: Snapshot, question: Question, route: Route, ceiling: int | None) -> str:
    name = snapshot.name
    much = f"{pounds(question.amount)} for " if question.amount is not None else ""
    what = f"{name(route.holder)} may decide on {much}“{name(question.function)}”"
    upto = f", up to {pounds(ceiling)}" if ceiling is not None else ""
    givers = listed(dict.fromkeys(name(hop.giver) for hop in route.hops))
    how = "by a power in law" if route.root else f"as passed on by {givers}"
    return f"{what} for {name(question.area)}{upto}, {how}."


def _steps(snapshot: Snapshot, route: Route) -> Iterator[str]:
    """The chain, from the power in law down, a sentence for each step."""
    if route.root is not None:
        yield _root_step(snapshot, route, route.root)
    for hop, above in zip(route.hops, route.above, strict=True):
        yield from _steps(snapshot, above)
        yield _hop_step(snapshot, hop)


def _root_step(snapshot: Snapshot, route: Route, root: Root) -> str:
    name = snapshot.name
    power, function = snapshot.get(root.power), snapshot.get(root.function)
    law = getattr(power, "law", None) or getattr(function, "law", None)
    cite = f" ({law})" if law else ""
    holds = f"{name(route.holder)} holds “{name(root.function)}” for {name(root.area)}"
    return f"{holds} by law{cite}."


def _hop_step(snapshot: Snapshot, hop: Hop) -> str:
    name, fact = snapshot.name, hop.fact
    upto = f" up to {pounds(fact.upper)}" if fact.upper is not None else ""
    kind = f" {fact.limit}" if upto and fact.limit != "not stated" else ""
    above = f" above {pounds(fact.lower)}" if fact.lower is not None else ""
    where = f" for {name(fact.area)}" if fact.area else ""
    paper = f" in {name(fact.instrument)}" if fact.instrument else ""
    line = f", line {fact.line}" if fact.line else ""
    basis = snapshot.get(fact.basis) if fact.basis else None
    law = f" ({basis.law})" if isinstance(basis, Basis) else ""
    saved = f", saved by {name(hop.saved_by)}" if hop.saved_by else ""
    return (
        f"{name(hop.giver)} lets {name(hop.taker)} decide on “{name(fact.function)}”{where}{above}"
        f"{upto}{kind}{paper}{line}{law}{saved}; it {onward_in_words(hop.onward)}."
    )


# --- what one may decide at all ------------------------------------------------------------------


class Held(NamedTuple):
    """One thing a holder may decide, or would if it held.

    source  the power or delegation
    answer  the answer for its own function and area, whatever the amount
    """

    source: str
    function: str
    area: str | None
    answer: Answer


def powers(snapshot: Snapshot, holder: str) -> tuple[Held, ...]:
    """Everything a body or post holds by law or was given, each with whether it holds good."""
    entries = register(snapshot)
    return tuple(_held(snapshot, entries, holder))


def _held(snapshot: Snapshot, entries: Register, holder: str) -> Iterator[Held]:
    for root in entries.roots.get(holder, ()):
        question = Question(function=root.function, area=root.area)
        yield Held(root.power, root.function, root.area, may(snapshot, holder, question))
    given = [*entries.to.get(holder, ()), *(hop for hop, _ in entries.faulty.get(holder, ()))]
    for hop in sorted(given, key=lambda hop: hop.name):
        area = hop.area or next(iter(home_areas(entries, hop.giver)), None)
        if area is not None:
            question = Question(function=hop.function, area=area)
            yield Held(hop.name, hop.function, hop.area, may(snapshot, holder, question))


def home_areas(entries: Register, holder: str) -> Iterator[str]:
    """The areas a holder serves, or those of the bodies it is part of, if it has none."""
    body, post = entries.bodies.get(holder), entries.posts.get(holder)
    if body and body.areas:
        yield from body.areas
    elif post and post.area:
        yield post.area
    else:
        for owner in sorted(entries.owners(holder) - {holder}):
            yield from home_areas(entries, owner)
