"""Checks of the law before July 2022: groups, joint boards, systems without legal form."""

from collections.abc import Iterator
from typing import Literal, TypedDict

from commonweal.bodies.boards import (
    NamedBody,
    bodies_by_type,
    lists_members,
    members,
    seats_on,
)
from commonweal.bodies.facts import Body, Relation, Seat
from commonweal.record.facts import Source
from commonweal.record.findings import Finding
from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import stands
from commonweal.record.wording import counted, listed
from commonweal.statute.rule import Rule, rule
from commonweal.statute.runner import check

from .establishment import groups
from .membership import tried

type NamedSeat = tuple[str, Seat]
type Joint = tuple[NamedBody, list[str], bool]

_GROUP = "clinical commissioning group"


def _groups(snapshot: Snapshot) -> Iterator[NamedBody]:
    yield from groups(snapshot).items()


@check("CCG-01", over=_groups)
def governing_body_has_its_members(snapshot: Snapshot, group: NamedBody) -> Iterator[Finding]:
    law = rule("CCG-01")
    name, body = group
    recorded = tuple(s for s in seats_on(snapshot, name) if stands(s.seat))
    if not recorded:
        because = "No seat on its governing body is on record."
        yield law.cannot_say(name, because, sources=body.sources)
        return
    listing = lists_members(law.id, recorded)
    sitting = members(snapshot, name)
    yield tried(law, name, sitting, listing=listing, opening="On record its governing body has")


# Joint bodies of groups


def _members_of(snapshot: Snapshot, name: str, body: Body) -> set[str]:
    """The bodies that a joint committee is a committee of, or that have a seat on it."""
    related = {
        relation.who
        for _, relation in snapshot.referring(name, Relation)
        if relation.to_whom == name and relation.type in {"member of", "partner in"}
    }
    seated = {
        seat.nominated_by
        for _, seat in snapshot.referring(name, Seat)
        if seat.body == name and seat.nominated_by and stands(seat)
    }
    return {*body.parents, *related, *seated}


def _joint(snapshot: Snapshot) -> Iterator[Joint]:
    """Joint committees of groups, the groups in them, and whether NHS England is too."""
    standing = groups(snapshot)
    for name, body in bodies_by_type(snapshot).get("joint committee", ()):
        if stands(body):
            inside = _members_of(snapshot, name, body)
            yield (
                (name, body),
                sorted(inside & standing.keys()),
                any(each.endswith("/body/nhs-england") for each in inside),
            )


def _names(snapshot: Snapshot, members_: list[str]) -> str:
    return listed(snapshot.name(each) for each in members_)


def _say(law: Rule, outcome: Literal["met", "not_met"], joint: Joint, because: str) -> Finding:
    (name, body), inside, _ = joint
    say = law.met if outcome == "met" else law.not_met
    return say(name, because, sources=body.sources, about=tuple(inside))


@check("CCG-02")
def groups_may_use_a_joint_committee(snapshot: Snapshot) -> Iterator[Finding]:
    for joint in _joint(snapshot):
        (_, body), inside, _ = joint
        if len(inside) > 1:
            number = counted(len(inside), "group")
            because = f"{body.name} is a joint committee of {number}, which the law allows."
            yield _say(rule("CCG-02"), "met", joint, because)


@check("CCG-03")
def groups_may_join_with_nhs_england(snapshot: Snapshot) -> Iterator[Finding]:
    for joint in _joint(snapshot):
        (_, body), inside, national = joint
        if inside and national:
            those = f"{_names(snapshot, inside)} and NHS England"
            because = f"{body.name} joins {those}, which the law allows."
            yield _say(rule("CCG-03"), "met", joint, because)


@check("CCG-04")
def only_committees_in_common(snapshot: Snapshot) -> Iterator[Finding]:
    for joint in _joint(snapshot):
        (_, body), inside, _ = joint
        if len(inside) > 1:
            those = _names(snapshot, inside)
            because = f"{body.name} is on record as a joint committee of {those}."
            yield _say(rule("CCG-04"), "not_met", joint, because)


# Bodies in which a group and a council decide together

_DECIDING = frozenset({"joint committee", "place board"})
"""A health and wellbeing board is none of them: it is a committee of its council."""


