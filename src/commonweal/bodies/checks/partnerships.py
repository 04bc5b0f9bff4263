"""Checks of statutory partnerships, health and wellbeing boards and place boards."""

from collections.abc import Iterator
from typing import NamedTuple

from commonweal.bodies.boards import (
    NamedBody,
    Sitting,
    boards,
    bodies_by_type,
    facts_of,
    members,
    seats_on,
    serves,
)
from commonweal.bodies.facts import Body, Seat
from commonweal.record.findings import Finding
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import planned, sources_of, stands
from commonweal.record.wording import listed
from commonweal.statute.rule import Rule, rule
from commonweal.statute.runner import check

_PARTNERSHIP = "integrated care partnership (statutory)"
_WELLBEING = "health and wellbeing board"
_WITHOUT_CARE_DUTIES = "district"


def _standing(snapshot: Snapshot, kind: str) -> Iterator[NamedBody]:
    return ((n, b) for n, b in bodies_by_type(snapshot).get(kind, ()) if stands(b))


def partnerships(snapshot: Snapshot) -> Iterator[NamedBody]:
    return _standing(snapshot, _PARTNERSHIP)


def wellbeing_boards(snapshot: Snapshot) -> Iterator[NamedBody]:
    return _standing(snapshot, _WELLBEING)


def councils(snapshot: Snapshot) -> Iterator[NamedBody]:
    return _standing(snapshot, "council")


def councils_of(snapshot: Snapshot, body: Body) -> Iterator[NamedBody]:
    """The councils on record whose area shares land with a body's, districts left out."""
    for name, council in councils(snapshot):
        has_duties = council.council_tier != _WITHOUT_CARE_DUTIES
        if has_duties and any(serves(snapshot, council, area) for area in body.areas):
            yield name, council


# Partnerships


