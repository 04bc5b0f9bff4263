"""Checks of who must sit on an integrated care board, by statute and by policy."""

from collections.abc import Iterator, Sequence

from commonweal.bodies.boards import (
    Asked,
    NamedBody,
    Sitting,
    asked,
    boards,
    boards_and_coming,
    by_category,
    facts_of,
    holders,
    is_coming,
    is_ordinary,
    knows_mental_health,
    lists_members,
    members,
    seats_on,
    serves,
    vacant,
)
from commonweal.bodies.facts import Body, Coverage, Relation
from commonweal.bodies.forums import committees_of
from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import planned, sources_of, stands
from commonweal.record.wording import counted, listed
from commonweal.statute.rule import Rule, rule
from commonweal.statute.runner import check

_STATUTORY = "ICB-CON-02"


def _seats_named(each: Asked) -> str:
    """Such as "3 ordinary members (at least 3)"."""
    what = each.what.replace("partner: ", "partner member for ")
    plural = what.replace("partner member", "partner members") if ":" in each.what else f"{what}s"
    return counted(len(each.filled_by), what, plural)


def _wanting(every: Sequence[Asked]) -> str:
    return listed(f"{_seats_named(each)} of at least {each.fewest}" for each in every if each.short)


def tried(
    law: Rule, name: str, seats: tuple[Sitting, ...], *, listing: bool, opening: str
) -> Finding:
    """A rule with a minimum, tried on some seats.

    listing  whether the record may be read as the list of members
    """
    every = asked(law.id, seats)
    filling = tuple(dict.fromkeys(s for each in every for s in each.filled_by))
    about, sources = facts_of(filling)
    if not any(each.short for each in every):
        because = (
            f"{opening} {listed(_seats_named(each) for each in every)}; the minimum is reached."
        )
        return law.met(name, because, sources=sources, about=about)
    because = f"{opening} {_wanting(every)}"
    if listing:
        because = f"{because}; {law.law} asks for no fewer."
        return law.not_met(name, because, sources=sources, about=about)
    because = f"{because}; the other members are not recorded."
    return law.cannot_say(name, because, sources=sources, about=about)


