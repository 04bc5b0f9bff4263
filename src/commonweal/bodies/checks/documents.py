"""Checks of a board's constitution, of what it publishes, and of its registers of interests."""

from collections.abc import Callable, Iterator
from datetime import date

from commonweal.bodies.boards import NamedBody, boards
from commonweal.bodies.facts import (
    Body,
    Constitution,
    Interest,
    Order,
    Post,
    Publication,
    QuorumRule,
    Seat,
)
from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import planned, sources_of, stands
from commonweal.record.when import day_in_words, in_words, period
from commonweal.record.wording import listed
from commonweal.statute.clock import clock
from commonweal.statute.rule import Rule, rule
from commonweal.statute.runner import check

type Named = tuple[str, Constitution]


# The constitution


def constitutions(snapshot: Snapshot, body: str) -> tuple[Named, ...]:
    """The constitutions of a body that stand on the day; more than one would be a fault."""
    found = [
        (name, fact)
        for name, fact in snapshot.referring(body, Constitution)
        if fact.body == body and stands(fact)
    ]
    return tuple(sorted(found, key=lambda each: each[0]))


def _of_each(
    number: str,
    snapshot: Snapshot,
    board: NamedBody,
    say: Callable[[Rule, Snapshot, NamedBody, Named], Finding],
) -> Iterator[Finding]:
    """What a rule says of each constitution of a board; that there is none, where none is."""
    law = rule(number)
    found = constitutions(snapshot, board[0])
    if not found:
        because = "Its constitution is not on record."
        yield law.cannot_say(board[0], because, sources=board[1].sources)
    for each in found:
        yield say(law, snapshot, board, each)


def _sections(
    number: str, wanted: tuple[str, ...], snapshot: Snapshot, board: NamedBody
) -> Iterator[Finding]:
    def has_them(law: Rule, _: Snapshot, board: NamedBody, each: Named) -> Finding:
        name, fact = each
        lacking = [each for each in wanted if each not in fact.sections]
        say, because = law.met, f"{fact.name} has sections on {listed(wanted)}."
        if not fact.sections:
            say, because = law.cannot_say, f"The sections of {fact.name} are not on record."
        elif lacking:
            nor = " and none on ".join(lacking)
            say, because = law.not_met, f"{fact.name} has no section on {nor}."
        return say(name, because, sources=fact.sources, about=(board[0],))

    return _of_each(number, snapshot, board, has_them)