@check("ICP-01", over=boards)
def each_board_has_one_partnership(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    law = rule("ICP-01")
    name, body = board
    every = [
        (n, b)
        for n, b in bodies_by_type(snapshot).get(_PARTNERSHIP, ())
        if any(serves(snapshot, b, area) for area in body.areas)
    ]
    found = [(n, b) for n, b in every if stands(b)]
    about = tuple(n for n, _ in every)
    sources = sources_of(*(b for _, b in every)) or body.sources
    if len(found) == 1:
        because = f"{found[0][1].name} is its partnership."
        yield law.met(name, because, sources=sources, about=about)
    elif found:
        because = (
            f"{len(found)} partnerships are on record for its area: "
            f"{listed(b.name for _, b in found)}."
        )
        yield law.not_met(name, because, sources=sources, about=about)
    else:
        only = any(planned(b) for _, b in every)
        because = (
            "A partnership was proposed; that it was set up is not on record."
            if only
            else "The partnership of its area is not on record."
        )
        yield law.cannot_say(name, because, sources=sources, about=about)


class _Wanted(NamedTuple):
    """A seat that must be there: its name, the seats that fill it, whether it is sure to be due."""

    what: str
    filled_by: tuple[Sitting, ...]
    sure: bool = True


def _seats_for(seats: tuple[Sitting, ...], body: str) -> tuple[Sitting, ...]:
    return tuple(s for s in seats if s.seat.nominated_by == body)


def _tried(law: Rule, snapshot: Snapshot, body: NamedBody, wanted: list[_Wanted]) -> Finding:
    """Whether every wanted seat is filled.

    With more than half of them filled, the record is read as the list of members.
    """
    name, fact = body
    about, sources = facts_of(dict.fromkeys(s for each in wanted for s in each.filled_by))
    more = {"sources": sources or fact.sources, "about": about}
    lacking = [each for each in wanted if not each.filled_by]
    sure = [each.what for each in lacking if each.sure]
    filled = len(wanted) - len(lacking)
    empty = [s.seat.role for s in seats_on(snapshot, name) if s.vacancy and stands(s.seat)]
    vacancies = f" On record as vacant: {listed(empty)}." if empty else ""
    if not about:
        return law.cannot_say(name, "None of the seats that the law asks for is on record.", **more)
    if not lacking:
        because = (
            f"Each of the {len(wanted)} seats asked for is on record: "
            f"{listed((w.what for w in wanted), most=20)}."
        )
        return law.met(name, because, **more)
    because = (
        f"{filled} of the {len(wanted)} seats asked for are on record, but none for "
        f"{listed((w.what for w in lacking), most=20)}."
    )
    if sure and 2 * filled > len(wanted):
        return law.not_met(name, because + vacancies, **more)
    return law.cannot_say(name, because, **more)


@check("ICP-02", over=partnerships)
def partnership_seats_board_and_councils(
    snapshot: Snapshot, partnership: NamedBody
) -> Iterator[Finding]:
    law = rule("ICP-02")
    name, body = partnership
    seats = members(snapshot, name)
    ours = [
        (n, b) for n, b in boards(snapshot) if any(serves(snapshot, b, area) for area in body.areas)
    ]
    wanted = [_Wanted(b.name, _seats_for(seats, n)) for n, b in ours]
    wanted += [
        _Wanted(b.name, _seats_for(seats, n), sure=b.council_tier is not None)
        for n, b in councils_of(snapshot, body)
    ]
    if wanted:
        yield _tried(law, snapshot, partnership, wanted)
    else:
        because = "No board and no council of its area is on record."
        yield law.cannot_say(name, because, sources=body.sources)


@check("ICP-04", over=councils)
def councils_meant_have_care_duties(snapshot: Snapshot, council: NamedBody) -> Iterator[Finding]:
    del snapshot
    law = rule("ICP-04")
    name, body = council
    if body.council_tier is None:
        because = (
            f"The tier of {body.name} is not on record, so whether it is one of the councils "
            "meant is open."
        )
        yield law.cannot_say(name, because, sources=body.sources)
    else:
        counts = "does not count" if body.council_tier == _WITHOUT_CARE_DUTIES else "counts"
        because = (
            f"{body.name} is on record as: {body.council_tier}. It {counts} among the "
            "councils meant."
        )
        yield law.met(name, because, sources=body.sources)


# Health and wellbeing boards


@check("HWB-01", over=councils)
def council_has_a_wellbeing_board(snapshot: Snapshot, council: NamedBody) -> Iterator[Finding]:
    law = rule("HWB-01")
    name, body = council
    if body.council_tier == _WITHOUT_CARE_DUTIES:
        return
    found = [
        (n, b)
        for n, b in wellbeing_boards(snapshot)
        if name in b.parents or set(b.areas) & set(body.areas)
    ]
    if found:
        because = f"{listed(b.name for _, b in found)} is on record for {body.name}."
        sources = sources_of(*(b for _, b in found))
        yield law.met(name, because, sources=sources, about=tuple(n for n, _ in found))
    else:
        because = f"The health and wellbeing board of {body.name} is not on record."
        yield law.cannot_say(name, because, sources=body.sources)


_BY_CATEGORY = (
    "council member", "director of adult social services", "director of children's services",
    "director of public health", "local Healthwatch",
)  # fmt: skip


@check("HWB-02", over=wellbeing_boards)
def wellbeing_board_has_its_members(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    law = rule("HWB-02")
    name, body = board
    seats = members(snapshot, name)
    ours = [
        (n, b) for n, b in boards(snapshot) if any(serves(snapshot, b, area) for area in body.areas)
    ]
    wanted = [
        _Wanted(f"a {what}", tuple(s for s in seats if s.seat.type == what))
        for what in _BY_CATEGORY
    ]
    wanted += [_Wanted(b.name, _seats_for(seats, n)) for n, b in ours]
    yield _tried(law, snapshot, board, wanted)


@check("HWB-04")
def one_person_for_several_boards(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("HWB-04")
    ours = {name for name, _ in boards(snapshot)}
    for name, _ in wellbeing_boards(snapshot):
        speaking: dict[str, list[Sitting]] = {}
        for sitting in members(snapshot, name):
            if sitting.seat.nominated_by in ours:
                for _, appointment in sitting.held_by:
                    speaking.setdefault(appointment.holder, []).append(sitting)
        for holder, sittings in speaking.items():
            if len(sittings) > 1:
                yield _agreed(law, snapshot, name, holder, sittings)


def _agreed(
    law: Rule, snapshot: Snapshot, board: str, holder: str, sittings: list[Sitting]
) -> Finding:
    about, sources = facts_of(sittings)
    names = listed(snapshot.name(s.seat.nominated_by or "") for s in sittings)
    because = f"{holder} speaks for {names} on {snapshot.name(board)}"
    approvals = [a.by.lower() for s in sittings for _, x in s.held_by for a in x.approvals]
    if any(_WELLBEING in by for by in approvals):
        return law.met(sittings[0].name, f"{because}, as it agreed.", sources=sources, about=about)
    because = f"{because}; its agreement is not on record."
    return law.cannot_say(sittings[0].name, because, sources=sources, about=about)


# Place boards


def place_boards(snapshot: Snapshot) -> Iterator[NamedBody]:
    return _standing(snapshot, "place board")


@check("DEL-13", over=place_boards)
def place_decides_by_a_lawful_route(snapshot: Snapshot, board: NamedBody) -> Iterator[Finding]:
    law = rule("DEL-13")
    name, body = board
    more = {"sources": body.sources, "about": body.parents}
    voting = [
        s for _, s in snapshot.referring(name, Seat) if s.body == name and s.voting == "voting"
    ]
    if body.legal in {"statutory body", "statutory committee"}:
        because = f"{body.name} is on record as a {body.legal}, which no place is."
        yield law.not_met(name, because, **more)
    elif body.place_model is None:
        because = f"By which route {body.name} decides is not on record."
        yield law.cannot_say(name, because, **more)
    elif body.place_model == "consultative forum" and voting:
        because = (
            f"{body.name} is on record as a consultative forum, yet {len(voting)} of its "
            "seats vote."
        )
        yield law.cannot_say(name, because, **more)
    else:
        yield law.met(name, f"{body.name} works by way of: {body.place_model}.", **more)