@remembered
def _together(snapshot: Snapshot) -> frozenset[str]:
    """The bodies on which both a group and a council have seats."""
    kinds: dict[str, set[str]] = {}
    for seat in snapshot.all(Seat).values():
        nominator = snapshot.get(seat.nominated_by) if seat.nominated_by else None
        if stands(seat) and isinstance(nominator, Body):
            kinds.setdefault(seat.body, set()).add(nominator.type)
    both = {name for name, found in kinds.items() if {_GROUP, "council"} <= found}
    deciding = (name for kind in _DECIDING for name, _ in bodies_by_type(snapshot).get(kind, ()))
    return frozenset(both.intersection(deciding))


def _joint_seats(snapshot: Snapshot) -> Iterator[NamedSeat]:
    for body in sorted(_together(snapshot)):
        for sitting in seats_on(snapshot, body):
            if stands(sitting.seat):
                yield sitting.name, sitting.seat


_PROVIDERS = frozenset({"NHS trust", "NHS foundation trust", "primary care network"})
_OF_PROVIDERS = frozenset({"partner: NHS trusts", "partner: primary care"})


def _nominator(snapshot: Snapshot, seat: Seat) -> Body | None:
    found = snapshot.get(seat.nominated_by) if seat.nominated_by else None
    return found if isinstance(found, Body) else None


class Grounds(TypedDict):
    """What a finding on a seat rests on, and what it is about."""

    sources: tuple[Source, ...]
    about: tuple[str, ...]


def _grounds(seat: Seat) -> Grounds:
    nominator = (seat.nominated_by,) if seat.nominated_by else ()
    return {"sources": seat.sources, "about": (seat.body, *nominator)}


@check("CCG-05", over=_joint_seats)
def providers_do_not_vote(snapshot: Snapshot, each: NamedSeat) -> Iterator[Finding]:
    law = rule("CCG-05")
    name, seat = each
    nominator = _nominator(snapshot, seat)
    kind = nominator.type if nominator else None
    if kind not in _PROVIDERS and seat.type not in _OF_PROVIDERS:
        return
    who = seat.label(snapshot.name)
    more = _grounds(seat)
    if seat.voting in {"barred", "non-voting"}:
        why = f": {seat.bar.reason.rstrip('.')}" if seat.bar else ""
        yield law.met(name, f"{who} does not vote{why}.", **more)
    elif seat.voting == "not stated":
        yield law.cannot_say(name, f"Whether {who} votes is not on record.", **more)
    elif kind in _PROVIDERS:
        yield law.not_met(name, f"{who} votes, and speaks for a provider ({kind}).", **more)
    else:
        because = (
            f"{who} votes, but for which body its holder sits is not on record, and only some "
            "could lawfully vote."
        )
        yield law.cannot_say(name, because, **more)


@check("CCG-06", over=_joint_seats)
def only_group_and_council_decide(snapshot: Snapshot, each: NamedSeat) -> Iterator[Finding]:
    law = rule("CCG-06")
    name, seat = each
    if seat.voting != "voting":
        return
    nominator = _nominator(snapshot, seat)
    who = seat.label(snapshot.name)
    more = _grounds(seat)
    if nominator is None:
        because = f"{who} votes, but whether for the group or for the council is not on record."
        yield law.cannot_say(name, because, **more)
    elif nominator.type in {_GROUP, "council"}:
        yield law.met(name, f"{who} votes for {nominator.name}.", **more)
    else:
        yield law.not_met(name, f"{who} votes, and {nominator.name} is a {nominator.type}.", **more)


def _early_systems(snapshot: Snapshot) -> Iterator[NamedBody]:
    for kind in ("sustainability and transformation partnership", "integrated care system"):
        yield from ((n, b) for n, b in bodies_by_type(snapshot).get(kind, ()) if stands(b))


@check("CCG-07", over=_early_systems)
def early_systems_are_no_legal_person(snapshot: Snapshot, system: NamedBody) -> Iterator[Finding]:
    del snapshot
    law = rule("CCG-07")
    name, body = system
    if body.legal == "not stated":
        yield law.cannot_say(
            name, f"The legal form of {body.name} is not on record.", sources=body.sources
        )
    else:
        because = f"The legal form of {body.name} on record is: {body.legal}."
        say = law.met if body.legal == "not a legal body" else law.not_met
        yield say(name, because, sources=body.sources)