def _minimum(law: Rule, snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    name, body = board
    every = seats_on(snapshot, name)
    coming = is_coming(body)
    seats = tuple(s for s in every if (s.vacancy is None and not _ended(s)) if coming or s.sits)
    if seats:
        recorded = seats if coming else tuple(s for s in every if stands(s.seat))
        opening = "As proposed, the board would have" if coming else "On record the board has"
        listing = lists_members(_STATUTORY, recorded)
        found = tried(law, name, seats, listing=listing, opening=opening)
        yield _with_vacancies(found, vacant(snapshot, name))
    elif proposed := tuple(s for s in every if planned(s.seat)):
        yield _only_proposed(law, name, proposed)
    else:
        yield law.cannot_say(name, "No seat on it is on record.", sources=body.sources)


def _ended(sitting: Sitting) -> bool:
    return sitting.seat.status in {"superseded", "expired"}


def _only_proposed(law: Rule, name: str, seats: tuple[Sitting, ...]) -> Finding:
    """A board that sits, of whose members only a proposal is on record."""
    about, sources = facts_of(seats)
    enough = not any(each.short for each in asked(law.id, seats))
    would = "would reach the minimum" if enough else "would not by themselves reach the minimum"
    because = (
        f"Only proposed seats are on record, {len(seats)} of them; as proposed they {would}, "
        "but who sits is not recorded."
    )
    return law.cannot_say(name, because, sources=sources, about=about)


def _with_vacancies(found: Finding, empty: tuple[Sitting, ...]) -> Finding:
    if found.outcome != "not met" or not empty:
        return found
    about, _ = facts_of(empty)
    roles = listed(s.seat.role for s in empty)
    because = f"{found.because} On record as vacant: {roles}."
    return Finding(
        rule=found.rule, outcome=found.outcome, subject=found.subject, because=because,
        source=found.source, sources=found.sources, about=found.about + about,
    )  # fmt: skip


@check("ICB-CON-02", over=boards_and_coming)
def board_has_its_fewest_members(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    return _minimum(rule("ICB-CON-02"), snapshot, board)


@check("ICB-POL-01", over=boards_and_coming)
def board_has_the_posts_of_policy(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    return _minimum(rule("ICB-POL-01"), snapshot, board)


@check("ICB-CON-03", over=boards_and_coming)
def partners_are_nominated_jointly(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    law = rule("ICB-CON-03")
    for found in _minimum(law, snapshot, board):
        seats = by_category(members(snapshot, board[0]))
        silent = [
            category
            for category in law.minimum
            if not any(s.seat.electorate for s in seats.get(category, ()))  # type: ignore[call-overload]  # categories of the rule are categories of seat
        ]
        if found.outcome == "met" and silent and not is_coming(board[1]):
            who = listed(each.removeprefix("partner: ") for each in silent)
            because = (
                f"There is a partner member of each kind; who nominated those for {who} is "
                "not recorded."
            )
            yield law.cannot_say(found.subject, because, sources=found.sources, about=found.about)
        else:
            yield found


@check("ICB-CON-05", over=boards)
def somebody_knows_mental_health(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    law = rule("ICB-CON-05")
    name, body = board
    sitting = tuple(filter(is_ordinary, members(snapshot, name)))
    if knowing := tuple(filter(knows_mental_health, sitting)):
        about, sources = facts_of(knowing)
        roles = listed(s.seat.label(snapshot.name) for s in knowing)
        because = f"Knowledge of services for mental illness is on record for {roles}."
        yield law.met(name, because, sources=sources, about=about)
    elif stated := tuple(s for s in sitting if s.seat.expertise):
        about, sources = facts_of(stated)
        because = (
            f"Expertise is on record for {counted(len(stated), 'ordinary member')}, "
            "none of it in services for mental illness."
        )
        yield law.not_met(name, because, sources=sources, about=about)
    else:
        because = "No ordinary member's expertise is on record."
        yield law.cannot_say(name, because, sources=body.sources)


@check("ICB-NOM-03", over=boards)
def partner_trusts_serve_the_area(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    law = rule("ICB-NOM-03")
    name, body = board
    partners = [
        (each, relation)
        for each, relation in snapshot.referring(name, Relation)
        if relation.to_whom == name
        and relation.type == "partner in"
        and _is_trust(snapshot, relation.who)
    ]
    if not partners:
        because = "No trust is on record as a partner that takes part in nominating its members."
        yield law.cannot_say(name, because, sources=body.sources)
    for each, relation in partners:
        yield _serves_as_partner(law, snapshot, body, (each, relation))


def _is_trust(snapshot: Snapshot, name: str) -> bool:
    body = snapshot.get(name)
    return isinstance(body, Body) and body.type in {"NHS trust", "NHS foundation trust"}


def _serves_as_partner(
    law: Rule, snapshot: Snapshot, body: Body, partner: tuple[str, Relation]
) -> Finding:
    name, relation = partner
    served = [
        (each, coverage)
        for each, coverage in snapshot.referring(relation.who, Coverage)
        if stands(coverage) and coverage.area and serves(snapshot, body, coverage.area)
    ]
    trust = snapshot.name(relation.who)
    about = (name, *(each for each, _ in served))
    sources = sources_of(relation, *(coverage for _, coverage in served))
    if served:
        because = f"{trust} is a partner of {body.name} and is on record as serving its area."
        return law.met(relation.who, because, sources=sources, about=about)
    because = f"{trust} is on record as a partner of {body.name}, but not which areas it serves."
    return law.cannot_say(relation.who, because, sources=sources, about=about)


# Roles that policy asks for among the members


@check("ICB-POL-03", over=boards)
def deputy_and_senior_non_executive(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    law = rule("ICB-POL-03")
    name, body = board
    sitting = members(snapshot, name)
    deputies = [s for s in sitting if s.seat.type == "vice-chair" or "deputy chair" in _role(s)]
    seniors = [s for s in sitting if "senior non executive" in _role(s)]
    about, sources = facts_of([*deputies, *seniors])
    lacking = [
        what
        for what, seats in (("deputy chair", deputies), ("senior non-executive member", seniors))
        if not seats
    ]
    audit = _chairs_of(snapshot, name, "audit")
    both = [s for s in deputies if "audit" in _role(s) or audit & _names(s)]
    if both:
        because = "The deputy chair on record also chairs the audit committee."
        yield law.not_met(name, because, sources=sources, about=about)
    elif lacking:
        because = f"The record does not say who is {listed(lacking)}."
        yield law.cannot_say(name, because, sources=sources or body.sources, about=about)
    else:
        because = "A deputy chair and a senior non-executive member are on record."
        yield law.met(name, because, sources=sources, about=about)


def _role(sitting: Sitting) -> str:
    return sitting.seat.role.lower().replace("-", " ")


def _names(sitting: Sitting) -> set[str]:
    return {appointment.holder for _, appointment in sitting.held_by}


def _chairs_of(snapshot: Snapshot, board: str, what: str) -> set[str]:
    """Who chairs the committees of a board of which `what` is part of the name."""
    return {
        appointment.holder
        for name, _ in committees_of(snapshot, board, what)
        for sitting in members(snapshot, name)
        if sitting.seat.type == "chair"
        for _, appointment in holders(snapshot, sitting.name)
    }


@check("ICB-COM-01", over=boards)
def audit_and_remuneration_committees(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    law = rule("ICB-COM-01")
    name, body = board
    found = {what: tuple(committees_of(snapshot, name, what)) for what in ("audit", "remuneration")}
    facts = [committee for each in found.values() for committee in each]
    about, sources = tuple(n for n, _ in facts), sources_of(*(b for _, b in facts))
    if lacking := [f"{what} committee" for what, committees in found.items() if not committees]:
        because = f"No {' and no '.join(lacking)} of it is on record."
        yield law.cannot_say(name, because, sources=sources or body.sources, about=about)
        return
    pay = _chairs_of(snapshot, name, "remuneration")
    heads = {
        h for s in members(snapshot, name) if s.seat.type == "chair" for h in _names(s)
    } | _chairs_of(snapshot, name, "audit")
    if clash := sorted(pay & heads):
        because = (
            f"{listed(clash)} chairs the remuneration committee and also the board or the "
            "audit committee."
        )
        yield law.not_met(name, because, sources=sources, about=about)
    else:
        because = (
            "An audit committee and a remuneration committee of it are on record; no bar on "
            "who chairs them is seen."
        )
        yield law.met(name, because, sources=sources, about=about)