@check("ICB-CON-11", over=boards)
def procedure_and_transparency(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    return _sections("ICB-CON-11", ("procedure", "transparency"), snapshot, board)


@check("ICB-CON-12", over=boards)
def conflicts_and_involvement(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    wanted = (
        "conflicts of interest", "conflict principles", "public involvement",
        "involvement principles",
    )  # fmt: skip
    return _sections("ICB-CON-12", wanted, snapshot, board)


@check("ICB-CON-01", over=boards)
def constitution_states_name_and_area(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    return _of_each("ICB-CON-01", snapshot, board, _name_and_area)


def _name_and_area(law: Rule, snapshot: Snapshot, board: NamedBody, each: Named) -> Finding:
    (body_name, body), (name, fact) = board, each
    ordered = {o.area_named for _, o in _orders(snapshot, body_name, "establish") if o.area_named}
    wrong = []
    if fact.states_name and fact.states_name != body.name:
        wrong.append(f"gives the name “{fact.states_name}”, but the board is {body.name}")
    if fact.states_area and (fact.states_area not in body.areas or ordered - {fact.states_area}):
        wrong.append(
            f"gives the area {snapshot.name(fact.states_area)}, "
            "which is not that of the board and its order"
        )
    about = (body_name, *([fact.states_area] if fact.states_area else []))
    if wrong:
        because = f"{fact.name} {listed(wrong)}."
        return law.not_met(name, because, sources=fact.sources, about=about)
    if not (fact.states_name and fact.states_area):
        because = f"The record does not say which name and which area {fact.name} gives."
        return law.cannot_say(name, because, sources=fact.sources, about=about)
    because = f"{fact.name} gives the board's name and its area, {snapshot.name(fact.states_area)}."
    return law.met(name, because, sources=fact.sources, about=about)


@check("ICB-CON-13", over=boards)
def changes_are_approved_first(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    return _of_each("ICB-CON-13", snapshot, board, _approved_first)


def _approved_first(law: Rule, snapshot: Snapshot, board: NamedBody, each: Named) -> Finding:
    name, fact = each
    held, life = snapshot.held(name), snapshot.held(board[0])
    began = held.first_day if held else snapshot.as_at
    more = {"sources": fact.sources, "about": (board[0],)}
    day = day_in_words(began)
    if fact.sections and "variation" not in fact.sections:
        return law.not_met(name, f"{fact.name} does not say how it may be varied.", **more)
    if fact.approved is None and life and began <= life.first_day:
        return law.met(
            name, f"{fact.name} has stood since the board began; it was not varied.", **more
        )
    if fact.approved is None:
        because = f"{fact.name} took effect on {day}; no approval by NHS England is on record."
        return law.cannot_say(name, because, **more)
    first, after = period(fact.approved)
    said = f"{fact.name} took effect on {day}; NHS England approved it on {in_words(fact.approved)}"
    if first > began:
        return law.not_met(name, f"{said}, which is later.", **more)
    if (after - first).days > 1 and after > began:
        return law.cannot_say(name, f"{said}, which may be earlier or later.", **more)
    return law.met(name, f"{said}.", **more)


@check("ICB-CON-14", over=boards)
def constitution_is_published(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    return _of_each("ICB-CON-14", snapshot, board, _published_as_varied)


def _published_as_varied(law: Rule, snapshot: Snapshot, board: NamedBody, each: Named) -> Finding:
    copies = published(snapshot, board[0]).get("constitution", [])
    name, fact = each
    held = snapshot.held(name)
    began = held.first_day if held else snapshot.as_at
    about = tuple(copy for copy, _ in copies)
    sources = sources_of(fact, *(copy for _, copy in copies))
    days = [period(copy.on)[1] for _, copy in copies if copy.on]
    if fact.address or any(day > began for day in days):
        because = f"{fact.name} is on record as published."
        return law.met(name, because, sources=sources, about=about)
    if days and len(days) == len(copies):
        because = (
            f"{fact.name} took effect on {day_in_words(began)}; "
            "the published copy on record is older."
        )
        return law.not_met(name, because, sources=sources, about=about)
    because = f"The record does not say where {fact.name} is published."
    return law.cannot_say(name, because, sources=sources, about=about)


# The order


def _orders(snapshot: Snapshot, body: str, effect: str) -> Iterator[tuple[str, Order]]:
    for name, order in snapshot.referring(body, Order):
        if body in order.bodies and order.type == effect and stands(order):
            yield name, order


@check("ICB-EST-01", over=boards)
def board_is_set_up_by_order(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    law = rule("ICB-EST-01")
    name, body = board
    found = list(_orders(snapshot, name, "establish"))
    if not found:
        because = "The order that set it up is not on record."
        yield law.cannot_say(name, because, sources=body.sources)
        return
    titles = listed(order.name for _, order in found)
    yield law.met(
        name, f"Set up by {titles}.", sources=sources_of(*(order for _, order in found)),
        about=tuple(order for order, _ in found),
    )  # fmt: skip


@check("ICB-EST-03")
def orders_are_published(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("ICB-EST-03")
    for name, order in snapshot.all(Order).items():
        if stands(order):
            yield _published_and_consulted(law, name, order)


def _published_and_consulted(law: Rule, name: str, order: Order) -> Finding:
    more = {"sources": order.sources, "about": order.bodies}
    asked = order.type != "establish"
    lacking = [] if order.published else ["when it was published"]
    if asked and not order.consulted:
        lacking.append("when the boards were consulted")
    if (
        asked
        and order.consulted
        and order.made
        and period(order.consulted)[0] >= period(order.made)[1]
    ):
        because = (
            f"It was made on {in_words(order.made)}, and the boards were consulted only "
            f"on {in_words(order.consulted)}."
        )
        return law.not_met(name, because, **more)
    if lacking:
        return law.cannot_say(name, f"The record does not say {listed(lacking)}.", **more)
    consulted = f", after consulting on {in_words(order.consulted or '')}" if asked else ""
    because = f"It was published on {in_words(order.published or '')}{consulted}."
    return law.met(name, because, **more)


# What is published


def published(snapshot: Snapshot, body: str) -> dict[str, list[tuple[str, Publication]]]:
    """What a body has published, by what it is."""
    found: dict[str, list[tuple[str, Publication]]] = {}
    for name, fact in snapshot.referring(body, Publication):
        if fact.body == body and stands(fact) and not planned(fact):
            found.setdefault(fact.type, []).append((name, fact))
    return found


_MUST_PUBLISH = (
    "constitution", "governance handbook", "standing financial instructions",
    "scheme of reservation and delegation", "functions and decisions map",
)  # fmt: skip


@check("ICB-PUB-01", over=boards)
def governance_documents_are_published(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    """With more than half of them on record, the record is read as a list of what is published."""
    law = rule("ICB-PUB-01")
    name, body = board
    known = published(snapshot, name)
    at_address = any(fact.address for _, fact in constitutions(snapshot, name))
    there = [w for w in _MUST_PUBLISH if w in known or (w == "constitution" and at_address)]
    lacking = [w for w in _MUST_PUBLISH if w not in there]
    facts = [each for what in there for each in known.get(what, ())]
    sources = sources_of(*(fact for _, fact in facts)) or body.sources
    about = tuple(each for each, _ in facts)
    if not lacking:
        yield law.met(
            name, f"All {len(there)} are on record as published.", sources=sources, about=about
        )
    elif 2 * len(there) > len(_MUST_PUBLISH):
        because = (
            f"{len(there)} of the {len(_MUST_PUBLISH)} are on record as published, but not "
            f"the {listed(lacking)}."
        )
        yield law.not_met(name, because, sources=sources, about=about)
    else:
        because = f"The record does not say whether it publishes the {listed(lacking)}."
        yield law.cannot_say(name, because, sources=sources, about=about)


def _on_record(number: str, what: str, snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    law = rule(number)
    name, body = board
    found = published(snapshot, name).get(what, [])
    if not found:
        because = f"No {what} of it is on record."
        yield law.cannot_say(name, because, sources=body.sources)
        return
    fact = found[0][1]
    on = f", published on {in_words(fact.on)}" if fact.on else ""
    because = f"A {what} is on record{on}."
    sources = sources_of(*(each for _, each in found))
    yield law.met(name, because, sources=sources, about=tuple(each for each, _ in found))


@check("ICB-PUB-03", over=boards)
def map_of_decisions_is_published(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    return _on_record("ICB-PUB-03", "functions and decisions map", snapshot, board)


@check("ICB-SKL-01", over=boards)
def skills_are_reviewed(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    return _on_record("ICB-SKL-01", "skills review", snapshot, board)


@check("ICB-QUO-01", over=boards)
def quorum_is_set(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    law = rule("ICB-QUO-01")
    name, body = board
    found = [
        (n, q) for n, q in snapshot.referring(name, QuorumRule) if q.body == name and stands(q)
    ]
    if not found:
        because = "No quorum of it is on record."
        yield law.cannot_say(name, because, sources=body.sources)
    for each, quorum in found:
        yield law.met(each, quorum.sentence(snapshot.name), sources=quorum.sources, about=(name,))


# Interests

_COVERS = ("board members", "committee members", "employees")


def _registers(snapshot: Snapshot, body: str) -> list[tuple[str, Publication]]:
    return published(snapshot, body).get("register of interests", [])


@check("ICB-COI-01", over=boards)
def registers_cover_everyone(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    law = rule("ICB-COI-01")
    name, body = board
    registers = _registers(snapshot, name)
    about = tuple(each for each, _ in registers)
    sources = sources_of(*(fact for _, fact in registers)) or body.sources
    covered = {whom.lower() for _, fact in registers for whom in fact.covers}
    lacking = [whom for whom in _COVERS if whom not in covered]
    if not covered:
        what = "Whom its register covers" if registers else "A register of interests"
        yield law.cannot_say(name, f"{what} is not on record.", sources=sources, about=about)
    elif lacking:
        because = f"Its registers cover {listed(sorted(covered))}, but not {listed(lacking)}."
        yield law.not_met(name, because, sources=sources, about=about)
    else:
        because = f"Its registers cover {listed(_COVERS)}."
        yield law.met(name, because, sources=sources, about=about)


@check("ICB-COI-02", over=boards)
def registers_are_open(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    return _on_record("ICB-COI-02", "register of interests", snapshot, board)


type Declared = tuple[str, Interest]


def declared(snapshot: Snapshot) -> Iterator[Declared]:
    """The interests of those who sit on a board or on one of its committees."""
    bound = {name for name, _ in boards(snapshot)}
    for name, interest in snapshot.all(Interest).items():
        if stands(interest) and bound & set(_whose(snapshot, interest)):
            yield name, interest


def _whose(snapshot: Snapshot, interest: Interest) -> Iterator[str]:
    """The bodies of the seat or post, and those of which they are committees."""
    of = snapshot.get(interest.of)
    bodies = (of.body,) if isinstance(of, Seat) else of.bodies if isinstance(of, Post) else ()
    for name in bodies:
        yield name
        body = snapshot.get(name)
        yield from body.parents if isinstance(body, Body) else ()


@check("ICB-COI-03", over=declared)
def conflict_is_declared_in_time(snapshot: Snapshot, each: Declared) -> Iterator[Finding]:
    law = rule("ICB-COI-03")
    name, interest = each
    more = {"sources": interest.sources, "about": (interest.of,)}
    aware, told = (_day(when) for when in (interest.aware, interest.declared))
    limit = clock(law.id)
    if aware is None or told is None:
        what = [w for w, day in (("became aware", aware), ("declared it", told)) if day is None]
        because = (
            f"The day on which the holder of {snapshot.name(interest.of)} "
            f"{' and '.join(what)} is not on record."
        )
        yield law.cannot_say(name, because, **more)
    elif limit.in_force(aware):
        due = limit.run(aware).due
        because = (
            f"Aware on {day_in_words(aware)}, so due by {day_in_words(due)}; "
            f"declared on {day_in_words(told)}, {(told - aware).days} days after."
        )
        say = law.met if told <= due else law.not_met
        yield say(name, because, **more)


def _day(when: str | None) -> date | None:
    if when is None:
        return None
    first, after = period(when)
    return first if (after - first).days == 1 else None


@check("ICB-COI-04", over=declared)
def declarations_are_entered(snapshot: Snapshot, each: Declared) -> Iterator[Finding]:
    """An interest taken from the register is in the register; of others the record cannot tell."""
    law = rule("ICB-COI-04")
    name, interest = each
    registers = [r for body in _whose(snapshot, interest) for r in _registers(snapshot, body)]
    documents = {source.document for source in interest.sources}
    entered = [n for n, fact in registers if documents & {s.document for s in fact.sources}]
    whose = snapshot.name(interest.of)
    if entered:
        because = (
            f"The interest of {whose} in {interest.organisation} is taken from the register itself."
        )
        yield law.met(name, because, sources=interest.sources, about=(interest.of, *entered))
    else:
        because = (
            f"The record does not say whether the interest of {whose} in "
            f"{interest.organisation} is in the register."
        )
        yield law.cannot_say(name, because, sources=interest.sources, about=(interest.of,))
